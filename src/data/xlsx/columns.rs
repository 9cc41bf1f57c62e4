//! Columns of one sheet in typed chunks: what [`XlsxBook::read_columns`] hands out.
//!
//! A chunk holds a few thousand consecutive rows; every column wanted is a [`Lane`] of it. A lane says by itself what
//! its cells are, so that nobody has to know a column's kind before reading it.
//!
//! [`XlsxBook::read_columns`]: super::XlsxBook::read_columns

/// Which part of a sheet to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    /// The columns wanted, zero-based, ascending, without repetition: lane `i` of every chunk is column `columns[i]`.
    pub columns: Vec<u32>,
    /// Rows above this one are stepped over (zero-based; usually the row below the header).
    pub first_row: u32,
    /// Reading ends with this row (zero-based), where the table is bounded.
    pub last_row: Option<u32>,
    /// First and last column of the table: cells that hold something between them count in [`Chunk::filled`].
    pub span: (u32, u32),
}

/// A code that stands for no text.
pub const NO_TEXT: u32 = u32::MAX;

/// Consecutive rows of a sheet. Rows that the file does not mention are absent; rows without any cell may be there.
#[derive(Debug, Clone, Default)]
pub struct Chunk {
    /// Zero-based row of every row of the chunk, ascending.
    pub rows: Vec<u32>,
    /// For every row how many cells of [`Pick::span`] hold something, wanted or not: 0 is a blank row.
    pub filled: Vec<u32>,
    /// Places (indices in `rows`) of rows that are hidden, ascending.
    pub hidden: Vec<u32>,
    /// One for every column wanted.
    pub lanes: Vec<Lane>,
}

/// The cells of one column within a chunk.
#[derive(Debug, Clone, Default)]
pub struct Lane {
    /// A number for every row, NaN where the cell is none; empty if no cell of the lane is a number.
    pub numbers: Vec<f64>,
    /// A text code for every row, [`NO_TEXT`] where the cell is none; empty if no cell of the lane is a text. Codes below
    /// `shared_count` are the workbook's shared texts ([`Book::shared`](crate::data::reader::Book::shared)), those from
    /// there on texts that stand in the cells ([`Texts::get`](super::Texts::get)). Two codes may stand for equal texts.
    pub codes: Vec<u32>,
    /// Cells that are neither, by place in `rows`, ascending.
    pub others: Vec<(u32, Other)>,
    /// Styles of the cells that hold something: from this place in `rows` on the cells have this style (index in
    /// [`Book::styles`](crate::data::reader::Book::styles)); empty if no cell holds something.
    pub styles: Vec<(u32, u32)>,
}

/// A cell that is neither number nor text.
#[derive(Debug, Clone, PartialEq)]
pub enum Other {
    /// `TRUE`, `FALSE`.
    Boolean(bool),
    /// `#DIV/0!` …
    Error(Box<str>),
    /// A date kept as ISO text, as days since 1970-01-01 with the time as fraction.
    IsoDate(f64),
    /// A formula whose result the file does not hold: it was never calculated.
    Uncalculated,
}

/// How a columnar reading ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finish {
    /// All rows of the pick were handed out.
    Done,
    /// The receiver had enough.
    Stopped,
    /// The rows of the sheet are not in order: what was handed out is to be thrown away and the sheet read through
    /// [`Book::read`](crate::data::reader::Book::read), which sorts.
    Disordered,
}
