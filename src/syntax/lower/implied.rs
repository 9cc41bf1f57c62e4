//! Changes that are said without a verb, or in two places.

use super::chunk::{Opening, Raw};
use super::context::{Context, Lowered};
use super::draft::Draft;
use crate::quantity::Unit;
use crate::source::Span;
use crate::syntax::errors;

/// `Sales +15%`, `costs -5%`: a share with its sign and no verb is a change.
pub(crate) fn signed_share(draft: &mut Draft, context: &Context<'_>) {
    let free = draft.verb.is_none() && draft.other_verb.is_none() && draft.stated.is_none();
    let Some((written, span)) = draft.amount.clone().filter(|_| free && !draft.value_first) else {
        return;
    };
    // `a margin of -5%` is a level
    let before = context.source.text.get(..span.start as usize).unwrap_or("").trim_end();
    if draft.opened_value && !before.ends_with(':') {
        return;
    }
    let direction = match context.slice(span).chars().next() {
        Some('+') => "increase",
        Some('-' | '−') => "decrease",
        _ => return,
    };
    if written.quantity.unit == Unit::Percent {
        let mut written = written;
        written.quantity.value = written.quantity.value.abs();
        draft.amount = None;
        draft.change = Some((Raw::By(written, false), span));
        draft.verb = Some((direction, span));
        draft.finite = true;
    }
}

/// `NPS: from 30 to 45`: which way it goes is told by the numbers.
pub(crate) fn moved_after_colon(draft: &mut Draft, context: &Context<'_>) {
    let Some((Raw::FromTo(from, to), span)) = &draft.change else { return };
    let before = context.source.text.get(..span.start as usize).unwrap_or("").trim_end();
    if draft.opened_value && draft.verb.is_none() && draft.other_verb.is_none() && before.ends_with(':') {
        let rises = to.quantity.value > from.quantity.value;
        draft.verb = Some((if rises { "increase" } else { "decrease" }, *span));
        draft.finite = true;
    }
}

/// `by 20%, from 150 to 180`: the same change twice, where the numbers agree.
pub(crate) fn repeated_change(first: &Raw, second: &Raw) -> Option<Raw> {
    let (Raw::By(by, false), Raw::FromTo(from, to)) = (first, second) else { return None };
    let (start, end) = (from.quantity.value, to.quantity.value);
    let distance = end.checked_sub(start)?.abs();
    let agrees = match by.quantity.unit {
        Unit::Percent => by.quantity.value.checked_mul(start.abs())? == distance,
        Unit::Times => return None,
        _ => by.quantity.value == distance,
    };
    agrees.then(|| second.clone())
}

/// `From 62%, increase … to 75%` is `from 62% to 75%`.
pub(crate) fn with_base_value(
    draft: &mut Draft,
    raw: Raw,
    span: Span,
    context: &Context<'_>,
) -> Lowered<(Raw, Span)> {
    match (draft.base_value.take(), raw) {
        (None, raw) => Ok((raw, span)),
        (Some((from, _)), Raw::Level(Opening::To, None, to)) => Ok((Raw::FromTo(from, to), span)),
        (Some((_, base)), _) => Err(errors::two_changes(base, span, context.slice(span))),
    }
}
