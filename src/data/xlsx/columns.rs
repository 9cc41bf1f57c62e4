//! Columns of one sheet in typed chunks: what [`XlsxBook::read_columns`] hands out.
//!
//! A chunk holds a few thousand consecutive rows; every column wanted is a [`Lane`] of it. A lane says by itself what
//! its cells are, so that nobody has to know a column's kind before reading it.
//!
//! [`XlsxBook::read_columns`]: super::XlsxBook::read_columns

use super::cell::Value;
use super::errors::Fault;
use super::scanner::{Cells, Stop};
use super::text;
use super::texts::Texts;
use super::xml;
use crate::data::reader::{Flow, Limits};

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

/// Rows of a chunk: its lanes stay in the nearest cache.
const ROWS: usize = 2048;
/// Texts that stand in cells may take so many bytes in all.
const TEXT_BYTES: usize = 1 << 30;

/// Scanned cells → chunks.
pub(super) struct ColumnCells<'a, F> {
    pick: &'a Pick,
    limits: &'a Limits,
    texts: &'a mut Texts,
    shared: u32,
    each: F,
    chunk: Chunk,
    /// The last text of each lane, as written, and its code: neighbouring rows often say the same.
    last: Vec<(Vec<u8>, u32)>,
    scratch: String,
    /// Place of the current row, where it is one of the pick.
    place: Option<usize>,
    /// The last row of the pick was passed.
    passed: bool,
}

impl<'a, F: FnMut(&Chunk, &Texts) -> Flow> ColumnCells<'a, F> {
    pub(super) fn new(
        pick: &'a Pick,
        limits: &'a Limits,
        texts: &'a mut Texts,
        shared: u32,
        each: F,
    ) -> Self {
        let lanes = pick.columns.len();
        Self {
            pick,
            limits,
            texts,
            shared,
            each,
            chunk: Chunk { lanes: vec![Lane::default(); lanes], ..Chunk::default() },
            last: vec![(Vec::new(), NO_TEXT); lanes],
            scratch: String::new(),
            place: None,
            passed: false,
        }
    }

    /// How the reading ended, the last chunk handed out.
    pub(super) fn finish(mut self, stop: Option<Stop>) -> Result<Finish, Fault> {
        match stop {
            Some(Stop::Fault(fault)) => return Err(fault),
            Some(Stop::Disordered) => return Ok(Finish::Disordered),
            Some(Stop::Enough) if !self.passed => return Ok(Finish::Stopped),
            Some(Stop::Enough) | None => {}
        }
        match self.flush() {
            Flow::Continue => Ok(Finish::Done),
            Flow::Stop => Ok(Finish::Stopped),
        }
    }

    /// Hands the chunk out and empties it.
    fn flush(&mut self) -> Flow {
        let rows = self.chunk.rows.len();
        if rows == 0 {
            return Flow::Continue;
        }
        self.chunk.filled.resize(rows, 0);
        for lane in &mut self.chunk.lanes {
            if !lane.numbers.is_empty() {
                lane.numbers.resize(rows, f64::NAN);
            }
            if !lane.codes.is_empty() {
                lane.codes.resize(rows, NO_TEXT);
            }
        }
        let flow = (self.each)(&self.chunk, self.texts);
        self.chunk.rows.clear();
        self.chunk.filled.clear();
        self.chunk.hidden.clear();
        for lane in &mut self.chunk.lanes {
            lane.numbers.clear();
            lane.codes.clear();
            lane.others.clear();
            lane.styles.clear();
        }
        flow
    }

    /// The code of a text as written.
    fn code_of_raw(&mut self, lane: usize, raw: &[u8]) -> Result<u32, Stop> {
        if let Some((last, code)) = self.last.get(lane) {
            if last == raw && *code != NO_TEXT {
                return Ok(*code);
            }
        }
        self.scratch.clear();
        text::append(raw, &mut self.scratch);
        let text = std::mem::take(&mut self.scratch);
        let code = self.code_of(&text)?;
        self.scratch = text;
        if let Some((last, last_code)) = self.last.get_mut(lane) {
            last.clear();
            last.extend_from_slice(raw);
            *last_code = code;
        }
        Ok(code)
    }

    fn code_of(&mut self, text: &str) -> Result<u32, Stop> {
        let code = self.texts.code_of(text);
        if self.texts.len() > self.limits.strings || code == NO_TEXT {
            return Err(Fault::TooManyTexts(self.limits.strings).into());
        }
        if self.texts.bytes() > TEXT_BYTES {
            return Err(Fault::TextBytes(TEXT_BYTES as u64).into());
        }
        Ok(code)
    }
}

/// Sets the value of a place: rows between the last one set and this have none.
#[inline]
fn set<T: Copy>(values: &mut Vec<T>, place: usize, value: T, none: T) {
    if values.len() < place {
        values.resize(place, none);
    }
    match values.get_mut(place) {
        Some(old) => *old = value,
        None => values.push(value),
    }
}

impl<F: FnMut(&Chunk, &Texts) -> Flow> Cells for ColumnCells<'_, F> {
    fn lane(&self, column: u32) -> Option<u32> {
        self.pick.columns.iter().position(|wanted| *wanted == column).map(|lane| lane as u32)
    }

    fn counts(&self, column: u32) -> bool {
        (self.pick.span.0..=self.pick.span.1).contains(&column)
    }

    fn begin_row(&mut self, row: u32, hidden: bool) -> Flow {
        self.place = None;
        if row < self.pick.first_row {
            return Flow::Continue;
        }
        if self.pick.last_row.is_some_and(|last| row > last) {
            self.passed = true;
            return Flow::Stop;
        }
        if self.chunk.rows.len() == ROWS && self.flush() == Flow::Stop {
            return Flow::Stop;
        }
        let place = self.chunk.rows.len();
        self.place = Some(place);
        self.chunk.rows.push(row);
        if hidden {
            self.chunk.hidden.push(place as u32);
        }
        Flow::Continue
    }

    #[inline]
    fn cell(&mut self, lane: u32, _column: u32, style: u32, value: Value<'_>) -> Result<(), Stop> {
        let Some(place) = self.place else { return Ok(()) };
        let index = lane as usize;
        let code = match value {
            Value::Shared(index) if index < self.shared => index,
            Value::Shared(_) => return Ok(()),
            Value::Raw(raw) => self.code_of_raw(index, raw)?,
            Value::Text(text) => self.code_of(text)?,
            _ => NO_TEXT,
        };
        let Some(lane) = self.chunk.lanes.get_mut(index) else { return Ok(()) };
        let other = match value {
            Value::Number(number) => {
                set(&mut lane.numbers, place, number, f64::NAN);
                None
            }
            Value::Shared(_) | Value::Raw(_) | Value::Text(_) => {
                set(&mut lane.codes, place, code, NO_TEXT);
                None
            }
            Value::Boolean(flag) => Some(Other::Boolean(flag)),
            Value::Error(raw) => Some(Other::Error(xml::unescape(raw.trim_ascii()).into())),
            Value::IsoDate(days) => Some(Other::IsoDate(days)),
            Value::Uncalculated => Some(Other::Uncalculated),
        };
        if let Some(other) = other {
            lane.others.push((place as u32, other));
        }
        if lane.styles.last().is_none_or(|(_, last)| *last != style) {
            lane.styles.push((place as u32, style));
        }
        Ok(())
    }

    fn end_row(&mut self, filled: u32) -> Result<(), Stop> {
        if self.place.is_some() {
            self.chunk.filled.push(filled);
        }
        Ok(())
    }
}
