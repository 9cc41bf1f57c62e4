//! [`Report`](crate::report::Report) or diagnostics → bytes, one file or folder per form; none imports another.

pub mod csv;
pub mod diagnostics;
pub mod explain;
pub mod inspect;
pub mod json;
pub mod markdown;
pub mod save;
pub mod terminal;
mod text;
pub mod tree;
pub mod workbook;

pub use csv::csv;
pub use diagnostics::{Form, Shown, diagnostics};
pub use explain::explain;
pub use inspect::inspect;
pub use json::json;
pub use markdown::markdown;
pub use save::{SaveError, abandon, is_same_file, save};
pub use terminal::{Terminal, terminal};
pub use workbook::{WorkbookError, workbook};
