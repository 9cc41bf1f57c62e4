//! What a column of a calendar sheet says: years, or stretches that divide them.

use std::collections::BTreeSet;
use std::ops::{Range, RangeInclusive};

use chrono::Datelike;

use crate::data::date_of_day;
use crate::names::fold_text;

/// A column as one label for each row, rows in order of their days.
#[derive(Debug)]
pub(super) struct Labels {
    pub(super) column: usize,
    pub(super) of_row: Vec<Option<String>>,
}

/// How a column divides every year: for each year the rows on which its parts begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Division {
    pub(super) column: Option<usize>,
    pub(super) of_year: Vec<Vec<usize>>,
}

impl Labels {
    /// The year on each row, where every row names one and they never fall.
    pub(super) fn years(&self) -> Option<Vec<i32>> {
        let years: Vec<i32> =
            self.of_row.iter().map(|label| year_named(label.as_deref()?)).collect::<Option<_>>()?;
        years.windows(2).all(|pair| pair[0] <= pair[1]).then_some(years)
    }
}

impl Division {
    /// Whether each of its parts begins where one of the other's does.
    pub(super) fn lies_on(&self, finer: &Self) -> bool {
        self.of_year
            .iter()
            .zip(&finer.of_year)
            .all(|(mine, theirs)| mine.iter().all(|at| theirs.contains(at)))
    }
}

/// `2026`, `FY2026`, `FY 26`, `2025/26`, `FY2025-2026`: the year a fiscal year is named by, the last of two.
fn year_named(label: &str) -> Option<i32> {
    let folded = fold_text(label);
    let digits = folded.trim_start_matches(|c: char| c.is_alphabetic() || c == ' ' || c == '\'');
    let lettered = digits.len() < folded.len();
    let number = |text: &str| -> Option<i32> {
        text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
    };
    if let Some((first, last)) = digits.split_once(['/', '-', '–']) {
        let (first, last_number) = (number(first.trim())?, number(last.trim())?);
        let last = if last.trim().len() == 2 { first / 100 * 100 + last_number } else { last_number };
        let last = if last < first { last + 100 } else { last };
        return ((1900..=2200).contains(&first) && last == first + 1).then_some(last);
    }
    match digits.len() {
        4 => number(digits).filter(|year| (1900..=2200).contains(year)),
        // the numbers of periods with a letter before them are no years
        2 if lettered => {
            number(digits).filter(|n| *n > 14 || folded.starts_with("fy")).map(|year| 2000 + year)
        }
        _ => None,
    }
}

/// The rows of each run of equal values.
pub(super) fn stretches<T: PartialEq>(values: &[T]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, value) in values.iter().enumerate() {
        match found.last_mut() {
            Some(last) if values[last.start] == *value => last.end = at + 1,
            _ => found.push(at..at + 1),
        }
    }
    found
}

/// The ways in which columns divide the years into so many parts, each way once; years at the ends of the sheet may be
/// cut short.
pub(super) fn divisions(
    columns: &[&Labels],
    years: &[Range<usize>],
    parts: RangeInclusive<usize>,
    said: Option<usize>,
) -> Vec<Division> {
    let mut found: Vec<Division> = Vec::new();
    for labels in columns.iter().filter(|labels| said.is_none_or(|said| said == labels.column)) {
        let Some(of_year) = years
            .iter()
            .enumerate()
            .map(|(nth, year)| {
                let rows = labels.of_row.get(year.clone())?;
                let starts: Vec<usize> = stretches(rows).iter().map(|s| s.start + year.start).collect();
                let distinct: BTreeSet<_> = rows.iter().collect();
                let may_be_short = nth == 0 || nth + 1 == years.len();
                let fits = parts.contains(&starts.len()) || (may_be_short && starts.len() < *parts.start());
                (fits && distinct.len() == starts.len() && rows.iter().all(Option::is_some)).then_some(starts)
            })
            .collect::<Option<Vec<_>>>()
        else {
            continue;
        };
        let some_whole = of_year.iter().any(|starts| parts.contains(&starts.len()));
        if some_whole && !found.iter().any(|other| other.of_year == of_year) {
            found.push(Division { column: Some(labels.column), of_year });
        }
    }
    found
}

/// Whether every part begins with a calendar month.
pub(super) fn begins_with_months(division: &Division, firsts: &[i32], years: &[Range<usize>]) -> bool {
    division.of_year.iter().zip(years).all(|(starts, year)| {
        starts
            .iter()
            .filter(|at| **at != year.start)
            .all(|at| firsts.get(*at).and_then(|first| date_of_day(*first)).is_some_and(|day| day.day() == 1))
    })
}

/// The calendar year of a day.
pub(super) fn calendar_year(since: i32) -> Option<i32> {
    date_of_day(since).map(|day| day.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_by_their_names() {
        let read = |label| year_named(label);
        assert_eq!(read("2026"), Some(2026));
        assert_eq!(read("FY2026"), Some(2026));
        assert_eq!(read("FY 26"), Some(2026));
        assert_eq!(read("FY'26"), Some(2026));
        assert_eq!(read("2025/26"), Some(2026));
        assert_eq!(read("FY2025-2026"), Some(2026));
        assert_eq!(read("1999/00"), Some(2000));
        assert_eq!(read("2025/27"), None);
        assert_eq!(read("26"), None);
        assert_eq!(read("P03"), None);
        assert_eq!(read("GJ26"), Some(2026));
        assert_eq!(read("Total"), None);
        assert_eq!(read(""), None);
    }

    #[test]
    fn a_label_that_comes_back_divides_nothing() {
        let labels =
            |text: &str| Labels { column: 0, of_row: text.split(' ').map(|s| Some(s.to_owned())).collect() };
        let years = [Range { start: 0, end: 6 }];
        let four = labels("1 1 2 3 4 4");
        assert_eq!(divisions(&[&four], &years, 4..=4, None)[0].of_year, [[0, 2, 3, 4]]);
        let returns = labels("1 2 3 4 4 1");
        assert!(divisions(&[&returns], &years, 4..=4, None).is_empty());
    }
}
