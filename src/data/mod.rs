//! Files → [`Catalog`] (what is there) → [`Dataset`] (the columns wanted, typed).
//!
//! `open` looks at the head of every sheet: where the table is, its header, names, provisional kinds. `load` reads
//! the columns that are wanted in one streaming pass; kinds, date order and decimal marks are final only then.
//! Nothing here knows goals: requests and wants are plain data.

pub mod catalog;
pub mod dataset;
pub mod reader;
pub mod xlsx;

pub use catalog::*;
pub use dataset::*;

use crate::diagnostic::Diagnostics;

/// The outside world failed: nothing about the user's text, and no cell to point at.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file cannot be opened or read (missing, encrypted, truncated, no workbook, a bomb, …): one clear sentence.
    #[error("{sentence}")]
    Unreadable {
        /// The file.
        path: std::path::PathBuf,
        /// What is wrong and what to do, with the file's name; no full stop.
        sentence: String,
    },
}

/// Opens the files of all requests and describes what they hold. A request whose file cannot be read does not stop
/// the others: its [`Error`] is in the result.
pub fn open(_requests: &[SourceRequest]) -> (Catalog, Diagnostics, Vec<Error>) {
    (Catalog::default(), Diagnostics::new(), Vec::new())
}

/// Reads the columns wanted, each sheet in one pass.
pub fn load(_catalog: &Catalog, _wanted: &Wanted) -> (Dataset, Diagnostics, Vec<Error>) {
    (Dataset::default(), Diagnostics::new(), Vec::new())
}
