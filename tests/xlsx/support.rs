//! Cells as comparable text, whichever reader they come from, and small packages written by hand.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use calamine::{DataRef, Reader as _, SheetType};
use goalsheet::data::Error;
use goalsheet::data::reader::{Book, Flow, Limits, RawCell, RawValue, Sink, Style};
use goalsheet::data::xlsx::{Finish, NO_TEXT, Other, Pick, XlsxBook};

/// Row and column, both zero-based, to what stands there.
pub(crate) type Cells = BTreeMap<(u32, u32), String>;

fn number(value: f64) -> String {
    format!("n {value}")
}

struct Collect<'a> {
    book: &'a XlsxBook,
    cells: Cells,
    last: Option<(u32, u32)>,
    row: Option<u32>,
    hidden: Vec<u32>,
}

impl Sink for Collect<'_> {
    fn row(&mut self, row: u32, hidden: bool) -> Flow {
        assert!(self.row.is_none_or(|last| last < row), "rows come in order");
        self.row = Some(row);
        if hidden {
            self.hidden.push(row);
        }
        Flow::Continue
    }

    fn cell(&mut self, cell: RawCell<'_>) {
        let place = (cell.row, cell.column);
        assert_eq!(Some(cell.row), self.row, "cells come within their row");
        assert!(self.last.is_none_or(|last| last < place), "cells come in order");
        assert!((cell.style as usize) < self.book.styles().len(), "styles exist");
        self.last = Some(place);
        let text = match cell.value {
            RawValue::Number(value) => number(value),
            RawValue::Shared(index) => format!("t {}", self.book.shared(index)),
            RawValue::Text(text) => format!("t {text}"),
            RawValue::Boolean(flag) => format!("b {flag}"),
            RawValue::Error(name) => format!("e {name}"),
            RawValue::IsoDate(days) => format!("d {days}"),
        };
        if text != "t " {
            self.cells.insert(place, text);
        }
    }

    fn uncalculated(&mut self, row: u32, column: u32) {
        self.cells.insert((row, column), "uncalculated".into());
    }

    fn restart(&mut self) -> bool {
        self.cells.clear();
        self.hidden.clear();
        (self.last, self.row) = (None, None);
        true
    }
}

/// The cells and the hidden rows of a sheet, one by one.
pub(crate) fn rows_of(book: &XlsxBook, sheet: usize) -> Result<(Cells, Vec<u32>), Error> {
    let mut sink = Collect { book, cells: Cells::new(), last: None, row: None, hidden: Vec::new() };
    book.read(sheet, None, &mut sink)?;
    Ok((sink.cells, sink.hidden))
}

/// The cells of a sheet by columns; `None` where its rows are in no order. `exact` is for sheets without damage, in which
/// no place is taken twice and every shared text is there.
fn columns_of(book: &XlsxBook, sheet: usize, columns: u32, exact: bool) -> Result<Option<Cells>, Error> {
    let pick = Pick { columns: (0..columns).collect(), first_row: 0, last_row: None, span: (0, columns) };
    let (mut cells, mut texts) = (Cells::new(), book.texts());
    let finish = book.read_columns(sheet, &pick, &mut texts, |chunk, texts| {
        assert_eq!(chunk.rows.len(), chunk.filled.len());
        assert!(chunk.rows.is_sorted_by(|a, b| a < b));
        let mut filled = vec![0; chunk.rows.len()];
        for (column, lane) in chunk.lanes.iter().enumerate() {
            assert!(lane.numbers.is_empty() || lane.numbers.len() == chunk.rows.len());
            assert!(lane.codes.is_empty() || lane.codes.len() == chunk.rows.len());
            let mut put = |place: usize, text: String| {
                if text != "t " {
                    cells.insert((chunk.rows[place], column as u32), text);
                }
            };
            for (place, value) in lane.numbers.iter().enumerate().filter(|(_, value)| !value.is_nan()) {
                filled[place] += 1;
                put(place, number(*value));
            }
            for (place, code) in lane.codes.iter().enumerate().filter(|(_, code)| **code != NO_TEXT) {
                filled[place] += 1;
                put(place, format!("t {}", texts.get(*code).unwrap_or_else(|| book.shared(*code))));
            }
            for (place, other) in &lane.others {
                filled[*place as usize] += u32::from(*other != Other::Uncalculated);
                put(
                    *place as usize,
                    match other {
                        Other::Boolean(flag) => format!("b {flag}"),
                        Other::Error(name) => format!("e {name}"),
                        Other::IsoDate(days) => format!("d {days}"),
                        Other::Uncalculated => "uncalculated".into(),
                    },
                );
            }
        }
        if exact {
            assert_eq!(chunk.filled, filled, "cells that hold something, from row {}", chunk.rows[0]);
        }
        Flow::Continue
    })?;
    Ok((finish == Finish::Done).then_some(cells))
}

/// Both ways, which have to agree.
pub(crate) fn cells_of(book: &XlsxBook, sheet: usize) -> Result<Cells, Error> {
    let (cells, _) = rows_of(book, sheet)?;
    let width = cells.keys().map(|(_, column)| column + 1).max().unwrap_or(1);
    if let Some(columns) = columns_of(book, sheet, width, true)? {
        assert_same("columns", &columns, "rows", &cells);
    }
    Ok(cells)
}

/// Both ways, of a sheet that may be damaged.
pub(crate) fn damaged_cells_of(book: &XlsxBook, sheet: usize) -> Result<(), Error> {
    let (cells, _) = rows_of(book, sheet)?;
    let width = cells.keys().map(|(_, column)| column + 1).max().unwrap_or(1);
    columns_of(book, sheet, width, false).map(drop)
}

/// Whether numbers of a style are moments or spans of time.
fn is_time(style: &Style) -> bool {
    use goalsheet::data::NumberShape;
    matches!(style, Style::Date | Style::Time | Style::Shape(NumberShape::Duration))
}

/// Places of numbers that are shown as dates, times or durations.
pub(crate) fn times_of(book: &XlsxBook, sheet: usize) -> Vec<(u32, u32)> {
    struct Times<'a>(&'a XlsxBook, Vec<(u32, u32)>);
    impl Sink for Times<'_> {
        fn row(&mut self, _row: u32, _hidden: bool) -> Flow {
            Flow::Continue
        }
        fn cell(&mut self, cell: RawCell<'_>) {
            if matches!(cell.value, RawValue::Number(_)) && is_time(&self.0.styles()[cell.style as usize]) {
                self.1.push((cell.row, cell.column));
            }
        }
        fn restart(&mut self) -> bool {
            self.1.clear();
            true
        }
    }
    let mut times = Times(book, Vec::new());
    book.read(sheet, None, &mut times).unwrap();
    times.1
}

/// A sheet as calamine reads it: name, cells, places of date-times.
pub(crate) type Judged = (String, Cells, Vec<(u32, u32)>);

/// Every sheet as calamine reads it.
pub(crate) fn judged(path: &Path) -> Option<Vec<Judged>> {
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(path).ok()?;
    let names: Vec<(String, SheetType)> =
        book.sheets_metadata().iter().map(|sheet| (sheet.name.clone(), sheet.typ)).collect();
    let mut sheets = Vec::new();
    for (name, kind) in names {
        let (mut cells, mut times) = (Cells::new(), Vec::new());
        if kind == SheetType::WorkSheet {
            let mut reader = book.worksheet_cells_reader(&name).ok()?;
            while let Some(cell) = reader.next_cell().ok()? {
                let text = match cell.get_value() {
                    DataRef::Int(value) => number(*value as f64),
                    DataRef::Float(value) => number(*value),
                    DataRef::String(text) => format!("t {text}"),
                    DataRef::SharedString(text) => format!("t {text}"),
                    DataRef::Bool(flag) => format!("b {flag}"),
                    DataRef::Error(error) => format!("e {error}"),
                    DataRef::DateTime(moment) => {
                        times.push(cell.get_position());
                        number(moment.as_f64())
                    }
                    DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => "d".into(),
                    DataRef::Empty => continue,
                };
                if text != "t " {
                    cells.insert(cell.get_position(), text);
                }
            }
        }
        sheets.push((name, cells, times));
    }
    Some(sheets)
}

/// Fails with the first few differences.
#[track_caller]
pub(crate) fn assert_same(left: &str, ours: &Cells, right: &str, theirs: &Cells) {
    let mut report = String::new();
    let places: std::collections::BTreeSet<_> = ours.keys().chain(theirs.keys()).collect();
    let differing = places.into_iter().filter(|place| ours.get(*place) != theirs.get(*place));
    for place in differing.take(10) {
        let _ = writeln!(
            report,
            "{}: {left} {:?}, {right} {:?}",
            goalsheet::cell::a1(place.0, place.1),
            ours.get(place),
            theirs.get(place)
        );
    }
    assert!(report.is_empty(), "{report}");
}

/// A workbook of one sheet; `sheet` is what stands in its part, `extra` are further parts that replace the usual ones.
pub(crate) struct Package {
    folder: tempfile::TempDir,
    parts: Vec<(String, Vec<u8>)>,
    stored: bool,
}

const CONTENT_TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#;
const RELS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const WORKBOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const WORKBOOK_RELS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
const SHARED: &str = r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="2" uniqueCount="2"><si><t>North</t></si><si><t>South</t></si></sst>"#;
const STYLES: &str = r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;

impl Package {
    /// With the usual parts and this sheet.
    pub(crate) fn new(sheet: impl Into<Vec<u8>>) -> Self {
        let mut package = Self { folder: tempfile::tempdir().unwrap(), parts: Vec::new(), stored: false };
        for (name, text) in [
            ("[Content_Types].xml", CONTENT_TYPES),
            ("_rels/.rels", RELS),
            ("xl/workbook.xml", WORKBOOK),
            ("xl/_rels/workbook.xml.rels", WORKBOOK_RELS),
            ("xl/sharedStrings.xml", SHARED),
            ("xl/styles.xml", STYLES),
        ] {
            package = package.with(name, text);
        }
        package.with("xl/worksheets/sheet1.xml", sheet)
    }

    /// With the sheet data inside the usual root.
    pub(crate) fn rows(rows: &str) -> Self {
        Self::new(format!(
            r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
        ))
    }

    /// With another part, or another content of one.
    pub(crate) fn with(mut self, name: &str, content: impl Into<Vec<u8>>) -> Self {
        self.parts.retain(|(known, _)| known != name);
        self.parts.push((name.to_owned(), content.into()));
        self
    }

    /// Without a part.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.parts.retain(|(known, _)| known != name);
        self
    }

    /// With other names for its parts.
    pub(crate) fn renamed(mut self, rename: impl Fn(&str) -> String) -> Self {
        for (name, _) in &mut self.parts {
            *name = rename(name);
        }
        self
    }

    /// Without compression.
    pub(crate) fn stored(mut self) -> Self {
        self.stored = true;
        self
    }

    /// Writes the file.
    pub(crate) fn write(&self) -> PathBuf {
        let path = self.folder.path().join("book.xlsx");
        let mut archive = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
        let method =
            if self.stored { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
        let options = zip::write::SimpleFileOptions::default().compression_method(method);
        for (name, content) in &self.parts {
            archive.start_file(name.as_str(), options).unwrap();
            archive.write_all(content).unwrap();
        }
        archive.finish().unwrap();
        path
    }

    /// Opens the file.
    pub(crate) fn open(&self) -> Result<XlsxBook, Error> {
        XlsxBook::open(&self.write(), &Limits::default())
    }

    /// Opens the file and keeps it.
    pub(crate) fn open_kept(self) -> (Self, XlsxBook) {
        let book = self.open().unwrap();
        (self, book)
    }

    /// Writes the file and keeps it.
    pub(crate) fn write_kept(self) -> (Self, PathBuf) {
        let path = self.write();
        (self, path)
    }

    /// Names and contents.
    pub(crate) fn parts(&self) -> &[(String, Vec<u8>)] {
        &self.parts
    }

    /// Its cells, one `A1=value` after the other.
    pub(crate) fn shown(&self) -> String {
        show(&cells_of(&self.open().unwrap(), 0).unwrap())
    }

    /// The sentence with which it is refused.
    pub(crate) fn refused(&self) -> String {
        let result = self.open().and_then(|book| cells_of(&book, 0));
        result.map_or_else(|error| error.to_string(), |cells| panic!("was read: {}", show(&cells)))
    }
}

/// `A1=n 1 B1=t North`.
pub(crate) fn show(cells: &Cells) -> String {
    let shown: Vec<String> = cells
        .iter()
        .map(|((row, column), text)| format!("{}={text}", goalsheet::cell::a1(*row, *column)))
        .collect();
    shown.join(" ")
}

/// Workbooks of the folder of real data, if it is there.
pub(crate) fn real_workbooks() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let root =
        if root.is_dir() { root } else { PathBuf::from(std::env::var("GOALSHEET_DATA").unwrap_or_default()) };
    let mut found = Vec::new();
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "xlsx" || end == "xlsm") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
