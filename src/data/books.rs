//! A path → an opened file behind one face, whatever its format.

use std::path::Path;
use std::sync::Arc;

use crate::data::delimited::Delimited;
use crate::data::legacy::Legacy;
use crate::data::ods::OpenDocument;
use crate::data::reader::{Book, Limits};
use crate::data::sniff::sniff;
use crate::data::xlsx::XlsxBook;
use crate::data::{Error, Format};

/// The opened files of a catalog, by file index; kept from `open` for `load`.
#[derive(Clone, Default)]
pub struct Books(pub(crate) Vec<Arc<OpenBook>>);

impl std::fmt::Debug for Books {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Books({})", self.0.len())
    }
}

/// An opened file.
pub(crate) enum OpenBook {
    /// Has a columnar reader of its own.
    Xlsx(Box<XlsxBook>),
    /// Knows its decimal mark.
    Delimited(Box<Delimited>),
    /// Anything else.
    Other(Box<dyn Book>),
}

impl OpenBook {
    /// What every book can do.
    pub(crate) fn book(&self) -> &dyn Book {
        match self {
            Self::Xlsx(book) => book.as_ref(),
            Self::Delimited(book) => book.as_ref(),
            Self::Other(book) => book.as_ref(),
        }
    }

    /// The decimal mark that the file shows by itself.
    pub(crate) fn decimal(&self) -> Option<char> {
        match self {
            Self::Delimited(book) => Some(book.decimal()),
            _ => None,
        }
    }
}

/// Opens a file by its content. `decimal` is the mark that the goal file states for delimited text.
pub(crate) fn open(path: &Path, limits: Limits, decimal: Option<char>) -> Result<(Format, OpenBook), Error> {
    let format = sniff(path)?;
    let book = match format {
        Format::Delimited => OpenBook::Delimited(Box::new(Delimited::open(path, limits, decimal)?)),
        Format::Ods => OpenBook::Other(Box::new(OpenDocument::open(path, limits)?)),
        Format::Xlsx => xlsx(path, limits)?,
        Format::Xls | Format::Xlsb => OpenBook::Other(Box::new(Legacy::open(path, format, limits)?)),
    };
    Ok((format, book))
}

/// A workbook out of the ordinary may still be readable by the other reader.
fn xlsx(path: &Path, limits: Limits) -> Result<OpenBook, Error> {
    let first = match XlsxBook::open(path, &limits) {
        Ok(book) if !book.sheets().is_empty() => return Ok(OpenBook::Xlsx(Box::new(book))),
        Ok(_) => None,
        // the other reader keeps all in memory
        Err(error @ Error::TooLarge { .. }) => return Err(error),
        Err(error) => Some(error),
    };
    match Legacy::open(path, Format::Xlsx, limits) {
        Ok(book) => Ok(OpenBook::Other(Box::new(book))),
        Err(error) => Err(first.unwrap_or(error)),
    }
}
