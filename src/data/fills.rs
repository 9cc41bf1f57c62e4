//! Names that stand once for several rows → the value for each of them: cells merged downwards, and a first column that
//! names a group of rows in the first of them alone.
//!
//! Only names and dates are filled, never numbers: an amount merged over three rows is one amount.

use crate::cell::column_letters;
use crate::data::dataset::MISSING_CODE;
use crate::data::gather::Gathered;
use crate::data::grid::{GridRow, Value};
use crate::data::reader::RawRange;
use crate::data::rows::RowKind;
use crate::data::sheet_rows::SheetRows;
use crate::data::words::{self, TotalWord};
use crate::data::{ColumnInfo, Fill, Kind};

/// What the blanks of a table stand for.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Fills {
    /// The stretches.
    pub(crate) fills: Vec<Fill>,
    /// What `inspect` says of them.
    pub(crate) remarks: Vec<String>,
}

/// The stretches of a table: `rows` are those below its header, `columns` its columns from `first` on.
pub(crate) fn find(rows: &[&GridRow], first: u32, columns: &[ColumnInfo], merged: &[RawRange]) -> Fills {
    let mut found = Fills::default();
    let (Some(top), Some(bottom)) = (rows.first(), rows.last()) else { return found };
    let mut groups = false;
    for (at, info) in columns.iter().enumerate() {
        let column = first + at as u32;
        if !is_name(info) {
            continue;
        }
        let areas = merged.iter().filter(|area| {
            area.first.1 == column
                && area.first.0 < area.last.0
                && (top.row..=bottom.row).contains(&area.first.0)
        });
        let merged: Vec<Fill> =
            areas.map(|area| Fill { column, rows: (area.first.0, area.last.0) }).collect();
        let letters = column_letters(column);
        if let Some(one) = merged.first() {
            let place = format!("{letters}{}:{letters}{}", one.rows.0 + 1, one.rows.1 + 1);
            let count = crate::wording::count(merged.len(), "merged area");
            found.remarks.push(format!(
                "column {letters}: {count} ({place}{}): the value holds for each of the rows",
                if merged.len() > 1 { ", …" } else { "" }
            ));
            found.fills.extend(merged);
        } else if groups && stands_with(rows, first, column) {
            found.remarks.push(format!(
                "column {letters}: stands with the names of the groups, and holds for the blanks too"
            ));
            found.fills.push(Fill { column, rows: (top.row, u32::MAX) });
        } else if at == 0 && names_groups(rows, column) {
            found.remarks.push(format!(
                "column {letters}: each name stands once above the rows of its group and holds for the blanks below it"
            ));
            found.fills.push(Fill { column, rows: (top.row, u32::MAX) });
            groups = true;
        }
    }
    found
}

/// A column that says what a row is, not how much.
fn is_name(column: &ColumnInfo) -> bool {
    matches!(column.kind, Kind::Text | Kind::Date | Kind::Boolean)
        || column.kind == Kind::Number
            && (words::names_identity(&column.name) || words::names_year(&column.name))
}

/// Groups that a first column needs for its blanks to mean the name above.
const GROUPS: usize = 2;

/// Whether a column names groups of rows in the first row of each: it begins with a name, no name stands twice, and
/// at least as many rows are blank as are named, each of them filled besides.
fn names_groups(rows: &[&GridRow], column: u32) -> bool {
    let mut names: Vec<String> = Vec::new();
    let mut blank = 0;
    for line in rows {
        match line.get(column) {
            Some(value) if is_total(value) => {}
            Some(value) => names.push(value.show()),
            None if names.is_empty() => return false,
            None => blank += 1,
        }
    }
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    count >= GROUPS && names.len() == count && blank >= count
}

/// Whether a column is filled where the first one names a group, and nowhere else: the date and the customer of an
/// order, beside its number.
fn stands_with(rows: &[&GridRow], first: u32, column: u32) -> bool {
    rows.iter().all(|line| match line.get(first) {
        Some(value) if is_total(value) => true,
        name => name.is_some() == line.get(column).is_some(),
    })
}

fn is_total(value: &Value) -> bool {
    matches!(value, Value::Text(text) if words::total(text) != TotalWord::No)
}

/// The rows with their blanks filled, as far as they are to be.
pub(crate) fn filled(rows: &[&GridRow], fills: &[Fill]) -> Vec<GridRow> {
    let mut filled: Vec<GridRow> = rows.iter().map(|line| (*line).clone()).collect();
    for fill in fills {
        let mut above: Option<Value> = None;
        for line in filled.iter_mut().filter(|line| (fill.rows.0..=fill.rows.1).contains(&line.row)) {
            match line.cells.binary_search_by_key(&fill.column, |(column, _)| *column) {
                Ok(at) if is_total(&line.cells[at].1) => {}
                Ok(at) => above = Some(line.cells[at].1.clone()),
                Err(at) => {
                    if let Some(value) = &above {
                        line.cells.insert(at, (fill.column, value.clone()));
                    }
                }
            }
        }
    }
    filled
}

/// Rows just read.
pub(crate) struct Stretch<'s> {
    /// The place of the first.
    pub(crate) start: usize,
    /// The rows of the sheet that they are.
    pub(crate) rows: &'s SheetRows,
    /// Those that are no data, counted from the first.
    pub(crate) drop: &'s [(usize, RowKind)],
}

impl Stretch<'_> {
    /// From which place to which a fill reaches.
    fn places(&self, fill: &Fill) -> std::ops::Range<usize> {
        let place = |row| self.start + self.rows.place_from(row);
        place(fill.rows.0)..place(fill.rows.1.saturating_add(1))
    }

    /// Whether a row may name what stands below it: data, or a heading between the rows.
    fn may_name(&self, place: usize) -> bool {
        let found = self.drop.binary_search_by_key(&(place - self.start), |(place, _)| *place);
        found.map_or(true, |at| self.drop[at].1 == RowKind::Note)
    }
}

impl Gathered {
    /// Gives the blanks of a column the value above them within each stretch.
    pub(crate) fn fill(&mut self, stretch: &Stretch<'_>, fills: &[Fill]) {
        if fills.is_empty() {
            return;
        }
        let end = stretch.start + stretch.rows.len();
        self.extend_missing(end.saturating_sub(self.rows()));
        self.codes.resize(if self.codes.is_empty() { 0 } else { self.rows() }, MISSING_CODE);
        let mut numbers = std::mem::take(&mut self.numbers).into_values();
        numbers.resize(if numbers.is_empty() { 0 } else { self.rows() }, f64::NAN);
        let taken: Vec<u32> = self.others.iter().map(|(row, _)| *row).collect();
        for places in fills.iter().map(|fill| stretch.places(fill)) {
            let mut above = (MISSING_CODE, f64::NAN);
            for row in places.start..places.end.min(end) {
                let code = self.codes.get(row).copied().unwrap_or(MISSING_CODE);
                let number = numbers.get(row).copied().unwrap_or(f64::NAN);
                if code != MISSING_CODE || !number.is_nan() {
                    above = if stretch.may_name(row) { (code, number) } else { above };
                } else if taken.binary_search(&(row as u32)).is_err() {
                    if let Some(slot) = self.codes.get_mut(row) {
                        *slot = above.0;
                    }
                    if let Some(slot) = numbers.get_mut(row) {
                        *slot = above.1;
                    }
                }
            }
        }
        self.numbers.extend(&numbers);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::{CellRef, SheetId};
    use crate::data::NumberShape;
    use crate::data::grid::drawn;

    /// Rows from the second of the sheet on, cells divided by `|`.
    fn rows(lines: &[&str]) -> Vec<GridRow> {
        drawn(lines, 1)
    }

    fn column(name: &str, kind: Kind) -> ColumnInfo {
        ColumnInfo {
            name: name.to_owned(),
            part: None,
            kind,
            shape: NumberShape::Plain,
            unit: None,
            header: CellRef { sheet: SheetId(0), row: 0, column: 0 },
            sample: Vec::new(),
        }
    }

    fn two() -> [ColumnInfo; 2] {
        [column("Region", Kind::Text), column("Sales", Kind::Number)]
    }

    #[track_caller]
    fn case(lines: &[&str], merged: &[RawRange], expected: &[(u32, (u32, u32))]) {
        let rows = rows(lines);
        let rows: Vec<&GridRow> = rows.iter().collect();
        let found: Vec<(u32, (u32, u32))> =
            find(&rows, 0, &two(), merged).fills.iter().map(|fill| (fill.column, fill.rows)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn names_merged_downwards_are_filled_and_numbers_are_not() {
        let area = |column: u32| RawRange { sheet: 0, first: (1, column), last: (2, column) };
        case(&["North | 1", " | 2", "South | 3"], &[area(0), area(1)], &[(0, (1, 2))]);
    }

    #[test]
    fn a_first_column_of_group_names() {
        case(&["North | 1", " | 2", "North total | 3", "South | 4", " | 5"], &[], &[(0, (1, u32::MAX))]);
        // a name that comes again, a column that begins blank, few blanks
        case(&["North | 1", " | 2", "South | 3", " | 4", "North | 5", " | 6"], &[], &[]);
        case(&[" | 1", "North | 2", " | 3", "South | 4", " | 5"], &[], &[]);
        case(&["North | 1", "South | 2", "West | 3", " | 4"], &[], &[]);
    }

    #[test]
    fn what_stands_with_the_name_of_a_group_holds_for_it() {
        let lines = rows(&["A1 | Ann | 1", " | | 2", "A2 | Bob | 3", " | | 4"]);
        let lines: Vec<&GridRow> = lines.iter().collect();
        let columns =
            [column("Order", Kind::Text), column("Customer", Kind::Text), column("Pieces", Kind::Number)];
        let found: Vec<u32> = find(&lines, 0, &columns, &[]).fills.iter().map(|fill| fill.column).collect();
        assert_eq!(found, [0, 1]);
    }

    #[test]
    fn a_group_ends_where_the_next_begins_and_totals_name_none() {
        let rows = rows(&["North | 1", " | 2", "North total | 3", " | 4", "South | 5", " | 6"]);
        let rows: Vec<&GridRow> = rows.iter().collect();
        let fills = [Fill { column: 0, rows: (1, u32::MAX) }];
        let names: Vec<String> =
            filled(&rows, &fills).iter().filter_map(|line| line.get(0).map(Value::show)).collect();
        assert_eq!(names, ["North", "North", "North total", "North", "South", "South"]);
    }

    #[test]
    fn columns_are_filled_by_the_rows_of_the_sheet() {
        let mut cells = Gathered::default();
        cells.extend_missing(1);
        cells.extend_text("North", 1);
        cells.extend_missing(1);
        cells.extend_missing(1);
        let mut sheet = SheetRows::default();
        // row 6 of the sheet was left out
        sheet.extend(&[4, 5, 7, 8]);
        let stretch = Stretch { start: 0, rows: &sheet, drop: &[] };
        cells.fill(&stretch, &[Fill { column: 0, rows: (5, 7) }]);
        assert_eq!(cells.codes, [MISSING_CODE, 0, 0, MISSING_CODE]);
    }

    #[test]
    fn a_heading_names_the_rows_below_it_and_a_total_does_not() {
        let mut cells = Gathered::default();
        for text in ["North", "", "North total", "", "South"] {
            if text.is_empty() { cells.extend_missing(1) } else { cells.extend_text(text, 1) }
        }
        cells.extend_missing(1);
        let mut sheet = SheetRows::default();
        sheet.extend(&[1, 2, 3, 4, 5, 6]);
        let drop = [(0, RowKind::Note), (2, RowKind::Total), (4, RowKind::Note)];
        cells.fill(
            &Stretch { start: 0, rows: &sheet, drop: &drop },
            &[Fill { column: 0, rows: (1, u32::MAX) }],
        );
        assert_eq!(cells.codes, [0, 0, 1, 0, 2, 2]);
    }
}
