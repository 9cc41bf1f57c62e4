//! The short way through a sheet: cells and rows that are written like those above them.

use super::cells::{Cells, Stop};
use super::digits::read_index;
use super::scanner::Scanner;
use super::template::{RowKey, Target};
use super::words::Words;

impl Scanner<'_> {
    /// As many cells and rows as look like those above them; where the next one stands.
    pub(super) fn run<C: Cells>(
        &mut self,
        bytes: &[u8],
        mut at: usize,
        cells: &mut C,
    ) -> Result<usize, Stop> {
        if self.row_unsure {
            return Ok(at);
        }
        loop {
            let mut index = self.column;
            let (mut filled, mut count) = (0, 0);
            'cells: loop {
                if let Some(column) = self.columns.get_mut(index as usize) {
                    let mut target = Target { cells: &mut *cells, lane: column.lane, column: index };
                    let mut end = column.looks[column.recent].take(bytes, at, &self.key, &mut target);
                    if end.is_none() {
                        let other = column.recent ^ 1;
                        end = column.looks[other].take(bytes, at, &self.key, &mut target);
                        if end.is_some() {
                            column.recent = other;
                        }
                    }
                    if let Some(end) = end {
                        filled += u32::from(column.looks[column.recent].is_filled() & column.counts);
                        count += 1;
                        index += 1;
                        at = end;
                        continue 'cells;
                    }
                }
                // cells that are absent: on with the column that the next one names
                if bytes.get(at + 1) == Some(&b'/') {
                    break;
                }
                match self.column_ahead(bytes, at) {
                    Some(ahead) if ahead > index && (ahead as usize) < self.columns.len() => index = ahead,
                    _ => break,
                }
            }
            self.column = index;
            self.filled += filled;
            self.count(count)?;
            match self.next_row(bytes, at, cells)? {
                Some(next) => at = next,
                None => return Ok(at),
            }
        }
    }

    /// The column of a cell written the usual way.
    fn column_ahead(&self, bytes: &[u8], at: usize) -> Option<u32> {
        let rest = bytes.get(at..)?.strip_prefix(b"<")?.strip_prefix(self.prefix.as_slice())?;
        let rest = rest.strip_prefix(b"c r=")?.strip_prefix(&[self.mark])?;
        let letters = rest.iter().take(4).take_while(|b| b.is_ascii_uppercase());
        letters.fold(None, |column: Option<u32>, letter| {
            Some(column.map_or(0, |column| (column + 1) * 26) + u32::from(letter - b'A'))
        })
    }

    /// Steps from the end of a row into the next one, if both tags are written as those before.
    fn next_row<C: Cells>(&mut self, bytes: &[u8], at: usize, cells: &mut C) -> Result<Option<usize>, Stop> {
        let known = self.gap.length > 0 && self.gap.differ::<3>(bytes, at) == 0;
        let from = if known { Some(at + self.gap.length) } else { self.learn_gap(bytes, at) };
        let Some(from) = from else { return Ok(None) };
        let Some((number, to)) = read_index(bytes, from) else { return Ok(None) };
        let same = match self.tail.length {
            0 => {
                !self.row_tail.is_empty()
                    && bytes.get(to..).is_some_and(|rest| rest.starts_with(&self.row_tail))
            }
            _ => self.tail.differ::<3>(bytes, to) == 0,
        };
        let Some(row) =
            number.checked_sub(1).filter(|row| same && *row >= self.next_row && bytes[from] != b'0')
        else {
            return Ok(None);
        };
        self.end_row(cells)?;
        self.begin_row(row, cells)?;
        self.key = RowKey::at(bytes, from, to, self.mark);
        Ok(Some(to + self.row_tail.len()))
    }

    /// Where the number of the next row stands, if the usual tags stand between; they are remembered.
    #[cold]
    fn learn_gap(&mut self, bytes: &[u8], at: usize) -> Option<usize> {
        let rest = bytes.get(at..)?.trim_ascii_start().strip_prefix(self.row_close.as_slice())?;
        let rest = rest.trim_ascii_start().strip_prefix(self.row_open.as_slice())?;
        let from = bytes.len() - rest.len();
        self.gap = bytes.get(at..from).and_then(Words::learn).unwrap_or_default();
        Some(from)
    }
}
