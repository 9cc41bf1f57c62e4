//! Stocks: the one day of a period that they are measured on.

use crate::calendar::Period;
use crate::data::MISSING_DAY;
use crate::derive::expression::days::{date_of, day_number};

/// The days of a source on which it has rows, ascending.
#[derive(Debug, Default)]
pub(super) struct StockDays(Vec<i32>);

impl StockDays {
    pub(super) fn new(days: &[i32]) -> Self {
        let mut found: Vec<i32> = days.iter().copied().filter(|day| *day != MISSING_DAY).collect();
        found.sort_unstable();
        found.dedup();
        Self(found)
    }

    /// The one day of a stock: the last (or first) with a row of the source in the period, before any filter.
    pub(super) fn day_in(&self, period: Option<Period>, last: bool) -> Option<Period> {
        let from = period.map_or(0, |period| self.0.partition_point(|day| *day < day_number(period.start)));
        let to =
            period.map_or(self.0.len(), |period| self.0.partition_point(|day| *day < day_number(period.end)));
        let inside = self.0.get(from..to)?;
        let day = date_of(*if last { inside.last()? } else { inside.first()? })?;
        Some(Period::inclusive(day, day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_one_with_rows() {
        let on = |text: &str| day_number(text.parse().unwrap());
        let days = StockDays::new(&[on("2025-03-31"), on("2025-01-31"), MISSING_DAY, on("2025-03-31")]);
        let period =
            |first: &str, last: &str| Some(Period::inclusive(first.parse().unwrap(), last.parse().unwrap()));
        assert_eq!(days.day_in(period("2025-01-01", "2025-12-31"), true), period("2025-03-31", "2025-03-31"));
        assert_eq!(days.day_in(period("2025-01-01", "2025-03-30"), true), period("2025-01-31", "2025-01-31"));
        assert_eq!(days.day_in(None, false), period("2025-01-31", "2025-01-31"));
        assert_eq!(days.day_in(period("2025-02-01", "2025-02-28"), true), None);
    }
}
