//! A goal file in one layout: same statements, same order, comments kept; what is not understood stays as it is.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::ast::{Goal, Program, Statement};
use super::lines::{TextLine, lines};
use crate::calendar::{PeriodPhrase, Time};
use crate::diagnostic::{Code, Diagnostics, Location, Severity};
use crate::language::Language;
use crate::source::{Source, Span};

/// Columns of blanks before a clause.
const INDENT: &str = "    ";

/// The text of a goal file in one layout: clauses indented by four blanks, blanks single outside quotes and brackets, one
/// blank around the `=` of a declaration, two before a comment, at most one empty line in a row, a newline at the end.
///
/// Formatting what was formatted changes nothing, and the formatted text means the same. Lines with an error, quotations
/// and other prose are kept as they are.
pub fn format(source: &Source, language: Language) -> String {
    let (_, findings) = super::parse(source, language);
    let refused = refused_lines(source, &findings);
    let known = lines(&source.text);
    let mut written = String::with_capacity(source.text.len());
    let mut empty = true;
    let mut next = known.iter().peekable();
    let mut start = 0;
    for (number, line) in source.text.split('\n').enumerate() {
        let end = start + line.len();
        while next.peek().is_some_and(|line| line.whole.end < start) {
            next.next();
        }
        let here = next.peek().filter(|line| line.whole.start == start).copied();
        let said = line.trim_end_matches('\r');
        start = end + 1;
        let text = match here {
            Some(found) if !refused.contains(&(number + 1)) => laid_out(&source.text, found),
            None if said.trim().is_empty() => String::new(),
            None if said.trim_start().starts_with("//") => comment_line(said),
            _ => said.to_owned(),
        };
        if text.is_empty() && empty {
            continue;
        }
        empty = text.is_empty();
        written.push_str(&text);
        written.push('\n');
    }
    while written.ends_with("\n\n") {
        written.pop();
    }
    written
}

fn refused_lines(source: &Source, findings: &Diagnostics) -> BTreeSet<usize> {
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    let mut refused = BTreeSet::new();
    for finding in errors {
        let Location::Text(span) = finding.primary.at else { continue };
        let line = source.line(span);
        refused.insert(line);
        // what follows was not read
        if finding.code == Code::P107 {
            refused.extend(line..=source.text.split('\n').count());
        }
    }
    refused
}

fn comment_line(said: &str) -> String {
    let indent = if said.starts_with(char::is_whitespace) { INDENT } else { "" };
    format!("{indent}{}", said.trim())
}

fn laid_out(text: &str, line: &TextLine) -> String {
    let whole = &text[line.whole.clone()];
    let before = text[line.whole.start..line.content.start].trim();
    let said = &text[line.content.clone()];
    let after = text[line.content.end..line.whole.end].trim();
    // the marks of emphasis stay where they are
    let marks = ['*', '_'];
    let said_before = before.trim_end_matches(marks);
    let (before, opening) = match before.get(said_before.len()..) {
        Some(opening) if !opening.is_empty() && after.starts_with(opening) => {
            (said_before.trim_end(), opening)
        }
        _ => (before, ""),
    };
    let (closing, after) = after.split_at(opening.len());
    let after = after.trim_start();
    let mut written = String::with_capacity(whole.len() + 8);
    if line.indent > 0 {
        written.push_str(INDENT);
    }
    if !before.is_empty() {
        written.push_str(&single_blanks(before));
        written.push(' ');
    }
    written.push_str(opening);
    written.push_str(&said_once(said));
    written.push_str(closing);
    if !after.is_empty() {
        written.push_str("  ");
        written.push_str(after);
    }
    written
}

/// The statement with single blanks, and one around the `=` that declares.
fn said_once(said: &str) -> String {
    let single = single_blanks(said);
    let declares = ["metric ", "column ", "segment "]
        .iter()
        .any(|keyword| single.get(..keyword.len()).is_some_and(|start| start.eq_ignore_ascii_case(keyword)));
    let Some(at) = single.find('=').filter(|_| declares) else { return single };
    let (name, rest) = single.split_at(at);
    if name.ends_with(['<', '>', '!']) || name.contains(['"', '[']) || rest.starts_with("==") {
        return single;
    }
    format!("{} = {}", name.trim_end(), rest[1..].trim_start())
}

/// Blanks made single outside quotes and brackets; the kind of a blank inside a number stays.
fn single_blanks(said: &str) -> String {
    let mut written = String::with_capacity(said.len());
    let mut closing: Option<char> = None;
    let mut blank = false;
    for (at, c) in said.char_indices() {
        match closing {
            Some(close) if c == close => closing = None,
            Some(_) => {}
            None if c == '"' && said[at + 1..].contains('"') => closing = Some('"'),
            None if c == '“' && said[at + c.len_utf8()..].contains('”') => closing = Some('”'),
            None if c == '[' && said[at + 1..].contains(']') => closing = Some(']'),
            None if c == ' ' || c == '\t' => {
                blank = true;
                continue;
            }
            None => {}
        }
        if blank {
            written.push(' ');
            blank = false;
        }
        written.push(c);
    }
    written
}

/// The text with the day that its relative periods count from: a `declared` line, written where the file has none and a
/// goal counts from it.
pub fn pin(source: &Source, language: Language, declared: NaiveDate) -> String {
    let (program, _) = super::parse(source, language);
    let formatted = format(source, language);
    if program.declared.is_some() || !needs_anchor(&program) {
        return formatted;
    }
    let mut written = String::with_capacity(formatted.len() + 24);
    let line = format!("declared {declared}\n");
    let mut placed = false;
    for text in formatted.split_inclusive('\n') {
        let is_preface =
            text.trim().is_empty() || text.starts_with("//") || text.to_lowercase().starts_with("language ");
        if !placed && !is_preface {
            written.push_str(&line);
            placed = true;
        }
        written.push_str(text);
    }
    written
}

/// Whether a goal counts from a day that is stated nowhere.
fn needs_anchor(program: &Program) -> bool {
    let goals = program.statements.iter().filter_map(|statement| match &statement.node {
        Statement::Goal(goal) => Some(goal),
        _ => None,
    });
    goals.into_iter().any(|goal| goal.clauses.declared.is_none() && counts_from_declared(goal))
}

fn counts_from_declared(goal: &Goal) -> bool {
    let starting = goal.starting.as_ref().is_some_and(|starting| is_relative(&starting.node));
    starting
        || goal.time.as_ref().is_some_and(|time| match &time.node {
            Time::Within { .. } | Time::For { from: None, .. } => true,
            Time::In(phrase) | Time::By(phrase) => is_relative(phrase),
            Time::From { start, until } => is_relative(start) || until.as_ref().is_some_and(is_relative),
            Time::For { from, .. } => from.as_ref().is_some_and(is_relative),
            Time::Rolling { by, .. } => by.as_ref().is_some_and(is_relative),
        })
}

/// Whether a period is placed by the declared date.
fn is_relative(phrase: &PeriodPhrase) -> bool {
    match phrase {
        PeriodPhrase::Relative { .. } | PeriodPhrase::Span { .. } | PeriodPhrase::YearToDate => true,
        PeriodPhrase::DayOfYear { .. } => true,
        PeriodPhrase::Month { year, .. } | PeriodPhrase::Week { year, .. } => year.is_none(),
        PeriodPhrase::Quarter { year, .. } | PeriodPhrase::Half { year, .. } => year.is_none(),
        PeriodPhrase::Part { of, .. } => is_relative(of),
        PeriodPhrase::Range(first, last) => is_relative(first) || is_relative(last),
        PeriodPhrase::Day(_) | PeriodPhrase::Year(_) | PeriodPhrase::FiscalYear { .. } => false,
    }
}

/// The meaning of a program: its tree without places, blanks made single. Two texts with the same meaning give the same.
pub fn meaning(program: &Program) -> String {
    let text = format!("{program:?}").replace("\\t", " ").replace("\\r", " ");
    let mut written = String::with_capacity(text.len() / 2);
    let mut rest = text.as_str();
    let name = format!("{:?}", Span::default());
    let opening = name.split('{').next().unwrap_or("Span ").to_owned() + "{";
    while let Some(at) = rest.find(&opening) {
        written.push_str(&rest[..at]);
        // Invariant: a span prints as `Span { source: SourceId(0), start: 0, end: 0 }`
        let after = rest[at..].find('}').map_or(rest.len(), |end| at + end + 1);
        rest = &rest[after..];
    }
    written.push_str(rest);
    written.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn lays_out(text: &str, expected: &str) {
        let source = Source::new("a.goals", text);
        let written = format(&source, Language::English);
        assert_eq!(written, expected);
        let again = Source::new("a.goals", written.clone());
        assert_eq!(format(&again, Language::English), written, "formatting twice");
        let (before, after) = (
            crate::syntax::parse(&source, Language::English),
            crate::syntax::parse(&again, Language::English),
        );
        assert_eq!(meaning(&before.0), meaning(&after.0));
    }

    #[test]
    fn blanks_and_indents() {
        lays_out(
            "metric  revenue=sum( amount )\r\n\r\n\r\n-  increase   revenue by 10%   // why\n  owner:   Finance\n\n\n",
            "metric revenue = sum( amount )\n\n- increase revenue by 10%  // why\n    owner: Finance\n",
        );
    }

    #[test]
    fn what_is_not_understood_stays() {
        lays_out("increase   revenue\n>  a   quotation\n", "increase   revenue\n>  a   quotation\n");
    }

    #[test]
    fn quotes_and_brackets_stay() {
        lays_out(
            "keep [a  b]  at least   5\nincrease  x for y = \"a  b\" by 5%\n",
            "keep [a  b] at least 5\nincrease x for y = \"a  b\" by 5%\n",
        );
    }

    #[test]
    fn a_document_stays_one() {
        let text = "---\ntitle:   x\n---\n\n# Shop\n\n| a |  b |\n\n- **Increase   revenue by 10%**  // why\n- **grow**: increase x by 5%\n\n```text\n a   b\n```\n";
        lays_out(text, &text.replace("Increase   revenue", "Increase revenue"));
    }

    #[test]
    fn relative_periods_are_pinned_once() {
        let day = NaiveDate::from_ymd_opt(2025, 1, 15).unwrap();
        let pinned = |text: &str| pin(&Source::new("a", text), Language::English, day);
        let relative = "// shop\nincrease revenue by 10% next year\n";
        assert_eq!(pinned(relative), "// shop\ndeclared 2025-01-15\nincrease revenue by 10% next year\n");
        assert_eq!(pinned(&pinned(relative)), pinned(relative));
        assert_eq!(pinned("increase revenue by 10% in 2025\n"), "increase revenue by 10% in 2025\n");
    }
}
