//! Small tables and expressions for tests.

use indexmap::IndexMap;
use rust_decimal::Decimal;

use crate::calendar::Period;
use crate::data::{
    Column, ColumnData, Dataset, Dictionary, MISSING_CODE, MISSING_DAY, NumberShape, Table, Use, fold_text,
};
use crate::diagnostic::Diagnostics;
use crate::resolve::{RowExpr, RowNode};
use crate::source::{SourceId, Span};
use crate::syntax::{BinaryOperator, UnaryOperator};

use super::days::{date_of, day_number};
use super::{Faults, OccurringCodes, Program, Schema, check, materialise};

pub(crate) fn expr(node: RowNode) -> RowExpr {
    RowExpr { node, span: Span::default() }
}

/// The same expression as if written at another place.
pub(crate) fn at(place: usize, mut expr: RowExpr) -> RowExpr {
    expr.span = Span::new(SourceId(0), place..place + 1);
    expr
}

pub(crate) fn col(index: usize) -> RowExpr {
    expr(RowNode::Column(index))
}

pub(crate) fn num(text: &str) -> RowExpr {
    expr(RowNode::Number(text.parse::<Decimal>().unwrap()))
}

pub(crate) fn text(text: &str) -> RowExpr {
    expr(RowNode::Text(text.to_owned()))
}

pub(crate) fn truth(value: bool) -> RowExpr {
    expr(RowNode::Boolean(value))
}

pub(crate) fn period(first: &str, last: &str) -> RowExpr {
    expr(RowNode::Period(Period::inclusive(first.parse().unwrap(), last.parse().unwrap())))
}

pub(crate) fn day(text: &str) -> RowExpr {
    period(text, text)
}

pub(crate) fn bin(operator: BinaryOperator, left: RowExpr, right: RowExpr) -> RowExpr {
    expr(RowNode::Binary(operator, Box::new(left), Box::new(right)))
}

pub(crate) fn not(inner: RowExpr) -> RowExpr {
    expr(RowNode::Unary(UnaryOperator::Not, Box::new(inner)))
}

pub(crate) fn between(value: RowExpr, low: RowExpr, high: RowExpr) -> RowExpr {
    expr(RowNode::Between(Box::new(value), Box::new(low), Box::new(high)))
}

pub(crate) fn one_of(value: RowExpr, items: Vec<RowExpr>) -> RowExpr {
    expr(RowNode::In(Box::new(value), items))
}

pub(crate) fn is_empty(inner: RowExpr) -> RowExpr {
    expr(RowNode::IsEmpty(Box::new(inner)))
}

pub(crate) fn call(name: &str, arguments: Vec<RowExpr>) -> RowExpr {
    expr(RowNode::Call(name.to_owned(), arguments))
}

pub(crate) fn numbers(values: &[f64]) -> ColumnData {
    ColumnData::Number(values.to_vec())
}

/// Dates; an empty text is missing.
pub(crate) fn dates(values: &[&str]) -> ColumnData {
    ColumnData::Date(values.iter().map(|d| d.parse().map_or(MISSING_DAY, day_number)).collect())
}

/// Texts; an empty one is missing.
pub(crate) fn texts(values: &[&str]) -> ColumnData {
    let mut dictionary = Dictionary::default();
    let mut code = |text: &&str| {
        if text.trim().is_empty() {
            return MISSING_CODE;
        }
        let folded = fold_text(text);
        dictionary.code_of(&folded).unwrap_or_else(|| dictionary.push(text, &folded))
    };
    let codes = values.iter().map(&mut code).collect();
    ColumnData::Text { codes, dictionary }
}

pub(crate) fn truths(values: &[u8]) -> ColumnData {
    ColumnData::Boolean(values.to_vec())
}

/// A table of columns `c0`, `c1`, …, each loaded for any use.
pub(crate) fn table(columns: Vec<ColumnData>) -> Table {
    let rows = columns.first().map_or(0, |data| match data {
        ColumnData::Number(values) => values.len(),
        ColumnData::Date(days) => days.len(),
        ColumnData::Text { codes, .. } => codes.len(),
        ColumnData::Boolean(truths) => truths.len(),
    });
    let column = |(index, data): (usize, ColumnData)| {
        let kind = super::schema::kind_of(&data);
        ((index, Use::Any), Column { name: format!("c{index}"), kind, shape: NumberShape::Plain, data })
    };
    let columns: IndexMap<_, _> = columns.into_iter().enumerate().map(column).collect();
    Table { rows, columns, ..Table::default() }
}

pub(crate) fn dataset(tables: Vec<Table>) -> Dataset {
    Dataset { tables: tables.into_iter().map(Some).collect() }
}

/// The diagnostics of an expression over the first table.
pub(crate) fn refused(expr: &RowExpr, data: &Dataset) -> Diagnostics {
    check(expr, &Schema::of(data), 0).err().unwrap_or_default()
}

/// The values of an expression over the first table, printed; `-` is missing.
pub(crate) fn values(expr: &RowExpr, data: &Dataset) -> (Vec<String>, Faults) {
    let typed = check(expr, &Schema::of(data), 0).unwrap();
    let program = Program::new(typed, data, 0, &OccurringCodes::default()).unwrap();
    let (column, faults) = materialise(&program);
    let rows = data.tables[0].as_ref().unwrap().rows;
    let printed =
        (0..rows).map(|row| if column.is_missing(row) { "-".to_owned() } else { show(&column, row) });
    (printed.collect(), faults)
}

fn show(column: &ColumnData, row: usize) -> String {
    match column {
        ColumnData::Number(values) => values[row].to_string(),
        ColumnData::Date(days) => date_of(days[row]).unwrap().to_string(),
        ColumnData::Text { codes, dictionary } => dictionary.text(codes[row]).unwrap().to_owned(),
        ColumnData::Boolean(truths) => (truths[row] == 1).to_string(),
    }
}
