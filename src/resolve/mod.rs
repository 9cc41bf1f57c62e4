//! [`Program`] + [`Catalog`] → [`Model`]: names bound, metric phrases decided, the columns wanted with their uses.
//!
//! No values, no data-through day, no window: those need rows. A statement that cannot be resolved gives its
//! diagnostic and leaves the goals that need it invalid; the others stand.

pub mod model;

pub use model::*;

use crate::data::Catalog;
use crate::diagnostic::Diagnostics;
use crate::source::Source;
use crate::syntax::Program;

/// Binds the names of a program to what the files hold.
pub fn resolve(_program: &Program, _source: &Source, _catalog: &Catalog) -> (Model, Diagnostics) {
    (Model::default(), Diagnostics::new())
}
