//! Header rows → the names of columns.
//!
//! The rows of a header are joined by a blank; a name merged over several columns belongs to each, and so does a
//! group name that stands once above the first of columns with equal names.

use std::collections::HashMap;

use crate::data::blocks::Block;
use crate::data::fold_text;
use crate::data::grid::{Grid, Value, single};
use crate::data::reader::RawRange;
use crate::data::{units, words};

/// The name of a column and the cell it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// As in the header, blanks made single; `Column F` where there is none.
    pub(crate) text: String,
    /// The row of its last part.
    pub(crate) row: u32,
    /// Its last part, or what stands above a unit, where no other column has the same.
    pub(crate) part: Option<String>,
}

/// The names of a block's columns, from the first to the last.
pub(crate) fn names(grid: &Grid, block: &Block, merged: &[RawRange]) -> Vec<Name> {
    let (first, last) = block.header_rows;
    let columns: Vec<u32> = (block.columns.0..=block.columns.1).collect();
    let mut rows: Vec<Vec<Option<(String, u32)>>> = (first..=last)
        .map(|row| {
            columns.iter().map(|column| text_at(grid, merged, (row, *column), (first, last))).collect()
        })
        .collect();
    fill_groups(&mut rows);
    let all_units = rows.len() > 1
        && rows.last().is_some_and(|row| row.iter().flatten().all(|(text, _)| words::is_measure(text)));
    let mut names: Vec<Name> = columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let mut parts: Vec<&(String, u32)> = rows.iter().filter_map(|row| row[at].as_ref()).collect();
            parts.dedup_by(|a, b| a.0 == b.0);
            let row = parts.last().map_or(last, |part| part.1);
            let text = parts.iter().map(|part| part.0.as_str()).collect::<Vec<_>>().join(" ");
            let text = if text.is_empty() {
                format!("Column {}", crate::cell::column_letters(*column))
            } else {
                text
            };
            let part = match parts.split_last() {
                // a unit below a name says nothing by itself
                Some((last, upper)) if !upper.is_empty() && (all_units || words::is_unit(&last.0)) => {
                    Some(upper.iter().map(|part| part.0.as_str()).collect::<Vec<_>>().join(" "))
                }
                Some((last, upper)) if !upper.is_empty() => Some(last.0.clone()),
                _ => units::split(&text).map(|(bare, _)| bare.to_owned()),
            };
            Name { text, row, part }
        })
        .collect();
    make_distinct(&mut names);
    drop_common_parts(&mut names);
    names
}

/// The text of a header cell, or that of the merged area it lies in; titles merged over from above the header do
/// not count.
fn text_at(grid: &Grid, merged: &[RawRange], at: (u32, u32), rows: (u32, u32)) -> Option<(String, u32)> {
    if let Some(text) = shown(grid.get(at.0, at.1)) {
        return Some((text, at.0));
    }
    let area = merged.iter().find(|area| {
        (area.first.0..=area.last.0).contains(&at.0)
            && (area.first.1..=area.last.1).contains(&at.1)
            && area.first.0 >= rows.0
    })?;
    Some((shown(grid.get(area.first.0, area.first.1))?, area.first.0))
}

fn shown(value: Option<&Value>) -> Option<String> {
    let text = single(&value?.show());
    (!text.is_empty()).then_some(text)
}

/// Where the last row alone does not tell columns apart, a group name reaches over the blanks behind it.
fn fill_groups(rows: &mut [Vec<Option<(String, u32)>>]) {
    let Some((bottom, upper)) = rows.split_last_mut() else { return };
    let mut count: HashMap<String, usize> = HashMap::new();
    for (text, _) in bottom.iter().flatten() {
        *count.entry(fold_text(text)).or_default() += 1;
    }
    let twice = |at: usize| {
        bottom
            .get(at)
            .and_then(Option::as_ref)
            .is_some_and(|(text, _)| count.get(&fold_text(text)).is_some_and(|n| *n > 1))
    };
    for row in upper {
        for at in 1..row.len() {
            if row[at].is_none() && twice(at) {
                let before = row[at - 1].clone();
                row[at] = before;
            }
        }
    }
}

/// A last part finds its column only where it is no other's part or name.
fn drop_common_parts(names: &mut [Name]) {
    let mut count: HashMap<String, usize> = HashMap::new();
    for name in names.iter() {
        for text in name.part.iter().chain([&name.text]) {
            *count.entry(fold_text(text)).or_default() += 1;
        }
    }
    for name in names {
        name.part = name.part.take().filter(|part| count.get(&fold_text(part)) == Some(&1));
    }
}

/// A name that stands again gets a number: `Status`, `Status 2`.
fn make_distinct(names: &mut [Name]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for name in names {
        let times = seen.entry(fold_text(&name.text)).or_default();
        *times += 1;
        if *times > 1 {
            name.text = format!("{} {times}", name.text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::grid::GridRow;

    fn grid(rows: &[&[&str]]) -> Grid {
        let rows = rows.iter().enumerate().map(|(row, cells)| GridRow {
            row: row as u32,
            hidden: false,
            cells: cells
                .iter()
                .enumerate()
                .filter(|(_, text)| !text.is_empty())
                .map(|(column, text)| (column as u32, Value::Text((*text).to_owned())))
                .collect(),
        });
        Grid { rows: rows.collect(), complete: true }
    }

    fn block(rows: (u32, u32), columns: (u32, u32)) -> Block {
        Block {
            header_rows: rows,
            columns,
            last_row: None,
            title: None,
            reason: String::new(),
            remarks: Vec::new(),
        }
    }

    fn texts(names: &[Name]) -> Vec<&str> {
        names.iter().map(|name| name.text.as_str()).collect()
    }

    #[test]
    fn group_names_belong_to_their_columns() {
        let grid = grid(&[
            &["", "Widgets", "", "Whatnots", ""],
            &["Account", "Actual", "Budget", "Actual", "Budget"],
        ]);
        let found = names(&grid, &block((0, 1), (0, 4)), &[]);
        let expected = ["Account", "Widgets Actual", "Widgets Budget", "Whatnots Actual", "Whatnots Budget"];
        assert_eq!(texts(&found), expected);
    }

    #[test]
    fn merged_names_reach_over_their_area() {
        let grid = grid(&[&["Region", "Sales", ""], &["", "2023", "2024"]]);
        let merged = [
            RawRange { sheet: 0, first: (0, 1), last: (0, 2) },
            RawRange { sheet: 0, first: (0, 0), last: (1, 0) },
        ];
        assert_eq!(
            texts(&names(&grid, &block((0, 1), (0, 2)), &merged)),
            ["Region", "Sales 2023", "Sales 2024"]
        );
    }

    #[test]
    fn a_unit_below_a_name_leaves_the_name() {
        let grid = grid(&[&["Date", "Net sales", "Discount"], &["", "EUR", "%"]]);
        let found = names(&grid, &block((0, 1), (0, 2)), &[]);
        assert_eq!(texts(&found), ["Date", "Net sales EUR", "Discount %"]);
        assert_eq!(found[1].part.as_deref(), Some("Net sales"));
    }

    #[test]
    fn equal_and_missing_names_are_told_apart() {
        let grid = grid(&[&["Status", "", "Status"]]);
        assert_eq!(texts(&names(&grid, &block((0, 0), (0, 2)), &[])), ["Status", "Column B", "Status 2"]);
    }
}
