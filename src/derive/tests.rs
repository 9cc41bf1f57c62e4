//! Computed columns, their order, what goes missing in them, and rows that are ignored.

use super::*;
use crate::cell::SheetId;
use crate::data::{ColumnInfo, NumberShape, PartInfo, RowRun, SheetInfo, SheetVerdict, SourceInfo, Table};
use crate::diagnostic::Location;
use crate::resolve::SourceModel;
use crate::source::{SourceId, Span};
use crate::syntax::BinaryOperator as B;
use expression::testing::{at, bin, call, col, dataset, expr, num, numbers, table, text, texts};

pub(super) fn info(names: &[&str]) -> SourceInfo {
    let column = |(at, name): (usize, &&str)| ColumnInfo {
        name: (*name).to_owned(),
        kind: crate::data::Kind::Number,
        shape: NumberShape::Plain,
        unit: None,
        header: crate::cell::CellRef { sheet: SheetId(0), row: 0, column: at as u32 },
        sample: Vec::new(),
        part: None,
    };
    SourceInfo {
        name: "orders".to_owned(),
        request: 0,
        // the sheet's columns begin at B
        parts: vec![PartInfo {
            table: 0,
            columns: (0..names.len() as u32).map(|at| Some(at + 1)).collect(),
            fixed: Vec::new(),
            across: Vec::new(),
            parted: None,
            metric_rows: Vec::new(),
            first_column: 0,
        }],
        columns: names.iter().enumerate().map(column).collect(),
        rank: 1,
        across: None,
        currency_column: None,
    }
}

fn catalog() -> Catalog {
    let sheet = SheetInfo {
        file: 0,
        name: "Orders".to_owned(),
        index: 0,
        hidden: false,
        verdict: SheetVerdict::Data,
    };
    Catalog { sheets: vec![sheet], sources: vec![info(&["amount", "items", "status"])], ..Catalog::default() }
}

/// Rows 5 to 8 of a sheet.
fn orders() -> Dataset {
    let mut rows = table(vec![
        numbers(&[100.0, 30.0, 8.0, 12.0]),
        numbers(&[4.0, 0.0, 2.0, 0.0]),
        texts(&["paid", "void", "paid", "paid"]),
    ]);
    rows.runs = vec![RowRun { first: 0, count: 4, sheet: SheetId(0), sheet_row: 4, part: 0 }];
    dataset(vec![rows])
}

fn computed(index: usize, name: &str, expr: RowExpr) -> ComputedColumn {
    ComputedColumn { source: 0, index, name: name.to_owned(), expr, span: Span::default() }
}

fn model(columns: Vec<ComputedColumn>, ignore: Vec<RowExpr>) -> Model {
    let source = SourceModel { name: "orders".to_owned(), used: true, ignore, ..SourceModel::default() };
    Model { sources: vec![source], columns, ..Model::default() }
}

fn numbers_in(data: &Dataset, index: usize) -> Option<Vec<f64>> {
    match &rows_of(data).column(index, Use::Any)?.data {
        ColumnData::Number(values) => Some(values.clone()),
        _ => None,
    }
}

fn rows_of(data: &Dataset) -> &Table {
    data.tables[0].as_ref().unwrap()
}

#[test]
fn columns_build_on_columns() {
    let price = computed(3, "price", bin(B::Divide, col(0), bin(B::Add, col(1), num("1"))));
    let doubled = computed(4, "doubled", bin(B::Multiply, col(3), num("2")));
    let (data, told) = derive(&model(vec![price, doubled], vec![]), &catalog(), orders());
    assert!(told.is_empty());
    assert_eq!(numbers_in(&data, 4).unwrap(), [40.0, 60.0, 5.333_333_333_333_34, 24.0]);
    assert_eq!(rows_of(&data).column(4, Use::Number).unwrap().name, "doubled");
}

#[test]
fn what_goes_missing_is_counted_and_located() {
    let price = computed(3, "price", at(7, bin(B::Divide, col(0), col(1))));
    let doubled = computed(4, "doubled", bin(B::Multiply, col(3), num("2")));
    let (data, told) = derive(&model(vec![price, doubled], vec![]), &catalog(), orders());
    let told: Vec<_> = told.into_iter().collect();
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].code.as_str(), told[0].message.as_str()), ("E201", "division by zero in 2 rows"));
    assert_eq!(told[0].primary.at, Location::Text(Span::new(SourceId(0), 7..8)));
    assert_eq!(told[0].notes, ["Orders!B6, Orders!B8"]);
    assert!(numbers_in(&data, 4).unwrap()[1].is_nan());
}

#[test]
fn a_broken_column_is_said_once() {
    let broken = computed(3, "broken", bin(B::Multiply, col(0), col(2)));
    let after = computed(4, "after", bin(B::Multiply, col(3), num("2")));
    let model = model(vec![broken, after], vec![]);
    let (data, told) = derive(&model, &catalog(), orders());
    assert_eq!(told.iter().map(|d| d.code.as_str()).collect::<Vec<_>>(), ["E102"]);
    assert!(rows_of(&data).column(3, Use::Any).is_none());
    assert!(rows_of(&data).column(4, Use::Any).is_none());
}

#[test]
fn another_name_keeps_every_use() {
    let mut data = orders();
    let rows = data.tables[0].as_mut().unwrap();
    let key = Column { name: "amount".to_owned(), ..rows.columns[2].clone() };
    rows.columns.insert((0, Use::Key), key);
    let (data, _) = derive(&model(vec![computed(3, "value", col(0))], vec![]), &catalog(), data);
    let uses: Vec<Use> =
        rows_of(&data).columns.keys().filter(|(at, _)| *at == 3).map(|(_, used)| *used).collect();
    assert_eq!(uses, [Use::Any, Use::Key]);
}

#[test]
fn ignored_rows_are_gone_before_anything_is_computed() {
    let price = computed(3, "price", bin(B::Divide, col(0), col(1)));
    let void = bin(B::Equal, col(2), text("VOID"));
    let cheap = bin(B::Less, col(3), num("10"));
    let (data, told) = derive(&model(vec![price], vec![void, cheap]), &catalog(), orders());
    // the void row divides by zero too, and does not count
    assert_eq!(told.iter().map(|d| d.message.as_str()).collect::<Vec<_>>(), ["division by zero in 1 row"]);
    let rows = rows_of(&data);
    assert_eq!(rows.rows, 2);
    assert_eq!(
        rows.skipped.iter().map(|s| (s.what.as_str(), s.count)).collect::<Vec<_>>(),
        [("ignored row", 1), ("ignored row", 1)]
    );
    assert_eq!(rows.cell(1, 1).unwrap().row, 7);
    let ColumnData::Number(amounts) = &rows.column(0, Use::Any).unwrap().data else { panic!("numbers") };
    assert_eq!(amounts, &[100.0, 12.0]);
}

#[test]
fn texts_are_interned() {
    let tier = call("IF", vec![bin(B::Greater, col(0), num("20")), text("Gold"), text("gold")]);
    let label = bin(B::Concatenate, call("LEFT", vec![col(2), num("1")]), text("!"));
    let columns = vec![computed(3, "tier", tier), computed(4, "label", label)];
    let (data, _) = derive(&model(columns, vec![]), &catalog(), orders());
    let codes = |index| match &rows_of(&data).column(index, Use::Text).unwrap().data {
        ColumnData::Text { codes, dictionary } => {
            (codes.clone(), dictionary.texts().map(str::to_owned).collect())
        }
        _ => panic!("texts"),
    };
    assert_eq!(codes(3), (vec![0, 0, 0, 0], vec!["Gold".to_owned()]));
    assert_eq!(codes(4), (vec![0, 1, 0, 0], vec!["p!".to_owned(), "v!".to_owned()]));
}

#[test]
fn shapes_follow_the_columns() {
    let mut data = orders();
    let rows = data.tables[0].as_mut().unwrap();
    rows.columns[0].shape = NumberShape::Money("SEK".to_owned());
    let money = NumberShape::Money("SEK".to_owned());
    let shape = |expr: RowExpr| shape::shape_of(&expr, &data, 0);
    assert_eq!(shape(bin(B::Multiply, col(0), col(1))), money);
    assert_eq!(shape(bin(B::Divide, col(0), num("2"))), money);
    assert_eq!(shape(call("ROUND", vec![bin(B::Subtract, col(0), num("1")), num("2")])), money);
    assert_eq!(shape(bin(B::Divide, col(0), col(0))), NumberShape::Plain);
    assert_eq!(shape(call("LEN", vec![col(2)])), NumberShape::Plain);
}

#[test]
fn kinds_are_checked_without_rows() {
    let mut catalog = catalog();
    catalog.sources[0].columns[2].kind = crate::data::Kind::Text;
    let broken = computed(3, "broken", bin(B::Multiply, col(0), col(2)));
    let told = check_kinds(&model(vec![broken], vec![col(0)]), &catalog);
    assert_eq!(
        told.iter().map(|d| d.message.as_str()).collect::<Vec<_>>(),
        ["expected a number, found text", "expected a condition, found a number"]
    );
}

#[test]
fn keys_that_agree_are_noted() {
    let products = table(vec![texts(&["paid", "paid", "void"]), numbers(&[1.0, 1.0, 2.0])]);
    let mut data = orders();
    data.tables.push(Some(products));
    let rate = computed(3, "rate", expr(RowNode::Lookup { source: 1, value: 1, keys: vec![(0, col(2))] }));
    let mut model = model(vec![rate], vec![]);
    model.sources.push(SourceModel { name: "rates".to_owned(), ..SourceModel::default() });
    let (data, told) = derive(&model, &catalog(), data);
    assert_eq!(numbers_in(&data, 3).unwrap(), [1.0, 2.0, 1.0, 1.0]);
    assert_eq!(
        told.iter().map(|d| d.message.as_str()).collect::<Vec<_>>(),
        ["1 key on several rows of `rates` that agree"]
    );
}

#[test]
fn nothing_is_said_of_sources_that_are_not_read() {
    let price = computed(3, "price", bin(B::Divide, col(0), col(1)));
    let (_, told) = derive(&model(vec![price], vec![]), &catalog(), Dataset { tables: vec![None] });
    assert!(told.is_empty());
}
