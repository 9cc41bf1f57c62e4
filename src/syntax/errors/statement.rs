//! Messages about declarations and their clauses.

use super::{Finding, error};
use crate::diagnostic::{Code, Diagnostic};
use crate::names;
use crate::source::Span;
use crate::syntax::grammar::Rule;
use crate::syntax::lower::Expected;
use crate::wording;
use pest::error::{Error, ErrorVariant, InputLocation};

pub(crate) fn half_a_declaration(span: Span, keyword: &str, text: &str) -> Finding {
    let (form, missing) = match keyword {
        "data" => ("data orders from \"orders.xlsx\"", "a file in quotes"),
        "segment" => ("segment europe = region = \"Europe\"", "`=` and a condition"),
        "column" => ("column margin = price - cost", "`=` and an expression"),
        _ => ("metric revenue = sum(amount)", "`=` and an expression"),
    };
    Box::new(
        Diagnostic::error(Code::P110, span, format!("expected {missing} in `{text}`"))
            .label(format!("begins as a `{keyword}` statement"))
            .help(format!("for example `{form}`")),
    )
}

/// The keyword of a declaration that a word is one or two letters away from.
pub(crate) fn nearest_declaration(word: &str) -> Option<&'static str> {
    let folded = names::fold_text(word);
    if folded.chars().count() > 10 {
        return None;
    }
    let near = ["column", "metric", "segment"]
        .into_iter()
        .map(|keyword| (strsim::damerau_levenshtein(&folded, keyword), keyword))
        .filter(|(distance, _)| (1..=2).contains(distance));
    near.min().map(|(_, keyword)| keyword)
}

pub(crate) fn misspelt_declaration(span: Span, word: &str, near: &str) -> Finding {
    let message = format!("expected a declaration or a goal, found `{word}`");
    Box::new(Diagnostic::error(Code::P110, span, message).fix(
        format!("did you mean `{near}`?"),
        span,
        near.to_owned(),
    ))
}

/// What pest expected at the furthest place it reached.
pub(crate) fn syntax(error_found: &Error<Rule>, line: &dyn Expected, text: &str) -> Finding {
    let offset = match error_found.location {
        InputLocation::Pos(at) => at,
        InputLocation::Span((at, _)) => at,
    };
    let expected = match &error_found.variant {
        ErrorVariant::ParsingError { positives, .. } => expectations(positives),
        ErrorVariant::CustomError { .. } => Vec::new(),
    };
    let mut expected = expected;
    if expected.contains(&"an operator") {
        // a name may go on here too, which helps nobody
        expected.retain(|word| !word.starts_with("a name"));
    }
    if text.matches('(').count() > text.matches(')').count() {
        expected.retain(|word| *word != "the end of the line");
        expected.push("`)`");
    }
    let span = line.token_at(offset, text);
    let found = line.text_of(span);
    let expected =
        if expected.is_empty() { "the end of the line".to_owned() } else { alternatives(&expected) };
    let found = if found.is_empty() { "the end of the line".to_owned() } else { format!("`{found}`") };
    let understood = line.text_before(span);
    let mut finding = Diagnostic::error(Code::P111, span, format!("expected {expected}, found {found}"));
    if text.get(..offset).is_some_and(|before| before.trim_end().ends_with("‹in›")) {
        finding = finding.help("a name that holds `in` stands in brackets: `sum([solved in time])`");
    }
    Box::new(if understood.is_empty() {
        finding
    } else {
        finding.with_note(format!("understood so far: `{understood}`"))
    })
}

fn alternatives(expected: &[&str]) -> String {
    match expected.split_last() {
        None => String::new(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}

fn expectations(rules: &[Rule]) -> Vec<&'static str> {
    let mut found = Vec::new();
    for word in rules.iter().filter_map(|rule| described(*rule)) {
        if !found.contains(&word) {
            found.push(word);
        }
    }
    found
}

/// A rule in words; none where it is part of another that is named.
fn described(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::EOI => "the end of the line",
        Rule::expression
        | Rule::name
        | Rule::group
        | Rule::call
        | Rule::value
        | Rule::text
        | Rule::date_literal => "a name, a number or a function",
        Rule::name_words | Rule::name_word | Rule::name_plain | Rule::call_word | Rule::function => {
            "a name, a number or a function"
        }
        Rule::and
        | Rule::or
        | Rule::add
        | Rule::subtract
        | Rule::multiply
        | Rule::divide
        | Rule::power
        | Rule::equal
        | Rule::less
        | Rule::greater
        | Rule::is
        | Rule::contains
        | Rule::concatenate
        | Rule::not_equal => "an operator",
        Rule::date | Rule::iso_date | Rule::day_month | Rule::month_day | Rule::slashed => {
            "a date such as `2025-12-31`"
        }
        Rule::month => "a month",
        Rule::quoted | Rule::file => "a text in quotes",
        Rule::declared_name
        | Rule::column_name
        | Rule::source_name
        | Rule::potential_metric
        | Rule::potential_column => "a name",
        Rule::small_number => "a whole number",
        Rule::numeral => "a number",
        Rule::data_part => "`sheet`, `table` or `range`",
        Rule::metric_unit | Rule::unit_word => "a unit",
        Rule::weekday => "a weekday",
        Rule::weeks => "`4-4-5`, `4-5-4` or `5-4-4`",
        _ => return None,
    })
}

pub(crate) fn unknown_clause(span: Span, text: &str, what: &str, known: &[&str]) -> Finding {
    let finding = Diagnostic::error(Code::P112, span, format!("expected a clause of {what}, found `{text}`"));
    if known.is_empty() {
        return Box::new(finding.label(format!("{what} takes no clauses")));
    }
    let first = text.split([':', ' ']).next().unwrap_or("");
    let near =
        wording::nearest(first, known.iter().map(|clause| clause.split([':', ' ']).next().unwrap_or(clause)));
    let finding = match near.first() {
        Some(near) if !near.is_empty() && *near != "-" && names::fold(near) != names::fold(first) => {
            let first_span = Span { end: span.start + first.len() as u32, ..span };
            finding.fix(format!("did you mean `{near}`?"), first_span, (*near).to_owned())
        }
        _ => finding,
    };
    Box::new(finding.with_note(format!("clauses are {}", wording::list(known))))
}

pub(crate) fn header_rows(span: Span, text: &str) -> Finding {
    error(Code::P113, span, format!("expected a header row from 1 on, first before last, found `{text}`"))
}

pub(crate) fn number_sample(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(
            Code::P113,
            span,
            format!("expected a number that shows its decimal mark, found `{text}`"),
        )
        .help("write `numbers 1.234,56` or `numbers 1,234.56`"),
    )
}

pub(crate) fn date_sample(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P113, span, format!("expected a date that shows its order, found `{text}`"))
            .help("write `dates 31/12/2025`, `dates 12/31/2025`, `dates day first` or `dates month first`"),
    )
}

pub(crate) fn fiscal_day(span: Span, day: u32) -> Finding {
    error(
        Code::P114,
        span,
        format!("expected a fiscal year that starts on day 1 to 28 of a month, found day {day}"),
    )
}
/// A calendar sheet beside another description of the fiscal year.
pub(crate) fn two_calendars(span: Span) -> Finding {
    Box::new(
        Diagnostic::error(
            Code::P213,
            span,
            "expected one description of the fiscal year, found a calendar sheet and another",
        )
        .help("keep one: `calendar from SHEET`, or `fiscal year starts MONTH`, or `calendar 4-4-5 ending …`"),
    )
}

/// `calendar from SHEET by` with one column, or more than three.
pub(crate) fn calendar_columns(span: Span, found: usize) -> Finding {
    Box::new(
        Diagnostic::error(
            Code::P115,
            span,
            format!("expected the columns of the year and the period, or of the year, the quarter and the period, found {found}"),
        )
        .help("write `calendar from periods by [Fiscal Year], [Period]`, or leave `by …` out"),
    )
}
