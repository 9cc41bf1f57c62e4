//! Everything `resolve` has to say.

use crate::diagnostic::{Code, Diagnostic, Location};
use crate::source::Span;
use crate::wording::{list, nearest};

fn suggest<S: AsRef<str>>(
    diagnostic: Diagnostic,
    span: Span,
    name: &str,
    candidates: &[S],
    what: &str,
) -> Diagnostic {
    let near = nearest(name, candidates.iter().map(AsRef::as_ref));
    let diagnostic = match near.as_slice() {
        [] => diagnostic,
        [one, ..] => diagnostic.fix(format!("did you mean `{one}`?"), span, (*one).to_owned()),
    };
    let shown: Vec<&str> = candidates.iter().take(25).map(AsRef::as_ref).collect();
    match candidates.len() {
        0 => diagnostic,
        n if n > shown.len() => {
            diagnostic.with_note(format!("{what}: {} and {} more", list(&shown), n - shown.len()))
        }
        _ => diagnostic.with_note(format!("{what}: {}", list(&shown))),
    }
}

/// A goal measures something that no metric, column or source is called; `countable` things could be counted.
pub(super) fn unknown_metric(
    span: Span,
    name: &str,
    metrics: &[&str],
    columns: &[&str],
    countable: bool,
) -> Diagnostic {
    let made = Diagnostic::error(Code::N101, span, format!("unknown metric `{name}`"))
        .label("no metric or column has this name");
    if countable {
        return made
            .fix("to count them", span, format!("number of {name}"))
            .help(format!("or declare what is meant: `metric {name} = sum(COLUMN)`"));
    }
    let candidates = [metrics, columns].concat();
    suggest(made, span, name, &candidates, "known here")
        .help(format!("a metric is declared like this: `metric {name} = sum(COLUMN)`"))
}

/// An expression names a metric that is not declared.
pub(super) fn no_such_metric(span: Span, name: &str, metrics: &[&str]) -> Diagnostic {
    let made = Diagnostic::error(Code::N101, span, format!("unknown metric `{name}`"))
        .label("outside an aggregate's brackets a name is a metric");
    suggest(made, span, name, metrics, "declared metrics")
}

/// A column stands outside an aggregate.
pub(super) fn column_outside_aggregate(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error(Code::N102, span, format!("column `{name}` outside an aggregate"))
        .label("a measure needs to say how the rows are put together")
        .fix(format!("write `sum({name})`"), span, format!("sum({name})"))
        .help(format!("or `average({name})`, `count distinct({name})`, `max({name})`, `last({name})`"))
}

/// No source has a column of this name.
pub(super) fn unknown_column<S: AsRef<str>>(
    span: Span,
    name: &str,
    place: &str,
    columns: &[S],
) -> Diagnostic {
    let made = Diagnostic::error(Code::N103, span, format!("unknown column `{name}`"))
        .label(format!("no column of {place} has this name"));
    suggest(made, span, name, columns, "columns")
}

/// A word stands where a column or quoted text is expected.
pub(super) fn unquoted_text(span: Span, name: &str, place: &str, columns: &[String]) -> Diagnostic {
    unknown_column(span, name, place, columns).fix(
        "if it is a text, put it in quotes",
        span,
        format!("\"{}\"", name.replace('"', "\"\"")),
    )
}

/// Two columns of one source have this name, or forms of it.
pub(super) fn ambiguous_column(span: Span, name: &str, place: &str, found: &[String]) -> Diagnostic {
    Diagnostic::error(Code::N104, span, format!("ambiguous column `{name}`"))
        .label(format!("`{place}` has {} columns that it could be: {}", found.len(), found.join(", ")))
        .help("write the header in full, or give one of the columns another header in the workbook")
}

/// Several sources have the columns named.
pub(super) fn ambiguous_source(span: Span, name: &str, places: &[String]) -> Diagnostic {
    let mut made = Diagnostic::error(Code::N105, span, format!("`{name}` stands in several sources"))
        .label(format!("it could be {}", list(places)));
    for place in places {
        made = made.fix(format!("to take `{place}`"), span, place.clone());
    }
    made
}

/// Several sheets without a `data` line could be meant.
pub(super) fn ambiguous_sheet(span: Span, name: &str, sheets: &[(String, String)]) -> Diagnostic {
    let shown: Vec<&String> = sheets.iter().map(|(sheet, _)| sheet).collect();
    let mut made = Diagnostic::error(Code::N105, span, format!("`{name}` stands in several tables"))
        .label(format!("it could be in {}", list(&shown)));
    for (_, line) in sheets {
        made = made.help(format!("this line at the top of the goal file settles it: `{line}`"));
    }
    made
}

/// The names of one expression stand in different sources.
pub(super) fn no_common_source(span: Span, names: &[String]) -> Diagnostic {
    Diagnostic::error(Code::N106, span, format!("no source has {} together", list(names)))
        .label("the columns of one aggregate, column or condition come from the rows of one source")
        .help("aggregate each source by itself and combine the results: `sum(a) / sum(b)`")
}

/// A condition names a column that one source of the metric lacks.
pub(super) fn segment_column_missing(span: Span, name: &str, lacking: &str, having: &str) -> Diagnostic {
    Diagnostic::error(Code::N107, span, format!("source `{lacking}` has no column `{name}`"))
        .label(format!("the goal's metric also reads `{lacking}`, which cannot be filtered by it"))
        .with_note(format!("`{having}` has it"))
        .help(format!("say which column stands for it: `column {name} in {lacking} = COLUMN`"))
}

/// A `source.` in front of a name is no source.
pub(super) fn unknown_source(span: Span, name: &str, sources: &[String]) -> Diagnostic {
    suggest(
        Diagnostic::error(Code::N108, span, format!("unknown source `{name}`")),
        span,
        name,
        sources,
        "sources",
    )
}

/// Metrics or columns that need each other.
pub(super) fn cycle(span: Span, steps: &[String]) -> Diagnostic {
    Diagnostic::error(
        Code::N109,
        span,
        format!("`{}` depends on itself", steps.first().map_or("", String::as_str)),
    )
    .label(steps.join(" → "))
}

/// A name set twice.
pub(super) fn defined_twice(span: Span, what: &str, name: &str, first: Location) -> Diagnostic {
    Diagnostic::error(Code::N110, span, format!("{what} `{name}` is defined twice"))
        .label("the second one would overwrite the first")
        .related(first, "first defined here")
}

/// A computed column has the name of a column of the sheet.
pub(super) fn column_exists(span: Span, name: &str, source: &str, header: Location) -> Diagnostic {
    Diagnostic::error(Code::N110, span, format!("source `{source}` already has a column `{name}`"))
        .label("data is never overwritten: another name is needed")
        .related(header, "the column's header")
}

/// A bare column that reads as a rate or a price, in a goal that states no level.
pub(super) fn rate_needs_metric(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error(
        Code::N111,
        span,
        format!("`{name}` reads as a rate or a price: how are its rows put together?"),
    )
    .label("a sum of rates means nothing, and an average of ratios hides their weights")
    .help(format!("`metric {name} = average({name})` takes every row alike"))
    .help(format!("`metric {name} = sum(NUMERATOR) / sum(DENOMINATOR)` recomputes it from its parts"))
}

/// `number of X` where X is nothing known.
pub(super) fn unknown_number_of(span: Span, name: &str, columns: &[&str], sources: &[&str]) -> Diagnostic {
    let candidates = [columns, sources].concat();
    let made = Diagnostic::error(Code::N101, span, format!("nothing to count: `{name}`"))
        .label("no metric, column or source has this name");
    suggest(made, span, name, &candidates, "columns and sources")
        .help(format!("declare it: `metric {name} = count(where CONDITION)` or `count distinct(COLUMN)`"))
}

/// A form that no measure can have.
pub(super) fn not_a_measure(span: Span, what: &str) -> Diagnostic {
    Diagnostic::error(Code::N112, span, format!("{what} in a measure"))
        .label("a measure is made of aggregates, other metrics, numbers and + - * / ^")
        .help("row by row it can stand in a `column` statement or inside an aggregate's brackets")
}

/// A form that no row expression can have.
pub(super) fn not_a_row_expression(span: Span, what: &str) -> Diagnostic {
    Diagnostic::error(Code::N113, span, format!("{what} in an expression over rows"))
        .label("here the value of each row by itself is wanted")
}

/// A function that does not exist.
pub(super) fn unknown_function(span: Span, name: &str, known: &[String]) -> Diagnostic {
    let near = nearest(name, known.iter().map(String::as_str));
    let made = Diagnostic::error(Code::N114, span, format!("unknown function `{name}`"));
    match near.first() {
        Some(one) => made.fix(format!("did you mean `{one}`?"), span, (*one).to_owned()),
        None => made.help(format!("functions over rows: {}", known.join(", "))),
    }
}

/// A function with too few or too many arguments.
pub(super) fn wrong_arity(span: Span, name: &str, expected: &str, found: usize) -> Diagnostic {
    Diagnostic::error(Code::N115, span, format!("`{name}` takes {expected}, found {found}"))
}

/// No data at all.
pub(super) fn no_data(span: Span) -> Diagnostic {
    Diagnostic::error(Code::N116, span, "no data to measure this over")
        .label("neither the goal file nor the command line names a workbook that holds a table")
        .help(
            "name one: `data orders from \"orders.xlsx\"` in the goal file, or after it on the command line",
        )
}

/// The source of a goal has no dates.
pub(super) fn no_date_column(span: Span, source: &str, columns: &[String]) -> Diagnostic {
    Diagnostic::error(Code::N117, span, format!("source `{source}` has no date column"))
        .label("a goal holds for a period, so its rows need dates")
        .with_note(format!("columns: {}", list(columns)))
        .help("if one of them holds dates, say so under the data line: `dates in COLUMN`")
}

/// Two date columns and no `dates in`.
pub(super) fn several_date_columns(
    at: Location,
    source: &str,
    chosen: &str,
    others: &[String],
) -> Diagnostic {
    Diagnostic::new(
        Code::N118,
        crate::diagnostic::Severity::Warning,
        at,
        format!("source `{source}` is dated by `{chosen}`"),
    )
    .with_note(format!("{} hold dates too", list(others)))
    .help(format!(
        "say which dates count: `dates in {chosen}` or `dates in {}`",
        others.first().map_or("", String::as_str)
    ))
}

/// `dates in X` where X holds no dates.
pub(super) fn not_dates(span: Span, name: &str, kind: &str, dates: &[String]) -> Diagnostic {
    let made = Diagnostic::error(Code::N119, span, format!("column `{name}` holds no dates"))
        .label(format!("it holds {kind}"));
    if dates.is_empty() { made } else { made.with_note(format!("columns of dates: {}", list(dates))) }
}

/// Two sheets with the same header: the first was taken.
pub(super) fn same_header(at: Location, taken: &str, others: &[String]) -> Diagnostic {
    Diagnostic::new(
        Code::N120,
        crate::diagnostic::Severity::Warning,
        at,
        format!("sheet `{taken}` is read; {} has the same columns", list(others)),
    )
    .help(format!(
        "to read them together: `data from \"FILE\" sheets \"{taken}\", \"{}\"`",
        others.first().map_or("", String::as_str)
    ))
}

/// A source chosen for bare sentences.
pub(super) fn chosen(at: Location, sheet: &str, dates: &str) -> Diagnostic {
    Diagnostic::new(
        Code::N121,
        crate::diagnostic::Severity::Note,
        at,
        format!("sheet `{sheet}` is read, dated by `{dates}`"),
    )
}

/// A period that is not on the calendar.
pub(super) fn not_a_period(span: Span, text: &str) -> Diagnostic {
    Diagnostic::error(Code::N122, span, format!("`{text}` is no date that can be placed"))
        .help("write it in full, as in `2025-06-30` or `June 2025`")
}

/// A declaration at the end of a long row of declarations that use one another.
pub(super) fn nested_too_deep(span: Span, name: &str, most: usize) -> Diagnostic {
    Diagnostic::error(
        Code::E105,
        span,
        format!("`{name}` stands below {most} declarations that use one another"),
    )
    .label("too many levels")
    .help("write what it comes to in fewer steps")
}

/// A metric that comes to too many operations with those it uses.
pub(super) fn too_many_operations(span: Span, name: &str, most: usize) -> Diagnostic {
    let most = crate::wording::group(most);
    Diagnostic::error(
        Code::E105,
        span,
        format!("metric `{name}` comes to more than {most} operations with the metrics it uses"),
    )
    .label("too large")
    .help("write it over the columns, not over metrics that repeat one another")
}

/// `supports:` names no goal.
pub(super) fn unknown_goal(span: Span, name: &str, labels: &[String]) -> Diagnostic {
    let made = Diagnostic::error(Code::N123, span, format!("no goal is named `{name}`"));
    suggest(made, span, name, labels, "goals")
}

/// `compared to sheet "S"` or `to targets.column` where the source is unknown.
pub(super) fn target_needs_source(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error(Code::N124, span, format!("`{name}` does not say which sheet it stands in"))
        .help(format!("write the source in front: `targets.{name}`"))
}

/// `share of X` without the condition that selects the part.
pub(super) fn share_needs_condition(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error(Code::N125, span, format!("share of `{name}` that does what?"))
        .label("a share needs the condition that selects its part")
        .help(format!("write it out: `share of {name} where COLUMN = \"VALUE\"`"))
}

/// A column that is to be added up holds no numbers.
pub(super) fn needs_numbers(span: Span, name: &str, kind: &str) -> Diagnostic {
    Diagnostic::error(Code::N126, span, format!("column `{name}` holds {kind}, a number is needed")).help(
        format!("to count its values, write `number of {name}` or `metric NAME = count distinct({name})`"),
    )
}

/// `between targets.low and targets.high`.
pub(super) fn between_needs_numbers(span: Span) -> Diagnostic {
    Diagnostic::error(Code::N127, span, "the ends of a range stand in a sheet")
        .label("expected two numbers")
        .help("write two goals: `at least SOURCE.COLUMN` and `at most SOURCE.COLUMN`")
}

/// The files hold no table.
pub(super) fn no_table(span: Span, files: &[String], left: &[String]) -> Diagnostic {
    let mut made = Diagnostic::error(Code::D130, span, format!("{} holds no table of data", list(files)))
        .label("no rows to measure this over");
    for sheet in left.iter().take(12) {
        made = made.with_note(sheet.clone());
    }
    made.help("if a sheet does hold rows, say where its header is: `data from \"FILE\" sheet \"SHEET\"` with `header row N` under it")
}
