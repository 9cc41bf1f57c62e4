//! A window → the window that corresponds to it some years earlier, and day by day the stretch to D in it.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::fiscal::week_calendar_back;
use super::step::{ends_month, is_month_aligned, unit_holding};
use super::{Calendar, Grain, Period};

/// How a window finds the same days of another year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shift {
    /// By calendar date.
    Dates,
    /// By ISO week number.
    Weeks,
    /// By place in the year of a week calendar.
    WeekCalendar,
}

/// The same period `years` years earlier. Month end stays month end, 29 February folding into the 28th; a first day
/// of 29 February becomes 1 March; ISO weeks keep their number, 53 becoming 52 where there is none.
pub fn years_back(period: Period, years: i32, shift: Shift, calendar: &Calendar) -> Option<Period> {
    match shift {
        Shift::Dates => dates_back(period, years),
        Shift::Weeks => weeks_back(period, years),
        Shift::WeekCalendar => week_calendar_back(period, years, calendar).ok(),
    }
}

fn dates_back(period: Period, years: i32) -> Option<Period> {
    let start = edge_back(period.start, years)?;
    let end = edge_back(period.end, years)?;
    Some(if end > start { Period { start, end } } else { Period::inclusive(start, start) })
}

/// An edge between days, some years earlier; the edge before 29 February becomes that before 1 March.
fn edge_back(day: NaiveDate, years: i32) -> Option<NaiveDate> {
    let year = day.year().checked_sub(years)?;
    day.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))
}

fn weeks_back(period: Period, years: i32) -> Option<Period> {
    let week = period.start.iso_week();
    let year = week.year().checked_sub(years)?;
    let monday = NaiveDate::from_isoywd_opt(year, week.week(), Weekday::Mon)
        .or_else(|| NaiveDate::from_isoywd_opt(year, 52, Weekday::Mon))?;
    Some(Period { start: monday, end: monday.checked_add_days(Days::new(period.days().unsigned_abs()))? })
}

impl Period {
    /// The part of `other` (this period some whole years earlier) that corresponds to this period's days up to
    /// `day`: date with date, 29 February folding into the 28th, the end with the end.
    #[must_use]
    pub fn aligned_by_date(self, other: Self, day: NaiveDate) -> Self {
        if day >= self.last_day() {
            return other;
        }
        if day < self.start {
            return Self { start: other.start, end: other.start };
        }
        let years = self.start.year() - other.start.year();
        // half-open, so that 29 February folds into the 28th
        let end = day.succ_opt().and_then(|next| edge_back(next, years)).unwrap_or(other.end);
        Self { start: other.start, end: end.clamp(other.start, other.end) }
    }

    /// The part of `other` that corresponds to this period's days up to `day` by days from the start, up to the end
    /// of `other`; two windows of whole months align month end with month end.
    #[must_use]
    pub fn aligned_by_days(self, other: Self, day: NaiveDate) -> Self {
        if day >= self.last_day() {
            return other;
        }
        if day < self.start {
            return Self { start: other.start, end: other.start };
        }
        let into = (day - self.start).num_days() as u64;
        let mut end = other.start.checked_add_days(Days::new(into + 1)).unwrap_or(other.end);
        if is_month_aligned(self) && is_month_aligned(other) {
            let months = months_between(self.start, day);
            let month = super::months_on(other.start, months).and_then(|at| unit_holding(at, Grain::Month));
            if let Some(month) = month {
                let within = Days::new(u64::from(day.day()));
                end = month.start.checked_add_days(within).unwrap_or(other.end).min(month.end);
                if ends_month(day) {
                    end = month.end;
                }
            }
        }
        Self { start: other.start, end: end.clamp(other.start, other.end) }
    }
}

fn months_between(from: NaiveDate, to: NaiveDate) -> i64 {
    i64::from(to.year() - from.year()) * 12 + i64::from(to.month()) - i64::from(from.month())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(first: &str, last: &str) -> Period {
        Period::inclusive(first.parse().unwrap(), last.parse().unwrap())
    }

    fn shown(period: Period) -> String {
        format!("{} {}", period.start, period.last_day())
    }

    #[track_caller]
    fn back(first: &str, last: &str, years: i32, shift: Shift, expected: &str) {
        let moved = years_back(period(first, last), years, shift, &Calendar::default()).unwrap();
        assert_eq!(shown(moved), expected);
    }

    #[test]
    fn windows_go_back_by_date_and_whole_months_stay_whole() {
        back("2025-07-01", "2025-09-30", 1, Shift::Dates, "2024-07-01 2024-09-30");
        back("2025-02-01", "2025-02-28", 1, Shift::Dates, "2024-02-01 2024-02-29");
        back("2024-02-01", "2024-02-29", 1, Shift::Dates, "2023-02-01 2023-02-28");
        back("2024-02-29", "2024-03-15", 1, Shift::Dates, "2023-03-01 2023-03-15");
        back("2024-01-10", "2024-02-29", 1, Shift::Dates, "2023-01-10 2023-02-28");
        back("2025-01-10", "2025-02-28", 1, Shift::Dates, "2024-01-10 2024-02-29");
        back("2024-02-29", "2024-02-29", 1, Shift::Dates, "2023-03-01 2023-03-01");
        back("2025-01-01", "2027-12-31", 3, Shift::Dates, "2022-01-01 2024-12-31");
    }

    #[test]
    fn weeks_keep_their_number() {
        back("2025-07-28", "2025-08-03", 1, Shift::Weeks, "2024-07-29 2024-08-04");
        back("2026-12-28", "2027-01-03", 1, Shift::Weeks, "2025-12-22 2025-12-28");
    }

    #[test]
    fn the_stretch_to_a_day_by_date() {
        let (window, base) = (period("2011-01-01", "2011-12-31"), period("2010-01-01", "2010-12-31"));
        let to = |day: &str| shown(window.aligned_by_date(base, day.parse().unwrap()));
        assert_eq!(to("2011-08-15"), "2010-01-01 2010-08-15");
        assert_eq!(to("2011-12-31"), "2010-01-01 2010-12-31");
        let (window, base) = (period("2025-01-01", "2025-12-31"), period("2024-01-01", "2024-12-31"));
        let to = |day: &str| shown(window.aligned_by_date(base, day.parse().unwrap()));
        assert_eq!(to("2025-02-28"), "2024-01-01 2024-02-29");
        assert_eq!(to("2025-02-27"), "2024-01-01 2024-02-27");
        let (window, base) = (period("2024-01-01", "2024-12-31"), period("2023-01-01", "2023-12-31"));
        let to = |day: &str| shown(window.aligned_by_date(base, day.parse().unwrap()));
        assert_eq!(to("2024-02-28"), "2023-01-01 2023-02-28");
        assert_eq!(to("2024-02-29"), "2023-01-01 2023-02-28");
    }

    #[test]
    fn the_stretch_to_a_day_by_days_from_the_start() {
        let (window, base) = (period("2025-07-10", "2025-08-08"), period("2025-06-10", "2025-07-09"));
        assert_eq!(
            shown(window.aligned_by_days(base, "2025-07-12".parse().unwrap())),
            "2025-06-10 2025-06-12"
        );
        // whole months: 30 April with 31 July, 29 April with 29 July
        let (window, base) = (period("2025-04-01", "2025-06-30"), period("2025-07-01", "2025-09-30"));
        let to = |day: &str| shown(window.aligned_by_days(base, day.parse().unwrap()));
        assert_eq!(to("2025-04-30"), "2025-07-01 2025-07-31");
        assert_eq!(to("2025-04-29"), "2025-07-01 2025-07-29");
        // 31 March with 28 February, and nothing past the end of a shorter month
        let (window, base) = (period("2025-03-01", "2025-05-31"), period("2025-02-01", "2025-02-28"));
        assert_eq!(
            shown(window.aligned_by_days(base, "2025-03-30".parse().unwrap())),
            "2025-02-01 2025-02-28"
        );
    }
}
