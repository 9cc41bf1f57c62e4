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

pub(crate) use words::name_words;

/// The names that begin as the phrase does, in any language: `Antal besøgende` for `antallet af besøgende`. In a translated
/// file the head of a phrase is translated (`number of besøgende`), and the name it is part of is not.
pub(crate) fn names_with_head(head: &PhraseHead, words: &str) -> Vec<String> {
    let canonical = match head {
        PhraseHead::NumberOf => "number-of",
        PhraseHead::ShareOf(_) => "share-of",
        PhraseHead::Aggregate(AggregateFunction::Sum) => "agg:sum",
        PhraseHead::Aggregate(AggregateFunction::Average) => "average",
        PhraseHead::Aggregate(AggregateFunction::Median) => "agg:median",
        PhraseHead::Aggregate(AggregateFunction::Max) => "agg:max",
        PhraseHead::Aggregate(AggregateFunction::Min) => "agg:min",
        PhraseHead::Aggregate(AggregateFunction::First) => "first",
        PhraseHead::Aggregate(AggregateFunction::Last) => "last",
        PhraseHead::Aggregate(_) | PhraseHead::Bare | PhraseHead::Per(_) => return Vec::new(),
    };
    words::forms_everywhere(canonical).map(|form| format!("{form} {words}")).collect()
}

/// Whether a line that was not understood begins as a `data` statement.
pub(crate) fn names_data(text: &str, language: Language) -> bool {
    lower::leading_keyword(text, language).as_deref() == Some("data")
}
