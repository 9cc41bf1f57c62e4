//! Diagnostics of calendar sheets.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// A calendar sheet that lists no usable years.
pub(super) fn unusable(span: Span, sheet: &str, why: &str, cells: &[String]) -> Box<Diagnostic> {
    let mut made = Diagnostic::error(Code::C120, span, format!("`{sheet}` cannot serve as calendar: {why}"))
        .label("goals in fiscal periods are invalid")
        .help(
            "a calendar sheet has one row for each period with its first day and its fiscal year (and its last \
             day), or one row for each day with its fiscal year and period",
        );
    if !cells.is_empty() {
        made = made.with_note(format!("at {}", cells.join(" and ")));
    }
    Box::new(made)
}

/// Columns of a calendar sheet that divide the days differently.
pub(super) fn two_columns(span: Span, sheet: &str, what: &str, columns: &[String]) -> Box<Diagnostic> {
    let shown: Vec<String> = columns.iter().map(|column| format!("`{column}`")).collect();
    Box::new(
        Diagnostic::error(
            Code::C121,
            span,
            format!("several columns of `{sheet}` may give the {what}: {}", shown.join(", ")),
        )
        .label("they divide the days differently")
        .help(format!(
            "say which, year before period: `calendar from {sheet} by [YEAR COLUMN], [PERIOD COLUMN]`"
        )),
    )
}

/// Years at the ends of the sheet that it does not hold whole.
pub(super) fn short_years(span: Span, sheet: &str, years: &[String], periods: usize) -> Diagnostic {
    Diagnostic::warning(
        Code::C122,
        span,
        format!("`{sheet}` holds {} only in part: left out", years.join(", ")),
    )
    .label(format!("a whole year has {periods} periods here"))
}
