//! Verbs, modals and words of change: where they are one, and words otherwise.

use super::chunk::{Bound, Chunk, Opening, Piece, Raw};
use super::context::{Context, Lowered};
use super::draft::{Draft, Place, Target, Values, after_value, is_loose};
use super::subject;
use super::word::word;
use crate::language::Language;
use crate::names;
use crate::quantity::Unit;
use crate::source::Spanned;
use crate::syntax::ast::AggregateFunction;
use crate::syntax::errors;
use crate::syntax::words::{Mode, table};

/// A listed verb, a modal, a form of `be`: where it is one, and a word otherwise.
pub(crate) fn verb(
    draft: &mut Draft,
    values: &mut Values,
    place: &Place<'_>,
    target: Target,
    context: &mut Context<'_>,
) -> Lowered<Target> {
    let is_english = context.language == Language::English;
    if nominal(draft, place, context) {
        return Ok(Target::Metric);
    }
    let span = place.chunk.span;
    let opens_clause = place.after().is_none_or(|next| !is_loose(&next.piece));
    match &place.chunk.piece {
        // `reducing costs by 5%`
        Piece::Gerund(verb) if leads(draft, verb, place) => {
            values.close(draft, context)?;
            draft.verb = Some((verb, span));
            Ok(Target::Metric)
        }
        // `increase the score to be at least 5`
        Piece::Be if is_to_be(draft, place, context) => {
            draft.to_be = true;
            Ok(Target::Nowhere)
        }
        Piece::Lead if draft.metric.is_empty() && draft.verb.is_none() && draft.change.is_none() => {
            Ok(target)
        }
        Piece::Lead if subject::shift_before_lead(draft, values, span, context)? => Ok(Target::Metric),
        // `the group's target is a margin of 10%`
        Piece::Be if subject::shift_before_target(draft, place, context) => Ok(Target::Metric),
        Piece::Modal | Piece::Be if draft.verb.is_none() && !draft.value_first => {
            if !draft.metric.is_empty() || draft.segments.is_empty() {
                values.close(draft, context)?;
                draft.stated.get_or_insert(span);
            }
            Ok(if draft.metric.is_empty() { Target::Metric } else { Target::Nowhere })
        }
        Piece::Verb(_) => listed_verb(draft, values, place, target, context),
        Piece::Participle(verb)
            if draft.verb.is_none()
                && draft.other_verb.is_none()
                && !draft.metric.is_empty()
                && participle_next(verb, place) =>
        {
            values.close(draft, context)?;
            draft.participle = true;
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
        _ => word(draft, values, place, target, context),
    }
}

/// A listed verb in its base form.
fn listed_verb(
    draft: &mut Draft,
    values: &mut Values,
    place: &Place<'_>,
    target: Target,
    context: &mut Context<'_>,
) -> Lowered<Target> {
    let is_english = context.language == Language::English;
    let span = place.chunk.span;
    let opens_clause = place.after().is_none_or(|next| !is_loose(&next.piece));
    let bound_follows = place.after().is_some_and(|next| {
        matches!(&next.piece, Piece::Change(Raw::Level(Opening::None, Some(_), _)) | Piece::Modal | Piece::Be)
    });
    match &place.chunk.piece {
        Piece::Verb("hold") if draft.metric.is_empty() && draft.verb.is_none() && counts_next(place) => {
            values.close(draft, context)?;
            draft.other_verb = Some(span);
            Ok(Target::Metric)
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
            if draft.stated.is_some() && subject::shift_before_verb(draft, values, place, context)? =>
        {
            draft.verb = Some((verb, span));
            Ok(Target::Metric)
        }
        // `sales to reach 5 million`
        Piece::Verb(verb) if draft.verb.is_none() && comes_to(draft, verb, place) => {
            draft.metric.pop();
            values.close(draft, context)?;
            draft.verb = Some((verb, span));
            draft.finite = true;
            Ok(Target::Nowhere)
        }
        // `sales grow by 5%`: the verb of several things
        Piece::Verb(verb @ ("increase" | "decrease" | "improve" | "double" | "triple" | "halve"))
            if is_english
                && draft.verb.is_none()
                && draft.other_verb.is_none()
                && moves_next(verb, place) =>
        {
            values.close(draft, context)?;
            draft.verb = Some((verb, span));
            draft.finite = true;
            Ok(Target::Nowhere)
        }
        Piece::Verb(verb)
            if draft.verb.is_none() && (draft.stated.is_some() || (!is_english && opens_clause)) =>
        {
            values.close(draft, context)?;
            draft.verb = Some((verb, span));
            Ok(Target::Nowhere)
        }
        Piece::Verb(_) if target == Target::Nowhere && draft.verb.is_some() && is_english => {
            Err(errors::second_verb(span, context.slice(span)))
        }
        _ => word(draft, values, place, target, context),
    }
}

/// Whether a change or a share follows a verb: by how much it moves.
fn moves_next(verb: &str, place: &Place<'_>) -> bool {
    match place.after().map(|next| &next.piece) {
        Some(Piece::Change(Raw::By(..) | Raw::FromTo(..) | Raw::Half | Raw::Level(Opening::To, ..))) => true,
        Some(Piece::Dated(..)) => true,
        Some(Piece::Amount(written)) => written.quantity.unit == Unit::Percent,
        None | Some(Piece::When(_) | Piece::Stop) => matches!(verb, "double" | "triple" | "halve"),
        _ => false,
    }
}

/// Whether a gerund leads the sentence, with its change further on.
fn leads(draft: &Draft, verb: &str, place: &Place<'_>) -> bool {
    let nothing_yet = draft.metric.is_empty() && draft.amount.is_none() && draft.change.is_none();
    nothing_yet
        && draft.verb.is_none()
        && draft.other_verb.is_none()
        && place.rest.iter().any(|next| gerund_needs(verb, next))
        && !place.rest.iter().any(is_finite)
}

/// Whether `to be` stands before the level that a verb brings its metric to.
fn is_to_be(draft: &Draft, place: &Place<'_>, context: &Context<'_>) -> bool {
    let level =
        matches!(place.after().map(|next| &next.piece), Some(Piece::Change(Raw::Level(Opening::None, ..))));
    level
        && draft.verb.is_some_and(|(verb, _)| verb != "keep" && verb != "hold")
        && !draft.metric.is_empty()
        && draft.change.is_none()
        && context.slice(place.chunk.span).eq_ignore_ascii_case("to be")
}

/// Whether a chunk is a verb that makes what stands before it a name.
fn is_finite(chunk: &Chunk) -> bool {
    matches!(chunk.piece, Piece::State(_) | Piece::Modal | Piece::Be | Piece::Verb(_) | Piece::Participle(_))
}

/// Whether what the verb of a gerund needs stands further on.
fn gerund_needs(verb: &str, next: &Chunk) -> bool {
    matches!(
        (verb, &next.piece),
        ("double" | "triple" | "halve", _)
            | ("reach" | "keep", Piece::Amount(_) | Piece::Change(_))
            | (
                _,
                Piece::Change(Raw::By(..) | Raw::FromTo(..) | Raw::Half | Raw::Level(Opening::To, ..))
                    | Piece::Dated(..)
            )
    )
}

/// Whether a verb stands behind `to` and its one change behind it: `sales to reach 5 million`.
fn comes_to(draft: &Draft, verb: &str, place: &Place<'_>) -> bool {
    let is_change = |chunk: &Chunk| {
        matches!(chunk.piece, Piece::Change(_) | Piece::Dated(..) | Piece::Amount(_) | Piece::Range(..))
    };
    let change = match verb {
        "reach" => place.after().is_some_and(is_change),
        _ => moves_next(verb, place),
    };
    let opened = matches!(&draft.metric[..], [_, .., Chunk { piece: Piece::Opener("to"), .. }]);
    opened && change && draft.stated.is_none() && !place.rest.iter().skip(1).any(is_change)
}

/// Whether what a participle needs follows: `costs reduced by 5%`, `turnover kept below 10%`, `visits doubled by June`.
fn participle_next(verb: &str, place: &Place<'_>) -> bool {
    match (verb, place.after().map(|next| &next.piece)) {
        ("keep", Some(Piece::Change(Raw::Level(_, Some(_), _) | Raw::Between(..)))) => true,
        ("double" | "triple" | "halve", Some(Piece::When(_))) => true,
        (
            _,
            Some(
                Piece::Change(Raw::By(..) | Raw::FromTo(..) | Raw::Half | Raw::Level(Opening::To, ..))
                | Piece::Dated(..),
            ),
        ) => verb != "keep",
        _ => false,
    }
}

/// Whether a count of things follows: `hold 12 workshops`.
fn counts_next(place: &Place<'_>) -> bool {
    let count = match place.after().map(|next| &next.piece) {
        Some(Piece::Amount(written) | Piece::Change(Raw::Level(Opening::None, Some(_), written))) => {
            written.is_bare
        }
        _ => false,
    };
    count && place.rest.get(1).is_some_and(|things| is_loose(&things.piece))
}

/// `a 5% increase in sales`, `20 more clients`: the value before it is the change, and the word its direction.
fn nominal(draft: &mut Draft, place: &Place<'_>, context: &Context<'_>) -> bool {
    let direction = match place.chunk.piece {
        Piece::Comparative(direction, is_noun) => (direction, is_noun),
        Piece::Verb(direction @ ("increase" | "decrease")) => (direction, true),
        _ => return false,
    };
    let (direction, is_noun) = direction;
    let names_it = match place.after().map(|next| &next.piece) {
        Some(Piece::Opener("in" | "of")) => is_noun && is_noun_of_change(place.chunk, context),
        Some(Piece::Article) if is_noun && draft.amount.is_none() && draft.change.is_none() => true,
        Some(next) => !is_noun && is_loose(next),
        None => false,
    };
    if !names_it {
        return false;
    }
    if is_noun && leads_a_change(draft, place) {
        draft.metric.clear();
        draft.verb = Some((direction, place.chunk.span));
        return draft.amount.is_none() && draft.change.is_none();
    }
    let moves = draft.verb.is_some_and(|(verb, _)| !matches!(verb, "reach" | "get"));
    // `5% annual growth in sales`, `5% month-over-month growth in sales`
    let between =
        place.before.is_some_and(|before| matches!(before.piece, Piece::Comparison(_) | Piece::GrainWord(_)));
    if let [Chunk { piece: Piece::GrainWord(grain), span }] = draft.metric[..]
        && is_noun
        && draft.amount.is_some()
    {
        draft.grain.get_or_insert(Spanned::new(grain, span));
        draft.metric.clear();
    }
    if !draft.metric.is_empty() || moves || !(after_value(place) || (between && is_noun)) {
        return false;
    }
    let found = match (draft.amount.take(), draft.change.take()) {
        (Some((written, span)), _) => (Raw::By(written, false), span),
        (None, Some((Raw::Level(Opening::None, Some(Bound::AtLeast), written), span))) => {
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

/// `reduction of costs by 5%`: a noun of change that begins the sentence, with its change behind it.
fn leads_a_change(draft: &Draft, place: &Place<'_>) -> bool {
    let leads = place.before.is_none_or(|before| matches!(before.piece, Piece::Article));
    let moves_by = place.rest.iter().any(|next| {
        matches!(
            next.piece,
            Piece::Change(Raw::By(..) | Raw::FromTo(..) | Raw::Half | Raw::Level(Opening::To, ..))
                | Piece::Dated(..)
        )
    });
    leads
        && (moves_by || matches!(place.chunk.piece, Piece::Verb(_)))
        && draft.metric.iter().all(|chunk| matches!(chunk.piece, Piece::Article))
        && draft.verb.is_none()
}

/// Whether the noun that gave a value its direction stands just before.
pub(crate) fn is_nominal(place: &Place<'_>, context: &Context<'_>) -> bool {
    place.before.is_some_and(|before| {
        matches!(before.piece, Piece::Comparative(_, true) | Piece::Verb("increase" | "decrease"))
            && is_noun_of_change(before, context)
    })
}

/// `increase`, `cut`: a verb that is a noun as well, or a noun alone.
fn is_noun_of_change(chunk: &Chunk, context: &Context<'_>) -> bool {
    let table = table(context.language, Mode::Sentence);
    let word = names::fold_text(context.slice(chunk.span));
    ["g:up", "g:down"].iter().any(|family| table.all_written(family).contains(&word))
}

/// `train 40 nurses`: a first word before a number that words follow is a verb.
pub(crate) fn unlisted_verb(draft: &Draft, place: &Place<'_>, context: &Context<'_>) -> bool {
    let first = draft.metric.is_empty()
        && draft.verb.is_none()
        && draft.other_verb.is_none()
        && draft.stated.is_none()
        && !draft.value_first;
    let rest = match place.rest {
        // `see a 5% drop in costs`
        [Chunk { piece: Piece::Article, .. }, rest @ ..] if matches!(rest.get(1), Some(noun) if is_change_noun(noun)) => {
            rest
        }
        // `meet with 20 customers`
        [Chunk { piece: Piece::Opener("with"), .. }, rest @ ..] if counts_bare(rest) => rest,
        // `sign up 50 partners`
        [particle, rest @ ..] if is_particle_word(particle, context) => rest,
        rest => rest,
    };
    first
        && matches!(
            place.chunk.piece,
            Piece::Word | Piece::Comparative(_, true) | Piece::Aggregate(AggregateFunction::Average)
        )
        && !is_no_verb(place.chunk, context)
        && rest.first().is_some_and(|next| {
            matches!(
                next.piece,
                Piece::Amount(_) | Piece::Range(..) | Piece::Change(Raw::Level(Opening::None, Some(_), _))
            )
        })
        && (!is_share(rest.first())
            || matches!(rest.get(1), Some(Chunk { piece: Piece::Opener("of"), .. }))
            || rest.get(1).is_some_and(changes))
        && rest.get(1).is_some_and(|things| {
            is_loose(&things.piece)
                || matches!(
                    things.piece,
                    Piece::GrainWord(_)
                        | Piece::Opener("of" | "in")
                        | Piece::Verb(_)
                        | Piece::State(_)
                        | Piece::Comparative(..)
                )
        })
}

/// Whether a value is a share or a multiple: no count of things.
fn is_share(value: Option<&Chunk>) -> bool {
    let Some(
        Piece::Amount(written)
        | Piece::Range(_, written)
        | Piece::Change(Raw::Level(Opening::None, _, written)),
    ) = value.map(|value| &value.piece)
    else {
        return false;
    };
    matches!(written.quantity.unit, Unit::Percent | Unit::Times | Unit::Points)
}

/// Whether a word says which way things go: `10% more calls`, `a 5% drop in costs`.
fn changes(chunk: &Chunk) -> bool {
    is_change_noun(chunk) || matches!(chunk.piece, Piece::Comparative(..))
}

/// `only`, `honestly`: words before a number that do nothing with it.
fn is_no_verb(chunk: &Chunk, context: &Context<'_>) -> bool {
    let text = context.slice(chunk.span);
    let adverb = context.language == Language::English
        && text.len() > 4
        && text.ends_with("ly")
        && !["ply", "fly", "ely", "lly"].iter().any(|ending| text.ends_with(ending));
    adverb || matches!(subject::canonical(chunk.span, context), Some("adverb" | "not"))
}

/// Whether a bare count of several things comes first.
fn counts_bare(rest: &[Chunk]) -> bool {
    matches!(rest, [Chunk { piece: Piece::Amount(written), .. }, things, ..] if written.is_bare && is_loose(&things.piece))
}

fn is_change_noun(chunk: &Chunk) -> bool {
    matches!(chunk.piece, Piece::Comparative(_, true) | Piece::Verb("increase" | "decrease"))
}

/// Whether a word is the particle of the verb before it: `sign up`.
pub(crate) fn is_particle(place: &Place<'_>, context: &Context<'_>) -> bool {
    is_particle_word(place.chunk, context)
        && place.before.is_some_and(|before| matches!(before.piece, Piece::Word))
}

pub(crate) fn is_particle_word(chunk: &Chunk, context: &Context<'_>) -> bool {
    matches!(chunk.piece, Piece::Word)
        && matches!(
            names::fold_text(context.slice(chunk.span)).as_str(),
            "up" | "out" | "off" | "on" | "down"
        )
}
