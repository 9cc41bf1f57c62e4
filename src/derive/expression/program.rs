//! A typed expression with the data it runs over.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex};

use crate::data::{Column, ColumnData, Dataset, Kind, MISSING_CODE, Table};
use crate::source::Span;

use super::blocks;
use super::fault::{Fault, Mark};
use super::lookup::LookupIndex;
use super::schema::ColumnKey;
use super::typed::{Typed, TypedNode};

/// Rows computed at a time: the buffers of one operation stay in the nearest cache.
pub const CHUNK: usize = 4096;
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

/// An expression ready to run over the rows of a table.
pub struct Program<'a> {
    pub(super) typed: Typed,
    table: &'a Table,
    pub(super) lookups: Vec<Option<LookupIndex<'a>>>,
    per_text: Vec<Option<PerText>>,
}

/// What an expression comes to for each text of a column, the last for a missing one.
struct PerText {
    values: PerTextValues,
    /// Of a condition, the codes for which it is true.
    true_codes: Vec<u32>,
    /// Per code; empty where nothing went wrong.
    marks: Vec<Option<(Fault, Span)>>,
}

enum PerTextValues {
    Number(Vec<f64>),
    Date(Vec<i32>),
    Boolean(Vec<u8>),
    Text(Vec<Option<String>>),
}

/// The rows that are computed at a time.
pub(super) struct Batch<'b> {
    pub(super) rows: Range<usize>,
    /// Codes that stand for those of a text column.
    pub(super) instead: Option<(ColumnKey, &'b [u32])>,
}

impl Batch<'_> {
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }
}

impl<'a> Program<'a> {
    /// Binds an expression to the rows of its source; parts over a single text column are computed here.
    pub fn new(
        typed: Typed,
        dataset: &'a Dataset,
        source: usize,
        occurring: &OccurringCodes,
    ) -> Option<Self> {
        let table = dataset.tables.get(source)?.as_ref()?;
        // every buffer below is as long as its batch: columns of another length would break that
        let mut columns = Vec::new();
        typed.columns(&mut columns);
        if columns.iter().any(|(key, _)| table.columns.get(key).is_none_or(|c| length(&c.data) != table.rows))
        {
            return None;
        }
        let mut lookups = Vec::new();
        add_lookups(&typed, dataset, &mut lookups);
        let mut program = Self { typed, table, lookups, per_text: Vec::new() };
        let mut parts = Vec::new();
        collect_per_text(&program.typed, &mut parts);
        let computed: Vec<(usize, Option<PerText>)> = parts
            .into_iter()
            .map(|(id, column, inner)| (id, program.compute_per_text(column, inner, source, occurring)))
            .collect();
        for (id, values) in computed {
            if program.per_text.len() <= id {
                program.per_text.resize_with(id + 1, || None);
            }
            if let Some(slot) = program.per_text.get_mut(id) {
                *slot = values;
            }
        }
        Some(program)
    }

    /// The kind of its values.
    pub fn kind(&self) -> Kind {
        self.typed.kind
    }

    /// The expression.
    pub fn typed(&self) -> &Typed {
        &self.typed
    }

    /// How many rows it runs over.
    pub fn rows(&self) -> usize {
        self.table.rows
    }

    /// Keys of its lookups that stand on several rows which agree.
    pub fn agreeing_keys(&self) -> usize {
        self.lookups.iter().flatten().map(|index| index.agreeing).sum()
    }

    /// For a condition over a single text column: the column and the codes for which it is true, ascending, the
    /// number of texts for a missing one. None where something goes wrong for a text.
    pub fn true_codes(&self) -> Option<(ColumnKey, &[u32])> {
        let TypedNode::PerText { id, column, .. } = &self.typed.node else { return None };
        let found = self.per_text.get(*id)?.as_ref()?;
        (found.marks.is_empty() && self.typed.kind == Kind::Boolean).then_some((*column, &found.true_codes))
    }

    /// For a text over a single text column: the column, and the text for each of its codes (the last for missing).
    pub(super) fn texts_per_text(&self) -> Option<(ColumnKey, &[Option<String>])> {
        let TypedNode::PerText { id, column, .. } = &self.typed.node else { return None };
        match self.per_text.get(*id)?.as_ref()? {
            PerText { values: PerTextValues::Text(texts), marks, .. } if marks.is_empty() => {
                Some((*column, texts))
            }
            _ => None,
        }
    }

    /// Numbers of some rows, NaN where missing; what goes wrong is added to `marks`.
    pub(crate) fn numbers(&self, rows: Range<usize>, marks: &mut Vec<Mark>) -> Cow<'_, [f64]> {
        self.numbers_of(&self.typed, &Batch { rows, instead: None }, marks)
    }

    /// Truth of some rows: 0 false, 1 true, 2 unknown; what goes wrong is added to `marks`.
    pub(crate) fn truths(&self, rows: Range<usize>, marks: &mut Vec<Mark>) -> Cow<'_, [u8]> {
        self.truths_of(&self.typed, &Batch { rows, instead: None }, marks)
    }

    /// A column of the table.
    pub fn column(&self, key: ColumnKey) -> Option<&'a Column> {
        self.table.columns.get(&key)
    }

    pub(super) fn number_column(&self, key: ColumnKey, batch: &Batch) -> &'a [f64] {
        match self.column(key).map(|column| &column.data) {
            Some(ColumnData::Number(values)) => values.get(batch.rows.clone()).unwrap_or_default(),
            _ => &[],
        }
    }

    pub(super) fn day_column(&self, key: ColumnKey, batch: &Batch) -> &'a [i32] {
        match self.column(key).map(|column| &column.data) {
            Some(ColumnData::Date(days)) => days.get(batch.rows.clone()).unwrap_or_default(),
            _ => &[],
        }
    }

    pub(super) fn truth_column(&self, key: ColumnKey, batch: &Batch) -> &'a [u8] {
        match self.column(key).map(|column| &column.data) {
            Some(ColumnData::Boolean(truths)) => truths.get(batch.rows.clone()).unwrap_or_default(),
            _ => &[],
        }
    }

    /// Codes of a batch in a text column.
    pub(super) fn codes<'s>(&'s self, key: ColumnKey, batch: &Batch<'s>) -> &'s [u32] {
        if let Some((instead, codes)) = batch.instead
            && instead == key
        {
            return codes.get(batch.rows.clone()).unwrap_or_default();
        }
        match self.column(key).map(|column| &column.data) {
            Some(ColumnData::Text { codes, .. }) => codes.get(batch.rows.clone()).unwrap_or_default(),
            _ => &[],
        }
    }

    fn compute_per_text(
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
                spread!(Date, crate::data::MISSING_DAY, |b, m| self.days_of(inner, b, m).into_owned())
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
    ) -> super::texts::Texts<'s> {
        let found = self.per_text(id, column, batch, marks).map(|found| &found.values);
        let Some(PerTextValues::Text(values)) = found else { return self.texts_of(inner, batch, marks) };
        let text = |code: &u32| values[(*code as usize).min(values.len() - 1)].as_deref().map(Cow::Borrowed);
        super::texts::Texts::Values(self.codes(column, batch).iter().map(text).collect())
    }
}

/// How many rows a column has.
pub(crate) fn length(data: &ColumnData) -> usize {
    match data {
        ColumnData::Number(values) => values.len(),
        ColumnData::Date(days) => days.len(),
        ColumnData::Text { codes, .. } => codes.len(),
        ColumnData::Boolean(truths) => truths.len(),
    }
}

/// Values by code, the last for missing.
fn gather<T: Copy>(values: &[T], codes: &[u32]) -> Vec<T> {
    let Some(last) = values.len().checked_sub(1) else { return Vec::new() };
    codes.iter().map(|code| values[(*code as usize).min(last)]).collect()
}

fn add_lookups<'a>(typed: &Typed, dataset: &'a Dataset, found: &mut Vec<Option<LookupIndex<'a>>>) {
    if let TypedNode::Lookup { id, source, value, keys } = &typed.node {
        if found.len() <= *id {
            found.resize_with(*id + 1, || None);
        }
        if let Some(slot) = found.get_mut(*id) {
            *slot = LookupIndex::build(dataset, *source, *value, keys);
        }
    }
    typed.parts().into_iter().for_each(|part| add_lookups(part, dataset, found));
}

fn collect_per_text<'t>(typed: &'t Typed, found: &mut Vec<(usize, ColumnKey, &'t Typed)>) {
    if let TypedNode::PerText { id, column, inner } = &typed.node {
        found.push((*id, *column, inner));
        return;
    }
    typed.parts().into_iter().for_each(|part| collect_per_text(part, found));
}
