//! Everything `bind` has to say: dates (C) and values of segments (N3).

use chrono::NaiveDate;

use crate::calendar::{CalendarError, Grain, Period};
use crate::cell::CellRef;
use crate::diagnostic::{Code, Diagnostic, Location, Severity};
use crate::source::Span;
use crate::wording::{count, group, list, nearest};

/// `2010-07-01 to 2010-09-30`; one day by itself.
pub(crate) fn days(period: Period) -> String {
    if period.days() == 1 {
        period.start.to_string()
    } else {
        format!("{} to {}", period.start, period.last_day())
    }
}

/// Several stretches of days.
pub(crate) fn stretches(periods: &[Period]) -> String {
    let shown: Vec<String> = periods.iter().take(6).map(|p| days(*p)).collect();
    let more = periods.len().saturating_sub(shown.len());
    let tail = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{tail}", shown.join(", "))
}

/// A time clause that has no place on the calendar.
pub(super) fn calendar(span: Span, error: &CalendarError) -> Diagnostic {
    match error {
        CalendarError::NoSuchPeriod(what) => {
            Diagnostic::error(Code::C101, span, format!("no such period: {what}"))
                .label("the calendar has no such days")
        }
        CalendarError::Reversed { first, last } => Diagnostic::error(
            Code::C102,
            span,
            format!("the window ends on {last}, before it starts on {first}"),
        )
        .label("a range is never turned round")
        .help("write the earlier date first"),
        CalendarError::OutOfRange => {
            Diagnostic::error(Code::C103, span, "days outside the years 1 to 9999").label("too far away")
        }
        CalendarError::Unread => Diagnostic::error(
            Code::C123,
            span,
            "the fiscal year of this goal stands in a calendar sheet that cannot be used",
        )
        .label("counted from the start of the fiscal year")
        .help("the finding on the `calendar` line says why"),
    }
}

/// A window that cuts a period of the data.
pub(super) fn cuts_period(span: Span, window: Period, grain: Grain, proposals: &[String]) -> Diagnostic {
    let unit = grain.noun();
    let mut made = Diagnostic::error(Code::C104, span, format!("the window {} cuts a {unit}", days(window)))
        .label(format!("the data have one date per {unit}: a part of it cannot be measured"));
    for proposal in proposals {
        made = made.help(format!("whole {unit}s: `{proposal}`"));
    }
    made
}

/// `within N …` that is no whole number of the data's periods.
pub(super) fn no_multiple(span: Span, number: i64, unit: Grain, grain: Grain) -> Diagnostic {
    let by = grain.noun();
    let asked = count(usize::try_from(number).unwrap_or(usize::MAX), unit.noun());
    Diagnostic::error(Code::C105, span, format!("{asked} are no whole number of {by}s"))
        .label(format!("the data have one date per {by}"))
        .help(format!("write a number of {by}s: `within 1 {by}`"))
}

/// A relative period without a declared date.
pub(super) fn undeclared(span: Span, anchor: NaiveDate, window: Period) -> Diagnostic {
    Diagnostic::warning(Code::C106, span, "a relative period without a declared date")
        .label(format!("taken from {anchor}, the last day of the data: {}", days(window)))
        .with_note("the same goal means other days once the data go on")
        .help(format!("pin it at the top of the goal file: `declared {anchor}`"))
}

/// `as of` after the last day of the data.
pub(super) fn later_as_of(source: &str, as_of: NaiveDate, through: NaiveDate) -> Diagnostic {
    Diagnostic::new(
        Code::C107,
        Severity::Note,
        Location::Nowhere,
        format!("as of {as_of} is later than the data of `{source}`, which run through {through}"),
    )
    .with_note("it moves nothing but which windows are over")
}

/// Rows far away from all others.
pub(super) fn suspect_dates(
    source: &str,
    rows: u64,
    first: NaiveDate,
    last: NaiveDate,
    cells: &[CellRef],
) -> Diagnostic {
    let at = cells.first().map_or(Location::Nowhere, |cell| Location::Cell(*cell));
    let dates = if first == last { first.to_string() } else { format!("{first} … {last}") };
    let rows = count(usize::try_from(rows).unwrap_or(usize::MAX), "row");
    let mut made = Diagnostic::new(
        Code::C108,
        Severity::Warning,
        at,
        format!("suspect date in `{source}`: {rows} far from all others ({dates})"),
    )
    .label("moves neither the first nor the last day of the data")
    .help("correct the cell, or leave the rows out with `ignore rows where …`");
    for cell in cells.iter().skip(1) {
        made = made.related(Location::Cell(*cell), "suspect as well");
    }
    made
}

/// A baseline that the data do not cover.
pub(super) fn baseline_missing(span: Span, baseline: Period, missing: &[Period]) -> Diagnostic {
    Diagnostic::warning(Code::C109, span, format!("no baseline: the data do not cover {}", days(baseline)))
        .label(format!("no rows {}", stretches(missing)))
        .help("compare with a period that the data cover (`compared to previous quarter`), or state the target (`to X`)")
}

/// Days without rows where rows are usual.
pub(super) fn holes(span: Span, what: &str, holes: &[Period]) -> Diagnostic {
    Diagnostic::warning(Code::C110, span, format!("days without rows in the {what}: {}", stretches(holes)))
        .label("longer than the usual gap between rows")
}

/// A window that ends a little after the data.
pub(super) fn ends_past_data(span: Span, window: Period, through: NaiveDate) -> Diagnostic {
    let end = window.last_day();
    Diagnostic::note(Code::C111, span, format!("the window ends on {end}, the data on {through}"))
        .label("not over until the data reach its last day")
        .help(format!("if nothing is missing, say so under the `data` line: `complete through {end}`"))
}

/// The mean of years that do not lie before the window.
pub(super) fn average_reaches_window(span: Span, first: i32, last: i32, window: Period) -> Diagnostic {
    Diagnostic::error(Code::C112, span, format!("the average of {first} to {last} reaches into the window"))
        .label(format!("the window begins on {}", window.start))
        .help("name years before the window, the earlier first")
}

/// Week 53 against a year of 52.
pub(super) fn week_53(span: Span, baseline: Period) -> Diagnostic {
    Diagnostic::note(Code::C113, span, "week 53 has no counterpart in a year of 52 weeks")
        .label(format!("compared with week 52, {}", days(baseline)))
}

/// A source none of whose rows has a date.
pub(super) fn undated_source(span: Span, source: &str) -> Diagnostic {
    Diagnostic::error(Code::C114, span, format!("no row of `{source}` has a date"))
        .label("without dates there is no window to measure")
        .help("name the column that dates the rows under the `data` line: `dates in COLUMN`")
}

/// A guardrail with a comparison.
pub(super) fn keep_compared(span: Span) -> Diagnostic {
    Diagnostic::error(Code::C115, span, "a guardrail holds a level, and compares with nothing")
        .label("`keep …` and `compared to …` exclude each other")
        .help("state the level (`keep X at least 500`), or a change (`increase X by 10% compared to …`)")
}

/// A value that no row has.
pub(super) fn no_such_value(span: Span, value: &str, place: &str, texts: &[&str]) -> Diagnostic {
    let near = nearest(value, texts.iter().copied());
    let mut made = Diagnostic::error(Code::N301, span, format!("no row has the value `{value}`"))
        .label(format!("not among the values of {place}"));
    if !near.is_empty() {
        made = made.help(format!("did you mean {}?", list(&near)));
    } else if !texts.is_empty() {
        let shown: Vec<&str> = texts.iter().take(12).copied().collect();
        made = made.with_note(format!("it holds {}", list(&shown)));
    }
    made
}

/// Some of the values of a list that no row has.
pub(super) fn value_of_list_missing(span: Span, value: &str, place: &str, texts: &[&str]) -> Diagnostic {
    let mut made = no_such_value(span, value, place, texts);
    made.severity = Severity::Warning;
    made.with_note("the other values of the list are counted")
}

/// A bare value that stands in several columns.
pub(super) fn value_in_several(span: Span, value: &str, columns: &[String]) -> Diagnostic {
    let mut made = Diagnostic::error(Code::N302, span, format!("`{value}` stands in several columns"))
        .label(format!("found in {}", list(columns)));
    for column in columns {
        made = made.help(format!("write `for {column} = \"{value}\"`"));
    }
    made
}

/// The values of a list that no one column holds together.
pub(super) fn values_of_different_columns(span: Span, found: &[(String, Vec<String>)]) -> Diagnostic {
    let mut made = Diagnostic::error(Code::N302, span, "the values of one list stand in different columns")
        .label("a list is looked up in one column");
    for (value, columns) in found {
        made = made.with_note(format!("`{value}` stands in {}", list(columns)));
    }
    made.help("filter twice: `for A = \"x\" where B = \"y\"`")
}

/// A source of the metric that lacks the column of a looked-up value.
pub(super) fn lacks_column(span: Span, column: &str, lacking: &str, having: &str) -> Diagnostic {
    Diagnostic::error(Code::N303, span, format!("source `{lacking}` has no column `{column}`"))
        .label(format!("the value was found in `{having}`; the metric also reads `{lacking}`"))
        .help(format!("say which column stands for it: `column {column} in {lacking} = COLUMN`"))
}

/// `for each` over too many values.
pub(super) fn too_many_values(span: Span, column: &str, found: usize, most: usize) -> Diagnostic {
    Diagnostic::error(Code::N304, span, format!("`for each {column}` makes {found} goals, more than {most}"))
        .label("one goal per value")
        .help("take a column with fewer values, or narrow the goal with `where`")
}

/// A guardrail over more periods than can be judged one by one.
pub(super) fn too_many_periods(span: Span, of: &str, found: usize, most: usize) -> Diagnostic {
    let message = format!("{of} has {} periods, more than {}", group(found), group(most));
    Diagnostic::error(Code::C116, span, message)
        .label("each period is judged by itself")
        .help("take a shorter window, or a longer period: `every month`, `every year`")
}

/// `for each` over a column without values in the goal's time.
pub(super) fn no_values(span: Span, column: &str, window: Period) -> Diagnostic {
    Diagnostic::error(Code::N305, span, format!("`for each {column}` makes no goal"))
        .label(format!("no row in {}, nor in its baseline, has a value", days(window)))
}
