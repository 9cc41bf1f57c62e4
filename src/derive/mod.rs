//! [`Model`] + [`Dataset`] → [`Dataset`] with computed columns, in dependency order; and the evaluation of row
//! expressions that filters and aggregates use.

mod functions;

pub use functions::{RowFunction, argument_use, row_functions};

use crate::data::{Catalog, Dataset};
use crate::diagnostic::Diagnostics;
use crate::resolve::Model;

/// Adds every computed column of the model to the dataset; `ignore rows where` drops rows here.
pub fn derive(_model: &Model, _catalog: &Catalog, dataset: Dataset) -> (Dataset, Diagnostics) {
    (dataset, Diagnostics::new())
}
