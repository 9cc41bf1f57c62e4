//! [`Program`] + [`Catalog`] → [`Model`]: names bound, metric phrases decided, the columns wanted with their uses.
//!
//! No values, no data-through day, no window: those need rows. A statement that cannot be resolved gives its
//! diagnostic and leaves the goals that need it invalid; the others stand.

mod calendar;
mod columns;
mod errors;
mod failure;
mod functions;
mod goals;
mod metrics;
pub mod model;
mod nature;
mod phrase;
mod resolver;
mod row;
mod scope;
mod segments;
mod show;
mod sources;
#[cfg(test)]
mod tests;
mod wanted;

pub use functions::{RowFunction, argument_use, row_functions};
pub use model::*;
pub use show::show_row;

use crate::data::Catalog;
use crate::diagnostic::Diagnostics;
use crate::source::Source;
use crate::syntax::Program;

/// Binds the names of a program to what the files hold.
pub fn resolve(program: &Program, source: &Source, catalog: &Catalog) -> (Model, Diagnostics) {
    let mut resolver = resolver::Resolver::new(program, source, catalog);
    resolver.computed_columns();
    resolver.data_clauses();
    resolver.calendar_sheet();
    resolver.declared_metrics();
    resolver.goals();
    resolver.potentials();
    resolver.model.wanted = wanted::wanted(&resolver.model, catalog);
    (resolver.model, resolver.diagnostics)
}
