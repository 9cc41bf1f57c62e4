//! The wording of expressions: kinds that do not fit, and what went missing row by row.

use crate::calendar::Period;
use crate::cell::CellRef;
use crate::data::{Catalog, Kind};
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::source::Span;
use crate::wording::{count, nearest};

use super::expression::Fault;
use crate::resolve::row_functions;

/// An operand as messages speak of it.
#[derive(Debug, Clone)]
pub(crate) struct Operand {
    /// Where it was written.
    pub(crate) span: Span,
    /// The kind found.
    pub(crate) kind: Kind,
    /// Its name, where it is a column.
    pub(crate) column: Option<String>,
}

/// A kind with its article.
pub(crate) fn a_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Number => "a number",
        Kind::Date => "a date",
        Kind::Text => "text",
        Kind::Boolean => "true or false",
        Kind::Empty => "nothing",
    }
}

fn kinds_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Number => "numbers",
        Kind::Date => "dates",
        Kind::Text => "text",
        Kind::Boolean => "true and false",
        Kind::Empty => "nothing",
    }
}

fn one_of(kinds: &[Kind]) -> String {
    kinds.iter().map(|kind| a_kind(*kind)).collect::<Vec<_>>().join(" or ")
}

impl Operand {
    fn label(&self) -> String {
        match &self.column {
            Some(name) => format!("column `{name}` holds {}", kinds_of(self.kind)),
            None => format!("this is {}", a_kind(self.kind)),
        }
    }
}

/// `amount > "x"`: the sides of a comparison, branches of `IF`, arguments of `MAX`.
pub(super) fn kinds_differ(left: &Operand, right: &Operand, patch: Option<(Span, String)>) -> Diagnostic {
    let message = format!("expected {}, found {}", a_kind(left.kind), a_kind(right.kind));
    let found = Diagnostic::error(Code::E101, right.span, message)
        .label(right.label())
        .related(Location::Text(left.span), left.label());
    match patch {
        Some((span, text)) => found.fix("write the date without quotes", span, text),
        None => found,
    }
}

/// An operand of a kind that an operator or function does not take.
pub(super) fn wrong_operand(of: &str, kinds: &[Kind], operand: &Operand) -> Diagnostic {
    let message = format!("expected {}, found {}", one_of(kinds), a_kind(operand.kind));
    let takes = kinds.iter().map(|kind| kinds_of(*kind)).collect::<Vec<_>>().join(" or ");
    let found = Diagnostic::error(Code::E102, operand.span, message)
        .label(operand.label())
        .with_note(format!("`{of}` takes {takes}"));
    match (operand.kind, kinds) {
        (Kind::Text, [Kind::Number, ..]) if of == "+" => found.help("`&` joins texts"),
        (Kind::Text, [Kind::Number, ..]) => found.help("`VALUE(…)` reads a text as a number"),
        (Kind::Boolean, [Kind::Number, ..]) => found.help("`IF(…, 1, 0)` makes a number of a condition"),
        (Kind::Number, [Kind::Text]) => found.help("`column & \"\"` makes a text of a number"),
        (_, [Kind::Boolean]) => found.help("a condition compares: `… = …`, `… > …`, `… is present`"),
        _ => found,
    }
}

/// A number, date or text where a condition stands.
pub(super) fn no_condition(operand: &Operand) -> Diagnostic {
    Diagnostic::error(
        Code::E102,
        operand.span,
        format!("expected a condition, found {}", a_kind(operand.kind)),
    )
    .label(operand.label())
    .help("a condition compares: `… = …`, `… > …`, `… is present`")
}

/// `date + date`, `number - date`.
pub(super) fn dates_do_not_add(sign: &str, left: &Operand, right: &Operand) -> Diagnostic {
    let message = format!("`{sign}` cannot join {} with {}", a_kind(left.kind), a_kind(right.kind));
    Diagnostic::error(Code::E102, right.span, message)
        .label(right.label())
        .related(Location::Text(left.span), left.label())
        .help("`date + days` and `date - days` give a date, `date - date` the days between")
}

/// `<` of booleans.
pub(super) fn no_order(operand: &Operand) -> Diagnostic {
    Diagnostic::error(Code::E102, operand.span, "true and false have no order")
        .label(operand.label())
        .help("they compare by `=` and `<>`")
}

/// A month or year where a single day is needed.
pub(super) fn day_wanted(span: Span, period: Period) -> Diagnostic {
    Diagnostic::error(Code::E103, span, format!("expected a day, found a period of {} days", period.days()))
        .label(format!("{} to {}", period.start, period.last_day()))
        .help("periods stand in comparisons (`=`, `<`, `between`, `in`) alone")
}

/// `matches` with anything but quoted text.
pub(super) fn pattern_wanted(span: Span) -> Diagnostic {
    Diagnostic::error(Code::E104, span, "expected a pattern in quotes")
        .help("`matches` takes a regular expression for the whole value: `sku matches \"[A-Z]{3}-[0-9]{4}\"`")
}

/// A pattern that is no regular expression.
pub(super) fn bad_pattern(span: Span, reason: &str) -> Diagnostic {
    let reason = reason.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
    Diagnostic::error(Code::E104, span, "the pattern is no regular expression").label(reason)
}

/// Levels beyond what is computed.
pub(super) fn too_deep(span: Span, most: usize) -> Diagnostic {
    Diagnostic::error(Code::E105, span, format!("the expression has more than {most} levels"))
        .help("a `column` of its own can hold a part of it")
}

/// A column that an expression needs was not loaded.
pub(super) fn column_not_read(span: Span) -> Diagnostic {
    Diagnostic::error(Code::E106, span, "a column that this needs was not read")
}

/// A function that is none.
pub(super) fn unknown_function(span: Span, name: &str) -> Diagnostic {
    let found = Diagnostic::error(Code::E107, span, format!("unknown function `{name}`"));
    let known = row_functions().iter().map(|(known, _)| *known).chain(["LOOKUP"]);
    nearest(name, known).into_iter().fold(found, |found, near| found.help(format!("did you mean `{near}`?")))
}

/// `IFS` with a condition that has no value.
pub(super) fn odd_pairs(span: Span, arguments: usize) -> Diagnostic {
    Diagnostic::error(
        Code::E107,
        span,
        format!("`IFS` takes conditions and values in turn, found {}", count(arguments, "argument")),
    )
    .help("a last condition `true` holds for all other rows")
}

/// A key of `LOOKUP` of another kind than its column.
pub(super) fn key_kinds_differ(here: &Operand, there: &str, kind: Kind) -> Diagnostic {
    Diagnostic::error(
        Code::E101,
        here.span,
        format!("expected {}, found {}", a_kind(kind), a_kind(here.kind)),
    )
    .label(here.label())
    .with_note(format!("the key column `{there}` holds {}", kinds_of(kind)))
}

/// What went missing in the rows of an expression; `rows` as shown by name and cell.
pub(crate) fn went_missing(
    span: Span,
    fault: Fault,
    rows: usize,
    cells: &[CellRef],
    catalog: &Catalog,
) -> Diagnostic {
    let shown = count(rows, "row");
    let (code, what) = match fault {
        Fault::DivisionByZero => (Code::E201, format!("division by zero in {shown}")),
        Fault::ImpossibleDate => (Code::E202, format!("no such date in {shown}")),
        Fault::NoNumber => (Code::E203, format!("no real number, or one beyond 1.8E+308, in {shown}")),
        Fault::Unreadable => (Code::E204, format!("text that is no number in {shown}")),
        Fault::OutOfRange => (Code::E205, format!("an argument that the function does not take in {shown}")),
        Fault::NotFound => (Code::E206, format!("no row with this key for {shown}")),
        Fault::Ambiguous => {
            (Code::E207, format!("several rows with this key, and different values, for {shown}"))
        }
    };
    let mut found = Diagnostic::warning(code, span, what).label(if rows == 1 {
        "its value is missing"
    } else {
        "their values are missing"
    });
    if !cells.is_empty() {
        let mut places: Vec<String> = cells.iter().map(|cell| catalog.show_cell(*cell)).collect();
        if rows > cells.len() {
            places.push(format!("and {} more", crate::wording::group(rows - cells.len())));
        }
        found = found.with_note(places.join(", "));
        found.related.extend(cells.iter().take(1).map(|cell| crate::diagnostic::Label {
            at: Location::Cell(*cell),
            text: "the first of them".to_owned(),
        }));
    }
    found
}

/// Keys that stand on several rows which agree.
pub(crate) fn keys_agree(span: Span, keys: usize, source: &str) -> Diagnostic {
    Diagnostic::note(
        Code::E208,
        span,
        format!("{} on several rows of `{source}` that agree", count(keys, "key")),
    )
    .label(if keys == 1 { "its value is taken" } else { "their values are taken" })
}
