//! Parts of an expression over a single text column: computed once for each text that occurs.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use crate::data::{ColumnData, Kind, MISSING_CODE, MISSING_DAY};
use crate::source::Span;

use super::blocks;
use super::fault::{Fault, Mark};
use super::program::{Batch, CHUNK, Program};
use super::schema::ColumnKey;
use super::texts::Texts;
use super::typed::Typed;

/// Dictionaries up to this size are computed whole, whether all their texts occur or not.
const SMALL_DICTIONARY: usize = 4096;

/// Codes by source and column.
type CodesByColumn = HashMap<(usize, ColumnKey), Arc<Vec<u32>>>;

/// The codes that occur in text columns, found once for all expressions that ask.
#[derive(Debug, Default)]
pub struct OccurringCodes {
    by_column: Mutex<CodesByColumn>,
}

impl OccurringCodes {
    fn of(&self, source: usize, key: ColumnKey, codes: &[u32], texts: usize) -> Arc<Vec<u32>> {
        if let Ok(found) = self.by_column.lock()
            && let Some(known) = found.get(&(source, key))
        {
            return Arc::clone(known);
        }
        let occurring: Vec<u32> = if texts <= SMALL_DICTIONARY {
            (0..texts as u32).collect()
        } else {
            let mut seen = vec![false; texts];
            for code in codes {
                if let Some(at) = seen.get_mut(*code as usize) {
                    *at = true;
                }
            }
            (0..texts as u32).zip(seen).filter_map(|(code, seen)| seen.then_some(code)).collect()
        };
        let occurring = Arc::new(occurring);
        if let Ok(mut found) = self.by_column.lock() {
            found.insert((source, key), Arc::clone(&occurring));
        }
        occurring
    }
}

/// What an expression comes to for each text of a column, the last for a missing one.
pub(super) struct PerText {
    pub(super) values: PerTextValues,
    /// Of a condition, the codes for which it is true.
    pub(super) true_codes: Vec<u32>,
    /// Per code; empty where nothing went wrong.
    pub(super) marks: Vec<Option<(Fault, Span)>>,
}

pub(super) enum PerTextValues {
    Number(Vec<f64>),
    Date(Vec<i32>),
    Boolean(Vec<u8>),
    Text(Vec<Option<String>>),
}

impl Program<'_> {
    pub(super) fn compute_per_text(
        &self,
        column: ColumnKey,
        inner: &Typed,
        source: usize,
        occurring: &OccurringCodes,
    ) -> Option<PerText> {
        let ColumnData::Text { codes, dictionary } = &self.column(column)?.data else { return None };
        let texts = dictionary.len();
        // with nearly as many texts as rows the rows themselves are quicker
        if texts > SMALL_DICTIONARY && texts > self.table.rows.saturating_mul(4) {
            return None;
        }
        let found = occurring.of(source, column, codes, texts);
        if found.len() > SMALL_DICTIONARY && found.len() > self.table.rows / 2 {
            return None;
        }
        let mut wanted: Vec<u32> = found.to_vec();
        wanted.push(MISSING_CODE);
        let mut marks = Vec::new();
        let values = self.values_per_text(column, inner, &wanted, texts, &mut marks);
        let mut by_code = Vec::new();
        if !marks.is_empty() {
            by_code.resize(texts + 1, None);
            for mark in marks {
                let code = wanted.get(mark.row).map_or(texts, |code| (*code as usize).min(texts));
                by_code[code].get_or_insert((mark.fault, mark.span));
            }
        }
        let true_codes = match &values {
            PerTextValues::Boolean(mask) => {
                let codes = wanted.iter().map(|code| (*code).min(texts as u32));
                codes.filter(|code| mask.get(*code as usize) == Some(&1)).collect()
            }
            _ => Vec::new(),
        };
        Some(PerText { values, true_codes, marks: by_code })
    }

    fn values_per_text(
        &self,
        column: ColumnKey,
        inner: &Typed,
        wanted: &[u32],
        texts: usize,
        marks: &mut Vec<Mark>,
    ) -> PerTextValues {
        let batches = blocks::ranges(wanted.len(), CHUNK)
            .map(|rows| Batch { rows, instead: Some((column, wanted)) })
            .collect::<Vec<_>>();
        macro_rules! spread {
            ($kind:ident, $missing:expr, $values:expr) => {{
                let mut spread = vec![$missing; texts + 1];
                for batch in &batches {
                    for (at, value) in batch.rows.clone().zip($values(batch, &mut *marks)) {
                        spread[(wanted[at] as usize).min(texts)] = value;
                    }
                }
                PerTextValues::$kind(spread)
            }};
        }
        match inner.kind {
            Kind::Number => spread!(Number, f64::NAN, |b, m| self.numbers_of(inner, b, m).into_owned()),
            Kind::Date => {
                spread!(Date, MISSING_DAY, |b, m| self.days_of(inner, b, m).into_owned())
            }
            Kind::Boolean | Kind::Empty => {
                spread!(Boolean, 2u8, |b, m| self.truths_of(inner, b, m).into_owned())
            }
            Kind::Text => spread!(Text, None, |b: &Batch, m| self
                .texts_of(inner, b, m)
                .into_values(b.len())
                .into_iter()
                .map(|text| text.map(Cow::into_owned))
                .collect::<Vec<_>>()),
        }
    }

    /// What a part over a single text column comes to for the rows of a batch, where it was computed per text.
    fn per_text(
        &self,
        id: usize,
        column: ColumnKey,
        batch: &Batch,
        marks: &mut Vec<Mark>,
    ) -> Option<&PerText> {
        let found = self.per_text.get(id)?.as_ref()?;
        if let Some(last) = found.marks.len().checked_sub(1) {
            for (row, code) in batch.rows.clone().zip(self.codes(column, batch)) {
                if let Some((fault, span)) = found.marks[(*code as usize).min(last)] {
                    marks.push(Mark { row, fault, span });
                }
            }
        }
        Some(found)
    }

    pub(super) fn per_text_numbers<'s>(
        &'s self,
        (id, column, inner): (usize, ColumnKey, &'s Typed),
        batch: &Batch<'s>,
        marks: &mut Vec<Mark>,
    ) -> Cow<'s, [f64]> {
        match self.per_text(id, column, batch, marks).map(|found| &found.values) {
            Some(PerTextValues::Number(values)) => gather(values, self.codes(column, batch)).into(),
            _ => self.numbers_of(inner, batch, marks),
        }
    }

    pub(super) fn per_text_days<'s>(
        &'s self,
        (id, column, inner): (usize, ColumnKey, &'s Typed),
        batch: &Batch<'s>,
        marks: &mut Vec<Mark>,
    ) -> Cow<'s, [i32]> {
        match self.per_text(id, column, batch, marks).map(|found| &found.values) {
            Some(PerTextValues::Date(values)) => gather(values, self.codes(column, batch)).into(),
            _ => self.days_of(inner, batch, marks),
        }
    }

    pub(super) fn per_text_truths<'s>(
        &'s self,
        (id, column, inner): (usize, ColumnKey, &'s Typed),
        batch: &Batch<'s>,
        marks: &mut Vec<Mark>,
    ) -> Cow<'s, [u8]> {
        match self.per_text(id, column, batch, marks).map(|found| &found.values) {
            Some(PerTextValues::Boolean(values)) => gather(values, self.codes(column, batch)).into(),
            _ => self.truths_of(inner, batch, marks),
        }
    }

    pub(super) fn per_text_texts<'s>(
        &'s self,
        (id, column, inner): (usize, ColumnKey, &'s Typed),
        batch: &Batch<'s>,
        marks: &mut Vec<Mark>,
    ) -> Texts<'s> {
        let found = self.per_text(id, column, batch, marks).map(|found| &found.values);
        let Some(PerTextValues::Text(values)) = found else { return self.texts_of(inner, batch, marks) };
        let text = |code: &u32| values[(*code as usize).min(values.len() - 1)].as_deref().map(Cow::Borrowed);
        Texts::Values(self.codes(column, batch).iter().map(text).collect())
    }
}

/// Values by code, the last for missing.
fn gather<T: Copy>(values: &[T], codes: &[u32]) -> Vec<T> {
    let Some(last) = values.len().checked_sub(1) else { return Vec::new() };
    codes.iter().map(|code| values[(*code as usize).min(last)]).collect()
}
