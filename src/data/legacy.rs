//! xls, xlsb and unusual xlsx files → [`Book`], through the calamine library.
//!
//! xlsx and xlsb stream; an xls file is whole in memory, as the library reads it. A panic inside the library is the
//! file's fault and becomes its error.

use std::fs::File;
use std::io::{BufReader, Cursor};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use calamine::{Data, DataRef, Range, Reader, SheetType, SheetVisible, Xls, Xlsb, Xlsx};

use crate::data::biff::{self, XlsFacts};
use crate::data::quiet::quietly;
use crate::data::reader::{
    Book, Flow, Limit, Limits, RawCell, RawRange, RawSheet, RawTable, RawValue, SheetFacts, Sink, Style,
};
use crate::data::{Error, Format, NumberShape, dates, errors, formats};

type Source = BufReader<File>;

/// A workbook opened through calamine.
pub(crate) struct Legacy {
    path: PathBuf,
    sheets: Vec<RawSheet>,
    tables: Vec<RawTable>,
    names: Vec<(String, RawRange)>,
    is_1904: bool,
    styles: Vec<Style>,
    facts: Vec<SheetFacts>,
    limits: Limits,
    inner: Inner,
}

enum Inner {
    Xlsx(Box<Mutex<Xlsx<Source>>>),
    Xlsb(Box<Mutex<Xlsb<Source>>>),
    Xls { ranges: Vec<Range<Data>>, facts: XlsFacts },
}

/// Styles where the library tells dates and durations only: their indices.
const PLAIN: u32 = 0;
const DATE: u32 = 1;
const DURATION: u32 = 2;

fn plain_styles() -> Vec<Style> {
    vec![Style::Plain, Style::Date, Style::Shape(NumberShape::Duration)]
}

impl Legacy {
    /// Opens a workbook of a format that [`sniff`](crate::data::sniff::sniff) told.
    pub(crate) fn open(path: &Path, format: Format, limits: Limits) -> Result<Self, Error> {
        let opened = quietly(|| match format {
            Format::Xlsx => Self::open_xlsx(path),
            Format::Xlsb => Self::open_xlsb(path),
            _ => Self::open_xls(path, &limits),
        });
        let mut book = opened.unwrap_or_else(|| Err(errors::broke_the_parser(path)))?;
        book.limits = limits;
        if book.sheets.is_empty() {
            return Err(errors::damaged(path, "it holds no sheet"));
        }
        book.facts.resize(book.sheets.len(), SheetFacts::default());
        Ok(book)
    }

    fn with(path: &Path, inner: Inner) -> Self {
        Self {
            path: path.to_owned(),
            sheets: Vec::new(),
            tables: Vec::new(),
            names: Vec::new(),
            is_1904: false,
            styles: plain_styles(),
            facts: Vec::new(),
            limits: Limits::default(),
            inner,
        }
    }

    fn open_xlsx(path: &Path) -> Result<Self, Error> {
        let file = File::open(path).map_err(|error| errors::cannot_open(path, &error))?;
        let mut xlsx =
            Xlsx::new(BufReader::new(file)).map_err(|error| errors::damaged(path, &error.to_string()))?;
        let sheets = raw_sheets(xlsx.sheets_metadata());
        let is_1904 = xlsx.has_1904_epoch();
        let names = raw_names(xlsx.defined_names(), &sheets);
        let mut facts = Vec::new();
        let mut styles = None;
        for sheet in &sheets {
            if !sheet.worksheet {
                facts.push(SheetFacts::default());
                continue;
            }
            let merged = xlsx.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default();
            let index = facts.len();
            let merged =
                merged.iter().map(|d| RawRange { sheet: index, first: d.start, last: d.end }).collect();
            facts.push(SheetFacts { merged, ..SheetFacts::default() });
            if styles.is_none() {
                styles = xlsx.worksheet_cells_reader(&sheet.name).ok().map(|cells| palette(cells.styles()));
            }
        }
        let tables = xlsx_tables(&mut xlsx, &sheets);
        let mut book = Self::with(path, Inner::Xlsx(Box::new(Mutex::new(xlsx))));
        book.styles = styles.unwrap_or_else(plain_styles);
        Ok(Self { sheets, tables, names, is_1904, facts, ..book })
    }

    fn open_xlsb(path: &Path) -> Result<Self, Error> {
        let file = File::open(path).map_err(|error| errors::cannot_open(path, &error))?;
        let xlsb =
            Xlsb::new(BufReader::new(file)).map_err(|error| errors::damaged(path, &error.to_string()))?;
        let sheets = raw_sheets(xlsb.sheets_metadata());
        let names = raw_names(xlsb.defined_names(), &sheets);
        let is_1904 = xlsb.has_1904_epoch();
        let book = Self::with(path, Inner::Xlsb(Box::new(Mutex::new(xlsb))));
        Ok(Self { sheets, names, is_1904, ..book })
    }

    fn open_xls(path: &Path, limits: &Limits) -> Result<Self, Error> {
        let bytes = std::fs::read(path).map_err(|error| errors::cannot_open(path, &error))?;
        let facts = biff::scan(path, &bytes, limits)?;
        let mut xls = match Xls::new(Cursor::new(bytes)) {
            Ok(xls) => xls,
            Err(calamine::XlsError::Password) => return Err(errors::encrypted(path)),
            Err(error) => return Err(errors::damaged(path, &error.to_string())),
        };
        let sheets = raw_sheets(xls.sheets_metadata());
        let names = raw_names(xls.defined_names(), &sheets);
        let is_1904 = xls.has_1904_epoch();
        let ranges = sheets
            .iter()
            .map(|sheet| {
                if sheet.worksheet {
                    xls.worksheet_range(&sheet.name).unwrap_or_default()
                } else {
                    Range::empty()
                }
            })
            .collect();
        let styles = facts.styles.clone();
        let sheet_facts = sheets
            .iter()
            .enumerate()
            .map(|(at, sheet)| facts.sheet(&sheet.name).map_or_else(SheetFacts::default, |s| s.facts(at)))
            .collect();
        let mut book = Self::with(path, Inner::Xls { ranges, facts });
        if !styles.is_empty() {
            book.styles = styles;
        }
        Ok(Self { sheets, names, is_1904, facts: sheet_facts, ..book })
    }

    fn read_inner(&self, sheet: usize, wanted: &Wanted<'_>, sink: &mut dyn Sink) -> Result<(), Error> {
        let Some(info) = self.sheets.get(sheet) else { return Ok(()) };
        let broken = |detail: &str| errors::damaged(&self.path, &format!("sheet `{}`: {detail}", info.name));
        let mut out = Out { sink, wanted, row: None, stopped: false, cells: 0 };
        match &self.inner {
            Inner::Xlsx(xlsx) => {
                let mut xlsx = xlsx.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                let mut cells =
                    xlsx.worksheet_cells_reader(&info.name).map_err(|error| broken(&error.to_string()))?;
                while !out.stopped && out.cells <= self.limits.cells {
                    let Some((cell, style)) =
                        cells.next_cell_with_style_id().map_err(|error| broken(&error.to_string()))?
                    else {
                        break;
                    };
                    out.put(cell.get_position(), false, cell.get_value(), |_| style as u32);
                }
            }
            Inner::Xlsb(xlsb) => {
                let mut xlsb = xlsb.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                let mut cells =
                    xlsb.worksheet_cells_reader(&info.name).map_err(|error| broken(&error.to_string()))?;
                while !out.stopped && out.cells <= self.limits.cells {
                    let Some(cell) = cells.next_cell().map_err(|error| broken(&error.to_string()))? else {
                        break;
                    };
                    out.put(cell.get_position(), false, cell.get_value(), date_or_plain);
                }
            }
            Inner::Xls { ranges, facts } => {
                if let Some(range) = ranges.get(sheet) {
                    out.range(range, facts.sheet(&info.name));
                }
            }
        }
        if out.cells > self.limits.cells {
            return Err(errors::too_much(
                &self.path,
                "cells on one sheet",
                out.cells,
                self.limits.cells,
                Some(Limit::Cells),
            ));
        }
        Ok(())
    }
}

fn date_or_plain(value: &DataRef<'_>) -> u32 {
    match value {
        DataRef::DateTime(time) if time.is_duration() => DURATION,
        DataRef::DateTime(_) => DATE,
        _ => PLAIN,
    }
}

fn palette(styles: &[calamine::Style]) -> Vec<Style> {
    let all: Vec<Style> = styles
        .iter()
        .map(|style| {
            let Some(format) = &style.number_format else { return Style::Plain };
            match formats::style_of(&format.format_code) {
                Style::Plain => {
                    format.format_id.map_or(Style::Plain, |id| formats::style_of_builtin(id as u16))
                }
                told => told,
            }
        })
        .collect();
    if all.is_empty() { vec![Style::Plain] } else { all }
}

fn raw_sheets(sheets: &[calamine::Sheet]) -> Vec<RawSheet> {
    sheets
        .iter()
        .map(|sheet| RawSheet {
            name: sheet.name.clone(),
            hidden: sheet.visible != SheetVisible::Visible,
            worksheet: sheet.typ == SheetType::WorkSheet,
        })
        .collect()
}

fn raw_names(names: &[(String, String)], sheets: &[RawSheet]) -> Vec<(String, RawRange)> {
    names.iter().filter_map(|(name, formula)| Some((name.clone(), range_of(formula, sheets)?))).collect()
}

/// The rectangle that `Sheet!$A$1:$B$9` names.
pub(crate) fn range_of(formula: &str, sheets: &[RawSheet]) -> Option<RawRange> {
    let formula = formula.trim_start_matches('=').trim();
    let (sheet, cells) = formula.rsplit_once('!')?;
    let sheet = sheet.trim_start_matches('\'').trim_end_matches('\'').replace("''", "'");
    let index = sheets.iter().position(|s| s.name.eq_ignore_ascii_case(&sheet))?;
    let (first, last) = cells.split_once(':').unwrap_or((cells, cells));
    let first = crate::cell::parse_a1(first)?;
    let last = crate::cell::parse_a1(last)?;
    (first.0 <= last.0 && first.1 <= last.1).then_some(RawRange { sheet: index, first, last })
}

fn xlsx_tables(xlsx: &mut Xlsx<Source>, sheets: &[RawSheet]) -> Vec<RawTable> {
    if xlsx.load_tables().is_err() {
        return Vec::new();
    }
    let names: Vec<String> = xlsx.table_names().into_iter().cloned().collect();
    let mut tables = Vec::new();
    for name in names {
        let Ok(table) = xlsx.table_by_name(&name) else { continue };
        let Some(sheet) = sheets.iter().position(|s| s.name == table.sheet_name()) else { continue };
        let (Some(first), Some(last)) = (table.data().start(), table.data().end()) else { continue };
        tables.push(RawTable {
            name,
            sheet,
            rows: (first.0.saturating_sub(1), last.0),
            columns: (first.1, last.1),
            header_rows: 1,
            total_rows: 0,
        });
    }
    tables
}

/// The columns that are to come, all of them where none are given.
struct Wanted<'a>(Option<&'a [u32]>);

impl Wanted<'_> {
    fn has(&self, column: u32) -> bool {
        self.0.is_none_or(|columns| columns.binary_search(&column).is_ok())
    }
}

struct Out<'s, 'w> {
    sink: &'s mut dyn Sink,
    wanted: &'w Wanted<'w>,
    row: Option<u32>,
    stopped: bool,
    cells: u64,
}

impl Out<'_, '_> {
    /// Hands on one cell; blank ones begin their row at most.
    fn put(
        &mut self,
        (row, column): (u32, u32),
        hidden: bool,
        value: &DataRef<'_>,
        style: impl Fn(&DataRef<'_>) -> u32,
    ) {
        self.cells += 1;
        if self.row != Some(row) {
            // rows ascend by contract; a file that goes back contradicts itself and what goes back is left out
            if self.row.is_some_and(|before| row < before) {
                return;
            }
            self.row = Some(row);
            if self.sink.row(row, hidden) == Flow::Stop {
                self.stopped = true;
                return;
            }
        }
        if self.wanted.has(column) {
            hand_on(self.sink, row, column, value, style(value));
        }
    }

    fn range(&mut self, range: &Range<Data>, facts: Option<&biff::SheetScan>) {
        let Some((top, left)) = range.start() else { return };
        for (row, column, value) in range.used_cells() {
            let at = (top + row as u32, left + column as u32);
            let hidden = facts.is_some_and(|f| f.hidden_rows.contains(&at.0));
            let value = reference(value);
            let style = facts.and_then(|f| f.cell_styles.get(&at).copied()).map(u32::from);
            self.put(at, hidden, &value, |value| style.unwrap_or_else(|| date_or_plain(value)));
            if self.stopped {
                return;
            }
        }
    }
}

fn reference(value: &Data) -> DataRef<'_> {
    match value {
        Data::Int(v) => DataRef::Int(*v),
        Data::Float(v) => DataRef::Float(*v),
        Data::String(v) => DataRef::SharedString(v),
        Data::Bool(v) => DataRef::Bool(*v),
        Data::DateTime(v) => DataRef::DateTime(*v),
        Data::DateTimeIso(v) => DataRef::DateTimeIso(v.clone()),
        Data::DurationIso(v) => DataRef::DurationIso(v.clone()),
        Data::Error(v) => DataRef::Error(v.clone()),
        Data::Empty => DataRef::Empty,
    }
}

fn hand_on(sink: &mut dyn Sink, row: u32, column: u32, value: &DataRef<'_>, style: u32) {
    let text;
    let value = match value {
        DataRef::Empty => return,
        DataRef::Int(v) => RawValue::Number(*v as f64),
        DataRef::Float(v) => RawValue::Number(*v),
        DataRef::DateTime(v) => RawValue::Number(v.as_f64()),
        DataRef::Bool(v) => RawValue::Boolean(*v),
        DataRef::String(v) => RawValue::Text(v),
        DataRef::SharedString(v) => RawValue::Text(v),
        DataRef::Error(v) => {
            text = v.to_string();
            RawValue::Error(&text)
        }
        DataRef::DateTimeIso(v) => match dates::iso(v) {
            Some(days) => RawValue::IsoDate(days),
            None => RawValue::Text(v),
        },
        DataRef::DurationIso(v) => match dates::iso_duration(v) {
            Some(days) => RawValue::Number(days),
            None => RawValue::Text(v),
        },
    };
    if matches!(value, RawValue::Text("")) {
        return;
    }
    sink.cell(RawCell { row, column, value, style });
}

impl Book for Legacy {
    fn sheets(&self) -> &[RawSheet] {
        &self.sheets
    }

    fn tables(&self) -> &[RawTable] {
        &self.tables
    }

    fn names(&self) -> &[(String, RawRange)] {
        &self.names
    }

    fn is_1904(&self) -> bool {
        self.is_1904
    }

    fn styles(&self) -> &[Style] {
        &self.styles
    }

    fn shared(&self, _index: u32) -> &'static str {
        ""
    }

    fn shared_count(&self) -> usize {
        0
    }

    fn facts(&self, sheet: usize) -> Result<SheetFacts, Error> {
        Ok(self.facts.get(sheet).cloned().unwrap_or_default())
    }

    fn read(&self, sheet: usize, columns: Option<&[u32]>, sink: &mut dyn Sink) -> Result<(), Error> {
        let wanted = Wanted(columns);
        quietly(|| self.read_inner(sheet, &wanted, sink))
            .unwrap_or_else(|| Err(errors::broke_the_parser(&self.path)))
    }
}
