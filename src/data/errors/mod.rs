//! All wording of this stage: diagnostics for sheets here, for cells and shapes beside it, the sentences for files that cannot be read in
//! `refusals`, passed on.

mod cells;
mod shapes;

use std::path::Path;

use crate::cell::SheetId;
pub(crate) use crate::data::refusals::*;
use crate::data::sources::Part;
use crate::data::{Catalog, PartInfo, SheetVerdict, SourceInfo, SourceRequest};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Location, Severity};
use crate::wording;
pub(crate) use cells::*;
pub(crate) use shapes::*;

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

/// Delimited text has no sheets: its one table is read for the sheet that was asked for.
pub(crate) fn without_sheets(
    catalog: &Catalog,
    file: usize,
    names: &[String],
    request: &SourceRequest,
) -> Diagnostic {
    let path = catalog.files.get(file).map(|file| file.path.as_path());
    let (name, noun) = (file_name(catalog, file), if names.len() == 1 { "sheet" } else { "sheets" });
    let sheets = wording::list(names);
    let message = format!("`{name}` has one table and no sheets: it is read for {noun} {sheets}");
    Diagnostic::new(Code::D119, Severity::Note, at(request, path), message)
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
    let places: Vec<&crate::data::TableInfo> =
        tables.iter().filter_map(|table| catalog.tables.get(*table)).collect();
    if let [one, others @ ..] = places.as_slice()
        && others.iter().all(|other| other.sheet == one.sheet)
    {
        let ranges: Vec<String> = places.iter().map(|table| table.range().to_string()).collect();
        let taken = ranges.first().cloned().unwrap_or_default();
        return Diagnostic::new(
            Code::D116,
            Severity::Warning,
            at(request, None),
            format!("several tables of `{first}` could be meant: that at {taken} is taken, the first"),
        )
        .with_note(format!("they stand at {}", wording::list(&ranges)))
        .help(format!("name it: `range \"{taken}\"`"));
    }
    Diagnostic::new(
        Code::D116,
        Severity::Warning,
        at(request, None),
        format!("{} could be meant: `{first}` is taken, the first", wording::list(&names)),
    )
    .help(format!("name it: `sheet \"{first}\"`, or read them all: `all sheets`"))
}

/// A column that stands on no sheet.
fn is_made(source: &SourceInfo, part: &PartInfo, column: usize) -> bool {
    part.fixed.iter().any(|(at, _)| *at == column)
        || source.across == Some(column)
        || part.across.iter().any(|slot| slot.measure == column)
        || part.parted.is_some_and(|made| made.column == column)
        || !part.metric_rows.is_empty()
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
