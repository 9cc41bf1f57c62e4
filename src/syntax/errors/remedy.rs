//! What is added to a message about a declaration: how the statement looks, and the patch where the mistake is plain.

use super::Finding;
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::language::Language;
use crate::names;
use crate::source::{Source, Span};
use crate::syntax::words::{Mode, table};

/// The statements and settings, each with an example of it.
const STATEMENTS: &[(&str, &str)] = &[
    ("data", "data orders from \"orders.xlsx\" sheet \"Orders\""),
    ("metric", "metric revenue = sum(amount)"),
    ("column", "column margin = price - cost"),
    ("segment", "segment europe = region = \"Europe\""),
    ("find-potential", "find potential in revenue by region"),
    ("declared", "declared 2025-01-15"),
    ("fiscal-year", "fiscal year starts July"),
    ("calendar", "calendar 4-4-5 ending last Saturday of January"),
    ("language", "language sv"),
];

/// An example of a statement.
fn example(keyword: &str) -> Option<&'static str> {
    STATEMENTS.iter().find(|(known, _)| *known == keyword).map(|(_, example)| *example)
}

/// The message with the patch that mends a plain mistake, else with an example of the statement.
pub(crate) fn remedied(mut finding: Finding, keyword: &str, line: Span, source: &Source) -> Finding {
    if finding.code != Code::P111 {
        return finding;
    }
    let Location::Text(at) = finding.primary.at else { return finding };
    match patch(keyword, at, line, source) {
        Some((title, span, replacement)) => *finding = finding.fix(title, span, replacement),
        None => {
            if let Some(example) = example(keyword) {
                *finding = finding.help(format!("for example `{example}`"));
            }
        }
    }
    finding
}

fn patch(keyword: &str, at: Span, line: Span, source: &Source) -> Option<(&'static str, Span, String)> {
    let said = source.slice(line);
    let from = at.start.checked_sub(line.start)? as usize;
    let (before, rest) = (said.get(..from)?, said.get(from..)?);
    let until = |length: usize| Span { end: at.start + length as u32, ..at };
    if let Some(inner) = rest.strip_prefix(['\'', '‘', '’']) {
        let end = inner.find(['\'', '’'])?;
        let quote = rest.len() - inner.len();
        let closing = inner[end..].chars().next().map_or(1, char::len_utf8);
        return Some((
            "write texts in double quotes",
            until(quote + end + closing),
            format!("\"{}\"", &inner[..end]),
        ));
    }
    let is_open = before.matches('(').count() > before.matches(')').count();
    if is_open && rest.trim().is_empty() {
        return Some(("close the bracket", Span { start: at.end, ..at }, ")".to_owned()));
    }
    let last_word = before.split_whitespace().next_back().unwrap_or("");
    if keyword == "metric"
        && !is_open
        && before.trim_end().ends_with(')')
        && rest.split(' ').next() == Some("where")
    {
        let close = before.rfind(')')?;
        let start = line.start + close as u32;
        let span = Span { start, end: line.end, ..at };
        return Some(("the condition stands inside the brackets", span, format!(" {})", rest.trim_end())));
    }
    if keyword == "data" && ["sheet", "table", "range"].contains(&last_word) && !rest.trim().is_empty() {
        return Some(("put it in quotes", until(rest.trim_end().len()), format!("\"{}\"", rest.trim_end())));
    }
    if keyword == "data" && rest.contains('"') {
        let word = rest.split_whitespace().next()?;
        let near = ["sheet", "table", "range", "from"]
            .into_iter()
            .find(|known| strsim::damerau_levenshtein(known, &names::fold_text(word)) <= 2)?;
        return Some(("did you mean this?", until(word.len()), near.to_owned()));
    }
    None
}

/// The statement whose first words a line comes near to: how many bytes they take, as they are written, and its keyword.
pub(crate) fn nearest_statement(text: &str, language: Language) -> Option<(usize, String, &'static str)> {
    let table = table(language, Mode::Statement);
    let mut found: Option<(usize, usize, String, &str)> = None;
    for (keyword, _) in STATEMENTS {
        let follower = if *keyword == "fiscal-year" { "starts-on" } else { "" };
        for form in table.all_written(keyword) {
            let followers: Vec<&str> = match follower {
                "" => vec![""],
                follower => table.all_written(follower).iter().map(String::as_str).collect(),
            };
            for follower in followers {
                let wanted = format!("{form} {follower}").trim_end().to_owned();
                let words = wanted.split(' ').count();
                let Some(length) = text.match_indices(' ').map(|(at, _)| at).nth(words - 1) else { continue };
                let typed = names::fold_text(&text[..length]);
                let distance = strsim::damerau_levenshtein(&typed, &wanted);
                let limit = if wanted.chars().count() >= 7 { 2 } else { 1 };
                if (1..=limit).contains(&distance)
                    && found.as_ref().is_none_or(|(known, ..)| distance < *known)
                {
                    found = Some((distance, length, wanted, *keyword));
                }
            }
        }
    }
    found.map(|(_, length, wanted, keyword)| (length, wanted, keyword))
}

/// A statement whose first words are misspelt.
pub(crate) fn misspelt_statement(span: Span, word: &str, near: &str, keyword: &str) -> Finding {
    let finding = Diagnostic::error(
        Code::P110,
        span,
        format!("expected a declaration or a goal, found `{word}`"),
    )
    .fix(format!("did you mean `{near}`?"), span, near.to_owned());
    Box::new(match example(keyword) {
        Some(example) => finding.help(format!("for example `{example}`")),
        None => finding,
    })
}

/// A segment that is a text or a number alone.
pub(crate) fn no_condition(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P110, span, format!("expected a condition, found `{text}` alone"))
            .label("a segment says which rows belong to it")
            .help(format!("write the column as well: `segment NAME = COLUMN = {text}`")),
    )
}
