//! Typed columns: what `load` returns and `derive` adds to.

use indexmap::IndexMap;

use crate::cell::{CellRef, SheetId};
use crate::data::{Dictionary, Kind, NumberShape, Use};
use crate::diagnostic::Code;

/// All sources loaded.
#[derive(Debug, Clone, Default)]
pub struct Dataset {
    /// By index in `Catalog::sources`; `None` where nothing of it was wanted.
    pub tables: Vec<Option<Table>>,
}

/// The rows of one source.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// How many rows.
    pub rows: usize,
    /// The columns loaded, by column index and use; computed columns have indices past the sheet's.
    pub columns: IndexMap<(usize, Use), Column>,
    /// Where the rows came from, in order: consecutive rows of a sheet are one run.
    pub runs: Vec<RowRun>,
    /// What was left out while reading, counted and located.
    pub skipped: Vec<Skipped>,
    /// Columns whose rows are in more than one currency: a sum over rows of several is refused.
    pub currencies: Vec<ColumnCurrencies>,
    /// Columns that cannot be read for certain (dates or numbers of two readings, percent cells of two scales), with
    /// the diagnostic that says so: a goal that uses one is invalid.
    pub refused: Vec<(usize, Code)>,
}

/// The currency of each row of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnCurrencies {
    /// Index of the column in `SourceInfo::columns`.
    pub column: usize,
    /// The currencies, in order of first appearance.
    pub codes: Vec<String>,
    /// For every row 0 for none, else one more than an index in `codes`.
    pub of_row: Vec<u8>,
}

/// Rows `first..first + count` of a table are the rows `sheet_row..` of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowRun {
    /// First row of the table.
    pub first: usize,
    /// How many.
    pub count: usize,
    /// The sheet.
    pub sheet: SheetId,
    /// Zero-based row of the sheet for the first of them.
    pub sheet_row: u32,
    /// Index of the part in `SourceInfo::parts`.
    pub part: usize,
}

/// A kind of thing left out while reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// What: `total row`, `repeated header`, `blank row`, `text in a number column`, `error cell`, `hidden row`, …
    pub what: String,
    /// The column, where it is about one.
    pub column: Option<usize>,
    /// How many.
    pub count: usize,
    /// The first of them, at most 20.
    pub cells: Vec<CellRef>,
    /// The distinct texts found there, at most 5.
    pub texts: Vec<String>,
}

/// One typed column.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Final kind.
    pub kind: Kind,
    /// How its numbers are shown.
    pub shape: NumberShape,
    /// The values.
    pub data: ColumnData,
}

/// The values of a column; every variant is as long as the table.
#[derive(Debug, Clone)]
pub enum ColumnData {
    /// Doubles as in the workbook; NaN is missing.
    Number(Vec<f64>),
    /// Days since 1970-01-01 (1970-01-01 is 0); [`MISSING_DAY`] is missing. Times of day are dropped.
    Date(Vec<i32>),
    /// Codes into a dictionary; [`MISSING_CODE`] is missing. Texts that are equal after normalisation, trim and case
    /// folding have one code; for keys numbers stand as their shortest digits.
    Text {
        /// One per row.
        codes: Vec<u32>,
        /// The texts, as first written.
        dictionary: Dictionary,
    },
    /// 0 false, 1 true, 2 missing.
    Boolean(Vec<u8>),
}

/// A missing code.
pub const MISSING_CODE: u32 = u32::MAX;
/// A missing day.
pub const MISSING_DAY: i32 = i32::MIN;

impl ColumnData {
    /// Whether row `row` has no value.
    pub fn is_missing(&self, row: usize) -> bool {
        match self {
            Self::Number(values) => values.get(row).is_none_or(|v| v.is_nan()),
            Self::Date(days) => days.get(row).is_none_or(|d| *d == MISSING_DAY),
            Self::Text { codes, .. } => codes.get(row).is_none_or(|c| *c == MISSING_CODE),
            Self::Boolean(flags) => flags.get(row).is_none_or(|f| *f > 1),
        }
    }
}

impl Table {
    /// The column loaded for this use, or for any use.
    pub fn column(&self, index: usize, wanted: Use) -> Option<&Column> {
        self.columns
            .get(&(index, wanted))
            .or_else(|| self.columns.get(&(index, Use::Any)))
            .or_else(|| self.columns.iter().find(|((at, _), _)| *at == index).map(|(_, column)| column))
    }

    /// The sheet cell of a row in a sheet column.
    pub fn cell(&self, row: usize, sheet_column: u32) -> Option<CellRef> {
        let at = self.runs.partition_point(|run| run.first <= row).checked_sub(1)?;
        let run = self.runs.get(at)?;
        (row < run.first + run.count).then(|| CellRef {
            sheet: run.sheet,
            row: run.sheet_row + (row - run.first) as u32,
            column: sheet_column,
        })
    }
}
