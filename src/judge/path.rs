//! The path of a goal: how much of the change, or of the level, is intended by a day (SPEC §5).

use chrono::{Datelike, NaiveDate, Weekday};
use rust_decimal::Decimal;

use crate::calendar::{Grain, Period, is_month_aligned, whole_units};
use crate::syntax::PaceClause;

use super::value::part_of;

/// A share as a fraction, so that nothing is lost before it is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Share {
    /// Reached.
    pub part: Decimal,
    /// Of.
    pub whole: Decimal,
}

impl Share {
    /// All of it.
    pub(super) const ALL: Self = Self { part: Decimal::ONE, whole: Decimal::ONE };

    /// The share of an amount.
    pub(super) fn of(self, amount: Decimal) -> Option<Decimal> {
        part_of(amount, self.part, self.whole)
    }
}

/// The share of a window that a day has reached, by the clause: days (first day and the day itself included), days
/// from Monday to Friday, or stated shares of equal parts.
pub(super) fn share_at(window: Period, day: NaiveDate, clause: Option<&PaceClause>) -> Share {
    if day >= window.last_day() {
        return Share::ALL;
    }
    let end = Period::inclusive(day, day).end.max(window.start);
    let reached = Period { start: window.start, end };
    match clause {
        Some(PaceClause::WorkingDays) => {
            let whole = working_days(window);
            if whole == 0 { by_days(reached, window) } else { fraction(working_days(reached), whole) }
        }
        Some(PaceClause::Split(shares)) if !shares.is_empty() => split(window, day, shares),
        _ => by_days(reached, window),
    }
}

fn fraction(part: i64, whole: i64) -> Share {
    Share { part: Decimal::from(part), whole: Decimal::from(whole) }
}

fn by_days(reached: Period, window: Period) -> Share {
    fraction(reached.days(), window.days().max(1))
}

/// Days from Monday to Friday.
fn working_days(period: Period) -> i64 {
    let days = period.days();
    let (weeks, rest) = (days / 7, days % 7);
    let first = i64::from(period.start.weekday().num_days_from_monday());
    let extra =
        (0..rest).filter(|day| (first + day) % 7 < i64::from(Weekday::Sat.num_days_from_monday())).count();
    weeks * 5 + extra as i64
}

/// Stated shares of equal parts: of as many months each where the window's months divide so, else of as many days.
fn split(window: Period, day: NaiveDate, shares: &[Decimal]) -> Share {
    let parts = split_parts(window, shares.len());
    let mut reached = Decimal::ZERO;
    for (part, share) in parts.iter().zip(shares) {
        if day >= part.last_day() {
            reached = reached.saturating_add(*share);
        } else if day >= part.start {
            let into = by_days(Period { start: part.start, end: Period::inclusive(day, day).end }, *part);
            reached = reached.saturating_add(into.of(*share).unwrap_or_default());
        }
    }
    Share { part: reached, whole: Decimal::ONE }
}

fn split_parts(window: Period, count: usize) -> Vec<Period> {
    let months = if is_month_aligned(window) { whole_units(window, Grain::Month) } else { Vec::new() };
    if !months.is_empty() && months.len() % count == 0 {
        let each = months.len() / count;
        return months.chunks(each).map(|c| Period { start: c[0].start, end: c[c.len() - 1].end }).collect();
    }
    let edge = |at: usize| {
        let days = window.days().unsigned_abs() * at as u64 / count as u64;
        window.start.checked_add_days(chrono::Days::new(days)).unwrap_or(window.end)
    };
    (0..count).map(|at| Period { start: edge(at), end: edge(at + 1) }).collect()
}

/// Baseline and target to a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Point {
    /// `B_D`.
    pub baseline: Decimal,
    /// `T_D`.
    pub target: Decimal,
}

/// The share of a flow's path by a day: that of the baseline where it has the same stretch and lies within 0 to 1,
/// else that of the days.
pub(super) fn flow_share(
    clause: Option<&PaceClause>,
    days: Share,
    baseline: Option<Decimal>,
    baseline_to_date: Option<Decimal>,
) -> (Share, PaceClause) {
    let plain =
        || (days, clause.cloned().filter(|c| *c != PaceClause::Seasonal).unwrap_or(PaceClause::Linear));
    if !matches!(clause, None | Some(PaceClause::Seasonal)) {
        return plain();
    }
    match (baseline, baseline_to_date) {
        (Some(whole), Some(part)) if !whole.is_zero() => {
            let inside = part.checked_div(whole).is_some_and(|s| s >= Decimal::ZERO && s <= Decimal::ONE);
            if inside { (Share { part, whole }, PaceClause::Seasonal) } else { plain() }
        }
        _ => plain(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn share(first: &str, last: &str, day: &str, clause: Option<PaceClause>) -> String {
        let window = Period::inclusive(on(first), on(last));
        let share = share_at(window, on(day), clause.as_ref());
        format!("{}/{}", share.part.normalize(), share.whole.normalize())
    }

    #[test]
    fn days_count_both_ends() {
        assert_eq!(share("2010-12-01", "2010-12-31", "2010-12-23", None), "23/31");
        assert_eq!(share("2010-12-01", "2010-12-31", "2010-12-01", None), "1/31");
        assert_eq!(share("2010-12-01", "2010-12-31", "2011-02-01", None), "1/1");
        assert_eq!(share("2010-12-01", "2010-12-31", "2010-11-20", None), "0/31");
    }

    #[test]
    fn working_days_leave_out_weekends() {
        // June 2025 has 21 working days; 1 June is a Sunday, so five of them are gone by Sunday the 8th
        let clause = Some(PaceClause::WorkingDays);
        assert_eq!(share("2025-06-01", "2025-06-30", "2025-06-08", clause.clone()), "5/21");
        assert_eq!(share("2025-06-07", "2025-06-08", "2025-06-07", clause), "1/2");
    }

    #[test]
    fn split_shares_stand_for_quarters_or_days() {
        let shares =
            |texts: &[&str]| Some(PaceClause::Split(texts.iter().map(|t| t.parse().unwrap()).collect()));
        let quarters = shares(&["0.1", "0.2", "0.3", "0.4"]);
        assert_eq!(share("2025-01-01", "2025-12-31", "2025-06-30", quarters.clone()), "0.3/1");
        // 46 of the 92 days of the third quarter
        assert_eq!(share("2025-01-01", "2025-12-31", "2025-08-15", quarters), "0.45/1");
        assert_eq!(share("2025-01-06", "2025-01-25", "2025-01-15", shares(&["0.25", "0.75"])), "0.25/1");
    }

    #[test]
    fn a_baseline_outside_its_whole_gives_no_path() {
        let days = Share { part: Decimal::from(1), whole: Decimal::from(2) };
        let with = |whole: i64, part: i64| {
            flow_share(None, days, Some(Decimal::from(whole)), Some(Decimal::from(part))).1
        };
        assert_eq!(with(100, 40), PaceClause::Seasonal);
        assert_eq!(with(100, 100), PaceClause::Seasonal);
        assert_eq!(with(100, 101), PaceClause::Linear);
        assert_eq!(with(100, -1), PaceClause::Linear);
        assert_eq!(with(0, 0), PaceClause::Linear);
        assert_eq!(with(-100, -40), PaceClause::Seasonal);
        let asked = Some(PaceClause::WorkingDays);
        let share = flow_share(asked.as_ref(), days, Some(Decimal::from(100)), Some(Decimal::from(40)));
        assert_eq!(share, (days, PaceClause::WorkingDays));
    }
}
