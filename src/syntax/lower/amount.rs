//! Values that no word opens, and what stands around a level.

use super::chunk::{Chunk, Opening, Piece, Raw};
use super::context::{Context, Lowered};
use super::draft::{Draft, Place, Target, Values, is_loose, set_change};
use crate::syntax::errors;

/// `reach revenue of 5m SEK`, `a margin of at least 15%`: the word before the level is no part of the name.
pub(crate) fn drop_preposition(draft: &mut Draft, raw: &Raw) {
    let moves = draft.verb.is_some_and(|(verb, _)| matches!(verb, "increase" | "decrease" | "improve"));
    let opens = matches!(raw, Raw::Half | Raw::Level(Opening::None, Some(_), _) | Raw::Between(..));
    let last = draft.metric.last().map(|chunk| &chunk.piece);
    if !moves && opens && draft.metric.len() > 1 && matches!(last, Some(Piece::Opener("of" | "at"))) {
        draft.metric.pop();
    }
}

/// `achieve a 5% increase`: an article alone is no metric.
pub(crate) fn drop_article(draft: &mut Draft) {
    if draft.metric.iter().all(|chunk| matches!(chunk.piece, Piece::Article)) {
        draft.metric.clear();
    }
}

/// Whether `in` stands before: what follows is a period sooner than a name.
fn opened_by_in(place: &Place<'_>) -> bool {
    place.before.is_some_and(|before| matches!(before.piece, Piece::Opener("in")))
}

/// A value without a word before it.
pub(crate) fn amount(
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
        // `in 2025 honestly`: the year is a period, what follows it is the riddle
        let year = context.slice(span).parse().is_ok_and(|year: u32| (1900..=2100).contains(&year));
        if let Some(next) =
            place.after().filter(|next| year && opened_by_in(place) && matches!(next.piece, Piece::Word))
        {
            let word = context.slice(next.span);
            let near = errors::nearest_keyword(word, context.language).map(|near| (next.span, near));
            let value = format!("\"{}\"", context.slice(span.to(next.span)));
            let finding = errors::left_over(next.span, word, near, false);
            return Err(Box::new(finding.fix(
                "quote it, where it is a value of a column",
                span.to(next.span),
                value,
            )));
        }
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
