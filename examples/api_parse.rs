//! Reads a goal file and prints its goals as JSON: `api_parse parse --format json --as-of 2025-03-15 FILE`.

use std::io::Write as _;
use std::process::ExitCode;

use goalsheet::calendar::AsOf;
use goalsheet::render::tree::tree;
use goalsheet::source::Source;
use goalsheet::syntax::{Language, parse};

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let after = |flag: &str| arguments.iter().position(|a| a == flag).and_then(|at| arguments.get(at + 1));
    let as_of = after("--as-of").map_or("2025-12-31", String::as_str).parse()?;
    let path = arguments.last().ok_or("usage: api_parse parse --format json --as-of DATE FILE")?;
    let source = Source::new(path.clone(), std::fs::read_to_string(path)?);
    let (program, findings) = parse(&source, Language::English);
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", serde_json::to_string_pretty(&tree(&program, &source, AsOf(as_of)))?)?;
    let mut err = std::io::stderr().lock();
    for finding in findings.sorted() {
        let place = match &finding.primary.at {
            goalsheet::diagnostic::Location::Text(span) => {
                let (line, column) = source.line_column(span.start);
                format!("{line}:{column}")
            }
            _ => String::new(),
        };
        writeln!(err, "{place}: {}[{}]: {}", finding.severity.word(), finding.code, finding.message)?;
    }
    Ok(if findings.has_errors() { ExitCode::from(4) } else { ExitCode::SUCCESS })
}
