//! Periods → the units in them, and their labels.

use chrono::Datelike;

use super::step::{unit_holding, units_on};
use super::{Grain, Period};

/// More units than any chart or table holds: a window of days over a century stops here.
const MOST_UNITS: usize = 40_000;

/// The calendar units that lie whole inside a period, in order.
pub fn whole_units(period: Period, grain: Grain) -> Vec<Period> {
    each_whole_unit(period, grain).take(MOST_UNITS).collect()
}

/// Whether a period holds a whole unit.
pub fn holds_unit(period: Period, grain: Grain) -> bool {
    each_whole_unit(period, grain).next().is_some()
}

fn each_whole_unit(period: Period, grain: Grain) -> impl Iterator<Item = Period> {
    let after = move |unit: &Period| units_on(unit.end, grain, 1).map(|end| Period { start: unit.end, end });
    std::iter::successors(unit_holding(period.start, grain), after)
        .skip_while(move |unit| unit.start < period.start)
        .take_while(move |unit| unit.end <= period.end)
}

/// `2011-02`, `2011-Q1`, `2011-H1`, `2011-W07`, `2011`; the first day for anything that is not such a unit.
pub fn label(period: Period, grain: Grain) -> String {
    let start = period.start;
    if unit_holding(start, grain) != Some(period) {
        return start.to_string();
    }
    match grain {
        Grain::Day => start.to_string(),
        Grain::Week => format!("{:04}-W{:02}", start.iso_week().year(), start.iso_week().week()),
        Grain::Month => format!("{:04}-{:02}", start.year(), start.month()),
        Grain::Quarter => format!("{:04}-Q{}", start.year(), start.month0() / 3 + 1),
        Grain::Half => format!("{:04}-H{}", start.year(), start.month0() / 6 + 1),
        Grain::Year => format!("{:04}", start.year()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(first: &str, last: &str) -> Period {
        Period::inclusive(first.parse().unwrap(), last.parse().unwrap())
    }

    fn labels(first: &str, last: &str, grain: Grain) -> Vec<String> {
        whole_units(period(first, last), grain).into_iter().map(|unit| label(unit, grain)).collect()
    }

    #[test]
    fn units_cut_by_an_edge_are_not_whole() {
        assert_eq!(labels("2011-01-15", "2011-03-31", Grain::Month), ["2011-02", "2011-03"]);
        assert_eq!(labels("2011-01-01", "2011-06-29", Grain::Quarter), ["2011-Q1"]);
        assert_eq!(labels("2010-12-30", "2011-01-16", Grain::Week), ["2011-W01", "2011-W02"]);
        assert_eq!(labels("2010-12-30", "2010-12-31", Grain::Day), ["2010-12-30", "2010-12-31"]);
        assert_eq!(labels("2011-01-01", "2012-06-30", Grain::Half), ["2011-H1", "2011-H2", "2012-H1"]);
        assert!(labels("2011-01-01", "2011-12-30", Grain::Year).is_empty());
    }

    #[test]
    fn other_stretches_are_named_by_their_first_day() {
        assert_eq!(label(period("2011-01-15", "2011-02-14"), Grain::Month), "2011-01-15");
    }
}
