//! Holes: which days of a period a source does not cover (SPEC §4, Coverage).

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::calendar::{Grain, Period, unit_holding, whole_units};

use super::plan::{CoveragePlan, SourcePlan};

/// A stretch without rows that is longer than usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hole {
    /// Its days inside the period looked at.
    pub inside: Period,
    /// It holds a whole calendar month, or a period of the data's grain: what it lies in is not covered.
    pub breaks: bool,
}

impl SourcePlan {
    /// Whether some row is dated inside a period.
    pub fn has_row(&self, period: Period) -> bool {
        !self.days_in(period).is_empty()
    }

    /// The days with rows inside a period, ascending.
    pub fn days_in(&self, period: Period) -> &[NaiveDate] {
        let from = self.days.partition_point(|day| *day < period.start);
        let to = self.days.partition_point(|day| *day < period.end);
        self.days.get(from..to).unwrap_or(&[])
    }

    /// The holes of a period, in order.
    pub(super) fn holes(&self, period: Period) -> Vec<Hole> {
        if period.is_empty() {
            return Vec::new();
        }
        if !self.has_row(period) {
            return vec![Hole { inside: period, breaks: true }];
        }
        if self.grain == Grain::Day { self.gaps(period) } else { self.empty_units(period) }
    }

    /// Periods of the data's grain without rows.
    fn empty_units(&self, period: Period) -> Vec<Hole> {
        let mut found: Vec<Hole> = Vec::new();
        for unit in whole_units(period, self.grain).into_iter().filter(|unit| !self.has_row(*unit)) {
            match found.last_mut() {
                Some(last) if last.inside.end == unit.start => last.inside.end = unit.end,
                _ => found.push(Hole { inside: unit, breaks: true }),
            }
        }
        found
    }

    /// Gaps longer than the usual one: between neighbouring rows, also where an edge of the period cuts them, and
    /// between an edge and the first or last row of all.
    fn gaps(&self, period: Period) -> Vec<Hole> {
        let through = self.days.partition_point(|day| *day <= self.data_through);
        let days = &self.days[..through];
        let mut found = Vec::new();
        let mut add = |gap: Period| {
            let inside = Period { start: gap.start.max(period.start), end: gap.end.min(period.end) };
            if !inside.is_empty() {
                found.push(Hole { inside, breaks: holds_month(gap) });
            }
        };
        let (Some(first), Some(last)) = (days.first(), days.last()) else {
            return vec![Hole { inside: period, breaks: true }];
        };
        if (*first - period.start).num_days() > self.usual_gap {
            add(Period { start: period.start, end: *first });
        }
        // the neighbours of which one stands inside the period or on either side of it
        let from = days.partition_point(|day| *day < period.start).saturating_sub(1);
        let to = (days.partition_point(|day| *day < period.end) + 1).min(days.len());
        for pair in days.get(from..to).unwrap_or(&[]).windows(2) {
            if (pair[1] - pair[0]).num_days() > self.usual_gap {
                add(Period { start: pair[0].succ_opt().unwrap_or(pair[0]), end: pair[1] });
            }
        }
        let seen = if self.complete { self.data_through.max(*last) } else { *last };
        if (period.last_day() - seen).num_days() > self.usual_gap {
            add(Period { start: seen.succ_opt().unwrap_or(seen), end: period.end });
        }
        found
    }

    /// Coverage of a window to D; `counted` are the days whose holes break it.
    pub(super) fn coverage(&self, to_date: Period, counted: Option<Period>) -> CoveragePlan {
        let rows = self.days_in(to_date);
        let holes: Vec<Period> = self.holes(to_date).into_iter().map(|hole| hole.inside).collect();
        let missing: i64 = holes.iter().map(|hole| hole.days()).sum();
        let days = to_date.days();
        let share =
            (days > 0).then(|| Decimal::from(days - missing).checked_div(Decimal::from(days))).flatten();
        CoveragePlan {
            from: rows.first().copied(),
            to: rows.last().copied(),
            share,
            holes,
            broken: counted.is_some_and(|period| self.holes(period).iter().any(|hole| hole.breaks)),
        }
    }
}

fn holds_month(gap: Period) -> bool {
    // Invariant: a stretch shorter than two months holds a whole one only as its first or second month
    let Some(first) = unit_holding(gap.start, Grain::Month) else { return false };
    let whole = if first.start == gap.start { Some(first) } else { unit_holding(first.end, Grain::Month) };
    whole.is_some_and(|month| month.end <= gap.end)
}

/// The worst of several sources: holes of all, the least share.
pub(super) fn worst(coverages: Vec<CoveragePlan>) -> CoveragePlan {
    let broken = coverages.iter().any(|c| c.broken);
    let least = |c: &CoveragePlan| (c.share.unwrap_or(Decimal::ZERO), c.to);
    let mut worst = coverages.into_iter().min_by(|a, b| least(a).cmp(&least(b))).unwrap_or_default();
    worst.broken = broken;
    worst
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn period(first: &str, last: &str) -> Period {
        Period::inclusive(on(first), on(last))
    }

    /// Daily rows in the stretches given.
    fn source(stretches: &[(&str, &str)], grain: Grain) -> SourcePlan {
        let days: Vec<NaiveDate> = stretches
            .iter()
            .flat_map(|(a, b)| on(a).iter_days().take_while(|day| *day <= on(b)).collect::<Vec<_>>())
            .collect();
        SourcePlan {
            first: days[0],
            last: days[days.len() - 1],
            data_through: days[days.len() - 1],
            complete: false,
            grain,
            usual_gap: 7,
            undated: 0,
            suspects: 0,
            days,
        }
    }

    fn holes(source: &SourcePlan, window: Period) -> Vec<(String, bool)> {
        let shown = |p: Period| format!("{} {}", p.start, p.last_day());
        source.holes(window).into_iter().map(|hole| (shown(hole.inside), hole.breaks)).collect()
    }

    #[test]
    fn a_hole_with_a_whole_month_breaks() {
        let data = source(&[("2025-01-01", "2025-01-20"), ("2025-02-10", "2025-03-31")], Grain::Day);
        assert_eq!(
            holes(&data, period("2025-01-01", "2025-03-31")),
            [("2025-01-21 2025-02-09".into(), false)]
        );
        let data = source(&[("2025-01-01", "2025-01-31"), ("2025-03-01", "2025-03-31")], Grain::Day);
        assert_eq!(
            holes(&data, period("2025-01-01", "2025-03-31")),
            [("2025-02-01 2025-02-28".into(), true)]
        );
        // the gap between the rows counts, not what an edge leaves of it
        assert_eq!(
            holes(&data, period("2025-02-20", "2025-03-31")),
            [("2025-02-20 2025-02-28".into(), true)]
        );
    }

    #[test]
    fn edges_are_covered_up_to_the_usual_gap() {
        let data = source(&[("2025-01-08", "2025-06-30")], Grain::Day);
        assert!(holes(&data, period("2025-01-01", "2025-06-30")).is_empty());
        let data = source(&[("2025-01-09", "2025-06-30")], Grain::Day);
        assert_eq!(
            holes(&data, period("2025-01-01", "2025-06-30")),
            [("2025-01-01 2025-01-08".into(), false)]
        );
        assert_eq!(
            holes(&data, period("2024-12-01", "2025-06-30")),
            [("2024-12-01 2025-01-08".into(), true)]
        );
        assert_eq!(
            holes(&data, period("2024-07-01", "2024-09-30")),
            [("2024-07-01 2024-09-30".into(), true)]
        );
    }

    #[test]
    fn a_gap_of_the_usual_length_is_none() {
        let data = source(&[("2025-01-01", "2025-01-03"), ("2025-01-10", "2025-01-31")], Grain::Day);
        assert!(holes(&data, period("2025-01-01", "2025-01-31")).is_empty());
        let data = source(&[("2025-01-01", "2025-01-03"), ("2025-01-11", "2025-01-31")], Grain::Day);
        assert_eq!(
            holes(&data, period("2025-01-01", "2025-01-31")),
            [("2025-01-04 2025-01-10".into(), false)]
        );
        let share = data.coverage(period("2025-01-01", "2025-01-31"), None).share.unwrap();
        assert_eq!(share, Decimal::from(24) / Decimal::from(31));
    }

    #[test]
    fn monthly_data_need_every_month() {
        let data = source(
            &[("2025-01-01", "2025-01-01"), ("2025-03-01", "2025-03-01"), ("2025-04-01", "2025-04-01")],
            Grain::Month,
        );
        assert_eq!(
            holes(&data, period("2025-01-01", "2025-04-30")),
            [("2025-02-01 2025-02-28".into(), true)]
        );
    }

    #[test]
    fn complete_through_covers_the_end() {
        let mut data = source(&[("2025-01-01", "2025-01-10")], Grain::Day);
        data.data_through = on("2025-01-31");
        assert_eq!(holes(&data, period("2025-01-01", "2025-01-31")).len(), 1);
        data.complete = true;
        assert!(holes(&data, period("2025-01-01", "2025-01-31")).is_empty());
    }

    #[test]
    fn months_inside_gaps() {
        assert!(holds_month(period("2025-01-15", "2025-03-01")));
        assert!(!holds_month(period("2025-01-15", "2025-02-27")));
        assert!(holds_month(period("2025-02-01", "2025-02-28")));
    }
}
