//! Filters → placements: where rows go, with as few looks at each row as there are columns filtered by.

use std::collections::BTreeMap;

use crate::data::Table;
use crate::derive::expression::ColumnKey;

use super::scan::{Classes, Condition, Placement, Scan, text_codes};

/// Conditions of a filter: those that are codes of one column, and the rest.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Split {
    /// Column with the filter among those on it.
    grouped: Option<(ColumnKey, usize)>,
    rest: Vec<usize>,
}

/// Splits sets of conditions by the column that most filters are about.
pub(super) struct Placer<'c> {
    /// Of each condition over a single text column: the column, and the codes that pass.
    by_code: Vec<Option<(ColumnKey, &'c [u32])>>,
    /// How many conditions there are on a column.
    weights: BTreeMap<ColumnKey, usize>,
    classes: BTreeMap<ColumnKey, Classes>,
}

impl<'c> Placer<'c> {
    pub(super) fn new(conditions: &'c [Condition]) -> Self {
        let by_code: Vec<_> = conditions.iter().map(|condition| condition.program.true_codes()).collect();
        let mut weights = BTreeMap::new();
        for (key, _) in by_code.iter().flatten() {
            *weights.entry(*key).or_insert(0) += 1;
        }
        Self { by_code, weights, classes: BTreeMap::new() }
    }

    fn column_of(&self, condition: usize) -> Option<ColumnKey> {
        self.by_code.get(condition).copied().flatten().map(|(key, _)| key)
    }

    pub(super) fn split(&mut self, set: &[usize]) -> Split {
        let column = set
            .iter()
            .filter_map(|condition| self.column_of(*condition))
            .max_by_key(|key| (self.weights.get(key).copied(), std::cmp::Reverse(*key)));
        let Some(column) = column else { return Split { grouped: None, rest: set.to_vec() } };
        let (own, rest): (Vec<usize>, Vec<usize>) =
            set.iter().partition(|condition| self.column_of(**condition) == Some(column));
        let passing: Vec<&[u32]> =
            own.iter().filter_map(|condition| self.by_code[*condition]).map(|(_, codes)| codes).collect();
        let classes = self.classes.entry(column).or_default();
        let filter = classes.filter(&own, || intersection(&passing));
        Split { grouped: Some((column, filter)), rest }
    }

    pub(super) fn finish<'t>(self, table: &'t Table, scan: &mut Scan<'t>) -> Placed {
        let mut groups = BTreeMap::new();
        for (key, classes) in self.classes {
            let Some((codes, texts)) = text_codes(table, key) else { continue };
            let (grouping, of_filter) = classes.finish(codes, texts);
            groups.insert(key, (scan.groupings.len(), of_filter));
            scan.groupings.push(grouping);
        }
        Placed { groups }
    }
}

/// Codes that stand in all lists, which are ascending.
fn intersection(lists: &[&[u32]]) -> Vec<u32> {
    let Some((first, rest)) = lists.split_first() else { return Vec::new() };
    first.iter().copied().filter(|code| rest.iter().all(|list| list.binary_search(code).is_ok())).collect()
}

/// Groupings by column with the classes of each filter.
pub(super) struct Placed {
    groups: BTreeMap<ColumnKey, (usize, Vec<Vec<usize>>)>,
}

impl Placed {
    /// The placement of a filter and the classes that pass it.
    pub(super) fn place(&self, split: &Split, scan: &mut Scan) -> (usize, usize) {
        let found = split.grouped.and_then(|(column, filter)| {
            let (grouping, of_filter) = self.groups.get(&column)?;
            Some((*grouping, of_filter.get(filter)?.clone()))
        });
        let (grouping, classes, set) = match found {
            Some((grouping, set)) => (Some(grouping), scan.groupings[grouping].classes, set),
            None => (None, 1, vec![0]),
        };
        let placement = Placement { grouping, conditions: split.rest.clone(), classes };
        let placement = position_or_push(&mut scan.placements, placement);
        (placement, position_or_push(&mut scan.class_sets, set))
    }
}

/// The index of an item, which is added where it is new.
pub(super) fn position_or_push<T: PartialEq>(all: &mut Vec<T>, item: T) -> usize {
    all.iter().position(|known| *known == item).unwrap_or_else(|| {
        all.push(item);
        all.len() - 1
    })
}
