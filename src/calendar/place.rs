//! Period phrases → periods, against an anchor day.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::fiscal::{fiscal_unit, part_named, year_named};
use super::step::{bounded, day, months_in, months_on, unit_holding, units_on};
use super::{Calendar, CalendarError, Grain, Period, PeriodPhrase, fiscal_year_holding};

/// How far apart two occurrences of a year-less period may lie: 29 February and week 53 at the turn of a century.
const YEARS_APART: i32 = 12;

/// Places a period on the calendar; what is relative, or without a year, counts from `anchor` (the declared date).
/// A day, month, quarter or half without a year is the next one to end on or after the anchor; in a range with one
/// end without a year, that end is the nearest to the other.
///
/// # Errors
///
/// A period that does not exist, a range whose end lies before its start, a day outside the years 1 to 9999.
pub fn place(phrase: &PeriodPhrase, calendar: &Calendar, anchor: NaiveDate) -> Result<Period, CalendarError> {
    match phrase {
        PeriodPhrase::Range(first, last) => range(first, last, calendar, anchor),
        _ if is_yearless(phrase) => next_to_end(phrase, calendar, anchor),
        _ => place_dated(phrase, calendar, anchor),
    }
}

/// Places a phrase that needs no search for its year.
fn place_dated(
    phrase: &PeriodPhrase,
    calendar: &Calendar,
    anchor: NaiveDate,
) -> Result<Period, CalendarError> {
    match phrase {
        PeriodPhrase::Day(at) => bounded(Some(*at), at.succ_opt()),
        PeriodPhrase::Month { year: Some(year), month } => unit(day(*year, *month, 1)?, Grain::Month),
        PeriodPhrase::Quarter { year: Some(year), quarter, fiscal: true } => {
            part_named(*year, Grain::Quarter, *quarter, calendar)
        }
        PeriodPhrase::Quarter { year: Some(year), quarter, fiscal: false } => {
            unit(first_of_part(*year, *quarter, 3)?, Grain::Quarter)
        }
        PeriodPhrase::Half { year: Some(year), half, fiscal: true } => {
            part_named(*year, Grain::Half, *half, calendar)
        }
        PeriodPhrase::Half { year: Some(year), half, fiscal: false } => {
            unit(first_of_part(*year, *half, 6)?, Grain::Half)
        }
        PeriodPhrase::Week { year: Some(year), week } => iso_week(*year, *week),
        PeriodPhrase::Year(year) => unit(day(*year, 1, 1)?, Grain::Year),
        PeriodPhrase::FiscalYear { year, start_year } => year_named(*year, *start_year, calendar),
        PeriodPhrase::Relative { offset, grain, fiscal } => {
            relative(*offset, *grain, *fiscal, calendar, anchor)
        }
        PeriodPhrase::Span { count, grain } => span(*count, *grain, anchor),
        PeriodPhrase::Part { nth, grain, of } => {
            let fiscal = is_fiscal(of);
            part(*nth, *grain, place(of, calendar, anchor)?, fiscal, calendar)
        }
        PeriodPhrase::Range(first, last) => range(first, last, calendar, anchor),
        PeriodPhrase::YearToDate => {
            bounded(Some(fiscal_year_holding(anchor, calendar)?.start), anchor.succ_opt())
        }
        PeriodPhrase::DayOfYear { .. }
        | PeriodPhrase::Month { year: None, .. }
        | PeriodPhrase::Quarter { year: None, .. }
        | PeriodPhrase::Half { year: None, .. }
        | PeriodPhrase::Week { year: None, .. } => next_to_end(phrase, calendar, anchor),
    }
}

fn unit(first: NaiveDate, grain: Grain) -> Result<Period, CalendarError> {
    let unit = unit_holding(first, grain).ok_or(CalendarError::OutOfRange)?;
    bounded(Some(unit.start), Some(unit.end))
}

fn first_of_part(year: i32, nth: u32, months: u32) -> Result<NaiveDate, CalendarError> {
    if !(1..=12 / months).contains(&nth) {
        return Err(CalendarError::NoSuchPeriod(format!("part {nth} of {year}")));
    }
    day(year, (nth - 1) * months + 1, 1)
}

fn iso_week(year: i32, week: u32) -> Result<Period, CalendarError> {
    if !(1..=9999).contains(&year) {
        return Err(CalendarError::OutOfRange);
    }
    let monday = NaiveDate::from_isoywd_opt(year, week, Weekday::Mon)
        .ok_or_else(|| CalendarError::NoSuchPeriod(format!("week {week} of {year}")))?;
    bounded(Some(monday), monday.checked_add_days(Days::new(7)))
}

fn relative(
    offset: i32,
    grain: Grain,
    fiscal: bool,
    calendar: &Calendar,
    anchor: NaiveDate,
) -> Result<Period, CalendarError> {
    if fiscal && !matches!(grain, Grain::Day | Grain::Week) {
        return fiscal_unit(anchor, grain, offset, calendar);
    }
    let here = unit(anchor, grain)?;
    let step = |edge| units_on(edge, grain, i64::from(offset));
    bounded(step(here.start), step(here.end))
}

/// That many units from the anchor on, or up to the day before it.
fn span(count: i32, grain: Grain, anchor: NaiveDate) -> Result<Period, CalendarError> {
    let other = units_on(anchor, grain, i64::from(count));
    match count {
        0 => Err(CalendarError::NoSuchPeriod("a span of 0".to_owned())),
        1.. => bounded(Some(anchor), other),
        _ => bounded(other, Some(anchor)),
    }
}

/// The n-th unit inside a period; a week belongs where its Thursday lies, as in ISO years.
fn part(
    nth: i32,
    grain: Grain,
    of: Period,
    fiscal: bool,
    calendar: &Calendar,
) -> Result<Period, CalendarError> {
    let missing = || CalendarError::NoSuchPeriod(format!("part {nth} of {} to {}", of.start, of.last_day()));
    let all = match grain {
        Grain::Day => return nth_of_days(nth, of).ok_or_else(missing),
        Grain::Week => return nth_week(nth, of).ok_or_else(missing),
        _ if fiscal && calendar.is_drawn() => {
            let mut found = Vec::new();
            let mut at = of.start;
            while at < of.end && found.len() < 12 {
                let unit = fiscal_unit(at, grain, 0, calendar)?;
                at = unit.end;
                found.push(unit);
            }
            found
        }
        _ => {
            let months = months_in(grain);
            let edges =
                (0..).map_while(|n| months_on(of.start, n * months)).take_while(|edge| *edge <= of.end);
            let edges: Vec<_> = edges.take(1300).collect();
            edges.windows(2).map(|w| Period { start: w[0], end: w[1] }).collect()
        }
    };
    // units that leave a rest, or do not begin where the period does, are no parts of it
    let whole =
        all.first().is_some_and(|p| p.start == of.start) && all.last().is_some_and(|p| p.end == of.end);
    let at =
        if nth > 0 { Some(nth as usize - 1) } else { all.len().checked_sub(nth.unsigned_abs() as usize) };
    at.filter(|_| whole && nth != 0).and_then(|at| all.get(at).copied()).ok_or_else(missing)
}

fn nth_of_days(nth: i32, of: Period) -> Option<Period> {
    let at = match nth {
        1.. => of.start.checked_add_days(Days::new(nth as u64 - 1))?,
        0 => return None,
        _ => of.end.checked_sub_days(Days::new(u64::from(nth.unsigned_abs())))?,
    };
    of.contains(at).then(|| Period::inclusive(at, at))
}

fn nth_week(nth: i32, of: Period) -> Option<Period> {
    let thursday = if nth > 0 {
        let ahead = u64::from(Weekday::Thu.days_since(of.start.weekday()));
        of.start.checked_add_days(Days::new(ahead + 7 * (nth as u64 - 1)))?
    } else {
        let last = of.last_day();
        let back = u64::from(last.weekday().days_since(Weekday::Thu));
        last.checked_sub_days(Days::new(back + 7 * u64::from(nth.unsigned_abs().checked_sub(1)?)))?
    };
    of.contains(thursday).then(|| unit_holding(thursday, Grain::Week)).flatten()
}

fn range(
    first: &PeriodPhrase,
    last: &PeriodPhrase,
    calendar: &Calendar,
    anchor: NaiveDate,
) -> Result<Period, CalendarError> {
    let (from, to) = if is_yearless(first) {
        let to = place(last, calendar, anchor)?;
        (latest_to_begin(first, calendar, to.last_day())?, to)
    } else {
        let from = place(first, calendar, anchor)?;
        let near = if is_yearless(last) { from.start } else { anchor };
        (from, place(last, calendar, near)?)
    };
    if to.last_day() < from.start {
        return Err(CalendarError::Reversed { first: from.start, last: to.last_day() });
    }
    Ok(Period { start: from.start, end: to.end })
}

/// Whether a phrase leaves its year to the anchor.
pub(super) fn is_yearless(phrase: &PeriodPhrase) -> bool {
    match phrase {
        PeriodPhrase::DayOfYear { .. }
        | PeriodPhrase::Month { year: None, .. }
        | PeriodPhrase::Quarter { year: None, .. }
        | PeriodPhrase::Half { year: None, .. }
        | PeriodPhrase::Week { year: None, .. } => true,
        PeriodPhrase::Part { of, .. } => is_yearless(of),
        _ => false,
    }
}

fn is_fiscal(phrase: &PeriodPhrase) -> bool {
    match phrase {
        PeriodPhrase::FiscalYear { .. } => true,
        PeriodPhrase::Quarter { fiscal, .. }
        | PeriodPhrase::Half { fiscal, .. }
        | PeriodPhrase::Relative { fiscal, .. } => *fiscal,
        _ => false,
    }
}

/// The phrase in a year of its own counting (calendar, fiscal or ISO).
fn in_year(phrase: &PeriodPhrase, year: i32) -> PeriodPhrase {
    match phrase.clone() {
        PeriodPhrase::Month { month, .. } => PeriodPhrase::Month { year: Some(year), month },
        PeriodPhrase::Quarter { quarter, fiscal, .. } => {
            PeriodPhrase::Quarter { year: Some(year), quarter, fiscal }
        }
        PeriodPhrase::Half { half, fiscal, .. } => PeriodPhrase::Half { year: Some(year), half, fiscal },
        PeriodPhrase::Week { week, .. } => PeriodPhrase::Week { year: Some(year), week },
        PeriodPhrase::Part { nth, grain, of } => {
            PeriodPhrase::Part { nth, grain, of: Box::new(in_year(&of, year)) }
        }
        other => other,
    }
}

fn place_in_year(phrase: &PeriodPhrase, calendar: &Calendar, year: i32) -> Result<Period, CalendarError> {
    match phrase {
        PeriodPhrase::DayOfYear { month, day: number } => {
            let at = day(year, *month, *number)?;
            bounded(Some(at), at.succ_opt())
        }
        PeriodPhrase::Part { nth, grain, of } => {
            part(*nth, *grain, place_in_year(of, calendar, year)?, is_fiscal(of), calendar)
        }
        // Invariant: with its year a phrase does not look at the anchor
        _ => place_dated(&in_year(phrase, year), calendar, NaiveDate::MIN),
    }
}

/// What a year-less phrase comes to in no year at all.
fn none_such(phrase: &PeriodPhrase) -> CalendarError {
    CalendarError::NoSuchPeriod(match phrase {
        PeriodPhrase::DayOfYear { month, day } => format!("day {day} of month {month}"),
        PeriodPhrase::Month { month, .. } => format!("month {month}"),
        PeriodPhrase::Quarter { quarter, .. } => format!("quarter {quarter}"),
        PeriodPhrase::Half { half, .. } => format!("half {half}"),
        PeriodPhrase::Week { week, .. } => format!("week {week}"),
        PeriodPhrase::Part { nth, of, .. } => match none_such(of) {
            CalendarError::NoSuchPeriod(text) => format!("part {nth} of {text}"),
            other => return other,
        },
        _ => "this period".to_owned(),
    })
}

fn next_to_end(
    phrase: &PeriodPhrase,
    calendar: &Calendar,
    anchor: NaiveDate,
) -> Result<Period, CalendarError> {
    (anchor.year() - 2..=anchor.year() + YEARS_APART)
        .filter_map(|year| place_in_year(phrase, calendar, year).ok())
        .find(|period| period.last_day() >= anchor)
        .ok_or_else(|| none_such(phrase))
}

fn latest_to_begin(
    phrase: &PeriodPhrase,
    calendar: &Calendar,
    limit: NaiveDate,
) -> Result<Period, CalendarError> {
    (limit.year() - YEARS_APART..=limit.year() + 2)
        .rev()
        .filter_map(|year| place_in_year(phrase, calendar, year).ok())
        .find(|period| period.start <= limit)
        .ok_or_else(|| none_such(phrase))
}

#[cfg(test)]
mod tests {
    use super::*;
    use PeriodPhrase as P;

    const ANCHOR: &str = "2025-03-15";

    #[track_caller]
    fn case(phrase: P, expected: &str) {
        case_from(phrase, &Calendar::default(), ANCHOR, expected);
    }

    #[track_caller]
    fn case_from(phrase: P, calendar: &Calendar, anchor: &str, expected: &str) {
        let period = place(&phrase, calendar, anchor.parse().unwrap()).unwrap();
        assert_eq!(format!("{} {}", period.start, period.last_day()), expected, "{phrase:?}");
    }

    fn month(month: u32) -> P {
        P::Month { year: None, month }
    }

    #[test]
    fn calendar_periods() {
        case(P::Month { year: Some(2024), month: 2 }, "2024-02-01 2024-02-29");
        case(P::Quarter { year: Some(2025), quarter: 3, fiscal: false }, "2025-07-01 2025-09-30");
        case(P::Half { year: Some(2025), half: 2, fiscal: false }, "2025-07-01 2025-12-31");
        case(P::Year(2025), "2025-01-01 2025-12-31");
        case(P::Week { year: Some(2025), week: 31 }, "2025-07-28 2025-08-03");
        case(P::Week { year: Some(2026), week: 53 }, "2026-12-28 2027-01-03");
    }

    #[test]
    fn without_a_year_the_next_to_end_on_or_after_the_anchor() {
        case(month(3), "2025-03-01 2025-03-31");
        case(month(2), "2026-02-01 2026-02-28");
        case(P::Quarter { year: None, quarter: 1, fiscal: false }, "2025-01-01 2025-03-31");
        case(P::Half { year: None, half: 2, fiscal: false }, "2025-07-01 2025-12-31");
        case(P::DayOfYear { month: 3, day: 15 }, "2025-03-15 2025-03-15");
        case(P::DayOfYear { month: 3, day: 14 }, "2026-03-14 2026-03-14");
        case(P::DayOfYear { month: 2, day: 29 }, "2028-02-29 2028-02-29");
        case(P::Week { year: None, week: 10 }, "2026-03-02 2026-03-08");
        let july = Calendar { fiscal_start_month: 7, ..Calendar::default() };
        case_from(
            P::Quarter { year: None, quarter: 4, fiscal: true },
            &july,
            "2025-03-15",
            "2025-04-01 2025-06-30",
        );
        case_from(
            P::Quarter { year: None, quarter: 2, fiscal: true },
            &july,
            "2025-03-15",
            "2025-10-01 2025-12-31",
        );
    }

    #[test]
    fn relative_periods() {
        let relative = |offset, grain, fiscal| P::Relative { offset, grain, fiscal };
        case(relative(0, Grain::Quarter, false), "2025-01-01 2025-03-31");
        case(relative(-1, Grain::Month, false), "2025-02-01 2025-02-28");
        case(relative(1, Grain::Year, false), "2026-01-01 2026-12-31");
        case(relative(1, Grain::Week, false), "2025-03-17 2025-03-23");
        let july = Calendar { fiscal_start_month: 7, ..Calendar::default() };
        case_from(relative(1, Grain::Year, true), &july, "2025-01-15", "2025-07-01 2026-06-30");
        case_from(relative(1, Grain::Year, false), &july, "2025-01-15", "2026-01-01 2026-12-31");
    }

    #[test]
    fn spans_count_from_the_anchor() {
        case(P::Span { count: 10, grain: Grain::Month }, "2025-03-15 2026-01-14");
        case(P::Span { count: 5, grain: Grain::Year }, "2025-03-15 2030-03-14");
        case(P::Span { count: -4, grain: Grain::Week }, "2025-02-15 2025-03-14");
    }

    #[test]
    fn parts_of_periods() {
        let part = |nth, grain, of| P::Part { nth, grain, of: Box::new(of) };
        case(part(-1, Grain::Week, month(7)), "2025-07-28 2025-08-03");
        case(part(1, Grain::Week, P::Month { year: Some(2025), month: 6 }), "2025-06-02 2025-06-08");
        case(part(1, Grain::Day, month(7)), "2025-07-01 2025-07-01");
        case(part(-1, Grain::Quarter, P::Year(2025)), "2025-10-01 2025-12-31");
        let july = Calendar { fiscal_start_month: 7, ..Calendar::default() };
        let fy = P::FiscalYear { year: 2026, start_year: None };
        case_from(part(1, Grain::Quarter, fy), &july, ANCHOR, "2025-07-01 2025-09-30");
        let anchor = ANCHOR.parse().unwrap();
        assert!(place(&part(6, Grain::Week, month(7)), &july, anchor).is_err());
        assert!(place(&part(1, Grain::Half, month(7)), &july, anchor).is_err());
    }

    #[test]
    fn ranges_lend_their_year() {
        let range = |a, b| P::Range(Box::new(a), Box::new(b));
        case(range(month(4), month(6)), "2025-04-01 2025-06-30");
        case(range(month(3), month(5)), "2025-03-01 2025-05-31");
        case(range(month(11), month(2)), "2025-11-01 2026-02-28");
        case(range(month(11), P::Month { year: Some(2024), month: 2 }), "2023-11-01 2024-02-29");
        case(range(P::Month { year: Some(2024), month: 11 }, month(2)), "2024-11-01 2025-02-28");
        case(range(P::Year(2024), P::Year(2025)), "2024-01-01 2025-12-31");
        let reversed = range(P::Year(2025), P::Year(2024));
        let error = place(&reversed, &Calendar::default(), ANCHOR.parse().unwrap());
        assert!(matches!(error, Err(CalendarError::Reversed { .. })));
    }

    #[test]
    fn what_does_not_exist_is_an_error() {
        let anchor = ANCHOR.parse().unwrap();
        for phrase in [
            P::DayOfYear { month: 6, day: 31 },
            P::Month { year: None, month: 13 },
            P::Quarter { year: Some(2025), quarter: 5, fiscal: false },
            P::Quarter { year: Some(2025), quarter: 0, fiscal: true },
            P::Week { year: Some(2025), week: 53 },
            P::Year(0),
            P::Year(i32::MAX),
            P::FiscalYear { year: i32::MIN, start_year: Some(i32::MAX) },
            P::Relative { offset: i32::MAX, grain: Grain::Year, fiscal: false },
            P::Relative { offset: i32::MIN, grain: Grain::Day, fiscal: false },
            P::Span { count: i32::MIN, grain: Grain::Year },
            P::Span { count: 0, grain: Grain::Day },
            P::Part { nth: i32::MIN, grain: Grain::Week, of: Box::new(P::Year(2025)) },
            P::Part { nth: i32::MAX, grain: Grain::Day, of: Box::new(P::Year(2025)) },
        ] {
            assert!(place(&phrase, &Calendar::default(), anchor).is_err(), "{phrase:?}");
        }
    }
}
