//! Who is to reach a goal, where the sentence says so before a modal: `the group shall have a margin of at least 10%`.
//!
//! The speaker itself (`the company`, `we`) says nothing about the data and is dropped like a lead-in; any other subject
//! is a filter, so that it is looked up in the data and refused where it is nothing there.

use super::chunk::{Bound, Chunk, Opening, Piece, Raw, When};
use super::context::{Context, Lowered};
use super::draft::{Draft, Place, Target, Values, is_loose};
use crate::language::Language;
use crate::names;
use crate::quantity::Unit;
use crate::source::{Span, Spanned};
use crate::syntax::ast::SegmentPhrase;
use crate::syntax::errors;
use crate::syntax::words::{LONGEST_FORM, Mode, table};

/// The canonical word of a stretch of the sentence.
pub(crate) fn canonical(span: Span, context: &Context<'_>) -> Option<&'static str> {
    let words = context.words(span);
    let is_form = words.len() <= LONGEST_FORM;
    is_form.then(|| table(context.language, Mode::Sentence).phrase(&names::fold_text(&words)))?
}

/// Whether a chunk is this word of the table and stands for itself.
pub(crate) fn is_word(chunk: &Chunk, wanted: &str, context: &Context<'_>) -> bool {
    matches!(chunk.piece, Piece::Word) && canonical(chunk.span, context) == Some(wanted)
}

/// Takes the words so far for the subject.
fn take_subject(draft: &mut Draft, values: &mut Values, context: &Context<'_>) -> Lowered<()> {
    values.close(draft, context)?;
    let mut chunks = std::mem::take(&mut draft.metric);
    chunks.retain(|chunk| !matches!(chunk.piece, Piece::Article));
    let (Some(first), Some(last)) = (chunks.first(), chunks.last()) else { return Ok(()) };
    let is_speaker = chunks.iter().all(|chunk| is_speaker(chunk, context))
        || chunks.iter().all(|chunk| is_word(chunk, "target", context));
    if !is_speaker && is_word(last, "target", context) {
        return Err(errors::broken_clause(first.span, context.slice(first.span), false));
    }
    if !is_speaker {
        let span = first.span.to(last.span);
        let value = Spanned::new(context.words(span), span);
        draft.segments.push(Spanned::new(SegmentPhrase::Values(vec![value]), span));
    }
    Ok(())
}

/// Whether the words so far may be a subject: other than names where only a listed one is certain.
fn may_be_subject(draft: &Draft, context: &Context<'_>) -> bool {
    let is_name = |chunk: &Chunk| {
        matches!(
            chunk.piece,
            Piece::Word | Piece::Article | Piece::Whole(_) | Piece::Opener("of") | Piece::And
        ) && !matches!(canonical(chunk.span, context), Some("adverb" | "not" | "compared"))
    };
    (context.language == Language::English && draft.metric.iter().all(is_name))
        || draft
            .metric
            .iter()
            .all(|chunk| matches!(chunk.piece, Piece::Article) || is_speaker(chunk, context))
}

/// `the group shall` *have* …, `the group` *aims for* …, `each team will` *complete* `2 …`: a word that makes the words
/// before it the subject.
pub(crate) fn shift(
    draft: &mut Draft,
    values: &mut Values,
    place: &Place<'_>,
    context: &Context<'_>,
) -> Lowered<bool> {
    let before_verb = draft.verb.is_none() && draft.other_verb.is_none() && !draft.metric.is_empty();
    if !before_verb || draft.change.is_some() || draft.amount.is_some() {
        return Ok(false);
    }
    let span = place.chunk.span;
    let after_modal = draft.stated.is_some() && follows_modal(place);
    // the words so far are looked at only where one of these makes them a subject, so that a line costs one look
    let each = draft.metric.len() > 1 && is_word(&draft.metric[0], "every", context);
    if !(after_modal || each || is_word(place.chunk, "aim", context)) || !may_be_subject(draft, context) {
        return Ok(false);
    }
    if is_word(place.chunk, "aim", context) {
        take_subject(draft, values, context)?;
        draft.stated.get_or_insert(span);
        return Ok(true);
    }
    if after_modal && is_word(place.chunk, "have", context) {
        take_subject(draft, values, context)?;
        return Ok(true);
    }
    // `each team completes 2 audits`
    let finite = each && context.language == Language::English && context.slice(span).ends_with(['s', 'S']);
    if (after_modal || finite) && matches!(place.chunk.piece, Piece::Word) && counts_things(place) {
        take_subject(draft, values, context)?;
        draft.other_verb = Some(span);
        return Ok(true);
    }
    Ok(false)
}

/// `the group shall` *increase* `sales by 5%`: a listed verb with its own object.
pub(crate) fn shift_before_verb(
    draft: &mut Draft,
    values: &mut Values,
    place: &Place<'_>,
    context: &Context<'_>,
) -> Lowered<bool> {
    let object = place.after().is_some_and(|next| is_loose(&next.piece) && !is_adverb(next, context));
    let counts = matches!(place.chunk.piece, Piece::Verb("reach" | "get" | "hold")) && counts_things(place);
    let before_verb = draft.verb.is_none() && !draft.metric.is_empty() && draft.change.is_none();
    if !before_verb || !(object || counts) || !follows_modal(place) || !may_be_subject(draft, context) {
        return Ok(false);
    }
    take_subject(draft, values, context)?;
    Ok(true)
}

/// `the group's goal is to`: a lead-in after words that are no metric yet.
pub(crate) fn shift_before_lead(
    draft: &mut Draft,
    values: &mut Values,
    lead: Span,
    context: &Context<'_>,
) -> Lowered<bool> {
    let first = context.slice(lead).split_whitespace().next().unwrap_or("");
    let has_article = matches!(
        table(context.language, Mode::Sentence).canonical(&names::fold_text(first)),
        Some("the" | "a")
    ) || first.eq_ignore_ascii_case("our");
    let free = draft.verb.is_none() && draft.change.is_none() && draft.amount.is_none();
    if has_article || !free || draft.stated.is_some() || !may_be_subject(draft, context) {
        return Ok(false);
    }
    take_subject(draft, values, context)?;
    Ok(true)
}

/// `the group's target is` *a margin of 10%*: a target named as one begins the metric after it.
pub(crate) fn shift_before_target(draft: &mut Draft, place: &Place<'_>, context: &Context<'_>) -> bool {
    let names_it =
        place.after().is_some_and(|next| is_loose(&next.piece) || matches!(next.piece, Piece::GrainWord(_)));
    let words: Vec<&Chunk> =
        draft.metric.iter().filter(|chunk| !matches!(chunk.piece, Piece::Article)).collect();
    let [owner @ .., target] = &words[..] else { return false };
    let possessive = |chunk: &&Chunk| {
        let text = context.slice(chunk.span);
        (is_word(chunk, "self", context) && text.ends_with(['s', 'S']))
            || canonical(chunk.span, context) == Some("long-term")
    };
    let is_target = is_word(target, "target", context) && !owner.is_empty() && owner.iter().all(possessive);
    if names_it && is_target && draft.verb.is_none() && draft.stated.is_none() && draft.amount.is_none() {
        draft.metric.clear();
        return true;
    }
    false
}

/// `costs down 5%`, `visits up from 5 to 8`: the direction of a particle with its change, where no verb stands.
pub(crate) fn moves_alone(draft: &Draft, place: &Place<'_>, context: &Context<'_>) -> Option<&'static str> {
    let free = draft.verb.is_none() && draft.other_verb.is_none() && draft.stated.is_none();
    let moves = match place.after().map(|next| &next.piece) {
        Some(Piece::Change(Raw::By(..) | Raw::FromTo(..)) | Piece::Dated(..)) => true,
        Some(Piece::Amount(written)) => written.quantity.unit == Unit::Percent,
        _ => false,
    };
    match canonical(place.chunk.span, context).filter(|_| free && moves && !draft.metric.is_empty())? {
        "particle:up" => Some("increase"),
        "particle:down" => Some("decrease"),
        _ => None,
    }
}

/// `we`, `the group`: who speaks.
fn is_speaker(chunk: &Chunk, context: &Context<'_>) -> bool {
    is_word(chunk, "we", context) || is_word(chunk, "self", context)
}

fn follows_modal(place: &Place<'_>) -> bool {
    place.before.is_some_and(|before| matches!(before.piece, Piece::Modal | Piece::Vague))
}

/// `organically`: no object of a verb.
fn is_adverb(chunk: &Chunk, context: &Context<'_>) -> bool {
    matches!(chunk.piece, Piece::Word) && context.slice(chunk.span).ends_with("ly")
}

/// Whether a count and its things follow.
fn counts_things(place: &Place<'_>) -> bool {
    let counted = match place.rest.first().map(|next| &next.piece) {
        Some(Piece::Amount(written) | Piece::Change(Raw::Level(Opening::None, Some(_), written))) => {
            written.is_bare
        }
        _ => false,
    };
    let of_things = matches!(place.rest.get(1), Some(Chunk { piece: Piece::Opener("of"), .. }))
        && matches!(
            place.rest.first(),
            Some(Chunk {
                piece: Piece::Amount(_) | Piece::Change(Raw::Level(Opening::None, Some(_), _)),
                ..
            })
        );
    of_things || (counted && place.rest.get(1).is_some_and(|things| is_loose(&things.piece)))
}

/// `bring costs` *down* `to 5`: the direction that a particle before the change gives its verb.
pub(crate) fn trailing_particle(draft: &mut Draft, raw: &Raw, context: &Context<'_>) {
    let Some((verb, at)) = draft.verb else { return };
    let moves = matches!(raw, Raw::By(..) | Raw::FromTo(..) | Raw::Level(Opening::To, ..) | Raw::Half);
    let Some(last) = draft.metric.last().filter(|_| moves && draft.metric.len() > 1) else { return };
    let direction = match canonical(last.span, context).filter(|_| matches!(last.piece, Piece::Word)) {
        Some("particle:up") => "increase",
        Some("particle:down") => "decrease",
        _ => return,
    };
    match verb {
        "get" => draft.verb = Some((direction, at)),
        same if same == direction => {}
        _ => return,
    }
    draft.metric.pop();
}

/// `that does not exceed 5` where the bound is no phrase of the table: the bound from its other side.
pub(crate) fn negated(draft: &mut Draft, raw: Raw, context: &Context<'_>) -> Raw {
    let Raw::Level(Opening::None, Some(bound), written) = raw else { return raw };
    let negates = std::mem::take(&mut draft.negated)
        || draft.metric.len() > 1
            && draft.metric.last().is_some_and(|last| canonical(last.span, context) == Some("not"));
    let bound = if negates && matches!(bound, Bound::Above | Bound::Below) {
        if draft.metric.last().is_some_and(|last| canonical(last.span, context) == Some("not")) {
            draft.metric.pop();
        }
        match bound {
            Bound::Above => Bound::AtMost,
            _ => Bound::AtLeast,
        }
    } else {
        bound
    };
    drop_relative(draft, context);
    Raw::Level(Opening::None, Some(bound), written)
}

/// `a ratio that` before what it should be: the word opens no name.
pub(crate) fn drop_relative(draft: &mut Draft, context: &Context<'_>) {
    if draft.metric.len() > 1 && draft.metric.last().is_some_and(|last| is_word(last, "pronoun", context)) {
        draft.metric.pop();
    }
}

/// `80% of teams have at least 2 owners`: a count inside the condition of a share is part of its words.
pub(crate) fn is_condition_of_share(draft: &Draft, place: &Place<'_>, target: Target) -> bool {
    let share = matches!(&draft.amount, Some((written, _)) if written.quantity.unit == Unit::Percent)
        || matches!(&draft.change, Some((Raw::Level(Opening::None, _, written), _)) if written.quantity.unit == Unit::Percent);
    let (bare, named) = match &place.chunk.piece {
        Piece::Amount(written) | Piece::Change(Raw::Level(Opening::None, Some(_), written)) => {
            (written.is_bare, matches!(written.quantity.unit, Unit::Named(_) | Unit::Duration(_)))
        }
        _ => (false, false),
    };
    let inside = place.before.is_some_and(|before| matches!(before.piece, Piece::Word | Piece::Verb(_)))
        && (named || place.after().is_some_and(|next| matches!(next.piece, Piece::Word | Piece::Modal)));
    share && draft.value_of && target == Target::Metric && draft.metric.len() > 1 && (bare || named) && inside
}

/// Whether a value or a `within` stands inside the name of what changes further on: `children under five`, `customers with
/// more than 500 employees`, `calls answered within 30 seconds`.
pub(crate) fn is_inside_name(draft: &Draft, place: &Place<'_>, context: &Context<'_>) -> Lowered<bool> {
    if draft.metric.is_empty() || draft.change.is_some() {
        return Ok(false);
    }
    let changes = || {
        place.rest.iter().any(|next| {
            matches!(
                next.piece,
                Piece::Change(Raw::By(..) | Raw::FromTo(..) | Raw::Half | Raw::Level(Opening::To, ..))
                    | Piece::Dated(..)
            )
        })
    };
    let with = matches!(place.before, Some(Chunk { piece: Piece::Opener("with"), .. }));
    Ok(match &place.chunk.piece {
        Piece::Change(Raw::Level(Opening::None, Some(bound), written)) => {
            let first = context.slice(place.chunk.span).split_whitespace().next().unwrap_or("");
            let start = place.chunk.span.start as usize;
            let opener = canonical(Span::new(place.chunk.span.source, start..start + first.len()), context);
            let of_age = matches!(bound, Bound::Above | Bound::Below)
                && matches!(opener, Some("under" | "over"))
                && written.is_bare;
            let counted = draft.amount.is_some() && place.after().is_some_and(|next| is_loose(&next.piece));
            ((of_age || with) && draft.moves() && changes()) || (with && counted)
        }
        // `receivables older than 60 days`
        Piece::Amount(_)
            if place.before.is_some_and(|before| context.slice(before.span).eq_ignore_ascii_case("than")) =>
        {
            place.rest.iter().any(|next| matches!(next.piece, Piece::Change(_) | Piece::Dated(..)))
        }
        Piece::Amount(_) => {
            draft.moves()
                && matches!(place.before, Some(Chunk { piece: Piece::Opener("within"), .. }))
                && changes()
        }
        Piece::When(When::Within(_, _, true)) if draft.moves() && changes() => {
            let timed = place.rest.iter().any(|next| matches!(next.piece, Piece::When(_)));
            let first = draft.metric.iter().find(|chunk| !matches!(chunk.piece, Piece::Article));
            if !timed && matches!(first, Some(Chunk { piece: Piece::ShareOf, .. })) {
                let text = context.slice(place.chunk.span);
                let duration = text.split_once(char::is_whitespace).map_or(text, |(_, duration)| duration);
                return Err(errors::within_condition(place.chunk.span, duration));
            }
            timed
        }
        _ => false,
    })
}

/// Whether a bound without a verb counts things inside the words: `partners bring at least 50 leads`.
pub(crate) fn counts_inside(draft: &Draft, place: &Place<'_>) -> bool {
    let Piece::Change(Raw::Level(Opening::None, Some(Bound::AtLeast | Bound::Above), written)) =
        &place.chunk.piece
    else {
        return false;
    };
    let things = place.after().is_some_and(|next| is_loose(&next.piece));
    draft.verb.is_none() && draft.stated.is_none() && draft.metric.len() > 1 && written.is_bare && things
}
