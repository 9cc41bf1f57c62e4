//! Every message of the parser: one function per diagnostic, domain values in, wording here.

mod change;
mod clause;
mod line;
mod remedy;
mod statement;
mod value;
mod word;

pub(crate) use change::*;
pub(crate) use clause::*;
pub(crate) use line::*;
pub(crate) use remedy::*;
pub(crate) use statement::*;
pub(crate) use value::*;
pub(crate) use word::*;

use super::words::{Mode, table};
use crate::diagnostic::{Code, Diagnostic};
use crate::language::Language;
use crate::source::Span;

type Finding = Box<Diagnostic>;

fn error(code: Code, span: Span, message: impl Into<String>) -> Finding {
    Box::new(Diagnostic::error(code, span, message))
}

fn before(span: Span) -> Span {
    Span { end: span.start, ..span }
}

/// A word of sentences as the language of the file writes it.
fn word(language: Language, canonical: &str) -> &'static str {
    let table = table(language, Mode::Sentence);
    table.shown(table.written(canonical).unwrap_or(""))
}

/// What a message shows in the language of the file, by the key of its template.
fn shown(language: Language, key: &str) -> &'static str {
    table(language, Mode::Sentence).writing(key).first().map_or("", String::as_str)
}
