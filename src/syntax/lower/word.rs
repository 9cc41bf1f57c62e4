//! Loose words of a sentence: names, values of filters, marks; what is none of it is left over.

use super::change;
use super::chunk::{Bound, Chunk, Opening, Piece, Raw};
use super::context::{Context, Lowered};
use super::draft::{Draft, Place, Target, Values, after_value, is_loose, once};
use super::phrase;
use super::subject;
use super::verb::{is_nominal, is_particle, unlisted_verb};
use crate::calendar::Grain;
use crate::diagnostic::Diagnostic;
use crate::language::Language;
use crate::names;
use crate::quantity::Unit;
use crate::source::{Span, Spanned};
use crate::syntax::errors;

/// A loose word, an opener of a filter, a mark.
pub(crate) fn word(
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
        Piece::Opener(opener) => {
            let opener = *opener;
            open(draft, values, place, target, opener, context)
        }
        // `by 5% annually` is `by 5% per year`
        Piece::GrainWord(Grain::Year) if target == Target::Nowhere && draft.moves() => {
            once(&mut draft.grain, Spanned::new(Grain::Year, span), "a grain")?;
            Ok(Target::Nowhere)
        }
        // `to 100 daily` is `to 100 a day`
        Piece::GrainWord(grain)
            if target == Target::Nowhere
                && draft.moves()
                && matches!(draft.change, Some((Raw::Level(Opening::To, ..), _))) =>
        {
            once(&mut draft.grain, Spanned::new(*grain, span), "a grain")?;
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
        Piece::Symbol if text == "." => Err(errors::two_sentences(span)),
        Piece::Symbol if !matches!(text.as_str(), "/" | "*" | "+" | "-" | "&" | "#" | "%" | "'") => {
            Err(errors::unexpected(span, &text))
        }
        _ => loose(draft, values, place, target, context),
    }
}

/// A word that opened no whole clause: it opens a filter, or what a value is of, or stands in the name.
fn open(
    draft: &mut Draft,
    values: &mut Values,
    place: &Place<'_>,
    target: Target,
    opener: &str,
    context: &mut Context<'_>,
) -> Lowered<Target> {
    let bare = draft.metric.is_empty();
    let has_value = draft.amount.is_some() || draft.change.is_some();
    match opener {
        // `meet with 20 customers`
        "with"
            if bare
                && draft.other_verb.is_some()
                && !has_value
                && place.after().is_some_and(|next| matches!(next.piece, Piece::Amount(_))) =>
        {
            Ok(Target::Metric)
        }
        // `30% of net profit for the year`
        "for" if target == Target::Base => loose(draft, values, place, target, context),
        "for" | "in" | "from" | "where" if opens_segment(draft, place, opener, context) => {
            values.close(draft, context)?;
            values.opener = Some(place.chunk.span);
            Ok(Target::Segment)
        }
        "of" if bare && has_value && draft.value_first => {
            draft.value_of = true;
            Ok(Target::Metric)
        }
        // `a 5% increase in sales`
        "in" | "of" if bare && draft.verb.is_some() && is_nominal(place, context) => Ok(Target::Metric),
        // `$2m in sales`
        "in" if bare
            && draft.value_first
            && draft.is_money()
            && !place.after().is_some_and(|next| matches!(next.piece, Piece::Opener(_))) =>
        {
            Ok(Target::Metric)
        }
        // `to 30% of all hires`
        "of" if target == Target::Nowhere
            && !draft.value_first
            && (draft.acts() || draft.change.is_some() || draft.opened_value)
            && draft.base.is_empty()
            && draft.is_share()
            && after_value(place) =>
        {
            Ok(Target::Base)
        }
        _ => loose(draft, values, place, target, context),
    }
}

fn loose(
    draft: &mut Draft,
    values: &mut Values,
    place: &Place<'_>,
    target: Target,
    context: &Context<'_>,
) -> Lowered<Target> {
    let span = place.chunk.span;
    let piece = &place.chunk.piece;
    // `do not increase costs`, `churn must not grow`
    if matches!(place.before, Some(Chunk { piece: Piece::Modal | Piece::Be, .. }))
        && subject::canonical(span, context) == Some("not")
        && !is_not_before_bound(place, context)
    {
        return Err(errors::negation(span, context.slice(span)));
    }
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
        Target::Metric => word_of_metric(draft, values, place, context),
        Target::Base => {
            draft.base.push(place.chunk.clone());
            Ok(target)
        }
        Target::Nowhere => word_after_all(draft, values, place, context),
    }
}

/// A word of the metric, or the verb before it.
fn word_of_metric(
    draft: &mut Draft,
    values: &mut Values,
    place: &Place<'_>,
    context: &Context<'_>,
) -> Lowered<Target> {
    let span = place.chunk.span;
    if draft.other_verb.is_some() && draft.metric.is_empty() && is_particle(place, context) {
        return Ok(Target::Metric);
    }
    if subject::shift(draft, values, place, context)? {
        return Ok(Target::Metric);
    }
    // `spend less than $5k on ads`
    let after_number = draft.amount.is_some() || draft.change.is_some();
    if after_number
        && draft.other_verb.is_some()
        && draft.metric.is_empty()
        && subject::is_word(place.chunk, "on", context)
    {
        return Ok(Target::Metric);
    }
    if let Some(direction) = subject::moves_alone(draft, place, context) {
        draft.verb = Some((direction, span));
        draft.finite = true;
        return Ok(Target::Nowhere);
    }
    // `our target is to` *have* `a share of 20%`
    let after_lead = matches!(place.before, Some(Chunk { piece: Piece::Lead, .. }));
    let a_thing = place.after().is_some_and(|next| matches!(next.piece, Piece::Article));
    if after_lead && a_thing && draft.metric.is_empty() && subject::is_word(place.chunk, "have", context) {
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

/// A word where every name is whole: a unit, what the value is of, or what does not belong.
fn word_after_all(
    draft: &mut Draft,
    values: &mut Values,
    place: &Place<'_>,
    context: &Context<'_>,
) -> Lowered<Target> {
    let (span, piece) = (place.chunk.span, &place.chunk.piece);
    if subject::shift(draft, values, place, context)? {
        return Ok(Target::Metric);
    }
    if let (Piece::And | Piece::Comma, Some(Chunk { piece: Piece::Verb(_) | Piece::State(_), span })) =
        (piece, place.after())
    {
        return Err(errors::second_verb(*span, context.slice(*span)));
    }
    // `an ROI of at least 300% on paid campaigns`
    if opens_among(draft, place, context) {
        values.close(draft, context)?;
        values.opener = Some(span);
        return Ok(Target::Segment);
    }
    // `shall not over time exceed 100%`
    if is_not_before_bound(place, context) {
        draft.negated = true;
        return Ok(Target::Nowhere);
    }
    let acts = draft.acts();
    let own = phrase::is_own_noun(&draft.metric, span, context)
        || (after_value(place) && is_unit_noun(place, context));
    if starts_base(draft, place, context) {
        draft.base.push(place.chunk.clone());
        return Ok(Target::Base);
    }
    if matches!(piece, Piece::PerNumber) && after_value(place) && take_rate(draft, context.words(span)) {
        return Ok(Target::Nowhere);
    }
    let taken = match (&mut draft.change, &mut draft.amount) {
        (Some((raw, _)), _) => own && change::take_noun(raw, context.slice(span)),
        (None, Some((written, _))) if own && acts && written.quantity.unit == Unit::None => {
            written.quantity.unit = Unit::Named(context.slice(span).to_owned());
            true
        }
        _ => false,
    };
    if taken {
        return Ok(Target::Nowhere);
    }
    Err(does_not_belong(place, context))
}

/// `on paid campaigns`, `among new hires` after a value: the things it is measured over.
fn opens_among(draft: &Draft, place: &Place<'_>, context: &Context<'_>) -> bool {
    if !matches!(subject::canonical(place.chunk.span, context), Some("on" | "among"))
        || context.language != Language::English
        || (draft.amount.is_none() && draft.change.is_none())
        || !(draft.acts() || draft.opened_value)
    {
        return false;
    }
    let things = place.rest.iter().take_while(|next| matches!(next.piece, Piece::Word | Piece::Article));
    things.last().is_some_and(|last| {
        subject::canonical(last.span, context).is_none()
            && names::is_plural(context.slice(last.span), context.language)
    })
}

/// Why a word after a whole goal does not belong to it.
fn does_not_belong(place: &Place<'_>, context: &Context<'_>) -> Box<Diagnostic> {
    let (span, piece) = (place.chunk.span, &place.chunk.piece);
    // `by Christmas`, `by next Friday`
    let undated = std::iter::once(place.chunk)
        .chain(place.rest.iter().take(2))
        .find(|chunk| matches!(subject::canonical(chunk.span, context), Some("season" | "present")));
    if let Some(chunk) = undated {
        return errors::undated_period(chunk.span, context.slice(chunk.span));
    }
    if matches!(subject::canonical(span, context), Some("conjunction" | "while" | "without")) {
        return errors::conjunction(span, context.slice(span));
    }
    let more = place.rest.iter().any(|next| {
        matches!(next.piece, Piece::Amount(_) | Piece::Range(..) | Piece::Change(_) | Piece::Dated(..))
    });
    let joins = matches!(piece, Piece::And | Piece::Comma)
        || matches!(subject::canonical(span, context), Some("or" | "or-more" | "or-less"));
    if joins && more {
        return errors::goes_on(span, context.slice(span));
    }
    let near = misspelt(place, context).or_else(|| {
        let text = context.slice(span);
        errors::begun_phrase(text, context.language).map(|phrase| (span, phrase))
    });
    let opens = matches!(
        subject::canonical(span, context),
        Some(
            "by" | "in"
                | "until"
                | "within"
                | "compared"
                | "starting"
                | "every"
                | "over"
                | "during"
                | "before"
                | "from"
                | "to"
        )
    );
    let next = place.rest.iter().find(|next| !matches!(next.piece, Piece::Article));
    let with_date = matches!(subject::canonical(span, context), Some("by" | "before" | "until" | "within"));
    if let (true, None, Some(next)) = (with_date, &near, next) {
        return errors::no_period_after(span.to(next.span), context.slice(span), context.slice(next.span));
    }
    if near.is_none() && opens {
        return errors::broken_clause(span, context.slice(span), true);
    }
    errors::left_over(span, context.slice(span), near, after_value(place))
}

fn is_not_before_bound(place: &Place<'_>, context: &Context<'_>) -> bool {
    let bound = place.rest.iter().find(|next| !matches!(next.piece, Piece::Vague));
    subject::canonical(place.chunk.span, context) == Some("not")
        && place.before.is_some_and(|before| matches!(before.piece, Piece::Modal))
        && matches!(
            bound,
            Some(Chunk {
                piece: Piece::Change(Raw::Level(Opening::None, Some(Bound::Above | Bound::Below), _)),
                ..
            })
        )
}

/// `not exceed 3 times EBITDA`: what the metric is so many times of.
fn starts_base(draft: &Draft, place: &Place<'_>, context: &Context<'_>) -> bool {
    let times = draft.written().is_some_and(|written| written.quantity.unit == Unit::Times);
    times
        && after_value(place)
        && !draft.moves()
        && !draft.metric.is_empty()
        && matches!(place.chunk.piece, Piece::Word)
        && subject::canonical(place.chunk.span, context).is_none()
}

/// `25 per 1,000 births`: the rate is the unit of the value.
fn take_rate(draft: &mut Draft, rate: String) -> bool {
    match (&mut draft.change, &mut draft.amount) {
        (Some((raw, _)), _) => change::take_noun(raw, &rate),
        (None, Some((written, _))) if written.quantity.unit == Unit::None => {
            written.quantity.unit = Unit::Named(rate);
            true
        }
        _ => false,
    }
}

/// `to 20 000 contacts`: several of something right after a number, and the next clause after it.
fn is_unit_noun(place: &Place<'_>, context: &Context<'_>) -> bool {
    let text = context.slice(place.chunk.span);
    let ends =
        place.after().is_none_or(|next| !is_loose(&next.piece) && !matches!(next.piece, Piece::Amount(_)));
    ends && matches!(place.chunk.piece, Piece::Word)
        && subject::canonical(place.chunk.span, context).is_none()
        && names::is_plural(text, context.language)
        && errors::nearest_unit(text, context.language).is_none()
        && errors::misspelt_unit(text, context.language).is_none()
}

/// The first word from here on that may be a keyword misspelt.
fn misspelt(place: &Place<'_>, context: &Context<'_>) -> Option<(Span, String)> {
    let words =
        std::iter::once(place.chunk).chain(place.rest).take(6).filter(|c| matches!(c.piece, Piece::Word));
    words.into_iter().filter(|word| subject::canonical(word.span, context).is_none()).find_map(|word| {
        let text = context.slice(word.span);
        let near = errors::nearest_keyword(text, context.language)?;
        let mut letters = near.chars();
        let capital = text.starts_with(char::is_uppercase);
        let near = match letters.next().filter(|_| capital) {
            Some(first) => first.to_uppercase().chain(letters).collect(),
            None => near,
        };
        Some((word.span, near))
    })
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
                | Piece::Dated(..)
                | Piece::Vague
        )
    };
    place.after().is_some_and(clause)
        || (place.before.is_some_and(clause) && draft.metric.is_empty())
        || matches!(place.before, Some(Chunk { piece: Piece::Vague, .. }))
        || place.after().is_none()
        || (draft.metric.is_empty() && !draft.segments.is_empty())
}

/// Whether an opener that opened no whole clause opens a filter here.
fn opens_segment(draft: &Draft, place: &Place<'_>, opener: &str, context: &Context<'_>) -> bool {
    // `traffic to and from partners`: one of two words before the same name
    // or what a growth is in: `growth in earnings`
    if place.before.is_some_and(|before| {
        matches!(before.piece, Piece::And | Piece::Opener(_))
            || (opener == "in" && matches!(before.piece, Piece::Comparative(_, true)))
    }) {
        return false;
    }
    // German `von 5 Prozent` is `of 5%`
    if context.language == Language::German
        && opener == "from"
        && place.after().is_some_and(|next| matches!(next.piece, Piece::Amount(_)))
    {
        return false;
    }
    let follows = place.after().is_some_and(|next| {
        is_loose(&next.piece) || matches!(next.piece, Piece::Amount(_) | Piece::GrainWord(_))
    });
    if !follows {
        return false;
    }
    !draft.metric.is_empty() || (draft.verb.is_none() && place.at == 0 && opener != "where")
}
