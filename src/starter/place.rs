//! Where a source stands → its `data` line.

use std::path::{Path, PathBuf};

use crate::data::{Catalog, Format, SheetInfo, SourceInfo, TableInfo, fold_text};

/// The `data` line of a source; `None` where no line can name all of its files.
pub(super) fn data_line(catalog: &Catalog, source: &SourceInfo, name: &str, folder: &Path) -> Option<String> {
    let tables: Vec<(&TableInfo, &SheetInfo)> = source
        .parts
        .iter()
        .filter_map(|part| {
            let table = catalog.tables.get(part.table)?;
            Some((table, catalog.sheets.get(table.sheet.0 as usize)?))
        })
        .collect();
    let mut files: Vec<usize> = tables.iter().map(|(_, sheet)| sheet.file).collect();
    files.dedup();
    let paths: Vec<&Path> =
        files.iter().filter_map(|file| catalog.files.get(*file)).map(|file| file.path.as_path()).collect();
    let path = match paths.as_slice() {
        [one] => relative(one, folder),
        several => pattern(several, folder)?,
    };
    let (first, sheet) = tables.first()?;
    let format = catalog.files.get(sheet.file)?.format;
    let part = if format == Format::Delimited && !is_second(catalog, source, first) {
        String::new()
    } else if format == Format::Delimited {
        format!(" range \"{}\"", first.range())
    } else {
        part(catalog, source, &tables, first, sheet, files.len() > 1)?
    };
    let quotes = |text: &str| text.contains('"');
    (!quotes(&path)).then(|| format!("data {} from \"{path}\"{part}", super::written(name)))
}

/// Whether another source stands on another sheet of the same file with the same columns.
pub(super) fn may_follow(catalog: &Catalog, source: &SourceInfo, other: usize) -> bool {
    let place = |source: &SourceInfo| {
        let [part] = source.parts.as_slice() else { return None };
        let table = catalog.tables.get(part.table)?;
        let sheet = catalog.sheets.get(table.sheet.0 as usize)?;
        (table.name.is_none() && !sheet.name.contains('"')).then_some((table.sheet, sheet.file))
    };
    let columns = |source: &SourceInfo| -> Vec<String> {
        source.columns.iter().map(|column| fold_text(&column.name)).collect()
    };
    let Some(info) = catalog.sources.get(other) else { return false };
    let (Some((own_sheet, own_file)), Some((sheet, file))) = (place(source), place(info)) else {
        return false;
    };
    own_sheet != sheet && own_file == file && columns(source) == columns(info)
}

/// The `data` line that reads the sheet of a source and those of others together.
pub(super) fn sheets_line(
    catalog: &Catalog,
    source: &SourceInfo,
    others: &[usize],
    name: &str,
    folder: &Path,
) -> Option<String> {
    let alone = data_line(catalog, source, name, folder)?;
    let (file, own) = alone.rsplit_once(" sheet ").filter(|_| !others.is_empty())?;
    let mut sheets: Vec<(u32, String)> = others
        .iter()
        .filter_map(|other| catalog.sources.get(*other)?.parts.first())
        .filter_map(|part| catalog.tables.get(part.table))
        .map(|table| (table.sheet.0, format!("\"{}\"", catalog.sheets[table.sheet.0 as usize].name)))
        .collect();
    let first = source.parts.first().and_then(|part| catalog.tables.get(part.table))?;
    sheets.push((first.sheet.0, own.to_owned()));
    sheets.sort_unstable();
    // of a file with no other sheet
    let all = catalog
        .sheets
        .iter()
        .filter(|sheet| Some(sheet.file) == catalog.sheets.get(first.sheet.0 as usize).map(|s| s.file));
    if all.count() == sheets.len() {
        return Some(format!("{file} all sheets"));
    }
    let names: Vec<String> = sheets.into_iter().map(|(_, name)| name).collect();
    Some(format!("{file} sheets {}", names.join(", ")))
}

/// Whether a sheet alone would stand for another of its tables: one of higher rank, or of the same and further up.
fn is_second(catalog: &Catalog, source: &SourceInfo, first: &TableInfo) -> bool {
    catalog.sources.iter().any(|other| {
        let table = other.parts.first().and_then(|part| catalog.tables.get(part.table));
        table.is_some_and(|table| {
            let before = (table.header_rows.0, table.columns.0) < (first.header_rows.0, first.columns.0);
            table.sheet == first.sheet && (other.rank > source.rank || other.rank == source.rank && before)
        })
    })
}

/// The sheet, the sheets, the Excel table or the rectangle.
fn part(
    catalog: &Catalog,
    source: &SourceInfo,
    tables: &[(&TableInfo, &SheetInfo)],
    first: &TableInfo,
    sheet: &SheetInfo,
    several: bool,
) -> Option<String> {
    if tables.iter().any(|(table, sheet)| {
        sheet.name.contains('"') || table.name.as_ref().is_some_and(|name| name.contains('"'))
    }) {
        return None;
    }
    if several {
        let same = tables.iter().all(|(_, other)| other.name == sheet.name);
        return Some(if same { format!(" sheet \"{}\"", sheet.name) } else { String::new() });
    }
    if tables.len() > 1 {
        let names: Vec<String> = tables.iter().map(|(_, sheet)| format!("\"{}\"", sheet.name)).collect();
        return Some(format!(" sheets {}", names.join(", ")));
    }
    if let Some(name) = &first.name {
        return Some(format!(" table \"{name}\""));
    }
    if is_second(catalog, source, first) {
        first.last_row?;
        let range = first.range();
        return Some(format!(" range \"{}{range}\"", crate::cell::sheet_prefix(&sheet.name) + "!"));
    }
    Some(format!(" sheet \"{}\"", sheet.name))
}

/// A path as the goal file in that folder names it.
fn relative(path: &Path, folder: &Path) -> String {
    let own = folder.as_os_str().is_empty() || folder == Path::new(".");
    if own || path.is_absolute() {
        return shown(path);
    }
    if let Ok(inside) = path.strip_prefix(folder) {
        return shown(inside);
    }
    match (std::path::absolute(path), std::path::absolute(folder)) {
        (Ok(path), Ok(folder)) => path.strip_prefix(&folder).map_or_else(|_| shown(&path), shown),
        _ => shown(path),
    }
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The pattern that several files of one folder share, where it matches these alone.
fn pattern(paths: &[&Path], folder: &Path) -> Option<String> {
    let parent = paths.first()?.parent()?;
    if paths.iter().any(|path| path.parent() != Some(parent)) {
        return None;
    }
    let names: Vec<String> =
        paths.iter().filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned())).collect();
    let common = |reverse: bool| -> String {
        let chars = |name: &String| -> Vec<char> {
            if reverse { name.chars().rev().collect() } else { name.chars().collect() }
        };
        let first = chars(&names[0]);
        let length = names.iter().map(|name| {
            let own = chars(name);
            first.iter().zip(&own).take_while(|(a, b)| a == b).count()
        });
        let kept: Vec<char> = first[..length.min().unwrap_or(0)].to_vec();
        if reverse { kept.into_iter().rev().collect() } else { kept.into_iter().collect() }
    };
    let (start, end) = (common(false), common(true));
    let made = format!("{start}*{end}");
    let pattern = glob::Pattern::new(&made).ok()?;
    let beside =
        std::fs::read_dir(if parent.as_os_str().is_empty() { Path::new(".") } else { parent }).ok()?;
    let matched =
        beside.flatten().filter(|entry| pattern.matches(&entry.file_name().to_string_lossy())).count();
    let whole: PathBuf = parent.join(&made);
    (matched == paths.len()).then(|| relative(&whole, folder))
}
