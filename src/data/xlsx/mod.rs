//! A workbook file (xlsx, xlsm) → its sheets, tables, names, styles and cells, in one streaming pass.
//!
//! Three ways to its cells: [`Book::read`] for anyone, [`XlsxBook::read_into`] the same without dynamic calls, and
//! [`XlsxBook::read_columns`], which hands out typed chunks of the columns wanted and is the fast one.
//!
//! From the bottom up: `package` finds parts, `part` inflates one, `blocks` does so on a thread of its own; `xml` cuts
//! bytes into tags, `cell` reads one cell and `template` recognises the next like it; `scanner` walks the rows of a
//! sheet, by the short way (`run`) where they are alike, and `columns` and `rows` hand them on.

mod blocks;
mod cell;
mod cells;
mod columns;
mod currency;
mod digits;
mod errors;
mod facts;
mod format;
mod number;
mod package;
mod part;
mod relations;
mod rows;
mod run;
mod scanner;
mod shared;
mod styles;
mod tables;
mod template;
mod text;
mod texts;
mod words;
mod workbook;
mod xml;

use std::path::{Path, PathBuf};

pub use columns::{Chunk, Finish, Lane, NO_TEXT, Other, Pick};
pub use texts::Texts;

use super::Error;
use super::reader::{Book, Flow, Limits, RawRange, RawSheet, RawTable, SheetFacts, Sink, Style};
use blocks::Blocks;
use cells::{Cells, Stop};
use columns::ColumnCells;
use errors::Fault;
use package::{Package, Part, SMALL_PART};
use rows::{RowCells, SheetCells, Wish};
use scanner::{Scanner, drive};
use shared::Shared;
use workbook::Workbook;
use xml::XmlFault;

/// The largest single tag or cell: a cell holds 32 767 characters at most.
const ITEM_BYTES: usize = 16 << 20;
/// Shared texts are kept in memory: their part may be this large.
const SHARED_BYTES: u64 = 512 << 20;

/// An opened workbook. It keeps the directory of the package, the styles and the shared texts; sheets are read from
/// the file when asked for, from any thread.
#[derive(Debug)]
pub struct XlsxBook {
    path: PathBuf,
    limits: Limits,
    package: Package,
    workbook: Workbook,
    tables: Vec<RawTable>,
    styles: Vec<Style>,
    shared: Shared,
}

impl XlsxBook {
    /// Opens a workbook package.
    ///
    /// # Errors
    ///
    /// [`Error::Unreadable`] with one sentence: not a package, cut off, encrypted, a part missing or malformed, a limit
    /// exceeded.
    pub fn open(path: &Path, limits: &Limits) -> Result<Self, Error> {
        Self::read_package(path, limits).map_err(|fault| fault.into_error(path))
    }

    fn read_package(path: &Path, limits: &Limits) -> Result<Self, Fault> {
        let package = Package::open(path)?;
        let workbook = workbook::read(&package)?;
        let styles = match workbook.styles.as_deref().and_then(|name| package.part(name)) {
            Some(part) => {
                styles::read(&package.read(part, SMALL_PART)?).map_err(|fault| name_part(fault, part))?
            }
            None => vec![Style::Plain],
        };
        let shared = match workbook.shared.as_deref().and_then(|name| package.part(name)) {
            Some(part) => {
                let bytes = package.read(part, limits.bytes_within(SHARED_BYTES))?;
                Shared::read(bytes, &part.name, limits.strings)?
            }
            None => Shared::default(),
        };
        let mut tables = Vec::new();
        for (sheet, part) in workbook.parts.iter().enumerate() {
            if let Some(part) = part {
                tables.extend(tables::tables(&package, part, sheet)?);
            }
        }
        Ok(Self { path: path.to_owned(), limits: *limits, package, workbook, tables, styles, shared })
    }

    /// Whether the workbook has a data model (Power Pivot), whose tables stand on no sheet.
    pub fn has_data_model(&self) -> bool {
        self.package.part("xl/model/item.data").is_some()
    }

    /// The part of a worksheet; `None` for sheets that have no rows.
    fn part(&self, sheet: usize) -> Result<Option<&Part>, Fault> {
        let Some(raw) = self.workbook.sheets.get(sheet).filter(|raw| raw.worksheet) else { return Ok(None) };
        let part = self.workbook.parts.get(sheet).and_then(Option::as_deref);
        match part.and_then(|name| self.package.part(name)) {
            Some(part) => Ok(Some(part)),
            None => Err(Fault::Missing(format!("worksheet {}", raw.name))),
        }
    }

    /// Scans a sheet; in any order, if `sorting`.
    fn scan<C: Cells>(&self, part: &Part, sorting: bool, cells: &mut C) -> Result<(), Stop> {
        let blocks = Blocks::new(self.package.reader(part)?, &part.name, self.limits.part_bytes);
        drive(blocks, Scanner::new(part, &self.limits, self.styles.len(), sorting), cells)
    }

    /// [`Book::read`] for a sink known at compile time.
    pub fn read_into<S: Sink + ?Sized>(
        &self,
        sheet: usize,
        columns: Option<&[u32]>,
        sink: &mut S,
    ) -> Result<(), Error> {
        self.send_rows(sheet, Wish(columns), sink).map_err(|fault| fault.into_error(&self.path))
    }

    fn send_rows<S: Sink + ?Sized>(&self, sheet: usize, wish: Wish<'_>, sink: &mut S) -> Result<(), Fault> {
        let Some(part) = self.part(sheet)? else { return Ok(()) };
        match self.scan(part, false, &mut RowCells::new(wish, sink)) {
            Ok(()) | Err(Stop::Enough) => return Ok(()),
            Err(Stop::Fault(fault)) => return Err(fault),
            Err(Stop::Disordered) => {}
        }
        if !sink.restart() {
            return Err(Fault::Disordered(part.name.clone()));
        }
        let mut cells = SheetCells::new(wish, &part.name);
        match self.scan(part, true, &mut cells) {
            Ok(()) | Err(Stop::Enough) => {}
            Err(Stop::Fault(fault)) => return Err(fault),
            Err(Stop::Disordered) => return Err(Fault::Disordered(part.name.clone())),
        }
        cells.send(sink);
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
        sheet: usize,
        pick: &Pick,
        texts: &mut Texts,
        each: F,
    ) -> Result<Finish, Error>
    where
        F: FnMut(&Chunk, &Texts) -> Flow,
    {
        let fault = |fault: Fault| fault.into_error(&self.path);
        let Some(part) = self.part(sheet).map_err(fault)? else { return Ok(Finish::Done) };
        let mut cells = ColumnCells::new(pick, &self.limits, texts, self.shared.len() as u32, each);
        let stop = self.scan(part, false, &mut cells).err();
        cells.finish(stop).map_err(fault)
    }
}

impl Book for XlsxBook {
    fn sheets(&self) -> &[RawSheet] {
        &self.workbook.sheets
    }

    fn tables(&self) -> &[RawTable] {
        &self.tables
    }

    fn names(&self) -> &[(String, RawRange)] {
        &self.workbook.names
    }

    fn is_1904(&self) -> bool {
        self.workbook.is_1904
    }

    fn styles(&self) -> &[Style] {
        &self.styles
    }

    fn shared(&self, index: u32) -> &str {
        self.shared.get(index)
    }

    fn shared_count(&self) -> usize {
        self.shared.len()
    }

    fn facts(&self, sheet: usize) -> Result<SheetFacts, Error> {
        let facts = self.part(sheet).and_then(|part| match part {
            Some(part) => facts::read(&self.package, part, sheet, &self.limits),
            None => Ok(SheetFacts::default()),
        });
        facts.map_err(|fault| fault.into_error(&self.path))
    }

    fn read(&self, sheet: usize, columns: Option<&[u32]>, sink: &mut dyn Sink) -> Result<(), Error> {
        self.read_into(sheet, columns, sink)
    }
}

/// The fault of a part.
fn name_part(fault: XmlFault, part: &Part) -> Fault {
    match fault {
        XmlFault::Doctype => Fault::Doctype(part.name.clone()),
        XmlFault::Malformed => Fault::Malformed(part.name.clone()),
    }
}
