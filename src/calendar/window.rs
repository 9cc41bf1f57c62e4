//! A goal's time clause → its window.

use chrono::{Days, NaiveDate};

use super::place::is_yearless;
use super::step::{bounded, ends_month, months_on, unit_holding, units_on};
use super::{Calendar, CalendarError, Grain, Period, PeriodPhrase, Time, Window, fiscal_year_holding, place};

/// The window of a goal from its time clause and `starting` (SPEC §4); without a time, the fiscal year that holds
/// the anchor. A start alone runs to the end of its fiscal year.
///
/// # Errors
///
/// As [`place`]; and a start after the end.
pub fn window(
    time: Option<&Time>,
    starting: Option<&PeriodPhrase>,
    calendar: &Calendar,
    anchor: NaiveDate,
) -> Result<Window, CalendarError> {
    let relative = time.is_none_or(uses_anchor_time) || starting.is_some_and(uses_anchor);
    let deadline = matches!(
        time,
        Some(
            Time::By(_)
                | Time::Within { .. }
                | Time::From { until: Some(_), .. }
                | Time::Rolling { by: Some(_), .. }
        )
    );
    let period = match (time, starting) {
        (None, None) => fiscal_year_holding(anchor, calendar)?,
        (None, Some(start)) => from_on(start, calendar, anchor)?,
        (Some(Time::In(phrase) | Time::By(phrase) | Time::Rolling { by: Some(phrase), .. }), Some(start)) => {
            between(start, phrase, calendar, anchor)?
        }
        (Some(Time::In(phrase)), None) => place(phrase, calendar, anchor)?,
        (Some(Time::By(phrase) | Time::Rolling { by: Some(phrase), .. }), None) => {
            let last = place(phrase, calendar, anchor)?.last_day();
            Period {
                start: fiscal_year_holding(last, calendar)?.start,
                end: Period::inclusive(last, last).end,
            }
        }
        (Some(Time::Within { count, grain }), start) => {
            let start = start.map_or(Ok(anchor), |s| place(s, calendar, anchor).map(|p| p.start))?;
            bounded(Some(start), units_on(start, *grain, i64::from(*count)))?
        }
        (Some(Time::From { start, until: Some(until) }), _) => between(start, until, calendar, anchor)?,
        (Some(Time::From { start, until: None }), _) => from_on(start, calendar, anchor)?,
        (Some(Time::For { count, grain, from }), start) => {
            let start = match from.as_ref().or(start) {
                Some(phrase) => place(phrase, calendar, anchor)?.start,
                None => anchor,
            };
            bounded(Some(start), units_on(start, *grain, i64::from(*count)))?
        }
        (Some(Time::Rolling { months, by: None }), _) => {
            rolling(anchor, *months).ok_or(CalendarError::OutOfRange)?
        }
    };
    if period.is_empty() {
        return Err(CalendarError::Reversed { first: period.start, last: period.last_day() });
    }
    Ok(Window { period, deadline, relative })
}

/// From a phrase's first day to the end of the fiscal year that holds it.
fn from_on(start: &PeriodPhrase, calendar: &Calendar, anchor: NaiveDate) -> Result<Period, CalendarError> {
    let first = place(start, calendar, anchor)?.start;
    Ok(Period { start: first, end: fiscal_year_holding(first, calendar)?.end })
}

/// From the first day of one phrase to the last of another.
fn between(
    start: &PeriodPhrase,
    until: &PeriodPhrase,
    calendar: &Calendar,
    anchor: NaiveDate,
) -> Result<Period, CalendarError> {
    place(&PeriodPhrase::Range(Box::new(start.clone()), Box::new(until.clone())), calendar, anchor)
}

/// The N months that end on a day: from the day after the same day N months earlier, month end with month end.
pub fn rolling(end: NaiveDate, months: u32) -> Option<Period> {
    let mut before = months_on(end, -i64::from(months))?;
    if ends_month(end) {
        before = unit_holding(before, Grain::Month)?.last_day();
    }
    let period = Period { start: before.succ_opt()?, end: end.checked_add_days(Days::new(1))? };
    (!period.is_empty()).then_some(period)
}

/// Whether a phrase depends on the anchor day.
pub fn uses_anchor(phrase: &PeriodPhrase) -> bool {
    match phrase {
        PeriodPhrase::Relative { .. } | PeriodPhrase::Span { .. } | PeriodPhrase::YearToDate => true,
        PeriodPhrase::Part { of, .. } => uses_anchor(of),
        PeriodPhrase::Range(first, last) => {
            let lent = is_yearless(first) != is_yearless(last);
            let one = |phrase: &PeriodPhrase| uses_anchor(phrase) && !(lent && is_yearless(phrase));
            one(first) || one(last)
        }
        _ => is_yearless(phrase),
    }
}

fn uses_anchor_time(time: &Time) -> bool {
    match time {
        Time::In(phrase) | Time::By(phrase) => uses_anchor(phrase),
        Time::Within { .. } => true,
        Time::From { start, until } => match until {
            Some(until) => {
                uses_anchor(&PeriodPhrase::Range(Box::new(start.clone()), Box::new(until.clone())))
            }
            None => uses_anchor(start),
        },
        Time::For { from, .. } => from.as_ref().is_none_or(uses_anchor),
        Time::Rolling { by, .. } => by.as_ref().is_some_and(uses_anchor),
    }
}

/// Whether a phrase means one ISO week, which compares with the week of the same number.
pub fn is_week_phrase(phrase: &PeriodPhrase) -> bool {
    matches!(
        phrase,
        PeriodPhrase::Week { .. }
            | PeriodPhrase::Relative { grain: Grain::Week, .. }
            | PeriodPhrase::Part { grain: Grain::Week, .. }
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use PeriodPhrase as P;

    #[track_caller]
    fn case(time: Option<Time>, starting: Option<P>, month: u32, anchor: &str, expected: &str) -> Window {
        let calendar = Calendar { fiscal_start_month: month, ..Calendar::default() };
        let window = window(time.as_ref(), starting.as_ref(), &calendar, anchor.parse().unwrap()).unwrap();
        assert_eq!(format!("{} {}", window.period.start, window.period.last_day()), expected, "{time:?}");
        window
    }

    fn on(text: &str) -> P {
        P::Day(text.parse().unwrap())
    }

    #[test]
    fn by_is_the_fiscal_year_to_date() {
        let by = Some(Time::By(on("2025-10-31")));
        assert!(case(by.clone(), None, 1, "2025-03-15", "2025-01-01 2025-10-31").deadline);
        case(by.clone(), None, 7, "2025-03-15", "2025-07-01 2025-10-31");
        case(by, Some(on("2025-04-01")), 7, "2025-03-15", "2025-04-01 2025-10-31");
        case(Some(Time::By(P::Year(2030))), None, 1, "2025-03-15", "2030-01-01 2030-12-31");
        let reversed = window(
            Some(&Time::By(on("2025-01-31"))),
            Some(&on("2025-02-01")),
            &Calendar::default(),
            "2025-01-01".parse().unwrap(),
        );
        assert!(matches!(reversed, Err(CalendarError::Reversed { .. })));
    }

    #[test]
    fn within_ends_the_day_before_the_same_day() {
        let within = |count, grain| Some(Time::Within { count, grain });
        assert!(case(within(6, Grain::Month), None, 1, "2025-03-15", "2025-03-15 2025-09-14").relative);
        case(within(6, Grain::Month), None, 1, "2025-12-31", "2025-12-31 2026-06-29");
        case(within(30, Grain::Day), None, 1, "2025-01-01", "2025-01-01 2025-01-30");
        case(within(2, Grain::Quarter), None, 1, "2025-01-15", "2025-01-15 2025-07-14");
        assert!(
            window(
                within(u32::MAX, Grain::Year).as_ref(),
                None,
                &Calendar::default(),
                "2025-01-01".parse().unwrap()
            )
            .is_err()
        );
    }

    #[test]
    fn windows_without_a_deadline() {
        let in_h1 = Time::In(P::Half { year: Some(2025), half: 1, fiscal: false });
        assert!(!case(Some(in_h1), None, 1, "2025-03-15", "2025-01-01 2025-06-30").deadline);
        assert!(case(None, None, 7, "2025-03-15", "2024-07-01 2025-06-30").relative);
        case(None, Some(on("2025-02-01")), 7, "2025-03-15", "2025-02-01 2025-06-30");
        let six_weeks = Time::For { count: 6, grain: Grain::Week, from: Some(on("2025-05-01")) };
        assert!(!case(Some(six_weeks), None, 1, "2025-03-15", "2025-05-01 2025-06-11").relative);
        let from = Time::From { start: on("2025-05-01"), until: Some(P::Month { year: None, month: 2 }) };
        assert!(!case(Some(from), None, 1, "2025-03-15", "2025-05-01 2026-02-28").relative);
    }

    #[test]
    fn rolling_months_run_month_end_with_month_end() {
        let rolls = |end: &str, months| {
            let period = rolling(end.parse().unwrap(), months).unwrap();
            format!("{} {}", period.start, period.last_day())
        };
        assert_eq!(rolls("2025-06-15", 12), "2024-06-16 2025-06-15");
        assert_eq!(rolls("2025-02-28", 12), "2024-03-01 2025-02-28");
        assert_eq!(rolls("2025-04-30", 3), "2025-02-01 2025-04-30");
        assert_eq!(rolls("2025-03-30", 1), "2025-03-01 2025-03-30");
    }

    #[test]
    fn what_hangs_on_the_anchor() {
        let month = |year| P::Month { year, month: 5 };
        assert!(uses_anchor(&month(None)));
        assert!(!uses_anchor(&month(Some(2025))));
        assert!(!uses_anchor(&P::Range(Box::new(month(None)), Box::new(month(Some(2025))))));
        assert!(uses_anchor(&P::Range(Box::new(month(None)), Box::new(month(None)))));
    }
}
