//! A window over data by month, quarter or year → the window in whole periods of theirs (SPEC §4).

use chrono::{Days, NaiveDate};

use crate::calendar::{
    CalendarError, Grain, Period, Time, label, months_on, unit_holding, units_on, whole_units,
};
use crate::diagnostic::Diagnostic;
use crate::syntax::Goal;

use super::errors;

/// The window in whole periods of the data; `within` and `starting` take those that begin on or after their day.
pub(super) fn whole_window(
    window: Period,
    goal: &Goal,
    anchor: NaiveDate,
    grain: Grain,
) -> Result<(Period, Option<String>), Box<Diagnostic>> {
    let span = goal.time.as_ref().map_or(goal.text.span, |t| t.span);
    let aligned = |day: NaiveDate| unit_holding(day, grain).is_some_and(|unit| unit.start == day);
    let first_from = |day: NaiveDate| {
        let unit = unit_holding(day, grain)?;
        Some(if unit.start == day { day } else { unit.end })
    };
    let out_of_range = || Box::new(errors::calendar(span, &CalendarError::OutOfRange));
    let moved = |period: Period| {
        let note = format!(
            "the data are by {}: the window takes the whole ones from {} to {}",
            grain.noun(),
            period.start,
            period.last_day()
        );
        (period, (period != window).then_some(note))
    };
    let start_day = if goal.starting.is_some() { window.start } else { anchor };
    match goal.time.as_ref().map(|t| &t.node) {
        Some(Time::Within { count, grain: unit }) => {
            let start = first_from(start_day).ok_or_else(out_of_range)?;
            let end = within_end(start, start_day, i64::from(*count), *unit, grain)
                .ok_or_else(|| Box::new(errors::no_multiple(span, i64::from(*count), *unit, grain)))?;
            return Ok(moved(Period { start, end }));
        }
        Some(Time::From { .. }) | None if goal.starting.is_some() || goal.time.is_some() => {
            let start = first_from(window.start).ok_or_else(out_of_range)?;
            if aligned(window.end) && start < window.end {
                return Ok(moved(Period { start, end: window.end }));
            }
        }
        _ if goal.starting.is_some() => {
            let start = first_from(window.start).ok_or_else(out_of_range)?;
            if aligned(window.end) && start < window.end {
                return Ok(moved(Period { start, end: window.end }));
            }
        }
        _ => {}
    }
    if aligned(window.start) && aligned(window.end) {
        return Ok((window, None));
    }
    Err(Box::new(errors::cuts_period(span, window, grain, &proposals(window, grain))))
}

/// The end of a span that takes as many whole periods as were asked for.
fn within_end(start: NaiveDate, day: NaiveDate, count: i64, unit: Grain, grain: Grain) -> Option<NaiveDate> {
    let months = |grain| match grain {
        Grain::Day | Grain::Week => 0,
        Grain::Month => 1,
        Grain::Quarter => 3,
        Grain::Half => 6,
        Grain::Year => 12,
    };
    if months(unit) > 0 {
        let asked = count.checked_mul(months(unit))?;
        return (asked >= months(grain) && asked % months(grain) == 0)
            .then(|| months_on(start, asked))
            .flatten();
    }
    let end = units_on(day, unit, count)?;
    let first = unit_holding(start, grain)?;
    if (end - day).num_days() < first.days() {
        return None;
    }
    unit_holding(end.checked_sub_days(Days::new(1))?, grain).map(|reached| reached.end.max(first.end))
}

/// The windows of whole periods nearest to one that cuts them: inside it, and around it.
fn proposals(window: Period, grain: Grain) -> Vec<String> {
    let shown = |period: Period| format!("from {} to {}", period.start, period.last_day());
    let units = whole_units(window, grain);
    let mut found = Vec::new();
    if let (Some(first), Some(last)) = (units.first(), units.last()) {
        found.push(shown(Period { start: first.start, end: last.end }));
    }
    if let (Some(first), Some(last)) =
        (unit_holding(window.start, grain), unit_holding(window.last_day(), grain))
    {
        let around = Period { start: first.start, end: last.end };
        if unit_holding(around.start, grain) == Some(around) {
            found.push(format!("in {}", label(around, grain)));
        } else {
            found.push(shown(around));
        }
    }
    found
}
