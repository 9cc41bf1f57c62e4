//! The wording of aggregates that cannot be computed.

use crate::data::Kind;
use crate::derive::errors::{Operand, a_kind};
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::resolve::Aggregate;
use crate::source::Span;

/// Where an aggregate was written: its argument, else its condition.
pub(super) fn place(aggregate: &Aggregate) -> Location {
    let part = aggregate.argument.as_ref().or(aggregate.filter.as_ref());
    part.map_or(Location::Nowhere, |expr| Location::Text(expr.span))
}

/// `sum(region)`.
pub(super) fn numbers_wanted(aggregate: &Aggregate, operand: &Operand) -> Diagnostic {
    let message = format!("`{}` takes numbers, found {}", aggregate.text, a_kind(operand.kind));
    let found = Diagnostic::error(Code::E301, operand.span, message);
    let found = match &operand.column {
        Some(name) => found.label(format!("column `{name}` holds {}", holds(operand.kind))),
        None => found.label(format!("this is {}", a_kind(operand.kind))),
    };
    match (operand.kind, &operand.column) {
        (Kind::Boolean, Some(name)) => {
            found.help(format!("`count(where {name})` counts the rows where it is true"))
        }
        (Kind::Text, Some(name)) => found
            .help(format!(
                "`count distinct({name})` counts its values, `count(where {name} is present)` its rows"
            ))
            .help(format!("`VALUE({name})` reads texts as numbers")),
        _ => found,
    }
}

fn holds(kind: Kind) -> &'static str {
    match kind {
        Kind::Number => "numbers",
        Kind::Date => "dates",
        Kind::Text => "text",
        Kind::Boolean => "true and false",
        Kind::Empty => "nothing",
    }
}

/// A sum that neither a double nor a decimal holds.
pub(super) fn too_large(aggregate: &Aggregate) -> Diagnostic {
    let message = format!("`{}` comes to more than 79 octillions (7.9E+28)", aggregate.text);
    Diagnostic::new(Code::E303, crate::diagnostic::Severity::Error, place(aggregate), message)
        .help("a smaller unit (thousands, millions) keeps it within what can be computed exactly")
}

/// A sum over amounts in several currencies; `column` names the one that tells them.
pub(super) fn several_currencies(
    aggregate: &Aggregate,
    codes: &[&String],
    column: Option<&str>,
) -> Diagnostic {
    let listed = crate::wording::list(codes);
    let message = format!("`{}` puts amounts in {listed} together", aggregate.text);
    let found = Diagnostic::new(Code::E302, crate::diagnostic::Severity::Error, place(aggregate), message)
        .label(format!("these rows are in {} currencies", codes.len()));
    let argument = aggregate.text.split_once('(').map_or("amount", |(_, rest)| rest.trim_end_matches(')'));
    let argument = argument.split_once(" where ").map_or(argument, |(argument, _)| argument);
    let name = column.unwrap_or("currency");
    let converted = format!("sum({argument} * LOOKUP(rates.rate, {name}))");
    let found = found.help(format!(
        "`metric … = {converted}` converts them, with a source `rates` of a `rate` for each `{name}`"
    ));
    match (column, codes.first()) {
        (Some(name), Some(code)) => found.help(format!("`for {name} = \"{code}\"` measures one of them")),
        _ => found,
    }
}

/// What went wrong in the rows of an argument or a condition.
pub(super) use crate::derive::errors::went_missing;

/// Where to point for a part of an aggregate.
pub(super) fn operand(span: Span, kind: Kind, column: Option<String>) -> Operand {
    Operand { span, kind, column }
}
