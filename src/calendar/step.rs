//! Steps along the calendar: days and units → days and the units that hold them. Every step is checked.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::{CalendarError, Grain, Period};

/// A day that exists, within the years 1 to 9999.
pub(super) fn day(year: i32, month: u32, day: u32) -> Result<NaiveDate, CalendarError> {
    if !(1..=9999).contains(&year) {
        return Err(CalendarError::OutOfRange);
    }
    NaiveDate::from_ymd_opt(year, month, day)
        .ok_or_else(|| CalendarError::NoSuchPeriod(format!("{year:04}-{month:02}-{day:02}")))
}

/// Keeps a period inside the years 1 to 9999.
pub(super) fn bounded(start: Option<NaiveDate>, end: Option<NaiveDate>) -> Result<Period, CalendarError> {
    let (Some(start), Some(end)) = (start, end) else { return Err(CalendarError::OutOfRange) };
    let period = Period { start, end };
    let inside = |day: NaiveDate| (1..=9999).contains(&day.year());
    if inside(start) && inside(period.last_day()) { Ok(period) } else { Err(CalendarError::OutOfRange) }
}

/// The same day `count` months on (or before), the month's last day where it is too short.
pub fn months_on(day: NaiveDate, count: i64) -> Option<NaiveDate> {
    let months = Months::new(u32::try_from(count.unsigned_abs()).ok()?);
    if count < 0 { day.checked_sub_months(months) } else { day.checked_add_months(months) }
}

/// The same day that many units on (or before).
pub fn units_on(day: NaiveDate, grain: Grain, count: i64) -> Option<NaiveDate> {
    let by_days = |days: i64| {
        let step = Days::new(days.unsigned_abs());
        if days < 0 { day.checked_sub_days(step) } else { day.checked_add_days(step) }
    };
    match grain {
        Grain::Day => by_days(count),
        Grain::Week => by_days(count.checked_mul(7)?),
        _ => months_on(day, count.checked_mul(months_in(grain))?),
    }
}

/// Months in a unit; none in days and weeks.
pub(super) fn months_in(grain: Grain) -> i64 {
    match grain {
        Grain::Day | Grain::Week => 0,
        Grain::Month => 1,
        Grain::Quarter => 3,
        Grain::Half => 6,
        Grain::Year => 12,
    }
}

/// The calendar unit that holds a day.
pub fn unit_holding(day: NaiveDate, grain: Grain) -> Option<Period> {
    let start = match grain {
        Grain::Day => day,
        Grain::Week => day.checked_sub_days(Days::new(u64::from(day.weekday().days_since(Weekday::Mon))))?,
        _ => {
            let months = months_in(grain) as u32;
            NaiveDate::from_ymd_opt(day.year(), day.month0() / months * months + 1, 1)?
        }
    };
    Some(Period { start, end: units_on(start, grain, 1)? })
}

/// Whether a day is the last of its month.
pub fn ends_month(day: NaiveDate) -> bool {
    day.succ_opt().is_none_or(|next| next.day() == 1)
}

/// Whether a period is made of whole calendar months.
pub fn is_month_aligned(period: Period) -> bool {
    period.start.day() == 1 && period.end.day() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn short_months_give_their_last_day() {
        assert_eq!(months_on(on("2025-12-31"), 6), Some(on("2026-06-30")));
        assert_eq!(months_on(on("2024-03-31"), -1), Some(on("2024-02-29")));
        assert_eq!(units_on(on("2025-01-15"), Grain::Quarter, 2), Some(on("2025-07-15")));
        assert_eq!(units_on(on("2025-01-15"), Grain::Week, 2), Some(on("2025-01-29")));
        assert_eq!(units_on(NaiveDate::MAX, Grain::Year, i64::MAX), None);
    }

    #[test]
    fn units_hold_their_days() {
        let unit = |day: &str, grain| {
            let unit = unit_holding(on(day), grain).unwrap();
            (unit.start.to_string(), unit.last_day().to_string())
        };
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(unit("2025-08-31", Grain::Half), pair("2025-07-01", "2025-12-31"));
        assert_eq!(unit("2025-12-31", Grain::Quarter), pair("2025-10-01", "2025-12-31"));
        assert_eq!(unit("2025-01-01", Grain::Week), pair("2024-12-30", "2025-01-05"));
        assert_eq!(unit("2024-02-29", Grain::Month), pair("2024-02-01", "2024-02-29"));
    }
}
