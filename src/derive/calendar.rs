//! The rows of a calendar sheet → the fiscal years they list.
//!
//! A row is a day or a period: its first date column is its first day, a second one its last day. A column that names
//! a year on every row gives the years; one with 12 or 13 stretches in each year gives the periods; one with four
//! gives the quarters. No column is picked by its name; what the file says (`by [Fiscal Year], [Period]`) comes first.

mod columns;
mod errors;

use std::sync::Arc;

use crate::calendar::{Calendar, CalendarSheet, Period, SheetCalendar, SheetYear, joined};
use crate::cell::CellRef;
use crate::data::{Catalog, ColumnData, Dataset, MISSING_DAY, Table, Use, date_of_day};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::resolve::{CalendarModel, Model};

use super::locate;
use columns::{Division, Labels};

/// Periods of a year at most, where each row is one.
const MOST_PERIODS: usize = 14;

/// A row as a stretch of days, half-open, since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Row {
    first: i32,
    end: i32,
    at: usize,
}

/// The calendar with the years of its sheet; unread where the sheet cannot be used, which is said.
pub fn calendar(model: &Model, catalog: &Catalog, dataset: &Dataset) -> (Calendar, Diagnostics) {
    let mut calendar = model.calendar.clone();
    let mut said = Diagnostics::new();
    let Some(sheet) = &model.calendar_sheet else { return (calendar, said) };
    let Some(Some(table)) = dataset.tables.get(sheet.source) else { return (calendar, said) };
    match (Reading { sheet, model, catalog, table }).years(&mut said) {
        Ok(years) => calendar.sheet = Some(CalendarSheet::Read(Arc::new(years))),
        Err(finding) => said.push(*finding),
    }
    (calendar, said)
}

/// Whether a year has as many periods as the fullest one, and the days of a year (52 weeks less two to 53 and two).
fn is_whole(year: &SheetYear, most: usize) -> bool {
    let days: i64 = year.periods.iter().map(|period| period.days()).sum();
    most > 1 && year.periods.len() == most && (350..=385).contains(&days)
}

struct Reading<'a> {
    sheet: &'a CalendarModel,
    model: &'a Model,
    catalog: &'a Catalog,
    table: &'a Table,
}

type Read<T> = Result<T, Box<Diagnostic>>;

impl Reading<'_> {
    fn years(&self, said: &mut Diagnostics) -> Read<SheetCalendar> {
        let rows = self.rows()?;
        let labels = self.labels(&rows);
        let (year_column, years) = self.year_column(&labels, &rows)?;
        let whole = self.divide(&labels, &rows, year_column, &years)?;
        let most = whole.iter().map(|year| year.periods.len()).max().unwrap_or(0);
        let (kept, short): (Vec<_>, Vec<_>) = whole.into_iter().partition(|year| is_whole(year, most));
        if !short.is_empty() {
            let names: Vec<String> = short.iter().map(|year| year.name.to_string()).collect();
            said.push(errors::short_years(self.sheet.span, &self.name(), &names, most));
        }
        if kept.is_empty() {
            return Err(self.refuse("no row of it belongs to a whole year", &[]));
        }
        Ok(SheetCalendar::new(kept))
    }

    fn name(&self) -> String {
        self.model.sources.get(self.sheet.source).map(|s| s.name.clone()).unwrap_or_default()
    }

    fn refuse(&self, why: &str, rows: &[usize]) -> Box<Diagnostic> {
        let cells: Vec<CellRef> =
            locate::cells(self.table, self.catalog, self.sheet.source, self.date(), rows);
        let shown: Vec<String> = cells.iter().map(|cell| self.catalog.show_cell(*cell)).collect();
        errors::unusable(self.sheet.span, &self.name(), why, &shown)
    }

    fn days(&self, nth: usize) -> Option<&[i32]> {
        let mut dates = self.sheet.wanted.iter().filter(|(_, wanted)| *wanted == Use::Date);
        let (column, _) = dates.nth(nth)?;
        match &self.table.column(*column, Use::Date)?.data {
            ColumnData::Date(days) => Some(days),
            _ => None,
        }
    }

    fn date(&self) -> Option<usize> {
        self.sheet.wanted.iter().find(|(_, wanted)| *wanted == Use::Date).map(|(column, _)| *column)
    }

    /// The rows in order of their days, each up to the next.
    fn rows(&self) -> Read<Vec<Row>> {
        let Some(firsts) = self.days(0) else {
            return Err(self.refuse("it has no column of dates", &[]));
        };
        let mut rows: Vec<Row> = (firsts.iter().enumerate())
            .filter(|(_, first)| **first != MISSING_DAY)
            .map(|(at, first)| Row { first: *first, end: *first, at })
            .collect();
        rows.sort_by_key(|row| (row.first, row.at));
        if let Some(pair) = rows.windows(2).find(|pair| pair[0].first == pair[1].first) {
            return Err(self.refuse("two rows begin on the same day", &[pair[0].at, pair[1].at]));
        }
        if rows.len() < 2 {
            return Err(self.refuse("it has fewer than two rows with a date", &[]));
        }
        let lasts = self
            .days(1)
            .filter(|lasts| rows.iter().all(|row| lasts.get(row.at).is_some_and(|last| *last >= row.first)));
        match lasts {
            Some(lasts) => self.rows_with_ends(rows, lasts),
            None => self.rows_to_the_next(rows),
        }
    }

    fn rows_with_ends(&self, mut rows: Vec<Row>, lasts: &[i32]) -> Read<Vec<Row>> {
        for row in &mut rows {
            row.end = lasts.get(row.at).map_or(row.first, |last| last.saturating_add(1));
        }
        match rows.windows(2).find(|pair| pair[0].end != pair[1].first) {
            None => Ok(rows),
            Some(pair) if pair[0].end > pair[1].first => {
                Err(self.refuse("two rows hold the same day", &[pair[0].at, pair[1].at]))
            }
            Some(pair) => Err(self.refuse("days are missing between two rows", &[pair[0].at, pair[1].at])),
        }
    }

    /// Without last days a row goes to the next one; of the last row only its first day is known, unless rows are days.
    fn rows_to_the_next(&self, mut rows: Vec<Row>) -> Read<Vec<Row>> {
        let steps: Vec<i32> = rows.windows(2).map(|pair| pair[1].first - pair[0].first).collect();
        let single = steps.iter().filter(|step| **step == 1).count();
        let are_days = single * 2 > steps.len();
        if are_days && let Some(at) = steps.iter().position(|step| *step != 1) {
            return Err(self.refuse("days are missing between two rows", &[rows[at].at, rows[at + 1].at]));
        }
        for (row, step) in rows.iter_mut().zip(&steps) {
            row.end = row.first.saturating_add(*step);
        }
        if are_days {
            if let Some(last) = rows.last_mut() {
                last.end = last.first.saturating_add(1);
            }
        } else {
            rows.pop();
        }
        Ok(rows)
    }

    /// The other columns, as one label for each row in order.
    fn labels(&self, rows: &[Row]) -> Vec<Labels> {
        let others = self.sheet.wanted.iter().filter(|(_, wanted)| *wanted != Use::Date);
        others
            .filter_map(|(column, _)| {
                let ColumnData::Text { codes, dictionary } = &self.table.column(*column, Use::Key)?.data
                else {
                    return None;
                };
                let text =
                    |row: &Row| codes.get(row.at).and_then(|code| dictionary.text(*code)).map(str::to_owned);
                Some(Labels { column: *column, of_row: rows.iter().map(text).collect() })
            })
            .collect()
    }

    fn shown(&self, column: usize) -> String {
        self.model
            .sources
            .get(self.sheet.source)
            .and_then(|s| s.columns.get(column))
            .cloned()
            .unwrap_or_default()
    }

    /// The column of the years, and the year of each row.
    fn year_column(&self, labels: &[Labels], rows: &[Row]) -> Read<(usize, Vec<i32>)> {
        let mut found: Vec<(usize, Vec<i32>)> = labels
            .iter()
            .filter(|labels| self.sheet.by.first().is_none_or(|said| *said == labels.column))
            .filter_map(|labels| Some((labels.column, labels.years()?)))
            .collect();
        // of a calendar year and a fiscal one the fiscal one is meant
        let is_calendar_year = |years: &[i32]| {
            rows.iter().zip(years).all(|(row, year)| columns::calendar_year(row.first) == Some(*year))
        };
        if found.len() > 1 && found.iter().any(|(_, years)| !is_calendar_year(years)) {
            found.retain(|(_, years)| !is_calendar_year(years));
        }
        found.dedup_by(|later, earlier| later.1 == earlier.1);
        match found.as_slice() {
            [one] => Ok(one.clone()),
            [] => Err(self.refuse(
                &match self.sheet.by.first() {
                    Some(said) => {
                        format!("`{}` does not name a year on every row, in order", self.shown(*said))
                    }
                    None => {
                        "no column names a year (2026, FY2026, 2025/26) on every row, in order".to_owned()
                    }
                },
                &[],
            )),
            several => {
                let names: Vec<String> = several.iter().map(|(column, _)| self.shown(*column)).collect();
                Err(errors::two_columns(self.sheet.span, &self.name(), "years", &names))
            }
        }
    }

    /// Each year with its periods and quarters.
    fn divide(
        &self,
        labels: &[Labels],
        rows: &[Row],
        year_column: usize,
        years: &[i32],
    ) -> Read<Vec<SheetYear>> {
        let spans = columns::stretches(years);
        let others: Vec<&Labels> = labels.iter().filter(|l| l.column != year_column).collect();
        let said = |nth: usize| self.sheet.by.get(nth).copied();
        let (said_quarter, said_period) =
            if self.sheet.by.len() == 3 { (said(1), said(2)) } else { (None, said(1)) };
        let periods = self.periods(&others, rows, &spans, said_period)?;
        let quarters = self.quarters(&others, rows, &spans, &periods, said_quarter)?;
        let day = |day: i32| date_of_day(day).ok_or_else(|| self.refuse("its days are out of range", &[]));
        let place = |edges: &[usize], end: usize| -> Read<Vec<Period>> {
            let ends = edges.iter().skip(1).copied().chain([end]);
            edges
                .iter()
                .zip(ends)
                .map(|(from, to)| Ok(Period { start: day(rows[*from].first)?, end: day(rows[to - 1].end)? }))
                .collect()
        };
        spans
            .iter()
            .enumerate()
            .map(|(nth, span)| {
                let periods = place(&periods.of_year[nth], span.end)?;
                let quarters = match &quarters {
                    Some(quarters) => place(&quarters.of_year[nth], span.end)?,
                    None if periods.len() == 12 => joined(&periods, 3),
                    None => Vec::new(),
                };
                Ok(SheetYear { name: years[span.start], periods, quarters })
            })
            .collect()
    }

    fn periods(
        &self,
        others: &[&Labels],
        rows: &[Row],
        spans: &[std::ops::Range<usize>],
        said: Option<usize>,
    ) -> Read<Division> {
        if said.is_none() && spans.iter().all(|span| span.len() <= MOST_PERIODS) {
            return Ok(Division {
                column: None,
                of_year: spans.iter().map(|s| s.clone().collect()).collect(),
            });
        }
        let candidates = columns::divisions(others, spans, 12..=13, said);
        self.one_division(candidates, rows, spans, "periods", said)?.ok_or_else(|| {
            let why = match said {
                Some(column) => {
                    format!("`{}` does not divide its years into 12 or 13 periods", self.shown(column))
                }
                None => "no column divides its years into 12 or 13 periods".to_owned(),
            };
            self.refuse(&why, &[])
        })
    }

    fn quarters(
        &self,
        others: &[&Labels],
        rows: &[Row],
        spans: &[std::ops::Range<usize>],
        periods: &Division,
        said: Option<usize>,
    ) -> Read<Option<Division>> {
        let mut candidates = columns::divisions(others, spans, 4..=4, said);
        candidates.retain(|division| division.lies_on(periods));
        self.one_division(candidates, rows, spans, "quarters", said)
    }

    /// The one way in which columns divide the years; calendar months and quarters stand back behind fiscal ones.
    fn one_division(
        &self,
        mut found: Vec<Division>,
        rows: &[Row],
        spans: &[std::ops::Range<usize>],
        what: &str,
        said: Option<usize>,
    ) -> Read<Option<Division>> {
        let firsts: Vec<i32> = rows.iter().map(|row| row.first).collect();
        if found.len() > 1 {
            found.retain(|division| !columns::begins_with_months(division, &firsts, spans));
        }
        match found.as_slice() {
            [] => Ok(None),
            [_] => Ok(found.pop()),
            several if said.is_none() => {
                let names: Vec<String> =
                    several.iter().filter_map(|d| d.column).map(|column| self.shown(column)).collect();
                Err(errors::two_columns(self.sheet.span, &self.name(), what, &names))
            }
            _ => Ok(found.pop()),
        }
    }
}
