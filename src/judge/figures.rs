//! Pace, deviation, gap and attainment of one goal (SPEC §5).

use rust_decimal::Decimal;

use crate::bind::Shape;

use super::case::Case;
use super::path::Point;
use super::value::signed;

/// The figures that say how far a goal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Figures {
    /// `T_D`.
    pub expected: Option<Decimal>,
    /// d·(T − V).
    pub gap: Option<Decimal>,
    /// P.
    pub pace: Option<Decimal>,
    /// d·(`V_D` − `T_D`)/|`T_D`|.
    pub deviation: Option<Decimal>,
    /// (V − B)/(T − B).
    pub attainment: Option<Decimal>,
    /// Nothing is due yet: `T_D = B_D`, or `T_D = 0` for a level.
    pub nothing_due: bool,
}

/// `1 + d·(value − level)/|level|`: the share of a level reached; none at 0.
fn of_level(sign: i32, value: Decimal, level: Decimal) -> Option<Decimal> {
    deviation(sign, value, level)?.checked_add(Decimal::ONE)
}

/// `d·(value − level)/|level|`, none at 0.
pub(super) fn deviation(sign: i32, value: Decimal, level: Decimal) -> Option<Decimal> {
    if level.is_zero() {
        return None;
    }
    signed(sign, value.checked_sub(level)?).checked_div(level.abs())
}

/// `(value − from)/(to − from)`, none where nothing lies between.
fn of_change(value: Decimal, from: Decimal, to: Decimal) -> Option<Decimal> {
    let whole = to.checked_sub(from)?;
    if whole.is_zero() { None } else { value.checked_sub(from)?.checked_div(whole) }
}

impl Case<'_> {
    /// The figures of a change or a stated level.
    pub(super) fn figures(&self) -> Figures {
        let (Some(value), Some(target), Some(point)) = (self.actual, self.target, self.point()) else {
            return Figures::default();
        };
        let (pace, nothing_due) = self.pace(value, point);
        Figures {
            expected: Some(point.target),
            gap: self.gap(value, target),
            pace,
            deviation: deviation(self.sign, value, point.target),
            attainment: self.attainment(value, target),
            nothing_due,
        }
    }

    fn pace(&self, value: Decimal, point: Point) -> (Option<Decimal>, bool) {
        if self.is_level {
            (of_level(self.sign, value, point.target), point.target.is_zero())
        } else {
            (of_change(value, point.baseline, point.target), point.target == point.baseline)
        }
    }

    /// What is still missing: to the target, or for a change on last year, of the change.
    fn gap(&self, value: Decimal, target: Decimal) -> Option<Decimal> {
        let missing = match (self.is_change_of_stretch(), self.baseline) {
            (true, Some(base)) => {
                let wanted = target.checked_sub(base)?;
                wanted.checked_sub(value.checked_sub(self.stretch_baseline())?)?
            }
            _ => target.checked_sub(value)?,
        };
        Some(signed(self.sign, missing))
    }

    fn attainment(&self, value: Decimal, target: Decimal) -> Option<Decimal> {
        if self.is_flow() && !self.plan.over {
            return None;
        }
        if self.is_level {
            return of_level(self.sign, value, target);
        }
        let base = self.baseline?;
        if self.is_change_of_stretch() {
            let whole = target.checked_sub(base)?;
            let come = value.checked_sub(self.stretch_baseline())?;
            return if whole.is_zero() { None } else { come.checked_div(whole) };
        }
        of_change(value, base, target)
    }

    fn is_change_of_stretch(&self) -> bool {
        self.plan.shape == Shape::Stretch && !self.is_level
    }

    /// Whether the value reaches the target, strictly where the goal says so.
    pub(super) fn reaches(&self, value: Decimal, target: Decimal) -> bool {
        let (value, target) = (signed(self.sign, value), signed(self.sign, target));
        if self.aim.strict { value > target } else { value >= target }
    }
}
