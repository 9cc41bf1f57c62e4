//! One statement: which kind it is, and its declaration or goal.

use super::Block;
use super::context::{Context, Lowered, child};
use super::data;
use super::expression::{expression, plain_name};
use super::line;
use super::setting::leading_keyword;
use crate::diagnostic::Diagnostic;
use crate::source::{Span, Spanned};
use crate::syntax::ast::{
    ColumnStatement, Expr, MetricStatement, Phrase, PhraseHead, PotentialStatement, RuleStatement,
    SegmentStatement, Statement,
};
use crate::syntax::errors;
use crate::syntax::grammar::{Node, Rule, tree};
use crate::syntax::words::Mode;

/// A statement that was not understood.
pub(crate) struct Refused {
    pub(crate) finding: Box<Diagnostic>,
    pub(crate) is_goal: bool,
}

/// The statement of a block.
pub(crate) fn statement(
    block: &Block<'_>,
    text: &str,
    context: &mut Context<'_>,
) -> Result<Statement, Refused> {
    let keyword = leading_keyword(text, context.language);
    let declares = match keyword.as_deref() {
        Some("data") => text.contains(['"', '“', '„']),
        Some("metric" | "column" | "segment") => has_equals(text),
        Some("find-potential") => true,
        Some("rule-check" | "rule-flag" | "rule-rule" | "rule-decide" | "rule-example" | "rule-use") => {
            is_rule(keyword.as_deref().unwrap_or(""), block, text, context)
        }
        _ => false,
    };
    if let (true, Some(keyword)) = (declares, keyword.as_deref()) {
        let found = declaration(keyword, block, context);
        let head = Span::new(context.source.id, block.head.content.clone());
        return found.map_err(|finding| Refused {
            finding: errors::remedied(finding, keyword, head, context.source),
            is_goal: false,
        });
    }
    match line::goal_line(block, context) {
        Ok(goal) => Ok(Statement::Goal(Box::new(goal))),
        Err(finding) => match keyword.as_deref() {
            // `metric revenue sum(amount)`: meant as a declaration
            Some(word @ ("metric" | "column" | "segment" | "data")) if !text.contains(": ") => {
                let span = Span::new(context.source.id, block.head.content.clone());
                Err(Refused { finding: errors::half_a_declaration(span, word, text), is_goal: false })
            }
            None if has_equals(text) => {
                let first = text.split_whitespace().next().unwrap_or("");
                let at = block.head.content.start;
                let span = Span::new(context.source.id, at..at + first.len());
                match errors::nearest_declaration(first) {
                    Some(near) => Err(Refused {
                        finding: errors::misspelt_declaration(span, first, near),
                        is_goal: false,
                    }),
                    None => Err(Refused { finding, is_goal: true }),
                }
            }
            None if !is_label(text) => match errors::nearest_statement(text, context.language) {
                Some((length, near, meant)) => {
                    let at = block.head.content.start;
                    let span = Span::new(context.source.id, at..at + length);
                    let finding = errors::misspelt_statement(span, &text[..length], &near, meant);
                    Err(Refused { finding, is_goal: false })
                }
                None => Err(Refused { finding, is_goal: true }),
            },
            _ => Err(Refused { finding, is_goal: true }),
        },
    }
}

/// Whether a line has a label, so that its first word declares nothing.
fn is_label(text: &str) -> bool {
    text.contains(": ")
}

/// Whether a line holds `=` as a declaration does.
fn has_equals(text: &str) -> bool {
    text.char_indices().any(|(at, c)| c == '=' && !text[..at].ends_with(['>', '<', '!', '=']))
}

/// Whether a line that begins with a word of the rules is one, and not a goal with that verb.
fn is_rule(keyword: &str, block: &Block<'_>, text: &str, context: &Context<'_>) -> bool {
    let rest = text.split_once(char::is_whitespace).map_or("", |(_, rest)| rest.trim_start());
    match keyword {
        "rule-flag" => rest.starts_with(['"', '“', '„']),
        "rule-check" => !rest.starts_with(|c: char| c.is_ascii_digit() || "<>≥≤$€£".contains(c)),
        "rule-rule" => text.ends_with(':') || !block.under.is_empty(),
        "rule-use" => rest.starts_with(['"', '“']),
        "rule-example" => text.contains(':'),
        _ => {
            let table = crate::syntax::words::table(context.language, Mode::Statement);
            rest.split_whitespace()
                .any(|word| matches!(table.phrase(&crate::names::fold_text(word)), Some("table" | "sheet")))
        }
    }
}

fn declaration(keyword: &str, block: &Block<'_>, context: &mut Context<'_>) -> Lowered<Statement> {
    match keyword {
        "data" => data::data(block, context).map(|data| Statement::Data(Box::new(data))),
        "metric" => metric(block, context).map(Statement::Metric),
        "column" => column(block, context).map(Statement::Column),
        "segment" => segment(block, context).map(Statement::Segment),
        "find-potential" => potential(block, context).map(Statement::Potential),
        _ => {
            let end = block.under.last().map_or(block.head.content.end, |last| last.content.end);
            let text =
                context.source.text.get(block.head.content.start..end).unwrap_or("").replace("\r\n", "\n");
            let keyword = keyword.trim_start_matches("rule-").to_owned();
            Ok(Statement::Rule(RuleStatement { keyword, text }))
        }
    }
}

/// Reads a line by a rule and hands its node on.
pub(crate) fn by_rule<T>(
    rule: Rule,
    at: std::ops::Range<usize>,
    context: &mut Context<'_>,
    lower: impl FnOnce(&Node<'_>, &mut Context<'_>) -> Lowered<T>,
) -> Lowered<T> {
    let text = context.read(at.clone(), Mode::Statement);
    context.closed(&text)?;
    match tree(rule, &text) {
        Ok(mut nodes) => match nodes.next() {
            Some(node) => lower(&node, context),
            None => {
                let span = Span::new(context.source.id, at);
                Err(errors::line_not_understood(span, context.slice(span)))
            }
        },
        Err(error) => Err(errors::syntax(&error, context, &text)),
    }
}

fn missing(node: &Node<'_>, context: &Context<'_>) -> Box<Diagnostic> {
    let span = context.span(node);
    errors::line_not_understood(span, context.slice(span))
}

fn metric(block: &Block<'_>, context: &mut Context<'_>) -> Lowered<MetricStatement> {
    let mut found = by_rule(Rule::metric_line, block.head.content.clone(), context, |node, context| {
        let name = child(node, Rule::declared_name).ok_or_else(|| missing(node, context))?;
        let expr = child(node, Rule::expression).ok_or_else(|| missing(node, context))?;
        let unit = child(node, Rule::metric_unit)
            .and_then(|n| n.clone().into_inner().next().map(|inner| (n, inner)));
        Ok(MetricStatement {
            name: plain_name(&name, context),
            expr: expression(&expr, context)?,
            unit: unit.map(|(n, inner)| Spanned::new(metric_unit(&inner, context), context.span(&n))),
            higher_is_better: None,
        })
    })?;
    for under in block.under {
        let clause = by_rule(Rule::metric_clause, under.content.clone(), context, |node, context| {
            Ok(Spanned::new(child(node, Rule::higher_better).is_some(), context.span(node)))
        });
        match clause {
            Ok(better) => found.higher_is_better = Some(better),
            Err(_) => {
                let span = Span::new(context.source.id, under.content.clone());
                let finding = errors::unknown_clause(span, context.slice(span), "a metric", METRIC_CLAUSES);
                context.findings.push(*finding);
            }
        }
    }
    Ok(found)
}

const METRIC_CLAUSES: &[&str] = &["lower is better", "higher is better"];

fn metric_unit(node: &Node<'_>, context: &Context<'_>) -> crate::quantity::Unit {
    use crate::quantity::Unit;
    match super::number::unit_of(node, context) {
        Unit::Named(text) if text.len() == 3 && text.chars().all(|c| c.is_ascii_uppercase()) => {
            Unit::Money(text)
        }
        unit => unit,
    }
}

fn no_clauses(block: &Block<'_>, what: &str, context: &mut Context<'_>) {
    for under in block.under {
        let span = Span::new(context.source.id, under.content.clone());
        let finding = errors::unknown_clause(span, context.slice(span), what, &[]);
        context.findings.push(*finding);
    }
}

fn column(block: &Block<'_>, context: &mut Context<'_>) -> Lowered<ColumnStatement> {
    no_clauses(block, "a column", context);
    by_rule(Rule::column_line, block.head.content.clone(), context, |node, context| {
        let name = child(node, Rule::column_name).ok_or_else(|| missing(node, context))?;
        let expr = child(node, Rule::expression).ok_or_else(|| missing(node, context))?;
        Ok(ColumnStatement {
            name: plain_name(&name, context),
            source: child(node, Rule::source_name).map(|n| plain_name(&n, context)),
            expr: expression(&expr, context)?,
        })
    })
}

fn segment(block: &Block<'_>, context: &mut Context<'_>) -> Lowered<SegmentStatement> {
    no_clauses(block, "a segment", context);
    by_rule(Rule::segment_line, block.head.content.clone(), context, |node, context| {
        let name = child(node, Rule::declared_name).ok_or_else(|| missing(node, context))?;
        let condition = child(node, Rule::expression).ok_or_else(|| missing(node, context))?;
        let span = context.span(&condition);
        let condition = expression(&condition, context)?;
        if matches!(condition.node, Expr::Text(_) | Expr::Number(_)) {
            return Err(errors::no_condition(span, context.slice(span)));
        }
        Ok(SegmentStatement { name: plain_name(&name, context), condition })
    })
}

fn potential(block: &Block<'_>, context: &mut Context<'_>) -> Lowered<PotentialStatement> {
    no_clauses(block, "`find potential`", context);
    by_rule(Rule::potential_line, block.head.content.clone(), context, |node, context| {
        let metric = child(node, Rule::potential_metric).ok_or_else(|| missing(node, context))?;
        let span = context.span(&metric);
        let name = plain_name(&metric, context);
        let words = vec![Spanned::new(name.text, span)];
        let by = node.clone().into_inner().filter(|n| n.as_rule() == Rule::potential_column);
        Ok(PotentialStatement {
            metric: Phrase { words, span, head: PhraseHead::Bare, expr: None },
            by: by.map(|n| plain_name(&n, context)).collect(),
        })
    })
}
