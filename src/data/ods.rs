//! An ods file → [`Book`].
//!
//! The content is parsed once, in a stream, and its filled cells kept; repeated cells and rows are counted against
//! the limits before they are written out, so that a file of a kilobyte cannot ask for billions of cells.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::read::ZipFile;

use crate::data::reader::{
    Book, Flow, Limit, Limits, RawCell, RawRange, RawSheet, RawTable, RawValue, SheetFacts, Sink, Style,
};
use crate::data::{Error, NumberShape, dates, errors};

/// Cells that repeated cells and rows may be written out to, and cells of a file at all.
const REPEATED_CELLS: u64 = 2_000_000;
const ALL_CELLS: u64 = 50_000_000;
const LAST_ROW: u64 = 1_048_576;
const LAST_COLUMN: u64 = 16_384;

/// An ods spreadsheet, its filled cells in memory.
pub(crate) struct OpenDocument {
    path: PathBuf,
    sheets: Vec<RawSheet>,
    contents: Vec<SheetContent>,
    names: Vec<(String, RawRange)>,
    styles: Vec<Style>,
}

#[derive(Default)]
struct SheetContent {
    rows: Vec<(u32, bool)>,
    cells: Vec<Cell>,
    facts: SheetFacts,
}

struct Cell {
    row: u32,
    column: u32,
    style: u32,
    value: Value,
}

#[derive(Debug, Clone, PartialEq)]
enum Value {
    Number(f64),
    Text(String),
    Boolean(bool),
    Error(String),
    IsoDate(f64),
}

impl OpenDocument {
    /// Reads the whole content, within the limits.
    pub(crate) fn open(path: &Path, limits: Limits) -> Result<Self, Error> {
        let file = File::open(path).map_err(|error| errors::cannot_open(path, &error))?;
        let broken = |detail: String| errors::damaged(path, &detail);
        let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|error| broken(error.to_string()))?;
        let content = archive
            .by_name("content.xml")
            .map_err(|_| errors::damaged(path, "its part `content.xml` is missing or unreadable"))?;
        if content.size() > limits.part_bytes {
            return Err(errors::too_much(
                path,
                "bytes in one part",
                content.size(),
                limits.part_bytes,
                Some(Limit::Inflated),
            ));
        }
        let mut parser = Parser::new(path, content, limits);
        parser.document()?;
        Ok(parser.finish())
    }
}

type Xml<'z> = Reader<BufReader<std::io::Take<ZipFile<'z, BufReader<File>>>>>;

struct Parser<'z, 'p> {
    path: &'p Path,
    xml: Xml<'z>,
    limits: Limits,
    sheets: Vec<RawSheet>,
    contents: Vec<SheetContent>,
    names: Vec<(String, String)>,
    styles: Vec<Style>,
    hidden_styles: HashMap<String, bool>,
    style_name: String,
    /// Sheet row and column that come next.
    row: u64,
    column: u64,
    row_repeats: u64,
    cells: u64,
    repeated: u64,
    filled: bool,
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.try_get_attribute(name).ok()??;
    found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

fn repeats(element: &BytesStart<'_>, name: &str) -> u64 {
    attribute(element, name).and_then(|text| text.trim().parse().ok()).unwrap_or(1).max(1)
}

impl<'z, 'p> Parser<'z, 'p> {
    fn new(path: &'p Path, content: ZipFile<'z, BufReader<File>>, limits: Limits) -> Self {
        let mut xml = Reader::from_reader(BufReader::new(content.take(limits.part_bytes)));
        xml.config_mut().expand_empty_elements = true;
        Self {
            path,
            xml,
            limits,
            sheets: Vec::new(),
            contents: Vec::new(),
            names: Vec::new(),
            styles: vec![
                Style::Plain,
                Style::Date,
                Style::Time,
                Style::Shape(NumberShape::Duration),
                Style::Shape(NumberShape::Percent),
            ],
            hidden_styles: HashMap::new(),
            style_name: String::new(),
            row: 0,
            column: 0,
            row_repeats: 1,
            cells: 0,
            repeated: 0,
            filled: false,
        }
    }

    fn broken(&self, detail: &str) -> Error {
        errors::damaged(self.path, detail)
    }

    fn next<'b>(&mut self, buffer: &'b mut Vec<u8>) -> Result<Event<'b>, Error> {
        buffer.clear();
        self.xml.read_event_into(buffer).map_err(|error| errors::damaged(self.path, &error.to_string()))
    }

    fn document(&mut self) -> Result<(), Error> {
        let mut buffer = Vec::new();
        let mut complete = false;
        loop {
            match self.next(&mut buffer)? {
                Event::Start(element) => self.start(&element.to_owned())?,
                Event::End(element) => match element.name().0 {
                    "table:table-row" => self.end_row()?,
                    "office:document-content" => complete = true,
                    _ => {}
                },
                Event::Eof if complete => return Ok(()),
                Event::Eof => return Err(self.broken("its content ends in the middle")),
                _ => {}
            }
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), Error> {
        match element.name().0 {
            "style:style" => self.style_name = attribute(element, "style:name").unwrap_or_default(),
            "style:table-properties" => {
                let hidden = attribute(element, "table:display").is_some_and(|shown| shown == "false");
                self.hidden_styles.insert(self.style_name.clone(), hidden);
            }
            "table:table" => {
                let style = attribute(element, "table:style-name").unwrap_or_default();
                self.sheets.push(RawSheet {
                    name: attribute(element, "table:name").unwrap_or_default(),
                    hidden: self.hidden_styles.get(&style).copied().unwrap_or(false),
                    worksheet: true,
                });
                self.contents.push(SheetContent::default());
                self.row = 0;
            }
            "table:table-row" => {
                self.row_repeats = repeats(element, "table:number-rows-repeated");
                self.column = 0;
                self.filled = false;
                let hidden = attribute(element, "table:visibility").is_some_and(|v| v != "visible");
                if let (Some(content), Ok(row)) = (self.contents.last_mut(), u32::try_from(self.row)) {
                    content.rows.push((row, hidden));
                }
            }
            "table:table-column" => self.hidden_column(element),
            "table:table-cell" | "table:covered-table-cell" => self.cell(element)?,
            "table:named-range" => {
                if let (Some(name), Some(address)) =
                    (attribute(element, "table:name"), attribute(element, "table:cell-range-address"))
                {
                    self.names.push((name, address));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn hidden_column(&mut self, element: &BytesStart<'_>) {
        let count = repeats(element, "table:number-columns-repeated");
        let Some(content) = self.contents.last_mut() else { return };
        let first = if self.row == 0 { self.column } else { 0 };
        self.column = first + count;
        if attribute(element, "table:visibility").is_some_and(|v| v != "visible") && first < LAST_COLUMN {
            let last = (first + count - 1).min(LAST_COLUMN - 1);
            content.facts.hidden_columns.push((first as u32, last as u32));
        }
    }

    fn cell(&mut self, element: &BytesStart<'_>) -> Result<(), Error> {
        let count = repeats(element, "table:number-columns-repeated");
        let (value, style) = self.value(element)?;
        let (row, column) = (self.row, self.column);
        self.column += count;
        self.merged(element, row, column);
        let Some(value) = value else { return Ok(()) };
        self.filled = true;
        let copies = count.saturating_mul(self.row_repeats);
        self.cells = self.cells.saturating_add(copies);
        if copies > 1 {
            self.repeated = self.repeated.saturating_add(copies);
        }
        let limit = self.limits.cells_within(REPEATED_CELLS);
        if self.repeated > limit {
            return Err(errors::too_much(
                self.path,
                "repeated cells",
                self.repeated,
                limit,
                Some(Limit::Cells),
            ));
        }
        let limit = self.limits.cells_within(ALL_CELLS);
        if self.cells > limit {
            return Err(errors::too_much(self.path, "cells", self.cells, limit, Some(Limit::Cells)));
        }
        if row >= LAST_ROW || column + count > LAST_COLUMN {
            return Err(errors::too_much(self.path, "columns or rows", column + count, LAST_COLUMN, None));
        }
        if let Some(content) = self.contents.last_mut() {
            for at in column..column + count {
                let value = value.clone();
                content.cells.push(Cell { row: row as u32, column: at as u32, style, value });
            }
        }
        Ok(())
    }

    fn merged(&mut self, element: &BytesStart<'_>, row: u64, column: u64) {
        let columns = repeats(element, "table:number-columns-spanned");
        let rows = repeats(element, "table:number-rows-spanned");
        if columns * rows <= 1 || row + rows > LAST_ROW || column + columns > LAST_COLUMN {
            return;
        }
        let sheet = self.contents.len().saturating_sub(1);
        if let Some(content) = self.contents.last_mut() {
            content.facts.merged.push(RawRange {
                sheet,
                first: (row as u32, column as u32),
                last: ((row + rows - 1) as u32, (column + columns - 1) as u32),
            });
        }
    }

    /// The value of a cell; its element is read to its end.
    fn value(&mut self, element: &BytesStart<'_>) -> Result<(Option<Value>, u32), Error> {
        let get = |name: &str| attribute(element, name);
        let text = self.text(element.name().0)?;
        let is_error = get("calcext:value-type").is_some_and(|kind| kind == "error");
        if is_error || text.starts_with('#') && text.ends_with(['!', '?']) && get("table:formula").is_some() {
            return Ok((Some(Value::Error(text)), 0));
        }
        let kind = get("office:value-type").unwrap_or_default();
        let number = || get("office:value").and_then(|v| v.trim().parse::<f64>().ok()).map(Value::Number);
        Ok(match kind.as_str() {
            "float" => (number(), 0),
            "percentage" => (number(), 4),
            "currency" => {
                let code = get("office:currency").unwrap_or_default();
                let currency = crate::data::money::currency(&code, None);
                let style = currency.map_or(0, |code| self.style(Style::Shape(NumberShape::Money(code))));
                (number(), style)
            }
            "date" => {
                let day = get("office:date-value").and_then(|v| dates::iso(&v)).map(Value::IsoDate);
                (day.or_else(|| filled(text)), 1)
            }
            "time" => {
                let days = get("office:time-value").and_then(|v| dates::iso_duration(&v));
                let style = if days.is_some_and(|d| (0.0..1.0).contains(&d)) { 2 } else { 3 };
                (days.map(Value::Number).or_else(|| filled(text)), style)
            }
            "boolean" => (get("office:boolean-value").map(|v| Value::Boolean(v == "true")), 0),
            "string" => (get("office:string-value").and_then(filled).or_else(|| filled(text)), 0),
            _ => (filled(text), 0),
        })
    }

    fn style(&mut self, style: Style) -> u32 {
        if let Some(at) = self.styles.iter().position(|s| *s == style) {
            return at as u32;
        }
        self.styles.push(style);
        (self.styles.len() - 1) as u32
    }

    /// The text of the element that was just begun, to its end; paragraphs stand on lines of their own.
    fn text(&mut self, name: &str) -> Result<String, Error> {
        let mut text = String::new();
        let mut buffer = Vec::new();
        let (mut depth, mut skip, mut paragraphs) = (0_u32, 0_u32, 0_u32);
        loop {
            match self.next(&mut buffer)? {
                Event::Start(inner) => {
                    depth += 1;
                    match inner.name().0 {
                        "office:annotation" | "draw:frame" | "draw:custom-shape" | "draw:g" => skip += 1,
                        "text:p" if skip == 0 => {
                            if paragraphs > 0 {
                                text.push('\n');
                            }
                            paragraphs += 1;
                        }
                        "text:s" if skip == 0 => {
                            let count = repeats(&inner, "text:c").min(1024);
                            text.extend(std::iter::repeat_n(' ', count as usize));
                        }
                        "text:tab" | "text:line-break" if skip == 0 => text.push(' '),
                        _ => {}
                    }
                }
                Event::End(inner) => {
                    let inner = inner.name().0;
                    if depth == 0 && inner == name {
                        return Ok(text);
                    }
                    if matches!(inner, "office:annotation" | "draw:frame" | "draw:custom-shape" | "draw:g") {
                        skip = skip.saturating_sub(1);
                    }
                    depth = depth.saturating_sub(1);
                }
                Event::Text(part) if skip == 0 && paragraphs > 0 => text.push_str(&part.xml10_content()),
                Event::GeneralRef(entity) if skip == 0 => text.push_str(&resolved(&entity)),
                Event::Eof => return Err(self.broken("its content ends in the middle")),
                _ => {}
            }
        }
    }

    fn end_row(&mut self) -> Result<(), Error> {
        let repeats = self.row_repeats;
        if self.filled && repeats > 1 {
            let last = self.row.saturating_add(repeats);
            if last > LAST_ROW {
                return Err(errors::too_much(self.path, "rows on one sheet", last, LAST_ROW, None));
            }
            if let Some(content) = self.contents.last_mut() {
                content.repeat_last_row(repeats as u32);
            }
        }
        self.row = self.row.saturating_add(repeats);
        Ok(())
    }

    fn finish(self) -> OpenDocument {
        let names = self
            .names
            .iter()
            .filter_map(|(name, address)| Some((name.clone(), named_range(address, &self.sheets)?)))
            .collect();
        OpenDocument {
            path: self.path.to_owned(),
            sheets: self.sheets,
            contents: self.contents,
            names,
            styles: self.styles,
        }
    }
}

fn filled(text: String) -> Option<Value> {
    (!text.is_empty()).then_some(Value::Text(text))
}

fn resolved(entity: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(c)) = entity.resolve_char_ref() {
        return c.to_string();
    }
    let name = entity.xml10_content();
    quick_xml::escape::resolve_predefined_entity(&name).unwrap_or_default().to_owned()
}

/// `$Sheet1.$A$1:.$B$9` as a rectangle.
fn named_range(address: &str, sheets: &[RawSheet]) -> Option<RawRange> {
    let (sheet, cells) = address.trim_start_matches('$').split_once('.')?;
    let cells = cells.replace(['$', '.'], "");
    crate::data::legacy::range_of(&format!("{sheet}!{cells}"), sheets)
}

impl SheetContent {
    fn repeat_last_row(&mut self, repeats: u32) {
        let Some(&(row, hidden)) = self.rows.last() else { return };
        let start = self.cells.partition_point(|cell| cell.row < row);
        let width = self.cells.len() - start;
        for step in 1..repeats {
            self.rows.push((row + step, hidden));
            for at in start..start + width {
                let Cell { column, style, ref value, .. } = self.cells[at];
                let value = value.clone();
                self.cells.push(Cell { row: row + step, column, style, value });
            }
        }
    }
}

impl Book for OpenDocument {
    fn sheets(&self) -> &[RawSheet] {
        &self.sheets
    }

    fn tables(&self) -> &[RawTable] {
        &[]
    }

    fn names(&self) -> &[(String, RawRange)] {
        &self.names
    }

    fn is_1904(&self) -> bool {
        false
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
        let content = self.contents.get(sheet);
        content
            .map(|content| content.facts.clone())
            .ok_or_else(|| errors::damaged(&self.path, "a sheet is missing"))
    }

    fn read(&self, sheet: usize, columns: Option<&[u32]>, sink: &mut dyn Sink) -> Result<(), Error> {
        let Some(content) = self.contents.get(sheet) else { return Ok(()) };
        let mut row = None;
        for cell in &content.cells {
            if row != Some(cell.row) {
                row = Some(cell.row);
                let at = content.rows.partition_point(|(number, _)| *number < cell.row);
                let hidden =
                    content.rows.get(at).is_some_and(|(number, hidden)| *number == cell.row && *hidden);
                if sink.row(cell.row, hidden) == Flow::Stop {
                    return Ok(());
                }
            }
            if columns.is_some_and(|columns| columns.binary_search(&cell.column).is_err()) {
                continue;
            }
            let value = match &cell.value {
                Value::Number(v) => RawValue::Number(*v),
                Value::Text(v) => RawValue::Text(v),
                Value::Boolean(v) => RawValue::Boolean(*v),
                Value::Error(v) => RawValue::Error(v),
                Value::IsoDate(v) => RawValue::IsoDate(*v),
            };
            sink.cell(RawCell { row: cell.row, column: cell.column, value, style: cell.style });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    const BEGIN: &str = r#"<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s"><office:body><office:spreadsheet>"#;
    const END: &str = "</office:spreadsheet></office:body></office:document-content>";

    /// A document of one sheet with these rows.
    fn document(rows: &str, limits: Limits) -> Result<OpenDocument, Error> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ods");
        let mut archive = zip::ZipWriter::new(File::create(&path).unwrap());
        archive.start_file("content.xml", zip::write::SimpleFileOptions::default()).unwrap();
        write!(archive, "{BEGIN}<table:table table:name=\"S\">{rows}</table:table>{END}").unwrap();
        archive.finish().unwrap();
        OpenDocument::open(&path, limits)
    }

    fn cells(rows: &str) -> Vec<(u32, u32, Style, Value)> {
        let book = document(rows, Limits::default()).unwrap();
        let cells = &book.contents[0].cells;
        cells
            .iter()
            .map(|cell| (cell.row, cell.column, book.styles[cell.style as usize].clone(), cell.value.clone()))
            .collect()
    }

    fn row(inside: &str) -> String {
        format!("<table:table-row>{inside}</table:table-row>")
    }

    #[test]
    fn values_by_their_type() {
        let found = cells(&row(
            r#"<table:table-cell office:value-type="float" office:value="1.5"><text:p>1,5</text:p></table:table-cell><table:table-cell office:value-type="percentage" office:value="0.125"/><table:table-cell office:value-type="currency" office:currency="SEK" office:value="9"/><table:table-cell office:value-type="date" office:date-value="2025-01-31"/><table:table-cell office:value-type="boolean" office:boolean-value="true"/><table:table-cell office:value-type="time" office:time-value="PT30H00M"/>"#,
        ));
        let shape = Style::Shape;
        assert_eq!(
            found,
            [
                (0, 0, Style::Plain, Value::Number(1.5)),
                (0, 1, shape(NumberShape::Percent), Value::Number(0.125)),
                (0, 2, shape(NumberShape::Money("SEK".to_owned())), Value::Number(9.0)),
                // 31 January 2025 lies 20119 days after 1 January 1970
                (0, 3, Style::Date, Value::IsoDate(20_119.0)),
                (0, 4, Style::Plain, Value::Boolean(true)),
                (0, 5, shape(NumberShape::Duration), Value::Number(1.25)),
            ]
        );
    }

    #[test]
    fn paragraphs_blanks_and_notes_of_a_text() {
        let found = cells(&row(
            r#"<table:table-cell office:value-type="string"><office:annotation><text:p>note</text:p></office:annotation><text:p>a<text:s text:c="2"/>&amp;<text:span>b</text:span></text:p><text:p>c</text:p></table:table-cell>"#,
        ));
        assert_eq!(found, [(0, 0, Style::Plain, Value::Text("a  &b\nc".to_owned()))]);
    }

    #[test]
    fn repeated_cells_and_rows_are_written_out() {
        let rows = r#"<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="3"/><table:table-cell office:value-type="float" office:value="7" table:number-columns-repeated="2"/></table:table-row>"#;
        let found: Vec<(u32, u32)> = cells(rows).into_iter().map(|(row, column, ..)| (row, column)).collect();
        assert_eq!(found, [(0, 3), (0, 4), (1, 3), (1, 4)]);
    }

    #[test]
    fn cells_repeated_without_end_are_refused() {
        let rows = r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="float" office:value="7" table:number-columns-repeated="16384"/></table:table-row>"#;
        let refused = document(rows, Limits::default()).err().unwrap().to_string();
        assert!(
            refused.contains("17,179,869,184 repeated cells, more than the limit of 2,000,000"),
            "{refused}"
        );
    }

    #[test]
    fn merged_cells_and_hidden_rows_are_known() {
        let rows = r#"<table:table-row table:visibility="collapse"><table:table-cell office:value-type="string" table:number-rows-spanned="3" table:number-columns-spanned="1"><text:p>North</text:p></table:table-cell></table:table-row>"#;
        let book = document(rows, Limits::default()).unwrap();
        let area = RawRange { sheet: 0, first: (0, 0), last: (2, 0) };
        assert_eq!(
            (book.contents[0].facts.merged.clone(), book.contents[0].rows.clone()),
            (vec![area], vec![(0, true)])
        );
    }

    #[test]
    fn a_content_that_breaks_off_is_refused() {
        let refused =
            document("<table:table-row><table:table-cell>", Limits::default()).err().unwrap().to_string();
        assert!(refused.contains("the file is damaged"), "{refused}");
    }
}
