//! Rows that carry the names of metrics, with periods across → which row is which metric, and what else tells rows apart.
//!
//! `Revenue`, `Orders`, `Conversion` down the first column are metrics, not values of a category: the header says so,
//! a unit stands beside them, their numbers are shown differently, or the names themselves are those of key figures.

use std::collections::BTreeSet;

use crate::data::grid::{GridRow, Value};
use crate::data::kinds::ShapeKey;
use crate::data::{ColumnInfo, Kind, NumberShape, fold_text, words};

/// Rows looked at; a longer table is a list, not a report.
const MOST: usize = 500;

/// A row of a table with periods across.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// Its zero-based row on the sheet.
    pub(crate) row: u32,
    /// The texts of its columns, by column of the table; nothing for numbers.
    pub(crate) texts: Vec<Option<String>>,
    /// How most of its numbers are shown.
    pub(crate) shape: NumberShape,
    /// Some of its values are above 1, or below -1.
    pub(crate) beyond_one: bool,
    /// Up to three of its numbers, for `inspect`.
    pub(crate) sample: Vec<String>,
}

/// The rows of a table that hold numbers in these of its columns.
pub(crate) fn lines(rows: &[&GridRow], first: u32, columns: &[ColumnInfo], across: &[usize]) -> Vec<Line> {
    if rows.len() > MOST {
        return Vec::new();
    }
    let text = |line: &GridRow, at: usize| match line.get(first + at as u32) {
        Some(Value::Text(text)) if columns[at].kind == Kind::Text => Some(text.trim().to_owned()),
        _ => None,
    };
    rows.iter()
        .filter_map(|line| {
            let values: Vec<&Value> = across
                .iter()
                .filter_map(|at| line.get(first + *at as u32))
                .filter(|value| crate::data::labels::cell(value) != crate::data::labels::Cell::Label)
                .collect();
            (!values.is_empty()).then(|| Line {
                row: line.row,
                texts: (0..columns.len()).map(|at| text(line, at)).collect(),
                shape: shape(&values),
                beyond_one: values
                    .iter()
                    .any(|value| matches!(value, Value::Number(number, _) if number.abs() > 1.0)),
                sample: values.iter().take(3).map(|value| value.show()).collect(),
            })
        })
        .collect()
}

fn shape(values: &[&Value]) -> NumberShape {
    let shapes = values.iter().map(|value| match value {
        Value::Number(_, shape) => shape.clone(),
        Value::Text(text) => {
            let read =
                crate::data::numbers::parse(text, ',').or_else(|| crate::data::numbers::parse(text, '.'));
            match read {
                Some(number) if number.percent => NumberShape::Percent,
                Some(number) => number.currency.map_or(NumberShape::Plain, NumberShape::Money),
                None => NumberShape::Plain,
            }
        }
        _ => NumberShape::Plain,
    });
    let mut all: Vec<NumberShape> = shapes.collect();
    all.sort_by_key(|shape| ShapeKey::from(shape));
    let most = all.chunk_by(|a, b| a == b).max_by_key(|chunk| chunk.len());
    most.and_then(|chunk| chunk.first().cloned()).unwrap_or_default()
}

/// How the rows of a table name metrics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Names {
    /// The column, in the table, of the names.
    pub(crate) column: usize,
    /// Columns that say where a row belongs: `Region`.
    pub(crate) keys: Vec<usize>,
    /// The column that says `Actual` or `Budget`.
    pub(crate) scenario: Option<usize>,
}

/// The columns of texts that no two of which say the same of the rows: the names of metrics and the keys beside them.
/// `stated` is the column that the goal file says holds the names; without it the rows must look like metrics.
pub(crate) fn names(lines: &[Line], columns: &[ColumnInfo], stated: Option<usize>) -> Option<Names> {
    let texts: Vec<usize> = (0..columns.len()).filter(|at| columns[*at].kind == Kind::Text).collect();
    let column = stated.or_else(|| named(columns, &texts)).or_else(|| texts.first().copied())?;
    if lines.is_empty() || lines.iter().any(|line| line.texts.get(column).is_none_or(Option::is_none)) {
        return None;
    }
    if stated.is_none() && !are_metrics(lines, columns, column) {
        return None;
    }
    let unit = |at: &usize| words::names_unit(&columns[*at].name);
    let others: Vec<usize> = texts.iter().copied().filter(|at| *at != column && !unit(at)).collect();
    let scenario = others.iter().copied().find(|at| {
        let said =
            lines.iter().all(|line| line.texts[*at].as_deref().is_some_and(|t| words::scenario(t).is_some()));
        said && distinct(lines, &[*at]) > 1
    });
    let rest: Vec<usize> = others.into_iter().filter(|at| Some(*at) != scenario).collect();
    let with =
        |keys: &[usize]| -> Vec<usize> { keys.iter().copied().chain([column]).chain(scenario).collect() };
    // names that stand once need nothing beside them
    let keys = if distinct(lines, &with(&[])) == lines.len() { Vec::new() } else { rest };
    (distinct(lines, &with(&keys)) == lines.len()).then_some(Names { column, keys, scenario })
}

fn named(columns: &[ColumnInfo], texts: &[usize]) -> Option<usize> {
    texts.iter().copied().find(|at| words::names_metrics(&columns[*at].name))
}

/// How many different rows there are by these columns.
fn distinct(lines: &[Line], columns: &[usize]) -> usize {
    let key = |line: &Line| -> Vec<Option<String>> {
        columns.iter().map(|at| line.texts.get(*at)?.as_deref().map(fold_text)).collect()
    };
    lines.iter().map(key).collect::<BTreeSet<_>>().len()
}

fn are_metrics(lines: &[Line], columns: &[ColumnInfo], column: usize) -> bool {
    if words::names_metrics(&columns[column].name) {
        return true;
    }
    let unit = (0..columns.len()).find(|at| words::names_unit(&columns[*at].name));
    if unit.is_some_and(|unit| distinct(lines, &[unit]) > 1) {
        return true;
    }
    let shapes: BTreeSet<bool> = lines.iter().map(|line| line.shape == NumberShape::Percent).collect();
    if shapes.len() > 1 {
        return true;
    }
    let known =
        lines.iter().filter(|line| line.texts[column].as_deref().is_some_and(words::is_key_figure)).count();
    known * 2 >= lines.len() && lines.len() > 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::CellRef;

    fn columns(names: &[&str]) -> Vec<ColumnInfo> {
        names
            .iter()
            .enumerate()
            .map(|(at, name)| ColumnInfo {
                name: (*name).to_owned(),
                part: None,
                kind: Kind::Text,
                shape: NumberShape::Plain,
                unit: None,
                header: CellRef { sheet: crate::cell::SheetId(0), row: 0, column: at as u32 },
                sample: Vec::new(),
            })
            .collect()
    }

    fn lines(rows: &[&[&str]]) -> Vec<Line> {
        let line = |(at, texts): (usize, &&[&str])| Line {
            row: at as u32 + 1,
            texts: texts.iter().map(|text| (!text.is_empty()).then(|| (*text).to_owned())).collect(),
            shape: NumberShape::Plain,
            beyond_one: false,
            sample: Vec::new(),
        };
        rows.iter().enumerate().map(line).collect()
    }

    #[test]
    fn a_header_says_that_rows_are_metrics() {
        let found = names(&lines(&[&["North"], &["South"]]), &columns(&["Kennzahl"]), None);
        assert_eq!(found, Some(Names { column: 0, keys: Vec::new(), scenario: None }));
        assert_eq!(names(&lines(&[&["North"], &["South"]]), &columns(&["Region"]), None), None);
    }

    #[test]
    fn names_of_key_figures_say_so_too() {
        let found =
            names(&lines(&[&["Umsatz"], &["Bestellungen"], &["Sonstiges"]]), &columns(&["Column A"]), None);
        assert_eq!(found.map(|names| names.column), Some(0));
    }

    #[test]
    fn names_that_stand_again_need_a_key() {
        let rows: &[&[&str]] = &[&["North", "Sales"], &["South", "Sales"], &["North", "Orders"]];
        let found = names(&lines(rows), &columns(&["Region", "KPI"]), None);
        assert_eq!(found, Some(Names { column: 1, keys: vec![0], scenario: None }));
        let twice: &[&[&str]] = &[&["North", "Sales"], &["North", "Sales"]];
        assert_eq!(names(&lines(twice), &columns(&["Region", "KPI"]), None), None);
    }

    #[test]
    fn actual_and_budget_may_stand_in_a_column() {
        let rows: &[&[&str]] = &[&["Sales", "Ist"], &["Sales", "Plan"]];
        let found = names(&lines(rows), &columns(&["KPI", "Art"]), None);
        assert_eq!(found, Some(Names { column: 0, keys: Vec::new(), scenario: Some(1) }));
    }
}
