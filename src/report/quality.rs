//! What was read, what was found in it, and which goals it touches.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::cell::SheetId;
use crate::data::{Catalog, Skipped, Table};
use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::report::build::lacks_result;
use crate::report::context::Context;
use crate::report::findings::sentence;
use crate::report::name::{capitalised, clean};
use crate::report::said::{said, show_range};
use crate::report::{Inputs, dates};
use crate::wording::group;

/// How much a finding weighs for the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// It changes a result.
    Changes,
    /// It may.
    May,
    /// It does not.
    None,
}

impl Effect {
    /// Icon and word.
    pub fn text(self) -> &'static str {
        match self {
            Self::Changes => "▲ changes",
            Self::May => "○ may",
            Self::None => "· none",
        }
    }
}

/// A finding in the data or the goal file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QualityRow {
    /// Its weight.
    pub effect: Effect,
    /// `D107`; empty for what is merely counted.
    pub code: String,
    /// What.
    pub what: String,
    /// The first cell, or the line of the goal file.
    pub place: String,
    /// How many.
    pub count: u64,
    /// Numbers of the goals that it touches.
    pub goals: Vec<usize>,
    /// What to do.
    pub remedy: String,
}

/// A source as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceReport {
    /// Its name in the goal language.
    pub name: String,
    /// Its file.
    pub file: String,
    /// Its sheets, in order.
    pub sheets: Vec<String>,
    /// The column that dates its rows.
    pub date_column: Option<String>,
    /// First day with a row.
    pub from: Option<NaiveDate>,
    /// Last day with a row.
    pub to: Option<NaiveDate>,
    /// `912 of 912 days`.
    pub coverage: String,
    /// Rows read.
    pub rows: u64,
    /// Rows and cells left out.
    pub left_out: u64,
    /// Numbers of the goals that read it.
    pub goals: Vec<usize>,
    /// Names of its columns.
    pub columns: Vec<String>,
}

/// The sheet Data quality.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quality {
    /// What it comes to, as the title.
    pub title: String,
    /// What was used, in one sentence.
    pub summary: String,
    /// Findings by effect.
    pub rows: Vec<QualityRow>,
}

/// The sources that are used, in the order of the catalog.
pub(crate) fn sources(inputs: &Inputs<'_>, contexts: &[Context<'_>]) -> Vec<SourceReport> {
    let all = inputs.catalog.sources.iter().enumerate();
    all.filter(|(at, _)| inputs.model.sources.get(*at).is_some_and(|s| s.used))
        .map(|(at, _)| source(at, inputs, contexts))
        .collect()
}

fn source(at: usize, inputs: &Inputs<'_>, contexts: &[Context<'_>]) -> SourceReport {
    let catalog = inputs.catalog;
    let mut report = SourceReport::default();
    let Some(info) = catalog.sources.get(at) else { return report };
    report.name.clone_from(&info.name);
    let sheets: Vec<usize> = info
        .parts
        .iter()
        .filter_map(|part| catalog.tables.get(part.table).map(|t| t.sheet.0 as usize))
        .collect();
    let mut files = Vec::new();
    for sheet in sheets.iter().filter_map(|s| catalog.sheets.get(*s)) {
        if !report.sheets.contains(&sheet.name) {
            report.sheets.push(sheet.name.clone());
        }
        if !files.contains(&sheet.file) {
            files.push(sheet.file);
        }
    }
    let named: Vec<&crate::data::FileInfo> = files.iter().filter_map(|f| catalog.files.get(*f)).collect();
    report.file = named.iter().map(|f| f.name.as_str()).collect::<Vec<_>>().join(", ");
    report.columns = info.columns.iter().map(|c| c.name.clone()).collect();
    let date = inputs.model.sources.get(at).and_then(|s| s.date);
    report.date_column = date.and_then(|c| info.columns.get(c)).map(|c| c.name.clone());
    if let Some(plan) = inputs.plan.sources.get(at).and_then(Option::as_ref) {
        report.from = Some(plan.first);
        report.to = Some(plan.last);
        report.coverage = coverage(plan);
    }
    if let Some(table) = table(inputs, at) {
        report.rows = table.rows as u64;
        report.left_out = table.skipped.iter().filter(|s| is_left_out(s)).map(|s| s.count as u64).sum();
    }
    let reads = |context: &&Context<'_>| context.goal.bound.as_ref().is_some_and(|b| b.sources.contains(&at));
    report.goals = contexts.iter().filter(reads).map(|c| c.number).collect();
    report
}

fn table<'a>(inputs: &Inputs<'a>, at: usize) -> Option<&'a Table> {
    inputs.dataset?.tables.get(at)?.as_ref()
}

/// `912 of 912 days`, `539 of 547 days; gap 3 days at most`, `18 months`.
fn coverage(plan: &crate::bind::SourcePlan) -> String {
    use crate::calendar::Grain;
    let days: Vec<&NaiveDate> = plan.days.iter().filter(|d| **d >= plan.first && **d <= plan.last).collect();
    if plan.grain != Grain::Day {
        return dates::how_many(days.len() as u64, plan.grain);
    }
    let total = (plan.last - plan.first).num_days() + 1;
    let gap = days.windows(2).map(|pair| (*pair[1] - *pair[0]).num_days() - 1).max().unwrap_or(0);
    let head = format!("{} of {} days", group(days.len()), group(total.max(0) as usize));
    if gap > 0 { format!("{head}; gap {gap} day{} at most", if gap == 1 { "" } else { "s" }) } else { head }
}

/// Rows that are no data are not left out of anything; hidden ones are kept.
fn is_left_out(skipped: &Skipped) -> bool {
    !skipped.what.contains("blank") && !skipped.what.contains("hidden") && !skipped.what.contains("kept")
}

/// The findings, by effect.
pub(crate) fn quality(inputs: &Inputs<'_>, contexts: &[Context<'_>], sources: &[SourceReport]) -> Quality {
    let mut touched = Touched::new(contexts);
    let mut rows: Vec<QualityRow> =
        inputs.diagnostics.sorted().into_iter().map(|d| from_diagnostic(d, inputs, &mut touched)).collect();
    let said_of: BTreeSet<String> = rows.iter().map(|r| r.place.clone()).collect();
    for (at, _) in inputs.catalog.sources.iter().enumerate() {
        let Some(table) = table(inputs, at) else { continue };
        for skipped in &table.skipped {
            let row = from_skipped(skipped, at, inputs, contexts);
            if !said_of.contains(&row.place) {
                rows.push(row);
            }
        }
    }
    rows.sort_by_key(|row| row.effect);
    let used: u64 = sources.iter().map(|s| s.rows).sum();
    let left: u64 = sources.iter().map(|s| s.left_out).sum();
    let left_out = if left == 0 {
        "nothing was left out".to_owned()
    } else {
        format!("{} rows or cells were left out and are listed below", group(left as usize))
    };
    let summary = format!("{} rows were read; {left_out}. Nothing was set to zero.", group(used as usize));
    Quality { title: title(&rows), summary, rows }
}

fn number_word(count: usize) -> String {
    let words = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];
    words.get(count).map_or_else(|| count.to_string(), |w| (*w).to_owned())
}

fn title(rows: &[QualityRow]) -> String {
    let count = |effect| rows.iter().filter(|r| r.effect == effect).count();
    let (changes, may) = (count(Effect::Changes), count(Effect::May));
    let goals: BTreeSet<usize> =
        rows.iter().filter(|r| r.effect == Effect::Changes).flat_map(|r| r.goals.iter().copied()).collect();
    let list: Vec<String> = goals.iter().map(usize::to_string).collect();
    let which = match list.len() {
        0 => String::new(),
        1 => format!(" (goal {})", list.join("")),
        2..=8 => format!(" (goals {})", list.join(", ")),
        count => format!(" ({count} goals)"),
    };
    let verb = if changes == 1 { "changes" } else { "change" };
    let noun = if changes == 1 { "finding" } else { "findings" };
    let head = format!("{} {noun} {verb} a result{which}", number_word(changes));
    match (rows.len(), may) {
        (0, _) => "Nothing was found that changes a result".to_owned(),
        (_, 0) => head,
        (_, may) => format!("{head}, {} may", number_word(may).to_lowercase()),
    }
}

fn from_diagnostic(diagnostic: &Diagnostic, inputs: &Inputs<'_>, touched: &mut Touched<'_>) -> QualityRow {
    let said = said(diagnostic, inputs.source, inputs.catalog);
    let file = inputs.source.name.rsplit(['/', '\\']).next().unwrap_or("");
    let cell = match (&said.cells[..], said.line) {
        ([], Some(line)) => format!("{file}, line {line}"),
        ([first], _) => first.clone(),
        ([first, rest @ ..], _) => format!("{first} and {} more", group(rest.len())),
        ([], None) => String::new(),
    };
    let goals = touched.goals(diagnostic, inputs);
    let lacks = touched.lack(&goals);
    let effect = match diagnostic.severity {
        Severity::Error => Effect::Changes,
        Severity::Warning if lacks && !goals.is_empty() && is_about_data(diagnostic) => Effect::Changes,
        Severity::Warning => Effect::May,
        Severity::Note => Effect::None,
    };
    QualityRow {
        effect,
        code: said.code,
        what: sentence(&said.message).trim_end_matches('.').to_owned(),
        place: cell,
        count: said.cells.len().max(1) as u64,
        goals,
        remedy: said.example.map(|e| capitalised(&clean(&e).replace('`', ""))).unwrap_or_default(),
    }
}

fn is_about_data(diagnostic: &Diagnostic) -> bool {
    diagnostic.code.as_str().starts_with('D')
}

/// Which goals a finding touches.
struct Touched<'a> {
    contexts: &'a [Context<'a>],
    by_line: BTreeMap<usize, Vec<usize>>,
    /// By sheet, those asked for so far.
    by_sheet: BTreeMap<SheetId, Vec<usize>>,
}

impl<'a> Touched<'a> {
    fn new(contexts: &'a [Context<'a>]) -> Self {
        let mut by_line: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for context in contexts {
            by_line.entry(context.goal.line).or_default().push(context.number);
        }
        Self { contexts, by_line, by_sheet: BTreeMap::new() }
    }

    /// The numbers of the goals that read the sheet at which a finding points, or stand on its line.
    fn goals(&mut self, diagnostic: &Diagnostic, inputs: &Inputs<'_>) -> Vec<usize> {
        let sheet = match &diagnostic.primary.at {
            Location::Cell(cell) => cell.sheet,
            Location::Cells(range) => range.sheet,
            _ => {
                let line = self.contexts.first().and_then(|any| any.by_line.line(diagnostic, inputs));
                return line.and_then(|line| self.by_line.get(&line)).cloned().unwrap_or_default();
            }
        };
        let contexts = self.contexts;
        let reads = || {
            let reading = contexts.iter().filter(|context| reads_sheet(context, sheet, inputs.catalog));
            reading.map(|context| context.number).collect()
        };
        self.by_sheet.entry(sheet).or_insert_with(reads).clone()
    }

    /// Whether one of these goals has no result.
    fn lack(&self, goals: &[usize]) -> bool {
        let of_number = |number: &usize| self.contexts.binary_search_by_key(number, |c| c.number).ok();
        (goals.iter().filter_map(of_number))
            .any(|at| self.contexts.get(at).is_some_and(|c| lacks_result(c.facts.status)))
    }
}

fn reads_sheet(context: &Context<'_>, sheet: SheetId, catalog: &Catalog) -> bool {
    let Some(bound) = &context.goal.bound else { return false };
    bound.sources.iter().filter_map(|at| catalog.sources.get(*at)).any(|source| {
        source.parts.iter().any(|part| catalog.tables.get(part.table).is_some_and(|t| t.sheet == sheet))
    })
}

fn from_skipped(skipped: &Skipped, at: usize, inputs: &Inputs<'_>, contexts: &[Context<'_>]) -> QualityRow {
    let column =
        skipped.column.and_then(|c| inputs.catalog.sources.get(at)?.columns.get(c)).map(|c| clean(&c.name));
    let what = match &column {
        Some(column) => format!("{} {column}", capitalised(&skipped.what)),
        None => capitalised(&skipped.what),
    };
    let first = skipped.cells.first().map(|c| inputs.catalog.show_cell(*c)).unwrap_or_default();
    let more = skipped.count.saturating_sub(1);
    let place =
        if more > 0 && !first.is_empty() { format!("{first} and {} more", group(more)) } else { first };
    let text = column.is_some();
    let found: Vec<String> = skipped.texts.iter().map(|t| clean(t)).collect();
    let remedy = match (text, found.is_empty()) {
        (true, false) => format!("Correct the cells; they hold {}.", found.join(", ")),
        (true, true) => "Correct the cells.".to_owned(),
        (false, _) => "None.".to_owned(),
    };
    let reads = |context: &&Context<'_>| context.goal.bound.as_ref().is_some_and(|b| b.sources.contains(&at));
    QualityRow {
        effect: if text { Effect::May } else { Effect::None },
        code: String::new(),
        what,
        place,
        count: skipped.count as u64,
        goals: contexts.iter().filter(reads).map(|c| c.number).collect(),
        remedy,
    }
}

/// `Data to 2025-06-30, 141,572 rows; 2 findings in the data change a result.`
pub(crate) fn data_line(as_of: Option<NaiveDate>, sources: &[SourceReport], quality: &Quality) -> String {
    let rows: u64 = sources.iter().map(|s| s.rows).sum();
    let changes = quality.rows.iter().filter(|r| r.effect == Effect::Changes).count();
    let head = match as_of {
        Some(day) => format!("Data to {day}, {}", crate::wording::count(rows as usize, "row")),
        None => format!("Data: {}", crate::wording::count(rows as usize, "row")),
    };
    let tail = match changes {
        0 => "no finding changes a result".to_owned(),
        1 => "1 finding changes a result".to_owned(),
        n => format!("{n} findings change a result"),
    };
    format!("{head}; {tail}.")
}

/// Where the rows of a goal stand.
pub(crate) fn evidence(context: &Context<'_>) -> Vec<String> {
    let inputs = context.inputs;
    let Some(bound) = &context.goal.bound else { return Vec::new() };
    let mut lines = Vec::new();
    for at in &bound.sources {
        let Some(info) = inputs.catalog.sources.get(*at) else { continue };
        for part in &info.parts {
            let Some(table) = inputs.catalog.tables.get(part.table) else { continue };
            let file = inputs
                .catalog
                .sheets
                .get(table.sheet.0 as usize)
                .and_then(|s| inputs.catalog.files.get(s.file));
            let last =
                table.last_row.or_else(|| last_row(inputs, *at, table.sheet)).unwrap_or(table.header_rows.1);
            let range = crate::cell::CellRange {
                sheet: table.sheet,
                first: (table.header_rows.0, table.columns.0),
                last: (last, table.columns.1),
            };
            let place = show_range(range, inputs.catalog);
            let named = match file {
                Some(file) if !place.contains('→') => format!("{}, {place}", file.name),
                _ => place,
            };
            lines.push(named);
        }
    }
    if let Some(rows) = context.facts.rows {
        lines.push(crate::wording::count(rows as usize, "row"));
    }
    lines
}

fn last_row(inputs: &Inputs<'_>, at: usize, sheet: SheetId) -> Option<u32> {
    let table = table(inputs, at)?;
    table
        .runs
        .iter()
        .rfind(|run| run.sheet == sheet)
        .map(|run| run.sheet_row + (run.count as u32).saturating_sub(1))
}
