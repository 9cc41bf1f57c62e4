//! A row of a sheet → how well it would serve as the header of the rows below it.

use std::collections::BTreeSet;

use crate::data::dates;
use crate::data::grid::{GridRow, Value, single};
use crate::data::numbers::{self, Mark};
use crate::data::words;

/// What a cell is in the eyes of someone who looks for a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cell {
    /// A name.
    Label,
    /// A date, year or period, which may head a column or be a value.
    Period,
    /// A number, truth or error, also as text.
    Value,
}

/// Tells labels from values.
pub(crate) fn cell(value: &Value) -> Cell {
    match value {
        Value::Date(_) => Cell::Period,
        Value::Number(number, shape) => {
            let whole = number.fract() == 0.0;
            let month = (190_001.0..=210_012.0).contains(number) && (1.0..=12.0).contains(&(number % 100.0));
            let year = (1900.0..=2100.0).contains(number);
            if whole && (year || month) && *shape == crate::data::NumberShape::Plain {
                Cell::Period
            } else {
                Cell::Value
            }
        }
        Value::Text(text) => {
            let text = text.trim();
            if dates::parse(text).is_some() || is_year(text) || is_month_of_year(text) {
                Cell::Period
            } else if numbers::mark(text) != Mark::None || stands_for_nothing(text) {
                Cell::Value
            } else {
                Cell::Label
            }
        }
        Value::Boolean(_) | Value::Error(_) => Cell::Value,
    }
}

/// `n.d.`, `#N/A`, `..`, `-`: no name, as `NA` could be.
fn stands_for_nothing(text: &str) -> bool {
    words::is_missing(text) && !text.chars().all(char::is_alphabetic)
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse::<u32>().is_ok_and(|year| (1900..=2100).contains(&year))
}

/// `01.2025`: a number to look at, a month above others like it.
pub(crate) fn is_month_of_year(text: &str) -> bool {
    text.len() == 7
        && text.split_once('.').is_some_and(|(month, year)| {
            month.len() == 2
                && month.parse().is_ok_and(|month: u32| (1..=12).contains(&month))
                && is_year(year)
        })
}

/// The cells of a row within a band of columns.
pub(crate) fn within(line: &GridRow, band: (u32, u32)) -> &[(u32, Value)] {
    let start = line.cells.partition_point(|(column, _)| *column < band.0);
    let end = line.cells.partition_point(|(column, _)| *column <= band.1);
    &line.cells[start..end]
}

/// How many cells of a row are labels, periods, values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Count {
    /// Names.
    pub(crate) labels: usize,
    /// Dates and years.
    pub(crate) periods: usize,
    /// Numbers and their like.
    pub(crate) values: usize,
}

impl Count {
    /// Counts the cells of a row within a band.
    pub(crate) fn of(line: &GridRow, band: (u32, u32)) -> Self {
        let mut count = Self::default();
        for (_, value) in within(line, band) {
            match cell(value) {
                Cell::Label => count.labels += 1,
                Cell::Period => count.periods += 1,
                Cell::Value => count.values += 1,
            }
        }
        count
    }

    /// Whether nothing but names and periods stands there, names among them or three periods at least.
    pub(crate) fn may_head(self) -> bool {
        let heads = self.labels + self.periods;
        heads > 0 && self.values * 10 <= heads && (self.labels > 0 || self.periods >= 3)
    }
}

/// Whether the numbers of a row are too many for a header, whatever its texts say.
pub(crate) fn cannot_head(line: &GridRow, band: (u32, u32)) -> bool {
    let cells = within(line, band);
    let values =
        cells.iter().filter(|(_, value)| !matches!(value, Value::Text(_)) && cell(value) == Cell::Value);
    let values = values.count();
    values * 10 > cells.len() - values
}

/// How many rows below a header are looked at.
const BELOW: usize = 40;

/// How well a row serves as header.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Fit {
    /// The higher the better.
    pub(crate) score: f64,
    /// Share of the cells below that have a name above.
    pub(crate) cover: f64,
    /// Columns with a name.
    pub(crate) names: usize,
    /// Of them, columns of values below.
    pub(crate) contrast: usize,
}

/// Scores `lines[at]` as the header of the lines below it.
pub(crate) fn fit(lines: &[GridRow], at: usize, band: (u32, u32)) -> Option<Fit> {
    let count = Count::of(&lines[at], band);
    if !count.may_head() {
        return None;
    }
    let below: Vec<&GridRow> = lines[at + 1..at + 1 + reach(lines, at, band)]
        .iter()
        .filter(|line| !within(line, band).is_empty() && !same_texts(line, &lines[at], band))
        .take(BELOW)
        .collect();
    if below.is_empty() {
        return None;
    }
    let heads = within(&lines[at], band);
    let (mut all, mut covered) = (0_usize, 0_usize);
    for line in &below {
        for (column, _) in within(line, band) {
            all += 1;
            covered += usize::from(heads.binary_search_by_key(column, |(c, _)| *c).is_ok());
        }
    }
    let (mut contrast, mut filled, mut repeated, mut long) = (0, 0, 0, 0);
    let colons = heads.iter().filter(|(_, value)| value.show().trim_end().ends_with(':')).count();
    for (column, head) in heads {
        let cells: Vec<&Value> = below.iter().filter_map(|line| line.get(*column)).collect();
        if cells.is_empty() {
            continue;
        }
        filled += 1;
        let values = cells.iter().filter(|value| cell(value) != Cell::Label).count();
        contrast += usize::from(values * 2 > cells.len() && cell(head) == Cell::Label);
        contrast +=
            usize::from(values * 2 > cells.len() && cell(head) == Cell::Period && !near(head, &cells));
        repeated += usize::from(cells.contains(&head));
        long += usize::from(head.show().chars().count() > 60);
    }
    let distinct: BTreeSet<String> = heads.iter().map(|(_, value)| value.show().to_lowercase()).collect();
    let share = |part: usize| part as f64 / heads.len() as f64;
    let cover = covered as f64 / all.max(1) as f64;
    let score =
        2.0 * cover + (2.0 * share(contrast)).min(1.0) + 0.5 * share(distinct.len()) + 0.5 * share(filled)
            - share(repeated)
            - share(long)
            - share(colons)
            - if below.len() == 1 { 0.5 } else { 0.0 };
    Some(Fit { score, cover, names: heads.len(), contrast })
}

/// How many lines below belong to the row: up to a gap behind which other names stand.
fn reach(lines: &[GridRow], at: usize, band: (u32, u32)) -> usize {
    let below = &lines[at + 1..];
    (1..below.len())
        .take(BELOW * 2)
        .find(|next| {
            let gap = below[*next].row - below[*next - 1].row > 1;
            gap && (*next..below.len().min(*next + 3)).any(|names| {
                let count = Count::of(&below[names], band);
                count.may_head() && count.labels >= 2 && !same_texts(&below[names], &lines[at], band)
            })
        })
        .unwrap_or(below.len())
}

/// A year above years or a date above dates next to it is a value like them.
fn near(head: &Value, cells: &[&Value]) -> bool {
    cells.iter().filter(|value| cell(value) == Cell::Period).count() * 2 > cells.len()
        && cell(head) == Cell::Period
}

/// Whether two rows hold the same texts in the same columns: a repeated header.
pub(crate) fn same_texts(a: &GridRow, b: &GridRow, band: (u32, u32)) -> bool {
    let (a, b) = (within(a, band), within(b, band));
    let texts = a.iter().filter(|(_, value)| matches!(value, Value::Text(_))).count();
    let same = a
        .iter()
        .filter(|(column, value)| {
            let Value::Text(text) = value else { return false };
            b.iter().any(|(c, other)| {
                c == column
                    && matches!(other, Value::Text(o) if single(o).to_lowercase() == single(text).to_lowercase())
            })
        })
        .count();
    texts == a.len() && same * 10 >= b.len() * 8 && same > 1
}
