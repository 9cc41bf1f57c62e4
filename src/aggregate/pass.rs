//! The rows of a source, once: blocks of a fixed size on any number of threads, merged in order.

use std::borrow::Cow;
use std::ops::Range;

use crate::data::MISSING_DAY;
use crate::derive::expression::{CHUNK, Faults, Mark, blocks};

use super::cells::{Cells, Numbers, add_counts};
use super::scan::{Argument, Scan, Series};
use super::selection::{NOWHERE, Selection};

/// Rows of the smallest block.
const BLOCK: usize = 16 * CHUNK;
/// Blocks at most: more threads than that find nothing to do.
const MOST_BLOCKS: usize = 16;
/// Cells that all blocks together may hold.
const MOST_CELLS: usize = 2_000_000;
/// What was collected from some rows.
pub(super) struct Collected {
    /// Rows by placement and cell.
    pub(super) rows: Vec<Vec<u32>>,
    /// By series.
    pub(super) series: Vec<Cells>,
    /// What went wrong in each condition.
    pub(super) condition_faults: Vec<Faults>,
    /// What went wrong in each argument.
    pub(super) argument_faults: Vec<Faults>,
}

/// Reads every row once. The result is the same for any number of threads: blocks depend on the rows and cells
/// alone, and are merged in the order of the rows.
pub(super) fn collect(scan: &Scan, threads: usize) -> Collected {
    let cells: usize = scan.series.iter().map(|series| scan.cells(series.placement)).sum();
    let most = (MOST_CELLS / cells.max(1)).clamp(1, MOST_BLOCKS);
    let size = scan.table.rows.div_ceil(most).max(BLOCK).next_multiple_of(CHUNK);
    let ranges = blocks::ranges(scan.table.rows, size).collect();
    let collected = blocks::in_order(ranges, threads, |rows| collect_block(scan, rows));
    collected.into_iter().reduce(Collected::merged).unwrap_or_else(|| Collected::empty(scan))
}

impl Collected {
    fn empty(scan: &Scan) -> Self {
        let cells = |series: &Series| Cells::new(series.measure, scan.cells(series.placement));
        Self {
            rows: (0..scan.placements.len()).map(|placement| vec![0; scan.cells(placement)]).collect(),
            series: scan.series.iter().map(cells).collect(),
            condition_faults: vec![Faults::default(); scan.conditions.len()],
            argument_faults: vec![Faults::default(); scan.arguments.len()],
        }
    }

    fn merged(mut self, later: Self) -> Self {
        for (rows, more) in self.rows.iter_mut().zip(&later.rows) {
            add_counts(rows, more);
        }
        for (cells, more) in self.series.iter_mut().zip(later.series) {
            cells.merge(more);
        }
        let faults = self.condition_faults.iter_mut().zip(later.condition_faults);
        for (faults, more) in faults.chain(self.argument_faults.iter_mut().zip(later.argument_faults)) {
            faults.extend(more);
        }
        self
    }
}

fn collect_block(scan: &Scan, rows: Range<usize>) -> Collected {
    let mut collected = Collected::empty(scan);
    let mut selections = vec![Selection::Some(Vec::new(), Vec::new()); scan.placements.len()];
    let mut places = Vec::with_capacity(CHUNK);
    for chunk in blocks::ranges(rows.len(), CHUNK) {
        let chunk = rows.start + chunk.start..rows.start + chunk.end;
        if !place_rows(scan, chunk.clone(), &mut places) {
            continue;
        }
        select_rows(scan, &chunk, &places, &mut selections, &mut collected);
        measure_rows(scan, &chunk, &selections, &mut collected);
    }
    collected
}

/// The interval of each row; false where no request covers any.
fn place_rows(scan: &Scan, chunk: Range<usize>, places: &mut Vec<u32>) -> bool {
    match scan.days.and_then(|days| days.get(chunk.clone())) {
        Some(days) => scan.timeline.place(days, places),
        None => scan.timeline.place(&vec![MISSING_DAY; chunk.len()], places),
    }
    if scan.needed.iter().all(|needed| *needed) {
        return true;
    }
    let mut any = false;
    for place in places.iter_mut() {
        let needed = scan.needed.get(*place as usize).copied().unwrap_or(false);
        any |= needed;
        if !needed {
            *place = NOWHERE;
        }
    }
    any
}

/// Evaluates every condition once and finds the cells of the rows in each placement.
fn select_rows(
    scan: &Scan,
    chunk: &Range<usize>,
    places: &[u32],
    selections: &mut [Selection],
    collected: &mut Collected,
) {
    let mut masks: Vec<Option<Cow<[u8]>>> = vec![None; scan.conditions.len()];
    for at in scan.placements.iter().flat_map(|placement| &placement.conditions) {
        if masks[*at].is_none() {
            let mut wrong = Vec::new();
            masks[*at] = Some(scan.conditions[*at].program.truths(chunk.clone(), &mut wrong));
            wrong.retain(|mark| places[mark.row - chunk.start] != NOWHERE);
            collected.condition_faults[*at].add(&wrong);
        }
    }
    let stride = scan.timeline.len() as u32;
    for ((placement, selection), counts) in scan.placements.iter().zip(selections).zip(&mut collected.rows) {
        let mut cells: Vec<u32> = match placement.grouping {
            None => places.to_vec(),
            Some(grouping) => {
                let grouping = &scan.groupings[grouping];
                let codes = grouping.codes.get(chunk.clone()).unwrap_or_default();
                let last = grouping.class_of_code.len() - 1;
                let class = |code: &u32| grouping.class_of_code[(*code as usize).min(last)];
                let cell = |(code, place): (&u32, &u32)| match class(code) {
                    0 => NOWHERE,
                    _ if *place == NOWHERE => NOWHERE,
                    class => (class - 1) * stride + place,
                };
                codes.iter().zip(places).map(cell).collect()
            }
        };
        for mask in placement.conditions.iter().filter_map(|at| masks[*at].as_ref()) {
            for (cell, truth) in cells.iter_mut().zip(mask.iter()) {
                *cell = if *truth == 1 { *cell } else { NOWHERE };
            }
        }
        selection.take(&cells);
        match selection {
            Selection::Whole(rows, cell) => counts[*cell] += *rows as u32,
            Selection::Some(_, cells) => cells.iter().for_each(|cell| counts[*cell as usize] += 1),
        }
    }
}

/// Adds the values of the selected rows to every series.
fn measure_rows(scan: &Scan, chunk: &Range<usize>, selections: &[Selection], collected: &mut Collected) {
    for (at, argument) in scan.arguments.iter().enumerate() {
        let series = || {
            scan.series
                .iter()
                .enumerate()
                .filter(move |(_, series)| series.argument == at && !selections[series.placement].is_empty())
        };
        if series().next().is_none() {
            continue;
        }
        match argument {
            Argument::Numbers { program, .. } => {
                let mut marks = Vec::new();
                let numbers = Numbers::of(program.numbers(chunk.clone(), &mut marks));
                if !marks.is_empty() {
                    let taken = series().map(|(_, series)| &selections[series.placement]);
                    retain_taken(&mut marks, chunk, taken);
                    collected.argument_faults[at].add(&marks);
                }
                for (index, series) in series() {
                    collected.series[index].add_numbers(&selections[series.placement], &numbers);
                }
            }
            Argument::Currencies(currencies) => {
                let codes = currencies.of_row.get(chunk.clone()).unwrap_or_default();
                for (index, series) in series() {
                    collected.series[index].add_currencies(&selections[series.placement], codes);
                }
            }
            Argument::Codes { codes, .. } => {
                let codes = codes.get(chunk.clone()).unwrap_or_default();
                for (index, series) in series() {
                    collected.series[index].add_codes(&selections[series.placement], codes);
                }
            }
        }
    }
}

/// What goes wrong counts in the rows that are measured.
fn retain_taken<'s>(marks: &mut Vec<Mark>, chunk: &Range<usize>, taken: impl Iterator<Item = &'s Selection>) {
    let mut measured = vec![false; chunk.len()];
    taken.for_each(|selection| selection.each(|row, _| measured[row] = true));
    marks.retain(|mark| measured[mark.row - chunk.start]);
}
