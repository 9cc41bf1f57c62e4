//! Everything `lint` has to say: the SMART findings.

use rust_decimal::Decimal;

use crate::calendar::Period;
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::judge::errors::{percent, shown};
use crate::source::Span;

fn days(period: Period) -> String {
    format!("{} to {}", period.start, period.last_day())
}

/// `improve` of a metric that does not say which way is better.
pub(super) fn improve_which_way(span: Span, metric: &str) -> Diagnostic {
    Diagnostic::note(Code::S101, span, format!("`improve {metric}` is read as increase"))
        .label("the metric does not say which way is better")
        .help("add a clause to the metric: `lower is better` or `higher is better`")
}

/// A level of a share that reads as a percent without its sign.
pub(super) fn share_above_one(span: Span, value: Decimal) -> Diagnostic {
    let number = value.normalize();
    Diagnostic::warning(Code::M101, span, format!("`{number}` of a share is {}", percent(value)))
        .label("a unit is missing")
        .help(format!("write `{number}%` if percent is meant"))
}

/// A small relative change, which pace magnifies.
pub(super) fn small_change(
    span: Span,
    share: Decimal,
    pace: Option<Decimal>,
    deviation: Option<Decimal>,
) -> Diagnostic {
    let part =
        |value: Option<Decimal>| value.map_or_else(|| "unknown".to_owned(), |v| percent(v.round_dp(4)));
    Diagnostic::note(
        Code::M108,
        span,
        format!("`by {}` is a small change: pace magnifies it", percent(share)),
    )
    .label(match (pace, deviation) {
        (None, None) => "a little noise decides the status".to_owned(),
        _ => format!("pace {}, deviation from the path {}", part(pace), part(deviation)),
    })
    .help("judge by the deviation: `status: on track within 2%, at risk within 5%`")
}

/// A target that the baseline has passed already.
pub(super) fn already_met(span: Span, baseline: Decimal, target: Decimal) -> Diagnostic {
    Diagnostic::warning(
        Code::A101,
        span,
        format!("the target {} is met by the baseline already", shown(target)),
    )
    .label(format!("the baseline is {}: nothing has to change", shown(baseline)))
    .help("state a target beyond the baseline, or hold the level with `keep`")
}

/// What is asked against what has been done before.
pub(super) struct History {
    /// The change asked for, as a share.
    pub wanted: Decimal,
    /// How many changes of the past are known.
    pub count: usize,
    /// How many of them were as good.
    pub reached: usize,
    /// The best of them.
    pub best: Decimal,
}

/// A change that the past has hardly or never seen.
pub(super) fn against_history(span: Span, history: &History) -> Diagnostic {
    let message = format!("a change of {} on the year before", percent(history.wanted.round_dp(4)));
    let share = Decimal::from(history.reached as u64).checked_div(Decimal::from(history.count as u64));
    let made = if history.reached == 0 {
        Diagnostic::warning(Code::A102, span, format!("{message} has never been seen"))
    } else {
        Diagnostic::note(Code::A102, span, format!("{message} has been seen before"))
    };
    made.label(format!(
        "{} of {} earlier changes reached it ({}), the best was {}",
        history.reached,
        history.count,
        percent(share.unwrap_or_default().round_dp(2)),
        percent(history.best.round_dp(4))
    ))
}

/// A goal that says neither what it supports nor why.
pub(super) fn no_reason(span: Span) -> Diagnostic {
    Diagnostic::note(Code::R101, span, "the goal says neither what it supports nor why")
        .help("add a clause under it: `supports: LABEL` or `because: …`")
}

/// A goal that supports one whose metric it cannot move.
pub(super) fn moves_nothing(span: Span, label: &str) -> Diagnostic {
    Diagnostic::note(Code::R102, span, format!("`{label}` is measured from other data"))
        .label("nothing that this goal measures enters the goal it supports")
}

/// No time in the goal.
pub(super) fn no_time(span: Span, window: Period) -> Diagnostic {
    Diagnostic::warning(Code::T101, span, "no time is stated")
        .label(format!("taken as the fiscal year that holds the last day of the data: {}", days(window)))
        .help(format!("state it: `by {}`", window.last_day()))
}

/// A calendar period where the fiscal year is another.
pub(super) fn unmarked_period(span: Span, window: Period) -> Diagnostic {
    Diagnostic::note(Code::T102, span, format!("a calendar period: {}", days(window)))
        .label("the fiscal year is not the calendar year")
        .help("fiscal ones say so: `FY2026`, `Q4 FY2026`, `next fiscal quarter`")
}

/// Two goals that cannot both hold.
pub(super) fn contradiction(span: Span, other: Span, why: &str) -> Diagnostic {
    Diagnostic::error(Code::A201, span, "contradicts another goal")
        .label(why.to_owned())
        .related(Location::Text(other), "the other goal")
}
