//! A year in one column and a month or quarter in another → one date for each row.
//!
//! A month without a column of years takes the year that the title, the sheet or the file names.

use crate::calendar::Grain;
use crate::data::gather::Gathered;
use crate::data::grid::{GridRow, Value};
use crate::data::load::Loading;
use crate::data::periods::{self, When};
use crate::data::reader::Style;
use crate::data::{ColumnInfo, Kind, PartedDate, SourceInfo, YearOf, words};

/// Which columns of a table date its rows together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dating {
    /// The column of years, counted from the first of the table.
    pub(crate) year: Option<usize>,
    /// The column of months, quarters or the like.
    pub(crate) part: usize,
    /// What it holds.
    pub(crate) grain: Grain,
}

/// Looks for a column of parts of a year, and one of years, where no column of dates stands.
pub(crate) fn dating(rows: &[&GridRow], first: u32, columns: &[ColumnInfo]) -> Option<Dating> {
    let dated = |column: &ColumnInfo| column.kind == Kind::Date && !words::names_year(&column.name);
    if columns.iter().any(dated) || rows.is_empty() {
        return None;
    }
    let values = |at: usize| rows.iter().filter_map(move |line| line.get(first + at as u32));
    let (part, grain) = (0..columns.len()).find_map(|at| {
        let grain = grain_of(&columns[at].name, values(at))?;
        Some((at, grain))
    })?;
    let year = (0..columns.len())
        .find(|at| words::names_year(&columns[*at].name) && values(*at).all(|value| year(value).is_some()));
    Some(Dating { year, part, grain })
}

/// What parts of a year a column holds: texts that all name one, or numbers below a header that says so.
fn grain_of<'v>(header: &str, values: impl Iterator<Item = &'v Value>) -> Option<Grain> {
    let named = words::names_part_of_year(header);
    let mut found: Option<Grain> = None;
    for value in values {
        let grain = match value {
            Value::Number(number, _) => {
                let (grain, most) = named?;
                (number.fract() == 0.0 && (1.0..=most).contains(number)).then_some(grain)?
            }
            Value::Text(text) => match part(text) {
                Some((grain, _)) => grain,
                None if words::is_missing(text) || words::total(text) != words::TotalWord::No => continue,
                None => numbered(text, named).map(|(grain, _)| grain)?,
            },
            _ => return None,
        };
        if found.is_some_and(|known| known != grain) {
            return None;
        }
        found = Some(grain);
    }
    found
}

fn part(text: &str) -> Option<(Grain, u32)> {
    let heading = periods::heading(text)?;
    match heading.when {
        When::Part(number) if heading.rest.is_empty() => Some((heading.grain, number)),
        _ => None,
    }
}

/// `3` below `Month`.
fn numbered(text: &str, named: Option<(Grain, f64)>) -> Option<(Grain, u32)> {
    let (grain, most) = named?;
    let number: u32 = text.trim().parse().ok()?;
    (number > 0 && f64::from(number) <= most).then_some((grain, number))
}

fn year(value: &Value) -> Option<i32> {
    match value {
        Value::Number(number, _) if number.fract() == 0.0 && (1900.0..=2100.0).contains(number) => {
            Some(*number as i32)
        }
        Value::Text(text) => text.trim().parse().ok().filter(|year| (1900..=2100).contains(year)),
        _ => None,
    }
}

/// Adds the column of dates to a source whose parts all have such columns; `around` is the year around each part.
pub(crate) fn add(
    source: &mut SourceInfo,
    dating: &[Option<Dating>],
    around: &[Option<i32>],
) -> Option<String> {
    let made: Option<Vec<PartedDate>> = source
        .parts
        .iter()
        .zip(dating)
        .zip(around)
        .map(|((info, dating), around)| {
            let dating = (*dating)?;
            let at = |column: usize| {
                info.columns.iter().position(|place| *place == Some(info.first_column + column as u32))
            };
            let year = match dating.year {
                Some(column) => YearOf::Column(at(column)?),
                None => YearOf::Stated((*around)?),
            };
            Some(PartedDate {
                column: source.columns.len(),
                year,
                part: at(dating.part)?,
                grain: dating.grain,
            })
        })
        .collect();
    let made = made.filter(|made| !made.is_empty() && made.len() == source.parts.len())?;
    let first = made.first()?;
    let part = source.columns.get(first.part)?.clone();
    let from = match first.year {
        YearOf::Column(column) => {
            let year = source.columns.get_mut(column)?;
            year.kind = Kind::Number;
            format!("`{}` and `{}`", year.name, part.name)
        }
        YearOf::Stated(year) => format!("`{}` of {year}", part.name),
    };
    let taken = source.columns.iter().any(|column| crate::data::fold_text(&column.name) == "date");
    let name = if taken { "date 2" } else { "date" };
    source.columns.push(ColumnInfo {
        name: name.to_owned(),
        part: None,
        kind: Kind::Date,
        shape: crate::data::NumberShape::Plain,
        unit: None,
        header: part.header,
        sample: Vec::new(),
    });
    for (info, made) in source.parts.iter_mut().zip(made) {
        info.columns.push(None);
        info.parted = Some(made);
    }
    Some(format!("{from} date the rows, as `{name}`"))
}

impl Loading<'_> {
    /// Fills the column of dates that parts of dates make.
    pub(crate) fn add_parted(&mut self) {
        let Some(column) =
            self.source.parts.iter().find_map(|part| part.parted.as_ref()).map(|made| made.column)
        else {
            return;
        };
        let Ok(at) = self.columns.binary_search(&column) else { return };
        let style = self.styles.len() as u32;
        self.styles.push(Style::Date);
        let mut dates = Gathered::default();
        for run in &self.runs {
            let made = self.source.parts.get(run.part).and_then(|part| part.parted.as_ref());
            for row in run.first..run.first + run.count {
                match made.and_then(|made| self.parted_day(made, row)) {
                    Some(day) => dates.push_number(f64::from(day) + 25_569.0, style),
                    None => dates.extend_missing(1),
                }
            }
        }
        self.cells[at] = dates;
    }

    fn parted_day(&self, made: &PartedDate, row: usize) -> Option<i32> {
        let cells =
            |column: usize| self.columns.binary_search(&column).ok().and_then(|at| self.cells.get(at));
        let year = match made.year {
            YearOf::Stated(year) => year,
            YearOf::Column(column) => year(&cells(column)?.value(row)?)?,
        };
        let named = words::names_part_of_year(&self.source.columns.get(made.part)?.name);
        let number = match cells(made.part)?.value(row)? {
            Value::Number(number, _) => number as u32,
            Value::Text(text) => part(&text).or_else(|| numbered(&text, named))?.1,
            _ => return None,
        };
        When::Part(number).day(made.grain, Some(year))
    }
}

impl Gathered {
    /// A number or text, without what its format says.
    fn value(&self, row: usize) -> Option<Value> {
        if let Some(number) = self.numbers.get(row) {
            return Some(Value::Number(number, crate::data::NumberShape::Plain));
        }
        let text = self.words.dictionary.text(*self.codes.get(row)?)?;
        Some(Value::Text(text.to_owned()))
    }
}
