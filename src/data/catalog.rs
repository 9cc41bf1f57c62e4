//! What the files hold: sheets, tables, headers, provisional kinds.

use std::path::PathBuf;

use chrono::NaiveDate;

use crate::calendar::Grain;
use crate::cell::{CellRef, SheetId};
use crate::data::{Books, Fingerprint};
use crate::source::Span;

/// A source as a goal file or the command line asks for it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SourceRequest {
    /// The name given; else one is made from the sheet or file.
    pub name: Option<String>,
    /// The files, in order: globs are expanded already.
    pub paths: Vec<PathBuf>,
    /// What of each file.
    pub part: PartRequest,
    /// Clauses of the `data` line.
    pub options: SourceOptions,
    /// The `data` line, for messages; none for files on the command line.
    pub span: Option<Span>,
}

/// Which part of a file is the source.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum PartRequest {
    /// Every table found is a source by itself; sheets of several files with the same columns are appended.
    #[default]
    Discover,
    /// One source: the sheet (or table) of the file that holds data.
    Best,
    /// One source: these sheets appended.
    Sheets(Vec<String>),
    /// One source: every sheet that holds data, appended.
    AllSheets,
    /// An Excel table.
    Table(String),
    /// `B3:K90`, `Sheet!B3:K90` or a defined name.
    Range(String),
}

/// How a source is to be read, where the goal file says so.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SourceOptions {
    /// First and last header row, one-based as in the sheet.
    pub header_rows: Option<(u32, u32)>,
    /// The decimal mark of numbers kept as text.
    pub decimal: Option<char>,
    /// The order of dates kept as text.
    pub date_order: Option<DateOrder>,
    /// What stands across the columns; without it that is detected.
    pub across: Option<AcrossRequest>,
    /// The column whose values are the names of metrics.
    pub metrics_in: Option<String>,
}

/// What the goal file says of the columns of a wide table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AcrossRequest {
    /// Periods of this length, their year where the headers do not say it, and the name of the value column.
    Periods(Grain, Option<i32>, String),
    /// The values of a category, its name and that of the value column.
    Names(String, String),
    /// Nothing: the columns are kept as they stand.
    Nothing,
}

/// The order of day, month and year in dates kept as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// 31/12/2025
    DayMonthYear,
    /// 12/31/2025
    MonthDayYear,
    /// 2025/12/31
    YearMonthDay,
}

/// A file of the run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileInfo {
    /// As given.
    pub path: PathBuf,
    /// Its name without folders.
    pub name: String,
    /// `xlsx`, `xlsb`, `xls`, `ods`, `csv`: told by content.
    pub format: Format,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 of its bytes.
    pub sha256: Fingerprint,
}

/// File formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Format {
    Xlsx,
    Xlsb,
    Xls,
    Ods,
    Delimited,
}

/// A sheet of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetInfo {
    /// Index in [`Catalog::files`].
    pub file: usize,
    /// Its name; the file's stem for delimited text.
    pub name: String,
    /// Its place in the file, from 0, as the reader counts sheets.
    pub index: usize,
    /// Hidden in the workbook.
    pub hidden: bool,
    /// What it is and why it was taken or left.
    pub verdict: SheetVerdict,
}

/// What `open` decided about a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetVerdict {
    /// Holds the tables listed in the catalog.
    Data,
    /// Left out, with the reason as shown by `inspect` (`empty`, `pivot table`, `chart sheet`, `text only`).
    Left(String),
}

/// A table found on a sheet: the header and the rectangle below it.
#[derive(Debug, Clone, PartialEq)]
pub struct TableInfo {
    /// Its sheet.
    pub sheet: SheetId,
    /// The name of the Excel table or title, where it has one.
    pub name: Option<String>,
    /// First and last header row, zero-based.
    pub header_rows: (u32, u32),
    /// First and last column, zero-based.
    pub columns: (u32, u32),
    /// Last row to read, zero-based, where the table is bounded (Excel table, range, other table below).
    pub last_row: Option<u32>,
    /// Why this row is the header, as shown by `inspect`.
    pub reason: String,
    /// Rows that are the sums of the others, found by their numbers: no data.
    pub sums: Vec<u32>,
    /// The column in which `Total` stands beside other values, with every other column filled: such rows are the sums
    /// of the others of their group, and no data.
    pub total_column: Option<u32>,
    /// How its texts are written, where some of its columns show it: the decimal mark, and the order of dates.
    pub written: (Option<char>, Option<DateOrder>),
    /// Stretches in which a name stands once for all rows.
    pub fills: Vec<Fill>,
}

impl TableInfo {
    /// Its rectangle from the last header row on; where its end is not known, the header alone.
    pub fn range(&self) -> crate::cell::CellRange {
        let header = self.header_rows.1;
        crate::cell::CellRange {
            sheet: self.sheet,
            first: (header, self.columns.0),
            last: (self.last_row.unwrap_or(header), self.columns.1),
        }
    }
}

/// A stretch of a column in which blank cells mean the value above them: cells merged downwards, or names of groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fill {
    /// The sheet column, zero-based.
    pub column: u32,
    /// First and last row, zero-based.
    pub rows: (u32, u32),
}

/// The kind of a column: of the whole column, never of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Numbers, percent and money among them.
    Number,
    /// Dates, with or without times.
    Date,
    /// Text.
    Text,
    /// `true`/`false`, `Y/N`, `Ja/Nej`, `x`.
    Boolean,
    /// Nothing in the rows looked at.
    Empty,
}

/// How the numbers of a column are shown in the workbook.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum NumberShape {
    /// Plain.
    #[default]
    Plain,
    /// A percent format.
    Percent,
    /// A currency format or currency text: ISO code.
    Money(String),
    /// A duration format, in days as stored.
    Duration,
}

/// A column of a source.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnInfo {
    /// As in the header (rows of a header joined by one blank), blanks made single.
    pub name: String,
    /// The last row of a header of several, where no other column has the same: it finds the column too.
    pub part: Option<String>,
    /// Provisional kind, from the head of the sheet.
    pub kind: Kind,
    /// How its numbers are shown.
    pub shape: NumberShape,
    /// The unit that its header names, where its numbers are plain ones in it: `tkr`, `%`, `h`.
    pub unit: Option<String>,
    /// Its cell in the header of the first part.
    pub header: CellRef,
    /// Up to three values as text, for `inspect`.
    pub sample: Vec<String>,
}

/// A table of the goal language: one or more [`TableInfo`]s with the same columns, appended.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceInfo {
    /// Its name in the goal language.
    pub name: String,
    /// Index of the request that made it.
    pub request: usize,
    /// The tables appended, in order, each with the sheet column of every source column (`None` where it lacks it).
    pub parts: Vec<PartInfo>,
    /// Its columns.
    pub columns: Vec<ColumnInfo>,
    /// How likely it is the data that bare goals mean, from 0 (pivot, dashboard, lookup list) up; used to rank
    /// sources that fit equally.
    pub rank: u32,
    /// With periods or names across: the column that holds them.
    pub across: Option<usize>,
    /// The column of ISO 4217 codes that says what currency each row is in.
    pub currency_column: Option<usize>,
}

/// A table as part of a source.
#[derive(Debug, Clone, PartialEq)]
pub struct PartInfo {
    /// Index in [`Catalog::tables`].
    pub table: usize,
    /// For each column of the source its zero-based column in the sheet.
    pub columns: Vec<Option<u32>>,
    /// Columns that hold one value throughout the part: the sheet or file it is, the period in its name.
    pub fixed: Vec<(usize, Fixed)>,
    /// Periods or names across, by what stands there and column of the value.
    pub across: Vec<Across>,
    /// A date made of a year and a part of it.
    pub parted: Option<PartedDate>,
    /// With metrics down the rows: which row is which, ascending by row.
    pub metric_rows: Vec<MetricRow>,
    /// The first column of its table, zero-based.
    pub first_column: u32,
}

/// A column of a sheet that holds the values of one period, or of one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Across {
    /// The sheet column.
    pub column: u32,
    /// What stands above it.
    pub stand: Stand,
    /// The source column its values go to; with metrics down the rows, counted from that of the row.
    pub measure: usize,
}

/// What stands above a column of values.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stand {
    /// First day of a period, from 1970-01-01.
    Day(i32),
    /// A name.
    Name(String),
}

/// A column of dates that two columns make, or one and the year around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartedDate {
    /// The source column of the dates.
    pub column: usize,
    /// Where the year is from.
    pub year: YearOf,
    /// The source column of months, quarters or the like.
    pub part: usize,
    /// What that holds.
    pub grain: Grain,
}

/// Where the year of a date is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearOf {
    /// A source column.
    Column(usize),
    /// The year around the table.
    Stated(i32),
}

/// A row of a sheet that holds the values of one metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MetricRow {
    /// The sheet row.
    pub row: u32,
    /// The first sheet row of those that belong together: rows of the long table are made of them.
    pub group: u32,
    /// The first source column its values go to.
    pub measure: usize,
}

/// The one value of a column throughout a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fixed {
    /// A text.
    Text(String),
    /// Days since 1970-01-01.
    Date(i32),
}

/// Everything found in the files.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    /// Files, in the order of the requests, each once.
    pub files: Vec<FileInfo>,
    /// Sheets of all files; a [`SheetId`] is an index here.
    pub sheets: Vec<SheetInfo>,
    /// Tables of all sheets.
    pub tables: Vec<TableInfo>,
    /// Sources: what goals can name.
    pub sources: Vec<SourceInfo>,
    /// The requests, with their options.
    pub requests: Vec<SourceRequest>,
    /// Things said of the reading that `inspect` shows, with where: `two-row header`, `3 title rows above`.
    pub remarks: Vec<(Option<SheetId>, String)>,
    /// The opened files, for `load`.
    pub books: Books,
}

impl Catalog {
    /// `Orders!C17`, with the file's name in front where the run reads several files.
    pub fn show_cell(&self, cell: CellRef) -> String {
        let Some(sheet) = self.sheets.get(cell.sheet.0 as usize) else { return cell.to_string() };
        let place = format!("{}!{cell}", crate::cell::sheet_prefix(&sheet.name));
        match self.files.get(sheet.file) {
            Some(file) if self.files.len() > 1 => format!("{} → {place}", file.name),
            _ => place,
        }
    }
}

/// What `load` is to read of one column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Use {
    /// A number to compute with: cells of text are counted, located and left out.
    Number,
    /// A date.
    Date,
    /// An identity: numbers and texts side by side, compared as text.
    Key,
    /// Text to compare, group or print.
    Text,
    /// Whatever kind the column turns out to have.
    Any,
}

/// The columns to load.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Wanted {
    /// Per source (index in [`Catalog::sources`]) its columns with their uses; sources not listed are not read.
    pub sources: Vec<WantedSource>,
}

/// The columns of one source to load.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WantedSource {
    /// Index in [`Catalog::sources`].
    pub source: usize,
    /// Column index with its use; the same column may be wanted for two uses.
    pub columns: Vec<(usize, Use)>,
    /// The column that dates the rows.
    pub date: Option<usize>,
    /// `complete through`.
    pub complete_through: Option<NaiveDate>,
}
