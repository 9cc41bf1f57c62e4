//! [`Model`] + [`Dataset`] → [`Plan`]: the data-through day, windows, baselines, segment values, goals of
//! `for each`, targets from sheets; and every request to measure, once.
//!
//! Asks the data two questions only: the dates of a source, the values of a column.

use chrono::NaiveDate;

use crate::aggregate::{FilterId, RequestId, Requests};
use crate::calendar::{AsOf, Grain, Period};
use crate::data::{Catalog, Dataset};
use crate::diagnostic::Diagnostics;
use crate::resolve::{AggregateId, MetricId, Model};

/// What is to be measured and what for.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Every measurement, once.
    pub requests: Requests,
    /// By index in `Model::sources`.
    pub sources: Vec<Option<SourcePlan>>,
    /// One per goal after `for each` is unrolled; invalid goals have none.
    pub goals: Vec<GoalPlan>,
}

/// The dates of a source.
#[derive(Debug, Clone, PartialEq)]
pub struct SourcePlan {
    /// The first day with a row, suspect dates left out.
    pub first: NaiveDate,
    /// The last day with a row, suspect dates left out.
    pub last: NaiveDate,
    /// D of this source.
    pub data_through: NaiveDate,
    /// The grain of its dates where every date is the first or last of a month, quarter or year; else day.
    pub grain: Grain,
    /// The usual gap in days (SPEC §4, Coverage).
    pub usual_gap: i64,
    /// Distinct days with rows, ascending, to `as of`.
    pub days: Vec<NaiveDate>,
    /// Rows with no date.
    pub undated: u64,
    /// Suspect dates with their cells are in the diagnostics; here how many rows.
    pub suspects: u64,
}

/// A metric over a filter and a period: one request per aggregate of its formula.
#[derive(Debug, Clone, PartialEq)]
pub struct MeasurePlan {
    /// The metric.
    pub metric: MetricId,
    /// The period.
    pub period: Period,
    /// For each aggregate of the formula its request.
    pub requests: Vec<(AggregateId, RequestId)>,
}

/// One goal, its dates and its measurements.
#[derive(Debug, Clone)]
pub struct GoalPlan {
    /// Index in `Model::goals`.
    pub goal: usize,
    /// The value of `for each`.
    pub for_each: Option<String>,
    /// Filter per source.
    pub filters: Vec<(usize, FilterId)>,
    /// Filter as text.
    pub segment: Option<String>,
    /// D.
    pub data_through: NaiveDate,
    /// The goal's time.
    pub window: Period,
}

/// Binds a model to the dates and values of its data.
pub fn bind(
    _model: &Model,
    _catalog: &Catalog,
    _dataset: &Dataset,
    _as_of: Option<AsOf>,
) -> (Plan, Diagnostics) {
    (Plan::default(), Diagnostics::new())
}
