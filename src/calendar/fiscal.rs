//! Fiscal years and their parts, by months or by weeks (4-4-5 and its family).
//!
//! A fiscal year is held by a key: the year in which it begins, or for week calendars the year whose month it ends in.

use chrono::{Datelike, Days, NaiveDate};

use super::step::{bounded, day, months_in, months_on, unit_holding};
use super::{Calendar, CalendarError, Grain, Period, WeekCalendar};

/// How far the name of a fiscal year lies from its key.
fn name_offset(calendar: &Calendar) -> i32 {
    if calendar.sheet.is_some() {
        return 0;
    }
    match &calendar.weeks {
        Some(weeks) if calendar.named_by_start && weeks.ends_in != 12 => -1,
        Some(_) => 0,
        None if calendar.named_by_start || is_calendar_year(calendar) => 0,
        None => 1,
    }
}

/// Whether fiscal years are calendar years.
fn is_calendar_year(calendar: &Calendar) -> bool {
    !calendar.is_drawn() && (calendar.fiscal_start_month, calendar.fiscal_start_day) == (1, 1)
}

/// The fiscal year with this key.
fn year_of_key(key: i32, calendar: &Calendar) -> Result<Period, CalendarError> {
    if let Some(sheet) = calendar.sheet_years()? {
        return sheet.year_of_key(key);
    }
    if let Some(weeks) = &calendar.weeks {
        let before = week_year_end(key.checked_sub(1).ok_or(CalendarError::OutOfRange)?, weeks)?;
        return bounded(before.succ_opt(), week_year_end(key, weeks)?.succ_opt());
    }
    let start = day(key, calendar.fiscal_start_month, calendar.fiscal_start_day)?;
    bounded(Some(start), months_on(start, 12))
}

/// The last day of the week calendar's year that ends in `year`.
fn week_year_end(year: i32, weeks: &WeekCalendar) -> Result<NaiveDate, CalendarError> {
    let first = day(year, weeks.ends_in, 1)?;
    let last = unit_holding(first, Grain::Month).ok_or(CalendarError::OutOfRange)?.last_day();
    let back = u64::from(last.weekday().days_since(weeks.ends_on));
    let end = if weeks.nearest && back > 3 {
        last.checked_add_days(Days::new(7 - back))
    } else {
        last.checked_sub_days(Days::new(back))
    };
    end.ok_or(CalendarError::OutOfRange)
}

/// The key of the fiscal year that holds a day.
fn key_holding(at: NaiveDate, calendar: &Calendar) -> Result<i32, CalendarError> {
    if let Some(sheet) = calendar.sheet_years()? {
        return sheet.key_holding(at);
    }
    (at.year() - 1..=at.year() + 1)
        .find(|key| year_of_key(*key, calendar).is_ok_and(|year| year.contains(at)))
        .ok_or(CalendarError::OutOfRange)
}

/// The fiscal year that holds a day.
pub fn fiscal_year_holding(at: NaiveDate, calendar: &Calendar) -> Result<Period, CalendarError> {
    year_of_key(key_holding(at, calendar)?, calendar)
}

/// The year by which the fiscal year that holds a day is named.
pub fn fiscal_name(at: NaiveDate, calendar: &Calendar) -> Result<i32, CalendarError> {
    Ok(key_holding(at, calendar)? + name_offset(calendar))
}

/// The fiscal year of a name; `start_year` is the first of two years, where two were written.
pub(super) fn year_named(
    name: i32,
    start_year: Option<i32>,
    calendar: &Calendar,
) -> Result<Period, CalendarError> {
    let Some(start) = start_year else {
        return year_of_key(
            name.checked_sub(name_offset(calendar)).ok_or(CalendarError::OutOfRange)?,
            calendar,
        );
    };
    if let Some(sheet) = calendar.sheet_years()? {
        return sheet.year_of_two(start, name);
    }
    let spans_two = match &calendar.weeks {
        Some(weeks) => weeks.ends_in != 12,
        None => !is_calendar_year(calendar),
    };
    if !spans_two || start.checked_add(1) != Some(name) {
        return Err(CalendarError::NoSuchPeriod(format!("fiscal year {start}/{:02}", name.rem_euclid(100))));
    }
    year_of_key(if calendar.weeks.is_some() { name } else { start }, calendar)
}

/// The parts of the fiscal year with this key: 12 months or periods, 4 quarters, 2 halves, itself.
fn parts(key: i32, grain: Grain, calendar: &Calendar) -> Result<Vec<Period>, CalendarError> {
    if let Some(sheet) = calendar.sheet_years()? {
        return sheet.parts(key, grain);
    }
    let year = year_of_key(key, calendar)?;
    let months = months_in(grain).max(1);
    let Some(weeks) = &calendar.weeks else {
        return (0..12 / months)
            .map(|part| {
                bounded(months_on(year.start, part * months), months_on(year.start, (part + 1) * months))
            })
            .collect();
    };
    let mut edges = vec![year.start];
    let mut week = 0;
    for length in weeks.pattern.iter().cycle().take(12) {
        week += u64::from(*length);
        edges.push(year.start.checked_add_days(Days::new(7 * week)).ok_or(CalendarError::OutOfRange)?);
    }
    // the 53rd week of a long year belongs to its last period
    if let Some(last) = edges.last_mut() {
        *last = year.end;
    }
    let months = months as usize;
    Ok(edges.windows(months + 1).step_by(months).map(|w| Period { start: w[0], end: w[months] }).collect())
}

/// The `nth` (from 1) part of the fiscal year of a name.
pub(super) fn part_named(
    name: i32,
    grain: Grain,
    nth: u32,
    calendar: &Calendar,
) -> Result<Period, CalendarError> {
    let key = name.checked_sub(name_offset(calendar)).ok_or(CalendarError::OutOfRange)?;
    let all = parts(key, grain, calendar)?;
    (nth as usize)
        .checked_sub(1)
        .and_then(|at| all.get(at).copied())
        .ok_or_else(|| CalendarError::NoSuchPeriod(format!("part {nth} of fiscal year {name}")))
}

/// The fiscal unit that holds a day, or the one `offset` units from it.
pub fn fiscal_unit(
    at: NaiveDate,
    grain: Grain,
    offset: i32,
    calendar: &Calendar,
) -> Result<Period, CalendarError> {
    let key = key_holding(at, calendar)?;
    let here = parts(key, grain, calendar)?;
    let place = here.iter().position(|part| part.contains(at)).ok_or(CalendarError::OutOfRange)?;
    let index = place as i64 + i64::from(offset);
    let count = here.len() as i64;
    let years = i32::try_from(index.div_euclid(count)).map_err(|_| CalendarError::OutOfRange)?;
    let there = parts(key.checked_add(years).ok_or(CalendarError::OutOfRange)?, grain, calendar)?;
    there.get(index.rem_euclid(count) as usize).copied().ok_or(CalendarError::OutOfRange)
}

/// The same stretch of a week calendar's year, `years` fiscal years earlier: as many days into the year, end of year
/// with end of year.
pub(super) fn week_calendar_back(
    period: Period,
    years: i32,
    calendar: &Calendar,
) -> Result<Period, CalendarError> {
    if let Some(sheet) = calendar.sheet_years()? {
        return sheet.back(period, years);
    }
    let move_back = |at: NaiveDate, is_end: bool| {
        let inside = if is_end { at.pred_opt().unwrap_or(at) } else { at };
        let key = key_holding(inside, calendar)?;
        let year = year_of_key(key, calendar)?;
        let there = year_of_key(key.checked_sub(years).ok_or(CalendarError::OutOfRange)?, calendar)?;
        if is_end && at == year.end {
            return Ok(there.end);
        }
        let into = (at - year.start).num_days() as u64;
        let moved = there.start.checked_add_days(Days::new(into)).ok_or(CalendarError::OutOfRange)?;
        Ok(moved.min(there.end))
    };
    Ok(Period { start: move_back(period.start, false)?, end: move_back(period.end, true)? })
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;

    use super::*;

    fn on(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn shown(period: Result<Period, CalendarError>) -> String {
        let period = period.unwrap();
        format!("{} {}", period.start, period.last_day())
    }

    fn july() -> Calendar {
        Calendar { fiscal_start_month: 7, ..Calendar::default() }
    }

    fn retail(pattern: [u32; 3], nearest: bool) -> Calendar {
        let weeks = WeekCalendar { pattern, ends_on: Weekday::Sat, ends_in: 1, nearest };
        Calendar { weeks: Some(weeks), named_by_start: true, ..Calendar::default() }
    }

    #[test]
    fn named_by_the_year_they_end_in() {
        assert_eq!(shown(year_named(2011, None, &july())), "2010-07-01 2011-06-30");
        assert_eq!(shown(year_named(2026, Some(2025), &july())), "2025-07-01 2026-06-30");
        let by_start = Calendar { named_by_start: true, ..july() };
        assert_eq!(shown(year_named(2011, None, &by_start)), "2011-07-01 2012-06-30");
        assert_eq!(shown(year_named(2026, Some(2025), &by_start)), "2025-07-01 2026-06-30");
        assert_eq!(shown(year_named(2025, None, &Calendar::default())), "2025-01-01 2025-12-31");
        assert!(year_named(2026, Some(2025), &Calendar::default()).is_err());
        assert!(year_named(2027, Some(2025), &july()).is_err());
        assert_eq!(fiscal_name(on("2025-07-01"), &july()), Ok(2026));
    }

    #[test]
    fn a_day_in_the_month_may_begin_the_year() {
        let uk = Calendar { fiscal_start_month: 4, fiscal_start_day: 6, ..Calendar::default() };
        assert_eq!(shown(fiscal_year_holding(on("2025-04-05"), &uk)), "2024-04-06 2025-04-05");
        assert_eq!(shown(part_named(2026, Grain::Quarter, 1, &uk)), "2025-04-06 2025-07-05");
    }

    #[test]
    fn fiscal_quarters_pass_from_year_to_year() {
        assert_eq!(shown(part_named(2026, Grain::Quarter, 4, &july())), "2026-04-01 2026-06-30");
        assert_eq!(shown(fiscal_unit(on("2025-05-20"), Grain::Quarter, 1, &july())), "2025-07-01 2025-09-30");
        assert_eq!(shown(fiscal_unit(on("2025-05-20"), Grain::Half, -1, &july())), "2024-07-01 2024-12-31");
        assert_eq!(shown(fiscal_unit(on("2025-05-20"), Grain::Year, 1, &july())), "2025-07-01 2026-06-30");
        assert_eq!(
            fiscal_unit(on("2025-05-20"), Grain::Year, i32::MAX, &july()),
            Err(CalendarError::OutOfRange)
        );
    }

    // The NRF calendar: 2023 has 53 weeks, 2023-01-29 to 2024-02-03 (Saturday nearest to the end of January)
    #[test]
    fn week_calendars_follow_the_published_retail_years() {
        let nrf = retail([4, 5, 4], true);
        assert_eq!(shown(year_named(2023, None, &nrf)), "2023-01-29 2024-02-03");
        assert_eq!(shown(year_named(2024, None, &nrf)), "2024-02-04 2025-02-01");
        assert_eq!(shown(year_named(2025, None, &nrf)), "2025-02-02 2026-01-31");
        assert_eq!(shown(part_named(2024, Grain::Month, 2, &nrf)), "2024-03-03 2024-04-06");
        assert_eq!(shown(part_named(2023, Grain::Quarter, 4, &nrf)), "2023-10-29 2024-02-03");
        assert_eq!(shown(part_named(2024, Grain::Half, 2, &nrf)), "2024-08-04 2025-02-01");
    }

    #[test]
    fn the_last_saturday_of_january_may_lie_before_the_nearest() {
        assert_eq!(shown(year_named(2023, None, &retail([4, 4, 5], false))), "2023-01-29 2024-01-27");
        assert_eq!(
            shown(part_named(2023, Grain::Month, 3, &retail([4, 4, 5], false))),
            "2023-03-26 2023-04-29"
        );
    }

    #[test]
    fn week_years_go_back_whole() {
        let nrf = retail([4, 5, 4], true);
        let back = |name| week_calendar_back(year_named(name, None, &nrf).unwrap(), 1, &nrf);
        assert_eq!(shown(back(2024)), "2023-01-29 2024-02-03");
        let quarter = part_named(2024, Grain::Quarter, 2, &nrf).unwrap();
        assert_eq!(shown(week_calendar_back(quarter, 1, &nrf)), "2023-04-30 2023-07-29");
    }
}
