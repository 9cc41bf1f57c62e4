//! Tables found → sources that goals can name: appended where files hold the same columns, named after sheet or file.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use crate::cell::SheetId;
use crate::data::tables::Found;
use crate::data::{Catalog, ColumnInfo, Kind, PartInfo, SourceInfo, across, fold_text, origin};

/// A table of the catalog with what was found in it.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// Index in [`Catalog::tables`].
    pub(crate) table: usize,
    /// What was found.
    pub(crate) found: Found,
    /// The likeliest table of its sheet.
    pub(crate) main: bool,
}

impl Part {
    /// Its sheet.
    pub(crate) fn sheet(&self) -> SheetId {
        self.found.table.sheet
    }

    /// The folded names of its columns; those of periods across stand for their kind alone, as files of other periods
    /// have others.
    pub(crate) fn folded(&self) -> Vec<String> {
        let across = across::detect(&self.found.columns, None);
        let heading = |at: usize| {
            let columns = &across.as_ref()?.columns;
            columns.iter().find(|(column, _)| *column == at).map(|(_, heading)| heading)
        };
        let mut names: Vec<String> = Vec::new();
        for (at, column) in self.found.columns.iter().enumerate() {
            let name = match heading(at) {
                Some(heading) => format!("\u{0}{:?} {}", heading.grain, fold_text(&heading.rest)),
                None => fold_text(&column.name),
            };
            if heading(at).is_none() || !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}

/// One source of these parts, appended; columns are matched by name.
pub(crate) fn append(request: usize, name: String, parts: &[Part]) -> SourceInfo {
    let mut columns: Vec<ColumnInfo> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut infos: Vec<PartInfo> = Vec::new();
    for part in parts {
        let mut places = vec![None; columns.len()];
        for (at, column) in part.found.columns.iter().enumerate() {
            let sheet_column = part.found.table.columns.0 + at as u32;
            match known.entry(fold_text(&column.name)) {
                Entry::Occupied(found) => {
                    places[*found.get()] = Some(sheet_column);
                    merge_kind(&mut columns[*found.get()], column);
                }
                Entry::Vacant(free) => {
                    free.insert(columns.len());
                    columns.push(column.clone());
                    places.push(Some(sheet_column));
                }
            }
        }
        infos.push(PartInfo {
            table: part.table,
            columns: places,
            fixed: Vec::new(),
            across: Vec::new(),
            parted: None,
            metric_rows: Vec::new(),
            first_column: part.found.table.columns.0,
        });
    }
    for info in &mut infos {
        info.columns.resize(columns.len(), None);
    }
    let rank = parts.iter().map(|part| part.found.rank).max().unwrap_or(0);
    let currency_column = parts.first().and_then(|part| part.found.currency);
    SourceInfo { name, request, parts: infos, columns, rank, across: None, currency_column }
}

fn merge_kind(known: &mut ColumnInfo, other: &ColumnInfo) {
    if known.kind == Kind::Empty {
        known.kind = other.kind;
        known.shape.clone_from(&other.shape);
        known.sample.clone_from(&other.sample);
    }
}

/// Every table by itself; tables of different files with the same columns belong together, and so do sheets of one
/// file whose names are periods.
pub(crate) fn discover(catalog: &Catalog, requests: &[(usize, Vec<Part>)]) -> Vec<(usize, Vec<Part>)> {
    let mut groups: Vec<(usize, Vec<Part>)> = Vec::new();
    for (request, parts) in requests {
        for part in parts {
            let file = file_of(catalog, part);
            let joined = groups
                .iter()
                .enumerate()
                .filter(|(_, (_, group))| {
                    group.iter().all(|other| {
                        file_of(catalog, other) != file || origin::follow_each_other(catalog, other, part)
                    }) && group.first().is_some_and(|first| first.folded() == part.folded())
                })
                // the sheet of the same name where a file has several that fit
                .max_by_key(|(at, (_, group))| {
                    let same = group.first().is_some_and(|first| same_sheet_name(catalog, first, part));
                    (same, std::cmp::Reverse(*at))
                })
                .map(|(at, _)| at);
            match joined {
                Some(at) => groups[at].1.push(part.clone()),
                None => groups.push((*request, vec![part.clone()])),
            }
        }
    }
    groups
}

fn file_of(catalog: &Catalog, part: &Part) -> Option<usize> {
    catalog.sheets.get(part.sheet().0 as usize).map(|sheet| sheet.file)
}

fn same_sheet_name(catalog: &Catalog, a: &Part, b: &Part) -> bool {
    let name = |part: &Part| catalog.sheets.get(part.sheet().0 as usize).map(|sheet| fold_text(&sheet.name));
    name(a) == name(b)
}

/// The name of a source that was given none: its Excel table or title where the sheet holds several, its sheet, or
/// its file where the sheet's name says nothing.
pub(crate) fn name_of(catalog: &Catalog, parts: &[Part]) -> String {
    let Some(first) = parts.first() else { return "data".to_owned() };
    let Some(sheet) = catalog.sheets.get(first.sheet().0 as usize) else { return "data".to_owned() };
    let on_sheet = catalog.tables.iter().filter(|table| table.sheet == first.sheet()).count();
    // the sheet's own name belongs to the table of it that most likely is meant
    if on_sheet > 1 && !first.main {
        let title = first.found.title.clone().filter(|title| title.chars().count() <= 40);
        if let Some(name) = first.found.table.name.clone().or(title) {
            return name;
        }
    }
    let file = catalog.files.get(sheet.file).map(|file| stem(&file.name));
    let one_file = parts.iter().all(|part| file_of(catalog, part) == Some(sheet.file));
    match file {
        Some(file) if parts.len() > 1 && one_file => file,
        Some(file) if is_generic(&sheet.name) || parts.len() > 1 && !same_names(catalog, parts) => {
            common_stem(catalog, parts).unwrap_or(file)
        }
        _ => sheet.name.clone(),
    }
}

fn same_names(catalog: &Catalog, parts: &[Part]) -> bool {
    parts.windows(2).all(|pair| same_sheet_name(catalog, &pair[0], &pair[1]))
}

/// What the names of several files begin with: `sales` of `sales_2023.xlsx` and `sales_2024.xlsx`.
fn common_stem(catalog: &Catalog, parts: &[Part]) -> Option<String> {
    if parts.len() < 2 {
        return None;
    }
    let mut names = parts.iter().filter_map(|part| {
        let file = file_of(catalog, part)?;
        catalog.files.get(file).map(|file| stem(&file.name))
    });
    let mut common = names.next()?;
    for name in names {
        let same = common.chars().zip(name.chars()).take_while(|(a, b)| a == b).count();
        common = common.chars().take(same).collect();
    }
    let bare = common.trim_end_matches(|c: char| !c.is_alphabetic());
    (bare.chars().count() >= 3).then(|| bare.to_owned())
}

fn stem(name: &str) -> String {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

/// `Sheet1`, `Blad2`: the name that a program gives.
fn is_generic(name: &str) -> bool {
    let bare = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    let words = [
        "sheet",
        "tabelle",
        "blad",
        "ark",
        "feuil",
        "feuille",
        "hoja",
        "planilha",
        "folha",
        "foglio",
        "taul",
        "arkusz",
        "munkalap",
        "list",
        "worksheet",
        "tabellenblatt",
    ];
    words.contains(&bare.to_lowercase().as_str())
}

/// The name, with a number where another source has it.
pub(crate) fn distinct_name(catalog: &Catalog, name: &str) -> String {
    let taken: BTreeSet<String> = catalog.sources.iter().map(|source| fold_text(&source.name)).collect();
    if !taken.contains(&fold_text(name)) {
        return name.to_owned();
    }
    (2..=catalog.sources.len() + 2)
        .map(|number| format!("{name} {number}"))
        .find(|candidate| !taken.contains(&fold_text(candidate)))
        .unwrap_or_else(|| name.to_owned())
}
