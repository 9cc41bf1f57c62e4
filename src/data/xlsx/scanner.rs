//! Bytes of a worksheet part, block by block → its rows and cells, in the order of the file.
//!
//! The bytes of a block may end anywhere: what is not whole is left, and comes again in front of the next block. Cells
//! that look like the one above them take the short way through [`Template`]; the rest is read in full.

use super::blocks::Blocks;
use super::cell::{Cell, CellReader, Place, Value};
use super::cells::{Cells, Stop, send};
use super::errors::Fault;
use super::number;
use super::package::Part;
use super::template::{RowKey, Template};
use super::words::Words;
use super::xml::{self, Tag, Token, XmlFault};
use crate::data::reader::{Flow, Limits};

/// Rows that no spreadsheet program goes beyond (LibreOffice has the most).
const ROWS: u32 = 1 << 24;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before the rows.
    Head,
    /// Among the rows, outside of one.
    Rows,
    /// Inside a row.
    Row,
    /// Behind the rows.
    Over,
}

/// What is known of one column.
#[derive(Debug, Default)]
pub(super) struct Column {
    pub lane: Option<u32>,
    pub counts: bool,
    /// Columns with two looks are common: number or text, banded rows, blank cells with a border.
    pub looks: [Template; 2],
    /// The one seen last.
    pub recent: usize,
}

/// Scans one sheet.
#[derive(Debug)]
pub(super) struct Scanner<'a> {
    part: &'a str,
    limits: &'a Limits,
    /// How many styles there are: cells with another one are plain.
    styles: u32,
    /// More rows than this do not fit into the part, whatever it says.
    plausible: u64,
    /// Rows may come in any order.
    any_order: bool,
    state: State,
    /// Name of the root.
    root: Vec<u8>,
    /// Prefix of the elements, from the root, with its colon.
    pub(super) prefix: Vec<u8>,
    row: u32,
    pub(super) next_row: u32,
    /// The row element does not say its number: the first cell may.
    pub(super) row_unsure: bool,
    hidden: bool,
    pub(super) key: RowKey,
    /// The quotes of the cells.
    pub(super) mark: u8,
    /// `</row>` with its prefix.
    pub(super) row_close: Vec<u8>,
    /// `<row r="` with its prefix.
    pub(super) row_open: Vec<u8>,
    /// What stands behind the number in the last row tag, up to its end; nothing where that tag is unusual.
    pub(super) row_tail: Vec<u8>,
    /// From the last cell of a row to the number of the next.
    pub(super) gap: Words<3>,
    /// The same bytes as `row_tail`, where they fit.
    pub(super) tail: Words<3>,
    pub(super) column: u32,
    pub(super) columns: Vec<Column>,
    reader: CellReader,
    pub(super) filled: u32,
    cells: u64,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(part: &'a Part, limits: &'a Limits, styles: usize, any_order: bool) -> Self {
        Self {
            part: &part.name,
            plausible: part.packed,
            limits,
            styles: styles as u32,
            any_order,
            state: State::Head,
            root: Vec::new(),
            prefix: Vec::new(),
            row: 0,
            next_row: 0,
            row_unsure: false,
            hidden: false,
            key: RowKey::default(),
            mark: b'"',
            row_close: Vec::new(),
            row_open: Vec::new(),
            row_tail: Vec::new(),
            gap: Words::default(),
            tail: Words::default(),
            column: 0,
            columns: Vec::new(),
            reader: CellReader::default(),
            filled: 0,
            cells: 0,
        }
    }

    /// Whether all rows were seen.
    pub(super) fn is_over(&self) -> bool {
        self.state == State::Over
    }

    /// Scans `bytes[..length]`; behind them stand zeros. How many bytes were taken.
    pub(super) fn scan<C: Cells>(
        &mut self,
        bytes: &[u8],
        length: usize,
        cells: &mut C,
    ) -> Result<usize, Stop> {
        let mut at = 0;
        loop {
            if self.state == State::Row {
                at = self.run(bytes, at, cells)?;
            }
            if self.state == State::Over {
                return Ok(length);
            }
            let whole = bytes.get(..length).unwrap_or(bytes);
            if !self.step(whole, &mut at, cells)? {
                return Ok(at);
            }
        }
    }

    /// One token, or one cell, whatever it looks like; `false` where the bytes end before it does.
    fn step<C: Cells>(&mut self, bytes: &[u8], at: &mut usize, cells: &mut C) -> Result<bool, Stop> {
        let from = *at;
        // text outside of cells means nothing
        if bytes.get(from).is_some_and(|b| *b != b'<') {
            *at = memchr::memchr(b'<', &bytes[from..]).map_or(bytes.len(), |end| from + end);
            return Ok(*at < bytes.len());
        }
        let token = xml::next(bytes, at).map_err(|fault| self.fault(fault))?;
        let Some(token) = token else { return Ok(false) };
        match (self.state, token) {
            (State::Head, Token::Open(tag)) => self.head(tag, cells),
            (State::Rows, Token::Open(tag)) if self.is(tag.name, b"row") => {
                let end = *at;
                self.row_tag(bytes, end, tag, cells)?;
            }
            (State::Row, Token::Open(tag)) if self.is(tag.name, b"c") => {
                let start = *at - tag.length();
                let cell = self.reader.read(bytes, start).map_err(|fault| self.fault(fault))?;
                let Some(cell) = cell else {
                    *at = from;
                    return Ok(false);
                };
                *at = cell.end;
                self.cell(bytes, start, &cell, cells)?;
            }
            (State::Row, Token::Close(name)) if self.is(name, b"row") => {
                self.end_row(cells)?;
                self.state = State::Rows;
            }
            (State::Rows | State::Row, Token::Close(name)) if self.is(name, b"sheetData") => {
                if self.state == State::Row {
                    self.end_row(cells)?;
                }
                self.state = State::Over;
            }
            (State::Head, Token::Close(name)) if name == self.root => self.state = State::Over,
            _ => {}
        }
        Ok(true)
    }

    fn is(&self, name: &[u8], local: &[u8]) -> bool {
        name.strip_prefix(self.prefix.as_slice()) == Some(local)
    }

    fn fault(&self, fault: XmlFault) -> Stop {
        Stop::Fault(match fault {
            XmlFault::Doctype => Fault::Doctype(self.part.to_owned()),
            XmlFault::Malformed => Fault::Malformed(self.part.to_owned()),
        })
    }

    fn head<C: Cells>(&mut self, tag: Tag<'_>, cells: &mut C) {
        if self.root.is_empty() {
            self.root = tag.name.to_vec();
            self.prefix = xml::split_name(tag.name).0.to_vec();
            if !self.prefix.is_empty() {
                self.prefix.push(b':');
            }
            self.row_close = [b"</", self.prefix.as_slice(), b"row>"].concat();
            self.set_mark(self.mark);
            if tag.empty {
                self.state = State::Over;
            }
        } else if self.is(tag.name, b"dimension") {
            let last = tag.iter().find(|attribute| attribute.name == b"ref").and_then(last_row);
            if let Some(row) = last.filter(|row| u64::from(*row) < self.plausible) {
                cells.expect(row);
            }
        } else if self.is(tag.name, b"sheetData") {
            self.state = if tag.empty { State::Over } else { State::Rows };
        }
    }

    /// From here on the attributes of rows and cells are expected in these quotes.
    fn set_mark(&mut self, mark: u8) {
        self.mark = mark;
        self.row_open = [b"<", self.prefix.as_slice(), b"row r=", &[mark]].concat();
        self.row_tail.clear();
        self.tail = Words::default();
    }

    /// A row tag that ends at `end`.
    fn row_tag<C: Cells>(
        &mut self,
        bytes: &[u8],
        end: usize,
        tag: Tag<'_>,
        cells: &mut C,
    ) -> Result<(), Stop> {
        let mut digits = None;
        self.hidden = false;
        for attribute in tag.iter() {
            match attribute.name {
                b"r" => digits = Some(attribute.value),
                b"hidden" => self.hidden = xml::is_true(&xml::unescape(attribute.value)),
                _ => {}
            }
        }
        let row = digits.and_then(number::parse_index).and_then(|row| row.checked_sub(1));
        self.row_unsure = row.is_none();
        self.row_tail.clear();
        self.tail = Words::default();
        match row {
            None => self.row = self.next_row,
            Some(row) => {
                self.begin_row(row, cells)?;
                self.key = RowKey::of_row(row, self.mark);
                let open = [self.row_open.as_slice(), digits.unwrap_or_default()].concat();
                let written = bytes.get(end - tag.length()..end).unwrap_or_default();
                if let Some(tail) = written.strip_prefix(open.as_slice()).filter(|_| !tag.empty) {
                    self.row_tail = tail.to_vec();
                    self.tail = Words::learn(tail).unwrap_or_default();
                }
            }
        }
        self.state = State::Row;
        self.column = 0;
        if tag.empty {
            self.end_row(cells)?;
            self.state = State::Rows;
        }
        Ok(())
    }

    pub(super) fn begin_row<C: Cells>(&mut self, row: u32, cells: &mut C) -> Result<(), Stop> {
        if row < self.next_row && !self.any_order {
            return Err(Stop::Disordered);
        }
        if row >= ROWS {
            return Err(Fault::RowNumber(self.part.to_owned()).into());
        }
        self.row = row;
        self.next_row = row + 1;
        self.row_unsure = false;
        self.column = 0;
        self.filled = 0;
        match cells.begin_row(row, self.hidden) {
            Flow::Continue => Ok(()),
            Flow::Stop => Err(Stop::Enough),
        }
    }

    pub(super) fn end_row<C: Cells>(&mut self, cells: &mut C) -> Result<(), Stop> {
        if self.row_unsure {
            self.begin_row(self.row, cells)?;
        }
        cells.end_row(self.filled)
    }

    /// Counts cells against the limit.
    pub(super) fn count(&mut self, cells: u64) -> Result<(), Stop> {
        self.cells += cells;
        if self.cells > self.limits.cells {
            return Err(Fault::TooManyCells(self.part.to_owned(), self.limits.cells).into());
        }
        Ok(())
    }

    /// A cell read in full, which began at `from`.
    fn cell<C: Cells>(&mut self, bytes: &[u8], from: usize, cell: &Cell, cells: &mut C) -> Result<(), Stop> {
        let Place { row, column, .. } =
            cell.place.unwrap_or(Place { row: self.row, column: self.column, digits: (0, 0) });
        if self.row_unsure {
            self.begin_row(row, cells)?;
            self.key = RowKey::of_row(row, self.mark);
        } else if row != self.row {
            if !self.any_order {
                return Err(Stop::Disordered);
            }
            cells.end_row(self.filled)?;
            self.begin_row(row, cells)?;
            self.key = RowKey::of_row(row, self.mark);
        }
        if column >= self.limits.columns {
            return Err(Fault::TooManyColumns(self.part.to_owned(), self.limits.columns).into());
        }
        let mark = cell
            .place
            .and_then(|place| bytes.get(place.digits.1))
            .filter(|mark| matches!(**mark, b'"' | b'\''));
        if let Some(mark) = mark.filter(|mark| **mark != self.mark) {
            self.set_mark(*mark);
            self.key = RowKey::of_row(self.row, self.mark);
        }
        self.column = column + 1;
        self.count(1)?;
        let style = if cell.style < self.styles { cell.style } else { 0 };
        while self.columns.len() <= column as usize {
            let index = self.columns.len() as u32;
            let (lane, counts) = (cells.lane(index), cells.counts(index));
            self.columns.push(Column { lane, counts, ..Column::default() });
        }
        let Some(known) = self.columns.get_mut(column as usize) else { return Ok(()) };
        known.recent ^= 1;
        known.looks[known.recent].learn(bytes, from, cell, style);
        if let Some(value) = self.reader.value_of(cell) {
            self.filled += u32::from(known.counts && value != Value::Uncalculated);
            if let Some(lane) = known.lane {
                send(cells, lane, column, style, value);
            }
        }
        Ok(())
    }
}

/// The last row of an area such as `A1:I1000001`, zero-based.
fn last_row(area: xml::Attribute<'_>) -> Option<u32> {
    let corner = area.value.rsplit(|byte| *byte == b':').next()?;
    let digits = corner.iter().position(u8::is_ascii_digit)?;
    number::parse_index(&corner[digits..])?.checked_sub(1)
}

/// Reads the part of a sheet into `cells`.
pub(super) fn drive<C: Cells>(
    mut blocks: Blocks,
    mut scanner: Scanner<'_>,
    cells: &mut C,
) -> Result<(), Stop> {
    let mut before = None;
    while let Some(block) = blocks.next(before.take())? {
        let taken = scanner.scan(block.bytes(), block.len(), cells)?;
        before = Some((block, taken));
    }
    if scanner.is_over() { Ok(()) } else { Err(Fault::Unfinished(scanner.part.to_owned()).into()) }
}
