//! [`Plan`] + [`Measures`] → [`Evaluation`]: statuses, pace, gap, forecast. Rows are unknown here.

pub mod evaluation;

pub use evaluation::*;

use crate::aggregate::Measures;
use crate::bind::Plan;
use crate::diagnostic::Diagnostics;
use crate::resolve::Model;

/// Judges every goal of the plan.
pub fn judge(_model: &Model, _plan: &Plan, _measures: &Measures) -> (Evaluation, Diagnostics) {
    (Evaluation::default(), Diagnostics::new())
}
