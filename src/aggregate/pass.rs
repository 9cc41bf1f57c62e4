//! The rows of a source, once: blocks of a fixed size on any number of threads, merged in order.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use crate::data::{MISSING_CODE, MISSING_DAY};
use crate::derive::expression::{CHUNK, Faults, Mark, blocks};

use super::scan::{Argument, Measure, Scan, Series};
use super::total::{Extremes, Total, flags_of, flags_of_all};

/// Rows of the smallest block.
const BLOCK: usize = 16 * CHUNK;
/// Blocks at most: more threads than that find nothing to do.
const MOST_BLOCKS: usize = 16;
/// Cells that all blocks together may hold.
const MOST_CELLS: usize = 2_000_000;
/// The row goes nowhere.
const NOWHERE: u32 = u32::MAX;

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

/// The cells of a series.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cells {
    Total(Vec<Total>),
    Extremes(Vec<Extremes>),
    Values(Vec<Vec<f64>>),
    Distinct(Vec<Vec<u32>>, Vec<u32>),
    Present(Vec<u32>),
    Currencies(Vec<u64>),
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
        let cells = |series: &Series| {
            let cells = scan.cells(series.placement);
            match series.measure {
                Measure::Total => Cells::Total(vec![Total::default(); cells]),
                Measure::Extremes => Cells::Extremes(vec![Extremes::default(); cells]),
                Measure::Values => Cells::Values(vec![Vec::new(); cells]),
                Measure::Distinct => Cells::Distinct(vec![Vec::new(); cells], vec![0; cells]),
                Measure::Present => Cells::Present(vec![0; cells]),
                Measure::Currencies => Cells::Currencies(vec![0; cells]),
            }
        };
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

impl Cells {
    fn merge(&mut self, later: Self) {
        match (self, later) {
            (Self::Total(cells), Self::Total(more)) => {
                cells.iter_mut().zip(&more).for_each(|(total, later)| total.merge(later));
            }
            (Self::Extremes(cells), Self::Extremes(more)) => {
                cells.iter_mut().zip(&more).for_each(|(extremes, later)| extremes.merge(later));
            }
            (Self::Values(cells), Self::Values(more)) => {
                cells.iter_mut().zip(more).for_each(|(values, later)| values.extend(later));
            }
            (Self::Distinct(cells, counts), Self::Distinct(more, later)) => {
                cells.iter_mut().zip(more).for_each(|(codes, later)| codes.extend(later));
                add_counts(counts, &later);
            }
            (Self::Present(counts), Self::Present(later)) => add_counts(counts, &later),
            (Self::Currencies(cells), Self::Currencies(more)) => {
                cells.iter_mut().zip(more).for_each(|(found, later)| *found |= later);
            }
            _ => unreachable!("blocks of one scan have the same series"),
        }
    }
}

fn add_counts(counts: &mut [u32], later: &[u32]) {
    counts.iter_mut().zip(later).for_each(|(count, more)| *count += more);
}

/// The rows of a chunk that a placement takes.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Selection {
    /// So many rows from the first on, that is all, in one cell.
    Whole(usize, usize),
    /// Rows with their cells.
    Some(Vec<u32>, Vec<u32>),
}

/// Numbers of a chunk.
struct Numbers<'s> {
    values: Cow<'s, [f64]>,
    /// Flags of each value, found where they are asked for.
    flags: OnceCell<Vec<u8>>,
    /// Some are missing.
    gaps: bool,
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

impl Selection {
    /// Takes the rows that go somewhere; buffers are used again.
    fn take(&mut self, cells: &[u32]) {
        let one = cells.first().filter(|first| **first != NOWHERE && cells.iter().all(|cell| cell == *first));
        if let Some(cell) = one {
            *self = Self::Whole(cells.len(), *cell as usize);
            return;
        }
        let (mut rows, mut taken_cells) = match std::mem::replace(self, Self::Whole(0, 0)) {
            Self::Some(rows, cells) => (rows, cells),
            Self::Whole(..) => (Vec::new(), Vec::new()),
        };
        rows.resize(cells.len(), 0);
        taken_cells.resize(cells.len(), 0);
        let mut taken = 0;
        for (row, cell) in cells.iter().enumerate() {
            rows[taken] = row as u32;
            taken_cells[taken] = *cell;
            taken += usize::from(*cell != NOWHERE);
        }
        rows.truncate(taken);
        taken_cells.truncate(taken);
        *self = Self::Some(rows, taken_cells);
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Whole(rows, _) => *rows == 0,
            Self::Some(rows, _) => rows.is_empty(),
        }
    }

    /// Every row with its cell.
    fn each(&self, mut row_in_cell: impl FnMut(usize, usize)) {
        match self {
            Self::Whole(rows, cell) => (0..*rows).for_each(|row| row_in_cell(row, *cell)),
            Self::Some(rows, cells) => {
                rows.iter().zip(cells).for_each(|(row, cell)| row_in_cell(*row as usize, *cell as usize));
            }
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

impl<'s> Numbers<'s> {
    fn of(values: Cow<'s, [f64]>) -> Self {
        let gaps = values.iter().fold(false, |gaps, value| gaps | value.is_nan());
        Self { values, flags: OnceCell::new(), gaps }
    }

    fn flags(&self) -> &[u8] {
        self.flags.get_or_init(|| self.values.iter().map(|value| flags_of(*value)).collect())
    }
}

impl Cells {
    fn add_numbers(&mut self, selection: &Selection, numbers: &Numbers) {
        let values = &numbers.values;
        match self {
            Self::Total(cells) => match selection {
                Selection::Whole(_, cell) if !numbers.gaps => {
                    cells[*cell].add_all(values);
                    cells[*cell].flags |= flags_of_all(values);
                }
                _ => {
                    let flags = numbers.flags();
                    selection.each(|row, cell| {
                        if !values[row].is_nan() {
                            let total = &mut cells[cell];
                            total.add(values[row]);
                            total.values += 1;
                            total.flags |= flags[row];
                        }
                    });
                }
            },
            Self::Extremes(cells) => {
                let flags = numbers.flags();
                selection.each(|row, cell| {
                    if !values[row].is_nan() {
                        cells[cell].add(values[row]);
                        cells[cell].flags |= flags[row];
                    }
                });
            }
            Self::Values(cells) => selection.each(|row, cell| {
                if !values[row].is_nan() {
                    cells[cell].push(values[row]);
                }
            }),
            Self::Distinct(..) | Self::Present(_) | Self::Currencies(_) => {
                unreachable!("numbers are no identities")
            }
        }
    }

    fn add_codes(&mut self, selection: &Selection, codes: &[u32]) {
        match self {
            Self::Distinct(cells, counts) => match selection {
                Selection::Whole(_, cell) => {
                    let list = &mut cells[*cell];
                    let mut last = list.last().copied().unwrap_or(MISSING_CODE);
                    for code in codes.iter().filter(|code| **code != MISSING_CODE) {
                        counts[*cell] += 1;
                        if *code != last {
                            list.push(*code);
                            last = *code;
                        }
                    }
                }
                Selection::Some(..) => selection.each(|row, cell| {
                    let code = codes[row];
                    if code != MISSING_CODE {
                        counts[cell] += 1;
                        // neighbouring rows often belong together: lines of an order
                        if cells[cell].last() != Some(&code) {
                            cells[cell].push(code);
                        }
                    }
                }),
            },
            Self::Present(counts) => {
                selection.each(|row, cell| counts[cell] += u32::from(codes[row] != MISSING_CODE));
            }
            Self::Total(_) | Self::Extremes(_) | Self::Values(_) | Self::Currencies(_) => {
                unreachable!("identities are no numbers")
            }
        }
    }

    fn add_currencies(&mut self, selection: &Selection, codes: &[u8]) {
        if let Self::Currencies(cells) = self {
            // the 64th bit stands for all that are left
            let bit = |code: &u8| if *code == 0 { 0 } else { 1u64 << (*code - 1).min(63) };
            selection.each(|row, cell| cells[cell] |= codes.get(row).map_or(0, bit));
        }
    }
}
