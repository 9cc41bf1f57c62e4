//! A goal sentence: chunks → [`Goal`], or why it is none.
//!
//! Chunks are taken from left to right into a [`Draft`]; then the verb says what the change is (`change.rs`) and the words
//! of the metric become a phrase (`phrase.rs`).

use super::change::{self, Stated};
use super::chunk::{Chunk, Opening, Piece, Raw, When, chunks};
use super::context::{Context, Lowered};
use super::number::Written;
use super::phrase;
use super::time;
use crate::calendar::Grain;
use crate::language::Language;
use crate::names;
use crate::source::{Span, Spanned};
use crate::syntax::ast::{Clauses, Comparison, Direction, Goal, Name, SegmentPhrase};
use crate::syntax::errors;

/// What has been found of a goal so far.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) verb: Option<(&'static str, Span)>,
    /// The verb is finite or passive: `increases`, `is reduced`.
    pub(crate) finite: bool,
    /// The words of what a share is of: `to 30% of all hires`.
    pub(crate) base: Vec<Chunk>,
    /// A verb that is in no table, before a number: `train 40 nurses`.
    pub(crate) other_verb: Option<Span>,
    /// `should`, `is`: how it is to be.
    pub(crate) stated: Option<Span>,
    pub(crate) metric: Vec<Chunk>,
    pub(crate) segments: Vec<Spanned<SegmentPhrase>>,
    pub(crate) change: Option<(Raw, Span)>,
    /// A value without a word before it.
    pub(crate) amount: Option<(Written, Span)>,
    /// The value stood before its metric.
    pub(crate) value_first: bool,
    /// `of` stood between the value and the metric.
    pub(crate) value_of: bool,
    pub(crate) tolerance: Option<Spanned<Written>>,
    pub(crate) when: Vec<(When, Span)>,
    pub(crate) starting: Option<Spanned<crate::calendar::PeriodPhrase>>,
    pub(crate) comparison: Option<Spanned<Comparison>>,
    pub(crate) every: Option<Spanned<Grain>>,
    pub(crate) grain: Option<Spanned<Grain>>,
    pub(crate) note: Option<Spanned<String>>,
    pub(crate) parens: Vec<Spanned<String>>,
}

/// Where loose words go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Metric,
    Segment,
    /// What a share is of.
    Base,
    Nowhere,
}

/// What stands around the sentence in its line.
pub(crate) struct Frame {
    pub(crate) label: Option<Spanned<String>>,
    pub(crate) for_each: Option<Name>,
    pub(crate) text: Spanned<String>,
    /// `METRIC: VALUE`: the words before the colon.
    pub(crate) metric_before_colon: Option<Vec<Chunk>>,
}

/// The goal of a rewritten sentence.
pub(crate) fn goal(text: &str, frame: Frame, context: &mut Context<'_>) -> Lowered<Goal> {
    let mut all = chunks(text, context)?;
    no_doubled_words(frame.text.span, context)?;
    let is_english = context.language == Language::English;
    if matches!(all.last(), Some(Chunk { piece: Piece::Stop, .. })) {
        all.pop();
    }
    let value_sentence = join_value_sentence(&mut all, context);
    let mut draft = Draft::default();
    let mut target = Target::Metric;
    if let Some(before) = &frame.metric_before_colon {
        draft.metric.clone_from(before);
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
        target = take(&mut draft, &mut values, place, target, is_english, context)?;
    }
    values.close(&mut draft, context)?;
    finish(draft, frame, context)
}

struct Place<'a> {
    chunk: &'a Chunk,
    before: Option<&'a Chunk>,
    rest: &'a [Chunk],
    at: usize,
}

impl<'a> Place<'a> {
    fn after(&self) -> Option<&'a Chunk> {
        self.rest.first()
    }
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

fn no_doubled_words(at: Span, context: &Context<'_>) -> Lowered<()> {
    let text = context.slice(at);
    let mut before: Option<(usize, &str)> = None;
    for word in text.split_whitespace() {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        if let Some((_, earlier)) = before
            && word.chars().all(char::is_alphabetic)
            && names::fold_text(earlier) == names::fold_text(word)
        {
            let begin = at.start as usize + start;
            return Err(errors::doubled_word(Span::new(at.source, begin..begin + word.len()), word));
        }
        before = Some((start, word));
    }
    Ok(())
}

/// The values of a segment while they are read: `in Sweden, Norway and Denmark`.
#[derive(Debug, Default)]
struct Values {
    opener: Option<Span>,
    found: Vec<Spanned<String>>,
    /// The value being read.
    open: Option<Span>,
    whole: Option<String>,
}

impl Values {
    fn next(&mut self, context: &Context<'_>) {
        if let Some(span) = self.open.take() {
            let text = self.whole.take().unwrap_or_else(|| context.words(span));
            self.found.push(Spanned::new(text, span));
        }
    }

    fn close(&mut self, draft: &mut Draft, context: &Context<'_>) -> Lowered<()> {
        self.next(context);
        let Some(opener) = self.opener.take() else { return Ok(()) };
        let found = std::mem::take(&mut self.found);
        let Some(last) = found.last() else {
            return Err(errors::nothing_after(opener, context.slice(opener)));
        };
        for value in &found {
            phrase::certain_value(value, context)?;
        }
        draft.segments.push(Spanned::new(SegmentPhrase::Values(found.clone()), opener.to(last.span)));
        Ok(())
    }
}

/// Takes one chunk; where the next loose words go.
fn take(
    draft: &mut Draft,
    values: &mut Values,
    place: Place<'_>,
    target: Target,
    is_english: bool,
    context: &mut Context<'_>,
) -> Lowered<Target> {
    let span = place.chunk.span;
    let clause =
        |values: &mut Values, draft: &mut Draft| values.close(draft, context).map(|()| Target::Nowhere);
    match &place.chunk.piece {
        Piece::Change(raw) => {
            let next = clause(values, draft)?;
            drop_preposition(draft, raw);
            drop_article(draft);
            let is_level = matches!(raw, Raw::Level(Opening::None, _, _) | Raw::Between(..));
            if draft.metric.is_empty() && is_level {
                draft.value_first = true;
            }
            set_change(draft, raw.clone(), span, context)?;
            Ok(if draft.metric.is_empty() { Target::Metric } else { next })
        }
        Piece::When(when) => {
            let next = clause(values, draft)?;
            draft.when.push((when.clone(), span));
            Ok(if draft.metric.is_empty() { Target::Metric } else { next })
        }
        Piece::Starting(phrase) => {
            let next = clause(values, draft)?;
            once(&mut draft.starting, Spanned::new(phrase.clone(), span), "a start")?;
            Ok(next)
        }
        Piece::Comparison(found) => {
            let next = clause(values, draft)?;
            once(&mut draft.comparison, Spanned::new(found.clone(), span), "a comparison")?;
            Ok(if draft.metric.is_empty() { Target::Metric } else { next })
        }
        Piece::Tolerance(written) => {
            let next = clause(values, draft)?;
            once(&mut draft.tolerance, Spanned::new(written.clone(), span), "a tolerance")?;
            Ok(next)
        }
        Piece::Every(grain) => {
            let next = clause(values, draft)?;
            once(&mut draft.every, Spanned::new(*grain, span), "`every`")?;
            Ok(next)
        }
        Piece::PerGrain(grain) => {
            let next = clause(values, draft)?;
            once(&mut draft.grain, Spanned::new(*grain, span), "a grain")?;
            Ok(if draft.metric.is_empty() { Target::Metric } else { next })
        }
        Piece::Note(text) => {
            if draft.change.is_none()
                && draft.amount.is_none()
                && !draft.verb.is_some_and(|(v, _)| is_factor(v))
            {
                return Err(errors::note_before_change(span, context.slice(span)));
            }
            let next = clause(values, draft)?;
            once(&mut draft.note, Spanned::new(text.clone(), span), "a note")?;
            Ok(next)
        }
        Piece::Paren(text) => {
            let next = clause(values, draft)?;
            draft.parens.push(Spanned::new(text.clone(), span));
            Ok(if draft.metric.is_empty() { Target::Metric } else { next })
        }
        Piece::Condition(expr) => {
            let next = clause(values, draft)?;
            draft.segments.push(Spanned::new(SegmentPhrase::Condition(expr.clone()), span));
            Ok(next)
        }
        Piece::Vague => {
            let next = clause(values, draft)?;
            let finding = errors::vague_time(span, context.slice(span));
            context.findings.push(finding);
            Ok(if draft.metric.is_empty() { Target::Metric } else { next })
        }
        Piece::Amount(_) | Piece::Range(..) => amount(draft, values, &place, target, context),
        Piece::Verb(_)
        | Piece::State(_)
        | Piece::Comparative(..)
        | Piece::Modal
        | Piece::Be
        | Piece::Lead => verb(draft, values, &place, target, is_english, context),
        Piece::Stop => Err(errors::two_sentences(span)),
        _ => word(draft, values, &place, target, context),
    }
}

fn once<T>(slot: &mut Option<Spanned<T>>, found: Spanned<T>, what: &str) -> Lowered<()> {
    if let Some(earlier) = slot {
        return Err(errors::said_twice(what, earlier.span, found.span));
    }
    *slot = Some(found);
    Ok(())
}

fn is_factor(verb: &str) -> bool {
    matches!(verb, "double" | "triple" | "halve")
}

fn set_change(draft: &mut Draft, raw: Raw, span: Span, context: &Context<'_>) -> Lowered<()> {
    if let Some((earlier_raw, earlier)) = &draft.change {
        let _ = earlier_raw;
        return Err(errors::two_changes(*earlier, span, context.slice(span)));
    }
    if let Some((_, earlier)) = &draft.amount {
        return Err(errors::two_changes(*earlier, span, context.slice(span)));
    }
    draft.change = Some((raw, span));
    Ok(())
}

/// `reach revenue of 5m SEK`, `a margin of at least 15%`: the word before the level is no part of the name.
fn drop_preposition(draft: &mut Draft, raw: &Raw) {
    let moves = draft.verb.is_some_and(|(verb, _)| matches!(verb, "increase" | "decrease" | "improve"));
    let opens = matches!(raw, Raw::Half | Raw::Level(Opening::None, Some(_), _) | Raw::Between(..));
    let last = draft.metric.last().map(|chunk| &chunk.piece);
    if !moves && opens && draft.metric.len() > 1 && matches!(last, Some(Piece::Opener("of" | "at"))) {
        draft.metric.pop();
    }
}

/// `achieve a 5% increase`: an article alone is no metric.
fn drop_article(draft: &mut Draft) {
    if draft.metric.iter().all(|chunk| matches!(chunk.piece, Piece::Article)) {
        draft.metric.clear();
    }
}

/// `a 5% increase in sales`, `20 more clients`: the value before it is the change, and the word its direction.
fn nominal(draft: &mut Draft, place: &Place<'_>) -> bool {
    let direction = match place.chunk.piece {
        Piece::Comparative(direction, is_noun) => (direction, is_noun),
        Piece::Verb(direction @ ("increase" | "decrease")) => (direction, true),
        _ => return false,
    };
    let (direction, is_noun) = direction;
    let names_it = match place.after().map(|next| &next.piece) {
        Some(Piece::Opener("in" | "of")) => true,
        Some(next) => !is_noun && is_loose(next),
        None => false,
    };
    if !names_it {
        return false;
    }
    let moves = draft.verb.is_some_and(|(verb, _)| !matches!(verb, "reach" | "get"));
    if !draft.metric.is_empty() || moves || !after_value(place) {
        return false;
    }
    let found = match (draft.amount.take(), draft.change.take()) {
        (Some((written, span)), _) => (Raw::By(written, false), span),
        (None, Some((Raw::Level(Opening::None, Some(super::chunk::Bound::AtLeast), written), span))) => {
            (Raw::By(written, false), span)
        }
        (None, other) => {
            draft.change = other;
            return false;
        }
    };
    draft.change = Some(found);
    draft.verb = Some((direction, place.chunk.span));
    draft.other_verb = None;
    draft.value_first = false;
    true
}

/// A value without a word before it.
fn amount(
    draft: &mut Draft,
    values: &mut Values,
    place: &Place<'_>,
    target: Target,
    context: &Context<'_>,
) -> Lowered<Target> {
    let span = place.chunk.span;
    if let Some(Chunk { piece: Piece::Opener("within"), span: within }) = place.before {
        return Err(errors::within_condition(within.to(span), context.slice(span)));
    }
    drop_preposition(draft, &Raw::Half);
    drop_article(draft);
    if target == Target::Segment && values.open.is_none() {
        return Err(errors::number_as_value(span, context.slice(span)));
    }
    let part_of_name = matches!(&place.chunk.piece, Piece::Amount(written) if written.is_bare && written.number.scale() == 0);
    if part_of_name
        && target == Target::Metric
        && draft.verb.is_some()
        && !draft.metric.is_empty()
        && words_follow(place)
    {
        draft.metric.push(place.chunk.clone());
        return Ok(Target::Metric);
    }
    values.close(draft, context)?;
    if let Piece::Range(low, high) = &place.chunk.piece {
        draft.value_first = draft.metric.is_empty();
        set_change(draft, Raw::Between(low.clone(), high.clone()), span, context)?;
        return Ok(if draft.metric.is_empty() { Target::Metric } else { Target::Nowhere });
    }
    let Piece::Amount(written) = &place.chunk.piece else { return Ok(target) };
    if draft.amount.is_some() || draft.change.is_some() {
        let earlier = draft.amount.as_ref().map(|(_, s)| *s).or(draft.change.as_ref().map(|(_, s)| *s));
        return Err(errors::second_value(earlier.unwrap_or(span), span, context.slice(span)));
    }
    draft.value_first = draft.metric.is_empty();
    draft.amount = Some((written.clone(), span));
    Ok(if draft.metric.is_empty() { Target::Metric } else { Target::Nowhere })
}

/// Whether the next chunk is a loose word.
fn words_follow(place: &Place<'_>) -> bool {
    place.after().is_some_and(|next| is_loose(&next.piece))
        || place.after().is_some_and(|next| matches!(next.piece, Piece::Change(_)))
}

fn is_loose(piece: &Piece) -> bool {
    matches!(
        piece,
        Piece::Word
            | Piece::Comparative(..)
            | Piece::Whole(_)
            | Piece::Article
            | Piece::Aggregate(_)
            | Piece::NumberOf
            | Piece::ShareOf
            | Piece::Call(_)
    )
}

/// A listed verb, a modal, a form of `be`: where it is one, and a word otherwise.
fn verb(
    draft: &mut Draft,
    values: &mut Values,
    place: &Place<'_>,
    target: Target,
    is_english: bool,
    context: &mut Context<'_>,
) -> Lowered<Target> {
    if nominal(draft, place) {
        return Ok(Target::Metric);
    }
    let span = place.chunk.span;
    let opens_clause = place.after().is_none_or(|next| !is_loose(&next.piece));
    let bound_follows = place.after().is_some_and(|next| {
        matches!(&next.piece, Piece::Change(Raw::Level(Opening::None, Some(_), _)) | Piece::Modal | Piece::Be)
    });
    match &place.chunk.piece {
        Piece::Lead => Ok(target),
        Piece::Modal | Piece::Be if draft.verb.is_none() && !draft.value_first => {
            if !draft.metric.is_empty() || draft.segments.is_empty() {
                values.close(draft, context)?;
                draft.stated.get_or_insert(span);
            }
            Ok(if draft.metric.is_empty() { Target::Metric } else { Target::Nowhere })
        }
        Piece::Verb(verb)
            if draft.verb.is_none()
                && draft.metric.is_empty()
                && !(bound_follows && context.names.holds(context.slice(span))) =>
        {
            values.close(draft, context)?;
            draft.verb = Some((verb, span));
            Ok(Target::Metric)
        }
        Piece::Verb(verb)
            if draft.verb.is_none() && (draft.stated.is_some() || (!is_english && opens_clause)) =>
        {
            values.close(draft, context)?;
            draft.verb = Some((verb, span));
            Ok(Target::Nowhere)
        }
        Piece::State(verb) if draft.verb.is_none() && !draft.metric.is_empty() && opens_clause => {
            values.close(draft, context)?;
            draft.verb = Some((verb, span));
            draft.finite = true;
            Ok(Target::Nowhere)
        }
        Piece::State(verb) if draft.verb.is_none() && draft.metric.is_empty() && !is_english => {
            draft.verb = Some((verb, span));
            Ok(Target::Metric)
        }
        Piece::Verb(_) if target == Target::Nowhere && draft.verb.is_some() && is_english => {
            Err(errors::second_verb(span, context.slice(span)))
        }
        _ => word(draft, values, place, target, context),
    }
}

/// A loose word, an opener of a filter, a mark.
fn word(
    draft: &mut Draft,
    values: &mut Values,
    place: &Place<'_>,
    target: Target,
    context: &mut Context<'_>,
) -> Lowered<Target> {
    let span = place.chunk.span;
    let text = context.slice(span).to_owned();
    match &place.chunk.piece {
        Piece::Comma if target == Target::Segment && place.after().is_some_and(|n| is_loose(&n.piece)) => {
            values.next(context);
            Ok(Target::Segment)
        }
        // a comma after a leading clause, or before one
        Piece::Comma
            if text == ","
                && (comma_is_idle(draft, place) || (values.opener.is_some() && draft.metric.is_empty())) =>
        {
            values.close(draft, context)?;
            Ok(if draft.metric.is_empty() { Target::Metric } else { Target::Nowhere })
        }
        Piece::And if target == Target::Segment => {
            values.next(context);
            Ok(Target::Segment)
        }
        Piece::Opener(word @ ("for" | "in" | "from" | "where")) if opens_segment(draft, place, word) => {
            values.close(draft, context)?;
            values.opener = Some(span);
            Ok(Target::Segment)
        }
        Piece::Opener("of") if draft.amount.is_some() && draft.value_first && draft.metric.is_empty() => {
            draft.value_of = true;
            Ok(Target::Metric)
        }
        Piece::Opener("of") if draft.change.is_some() && draft.value_first && draft.metric.is_empty() => {
            draft.value_of = true;
            Ok(Target::Metric)
        }
        // `a 5% increase in sales`
        Piece::Opener("in" | "of")
            if draft.metric.is_empty() && draft.verb.is_some() && is_nominal(place) =>
        {
            Ok(Target::Metric)
        }
        // `$2m in sales`
        Piece::Opener("in") if draft.value_first && draft.metric.is_empty() && draft.is_money() => {
            Ok(Target::Metric)
        }
        // `to 30% of all hires`
        Piece::Opener("of")
            if target == Target::Nowhere
                && draft.acts()
                && draft.base.is_empty()
                && draft.is_share()
                && after_value(place) =>
        {
            Ok(Target::Base)
        }
        // `by 5% annually` is `by 5% per year`
        Piece::GrainWord(Grain::Year) if target == Target::Nowhere && draft.moves() => {
            once(&mut draft.grain, Spanned::new(Grain::Year, span), "a grain")?;
            Ok(Target::Nowhere)
        }
        Piece::GrainWord(grain)
            if !draft.metric.is_empty()
                && target != Target::Segment
                && !place.after().is_some_and(|n| is_loose(&n.piece)) =>
        {
            values.close(draft, context)?;
            once(&mut draft.every, Spanned::new(*grain, span), "`every`")?;
            Ok(Target::Nowhere)
        }
        Piece::GrainWord(grain) if target == Target::Nowhere => {
            once(&mut draft.every, Spanned::new(*grain, span), "`every`")?;
            Ok(Target::Nowhere)
        }
        Piece::Symbol if !matches!(text.as_str(), "/" | "*" | "+" | "-" | "&" | "#" | "%" | "'") => {
            Err(errors::unexpected(span, &text))
        }
        piece => loose(draft, values, place, target, piece, context),
    }
}

fn loose(
    draft: &mut Draft,
    values: &mut Values,
    place: &Place<'_>,
    target: Target,
    piece: &Piece,
    context: &Context<'_>,
) -> Lowered<Target> {
    let span = place.chunk.span;
    match target {
        Target::Segment => {
            if matches!(piece, Piece::Article) && values.open.is_none() {
                return Ok(target);
            }
            if let (Piece::Whole(text), None) = (piece, values.open) {
                values.whole = Some(text.clone());
            } else {
                values.whole = None;
            }
            values.open = Some(values.open.map_or(span, |open| open.to(span)));
            Ok(target)
        }
        Target::Metric => {
            if draft.other_verb.is_some() && draft.metric.is_empty() && is_particle(place, context) {
                return Ok(Target::Metric);
            }
            if unlisted_verb(draft, place, context) {
                if let Some(near) = errors::misspelt_verb(context.slice(span), context.language) {
                    return Err(errors::verb_misspelt(span, context.slice(span), &near));
                }
                draft.other_verb = Some(span);
                return Ok(Target::Metric);
            }
            draft.metric.push(place.chunk.clone());
            Ok(Target::Metric)
        }
        Target::Base => {
            draft.base.push(place.chunk.clone());
            Ok(target)
        }
        Target::Nowhere => {
            if let (
                Piece::And | Piece::Comma,
                Some(Chunk { piece: Piece::Verb(_) | Piece::State(_), span }),
            ) = (piece, place.after())
            {
                return Err(errors::second_verb(*span, context.slice(*span)));
            }
            let own = phrase::is_own_noun(&draft.metric, span, context);
            let taken = match (&mut draft.change, &mut draft.amount) {
                (Some((raw, _)), _) => own && change::take_noun(raw, context.slice(span)),
                (None, Some((written, _))) => own && written.quantity.unit == crate::quantity::Unit::None,
                _ => false,
            };
            if taken {
                return Ok(Target::Nowhere);
            }
            let near = misspelt(place, context);
            Err(errors::left_over(span, context.slice(span), near, after_value(place)))
        }
    }
}

/// The first word from here on that may be a keyword misspelt.
fn misspelt(place: &Place<'_>, context: &Context<'_>) -> Option<(Span, String)> {
    let words =
        std::iter::once(place.chunk).chain(place.rest).take(6).filter(|c| matches!(c.piece, Piece::Word));
    words.into_iter().find_map(|word| {
        let text = context.slice(word.span);
        errors::nearest_keyword(text, context.language).map(|near| (word.span, near))
    })
}

impl Draft {
    fn written(&self) -> Option<&Written> {
        match (&self.amount, &self.change) {
            (Some((written, _)), _)
            | (None, Some((Raw::Level(_, _, written) | Raw::FromTo(_, written), _))) => Some(written),
            _ => None,
        }
    }

    /// Whether a verb or a modal has been found.
    fn acts(&self) -> bool {
        self.verb.is_some() || self.stated.is_some()
    }

    fn moves(&self) -> bool {
        self.verb.is_some_and(|(verb, _)| matches!(verb, "increase" | "decrease" | "improve"))
    }

    fn is_money(&self) -> bool {
        self.written().is_some_and(|written| matches!(written.quantity.unit, crate::quantity::Unit::Money(_)))
    }

    fn is_share(&self) -> bool {
        self.written().is_some_and(|written| written.quantity.unit == crate::quantity::Unit::Percent)
            && !self.metric.is_empty()
    }
}

/// Whether the word that gave a value its direction stands just before.
fn is_nominal(place: &Place<'_>) -> bool {
    place.before.is_some_and(|before| {
        matches!(before.piece, Piece::Comparative(..) | Piece::Verb("increase" | "decrease"))
    })
}

/// Whether a value stands just before: the word may be meant as its unit.
fn after_value(place: &Place<'_>) -> bool {
    place.before.is_some_and(|before| matches!(before.piece, Piece::Change(_) | Piece::Amount(_)))
}

/// `train 40 nurses`: a first word before a number that words follow is a verb.
fn unlisted_verb(draft: &Draft, place: &Place<'_>, context: &Context<'_>) -> bool {
    let first = draft.metric.is_empty()
        && draft.verb.is_none()
        && draft.other_verb.is_none()
        && draft.stated.is_none();
    // `sign up 50 partners`
    let rest = match place.rest {
        [particle, rest @ ..] if is_particle_word(particle, context) => rest,
        rest => rest,
    };
    first
        && matches!(place.chunk.piece, Piece::Word)
        && rest.first().is_some_and(|next| {
            matches!(
                next.piece,
                Piece::Amount(_) | Piece::Range(..) | Piece::Change(Raw::Level(Opening::None, Some(_), _))
            )
        })
        && rest.get(1).is_some_and(|things| {
            is_loose(&things.piece)
                || matches!(
                    things.piece,
                    Piece::GrainWord(_) | Piece::Opener("of" | "in") | Piece::Verb(_) | Piece::State(_)
                )
        })
}

fn is_particle(place: &Place<'_>, context: &Context<'_>) -> bool {
    is_particle_word(place.chunk, context)
        && place.before.is_some_and(|before| matches!(before.piece, Piece::Word))
}

fn is_particle_word(chunk: &Chunk, context: &Context<'_>) -> bool {
    matches!(chunk.piece, Piece::Word)
        && matches!(context.slice(chunk.span), "up" | "out" | "off" | "on" | "down")
}

fn comma_is_idle(draft: &Draft, place: &Place<'_>) -> bool {
    let clause = |chunk: &Chunk| {
        matches!(
            chunk.piece,
            Piece::When(_)
                | Piece::Change(_)
                | Piece::Comparison(_)
                | Piece::Every(_)
                | Piece::Note(_)
                | Piece::Starting(_)
                | Piece::Condition(_)
        )
    };
    place.after().is_some_and(clause)
        || (place.before.is_some_and(clause) && draft.metric.is_empty())
        || place.after().is_none()
        || (draft.metric.is_empty() && !draft.segments.is_empty())
}

/// Whether an opener that opened no whole clause opens a filter here.
fn opens_segment(draft: &Draft, place: &Place<'_>, opener: &str) -> bool {
    let follows = place.after().is_some_and(|next| {
        is_loose(&next.piece) || matches!(next.piece, Piece::Amount(_) | Piece::GrainWord(_))
    });
    if !follows {
        return false;
    }
    !draft.metric.is_empty() || (draft.verb.is_none() && place.at == 0 && opener != "where")
}

fn finish(mut draft: Draft, frame: Frame, context: &mut Context<'_>) -> Lowered<Goal> {
    let whole = frame.text.span;
    phrase::parens(&mut draft, context)?;
    let stated: Stated = change::decide(&mut draft, whole, context)?;
    let time = time::decide(&mut draft, &stated, context)?;
    if draft.metric.is_empty() {
        return Err(errors::no_metric(whole, draft.verb.map(|(_, span)| context.slice(span))));
    }
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
