//! Messages about the clauses of a goal.

use super::{Finding, error};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

pub(crate) fn weight(span: Span, text: &str) -> Finding {
    error(Code::P240, span, format!("expected a weight of zero or more, found `{text}`"))
}

pub(crate) fn row_count(span: Span, text: &str) -> Finding {
    error(Code::P240, span, format!("expected a whole number of rows, found `{text}`"))
}

pub(crate) fn reward(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(
            Code::P241,
            span,
            format!("expected amounts at rising shares of attainment, found `{text}`"),
        )
        .help("write `reward: 5 000 SEK at 100%, 8 000 SEK at 120%`"),
    )
}

pub(crate) fn status_clause(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P242, span, format!("expected two thresholds, found `{text}`"))
            .help("write `status: on track 95%, at risk 75%` (pace) or `status: on track within 2%, at risk within 5%` (deviation)"),
    )
}

pub(crate) fn pace(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P243, span, format!("expected a shape of the path, found `{text}`"))
            .help("write `pace linear`, `pace seasonal`, `pace working days` or `pace split 20%, 30%, 50%`"),
    )
}

pub(crate) fn split_sum(span: Span, text: &str, sum: rust_decimal::Decimal) -> Finding {
    let sum = (sum * rust_decimal::Decimal::ONE_HUNDRED).normalize();
    error(Code::P243, span, format!("expected shares that add up to 100%, found {sum}% in `{text}`"))
}

pub(crate) fn review(span: Span, text: &str) -> Finding {
    error(Code::P244, span, format!("expected `weekly`, `monthly`, `quarterly` or the like, found `{text}`"))
}

pub(crate) fn retarget(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P245, span, format!("expected a change, found `{text}`"))
            .help("write `from 2025-07-01: by 12%`"),
    )
}
