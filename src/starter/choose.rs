//! The likeliest source, and of its columns those that goals would be about.

use std::cmp::Reverse;

use chrono::{Datelike as _, NaiveDate};

use crate::data::{
    Catalog, ColumnData, Dataset, Dictionary, Kind, MISSING_CODE, MISSING_DAY, NumberShape, SourceInfo,
    Table, Use, date_of_day, is_plan_word, names_identity,
};

/// A metric to be declared over a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Metric {
    /// Its name.
    pub(super) name: String,
    /// The column.
    pub(super) column: String,
}

/// Metrics declared at most.
const METRICS: usize = 3;

/// The source that goals most likely are about: with dates, of rank, of rows.
pub(super) fn best(catalog: &Catalog, dataset: &Dataset) -> Option<usize> {
    let rows = |at: usize| dataset.tables.get(at).and_then(Option::as_ref).map_or(0, |table| table.rows);
    let dated = |source: &SourceInfo| source.columns.iter().any(|column| column.kind == Kind::Date);
    let sources = catalog.sources.iter().enumerate();
    sources.min_by_key(|(at, source)| Reverse((dated(source), source.rank, rows(*at)))).map(|(at, _)| at)
}

/// The name of a source as a `data` line gives it; one called `data` would read as the keyword twice.
pub(super) fn source_name(source: &SourceInfo) -> String {
    let name = words(&source.name);
    if name.is_empty() || name == "data" { "rows".to_owned() } else { name }
}

/// Lower-case words of a name, what stands in brackets left out.
fn words(name: &str) -> String {
    let mut plain = String::new();
    let mut depth = 0;
    for c in name.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ if depth > 0 => {}
            _ if c.is_alphanumeric() => plain.extend(c.to_lowercase()),
            _ => plain.push(' '),
        }
    }
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join(" ")
}

/// Columns of amounts, the likeliest first: money, then by what they add up to.
pub(super) fn amounts(source: &SourceInfo, table: Option<&Table>) -> Vec<usize> {
    let mut found: Vec<(bool, f64, usize)> = source
        .columns
        .iter()
        .enumerate()
        .filter(|(_, column)| {
            column.kind == Kind::Number
                && !matches!(column.shape, NumberShape::Percent | NumberShape::Duration)
                && !is_no_amount(&column.name)
                && !is_planned(&column.name)
        })
        .map(|(at, column)| {
            let sum =
                numbers(table, at).map_or(0.0, |v| v.iter().filter(|v| !v.is_nan()).map(|v| v.abs()).sum());
            (matches!(column.shape, NumberShape::Money(_)), sum, at)
        })
        .collect();
    found.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2)));
    found.into_iter().take(METRICS).map(|(_, _, at)| at).collect()
}

/// `Budget` and `Revenue Budget` are what is compared with.
fn is_planned(name: &str) -> bool {
    let last = words(name).split(' ').next_back().map(str::to_owned);
    last.is_some_and(|word| is_plan_word(&word))
}

/// Whether less of it is better, by its name.
pub(super) fn is_spent(name: &str) -> bool {
    let stems = [
        "cost",
        "expense",
        "complaint",
        "churn",
        "return",
        "emission",
        "waste",
        "defect",
        "kosten",
        "aufwand",
        "kostnad",
        "omkostning",
        "udgift",
        "coût",
        "dépense",
        "custo",
        "despesa",
        "reklamation",
    ];
    words(name).split(' ').any(|word| stems.iter().any(|stem| word.starts_with(stem)))
}

/// Numbers that are no amounts: identities, prices, rates, parts of a date.
fn is_no_amount(name: &str) -> bool {
    let lower = words(name);
    let mut parts = lower.split(' ');
    names_identity(name)
        || parts.any(|word| {
            #[rustfmt::skip]
            let no = matches!(
                word,
                "id" | "no" | "nr" | "number" | "code" | "year" | "month" | "day" | "week" | "quarter" | "price" | "rate"
                    | "percent" | "average" | "score" | "age" | "zip" | "phone" | "år" | "måned" | "månad" | "jahr"
                    | "monat" | "ano" | "mês" | "année" | "mois" | "preis" | "pris" | "prix" | "preço" | "plz" | "index"
                    | "days" | "hours" | "minutes" | "tage" | "stunden" | "dagar" | "timmar" | "dage" | "timer" | "jours"
                    | "dias" | "horas"
            );
            no
        })
}

fn numbers(table: Option<&Table>, column: usize) -> Option<&[f64]> {
    match &table?.column(column, Use::Any)?.data {
        ColumnData::Number(values) => Some(values),
        _ => None,
    }
}

/// The metrics over these columns, each with a name of its own.
pub(super) fn metrics(source: &SourceInfo, columns: &[usize], own_names: bool) -> Vec<Metric> {
    let mut made: Vec<Metric> = Vec::new();
    for at in columns {
        let column = &source.columns[*at].name;
        let mut name = words(column);
        let plain = own_names && name.chars().next().is_some_and(char::is_alphabetic);
        if !plain || made.iter().any(|metric| metric.name == name) {
            name = if made.is_empty() { "total".to_owned() } else { format!("total {}", made.len() + 1) };
        }
        made.push(Metric { name, column: column.clone() });
    }
    made
}

/// Codes and texts of a column.
fn texts(table: Option<&Table>, column: usize) -> Option<(&[u32], &Dictionary)> {
    match &table?.column(column, Use::Any)?.data {
        ColumnData::Text { codes, dictionary } => Some((codes, dictionary)),
        _ => None,
    }
}

/// How often each text of a column stands.
fn counts(codes: &[u32], of: usize) -> Vec<usize> {
    let mut counts = vec![0_usize; of];
    for code in codes.iter().filter(|code| **code != MISSING_CODE) {
        if let Some(count) = counts.get_mut(*code as usize) {
            *count += 1;
        }
    }
    counts
}

/// A column of identities: what is counted by them.
pub(super) fn counted(source: &SourceInfo, table: Option<&Table>) -> Option<Metric> {
    source.columns.iter().enumerate().find_map(|(at, column)| {
        if !names_identity(&column.name) {
            return None;
        }
        let distinct = match texts(table, at) {
            Some((codes, texts)) => counts(codes, texts.len()).iter().filter(|count| **count > 0).count(),
            None => {
                let mut values: Vec<u64> =
                    numbers(table, at)?.iter().filter(|v| !v.is_nan()).map(|v| v.to_bits()).collect();
                values.sort_unstable();
                values.dedup();
                values.len()
            }
        };
        let rows = table?.rows;
        (distinct > 1 && distinct * 4 > rows)
            .then(|| Metric { name: counted_name(&column.name), column: column.name.clone() })
    })
}

/// `Order ID` → `order count`.
fn counted_name(column: &str) -> String {
    let ends = ["id", "no", "nr", "number", "code", "nummer", "key", "ref", "num"];
    let lower = words(column);
    let kept: Vec<&str> = lower.split(' ').filter(|word| !ends.contains(word)).collect();
    let name = kept.join(" ");
    if name.is_empty() { "record count".to_owned() } else { format!("{name} count") }
}

/// A column of few texts, and the one that stands most often in it.
pub(super) fn segment(source: &SourceInfo, table: Option<&Table>) -> Option<(String, String)> {
    let mut best: Option<(usize, String, String)> = None;
    for (at, column) in source.columns.iter().enumerate() {
        let Some((codes, texts)) = texts(table, at).filter(|_| !names_identity(&column.name)) else {
            continue;
        };
        let counts = counts(codes, texts.len());
        let distinct = counts.iter().filter(|count| **count > 0).count();
        let filled: usize = counts.iter().sum();
        if !(2..=30).contains(&distinct) || filled * 2 < codes.len() || distinct * 2 > filled {
            continue;
        }
        let most = counts.iter().enumerate().max_by_key(|(at, count)| (**count, Reverse(*at)));
        let Some(text) =
            most.and_then(|(code, _)| texts.text(code as u32)).filter(|text| !text.contains('"'))
        else {
            continue;
        };
        if best.as_ref().is_none_or(|(known, ..)| distinct < *known) {
            best = Some((distinct, column.name.clone(), text.to_owned()));
        }
    }
    best.map(|(_, column, text)| (column, text))
}

fn dates<'t>(source: &SourceInfo, table: Option<&'t Table>) -> Option<&'t [i32]> {
    let at = source.columns.iter().position(|column| column.kind == Kind::Date)?;
    match &table?.column(at, Use::Date)?.data {
        ColumnData::Date(days) => Some(days),
        _ => None,
    }
}

/// First and last day of the source.
pub(super) fn days(source: &SourceInfo, table: Option<&Table>) -> Option<(NaiveDate, NaiveDate)> {
    let days = dates(source, table)?;
    let present = || days.iter().copied().filter(|day| *day != MISSING_DAY);
    Some((date_of_day(present().min()?)?, date_of_day(present().max()?)?))
}

/// What a column adds up to in a year.
pub(super) fn total(source: &SourceInfo, table: Option<&Table>, column: usize, year: i32) -> Option<f64> {
    let (days, values) = (dates(source, table)?, numbers(table, column)?);
    let of_year = |days: i32| days != MISSING_DAY && date_of_day(days).is_some_and(|day| day.year() == year);
    let inside = days.iter().zip(values).filter(|(day, value)| of_year(**day) && !value.is_nan());
    Some(inside.map(|(_, value)| value).sum())
}

/// A number of two digits and zeros, as a target is said.
pub(super) fn rounded(value: f64) -> String {
    if !value.is_finite() || value.abs() < 1.0 {
        return "1".to_owned();
    }
    let mut size = 1.0;
    while value.abs() / size >= 100.0 {
        size *= 10.0;
    }
    format!("{}", (value / size).round() * size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_round() {
        assert_eq!(rounded(1234.5), "1200");
        assert_eq!(rounded(87.4), "87");
        assert_eq!(rounded(0.2), "1");
        assert_eq!(rounded(-1550.0), "-1600");
    }

    #[test]
    fn names_are_words() {
        assert_eq!(words("Umsatz (netto) in €"), "umsatz in");
        assert_eq!(words("Order_ID"), "order id");
        assert!(is_no_amount("Unit Price") && is_no_amount("Year") && !is_no_amount("Amount"));
    }
}
