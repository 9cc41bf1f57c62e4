//! Every message of the parser: one function per diagnostic, domain values in, wording here.

use pest::error::{Error, ErrorVariant, InputLocation};

use super::grammar::{DEEPEST, LONGEST, Rule};
use super::lower::{Expected, NumeralProblem};
use super::words::{Mode, table};
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::language::Language;
use crate::names;
use crate::source::Span;
use crate::wording;

type Finding = Box<Diagnostic>;

fn error(code: Code, span: Span, message: impl Into<String>) -> Finding {
    Box::new(Diagnostic::error(code, span, message))
}

fn before(span: Span) -> Span {
    Span { end: span.start, ..span }
}

// ── lines ────────────────────────────────────────────────────────────────────────────────────────────────────────

pub(crate) fn line_not_understood(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P101, span, format!("expected a statement or a goal, found `{text}`"))
            .help("write a goal: `increase revenue by 10% by 2025-12-31`"),
    )
}

pub(crate) fn indented_first(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P102, span, format!("expected a statement above the indented line `{text}`"))
            .label("an indented line is a clause of the statement above it")
            .help("begin the line at the margin to make it a statement"),
    )
}

pub(crate) fn line_too_long(span: Span, length: usize) -> Finding {
    let found = wording::group(length);
    let limit = wording::group(LONGEST);
    error(Code::P103, span, format!("expected a line of at most {limit} bytes, found {found}"))
}

pub(crate) fn too_deep(span: Span) -> Finding {
    Box::new(
        Diagnostic::error(
            Code::P104,
            span,
            format!("expected at most {DEEPEST} levels of brackets, found more"),
        )
        .help("declare the inner part as a `column` or `metric` of its own"),
    )
}

pub(crate) fn deep_heading(span: Span, level: u32) -> Finding {
    Box::new(
        Diagnostic::warning(Code::P105, span, format!("heading of level {level} is read as level 3"))
            .with_note("`#` is the company, `##` a department, `###` a team"),
    )
}

pub(crate) fn unknown_language(span: Span, code: &str) -> Finding {
    let codes: Vec<&str> = Language::ALL.iter().map(|language| language.code()).collect();
    error(Code::P106, span, format!("unknown language `{code}`, expected {}", wording::list(&codes)))
}

// ── statements ───────────────────────────────────────────────────────────────────────────────────────────────────

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

// ── numbers, dates, expressions ──────────────────────────────────────────────────────────────────────────────────

pub(crate) fn numeral(span: Span, text: &str, problem: &NumeralProblem) -> Finding {
    match problem {
        NumeralProblem::Ambiguous(whole, fraction) => Box::new(
            Diagnostic::error(
                Code::P120,
                span,
                format!("`{text}` can be two numbers: `{whole}` or `{fraction}`"),
            )
            .fix("thousands", span, whole.clone())
            .fix("decimals", span, fraction.clone()),
        ),
        NumeralProblem::Unreadable(Some(written)) => Box::new(
            Diagnostic::error(Code::P121, span, format!("expected a number, found `{text}`"))
                .label("thousands are grouped by three, and the language has its own decimal mark")
                .fix("write", span, written.clone()),
        ),
        NumeralProblem::Unreadable(None) => {
            error(Code::P121, span, format!("expected a number, found `{text}`"))
        }
        NumeralProblem::TooLarge => {
            error(Code::P122, span, format!("expected a number of at most 28 digits, found `{text}`"))
        }
    }
}

pub(crate) fn comma_in_list(span: Span, text: &str) -> Finding {
    let parts = text.replace(',', ", ");
    let joined = text.replace(',', "");
    Box::new(
        Diagnostic::error(Code::P120, span, format!("`{text}` inside brackets can be one number or several"))
            .fix("several", span, parts)
            .fix("one number", span, joined),
    )
}

pub(crate) fn not_a_number(span: Span, text: &str) -> Finding {
    error(Code::P121, span, format!("expected a number, found `{text}`"))
}

pub(crate) fn not_a_period(span: Span, text: &str) -> Finding {
    error(Code::P130, span, format!("expected a date or period, found `{text}`"))
}

pub(crate) fn not_a_date(span: Span, text: &str) -> Finding {
    error(Code::P130, span, format!("expected a date such as `2025-12-31`, found `{text}`"))
}

pub(crate) fn no_such_date(span: Span, text: &str) -> Finding {
    error(Code::P131, span, format!("there is no date `{text}`"))
}

pub(crate) fn no_such_part(span: Span, text: &str, count: i32) -> Finding {
    error(Code::P131, span, format!("expected a number from 1 to {count} in `{text}`"))
}

pub(crate) fn short_year(span: Span, text: &str) -> Finding {
    error(Code::P132, span, format!("expected a year of four digits in `{text}`"))
}

pub(crate) fn date_without_year(span: Span, text: &str) -> Finding {
    error(Code::P132, span, format!("expected a date with its year, found `{text}`"))
}

pub(crate) fn uncertain_date(span: Span, text: &str, a: u32, b: u32, year: u32) -> Finding {
    let (day_first, month_first) = (format!("{year:04}-{b:02}-{a:02}"), format!("{year:04}-{a:02}-{b:02}"));
    Box::new(
        Diagnostic::error(
            Code::P133,
            span,
            format!("`{text}` can be two dates: `{day_first}` or `{month_first}`"),
        )
        .fix("day first", span, day_first)
        .fix("month first", span, month_first),
    )
}

pub(crate) fn split_year(span: Span, text: &str) -> Finding {
    error(Code::P131, span, format!("expected two years in a row, such as `2025/26`, found `{text}`"))
}

pub(crate) fn nothing_long(span: Span, text: &str) -> Finding {
    error(Code::P131, span, format!("expected at least one unit of time, found `{text}`"))
}

pub(crate) fn rolling_in_months(span: Span, text: &str) -> Finding {
    error(Code::P134, span, format!("expected a rolling window in months, quarters or years, found `{text}`"))
}

pub(crate) fn reversed_years(span: Span, text: &str) -> Finding {
    error(Code::P131, span, format!("expected the first year before the last, found `{text}`"))
}

pub(crate) fn not_an_expression(span: Span, text: &str) -> Finding {
    error(Code::P140, span, format!("expected an expression, found `{text}`"))
}

pub(crate) fn percentile_share(span: Span) -> Finding {
    Box::new(
        Diagnostic::error(
            Code::P141,
            span,
            "expected a value and a share between 0% and 100% in `percentile`",
        )
        .help("write `percentile(days, 90%)`"),
    )
}

pub(crate) fn aggregate_of_nothing(span: Span, function: &str) -> Finding {
    error(Code::P141, span, format!("expected a column in the brackets of `{function}`"))
}

pub(crate) fn where_in_row_function(span: Span, name: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P142, span, format!("`where` stands in aggregates only, found it in `{name}`"))
            .with_note("aggregates are sum, count, count distinct, average, median, min, max, percentile, stdev, first, last"),
    )
}

// ── goals: words ─────────────────────────────────────────────────────────────────────────────────────────────────

pub(crate) fn doubled_word(span: Span, text: &str) -> Finding {
    Box::new(Diagnostic::error(Code::P201, span, format!("`{text}` stands twice in a row")).fix(
        "remove one",
        span,
        String::new(),
    ))
}

pub(crate) fn unexpected(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(
            Code::P202,
            span,
            format!("expected a word or a clause of the goal, found `{text}`"),
        )
        .help("a name that holds such a mark stands in brackets or quotes: `[gross/net %]`"),
    )
}

/// A word that belongs to no clause; a word from there on that may be a keyword misspelt.
pub(crate) fn left_over(span: Span, text: &str, near: Option<(Span, String)>, after_value: bool) -> Finding {
    let what = if after_value {
        "a unit or the next clause"
    } else {
        "a clause such as `by …`, `in …` or `compared to …`"
    };
    let finding = Diagnostic::error(Code::P203, span, format!("expected {what}, found `{text}`"))
        .label("not part of the metric, and no clause begins so");
    Box::new(match near {
        Some((at, near)) => finding.fix(format!("did you mean `{near}`?"), at, near),
        None => finding.help("free text follows `because …`, or stands in a `note:` clause under the goal"),
    })
}

/// The keyword of a language that a misspelt word comes nearest to.
pub(crate) fn nearest_keyword(text: &str, language: Language) -> Option<String> {
    nearest_of(text, language, |_| true)
}

fn nearest_of(text: &str, language: Language, wanted: impl Fn(&str) -> bool) -> Option<String> {
    let folded = names::fold_text(text);
    let length = folded.chars().count();
    if length < 2 {
        return None;
    }
    let limit = if length <= 4 { 1 } else { 2 };
    let forms = table(language, Mode::Sentence).forms().iter();
    let near = forms.filter(|(form, canonical)| form.chars().count() > 1 && wanted(canonical)).filter_map(
        |(form, _)| {
            let distance = strsim::damerau_levenshtein(&folded, form);
            (distance > 0 && distance <= limit && distance < length).then_some((distance, form))
        },
    );
    near.min().map(|(_, form)| form.clone())
}

/// A month that a word of one or two letters' difference may be.
pub(crate) fn misspelt_month(text: &str, language: Language) -> Option<String> {
    let folded = names::fold_text(text);
    let length = folded.chars().count();
    let forms = table(language, Mode::Sentence).forms().iter();
    let months =
        forms.filter(|(form, canonical)| canonical.starts_with("month:") && form.chars().count() > 3);
    let near = months.filter_map(|(form, _)| {
        let distance = strsim::damerau_levenshtein(&folded, form);
        (distance > 0 && distance <= if length > 6 { 2 } else { 1 }).then_some((distance, form))
    });
    near.min().map(|(_, form)| form.clone())
}

pub(crate) fn nothing_after(span: Span, text: &str) -> Finding {
    error(Code::P204, span, format!("expected something after `{text}`, found nothing"))
}

pub(crate) fn number_as_value(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(
            Code::P205,
            span,
            format!("expected a value to filter by, found the number `{text}`"),
        )
        .fix("quote it, where it is a value of a column", span, format!("\"{text}\"")),
    )
}

pub(crate) fn value_like_number(span: Span, text: &str, language: Language) -> Finding {
    let finding = Diagnostic::error(
        Code::P205,
        span,
        format!("`{text}` reads neither as a period nor as a value to filter by"),
    );
    let near = text
        .split_whitespace()
        .find_map(|word| nearest_keyword(word, language).map(|near| text.replace(word, &near)));
    let finding = match near {
        Some(near) => finding.fix(format!("did you mean `{near}`?"), span, near),
        None => finding,
    };
    Box::new(finding.fix("quote it, where it is a value of a column", span, format!("\"{text}\"")))
}

pub(crate) fn value_like_month(span: Span, text: &str, month: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P205, span, format!("`{text}` reads as a month misspelt"))
            .fix(format!("did you mean `{month}`?"), span, month.to_owned())
            .fix("quote it, where it is a value of a column", span, format!("\"{text}\"")),
    )
}

pub(crate) fn for_each_colon(span: Span) -> Finding {
    Box::new(
        Diagnostic::error(Code::P206, span, "expected a column and a colon after `for each`")
            .help("write `for each region: increase revenue by 10%`"),
    )
}

pub(crate) fn two_sentences(span: Span) -> Finding {
    Box::new(
        Diagnostic::error(
            Code::P207,
            span,
            "expected one sentence on the line, found the end of a first one",
        )
        .help("write each goal on a line of its own"),
    )
}

pub(crate) fn second_verb(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P208, span, format!("`{text}` begins a second goal in the same sentence"))
            .help("write each goal on a line of its own"),
    )
}

pub(crate) fn no_metric(span: Span, verb: Option<&str>) -> Finding {
    let what = verb.map_or_else(String::new, |verb| format!(" after `{verb}`"));
    Box::new(
        Diagnostic::error(Code::P209, span, format!("expected a metric{what}, found none"))
            .help("name what is measured: `increase revenue by 10%`"),
    )
}

pub(crate) fn no_verb(span: Span, first: String, language: Language) -> Finding {
    let finding = Diagnostic::error(
        Code::P210,
        span,
        "expected a verb such as `increase`, `reduce`, `reach` or `keep`, found none",
    );
    let near =
        nearest_of(&first, language, |canonical| canonical.starts_with("v:") || canonical.starts_with("s:"));
    Box::new(match near {
        Some(near) => {
            let word = Span { end: span.start + first.len() as u32, ..span };
            finding.fix(format!("did you mean `{near}`?"), word, near)
        }
        None => finding.label("a change needs to know its direction"),
    })
}

/// A listed verb that a word of five letters or more comes within one letter of, or within two from eight on.
pub(crate) fn misspelt_verb(text: &str, language: Language) -> Option<String> {
    let folded = names::fold_text(text);
    let length = folded.chars().count();
    let limit = if length >= 8 { 2 } else { 1 };
    if length < 5 {
        return None;
    }
    let verbs =
        table(language, Mode::Sentence).forms().iter().filter(|(_, canonical)| canonical.starts_with("v:"));
    let near = verbs.filter(|(form, _)| form.chars().count() >= 5).filter_map(|(form, _)| {
        let distance = strsim::damerau_levenshtein(&folded, form);
        (distance > 0 && distance <= limit).then_some((distance, form))
    });
    near.min().map(|(_, form)| form.clone())
}

pub(crate) fn verb_misspelt(span: Span, text: &str, near: &str) -> Finding {
    Box::new(Diagnostic::error(Code::P210, span, format!("expected a verb, found `{text}`")).fix(
        format!("did you mean `{near}`?"),
        span,
        near.to_owned(),
    ))
}

// ── goals: change ────────────────────────────────────────────────────────────────────────────────────────────────

pub(crate) fn no_change(span: Span, verb: Option<&str>) -> Finding {
    let finding = Diagnostic::error(Code::P211, span, "expected by how much or to what level, found neither");
    Box::new(match verb {
        Some(verb) => {
            finding.label(format!("`{verb}`, but how far?")).help("add `by 10%`, `to 500` or `from 5 to 10`")
        }
        None => finding.help("write a goal: `increase revenue by 10% by 2025-12-31`"),
    })
}

pub(crate) fn two_changes(first: Span, second: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P212, second, format!("`{text}` is a second change in the same goal"))
            .related(Location::Text(first), "the first one")
            .help("two changes are two goals: write each on a line of its own"),
    )
}

pub(crate) fn second_value(first: Span, second: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P212, second, format!("`{text}` is a second value in the same goal"))
            .related(Location::Text(first), "the first one"),
    )
}

pub(crate) fn said_twice(what: &str, first: Span, second: Span) -> Finding {
    Box::new(
        Diagnostic::error(Code::P213, second, format!("expected {what} once, found it twice"))
            .related(Location::Text(first), "said here first")
            .help("keep one of them"),
    )
}

pub(crate) fn value_without_word(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P214, span, format!("expected `by` or `to` before `{text}`"))
            .fix("a change of that size", before(span), "by ".to_owned())
            .fix("a level to come to", before(span), "to ".to_owned()),
    )
}

pub(crate) fn count_to_or_by(span: Span, verb: &str, value: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P215, span, format!("`{verb} {value} …` can be by {value} or to {value}"))
            .help(format!("write `reduce … by {value}` or `reduce … to {value}`")),
    )
}

pub(crate) fn keep_at(span: Span, text: &str) -> Finding {
    let value = text.trim_start_matches("at ").trim_start_matches("to ");
    Box::new(
        Diagnostic::error(
            Code::P216,
            span,
            format!("`keep … {text}` needs a side: at least, at most or within a tolerance"),
        )
        .fix("a floor", span, format!("at least {value}"))
        .fix("a cap", span, format!("at most {value}"))
        .help(format!("or a tolerance: `at {value} ± 2%`")),
    )
}

pub(crate) fn keep_by(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P216, span, format!("`keep` holds a level, found the change `{text}`"))
            .help("write `keep … at least V`, `at most V` or `between A and B`"),
    )
}

pub(crate) fn reversed_range(span: Span, text: &str) -> Finding {
    error(Code::P217, span, format!("expected the lower end of the range first, found `{text}`"))
}

pub(crate) fn negative_amount(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P218, span, format!("expected a positive amount, found `{text}`"))
            .help("the verb gives the direction: write the other verb and the amount without its sign"),
    )
}

pub(crate) fn no_change_at_all(span: Span, text: &str) -> Finding {
    error(Code::P218, span, format!("expected an amount above zero, found `{text}`"))
}

pub(crate) fn two_units(span: Span, text: &str) -> Finding {
    error(Code::P219, span, format!("expected one unit for both numbers, found two in `{text}`"))
}

pub(crate) fn unsure_scale(span: Span, text: &str) -> Finding {
    error(
        Code::P219,
        span,
        format!("expected a scale word at both numbers or at neither, found it at one in `{text}`"),
    )
}

pub(crate) fn two_bounds(span: Span, text: &str) -> Finding {
    error(Code::P220, span, format!("expected one bound, found two in `{text}`"))
}

pub(crate) fn wrong_bound(span: Span, text: &str, up: bool) -> Finding {
    let (verb, other) = if up { ("increase", "at least") } else { ("decrease", "at most") };
    Box::new(
        Diagnostic::error(Code::P221, span, format!("`{verb}` goes the other way than `{text}`"))
            .help(format!("write `{verb} … to {other} …`, or `keep …` for a limit")),
    )
}

pub(crate) fn wrong_way(span: Span, text: &str, up: bool) -> Finding {
    let verb = if up { "increase" } else { "decrease" };
    error(Code::P221, span, format!("`{verb}` goes the other way than `{text}`"))
}

pub(crate) fn by_range(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P222, span, format!("expected one amount, found the range `{text}`"))
            .help("a change is reached at its lower end: write that one"),
    )
}

pub(crate) fn by_times(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(
            Code::P222,
            span,
            format!("`{text}` can be that many times as much, or more by that many times"),
        )
        .help("write `double …`, `triple …`, `by 100%` or the level `to …`"),
    )
}

pub(crate) fn reach_by(span: Span, verb: &str, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P223, span, format!("`{verb}` names a level, found the change `{text}`"))
            .help("write `increase … by …` or `reach … to …`"),
    )
}

pub(crate) fn change_every(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P224, span, format!("a change `{text}` can be over the whole, or each time on the one before"))
            .help("over the whole: leave it out; each on the one before: write `compared to previous month` and the month; a limit: `keep …`"),
    )
}

pub(crate) fn year_or_amount(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P225, span, format!("`{text}` can be a year or an amount"))
            .help("a year stands beside a change: `by 10% by 2025`; an amount beside a time, or with its thousands grouped: `by 2,025`"),
    )
}

pub(crate) fn bare_year(span: Span, year: i32) -> Finding {
    Box::new(
        Diagnostic::error(Code::P226, span, format!("expected a word before the year `{year}`"))
            .fix("a window", before(span), "in ".to_owned())
            .fix("a deadline", before(span), "by ".to_owned()),
    )
}

pub(crate) fn note_before_change(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P227, span, format!("expected a change before the note `{text}`"))
            .help("free text follows the change: `increase revenue by 10% by opening two shops`"),
    )
}

pub(crate) fn paren_with_number(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P228, span, format!("expected a note without numbers in brackets, found `{text}`"))
            .help("a bracket may repeat the target, `(target of 39 days)`, or name the base year, `(baseline 2019)`; put anything else in a `note:` clause"),
    )
}

pub(crate) fn paren_differs(span: Span, text: &str) -> Finding {
    error(Code::P228, span, format!("`{text}` in brackets says something else than the goal"))
}

pub(crate) fn number_in_note(span: Span, text: &str) -> Diagnostic {
    Diagnostic::warning(Code::P229, span, format!("the note `{text}` holds a number that is not evaluated"))
}

pub(crate) fn vague_time(span: Span, text: &str) -> Diagnostic {
    Diagnostic::warning(Code::P231, span, format!("`{text}` names no time"))
        .help("add `in 2025` or `by 2025-12-31`")
}

pub(crate) fn within_condition(span: Span, duration: &str) -> Finding {
    Box::new(
        Diagnostic::error(
            Code::P232,
            span,
            format!("`within {duration}` can be the goal's time or a condition on each row"),
        )
        .help(format!("the goal's time: `in the next {duration}`; a condition: `where … <= {duration}`")),
    )
}

pub(crate) fn approximate(span: Span, text: &str) -> Diagnostic {
    Diagnostic::warning(Code::P230, span, format!("`{text}` is read as the exact number"))
}

pub(crate) fn more_than_by(span: Span, text: &str) -> Diagnostic {
    Diagnostic::warning(Code::P230, span, format!("`{text}` is read as at least that much"))
}

// ── clauses of a goal ────────────────────────────────────────────────────────────────────────────────────────────

pub(crate) fn weight(span: Span, text: &str) -> Finding {
    error(Code::P240, span, format!("expected a weight of zero or more, found `{text}`"))
}

pub(crate) fn row_count(span: Span, text: &str) -> Finding {
    error(Code::P240, span, format!("expected a whole number of rows, found `{text}`"))
}

pub(crate) fn reward(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(
            Code::P241,
            span,
            format!("expected amounts at rising shares of attainment, found `{text}`"),
        )
        .help("write `reward: 5 000 SEK at 100%, 8 000 SEK at 120%`"),
    )
}

pub(crate) fn status_clause(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P242, span, format!("expected two thresholds, found `{text}`"))
            .help("write `status: on track 95%, at risk 75%` (pace) or `status: on track within 2%, at risk within 5%` (deviation)"),
    )
}

pub(crate) fn pace(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P243, span, format!("expected a shape of the path, found `{text}`"))
            .help("write `pace linear`, `pace seasonal`, `pace working days` or `pace split 20%, 30%, 50%`"),
    )
}

pub(crate) fn split_sum(span: Span, text: &str, sum: rust_decimal::Decimal) -> Finding {
    let sum = (sum * rust_decimal::Decimal::ONE_HUNDRED).normalize();
    error(Code::P243, span, format!("expected shares that add up to 100%, found {sum}% in `{text}`"))
}

pub(crate) fn review(span: Span, text: &str) -> Finding {
    error(Code::P244, span, format!("expected `weekly`, `monthly`, `quarterly` or the like, found `{text}`"))
}

pub(crate) fn retarget(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P245, span, format!("expected a change, found `{text}`"))
            .help("write `from 2025-07-01: by 12%`"),
    )
}
