//! Requests + [`Dataset`] → [`Measures`]: aggregate × filter × period, every source in one pass.
//!
//! The seam for another engine: nothing beyond knows rows.

mod answer;
mod build;
mod cells;
mod distinct;
mod errors;
mod fingerprint;
pub mod formula;
mod identity;
mod pass;
mod placer;
mod scan;
mod selection;
mod stock;
mod timeline;
mod total;

pub use formula::NoValue;

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::calendar::Period;
use crate::data::{Catalog, Dataset, Table};
use crate::derive::expression::{Faults, Schema};
use crate::derive::locate;
use crate::diagnostic::Diagnostics;
use crate::resolve::{AggregateId, Model, RowExpr};

use answer::Unanswered;
use build::Builder;
use scan::Scan;

/// Index in [`Requests::filters`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FilterId(pub u32);
/// Index in [`Requests::requests`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RequestId(pub u32);

/// A filter over the rows of one source; rows for which it is true count.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Filter {
    /// The source.
    pub source: usize,
    /// The condition; all parts must be true.
    pub conditions: Vec<RowExpr>,
}

/// One aggregate over the rows of its source that a filter takes, dated inside a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Request {
    /// The aggregate.
    pub aggregate: AggregateId,
    /// The filter; none takes all rows.
    pub filter: Option<FilterId>,
    /// The period; none takes all rows, dated or not.
    pub period: Option<Period>,
}

/// What is to be measured, each thing once.
#[derive(Debug, Clone, Default)]
pub struct Requests {
    /// Distinct filters.
    pub filters: Vec<Filter>,
    /// Distinct requests.
    pub requests: Vec<Request>,
}

/// What one request came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Measured {
    /// The value, rounded to 15 significant digits; none for an aggregate of nothing (sums and counts of nothing are 0).
    pub value: Option<Decimal>,
    /// Rows of the source that the filter and the aggregate's own `where` took in the period.
    pub rows: u64,
    /// Rows among them with a value of the argument.
    pub values: u64,
    /// Some value was negative.
    pub any_negative: bool,
    /// All values were whole numbers.
    pub all_whole: bool,
    /// It could not be computed (kinds that do not fit, several currencies, overflow): the diagnostics say why, and
    /// what needs it is invalid.
    pub invalid: bool,
}

/// The answers, by [`RequestId`].
#[derive(Debug, Clone, Default)]
pub struct Measures {
    /// One per request.
    pub answers: Vec<Measured>,
}

/// Measures everything requested, each source in one pass on the threads of the machine.
///
/// Sums are compensated and pooled from blocks of rows in order: the result does not depend on the number of
/// threads. A request that cannot be answered is `invalid`, and the diagnostics say why.
pub fn aggregate(
    model: &Model,
    catalog: &Catalog,
    dataset: &Dataset,
    requests: &Requests,
) -> (Measures, Diagnostics) {
    aggregate_on(crate::data::threads::threads(), model, catalog, dataset, requests)
}

/// [`aggregate`] on a number of threads.
pub fn aggregate_on(
    threads: usize,
    model: &Model,
    catalog: &Catalog,
    dataset: &Dataset,
    requests: &Requests,
) -> (Measures, Diagnostics) {
    let mut schema = Schema::of(dataset);
    schema.declare(&model.columns);
    let mut by_source: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, request) in requests.requests.iter().enumerate() {
        if let Some(aggregate) = model.aggregates.get(request.aggregate.0 as usize) {
            by_source.entry(aggregate.source).or_default().push(at);
        }
    }
    let answers = vec![Measured { invalid: true, ..Measured::default() }; requests.requests.len()];
    let mut stage = Stage { model, catalog, requests, answers, diagnostics: Diagnostics::new() };
    for (source, wanted) in by_source {
        let Some(mut builder) = Builder::new(model, catalog, dataset, &schema, source) else { continue };
        let scan = builder.build(requests, &wanted);
        let collected = pass::collect(&scan, threads);
        let found = answer::answer_all(&scan, &collected, &model.aggregates, threads);
        stage.answer(&scan, found);
        stage.diagnostics.extend(builder.diagnostics);
        let ahead = builder.ahead.iter().map(|(expr, faults)| (expr, faults));
        scan.faults(&collected)
            .chain(ahead)
            .for_each(|(expr, faults)| stage.tell(source, scan.table, expr, faults));
    }
    (Measures { answers: stage.answers }, stage.diagnostics)
}

/// The answers as they come in, source by source.
struct Stage<'m> {
    model: &'m Model,
    catalog: &'m Catalog,
    requests: &'m Requests,
    answers: Vec<Measured>,
    diagnostics: Diagnostics,
}

impl Stage<'_> {
    /// Takes the answers of a source; what has none is said once for each aggregate.
    fn answer(&mut self, scan: &Scan, found: Vec<(usize, Result<Measured, Unanswered>)>) {
        let mut too_large = BTreeSet::new();
        let mut currencies: BTreeMap<(AggregateId, usize), u64> = BTreeMap::new();
        for (at, found) in found {
            let aggregate = self.requests.requests[at].aggregate;
            match found {
                Ok(measured) => self.answers[at] = measured,
                Err(Unanswered::TooLarge) => {
                    too_large.insert(aggregate);
                }
                Err(Unanswered::SeveralCurrencies { series, found }) => {
                    *currencies.entry((aggregate, series)).or_default() |= found;
                }
            }
        }
        for id in too_large {
            self.diagnostics.push(errors::too_large(&self.model.aggregates[id.0 as usize]));
        }
        for ((id, series), found) in currencies {
            let aggregate = &self.model.aggregates[id.0 as usize];
            if let Some(mixed) = scan.currencies(series) {
                let codes: Vec<&String> = mixed
                    .codes
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| found >> (*at).min(63) & 1 == 1)
                    .map(|(_, code)| code)
                    .collect();
                let source = self.catalog.sources.get(aggregate.source);
                let column = source.and_then(|source| source.columns.get(source.currency_column?));
                let column = column.map(|column| column.name.as_str());
                self.diagnostics.push(errors::several_currencies(aggregate, &codes, column));
            }
        }
    }

    fn tell(&mut self, source: usize, table: &Table, expr: &RowExpr, faults: &Faults) {
        let column = locate::first_column(expr, self.model, self.catalog, source);
        for (span, fault, rows) in faults.iter() {
            let cells = locate::cells(table, self.catalog, source, column, &rows.rows);
            self.diagnostics.push(errors::went_missing(span, fault, rows.count, &cells, self.catalog));
        }
    }
}

#[cfg(test)]
mod tests;
