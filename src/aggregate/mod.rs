//! Requests + [`Dataset`] → [`Measures`]: aggregate × filter × period, every source in one pass.
//!
//! The seam for another engine: nothing beyond knows rows.

pub mod formula;

pub use formula::NoValue;

use rust_decimal::Decimal;

use crate::calendar::Period;
use crate::data::Dataset;
use crate::diagnostic::Diagnostics;
use crate::resolve::{AggregateId, Model, RowExpr};

/// Index in [`Requests::filters`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FilterId(pub u32);
/// Index in [`Requests::requests`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RequestId(pub u32);

/// A filter over the rows of one source; rows for which it is true count.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    /// The source.
    pub source: usize,
    /// The condition; all parts must be true.
    pub conditions: Vec<RowExpr>,
}

/// One aggregate over the rows of its source that a filter takes, dated inside a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Request {
    /// The aggregate.
    pub aggregate: AggregateId,
    /// The filter; none takes all rows.
    pub filter: Option<FilterId>,
    /// The period; none takes all rows, dated or not.
    pub period: Option<Period>,
}

/// What is to be measured, each thing once.
#[derive(Debug, Clone, Default)]
pub struct Requests {
    /// Distinct filters.
    pub filters: Vec<Filter>,
    /// Distinct requests.
    pub requests: Vec<Request>,
}

/// What one request came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Measured {
    /// The value, rounded to 15 significant digits; none for an aggregate of nothing (sums and counts of nothing are 0).
    pub value: Option<Decimal>,
    /// Rows of the source that the filter and the aggregate's own `where` took in the period.
    pub rows: u64,
    /// Rows among them with a value of the argument.
    pub values: u64,
    /// Some value was negative.
    pub any_negative: bool,
    /// All values were whole numbers.
    pub all_whole: bool,
    /// It could not be computed (kinds that do not fit, several currencies, overflow): the diagnostics say why, and
    /// what needs it is invalid.
    pub invalid: bool,
}

/// The answers, by [`RequestId`].
#[derive(Debug, Clone, Default)]
pub struct Measures {
    /// One per request.
    pub answers: Vec<Measured>,
}

/// Measures everything requested.
pub fn aggregate(_model: &Model, _dataset: &Dataset, _requests: &Requests) -> (Measures, Diagnostics) {
    (Measures::default(), Diagnostics::new())
}
