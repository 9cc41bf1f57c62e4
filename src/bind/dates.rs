//! The dates of a source: D, the grain, the usual gap, suspect dates (SPEC §4).

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::calendar::{Grain, Period, months_on, unit_holding};
use crate::data::{ColumnData, MISSING_DAY};

use super::plan::SourcePlan;

/// What sets the end of a source's data.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Limits {
    /// `as of`.
    pub as_of: Option<NaiveDate>,
    /// `complete through`.
    pub complete_through: Option<NaiveDate>,
}

/// A source's dates with the days taken for slips.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Dates {
    /// The dates as they count.
    pub plan: SourcePlan,
    /// Suspect days with how many rows they have.
    pub suspects: BTreeMap<NaiveDate, u64>,
}

/// The dates of a source from its date column; none where no row has a date.
pub(super) fn dates_of(column: &ColumnData, limits: Limits) -> Option<Dates> {
    let ColumnData::Date(values) = column else { return None };
    let mut counts: BTreeMap<i32, u64> = BTreeMap::new();
    let mut undated = 0;
    // rows of one day usually stand together: one look-up for all of them
    for run in values.chunk_by(|a, b| a == b) {
        match run[0] {
            MISSING_DAY => undated += run.len() as u64,
            day => *counts.entry(day).or_default() += run.len() as u64,
        }
    }
    let counts: Vec<(NaiveDate, u64)> =
        counts.into_iter().filter_map(|(day, rows)| Some((date_of(day)?, rows))).collect();
    from_counts(&counts, undated, limits)
}

/// The day of a date, counted from 1970-01-01.
pub(super) fn day_of(date: NaiveDate) -> i32 {
    crate::data::day_of_date(date)
}

/// The date of a day counted from 1970-01-01.
pub(super) fn date_of(day: i32) -> Option<NaiveDate> {
    crate::data::date_of_day(day).filter(|date| (1..=9999).contains(&date.year()))
}

fn from_counts(counts: &[(NaiveDate, u64)], undated: u64, limits: Limits) -> Option<Dates> {
    let usual = usual_days(counts);
    let suspects: BTreeMap<NaiveDate, u64> =
        counts[..usual.start].iter().chain(&counts[usual.end..]).copied().collect();
    let days: Vec<NaiveDate> = counts[usual].iter().map(|(day, _)| *day).collect();
    let (first, last) = (*days.first()?, *days.last()?);
    let grain = grain_of(&days);
    let data_through = data_through(last, grain, limits);
    let seen: &[NaiveDate] = &days[..days.partition_point(|day| *day <= data_through)];
    let plan = SourcePlan {
        first,
        last,
        data_through,
        complete: limits.complete_through.is_some(),
        grain,
        usual_gap: usual_gap(seen),
        undated,
        suspects: suspects.values().sum(),
        days,
    };
    Some(Dates { plan, suspects })
}

/// The days that are not suspect: without the rows, at either end, behind a gap of more than 31 days that are fewer
/// than one in a thousand, or a single one behind a gap of more than a year.
fn usual_days(counts: &[(NaiveDate, u64)]) -> std::ops::Range<usize> {
    let total: u64 = counts.iter().map(|(_, rows)| rows).sum();
    let is_suspect = |rows: u64, earlier: NaiveDate, later: NaiveDate| {
        // of two rows neither is behind the other
        let few = total > 2 && rows.saturating_mul(1000) < total && (later - earlier).num_days() > 31;
        few || (total > 2 && rows == 1 && months_on(earlier, 12).is_some_and(|year_on| later > year_on))
    };
    let mut behind = 0;
    let mut start = 0;
    for (at, pair) in counts.windows(2).enumerate() {
        behind += pair[0].1;
        if is_suspect(behind, pair[0].0, pair[1].0) {
            start = at + 1;
        }
    }
    let mut end = counts.len();
    behind = 0;
    for at in (start + 1..counts.len()).rev() {
        behind += counts[at].1;
        if is_suspect(behind, counts[at - 1].0, counts[at].0) {
            end = at;
        }
    }
    start..end
}

/// The coarsest period of which every date is the first, or every one the last; days where fewer than three dates
/// show it.
fn grain_of(days: &[NaiveDate]) -> Grain {
    if days.len() < 3 {
        return Grain::Day;
    }
    let all = |grain: Grain| {
        let edge = |is_edge: fn(Period, NaiveDate) -> bool| {
            days.iter().all(|day| unit_holding(*day, grain).is_some_and(|unit| is_edge(unit, *day)))
        };
        edge(|unit, day| unit.start == day) || edge(|unit, day| unit.last_day() == day)
    };
    [Grain::Year, Grain::Quarter, Grain::Month].into_iter().find(|g| all(*g)).unwrap_or(Grain::Day)
}

/// The last day that the data run through.
fn data_through(last: NaiveDate, grain: Grain, limits: Limits) -> NaiveDate {
    let end_of = |day| unit_holding(day, grain).map_or(day, Period::last_day);
    let seen = limits.complete_through.unwrap_or_else(|| end_of(last));
    last_whole(limits.as_of.map_or(seen, |as_of| as_of.min(seen)), grain)
}

/// The end of the last whole unit that ends by a day.
pub(super) fn last_whole(day: NaiveDate, grain: Grain) -> NaiveDate {
    match unit_holding(day, grain) {
        Some(unit) if unit.last_day() > day => unit.start.pred_opt().unwrap_or(day),
        _ => day,
    }
}

/// Twice the 95th percentile (PERCENTILE.INC) of the gaps between neighbouring days, at least 7, cut to whole days:
/// gaps are whole, so nothing that is compared with it changes.
fn usual_gap(days: &[NaiveDate]) -> i64 {
    let mut gaps: Vec<i64> = days.windows(2).map(|pair| (pair[1] - pair[0]).num_days()).collect();
    gaps.sort_unstable();
    let Some(last) = gaps.len().checked_sub(1) else { return 7 };
    let rank = 95 * last;
    let (at, hundredths) = (rank / 100, (rank % 100) as i64);
    let next = gaps[(at + 1).min(last)];
    (2 * (100 * gaps[at] + hundredths * (next - gaps[at])) / 100).max(7)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn dates(days: &[&str], limits: Limits) -> Dates {
        let counts: Vec<_> = days.iter().map(|day| (on(day), 1)).collect();
        from_counts(&counts, 0, limits).unwrap()
    }

    fn as_of(day: &str) -> Limits {
        Limits { as_of: Some(on(day)), complete_through: None }
    }

    #[test]
    fn d_is_the_earlier_of_as_of_and_the_last_row() {
        let days = ["2025-01-02", "2025-01-05", "2025-01-09"];
        assert_eq!(dates(&days, Limits::default()).plan.data_through, on("2025-01-09"));
        assert_eq!(dates(&days, as_of("2025-01-07")).plan.data_through, on("2025-01-07"));
        assert_eq!(dates(&days, as_of("2025-02-01")).plan.data_through, on("2025-01-09"));
        let complete = Limits { as_of: None, complete_through: Some(on("2025-01-31")) };
        assert_eq!(dates(&days, complete).plan.data_through, on("2025-01-31"));
        let both = Limits { as_of: Some(on("2025-01-20")), complete_through: Some(on("2025-01-31")) };
        assert_eq!(dates(&days, both).plan.data_through, on("2025-01-20"));
    }

    #[test]
    fn grain_is_the_coarsest_that_three_dates_show() {
        let monthly = ["2025-01-01", "2025-02-01", "2025-04-01"];
        let plan = dates(&monthly, Limits::default()).plan;
        assert_eq!((plan.grain, plan.data_through), (Grain::Month, on("2025-04-30")));
        assert_eq!(dates(&monthly, as_of("2025-04-15")).plan.data_through, on("2025-03-31"));
        let ends = ["2025-03-31", "2025-06-30", "2025-09-30"];
        assert_eq!(dates(&ends, Limits::default()).plan.grain, Grain::Quarter);
        let years = ["2023-01-01", "2024-01-01", "2025-01-01"];
        let plan = dates(&years, as_of("2025-12-30")).plan;
        assert_eq!((plan.grain, plan.data_through), (Grain::Year, on("2024-12-31")));
        assert_eq!(dates(&years[..2], Limits::default()).plan.grain, Grain::Day);
        let mixed = ["2025-01-01", "2025-02-28", "2025-04-01"];
        assert_eq!(dates(&mixed, Limits::default()).plan.grain, Grain::Day);
    }

    #[test]
    fn usual_gap_is_twice_the_95th_percentile() {
        // gaps 1, 1, 1, 11: rank 0.95 · 3 = 2.85, so 1 + 0.85 · 10 = 9.5; twice that is 19
        let days = ["2025-01-01", "2025-01-02", "2025-01-03", "2025-01-04", "2025-01-15"].map(on);
        assert_eq!(usual_gap(&days), 19);
        assert_eq!(usual_gap(&days[..4]), 7);
        assert_eq!(usual_gap(&days[..1]), 7);
    }

    #[test]
    fn a_single_row_a_year_away_is_suspect() {
        let days = ["1999-05-01", "2024-01-03", "2024-01-09", "2024-02-01", "2031-01-01"];
        let found = dates(&days, Limits::default());
        assert_eq!((found.plan.first, found.plan.last), (on("2024-01-03"), on("2024-02-01")));
        assert_eq!(found.suspects.keys().copied().collect::<Vec<_>>(), [on("1999-05-01"), on("2031-01-01")]);
        let near = ["2023-02-01", "2024-02-01", "2024-02-09"];
        assert!(dates(&near, Limits::default()).suspects.is_empty());
    }

    #[test]
    fn few_rows_behind_a_gap_are_suspect() {
        let counts = [(on("2024-01-01"), 1500), (on("2024-01-31"), 600), (on("2024-03-03"), 2)];
        let found = from_counts(&counts, 0, Limits::default()).unwrap();
        assert_eq!((found.plan.last, found.plan.suspects), (on("2024-01-31"), 2));
        let counts = [(on("2024-01-01"), 1500), (on("2024-01-31"), 600), (on("2024-03-02"), 2)];
        assert_eq!(
            from_counts(&counts, 0, Limits::default()).unwrap().plan.suspects,
            0,
            "31 days are no gap"
        );
        let counts = [(on("2024-01-01"), 1400), (on("2024-01-31"), 598), (on("2024-04-02"), 2)];
        assert_eq!(from_counts(&counts, 0, Limits::default()).unwrap().plan.suspects, 0, "one in a thousand");
    }

    #[test]
    fn a_suspect_date_does_not_take_the_grain_away() {
        let days = ["1999-05-17", "2024-01-01", "2024-02-01", "2024-03-01"];
        assert_eq!(dates(&days, Limits::default()).plan.grain, Grain::Month);
    }

    #[test]
    fn days_count_from_1970() {
        let column = ColumnData::Date(vec![0, 0, MISSING_DAY, 31]);
        let found = dates_of(&column, Limits::default()).unwrap().plan;
        assert_eq!((found.first, found.last, found.undated), (on("1970-01-01"), on("1970-02-01"), 1));
    }
}
