//! A: what is asked against what has been done before.

use rust_decimal::Decimal;

use crate::diagnostic::Diagnostic;
use crate::judge::Target;
use crate::syntax::{Change, Direction};

use super::errors::History;
use super::{Subject, errors};

/// Fewer periods than this say nothing about what is possible.
const FEWEST_PERIODS: usize = 24;

pub(super) fn findings(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let facts = subject.facts;
    let span = subject.goal.change.span;
    let base = facts.baseline.as_ref().and_then(|b| b.value);
    let (Some(base), Some(Target::One(target))) = (base, facts.target) else { return Vec::new() };
    if subject.goal.direction == Direction::Keep {
        return Vec::new();
    }
    let reached = if facts.sign > 0 { base >= target } else { base <= target };
    let states_level = matches!(
        subject.goal.change.node,
        Change::Level(_)
            | Change::AtLeast(_)
            | Change::AtMost(_)
            | Change::Above(_)
            | Change::Below(_)
            | Change::FromTo { .. }
    );
    if reached && states_level {
        return vec![errors::already_met(span, base, target)];
    }
    let wanted = (base > Decimal::ZERO).then(|| share(target, base)).flatten();
    wanted
        .and_then(|wanted| history(subject, wanted))
        .map(|h| errors::against_history(span, &h))
        .into_iter()
        .collect()
}

fn share(now: Decimal, then: Decimal) -> Option<Decimal> {
    now.checked_div(then)?.checked_sub(Decimal::ONE)
}

/// The changes of the past on the same unit a year before.
fn history(subject: &Subject<'_>, wanted: Decimal) -> Option<History> {
    let changes = &subject.facts.yearly_changes;
    if changes.len() < FEWEST_PERIODS {
        return None;
    }
    let up = subject.facts.sign > 0;
    let best = if up { changes.iter().max() } else { changes.iter().min() };
    let reached = changes.iter().filter(|c| if up { **c >= wanted } else { **c <= wanted }).count();
    Some(History { wanted, count: changes.len(), reached, best: best.copied()? })
}
