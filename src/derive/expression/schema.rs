//! The kinds of all columns: what expressions are checked against before any row is evaluated.

use std::collections::BTreeMap;

use crate::data::{Catalog, ColumnData, Dataset, Kind, Table, Use};
use crate::resolve::ComputedColumn;

/// A column as loaded for one use.
pub type ColumnKey = (usize, Use);

/// Sources with the names and kinds of their columns.
#[derive(Debug, Clone, Default)]
pub struct Schema {
    sources: Vec<BTreeMap<usize, Entry>>,
}

/// One column: its name, and its kind for each use that was loaded.
#[derive(Debug, Clone, Default)]
struct Entry {
    name: String,
    kinds: Vec<(Use, Kind)>,
}

impl Schema {
    /// The final kinds.
    pub fn of(dataset: &Dataset) -> Self {
        Self {
            sources: dataset.tables.iter().map(|t| t.as_ref().map(of_table).unwrap_or_default()).collect(),
        }
    }

    /// The provisional kinds, as the head of each sheet shows them.
    pub fn provisional(catalog: &Catalog) -> Self {
        let columns = |source: &crate::data::SourceInfo| {
            let entry =
                |c: &crate::data::ColumnInfo| Entry { name: c.name.clone(), kinds: vec![(Use::Any, c.kind)] };
            source.columns.iter().map(entry).enumerate().collect()
        };
        Self { sources: catalog.sources.iter().map(columns).collect() }
    }

    /// Adds a computed column.
    pub fn add(&mut self, source: usize, index: usize, name: &str, kinds: Vec<(Use, Kind)>) {
        if self.sources.len() <= source {
            self.sources.resize_with(source + 1, BTreeMap::new);
        }
        if let Some(columns) = self.sources.get_mut(source) {
            columns.insert(index, Entry { name: name.to_owned(), kinds });
        }
    }

    /// Makes the computed columns of a model known; those without a kind could not be computed, and were said.
    pub fn declare(&mut self, columns: &[ComputedColumn]) {
        for column in columns {
            if !self.has(column.source, column.index) {
                self.add(column.source, column.index, &column.name, Vec::new());
            }
        }
    }

    /// Whether a column is known, be it that it could not be computed, or its source not be read.
    pub fn has(&self, source: usize, index: usize) -> bool {
        self.sources.get(source).is_none_or(|columns| columns.is_empty() || columns.contains_key(&index))
    }

    /// The uses for which a column was loaded, with its kind for each.
    pub fn kinds(&self, source: usize, index: usize) -> &[(Use, Kind)] {
        self.entry(source, index).map_or(&[], |entry| &entry.kinds)
    }

    /// The name of a column.
    pub fn name(&self, source: usize, index: usize) -> &str {
        self.entry(source, index).map_or("", |entry| &entry.name)
    }

    /// The column of the first of these kinds that it was loaded as; else as whatever comes first.
    pub(super) fn choose(&self, source: usize, index: usize, kinds: &[Kind]) -> Option<(ColumnKey, Kind)> {
        let loaded = self.kinds(source, index);
        // as texts, keys hold what text columns leave out: numbers beside texts
        let loaded_as = |wanted: &Kind| {
            let mut fitting = loaded.iter().filter(move |(_, kind)| kind == wanted);
            fitting.clone().find(|(used, _)| *used == Use::Key).or_else(|| fitting.next())
        };
        kinds
            .iter()
            .find_map(loaded_as)
            .or_else(|| loaded.iter().find(|(used, _)| *used == Use::Any))
            .or_else(|| loaded.first())
            .map(|(used, kind)| ((index, *used), *kind))
    }

    fn entry(&self, source: usize, index: usize) -> Option<&Entry> {
        self.sources.get(source)?.get(&index)
    }
}

fn of_table(table: &Table) -> BTreeMap<usize, Entry> {
    let mut columns: BTreeMap<usize, Entry> = BTreeMap::new();
    for ((index, used), column) in &table.columns {
        let entry = columns.entry(*index).or_default();
        entry.name.clone_from(&column.name);
        entry
            .kinds
            .push((*used, if column.kind == Kind::Empty { Kind::Empty } else { kind_of(&column.data) }));
    }
    // what cannot be read for certain is known, and said, but of no kind
    for (index, _) in &table.refused {
        columns.entry(*index).or_default().kinds.clear();
    }
    columns
}

/// The kind that values are of.
pub(super) fn kind_of(data: &ColumnData) -> Kind {
    match data {
        ColumnData::Number(_) => Kind::Number,
        ColumnData::Date(_) => Kind::Date,
        ColumnData::Text { .. } => Kind::Text,
        ColumnData::Boolean(_) => Kind::Boolean,
    }
}
