//! Files → [`Catalog`] (what is there) → [`Dataset`] (the columns wanted, typed).
//!
//! `open` looks at the head of every sheet: where the table is, its header, names, provisional kinds. `load` reads
//! the columns that are wanted in one streaming pass; kinds, date order and decimal marks are final only then.
//! Nothing here knows goals: requests and wants are plain data.

pub mod catalog;
pub mod dataset;
pub mod reader;
pub(crate) mod threads;
pub mod xlsx;

mod across;
mod biff;
mod blocks;
mod books;
mod coerce;
mod compound;
mod currencies;
mod dates;
mod delimited;
mod dictionary;
mod doubt;
mod errors;
mod evidence;
mod examine;
mod fills;
mod fingerprint;
mod formats;
mod gather;
mod grid;
mod groups;
mod head;
mod header;
mod interner;
mod kinds;
mod labels;
mod layout;
mod legacy;
mod lengths;
mod load;
mod long;
mod made;
mod metric_rows;
mod money;
mod number_list;
mod numbers;
mod ods;
mod open;
mod origin;
mod overlap;
mod part_read;
mod parted;
mod periods;
mod pivot;
mod places;
mod quiet;
mod receive;
mod refusals;
mod rows;
mod scales;
mod shape;
mod sheet_rows;
mod sniff;
mod sources;
mod spaced;
mod stream;
mod tables;
mod totals;
mod units;
mod words;

/// The form in which texts are compared: as names, but for blanks between words.
pub use crate::names::fold_text;
pub use books::Books;
pub use catalog::*;
pub use dataset::*;
pub(crate) use dates::{date as date_of_day, days as day_of_date};

/// The day of a number that no format shows as one, in the usual system.
pub(crate) fn day_of_plain(number: f64) -> Option<i32> {
    dates::from_plain(number, false)
}
pub use dictionary::Dictionary;
pub use fingerprint::{Fingerprint, Fingerprinting};
pub(crate) use units::{UnitOf, meaning as unit_meaning};
pub(crate) use words::{is_plan_word, names_identity};

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
    /// A file holds more than is allowed: the limit, what was found, and how to raise it.
    #[error("{sentence}")]
    TooLarge {
        /// The file.
        path: std::path::PathBuf,
        /// The sentence, with the file's name; no full stop.
        sentence: String,
    },
}

pub use open::{open, open_within};
pub use reader::{Limit, Limits};

pub use load::load;
