//! `LOOKUP`: the rows of another source by their keys.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::data::{ColumnData, Dataset, MISSING_CODE, MISSING_DAY, Table};

use super::fault::Fault;
use super::rounding::{compare_digits, key_text, round_digits};
use super::schema::ColumnKey;
use super::string::fold;
use super::typed::Typed;
use crate::data::Kind;

/// One part of a key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum KeyPart<'k> {
    Number(u64),
    Day(i32),
    Truth(u8),
    Text(Cow<'k, str>),
}

/// The rows of a source by key.
pub(super) struct LookupIndex<'a> {
    rows: HashMap<Vec<KeyPart<'a>>, Found>,
    /// The column that gives the value.
    pub(super) value: &'a ColumnData,
    /// Keys on several rows that agree.
    pub(super) agreeing: usize,
}

/// Where a key stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    Once(usize),
    Agreeing(usize),
    Ambiguous,
}

impl<'a> LookupIndex<'a> {
    /// Reads the keys of every row of the other source; rows with a missing key part are on no key.
    pub(super) fn build(
        dataset: &'a Dataset,
        source: usize,
        value: ColumnKey,
        keys: &[(ColumnKey, Typed)],
    ) -> Option<Self> {
        let table: &'a Table = dataset.tables.get(source)?.as_ref()?;
        let value = &table.columns.get(&value)?.data;
        let columns: Vec<(&'a ColumnData, Kind)> = keys
            .iter()
            .map(|(key, here)| table.columns.get(key).map(|column| (&column.data, here.kind)))
            .collect::<Option<_>>()?;
        let mut rows: HashMap<Vec<KeyPart<'a>>, Found> = HashMap::new();
        let mut agreeing = 0;
        for row in 0..table.rows {
            let parts: Option<Vec<KeyPart>> =
                columns.iter().map(|(data, kind)| part_of(data, row, *kind)).collect();
            let Some(parts) = parts else { continue };
            let found = rows.entry(parts).or_insert(Found::Once(row));
            *found = match *found {
                Found::Once(first) if first == row => continue,
                Found::Once(first) if same_value(value, first, row) => {
                    agreeing += 1;
                    Found::Agreeing(first)
                }
                Found::Agreeing(first) if same_value(value, first, row) => continue,
                Found::Agreeing(_) => {
                    agreeing -= 1;
                    Found::Ambiguous
                }
                _ => Found::Ambiguous,
            };
        }
        Some(Self { rows, value, agreeing })
    }

    /// The row of a key.
    pub(super) fn row<'k>(&self, key: &Vec<KeyPart<'k>>) -> Result<usize, Fault>
    where
        'a: 'k,
    {
        let rows: &HashMap<Vec<KeyPart<'k>>, Found> = &self.rows;
        match rows.get(key) {
            Some(Found::Once(row) | Found::Agreeing(row)) => Ok(*row),
            Some(Found::Ambiguous) => Err(Fault::Ambiguous),
            None => Err(Fault::NotFound),
        }
    }
}

/// A number as part of a key.
pub(super) fn number_part(value: f64) -> Option<KeyPart<'static>> {
    // one key for both zeros
    (!value.is_nan()).then(|| KeyPart::Number((round_digits(value) + 0.0).to_bits()))
}

/// A day as part of a key.
pub(super) fn day_part(day: i32) -> Option<KeyPart<'static>> {
    (day != MISSING_DAY).then_some(KeyPart::Day(day))
}

fn part_of(data: &ColumnData, row: usize, kind: Kind) -> Option<KeyPart<'_>> {
    match data {
        ColumnData::Number(values) => {
            let value = *values.get(row)?;
            if kind == Kind::Text && !value.is_nan() {
                return Some(KeyPart::Text(Cow::Owned(fold(&key_text(value)).into_owned())));
            }
            number_part(value)
        }
        ColumnData::Date(days) => day_part(*days.get(row)?),
        ColumnData::Boolean(truths) => {
            truths.get(row).filter(|truth| **truth < 2).map(|truth| KeyPart::Truth(*truth))
        }
        ColumnData::Text { codes, dictionary } => match *codes.get(row)? {
            MISSING_CODE => None,
            code => dictionary.folded(code).map(|text| KeyPart::Text(Cow::Borrowed(text))),
        },
    }
}

fn same_value(data: &ColumnData, a: usize, b: usize) -> bool {
    match data {
        ColumnData::Number(values) => match (values.get(a), values.get(b)) {
            (Some(x), Some(y)) if x.is_nan() || y.is_nan() => x.is_nan() && y.is_nan(),
            (Some(x), Some(y)) => compare_digits(*x, *y).is_eq(),
            _ => false,
        },
        ColumnData::Date(days) => days.get(a) == days.get(b),
        ColumnData::Text { codes, .. } => codes.get(a) == codes.get(b),
        ColumnData::Boolean(truths) => truths.get(a) == truths.get(b),
    }
}
