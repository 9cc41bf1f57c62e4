//! T: the goal has a window, anchored and with an end.

use crate::calendar::{Calendar, Grain, PeriodPhrase, Time};
use crate::diagnostic::Diagnostic;
use crate::resolve::Model;

use super::{Subject, errors};

pub(super) fn findings(subject: &Subject<'_>, model: &Model) -> Vec<Diagnostic> {
    let window = subject.plan.window;
    if subject.plan.timeless {
        return vec![errors::no_time(subject.model.span, window)];
    }
    let Some(time) = &subject.goal.time else { return Vec::new() };
    let calendar = &model.calendar;
    let own_year = calendar.is_drawn()
        || *calendar != Calendar { named_by_start: calendar.named_by_start, ..Calendar::default() };
    if own_year && phrases(&time.node).into_iter().any(is_unmarked) {
        vec![errors::unmarked_period(time.span, window)]
    } else {
        Vec::new()
    }
}

fn phrases(time: &Time) -> Vec<&PeriodPhrase> {
    match time {
        Time::In(phrase) | Time::By(phrase) => vec![phrase],
        Time::From { start, until } => std::iter::once(start).chain(until).collect(),
        Time::Rolling { by, .. } => by.iter().collect(),
        Time::Within { .. } | Time::For { .. } => Vec::new(),
    }
}

/// A quarter, half or year that could be meant as a fiscal one.
fn is_unmarked(phrase: &PeriodPhrase) -> bool {
    match phrase {
        PeriodPhrase::Quarter { fiscal, .. } | PeriodPhrase::Half { fiscal, .. } => !fiscal,
        PeriodPhrase::Year(_) => true,
        PeriodPhrase::Relative { grain, fiscal, .. } => {
            !fiscal && matches!(grain, Grain::Quarter | Grain::Half | Grain::Year)
        }
        PeriodPhrase::Part { of, .. } => is_unmarked(of),
        PeriodPhrase::Range(first, last) => is_unmarked(first) || is_unmarked(last),
        _ => false,
    }
}
