//! Bytes of an xls file → what its records say beside the values: number formats of cells, hidden rows and columns,
//! merged cells, pivots, encryption. The values themselves come through calamine.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use crate::data::compound::Compound;
use crate::data::reader::{Limit, Limits, RawRange, SheetFacts, Style};
use crate::data::{Error, errors, formats};

/// What the records of a workbook say.
#[derive(Debug, Default)]
pub(crate) struct XlsFacts {
    /// By cell format (XF) index.
    pub(crate) styles: Vec<Style>,
    sheets: Vec<(String, SheetScan)>,
}

/// First and last row and column.
type Corners = ((u32, u32), (u32, u32));

/// What the records of a sheet say.
#[derive(Debug, Default)]
pub(crate) struct SheetScan {
    /// Cells of a format that says something, with its index.
    pub(crate) cell_styles: HashMap<(u32, u32), u16>,
    /// Zero-based.
    pub(crate) hidden_rows: BTreeSet<u32>,
    hidden_columns: Vec<(u32, u32)>,
    merged: Vec<Corners>,
    pivots: Vec<Corners>,
    /// Smallest and largest row and column with a value.
    extent: Option<Corners>,
}

impl XlsFacts {
    /// The sheet of this name.
    pub(crate) fn sheet(&self, name: &str) -> Option<&SheetScan> {
        self.sheets.iter().find(|(n, _)| n == name).map(|(_, scan)| scan)
    }
}

impl SheetScan {
    /// The same as facts of sheet `index`.
    pub(crate) fn facts(&self, index: usize) -> SheetFacts {
        let ranges = |list: &[Corners]| {
            list.iter().map(|(first, last)| RawRange { sheet: index, first: *first, last: *last }).collect()
        };
        SheetFacts {
            merged: ranges(&self.merged),
            pivots: ranges(&self.pivots),
            hidden_columns: self.hidden_columns.clone(),
            merged_unknown: false,
        }
    }

    fn saw(&mut self, row: u16, column: u16) {
        let at = (u32::from(row), u32::from(column));
        let (first, last) = self.extent.get_or_insert((at, at));
        *first = (first.0.min(at.0), first.1.min(at.1));
        *last = (last.0.max(at.0), last.1.max(at.1));
    }
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).map_or(0, |b| u16::from_le_bytes([b[0], b[1]]))
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

/// Dense ranges of the library take 32 bytes a cell, blank or not.
const DENSE_CELLS: u64 = 12_000_000;

/// Reads the records of an xls file.
pub(crate) fn scan(path: &Path, bytes: &[u8], limits: &Limits) -> Result<XlsFacts, Error> {
    let Some(file) = Compound::open(bytes) else {
        return Err(errors::damaged(path, "its directory of streams cannot be read"));
    };
    let Some(stream) = file.stream("Workbook").or_else(|| file.stream("Book")) else {
        return Err(errors::damaged(path, "its workbook stream cannot be read"));
    };
    let mut globals = Globals::default();
    for (kind, body) in Records(&stream) {
        match kind {
            0x002f => return Err(errors::encrypted(path)),
            0x000a => break,
            _ => globals.record(kind, body),
        }
    }
    let mut facts = XlsFacts { styles: globals.styles(), sheets: Vec::new() };
    let mut cells = 0_u64;
    for (name, offset) in globals.sheets {
        let Some(part) = stream.get(offset as usize..) else { continue };
        let scan = scan_sheet(part, &facts.styles);
        if let Some((first, last)) = scan.extent {
            cells += u64::from(last.0 - first.0 + 1) * u64::from(last.1 - first.1 + 1);
        }
        facts.sheets.push((name, scan));
    }
    let limit = limits.cells_within(DENSE_CELLS);
    if cells > limit {
        return Err(errors::too_much(path, "cells", cells, limit, Some(Limit::Cells)));
    }
    Ok(facts)
}

/// The records of a stream: kind and body.
struct Records<'a>(&'a [u8]);

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let head = self.0.get(..4)?;
        let length = usize::from(u16_at(head, 2));
        let body = self.0.get(4..4 + length)?;
        let kind = u16_at(head, 0);
        self.0 = &self.0[4 + length..];
        Some((kind, body))
    }
}

#[derive(Default)]
struct Globals {
    old: bool,
    formats: BTreeMap<u16, String>,
    cell_formats: Vec<u16>,
    sheets: Vec<(String, u32)>,
}

impl Globals {
    fn record(&mut self, kind: u16, body: &[u8]) {
        match kind {
            0x0809 => self.old = u16_at(body, 0) < 0x0600,
            0x041e if body.len() > 2 => {
                let code = if self.old { narrow(&body[2..], 1) } else { text(&body[2..], 2) };
                self.formats.insert(u16_at(body, 0), code);
            }
            0x00e0 => self.cell_formats.push(u16_at(body, 2)),
            0x0085 if body.len() > 7 => {
                let name = if self.old { narrow(&body[6..], 1) } else { text(&body[6..], 1) };
                self.sheets.push((name, u32_at(body, 0)));
            }
            _ => {}
        }
    }

    fn styles(&self) -> Vec<Style> {
        self.cell_formats
            .iter()
            .map(|id| match self.formats.get(id) {
                Some(code) => formats::style_of(code),
                None => formats::style_of_builtin(*id),
            })
            .collect()
    }
}

/// A text with its length in `width` bytes before it and a flag for wide characters.
fn text(bytes: &[u8], width: usize) -> String {
    let length = if width == 2 {
        usize::from(u16_at(bytes, 0))
    } else {
        usize::from(bytes.first().copied().unwrap_or(0))
    };
    let wide = bytes.get(width).is_some_and(|flags| flags & 1 == 1);
    let rest = bytes.get(width + 1..).unwrap_or_default();
    if wide {
        let units: Vec<u16> =
            rest.chunks_exact(2).take(length).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    } else {
        rest.iter().take(length).map(|byte| char::from(*byte)).collect()
    }
}

fn narrow(bytes: &[u8], width: usize) -> String {
    let length = usize::from(bytes.first().copied().unwrap_or(0));
    let rest = bytes.get(width..).unwrap_or_default();
    encoding_rs::WINDOWS_1252.decode(&rest[..length.min(rest.len())]).0.into_owned()
}

fn scan_sheet(stream: &[u8], styles: &[Style]) -> SheetScan {
    let mut scan = SheetScan::default();
    let mut depth = 0;
    for (kind, body) in Records(stream) {
        match kind {
            0x0809 => depth += 1,
            0x000a => {
                depth -= 1;
                if depth <= 0 {
                    break;
                }
            }
            // charts stand inside the sheet as streams of their own
            _ if depth > 1 => {}
            _ => sheet_record(&mut scan, kind, body, styles),
        }
    }
    scan
}

fn sheet_record(scan: &mut SheetScan, kind: u16, body: &[u8], styles: &[Style]) {
    let row = u16_at(body, 0);
    let column = u16_at(body, 2);
    let mut cell = |column: u16, format: u16| {
        scan.saw(row, column);
        if styles.get(usize::from(format)).is_some_and(|style| *style != Style::Plain) {
            scan.cell_styles.insert((u32::from(row), u32::from(column)), format);
        }
    };
    match kind {
        // NUMBER, LABEL, LABELSST, RK, FORMULA, BOOLERR, RSTRING
        0x0203 | 0x0204 | 0x00fd | 0x027e | 0x0006 | 0x0205 | 0x00d6 => cell(column, u16_at(body, 4)),
        // MULRK
        0x00bd if body.len() >= 6 => {
            for (at, pair) in body[4..body.len() - 2].chunks_exact(6).enumerate() {
                cell(column.saturating_add(at as u16), u16_at(pair, 0));
            }
        }
        // ROW
        0x0208 if u16_at(body, 12) & 0x20 != 0 => {
            scan.hidden_rows.insert(u32::from(row));
        }
        // COLINFO
        0x007d if u16_at(body, 8) & 1 != 0 => {
            scan.hidden_columns.push((u32::from(row), u32::from(column)));
        }
        // MERGEDCELLS
        0x00e5 if body.len() > 2 => {
            for area in body[2..].chunks_exact(8) {
                let at = |offset| u32::from(u16_at(area, offset));
                scan.merged.push(((at(0), at(4)), (at(2), at(6))));
            }
        }
        // SXVIEW
        0x00b0 => {
            let at = |offset| u32::from(u16_at(body, offset));
            scan.pivots.push(((at(0), at(4)), (at(2), at(6))));
        }
        _ => {}
    }
}
