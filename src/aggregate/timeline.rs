//! The days of a source cut at the ends of all periods asked for: every period is a run of intervals.

use std::ops::Range;

use crate::calendar::Period;
use crate::data::MISSING_DAY;
use crate::derive::expression::days::day_number;

/// Days that a table of intervals may span; periods further apart are searched.
const TABLE_DAYS: i64 = 400_000;

/// Interval 0 lies before the first boundary, interval i between boundaries i - 1 and i, the last but one from the
/// last boundary on; the last holds the rows without a date.
#[derive(Debug, Clone, Default)]
pub(super) struct Timeline {
    boundaries: Vec<i32>,
    by_day: Vec<u32>,
}

impl Timeline {
    pub(super) fn new(periods: impl Iterator<Item = Period>) -> Self {
        let mut boundaries: Vec<i32> = periods
            .filter(|period| !period.is_empty())
            .flat_map(|period| [day_number(period.start), day_number(period.end)])
            .collect();
        boundaries.sort_unstable();
        boundaries.dedup();
        let mut timeline = Self { boundaries, by_day: Vec::new() };
        if let (Some(first), Some(last)) = (timeline.boundaries.first(), timeline.boundaries.last())
            && i64::from(*last) - i64::from(*first) <= TABLE_DAYS
        {
            timeline.by_day = (*first..=*last).map(|day| timeline.search(day)).collect();
        }
        timeline
    }

    /// How many intervals there are.
    pub(super) fn len(&self) -> usize {
        self.boundaries.len() + 2
    }

    /// The intervals of a period; all of them for none.
    pub(super) fn range(&self, period: Option<Period>) -> Range<usize> {
        match period {
            None => 0..self.len(),
            Some(period) if period.is_empty() => 0..0,
            Some(period) => {
                self.search(day_number(period.start)) as usize..self.search(day_number(period.end)) as usize
            }
        }
    }

    fn search(&self, day: i32) -> u32 {
        self.boundaries.partition_point(|boundary| *boundary <= day) as u32
    }

    /// The interval of each day.
    pub(super) fn place(&self, days: &[i32], places: &mut Vec<u32>) {
        places.clear();
        let Some(first) = self.boundaries.first().copied().filter(|_| !self.by_day.is_empty()) else {
            let undated = self.len() as u32 - 1;
            let place = |day: &i32| if *day == MISSING_DAY { undated } else { self.search(*day) };
            places.extend(days.iter().map(place));
            return;
        };
        let (undated, after) = (self.len() as u32 - 1, self.len() as u32 - 2);
        places.extend(days.iter().map(|day| {
            let at = day.wrapping_sub(first);
            match self.by_day.get(at as usize) {
                Some(interval) if at >= 0 => *interval,
                _ if *day == MISSING_DAY => undated,
                _ if *day < first => 0,
                _ => after,
            }
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(first: &str, last: &str) -> Period {
        Period::inclusive(first.parse().unwrap(), last.parse().unwrap())
    }

    #[test]
    fn periods_are_runs_of_intervals() {
        let (year, june) = (period("2025-01-01", "2025-12-31"), period("2025-06-01", "2025-06-30"));
        let timeline = Timeline::new([year, june].into_iter());
        assert_eq!(timeline.len(), 6);
        assert_eq!(timeline.range(Some(year)), 1..4);
        assert_eq!(timeline.range(Some(june)), 2..3);
        assert_eq!(timeline.range(None), 0..6);
        let days = [
            "2024-12-31",
            "2025-01-01",
            "2025-05-31",
            "2025-06-01",
            "2025-06-30",
            "2025-07-01",
            "2026-01-01",
        ]
        .map(|day| day_number(day.parse().unwrap()));
        let mut places = Vec::new();
        timeline.place(&days, &mut places);
        assert_eq!(places, [0, 1, 1, 2, 2, 3, 4]);
        timeline.place(&[MISSING_DAY], &mut places);
        assert_eq!(places, [5]);
    }

    #[test]
    fn no_period_and_periods_of_no_day() {
        let none = Timeline::new(std::iter::empty());
        let mut places = Vec::new();
        none.place(&[0, MISSING_DAY], &mut places);
        assert_eq!((none.range(None), places), (0..2, vec![0, 1]));
        let day = "2025-01-01".parse().unwrap();
        let empty = Period { start: day, end: day };
        assert_eq!(Timeline::new([empty].into_iter()).range(Some(empty)), 0..0);
    }

    #[test]
    fn far_apart_periods_are_searched() {
        let periods = [period("0001-01-01", "0001-01-01"), period("9999-01-01", "9999-01-01")];
        let timeline = Timeline::new(periods.into_iter());
        let mut places = Vec::new();
        timeline.place(&[day_number("5000-01-01".parse().unwrap()), MISSING_DAY, i32::MAX], &mut places);
        assert_eq!(places, [2, 5, 4]);
    }
}
