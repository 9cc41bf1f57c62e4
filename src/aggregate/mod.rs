//! Requests + [`Dataset`] → [`Measures`]: aggregate × filter × period, every source in one pass.
//!
//! The seam for another engine: nothing beyond knows rows.

mod answer;
mod build;
mod distinct;
mod errors;
mod fingerprint;
pub mod formula;
mod identity;
mod pass;
mod placer;
mod scan;
mod stock;
mod timeline;
mod total;

pub use formula::NoValue;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::calendar::Period;
use crate::data::{Catalog, Dataset};
use crate::derive::expression::{Schema, blocks};
use crate::derive::locate;
use crate::diagnostic::Diagnostics;
use crate::resolve::{AggregateId, Model, RowExpr};

use answer::TooLarge;
use build::Builder;

/// Index in [`Requests::filters`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FilterId(pub u32);
/// Index in [`Requests::requests`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RequestId(pub u32);

/// A filter over the rows of one source; rows for which it is true count.
#[derive(Debug, Clone, PartialEq)]
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
    aggregate_on(blocks::threads(), model, catalog, dataset, requests)
}

/// [`aggregate`] on a number of threads.
pub fn aggregate_on(
    threads: usize,
    model: &Model,
    catalog: &Catalog,
    dataset: &Dataset,
    requests: &Requests,
) -> (Measures, Diagnostics) {
    let mut answers = vec![Measured { invalid: true, ..Measured::default() }; requests.requests.len()];
    let mut diagnostics = Diagnostics::new();
    let mut schema = Schema::of(dataset);
    schema.declare(&model.columns);
    let mut by_source: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, request) in requests.requests.iter().enumerate() {
        if let Some(aggregate) = model.aggregates.get(request.aggregate.0 as usize) {
            by_source.entry(aggregate.source).or_default().push(at);
        }
    }
    for (source, wanted) in by_source {
        let Some(mut builder) = Builder::new(model, dataset, &schema, source) else { continue };
        let scan = builder.build(requests, &wanted);
        let collected = pass::collect(&scan, threads);
        for (at, found) in answer::answer_all(&scan, &collected, &model.aggregates, threads) {
            match found {
                Ok(measured) => answers[at] = measured,
                Err(TooLarge) => {
                    let aggregate = requests.requests[at].aggregate.0 as usize;
                    diagnostics
                        .extend(model.aggregates.get(aggregate).map(errors::too_large).into_iter().collect());
                }
            }
        }
        diagnostics.extend(std::mem::take(&mut builder.diagnostics));
        let ahead = builder.ahead.iter().map(|(expr, faults)| (expr, faults));
        for (expr, faults) in scan.faults(&collected).chain(ahead) {
            let column = locate::first_column(expr, model, catalog, source);
            for (span, fault, rows) in faults.iter() {
                let cells = locate::cells(scan.table, catalog, source, column, &rows.rows);
                diagnostics.push(errors::went_missing(span, fault, rows.count, &cells, catalog));
            }
        }
    }
    (Measures { answers }, diagnostics)
}

#[cfg(test)]
mod tests;
