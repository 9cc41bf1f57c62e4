//! Distinct counts over runs of intervals, all of them from one pass over the codes.

use std::ops::Range;

/// Intervals up to which every run is answered from a table.
const TABLE_INTERVALS: usize = 1000;

/// How many different codes any run of intervals holds.
///
/// A code counts in a run `first..end` at its first interval there: the one whose interval before, in which the code
/// last occurred, lies before `first`. So it is enough to count pairs of an interval and the one before it.
pub(super) enum DistinctCounts {
    /// At `before * intervals + interval`: pairs with this interval and one before it that is less than `before`
    /// (0 stands for none before), added up over the intervals to this one.
    Table { pairs: Vec<u32>, intervals: usize },
    /// Pairs of an interval and the one before it (one more than its index; 0 is none), by interval.
    Pairs(Vec<(u32, u32)>),
}

impl DistinctCounts {
    /// Counts the codes of some classes; `cells` holds those of each class and interval.
    pub(super) fn new(cells: &[Vec<u32>], classes: &[usize], intervals: usize, distinct: usize) -> Self {
        let mut seen = vec![0u32; distinct];
        let by_interval = (0..intervals)
            .map(|at| classes.iter().filter_map(move |class| cells.get(class * intervals + at)));
        if intervals > TABLE_INTERVALS {
            let mut pairs = Vec::new();
            for (at, lists) in by_interval.enumerate() {
                for code in lists.flatten() {
                    let Some(last) = seen.get_mut(*code as usize) else { continue };
                    if *last != at as u32 + 1 {
                        pairs.push((at as u32, *last));
                        *last = at as u32 + 1;
                    }
                }
            }
            return Self::Pairs(pairs);
        }
        let mut pairs = vec![0u32; (intervals + 1) * intervals];
        for (at, lists) in by_interval.enumerate() {
            for code in lists.flatten() {
                let Some(last) = seen.get_mut(*code as usize) else { continue };
                if *last != at as u32 + 1 {
                    pairs[*last as usize * intervals + at] += 1;
                    *last = at as u32 + 1;
                }
            }
        }
        add_up(&mut pairs, intervals);
        Self::Table { pairs, intervals }
    }

    /// The different codes in a run of intervals.
    pub(super) fn within(&self, run: Range<usize>) -> u64 {
        if run.is_empty() {
            return 0;
        }
        match self {
            Self::Table { pairs, intervals } => {
                // before run.start: none (0), or an index below it (1 to run.start)
                let row = run.start * intervals;
                let upto = |interval: usize| u64::from(pairs[row + interval]);
                upto(run.end - 1) - if run.start == 0 { 0 } else { upto(run.start - 1) }
            }
            Self::Pairs(pairs) => {
                let from = pairs.partition_point(|(at, _)| (*at as usize) < run.start);
                let to = pairs.partition_point(|(at, _)| (*at as usize) < run.end);
                pairs[from..to].iter().filter(|(_, before)| *before as usize <= run.start).count() as u64
            }
        }
    }
}

/// Sums over intervals before, then over intervals.
fn add_up(pairs: &mut [u32], intervals: usize) {
    for at in intervals..pairs.len() {
        pairs[at] += pairs[at - intervals];
    }
    for row in pairs.chunks_mut(intervals.max(1)) {
        for at in 1..row.len() {
            row[at] += row[at - 1];
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_run_counts_as_a_set(
            cells in proptest::collection::vec(proptest::collection::vec(0u32..9, 0..6), 12),
            classes in proptest::sample::subsequence(vec![0usize, 1, 2], 0..4),
        ) {
            let table = DistinctCounts::new(&cells, &classes, 4, 9);
            let mut padded = vec![Vec::new(); 3 * 2000];
            for (at, cell) in cells.iter().enumerate() {
                padded[at / 4 * 2000 + at % 4] = cell.clone();
            }
            let pairs = DistinctCounts::new(&padded, &classes, 2000, 9);
            for start in 0..4 {
                for end in start..=4 {
                    let of_class = |class: &usize| (start..end).flat_map(|at| cells[class * 4 + at].clone()).collect::<Vec<_>>();
                    let set: BTreeSet<u32> = classes.iter().flat_map(of_class).collect();
                    prop_assert_eq!(table.within(start..end), set.len() as u64);
                    prop_assert_eq!(pairs.within(start..end), set.len() as u64);
                }
            }
        }
    }
}
