//! Row expressions: [`crate::resolve::RowExpr`] + [`Schema`] → [`Typed`] (kinds fit) → [`Program`] (bound to rows) →
//! values, in chunks of rows and in typed buffers.
//!
//! Numbers are doubles with NaN for missing, dates are days, texts are codes or strings, truth has three values.

pub mod blocks;
mod check;
mod choice;
mod dates;
pub(crate) mod days;
mod fault;
mod lift;
mod lookup;
mod materialise;
mod number;
mod numbers;
mod per_text;
mod program;
mod rounding;
mod schema;
mod string;
mod strings;
mod texts;
mod truths;
mod typed;

pub use check::{check, check_as, check_condition};
pub(crate) use fault::Mark;
pub use fault::{Fault, FaultRows, Faults};
pub use materialise::materialise;
pub use per_text::OccurringCodes;
pub(crate) use program::length;
pub use program::{CHUNK, Program};
pub use rounding::{compare_digits, number_text, round_digits};
pub use schema::{ColumnKey, Schema};
pub use typed::Typed;

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
