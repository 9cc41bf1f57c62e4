//! Parts of a sheet that blank columns divide → those that are one table all the same.

use crate::data::blocks::Block;
use crate::data::grid::{Grid, GridRow};
use crate::data::labels::{self, Cell, within};

/// A column alone is no table: where a blank column parts it from columns that end in the same row and are filled in
/// nearly the same rows, it is one of theirs.
pub(crate) fn join_lone(rows: &[GridRow], bands: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    if bands.len() < 2 {
        return bands;
    }
    let filled = |band: (u32, u32)| -> Vec<u32> {
        rows.iter().filter(|line| !within(line, band).is_empty()).map(|line| line.row).collect()
    };
    let mut joined: Vec<((u32, u32), Vec<u32>)> = Vec::new();
    for band in bands {
        let own = filled(band);
        if let Some((last, before)) = joined.last_mut()
            && last.1 + 2 == band.0
            && (last.0 == last.1 || band.0 == band.1)
            && before.last() == own.last()
            && share_rows(before, &own)
        {
            last.1 = band.1;
            before.extend(own);
            before.sort_unstable();
            before.dedup();
            continue;
        }
        joined.push((band, own));
    }
    joined.into_iter().map(|(band, _)| band).collect()
}

/// Whether nine in ten of the rows of each are rows of the other, and they are more than a few.
fn share_rows(a: &[u32], b: &[u32]) -> bool {
    let common = a.iter().filter(|row| b.binary_search(row).is_ok()).count();
    common >= 3 && common * 10 >= a.len() * 9 && common * 10 >= b.len() * 9
}

/// A column left blank between columns of one table does not end it: what follows has the same header rows and the
/// same last row, and holds numbers alone.
pub(crate) fn join_spaced(grid: &Grid, blocks: &mut Vec<Block>) {
    let mut at = 0;
    while at + 1 < blocks.len() {
        let joined = (0..blocks.len()).find(|other| {
            let (left, right) = (&blocks[at], &blocks[*other]);
            *other != at
                && right.columns.0 == left.columns.1 + 2
                && right.header_rows == left.header_rows
                && right.last_row == left.last_row
                && all_numbers(grid, right)
        });
        match joined {
            Some(other) => {
                let right = blocks.remove(other);
                if other < at {
                    at -= 1;
                }
                blocks[at].columns.1 = right.columns.1;
            }
            None => at += 1,
        }
    }
}

fn all_numbers(grid: &Grid, block: &Block) -> bool {
    let inside = |line: &&GridRow| {
        line.row > block.header_rows.1 && block.last_row.is_none_or(|last| line.row <= last)
    };
    grid.rows
        .iter()
        .filter(inside)
        .all(|line| within(line, block.columns).iter().all(|(_, value)| labels::cell(value) == Cell::Value))
}
