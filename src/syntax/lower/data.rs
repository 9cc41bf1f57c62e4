//! `data` lines with their clauses.

use super::Block;
use super::context::{Context, Lowered, child, only};
use super::expression::{expression, plain_name, unquoted};
use super::number::numeral;
use super::period::full_date;
use super::statement::by_rule;
use crate::calendar::Grain;
use crate::source::{Span, Spanned};
use crate::syntax::ast::{Across, DataPart, DataStatement, DateOrder, NumberStyle};
use crate::syntax::errors;
use crate::syntax::grammar::{Node, Rule};

const CLAUSES: &[&str] = &[
    "header row 3",
    "dates in order date",
    "dates day first",
    "numbers 1.234,56",
    "months across",
    "months across in 2025 as amount",
    "region across",
    "nothing across",
    "metrics in KPI",
    "ignore rows where …",
    "complete through 2025-05-31",
    "settles after 30 days",
];

/// A `data` statement.
pub(crate) fn data(block: &Block<'_>, context: &mut Context<'_>) -> Lowered<DataStatement> {
    let mut found = by_rule(Rule::data_line, block.head.content.clone(), context, |node, context| {
        let span = context.span(node);
        let file =
            child(node, Rule::file).ok_or_else(|| errors::line_not_understood(span, context.slice(span)))?;
        Ok(DataStatement {
            name: child(node, Rule::declared_name).map(|n| plain_name(&n, context)),
            file: Spanned::new(unquoted(file.as_str()), context.span(&file)),
            part: child(node, Rule::data_part).map_or(DataPart::Any, |n| part(&n, context)),
            header_row: None,
            dates_in: None,
            numbers: None,
            date_order: None,
            across: None,
            metrics_in: None,
            ignore: Vec::new(),
            complete_through: None,
            settles_after: None,
        })
    })?;
    for under in block.under {
        let at = under.content.clone();
        let result = by_rule(Rule::data_clause, at.clone(), context, |node, context| {
            clause(node, &mut found, context)
        });
        if let Err(finding) = result {
            let span = Span::new(context.source.id, at);
            let known = starts_known(context.slice(span), context);
            let finding = if known {
                finding
            } else {
                errors::unknown_clause(span, context.slice(span), "`data`", CLAUSES)
            };
            context.findings.push(*finding);
        }
    }
    Ok(found)
}

fn starts_known(text: &str, context: &Context<'_>) -> bool {
    super::setting::leading_keyword(text, context.language).is_some_and(|keyword| {
        matches!(
            keyword.as_str(),
            "header-row"
                | "dates"
                | "numbers"
                | "ignore"
                | "complete-through"
                | "settles-after"
                | "nothing-across"
                | "metrics-in"
        ) || keyword.starts_with("unit:")
    })
}

fn part(node: &Node<'_>, context: &Context<'_>) -> DataPart {
    let span = context.span(node);
    let Some(inner) = only(node) else { return DataPart::Any };
    let texts = |node: &Node<'_>| {
        let texts = node.clone().into_inner().filter(|n| n.as_rule() == Rule::quoted);
        texts.map(|n| Spanned::new(unquoted(n.as_str()), context.span(&n))).collect::<Vec<_>>()
    };
    let first = |node: &Node<'_>| {
        texts(node).into_iter().next().unwrap_or_else(|| Spanned::new(String::new(), context.span(node)))
    };
    match inner.as_rule() {
        Rule::all_sheets => DataPart::AllSheets(span),
        Rule::table => DataPart::Table(first(&inner)),
        Rule::range => DataPart::Range(first(&inner)),
        _ => DataPart::Sheets(texts(&inner)),
    }
}

/// The name after `as`, of the column of values.
fn value_name(node: &Node<'_>, context: &Context<'_>) -> String {
    child(node, Rule::source_name).map_or_else(|| "value".to_owned(), |n| plain_name(&n, context).text)
}

fn small(node: &Node<'_>) -> u32 {
    node.as_str().trim().parse().unwrap_or(u32::MAX)
}

fn clause(node: &Node<'_>, found: &mut DataStatement, context: &mut Context<'_>) -> Lowered<()> {
    let span = context.span(node);
    let Some(inner) = only(node) else { return Err(errors::line_not_understood(span, context.slice(span))) };
    let numbers: Vec<u32> =
        inner.clone().into_inner().filter(|n| n.as_rule() == Rule::small_number).map(|n| small(&n)).collect();
    match inner.as_rule() {
        Rule::header_row => {
            let first = numbers.first().copied().unwrap_or(0);
            let last = numbers.get(1).copied().unwrap_or(first);
            if first == 0 || last < first {
                return Err(errors::header_rows(span, context.slice(span)));
            }
            found.header_row = Some(Spanned::new((first, last), span));
        }
        Rule::number_style => {
            let text =
                child(&inner, Rule::numeral).map_or_else(String::new, |n| n.as_str().trim().to_owned());
            found.numbers = Some(Spanned::new(number_style(&text, span)?, span));
        }
        Rule::date_order => found.date_order = Some(Spanned::new(date_order(&inner, span, context)?, span)),
        Rule::dates_in => found.dates_in = child(&inner, Rule::source_name).map(|n| plain_name(&n, context)),
        Rule::across => {
            let grain = match inner.as_str() {
                text if text.contains("‹unit:quarter›") => Grain::Quarter,
                text if text.contains("‹unit:year›") => Grain::Year,
                _ => Grain::Month,
            };
            let year = child(&inner, Rule::small_number).and_then(|n| n.as_str().trim().parse().ok());
            let name = value_name(&inner, context);
            found.across = Some(Spanned::new(Across::Periods { grain, year, name }, span));
        }
        Rule::names_across => {
            let column = child(&inner, Rule::across_name).map(|n| plain_name(&n, context).text);
            let (column, name) = (column.unwrap_or_default(), value_name(&inner, context));
            found.across = Some(Spanned::new(Across::Names { column, name }, span));
        }
        Rule::nothing_across => found.across = Some(Spanned::new(Across::Nothing, span)),
        Rule::metrics_in => {
            found.metrics_in = child(&inner, Rule::source_name).map(|n| plain_name(&n, context));
        }
        Rule::ignore => {
            if let Some(condition) = child(&inner, Rule::expression) {
                found.ignore.push(expression(&condition, context)?);
            }
        }
        Rule::complete => {
            if let Some(date) = child(&inner, Rule::date) {
                found.complete_through = Some(Spanned::new(full_date(&date, context)?, span));
            }
        }
        _ => found.settles_after = numbers.first().map(|days| Spanned::new(*days, span)),
    }
    Ok(())
}

/// The decimal mark that a sample number shows.
fn number_style(text: &str, span: Span) -> Lowered<NumberStyle> {
    let last = text.rfind(['.', ',']);
    let decimal = match last.map(|at| (text.as_bytes()[at] as char, text.len() - at - 1)) {
        Some((mark, decimals)) if decimals != 3 || text.matches(['.', ',', ' ']).count() > 1 => mark,
        _ => return Err(errors::number_sample(span, text)),
    };
    let language =
        if decimal == '.' { crate::language::Language::English } else { crate::language::Language::German };
    numeral(text, language).map_err(|_| errors::number_sample(span, text))?;
    Ok(NumberStyle { decimal })
}

fn date_order(node: &Node<'_>, span: Span, context: &Context<'_>) -> Lowered<DateOrder> {
    let Some(inner) = only(node) else { return Err(errors::date_sample(span, context.slice(span))) };
    Ok(match inner.as_rule() {
        Rule::day_first => DateOrder::DayMonthYear,
        Rule::month_first => DateOrder::MonthDayYear,
        Rule::year_first | Rule::iso_date => DateOrder::YearMonthDay,
        _ => {
            let parts: Vec<u32> = inner
                .as_str()
                .split(['/', '.', '-', ' '])
                .filter_map(|part| part.trim().parse().ok())
                .collect();
            match parts[..] {
                [year, _, _] if year > 31 => DateOrder::YearMonthDay,
                [day, month, _] if day > 12 && month <= 12 => DateOrder::DayMonthYear,
                [month, day, _] if day > 12 && month <= 12 => DateOrder::MonthDayYear,
                _ => return Err(errors::date_sample(span, context.slice(span))),
            }
        }
    })
}
