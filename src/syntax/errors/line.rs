//! Messages about lines.

use super::{Finding, error};
use crate::diagnostic::{Code, Diagnostic};
use crate::language::Language;
use crate::source::Span;
use crate::syntax::grammar::{DEEPEST, DEEPEST_IN_SENTENCE, LONGEST, MOST_OPERANDS};
use crate::syntax::words::Mode;
use crate::wording;

pub(crate) fn line_not_understood(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P101, span, format!("expected a statement or a goal, found `{text}`"))
            .help("write a goal: `increase revenue by 10% by 2025-12-31`"),
    )
}

pub(crate) fn indented_first(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P102, span, format!("expected a statement above the indented line `{text}`"))
            .label("an indented line is a clause of the statement above it")
            .help("begin the line at the margin to make it a statement"),
    )
}

pub(crate) fn line_too_long(span: Span, length: usize) -> Finding {
    let found = wording::group(length);
    let limit = wording::group(LONGEST);
    error(Code::P103, span, format!("expected a line of at most {limit} bytes, found {found}"))
}

pub(crate) fn too_deep(span: Span, mode: Mode) -> Finding {
    let (limit, place) = match mode {
        Mode::Sentence => (DEEPEST_IN_SENTENCE, " in a sentence"),
        Mode::Statement => (DEEPEST, ""),
    };
    Box::new(
        Diagnostic::error(
            Code::P104,
            span,
            format!("expected at most {limit} levels of brackets{place}, found more"),
        )
        .help("declare the inner part as a `column` or `metric` of its own"),
    )
}

pub(crate) fn too_many_operands(span: Span) -> Finding {
    let limit = wording::group(MOST_OPERANDS);
    Box::new(
        Diagnostic::error(
            Code::P104,
            span,
            format!("expected at most {limit} operands and operators in a line, found more"),
        )
        .help("declare a part as a `column` or `metric` of its own, or put a list of values in a table"),
    )
}

pub(crate) fn too_many_refused(span: Span, refused: usize) -> Finding {
    let refused = wording::group(refused);
    Box::new(
        Diagnostic::error(
            Code::P107,
            span,
            format!("the file is not read from here on: {refused} statements before are not understood"),
        )
        .help("is it a goal file? check its `language` line and the first findings"),
    )
}

pub(crate) fn deep_heading(span: Span, level: u32) -> Finding {
    Box::new(
        Diagnostic::warning(Code::P105, span, format!("heading of level {level} is read as level 3"))
            .with_note("`#` is the company, `##` a department, `###` a team"),
    )
}

pub(crate) fn unknown_language(span: Span, code: &str) -> Finding {
    let codes: Vec<&str> = Language::ALL.iter().map(|language| language.code()).collect();
    error(Code::P106, span, format!("unknown language `{code}`, expected {}", wording::list(&codes)))
}

/// A table of Markdown: prose, which a reader might take for goals.
pub(crate) fn table_not_read(span: Span) -> Diagnostic {
    Diagnostic::warning(Code::P116, span, "a table is not read")
        .label("goals stand on lines of their own")
        .help("targets in a table belong in a sheet: `for each region: increase revenue to targets.revenue`")
}
