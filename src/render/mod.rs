//! [`Report`](crate::report::Report) or diagnostics → bytes, one file or folder per form; none imports another.

pub mod inspect;
pub mod json;
pub mod save;
pub mod terminal;
mod text;
pub mod tree;
pub mod workbook;

pub use inspect::inspect;
pub use json::json;
pub use save::{SaveError, is_same_file, save};
pub use terminal::{Terminal, terminal};
pub use workbook::{WorkbookError, workbook};
