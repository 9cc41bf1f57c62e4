//! One part of a source → its cells, read by itself: several parts at a time, on a thread each.

use std::sync::Arc;

use crate::data::books::OpenBook;
use crate::data::gather::{Gathered, PartStyles};
use crate::data::reader::Style;
use crate::data::receive::Reading;
use crate::data::sheet_rows::SheetRows;
use crate::data::stream;
use crate::data::xlsx::Pick;
use crate::data::{Error, TableInfo};

/// A part on its way.
pub(crate) struct PartRead<'a> {
    /// Which part of the source.
    pub(crate) index: usize,
    /// Its table.
    pub(crate) table: &'a TableInfo,
    /// Its sheet, in its book.
    pub(crate) sheet: usize,
    /// The opened file.
    pub(crate) book: Arc<OpenBook>,
    /// Where the styles of the book begin among those of the load.
    first_style: u32,
    /// Sheet column and place in `cells`, by ascending column.
    places: Vec<(u32, usize)>,
    pick: Pick,
    cells: Vec<Gathered>,
    rows: SheetRows,
    hidden: Vec<u32>,
    failed: Option<Error>,
}

impl<'a> PartRead<'a> {
    /// A part of which nothing is read yet; `columns` are wanted of the source.
    pub(crate) fn new(
        index: usize,
        table: &'a TableInfo,
        sheet: usize,
        book: Arc<OpenBook>,
        first_style: u32,
        (places, pick): (Vec<(u32, usize)>, Pick),
        columns: usize,
    ) -> Self {
        let cells = (0..columns).map(|_| Gathered::default()).collect();
        let (rows, hidden) = (SheetRows::default(), Vec::new());
        Self { index, table, sheet, book, first_style, places, pick, cells, rows, hidden, failed: None }
    }

    /// Reads its rows. `styles` are those of the load, this part's among them.
    pub(crate) fn run(&mut self, styles: &[Style]) {
        let is_1904 = self.book.book().is_1904();
        let mut reading = Reading {
            cells: &mut self.cells,
            places: &self.places,
            styles: PartStyles { all: styles, first: self.first_style, is_1904 },
            rows: std::mem::take(&mut self.rows),
            hidden: std::mem::take(&mut self.hidden),
        };
        let done = stream::stream(&self.book, self.sheet, &self.pick, &mut reading);
        (self.rows, self.hidden) = (reading.rows, reading.hidden);
        self.failed = done.err();
    }

    /// Its cells, the rows of the sheet that they stand in, and the places of those that are hidden.
    ///
    /// # Errors
    ///
    /// The sheet could not be read.
    pub(crate) fn finish(self) -> Result<(Vec<Gathered>, SheetRows, Vec<u32>), Error> {
        match self.failed {
            Some(error) => Err(error),
            None => Ok((self.cells, self.rows, self.hidden)),
        }
    }
}
