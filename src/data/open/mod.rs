//! Requests → [`Catalog`]: files opened once, sheets looked at, sources made.

mod ahead;
mod part;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cell::SheetId;
use crate::data::books::{self, OpenBook};
use crate::data::fingerprint::{Fingerprinting, Fingerprints};
use crate::data::reader::Limits;
use crate::data::shape::{self, Category, Shaped};
use crate::data::sources::{self, Part};
use crate::data::tables::{self, SheetContents};
use crate::data::{
    Catalog, Error, FileInfo, Fingerprint, Format, PartRequest, SheetInfo, SheetVerdict, SourceInfo,
    SourceOptions, SourceRequest, across, errors, fold_text, origin, parted,
};
use crate::diagnostic::Diagnostics;

/// Opens the files of all requests and describes what they hold. A request whose file cannot be read does not stop
/// the others: its [`Error`] is in the result.
pub fn open(requests: &[SourceRequest]) -> (Catalog, Diagnostics, Vec<Error>) {
    open_within(requests, Limits::default(), Fingerprinting::WhenAsked)
}

/// The same, within limits of one's own, with fingerprints that are computed while the files are read, if wished.
pub fn open_within(
    requests: &[SourceRequest],
    limits: Limits,
    fingerprints: Fingerprinting,
) -> (Catalog, Diagnostics, Vec<Error>) {
    let mut opening = Opening {
        catalog: Catalog { requests: requests.to_vec(), ..Catalog::default() },
        diagnostics: Diagnostics::new(),
        errors: Vec::new(),
        files: HashMap::new(),
        fingerprints: Fingerprints::new(fingerprints),
        opened: HashMap::new(),
        seen: HashMap::new(),
        looked: HashMap::new(),
        parts: Vec::new(),
        limits,
    };
    opening.look_ahead(requests);
    let mut discovered = Vec::new();
    for (at, request) in requests.iter().enumerate() {
        if request.part == PartRequest::Discover {
            let parts = opening.all_parts(request);
            discovered.push((at, parts));
        } else {
            opening.declared(at, request);
        }
    }
    for (at, parts) in sources::discover(&opening.catalog, &discovered) {
        let request = requests.get(at).cloned().unwrap_or_default();
        opening.add_source(at, &request, &parts);
    }
    opening.categories();
    (opening.catalog, opening.diagnostics, opening.errors)
}

/// A sheet and the header rows stated for it.
type Looked = (SheetId, Option<(u32, u32)>);

/// A path and the decimal mark stated for it.
type FileKey = (PathBuf, Option<char>);

struct Opening {
    catalog: Catalog,
    diagnostics: Diagnostics,
    errors: Vec<Error>,
    /// By path and stated decimal mark: the file, or nothing where it could not be read.
    files: HashMap<FileKey, Option<usize>>,
    /// Files opened ahead, until they are asked for.
    opened: HashMap<FileKey, Result<(Format, OpenBook), Error>>,
    fingerprints: Fingerprints,
    /// By sheet and stated header rows: what was seen on it, until its parts are asked for.
    seen: HashMap<Looked, Result<SheetContents, Error>>,
    /// By sheet and stated header rows: its parts.
    looked: HashMap<Looked, Vec<Part>>,
    /// The parts of each source.
    parts: Vec<Vec<Part>>,
    limits: Limits,
}

impl Opening {
    /// The file of a path, opened once.
    fn file(&mut self, path: &Path, options: &SourceOptions) -> Option<usize> {
        let key = (path.to_owned(), options.decimal);
        if let Some(known) = self.files.get(&key) {
            return *known;
        }
        // the file is read for its fingerprint while it is opened and looked at
        let fingerprint = self.fingerprint(path);
        let ahead = self.opened.remove(&key);
        let opened = ahead
            .unwrap_or_else(|| books::open(path, self.limits, options.decimal))
            .and_then(|(format, book)| Ok((format, book, fingerprint?)));
        let file = match opened {
            Ok((format, book, (size, sha256))) => {
                let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_owned();
                let at = self.catalog.files.len();
                if let OpenBook::Delimited(text) = &book {
                    self.catalog.remarks.push((None, format!("{name}: {}", text.describe())));
                }
                self.catalog.files.push(FileInfo { path: path.to_owned(), name, format, size, sha256 });
                self.add_sheets(at, &book);
                self.catalog.books.0.push(Arc::new(book));
                Some(at)
            }
            Err(error) => {
                self.errors.push(error);
                None
            }
        };
        self.files.insert(key, file);
        file
    }

    fn fingerprint(&mut self, path: &Path) -> Result<(u64, Fingerprint), Error> {
        let known = std::fs::metadata(path).map_err(|error| errors::cannot_open(path, &error))?;
        Ok((known.len(), self.fingerprints.of(path)))
    }

    fn add_sheets(&mut self, file: usize, book: &OpenBook) {
        for (index, sheet) in book.book().sheets().iter().enumerate() {
            let verdict = if sheet.worksheet {
                SheetVerdict::Data
            } else {
                SheetVerdict::Left("chart, dialog or macro sheet".to_owned())
            };
            let (name, hidden) = (sheet.name.clone(), sheet.hidden);
            self.catalog.sheets.push(SheetInfo { file, name, index, hidden, verdict });
        }
    }

    fn sheets_of(&self, file: usize) -> Vec<SheetId> {
        let all = self.catalog.sheets.iter().enumerate();
        all.filter(|(_, sheet)| sheet.file == file).map(|(at, _)| SheetId(at as u32)).collect()
    }

    /// The tables of a sheet, looked for once.
    fn parts(&mut self, id: SheetId, options: &SourceOptions) -> Vec<Part> {
        let key = (id, options.header_rows);
        if let Some(known) = self.looked.get(&key) {
            return known.clone();
        }
        let parts = self.look(id, options);
        self.looked.insert(key, parts.clone());
        parts
    }

    fn look(&mut self, id: SheetId, options: &SourceOptions) -> Vec<Part> {
        let Some(sheet) = self.catalog.sheets.get(id.0 as usize).cloned() else { return Vec::new() };
        if sheet.verdict != SheetVerdict::Data {
            return Vec::new();
        }
        let Some(book) = self.catalog.books.0.get(sheet.file).cloned() else { return Vec::new() };
        let seen = self.seen.remove(&(id, options.header_rows));
        let contents = match seen.unwrap_or_else(|| tables::look(&book, sheet.index, id, options)) {
            Ok(contents) => contents,
            Err(error) => {
                self.errors.push(error);
                SheetContents { left: Some("unreadable".to_owned()), ..SheetContents::default() }
            }
        };
        if sheet.hidden {
            self.catalog.remarks.push((Some(id), "hidden sheet: read like the others".to_owned()));
        }
        self.catalog.remarks.extend(contents.remarks.into_iter().map(|text| (Some(id), text)));
        if let (Some(reason), Some(info)) = (contents.left, self.catalog.sheets.get_mut(id.0 as usize)) {
            info.verdict = SheetVerdict::Left(reason);
        }
        let top = contents.tables.iter().map(|found| found.rank).max().unwrap_or(0);
        let mut taken = false;
        contents
            .tables
            .into_iter()
            .map(|found| {
                self.catalog.tables.push(found.table.clone());
                let main = found.rank == top && !taken;
                taken |= main;
                Part { table: self.catalog.tables.len() - 1, found, main }
            })
            .collect()
    }

    fn all_parts(&mut self, request: &SourceRequest) -> Vec<Part> {
        let mut parts = Vec::new();
        for path in &request.paths {
            let Some(file) = self.file(path, &request.options) else { continue };
            for id in self.sheets_of(file) {
                parts.extend(self.parts(id, &request.options));
            }
        }
        parts
    }

    /// A source of a `data` line: the parts of each of its files, appended.
    fn declared(&mut self, at: usize, request: &SourceRequest) {
        let mut parts = Vec::new();
        for path in &request.paths {
            let Some(file) = self.file(path, &request.options) else { continue };
            let found = match &request.part {
                PartRequest::Discover => Vec::new(),
                PartRequest::Best => self.best(file, request),
                PartRequest::Sheets(names) => self.named_sheets(file, names, request),
                PartRequest::AllSheets => self.all_sheets(file, request),
                PartRequest::Table(name) => self.excel_table(file, name, request).into_iter().collect(),
                PartRequest::Range(text) => self.range(file, text, request).into_iter().collect(),
            };
            parts.extend(found);
        }
        if parts.is_empty() {
            return;
        }
        self.add_source(at, request, &parts);
    }

    /// The source of these parts, in its long form.
    fn add_source(&mut self, at: usize, request: &SourceRequest, parts: &[Part]) {
        let name = request.name.clone().unwrap_or_else(|| sources::name_of(&self.catalog, parts));
        let source = sources::append(at, sources::distinct_name(&self.catalog, &name), parts);
        let Shaped { mut source, remarks, diagnostic } = shape::shaped(&self.catalog, source, parts, request);
        self.catalog.remarks.extend(remarks);
        self.diagnostics.extend(diagnostic.into_iter().collect());
        self.date_by_parts(&mut source, parts);
        origin::add(&self.catalog, &mut source, parts);
        if source.parts.len() > 1 {
            self.diagnostics.extend(errors::other_columns(&self.catalog, request, &source));
        }
        self.catalog.sources.push(source);
        self.parts.push(parts.to_vec());
    }

    /// A year and a month in two columns become a date, where no column of dates stands.
    fn date_by_parts(&mut self, source: &mut SourceInfo, parts: &[Part]) {
        if source.across.is_some() {
            return;
        }
        let dating: Vec<_> = parts.iter().map(|part| part.found.dating).collect();
        let around = |part: &Part| shape::year_around(&self.catalog, part).filter(|year| !year.spans);
        let years: Vec<Option<i32>> = parts.iter().map(|part| around(part).map(|year| year.first)).collect();
        if let Some(remark) = parted::add(source, &dating, &years) {
            self.catalog.remarks.push((parts.first().map(Part::sheet), remark));
        }
    }

    /// Sources with the values of another one's column across become long; that is known only when all are there.
    fn categories(&mut self) {
        let mut known = Vec::new();
        for (at, parts) in self.parts.iter().enumerate() {
            let rows = parts.iter().map(|part| part.found.rows).sum();
            for (name, texts) in parts.iter().flat_map(|part| &part.found.values) {
                known.push(Category { source: at, rows, name: name.clone(), texts: texts.clone() });
            }
        }
        for at in 0..self.catalog.sources.len() {
            let source = &self.catalog.sources[at];
            let Some(request) = self.catalog.requests.get(source.request) else { continue };
            let rows = self.parts[at].iter().map(|part| part.found.rows).sum();
            let Some((category, values)) = shape::categories(source, &request.options, &known, (at, rows))
            else {
                continue;
            };
            let names: Vec<&str> = values.iter().map(|at| source.columns[*at].name.as_str()).collect();
            let text = format!(
                "{} across are values of `{category}`: each cell is a row; `nothing across` keeps the columns",
                crate::wording::list(&names)
            );
            let sheet = self.parts[at].first().map(Part::sheet);
            let long = across::by_names(source, &category, &values, "value");
            self.catalog.sources[at] = long;
            self.catalog.remarks.push((sheet, text));
        }
    }

    /// The likeliest table of a file; sheets named by periods that follow each other are parts of one.
    fn best(&mut self, file: usize, request: &SourceRequest) -> Vec<Part> {
        let mut all = Vec::new();
        for id in self.sheets_of(file) {
            all.extend(self.parts(id, &request.options));
        }
        let Some(top) = best_of(all.clone()) else {
            self.diagnostics.push(errors::no_table_in_file(&self.catalog, file, request));
            return Vec::new();
        };
        let columns = top.folded();
        let best: Vec<Part> = all
            .into_iter()
            .filter(|part| part.found.rank == top.found.rank || part.folded() == columns)
            .collect();
        if best.len() == 1 {
            return best;
        }
        let alike = best.iter().all(|part| part.folded() == columns);
        let follow = |(at, part): (usize, &Part)| {
            best[..at].iter().all(|before| origin::follow_each_other(&self.catalog, before, part))
        };
        if alike && best.iter().enumerate().all(follow) {
            return best;
        }
        let tables: Vec<usize> = best.iter().map(|part| part.table).collect();
        self.diagnostics.push(errors::several_sheets(&self.catalog, &tables, request));
        best.into_iter().take(1).collect()
    }

    fn named_sheets(&mut self, file: usize, names: &[String], request: &SourceRequest) -> Vec<Part> {
        if self.catalog.files.get(file).is_some_and(|file| file.format == Format::Delimited) {
            let parts: Vec<Part> = self.best_quietly(file, request).into_iter().collect();
            self.diagnostics.push(if parts.is_empty() {
                errors::no_table_in_file(&self.catalog, file, request)
            } else {
                errors::without_sheets(&self.catalog, file, names, request)
            });
            return parts;
        }
        let mut parts = Vec::new();
        for name in names {
            let ids: Vec<SheetId> =
                self.sheets_of(file).into_iter().filter(|id| self.is_named(*id, name)).collect();
            if ids.is_empty() {
                self.diagnostics.push(errors::no_such_sheet(&self.catalog, file, name, request));
            }
            for id in ids {
                let found = self.parts(id, &request.options);
                match best_of(found) {
                    Some(part) => parts.push(part),
                    None => self.diagnostics.push(errors::no_table_on_sheet(&self.catalog, id, request)),
                }
            }
        }
        parts
    }

    fn is_named(&self, id: SheetId, pattern: &str) -> bool {
        let Some(sheet) = self.catalog.sheets.get(id.0 as usize) else { return false };
        let (name, pattern) = (fold_text(&sheet.name), fold_text(pattern));
        name == pattern
            || pattern.contains(['*', '?'])
                && glob::Pattern::new(&pattern).is_ok_and(|pattern| pattern.matches(&name))
    }

    /// The sheets that hold the same columns as the best one, mostly.
    fn all_sheets(&mut self, file: usize, request: &SourceRequest) -> Vec<Part> {
        let mut candidates = Vec::new();
        for id in self.sheets_of(file) {
            candidates.extend(best_of(self.parts(id, &request.options)));
        }
        let names = |part: &Part| -> Vec<String> {
            part.found.columns.iter().map(|column| fold_text(&column.name)).collect()
        };
        let Some(model) = best_of(candidates.clone()).map(|part| names(&part)) else {
            self.diagnostics.push(errors::no_table_in_file(&self.catalog, file, request));
            return Vec::new();
        };
        candidates
            .into_iter()
            .filter(|part| {
                let own = names(part);
                own.iter().filter(|name| model.contains(name)).count() * 2 >= own.len().max(model.len())
            })
            .collect()
    }
}

/// The table of highest rank, the first of equals.
fn best_of(parts: Vec<Part>) -> Option<Part> {
    let top = parts.iter().map(|part| part.found.rank).max()?;
    parts.into_iter().find(|part| part.found.rank == top)
}
