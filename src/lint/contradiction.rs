//! Goals that cannot both hold: the same measure over the same rows and days, held to values that do not meet.

use rust_decimal::Decimal;

use crate::diagnostic::Diagnostic;
use crate::judge::{ChangeFigures, Target, errors::shown};
use crate::syntax::Direction;

use super::{Subject, errors};

/// Which final values a goal allows.
struct Allowed {
    low: Option<Decimal>,
    high: Option<Decimal>,
    /// The ends themselves are not allowed.
    strict: bool,
}

pub(super) fn findings(subjects: &[Subject<'_>]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (at, second) in subjects.iter().enumerate() {
        for first in &subjects[..at] {
            if same_measure(first, second)
                && let Some(why) = clash(first, second)
            {
                found.push(errors::contradiction(second.model.span, first.model.span, &why));
            }
        }
    }
    found
}

/// The same metric, rows and days, measured alike.
fn same_measure(a: &Subject<'_>, b: &Subject<'_>) -> bool {
    let every = |s: &Subject<'_>| s.plan.guardrail.as_ref().map(|g| g.grain);
    let by_period = every(a).is_some();
    a.facts.metric == b.facts.metric
        && a.plan.filters == b.plan.filters
        && every(a) == every(b)
        && a.plan.shape == b.plan.shape
        && if by_period {
            a.plan.window.start < b.plan.window.end && b.plan.window.start < a.plan.window.end
        } else {
            a.plan.window == b.plan.window
        }
}

fn clash(a: &Subject<'_>, b: &Subject<'_>) -> Option<String> {
    if let (Some(first), Some(second)) = (allowed(a), allowed(b)) {
        let meet = meets(&first, &second);
        return (!meet).then(|| format!("{} and {} exclude each other", words(&first), words(&second)));
    }
    // without a baseline the directions alone tell: more and less than the same
    let changes = |s: &Subject<'_>| {
        matches!(s.goal.direction, Direction::Increase | Direction::Decrease)
            && crate::bind::needs_baseline(&s.goal.change.node)
    };
    let opposed = changes(a)
        && changes(b)
        && a.facts.sign != b.facts.sign
        && a.goal.comparison.as_ref().map(|c| &c.node) == b.goal.comparison.as_ref().map(|c| &c.node);
    opposed.then(|| "one asks for more, the other for less, over the same days".to_owned())
}

fn allowed(subject: &Subject<'_>) -> Option<Allowed> {
    let facts = subject.facts;
    // which way a bare level is meant was only guessed
    let bare = matches!(facts.change, Some(ChangeFigures::One { kind: "level", .. }));
    if bare && facts.direction == Some(Direction::Reach) && subject.metric.higher_is_better.is_none() {
        return None;
    }
    let strict = matches!(facts.change, Some(ChangeFigures::One { kind: "above" | "below", .. }));
    match facts.target? {
        Target::One(value) if facts.sign > 0 => Some(Allowed { low: Some(value), high: None, strict }),
        Target::One(value) => Some(Allowed { low: None, high: Some(value), strict }),
        Target::Range { low, high } => Some(Allowed { low: Some(low), high: Some(high), strict: false }),
    }
}

fn meets(a: &Allowed, b: &Allowed) -> bool {
    let low = a.low.into_iter().chain(b.low).max();
    let high = a.high.into_iter().chain(b.high).min();
    match (low, high) {
        (Some(low), Some(high)) => low < high || (low == high && !a.strict && !b.strict),
        _ => true,
    }
}

fn words(allowed: &Allowed) -> String {
    match (allowed.low, allowed.high, allowed.strict) {
        (Some(low), Some(high), _) => format!("between {} and {}", shown(low), shown(high)),
        (Some(low), None, false) => format!("at least {}", shown(low)),
        (Some(low), None, true) => format!("above {}", shown(low)),
        (None, Some(high), false) => format!("at most {}", shown(high)),
        (None, Some(high), true) => format!("below {}", shown(high)),
        (None, None, _) => "anything".to_owned(),
    }
}
