//! The rows of a table that is known whole → those that are the sum of the others, whatever they are called.

use std::collections::BTreeMap;

use crate::data::grid::{GridRow, Value};
use crate::data::words::{self, TotalWord};
use crate::data::{ColumnInfo, Kind, NumberShape};

/// Rows a sum needs to be no accident.
const FEWEST: usize = 5;

/// The first or last row, where its numbers are the sums of all other rows.
pub(crate) fn sums(rows: &[&GridRow], first_column: u32, columns: &[ColumnInfo]) -> Vec<u32> {
    if rows.len() < FEWEST {
        return Vec::new();
    }
    let added: Vec<u32> = columns
        .iter()
        .enumerate()
        .filter(|(_, column)| {
            column.kind == Kind::Number
                && !matches!(column.shape, NumberShape::Percent | NumberShape::Duration)
        })
        .map(|(at, _)| first_column + at as u32)
        .collect();
    let mut found = Vec::new();
    for candidate in [0, rows.len() - 1] {
        if is_sum(rows, candidate, &added) {
            found.push(rows[candidate].row);
            break;
        }
    }
    found
}

fn is_sum(rows: &[&GridRow], candidate: usize, columns: &[u32]) -> bool {
    let (mut tested, mut equal) = (0, 0);
    for column in columns {
        let Some(total) = number(rows[candidate], *column).filter(|total| *total != 0.0) else { continue };
        let others = || rows.iter().enumerate().filter(|(at, _)| *at != candidate);
        let values: Vec<f64> = others().filter_map(|(_, line)| number(line, *column)).collect();
        // two numbers that happen to be equal make no total
        if values.iter().filter(|value| **value != 0.0).count() < 3 {
            continue;
        }
        tested += 1;
        let sum: f64 = values.iter().sum();
        equal += usize::from((sum - total).abs() <= total.abs() * 1e-9 + 1e-9);
    }
    equal > 0 && equal * 10 >= tested * 6
}

fn number(line: &GridRow, column: u32) -> Option<f64> {
    match line.get(column) {
        Some(Value::Number(number, _)) => Some(*number),
        _ => None,
    }
}

/// The rows of a group: totals and others.
type Group<'g> = (Vec<&'g GridRow>, Vec<&'g GridRow>);

/// The column in which `Total` stands as one value among others, where its rows are the sums of the other rows that
/// agree with them in every other name and date.
pub(crate) fn category(rows: &[&GridRow], first_column: u32, columns: &[ColumnInfo]) -> Option<u32> {
    let at = |wanted: fn(Kind) -> bool| -> Vec<u32> {
        let places = columns.iter().enumerate().filter(|(_, column)| wanted(column.kind));
        places.map(|(at, _)| first_column + at as u32).collect()
    };
    let names = at(|kind| matches!(kind, Kind::Text | Kind::Date | Kind::Boolean));
    let numbers = at(|kind| kind == Kind::Number);
    let names_total = |column: &u32| {
        rows.iter().any(|line| match line.get(*column) {
            Some(Value::Text(text)) => words::total(text) == TotalWord::Whole,
            _ => false,
        })
    };
    names.iter().copied().filter(names_total).find(|column| {
        let (mut tested, mut equal) = (0, 0);
        for (totals, others) in groups(rows, &names, *column).values() {
            let ([total], true) = (totals.as_slice(), others.len() > 1) else { continue };
            for number_column in &numbers {
                let Some(value) = number(total, *number_column) else { continue };
                let sum: f64 = others.iter().filter_map(|line| number(line, *number_column)).sum();
                tested += 1;
                equal += usize::from((sum - value).abs() <= value.abs() * 1e-9 + 1e-9);
            }
        }
        tested > 1 && equal * 10 >= tested * 6
    })
}

/// Rows by all their names and dates but one.
fn groups<'g>(rows: &[&'g GridRow], names: &[u32], but: u32) -> BTreeMap<Vec<String>, Group<'g>> {
    let mut groups: BTreeMap<Vec<String>, Group<'g>> = BTreeMap::new();
    for line in rows {
        let key: Option<Vec<String>> =
            names.iter().filter(|name| **name != but).map(|name| line.get(*name).map(Value::show)).collect();
        let Some(key) = key else { continue };
        let (totals, others) = groups.entry(key).or_default();
        match line.get(but) {
            Some(Value::Text(text)) if words::total(text) == TotalWord::Whole => totals.push(line),
            _ => others.push(line),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::CellRef;

    fn row(row: u32, values: &[f64]) -> GridRow {
        let cells =
            values.iter().enumerate().map(|(at, v)| (at as u32, Value::Number(*v, NumberShape::Plain)));
        GridRow { row, hidden: false, cells: cells.collect() }
    }

    fn columns(count: u32) -> Vec<ColumnInfo> {
        (0..count)
            .map(|column| ColumnInfo {
                name: String::new(),
                part: None,
                kind: Kind::Number,
                shape: NumberShape::Plain,
                unit: None,
                header: CellRef { sheet: crate::cell::SheetId(0), row: 0, column },
                sample: Vec::new(),
            })
            .collect()
    }

    #[test]
    fn a_total_without_a_word_for_it() {
        let rows = [
            row(1, &[10.0, 100.0]),
            row(2, &[1.0, 10.0]),
            row(3, &[2.0, 20.0]),
            row(4, &[3.0, 30.0]),
            row(5, &[4.0, 40.0]),
        ];
        let lines: Vec<&GridRow> = rows.iter().collect();
        assert_eq!(sums(&lines, 0, &columns(2)), [1]);
        assert_eq!(sums(&lines[1..], 0, &columns(2)), [0_u32; 0]);
    }
}
