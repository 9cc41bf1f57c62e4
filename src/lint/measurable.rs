//! M: a number and its unit are there.

use rust_decimal::Decimal;

use crate::diagnostic::Diagnostic;
use crate::judge::takes_points;
use crate::quantity::{Quantity, Unit};
use crate::syntax::{Change, Level};

use super::{Subject, errors};

/// Up to this share a change is small.
const SMALL: Decimal = Decimal::from_parts(5, 0, 0, false, 2);

pub(super) fn findings(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let change = &subject.goal.change;
    let mut found = Vec::new();
    for quantity in quantities(&change.node) {
        let plain = quantity.unit == Unit::None;
        if plain
            && takes_points(subject.metric)
            && quantity.value > Decimal::ONE
            && subject.metric.unit == Unit::Percent
        {
            found.push(errors::share_above_one(change.span, quantity.value));
        } else if differs(&quantity.unit, &subject.metric.unit) {
            let (written, metric) = (word(&quantity.unit), word(&subject.metric.unit));
            found.push(errors::unit_differs(change.span, &written, &metric));
        }
    }
    if let (Change::Percent(share), None) = (&change.node, &subject.goal.clauses.status)
        && *share <= SMALL
    {
        // one line of several goals has no figures of its own
        let facts = subject.facts;
        let own = facts.for_each.is_none();
        let (pace, deviation) = if own { (facts.pace, facts.deviation) } else { (None, None) };
        found.push(errors::small_change(change.span, *share, pace, deviation));
    }
    found
}

/// The amounts of a change.
fn quantities(change: &Change) -> Vec<&Quantity> {
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
        (Unit::Money(a), Unit::Money(b)) => a != b,
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
