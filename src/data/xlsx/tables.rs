//! Parts that hang on a sheet → its Excel tables, pivot tables, merged cells and hidden columns.

use super::errors::Fault;
use super::package::Package;
use super::relations;
use super::text;
use super::workbook::parse_range;
use super::xml::{self, Tag, Token, XmlFault};
use crate::data::reader::{RawRange, RawTable};

/// The Excel tables of a sheet. One that cannot be read is left out: its cells are still there.
pub(super) fn tables(package: &Package, part: &str, sheet: usize) -> Result<Vec<RawTable>, Fault> {
    let mut tables = Vec::new();
    for relation in relations::of(package, part)?.iter().filter(|relation| relation.kind == "table") {
        let Some(bytes) = package.small(&relation.target)? else { continue };
        tables.extend(root(&bytes).and_then(|tag| table(tag, sheet)));
    }
    Ok(tables)
}

fn table(tag: Tag<'_>, sheet: usize) -> Option<RawTable> {
    let (first, last) = parse_range(&tag.plain("ref")?)?;
    let name = tag.plain("displayName").or_else(|| tag.plain("name"))?;
    Some(RawTable {
        name: text::read(name.as_bytes()).into_owned(),
        sheet,
        rows: (first.0, last.0),
        columns: (first.1, last.1),
        header_rows: tag.number("headerRowCount").unwrap_or(1),
        total_rows: tag.number("totalsRowCount").unwrap_or(0),
    })
}

/// Where the pivot tables of a sheet stand.
pub(super) fn pivots(package: &Package, part: &str, sheet: usize) -> Result<Vec<RawRange>, Fault> {
    let mut pivots = Vec::new();
    for relation in relations::of(package, part)?.iter().filter(|relation| relation.kind == "pivotTable") {
        let Some(bytes) = package.small(&relation.target)? else { continue };
        let mut at = 0;
        while let Ok(Some(token)) = xml::next(&bytes, &mut at) {
            let Token::Open(tag) = token else { continue };
            if xml::local(tag.name) == b"location" {
                pivots.extend(tag.plain("ref").and_then(|text| range(&text, sheet)));
                break;
            }
        }
    }
    Ok(pivots)
}

/// Merged cells, from the bytes behind the rows of a sheet.
pub(super) fn merged(bytes: &[u8], sheet: usize) -> Result<Vec<RawRange>, XmlFault> {
    let (mut at, mut merged) = (0, Vec::new());
    while let Some(token) = xml::next(bytes, &mut at)? {
        let Token::Open(tag) = token else { continue };
        if xml::local(tag.name) == b"mergeCell" {
            merged.extend(tag.plain("ref").and_then(|text| range(&text, sheet)));
        }
    }
    Ok(merged)
}

/// Hidden columns, from the bytes before the rows of a sheet.
pub(super) fn hidden_columns(bytes: &[u8]) -> Result<Vec<(u32, u32)>, XmlFault> {
    let (mut at, mut hidden) = (0, Vec::new());
    while let Some(token) = xml::next(bytes, &mut at)? {
        let Token::Open(tag) = token else { continue };
        match xml::local(tag.name) {
            b"col" if tag.flag("hidden") == Some(true) => {
                let (first, last) = (tag.number("min").unwrap_or(0), tag.number("max").unwrap_or(0));
                if first > 0 && first <= last {
                    hidden.push((first - 1, last - 1));
                }
            }
            b"sheetData" => break,
            _ => {}
        }
    }
    Ok(hidden)
}

fn range(text: &str, sheet: usize) -> Option<RawRange> {
    parse_range(text).map(|(first, last)| RawRange { sheet, first, last })
}

/// The first tag of a part.
fn root(bytes: &[u8]) -> Option<Tag<'_>> {
    let mut at = 0;
    while let Ok(Some(token)) = xml::next(bytes, &mut at) {
        if let Token::Open(tag) = token {
            return Some(tag);
        }
    }
    None
}
