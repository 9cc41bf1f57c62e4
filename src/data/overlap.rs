//! Appended parts whose dates overlap → the rows that stand in two of them, equal in every column.
//!
//! Exports that are taken again and again overlap. Only rows of days that two parts share are looked at, in a second
//! pass over all their columns, so parts that follow each other cost nothing.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hasher, RandomState};

use crate::cell::CellRef;
use crate::data::books::OpenBook;
use crate::data::coerce::LISTED;
use crate::data::dataset::MISSING_DAY;
use crate::data::stream::{self, Lookup, Receiver};
use crate::data::xlsx::{Chunk, NO_TEXT, Other, Pick};
use crate::data::{Error, PartInfo, RowRun, TableInfo};

/// Rows compared at most; beyond them nothing is claimed.
const ROWS: usize = 4_000_000;

/// Rows that stand twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Overlap {
    /// How many rows of later parts stand in an earlier one.
    pub(crate) count: usize,
    /// First and last of their days.
    pub(crate) days: Option<(i32, i32)>,
    /// The first of them.
    pub(crate) cells: Vec<CellRef>,
}

/// A part as the comparison needs it.
pub(crate) struct Side<'a> {
    /// The part and its table.
    pub(crate) part: &'a PartInfo,
    /// Where it stands.
    pub(crate) table: &'a TableInfo,
    /// Its sheet in the book.
    pub(crate) sheet: usize,
    /// Its book.
    pub(crate) book: std::sync::Arc<OpenBook>,
    /// Its rows of the table.
    pub(crate) runs: Vec<RowRun>,
}

/// Finds the rows that stand in two sides; `days` has the day of every row of the table, where there is a date.
pub(crate) fn find(sides: &[Side<'_>], days: Option<&[i32]>) -> Result<Option<Overlap>, Error> {
    let spans: Vec<Option<(i32, i32)>> = sides.iter().map(|side| span(side, days)).collect();
    let mut seen: HashMap<u64, u32> = HashMap::new();
    let mut overlap = Overlap::default();
    let hasher = RandomState::new();
    for (at, side) in sides.iter().enumerate() {
        let shared: Vec<(i32, i32)> = spans
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != at)
            .filter_map(|(_, other)| common(spans[at], *other))
            .collect();
        if shared.is_empty() {
            continue;
        }
        let mut wanted: Vec<(u32, i32)> = Vec::new();
        for run in &side.runs {
            for row in 0..run.count {
                let day = days.and_then(|days| days.get(run.first + row)).copied().unwrap_or(MISSING_DAY);
                if shared.iter().any(|(first, last)| (*first..=*last).contains(&day)) {
                    wanted.push((run.sheet_row + row as u32, day));
                }
            }
        }
        if wanted.len() + seen.len() > ROWS {
            return Ok(None);
        }
        let found = hash_rows(side, &wanted, &hasher)?;
        let mut own: BTreeMap<u64, u32> = BTreeMap::new();
        for ((row, day), hash) in wanted.iter().zip(found) {
            let Some(hash) = hash else { continue };
            let times = own.entry(hash).or_default();
            *times += 1;
            if seen.get(&hash).is_some_and(|before| *before >= *times) {
                overlap
                    .add(CellRef { sheet: side.table.sheet, row: *row, column: side.table.columns.0 }, *day);
            }
        }
        for (hash, times) in own {
            let known = seen.entry(hash).or_default();
            *known = (*known).max(times);
        }
    }
    Ok((overlap.count > 0).then_some(overlap))
}

impl Overlap {
    fn add(&mut self, cell: CellRef, day: i32) {
        self.count += 1;
        if self.cells.len() < LISTED {
            self.cells.push(cell);
        }
        if day != MISSING_DAY {
            let (first, last) = self.days.unwrap_or((day, day));
            self.days = Some((first.min(day), last.max(day)));
        }
    }
}

/// First and last day of a side; every day where there are no dates.
fn span(side: &Side<'_>, days: Option<&[i32]>) -> Option<(i32, i32)> {
    let Some(days) = days else { return Some((MISSING_DAY, i32::MAX)) };
    let own = || {
        side.runs
            .iter()
            .flat_map(|run| days.get(run.first..run.first + run.count).unwrap_or_default())
            .filter(|day| **day != MISSING_DAY)
    };
    Some((*own().min()?, *own().max()?))
}

fn common(a: Option<(i32, i32)>, b: Option<(i32, i32)>) -> Option<(i32, i32)> {
    let (a, b) = (a?, b?);
    let both = (a.0.max(b.0), a.1.min(b.1));
    (both.0 <= both.1).then_some(both)
}

fn hash_rows(
    side: &Side<'_>,
    wanted: &[(u32, i32)],
    hasher: &RandomState,
) -> Result<Vec<Option<u64>>, Error> {
    let (Some(first), Some(last)) = (wanted.first(), wanted.last()) else { return Ok(Vec::new()) };
    let mut columns: Vec<(u32, usize)> =
        side.part.columns.iter().enumerate().filter_map(|(at, place)| Some(((*place)?, at))).collect();
    columns.sort_unstable();
    let pick = Pick {
        columns: columns.iter().map(|(column, _)| *column).collect(),
        first_row: first.0,
        last_row: Some(last.0),
        span: side.table.columns,
    };
    // lanes in the order of the source's columns, which may stand elsewhere on the other sheet
    let mut order: Vec<(usize, usize)> =
        columns.iter().enumerate().map(|(lane, (_, at))| (*at, lane)).collect();
    order.sort_unstable();
    let mut hashing =
        Hashing { wanted, order, hasher, hashes: vec![None; wanted.len()], texts: HashMap::new() };
    stream::stream(&side.book, side.sheet, &pick, &mut hashing)?;
    Ok(hashing.hashes)
}

struct Hashing<'h> {
    wanted: &'h [(u32, i32)],
    order: Vec<(usize, usize)>,
    hasher: &'h RandomState,
    hashes: Vec<Option<u64>>,
    texts: HashMap<u32, u64>,
}

impl Receiver for Hashing<'_> {
    fn take(&mut self, chunk: &Chunk, texts: &dyn Lookup) {
        for (place, row) in chunk.rows.iter().enumerate() {
            let Ok(at) = self.wanted.binary_search_by_key(row, |(row, _)| *row) else { continue };
            let mut hash = self.hasher.build_hasher();
            for (column, lane) in &self.order {
                let Some(lane) = chunk.lanes.get(*lane) else { continue };
                if let Some(number) = lane.numbers.get(place).filter(|n| !n.is_nan()) {
                    hash.write_usize(*column);
                    hash.write_u64(number.to_bits());
                }
                if let Some(code) = lane.codes.get(place).filter(|code| **code != NO_TEXT) {
                    let hasher = self.hasher;
                    let text =
                        *self.texts.entry(*code).or_insert_with(|| hasher.hash_one(texts.text(*code).trim()));
                    hash.write_usize(*column);
                    hash.write_u64(text);
                }
                if let Ok(other) = lane.others.binary_search_by_key(&(place as u32), |(row, _)| *row) {
                    hash.write_usize(*column);
                    match &lane.others[other].1 {
                        Other::Boolean(flag) => hash.write_u8(u8::from(*flag)),
                        Other::Error(error) => hash.write(error.as_bytes()),
                        Other::IsoDate(day) => hash.write_u64(day.to_bits()),
                        Other::Uncalculated => hash.write_u8(9),
                    }
                }
            }
            if let Some(slot) = self.hashes.get_mut(at) {
                *slot = Some(hash.finish());
            }
        }
    }

    fn restart(&mut self) {
        self.hashes.iter_mut().for_each(|hash| *hash = None);
    }
}
