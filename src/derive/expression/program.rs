//! A typed expression with the data it runs over.

use std::borrow::Cow;
use std::ops::Range;

use crate::data::{Column, ColumnData, Dataset, Kind, Table};

use super::fault::Mark;
use super::lookup::LookupIndex;
use super::per_text::{OccurringCodes, PerText, PerTextValues};
use super::schema::ColumnKey;
use super::typed::{Typed, TypedNode};

/// Rows computed at a time: the buffers of one operation stay in the nearest cache.
pub const CHUNK: usize = 4096;
/// An expression ready to run over the rows of a table.
pub struct Program<'a> {
    pub(super) typed: Typed,
    pub(super) table: &'a Table,
    pub(super) lookups: Vec<Option<LookupIndex<'a>>>,
    pub(super) per_text: Vec<Option<PerText>>,
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
