//! What became of each goal: figures and status, exact decimals, nothing worded yet.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::calendar::{Grain, Period};
use crate::quantity::Unit;
use crate::resolve::MetricId;
use crate::syntax::{Direction, PaceClause, StatusClause};

/// The status words of SPEC §5, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Status {
    Invalid,
    NotStarted,
    NoData,
    NoBaseline,
    Holding,
    Breached,
    Met,
    Missed,
    MetEarly,
    MissedEarly,
    TooEarly,
    Inconclusive,
    Ahead,
    OnTrack,
    AtRisk,
    OffTrack,
}

impl Status {
    /// Every status, in SPEC's order.
    pub const ALL: [Self; 16] = [
        Self::Invalid,
        Self::NotStarted,
        Self::NoData,
        Self::NoBaseline,
        Self::Holding,
        Self::Breached,
        Self::Met,
        Self::Missed,
        Self::MetEarly,
        Self::MissedEarly,
        Self::TooEarly,
        Self::Inconclusive,
        Self::Ahead,
        Self::OnTrack,
        Self::AtRisk,
        Self::OffTrack,
    ];

    /// The word, as in JSON and everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::NotStarted => "not started",
            Self::NoData => "no data",
            Self::NoBaseline => "no baseline",
            Self::Holding => "holding",
            Self::Breached => "breached",
            Self::Met => "met",
            Self::Missed => "missed",
            Self::MetEarly => "met early",
            Self::MissedEarly => "missed early",
            Self::TooEarly => "too early",
            Self::Inconclusive => "inconclusive",
            Self::Ahead => "ahead",
            Self::OnTrack => "on track",
            Self::AtRisk => "at risk",
            Self::OffTrack => "off track",
        }
    }
}

/// All goals judged.
#[derive(Debug, Clone, Default)]
pub struct Evaluation {
    /// The latest day of any goal.
    pub as_of: Option<NaiveDate>,
    /// One per goal after `for each` is unrolled, in file order, invalid ones among them.
    pub goals: Vec<Arc<GoalEvaluation>>,
}

/// The change asked for, in JSON's terms.
#[derive(Debug, Clone, PartialEq)]
pub enum ChangeFigures {
    /// `percent points amount level factor at_least at_most above below` with its value.
    One {
        /// As in JSON.
        kind: &'static str,
        /// Shares for percents and points; none for a level in a sheet that has none.
        value: Option<Decimal>,
    },
    /// `from_to`.
    FromTo {
        /// F.
        from: Decimal,
        /// G.
        to: Decimal,
    },
    /// `between`.
    Between {
        /// Lower end.
        low: Decimal,
        /// Upper end.
        high: Decimal,
    },
}

/// A target: one value or, for `between`, two.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Target {
    /// A value.
    One(Decimal),
    /// Both ends belong.
    Range {
        /// Lower end.
        low: Decimal,
        /// Upper end.
        high: Decimal,
    },
}

/// What the goal was compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct Baseline {
    /// Its days.
    pub period: Period,
    /// Its value, where known.
    pub value: Option<Decimal>,
    /// Its value to the day that corresponds to D, where the path follows it.
    pub to_date: Option<Decimal>,
    /// The value was stated in the goal (`from F`).
    pub stated: bool,
    /// Days of it that the data do not cover.
    pub missing: Vec<Period>,
}

/// Where the goal will end if it goes on so.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// The estimate at the end of the window.
    pub value: Decimal,
    /// Lower end of the 80 % interval.
    pub low: Option<Decimal>,
    /// Upper end of the 80 % interval.
    pub high: Option<Decimal>,
    /// `run rate`, `seasonal`, `exponential smoothing`.
    pub method: &'static str,
}

/// The periods of a guardrail.
#[derive(Debug, Clone, PartialEq)]
pub struct GuardrailPeriods {
    /// Whole periods judged.
    pub total: u64,
    /// Those that broke the limit.
    pub breached: u64,
    /// Labels of those: `2011-02`, `2011-Q1`, `2011-W07`, dates otherwise.
    pub breaches: Vec<String>,
    /// Periods without rows or with an empty denominator, by label.
    pub without_value: Vec<String>,
}

/// How well the days to D are covered.
#[derive(Debug, Clone, PartialEq)]
pub struct Coverage {
    /// First day with a row of the source in the window to D.
    pub from: Option<NaiveDate>,
    /// Last day with a row.
    pub to: Option<NaiveDate>,
    /// Share of the days of the window to D that lie in no hole.
    pub share: Option<Decimal>,
    /// The holes.
    pub holes: Vec<Period>,
}

/// A step of the monthly (or other) course, for charts and tables.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesPoint {
    /// Its days.
    pub period: Period,
    /// `2025-03`, `2025-Q1`, `2025-W07`, else the first day.
    pub label: String,
    /// Inside the goal's window.
    pub inside: bool,
    /// D has reached its end.
    pub whole: bool,
    /// What was measured; none after D.
    pub actual: Option<Decimal>,
    /// The same period of the baseline.
    pub baseline: Option<Decimal>,
    /// What the path asks for in this period alone (flows) or by its end (others).
    pub expected: Option<Decimal>,
    /// Measured from the window's start to the period's end (flows).
    pub actual_to_date: Option<Decimal>,
    /// What the path asks for by the period's end (flows).
    pub expected_to_date: Option<Decimal>,
    /// Forecast of the period, after D.
    pub forecast: Option<Decimal>,
    /// A guardrail broke its limit here.
    pub breached: Option<bool>,
}

/// Where the potential lies, by one column.
#[derive(Debug, Clone, PartialEq)]
pub struct Potential {
    /// The column.
    pub by: String,
    /// The rate that segments are held against.
    pub benchmark: Decimal,
    /// Its values, the largest potential first.
    pub segments: Vec<PotentialShare>,
}

/// A value of the column.
#[derive(Debug, Clone, PartialEq)]
pub struct PotentialShare {
    /// As first written.
    pub value: String,
    /// How many values it stands for: more than one where the rest is pooled.
    pub pooled: usize,
    /// Its rate.
    pub rate: Decimal,
    /// What the rate is taken over.
    pub volume: Decimal,
    /// What it would bring at the benchmark.
    pub potential: Decimal,
    /// That as a share of the goal's gap.
    pub share: Option<Decimal>,
    /// It holds over half of the volume: it is its own benchmark.
    pub own_benchmark: bool,
}

/// What the change of a rate came from, by one column; the three parts add up to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Decomposition {
    /// The column.
    pub by: String,
    /// `R1 − R0`.
    pub change: Decimal,
    /// Rates that changed.
    pub rate: Decimal,
    /// Weights that changed.
    pub mix: Decimal,
    /// Values on one side alone.
    pub new_or_gone: Decimal,
}

/// One goal judged. `None` is unknown or not defined, never zero.
#[derive(Debug, Clone)]
pub struct GoalEvaluation {
    /// Index in `Model::goals`.
    pub goal: usize,
    /// Index in `Plan::goals`; none for an invalid one.
    pub plan: Option<usize>,
    /// The value of `for each`.
    pub for_each: Option<String>,
    /// Its status.
    pub status: Status,
    /// `met`/`missed` before the source has settled.
    pub preliminary: bool,
    /// What is wanted, after `improve` and levels are decided.
    pub direction: Option<Direction>,
    /// +1 more is better, -1 less.
    pub sign: i32,
    /// Its metric.
    pub metric: Option<MetricId>,
    /// Filter as text: `country = "Germany" and …`.
    pub segment: Option<String>,
    /// The unit of its figures.
    pub unit: Unit,
    /// The change asked for.
    pub change: Option<ChangeFigures>,
    /// The goal's time.
    pub window: Option<Period>,
    /// The days that gave the actual.
    pub measured: Option<Period>,
    /// What it is compared with; none for guardrails.
    pub baseline: Option<Baseline>,
    /// D.
    pub as_of: Option<NaiveDate>,
    /// Measured to D.
    pub actual: Option<Decimal>,
    /// T.
    pub target: Option<Target>,
    /// `T_D`.
    pub expected: Option<Decimal>,
    /// d·(T − V), positive is missing.
    pub gap: Option<Decimal>,
    /// P.
    pub pace: Option<Decimal>,
    /// d·(`V_D` − `T_D`)/|`T_D`|.
    pub deviation: Option<Decimal>,
    /// (V − B)/(T − B).
    pub attainment: Option<Decimal>,
    /// Where it is heading.
    pub forecast: Option<Forecast>,
    /// Of reaching the target, 0 to 1.
    pub probability: Option<Decimal>,
    /// The gap per remaining day.
    pub required_rate: Option<Decimal>,
    /// The rate so far per day.
    pub rate_so_far: Option<Decimal>,
    /// Change the rest of the window needs on the same days of the baseline, as a share.
    pub required_change: Option<Decimal>,
    /// Change on the baseline's same days so far, as a share.
    pub change_so_far: Option<Decimal>,
    /// Coverage of the window to D.
    pub coverage: Option<Coverage>,
    /// Rows of the segment in the window to D.
    pub rows: Option<u64>,
    /// Numerator and denominator of a ratio, for intervals.
    pub proportion: Option<(Decimal, Decimal)>,
    /// 95 % Wilson interval of a proportion.
    pub interval: Option<(Decimal, Decimal)>,
    /// Guardrails alone.
    pub periods: Option<GuardrailPeriods>,
    /// The shape of the path used.
    pub path: Option<PaceClause>,
    /// Thresholds used.
    pub thresholds: Option<StatusClause>,
    /// The step of the series.
    pub series_grain: Option<Grain>,
    /// The window by month (quarter, …), for chart and table.
    pub series: Vec<SeriesPoint>,
    /// The last 18 periods to D, for the sparkline.
    pub history: Vec<(Period, Option<Decimal>)>,
    /// Where the potential lies, by column.
    pub potential: Vec<Potential>,
    /// What the change on the baseline came from, by column.
    pub decomposition: Vec<Decomposition>,
    /// Changes of earlier units on the same unit a year before, as shares; oldest first.
    pub yearly_changes: Vec<Decimal>,
    /// Said with the result.
    pub notes: Vec<String>,
}
