//! What is to be measured for each goal, and over which days.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::aggregate::{FilterId, RequestId, Requests};
use crate::calendar::{Grain, Period};
use crate::resolve::{AggregateId, MetricId};

/// What is to be measured and what for.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Every measurement, once.
    pub requests: Requests,
    /// By index in `Model::sources`; none for those without dates or not used.
    pub sources: Vec<Option<SourcePlan>>,
    /// One per goal after `for each` is unrolled, in file order; invalid goals have none.
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
    /// D was set by `complete through`: the days up to it are seen.
    pub complete: bool,
    /// The grain of its dates where every date is the first or last of a month, quarter or year; else day.
    pub grain: Grain,
    /// The usual gap in days, cut down to whole ones (SPEC §4, Coverage).
    pub usual_gap: i64,
    /// Distinct days with rows, ascending, suspect ones left out; those after D among them.
    pub days: Vec<NaiveDate>,
    /// Rows with no date.
    pub undated: u64,
    /// Rows with a suspect date; their cells are in the diagnostics.
    pub suspects: u64,
}

/// A metric over a filter and a period: one request per aggregate of its formula.
#[derive(Debug, Clone, PartialEq)]
pub struct MeasurePlan {
    /// The metric.
    pub metric: MetricId,
    /// The period.
    pub period: Period,
    /// For each aggregate of the formula its request; none where its source has no row in the period, which leaves
    /// it without a value (a stock is asked for on its one date).
    pub requests: Vec<(AggregateId, Option<RequestId>)>,
}

/// Which days give the actual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// The window to D: flows, and ratios and statistics `in P`.
    ToDate,
    /// The last whole units of the window: ratios and statistics `by X`, flows with a grain, `rolling … by X`.
    Stretch,
    /// The months that end on D, judged as a window that is over.
    Rolling,
    /// One date.
    Stock,
}

/// How a baseline relates to the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BaselineKind {
    /// The window, or the stretch that ends with it, this many years earlier.
    YearsBack(i32),
    /// Any other period.
    Other,
    /// The mean of the same window in several years.
    Average,
    /// The same window in another sheet.
    Sheet,
}

/// What the goal is compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct BaselinePlan {
    /// Its days; those of a mean run from the first of all to the last.
    pub period: Period,
    /// How it was found.
    pub kind: BaselineKind,
    /// Its values: one, or one per year of a mean.
    pub parts: Vec<BaselinePart>,
    /// Days of it that the data do not cover; with any of them it has no value.
    pub missing: Vec<Period>,
    /// Holes that leave it covered all the same.
    pub holes: Vec<Period>,
}

/// One value of a baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct BaselinePart {
    /// All of it.
    pub whole: MeasurePlan,
    /// The days that correspond to the measured ones; none where the data do not cover them or there is but one
    /// value.
    pub to_date: Option<MeasurePlan>,
}

/// A target that stands in a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SheetTargetPlan {
    /// Over the window.
    pub whole: Option<RequestId>,
    /// To D; none for a sheet without dates.
    pub to_date: Option<RequestId>,
    /// The sheet has dates: it is its own path.
    pub dated: bool,
}

/// How well the days to D are covered.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CoveragePlan {
    /// First day with a row of the source in the window to D.
    pub from: Option<NaiveDate>,
    /// Last day with a row.
    pub to: Option<NaiveDate>,
    /// Share of the days of the window to D that lie in no hole.
    pub share: Option<Decimal>,
    /// The holes.
    pub holes: Vec<Period>,
    /// One of those that count is not covered: it holds a whole month, or a period of the data's grain.
    pub broken: bool,
}

/// The periods of a guardrail with `every`.
#[derive(Debug, Clone, PartialEq)]
pub struct GuardrailPlan {
    /// The unit.
    pub grain: Grain,
    /// The whole units of the window that D has reached, in order.
    pub periods: Vec<MeasurePlan>,
}

/// The course of the window, for chart and table.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesPlan {
    /// The unit.
    pub grain: Grain,
    /// Its units, the first and last cut by the window.
    pub points: Vec<PointPlan>,
}

/// One step of the course.
#[derive(Debug, Clone, PartialEq)]
pub struct PointPlan {
    /// Its days.
    pub period: Period,
    /// D has reached its end.
    pub whole: bool,
    /// What was measured, to D; none after D.
    pub actual: Option<MeasurePlan>,
    /// From the window's start to the end of the point, or to D.
    pub actual_to_date: Option<MeasurePlan>,
    /// The same days of each part of the baseline.
    pub baseline: Vec<MeasurePlan>,
    /// The baseline from its start to the end of those days.
    pub baseline_to_date: Vec<MeasurePlan>,
}

/// A rate by the values of one column.
#[derive(Debug, Clone, PartialEq)]
pub struct PotentialPlan {
    /// The column.
    pub by: String,
    /// Its values, in order of first appearance.
    pub segments: Vec<PotentialSegment>,
}

/// A value of the column.
#[derive(Debug, Clone, PartialEq)]
pub struct PotentialSegment {
    /// As first written.
    pub value: String,
    /// How many values it stands for: more than one where the rest is pooled.
    pub pooled: usize,
    /// Over the window to D.
    pub to_date: MeasurePlan,
    /// Over the days measured, and those they are compared with.
    pub compared: Option<(MeasurePlan, MeasurePlan)>,
}

/// One goal, its dates and its measurements.
// each flag is a fact of its own, not a state
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Clone)]
pub struct GoalPlan {
    /// Index in `Model::goals`.
    pub goal: usize,
    /// The value of `for each`.
    pub for_each: Option<String>,
    /// Filter per source; a source that is not listed takes all rows.
    pub filters: Vec<(usize, FilterId)>,
    /// Filter as text.
    pub segment: Option<String>,
    /// D.
    pub data_through: NaiveDate,
    /// The declared date, or D where none is declared.
    pub declared: NaiveDate,
    /// The declared date is written in the goal file.
    pub is_declared: bool,
    /// The goal's time.
    pub window: Period,
    /// No time was written.
    pub timeless: bool,
    /// `by` and `within`, not `in`.
    pub deadline: bool,
    /// The window begins by D.
    pub started: bool,
    /// The window is over (SPEC §4, Windows).
    pub over: bool,
    /// How it is measured.
    pub shape: Shape,
    /// The days that gave the actual; none before the first whole unit.
    pub measured: Option<Period>,
    /// Measured over them.
    pub actual: Option<MeasurePlan>,
    /// What it is compared with; none for guardrails.
    pub baseline: Option<BaselinePlan>,
    /// A target from a sheet.
    pub target: Option<SheetTargetPlan>,
    /// Index of the retarget that holds at D, in the goal's clauses.
    pub retarget: Option<usize>,
    /// A guardrail with `every`.
    pub guardrail: Option<GuardrailPlan>,
    /// Coverage of the window to D.
    pub coverage: CoveragePlan,
    /// Some source has no row in the window to D.
    pub empty: bool,
    /// One per source: counts the rows of the segment in the window to D.
    pub rows: Vec<RequestId>,
    /// Distinct days with rows in the window to D (of the source with the fewest).
    pub points: usize,
    /// The course of the window.
    pub series: SeriesPlan,
    /// The last units to D, 60 at most; those before the first row are left out.
    pub history: Vec<MeasurePlan>,
    /// Its rate by the columns that statements on the same metric name.
    pub potentials: Vec<PotentialPlan>,
    /// Every source has settled: its days after the window have passed.
    pub settled: bool,
    /// Facts to say with the result.
    pub notes: Vec<String>,
}

impl GoalPlan {
    /// The window to D; all of it when it is over.
    pub fn to_date(&self) -> Period {
        Period {
            start: self.window.start,
            end: self.window.end.min(Period::inclusive(self.data_through, self.data_through).end),
        }
    }
}
