//! Amounts of a goal beside the unit of its metric: what cannot be compared is refused, never taken as plain numbers.

use crate::data::{UnitOf, unit_meaning};
use crate::quantity::{Quantity, Unit, same_sign};
use crate::resolve::Metric;
use crate::syntax::{Change, Level};

use super::goal::takes_points;

/// An amount that does not fit its metric.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Misfit {
    /// In another unit: that of the amount, that of the metric.
    Unit(String, String),
    /// So many bare points of a share, where percentage points were surely meant.
    BarePoints(rust_decimal::Decimal),
}

/// The first amount of a change that does not fit.
pub(super) fn misfit(change: &Change, metric: &Metric) -> Option<Misfit> {
    quantities(change).into_iter().find_map(|quantity| {
        if is_bare_points(quantity) && takes_points(metric) {
            return Some(Misfit::BarePoints(quantity.value));
        }
        differs(&quantity.unit, &metric.unit).then(|| Misfit::Unit(word(&quantity.unit), word(&metric.unit)))
    })
}

/// `3 points`, which for a score is a unit like any other noun.
fn is_bare_points(quantity: &Quantity) -> bool {
    matches!(&quantity.unit, Unit::Named(noun) if crate::names::same(noun, "points"))
}

/// The amounts of a change.
pub(crate) fn quantities(change: &Change) -> Vec<&Quantity> {
    match change {
        Change::Percent(_) | Change::Points(_) | Change::Factor(_) => Vec::new(),
        Change::Amount(quantity) => vec![quantity],
        Change::FromTo { from, to } => vec![from, to],
        Change::Level(level)
        | Change::AtLeast(level)
        | Change::AtMost(level)
        | Change::Above(level)
        | Change::Below(level) => amounts(&[level]),
        Change::Between(low, high) => amounts(&[low, high]),
    }
}

fn amounts<'a>(levels: &[&'a Level]) -> Vec<&'a Quantity> {
    levels
        .iter()
        .filter_map(|level| match level {
            Level::Amount(quantity) => Some(quantity),
            Level::Column(_) => None,
        })
        .collect()
}

/// Whether two units that say something say different things; a unit noun of one's own is taken as said.
fn differs(written: &Unit, metric: &Unit) -> bool {
    match (written, metric) {
        (Unit::Money(a), Unit::Money(b)) => !same_sign(a, b),
        (Unit::Money(a), Unit::Named(unit)) => match unit_meaning(unit) {
            Some(UnitOf::Money(b, _)) => !same_sign(a, &b),
            Some(_) => true,
            None => false,
        },
        (Unit::Money(_), Unit::Percent | Unit::Duration(_)) => true,
        (Unit::Percent | Unit::Points, Unit::Money(_) | Unit::Duration(_)) => true,
        (Unit::Duration(_), Unit::Money(_) | Unit::Percent) => true,
        _ => false,
    }
}

fn word(unit: &Unit) -> String {
    match unit {
        Unit::None => "no unit".to_owned(),
        Unit::Percent => "percent".to_owned(),
        Unit::Points => "percentage points".to_owned(),
        Unit::Money(code) => code.clone(),
        Unit::Duration(_) => "a length of time".to_owned(),
        Unit::Times => "times".to_owned(),
        Unit::Named(name) => name.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::DurationUnit;

    #[test]
    fn units_that_cannot_be_compared() {
        let (sek, eur, dkk) =
            (Unit::Money("SEK".to_owned()), Unit::Money("EUR".to_owned()), Unit::Money("DKK".to_owned()));
        assert!(differs(&eur, &sek));
        assert!(!differs(&dkk, &sek), "`kr` is both");
        assert!(!differs(&Unit::None, &sek));
        assert!(!differs(&Unit::Named("orders".to_owned()), &sek));
        assert!(differs(&Unit::Duration(DurationUnit::Day), &Unit::Percent));
        assert!(differs(&Unit::Percent, &sek));
        assert!(!differs(&Unit::Percent, &Unit::None));
    }
}
