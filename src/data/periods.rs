//! A header or a name → the period it names: `Jan 2025`, `2025-01`, `Q1`, `KW 12`, with what it says besides.
//!
//! A part of a year without the year is placed later, by the year that stands around it.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::calendar::Grain;
use crate::data::dates::{self, DateText};
use crate::data::words;

/// A period named by a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heading {
    /// Its length.
    pub(crate) grain: Grain,
    /// When it is.
    pub(crate) when: When,
    /// What the header says besides: `Budget`.
    pub(crate) rest: String,
}

/// When a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum When {
    /// Its first day, from 1970-01-01.
    Day(i32),
    /// Its number in a year that is not said.
    Part(u32),
}

impl When {
    /// The first day, a part of a year in this year.
    pub(crate) fn day(self, grain: Grain, year: Option<i32>) -> Option<i32> {
        match self {
            Self::Day(day) => Some(day),
            Self::Part(number) => first_day(grain, number, year?),
        }
    }
}

/// The first day of the n-th month, quarter, half or week of a year.
fn first_day(grain: Grain, number: u32, year: i32) -> Option<i32> {
    let month = match grain {
        Grain::Month => number,
        Grain::Quarter => number * 3 - 2,
        Grain::Half => number * 6 - 5,
        Grain::Week => return NaiveDate::from_isoywd_opt(year, number, Weekday::Mon).map(dates::days),
        Grain::Day | Grain::Year => return None,
    };
    NaiveDate::from_ymd_opt(year, month, 1).map(dates::days)
}

/// The period in a header: the longest run of its words that is one; the rest names the value.
pub(crate) fn heading(header: &str) -> Option<Heading> {
    let text = header.replace('_', " ");
    let tokens: Vec<&str> = text.split_whitespace().collect();
    if tokens.len() > 12 {
        return None;
    }
    for length in (1..=tokens.len().min(4)).rev() {
        for start in 0..=tokens.len() - length {
            let Some((grain, when)) = whole(&tokens[start..start + length].join(" ")) else { continue };
            let rest: Vec<&str> = tokens[..start].iter().chain(&tokens[start + length..]).copied().collect();
            let rest = rest.join(" ").trim_matches(['-', '–', ':', '(', ')', '/', '|', ' ']).to_owned();
            return Some(Heading { grain, when, rest });
        }
    }
    None
}

/// A text that is a period and nothing else.
fn whole(text: &str) -> Option<(Grain, When)> {
    let bare = text.trim_matches(['.', ',', '(', ')', '[', ']', ':', ' ']);
    if bare.is_empty() {
        return None;
    }
    year(bare).or_else(|| part_of_year(bare)).or_else(|| dated(bare))
}

fn in_range(year: i32) -> Option<i32> {
    (1900..=2100).contains(&year).then_some(year)
}

/// `2025`, `FY2025`, `FY25`, `År 2025`.
fn year(bare: &str) -> Option<(Grain, When)> {
    let lower = bare.to_lowercase();
    let digits = ["fy", "gj", "year", "år", "jahr", "année", "ano", "exercice"]
        .iter()
        .find_map(|word| lower.strip_prefix(word));
    let stated = digits.is_some();
    let digits = digits.unwrap_or(&lower).trim_start_matches([' ', '\'', '-']);
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i32 = digits.parse().ok()?;
    let year = match digits.len() {
        4 => in_range(number)?,
        2 if stated => 2000 + number,
        _ => return None,
    };
    NaiveDate::from_ymd_opt(year, 1, 1).map(|day| (Grain::Year, When::Day(dates::days(day))))
}

/// `Okt`, `M01`, `Q3`, `1. kvartal`, `H1`, `KW 12`: a part of a year that is not said.
fn part_of_year(bare: &str) -> Option<(Grain, When)> {
    if let Some(month) = words::month(bare) {
        return Some((Grain::Month, When::Part(month)));
    }
    let lower = bare.to_lowercase();
    let word: String = lower.chars().filter(|c| c.is_alphabetic()).collect();
    let digits: String = lower.chars().filter(char::is_ascii_digit).collect();
    let plain = lower.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '.' | '-'));
    if !plain || digits.is_empty() || digits.len() > 2 || word.is_empty() {
        return None;
    }
    let number: u32 = digits.parse().ok()?;
    let grain = match word.as_str() {
        "m" | "month" | "månad" | "måned" | "monat" | "mois" | "mês" if number <= 12 => Grain::Month,
        "q" | "k" | "kv" | "kvartal" | "quarter" | "quartal" | "qtr" | "t" | "tri" | "trim" | "trimestre"
            if number <= 4 && digits.len() == 1 =>
        {
            Grain::Quarter
        }
        "h" | "hy" | "hj" | "halvår" | "halbjahr" | "semestre" if number <= 2 && digits.len() == 1 => {
            Grain::Half
        }
        "w" | "wk" | "week" | "kw" | "v" | "vecka" | "uge" | "woche" | "semaine" | "semana" | "sem"
            if number <= 53 =>
        {
            Grain::Week
        }
        _ => return None,
    };
    (number > 0).then_some((grain, When::Part(number)))
}

/// `2025-01`, `Jan-25`, `Q1 2025`, `202501`, `1H25`, a day.
fn dated(bare: &str) -> Option<(Grain, When)> {
    let lower = bare.to_lowercase();
    if lower.len() == 6
        && let Ok(number) = lower.parse::<i32>()
    {
        let year = in_range(number / 100)?;
        let day = first_day(Grain::Month, (number % 100) as u32, year)?;
        return Some((Grain::Month, When::Day(day)));
    }
    if let Some(found) = compound(&lower) {
        return Some(found);
    }
    let DateText::Certain(day) = dates::parse(bare)? else { return None };
    Some((grain_of(&lower), When::Day(day)))
}

/// `1q25`, `h1 2025`, `2025 h2`, `2025m05`, `01.2025`: a part of a year beside its year.
fn compound(lower: &str) -> Option<(Grain, When)> {
    let parts: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let as_year = |text: &str| match text.len() {
        4 => text.parse().ok().and_then(in_range),
        2 => text.parse().ok().map(|year: i32| 2000 + year),
        _ => None,
    };
    match parts.as_slice() {
        [month, year] if year.len() == 4 && lower.contains('.') => {
            let number: u32 = month.parse().ok()?;
            Some((Grain::Month, When::Day(first_day(Grain::Month, number, as_year(year)?)?)))
        }
        [part, year] | [year, part] if as_year(year).is_some() && part.len() == 2 => {
            let (grain, When::Part(number)) = part_of_year(part)? else { return None };
            (grain != Grain::Month)
                .then(|| first_day(grain, number, as_year(year)?).map(|day| (grain, When::Day(day))))?
        }
        // digit first: `K100` is a code
        [one]
            if one.len() == 4
                && one.is_ascii()
                && one.starts_with(|c: char| c.is_ascii_digit())
                && !one.bytes().all(|b| b.is_ascii_digit()) =>
        {
            let (part, year) = one.split_at(2);
            let (grain, When::Part(number)) = part_of_year(part)? else { return None };
            first_day(grain, number, as_year(year)?).map(|day| (grain, When::Day(day)))
        }
        _ => None,
    }
}

/// The length of the period that a dated text names.
fn grain_of(lower: &str) -> Grain {
    let mut numbers = 0;
    for part in lower.split(|c: char| !c.is_alphanumeric()) {
        let letters = part.trim_matches(|c: char| c.is_ascii_digit());
        match letters {
            "q" | "kv" | "k" | "kvartal" | "quarter" | "quartal" => return Grain::Quarter,
            "w" | "v" | "kw" | "week" | "vecka" | "uge" | "woche" => return Grain::Week,
            _ => {}
        }
        numbers += usize::from(part.bytes().any(|b| b.is_ascii_digit()));
        numbers += usize::from(part.len() == 8 && letters.is_empty()) * 2;
        // `2025m05` is one part of two numbers
        numbers += usize::from(letters == "m");
    }
    let named = lower.split(|c: char| !c.is_alphabetic()).any(|word| words::month(word).is_some());
    if numbers + usize::from(named) > 2 { Grain::Day } else { Grain::Month }
}

/// The year that a text names, where it names one; of `2024/25` the first.
pub(crate) fn year_in(text: &str) -> Option<Year> {
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|d| !d.is_empty()).collect();
    let years: Vec<(usize, i32)> = numbers
        .iter()
        .enumerate()
        .filter(|(_, digits)| digits.len() == 4)
        .filter_map(|(at, digits)| Some((at, digits.parse::<i32>().ok().and_then(in_range)?)))
        .collect();
    match years.as_slice() {
        [(at, year)] => {
            let next = numbers.get(at + 1).is_some_and(|digits| {
                digits.len() == 2 && digits.parse::<i32>().is_ok_and(|two| two == (year + 1) % 100)
            });
            let joined =
                [format!("{year}/{:02}", (year + 1) % 100), format!("{year}-{:02}", (year + 1) % 100)];
            let spans = next && joined.iter().any(|both| text.contains(both.as_str()));
            Some(Year { first: *year, spans })
        }
        [(_, first), (_, second)] if *second == first + 1 => Some(Year { first: *first, spans: true }),
        _ => None,
    }
}

/// The year around months that do not say theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Year {
    /// The year, or the first of two.
    pub(crate) first: i32,
    /// `2024/25`: it runs into the next, so months may turn over once.
    pub(crate) spans: bool,
}

/// The first days of headings in the order of their columns: parts of a year begin in the year around them and go
/// into the next where they turn over, if it spans two. `None` where one cannot be placed.
pub(crate) fn placed(headings: &[&Heading], year: Option<Year>) -> Option<Vec<i32>> {
    let mut days = Vec::with_capacity(headings.len());
    let mut last: Option<u32> = None;
    let mut turned = 0;
    for heading in headings {
        if let When::Part(number) = heading.when {
            if last.is_some_and(|last| number < last) {
                turned += 1;
            }
            last = Some(number);
        }
        let year = year.filter(|year| turned == 0 || turned == 1 && year.spans);
        days.push(heading.when.day(heading.grain, year.map(|year| year.first + turned))?);
    }
    Some(days)
}

/// Days of one month each, all its first or all its last, are months.
pub(crate) fn are_months(days: &[i32]) -> bool {
    let dates: Option<Vec<NaiveDate>> = days.iter().map(|day| dates::date(*day)).collect();
    let Some(dates) = dates else { return false };
    let next_is_first = |date: &NaiveDate| date.succ_opt().is_some_and(|next| next.day() == 1);
    dates.iter().all(|date| date.day() == 1) || dates.iter().all(next_is_first)
}

/// The first day of the month of a day.
pub(crate) fn month_start(day: i32) -> i32 {
    dates::date(day).map_or(day, |date| day - date.day0() as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> i32 {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").map_or(0, dates::days)
    }

    #[track_caller]
    fn dated(header: &str, grain: Grain, first: &str, rest: &str) {
        let expected = Heading { grain, when: When::Day(day(first)), rest: rest.to_owned() };
        assert_eq!(heading(header), Some(expected), "{header}");
    }

    #[track_caller]
    fn part(header: &str, grain: Grain, number: u32, rest: &str) {
        let expected = Heading { grain, when: When::Part(number), rest: rest.to_owned() };
        assert_eq!(heading(header), Some(expected), "{header}");
    }

    #[test]
    fn headings_with_a_year() {
        dated("Jan 2025", Grain::Month, "2025-01-01", "");
        dated("jan-25", Grain::Month, "2025-01-01", "");
        dated("Okt. 2024 Ist", Grain::Month, "2024-10-01", "Ist");
        dated("2025-03", Grain::Month, "2025-03-01", "");
        dated("202503", Grain::Month, "2025-03-01", "");
        dated("03/2025", Grain::Month, "2025-03-01", "");
        dated("03.2025", Grain::Month, "2025-03-01", "");
        dated("2025M05", Grain::Month, "2025-05-01", "");
        dated("Budget_Jan_2025", Grain::Month, "2025-01-01", "Budget");
        dated("2024 Jan Budget", Grain::Month, "2024-01-01", "Budget");
        dated("2024-03-31", Grain::Day, "2024-03-31", "");
        dated("12-Jan-24", Grain::Day, "2024-01-12", "");
        dated("Q1 2025", Grain::Quarter, "2025-01-01", "");
        dated("2025 Q3 Plan", Grain::Quarter, "2025-07-01", "Plan");
        dated("1Q25", Grain::Quarter, "2025-01-01", "");
        dated("H2 2025", Grain::Half, "2025-07-01", "");
        dated("2025-W05", Grain::Week, "2025-01-27", "");
        dated("Sales 2024", Grain::Year, "2024-01-01", "Sales");
        dated("FY25", Grain::Year, "2025-01-01", "");
    }

    #[test]
    fn headings_without_a_year() {
        part("Okt", Grain::Month, 10, "");
        part("M01", Grain::Month, 1, "");
        part("Jan Budget", Grain::Month, 1, "Budget");
        part("Q3", Grain::Quarter, 3, "");
        part("1. kvartal", Grain::Quarter, 1, "");
        part("KW 12", Grain::Week, 12, "");
        part("H1", Grain::Half, 1, "");
    }

    #[test]
    fn headers_that_are_no_periods() {
        for header in ["Total", "Region", "Q7", "Item 12", "M13", "Budget", "B2B", "COVID19", "K100"] {
            assert_eq!(heading(header), None, "{header}");
        }
    }

    #[test]
    fn a_year_in_a_name() {
        assert_eq!(year_in("Budget 2024"), Some(Year { first: 2024, spans: false }));
        assert_eq!(year_in("Budget 2024/25"), Some(Year { first: 2024, spans: true }));
        assert_eq!(year_in("2023-2024"), Some(Year { first: 2023, spans: true }));
        assert_eq!(year_in("2023 and 2025"), None);
        assert_eq!(year_in("Budget"), None);
    }

    #[test]
    fn months_turn_over_where_the_year_spans_two() {
        let all: Vec<Heading> = ["Jul", "Dez", "Jan", "Jun"].iter().filter_map(|h| heading(h)).collect();
        let all: Vec<&Heading> = all.iter().collect();
        let expected = ["2024-07-01", "2024-12-01", "2025-01-01", "2025-06-01"].map(day).to_vec();
        assert_eq!(placed(&all, Some(Year { first: 2024, spans: true })), Some(expected));
        assert_eq!(placed(&all, Some(Year { first: 2024, spans: false })), None);
        assert_eq!(placed(&all, None), None);
    }
}
