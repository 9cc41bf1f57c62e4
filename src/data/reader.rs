//! The one way cells come out of a file, whatever its format: a [`Book`] streams [`RawCell`]s of a sheet, in row
//! order, into a [`Sink`].

use crate::data::{Error, NumberShape};

/// A value as it stands in the file; numbers are not yet dates, shared texts not yet looked up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum RawValue<'a> {
    /// A number; a date where the cell's style says so.
    Number(f64),
    /// Index into [`Book::shared`].
    Shared(u32),
    /// A text of its own (inline, formula result, delimited text).
    Text(&'a str),
    /// `TRUE`, `FALSE`.
    Boolean(bool),
    /// `#DIV/0!` …
    Error(&'a str),
    /// An ISO date or date-time kept as such (`t="d"`, ods), as days since 1970-01-01 with the time as fraction.
    IsoDate(f64),
}

/// One cell that holds something.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RawCell<'a> {
    /// Zero-based row.
    pub row: u32,
    /// Zero-based column.
    pub column: u32,
    /// Its value.
    pub value: RawValue<'a>,
    /// Index into [`Book::styles`]; 0 is plain.
    pub style: u32,
}

/// What a number format says of the numbers it shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Style {
    /// A plain number.
    #[default]
    Plain,
    /// Percent, money or a duration.
    Shape(NumberShape),
    /// A date or date-time.
    Date,
    /// A time of day.
    Time,
}

/// What the sink wants next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// Go on.
    Continue,
    /// Enough of this sheet.
    Stop,
}

/// Takes the cells of one sheet, rows ascending, columns ascending within a row; blank cells do not come.
pub trait Sink {
    /// A row begins (rows without cells may be left out).
    fn row(&mut self, row: u32, hidden: bool) -> Flow;
    /// A cell of a column that is wanted.
    fn cell(&mut self, cell: RawCell<'_>);
    /// Whether the value of a column matters, or only that something stands there.
    fn wants(&self, column: u32) -> bool {
        let _ = column;
        true
    }
    /// A formula whose result the file does not hold (it was never calculated): no cell comes for it.
    fn uncalculated(&mut self, row: u32, column: u32) {
        let _ = (row, column);
    }
    /// The rows of the file are not in order: forget all that came, the sheet comes once more from its first row,
    /// sorted. A sink that cannot answers `false`, and the file is refused.
    fn restart(&mut self) -> bool {
        false
    }
}

/// What a book says of one of its sheets without reading its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawSheet {
    /// Its name.
    pub name: String,
    /// Hidden.
    pub hidden: bool,
    /// A worksheet (not a chart, dialog or macro sheet).
    pub worksheet: bool,
}

/// An Excel table (list object).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawTable {
    /// Its name.
    pub name: String,
    /// Index of its sheet.
    pub sheet: usize,
    /// First and last row, zero-based, header and total rows included.
    pub rows: (u32, u32),
    /// First and last column, zero-based.
    pub columns: (u32, u32),
    /// How many header rows (0 or 1).
    pub header_rows: u32,
    /// How many total rows.
    pub total_rows: u32,
}

/// A rectangle on a sheet, zero-based, both corners included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawRange {
    /// Index of the sheet.
    pub sheet: usize,
    /// First row and column.
    pub first: (u32, u32),
    /// Last row and column.
    pub last: (u32, u32),
}

/// The small facts of a sheet that help to find its table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SheetFacts {
    /// Merged cells.
    pub merged: Vec<RawRange>,
    /// Places of pivot tables.
    pub pivots: Vec<RawRange>,
    /// Hidden columns, zero-based, first and last.
    pub hidden_columns: Vec<(u32, u32)>,
    /// Merged cells stand behind the rows of a sheet: of a very large sheet they are not looked for, `merged` is empty
    /// and this is set.
    pub merged_unknown: bool,
}

/// Limits on what a file may hold; beyond them it is refused with a sentence that names the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Inflated size of one part of a package, in bytes.
    pub part_bytes: u64,
    /// Distinct texts.
    pub strings: usize,
    /// Cells read from one sheet.
    pub cells: u64,
    /// Columns of a sheet.
    pub columns: u32,
}

impl Limits {
    const USUAL: Self = Self { part_bytes: 8 << 30, strings: 20_000_000, cells: 1 << 34, columns: 16_384 };

    /// The most bytes of a part that is kept in memory whole: the usual number, or the one that is stated.
    pub(crate) fn bytes_within(&self, usual: u64) -> u64 {
        if self.part_bytes == Self::USUAL.part_bytes { usual } else { self.part_bytes }
    }

    /// The most cells of a sheet that is kept in memory whole: the usual number, or the one that is stated.
    pub(crate) fn cells_within(&self, usual: u64) -> u64 {
        if self.cells == Self::USUAL.cells { usual } else { self.cells }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::USUAL
    }
}

/// A limit, by the name of the option that sets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Inflated size of one part, in bytes.
    Inflated,
    /// Distinct texts.
    Strings,
    /// Cells of a sheet.
    Cells,
    /// Columns of a sheet.
    Columns,
}

impl Limit {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Inflated, Self::Cells, Self::Strings, Self::Columns];

    /// Its name as an option.
    pub fn word(self) -> &'static str {
        match self {
            Self::Inflated => "inflated",
            Self::Strings => "strings",
            Self::Cells => "cells",
            Self::Columns => "columns",
        }
    }

    /// How a message says that it may be raised, to twice what it is.
    pub(crate) fn raised(self, limit: u64) -> String {
        let more = limit.saturating_mul(2);
        let value = match self {
            Self::Inflated => format!("{}GB", more.div_ceil(1 << 30)),
            _ => more.to_string(),
        };
        format!("`--limit {}={value}` raises it, if the file is to be trusted", self.word())
    }
}

impl Limits {
    /// Sets one of them.
    pub fn set(&mut self, limit: Limit, value: u64) {
        match limit {
            Limit::Inflated => self.part_bytes = value,
            Limit::Strings => self.strings = usize::try_from(value).unwrap_or(usize::MAX),
            Limit::Cells => self.cells = value,
            Limit::Columns => self.columns = u32::try_from(value).unwrap_or(u32::MAX),
        }
    }
}

/// An opened file; sheets may be read from several threads.
pub trait Book: Send + Sync {
    /// Its sheets in workbook order.
    fn sheets(&self) -> &[RawSheet];
    /// Excel tables.
    fn tables(&self) -> &[RawTable];
    /// Defined names that stand for one rectangle.
    fn names(&self) -> &[(String, RawRange)];
    /// Dates count from 1904.
    fn is_1904(&self) -> bool;
    /// What each style says.
    fn styles(&self) -> &[Style];
    /// The shared text at an index (`""` where there is none).
    fn shared(&self, index: u32) -> &str;
    /// How many shared texts there are.
    fn shared_count(&self) -> usize;
    /// Merged cells, pivots, hidden columns of a sheet.
    fn facts(&self, sheet: usize) -> Result<SheetFacts, Error>;
    /// Streams a sheet into `sink`; with `columns` (zero-based, ascending) only these come.
    fn read(&self, sheet: usize, columns: Option<&[u32]>, sink: &mut dyn Sink) -> Result<(), Error>;
}
