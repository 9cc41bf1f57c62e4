//! Chunks of a sheet → the cells of each wanted column, compact, until its kind is known.
//!
//! Numbers stand as doubles, texts as codes into a dictionary of the column whose entries differ when folded; whatever
//! else a cell may be is kept aside by row.

use crate::data::dataset::MISSING_CODE;
use crate::data::interner::Words;
use crate::data::number_list::{self, NumberList};
use crate::data::reader::Style;
use crate::data::stream::Lookup;
use crate::data::xlsx::{Lane, NO_TEXT, Other};

/// From 1 January 1900 to 1 January 1904: serial numbers of the later system are turned into the usual one.
const TO_1900: f64 = 1462.0;

/// Serial number of 1 January 1970.
const UNIX: f64 = 25_569.0;

/// The cells of one column.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    /// A number for every row; empty if the column has none.
    pub(crate) numbers: NumberList,
    /// A code for every row; empty if the column has no text.
    pub(crate) codes: Vec<u32>,
    /// Cells that are neither, by row.
    pub(crate) others: Vec<(u32, Other)>,
    /// From this row on cells have this style: an index into the styles of the load.
    pub(crate) styles: Vec<(u32, u32)>,
    /// The texts.
    pub(crate) words: Words,
    rows: usize,
    expected: usize,
}

// codes of chunks are taken over as they are, those of no text too
const _: () = assert!(NO_TEXT == MISSING_CODE);

/// What a part says of its lanes.
pub(crate) struct PartStyles<'a> {
    /// The styles of the load.
    pub(crate) all: &'a [Style],
    /// Where those of this part's book begin.
    pub(crate) first: u32,
    /// Its dates count from 1904.
    pub(crate) is_1904: bool,
}

impl Gathered {
    /// How many rows.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// So many rows are expected in all: room for them is made with the first cell.
    pub(crate) fn expect(&mut self, rows: usize) {
        self.expected = rows;
    }

    /// The rows are over: their codes, which are those of the workbook, become those of the column's own texts.
    pub(crate) fn settle(&mut self, texts: &dyn Lookup) {
        self.words.settle(&mut self.codes, |code| texts.text(code));
    }

    /// Adds the cells of another part, behind `rows` rows.
    pub(crate) fn append(&mut self, rows: usize, part: Self) {
        if rows == 0 && self.rows == 0 {
            *self = part;
            return;
        }
        self.extend_missing(rows.saturating_sub(self.rows));
        if !part.numbers.is_empty() {
            self.numbers.resize(rows);
            self.numbers.append(part.numbers);
        }
        if !part.codes.is_empty() {
            self.codes.resize(rows, MISSING_CODE);
            let own: Vec<u32> = part.words.dictionary.texts().map(|text| self.words.code(text)).collect();
            let own = |code: u32| own.get(code as usize).copied().unwrap_or(MISSING_CODE);
            self.codes.extend(part.codes.into_iter().map(own));
        }
        let behind = rows as u32;
        self.others.extend(part.others.into_iter().map(|(row, other)| (behind + row, other)));
        for (row, style) in part.styles {
            self.add_style(behind + row, style);
        }
        self.extend_missing(part.rows);
    }

    /// Rows without a cell.
    pub(crate) fn extend_missing(&mut self, count: usize) {
        self.rows += count;
        if !self.numbers.is_empty() {
            self.numbers.resize(self.rows);
        }
        if !self.codes.is_empty() {
            self.codes.resize(self.rows, MISSING_CODE);
        }
    }

    /// Rows that all hold one text.
    pub(crate) fn extend_text(&mut self, text: &str, count: usize) {
        let code = self.words.code(text);
        self.codes.resize(self.rows, MISSING_CODE);
        self.codes.resize(self.rows + count, code);
        self.extend_missing(count);
    }

    /// Rows that all hold one day, of a date style.
    pub(crate) fn extend_day(&mut self, day: i32, count: usize, style: u32) {
        self.styles.push((self.rows as u32, style));
        self.numbers.resize(self.rows);
        self.numbers.repeat(f64::from(day) + UNIX, count);
        self.extend_missing(count);
    }

    /// The rows of a chunk; `keep` lists the places to take where not all are.
    pub(crate) fn extend(
        &mut self,
        lane: &Lane,
        count: usize,
        keep: Option<&[u32]>,
        styles: &PartStyles<'_>,
    ) {
        let base = self.rows;
        let added = keep.map_or(count, <[u32]>::len);
        self.add_styles(lane, base, keep, styles.first);
        if !lane.numbers.is_empty() {
            self.numbers.expect(self.expected);
            self.numbers.resize(base);
            match keep {
                None => self.numbers.extend(&lane.numbers),
                Some(keep) => {
                    let kept: Vec<f64> = keep.iter().map(|at| lane.numbers[*at as usize]).collect();
                    self.numbers.extend(&kept);
                }
            }
            if styles.is_1904 {
                self.shift_dates(base, styles.all);
            }
        }
        if !lane.codes.is_empty() {
            if self.codes.capacity() == 0 {
                // without room made ahead the list grows as it is filled
                let _ = self.codes.try_reserve_exact(self.expected);
            }
            self.codes.resize(base, MISSING_CODE);
            match keep {
                None => self.codes.extend_from_slice(&lane.codes),
                Some(keep) => self.codes.extend(keep.iter().map(|at| lane.codes[*at as usize])),
            }
        }
        for (place, other) in &lane.others {
            let row = match keep {
                None => Some(*place as usize),
                Some(keep) => keep.binary_search(place).ok(),
            };
            if let Some(row) = row {
                self.others.push(((base + row) as u32, other.clone()));
            }
        }
        self.rows = base;
        self.extend_missing(added);
    }

    fn add_styles(&mut self, lane: &Lane, base: usize, keep: Option<&[u32]>, first: u32) {
        for (place, style) in &lane.styles {
            let row = match keep {
                None => *place as usize,
                Some(keep) => keep.partition_point(|at| at < place),
            };
            self.add_style((base + row) as u32, style + first);
        }
    }

    /// From this row on cells have this style.
    fn add_style(&mut self, row: u32, style: u32) {
        match self.styles.last_mut() {
            Some(last) if last.0 == row => last.1 = style,
            Some(last) if last.1 == style => {}
            _ => self.styles.push((row, style)),
        }
    }

    fn shift_dates(&mut self, base: usize, all: &[Style]) {
        let runs = self.style_runs();
        for (from, to, style) in runs {
            if all.get(style as usize) == Some(&Style::Date) {
                self.numbers.change_in(from.max(base)..to, |number| number + TO_1900);
            }
        }
    }

    /// Stretches of rows with their style: from, to (exclusive), style.
    pub(crate) fn style_runs(&self) -> Vec<(usize, usize, u32)> {
        let end = self.rows.max(self.numbers.len());
        let mut runs = Vec::with_capacity(self.styles.len());
        for (at, (from, style)) in self.styles.iter().enumerate() {
            let to = self.styles.get(at + 1).map_or(end, |next| next.0 as usize);
            runs.push((*from as usize, to, *style));
        }
        runs
    }

    /// Takes rows out; `drop` is ascending.
    pub(crate) fn remove(&mut self, drop: &[u32]) {
        if drop.is_empty() {
            return;
        }
        self.numbers.remove(drop);
        number_list::remove(&mut self.codes, drop);
        let before = |row: u32| drop.partition_point(|d| *d < row) as u32;
        self.others.retain(|(row, _)| drop.binary_search(row).is_err());
        for (row, _) in &mut self.others {
            *row -= before(*row);
        }
        for (row, _) in &mut self.styles {
            *row -= before(*row);
        }
        self.styles.dedup_by(|later, earlier| {
            let same = later.0 == earlier.0;
            if same {
                earlier.1 = later.1;
            }
            same
        });
        self.rows -= drop.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct List(&'static [&'static str]);

    impl Lookup for List {
        fn text(&self, code: u32) -> &str {
            self.0[code as usize]
        }
    }

    #[test]
    fn texts_equal_when_folded_share_a_code() {
        let mut column = Gathered::default();
        let lane = Lane { codes: vec![0, 1, 2, NO_TEXT], ..Lane::default() };
        let styles = PartStyles { all: &[], first: 0, is_1904: false };
        column.extend(&lane, 4, None, &styles);
        column.settle(&List(&["North", " NORTH", "South"]));
        assert_eq!(column.codes, [0, 0, 1, MISSING_CODE]);
        assert_eq!(column.words.dictionary.texts().collect::<Vec<_>>(), ["North", "South"]);
    }

    #[test]
    fn parts_follow_each_other() {
        let styles = |first| PartStyles { all: &[], first, is_1904: false };
        let part = |first: u32, texts: &'static [&'static str], number: f64| {
            let mut column = Gathered::default();
            let lane = Lane {
                codes: vec![0, NO_TEXT, 1],
                numbers: vec![f64::NAN, number, f64::NAN],
                others: vec![(1, Other::Boolean(true))],
                styles: vec![(0, 0)],
            };
            column.extend(&lane, 3, None, &styles(first));
            column.settle(&List(texts));
            column
        };
        let mut all = Gathered::default();
        all.append(0, part(0, &["North", "South"], 1.0));
        // a row that the first part has none of
        all.append(4, part(5, &["SOUTH", "West"], 2.5));
        assert_eq!(all.rows(), 7);
        assert_eq!(all.codes, [0, MISSING_CODE, 1, MISSING_CODE, 1, MISSING_CODE, 2]);
        assert_eq!(all.words.dictionary.texts().collect::<Vec<_>>(), ["North", "South", "West"]);
        let numbers: Vec<Option<f64>> = (0..7).map(|row| all.numbers.get(row)).collect();
        assert_eq!(numbers, [None, Some(1.0), None, None, None, Some(2.5), None]);
        assert_eq!(all.others.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [1, 5]);
        assert_eq!(all.style_runs(), [(0, 4, 0), (4, 7, 5)]);
    }

    #[test]
    fn rows_left_out_move_everything_up() {
        let mut column = Gathered::default();
        let lane = Lane {
            numbers: vec![1.0, f64::NAN, 3.0, 4.0],
            others: vec![(1, Other::Boolean(true))],
            styles: vec![(0, 0), (3, 1)],
            ..Lane::default()
        };
        let styles = PartStyles { all: &[], first: 0, is_1904: false };
        column.extend(&lane, 4, None, &styles);
        column.remove(&[0, 2]);
        assert_eq!((column.numbers.get(0), column.numbers.get(1)), (None, Some(4.0)));
        assert_eq!(column.others, [(0, Other::Boolean(true))]);
        assert_eq!(column.style_runs(), [(0, 1, 0), (1, 2, 1)]);
        assert_eq!(column.rows(), 2);
    }

    #[test]
    fn dates_of_1904_become_usual_ones() {
        let mut column = Gathered::default();
        let lane = Lane { numbers: vec![10.0], styles: vec![(0, 0)], ..Lane::default() };
        let styles = PartStyles { all: &[Style::Date], first: 0, is_1904: true };
        column.extend(&lane, 1, None, &styles);
        assert_eq!(column.numbers.get(0), Some(1472.0));
    }
}
