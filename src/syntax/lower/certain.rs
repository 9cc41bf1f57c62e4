//! What only looks like a goal: a metric that holds half a clause, a pronoun, a negation, a unit misspelt.

use super::broken::no_broken_clause;
use super::chunk::{Chunk, Opening, Piece, Raw};
use super::context::{Context, Lowered};
use super::draft::Draft;
use super::subject::{canonical, is_word};
use super::time;
use crate::language::Language;
use crate::source::Span;
use crate::syntax::errors;

/// Refuses what names no metric of its own, an example, an exception, a report of the past.
pub(crate) fn no_goal_words(all: &[Chunk], context: &Context<'_>) -> Lowered<()> {
    for chunk in all {
        if !matches!(chunk.piece, Piece::Word | Piece::Opener(_)) {
            continue;
        }
        match canonical(chunk.span, context) {
            Some("example") => return Err(errors::example(chunk.span, context.slice(chunk.span))),
            Some("except") => return Err(errors::exception(chunk.span, context.slice(chunk.span))),
            _ => {}
        }
    }
    Ok(())
}

/// Refuses a metric that is no name: `it`, `budget was`.
pub(crate) fn certain_metric(draft: &Draft, context: &Context<'_>) -> Lowered<()> {
    let words: Vec<&Chunk> =
        draft.metric.iter().filter(|chunk| !matches!(chunk.piece, Piece::Article)).collect();
    if let [only] = words[..]
        && is_word(only, "pronoun", context)
        && !context.names.holds(context.slice(only.span))
    {
        return Err(errors::pronoun(only.span, context.slice(only.span)));
    }
    if let [only] = words[..]
        && matches!(only.piece, Piece::GrainWord(_))
        && !context.names.holds(context.slice(only.span))
    {
        return Err(errors::no_metric(only.span, draft.verb.map(|(_, span)| context.slice(span))));
    }
    if let [only] = words[..]
        && matches!(only.piece, Piece::Word)
        && is_manner(context.slice(only.span), context)
    {
        return Err(errors::broken_clause(only.span, context.slice(only.span), false));
    }
    // `to be number one`, `sales dropped 5%`
    if let [only] = words[..]
        && matches!(only.piece, Piece::Word)
        && !draft.value_first
        && context.language == Language::English
        && context.slice(only.span).eq_ignore_ascii_case("number")
        && !context.names.holds("number")
    {
        return Err(errors::no_metric(only.span, draft.verb.map(|(_, span)| context.slice(span))));
    }
    if let Some(last) = words.last().filter(|last| is_word(last, "past-verb", context))
        && draft.verb.is_none()
        && !draft.value_first
        && words.len() > 1
    {
        return Err(errors::past(last.span, context.slice(last.span)));
    }
    no_negation(draft, context)?;
    no_broken_clause(draft, context)?;
    if let Some(past) = words.iter().find(|chunk| is_word(chunk, "past", context)) {
        return Err(errors::past(past.span, context.slice(past.span)));
    }
    Ok(())
}

/// Refuses a goal that says what is not to be: `do not increase costs by 10%`.
fn no_negation(draft: &Draft, context: &Context<'_>) -> Lowered<()> {
    let verb = draft.verb.map(|(_, span)| span).or(draft.stated);
    let (first, last) = (draft.metric.first(), draft.metric.last());
    let negation = draft.metric.iter().find(|chunk| {
        canonical(chunk.span, context) == Some("not")
            && (first.is_some_and(|first| first.span == chunk.span)
                || last.is_some_and(|last| last.span == chunk.span)
                || verb.is_some_and(|verb| verb.start > chunk.span.start && verb.start <= chunk.span.end + 1))
    });
    match negation {
        Some(chunk) => Err(errors::negation(chunk.span, context.slice(chunk.span))),
        None => Ok(()),
    }
}

/// Refuses a number whose first thing may be its unit misspelt: `80 percnt of`, `at most 5 hors`.
pub(crate) fn no_misspelt_unit(draft: &Draft, context: &Context<'_>) -> Lowered<()> {
    let Some((bare, value)) = draft.counted() else { return Ok(()) };
    let next = draft.metric.iter().find(|chunk| chunk.span.start > value.start);
    let Some(next) = next.filter(|chunk| bare && matches!(chunk.piece, Piece::Word)) else { return Ok(()) };
    if canonical(next.span, context).is_some() || context.names.holds(context.slice(next.span)) {
        return Ok(());
    }
    match errors::misspelt_unit(context.slice(next.span), context.language) {
        Some(near) => {
            let text = context.slice(next.span);
            Err(errors::left_over(next.span, text, Some((next.span, near)), true))
        }
        None => Ok(()),
    }
}

/// Refuses `win rate at least 25%`, where the verb may be the first word of the name.
pub(crate) fn no_noun_for_verb(draft: &Draft, context: &Context<'_>) -> Lowered<()> {
    let (Some((_, verb)), [only]) = (draft.verb, &draft.metric[..]) else { return Ok(()) };
    let is =
        |span: Span, words: &[&str]| words.iter().any(|word| context.slice(span).eq_ignore_ascii_case(word));
    let states = matches!(draft.change, Some((Raw::Level(Opening::None, Some(_), _) | Raw::Between(..), _)));
    if context.language == Language::English
        && states
        && is(verb, &["win", "hit", "hold", "drop", "fall", "close", "cut", "lift", "scale"])
        && is(only.span, &["rate", "ratio", "time"])
        && !context.names.holds(context.slice(only.span))
    {
        let both = verb.to(only.span);
        return Err(errors::verb_or_name(both, context.slice(both)));
    }
    Ok(())
}

impl Draft {
    /// The value before a metric, whether it is bare, and where it stands.
    fn counted(&self) -> Option<(bool, Span)> {
        match (&self.amount, &self.change) {
            (Some((written, span)), _)
            | (None, Some((Raw::Level(Opening::None, _, written) | Raw::Between(_, written), span))) => {
                Some((written.is_bare, *span))
            }
            _ => None,
        }
    }
}

/// `gracefully`: how something is done, and no name of it.
fn is_manner(word: &str, context: &Context<'_>) -> bool {
    let word = word.to_lowercase();
    let name = ["family", "assembly", "anomaly", "monopoly", "supply", "reply", "rally", "butterfly", "july"];
    context.language == Language::English
        && !context.names.holds(&word)
        && word.len() >= 6
        && word.ends_with("ly")
        && !name.contains(&word.as_str())
}

/// Refuses a participle with a time that is over: `sales increased by 12% in 2024`.
pub(crate) fn no_past(draft: &Draft, context: &Context<'_>) -> Lowered<()> {
    match (time::past_of(draft, context), draft.verb) {
        (Some(_), Some((_, verb))) => Err(errors::past(verb, context.slice(verb))),
        _ => Ok(()),
    }
}

/// Refuses a value after a word that may be `from` or a verb misspelt.
pub(crate) fn certain_opening(draft: &Draft, context: &Context<'_>) -> Lowered<()> {
    if draft.verb.is_none() && draft.metric.len() > 1 {
        no_misspelt_verb(draft, context)?;
    }
    let Some(last) = draft.metric.last().filter(|last| matches!(last.piece, Piece::Word)) else {
        return Ok(());
    };
    let text = context.slice(last.span);
    if let [.., Chunk { piece: Piece::State(_) | Piece::Participle(_), .. }, _] = &draft.metric[..]
        && draft.verb.is_none()
    {
        return Err(errors::broken_clause(last.span, text, false));
    }
    // `more tahn 5`, `at leastt 5`
    if let [.., Chunk { piece: Piece::Opener("at") | Piece::Comparative(..), .. }, _] = &draft.metric[..]
        && let Some(near) = errors::misspelt_bound_end(text, context.language)
    {
        return Err(errors::left_over(last.span, text, Some((last.span, near)), false));
    }
    if canonical(last.span, context).is_some() || context.names.holds(text) || draft.metric.len() < 2 {
        return Ok(());
    }
    if draft.verb.is_none()
        && let Some(near) = errors::misspelt_state(text, context.language)
    {
        return Err(errors::verb_misspelt(last.span, text, &near));
    }
    match errors::misspelt_opening(text, context.language) {
        Some(near) => Err(errors::left_over(last.span, text, Some((last.span, near)), false)),
        None => Ok(()),
    }
}

/// Refuses a bound after a modal misspelt, or without a verb where the first word may be one misspelt.
pub(crate) fn certain_bound(draft: &Draft, raw: &Raw, context: &Context<'_>) -> Lowered<()> {
    let is_bound = matches!(raw, Raw::Level(Opening::None, Some(_), _) | Raw::Between(..));
    if !is_bound || draft.verb.is_some() || draft.metric.len() < 2 {
        return Ok(());
    }
    // `that not quickly exceeds 5`: what the word turns round is uncertain
    if let [.., not, _] = &draft.metric[..]
        && canonical(not.span, context) == Some("not")
    {
        return Err(errors::negation(not.span, context.slice(not.span)));
    }
    let unknown = |chunk: &&Chunk| {
        matches!(chunk.piece, Piece::Word)
            && canonical(chunk.span, context).is_none()
            && !context.names.holds(context.slice(chunk.span))
    };
    let last = draft.metric.iter().rev().find(|chunk| canonical(chunk.span, context) != Some("not"));
    if let Some(last) = last.filter(unknown)
        && let Some(near) = errors::misspelt_modal(context.slice(last.span), context.language)
    {
        let text = context.slice(last.span);
        return Err(errors::left_over(last.span, text, Some((last.span, near)), false));
    }
    no_misspelt_verb(draft, context)
}

/// Refuses a first word that may be a verb misspelt: `increas revenue 10%` is no metric with its value.
fn no_misspelt_verb(draft: &Draft, context: &Context<'_>) -> Lowered<()> {
    let Some(first) = draft.metric.first().filter(|_| draft.stated.is_none()) else { return Ok(()) };
    let text = context.slice(first.span);
    let known = !matches!(first.piece, Piece::Word)
        || canonical(first.span, context).is_some()
        || context.names.holds(text);
    match errors::verb_in_name(text, context.language).filter(|_| !known) {
        Some(near) => Err(errors::verb_misspelt(first.span, text, &near)),
        None => Ok(()),
    }
}

/// What must hold beside a goal (`while maintaining quality`) is kept as its note, and said; with a number it is a goal
/// of its own.
pub(crate) fn certain_beside(span: Span, context: &mut Context<'_>) -> Lowered<()> {
    let text = context.slice(span);
    let first = text.split_whitespace().next().unwrap_or("");
    let end = span.start as usize + first.len();
    let opener = canonical(Span::new(span.source, span.start as usize..end), context);
    if !matches!(opener, Some("while" | "without")) {
        return Ok(());
    }
    if text.contains(|c: char| c.is_ascii_digit()) {
        return Err(errors::conjunction(Span::new(span.source, span.start as usize..end), first));
    }
    let finding = errors::only_a_note(span, text);
    context.findings.push(finding);
    Ok(())
}

/// Refuses a note that is a time misspelt: `through Jnue`.
pub(crate) fn certain_note(span: Span, context: &Context<'_>) -> Lowered<()> {
    let text = context.slice(span);
    let mut words = text.split_whitespace();
    let (Some(_), Some(word), None) = (words.next(), words.next(), words.next()) else { return Ok(()) };
    let word = word.trim_end_matches('.');
    match errors::misspelt_month(word, context.language) {
        Some(near) => {
            let start = span.start as usize + (word.as_ptr() as usize - text.as_ptr() as usize);
            Err(errors::value_like_month(Span::new(span.source, start..start + word.len()), word, &near))
        }
        None => Ok(()),
    }
}
