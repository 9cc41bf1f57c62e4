//! Columns of one sheet in typed chunks: what [`XlsxBook::read_columns`] hands out.
//!
//! A chunk holds a few thousand consecutive rows; every column wanted is a [`Lane`] of it. A lane says by itself what
//! its cells are, so that nobody has to know a column's kind before reading it.
//!
//! [`XlsxBook::read_columns`]: super::XlsxBook::read_columns

use super::cell::Value;
use super::cells::{Cells, Stop};
use super::errors::Fault;
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
    /// How many rows the sheet may have from the first of the pick on, where it says so; not to be relied upon.
    pub expected: u32,
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
const ROWS: usize = 1024;
/// Texts that stand in cells may take so many bytes in all.
const TEXT_BYTES: usize = 512 << 20;

/// Where the cells of a lane are put: all places of a chunk, until it is handed out.
#[derive(Debug)]
struct Slots {
    numbers: Vec<f64>,
    codes: Vec<u32>,
    has_numbers: bool,
    has_codes: bool,
    /// The style of the last cell.
    style: Option<u32>,
}

impl Slots {
    fn new() -> Self {
        Self {
            numbers: vec![f64::NAN; ROWS],
            codes: vec![NO_TEXT; ROWS],
            has_numbers: false,
            has_codes: false,
            style: None,
        }
    }
}

/// Scanned cells → chunks.
pub(super) struct ColumnCells<'a, F> {
    pick: &'a Pick,
    limits: &'a Limits,
    texts: &'a mut Texts,
    shared: u32,
    each: F,
    chunk: Chunk,
    slots: Vec<Slots>,
    /// The last text of each lane, as written, and its code: neighbouring rows often say the same.
    last: Vec<(Vec<u8>, u32)>,
    scratch: String,
    /// Place of the current row, where it is one of the pick.
    place: Option<usize>,
    /// The last row of the pick was passed.
    passed: bool,
    /// What was wrong with a cell of the current row.
    fault: Option<Fault>,
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
            slots: (0..lanes).map(|_| Slots::new()).collect(),
            last: vec![(Vec::new(), NO_TEXT); lanes],
            scratch: String::new(),
            place: None,
            passed: false,
            fault: None,
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
        for (lane, slots) in self.chunk.lanes.iter_mut().zip(&mut self.slots) {
            if slots.has_numbers {
                std::mem::swap(&mut lane.numbers, &mut slots.numbers);
                lane.numbers.truncate(rows);
            }
            if slots.has_codes {
                std::mem::swap(&mut lane.codes, &mut slots.codes);
                lane.codes.truncate(rows);
            }
        }
        let flow = (self.each)(&self.chunk, self.texts);
        self.chunk.rows.clear();
        self.chunk.filled.clear();
        self.chunk.hidden.clear();
        for (lane, slots) in self.chunk.lanes.iter_mut().zip(&mut self.slots) {
            lane.others.clear();
            lane.styles.clear();
            slots.style = None;
            if std::mem::take(&mut slots.has_numbers) {
                std::mem::swap(&mut lane.numbers, &mut slots.numbers);
                slots.numbers.clear();
                slots.numbers.resize(ROWS, f64::NAN);
            }
            if std::mem::take(&mut slots.has_codes) {
                std::mem::swap(&mut lane.codes, &mut slots.codes);
                slots.codes.clear();
                slots.codes.resize(ROWS, NO_TEXT);
            }
        }
        flow
    }

    /// The code of a text as written.
    fn code_of_raw(&mut self, lane: usize, raw: &[u8]) -> u32 {
        if let Some((last, code)) = self.last.get(lane)
            && last == raw
            && *code != NO_TEXT
        {
            return *code;
        }
        let plain = if text::is_plain(raw) { std::str::from_utf8(raw).ok() } else { None };
        let code = if let Some(text) = plain {
            self.code_of(text)
        } else {
            let mut text = std::mem::take(&mut self.scratch);
            text.clear();
            text::append(raw, &mut text);
            let code = self.code_of(&text);
            self.scratch = text;
            code
        };
        if let Some((last, last_code)) = self.last.get_mut(lane) {
            last.clear();
            last.extend_from_slice(raw);
            *last_code = code;
        }
        code
    }

    /// Sets the code of a cell in the current row.
    #[inline]
    fn code(&mut self, lane: usize, style: u32, code: u32) {
        let Some(place) = self.place else { return };
        let Some(slots) = self.slots.get_mut(lane) else { return };
        if let Some(slot) = slots.codes.get_mut(place) {
            *slot = code;
            slots.has_codes = true;
        }
        if slots.style != Some(style) {
            self.look(lane, place, style);
        }
    }

    /// Remembers that cells of a lane have another style from here on.
    fn look(&mut self, lane: usize, place: usize, style: u32) {
        if let (Some(lane), Some(slots)) = (self.chunk.lanes.get_mut(lane), self.slots.get_mut(lane))
            && slots.style.replace(style) != Some(style)
        {
            lane.styles.push((place as u32, style));
        }
    }

    fn code_of(&mut self, text: &str) -> u32 {
        if self.fault.is_some() {
            return NO_TEXT;
        }
        let code = self.texts.code_of(text);
        if self.texts.len() > self.limits.strings || code == Some(NO_TEXT) {
            self.fault = Some(Fault::TooManyTexts(self.limits.strings));
        } else if self.texts.bytes() > TEXT_BYTES || code.is_none() {
            self.fault = Some(Fault::TextBytes(self.texts.bytes().min(TEXT_BYTES) as u64));
        }
        code.unwrap_or(NO_TEXT)
    }
}

impl<F: FnMut(&Chunk, &Texts) -> Flow> Cells for ColumnCells<'_, F> {
    fn expect(&mut self, last_row: u32) {
        let last = self.pick.last_row.map_or(last_row, |last| last.min(last_row));
        self.chunk.expected = (last + 1).saturating_sub(self.pick.first_row);
    }

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
    fn number(&mut self, lane: u32, _column: u32, style: u32, number: f64) {
        let Some(place) = self.place else { return };
        let Some(slots) = self.slots.get_mut(lane as usize) else { return };
        if let Some(slot) = slots.numbers.get_mut(place) {
            *slot = number;
            slots.has_numbers = true;
        }
        if slots.style != Some(style) {
            self.look(lane as usize, place, style);
        }
    }

    #[inline]
    fn shared(&mut self, lane: u32, _column: u32, style: u32, index: u32) {
        if index < self.shared {
            self.code(lane as usize, style, index);
        }
    }

    fn cell(&mut self, lane: u32, _column: u32, style: u32, value: Value<'_>) {
        let Some(place) = self.place else { return };
        let lane = lane as usize;
        let other = match value {
            Value::Raw(raw) => {
                let code = self.code_of_raw(lane, raw);
                return self.code(lane, style, code);
            }
            Value::Text(text) => {
                let code = self.code_of(text);
                return self.code(lane, style, code);
            }
            Value::Number(_) | Value::Shared(_) => return,
            Value::Boolean(flag) => Other::Boolean(flag),
            Value::Error(raw) => Other::Error(xml::unescape(raw.trim_ascii()).into()),
            Value::IsoDate(days) => Other::IsoDate(days),
            Value::Uncalculated => Other::Uncalculated,
        };
        if let Some(lane) = self.chunk.lanes.get_mut(lane) {
            lane.others.push((place as u32, other));
        }
        self.look(lane, place, style);
    }

    fn end_row(&mut self, filled: u32) -> Result<(), Stop> {
        if let Some(fault) = self.fault.take() {
            return Err(fault.into());
        }
        if self.place.is_some() {
            self.chunk.filled.push(filled);
        }
        Ok(())
    }
}
