//! Messages about numbers, dates and expressions.

use super::{Finding, error};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::lower::NumeralProblem;

pub(crate) fn numeral(span: Span, text: &str, problem: &NumeralProblem) -> Finding {
    match problem {
        NumeralProblem::Ambiguous(whole, fraction) => Box::new(
            Diagnostic::error(
                Code::P120,
                span,
                format!("`{text}` can be two numbers: `{whole}` or `{fraction}`"),
            )
            .fix("thousands", span, whole.clone())
            .fix("decimals", span, fraction.clone()),
        ),
        NumeralProblem::Unreadable(Some(written)) => Box::new(
            Diagnostic::error(Code::P121, span, format!("expected a number, found `{text}`"))
                .label("thousands are grouped by three, and the language has its own decimal mark")
                .fix("write", span, written.clone()),
        ),
        NumeralProblem::Unreadable(None) => {
            error(Code::P121, span, format!("expected a number, found `{text}`"))
        }
        NumeralProblem::TooLarge => {
            error(Code::P122, span, format!("expected a number of at most 28 digits, found `{text}`"))
        }
    }
}

pub(crate) fn comma_in_list(span: Span, text: &str) -> Finding {
    let parts = text.replace(',', ", ");
    let joined = text.replace(',', "");
    Box::new(
        Diagnostic::error(Code::P120, span, format!("`{text}` inside brackets can be one number or several"))
            .fix("several", span, parts)
            .fix("one number", span, joined),
    )
}

pub(crate) fn not_a_number(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P121, span, format!("expected a number, found `{text}`"))
            .help("write digits, with a unit where there is one: `2`, `50%`, `5 000 SEK`"),
    )
}

pub(crate) fn not_a_period(span: Span, text: &str) -> Finding {
    error(Code::P130, span, format!("expected a date or period, found `{text}`"))
}

pub(crate) fn not_a_date(span: Span, text: &str) -> Finding {
    error(Code::P130, span, format!("expected a date such as `2025-12-31`, found `{text}`"))
}

pub(crate) fn no_such_date(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P131, span, format!("there is no date `{text}`"))
            .label("the month has fewer days, or the year fewer months")
            .help("write a day that there is, as `2025-12-31` or `31 December 2025`"),
    )
}

pub(crate) fn no_such_part(span: Span, text: &str, count: i32) -> Finding {
    error(Code::P131, span, format!("expected a number from 1 to {count} in `{text}`"))
}

pub(crate) fn short_year(span: Span, text: &str) -> Finding {
    error(Code::P132, span, format!("expected a year of four digits in `{text}`"))
}

pub(crate) fn date_without_year(span: Span, text: &str) -> Finding {
    error(Code::P132, span, format!("expected a date with its year, found `{text}`"))
}

pub(crate) fn uncertain_date(span: Span, text: &str, a: u32, b: u32, year: u32) -> Finding {
    let (day_first, month_first) = (format!("{year:04}-{b:02}-{a:02}"), format!("{year:04}-{a:02}-{b:02}"));
    Box::new(
        Diagnostic::error(
            Code::P133,
            span,
            format!("`{text}` can be two dates: `{day_first}` or `{month_first}`"),
        )
        .fix("day first", span, day_first)
        .fix("month first", span, month_first),
    )
}

pub(crate) fn split_year(span: Span, text: &str) -> Finding {
    error(Code::P131, span, format!("expected two years in a row, such as `2025/26`, found `{text}`"))
}

pub(crate) fn nothing_long(span: Span, text: &str) -> Finding {
    error(Code::P131, span, format!("expected at least one unit of time, found `{text}`"))
}

pub(crate) fn rolling_in_months(span: Span, text: &str) -> Finding {
    error(Code::P134, span, format!("expected a rolling window in months, quarters or years, found `{text}`"))
}

pub(crate) fn reversed_years(span: Span, text: &str) -> Finding {
    error(Code::P131, span, format!("expected the first year before the last, found `{text}`"))
}

pub(crate) fn not_an_expression(span: Span, text: &str) -> Finding {
    error(Code::P140, span, format!("expected an expression, found `{text}`"))
}

pub(crate) fn percentile_share(span: Span) -> Finding {
    Box::new(
        Diagnostic::error(
            Code::P141,
            span,
            "expected a value and a share between 0% and 100% in `percentile`",
        )
        .help("write `percentile(days, 90%)`"),
    )
}

pub(crate) fn aggregate_of_nothing(span: Span, function: &str) -> Finding {
    error(Code::P141, span, format!("expected a column in the brackets of `{function}`"))
}

pub(crate) fn where_in_row_function(span: Span, name: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P142, span, format!("`where` stands in aggregates only, found it in `{name}`"))
            .with_note("aggregates are sum, count, count distinct, average, median, min, max, percentile, stdev, first, last"),
    )
}

pub(crate) fn not_closed(span: Span, close: &str) -> Finding {
    Box::new(
        Diagnostic::error(
            Code::P143,
            span,
            format!("expected `{close}` before the end of the line, found none"),
        )
        .label("opened here")
        .help(format!("close it with `{close}`, or leave it out")),
    )
}
