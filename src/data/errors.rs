//! All wording of this stage: diagnostics for sheets and cells here, the sentences for files that cannot be read in
//! `refusals`, passed on.

use std::path::Path;

use crate::calendar::Grain;
use crate::cell::{CellRef, SheetId};
use crate::data::coerce::Misfit;
use crate::data::overlap::Overlap;
pub(crate) use crate::data::refusals::*;
use crate::data::sources::Part;
use crate::data::{
    Catalog, DateOrder, Kind, PartInfo, SheetVerdict, Skipped, SourceInfo, SourceRequest, across, dates,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Location, Severity};
use crate::wording;

fn at(request: &SourceRequest, path: Option<&Path>) -> Location {
    match (request.span, path) {
        (Some(span), _) => Location::Text(span),
        (None, Some(path)) => Location::File(path.to_owned()),
        (None, None) => Location::Nowhere,
    }
}

fn file_name(catalog: &Catalog, file: usize) -> &str {
    catalog.files.get(file).map_or("", |file| file.name.as_str())
}

fn sheet_names(catalog: &Catalog, file: usize) -> Vec<&str> {
    catalog.sheets.iter().filter(|sheet| sheet.file == file).map(|sheet| sheet.name.as_str()).collect()
}

fn error(code: Code, request: &SourceRequest, catalog: &Catalog, file: usize, message: String) -> Diagnostic {
    let path = catalog.files.get(file).map(|file| file.path.as_path());
    Diagnostic::new(code, Severity::Error, at(request, path), message)
}

/// The file has no sheet of this name.
pub(crate) fn no_such_sheet(
    catalog: &Catalog,
    file: usize,
    name: &str,
    request: &SourceRequest,
) -> Diagnostic {
    let names = sheet_names(catalog, file);
    let found = error(
        Code::D101,
        request,
        catalog,
        file,
        format!("`{}` has no sheet `{name}`", file_name(catalog, file)),
    )
    .with_note(format!("its sheets are {}", wording::list(&names)));
    match wording::nearest(name, names.iter().copied()).first() {
        Some(near) => found.help(format!("did you mean `{near}`?")),
        None => found,
    }
}

/// The file has no Excel table, defined name, title or sheet of this name.
pub(crate) fn no_such_table(
    catalog: &Catalog,
    parts: &[Part],
    name: &str,
    request: &SourceRequest,
) -> Diagnostic {
    let file = parts
        .first()
        .and_then(|part| catalog.sheets.get(part.found.table.sheet.0 as usize))
        .map_or(0, |sheet| sheet.file);
    let mut names: Vec<String> =
        parts.iter().filter_map(|p| p.found.table.name.clone().or_else(|| p.found.title.clone())).collect();
    names.dedup();
    let found = error(
        Code::D101,
        request,
        catalog,
        file,
        format!("`{}` has no table `{name}`", file_name(catalog, file)),
    );
    if names.is_empty() {
        return found.with_note("the file holds no named table".to_owned());
    }
    let near = wording::nearest(name, names.iter().map(String::as_str)).first().map(|n| (*n).to_owned());
    let found = found.with_note(format!("its tables are {}", wording::list(&names)));
    match near {
        Some(near) => found.help(format!("did you mean `{near}`?")),
        None => found,
    }
}

/// The text names no rectangle of the file.
pub(crate) fn no_such_range(
    catalog: &Catalog,
    file: usize,
    text: &str,
    request: &SourceRequest,
) -> Diagnostic {
    error(Code::D101, request, catalog, file, format!("`{}` has no range `{text}`", file_name(catalog, file)))
        .with_note("expected a rectangle with a header row, as `B3:K90`, `Orders!B3:K90`, or a defined name")
}

/// No sheet of the file holds a table.
pub(crate) fn no_table_in_file(catalog: &Catalog, file: usize, request: &SourceRequest) -> Diagnostic {
    let mut found = error(
        Code::D102,
        request,
        catalog,
        file,
        format!("no sheet of `{}` holds a table", file_name(catalog, file)),
    );
    for sheet in catalog.sheets.iter().filter(|sheet| sheet.file == file) {
        if let SheetVerdict::Left(reason) = &sheet.verdict {
            found = found.with_note(format!("sheet `{}`: {reason}", sheet.name));
        }
    }
    found
}

/// The sheet named holds no table.
pub(crate) fn no_table_on_sheet(catalog: &Catalog, sheet: SheetId, request: &SourceRequest) -> Diagnostic {
    let info = catalog.sheets.get(sheet.0 as usize);
    let (file, name) = info.map_or((0, ""), |info| (info.file, info.name.as_str()));
    let reason = match info.map(|info| &info.verdict) {
        Some(SheetVerdict::Left(reason)) => reason.clone(),
        _ => "no header row found".to_owned(),
    };
    error(
        Code::D102,
        request,
        catalog,
        file,
        format!("sheet `{name}` of `{}` holds no table", file_name(catalog, file)),
    )
    .with_note(reason)
    .help("state the header with `header row N`, or the rectangle with `range \"B3:K90\"`")
}

/// Several tables are as likely as each other: the first is taken.
pub(crate) fn several_sheets(catalog: &Catalog, tables: &[usize], request: &SourceRequest) -> Diagnostic {
    let names: Vec<String> = tables
        .iter()
        .filter_map(|table| catalog.tables.get(*table))
        .filter_map(|table| {
            let sheet = catalog.sheets.get(table.sheet.0 as usize)?;
            Some(table.name.clone().unwrap_or_else(|| sheet.name.clone()))
        })
        .collect();
    let first = names.first().cloned().unwrap_or_default();
    Diagnostic::new(
        Code::D116,
        Severity::Warning,
        at(request, None),
        format!("{} could be meant: `{first}` is taken, the first", wording::list(&names)),
    )
    .help(format!("name it: `sheet \"{first}\"`"))
}

/// A column that stands on no sheet.
fn is_made(source: &SourceInfo, part: &PartInfo, column: usize) -> bool {
    part.fixed.iter().any(|(at, _)| *at == column)
        || source.across == Some(column)
        || part.across.iter().any(|slot| slot.measure == column)
}

/// Appended parts lack columns that others have.
pub(crate) fn other_columns(catalog: &Catalog, request: &SourceRequest, source: &SourceInfo) -> Diagnostics {
    let mut found = Diagnostics::new();
    for part in &source.parts {
        let missing: Vec<&str> = source
            .columns
            .iter()
            .zip(&part.columns)
            .enumerate()
            .filter(|(at, (_, place))| place.is_none() && !is_made(source, part, *at))
            .map(|(_, (column, _))| column.name.as_str())
            .collect();
        if missing.is_empty() {
            continue;
        }
        let place = catalog.tables.get(part.table).map_or_else(String::new, |table| {
            let sheet = catalog.sheets.get(table.sheet.0 as usize);
            sheet.map_or_else(String::new, |sheet| {
                format!("sheet `{}` of `{}`", sheet.name, file_name(catalog, sheet.file))
            })
        });
        let shown = &missing[..missing.len().min(8)];
        found.push(
            Diagnostic::new(
                Code::D103,
                Severity::Warning,
                at(request, None),
                format!("{place} lacks {} of `{}`", wording::list(shown), source.name),
            )
            .with_note("its rows have no value there"),
        );
    }
    found
}

/// Code, weight and headline of cells that do not fit their column.
fn headline(column: &str, why: Misfit, count: usize) -> (Code, Severity, String) {
    let cells = wording::count(count, "cell");
    let verb = if count == 1 { "holds" } else { "hold" };
    match why {
        Misfit::TextInNumbers => (
            Code::D104,
            Severity::Warning,
            format!("expected numbers in column `{column}`, found text in {cells}"),
        ),
        Misfit::DateInNumbers => (
            Code::D104,
            Severity::Warning,
            format!("expected numbers in column `{column}`, found dates in {cells}"),
        ),
        Misfit::TruthElsewhere => (
            Code::D104,
            Severity::Warning,
            format!("expected numbers or dates in column `{column}`, found true or false in {cells}"),
        ),
        Misfit::TextInDates => (
            Code::D105,
            Severity::Warning,
            format!("expected dates in column `{column}`, found text in {cells}"),
        ),
        Misfit::NumberInDates => (
            Code::D105,
            Severity::Warning,
            format!("expected dates in column `{column}`, found numbers in {cells}"),
        ),
        Misfit::NoTruth => (
            Code::D105,
            Severity::Warning,
            format!("expected yes or no in column `{column}`, found something else in {cells}"),
        ),
        Misfit::Error => (
            Code::D106,
            Severity::Warning,
            format!("{cells} of column `{column}` {verb} an error of the workbook"),
        ),
        Misfit::Uncalculated => (
            Code::D112,
            Severity::Warning,
            format!("{cells} of column `{column}` {verb} a formula that was never calculated"),
        ),
        Misfit::UndecidedDate => (
            Code::D107,
            Severity::Error,
            format!("the dates of column `{column}` can be read day first or month first"),
        ),
        Misfit::UndecidedNumber => (
            Code::D108,
            Severity::Error,
            format!("the numbers of column `{column}` can be read with a decimal point or a decimal comma"),
        ),
    }
}

/// Cells of a column that do not fit it.
pub(crate) fn misfit(
    catalog: &Catalog,
    source: &SourceInfo,
    column: &str,
    why: Misfit,
    skipped: &Skipped,
    texts: &[String],
) -> Diagnostic {
    let (code, severity, message) = headline(column, why, skipped.count);
    let place = skipped.cells.first().map_or(Location::Nowhere, |cell| Location::Cell(*cell));
    let mut found = Diagnostic::new(code, severity, place, message);
    if let Some(text) = texts.first() {
        found = found.label(format!("`{}` stands here", shortened(text)));
    }
    found = found.with_note(located(catalog, skipped, texts));
    match why {
        Misfit::UndecidedDate => {
            found.with_note(readings(texts.first().map_or("", String::as_str))).help(format!(
                "state the order in the `data` line of `{}`: `dates in order day month year`",
                source.name
            ))
        }
        Misfit::UndecidedNumber => {
            found.with_note(number_readings(texts.first().map_or("", String::as_str))).help(format!(
                "state it in the `data` line of `{}`: `numbers 1,234.56` or `numbers 1.234,56`",
                source.name
            ))
        }
        Misfit::Uncalculated => found.help("open the workbook in a spreadsheet program and save it"),
        _ => found.with_note("they are left out, never taken as 0"),
    }
}

/// The listed cells with what stands in each.
fn located(catalog: &Catalog, skipped: &Skipped, texts: &[String]) -> String {
    let listed: Vec<String> = skipped
        .cells
        .iter()
        .zip(texts)
        .map(|(cell, text)| {
            let place = catalog.show_cell(*cell);
            if text.is_empty() { place } else { format!("{place} `{}`", shortened(text)) }
        })
        .collect();
    let more = skipped.count.saturating_sub(listed.len());
    let tail = if more > 0 { format!(" and {} more", wording::group(more)) } else { String::new() };
    format!("{}{tail}", listed.join(", "))
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= 40 {
        return text.to_owned();
    }
    text.chars().take(39).chain(std::iter::once('…')).collect()
}

fn readings(text: &str) -> String {
    let Some(date) = dates::parse(text) else { return String::new() };
    let shown = |order| {
        date.day(order).and_then(dates::date).map_or_else(|| "no day".to_owned(), |day| day.to_string())
    };
    format!(
        "`{text}` is {} day first and {} month first",
        shown(DateOrder::DayMonthYear),
        shown(DateOrder::MonthDayYear)
    )
}

fn number_readings(text: &str) -> String {
    let shown = |decimal| crate::data::numbers::parse(text, decimal).map_or(f64::NAN, |number| number.value);
    format!("`{text}` is {} with a decimal point and {} with a decimal comma", shown('.'), shown(','))
}

/// Rows that are no data.
pub(crate) fn rows_left_out(catalog: &Catalog, source: &SourceInfo, skipped: &Skipped) -> Diagnostic {
    let rows = wording::count(skipped.count, &skipped.what.replace("row with", "row  with"));
    let rows = rows.replace("row  with", "row with");
    let place = skipped.cells.first().map_or(Location::Nowhere, |cell| Location::Cell(*cell));
    let cells: Vec<String> = skipped.cells.iter().map(|cell| catalog.show_cell(*cell)).collect();
    let more = skipped.count.saturating_sub(cells.len());
    let tail = if more > 0 { format!(" and {} more", wording::group(more)) } else { String::new() };
    if skipped.what == "hidden row" {
        let message = format!("{rows} of `{}` are read like the others", source.name);
        return Diagnostic::new(Code::D113, Severity::Note, place, message)
            .with_note(format!("{}{tail}", cells.join(", ")));
    }
    let message = format!("{rows} of `{}` left out", source.name);
    let found = Diagnostic::new(Code::D114, Severity::Note, place, message)
        .with_note(format!("{}{tail}", cells.join(", ")));
    if skipped.texts.is_empty() {
        found
    } else {
        found.with_note(format!("found {}", wording::list(&skipped.texts)))
    }
}

/// Rows that stand in two appended parts, equal in every column.
pub(crate) fn equal_rows(catalog: &Catalog, source: &SourceInfo, found: &Overlap) -> Diagnostic {
    let place = found.cells.first().map_or(Location::Nowhere, |cell| Location::Cell(*cell));
    let days = found.days.and_then(|(first, last)| Some((dates::date(first)?, dates::date(last)?)));
    let when = match days {
        Some((first, last)) if first == last => format!(", of {first}"),
        Some((first, last)) => format!(", of {first} to {last}"),
        None => String::new(),
    };
    let stand = if found.count == 1 { "stands" } else { "stand" };
    let rows = wording::count(found.count, "row");
    let message = format!("{rows} of `{}` {stand} in two of its files or sheets{when}", source.name);
    let cells: Vec<String> = found.cells.iter().take(5).map(|cell| catalog.show_cell(*cell)).collect();
    Diagnostic::new(Code::D110, Severity::Warning, place, message)
        .with_note(format!("equal in every column, the first at {}", cells.join(", ")))
        .with_note("all are kept, and so counted twice")
        .help("leave out one file or sheet of the days that overlap, or use `ignore rows where …`")
}

/// Percent cells of two scales in one column.
pub(crate) fn two_scales(
    catalog: &Catalog,
    source: &SourceInfo,
    column: &str,
    count: usize,
    cells: &[(CellRef, String)],
) -> Diagnostic {
    let place = cells.first().map_or(Location::Nowhere, |(cell, _)| Location::Cell(*cell));
    let listed: Vec<String> =
        cells.iter().map(|(cell, number)| format!("{} `{number}`", catalog.show_cell(*cell))).collect();
    let more = count.saturating_sub(listed.len());
    let tail = if more > 0 { format!(" and {} more", wording::group(more)) } else { String::new() };
    let cells = wording::count(count, "cell");
    let message =
        format!("percent column `{column}` of `{}` seems to be of two scales in {cells}", source.name);
    Diagnostic::new(Code::D109, Severity::Error, place, message)
        .with_note(format!("{}{tail}", listed.join(", ")))
        .with_note("the others are shares: 3 % is 0.03, and 3 is 300 %")
        .help("make the cells alike in the workbook")
}

/// Dates that a program read with day and month exchanged.
pub(crate) fn swapped_dates(
    source: &SourceInfo,
    column: &str,
    order: Option<DateOrder>,
    cell: Option<CellRef>,
) -> Diagnostic {
    let (texts, read) = match order {
        Some(DateOrder::MonthDayYear) => ("month first", "day first"),
        _ => ("day first", "month first"),
    };
    let message = format!(
        "the dates of column `{column}` of `{}` had day and month exchanged; they are turned back",
        source.name
    );
    Diagnostic::new(Code::D111, Severity::Warning, cell.map_or(Location::Nowhere, Location::Cell), message)
        .with_note(format!(
            "its texts are written {texts}, all of days after the 12th; its dates are all of days up to the 12th: \
             a program took them {read}"
        ))
        .help("check a few against where the data come from")
}

/// No header names a period of the grain that was asked for.
pub(crate) fn none_across(source: &SourceInfo, grain: Grain, request: &SourceRequest) -> Diagnostic {
    let word = across::word(grain);
    let names: Vec<&str> = source.columns.iter().take(8).map(|column| column.name.as_str()).collect();
    Diagnostic::new(
        Code::D117,
        Severity::Error,
        at(request, None),
        format!("no header of `{}` names a {word}", source.name),
    )
    .with_note(format!("its headers are {}", wording::list(&names)))
    .with_note(format!(
        "a {word} without a year takes it from the name of the sheet, the title above, or the file"
    ))
}

/// A column used as numbers or dates that holds none.
pub(crate) fn no_value(
    catalog: &Catalog,
    source: &SourceInfo,
    column: &str,
    kind: Kind,
    skipped: &Skipped,
    texts: &[String],
) -> Diagnostic {
    let what = if kind == Kind::Date { "date" } else { "number" };
    let place = skipped.cells.first().map_or(Location::Nowhere, |cell| Location::Cell(*cell));
    let message = format!("no cell of column `{column}` of `{}` is a {what}", source.name);
    Diagnostic::new(Code::D115, Severity::Error, place, message).with_note(located(catalog, skipped, texts))
}
