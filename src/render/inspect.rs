//! What is in the files, for the terminal: every sheet with what was taken and what was left, and why.

use std::fmt::Write as _;

use crate::cell::{SheetId, column_letters};
use crate::data::{
    Catalog, ColumnData, ColumnInfo, Dataset, Format, Kind, MISSING_DAY, NumberShape, SheetVerdict,
    SourceInfo, Table, Use,
};
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
    text.push_str(&starter(catalog, dataset));
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
            if info.parts.len() == 1 {
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
        let letters = column_letters(column.header.column);
        let line = format!("      {letters:>3}  {}{pad}  {kind:<8}  {detail}", column.name);
        let _ = writeln!(text, "{}", line.trim_end());
    }
    if let Some(table) = table {
        left_out(text, catalog, table, info);
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

/// Lines that a goal file could begin with: the likeliest source, its dates, a column worth adding up.
fn starter(catalog: &Catalog, dataset: &Dataset) -> String {
    let table = |source: usize| dataset.tables.get(source).and_then(Option::as_ref);
    let dated = |info: &SourceInfo| info.columns.iter().any(|c| c.kind == Kind::Date);
    let best = catalog.sources.iter().enumerate().min_by_key(|(at, info)| {
        let rows = table(*at).map_or(0, |t| t.rows);
        std::cmp::Reverse((dated(info), info.rank, rows))
    });
    let Some((at, best)) = best else { return "no table of data was found\n".to_owned() };
    let place = best.parts.first().and_then(|p| catalog.tables.get(p.table)).and_then(|table| {
        let sheet = catalog.sheets.get(table.sheet.0 as usize)?;
        Some((catalog.files.get(sheet.file)?, sheet.name.clone()))
    });
    let Some((file, sheet)) = place else { return String::new() };
    let of_sheet =
        if file.format == Format::Delimited { String::new() } else { format!(" sheet \"{sheet}\"") };
    let name = best.name.to_lowercase();
    // a source called `data` would read as the keyword twice
    let name = if name == "data" { "rows".to_owned() } else { name };
    let mut text = format!(
        "a goal file over this data may begin so:\n\n  data {} from \"{}\"{of_sheet}\n",
        written(&name),
        file.name
    );
    let date = best.columns.iter().position(|c| c.kind == Kind::Date);
    if let Some(date) = date.and_then(|d| best.columns.get(d)) {
        let _ = writeln!(text, "      dates in {}", written(&date.name));
    }
    if let Some(number) = worth_adding(best, table(at)) {
        let _ = writeln!(text, "  metric total = sum({})", written(&number.name));
        let last = date.and_then(|d| table(at)?.column(d, Use::Any)).and_then(|c| last_day(&c.data));
        if let Some(year) = last.map(|d| chrono::Datelike::year(&d)) {
            let _ = writeln!(text, "  increase total by 10% in {year}");
        }
    }
    text
}

/// A column of numbers that are amounts rather than identifiers: money first, else the largest sum.
fn worth_adding<'a>(info: &'a SourceInfo, table: Option<&Table>) -> Option<&'a ColumnInfo> {
    let identifies = |c: &ColumnInfo| {
        let name = c.name.to_lowercase();
        let mut words = name.split(|x: char| !x.is_alphanumeric());
        words.any(|w| matches!(w, "id" | "no" | "nr" | "number" | "code" | "year" | "month"))
    };
    let sum = |column: usize| match table.and_then(|t| t.column(column, Use::Any)).map(|c| &c.data) {
        Some(ColumnData::Number(values)) => {
            values.iter().filter(|v| !v.is_nan()).map(|v| v.abs()).sum::<f64>()
        }
        _ => 0.0,
    };
    let fits = |c: &ColumnInfo| c.kind == Kind::Number && c.shape != NumberShape::Percent && !identifies(c);
    let numbers = || info.columns.iter().enumerate().filter(|(_, c)| fits(c));
    let money = numbers().find(|(_, c)| matches!(c.shape, NumberShape::Money(_)));
    money.or_else(|| numbers().max_by(|a, b| sum(a.0).total_cmp(&sum(b.0)))).map(|(_, c)| c)
}

fn last_day(data: &ColumnData) -> Option<chrono::NaiveDate> {
    let ColumnData::Date(days) = data else { return None };
    let last = days.iter().copied().filter(|d| *d != MISSING_DAY).max()?;
    chrono::NaiveDate::default().checked_add_signed(chrono::TimeDelta::days(i64::from(last)))
}

/// A name as it can stand in a goal file.
fn written(name: &str) -> String {
    let plain = name.chars().all(|c| c.is_alphanumeric() || c == ' ' || c == '_')
        && name.chars().next().is_some_and(char::is_alphabetic);
    if plain { name.to_owned() } else { format!("[{name}]") }
}

/// A reason without the row it begins with, which is shown before it.
fn without_row(reason: &str) -> &str {
    match reason.split_once(": ") {
        Some((row, rest)) if row.starts_with("row") => rest,
        _ => reason,
    }
}
