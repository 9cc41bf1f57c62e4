//! Text → [`Program`]: what was written, nothing decided that needs data.
//!
//! pest cuts a line into chunks (`grammar/`), `lower` says what they mean. Never fails: what is not understood is a
//! diagnostic at its exact place, and the other statements stand.

pub mod ast;
mod errors;
pub mod format;
mod grammar;
mod lines;
mod lower;
pub mod readback;
pub mod translate;
mod words;

pub use ast::*;

use crate::diagnostic::Diagnostics;
use crate::source::Source;

/// Parses a goal file in its own `language`, or in `language` where it declares none.
pub fn parse(source: &Source, language: Language) -> (Program, Diagnostics) {
    lower::program(source, language)
}
