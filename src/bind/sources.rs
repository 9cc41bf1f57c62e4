//! The dates of every source that a statement uses.

use chrono::NaiveDate;

use crate::cell::CellRef;
use crate::data::{Catalog, ColumnData, Dataset, Table, Use};
use crate::diagnostic::Diagnostics;
use crate::resolve::Model;

use super::dates::{Dates, Limits, date_of, dates_of};
use super::errors;
use super::plan::SourcePlan;

/// Cells named with suspect dates.
const MOST_CELLS: usize = 20;

/// The dates of each source; none for those without.
pub(super) fn sources(
    model: &Model,
    catalog: &Catalog,
    dataset: &Dataset,
    as_of: Option<NaiveDate>,
    said: &mut Diagnostics,
) -> Vec<Option<SourcePlan>> {
    let measured = |source: usize| {
        model.goals.iter().filter_map(|goal| goal.bound.as_ref()).any(|goal| goal.sources.contains(&source))
    };
    let mut plans = Vec::with_capacity(model.sources.len());
    for (at, source) in model.sources.iter().enumerate() {
        let found = source.date.and_then(|date| {
            let table = dataset.tables.get(at)?.as_ref()?;
            let column = &table.column(date, Use::Date)?.data;
            let dates = dates_of(column, Limits { as_of, complete_through: source.complete_through })?;
            if !dates.suspects.is_empty() {
                let cells = suspect_cells(catalog, at, table, date, &dates);
                let (first, last) = (dates.suspects.keys().next(), dates.suspects.keys().next_back());
                if let (Some(first), Some(last)) = (first, last) {
                    let rows = dates.plan.suspects;
                    said.push(errors::suspect_dates(&source.name, rows, *first, *last, &cells));
                }
            }
            Some(dates.plan)
        });
        if let (Some(plan), Some(as_of)) = (&found, as_of)
            && measured(at)
            && plan.data_through < as_of
            && plan.last < as_of
        {
            said.push(errors::later_as_of(&source.name, as_of, plan.data_through));
        }
        plans.push(found);
    }
    plans
}

/// The date cells of the first suspect rows.
fn suspect_cells(
    catalog: &Catalog,
    source: usize,
    table: &Table,
    date: usize,
    dates: &Dates,
) -> Vec<CellRef> {
    let Some(ColumnData::Date(days)) = table.column(date, Use::Date).map(|column| &column.data) else {
        return Vec::new();
    };
    let is_suspect = |day: i32| date_of(day).is_some_and(|day| dates.suspects.contains_key(&day));
    days.iter()
        .enumerate()
        .filter(|(_, day)| is_suspect(**day))
        .filter_map(|(row, _)| {
            let run = table.runs.iter().rev().find(|run| run.first <= row)?;
            let part = catalog.sources.get(source)?.parts.get(run.part)?;
            table.cell(row, part.columns.get(date).copied().flatten()?)
        })
        .take(MOST_CELLS)
        .collect()
}
