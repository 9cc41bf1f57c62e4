//! Wording for cells and rows: what does not fit, what is left out.

use crate::cell::CellRef;
use crate::data::coerce::Misfit;
use crate::data::overlap::Overlap;
use crate::data::{Catalog, DateOrder, Kind, Skipped, SourceInfo, dates};
use crate::diagnostic::{Code, Diagnostic, Location, Severity};
use crate::wording;

/// Code, weight and headline of cells that do not fit their column.
fn headline(column: &str, why: Misfit, count: usize) -> (Code, Severity, String) {
    let cells = wording::count(count, "cell");
    let verb = if count == 1 { "holds" } else { "hold" };
    match why {
        Misfit::TextInNumbers => (
            Code::D104,
            Severity::Warning,
            format!("expected numbers in column `{column}`, found text in {cells}"),
        ),
        Misfit::DateInNumbers => (
            Code::D104,
            Severity::Warning,
            format!("expected numbers in column `{column}`, found dates in {cells}"),
        ),
        Misfit::TruthElsewhere => (
            Code::D104,
            Severity::Warning,
            format!("expected numbers or dates in column `{column}`, found true or false in {cells}"),
        ),
        Misfit::TextInDates => (
            Code::D105,
            Severity::Warning,
            format!("expected dates in column `{column}`, found text in {cells}"),
        ),
        Misfit::NumberInDates => (
            Code::D105,
            Severity::Warning,
            format!("expected dates in column `{column}`, found numbers in {cells}"),
        ),
        Misfit::NoTruth => (
            Code::D105,
            Severity::Warning,
            format!("expected yes or no in column `{column}`, found something else in {cells}"),
        ),
        Misfit::Error => (
            Code::D106,
            Severity::Warning,
            format!("{cells} of column `{column}` {verb} an error of the workbook"),
        ),
        Misfit::Uncalculated => (
            Code::D112,
            Severity::Warning,
            format!("{cells} of column `{column}` {verb} a formula that was never calculated"),
        ),
        Misfit::UndecidedDate => (
            Code::D107,
            Severity::Error,
            format!("the dates of column `{column}` can be read in several orders"),
        ),
        Misfit::UndecidedNumber => (
            Code::D108,
            Severity::Error,
            format!("the numbers of column `{column}` can be read with a decimal point or a decimal comma"),
        ),
    }
}

/// Cells of a column that do not fit it.
pub(crate) fn misfit(
    catalog: &Catalog,
    source: &SourceInfo,
    column: &str,
    why: Misfit,
    skipped: &Skipped,
    texts: &[String],
) -> Diagnostic {
    let (code, severity, message) = headline(column, why, skipped.count);
    let place = skipped.cells.first().map_or(Location::Nowhere, |cell| Location::Cell(*cell));
    let mut found = Diagnostic::new(code, severity, place, message);
    if let Some(text) = texts.first() {
        found = found.label(format!("`{}` stands here", shortened(text)));
    }
    found = found.with_note(located(catalog, skipped, texts));
    match why {
        Misfit::UndecidedDate => {
            found.with_note(readings(texts.first().map_or("", String::as_str))).help(format!(
                "state the order in the `data` line of `{}`: {}",
                source.name,
                order_clauses(texts.first().map_or("", String::as_str))
            ))
        }
        Misfit::UndecidedNumber => {
            found.with_note(number_readings(texts.first().map_or("", String::as_str))).help(format!(
                "state it in the `data` line of `{}`: `numbers 1,234.56` or `numbers 1.234,56`",
                source.name
            ))
        }
        Misfit::Uncalculated => found.help("open the workbook in a spreadsheet program and save it"),
        _ => found.with_note("they are left out, never taken as 0"),
    }
}

/// The listed cells with what stands in each.
fn located(catalog: &Catalog, skipped: &Skipped, texts: &[String]) -> String {
    let listed: Vec<String> = skipped
        .cells
        .iter()
        .zip(texts)
        .map(|(cell, text)| {
            let place = catalog.show_cell(*cell);
            if text.is_empty() { place } else { format!("{place} `{}`", shortened(text)) }
        })
        .collect();
    let more = skipped.count.saturating_sub(listed.len());
    let tail = if more > 0 { format!(" and {} more", wording::group(more)) } else { String::new() };
    format!("{}{tail}", listed.join(", "))
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= 40 {
        return text.to_owned();
    }
    text.chars().take(39).chain(std::iter::once('…')).collect()
}

fn readings(text: &str) -> String {
    let Some(date) = dates::parse(text) else { return String::new() };
    let shown: Vec<String> = orders(date).map(|(order, day)| format!("{day} {order} first")).collect();
    format!("`{text}` is {}", shown.join(" and "))
}

/// The orders in which a text is a day, with the day.
fn orders(date: dates::DateText) -> impl Iterator<Item = (&'static str, chrono::NaiveDate)> {
    [("day", DateOrder::DayMonthYear), ("month", DateOrder::MonthDayYear), ("year", DateOrder::YearMonthDay)]
        .into_iter()
        .filter_map(move |(word, order)| Some((word, date.day(order).and_then(dates::date)?)))
}

/// The clauses that decide between the readings of a text.
fn order_clauses(text: &str) -> String {
    let Some(date) = dates::parse(text) else { return String::new() };
    let clauses: Vec<String> = orders(date).map(|(order, _)| format!("`dates {order} first`")).collect();
    clauses.join(" or ")
}

fn number_readings(text: &str) -> String {
    let shown = |decimal| crate::data::numbers::parse(text, decimal).map_or(f64::NAN, |number| number.value);
    format!("`{text}` is {} with a decimal point and {} with a decimal comma", shown('.'), shown(','))
}

/// Rows that are no data.
pub(crate) fn rows_left_out(catalog: &Catalog, source: &SourceInfo, skipped: &Skipped) -> Diagnostic {
    let (noun, tail) = skipped.what.split_once(" with ").unwrap_or((&skipped.what, ""));
    let with = if tail.is_empty() { String::new() } else { format!(" with {tail}") };
    let rows = format!("{}{with}", wording::count(skipped.count, noun));
    let place = skipped.cells.first().map_or(Location::Nowhere, |cell| Location::Cell(*cell));
    let cells: Vec<String> = skipped.cells.iter().map(|cell| catalog.show_cell(*cell)).collect();
    let more = skipped.count.saturating_sub(cells.len());
    let tail = if more > 0 { format!(" and {} more", wording::group(more)) } else { String::new() };
    if skipped.what == "hidden row" {
        let message = format!("{rows} of `{}` are read like the others", source.name);
        return Diagnostic::new(Code::D113, Severity::Note, place, message)
            .with_note(format!("{}{tail}", cells.join(", ")));
    }
    let message = format!("{rows} of `{}` left out", source.name);
    let found = Diagnostic::new(Code::D114, Severity::Note, place, message)
        .with_note(format!("{}{tail}", cells.join(", ")));
    if skipped.texts.is_empty() {
        found
    } else {
        found.with_note(format!("found {}", wording::list(&skipped.texts)))
    }
}

/// Rows that stand in two appended parts, equal in every column.
pub(crate) fn equal_rows(catalog: &Catalog, source: &SourceInfo, found: &Overlap) -> Diagnostic {
    let place = found.cells.first().map_or(Location::Nowhere, |cell| Location::Cell(*cell));
    let days = found.days.and_then(|(first, last)| Some((dates::date(first)?, dates::date(last)?)));
    let when = match days {
        Some((first, last)) if first == last => format!(", of {first}"),
        Some((first, last)) => format!(", of {first} to {last}"),
        None => String::new(),
    };
    let stand = if found.count == 1 { "stands" } else { "stand" };
    let rows = wording::count(found.count, "row");
    let message = format!("{rows} of `{}` {stand} in two of its files or sheets{when}", source.name);
    let cells: Vec<String> = found.cells.iter().take(5).map(|cell| catalog.show_cell(*cell)).collect();
    Diagnostic::new(Code::D110, Severity::Warning, place, message)
        .with_note(format!("equal in every column, the first at {}", cells.join(", ")))
        .with_note("all are kept, and so counted twice")
        .help("leave out one file or sheet of the days that overlap, or use `ignore rows where …`")
}

/// Percent cells of two scales in one column.
pub(crate) fn two_scales(
    catalog: &Catalog,
    source: &SourceInfo,
    column: &str,
    count: usize,
    cells: &[(CellRef, String)],
) -> Diagnostic {
    let place = cells.first().map_or(Location::Nowhere, |(cell, _)| Location::Cell(*cell));
    let listed: Vec<String> =
        cells.iter().map(|(cell, number)| format!("{} `{number}`", catalog.show_cell(*cell))).collect();
    let more = count.saturating_sub(listed.len());
    let tail = if more > 0 { format!(" and {} more", wording::group(more)) } else { String::new() };
    let cells = wording::count(count, "cell");
    let message =
        format!("percent column `{column}` of `{}` seems to be of two scales in {cells}", source.name);
    Diagnostic::new(Code::D109, Severity::Error, place, message)
        .with_note(format!("{}{tail}", listed.join(", ")))
        .with_note("the others are shares: 3 % is 0.03, and 3 is 300 %")
        .help("make the cells alike in the workbook")
}

/// Dates that a program read with day and month exchanged.
pub(crate) fn swapped_dates(
    source: &SourceInfo,
    column: &str,
    order: Option<DateOrder>,
    cell: Option<CellRef>,
) -> Diagnostic {
    let (texts, read) = match order {
        Some(DateOrder::MonthDayYear) => ("month first", "day first"),
        _ => ("day first", "month first"),
    };
    let message = format!(
        "the dates of column `{column}` of `{}` had day and month exchanged; they are turned back",
        source.name
    );
    Diagnostic::new(Code::D111, Severity::Warning, cell.map_or(Location::Nowhere, Location::Cell), message)
        .with_note(format!(
            "its texts are written {texts}, all of days after the 12th; its dates are all of days up to the 12th: \
             a program took them {read}"
        ))
        .help("check a few against where the data come from")
}

/// A column used as numbers or dates that holds none.
pub(crate) fn no_value(
    catalog: &Catalog,
    source: &SourceInfo,
    column: &str,
    kind: Kind,
    skipped: &Skipped,
    texts: &[String],
) -> Diagnostic {
    let what = if kind == Kind::Date { "date" } else { "number" };
    let place = skipped.cells.first().map_or(Location::Nowhere, |cell| Location::Cell(*cell));
    let message = format!("no cell of column `{column}` of `{}` is a {what}", source.name);
    Diagnostic::new(Code::D115, Severity::Error, place, message).with_note(located(catalog, skipped, texts))
}
