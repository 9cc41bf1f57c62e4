//! Chunks of a sheet → cells of the columns wanted, or rows seen with all their cells.

use crate::data::NumberShape;
use crate::data::dates;
use crate::data::gather::{Gathered, PartStyles};
use crate::data::grid::Value;
use crate::data::reader::Style;
use crate::data::rows::{RowKind, Shape};
use crate::data::sheet_rows::SheetRows;
use crate::data::stream::{Lookup, Receiver};
use crate::data::threads::{FEW_ROWS, each_on, threads};
use crate::data::xlsx::{Chunk, Lane, NO_TEXT, Other};

/// Takes the chunks of a part into the columns.
pub(crate) struct Reading<'r> {
    pub(crate) cells: &'r mut Vec<Gathered>,
    /// Sheet column and place in `cells`, by ascending column.
    pub(crate) places: &'r [(u32, usize)],
    pub(crate) styles: PartStyles<'r>,
    pub(crate) rows: SheetRows,
    pub(crate) hidden: Vec<u32>,
}

impl Receiver for Reading<'_> {
    fn take(&mut self, chunk: &Chunk, _texts: &dyn Lookup) {
        if self.rows.len() == 0 {
            self.reserve(chunk.expected);
        }
        let before = self.rows.len() as u32;
        let some_blank = chunk.filled.contains(&0);
        let filled: Vec<u32> = if some_blank {
            (0..chunk.rows.len() as u32).filter(|at| chunk.filled[*at as usize] > 0).collect()
        } else {
            Vec::new()
        };
        let keep = some_blank.then_some(filled.as_slice());
        match keep {
            None => {
                self.hidden.extend(chunk.hidden.iter().map(|place| before + place));
                self.rows.extend(&chunk.rows);
            }
            Some(keep) => {
                let places = chunk.hidden.iter().filter_map(|place| keep.binary_search(place).ok());
                self.hidden.extend(places.map(|at| before + at as u32));
                keep.iter().for_each(|at| self.rows.push(chunk.rows[*at as usize], 1));
            }
        }
        let end = self.rows.len();
        for (lane, (_, at)) in chunk.lanes.iter().zip(self.places) {
            if let Some(cells) = self.cells.get_mut(*at) {
                cells.extend(lane, chunk.rows.len(), keep, &self.styles);
            }
        }
        for cells in self.cells.iter_mut() {
            cells.extend_missing(end.saturating_sub(cells.rows()));
        }
    }

    fn restart(&mut self) {
        for cells in self.cells.iter_mut() {
            *cells = Gathered::default();
        }
        self.rows.clear();
        self.hidden.clear();
    }

    fn end(&mut self, texts: &dyn Lookup) {
        let threads = if self.rows.len() < FEW_ROWS { 1 } else { threads() };
        each_on(threads, self.cells, |cells| cells.settle(texts));
    }
}

impl Reading<'_> {
    /// Makes room for the rows that the sheet says it has.
    fn reserve(&mut self, expected: u32) {
        for (_, at) in self.places {
            if let Some(cells) = self.cells.get_mut(*at) {
                cells.expect(expected as usize);
            }
        }
    }
}

/// Looks at rows with all their cells.
pub(crate) struct Look<'l> {
    pub(crate) shape: Shape<'l>,
    pub(crate) columns: Vec<u32>,
    pub(crate) wanted: Vec<u32>,
    pub(crate) styles: &'l [Style],
    pub(crate) is_1904: bool,
    /// Row, kind, the column of the first cell and its text.
    pub(crate) found: Vec<(u32, RowKind, u32, String)>,
}

impl Receiver for Look<'_> {
    fn take(&mut self, chunk: &Chunk, texts: &dyn Lookup) {
        for (place, row) in chunk.rows.iter().enumerate() {
            if self.wanted.binary_search(row).is_err() {
                continue;
            }
            let cells: Vec<(u32, Value)> = self
                .columns
                .iter()
                .zip(&chunk.lanes)
                .filter_map(|(column, lane)| Some((*column, self.value(lane, place, texts)?)))
                .collect();
            let kind = self.shape.row(&cells);
            let shown = cells
                .iter()
                .find(|(_, value)| matches!(value, Value::Text(_)))
                .or_else(|| cells.first())
                .map_or_else(|| (0, String::new()), |(column, value)| (*column, value.show()));
            self.found.push((*row, kind, shown.0, shown.1));
        }
    }

    fn restart(&mut self) {
        self.found.clear();
    }
}

impl Look<'_> {
    fn value(&self, lane: &Lane, place: usize, texts: &dyn Lookup) -> Option<Value> {
        if let Some(number) = lane.numbers.get(place).filter(|n| !n.is_nan()) {
            let run = lane.styles.partition_point(|(from, _)| *from as usize <= place).checked_sub(1);
            let style = run.and_then(|run| self.styles.get(lane.styles[run].1 as usize));
            return Some(match style {
                Some(Style::Date) => match dates::from_serial(*number, self.is_1904) {
                    Some(day) => Value::Date(day),
                    None => Value::Number(*number, NumberShape::Plain),
                },
                Some(Style::Shape(shape)) => Value::Number(*number, shape.clone()),
                _ => Value::Number(*number, NumberShape::Plain),
            });
        }
        if let Some(code) = lane.codes.get(place).filter(|code| **code != NO_TEXT) {
            let text = texts.text(*code);
            return (!text.trim().is_empty()).then(|| Value::Text(text.to_owned()));
        }
        let at = lane.others.binary_search_by_key(&(place as u32), |(row, _)| *row).ok()?;
        match &lane.others[at].1 {
            Other::Boolean(flag) => Some(Value::Boolean(*flag)),
            Other::Error(error) => Some(Value::Error(error.to_string())),
            Other::IsoDate(day) => Some(Value::Date(day.floor() as i32)),
            Other::Uncalculated => None,
        }
    }
}
