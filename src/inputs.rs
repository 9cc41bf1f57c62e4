//! Goal file + command line → source requests: which files each source is read from.
//!
//! Files on the command line are the sources of a goal file without `data` lines; beside `data` lines they stand in
//! for the file of the same name, or for the only one (SPEC §1).

use std::path::{Path, PathBuf};

use crate::data::{AcrossRequest, DateOrder, PartRequest, SourceOptions, SourceRequest};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Location, Severity};
use crate::names::same;
use crate::source::{Span, Spanned};
use crate::syntax::{Across, DataPart, DataStatement, Program, Statement};
use crate::wording::list;

/// A workbook on the command line: `new.xlsx` or `orders=new.xlsx`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataArgument {
    /// The source it is for, where it says so.
    pub name: Option<String>,
    /// The file.
    pub path: PathBuf,
}

impl DataArgument {
    /// Reads `new.xlsx` or `orders=new.xlsx`; a file that exists under the whole text is that file.
    pub fn parse(text: &str) -> Self {
        if let Some((name, path)) = text.split_once('=')
            && !Path::new(text).exists()
            && !name.is_empty()
            && !name.contains(['/', '\\'])
        {
            return Self { name: Some(name.to_owned()), path: PathBuf::from(path) };
        }
        Self { name: None, path: PathBuf::from(text) }
    }

    fn file_name(&self) -> String {
        file_name(&self.path)
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The requests of a run. With `data` lines the n-th request is the n-th line's.
pub fn requests(
    program: &Program,
    base: &Path,
    arguments: &[DataArgument],
) -> (Vec<SourceRequest>, Diagnostics) {
    let lines: Vec<(Span, &DataStatement)> = program
        .statements
        .iter()
        .filter_map(|Spanned { node, span }| match node {
            Statement::Data(data) => Some((*span, &**data)),
            _ => None,
        })
        .collect();
    if lines.is_empty() {
        (from_arguments(arguments), Diagnostics::new())
    } else {
        from_lines(&lines, base, arguments)
    }
}

/// The requests of files alone, as `inspect` and goal files without `data` lines read them.
pub fn from_arguments(arguments: &[DataArgument]) -> Vec<SourceRequest> {
    let unnamed: Vec<PathBuf> =
        arguments.iter().filter(|a| a.name.is_none()).flat_map(|a| expanded(&a.path)).collect();
    let mut made = Vec::new();
    if !unnamed.is_empty() {
        made.push(SourceRequest { paths: unnamed, ..SourceRequest::default() });
    }
    for argument in arguments.iter().filter(|a| a.name.is_some()) {
        made.push(SourceRequest {
            name: argument.name.clone(),
            paths: expanded(&argument.path),
            part: PartRequest::Best,
            ..SourceRequest::default()
        });
    }
    made
}

/// A path as given, or what its pattern matches, sorted.
fn expanded(path: &Path) -> Vec<PathBuf> {
    let text = path.to_string_lossy();
    if path.exists() || !text.contains(['*', '?', '[']) {
        return vec![path.to_owned()];
    }
    let mut found: Vec<PathBuf> =
        glob::glob(&text).map(|paths| paths.flatten().collect()).unwrap_or_default();
    // a lock file that Excel leaves beside an open workbook is no export
    found.retain(|p| !file_name(p).starts_with("~$"));
    found.sort();
    if found.is_empty() { vec![path.to_owned()] } else { found }
}

fn from_lines(
    lines: &[(Span, &DataStatement)],
    base: &Path,
    arguments: &[DataArgument],
) -> (Vec<SourceRequest>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let mut stands_in: Vec<Option<&DataArgument>> = vec![None; lines.len()];
    let files: Vec<&str> = {
        let mut names: Vec<&str> = lines.iter().map(|(_, data)| data.file.node.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    let unnamed = arguments.iter().filter(|a| a.name.is_none()).count();
    for argument in arguments {
        let matched: Vec<usize> = match &argument.name {
            Some(name) => (0..lines.len()).filter(|at| source_is(lines[*at].1, name)).collect(),
            None => {
                let by_name: Vec<usize> = (0..lines.len())
                    .filter(|at| is_file(&lines[*at].1.file.node, &argument.file_name()))
                    .collect();
                if by_name.is_empty() && files.len() == 1 && unnamed == 1 {
                    (0..lines.len()).collect()
                } else {
                    by_name
                }
            }
        };
        if matched.is_empty() {
            diagnostics.push(unmatched(argument, lines, &files, arguments));
        }
        for at in matched {
            stands_in[at] = Some(argument);
        }
    }
    let requests = lines
        .iter()
        .zip(stands_in)
        .map(|((span, data), argument)| {
            let paths = match argument {
                Some(argument) => expanded(&argument.path),
                None => expanded(&base.join(&data.file.node)),
            };
            request(data, *span, paths)
        })
        .collect();
    (requests, diagnostics)
}

/// Whether a `data` line is the source of this name.
fn source_is(data: &DataStatement, name: &str) -> bool {
    match &data.name {
        Some(own) => same(&own.text, name),
        None => {
            Path::new(&data.file.node).file_stem().is_some_and(|stem| same(&stem.to_string_lossy(), name))
        }
    }
}

/// Whether a file of a `data` line (or its pattern) has this name.
fn is_file(written: &str, name: &str) -> bool {
    let own = written.rsplit(['/', '\\']).next().unwrap_or(written);
    own.eq_ignore_ascii_case(name)
        || (own.contains(['*', '?', '['])
            && glob::Pattern::new(own).is_ok_and(|pattern| pattern.matches(name)))
}

fn unmatched(
    argument: &DataArgument,
    lines: &[(Span, &DataStatement)],
    files: &[&str],
    arguments: &[DataArgument],
) -> Diagnostic {
    let given: Vec<String> = arguments.iter().map(|a| a.path.display().to_string()).collect();
    let made = Diagnostic::new(
        Code::N128,
        Severity::Error,
        Location::Text(lines[0].1.file.span),
        match &argument.name {
            Some(name) => format!("no data line names a source `{name}`"),
            None => format!(
                "`{}` on the command line stands for none of the files named here",
                argument.path.display()
            ),
        },
    );
    let names: Vec<String> =
        lines.iter().filter_map(|(_, d)| d.name.as_ref()).map(|n| n.text.clone()).collect();
    let example = names.first().map_or("NAME", String::as_str);
    let made =
        if names.is_empty() { made } else { made.with_note(format!("its sources are {}", list(&names))) };
    made.with_note(format!("the goal file names {}", list(files)))
        .with_note(format!("the command line names {}", list(&given)))
        .help(format!("say which source it is: `{example}={}`", argument.path.display()))
}

fn request(data: &DataStatement, span: Span, paths: Vec<PathBuf>) -> SourceRequest {
    let part = match &data.part {
        DataPart::Any => PartRequest::Best,
        DataPart::AllSheets(_) => PartRequest::AllSheets,
        DataPart::Sheets(sheets) => PartRequest::Sheets(sheets.iter().map(|s| s.node.clone()).collect()),
        DataPart::Table(name) => PartRequest::Table(name.node.clone()),
        DataPart::Range(range) => PartRequest::Range(range.node.clone()),
    };
    let options = SourceOptions {
        header_rows: data.header_row.as_ref().map(|h| h.node),
        decimal: data.numbers.as_ref().map(|n| n.node.decimal),
        date_order: data.date_order.as_ref().map(|order| match order.node {
            crate::syntax::DateOrder::DayMonthYear => DateOrder::DayMonthYear,
            crate::syntax::DateOrder::MonthDayYear => DateOrder::MonthDayYear,
            crate::syntax::DateOrder::YearMonthDay => DateOrder::YearMonthDay,
        }),
        across: data.across.as_ref().map(|across| match &across.node {
            Across::Periods { grain, year, name } => AcrossRequest::Periods(*grain, *year, name.clone()),
            Across::Names { column, name } => AcrossRequest::Names(column.clone(), name.clone()),
            Across::Nothing => AcrossRequest::Nothing,
        }),
        metrics_in: data.metrics_in.as_ref().map(|name| name.text.clone()),
    };
    SourceRequest { name: data.name.as_ref().map(|n| n.text.clone()), paths, part, options, span: Some(span) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_argument_may_name_its_source() {
        let named = DataArgument::parse("orders=new.xlsx");
        assert_eq!((named.name.as_deref(), named.path), (Some("orders"), PathBuf::from("new.xlsx")));
        assert_eq!(DataArgument::parse("./a=b/new.xlsx").name, None);
        assert_eq!(DataArgument::parse("new.xlsx").name, None);
    }

    #[test]
    fn files_are_found_by_name_or_pattern() {
        assert!(is_file("exports/Orders.xlsx", "orders.xlsx"));
        assert!(is_file("exports/orders-*.csv", "orders-2025-06.csv"));
        assert!(!is_file("orders.xlsx", "traffic.xlsx"));
    }
}
