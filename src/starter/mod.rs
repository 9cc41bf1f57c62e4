//! [`Catalog`] and [`Dataset`] → a goal file to start from: the likeliest source with the clauses its shape needs,
//! metrics over it, goals that say what they would measure.
//!
//! `inspect` shows its first lines, `init` the whole of it.

mod choose;
mod place;

use std::fmt::Write as _;
use std::path::Path;

use chrono::{Datelike as _, NaiveDate};

use crate::data::{Catalog, Dataset, Kind, NumberShape, SourceInfo, Table};

/// A goal file to start from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Starter {
    /// What it is over.
    pub title: String,
    /// The `data` lines with their clauses; none where the files are to be named on the command line.
    pub data: Vec<String>,
    /// Its metrics.
    pub metrics: Vec<Statement>,
    /// Its goals.
    pub goals: Vec<Statement>,
    /// What is to be said besides.
    pub remarks: Vec<String>,
}

/// A line with the comment that stands above it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Why it is there; may be empty.
    pub comment: String,
    /// The line.
    pub line: String,
}

/// How the starter is to be written.
#[derive(Debug, Clone, Copy)]
pub struct Manner<'a> {
    /// The folder that paths are relative to.
    pub folder: &'a Path,
    /// Metrics are called after their columns; else `total`.
    pub own_names: bool,
}

/// The starter over what the files hold; `None` where they hold no table.
pub fn starter(catalog: &Catalog, dataset: &Dataset, manner: Manner<'_>) -> Option<Starter> {
    let at = choose::best(catalog, dataset)?;
    let source = catalog.sources.get(at)?;
    let table = dataset.tables.get(at).and_then(Option::as_ref);
    let name = choose::source_name(source);
    let mut made = Starter { title: source.name.clone(), ..Starter::default() };
    match place::data_line(catalog, source, &name, manner.folder) {
        Some(line) => {
            made.data.push(line);
            made.data.extend(clauses(source));
        }
        None => made.remarks.push("name the files on the command line: goalsheet run GOALS FILE…".to_owned()),
    }
    made.remarks.extend(decisions(catalog, source));
    let measures = |source: &SourceInfo| source.columns.iter().any(|column| column.kind == Kind::Number);
    let alike: Vec<usize> =
        (0..catalog.sources.len()).filter(|other| place::may_follow(catalog, source, *other)).collect();
    if let Some(line) = place::sheets_line(catalog, source, &alike, &name, manner.folder) {
        made.remarks.push(format!(
            "these sheets have the same columns: {line}\n// reads them together, with the column `sheet`"
        ));
    }
    let others = catalog
        .sources
        .iter()
        .enumerate()
        .filter(|(other, info)| *other != at && !alike.contains(other) && measures(info));
    for (_, other) in others.take(5) {
        if let Some(line) = place::data_line(catalog, other, &choose::source_name(other), manner.folder) {
            made.remarks.push(format!("there is also: {line}"));
        }
    }
    if let Some(clause) = without_year(catalog, source) {
        made.data.push(format!("    // {clause}"));
        let left = |line: &str| Statement { comment: String::new(), line: format!("// {line}") };
        made.metrics.push(left("metric total = sum(value)"));
        made.goals.push(left("increase total by 10% in 2025"));
        return Some(made);
    }
    let amounts = choose::amounts(source, table);
    let metrics = choose::metrics(source, &amounts, manner.own_names);
    made.metrics.extend(metrics.iter().map(|metric| Statement {
        comment: String::new(),
        line: format!("metric {} = sum({})", metric.name, written(&metric.column)),
    }));
    if let (Some(count), Some(first)) = (choose::counted(source, table), metrics.first()) {
        let line = format!("metric {} = count distinct({})", count.name, written(&count.column));
        made.metrics.push(Statement { comment: String::new(), line });
        let line =
            format!("metric {} each = {} / {}", first.name, written(&first.name), written(&count.name));
        let comment = "a ratio is measured anew for every month and segment".to_owned();
        made.metrics.push(Statement { comment, line });
    }
    if metrics.is_empty() {
        made.metrics.push(Statement { comment: String::new(), line: "metric rows = count()".to_owned() });
    }
    goals(&mut made, source, table, &metrics, &amounts);
    Some(made)
}

/// What was decided of the shape of the source's sheets.
fn decisions(catalog: &Catalog, source: &SourceInfo) -> Vec<String> {
    let sheet = source.parts.first().and_then(|part| catalog.tables.get(part.table)).map(|table| table.sheet);
    let about = |text: &str| text.contains(" across ") || text.contains("date the rows");
    let remarks = catalog.remarks.iter().filter(|(of, text)| of.is_some() && *of == sheet && about(text));
    remarks.map(|(_, text)| text.clone()).collect()
}

/// The clause that says the year, where parts of a year stand across and nothing names it.
fn without_year(catalog: &Catalog, source: &SourceInfo) -> Option<String> {
    let asks = "` says which";
    let text = decisions(catalog, source).into_iter().find(|text| text.ends_with(asks))?;
    Some(text.trim_end_matches(asks).rsplit_once('`')?.1.to_owned())
}

/// The clauses that the shape of the source needs, or that say what was decided.
fn clauses(source: &SourceInfo) -> Vec<String> {
    let date = source.columns.iter().find(|column| column.kind == Kind::Date);
    date.map(|date| format!("    dates in {}", written(&date.name))).into_iter().collect()
}

/// Goals over the last year of the data: against the year before where there is one, else to a level.
fn goals(
    made: &mut Starter,
    source: &SourceInfo,
    table: Option<&Table>,
    metrics: &[choose::Metric],
    amounts: &[usize],
) {
    let Some((first, last)) = choose::days(source, table) else {
        made.remarks.push(
            "no column of dates was found, and a goal needs one: `dates in COLUMN` names it".to_owned(),
        );
        return;
    };
    let year = last.year();
    if metrics.is_empty() {
        made.goals
            .push(Statement { comment: String::new(), line: format!("- increase rows by 10% in {year}") });
        return;
    }
    for (number, (metric, column)) in metrics.iter().zip(amounts).enumerate() {
        let name = &metric.name;
        let total = |of: i32| choose::total(source, table, *column, of);
        let goal = if first.year() < year {
            let before = total(year - 1).map(|value| shown(value, &source.columns[*column].shape));
            let comment = match before {
                Some(before) if number == 0 => format!("{name} was {before} in {}", year - 1),
                _ => String::new(),
            };
            let verb = if choose::is_spent(name) { "decrease" } else { "increase" };
            Statement { comment, line: format!("- {verb} {name} by 10% in {year}") }
        } else {
            let level = choose::rounded(total(year).unwrap_or(0.0) * 1.1);
            let comment = if number == 0 { said(first, last) } else { String::new() };
            Statement { comment, line: format!("- get {name} to {level} in {year}") }
        };
        made.goals.push(goal);
    }
    let Some((column, value)) = choose::segment(source, table) else { return };
    let Some(metric) = metrics.first() else { return };
    let condition = format!("{} = \"{value}\"", written(&column));
    let line = if first.year() < year {
        let verb = if choose::is_spent(&metric.name) { "decrease" } else { "increase" };
        format!("- {verb} {} for {condition} by 10% in {year}", metric.name)
    } else {
        let total = choose::total(source, table, amounts[0], year).unwrap_or(0.0);
        format!("- get {} to {} for {condition} in {year}", metric.name, choose::rounded(total / 2.0))
    };
    made.goals.push(Statement { comment: format!("one value of `{column}`"), line });
    made.goals.push(Statement {
        comment: format!("where the most is to be won, by `{column}`"),
        line: format!("// find potential in {} by {}", metric.name, written(&column)),
    });
}

fn said(first: NaiveDate, last: NaiveDate) -> String {
    format!("the data run from {first} to {last}: with a year before it, `by 10%` would compare with that")
}

fn shown(value: f64, shape: &NumberShape) -> String {
    let number = crate::wording::group(value.abs().round() as usize);
    let sign = if value < 0.0 { "-" } else { "" };
    match shape {
        NumberShape::Money(code) => format!("{sign}{number} {code}"),
        _ => format!("{sign}{number}"),
    }
}

/// A name as it can stand in a goal file.
pub fn written(name: &str) -> String {
    let plain = name.chars().all(|c| c.is_alphanumeric() || c == ' ' || c == '_')
        && name.chars().next().is_some_and(char::is_alphabetic)
        && !name.split(' ').any(|word| ENDING.contains(&word.to_lowercase().as_str()));
    if plain {
        name.to_owned()
    } else if name.contains(['[', ']']) {
        format!("\"{name}\"")
    } else {
        format!("[{name}]")
    }
}

/// Words at which a name ends in an expression.
const ENDING: [&str; 13] = [
    "and", "or", "not", "in", "is", "contains", "starts", "ends", "matches", "between", "where", "if", "from",
];

impl Starter {
    /// The whole goal file; goals at these places stand as comments.
    pub fn text(&self, left_out: &[usize]) -> String {
        let mut text = format!("# Goals over {}\n\n", self.title);
        text.push_str("// Written by `goalsheet init`. Change names, numbers and dates to yours, then: goalsheet run GOALS\n");
        for remark in &self.remarks {
            let _ = writeln!(text, "// {remark}");
        }
        let mut block = |lines: &mut dyn Iterator<Item = String>| {
            text.push('\n');
            lines.for_each(|line| text.push_str(&format!("{line}\n")));
        };
        block(&mut self.data.iter().cloned());
        block(&mut self.metrics.iter().flat_map(Statement::lines));
        block(&mut self.goals.iter().enumerate().flat_map(|(at, goal)| {
            let mut lines = goal.lines();
            if left_out.contains(&at)
                && let Some(last) = lines.last_mut()
            {
                *last = format!("// {}", last.trim_start_matches("// "));
            }
            lines
        }));
        text
    }

    /// Its first lines, as `inspect` shows them.
    pub fn begin(&self) -> String {
        let first = |statements: &[Statement]| statements.first().map(|statement| statement.line.clone());
        let lines = self.data.iter().cloned().chain(first(&self.metrics)).chain(first(&self.goals));
        let mut text = String::new();
        for line in lines {
            let _ = writeln!(text, "  {}", line.trim_start_matches("- "));
        }
        text
    }
}

impl Statement {
    fn lines(&self) -> Vec<String> {
        let comment = (!self.comment.is_empty()).then(|| format!("// {}", self.comment));
        comment.into_iter().chain([self.line.clone()]).collect()
    }
}
