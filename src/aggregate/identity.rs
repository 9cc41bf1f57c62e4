//! Values as codes: equal values have one code, missing ones [`MISSING_CODE`].

use crate::data::{ColumnData, MISSING_CODE, MISSING_DAY};
use crate::derive::expression::{length, round_digits};

/// One code for every value.
pub(super) fn presence_of(data: &ColumnData) -> (Vec<u32>, usize) {
    ((0..length(data)).map(|row| if data.is_missing(row) { MISSING_CODE } else { 0 }).collect(), 1)
}

/// A code for each different value.
pub(super) fn codes_of(data: ColumnData) -> (Vec<u32>, usize) {
    match data {
        ColumnData::Text { codes, dictionary } => (codes, dictionary.len()),
        ColumnData::Boolean(truths) => (
            truths.iter().map(|truth| if *truth > 1 { MISSING_CODE } else { u32::from(*truth) }).collect(),
            2,
        ),
        ColumnData::Date(days) => codes_by_order(&days, |day| (*day != MISSING_DAY).then_some(*day)),
        ColumnData::Number(values) => codes_by_order(&values, |value| {
            // one code for both zeros
            (!value.is_nan()).then(|| (round_digits(*value) + 0.0).to_bits())
        }),
    }
}

fn codes_by_order<T, K: Ord + Copy>(values: &[T], key: impl Fn(&T) -> Option<K>) -> (Vec<u32>, usize) {
    let mut distinct: Vec<K> = values.iter().filter_map(&key).collect();
    distinct.sort_unstable();
    distinct.dedup();
    let code = |value: &T| {
        let found = key(value).and_then(|key| distinct.binary_search(&key).ok());
        found.map_or(MISSING_CODE, |code| code as u32)
    };
    (values.iter().map(code).collect(), distinct.len())
}
