//! The words of a metric, its filters and brackets: loose chunks → [`Phrase`].

use super::change::Counts;
use super::chunk::{Chunk, Opening, Piece, Raw};
use super::context::{Context, Lowered, child};
use super::draft::Draft;
use super::expression::expression;
use super::implied;
use super::number::{Written, value};
use super::subject;
use crate::calendar::PeriodPhrase;
use crate::names;
use crate::source::{Span, Spanned};
use crate::syntax::ast::{
    AggregateFunction, BinaryOperator, Comparison, Expr, Name, Phrase, PhraseHead, SegmentPhrase,
};
use crate::syntax::errors;
use crate::syntax::grammar::{Rule, tree};
use crate::syntax::words::Mode;

/// The phrase of the words of a draft.
pub(crate) fn metric(draft: &mut Draft, counts: Counts, context: &mut Context<'_>) -> Lowered<Phrase> {
    let mut chunks = std::mem::take(&mut draft.metric);
    while matches!(chunks.first(), Some(c) if matches!(c.piece, Piece::Article) && chunks.len() > 1) {
        chunks.remove(0);
    }
    while matches!(chunks.last(), Some(c) if chunks.len() > 1 && matches!(c.piece, Piece::Article | Piece::Comma))
    {
        chunks.pop();
    }
    let (Some(first), Some(last)) = (chunks.first(), chunks.last()) else {
        return Err(errors::no_metric(Span::default(), None));
    };
    let span = first.span.to(last.span);
    loose_ends(&chunks, context)?;
    if let Some(expr) = stated_expression(&chunks, span, context)? {
        let words = vec![Spanned::new(context.words(span), span)];
        return Ok(Phrase { words, span, head: PhraseHead::Bare, expr: Some(Box::new(expr)) });
    }
    if let Some(Chunk { piece: Piece::GrainWord(grain), span }) = chunks.first().cloned()
        && chunks.len() > 1
    {
        chunks.remove(0);
        draft.grain.get_or_insert(Spanned::new(grain, span));
    }
    let mut head = match counts {
        Counts::Named => take_head(&mut chunks, draft),
        Counts::Things => PhraseHead::NumberOf,
        Counts::Share => PhraseHead::ShareOf(numerator(draft)),
    };
    while chunks.len() > 1 && matches!(chunks[0].piece, Piece::Article) {
        chunks.remove(0);
    }
    if let Some(at) = chunks.iter().position(|c| matches!(c.piece, Piece::Opener("per"))) {
        let of = words(&chunks[at + 1..], context);
        if at > 0 && !of.is_empty() && matches!(head, PhraseHead::Bare | PhraseHead::NumberOf) {
            head = PhraseHead::Per(of);
            chunks.truncate(at);
        }
    }
    let expr = share_expression(&chunks, &draft.base, context);
    Ok(Phrase { words: words(&chunks, context), span, head, expr })
}

/// `to 30% of all hires`: the quotient of the metric and what it is a share of.
fn share_expression(chunks: &[Chunk], base: &[Chunk], context: &Context<'_>) -> Option<Box<Expr>> {
    let name = |chunks: &[Chunk]| {
        let mut chunks = chunks;
        while let [Chunk { piece: Piece::Article, .. }, rest @ ..] = chunks {
            chunks = rest;
        }
        let span = chunks.first()?.span.to(chunks.last()?.span);
        let text = words(chunks, context).into_iter().map(|w| w.node).collect::<Vec<_>>().join(" ");
        Some(Box::new(Spanned::new(Expr::Name(Name { text, source: None, span }), span)))
    };
    Some(Box::new(Expr::Binary(BinaryOperator::Divide, name(chunks)?, name(base)?)))
}

/// A metric does not begin or end with a word that wants more.
fn loose_ends(chunks: &[Chunk], context: &Context<'_>) -> Lowered<()> {
    let Some(last) = chunks.last() else { return Ok(()) };
    let wants_more =
        matches!(last.piece, Piece::Opener(_) | Piece::And | Piece::NumberOf | Piece::ShareOf | Piece::Bound);
    if wants_more || subject::is_word(last, "on", context) {
        return Err(errors::nothing_after(last.span, context.slice(last.span)));
    }
    let joined = chunks.windows(2).find(|pair| {
        matches!(pair[0].piece, Piece::And | Piece::Comma) && matches!(pair[1].piece, Piece::Verb(_))
    });
    if let Some([_, verb]) = joined {
        return Err(errors::second_verb(verb.span, context.slice(verb.span)));
    }
    let all_marks =
        chunks.iter().all(|c| matches!(c.piece, Piece::Symbol | Piece::Comma | Piece::Article | Piece::And));
    if all_marks {
        return Err(errors::unexpected(chunks[0].span, context.slice(chunks[0].span)));
    }
    Ok(())
}

fn take_head(chunks: &mut Vec<Chunk>, draft: &mut Draft) -> PhraseHead {
    let head = match chunks.first().map(|c| &c.piece) {
        Some(Piece::NumberOf) => PhraseHead::NumberOf,
        Some(Piece::ShareOf) => PhraseHead::ShareOf(numerator(draft)),
        Some(Piece::Aggregate(function)) if *function != AggregateFunction::Count => {
            PhraseHead::Aggregate(*function)
        }
        _ => return PhraseHead::Bare,
    };
    if chunks.len() == 1 {
        return PhraseHead::Bare;
    }
    chunks.remove(0);
    head
}

/// The first condition of a share selects its numerator.
fn numerator(draft: &mut Draft) -> Option<Box<Spanned<Expr>>> {
    let at = draft.segments.iter().position(|s| matches!(s.node, SegmentPhrase::Condition(_)))?;
    let Spanned { node: SegmentPhrase::Condition(condition), span } = draft.segments.remove(at) else {
        return None;
    };
    Some(Box::new(Spanned::new(condition, span)))
}

fn words(chunks: &[Chunk], context: &Context<'_>) -> Vec<Spanned<String>> {
    chunks
        .iter()
        .map(|chunk| {
            let text = match &chunk.piece {
                Piece::Whole(text) => text.clone(),
                _ => context.words(chunk.span),
            };
            Spanned::new(text, chunk.span)
        })
        .collect()
}

/// `sum(amount)` or `revenue / orders`: an expression where the words hold a call or an operator between blanks.
fn stated_expression(chunks: &[Chunk], span: Span, context: &mut Context<'_>) -> Lowered<Option<Expr>> {
    if let [Chunk { piece: Piece::Call(expr), .. }] = chunks {
        return Ok(Some(expr.node.clone()));
    }
    let operator = |c: &Chunk| {
        matches!(c.piece, Piece::Symbol) && matches!(context.slice(c.span), "/" | "*" | "+" | "-")
    };
    let calculates =
        chunks.iter().skip(1).any(operator) || chunks.iter().any(|c| matches!(c.piece, Piece::Call(_)));
    if !calculates {
        return Ok(None);
    }
    let saved = std::mem::take(&mut context.line);
    let text = context.read(span.range(), Mode::Statement);
    let tree = context.closed(&text).map(|()| tree(Rule::whole_expression, &text));
    let parsed = match tree? {
        Ok(mut nodes) => match nodes.next().and_then(|n| child(&n, Rule::expression)) {
            Some(node) => expression(&node, context).map(|e| Some(e.node)),
            None => Ok(None),
        },
        Err(_) => Err(errors::not_an_expression(span, context.slice(span))),
    };
    context.line = saved;
    parsed
}

/// A value of a filter must not read as a number, a period, or a month misspelt.
pub(crate) fn certain_value(found: &Spanned<String>, context: &Context<'_>) -> Lowered<()> {
    let written = context.slice(found.span);
    if written.starts_with(['"', '“', '„', '[']) || context.names.holds(&found.node) {
        return Ok(());
    }
    let number =
        found.node.split(' ').any(|word| word.chars().all(|c| c.is_ascii_digit() || ".,%".contains(c)));
    if number {
        return Err(errors::value_like_number(found.span, written, context.language));
    }
    match errors::misspelt_month(&found.node, context.language) {
        Some(month) => Err(errors::value_like_month(found.span, written, &month)),
        None => Ok(()),
    }
}

/// A value of a filter does not end with a word that wants more: `for sales growth of`.
pub(crate) fn whole_value(found: &Spanned<String>, context: &Context<'_>) -> Lowered<()> {
    let written = context.slice(found.span);
    let last = written.rsplit(char::is_whitespace).next().unwrap_or("");
    let at = Span { start: found.span.end - u32::try_from(last.len()).unwrap_or(0), ..found.span };
    let wants_more = matches!(
        subject::canonical(at, context),
        Some("of" | "for" | "in" | "from" | "to" | "by" | "at" | "on" | "with" | "and" | "per" | "where")
    );
    if wants_more && !context.names.holds(&found.node) && found.node == context.words(found.span) {
        return Err(errors::nothing_after(at, last));
    }
    Ok(())
}

/// Whether a word is one of the metric's own (`increase customers by 20 customers`).
pub(crate) fn is_own_noun(metric: &[Chunk], span: Span, context: &Context<'_>) -> bool {
    let noun = context.slice(span);
    metric.iter().any(|chunk| {
        context.slice(chunk.span).split_whitespace().any(|word| names::related(word, noun, context.language))
    })
}

/// What stands in brackets: a note, or the target or the year of the baseline once more.
pub(crate) fn parens(draft: &mut Draft, context: &mut Context<'_>) -> Lowered<()> {
    for paren in std::mem::take(&mut draft.parens) {
        let Spanned { node: text, span } = paren;
        if text.is_empty() || text.chars().all(|c| "%#".contains(c)) {
            continue;
        }
        if text.chars().any(|c| c.is_ascii_digit()) {
            repeated(draft, &text, span, context)?;
        } else if draft.note.is_none() {
            draft.note = Some(Spanned::new(text, span));
        }
    }
    if let Some(note) = &draft.note
        && context.slice(note.span).chars().any(|c| c.is_ascii_digit())
    {
        let finding = errors::number_in_note(note.span, &note.node);
        context.findings.push(finding);
    }
    Ok(())
}

/// `(target of 39 days)`, `(baseline 2019)`: checked against the goal, or its comparison where it has none.
fn repeated(draft: &mut Draft, text: &str, span: Span, context: &mut Context<'_>) -> Lowered<()> {
    let saved = std::mem::take(&mut context.line);
    let inner = context.slice(span);
    let start = span.start as usize + inner.len() - inner.trim_start_matches('(').len();
    let end = span.end as usize - (inner.len() - inner.trim_end_matches(')').len());
    let rewritten = context.read(start..end, Mode::Sentence);
    let found = repetition(&rewritten, context);
    context.line = saved;
    match found? {
        Some(Repetition::BaseYear(year)) => match &draft.comparison {
            None => {
                draft.comparison = Some(Spanned::new(Comparison::Period(PeriodPhrase::Year(year)), span));
                Ok(())
            }
            Some(Spanned { node: Comparison::Period(PeriodPhrase::Year(other)), .. }) if *other == year => {
                Ok(())
            }
            Some(_) => Err(errors::paren_differs(span, text)),
        },
        Some(Repetition::Target(target)) if draft.states(&target) => Ok(()),
        Some(Repetition::Target(_)) => Err(errors::paren_differs(span, text)),
        Some(Repetition::Change(second)) => match draft.change.take() {
            Some((first, at)) if implied::repeated_change(&first, &second).is_some() => {
                draft.change = Some((first, at));
                Ok(())
            }
            _ => Err(errors::paren_differs(span, text)),
        },
        Some(Repetition::From(from)) => match draft.change.take() {
            Some((Raw::Level(Opening::To, _, to), at)) => {
                draft.change = Some((Raw::FromTo(from, to), at));
                Ok(())
            }
            Some((Raw::FromTo(stated, to), at)) if stated.quantity.value == from.quantity.value => {
                draft.change = Some((Raw::FromTo(stated, to), at));
                Ok(())
            }
            _ => Err(errors::paren_differs(span, text)),
        },
        None => Err(errors::paren_with_number(span, text)),
    }
}

enum Repetition {
    BaseYear(i32),
    Target(rust_decimal::Decimal),
    /// `(from 150)`: where the metric stands today.
    From(Written),
    /// `(from 150 to 180)`: the change once more.
    Change(Raw),
}

fn repetition(rewritten: &str, context: &mut Context<'_>) -> Lowered<Option<Repetition>> {
    let Ok(mut nodes) = tree(Rule::repetition, rewritten) else { return Ok(None) };
    let Some(node) = nodes.next() else { return Ok(None) };
    if let Some(year) = child(&node, Rule::year4) {
        return Ok(year.as_str().trim().parse().ok().map(Repetition::BaseYear));
    }
    if let Some(pair) = child(&node, Rule::from_to) {
        let mut found = Vec::new();
        for number in pair.into_inner().filter(|inner| inner.as_rule() == Rule::value) {
            found.push(value(number, context)?);
        }
        return match <[Written; 2]>::try_from(found) {
            Ok([from, to]) => Ok(Some(Repetition::Change(Raw::FromTo(from, to)))),
            Err(_) => Ok(None),
        };
    }
    if let Some(before) = child(&node, Rule::from_before) {
        return child(&before, Rule::value)
            .map(|node| value(node, context).map(Repetition::From))
            .transpose();
    }
    match child(&node, Rule::value) {
        Some(node) => Ok(Some(Repetition::Target(value(node, context)?.quantity.value))),
        None => Ok(None),
    }
}

impl Draft {
    /// Whether the goal's own target is this number.
    fn states(&self, target: &rust_decimal::Decimal) -> bool {
        let stated = match (&self.change, &self.amount) {
            (Some((Raw::By(written, _) | Raw::Level(_, _, written) | Raw::FromTo(_, written), _)), _) => {
                written
            }
            (None, Some((written, _))) => written,
            _ => return false,
        };
        stated.quantity.value == *target || stated.number == *target
    }
}
