//! A goal's line: label, `for each`, `METRIC: VALUE`, then the sentence and the clauses under it.

use std::ops::Range;

use super::Block;
use super::chunk::{Chunk, Opening, Piece, Raw, chunks};
use super::clause;
use super::context::{Context, Lowered};
use super::draft::is_loose;
use super::goal::{self, Frame};
use super::verb::is_particle_word;
use crate::names;
use crate::source::{Span, Spanned};
use crate::syntax::ast::{Goal, Name, SegmentPhrase};
use crate::syntax::errors;
use crate::syntax::words::{Mode, table};

/// The goal of a block.
pub(crate) fn goal_line(block: &Block<'_>, context: &mut Context<'_>) -> Lowered<Goal> {
    let mut rest = block.head.content.clone();
    let text = Spanned::new(
        context.source.text[rest.clone()].to_owned(),
        Span::new(context.source.id, rest.clone()),
    );
    let mut frame = Frame { label: None, for_each: None, text, purpose: None, metric_before_colon: None };
    if let Some((name, after)) = for_each(rest.clone(), context)? {
        frame.for_each = Some(name);
        rest = after;
    }
    if let Some((label, after)) = bracket_label(rest.clone(), context) {
        frame.label = Some(label);
        rest = after;
    } else if let Some((before, after)) = colon(rest.clone(), context) {
        if is_bare_value(after.clone(), context) || is_range_of(after.clone(), context) {
            frame.metric_before_colon = Some(metric_words(before, context)?);
        } else {
            no_goal_in_label(before.clone(), context)?;
            let span = Span::new(context.source.id, before);
            frame.label = Some(Spanned::new(context.words(span).trim_matches('*').to_owned(), span));
        }
        rest = after;
    }
    // `Marketing: Website: …`
    if let (Some(label), None) = (&mut frame.label, &frame.metric_before_colon)
        && let Some((before, after)) = colon(rest.clone(), context)
    {
        if is_bare_value(after.clone(), context) {
            frame.metric_before_colon = Some(metric_words(before, context)?);
        } else {
            no_goal_in_label(before.clone(), context)?;
            let span = label.span.to(Span::new(context.source.id, before));
            *label = Spanned::new(context.words(span), span);
        }
        rest = after;
    }
    if frame.for_each.is_none()
        && let Some((name, after)) = for_each(rest.clone(), context)?
    {
        frame.for_each = Some(name);
        rest = after;
    }
    if let Some((note, after)) = purpose(rest.clone(), context) {
        frame.purpose = Some(note);
        rest = after;
    } else if let Some((note, after)) = objective(rest.clone(), context) {
        let finding = errors::only_a_note(note.span, &note.node);
        context.findings.push(finding);
        frame.purpose = Some(note);
        rest = after;
    }
    let rewritten = context.read(rest, Mode::Sentence);
    let mut found = goal::goal(&rewritten, frame, context)?;
    no_for_each_behind(&found, context)?;
    clause::clauses(block, &mut found, context);
    Ok(found)
}

/// Refuses `increase … for each region`, which would look for a value of that name.
fn no_for_each_behind(goal: &Goal, context: &Context<'_>) -> Lowered<()> {
    let table = table(context.language, Mode::Sentence);
    for segment in &goal.segments {
        let SegmentPhrase::Values(values) = &segment.node else { continue };
        let first = values.first().and_then(|value| value.node.split_whitespace().next()).unwrap_or("");
        let text = context.slice(segment.span);
        let opener = text.split_whitespace().next().unwrap_or("");
        let is = |word: &str, wanted: &str| table.canonical(&names::fold_text(word)) == Some(wanted);
        // `keep margin for each team at least 10%` is how a subject is read back
        if segment.span.start > goal.change.span.start && is(first, "every") && is(opener, "for") {
            let rest = context.source.slice(goal.text.span).replace(text, " ");
            let rest = rest.split_whitespace().collect::<Vec<_>>().join(" ");
            return Err(errors::for_each_behind(segment.span, text, &rest));
        }
    }
    Ok(())
}

fn said(range: Range<usize>, context: &Context<'_>) -> String {
    context.source.text.get(range).unwrap_or("").to_owned()
}

fn trimmed(range: Range<usize>, context: &Context<'_>) -> Range<usize> {
    context.trimmed(range).range()
}

/// `for each COLUMN:` before the sentence.
fn for_each(at: Range<usize>, context: &Context<'_>) -> Lowered<Option<(Name, Range<usize>)>> {
    let text = said(at.clone(), context);
    let table = table(context.language, Mode::Sentence);
    let mut words = text.split_whitespace();
    let is = |word: Option<&str>, wanted: &str| {
        word.is_some_and(|w| table.canonical(&names::fold_text(w)) == Some(wanted))
    };
    if !(is(words.next(), "for") && is(words.next(), "every")) {
        return Ok(None);
    }
    let second = text.split_whitespace().nth(1).unwrap_or("");
    let start = text.find(second).unwrap_or(0) + second.len();
    let Some(colon) = text[start..].find(':') else {
        return Err(errors::for_each_colon(Span::new(context.source.id, at)));
    };
    let span = context.trimmed(at.start + start..at.start + start + colon);
    let written = context.words(span);
    let name = written.trim_matches(['[', ']', '"']).to_owned();
    if name.is_empty() {
        return Err(errors::for_each_colon(Span::new(context.source.id, at)));
    }
    let (source, text) = match written.split_once('.') {
        Some((source, column)) if !written.starts_with(['[', '"']) => {
            (Some(source.to_owned()), column.to_owned())
        }
        _ => (None, name),
    };
    Ok(Some((Name { text, source, span }, trimmed(at.start + start + colon + 1..at.end, context))))
}

/// `[Support] …`, where a sentence follows and not what a name would have after it.
fn bracket_label(at: Range<usize>, context: &mut Context<'_>) -> Option<(Spanned<String>, Range<usize>)> {
    let text = said(at.clone(), context);
    let close = text.strip_prefix('[')?.find(']')? + 1;
    let rest = trimmed(at.start + close + 1..at.end, context);
    let after = said(rest.clone(), context);
    if !text[close + 1..].starts_with([' ', ':', '\t']) || after.starts_with(':') || after.is_empty() {
        return None;
    }
    context.read(rest.clone(), Mode::Sentence);
    let rewritten = context.line.text.clone();
    let names_it = rewritten.starts_with(['<', '>', '≤', '≥', '=', '/', '*', '+'])
        || ["‹s:", "‹modal", "‹be›", "‹at-", "‹above", "‹below", "‹over", "‹under", "‹may"]
            .iter()
            .any(|k| rewritten.starts_with(k));
    if names_it {
        return None;
    }
    let span = Span::new(context.source.id, at.start + 1..at.start + close);
    Some((Spanned::new(context.words(span), span), rest))
}

/// Refuses a label that is a goal itself: `increase revenue by 10%: hire 5 nurses`.
fn no_goal_in_label(at: Range<usize>, context: &mut Context<'_>) -> Lowered<()> {
    let rewritten = context.read(at, Mode::Sentence);
    let Ok(found) = chunks(&rewritten, context) else { return Ok(()) };
    let verb = matches!(found.first(), Some(Chunk { piece: Piece::Verb(_), .. }));
    let change = found.iter().find(|chunk| match &chunk.piece {
        Piece::Change(_) | Piece::Dated(..) => true,
        Piece::Amount(_) => verb,
        _ => false,
    });
    match change {
        Some(chunk) => Err(errors::goal_in_label(chunk.span, context.slice(chunk.span))),
        None => Ok(()),
    }
}

/// `to understand the market, interview 20 buyers`: what a goal is for, up to the first comma; a goal begins behind it.
fn purpose(at: Range<usize>, context: &mut Context<'_>) -> Option<(Spanned<String>, Range<usize>)> {
    let text = said(at.clone(), context);
    let comma = text.find(',').filter(|comma| text[comma + 1..].starts_with(' '))?;
    let before = at.start..at.start + comma;
    let rewritten = context.read(before.clone(), Mode::Sentence);
    let opens = ["‹to›", "‹note›"].iter().any(|opener| rewritten.starts_with(opener));
    if !opens || rewritten.contains("‹n:") || rewritten.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let rest = trimmed(at.start + comma + 1..at.end, context);
    let following = context.read(rest.clone(), Mode::Sentence);
    let found = chunks(&following, context).ok()?;
    let span = context.trimmed(before);
    begins_a_goal(&found, context).then(|| (Spanned::new(context.words(span), span), rest))
}

/// Whether a verb leads, or a word before a value.
fn begins_a_goal(found: &[Chunk], context: &Context<'_>) -> bool {
    let is_value = |chunk: &Chunk| matches!(chunk.piece, Piece::Amount(_) | Piece::Change(_));
    match found {
        [Chunk { piece: Piece::Verb(_), .. }, ..] => true,
        [Chunk { piece: Piece::Word, .. }, particle, value, ..] if is_particle_word(particle, context) => {
            is_value(value)
        }
        [Chunk { piece: Piece::Word, .. }, value, ..] => is_value(value),
        _ => false,
    }
}

/// `Win the north. Open 4 shops.`: a sentence without a number before the goal, kept as its note.
fn objective(at: Range<usize>, context: &mut Context<'_>) -> Option<(Spanned<String>, Range<usize>)> {
    let text = said(at.clone(), context);
    let stop = text.find(". ").filter(|stop| !text[..*stop].contains(['"', '[', '(']))?;
    let before = at.start..at.start + stop;
    let last = text[..stop].rsplit(char::is_whitespace).next()?;
    let begins = text[stop + 1..].trim_start().chars().next()?;
    let table = table(context.language, Mode::Sentence);
    let is_keyword = table.canonical(&names::fold_text(last)).is_some_and(|word| word != "self");
    let is_sentence = text[..stop].split_whitespace().count() > 1
        && !is_keyword
        && (last.chars().count() > 4
            || (last.chars().count() > 2 && (begins.is_uppercase() || !begins.is_alphabetic())));
    let rewritten = context.read(before.clone(), Mode::Sentence);
    if !is_sentence || rewritten.contains("‹n:") || rewritten.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let rest = trimmed(at.start + stop + 1..at.end, context);
    let following = context.read(rest.clone(), Mode::Sentence);
    let found = chunks(&following, context).ok()?;
    let nouns = found.iter().filter(|chunk| is_loose(&chunk.piece)).count();
    let counts = matches!(found.first(), Some(Chunk { piece: Piece::Amount(_) | Piece::Change(_), .. }));
    let span = context.trimmed(before);
    (begins_a_goal(&found, context) || (counts && nouns > 1))
        .then(|| (Spanned::new(context.words(span), span), rest))
}

/// `Dividend: 40–60% of net profit`: a range of something, or a share of one thing and no more, is the metric's; a share of
/// things needs words that say which of them.
fn is_range_of(at: Range<usize>, context: &mut Context<'_>) -> bool {
    let rewritten = context.read(at, Mode::Sentence);
    if rewritten.starts_with("‹v:") || rewritten.starts_with(char::is_alphabetic) {
        return false;
    }
    let Ok(found) = chunks(&rewritten, context) else { return false };
    let [first, Chunk { piece: Piece::Opener("of"), .. }, rest @ ..] = found.as_slice() else {
        return false;
    };
    let plain = |chunk: &Chunk| {
        matches!(
            chunk.piece,
            Piece::Word | Piece::Article | Piece::Stop | Piece::When(_) | Piece::PerGrain(_)
        )
    };
    let one_thing = |chunk: &Chunk| {
        let text = context.slice(chunk.span);
        !matches!(chunk.piece, Piece::Word)
            || !(names::is_plural(text, context.language) || text.to_lowercase().ends_with("ed"))
    };
    rest.iter().all(plain)
        && match first.piece {
            Piece::Range(..) | Piece::Change(Raw::Between(..)) => true,
            Piece::Amount(_) | Piece::Change(Raw::Level(Opening::None, ..)) => {
                rest.len() <= 5 && rest.iter().all(one_thing)
            }
            _ => false,
        }
}

/// What stands before and after the first colon that a blank follows, outside quotes and brackets.
fn colon(at: Range<usize>, context: &Context<'_>) -> Option<(Range<usize>, Range<usize>)> {
    let text = said(at.clone(), context);
    let mut closing = None;
    for (offset, c) in text.char_indices() {
        match (c, closing) {
            (_, Some(close)) if c == close => closing = None,
            (_, Some(_)) => {}
            ('"', None) if text[offset + 1..].contains('"') => closing = Some('"'),
            ('[', None) if text[offset + 1..].contains(']') => closing = Some(']'),
            ('(', None) if text[offset + 1..].contains(')') => closing = Some(')'),
            (':', None) => {
                let after = &text[offset + 1..];
                if after.starts_with(char::is_whitespace)
                    && !after.trim().is_empty()
                    && !text[..offset].trim().is_empty()
                {
                    let rest = trimmed(at.start + offset + 1..at.end, context);
                    return Some((trimmed(at.start..at.start + offset, context), rest));
                }
            }
            _ => {}
        }
    }
    None
}

/// Whether nothing but a value and clauses stands there: `METRIC: VALUE`.
fn is_bare_value(at: Range<usize>, context: &mut Context<'_>) -> bool {
    let rewritten = context.read(at, Mode::Sentence);
    // most lines with a label go on with a verb or a name
    if rewritten.starts_with("‹v:") || rewritten.starts_with(char::is_alphabetic) {
        return false;
    }
    let Ok(found) = chunks(&rewritten, context) else { return false };
    let first = found
        .first()
        .is_some_and(|c| matches!(c.piece, Piece::Amount(_) | Piece::Range(..) | Piece::Change(_)));
    let by = found.first().is_some_and(|c| matches!(c.piece, Piece::Change(Raw::By(..))));
    let clause = |c: &Chunk| {
        matches!(
            c.piece,
            Piece::Amount(_)
                | Piece::Range(..)
                | Piece::Change(_)
                | Piece::When(_)
                | Piece::Every(_)
                | Piece::GrainWord(_)
                | Piece::PerGrain(_)
                | Piece::Stop
                | Piece::Comparison(_)
                | Piece::Paren(_)
                | Piece::Tolerance(_)
                | Piece::Starting(_)
                | Piece::Vague
        )
    };
    first && !by && found.iter().all(clause)
}

/// The words before the colon of `METRIC: VALUE`.
fn metric_words(at: Range<usize>, context: &mut Context<'_>) -> Lowered<Vec<Chunk>> {
    let span = Span::new(context.source.id, at.clone());
    let rewritten = context.read(at, Mode::Sentence);
    let found = chunks(&rewritten, context)?;
    let odd = found
        .iter()
        .find(|c| matches!(c.piece, Piece::Change(_) | Piece::Amount(_) | Piece::When(_) | Piece::Note(_)));
    match odd {
        Some(chunk) => Err(errors::unexpected(chunk.span, context.slice(chunk.span))),
        None if found.is_empty() => Err(errors::no_metric(span, None)),
        None => Ok(found),
    }
}
