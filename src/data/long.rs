//! Gathered cells of a wide table → those of a long one: a row for every row and period in which something stands, or
//! for every period, where the rows carry the names of metrics.

use std::collections::BTreeMap;

use crate::data::dataset::{MISSING_CODE, RowRun};
use crate::data::gather::Gathered;
use crate::data::xlsx::Other;
use crate::data::{Across, PartInfo, SourceInfo, Stand};

/// A wide table as it was read.
pub(crate) struct Wide<'a> {
    /// The long source.
    pub(crate) source: &'a SourceInfo,
    /// The columns read: indices of the source, and past them the slots of the periods.
    pub(crate) columns: &'a [usize],
    /// Their cells.
    pub(crate) cells: &'a [Gathered],
    /// Where the rows came from.
    pub(crate) runs: &'a [RowRun],
}

/// A long table.
pub(crate) struct Long {
    /// Indices of the source, ascending.
    pub(crate) columns: Vec<usize>,
    /// Their cells.
    pub(crate) cells: Vec<Gathered>,
    /// A run for every row.
    pub(crate) runs: Vec<RowRun>,
    /// For every row the first slot of its period.
    pub(crate) slots: Vec<usize>,
}

impl Wide<'_> {
    /// The long form; `style` is the index of the date style.
    pub(crate) fn lengthen(&self, date_style: u32) -> Long {
        let base = self.source.columns.len();
        let kept: Vec<usize> = self.columns.iter().copied().filter(|column| *column < base).collect();
        let date = self.source.across.unwrap_or(0);
        let mut columns = kept;
        columns.push(date);
        columns.extend(date + 1..base);
        columns.sort_unstable();
        columns.dedup();
        let mut long = Long {
            cells: columns.iter().map(|_| Gathered::default()).collect(),
            columns,
            runs: Vec::new(),
            slots: Vec::new(),
        };
        for (index, part) in self.source.parts.iter().enumerate() {
            if part.metric_rows.is_empty() {
                self.lengthen_rows(&mut long, index, part, date_style);
            } else {
                self.lengthen_metrics(&mut long, index, part, date_style);
            }
        }
        long
    }

    fn runs_of(&self, part: usize) -> impl Iterator<Item = &RowRun> {
        self.runs.iter().filter(move |run| run.part == part)
    }

    /// A row for every row and period.
    fn lengthen_rows(&self, long: &mut Long, index: usize, part: &PartInfo, date_style: u32) {
        for run in self.runs_of(index) {
            for offset in 0..run.count {
                let row = run.first + offset;
                for (first, slots) in by_stand(&part.across) {
                    let places: Vec<(usize, usize, usize)> =
                        slots.iter().enumerate().map(|(at, slot)| (slot.measure, first + at, row)).collect();
                    let made = Made { row, sheet_row: run.sheet_row + offset as u32, first, slots, places };
                    self.add(long, run, made, date_style);
                }
            }
        }
    }

    /// A row for every group of rows and period; each row of the sheet is one of its columns.
    fn lengthen_metrics(&self, long: &mut Long, index: usize, part: &PartInfo, date_style: u32) {
        let gathered: BTreeMap<u32, (usize, &RowRun)> = self
            .runs_of(index)
            .flat_map(|run| (0..run.count).map(move |at| (run.sheet_row + at as u32, (run.first + at, run))))
            .collect();
        let mut groups: Vec<u32> = part.metric_rows.iter().map(|line| line.group).collect();
        groups.sort_unstable();
        groups.dedup();
        for group in groups {
            let Some((row, run)) = gathered.get(&group) else { continue };
            for (first, slots) in by_stand(&part.across) {
                let mut places = Vec::new();
                for line in part.metric_rows.iter().filter(|line| line.group == group) {
                    let Some((row, _)) = gathered.get(&line.row) else { continue };
                    let own = slots.iter().enumerate();
                    places.extend(own.map(|(at, slot)| (line.measure + slot.measure, first + at, *row)));
                }
                let made = Made { row: *row, sheet_row: group, first, slots, places };
                self.add(long, run, made, date_style);
            }
        }
    }

    fn slot(&self, number: usize) -> Option<&Gathered> {
        let at = self.columns.binary_search(&(self.source.columns.len() + number)).ok()?;
        self.cells.get(at)
    }

    fn add(&self, long: &mut Long, run: &RowRun, made: Made<'_>, date_style: u32) {
        let stands =
            made.places.iter().any(|(_, slot, row)| self.slot(*slot).is_some_and(|cells| cells.holds(*row)));
        let Some(stand) = made.slots.first().map(|slot| &slot.stand).filter(|_| stands) else { return };
        for (column, cells) in long.columns.iter().zip(&mut long.cells) {
            if Some(*column) == self.source.across {
                match stand {
                    Stand::Day(day) => cells.push_number(f64::from(*day) + 25_569.0, date_style),
                    Stand::Name(name) => cells.extend_text(name, 1),
                }
            } else if let Some((_, slot, row)) = made.places.iter().find(|(to, ..)| to == column) {
                cells.push_from(self.slot(*slot), *row);
            } else {
                let from = self.columns.binary_search(column).ok().and_then(|at| self.cells.get(at));
                cells.push_from(from, made.row);
            }
        }
        long.runs.push(RowRun {
            first: long.slots.len(),
            count: 1,
            sheet: run.sheet,
            sheet_row: made.sheet_row,
            part: run.part,
        });
        long.slots.push(made.first);
    }
}

/// A row to be made: of which row, for which slots, and for each column of values its slot and row.
struct Made<'s> {
    row: usize,
    sheet_row: u32,
    first: usize,
    slots: &'s [Across],
    places: Vec<(usize, usize, usize)>,
}

/// Stretches of slots under one name or period, with the number of the first.
fn by_stand(slots: &[Across]) -> Vec<(usize, &[Across])> {
    let mut first = 0;
    slots
        .chunk_by(|a, b| a.stand == b.stand)
        .map(|chunk| {
            let start = first;
            first += chunk.len();
            (start, chunk)
        })
        .collect()
}

impl Gathered {
    fn holds(&self, row: usize) -> bool {
        self.numbers.get(row).is_some()
            || self.codes.get(row).is_some_and(|code| *code != MISSING_CODE)
            || self.others.binary_search_by_key(&(row as u32), |(at, _)| *at).is_ok()
    }

    pub(crate) fn push_number(&mut self, number: f64, style: u32) {
        let row = self.rows();
        self.numbers.resize(row);
        self.numbers.push(number);
        self.push_style(row, style);
        self.grow();
    }

    fn push_style(&mut self, row: usize, style: u32) {
        if self.styles.last().is_none_or(|(_, last)| *last != style) {
            self.styles.push((row as u32, style));
        }
    }

    /// A copy of a cell of another column.
    fn push_from(&mut self, from: Option<&Self>, row: usize) {
        let to = self.rows();
        if let Some(from) = from {
            let run = from.styles.partition_point(|(first, _)| *first as usize <= row).checked_sub(1);
            if let Some(run) = run.filter(|_| from.holds(row)) {
                self.push_style(to, from.styles[run].1);
            }
            if let Some(number) = from.numbers.get(row) {
                self.numbers.resize(to);
                self.numbers.push(number);
            }
            if let Some(text) = from.codes.get(row).and_then(|code| from.words.dictionary.text(*code)) {
                let code = self.words.code(text);
                self.codes.resize(to, MISSING_CODE);
                self.codes.push(code);
            }
            if let Ok(at) = from.others.binary_search_by_key(&(row as u32), |(at, _)| *at) {
                let other: Other = from.others[at].1.clone();
                self.others.push((to as u32, other));
            }
        }
        self.grow();
    }

    fn grow(&mut self) {
        self.extend_missing(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(column: u32, day: i32) -> Across {
        Across { column, stand: Stand::Day(day), measure: 0 }
    }

    #[test]
    fn slots_of_one_period_stand_together() {
        let slots = [slot(1, 0), slot(2, 0), slot(3, 31)];
        let found: Vec<(usize, usize)> =
            by_stand(&slots).into_iter().map(|(first, slots)| (first, slots.len())).collect();
        assert_eq!(found, [(0, 2), (2, 1)]);
    }

    #[test]
    fn a_copied_cell_keeps_its_value_and_its_style() {
        let (mut from, mut to) = (Gathered::default(), Gathered::default());
        from.push_number(1.5, 3);
        to.extend_missing(1);
        to.push_from(Some(&from), 0);
        to.push_from(Some(&from), 7);
        to.push_from(None, 0);
        assert_eq!(to.rows(), 4);
        assert!(!to.holds(0) && to.holds(1) && !to.holds(2) && !to.holds(3));
        assert_eq!(to.style_runs(), [(1, 4, 3)]);
    }
}
