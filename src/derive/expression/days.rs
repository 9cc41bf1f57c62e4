//! Days since 1970-01-01 and Excel's functions of dates.

use chrono::{Datelike, Months, NaiveDate};

use super::fault::Fault;
use super::rounding::round_digits;

/// Days from 0000-12-31 to 1970-01-01.
const EPOCH: i32 = 719_163;

/// A date as its day since 1970-01-01.
pub(crate) fn day_number(date: NaiveDate) -> i32 {
    date.num_days_from_ce() - EPOCH
}

/// The date of a day since 1970-01-01.
pub(crate) fn date_of(day: i32) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(day.checked_add(EPOCH)?)
}

/// A date of the years 1 to 9999 as its day.
fn checked_day(date: Option<NaiveDate>) -> Result<i32, Fault> {
    date.filter(|date| (1..=9999).contains(&date.year())).map(day_number).ok_or(Fault::ImpossibleDate)
}

/// A day some days later; fractions of a day are cut, as dates have no times.
pub(super) fn shift(day: i32, days: f64) -> Result<i32, Fault> {
    let whole = round_digits(days).floor();
    if whole.abs() > 4e6 {
        return Err(Fault::ImpossibleDate);
    }
    checked_day(day.checked_add(whole as i32).and_then(date_of))
}

/// `DATE(year, month, day)`: months and days beyond their ends roll on; years below 1900 count from there.
pub(super) fn date(year: f64, month: f64, day: f64) -> Result<i32, Fault> {
    let (year, month, day) = (whole(year)?, whole(month)?, whole(day)?);
    let year = match year {
        0..1900 => year + 1900,
        1900..10_000 => year,
        _ => return Err(Fault::ImpossibleDate),
    };
    let months = year * 12 + month - 1;
    let first = NaiveDate::from_ymd_opt(months.div_euclid(12), months.rem_euclid(12) as u32 + 1, 1);
    shift(checked_day(first)?, f64::from(day - 1))
}

/// `EDATE`: the same day some months on, the month's last day where it is too short.
pub(super) fn edate(day: i32, months: f64) -> Result<i32, Fault> {
    checked_day(date_of(day).and_then(|date| add_months(date, whole(months).ok()?)))
}

/// `EOMONTH`: the last day of the month some months on.
pub(super) fn eomonth(day: i32, months: f64) -> Result<i32, Fault> {
    let first = date_of(day).and_then(|date| date.with_day(1));
    let next = first.and_then(|first| add_months(first, whole(months).ok()?.checked_add(1)?));
    checked_day(next.and_then(|next| next.pred_opt()))
}

fn add_months(date: NaiveDate, months: i32) -> Option<NaiveDate> {
    let size = Months::new(months.unsigned_abs());
    if months < 0 { date.checked_sub_months(size) } else { date.checked_add_months(size) }
}

/// A number cut to a whole one of reasonable size.
fn whole(value: f64) -> Result<i32, Fault> {
    let cut = round_digits(value).trunc();
    if cut.abs() > 4e6 { Err(Fault::ImpossibleDate) } else { Ok(cut as i32) }
}

/// `WEEKDAY` and `WEEKNUM` name the first day of the week by a number: the days from Monday to it.
fn week_start(system: i32) -> Option<i32> {
    match system {
        1 | 17 => Some(6),
        2 => Some(0),
        11..=16 => Some(system - 11),
        _ => None,
    }
}

/// `WEEKDAY(date, type)`: 1 to 7 from Sunday (1), Monday (2, 11), Tuesday (12) …; type 3 is 0 to 6 from Monday.
pub(super) fn weekday(date: NaiveDate, system: f64) -> Result<f64, Fault> {
    let from_monday = date.weekday().num_days_from_monday() as i32;
    let system = whole(system).map_err(|_| Fault::OutOfRange)?;
    if system == 3 {
        return Ok(f64::from(from_monday));
    }
    let start = week_start(system).ok_or(Fault::OutOfRange)?;
    Ok(f64::from((from_monday - start).rem_euclid(7) + 1))
}

/// `WEEKNUM(date, type)`: week 1 holds 1 January; type 21 is the ISO week.
pub(super) fn week_number(date: NaiveDate, system: f64) -> Result<f64, Fault> {
    let system = whole(system).map_err(|_| Fault::OutOfRange)?;
    if system == 21 {
        return Ok(f64::from(date.iso_week().week()));
    }
    let start = week_start(system).ok_or(Fault::OutOfRange)?;
    let day_of_year = date.ordinal0() as i32;
    let new_year = date.weekday().num_days_from_monday() as i32 - day_of_year;
    let before = (new_year - start).rem_euclid(7);
    Ok(f64::from((day_of_year + before) / 7 + 1))
}

/// `NETWORKDAYS` without holidays: Mondays to Fridays from one day to the other, both included.
pub(super) fn working_days(start: i32, end: i32) -> f64 {
    if end < start {
        return -working_days(end, start);
    }
    // 1970-01-01 was a Thursday: day 4 is the first Monday
    let before = |day: i64| {
        let from_monday = day - 4;
        from_monday.div_euclid(7) * 5 + from_monday.rem_euclid(7).min(5)
    };
    (before(i64::from(end) + 1) - before(i64::from(start))) as f64
}

/// `DATEDIF(start, end, unit)`: whole years, months or days between; months or days beyond whole years, days beyond
/// whole months.
pub(super) fn date_difference(start: i32, end: i32, unit: &str) -> Result<f64, Fault> {
    let (Some(from), Some(to)) = (date_of(start), date_of(end)) else { return Err(Fault::ImpossibleDate) };
    if end < start {
        return Err(Fault::OutOfRange);
    }
    let mut months = (to.year() - from.year()) * 12 + to.month() as i32 - from.month() as i32;
    if to.day() < from.day() {
        months -= 1;
    }
    let years = months.div_euclid(12);
    let since = |months: i32| add_months(from, months).map_or(0, |day| end - day_number(day));
    Ok(f64::from(match unit.trim().to_ascii_uppercase().as_str() {
        "Y" => years,
        "M" => months,
        "D" => end - start,
        "YM" => months - years * 12,
        "YD" => since(years * 12),
        "MD" => since(months),
        _ => return Err(Fault::OutOfRange),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> i32 {
        day_number(text.parse().unwrap())
    }

    fn shown(found: Result<i32, Fault>) -> String {
        found.map_or_else(|fault| format!("{fault:?}"), |day| date_of(day).unwrap().to_string())
    }

    // expected values: the examples of Excel's documentation, and its rules by hand

    #[test]
    fn days_count_from_1970() {
        assert_eq!(day("1970-01-01"), 0);
        assert_eq!(day("2025-01-01"), 20_089);
        assert_eq!(date_of(-1).unwrap().to_string(), "1969-12-31");
        assert_eq!(date_of(i32::MAX), None);
    }

    #[test]
    fn dates_roll_over() {
        assert_eq!(shown(date(2008.0, 1.0, 2.0)), "2008-01-02");
        assert_eq!(shown(date(108.0, 1.0, 2.0)), "2008-01-02");
        assert_eq!(shown(date(2008.0, 14.0, 2.0)), "2009-02-02");
        assert_eq!(shown(date(2008.0, -3.0, 2.0)), "2007-09-02");
        assert_eq!(shown(date(2008.0, 1.0, 35.0)), "2008-02-04");
        assert_eq!(shown(date(2008.0, 1.0, -15.0)), "2007-12-16");
        assert_eq!(shown(date(2025.0, 3.0, 0.0)), "2025-02-28");
        assert_eq!(shown(date(10_000.0, 1.0, 1.0)), "ImpossibleDate");
        assert_eq!(shown(date(-1.0, 1.0, 1.0)), "ImpossibleDate");
        assert_eq!(shown(date(9999.0, 12.0, 32.0)), "ImpossibleDate");
    }

    #[test]
    fn months_keep_to_their_ends() {
        assert_eq!(shown(edate(day("2011-01-15"), 1.0)), "2011-02-15");
        assert_eq!(shown(edate(day("2011-01-15"), -1.0)), "2010-12-15");
        assert_eq!(shown(edate(day("2025-01-31"), 1.9)), "2025-02-28");
        assert_eq!(shown(eomonth(day("2011-01-01"), 1.0)), "2011-02-28");
        assert_eq!(shown(eomonth(day("2011-01-01"), -3.0)), "2010-10-31");
        assert_eq!(shown(eomonth(day("2024-02-29"), 0.0)), "2024-02-29");
        assert_eq!(shown(edate(day("9999-12-31"), 1.0)), "ImpossibleDate");
        assert_eq!(shown(edate(day("2025-01-31"), 1e300)), "ImpossibleDate");
    }

    #[test]
    fn weekdays_and_weeks() {
        let thursday: NaiveDate = "2008-02-14".parse().unwrap();
        assert_eq!(weekday(thursday, 1.0), Ok(5.0));
        assert_eq!(weekday(thursday, 2.0), Ok(4.0));
        assert_eq!(weekday(thursday, 3.0), Ok(3.0));
        assert_eq!(weekday(thursday, 17.0), Ok(5.0));
        assert_eq!(weekday(thursday, 14.0), Ok(1.0));
        assert_eq!(weekday(thursday, 9.0), Err(Fault::OutOfRange));
        let friday: NaiveDate = "2012-03-09".parse().unwrap();
        assert_eq!(week_number(friday, 1.0), Ok(10.0));
        assert_eq!(week_number(friday, 2.0), Ok(11.0));
        assert_eq!(week_number(friday, 21.0), Ok(10.0));
    }

    #[test]
    fn working_days_leave_weekends_out() {
        assert_eq!(working_days(day("2012-10-01"), day("2013-03-01")), 110.0);
        assert_eq!(working_days(day("2025-06-07"), day("2025-06-08")), 0.0);
        assert_eq!(working_days(day("2025-06-06"), day("2025-06-09")), 2.0);
        assert_eq!(working_days(day("2025-06-09"), day("2025-06-06")), -2.0);
    }

    #[test]
    fn differences_of_dates() {
        assert_eq!(date_difference(day("2001-01-01"), day("2003-01-01"), "Y"), Ok(2.0));
        assert_eq!(date_difference(day("2001-06-01"), day("2002-08-15"), "D"), Ok(440.0));
        assert_eq!(date_difference(day("2001-06-01"), day("2002-08-15"), "yd"), Ok(75.0));
        assert_eq!(date_difference(day("2024-01-31"), day("2024-02-29"), "M"), Ok(0.0));
        assert_eq!(date_difference(day("2020-05-10"), day("2025-03-09"), "YM"), Ok(9.0));
        assert_eq!(date_difference(day("2025-01-02"), day("2025-01-01"), "D"), Err(Fault::OutOfRange));
        assert_eq!(date_difference(day("2025-01-02"), day("2025-01-03"), "W"), Err(Fault::OutOfRange));
    }
}
