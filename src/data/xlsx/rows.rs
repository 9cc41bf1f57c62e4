//! Scanned cells → [`Sink`]: columns put in order within a row, and the rows of a sheet where the file mixes them.

use super::cell::Value;
use super::cells::{Cells, Stop};
use super::errors::Fault;
use super::text;
use super::xml;
use crate::data::reader::{Flow, RawCell, RawValue, Sink};

/// A cell kept until its row (or the whole sheet) is there.
#[derive(Debug, Clone, Copy)]
struct Held {
    row: u32,
    column: u32,
    style: u32,
    value: HeldValue,
}

#[derive(Debug, Clone, Copy)]
enum HeldValue {
    Number(f64),
    Shared(u32),
    Text(usize, usize),
    Boolean(bool),
    Error(usize, usize),
    IsoDate(f64),
    Uncalculated,
}

/// Cells and their texts.
#[derive(Debug, Default)]
struct Store {
    cells: Vec<Held>,
    text: String,
    /// Some cell came after one that belongs behind it.
    mixed: bool,
    /// The texts are more than may be kept.
    full: bool,
}

/// Texts kept at one time (of a row; of a sheet where it has to be sorted) may take so many bytes.
const TEXT_BYTES: usize = 128 << 20;

impl Store {
    fn clear(&mut self) {
        self.cells.clear();
        self.text.clear();
        self.mixed = false;
    }

    /// Keeps a cell; an empty text is none.
    fn push(&mut self, row: u32, column: u32, style: u32, value: Value<'_>) {
        let from = self.text.len();
        if from > TEXT_BYTES {
            self.full = true;
            return;
        }
        let value = match value {
            Value::Number(number) => HeldValue::Number(number),
            Value::Shared(index) => HeldValue::Shared(index),
            Value::Text(text) => {
                self.text.push_str(text);
                HeldValue::Text(from, self.text.len())
            }
            Value::Raw(raw) => {
                text::append(raw, &mut self.text);
                HeldValue::Text(from, self.text.len())
            }
            Value::Boolean(flag) => HeldValue::Boolean(flag),
            Value::Error(raw) => {
                xml::unescape_into(raw.trim_ascii(), &mut self.text);
                HeldValue::Error(from, self.text.len())
            }
            Value::IsoDate(days) => HeldValue::IsoDate(days),
            Value::Uncalculated => HeldValue::Uncalculated,
        };
        self.keep(row, column, style, value);
    }

    fn keep(&mut self, row: u32, column: u32, style: u32, value: HeldValue) {
        if let Some(last) = self.cells.last() {
            self.mixed |= (last.row, last.column) >= (row, column);
        }
        self.cells.push(Held { row, column, style, value });
    }

    /// Refuses what is more than may be kept.
    fn check(&self) -> Result<(), Stop> {
        if self.full { Err(Fault::TextBytes(TEXT_BYTES as u64).into()) } else { Ok(()) }
    }

    /// Puts the cells in order; of several in one place the last counts.
    fn sort(&mut self) {
        if !self.mixed {
            return;
        }
        self.cells.reverse();
        self.cells.sort_by_key(|cell| (cell.row, cell.column));
        self.cells.dedup_by_key(|cell| (cell.row, cell.column));
        self.mixed = false;
    }

    fn send<S: Sink + ?Sized>(&self, cell: &Held, sink: &mut S) {
        let text = |from: usize, to: usize| self.text.get(from..to).unwrap_or_default();
        let value = match cell.value {
            HeldValue::Number(number) => RawValue::Number(number),
            HeldValue::Shared(index) => RawValue::Shared(index),
            HeldValue::Text(from, to) => RawValue::Text(text(from, to)),
            HeldValue::Boolean(flag) => RawValue::Boolean(flag),
            HeldValue::Error(from, to) => RawValue::Error(text(from, to)),
            HeldValue::IsoDate(days) => RawValue::IsoDate(days),
            HeldValue::Uncalculated => return sink.uncalculated(cell.row, cell.column),
        };
        sink.cell(RawCell { row: cell.row, column: cell.column, value, style: cell.style });
    }
}

/// Which columns a sink wants.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wish<'a>(pub Option<&'a [u32]>);

impl Wish<'_> {
    fn lane(self, column: u32) -> Option<u32> {
        self.0.is_none_or(|columns| columns.contains(&column)).then_some(0)
    }
}

/// Hands rows on as they end.
pub(super) struct RowCells<'a, S: ?Sized> {
    wish: Wish<'a>,
    sink: &'a mut S,
    row: u32,
    hidden: bool,
    store: Store,
}

impl<'a, S: Sink + ?Sized> RowCells<'a, S> {
    pub(super) fn new(wish: Wish<'a>, sink: &'a mut S) -> Self {
        Self { wish, sink, row: 0, hidden: false, store: Store::default() }
    }
}

impl<S: Sink + ?Sized> Cells for RowCells<'_, S> {
    fn lane(&self, column: u32) -> Option<u32> {
        self.wish.lane(column)
    }

    fn counts(&self, _column: u32) -> bool {
        false
    }

    fn begin_row(&mut self, row: u32, hidden: bool) -> Flow {
        (self.row, self.hidden) = (row, hidden);
        self.store.clear();
        Flow::Continue
    }

    fn number(&mut self, _lane: u32, column: u32, style: u32, number: f64) {
        self.store.keep(self.row, column, style, HeldValue::Number(number));
    }

    fn shared(&mut self, _lane: u32, column: u32, style: u32, index: u32) {
        self.store.keep(self.row, column, style, HeldValue::Shared(index));
    }

    fn cell(&mut self, _lane: u32, column: u32, style: u32, value: Value<'_>) {
        self.store.push(self.row, column, style, value);
    }

    fn end_row(&mut self, _filled: u32) -> Result<(), Stop> {
        self.store.check()?;
        if self.sink.row(self.row, self.hidden) == Flow::Stop {
            return Err(Stop::Enough);
        }
        self.store.sort();
        for cell in &self.store.cells {
            self.store.send(cell, self.sink);
        }
        Ok(())
    }
}

/// Keeps the cells of a whole sheet, to hand them on in order.
pub(super) struct SheetCells<'a> {
    wish: Wish<'a>,
    part: &'a str,
    row: u32,
    /// Every row seen, and whether it is hidden.
    rows: Vec<(u32, bool)>,
    store: Store,
}

impl<'a> SheetCells<'a> {
    pub(super) fn new(wish: Wish<'a>, part: &'a str) -> Self {
        Self { wish, part, row: 0, rows: Vec::new(), store: Store::default() }
    }

    /// Hands everything on.
    pub(super) fn send<S: Sink + ?Sized>(mut self, sink: &mut S) {
        self.store.sort();
        self.rows.sort_unstable();
        self.rows.dedup_by_key(|(row, _)| *row);
        let mut cells = self.store.cells.iter().peekable();
        for (row, hidden) in &self.rows {
            if sink.row(*row, *hidden) == Flow::Stop {
                return;
            }
            while let Some(cell) = cells.next_if(|cell| cell.row <= *row) {
                self.store.send(cell, sink);
            }
        }
    }
}

impl Cells for SheetCells<'_> {
    fn lane(&self, column: u32) -> Option<u32> {
        self.wish.lane(column)
    }

    fn counts(&self, _column: u32) -> bool {
        false
    }

    fn begin_row(&mut self, row: u32, hidden: bool) -> Flow {
        self.row = row;
        self.rows.push((row, hidden));
        Flow::Continue
    }

    fn number(&mut self, _lane: u32, column: u32, style: u32, number: f64) {
        self.store.keep(self.row, column, style, HeldValue::Number(number));
    }

    fn shared(&mut self, _lane: u32, column: u32, style: u32, index: u32) {
        self.store.keep(self.row, column, style, HeldValue::Shared(index));
    }

    fn cell(&mut self, _lane: u32, column: u32, style: u32, value: Value<'_>) {
        self.store.push(self.row, column, style, value);
    }

    /// Room for the cells of one more row, which are at most as many as there are columns.
    fn end_row(&mut self, _filled: u32) -> Result<(), Stop> {
        const CELLS: usize = 16_384;
        self.store.check()?;
        let room = self.store.cells.try_reserve(CELLS).and_then(|()| self.store.text.try_reserve(CELLS));
        room.map_err(|_| Fault::Memory(self.part.to_owned()).into())
    }
}
