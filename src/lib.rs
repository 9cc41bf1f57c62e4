//! goalsheet turns goals written as plain text into answers over Excel exports.

pub mod calendar;
pub mod cell;
pub mod diagnostic;
pub mod language;
pub mod names;
pub mod quantity;
pub mod render;
pub mod source;
pub mod syntax;
pub mod wording;
