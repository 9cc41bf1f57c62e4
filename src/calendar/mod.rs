//! Pure date arithmetic: periods as written ([`PeriodPhrase`], [`Time`]) → periods on the calendar ([`Period`]).
//!
//! Periods are half-open inside ([start, end)) and shown inclusively. Nothing here knows data or the clock: what is
//! relative resolves against an anchor day that the caller passes.

mod align;
mod fiscal;
mod label;
mod place;
mod sheet;
mod step;
mod window;

use chrono::{Days, NaiveDate};
use serde::Serialize;

pub use align::{Shift, years_back};
pub use fiscal::{fiscal_name, fiscal_unit, fiscal_year_holding};
pub use label::{holds_unit, label, whole_units};
pub use place::place;
pub use sheet::{CalendarSheet, SheetCalendar, SheetYear, joined};
pub use step::{ends_month, is_month_aligned, months_on, unit_holding, units_on};
pub use window::{is_week_phrase, rolling, uses_anchor, window};

/// The day results hold for, passed in, never read from a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct AsOf(pub NaiveDate);

/// A stretch of days, half-open; ordered by start, then end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// First day.
    pub start: NaiveDate,
    /// Day after the last.
    pub end: NaiveDate,
}

impl Period {
    /// From first to last day, both included.
    pub fn inclusive(first: NaiveDate, last: NaiveDate) -> Self {
        Self { start: first, end: last.checked_add_days(Days::new(1)).unwrap_or(last) }
    }

    /// The last day that belongs.
    pub fn last_day(self) -> NaiveDate {
        self.end.pred_opt().unwrap_or(self.end)
    }

    /// Length in days.
    pub fn days(self) -> i64 {
        (self.end - self.start).num_days()
    }

    /// Whether a day belongs.
    pub fn contains(self, day: NaiveDate) -> bool {
        self.start <= day && day < self.end
    }

    /// Whether it holds no day.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }
}

/// Units of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Grain {
    /// Days.
    Day,
    /// ISO weeks.
    Week,
    /// Months.
    Month,
    /// Quarters.
    Quarter,
    /// Half-years.
    Half,
    /// Years.
    Year,
}

impl Grain {
    /// As in JSON and as the name of a column: `half` for a half-year.
    pub fn name(self) -> &'static str {
        match self {
            Self::Half => "half",
            other => other.noun(),
        }
    }

    /// The noun in a sentence: `month`, `half-year`.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Half => "half-year",
            Self::Year => "year",
        }
    }
}

/// A period as it was written, before it is placed on the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeriodPhrase {
    /// `2025-12-31`.
    Day(NaiveDate),
    /// `31 December`: no year.
    DayOfYear {
        /// 1 to 12.
        month: u32,
        /// 1 to 31.
        day: u32,
    },
    /// `June`, `June 2025`, `2025-06`.
    Month {
        /// None where not said.
        year: Option<i32>,
        /// 1 to 12.
        month: u32,
    },
    /// `Q3`, `Q3 2025`, `Q4 FY2026`, `fiscal Q4`.
    Quarter {
        /// None where not said.
        year: Option<i32>,
        /// 1 to 4.
        quarter: u32,
        /// Counted in the fiscal year.
        fiscal: bool,
    },
    /// `H1`, `H1 2025`, `first half of FY2026`.
    Half {
        /// None where not said.
        year: Option<i32>,
        /// 1 or 2.
        half: u32,
        /// Counted in the fiscal year.
        fiscal: bool,
    },
    /// `week 31`, `week 31 2025`: ISO weeks.
    Week {
        /// ISO year; none where not said.
        year: Option<i32>,
        /// 1 to 53.
        week: u32,
    },
    /// `2025`.
    Year(i32),
    /// `FY2026`; with `start_year` from `FY2025/26` and `2025/26`.
    FiscalYear {
        /// The year of its name (the last of two).
        year: i32,
        /// The first of two years, where two were written.
        start_year: Option<i32>,
    },
    /// `this quarter` (0), `next fiscal year` (1), `last month` (-1).
    Relative {
        /// Units from the one that holds the anchor.
        offset: i32,
        /// The unit.
        grain: Grain,
        /// A fiscal quarter, half or year.
        fiscal: bool,
    },
    /// `next 10 months`, `the last 4 weeks`, `5 upcoming years`: that many units from the anchor on (or before it).
    Span {
        /// How many; negative lies before the anchor.
        count: i32,
        /// The unit.
        grain: Grain,
    },
    /// `the last week of July`, `the first quarter of FY2026`: the n-th unit inside a period.
    Part {
        /// 1 is the first, -1 the last.
        nth: i32,
        /// The unit.
        grain: Grain,
        /// The period it lies in.
        of: Box<PeriodPhrase>,
    },
    /// `from A to B`, `between March and May`, `2025-01-01 to 2025-06-30`.
    Range(Box<PeriodPhrase>, Box<PeriodPhrase>),
    /// `year to date` (calendar or fiscal year of the anchor, to the day the data runs through).
    YearToDate,
}

/// When a goal holds, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Time {
    /// `in|during|over P`: the window is P.
    In(PeriodPhrase),
    /// `by P`: the fiscal year to date at P's last day.
    By(PeriodPhrase),
    /// `within N months`, `in the next N days`: from the declared date.
    Within {
        /// How many, at least 1.
        count: u32,
        /// Of what.
        grain: Grain,
    },
    /// `from DATE` alone, or `starting DATE by X`: from a day on, to `until` where it is said.
    From {
        /// First day.
        start: PeriodPhrase,
        /// Last day.
        until: Option<PeriodPhrase>,
    },
    /// `for six weeks from DATE`.
    For {
        /// How many, at least 1.
        count: u32,
        /// Of what.
        grain: Grain,
        /// First day; the declared date where it is not said.
        from: Option<PeriodPhrase>,
    },
    /// `on a rolling 12-month basis`, with `by X`.
    Rolling {
        /// Months rolled over.
        months: u32,
        /// Where it glides to.
        by: Option<PeriodPhrase>,
    },
}

/// The year as the organisation counts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// Month in which the fiscal year begins, 1 to 12.
    pub fiscal_start_month: u32,
    /// Day on which it begins, 1 to 28.
    pub fiscal_start_day: u32,
    /// Named by the year in which it begins (else by the one in which it ends).
    pub named_by_start: bool,
    /// A 4-4-5, 4-5-4 or 5-4-4 calendar.
    pub weeks: Option<WeekCalendar>,
    /// Years that a sheet lists, instead of all the above.
    pub sheet: Option<CalendarSheet>,
}

impl Default for Calendar {
    fn default() -> Self {
        Self { fiscal_start_month: 1, fiscal_start_day: 1, named_by_start: false, weeks: None, sheet: None }
    }
}

/// `calendar 4-4-5 ending last Saturday of January`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekCalendar {
    /// Weeks in each period of a quarter: `[4, 4, 5]`.
    pub pattern: [u32; 3],
    /// The weekday a year ends on.
    pub ends_on: chrono::Weekday,
    /// The month it ends in, 1 to 12.
    pub ends_in: u32,
    /// The weekday nearest to the month's end, instead of the last one in it.
    pub nearest: bool,
}

/// Why a period cannot be placed on the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CalendarError {
    /// `31 June`, week 53 of a year of 52.
    NoSuchPeriod(String),
    /// The end lies before the start.
    Reversed {
        /// First day as placed.
        first: NaiveDate,
        /// Last day as placed.
        last: NaiveDate,
    },
    /// Outside the years 1 to 9999.
    OutOfRange,
    /// A fiscal period, and the calendar sheet is not read.
    Unread,
}

/// The window of a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Its days.
    pub period: Period,
    /// `by` and `within` are deadlines, the others windows.
    pub deadline: bool,
    /// The anchor took part in it.
    pub relative: bool,
}
