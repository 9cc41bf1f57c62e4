//! Months, quarters or years across the columns → a long table: the other columns, a date, and what stood there.
//!
//! A header that names a period (`Jan 2024`, a date, `2024` over `Q1`) is one; what it says besides (`Actual`,
//! `Budget`) names the column of the value, and where it says nothing the value has the name asked for. A month
//! without a year takes it from the sheet's name, the title above or the file's name.

use crate::calendar::Grain;
use crate::cell::CellRef;
use crate::data::dates::{self, DateText};
use crate::data::words::{self, TotalWord};
use crate::data::{Across, ColumnInfo, Kind, NumberShape, SourceInfo, fold_text};

/// A header as a period: its first day, and what else the header says.
pub(crate) fn period(header: &str, grain: Grain, year: Option<i32>) -> Option<(i32, String)> {
    let tokens: Vec<&str> = header.split_whitespace().collect();
    // the longest run of words that is a period; the rest names the value
    for length in (1..=tokens.len().min(4)).rev() {
        for start in 0..=tokens.len() - length {
            let inside = tokens[start..start + length].join(" ");
            if let Some(day) = day_of(&inside, grain, year) {
                let rest: Vec<&str> =
                    tokens[..start].iter().chain(&tokens[start + length..]).copied().collect();
                return Some((day, rest.join(" ").trim_matches(['-', '–', ':', '(', ')', ' ']).to_owned()));
            }
        }
    }
    None
}

fn day_of(text: &str, grain: Grain, year: Option<i32>) -> Option<i32> {
    let first = |year: i32, month: u32| chrono::NaiveDate::from_ymd_opt(year, month, 1).map(dates::days);
    let bare = text.trim_matches(['.', ',', '(', ')']);
    if let Ok(number) = bare.parse::<i32>()
        && bare.len() == 4
        && (1900..=2100).contains(&number)
    {
        return if grain == Grain::Year { first(number, 1) } else { None };
    }
    if grain == Grain::Year {
        let number = bare.strip_prefix("FY").or_else(|| bare.strip_prefix("fy"))?.trim();
        return number.parse::<i32>().ok().filter(|y| (1900..=2100).contains(y)).and_then(|y| first(y, 1));
    }
    if grain == Grain::Month
        && let (Some(month), Some(year)) = (words::month(bare), year)
    {
        return first(year, month);
    }
    if grain == Grain::Quarter
        && let (Some(year), Some(number)) = (year, quarter_number(bare))
    {
        return first(year, number * 3 - 2);
    }
    if grain == Grain::Month && is_part_of_year(bare) {
        return None;
    }
    match dates::parse(bare)? {
        DateText::Certain(day) => Some(day),
        DateText::Ordered { .. } => None,
    }
}

/// `Q1 2024` and `2024-W05` are no months, though each begins on a day.
fn is_part_of_year(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).any(|part| {
        let letters = part.trim_matches(|c: char| c.is_ascii_digit());
        matches!(
            letters,
            "q" | "kv"
                | "k"
                | "kvartal"
                | "quarter"
                | "quartal"
                | "w"
                | "v"
                | "kw"
                | "week"
                | "vecka"
                | "uge"
        )
    })
}

fn quarter_number(text: &str) -> Option<u32> {
    let lower = text.to_lowercase();
    let digit = ["q", "kv", "k", "t"].iter().find_map(|mark| lower.strip_prefix(mark))?;
    digit.trim().parse().ok().filter(|number| (1..=4).contains(number))
}

/// The year that a text names, where it names one.
pub(crate) fn year_in(text: &str) -> Option<i32> {
    let mut found = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse::<i32>().ok())
        .filter(|year| (1900..=2100).contains(year));
    let year = found.next()?;
    found.next().is_none().then_some(year)
}

/// The finest grain of which at least three headers are periods, for `inspect`.
pub(crate) fn detect(columns: &[ColumnInfo]) -> Option<(Grain, u32, u32)> {
    for grain in [Grain::Month, Grain::Quarter, Grain::Year] {
        let found: Vec<u32> = columns
            .iter()
            .filter(|column| {
                column.kind == Kind::Number
                    && period(&column.name, grain, Some(2000)).is_some_and(|(_, rest)| rest.is_empty())
            })
            .map(|column| column.header.column)
            .collect();
        if let (true, [first, .., last]) = (found.len() >= 3, found.as_slice()) {
            return Some((grain, *first, *last));
        }
    }
    None
}

/// The word for a grain, as the date column is called.
pub(crate) fn word(grain: Grain) -> &'static str {
    match grain {
        Grain::Day => "day",
        Grain::Week => "week",
        Grain::Month => "month",
        Grain::Quarter => "quarter",
        Grain::Half => "half",
        Grain::Year => "year",
    }
}

/// The periods found in the headers of a wide source.
struct Periods {
    measures: Vec<String>,
    slots: Vec<Vec<Across>>,
    /// Which columns they are.
    across: Vec<bool>,
    header: Option<CellRef>,
    sample: Vec<String>,
    shape: NumberShape,
}

fn periods(wide: &SourceInfo, grain: Grain, value: &str, years: &[Option<i32>]) -> Periods {
    let mut measures: Vec<String> = Vec::new();
    let mut slots: Vec<Vec<Across>> = vec![Vec::new(); wide.parts.len()];
    let mut across = vec![false; wide.columns.len()];
    let mut header: Option<CellRef> = None;
    let mut sample = Vec::new();
    let mut shape = NumberShape::Plain;
    for (at, column) in wide.columns.iter().enumerate() {
        for (part, info) in wide.parts.iter().enumerate() {
            let Some(sheet_column) = info.columns.get(at).copied().flatten() else { continue };
            let Some((day, rest)) = period(&column.name, grain, years.get(part).copied().flatten()) else {
                continue;
            };
            if column.kind == Kind::Text || column.kind == Kind::Date {
                continue;
            }
            across[at] = true;
            header.get_or_insert(column.header);
            if sample.len() < 3 {
                sample.extend(column.sample.iter().take(1).cloned());
                shape.clone_from(&column.shape);
            }
            let name = if rest.is_empty() { value.to_owned() } else { rest };
            let measure =
                measures.iter().position(|m| fold_text(m) == fold_text(&name)).unwrap_or_else(|| {
                    measures.push(name);
                    measures.len() - 1
                });
            slots[part].push(Across { column: sheet_column, day, measure });
        }
    }
    Periods { measures, slots, across, header, sample, shape }
}

/// Turns a wide source into a long one; `years` has for each part the year that its surroundings name. `None` where
/// no header names a period.
pub(crate) fn reshape(
    wide: &SourceInfo,
    grain: Grain,
    value: &str,
    years: &[Option<i32>],
) -> Option<SourceInfo> {
    let Periods { measures, slots, across, header, sample, shape } = periods(wide, grain, value, years);
    let header = header?;
    // a total over the periods would be counted once for each
    let keep: Vec<usize> = (0..wide.columns.len())
        .filter(|at| {
            let column = &wide.columns[*at];
            let total = column.kind == Kind::Number && words::total(&column.name) != TotalWord::No;
            !across[*at] && !total
        })
        .collect();
    let mut columns: Vec<ColumnInfo> = keep.iter().map(|at| wide.columns[*at].clone()).collect();
    let date = columns.len();
    let taken = |name: &str| columns.iter().any(|column| fold_text(&column.name) == fold_text(name));
    let date_name = if taken(word(grain)) { format!("{} 2", word(grain)) } else { word(grain).to_owned() };
    let made = |name: String, kind: Kind, shape: NumberShape, sample: Vec<String>| ColumnInfo {
        name,
        part: None,
        kind,
        shape,
        header,
        sample,
    };
    let days: Vec<String> = slots
        .iter()
        .flatten()
        .take(3)
        .filter_map(|slot| dates::date(slot.day))
        .map(|d| d.to_string())
        .collect();
    columns.push(made(date_name, Kind::Date, NumberShape::Plain, days));
    let first = columns.len();
    for measure in measures {
        columns.push(made(measure, Kind::Number, shape.clone(), sample.clone()));
    }
    let mut long = wide.clone();
    for (info, mut slots) in long.parts.iter_mut().zip(slots) {
        slots.iter_mut().for_each(|slot| slot.measure += first);
        slots.sort_by_key(|slot| (slot.day, slot.measure));
        info.columns = keep.iter().map(|at| info.columns.get(*at).copied().flatten()).collect();
        info.columns.resize(columns.len(), None);
        info.across = slots;
    }
    long.currency_column = wide.currency_column.and_then(|at| keep.iter().position(|kept| *kept == at));
    long.columns = columns;
    long.across = Some(date);
    Some(long)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> i32 {
        chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").map_or(0, dates::days)
    }

    #[test]
    fn headers_that_are_periods() {
        let case = |header: &str, grain, year| period(header, grain, year);
        assert_eq!(case("2024-03-01", Grain::Month, None), Some((day("2024-03-01"), String::new())));
        assert_eq!(case("Okt", Grain::Month, Some(2024)), Some((day("2024-10-01"), String::new())));
        assert_eq!(case("Okt", Grain::Month, None), None);
        assert_eq!(
            case("2024 Jan Budget", Grain::Month, None),
            Some((day("2024-01-01"), "Budget".to_owned()))
        );
        assert_eq!(case("Q3 2024", Grain::Quarter, None), Some((day("2024-07-01"), String::new())));
        assert_eq!(case("2021", Grain::Year, None), Some((day("2021-01-01"), String::new())));
        assert_eq!(case("Total", Grain::Month, Some(2024)), None);
        assert_eq!(case("2021", Grain::Month, Some(2024)), None);
        assert_eq!(case("Q3 2024", Grain::Month, None), None);
    }

    #[test]
    fn a_year_in_a_name() {
        assert_eq!(year_in("Budget 2024"), Some(2024));
        assert_eq!(year_in("2023-2024"), None);
        assert_eq!(year_in("Budget"), None);
    }
}
