//! The head of a sheet → what its columns hold: evidence of kinds, the order of dates, currencies, categories.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::data::grid::{GridRow, Value};
use crate::data::kinds::{self, Evidence, Hints, ShapeKey};
use crate::data::{ColumnInfo, DateOrder, Kind, NumberShape, dates, fold_text, labels, money, words};

/// Texts of a column at most, for it to be a category.
const CATEGORY: usize = 300;

/// The columns of texts that could be categories, with the folded texts in them.
pub(crate) fn values(
    rows: &[&GridRow],
    first: u32,
    columns: &[ColumnInfo],
) -> Vec<(String, BTreeSet<String>)> {
    let texts = columns.iter().enumerate().filter(|(_, column)| column.kind == Kind::Text);
    texts
        .filter_map(|(at, column)| {
            let texts = few_texts(rows, first + at as u32)?;
            Some((column.name.clone(), texts.into_iter().map(fold_text).collect()))
        })
        .collect()
}

/// The texts of a column, where they are few.
fn few_texts<'g>(rows: &[&'g GridRow], column: u32) -> Option<BTreeSet<&'g str>> {
    let mut texts = BTreeSet::new();
    for line in rows {
        if let Some(Value::Text(text)) = line.get(column) {
            texts.insert(text.as_str());
            if texts.len() > CATEGORY {
                return None;
            }
        }
    }
    Some(texts)
}

/// Without dates, a column of years dates the rows.
pub(crate) fn date_years(columns: &mut [ColumnInfo], rows: &[&GridRow], first: u32) {
    if columns.iter().any(|column| column.kind == Kind::Date) {
        return;
    }
    if !columns.iter().any(|column| column.kind == Kind::Number && !words::names_year(&column.name)) {
        return;
    }
    let years = columns.iter().enumerate().position(|(at, column)| {
        let values: Vec<&Value> = rows.iter().filter_map(|line| line.get(first + at as u32)).collect();
        words::names_year(&column.name)
            && values.len() > 1
            && values.iter().all(|value| {
                matches!(value, Value::Number(n, _) if n.fract() == 0.0 && (1900.0..=2100.0).contains(n))
            })
    });
    if let Some(column) = years.and_then(|at| columns.get_mut(at)) {
        column.kind = Kind::Date;
    }
}

/// A column of currency codes alone; by a header that says so, or by codes that are seldom anything else.
pub(crate) fn holds_currencies(rows: &[&GridRow], column: u32, name: &str) -> bool {
    let (mut all, mut common) = (0, 0);
    for line in rows {
        match line.get(column) {
            Some(Value::Text(text)) => {
                let Some(code) = money::iso_code(&text.trim().to_uppercase()) else { return false };
                all += 1;
                common += usize::from(money::is_common(&code));
            }
            Some(_) => return false,
            None => {}
        }
    }
    all > 0 && (words::names_currency(name) || common * 10 >= all * 8)
}

/// What the head of each column says.
pub(crate) fn evidence(rows: &[&GridRow], columns: (u32, u32)) -> Vec<Evidence> {
    let mut found = vec![Head::default(); (columns.1 + 1).saturating_sub(columns.0) as usize];
    for (column, value) in rows.iter().flat_map(|line| labels::within(line, columns)) {
        if let Some(head) = found.get_mut((column - columns.0) as usize) {
            head.add(value);
        }
    }
    found.into_iter().map(Head::finish).collect()
}

/// What the head of a column says, while it is looked at.
#[derive(Clone, Default)]
struct Head<'g> {
    evidence: Evidence,
    /// How the last numbers are shown, and how many they are.
    shape: Option<(&'g NumberShape, usize)>,
    /// Texts, each looked at once.
    texts: IndexMap<&'g str, usize>,
}

impl<'g> Head<'g> {
    fn add(&mut self, value: &'g Value) {
        match value {
            Value::Number(number, shape) => {
                match &mut self.shape {
                    Some((last, count)) if *last == shape => *count += 1,
                    _ => {
                        self.end_shape();
                        self.shape = Some((shape, 1));
                    }
                }
                self.evidence.compact_days += usize::from(dates::compact_day(*number).is_some());
                let likely = f64::from(dates::LIKELY.start)..f64::from(dates::LIKELY.end);
                self.evidence.serial_days += usize::from(likely.contains(number));
                self.evidence.fractions |= number.fract() != 0.0;
                self.evidence.beyond_one += usize::from(number.abs() > 1.0);
            }
            Value::Date(_) => self.evidence.dates += 1,
            Value::Boolean(_) => self.evidence.booleans += 1,
            Value::Error(_) => self.evidence.errors += 1,
            Value::Text(text) => *self.texts.entry(text).or_default() += 1,
        }
    }

    fn end_shape(&mut self) {
        if let Some((shape, count)) = self.shape.take() {
            *self.evidence.shapes.entry(ShapeKey::from(shape)).or_default() += count;
        }
    }

    fn finish(mut self) -> Evidence {
        self.end_shape();
        for (text, count) in &self.texts {
            self.evidence.texts.add(text, *count);
        }
        self.evidence
    }
}

/// The decimal mark that the table's columns of text numbers agree on.
pub(crate) fn table_decimal(evidence: &[Evidence]) -> Option<char> {
    let mut marks: Vec<char> = evidence.iter().filter_map(|column| column.texts.decimal_shown()).collect();
    marks.dedup();
    match marks.as_slice() {
        [] => kinds::decimal_by_groups(evidence.iter().map(|column| &column.texts)),
        [mark] => Some(*mark),
        _ => None,
    }
}

/// The order that the table's columns of text dates agree on.
pub(crate) fn table_order(evidence: &[Evidence], hints: Hints) -> Option<DateOrder> {
    let mut orders: Vec<DateOrder> = evidence
        .iter()
        .filter(|column| column.texts.has_ordered_dates())
        .filter_map(|column| kinds::decide(column, "", hints).order)
        .collect();
    orders.dedup();
    if orders.len() == 1 { orders.first().copied() } else { None }
}
