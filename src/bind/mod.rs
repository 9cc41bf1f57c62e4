//! [`Model`] + [`Dataset`] → [`Plan`]: the data-through day, windows, baselines, segment values, goals of
//! `for each`, targets from sheets; and every request to measure, once.
//!
//! Asks the data two questions only: the dates of a source, the values of a column.

mod baseline;
mod coverage;
mod dates;
mod each;
pub(crate) mod errors;
mod goal;
mod line;
mod plan;
mod potential;
mod registry;
mod segment;
mod series;
mod sources;
mod time;
mod unplaced;
mod whole;

pub(crate) use goal::{change_at, needs_baseline};
pub use plan::*;
pub use unplaced::unplaced;

use crate::calendar::AsOf;
use crate::data::{Catalog, Dataset};
use crate::diagnostic::Diagnostics;
use crate::resolve::Model;

/// Binds a model to the dates and values of its data.
///
/// `as_of` bounds the data-through day; the clock is never read.
pub fn bind(model: &Model, catalog: &Catalog, dataset: &Dataset, as_of: Option<AsOf>) -> (Plan, Diagnostics) {
    let mut said = Diagnostics::new();
    let as_of = as_of.map(|AsOf(day)| day);
    let sources = sources::sources(model, catalog, dataset, as_of, &mut said);
    let mut binder = goal::Binder::new(model, dataset, as_of, &sources);
    binder.all(&mut said);
    let (requests, goals) = binder.finish();
    (Plan { requests, sources, goals }, said)
}
