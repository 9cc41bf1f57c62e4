//! A sheet of any book → chunks of typed lanes, as the xlsx reader hands them out by itself.

use crate::data::Error;
use crate::data::books::OpenBook;
use crate::data::places::Places;
use crate::data::reader::{Book, Flow, RawCell, RawValue, Sink};
use crate::data::xlsx::{Chunk, Finish, Lane, NO_TEXT, Other, Pick, Texts};

/// Rows handed out at a time.
const ROWS: usize = 4096;

/// The texts that the codes of a chunk stand for.
pub(crate) trait Lookup: Sync {
    /// The text of a code.
    fn text(&self, code: u32) -> &str;
}

struct Shared<'a> {
    book: &'a dyn Book,
    count: u32,
    texts: &'a Texts,
}

impl Lookup for Shared<'_> {
    fn text(&self, code: u32) -> &str {
        if code < self.count { self.book.shared(code) } else { self.texts.get(code).unwrap_or("") }
    }
}

/// Takes chunks one after the other; `restart` forgets what came.
pub(crate) trait Receiver {
    /// The next rows.
    fn take(&mut self, chunk: &Chunk, texts: &dyn Lookup);
    /// The sheet comes once more, from its first row.
    fn restart(&mut self);
    /// All rows came.
    fn end(&mut self, _texts: &dyn Lookup) {}
}

/// Streams the picked part of a sheet into a receiver.
pub(crate) fn stream(
    book: &OpenBook,
    sheet: usize,
    pick: &Pick,
    receiver: &mut dyn Receiver,
) -> Result<(), Error> {
    if let OpenBook::Xlsx(xlsx) = book {
        let mut texts = xlsx.texts();
        let shared = xlsx.shared_count() as u32;
        let finish = xlsx.read_columns(sheet, pick, &mut texts, |chunk, texts| {
            receiver.take(chunk, &Shared { book: xlsx.as_ref(), count: shared, texts });
            Flow::Continue
        })?;
        if finish != Finish::Disordered {
            receiver.end(&Shared { book: xlsx.as_ref(), count: shared, texts: &texts });
            return Ok(());
        }
        receiver.restart();
    }
    let mut sink = Adapter::new(book.book(), pick, receiver);
    book.book().read(sheet, None, &mut sink)?;
    sink.flush();
    sink.end();
    Ok(())
}

/// Collects cells into chunks.
struct Adapter<'a> {
    book: &'a dyn Book,
    pick: &'a Pick,
    receiver: &'a mut dyn Receiver,
    chunk: Chunk,
    texts: Interner,
    /// By sheet column.
    lanes: Vec<u32>,
    inside: bool,
}

/// Texts that stand in cells, each once.
#[derive(Default)]
struct Interner {
    /// Codes below are those of the book's shared texts.
    shared: u32,
    arena: String,
    ends: Vec<usize>,
    places: Places,
}

impl Interner {
    fn get(&self, place: usize) -> Option<&str> {
        let to = *self.ends.get(place)?;
        self.arena.get(place.checked_sub(1).map_or(0, |before| self.ends[before])..to)
    }

    fn code(&mut self, text: &str) -> u32 {
        let hash = self.places.hash(text.as_bytes());
        let known = self.places.find(hash, |place| self.get(place) == Some(text));
        let place = known.unwrap_or_else(|| {
            self.places.add(hash);
            self.arena.push_str(text);
            self.ends.push(self.arena.len());
            self.ends.len() - 1
        });
        self.shared + place as u32
    }
}

struct Interned<'a> {
    book: &'a dyn Book,
    texts: &'a Interner,
}

impl Lookup for Interned<'_> {
    fn text(&self, code: u32) -> &str {
        match code.checked_sub(self.texts.shared) {
            Some(own) => self.texts.get(own as usize).unwrap_or(""),
            None => self.book.shared(code),
        }
    }
}

impl<'a> Adapter<'a> {
    fn new(book: &'a dyn Book, pick: &'a Pick, receiver: &'a mut dyn Receiver) -> Self {
        let texts = Interner { shared: book.shared_count() as u32, ..Interner::default() };
        let mut lanes = vec![NO_LANE; pick.columns.last().map_or(0, |last| *last as usize + 1)];
        for (lane, column) in pick.columns.iter().enumerate() {
            lanes[*column as usize] = lane as u32;
        }
        let mut adapter = Self { book, pick, receiver, chunk: Chunk::default(), texts, lanes, inside: false };
        adapter.clear();
        adapter
    }

    fn clear(&mut self) {
        self.chunk.rows.clear();
        self.chunk.filled.clear();
        self.chunk.hidden.clear();
        self.chunk.lanes = vec![Lane::default(); self.pick.columns.len()];
    }

    fn flush(&mut self) {
        if self.chunk.rows.is_empty() {
            return;
        }
        let rows = self.chunk.rows.len();
        for lane in &mut self.chunk.lanes {
            if !lane.numbers.is_empty() {
                lane.numbers.resize(rows, f64::NAN);
            }
            if !lane.codes.is_empty() {
                lane.codes.resize(rows, NO_TEXT);
            }
        }
        self.receiver.take(&self.chunk, &Interned { book: self.book, texts: &self.texts });
        self.clear();
    }
}

/// The column is not wanted.
const NO_LANE: u32 = u32::MAX;

fn is_blank(text: &str) -> bool {
    !text.as_bytes().first().is_some_and(u8::is_ascii_graphic) && text.trim().is_empty()
}

impl Adapter<'_> {
    fn lane(&self, column: u32) -> Option<usize> {
        self.lanes.get(column as usize).filter(|lane| **lane != NO_LANE).map(|lane| *lane as usize)
    }

    fn end(&mut self) {
        self.receiver.end(&Interned { book: self.book, texts: &self.texts });
    }
}

impl Sink for Adapter<'_> {
    fn wants(&self, column: u32) -> bool {
        self.lane(column).is_some()
    }

    fn row(&mut self, row: u32, hidden: bool) -> Flow {
        if self.pick.last_row.is_some_and(|last| row > last) {
            return Flow::Stop;
        }
        self.inside = row >= self.pick.first_row;
        if !self.inside {
            return Flow::Continue;
        }
        if self.chunk.rows.len() >= ROWS {
            self.flush();
        }
        if hidden {
            self.chunk.hidden.push(self.chunk.rows.len() as u32);
        }
        self.chunk.rows.push(row);
        self.chunk.filled.push(0);
        Flow::Continue
    }

    fn cell(&mut self, cell: RawCell<'_>) {
        if !self.inside || cell.column < self.pick.span.0 || cell.column > self.pick.span.1 {
            return;
        }
        let blank = match cell.value {
            RawValue::Text(text) => is_blank(text),
            RawValue::Shared(index) => is_blank(self.book.shared(index)),
            _ => false,
        };
        if blank {
            return;
        }
        if let Some(filled) = self.chunk.filled.last_mut() {
            *filled += 1;
        }
        let Some(at) = self.lane(cell.column) else { return };
        let place = self.chunk.rows.len().saturating_sub(1);
        let code = match cell.value {
            RawValue::Shared(index) => Some(index),
            RawValue::Text(text) => Some(self.texts.code(text)),
            _ => None,
        };
        let Some(lane) = self.chunk.lanes.get_mut(at) else { return };
        if lane.styles.last().is_none_or(|(_, style)| *style != cell.style) {
            lane.styles.push((place as u32, cell.style));
        }
        if let Some(code) = code {
            lane.codes.resize(place, NO_TEXT);
            lane.codes.push(code);
            return;
        }
        let other = match cell.value {
            RawValue::Number(number) => {
                lane.numbers.resize(place, f64::NAN);
                lane.numbers.push(number);
                return;
            }
            RawValue::Boolean(flag) => Other::Boolean(flag),
            RawValue::Error(error) => Other::Error(error.into()),
            RawValue::IsoDate(days) => Other::IsoDate(days),
            RawValue::Shared(_) | RawValue::Text(_) => return,
        };
        lane.others.push((place as u32, other));
    }

    fn uncalculated(&mut self, row: u32, column: u32) {
        if !self.inside || self.chunk.rows.last() != Some(&row) {
            return;
        }
        if let Some(at) = self.lane(column)
            && let Some(lane) = self.chunk.lanes.get_mut(at)
        {
            lane.others.push((self.chunk.rows.len() as u32 - 1, Other::Uncalculated));
        }
    }

    fn restart(&mut self) -> bool {
        self.clear();
        self.receiver.restart();
        true
    }
}
