//! Every message of the parser: one function per diagnostic, domain values in, wording here.

mod change;
mod clause;
mod line;
mod statement;
mod value;
mod word;

pub(crate) use change::*;
pub(crate) use clause::*;
pub(crate) use line::*;
pub(crate) use statement::*;
pub(crate) use value::*;
pub(crate) use word::*;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

type Finding = Box<Diagnostic>;

fn error(code: Code, span: Span, message: impl Into<String>) -> Finding {
    Box::new(Diagnostic::error(code, span, message))
}

fn before(span: Span) -> Span {
    Span { end: span.start, ..span }
}
