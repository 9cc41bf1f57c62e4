//! What is in the files, for the terminal: every sheet with what was taken and what was left, and why.

use std::fmt::Write as _;
use std::path::Path;

use crate::cell::{SheetId, column_letters};
use crate::data::{
    Catalog, ColumnData, Dataset, Kind, MISSING_DAY, NumberShape, SheetVerdict, SourceInfo, Table, Use,
};
use crate::starter::{Manner, starter};
use crate::wording::{count, group};

/// The text that `goalsheet inspect` prints. `dataset` holds every column of every source.
pub fn inspect(catalog: &Catalog, dataset: &Dataset) -> String {
    let mut text = String::new();
    for (file, info) in catalog.files.iter().enumerate() {
        let _ = writeln!(
            text,
            "{} · {} · {}",
            info.name,
            format!("{:?}", info.format).to_lowercase(),
            size(info.size)
        );
        for (at, sheet) in catalog.sheets.iter().enumerate().filter(|(_, s)| s.file == file) {
            let hidden = if sheet.hidden { ", hidden" } else { "" };
            match &sheet.verdict {
                SheetVerdict::Left(reason) => {
                    let _ = writeln!(text, "\n  sheet {}{hidden}: left out, {reason}", sheet.name);
                }
                SheetVerdict::Data => {
                    let _ = writeln!(text, "\n  sheet {}{hidden}", sheet.name);
                    sheet_tables(&mut text, catalog, dataset, SheetId(at as u32));
                }
            }
            for (_, remark) in catalog.remarks.iter().filter(|(of, _)| *of == Some(SheetId(at as u32))) {
                let _ = writeln!(text, "    {remark}");
            }
        }
        text.push('\n');
    }
    for (_, remark) in catalog.remarks.iter().filter(|(of, _)| of.is_none()) {
        let _ = writeln!(text, "{remark}");
    }
    let manner = Manner { folder: Path::new(""), own_names: true };
    match starter(catalog, dataset, manner) {
        Some(made) => {
            let _ = write!(
                text,
                "a goal file over this data may begin so (`goalsheet init` writes it):\n\n{}",
                made.begin()
            );
        }
        None => text.push_str("no table of data was found\n"),
    }
    text
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

fn sheet_tables(text: &mut String, catalog: &Catalog, dataset: &Dataset, sheet: SheetId) {
    for (at, table) in catalog.tables.iter().enumerate().filter(|(_, t)| t.sheet == sheet) {
        let rows = match table.header_rows {
            (first, last) if first == last => format!("row {}", first + 1),
            (first, last) => format!("rows {} to {}", first + 1, last + 1),
        };
        let columns = format!("{}:{}", column_letters(table.columns.0), column_letters(table.columns.1));
        let named = table.name.as_ref().map_or_else(String::new, |n| format!(" of table {n}"));
        let _ =
            writeln!(text, "    header{named} in {rows}, columns {columns}: {}", without_row(&table.reason));
        for (source, info) in catalog.sources.iter().enumerate() {
            match info.parts.iter().position(|p| p.table == at) {
                Some(0) => source_lines(text, catalog, dataset, source, info),
                Some(_) => {
                    let _ = writeln!(text, "    appended to source `{}`", info.name);
                }
                None => {}
            }
        }
    }
}

fn source_lines(text: &mut String, catalog: &Catalog, dataset: &Dataset, at: usize, info: &SourceInfo) {
    let table = dataset.tables.get(at).and_then(Option::as_ref);
    let mut facts = vec![format!("source `{}`", info.name)];
    if let Some(table) = table {
        facts.push(count(table.rows, "row"));
        if let Some((first, last)) = table.runs.first().zip(table.runs.last()) {
            let end = last.sheet_row + last.count as u32;
            if info.parts.len() == 1 && info.across.is_none() {
                facts.push(format!(
                    "sheet rows {} to {}",
                    group(first.sheet_row as usize + 1),
                    group(end as usize)
                ));
            }
        }
    }
    let _ = writeln!(text, "    {}", facts.join(", "));
    let width = info.columns.iter().map(|c| c.name.chars().count()).max().unwrap_or(0).clamp(6, 40);
    for (index, column) in info.columns.iter().enumerate() {
        let loaded = table.and_then(|t| t.column(index, Use::Any));
        let kind =
            kind_word(loaded.map_or(column.kind, |c| c.kind), loaded.map_or(&column.shape, |c| &c.shape));
        let detail = loaded.and_then(|c| range(&c.data)).unwrap_or_else(|| column.sample.join(", "));
        let pad = " ".repeat(width.saturating_sub(column.name.chars().count()));
        let letters = place(info, index);
        let line = format!("      {letters:>3}  {}{pad}  {kind:<8}  {detail}", column.name);
        let _ = writeln!(text, "{}", line.trim_end());
    }
    if let Some(table) = table {
        left_out(text, catalog, table, info);
    }
}

/// Where a column stands: its letter, the cell of its name for a row that is a column, nothing for what was made.
fn place(info: &SourceInfo, index: usize) -> String {
    let Some(column) = info.columns.get(index) else { return String::new() };
    if info.parts.iter().any(|part| part.columns.get(index).copied().flatten().is_some()) {
        return column_letters(column.header.column);
    }
    let named = info.parts.iter().any(|part| !part.metric_rows.is_empty());
    if named && info.across.is_some_and(|across| index > across) {
        column.header.to_string()
    } else {
        String::new()
    }
}

fn kind_word(kind: Kind, shape: &NumberShape) -> String {
    match (kind, shape) {
        (Kind::Number, NumberShape::Plain) => "number".to_owned(),
        (Kind::Number, NumberShape::Percent) => "percent".to_owned(),
        (Kind::Number, NumberShape::Money(code)) => format!("{code} money"),
        (Kind::Number, NumberShape::Duration) => "duration".to_owned(),
        (Kind::Date, _) => "date".to_owned(),
        (Kind::Text, _) => "text".to_owned(),
        (Kind::Boolean, _) => "yes/no".to_owned(),
        (Kind::Empty, _) => "empty".to_owned(),
    }
}

/// First and last date of a column of dates.
fn range(data: &ColumnData) -> Option<String> {
    let ColumnData::Date(days) = data else { return None };
    let present = || days.iter().copied().filter(|d| *d != MISSING_DAY);
    let (first, last) = (present().min()?, present().max()?);
    let day = |d: i32| {
        chrono::NaiveDate::default()
            .checked_add_signed(chrono::TimeDelta::days(i64::from(d)))
            .map(|d| d.to_string())
    };
    Some(format!("{} to {}", day(first)?, day(last)?))
}

fn left_out(text: &mut String, catalog: &Catalog, table: &Table, info: &SourceInfo) {
    for skipped in &table.skipped {
        let place = skipped
            .column
            .and_then(|c| info.columns.get(c))
            .map_or_else(String::new, |c| format!(" in `{}`", c.name));
        let cells: Vec<String> = skipped.cells.iter().take(3).map(|c| catalog.show_cell(*c)).collect();
        let more = if skipped.count > cells.len() && !cells.is_empty() { ", …" } else { "" };
        let at = if cells.is_empty() { String::new() } else { format!(": {}{more}", cells.join(", ")) };
        let found: Vec<String> = skipped.texts.iter().map(|t| format!("`{t}`")).collect();
        let found = if found.is_empty() { String::new() } else { format!(" ({})", found.join(", ")) };
        let _ =
            writeln!(text, "      left out: {} × {}{place}{found}{at}", group(skipped.count), skipped.what);
    }
}

/// A reason without the row it begins with, which is shown before it.
fn without_row(reason: &str) -> &str {
    match reason.split_once(": ") {
        Some((row, rest)) if row.starts_with("row") => rest,
        _ => reason,
    }
}
