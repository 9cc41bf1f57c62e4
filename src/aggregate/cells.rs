//! The cells of a series: one for each class and interval.

use std::borrow::Cow;
use std::cell::OnceCell;

use crate::data::MISSING_CODE;

use super::scan::Measure;
use super::selection::Selection;
use super::total::{Extremes, Total, flags_of, flags_of_all};

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

/// Numbers of a chunk.
pub(super) struct Numbers<'s> {
    values: Cow<'s, [f64]>,
    /// Flags of each value, found where they are asked for.
    flags: OnceCell<Vec<u8>>,
    /// Some are missing.
    gaps: bool,
}

impl Cells {
    /// So many cells with nothing in them.
    pub(super) fn new(measure: Measure, cells: usize) -> Self {
        match measure {
            Measure::Total => Self::Total(vec![Total::default(); cells]),
            Measure::Extremes => Self::Extremes(vec![Extremes::default(); cells]),
            Measure::Values => Self::Values(vec![Vec::new(); cells]),
            Measure::Distinct => Self::Distinct(vec![Vec::new(); cells], vec![0; cells]),
            Measure::Present => Self::Present(vec![0; cells]),
            Measure::Currencies => Self::Currencies(vec![0; cells]),
        }
    }

    /// Adds those of later rows.
    pub(super) fn merge(&mut self, later: Self) {
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

pub(super) fn add_counts(counts: &mut [u32], later: &[u32]) {
    counts.iter_mut().zip(later).for_each(|(count, more)| *count += more);
}

impl<'s> Numbers<'s> {
    pub(super) fn of(values: Cow<'s, [f64]>) -> Self {
        let gaps = values.iter().fold(false, |gaps, value| gaps | value.is_nan());
        Self { values, flags: OnceCell::new(), gaps }
    }

    fn flags(&self) -> &[u8] {
        self.flags.get_or_init(|| self.values.iter().map(|value| flags_of(*value)).collect())
    }
}

impl Cells {
    /// Adds the numbers of the selected rows.
    pub(super) fn add_numbers(&mut self, selection: &Selection, numbers: &Numbers) {
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

    /// Adds the identities of the selected rows.
    pub(super) fn add_codes(&mut self, selection: &Selection, codes: &[u32]) {
        match self {
            Self::Distinct(cells, counts) => match selection {
                Selection::Whole(_, cell) => {
                    let found = &mut cells[*cell];
                    let mut before = found.last().copied().unwrap_or(MISSING_CODE);
                    for code in codes.iter().filter(|code| **code != MISSING_CODE) {
                        counts[*cell] += 1;
                        if *code != before {
                            found.push(*code);
                            before = *code;
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

    /// Adds the currencies of the selected rows.
    pub(super) fn add_currencies(&mut self, selection: &Selection, codes: &[u8]) {
        if let Self::Currencies(cells) = self {
            // the 64th bit stands for all that are left
            let bit = |code: &u8| if *code == 0 { 0 } else { 1u64 << (*code - 1).min(63) };
            selection.each(|row, cell| cells[cell] |= codes.get(row).map_or(0, bit));
        }
    }
}
