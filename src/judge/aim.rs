//! What a goal wants, in amounts of its metric's unit: a change from the baseline, a level, or a range.

use rust_decimal::Decimal;

use crate::data::{UnitOf, unit_meaning};
use crate::quantity::{DurationUnit, Quantity, Unit};
use crate::resolve::{Metric, Nature};
use crate::syntax::{Change, Direction, Goal, Level};

use super::evaluation::ChangeFigures;

/// What is wanted of the metric.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Form {
    /// A share of the baseline.
    Percent(Decimal),
    /// Points beside the baseline.
    Points(Decimal),
    /// An amount beside the baseline.
    Amount(Decimal),
    /// A multiple of the baseline.
    Factor(Decimal),
    /// A level, where it is known.
    Level(Option<Decimal>),
    /// From F to G.
    FromTo(Decimal, Decimal),
    /// Both ends belong.
    Range(Decimal, Decimal),
}

/// Which side of a level is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    /// Said by nothing but the level.
    Open,
    /// At least it, or strictly above.
    Floor,
    /// At most it, or strictly below.
    Cap,
}

/// A goal's change in amounts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Aim {
    /// What is wanted.
    pub form: Form,
    /// Which side.
    pub bound: Bound,
    /// The level itself does not reach it.
    pub strict: bool,
    /// In JSON's terms.
    pub figures: ChangeFigures,
}

/// The value of an amount in the metric's unit; a duration converts where the metric, or the sheet, states its unit.
pub(super) fn amount(quantity: &Quantity, metric: &Metric) -> Decimal {
    let value = quantity.value;
    let scaled = match (&quantity.unit, &metric.unit) {
        (Unit::Duration(from), Unit::Duration(to)) => {
            match (from.seconds(), to.seconds(), months(*from), months(*to)) {
                (Some(a), Some(b), _, _) | (_, _, Some(a), Some(b)) => {
                    value.checked_mul(Decimal::from(a)).and_then(|v| v.checked_div(Decimal::from(b)))
                }
                _ => None,
            }
        }
        // of numbers below `%` 60 % is 60, of those below `tkr` 500 000 kr is 500
        (Unit::Percent, Unit::Named(unit)) if unit_meaning(unit) == Some(UnitOf::Percent) => {
            value.checked_mul(Decimal::ONE_HUNDRED)
        }
        (Unit::Money(_), Unit::Named(unit)) => match unit_meaning(unit) {
            Some(UnitOf::Money(_, factor)) => value.checked_div(Decimal::from(factor)),
            _ => None,
        },
        _ => None,
    };
    scaled.unwrap_or(value)
}

fn months(unit: DurationUnit) -> Option<u32> {
    match unit {
        DurationUnit::Month => Some(1),
        DurationUnit::Year => Some(12),
        _ => None,
    }
}

/// Reads a change; `sheet` is the target that stands in one.
pub(super) fn aim(goal: &Goal, change: &Change, metric: &Metric, sheet: Option<Decimal>) -> Aim {
    let level = |level: &Level| match level {
        Level::Amount(quantity) => Some(amount(quantity, metric)),
        Level::Column(_) => sheet,
    };
    let one = |kind, value| ChangeFigures::One { kind, value };
    let simple =
        |form, kind, value| Aim { form, bound: Bound::Open, strict: false, figures: one(kind, Some(value)) };
    let bounded = |written: &Level, bound, strict, kind| {
        let value = level(written);
        Aim { form: Form::Level(value), bound, strict, figures: one(kind, value) }
    };
    match change {
        Change::Percent(p) => simple(Form::Percent(*p), "percent", *p),
        Change::Points(p) => simple(Form::Points(*p), "points", *p),
        Change::Factor(f) => simple(Form::Factor(*f), "factor", *f),
        Change::Amount(quantity) => {
            let value = amount(quantity, metric);
            simple(Form::Amount(value), "amount", value)
        }
        Change::Level(written) => match (level(written), &goal.tolerance) {
            (Some(middle), Some(tolerance)) => {
                let width = match tolerance.node.unit {
                    Unit::Percent => middle.abs().checked_mul(tolerance.node.value).unwrap_or_default(),
                    _ => amount(&tolerance.node, metric),
                };
                range(middle.saturating_sub(width), middle.saturating_add(width))
            }
            _ => bounded(written, Bound::Open, false, "level"),
        },
        Change::AtLeast(written) => bounded(written, Bound::Floor, false, "at_least"),
        Change::AtMost(written) => bounded(written, Bound::Cap, false, "at_most"),
        Change::Above(written) => bounded(written, Bound::Floor, true, "above"),
        Change::Below(written) => bounded(written, Bound::Cap, true, "below"),
        Change::FromTo { from, to } => {
            let (from, to) = (amount(from, metric), amount(to, metric));
            Aim {
                form: Form::FromTo(from, to),
                bound: Bound::Open,
                strict: false,
                figures: ChangeFigures::FromTo { from, to },
            }
        }
        Change::Between(low, high) => {
            let (low, high) = (level(low).unwrap_or_default(), level(high).unwrap_or_default());
            range(low, high)
        }
    }
}

fn range(low: Decimal, high: Decimal) -> Aim {
    Aim {
        form: Form::Range(low, high),
        bound: Bound::Open,
        strict: false,
        figures: ChangeFigures::Between { low, high },
    }
}

/// The direction as decided: `improve` goes where the metric says better lies.
pub(super) fn direction(goal: &Goal, metric: &Metric) -> Direction {
    match (goal.by_improvement, metric.higher_is_better) {
        (true, Some(false)) => Direction::Decrease,
        (true, _) => Direction::Increase,
        _ => goal.direction,
    }
}

/// +1 where more is better, -1 where less is; with what decided it where nothing in the sentence does.
pub(super) fn sign(
    direction: Direction,
    aim: &Aim,
    metric: &Metric,
    baseline: Option<Decimal>,
) -> (i32, Option<&'static str>) {
    match (direction, aim.bound) {
        (Direction::Increase, _) => return (1, None),
        (Direction::Decrease, _) => return (-1, None),
        (_, Bound::Floor) => return (1, None),
        (_, Bound::Cap) => return (-1, None),
        (Direction::Reach | Direction::Keep, Bound::Open) => {}
    }
    if let Form::FromTo(from, to) = aim.form {
        return (if to < from { -1 } else { 1 }, None);
    }
    if let Some(higher) = metric.higher_is_better {
        return (if higher { 1 } else { -1 }, None);
    }
    let Form::Level(Some(level)) = aim.form else { return (1, None) };
    match (metric.nature, baseline) {
        (Nature::Flow { .. }, _) => (1, None),
        (_, Some(base)) if level < base => {
            (-1, Some("less is taken as better: the level lies below the baseline"))
        }
        (_, Some(_)) => (1, Some("more is taken as better: the level lies above the baseline")),
        (_, None) => (1, Some("more is taken as better: there is no baseline to tell")),
    }
}
