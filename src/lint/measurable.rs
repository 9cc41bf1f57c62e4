//! M: a number and its unit are there.

use rust_decimal::Decimal;

use crate::diagnostic::Diagnostic;
use crate::judge::{quantities, takes_points};
use crate::quantity::Unit;
use crate::syntax::Change;

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
