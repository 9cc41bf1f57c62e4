//! Everything `judge` has to say beside its figures: amounts (M).

use rust_decimal::Decimal;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// A share as percent: `0.05` is `5%`.
pub(crate) fn percent(share: Decimal) -> String {
    let value = share.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(share);
    format!("{}%", value.normalize())
}

/// An amount with six significant digits at most.
pub(crate) fn shown(value: Decimal) -> String {
    value.round_sf(6).unwrap_or(value).normalize().to_string()
}

/// Points asked of what is no plain ratio.
pub(super) fn points_need_ratio(span: Span, metric: &str, points: Decimal) -> Diagnostic {
    let number = points.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(points).normalize();
    Diagnostic::error(Code::M102, span, format!("percentage points of `{metric}`, which is no plain ratio"))
        .label("points are added to a share, such as orders per visit")
        .help(format!("a share of the baseline: `by {number}%`"))
        .help(format!("an amount: `by {number}`"))
}

/// An amount in another unit than the metric's.
pub(super) fn unit_differs(span: Span, written: &str, metric: &str) -> Diagnostic {
    Diagnostic::error(Code::M107, span, format!("the amount is in {written}, the metric in {metric}"))
        .label("they cannot be compared")
        .help("write the amount in the metric's unit, or convert in the metric")
}

/// Bare points of a share.
pub(super) fn bare_points(span: Span, metric: &str, points: Decimal) -> Diagnostic {
    let number = points.normalize();
    Diagnostic::error(Code::M109, span, format!("`{number} points` of the share `{metric}`"))
        .label("percentage points are meant?")
        .help(format!("write `{number} percentage points` or `{number} pp`"))
}

/// A percent change of a ratio has two readings.
pub(super) fn percent_of_ratio(
    span: Span,
    share: Decimal,
    relative: (Decimal, Decimal),
    points: Decimal,
) -> Diagnostic {
    let (base, target) = relative;
    Diagnostic::warning(Code::M103, span, format!("`by {}` of a ratio is taken as relative", percent(share)))
        .label(format!("from {} to {}", shown(base), shown(target)))
        .with_note(format!("in percentage points it would be {}", shown(points)))
        .help(format!(
            "for points write `by {} percentage points`",
            share.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(share).normalize()
        ))
}

/// The baseline stated in the goal is not the one measured.
pub(super) fn stated_baseline_differs(span: Span, stated: Decimal, measured: Decimal) -> Diagnostic {
    Diagnostic::warning(Code::M104, span, format!("the baseline is {} in the data", measured.normalize()))
        .label(format!("{} is stated; the measured value counts", stated.normalize()))
}

/// A target sheet without a row for the goal.
pub(super) fn no_target_row(span: Span, segment: Option<&str>) -> Diagnostic {
    let whose = segment.map_or_else(String::new, |s| format!(" and {s}"));
    Diagnostic::warning(Code::M105, span, format!("no target in the sheet for the goal's window{whose}"))
        .label("no row of the target sheet matches")
}

/// A baseline of 0 (or below) that no share can be taken of.
pub(super) fn useless_baseline(span: Span, value: Decimal) -> Diagnostic {
    Diagnostic::warning(
        Code::M106,
        span,
        format!("the baseline is {}: a share of it is no target", value.normalize()),
    )
    .label("no baseline to compare with")
    .help("state an amount instead: `by 500`, or a level: `to 500`")
}
