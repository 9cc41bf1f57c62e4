//! Wording for the shapes of tables: what stands across the columns.

use crate::calendar::Grain;
use crate::data::across::Detected;
use crate::data::{SourceInfo, SourceRequest};
use crate::diagnostic::{Code, Diagnostic, Location, Severity};
use crate::wording;

use super::at;

/// No header names a period of the grain that was asked for.
pub(crate) fn none_across(source: &SourceInfo, grain: Grain, request: &SourceRequest) -> Diagnostic {
    let word = grain.name();
    let names: Vec<&str> = source.columns.iter().take(8).map(|column| column.name.as_str()).collect();
    Diagnostic::new(
        Code::D117,
        Severity::Error,
        at(request, None),
        format!("no header of `{}` names a {word}", source.name),
    )
    .with_note(format!("its headers are {}", wording::list(&names)))
    .with_note(format!(
        "a {word} without a year takes it from the name of the sheet, the title above, or the file"
    ))
}

/// No column of numbers is there to stand across.
pub(crate) fn no_names_across(source: &SourceInfo, category: &str, request: &SourceRequest) -> Diagnostic {
    let names: Vec<&str> = source.columns.iter().take(8).map(|column| column.name.as_str()).collect();
    Diagnostic::new(
        Code::D117,
        Severity::Error,
        at(request, None),
        format!("no column of `{}` holds numbers that could stand under values of `{category}`", source.name),
    )
    .with_note(format!("its headers are {}", wording::list(&names)))
}

/// Months stand across, and nothing says of which year.
pub(crate) fn no_year(
    source: &SourceInfo,
    found: &Detected,
    (first, last): (String, String),
    request: &SourceRequest,
) -> Diagnostic {
    let word = found.grain.name();
    let place = match request.span {
        Some(_) => at(request, None),
        None => found
            .columns
            .first()
            .and_then(|(column, _)| source.columns.get(*column))
            .map_or(Location::Nowhere, |column| Location::Cell(column.header)),
    };
    Diagnostic::new(
        Code::D118,
        Severity::Warning,
        place,
        format!("{word}s across the columns {first} to {last} of `{}` have no year", source.name),
    )
    .with_note("neither the headers, the title above, the sheet nor the file names one")
    .help(format!("state it under the `data` line of `{}`: `{word}s across in 2025`", source.name))
}
