//! The state of resolving one program: what is bound so far, and how names find their source.

use std::collections::{BTreeSet, HashMap};

use crate::data::{Catalog, Kind, SheetVerdict};
use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::source::{Source, Span, Spanned};
use crate::syntax::{
    ColumnStatement, DataStatement, MetricStatement, Name, Program, SegmentStatement, Statement,
};

use super::errors;
use super::failure::{Bound, Failure};
use super::model::{MetricId, Model, SourceModel};
use super::scope::{Match, Names};

/// How far a statement that others depend on has come.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum State<T> {
    Fresh,
    Open,
    Done(T),
    Failed,
}

#[derive(Debug)]
pub(super) struct Entry<'a, S, T> {
    pub(super) statement: &'a S,
    /// Its name as it is compared.
    pub(super) folded: String,
    pub(super) span: Span,
    pub(super) state: State<T>,
}

pub(super) struct Resolver<'a> {
    pub(super) program: &'a Program,
    pub(super) text: &'a Source,
    pub(super) catalog: &'a Catalog,
    pub(super) model: Model,
    pub(super) diagnostics: Diagnostics,
    /// Some file asked for cannot be read, which is said where it was opened: names may stand in it.
    pub(super) unreadable: bool,
    /// Sources named by `data` lines, rather than found on the command line.
    pub(super) declared: bool,
    /// Per source the names of its columns: the sheet's, then computed ones as they are bound.
    pub(super) columns: Vec<Names>,
    pub(super) source_names: Names,
    pub(super) segment_names: Names,
    pub(super) segments: Vec<(&'a SegmentStatement, Span)>,
    pub(super) metric_names: Names,
    pub(super) metrics: Vec<Entry<'a, MetricStatement, MetricId>>,
    pub(super) computed: Vec<Entry<'a, ColumnStatement, (usize, usize)>>,
    /// Indices in `computed` by folded name.
    pub(super) computed_by_name: HashMap<String, Vec<usize>>,
    /// Names that lines which were not understood would have declared: what needs them is invalid, and said there.
    pub(super) broken: BTreeSet<String>,
    /// Names of what is being bound, for cycles.
    pub(super) stack: Vec<String>,
    /// Sources whose choice is said already.
    pub(super) said: BTreeSet<usize>,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(program: &'a Program, text: &'a Source, catalog: &'a Catalog) -> Self {
        let language = program.language;
        let columns = catalog
            .sources
            .iter()
            .map(|source| {
                let mut names = Names::new(source.columns.iter().map(|c| c.name.as_str()), language);
                for (at, column) in source.columns.iter().enumerate() {
                    column.part.iter().for_each(|part| names.alias(part, at));
                }
                names
            })
            .collect();
        let model = Model {
            language,
            declared: program.declared.as_ref().map(|d| d.node),
            calendar: program.calendar.clone(),
            sources: catalog
                .sources
                .iter()
                .map(|source| SourceModel {
                    name: source.name.clone(),
                    columns: source.columns.iter().map(|c| c.name.clone()).collect(),
                    span: catalog.requests.get(source.request).and_then(|r| r.span),
                    ..SourceModel::default()
                })
                .collect(),
            ..Model::default()
        };
        let mut resolver = Self {
            program,
            text,
            catalog,
            model,
            diagnostics: Diagnostics::new(),
            unreadable: is_unreadable(catalog) || names_other_data(program),
            declared: program.statements.iter().any(|s| matches!(s.node, Statement::Data(_))),
            columns,
            source_names: Names::new(catalog.sources.iter().map(|s| s.name.as_str()), language),
            segment_names: Names::new([], language),
            segments: Vec::new(),
            metric_names: Names::new([], language),
            metrics: Vec::new(),
            computed: Vec::new(),
            computed_by_name: HashMap::new(),
            broken: BTreeSet::new(),
            stack: Vec::new(),
            said: BTreeSet::new(),
        };
        resolver.collect();
        resolver
    }

    /// Gathers the declarations, so that order of statements does not matter.
    fn collect(&mut self) {
        let program: &'a Program = self.program;
        for statement in &program.statements {
            match &statement.node {
                Statement::Metric(metric) => {
                    if let Some(first) = self.metric_names.one_exact(&metric.name.text) {
                        let first = Location::Text(self.metrics[first].statement.name.span);
                        self.say(errors::defined_twice(metric.name.span, "metric", &metric.name.text, first));
                        continue;
                    }
                    self.metric_names.add(&metric.name.text);
                    self.metrics.push(Entry {
                        statement: metric,
                        folded: crate::names::fold(&metric.name.text),
                        span: statement.span,
                        state: State::Fresh,
                    });
                }
                Statement::Segment(segment) => {
                    if let Some(first) = self.segment_names.one_exact(&segment.name.text) {
                        let first = Location::Text(self.segments[first].0.name.span);
                        self.say(errors::defined_twice(
                            segment.name.span,
                            "segment",
                            &segment.name.text,
                            first,
                        ));
                        continue;
                    }
                    self.segment_names.add(&segment.name.text);
                    self.segments.push((segment, statement.span));
                }
                Statement::Column(column) => {
                    let folded = crate::names::fold(&column.name.text);
                    self.computed_by_name.entry(folded.clone()).or_default().push(self.computed.len());
                    self.computed.push(Entry {
                        statement: column,
                        folded,
                        span: statement.span,
                        state: State::Fresh,
                    });
                }
                Statement::Invalid(invalid) if !invalid.is_goal => {
                    self.broken.extend(declared_name(&invalid.text).map(|name| crate::names::fold(&name)));
                }
                _ => {}
            }
        }
    }

    /// Whether a line that was not understood would have declared this name.
    pub(super) fn is_broken(&self, name: &str) -> bool {
        self.broken.contains(&crate::names::fold(name))
    }

    pub(super) fn say(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Says what a failure has to say; afterwards it is said.
    pub(super) fn settle<T>(&mut self, bound: Bound<T>) -> Option<T> {
        match bound {
            Ok(value) => Some(value),
            Err(Failure::Say(diagnostic)) => {
                self.diagnostics.push(*diagnostic);
                None
            }
            Err(Failure::Said) => None,
        }
    }

    /// The name of a source as messages show it.
    pub(super) fn source_shown(&self, source: usize) -> String {
        self.model.sources.get(source).map_or_else(String::new, |s| s.name.clone())
    }

    /// All metric names.
    pub(super) fn all_metrics(&self) -> Vec<&str> {
        self.metric_names.all().collect()
    }

    /// All column names of all sources, each once.
    pub(super) fn all_columns(&self) -> Vec<&str> {
        let mut seen = BTreeSet::new();
        self.columns.iter().flat_map(Names::all).filter(|name| seen.insert(*name)).collect()
    }

    /// The source that a qualifier names.
    pub(super) fn source_named(&self, name: &str, span: Span) -> Bound<usize> {
        let sheets = || {
            let found: Vec<usize> = (0..self.catalog.sources.len())
                .filter(|source| crate::names::same(&self.sheet_of(*source), name))
                .collect();
            if let [one] = found.as_slice() { Some(*one) } else { None }
        };
        match self.source_names.find(name) {
            Match::One { at, .. } => Ok(at),
            Match::None | Match::Many(_) => sheets().ok_or_else(|| {
                if self.named_in_file(name) {
                    return Failure::Said;
                }
                let known: Vec<String> = self.source_names.all().map(str::to_owned).collect();
                errors::unknown_source(span, name, &known).into()
            }),
        }
    }

    /// Whether a `data` line gives this name to a source that could not be opened (which is said already).
    fn named_in_file(&self, name: &str) -> bool {
        self.data_statements()
            .any(|(_, data)| data.name.as_ref().is_some_and(|n| crate::names::same(&n.text, name)))
    }

    /// The `data` lines, in order: the n-th is the n-th request.
    pub(super) fn data_statements(&self) -> impl Iterator<Item = (Span, &'a DataStatement)> + use<'a> {
        let program: &'a Program = self.program;
        program.statements.iter().filter_map(|Spanned { node, span }| match node {
            Statement::Data(data) => Some((*span, &**data)),
            _ => None,
        })
    }

    /// The table of a source's first part.
    fn table_of(&self, source: usize) -> Option<&'a crate::data::TableInfo> {
        let part = self.catalog.sources.get(source)?.parts.first()?;
        self.catalog.tables.get(part.table)
    }

    /// The sheet of a source's first part.
    pub(super) fn sheet_of(&self, source: usize) -> String {
        let table = self.catalog.sources.get(source).and_then(|s| s.parts.first()).map(|p| p.table);
        let sheet = table.and_then(|t| self.catalog.tables.get(t)).map(|t| t.sheet.0 as usize);
        sheet.and_then(|s| self.catalog.sheets.get(s)).map_or_else(String::new, |s| s.name.clone())
    }

    /// Whether a computed column of this name was refused.
    fn has_failed(&self, name: &str) -> bool {
        let entries = self.computed_by_name.get(&crate::names::fold(name)).into_iter().flatten();
        entries.filter_map(|at| self.computed.get(*at)).any(|entry| entry.state == State::Failed)
    }

    /// Where a column of a source stands among its columns.
    pub(super) fn column_in(&self, source: usize, name: &Name) -> Bound<Option<usize>> {
        let Some(names) = self.columns.get(source) else { return Ok(None) };
        match names.find(&name.text) {
            Match::None => {
                let said = self.has_failed(&name.text) || self.is_broken(&name.text);
                if said { Err(Failure::Said) } else { Ok(None) }
            }
            Match::One { at, .. } => Ok(Some(at)),
            Match::Many(found) => {
                let shown: Vec<String> = found
                    .iter()
                    .filter_map(|at| {
                        let info = self.catalog.sources.get(source)?.columns.get(*at);
                        let name = self.model.sources[source].columns.get(*at)?;
                        Some(info.map_or_else(
                            || format!("`{name}`"),
                            |info| format!("`{name}` ({})", self.catalog.show_cell(info.header)),
                        ))
                    })
                    .collect();
                Err(errors::ambiguous_column(name.span, &name.text, &self.source_shown(source), &shown)
                    .into())
            }
        }
    }

    /// The one source that has every column named; `fallback` where no name is given.
    pub(super) fn source_of(
        &mut self,
        names: &[&Name],
        whole: Span,
        fallback: Option<usize>,
    ) -> Bound<usize> {
        if self.catalog.sources.is_empty() {
            return Err(self.no_data(whole));
        }
        if let Some(qualified) = names.iter().find(|n| n.source.is_some()) {
            let source = qualified.source.clone().unwrap_or_default();
            return self.source_named(&source, qualified.span);
        }
        if names.is_empty() {
            return match (fallback, self.catalog.sources.len()) {
                (Some(source), _) => Ok(source),
                (None, 1) => Ok(0),
                (None, _) => {
                    self.choose(&(0..self.catalog.sources.len()).collect::<Vec<_>>(), "count()", whole)
                }
            };
        }
        let holds = |source: usize| {
            let mut inflected = false;
            for name in names {
                match self.columns[source].find(&name.text) {
                    Match::None => return None,
                    Match::One { inflected: form, .. } => inflected |= form,
                    Match::Many(_) => {}
                }
            }
            Some(inflected)
        };
        let found: Vec<(usize, bool)> =
            (0..self.columns.len()).filter_map(|source| Some((source, holds(source)?))).collect();
        let exact: Vec<usize> = found.iter().filter(|(_, inflected)| !inflected).map(|(s, _)| *s).collect();
        let candidates = if exact.is_empty() { found.iter().map(|(s, _)| *s).collect() } else { exact };
        match candidates.as_slice() {
            [] => Err(self.no_source_has(names, whole)),
            [one] => Ok(*one),
            several => {
                if let Some(source) = fallback.filter(|f| several.contains(f)) {
                    return Ok(source);
                }
                let shown = names.first().map_or("", |n| n.text.as_str()).to_owned();
                self.choose(several, &shown, names.first().map_or(whole, |n| n.span))
            }
        }
    }

    /// There is no source at all: said once.
    pub(super) fn no_data(&mut self, span: Span) -> Failure {
        if self.unreadable || !self.said.insert(NO_DATA) {
            return Failure::Said;
        }
        if self.catalog.files.is_empty() {
            return errors::no_data(span).into();
        }
        let left: Vec<String> = self
            .catalog
            .sheets
            .iter()
            .filter_map(|sheet| match &sheet.verdict {
                SheetVerdict::Left(reason) => Some(format!("sheet `{}`: {reason}", sheet.name)),
                SheetVerdict::Data => None,
            })
            .collect();
        let files: Vec<String> = self.catalog.files.iter().map(|f| f.name.clone()).collect();
        errors::no_table(span, &files, &left).into()
    }

    fn no_source_has(&self, names: &[&Name], whole: Span) -> Failure {
        let somewhere = |name: &Name| self.columns.iter().any(|c| c.find(&name.text) != Match::None);
        match names.iter().find(|name| !somewhere(name)) {
            Some(name) => {
                if self.has_failed(&name.text) || self.unreadable || self.is_broken(&name.text) {
                    return Failure::Said;
                }
                let place = match self.model.sources.as_slice() {
                    [one] => format!("`{}`", one.name),
                    _ => "the sources".to_owned(),
                };
                errors::unknown_column(name.span, &name.text, &place, &self.all_columns()).into()
            }
            None => {
                let shown: Vec<String> = names.iter().map(|n| n.text.clone()).collect();
                errors::no_common_source(whole, &shown).into()
            }
        }
    }

    /// One of several sources that fit; what `data` lines name is never guessed.
    pub(super) fn choose(&mut self, several: &[usize], name: &str, span: Span) -> Bound<usize> {
        if self.declared {
            let places: Vec<String> =
                several.iter().map(|s| format!("{}.{name}", self.source_shown(*s))).collect();
            return Err(errors::ambiguous_source(span, name, &places).into());
        }
        let dated: Vec<usize> = several.iter().copied().filter(|s| self.has_date(*s)).collect();
        let fitting = if dated.is_empty() { several.to_vec() } else { dated };
        let best = fitting.iter().map(|s| self.catalog.sources[*s].rank).max().unwrap_or(0);
        let best: Vec<usize> =
            fitting.into_iter().filter(|s| self.catalog.sources[*s].rank == best).collect();
        let Some(first) = best.first().copied() else { return Err(Failure::Said) };
        if best.len() == 1 {
            return Ok(first);
        }
        if best.iter().all(|s| self.same_columns(first, *s)) {
            if self.said.insert(NO_DATA - 1 - first) {
                let others: Vec<String> = best[1..].iter().map(|s| self.sheet_of(*s)).collect();
                let taken = self.sheet_of(first);
                self.say(errors::same_header(Location::Nowhere, &taken, &others));
            }
            return Ok(first);
        }
        let sheets: Vec<(String, String)> = best
            .iter()
            .map(|s| {
                let sheet = self.sheet_of(*s);
                let file = self.file_of(*s);
                // tables of one sheet are told apart by their place
                let beside = best.iter().any(|other| {
                    other != s && self.table_of(*other).map(|t| t.sheet) == self.table_of(*s).map(|t| t.sheet)
                });
                match self.table_of(*s).filter(|_| beside) {
                    Some(table) => {
                        let place = format!("{}!{}", crate::cell::sheet_prefix(&sheet), table.range());
                        let line = format!("data from \"{file}\" range \"{place}\"");
                        (place, line)
                    }
                    None => (sheet.clone(), format!("data from \"{file}\" sheet \"{sheet}\"")),
                }
            })
            .collect();
        Err(errors::ambiguous_sheet(span, name, &sheets).into())
    }

    fn same_columns(&self, a: usize, b: usize) -> bool {
        let names = |s: usize| {
            self.catalog.sources[s].columns.iter().map(|c| crate::names::fold(&c.name)).collect::<Vec<_>>()
        };
        names(a) == names(b)
    }

    /// Whether some column of a source looks like dates.
    pub(super) fn has_date(&self, source: usize) -> bool {
        self.catalog.sources[source].columns.iter().any(|c| c.kind == Kind::Date)
    }

    /// The file of a source's first part.
    pub(super) fn file_of(&self, source: usize) -> String {
        let table = self.catalog.sources.get(source).and_then(|s| s.parts.first()).map(|p| p.table);
        let sheet = table.and_then(|t| self.catalog.tables.get(t)).map(|t| t.sheet.0 as usize);
        let file = sheet.and_then(|s| self.catalog.sheets.get(s)).map(|s| s.file);
        file.and_then(|f| self.catalog.files.get(f)).map_or_else(String::new, |f| f.name.clone())
    }

    /// Where a source is declared, for messages about it.
    pub(super) fn source_place(&self, source: usize) -> Location {
        match self.model.sources.get(source).and_then(|s| s.span) {
            Some(span) => Location::Text(span),
            None => Location::Nowhere,
        }
    }
}

/// Marks in [`Resolver::said`] that the want of any data is said.
const NO_DATA: usize = usize::MAX;

fn is_unreadable(catalog: &Catalog) -> bool {
    let asked = catalog.requests.iter().flat_map(|r| &r.paths);
    asked.into_iter().any(|path| !catalog.files.iter().any(|file| file.path == *path))
}

/// Whether a `data` line was not understood: what it names is missing, and said.
fn names_other_data(program: &Program) -> bool {
    program.statements.iter().any(|statement| match &statement.node {
        Statement::Invalid(invalid) => crate::syntax::names_data(&invalid.text, program.language),
        _ => false,
    })
}

/// `NAME` of a line such as `metric NAME = …` that was not understood.
fn declared_name(text: &str) -> Option<String> {
    let (before, _) = text.split_once('=')?;
    let (_keyword, name) = before.trim().split_once(char::is_whitespace)?;
    let name = name.split(" in ").next().unwrap_or(name).trim();
    (!name.is_empty()).then(|| name.to_owned())
}
