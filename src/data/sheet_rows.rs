//! The rows of a sheet that were read, kept as runs of consecutive ones.

/// Which row of the sheet stands at each place, counted from 0. Rows are added in ascending order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SheetRows {
    /// Place and row at which each run begins.
    runs: Vec<(u32, u32)>,
    length: u32,
}

impl SheetRows {
    /// How many rows.
    pub(crate) fn len(&self) -> usize {
        self.length as usize
    }

    /// Forgets all of them.
    pub(crate) fn clear(&mut self) {
        self.runs.clear();
        self.length = 0;
    }

    /// Adds a run of so many rows.
    pub(crate) fn push(&mut self, row: u32, count: u32) {
        let follows = self.runs.last().is_some_and(|(place, first)| first + (self.length - place) == row);
        if !follows && count > 0 {
            self.runs.push((self.length, row));
        }
        self.length += count;
    }

    /// Adds ascending rows.
    pub(crate) fn extend(&mut self, rows: &[u32]) {
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return };
        if (last - first) as usize + 1 == rows.len() {
            self.push(*first, rows.len() as u32);
        } else {
            rows.iter().for_each(|row| self.push(*row, 1));
        }
    }

    /// The row at a place.
    pub(crate) fn get(&self, place: usize) -> Option<u32> {
        if place >= self.len() {
            return None;
        }
        let at = self.runs.partition_point(|(first, _)| *first as usize <= place).checked_sub(1)?;
        let (first, row) = self.runs[at];
        Some(row + (place as u32 - first))
    }

    /// The place of the first row that is this one or behind it.
    pub(crate) fn place_from(&self, row: u32) -> usize {
        let at = self.runs.partition_point(|(_, first)| *first <= row);
        let Some(&(place, first)) = at.checked_sub(1).and_then(|at| self.runs.get(at)) else { return 0 };
        let end = self.runs.get(at).map_or(self.length, |next| next.0);
        place.saturating_add(row - first).min(end) as usize
    }

    /// The place of a row.
    pub(crate) fn place_of(&self, row: u32) -> Option<usize> {
        let at = self.runs.partition_point(|(_, first)| *first <= row).checked_sub(1)?;
        let (place, first) = self.runs[at];
        let end = self.runs.get(at + 1).map_or(self.length, |next| next.0);
        let place = place + (row - first);
        (place < end).then_some(place as usize)
    }

    /// Runs: first place, first row and how many rows.
    pub(crate) fn runs(&self) -> impl Iterator<Item = (usize, u32, usize)> {
        self.runs.iter().enumerate().map(|(at, (place, row))| {
            let end = self.runs.get(at + 1).map_or(self.length, |next| next.0);
            (*place as usize, *row, (end - place) as usize)
        })
    }

    /// The rows without those at some places, which are ascending.
    pub(crate) fn without(&self, places: &[usize]) -> Self {
        let mut left = Self::default();
        let mut gone = places.iter().copied().peekable();
        for (place, row, count) in self.runs() {
            let mut from = place;
            while let Some(next) = gone.next_if(|next| *next < place + count) {
                left.push(row + (from - place) as u32, (next - from) as u32);
                from = next + 1;
            }
            left.push(row + (from - place) as u32, (place + count - from) as u32);
        }
        left
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(rows: &SheetRows) -> Vec<u32> {
        (0..rows.len()).filter_map(|place| rows.get(place)).collect()
    }

    #[test]
    fn rows_and_places() {
        let mut rows = SheetRows::default();
        rows.extend(&[3, 4, 5]);
        rows.extend(&[6, 7]);
        rows.extend(&[10, 12, 13]);
        assert_eq!(all(&rows), [3, 4, 5, 6, 7, 10, 12, 13]);
        assert_eq!(rows.runs().collect::<Vec<_>>(), [(0, 3, 5), (5, 10, 1), (6, 12, 2)]);
        assert_eq!((rows.place_of(7), rows.place_of(8), rows.place_of(12)), (Some(4), None, Some(6)));
        assert_eq!((rows.place_of(2), rows.place_of(14)), (None, None));
        let from: Vec<usize> = [0, 3, 7, 8, 11, 13, 14, u32::MAX].map(|row| rows.place_from(row)).into();
        assert_eq!(from, [0, 0, 4, 5, 6, 7, 8, 8]);
    }

    #[test]
    fn rows_taken_out() {
        let mut rows = SheetRows::default();
        rows.extend(&[3, 4, 5, 6, 10, 11]);
        assert_eq!(all(&rows.without(&[])), [3, 4, 5, 6, 10, 11]);
        assert_eq!(all(&rows.without(&[0, 2, 5])), [4, 6, 10]);
        assert_eq!(all(&rows.without(&[0, 1, 2, 3, 4, 5])), [0_u32; 0]);
    }
}
