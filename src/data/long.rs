//! Gathered cells of a wide table → those of a long one: a row for every row and period in which something stands.

use crate::data::dataset::{MISSING_CODE, RowRun};
use crate::data::gather::Gathered;
use crate::data::xlsx::Other;
use crate::data::{Across, SourceInfo};

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
        for run in self.runs {
            let Some(part) = self.source.parts.get(run.part) else { continue };
            for offset in 0..run.count {
                for (first, slots) in by_day(&part.across) {
                    self.add(&mut long, run, offset, first, slots, date_style);
                }
            }
        }
        long
    }

    fn slot(&self, number: usize) -> Option<&Gathered> {
        let at = self.columns.binary_search(&(self.source.columns.len() + number)).ok()?;
        self.cells.get(at)
    }

    fn add(
        &self,
        long: &mut Long,
        run: &RowRun,
        offset: usize,
        first: usize,
        slots: &[Across],
        date_style: u32,
    ) {
        let row = run.first + offset;
        let stands = (0..slots.len()).any(|at| self.slot(first + at).is_some_and(|cells| cells.holds(row)));
        if !stands {
            return;
        }
        for (column, cells) in long.columns.iter().zip(&mut long.cells) {
            if Some(*column) == self.source.across {
                cells.push_number(f64::from(slots[0].day) + 25_569.0, date_style);
            } else if let Some(at) = slots.iter().position(|slot| slot.measure == *column) {
                cells.push_from(self.slot(first + at), row);
            } else {
                let from = self.columns.binary_search(column).ok().and_then(|at| self.cells.get(at));
                cells.push_from(from, row);
            }
        }
        long.runs.push(RowRun {
            first: long.slots.len(),
            count: 1,
            sheet: run.sheet,
            sheet_row: run.sheet_row + offset as u32,
            part: run.part,
        });
        long.slots.push(first);
    }
}

/// Stretches of slots of one day, with the number of the first.
fn by_day(slots: &[Across]) -> Vec<(usize, &[Across])> {
    let mut first = 0;
    slots
        .chunk_by(|a, b| a.day == b.day)
        .map(|chunk| {
            let start = first;
            first += chunk.len();
            (start, chunk)
        })
        .collect()
}

impl Gathered {
    fn holds(&self, row: usize) -> bool {
        self.numbers.get(row).is_some_and(|n| !n.is_nan())
            || self.codes.get(row).is_some_and(|code| *code != MISSING_CODE)
            || self.others.binary_search_by_key(&(row as u32), |(at, _)| *at).is_ok()
    }

    fn push_number(&mut self, number: f64, style: u32) {
        let row = self.rows();
        self.numbers.resize(row, f64::NAN);
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
            if let Some(number) = from.numbers.get(row).filter(|n| !n.is_nan()) {
                self.numbers.resize(to, f64::NAN);
                self.numbers.push(*number);
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
