//! What one pass over a source has to collect: conditions, arguments and measures, each once.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::data::{ColumnCurrencies, ColumnData, Table};
use crate::derive::expression::{ColumnKey, Faults, Program};
use crate::resolve::{AggregateId, RowExpr};

use super::pass::Collected;
use super::timeline::Timeline;

/// One pass over a source.
pub(super) struct Scan<'a> {
    pub(super) table: &'a Table,
    /// The days of its rows, where they have any.
    pub(super) days: Option<&'a [i32]>,
    pub(super) timeline: Timeline,
    /// Intervals that some request covers.
    pub(super) needed: Vec<bool>,
    pub(super) conditions: Vec<Condition<'a>>,
    pub(super) groupings: Vec<Grouping<'a>>,
    pub(super) placements: Vec<Placement>,
    pub(super) arguments: Vec<Argument<'a>>,
    pub(super) series: Vec<Series>,
    /// Sets of classes that answers add up.
    pub(super) class_sets: Vec<Vec<usize>>,
    pub(super) answers: Vec<Answer>,
}

/// A condition on rows.
pub(super) struct Condition<'a> {
    pub(super) program: Program<'a>,
    pub(super) expr: RowExpr,
}

/// A text column whose codes fall into classes: those of one class pass the same filters.
pub(super) struct Grouping<'a> {
    pub(super) codes: &'a [u32],
    /// One more than the class of each code (the last for missing); 0 where it passes none.
    pub(super) class_of_code: Vec<u32>,
    pub(super) classes: usize,
}

/// Where rows go: a cell for each class and interval, where all conditions hold.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placement {
    pub(super) grouping: Option<usize>,
    pub(super) conditions: Vec<usize>,
    pub(super) classes: usize,
}

/// What is measured of rows.
pub(super) enum Argument<'a> {
    /// Numbers, computed chunk by chunk.
    Numbers { program: Program<'a>, expr: RowExpr },
    /// The currency of each row, as in [`ColumnCurrencies`].
    Currencies(&'a ColumnCurrencies),
    /// Identities as codes; [`crate::data::MISSING_CODE`] is missing.
    Codes { codes: std::borrow::Cow<'a, [u32]>, distinct: usize },
}

/// How values are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// Sum and count.
    Total,
    /// Least and greatest.
    Extremes,
    /// All values.
    Values,
    /// Different codes.
    Distinct,
    /// How many values there are.
    Present,
    /// Which currencies there are, each a bit.
    Currencies,
}

/// One measure of one argument over one placement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Series {
    pub(super) placement: usize,
    pub(super) argument: usize,
    pub(super) measure: Measure,
}

/// Where the rows of an aggregate and a filter are collected.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) placement: usize,
    pub(super) class_set: usize,
    /// None where rows alone are counted.
    pub(super) series: Option<usize>,
    /// Of amounts in several currencies, the series that tell in which.
    pub(super) currencies: Vec<usize>,
}

/// How a request is answered from what was collected.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    /// Index of the request.
    pub(super) request: usize,
    pub(super) aggregate: AggregateId,
    pub(super) place: Place,
    pub(super) intervals: Range<usize>,
}

impl Scan<'_> {
    /// The currencies that a series tells.
    pub(super) fn currencies(&self, series: usize) -> Option<&ColumnCurrencies> {
        match self.arguments.get(self.series.get(series)?.argument)? {
            Argument::Currencies(mixed) => Some(mixed),
            _ => None,
        }
    }

    /// What went wrong in every condition and argument.
    pub(super) fn faults<'s>(
        &'s self,
        collected: &'s Collected,
    ) -> impl Iterator<Item = (&'s RowExpr, &'s Faults)> {
        let conditions =
            self.conditions.iter().map(|condition| &condition.expr).zip(&collected.condition_faults);
        let arguments = self.arguments.iter().zip(&collected.argument_faults);
        conditions.chain(arguments.filter_map(|(argument, faults)| match argument {
            Argument::Numbers { expr, .. } => Some((expr, faults)),
            Argument::Codes { .. } | Argument::Currencies(_) => None,
        }))
    }

    /// Cells of a placement.
    pub(super) fn cells(&self, placement: usize) -> usize {
        self.placements.get(placement).map_or(0, |placement| placement.classes) * self.timeline.len()
    }
}

/// Codes of a text column that filters let pass, gathered into classes.
#[derive(Debug, Default)]
pub(super) struct Classes {
    /// Conditions of each filter on the column, sorted, with the codes that pass it.
    filters: Vec<(Vec<usize>, Vec<u32>)>,
}

impl Classes {
    /// The filter with these conditions on the column; `codes` are those that pass all of them.
    pub(super) fn filter(&mut self, conditions: &[usize], codes: impl FnOnce() -> Vec<u32>) -> usize {
        self.filters.iter().position(|(known, _)| known == conditions).unwrap_or_else(|| {
            self.filters.push((conditions.to_vec(), codes()));
            self.filters.len() - 1
        })
    }

    /// The grouping of a column of so many texts, and the classes of each filter.
    pub(super) fn finish(self, codes: &[u32], texts: usize) -> (Grouping<'_>, Vec<Vec<usize>>) {
        let mut passes: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (filter, (_, passing)) in self.filters.iter().enumerate() {
            for code in passing {
                passes.entry(*code).or_default().push(filter);
            }
        }
        let mut known: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
        let mut class_of_code = vec![0; texts + 1];
        let mut of_filter = vec![Vec::new(); self.filters.len()];
        for (code, filters) in passes {
            let next = known.len();
            let class = *known.entry(filters).or_insert_with_key(|filters| {
                for filter in filters {
                    of_filter[*filter].push(next);
                }
                next
            });
            if let Some(slot) = class_of_code.get_mut(code as usize) {
                *slot = class as u32 + 1;
            }
        }
        let classes = known.len().max(1);
        (Grouping { codes, class_of_code, classes }, of_filter)
    }
}

/// The codes of a text column and the number of its texts.
pub(super) fn text_codes(table: &Table, key: ColumnKey) -> Option<(&[u32], usize)> {
    match &table.columns.get(&key)?.data {
        ColumnData::Text { codes, dictionary } if codes.len() == table.rows => {
            Some((codes, dictionary.len()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_fall_into_classes() {
        let mut classes = Classes::default();
        assert_eq!(classes.filter(&[0], || vec![1]), 0);
        assert_eq!(classes.filter(&[1], || vec![1, 2, 4]), 1);
        assert_eq!(classes.filter(&[0], || unreachable!("known")), 0);
        assert_eq!(classes.filter(&[2], Vec::new), 2);
        let (grouping, of_filter) = classes.finish(&[], 4);
        assert_eq!(grouping.class_of_code, [0, 1, 2, 0, 2]);
        assert_eq!(of_filter, [vec![0], vec![0, 1], vec![]]);
        assert_eq!(grouping.classes, 2);
    }
}
