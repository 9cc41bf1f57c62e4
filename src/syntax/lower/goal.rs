//! A goal sentence: chunks → [`Goal`], or why it is none.
//!
//! Chunks are taken from left to right into a [`Draft`]; then the verb says what the change is (`change.rs`) and the words
//! of the metric become a phrase (`phrase.rs`).

use super::amount::{amount, drop_article, drop_preposition};
use super::bound::free_bound;
use super::broken;
use super::certain;
use super::change::{self, Stated};
use super::chunk::{Chunk, Opening, Piece, Raw, When, chunks};
use super::context::{Context, Lowered};
use super::draft::{Draft, Place, Target, Values, is_loose, once, set_change};
use super::phrase;
use super::subject;
use super::time;
use super::verb::verb;
use super::word::word;
use crate::names;
use crate::quantity::Unit;
use crate::source::{Span, Spanned};
use crate::syntax::ast::{Clauses, Comparison, Direction, Goal, Name, SegmentPhrase};
use crate::syntax::errors;

/// What stands around the sentence in its line.
pub(crate) struct Frame {
    pub(crate) label: Option<Spanned<String>>,
    pub(crate) for_each: Option<Name>,
    pub(crate) text: Spanned<String>,
    /// `to learn more,` before the goal: kept as its note.
    pub(crate) purpose: Option<Spanned<String>>,
    /// `METRIC: VALUE`: the words before the colon.
    pub(crate) metric_before_colon: Option<Vec<Chunk>>,
}

/// The goal of a rewritten sentence.
pub(crate) fn goal(text: &str, frame: Frame, context: &mut Context<'_>) -> Lowered<Goal> {
    let mut all = chunks(text, context)?;
    no_doubled_words(frame.text.span, context)?;
    if matches!(all.last(), Some(Chunk { piece: Piece::Stop, .. })) {
        all.pop();
    }
    certain::no_goal_words(&all, context)?;
    free_bound(&mut all, context)?;
    note_at_end(&mut all, context);
    let value_sentence = join_value_sentence(&mut all, context);
    let mut draft = Draft { note: frame.purpose.clone(), ..Draft::default() };
    let mut target = Target::Metric;
    if let Some(before) = &frame.metric_before_colon {
        draft.metric.clone_from(before);
        draft.opened_value = true;
        target = Target::Nowhere;
    }
    let mut values = Values::default();
    for at in 0..all.len() {
        if value_sentence == Some(at) {
            values.close(&mut draft, context)?;
            target = Target::Nowhere;
        }
        let place =
            Place { chunk: &all[at], before: at.checked_sub(1).map(|i| &all[i]), rest: &all[at + 1..], at };
        target = take(&mut draft, &mut values, &place, target, context)?;
    }
    values.close(&mut draft, context)?;
    finish(draft, frame, context)
}

/// `Win the north. 4 shops.`: a value alone after a full stop belongs to the words before it. Takes the full stop out;
/// where the value begins.
fn join_value_sentence(all: &mut Vec<Chunk>, context: &Context<'_>) -> Option<usize> {
    let at = all.iter().position(|c| matches!(c.piece, Piece::Symbol) && context.slice(c.span) == ".")?;
    let (before, after) = (&all[..at], &all[at + 1..]);
    let has_change = before.iter().any(|c| matches!(c.piece, Piece::Change(_) | Piece::Amount(_)));
    let begins =
        after.first().is_some_and(|c| matches!(c.piece, Piece::Amount(_) | Piece::Change(Raw::Level(..))));
    let nouns = after.iter().filter(|c| matches!(c.piece, Piece::Word)).count();
    let alone = after.iter().all(|c| {
        matches!(
            c.piece,
            Piece::Amount(_)
                | Piece::Change(_)
                | Piece::When(_)
                | Piece::PerGrain(_)
                | Piece::Comparison(_)
                | Piece::Word
        )
    });
    if at == 0 || has_change || !begins || !alone || nouns > 1 {
        return None;
    }
    all.remove(at);
    Some(at)
}

/// `by 10% via partners`: how, after the change; kept as the note with what follows, a closing time apart.
fn note_at_end(all: &mut Vec<Chunk>, context: &Context<'_>) {
    let is_value = |chunk: &Chunk| {
        matches!(chunk.piece, Piece::Change(_) | Piece::Dated(..) | Piece::Amount(_) | Piece::Range(..))
    };
    let opens = |chunk: &Chunk| subject::is_word(chunk, "via", context);
    let Some(at) = all.iter().position(opens) else { return };
    let end = match all.last() {
        Some(Chunk { piece: Piece::When(_), .. }) => all.len() - 1,
        _ => all.len(),
    };
    if end < at + 2 || !all[..at].iter().any(is_value) || all[at..].iter().any(is_value) {
        return;
    }
    let span = all[at].span.to(all[end - 1].span);
    let note = Chunk { piece: Piece::Note(context.words(span)), span };
    all.splice(at..end, [note]);
}

fn no_doubled_words(at: Span, context: &Context<'_>) -> Lowered<()> {
    let text = context.slice(at);
    let mut before: Option<(usize, &str)> = None;
    let bare = |word: &str| names::fold_text(word.trim_matches(|c: char| !c.is_alphanumeric()));
    for word in text.split_whitespace() {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        if let Some((_, earlier)) = before
            && word.chars().any(char::is_alphabetic)
            && bare(earlier) == bare(word)
        {
            let begin = at.start as usize + start;
            return Err(errors::doubled_word(Span::new(at.source, begin..begin + word.len()), word));
        }
        before = Some((start, word));
    }
    Ok(())
}

/// Takes one chunk; where the next loose words go.
fn take(
    draft: &mut Draft,
    values: &mut Values,
    place: &Place<'_>,
    target: Target,
    context: &mut Context<'_>,
) -> Lowered<Target> {
    match &place.chunk.piece {
        Piece::Change(_) | Piece::Amount(_) if subject::is_condition_of_share(draft, place, target) => {
            draft.metric.push(place.chunk.clone());
            Ok(Target::Metric)
        }
        Piece::Change(_) | Piece::When(_) | Piece::Amount(_)
            if target == Target::Metric && subject::is_inside_name(draft, place, context)? =>
        {
            draft.metric.push(place.chunk.clone());
            Ok(Target::Metric)
        }
        Piece::Amount(_) | Piece::Range(..) => amount(draft, values, place, target, context),
        Piece::Verb(_)
        | Piece::State(_)
        | Piece::Participle(_)
        | Piece::Gerund(_)
        | Piece::Comparative(..)
        | Piece::Modal
        | Piece::Be
        | Piece::Lead => verb(draft, values, place, target, context),
        Piece::Stop => Err(errors::two_sentences(place.chunk.span)),
        // `in their first quarter`: no period of the calendar
        Piece::When(When::Bare(_)) if is_owned(place, target, context) => {
            word(draft, values, place, target, context)
        }
        Piece::Vague if is_adjective(place, target, context) => word(draft, values, place, target, context),
        Piece::Change(_)
        | Piece::Dated(..)
        | Piece::Base(..)
        | Piece::When(_)
        | Piece::Starting(_)
        | Piece::Comparison(_)
        | Piece::Tolerance(_)
        | Piece::Every(_)
        | Piece::PerGrain(_)
        | Piece::Note(_)
        | Piece::Paren(_)
        | Piece::Condition(_)
        | Piece::Vague => {
            values.close(draft, context)?;
            let counts_inside = subject::counts_inside(draft, place);
            clause(draft, place, context)?;
            let before_of = matches!(place.chunk.piece, Piece::Paren(_))
                && place.after().is_some_and(|next| matches!(next.piece, Piece::Opener("of")));
            if counts_inside || (before_of && target == Target::Metric) {
                return Ok(Target::Metric);
            }
            Ok(if draft.metric.is_empty() { Target::Metric } else { Target::Nowhere })
        }
        _ => word(draft, values, place, target, context),
    }
}

fn is_owned(place: &Place<'_>, target: Target, context: &Context<'_>) -> bool {
    target != Target::Nowhere
        && place.before.is_some_and(|before| subject::is_word(before, "possessive", context))
}

/// `long-term sick leave`: a word of the name.
fn is_adjective(place: &Place<'_>, target: Target, context: &Context<'_>) -> bool {
    subject::canonical(place.chunk.span, context) == Some("long-term")
        && target != Target::Nowhere
        && place.after().is_some_and(|next| is_loose(&next.piece))
}

/// Takes a clause, each kind once.
fn clause(draft: &mut Draft, place: &Place<'_>, context: &mut Context<'_>) -> Lowered<()> {
    let span = place.chunk.span;
    match &place.chunk.piece {
        Piece::Base(..) | Piece::Dated(..) | Piece::Change(_) => take_change(draft, place, context),
        Piece::When(when) => {
            certain_deadline(draft, place, context)?;
            draft.when.push((when.clone(), span));
            Ok(())
        }
        Piece::Starting(phrase) => once(&mut draft.starting, Spanned::new(phrase.clone(), span), "a start"),
        Piece::Comparison(found) => {
            once(&mut draft.comparison, Spanned::new(found.clone(), span), "a comparison")
        }
        Piece::Tolerance(written) => {
            once(&mut draft.tolerance, Spanned::new(written.clone(), span), "a tolerance")
        }
        Piece::Every(grain) => once(&mut draft.every, Spanned::new(*grain, span), "`every`"),
        // `500 a month`
        Piece::PerGrain(_)
            if draft.change.is_none()
                && draft.amount.is_none()
                && canonical_start(span, context) == Some("a") =>
        {
            Err(errors::unexpected(span, context.slice(span)))
        }
        Piece::PerGrain(grain) => once(&mut draft.grain, Spanned::new(*grain, span), "a grain"),
        Piece::Note(text) => {
            let is_factor = draft
                .verb
                .is_some_and(|(verb, _)| matches!(verb, "double" | "triple" | "quadruple" | "halve"));
            if draft.change.is_none() && draft.amount.is_none() && !is_factor {
                return Err(errors::note_before_change(span, context.slice(span)));
            }
            certain::certain_note(span, context)?;
            certain::certain_beside(span, context)?;
            once(&mut draft.note, Spanned::new(text.clone(), span), "a note")
        }
        Piece::Paren(text) => {
            draft.parens.push(Spanned::new(text.clone(), span));
            Ok(())
        }
        Piece::Condition(expr) => {
            draft.segments.push(Spanned::new(SegmentPhrase::Condition(expr.clone()), span));
            Ok(())
        }
        _ if subject::canonical(span, context) == Some("mean") => {
            let finding = errors::on_average(span, context.slice(span));
            context.findings.push(finding);
            Ok(())
        }
        _ => {
            let finding = errors::vague_time(span, context.slice(span));
            context.findings.push(finding);
            Ok(())
        }
    }
}

/// Takes a change, or the number that it begins at.
fn take_change(draft: &mut Draft, place: &Place<'_>, context: &mut Context<'_>) -> Lowered<()> {
    let span = place.chunk.span;
    match &place.chunk.piece {
        Piece::Base(written, start) => {
            draft.base_value = Some((written.clone(), span));
            if let Some(start) = start {
                let found = Spanned::new(Comparison::Period(start.clone()), span);
                once(&mut draft.comparison, found, "a comparison")?;
            }
            Ok(())
        }
        Piece::Dated(raw, start) => {
            set_change(draft, raw.clone(), span, context)?;
            once(&mut draft.comparison, Spanned::new(Comparison::Period(start.clone()), span), "a comparison")
        }
        Piece::Change(raw) if is_result(draft, raw, place, context) => {
            once(&mut draft.note, Spanned::new(context.words(span), span), "a note")
        }
        Piece::Change(raw) => {
            certain::certain_bound(draft, raw, context)?;
            subject::trailing_particle(draft, raw, context);
            let raw = &subject::negated(draft, raw.clone(), context);
            let raw = &match raw {
                Raw::Level(Opening::None, bound, written) if draft.to_be => {
                    Raw::Level(Opening::To, *bound, written.clone())
                }
                other => other.clone(),
            };
            drop_preposition(draft, raw, context);
            drop_article(draft);
            let is_level = matches!(raw, Raw::Level(Opening::None, _, _) | Raw::Between(..));
            draft.value_first |= draft.metric.is_empty() && is_level;
            set_change(draft, raw.clone(), span, context)
        }
        _ => Ok(()),
    }
}

/// Refuses a time whose first words stand in the name before it.
fn certain_deadline(draft: &Draft, place: &Place<'_>, context: &Context<'_>) -> Lowered<()> {
    let before = place.before.filter(|before| is_loose(&before.piece)).map(|before| before.span);
    match (before, draft.metric.first().map(|first| first.span)) {
        (Some(before), Some(begins))
            if begins.start <= before.start
                && !matches!(
                    canonical_start(place.chunk.span, context),
                    Some("by" | "in" | "until" | "during" | "before" | "within")
                ) =>
        {
            broken::no_half_deadline(begins.to(before), context)
        }
        _ => Ok(()),
    }
}

/// The canonical word that a stretch begins with.
fn canonical_start(span: Span, context: &Context<'_>) -> Option<&'static str> {
    let first = context.slice(span).split_whitespace().next()?;
    let end = span.start as usize + first.len();
    subject::canonical(Span::new(span.source, span.start as usize..end), context)
}

/// `train 30 nurses => 80%`: what came of a goal, after all of it.
fn is_result(draft: &Draft, raw: &Raw, place: &Place<'_>, context: &Context<'_>) -> bool {
    let share =
        matches!(raw, Raw::Level(Opening::None, Some(_), written) if written.quantity.unit == Unit::Percent);
    share
        && place.rest.iter().all(|rest| matches!(rest.piece, Piece::Stop))
        && (draft.change.is_some() || draft.amount.is_some())
        && context.slice(place.chunk.span).starts_with("=>")
}

fn finish(mut draft: Draft, frame: Frame, context: &mut Context<'_>) -> Lowered<Goal> {
    let whole = frame.text.span;
    phrase::parens(&mut draft, context)?;
    certain::no_misspelt_unit(&draft, context)?;
    certain::no_noun_for_verb(&draft, context)?;
    let stated: Stated = change::decide(&mut draft, whole, context)?;
    if draft.participle {
        certain::no_past(&draft, context)?;
    }
    let time = time::decide(&mut draft, &stated, context)?;
    if draft.metric.is_empty() {
        return Err(errors::no_metric(whole, draft.verb.map(|(_, span)| context.slice(span))));
    }
    certain::certain_metric(&draft, context)?;
    let metric = phrase::metric(&mut draft, stated.counts, context)?;
    if let (Some(every), Direction::Increase | Direction::Decrease) = (&draft.every, stated.direction) {
        return Err(errors::change_every(every.span, context.slice(every.span)));
    }
    Ok(Goal {
        label: frame.label,
        for_each: frame.for_each,
        text: frame.text,
        direction: stated.direction,
        verb: draft
            .verb
            .map(|(_, span)| span)
            .or(draft.other_verb)
            .map(|span| Spanned::new(context.words(span), span)),
        by_improvement: stated.by_improvement,
        metric,
        segments: draft.segments,
        change: stated.change,
        tolerance: draft.tolerance.map(|t| t.map(|written| written.quantity)),
        comparison: draft.comparison,
        time,
        starting: draft.starting,
        every: draft.every,
        grain: draft.grain,
        note: draft.note,
        clauses: Clauses::default(),
    })
}
