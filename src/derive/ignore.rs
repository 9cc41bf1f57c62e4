//! `ignore rows where`: rows for which a condition is true leave the table.

use crate::data::{ColumnData, RowRun, Skipped, Table};

/// Leaves the rows that are kept, and counts the others with the cells named for them.
pub(super) fn retain(table: &mut Table, keep: &[bool], cells: Vec<crate::cell::CellRef>) {
    let ignored = keep.iter().filter(|kept| !**kept).count();
    if ignored == 0 {
        return;
    }
    for column in table.columns.values_mut() {
        match &mut column.data {
            ColumnData::Number(values) => retain_in(values, keep),
            ColumnData::Date(days) => retain_in(days, keep),
            ColumnData::Text { codes, .. } => retain_in(codes, keep),
            ColumnData::Boolean(truths) => retain_in(truths, keep),
        }
    }
    for currencies in &mut table.currencies {
        retain_in(&mut currencies.of_row, keep);
    }
    table.runs = kept_runs(&table.runs, keep);
    table.rows -= ignored;
    table.skipped.push(Skipped {
        what: "ignored row".to_owned(),
        column: None,
        count: ignored,
        cells,
        texts: Vec::new(),
    });
}

fn retain_in<T>(values: &mut Vec<T>, keep: &[bool]) {
    let mut kept = keep.iter();
    values.retain(|_| kept.next().copied().unwrap_or(true));
}

/// The runs of the rows that are kept: a gap ends a run.
fn kept_runs(runs: &[RowRun], keep: &[bool]) -> Vec<RowRun> {
    let mut kept: Vec<RowRun> = Vec::new();
    let mut first = 0;
    for run in runs {
        let mut open: Option<RowRun> = None;
        for at in 0..run.count {
            let sheet_row = run.sheet_row + at as u32;
            if keep.get(run.first + at).copied().unwrap_or(true) {
                open.get_or_insert(RowRun { first, count: 0, sheet_row, ..*run }).count += 1;
                first += 1;
            } else {
                kept.extend(open.take());
            }
        }
        kept.extend(open);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::SheetId;

    fn run(first: usize, count: usize, sheet_row: u32, part: usize) -> RowRun {
        RowRun { first, count, sheet: SheetId(part as u32), sheet_row, part }
    }

    #[test]
    fn runs_end_where_rows_leave() {
        let runs = [run(0, 4, 1, 0), run(4, 2, 10, 1)];
        let keep = [true, false, true, true, true, false];
        assert_eq!(kept_runs(&runs, &keep), [run(0, 1, 1, 0), run(1, 2, 3, 0), run(3, 1, 10, 1)]);
        assert_eq!(kept_runs(&runs, &[false; 6]), []);
        assert_eq!(kept_runs(&runs, &[true; 6]), runs);
    }
}
