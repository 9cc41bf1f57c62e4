//! What a goal is compared with: which days, and which of them correspond to the days measured.

use chrono::{Datelike, Days, NaiveDate};

use crate::calendar::{
    Calendar, Grain, Period, PeriodPhrase, Shift, fiscal_unit, place, unit_holding, whole_units, years_back,
};
use crate::diagnostic::Diagnostic;
use crate::source::Spanned;
use crate::syntax::Comparison;

use super::errors;
use super::plan::{BaselineKind, Shape};
use super::time::{Stretch, Timing};

/// More years than any comparison goes back.
const MOST_YEARS: i32 = 400;

/// The days of a baseline.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct BaselineDates {
    /// How it was found.
    pub kind: BaselineKind,
    /// Each value: its days, and those that correspond to the measured ones.
    pub parts: Vec<(Period, Option<Period>)>,
}

impl BaselineDates {
    /// From the first to the last day of all parts.
    pub(super) fn period(&self) -> Option<Period> {
        let start = self.parts.iter().map(|(period, _)| period.start).min()?;
        let end = self.parts.iter().map(|(period, _)| period.end).max()?;
        Some(Period { start, end })
    }
}

/// The baseline of a goal: the year before, or what `compared to` says.
pub(super) fn baseline_dates(
    timing: &Timing,
    comparison: Option<&Spanned<Comparison>>,
    calendar: &Calendar,
) -> Result<Option<BaselineDates>, Box<Diagnostic>> {
    let window = timing.window;
    let Some(comparison) = comparison else { return Ok(year_before(timing, calendar)) };
    let one = |period: Option<Period>| period.map(|p| other(timing, p, calendar));
    let span = comparison.span;
    match &comparison.node {
        Comparison::LastYear => {
            let years = years_apart(window, timing.shift, calendar);
            Ok(one(years.and_then(|k| years_back(window, k, timing.shift, calendar))))
        }
        Comparison::Previous { grain, fiscal } => {
            let unit = match fiscal {
                true => fiscal_unit(window.start, *grain, -1, calendar).ok(),
                false => unit_holding(window.start, *grain)
                    .and_then(|unit| unit.start.pred_opt())
                    .and_then(|before| unit_holding(before, *grain)),
            };
            Ok(one(unit))
        }
        Comparison::PeriodBefore => {
            let days = Days::new(window.days().unsigned_abs());
            Ok(one(window.start.checked_sub_days(days).map(|start| Period { start, end: window.start })))
        }
        Comparison::Period(phrase) => match place_before(phrase, calendar, window.start) {
            Ok(period) => Ok(one(Some(period))),
            Err(error) => Err(Box::new(errors::calendar(span, &error))),
        },
        Comparison::AverageOf { first, last } => average(timing, *first, *last, calendar)
            .map(Some)
            .ok_or_else(|| Box::new(errors::average_reaches_window(span, *first, *last, window))),
        Comparison::Sheet(_) => {
            let to_date = (timing.shape == Shape::ToDate).then(|| timing.to_date());
            Ok(Some(BaselineDates { kind: BaselineKind::Sheet, parts: vec![(window, to_date)] }))
        }
    }
}

/// A period read from the window; one without a year is the last that ended before it.
fn place_before(
    phrase: &PeriodPhrase,
    calendar: &Calendar,
    start: NaiveDate,
) -> Result<Period, crate::calendar::CalendarError> {
    let relative = |p: &PeriodPhrase| matches!(p, PeriodPhrase::Relative { .. } | PeriodPhrase::Span { .. });
    let placed = place(phrase, calendar, start)?;
    if relative(phrase) || !crate::calendar::uses_anchor(phrase) {
        return Ok(placed);
    }
    // Invariant: a year-less period that ends on or after the start returns within twelve years before it
    Ok((0..=12)
        .filter_map(|years| {
            start
                .with_year(start.year() - years)
                .or_else(|| NaiveDate::from_ymd_opt(start.year() - years, 2, 28))
        })
        .filter_map(|anchor| place(phrase, calendar, anchor).ok())
        .find(|period| period.end <= start)
        .unwrap_or(placed))
}

/// How many years a window goes back so that the two do not overlap.
fn years_apart(window: Period, shift: Shift, calendar: &Calendar) -> Option<i32> {
    (1..MOST_YEARS).find(|k| years_back(window, *k, shift, calendar).is_some_and(|p| p.end <= window.start))
}

/// How many years back the baseline of a window lies: one (or as many as keep the two apart); where that has not
/// begun at declaration, the last that ended before it.
fn default_years(window: Period, shift: Shift, declared: NaiveDate, calendar: &Calendar) -> Option<i32> {
    let back = |k| years_back(window, k, shift, calendar);
    let near = years_apart(window, shift, calendar)?;
    if back(near)?.start <= declared {
        return Some(near);
    }
    (near..MOST_YEARS).find(|k| back(*k).is_some_and(|p| p.last_day() < declared))
}

/// The same window, or the stretch that ends with it, in an earlier year.
fn year_before(timing: &Timing, calendar: &Calendar) -> Option<BaselineDates> {
    let (whole, shift) = match timing.shape {
        Shape::Stretch | Shape::Rolling => (timing.final_stretch(), timing.stretch_shift()),
        Shape::ToDate | Shape::Stock => (timing.window, timing.shift),
    };
    let years = default_years(whole, shift, timing.declared, calendar)?;
    let base = years_back(whole, years, shift, calendar)?;
    let to_date = match timing.shape {
        Shape::Stretch => timing.measured().and_then(|measured| years_back(measured, years, shift, calendar)),
        Shape::ToDate => aligned(timing, base, BaselineKind::YearsBack(years)),
        Shape::Stock | Shape::Rolling => None,
    };
    Some(BaselineDates { kind: BaselineKind::YearsBack(years), parts: vec![(base, to_date)] })
}

/// A period of one value: W some years earlier aligns by date, any other by days from the start.
fn other(timing: &Timing, base: Period, calendar: &Calendar) -> BaselineDates {
    let years = timing.window.start.year() - base.start.year();
    let same = years > 0 && years_back(timing.window, years, timing.shift, calendar) == Some(base);
    let kind = if same { BaselineKind::YearsBack(years) } else { BaselineKind::Other };
    if let (Stretch::Units { count: 1, grain }, true) = (timing.stretch, timing.per_unit) {
        // so much per unit: the mean unit of the period
        let units = whole_units(base, grain);
        if units.len() > 1 {
            let parts = units.into_iter().map(|unit| (unit, None)).collect();
            return BaselineDates { kind: BaselineKind::Average, parts };
        }
    }
    // to a ratio by X the comparison gives one value, B and B_D
    let to_date = (timing.shape == Shape::ToDate).then(|| aligned(timing, base, kind)).flatten();
    BaselineDates { kind, parts: vec![(base, to_date)] }
}

/// The same window in each year; none where one of them is not before the window.
fn average(timing: &Timing, first: i32, last: i32, calendar: &Calendar) -> Option<BaselineDates> {
    if first > last || last - first > MOST_YEARS {
        return None;
    }
    let mut parts = Vec::new();
    for year in first..=last {
        let years = timing.window.start.year().checked_sub(year).filter(|k| *k > 0)?;
        let base = years_back(timing.window, years, timing.shift, calendar)?;
        let to_date = (timing.shape == Shape::ToDate)
            .then(|| aligned(timing, base, BaselineKind::YearsBack(years)))
            .flatten();
        parts.push((base, to_date));
    }
    Some(BaselineDates { kind: BaselineKind::Average, parts })
}

/// The days of a baseline that correspond to the window to D.
fn aligned(timing: &Timing, base: Period, kind: BaselineKind) -> Option<Period> {
    aligned_to(timing, base, kind, timing.data_through)
}

/// The days of a baseline that correspond to the window up to a day; all of it once the window is over.
pub(super) fn aligned_to(
    timing: &Timing,
    base: Period,
    kind: BaselineKind,
    day: NaiveDate,
) -> Option<Period> {
    let day = if timing.over && day >= timing.data_through { timing.window.last_day() } else { day };
    let part = match (kind, timing.shift) {
        (BaselineKind::Sheet, _) => {
            Period { start: base.start, end: Period::inclusive(day, day).end.min(base.end) }
        }
        (BaselineKind::YearsBack(_) | BaselineKind::Average, Shift::Dates) => {
            timing.window.aligned_by_date(base, day)
        }
        _ => timing.window.aligned_by_days(base, day),
    };
    (!part.is_empty()).then_some(part)
}

/// Whether a window of weeks meets a year without its number.
pub(super) fn folds_week_53(timing: &Timing) -> bool {
    timing.shift == Shift::Weeks
        && timing.window.start.iso_week().week() == 53
        && unit_holding(timing.window.start, Grain::Week) == Some(timing.window)
}
