//! goalsheet turns goals written as plain text into answers over Excel exports.

pub mod aggregate;
pub mod bind;
pub mod calendar;
pub mod cell;
pub mod data;
pub mod derive;
pub mod diagnostic;
pub mod judge;
pub mod quantity;
pub mod render;
pub mod report;
pub mod resolve;
pub mod source;
pub mod syntax;
pub mod wording;
