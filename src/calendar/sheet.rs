//! Fiscal years that a sheet lists: their periods as the organisation drew them, under the names it gives them.

use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate};

use super::{Calendar, CalendarError, Grain, Period};

/// `calendar from periods`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CalendarSheet {
    /// Named; its rows are not read (yet), so that no fiscal period has a place.
    Named,
    /// Its years.
    Read(Arc<SheetCalendar>),
}

/// The fiscal years of a sheet, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetCalendar {
    years: Vec<SheetYear>,
}

/// One fiscal year of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetYear {
    /// The year it is named by: 2026 for `2026`, `FY2026` and `FY2025/26`.
    pub name: i32,
    /// Its periods (months, or stretches of weeks), in order, without holes.
    pub periods: Vec<Period>,
    /// Its quarters, in order, without holes; empty where the sheet draws none.
    pub quarters: Vec<Period>,
}

impl SheetYear {
    /// From its first day to its last.
    fn whole(&self) -> Option<Period> {
        Some(Period { start: self.periods.first()?.start, end: self.periods.last()?.end })
    }

    /// Its parts: periods, quarters, halves, itself.
    fn parts(&self, grain: Grain) -> Vec<Period> {
        match grain {
            Grain::Day | Grain::Week | Grain::Month => self.periods.clone(),
            Grain::Quarter => self.quarters.clone(),
            Grain::Half if self.quarters.len() == 4 => joined(&self.quarters, 2),
            Grain::Half => Vec::new(),
            Grain::Year => self.whole().into_iter().collect(),
        }
    }

    /// The edges between its periods, its first day and the day after its last among them.
    fn edges(&self) -> Vec<NaiveDate> {
        self.periods.iter().map(|p| p.start).chain(self.periods.last().map(|p| p.end)).collect()
    }
}

/// So many neighbouring periods at a time as one: three months as a quarter.
pub fn joined(periods: &[Period], by: usize) -> Vec<Period> {
    periods
        .chunks(by.max(1))
        .filter_map(|some| Some(Period { start: some.first()?.start, end: some.last()?.end }))
        .collect()
}

impl SheetCalendar {
    /// Keeps the years given in order; those without a period are dropped.
    pub fn new(mut years: Vec<SheetYear>) -> Self {
        years.retain(|year| !year.periods.is_empty());
        years.sort_by_key(|year| year.periods.first().map(|p| p.start));
        Self { years }
    }

    /// The names of its first and last year, and its first and last day; none where it holds no year.
    pub fn extent(&self) -> Option<(i32, i32, Period)> {
        let (first, last) = (self.years.first()?, self.years.last()?);
        Some((first.name, last.name, Period { start: first.whole()?.start, end: last.whole()?.end }))
    }

    fn year(&self, name: i32) -> Option<&SheetYear> {
        self.years.iter().find(|year| year.name == name)
    }

    fn holding(&self, at: NaiveDate) -> Option<&SheetYear> {
        self.years.iter().find(|year| year.whole().is_some_and(|whole| whole.contains(at)))
    }

    /// The error for something it does not hold.
    fn lacks(&self, what: &str) -> CalendarError {
        CalendarError::NoSuchPeriod(match self.extent() {
            Some((first, last, days)) if first != last => {
                let to = days.last_day();
                format!("{what}; the calendar sheet holds {first} to {last} ({} to {to})", days.start)
            }
            Some((only, _, days)) => {
                format!("{what}; the calendar sheet holds {only} ({} to {})", days.start, days.last_day())
            }
            None => format!("{what}; the calendar sheet holds no year"),
        })
    }

    /// The fiscal year of a name.
    pub(super) fn year_of_key(&self, name: i32) -> Result<Period, CalendarError> {
        self.year(name).and_then(SheetYear::whole).ok_or_else(|| self.lacks(&format!("fiscal year {name}")))
    }

    /// The fiscal year that begins in one calendar year and ends in the next.
    pub(super) fn year_of_two(&self, start: i32, end: i32) -> Result<Period, CalendarError> {
        self.years
            .iter()
            .filter_map(SheetYear::whole)
            .find(|whole| whole.start.year() == start && whole.last_day().year() == end)
            .ok_or_else(|| self.lacks(&format!("fiscal year {start}/{:02}", end.rem_euclid(100))))
    }

    /// The name of the fiscal year that holds a day.
    pub(super) fn key_holding(&self, at: NaiveDate) -> Result<i32, CalendarError> {
        self.holding(at)
            .map(|year| year.name)
            .ok_or_else(|| self.lacks(&format!("a fiscal year that holds {at}")))
    }

    /// The parts of the fiscal year of a name.
    pub(super) fn parts(&self, name: i32, grain: Grain) -> Result<Vec<Period>, CalendarError> {
        let year = self.year(name).ok_or_else(|| self.lacks(&format!("fiscal year {name}")))?;
        let parts = year.parts(grain);
        if parts.is_empty() {
            return Err(self.lacks(&format!("fiscal {}s", grain.noun())));
        }
        Ok(parts)
    }

    /// The same stretch `years` fiscal years earlier: edges of periods fall on the edges of the periods of the same
    /// number where both years have as many, other days lie as many days into the year.
    pub(super) fn back(&self, period: Period, years: i32) -> Result<Period, CalendarError> {
        let edge = |at: NaiveDate, is_end: bool| {
            let inside = if is_end { at.pred_opt().unwrap_or(at) } else { at };
            let here = self.holding(inside).ok_or_else(|| self.lacks(&format!("the day {inside}")))?;
            let name = here.name.checked_sub(years).ok_or(CalendarError::OutOfRange)?;
            let there = self.year(name).ok_or_else(|| self.lacks(&format!("fiscal year {name}")))?;
            let (from, to) = (here.edges(), there.edges());
            if from.len() == to.len()
                && let Some(found) = from.iter().position(|edge| *edge == at).and_then(|n| to.get(n))
            {
                return Ok(*found);
            }
            let (Some(start), Some(whole)) = (from.first(), there.whole()) else {
                return Err(CalendarError::OutOfRange);
            };
            let into = (at - *start).num_days().unsigned_abs();
            let moved = whole.start.checked_add_days(Days::new(into)).ok_or(CalendarError::OutOfRange)?;
            Ok(moved.min(whole.end))
        };
        Ok(Period { start: edge(period.start, false)?, end: edge(period.end, true)? })
    }
}

impl Calendar {
    /// The years of the calendar sheet; none where the file names no such sheet.
    pub(super) fn sheet_years(&self) -> Result<Option<&SheetCalendar>, CalendarError> {
        match &self.sheet {
            None => Ok(None),
            Some(CalendarSheet::Named) => Err(CalendarError::Unread),
            Some(CalendarSheet::Read(years)) => Ok(Some(years)),
        }
    }

    /// Whether fiscal years are not made of calendar months: a calendar of weeks, or one that a sheet lists.
    pub fn is_drawn(&self) -> bool {
        self.weeks.is_some() || self.sheet.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::super::PeriodPhrase;
    use super::super::place::place;
    use super::*;

    fn on(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Thirteen periods of four weeks, the last one of 2024 with a fifth week.
    fn thirteen() -> Calendar {
        let year = |name, first: &str, weeks: &[u64]| {
            let mut start = on(first);
            let mut periods = Vec::new();
            for week in weeks {
                let end = start.checked_add_days(Days::new(7 * week)).unwrap();
                periods.push(Period { start, end });
                start = end;
            }
            SheetYear { name, periods, quarters: Vec::new() }
        };
        let mut long = [4; 13];
        long[12] = 5;
        let years = vec![year(2025, "2025-01-06", &[4; 13]), year(2024, "2024-01-01", &long)];
        let sheet = Some(CalendarSheet::Read(Arc::new(SheetCalendar::new(years))));
        Calendar { sheet, ..Calendar::default() }
    }

    fn shown(period: Result<Period, CalendarError>) -> String {
        match period {
            Ok(period) => format!("{} {}", period.start, period.last_day()),
            Err(CalendarError::NoSuchPeriod(what)) => what,
            Err(error) => format!("{error:?}"),
        }
    }

    #[test]
    fn periods_stand_where_the_sheet_draws_them() {
        let calendar = thirteen();
        let year = |year| PeriodPhrase::FiscalYear { year, start_year: None };
        let at = |phrase: &PeriodPhrase| shown(place(phrase, &calendar, on("2025-03-15")));
        // 2024-01-01 is a Monday; 53 weeks later it is 2025-01-06
        assert_eq!(at(&year(2024)), "2024-01-01 2025-01-05");
        assert_eq!(at(&year(2025)), "2025-01-06 2026-01-04");
        let last_month = PeriodPhrase::Relative { offset: -1, grain: Grain::Month, fiscal: true };
        // 68 days into the year: the third period, from day 56; before it that from day 28
        assert_eq!(at(&last_month), "2025-02-03 2025-03-02");
        assert_eq!(
            at(&year(2026)),
            "fiscal year 2026; the calendar sheet holds 2024 to 2025 (2024-01-01 to 2026-01-04)"
        );
        let quarter = PeriodPhrase::Quarter { year: Some(2025), quarter: 1, fiscal: true };
        assert!(at(&quarter).starts_with("fiscal quarters; "), "{}", at(&quarter));
    }

    #[test]
    fn a_period_goes_back_to_the_one_of_its_number() {
        let calendar = thirteen();
        let sheet = calendar.sheet_years().unwrap().unwrap();
        let last = Period::inclusive(on("2025-12-08"), on("2026-01-04"));
        // the thirteenth of 2024 has five weeks
        assert_eq!(shown(sheet.back(last, 1)), "2024-12-02 2025-01-05");
        let days = Period::inclusive(on("2025-01-08"), on("2025-01-09"));
        assert_eq!(shown(sheet.back(days, 1)), "2024-01-03 2024-01-04");
    }

    #[test]
    fn nothing_fiscal_has_a_place_before_the_sheet_is_read() {
        let calendar = Calendar { sheet: Some(CalendarSheet::Named), ..Calendar::default() };
        let year = PeriodPhrase::FiscalYear { year: 2025, start_year: None };
        assert_eq!(place(&year, &calendar, on("2025-03-15")), Err(CalendarError::Unread));
        assert_eq!(
            shown(place(&PeriodPhrase::Year(2025), &calendar, on("2025-03-15"))),
            "2025-01-01 2025-12-31"
        );
    }
}
