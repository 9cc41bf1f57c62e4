//! goalsheet turns goals written as plain text into answers over Excel exports.
//!
//! ```text
//! text ── syntax::parse ──────────► Program ─┐
//! files ─ data::open ─────────────► Catalog ─┴─ resolve ─► Model
//!                                   data::load ─────────► Dataset ─ derive ─► Dataset
//! Model + Dataset ─ bind ─► Plan ─ aggregate ─► Measures ─ judge ─► Evaluation ─ report ─► Report ─ render ─► bytes
//! ```
//!
//! Each stage is a folder with one entry function and its own result type; [`run`] walks them in order.

pub mod aggregate;
pub mod bind;
pub mod calendar;
pub mod cell;
#[cfg(feature = "cli")]
pub mod cli;
pub mod data;
pub mod derive;
pub mod diagnostic;
pub mod inputs;
pub mod judge;
pub mod language;
pub mod lint;
pub mod names;
pub mod quantity;
pub mod render;
pub mod report;
pub mod resolve;
mod run;
pub mod source;
pub mod starter;
pub mod syntax;
pub mod wording;

pub use run::{Input, Options, Outcome, Resolved, resolve_only, run};
