//! By how much or to what: the verb and the written change → direction and [`Change`].

use rust_decimal::Decimal;

use super::chunk::{Bound, Opening, Piece, Raw, When};
use super::context::{Context, Lowered};
use super::draft::Draft;
use super::implied::{moved_after_colon, signed_share, with_base_value};
use super::number::Written;
use super::subject;
use crate::diagnostic::Diagnostic;
use crate::names;
use crate::quantity::{Quantity, Unit};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{Change, Direction, Level};
use crate::syntax::errors;
use crate::syntax::words::{Mode, table};

/// What the goal wants, decided.
pub(crate) struct Stated {
    pub(crate) direction: Direction,
    pub(crate) by_improvement: bool,
    pub(crate) change: Spanned<Change>,
    /// How the metric is counted where the value stood before it.
    pub(crate) counts: Counts,
}

/// What a value before its metric makes of the metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counts {
    /// The words name it.
    Named,
    /// `VERB N THINGS`, `N of X`: the number of them.
    Things,
    /// `N% of X`: a share of them.
    Share,
}

/// Takes the noun after a bare amount as its unit (`by 20 customers`).
pub(crate) fn take_noun(raw: &mut Raw, noun: &str) -> bool {
    let (Raw::By(written, _) | Raw::Level(_, _, written) | Raw::FromTo(_, written)) = raw else {
        return false;
    };
    let free = written.quantity.unit == Unit::None;
    if free {
        written.quantity.unit = Unit::Named(noun.to_owned());
    }
    free
}

/// The direction and change of a draft; `whole` is the sentence.
pub(crate) fn decide(draft: &mut Draft, whole: Span, context: &mut Context<'_>) -> Lowered<Stated> {
    settle_years(draft, context)?;
    let counts = counts(draft);
    if let Some((factor_verb @ ("double" | "triple" | "quadruple" | "halve"), span)) = draft.verb {
        return factor(draft, factor_verb, span, context);
    }
    signed_share(draft, context);
    moved_after_colon(draft, context);
    let verb = draft.verb;
    if let Some((written, span)) = draft.amount.take() {
        draft.change = Some((loose_amount(draft, written, span, counts, context)?, span));
    }
    let Some((raw, span)) = draft.change.take() else {
        super::time::no_condition(draft, context)?;
        return Err(errors::no_change(whole, verb.map(|(_, span)| context.slice(span)), context.language));
    };
    let (raw, span) = with_base_value(draft, raw, span, context)?;
    note_approximation(&raw, span, context);
    let raw = match pairs(raw, span, context)? {
        Raw::Level(Opening::To | Opening::At, None, written)
            if verb.is_some_and(|(verb, _)| verb == "limit") =>
        {
            Raw::Level(Opening::None, Some(Bound::AtMost), written)
        }
        raw => raw,
    };
    let (direction, by_improvement) = direction(draft, &raw, span, context)?;
    let change = match direction {
        Direction::Increase | Direction::Decrease => moving(direction, verb, raw, span, context)?,
        Direction::Reach => level(raw, span, context)?,
        Direction::Keep => kept(draft, raw, span, context)?,
    };
    Ok(Stated { direction, by_improvement, change: Spanned::new(change, span), counts })
}

/// A bare year after `by` or `to`, or two after `from`: time beside a change, an amount beside a time.
fn settle_years(draft: &mut Draft, context: &Context<'_>) -> Lowered<()> {
    let factor =
        draft.verb.is_some_and(|(verb, _)| matches!(verb, "double" | "triple" | "quadruple" | "halve"));
    let has_change = draft.change.is_some() || draft.amount.is_some() || factor;
    if has_change {
        return Ok(());
    }
    let yearly = |when: &When| matches!(when, When::Year(..) | When::Years(..));
    let Some(at) = draft.when.iter().position(|(when, _)| yearly(when)) else { return Ok(()) };
    let (when, span) = draft.when.remove(at);
    let raw = match when {
        When::Years(first, last) => Raw::FromTo(year_amount(first), year_amount(last)),
        When::Year(year, Opening::To) => Raw::Level(Opening::To, None, year_amount(year)),
        When::Year(year, _) if !draft.when.is_empty() => Raw::By(year_amount(year), false),
        // without a verb there is no goal yet
        when if draft.verb.is_none() => {
            draft.when.push((when, span));
            return Ok(());
        }
        _ => return Err(errors::year_or_amount(span, context.slice(span))),
    };
    draft.change = Some((raw, span));
    Ok(())
}

fn year_amount(year: i32) -> Written {
    let number = Decimal::from(year);
    Written { quantity: Quantity::plain(number), number, scale: 0, is_bare: true, is_approximate: false }
}

fn counts(draft: &Draft) -> Counts {
    let written = match (&draft.amount, &draft.change) {
        (Some((written, _)), _) => written,
        (None, Some((Raw::Level(Opening::None, _, written), _))) => written,
        (None, Some((Raw::Between(_, high), _))) if draft.value_first || draft.other_verb.is_some() => high,
        _ => return Counts::Named,
    };
    let before_metric = draft.value_first || draft.other_verb.is_some() || draft.metric.is_empty();
    let leads = draft.metric.first().is_some_and(|first| {
        let value = draft.amount.as_ref().map(|(_, s)| *s).or(draft.change.as_ref().map(|(_, s)| *s));
        value.is_some_and(|value| value.start < first.span.start)
    });
    if !before_metric && !leads {
        return Counts::Named;
    }
    let verb = draft.verb.is_some() || draft.other_verb.is_some();
    match written.quantity.unit {
        Unit::Percent if draft.value_of => Counts::Share,
        Unit::None if leads && (verb || draft.value_of) => Counts::Things,
        _ => Counts::Named,
    }
}

/// Refuses a value that no word opens; the word before it may be one misspelt.
fn no_preposition(span: Span, context: &Context<'_>) -> Box<Diagnostic> {
    let text = context.slice(span);
    let before = context.source.text.get(..span.start as usize).unwrap_or("").trim_end();
    let word = before.rsplit(char::is_whitespace).next().unwrap_or("");
    match errors::nearest_preposition(word, context.language) {
        Some(near) => {
            let at = Span::new(span.source, before.len() - word.len()..before.len());
            errors::misspelt_preposition(at, word, &near, text)
        }
        None if table(context.language, Mode::Sentence).canonical(&names::fold_text(word))
            == Some("from") =>
        {
            errors::half_a_pair(span, text, context.language)
        }
        None => errors::value_without_word(span, text, context.language),
    }
}

/// A value that no word opens: where it can stand so, the level it is.
fn loose_amount(
    draft: &Draft,
    written: Written,
    span: Span,
    counts: Counts,
    context: &Context<'_>,
) -> Lowered<Raw> {
    let text = context.slice(span);
    match draft.verb {
        Some(("increase" | "decrease" | "improve" | "remove" | "close", verb)) => {
            let by_itself = matches!(written.quantity.unit, Unit::Percent | Unit::Points);
            let times = written.quantity.unit == Unit::Times && draft.moves() && !draft.metric.is_empty();
            if (draft.finite && by_itself) || times {
                return Ok(Raw::By(written, false));
            }
            if draft.verb.is_some_and(|(verb, _)| verb == "close")
                && matches!(written.quantity.unit, Unit::Money(_))
            {
                return Ok(Raw::Level(Opening::None, None, written));
            }
            if draft.value_first && counts != Counts::Named {
                return Err(errors::count_to_or_by(
                    verb.to(span),
                    context.slice(verb),
                    text,
                    context.language,
                ));
            }
            Err(no_preposition(span, context))
        }
        _ if ends_with(draft, "between", context) => Err(errors::half_a_range(span, text, context.language)),
        Some(("keep" | "hold", _)) => Err(errors::keep_at(span, text, context.language)),
        // `achieve net zero`: a number word at the end of a name states no level by itself
        Some(("reach" | "get", _))
            if !draft.value_first
                && !draft.opened_value
                && written.is_bare
                && !text.contains(|c: char| c.is_ascii_digit()) =>
        {
            Err(no_preposition(span, context))
        }
        // `2x leads`: twice the leads, or a ratio of two?
        None if draft.value_first && draft.other_verb.is_none() && written.quantity.unit == Unit::Times => {
            Err(errors::by_times(span, text))
        }
        // `version 2.0 of the handbook`
        None if draft.other_verb.is_some()
            && written.is_bare
            && written.number.scale() > 0
            && !draft.opened_value =>
        {
            Err(no_preposition(span, context))
        }
        // `finish phase 2`: a bare number after words states no level by itself
        None if draft.other_verb.is_none()
            && draft.stated.is_none()
            && !draft.value_first
            && written.is_bare
            && !draft.opened_value =>
        {
            Err(errors::level_without_word(span, text, context.language))
        }
        _ => Ok(Raw::Level(Opening::None, None, written)),
    }
}

fn note_approximation(raw: &Raw, span: Span, context: &mut Context<'_>) {
    let approximate = match raw {
        Raw::By(written, _) | Raw::Level(_, _, written) => written.is_approximate,
        Raw::FromTo(a, b) | Raw::Between(a, b) => a.is_approximate || b.is_approximate,
        _ => false,
    };
    if approximate {
        let finding = errors::approximate(span, context.slice(span));
        context.findings.push(finding);
    }
    if let Raw::By(written, _) = raw
        && written.quantity.unit == Unit::Times
        && written.quantity.value > Decimal::ONE
    {
        let finding = errors::times_as_much(span, context.slice(span), written.quantity.value);
        context.findings.push(finding);
    }
    if let Raw::By(_, true) = raw {
        let finding = errors::more_than_by(span, context.slice(span));
        context.findings.push(finding);
    }
}

/// Shares the unit of the second number of a pair with a first one without.
fn pairs(raw: Raw, span: Span, context: &Context<'_>) -> Lowered<Raw> {
    Ok(match raw {
        Raw::FromTo(from, to) => {
            let (from, to) = shared(from, to, span, context)?;
            Raw::FromTo(from, to)
        }
        Raw::Between(low, high) => {
            let (low, high) = shared(low, high, span, context)?;
            if low.quantity.value >= high.quantity.value {
                return Err(errors::reversed_range(span, context.slice(span)));
            }
            Raw::Between(low, high)
        }
        other => other,
    })
}

fn shared(mut a: Written, mut b: Written, span: Span, context: &Context<'_>) -> Lowered<(Written, Written)> {
    let text = context.slice(span);
    // `from A to B` and `to B from A`: the number written last gives its unit
    let a_is_first = a.quantity.unit != Unit::None || b.quantity.unit != Unit::None || a.scale != b.scale;
    if !a_is_first {
        return Ok((a, b));
    }
    let (bare, full) = if a.is_bare { (&mut a, &b) } else { (&mut b, &a) };
    if bare.is_bare {
        if full.scale > 0 {
            bare.quantity.value = scaled(bare.number, full, span, text)?;
        }
        if matches!(full.quantity.unit, Unit::Percent | Unit::Points) {
            bare.quantity.value = bare.number / Decimal::ONE_HUNDRED;
        }
        bare.quantity.unit = full.quantity.unit.clone();
        bare.is_bare = false;
    }
    if a.quantity.unit == b.quantity.unit { Ok((a, b)) } else { Err(errors::two_units(span, text)) }
}

/// The scale word of one number of a pair holds for the other where that makes them comparable and nothing else does.
fn scaled(number: Decimal, full: &Written, span: Span, text: &str) -> Lowered<Decimal> {
    let factor = Decimal::from(10_u64.pow(full.scale.min(18)));
    let near = |a: Decimal, b: Decimal| {
        let (a, b) = (a.abs(), b.abs());
        let hundred = Decimal::ONE_HUNDRED;
        a.checked_mul(hundred).is_some_and(|a| a >= b) && b.checked_mul(hundred).is_some_and(|b| b >= a)
    };
    match (near(number, full.number), near(number, full.quantity.value)) {
        (true, false) => number.checked_mul(factor).ok_or_else(|| errors::two_units(span, text)),
        (false, true) => Ok(number),
        _ => Err(errors::unsure_scale(span, text)),
    }
}

fn factor(draft: &mut Draft, verb: &str, span: Span, context: &Context<'_>) -> Lowered<Stated> {
    let (direction, factor) = match verb {
        "double" => (Direction::Increase, Decimal::TWO),
        "triple" => (Direction::Increase, Decimal::from(3)),
        "quadruple" => (Direction::Increase, Decimal::from(4)),
        _ => (Direction::Decrease, Decimal::new(5, 1)),
    };
    // `halve complaints from 600 to 300`: the same change twice, where the numbers agree
    if let Some((Raw::FromTo(from, to), at)) = &draft.change
        && from.quantity.unit == to.quantity.unit
        && from.quantity.value.checked_mul(factor) == Some(to.quantity.value)
    {
        let change = Change::FromTo { from: from.quantity.clone(), to: to.quantity.clone() };
        let change = Spanned::new(change, *at);
        return Ok(Stated { direction, by_improvement: false, change, counts: Counts::Named });
    }
    if let Some((_, other)) = draft.change.as_ref() {
        return Err(errors::two_changes(span, *other, context.slice(*other)));
    }
    if let Some(first) = draft.metric.first()
        && matches!(subject::canonical(first.span, context), Some("particle:up" | "particle:down"))
    {
        return Err(errors::no_change(span.to(first.span), Some(context.slice(span)), context.language));
    }
    if let Some((_, other)) = draft.amount.as_ref() {
        return Err(errors::two_changes(span, *other, context.slice(*other)));
    }
    let change = Spanned::new(Change::Factor(factor), span);
    Ok(Stated { direction, by_improvement: false, change, counts: Counts::Named })
}

/// The direction that verb, modal and change give together, and whether the metric decides it.
fn direction(draft: &Draft, raw: &Raw, span: Span, context: &Context<'_>) -> Lowered<(Direction, bool)> {
    let text = || context.slice(span);
    Ok(match draft.verb {
        Some(("increase", _)) => (Direction::Increase, false),
        Some(("decrease", _)) => (Direction::Decrease, false),
        Some(("improve", _)) => match raw {
            Raw::FromTo(from, to) if from.quantity.value > to.quantity.value => (Direction::Decrease, false),
            Raw::FromTo(..) => (Direction::Increase, false),
            _ => (Direction::Increase, true),
        },
        Some(("keep" | "hold" | "limit", _)) => (Direction::Keep, false),
        Some((verb @ ("remove" | "close"), at)) => {
            let money = matches!(raw, Raw::Level(Opening::None, _, written) if matches!(written.quantity.unit, Unit::Money(_)));
            if verb == "close" && money {
                (Direction::Reach, false)
            } else {
                return Err(errors::count_to_or_by(at.to(span), context.slice(at), text(), context.language));
            }
        }
        Some((_, at)) => match raw {
            Raw::By(..) | Raw::ByRange | Raw::Half => {
                return Err(errors::reach_by(at.to(span), context.slice(at), text()));
            }
            _ if draft.stated.is_some() && is_bound(raw) => (Direction::Keep, false),
            _ => (Direction::Reach, false),
        },
        None => match raw {
            Raw::By(..) | Raw::ByRange | Raw::Half | Raw::FromTo(..) => {
                return Err(errors::no_verb(
                    draft_span(draft, span),
                    first_word(draft, context),
                    context.language,
                ));
            }
            _ if draft.stated.is_some() && is_bound(raw) && draft.other_verb.is_none() => {
                (Direction::Keep, false)
            }
            Raw::Level(Opening::To, ..) => {
                return Err(errors::no_verb(
                    draft_span(draft, span),
                    first_word(draft, context),
                    context.language,
                ));
            }
            _ => (Direction::Reach, false),
        },
    })
}

fn is_bound(raw: &Raw) -> bool {
    matches!(raw, Raw::Level(_, Some(_), _) | Raw::Between(..) | Raw::Column(Some(_), _))
}

fn draft_span(draft: &Draft, change: Span) -> Span {
    draft.metric.first().map_or(change, |chunk| chunk.span)
}

fn first_word(draft: &Draft, context: &Context<'_>) -> String {
    draft
        .metric
        .first()
        .filter(|c| matches!(c.piece, Piece::Word))
        .map_or_else(String::new, |c| context.words(c.span))
}

/// The change of `increase` and `decrease`.
fn moving(
    direction: Direction,
    verb: Option<(&'static str, Span)>,
    raw: Raw,
    span: Span,
    context: &Context<'_>,
) -> Lowered<Change> {
    let text = context.slice(span);
    let up = direction == Direction::Increase;
    let free = verb.is_some_and(|(verb, _)| verb == "improve");
    Ok(match raw {
        Raw::By(written, _) => {
            if written.quantity.value.is_sign_negative() {
                return Err(errors::negative_amount(span, text));
            }
            if written.quantity.value.is_zero() {
                return Err(errors::no_change_at_all(span, text));
            }
            let Quantity { value, ref unit, .. } = written.quantity;
            match unit {
                Unit::Percent => Change::Percent(value),
                Unit::Points => Change::Points(value),
                Unit::Times if up && value > Decimal::ONE => Change::Factor(value),
                Unit::Times => return Err(errors::by_times(span, text)),
                _ => Change::Amount(written.quantity),
            }
        }
        Raw::ByRange => return Err(errors::by_range(span, text)),
        Raw::Half if up => Change::Percent(Decimal::new(5, 1)),
        Raw::Half => Change::Factor(Decimal::new(5, 1)),
        Raw::FromTo(from, to) => {
            let rises = to.quantity.value > from.quantity.value;
            if from.quantity.value == to.quantity.value || (rises != up && !free) {
                return Err(errors::wrong_way(span, text, up));
            }
            Change::FromTo { from: from.quantity, to: to.quantity }
        }
        Raw::Between(low, high) => Change::Between(Level::Amount(low.quantity), Level::Amount(high.quantity)),
        Raw::Level(opening, bound, written) => {
            let against = if up { [Bound::AtMost, Bound::Below] } else { [Bound::AtLeast, Bound::Above] };
            match bound {
                Some(bound) if against.contains(&bound) && !free => {
                    return Err(errors::wrong_bound(span, text, up));
                }
                Some(Bound::AtLeast | Bound::AtMost) if opening == Opening::None => {
                    return Err(errors::value_without_word(span, text, context.language));
                }
                _ => {}
            }
            bounded(bound, Level::Amount(written.quantity))
        }
        Raw::Column(bound, name) => bounded(bound, Level::Column(name)),
    })
}

fn bounded(bound: Option<Bound>, level: Level) -> Change {
    match bound {
        None => Change::Level(level),
        Some(Bound::AtLeast) => Change::AtLeast(level),
        Some(Bound::AtMost) => Change::AtMost(level),
        Some(Bound::Above) => Change::Above(level),
        Some(Bound::Below) => Change::Below(level),
    }
}

/// The change of `reach` and of a level that is only stated.
fn level(raw: Raw, span: Span, context: &Context<'_>) -> Lowered<Change> {
    Ok(match raw {
        Raw::Level(_, bound, written) => bounded(bound, Level::Amount(written.quantity)),
        Raw::Column(bound, name) => bounded(bound, Level::Column(name)),
        Raw::Between(low, high) => Change::Between(Level::Amount(low.quantity), Level::Amount(high.quantity)),
        Raw::FromTo(from, to) if from.quantity.value != to.quantity.value => {
            Change::FromTo { from: from.quantity, to: to.quantity }
        }
        _ => return Err(errors::line_not_understood(span, context.slice(span))),
    })
}

/// The change of `keep`.
fn kept(draft: &Draft, raw: Raw, span: Span, context: &Context<'_>) -> Lowered<Change> {
    let text = context.slice(span);
    match raw {
        Raw::Level(_, None, _) | Raw::Column(None, _) if draft.tolerance.is_none() => {
            Err(errors::keep_at(span, text, context.language))
        }
        Raw::By(..) | Raw::ByRange | Raw::Half | Raw::FromTo(..) => {
            Err(errors::keep_by(span, text, context.language))
        }
        other => level(other, span, context),
    }
}

/// The change of a clause that replaces a goal's own, in the goal's direction.
pub(crate) fn plain_change(
    direction: Direction,
    raw: Raw,
    span: Span,
    context: &Context<'_>,
) -> Lowered<Change> {
    let raw = pairs(raw, span, context)?;
    match direction {
        Direction::Increase | Direction::Decrease => moving(direction, None, raw, span, context),
        Direction::Reach | Direction::Keep => level(raw, span, context),
    }
}

/// Whether the metric ends with a word that is written before a value.
fn ends_with(draft: &Draft, wanted: &str, context: &Context<'_>) -> bool {
    draft.metric.last().is_some_and(|last| subject::canonical(last.span, context) == Some(wanted))
}
