//! What can be wrong with a workbook file, and the one sentence that says so.

use std::path::Path;

use crate::data::Error;
use crate::data::reader::Limit;
use crate::wording::group;

/// Something that makes a file, or one part of it, unreadable. Parts are named as in the package.
#[derive(Debug)]
pub(super) enum Fault {
    /// The system refused.
    Io(std::io::Error),
    /// Nothing is in the file.
    Empty,
    /// No zip archive.
    NotPackage,
    /// Begins as a zip archive, but its directory is missing.
    CutOff,
    /// The container of encrypted and of old workbooks.
    Compound,
    /// A zip archive without a workbook in it.
    NoWorkbook,
    /// A workbook of the binary kind (xlsb).
    BinaryWorkbook,
    /// A part that the workbook names is not there.
    Missing(String),
    /// A part is encrypted inside the archive.
    EncryptedPart(String),
    /// A part is compressed in a way no spreadsheet program uses.
    Method(String),
    /// The compressed bytes make no sense, or end too early.
    Damaged(String),
    /// The bytes are not those that were written.
    CheckSum(String),
    /// A document type declaration.
    Doctype(String),
    /// Not well-formed XML.
    Malformed(String),
    /// The XML of a sheet ends before its rows do.
    Unfinished(String),
    /// A part larger than allowed, with the limit in bytes, and its size where that is known.
    PartTooLarge(String, u64, Option<u64>),
    /// One tag or cell larger than allowed.
    ItemTooLarge(String),
    /// More distinct texts than allowed.
    TooManyTexts(usize),
    /// Texts that stand in cells take more than allowed, with the limit in bytes.
    TextBytes(u64),
    /// More cells in a sheet than allowed.
    TooManyCells(String, u64),
    /// A cell right of the last column allowed.
    TooManyColumns(String, u32),
    /// More sheets than allowed.
    TooManySheets(usize),
    /// Several sheets that are one part.
    SharedPart(String),
    /// A row number that no spreadsheet program has.
    RowNumber(String),
    /// Rows in no order, and a reader that needs them in order.
    Disordered(String),
    /// No memory left for a part.
    Memory(String),
}

impl Fault {
    /// The error for the file at `path`.
    pub(super) fn into_error(self, path: &Path) -> Error {
        let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
        let sentence = format!("`{name}` cannot be read: {}", self.reason());
        let path = path.to_owned();
        match self {
            Self::PartTooLarge(..)
            | Self::ItemTooLarge(_)
            | Self::TooManyTexts(_)
            | Self::TextBytes(_)
            | Self::TooManyCells(..)
            | Self::TooManyColumns(..)
            | Self::TooManySheets(_) => Error::TooLarge { path, sentence },
            _ => Error::Unreadable { path, sentence },
        }
    }

    fn reason(&self) -> String {
        match self {
            Self::Io(error) => error.to_string(),
            Self::Empty => "the file is empty".into(),
            Self::NotPackage => "it is not an Excel workbook, whatever its name says".into(),
            Self::CutOff => {
                "its end is missing, so it was not copied or downloaded completely; fetch it again".into()
            }
            Self::Compound => {
                "it is encrypted or in the format of Excel 97-2003; save it as an Excel workbook (.xlsx) without a password"
                    .into()
            }
            Self::NoWorkbook => "it is a zip archive without an Excel workbook in it".into(),
            Self::BinaryWorkbook => "it is a binary workbook (.xlsb) under another name".into(),
            Self::Missing(part) => format!("its part `{part}` is missing; open and save it in Excel to repair it"),
            Self::EncryptedPart(part) => format!("its part `{part}` is encrypted; save it without a password"),
            Self::Method(part) => {
                format!("its part `{part}` is compressed in an unusual way; open and save it in Excel")
            }
            Self::Damaged(part) => format!("its part `{part}` is damaged or cut off; fetch or save the file again"),
            Self::CheckSum(part) => {
                format!("its part `{part}` is damaged (the check sum differs); fetch or save the file again")
            }
            Self::Doctype(part) => {
                format!("its part `{part}` declares a document type, which no spreadsheet program writes")
            }
            Self::Malformed(part) => format!("its part `{part}` is not well-formed XML; open and save it in Excel"),
            Self::Unfinished(part) => format!("its part `{part}` ends in the middle of the rows; save the file again"),
            Self::PartTooLarge(part, limit, Some(size)) => {
                let raised = Limit::Inflated.raised(*limit);
                let (size, limit) = (bytes(*size), bytes(*limit));
                format!("its part `{part}` inflates to {size}, the limit for one part is {limit}; {raised}")
            }
            Self::PartTooLarge(part, limit, None) => {
                let raised = Limit::Inflated.raised(*limit);
                format!("its part `{part}` inflates to more than {}, the limit for one part; {raised}", bytes(*limit))
            }
            Self::ItemTooLarge(part) => {
                format!("its part `{part}` holds a single cell or tag of more than {}", bytes(super::ITEM_BYTES as u64))
            }
            Self::TooManyTexts(limit) => {
                let raised = Limit::Strings.raised(*limit as u64);
                format!("it holds more than {} distinct texts, the limit; {raised}", group(*limit))
            }
            Self::TextBytes(limit) => format!("its texts take more than {}, the limit", bytes(*limit)),
            Self::TooManyCells(part, limit) => {
                let raised = Limit::Cells.raised(*limit);
                format!("its part `{part}` holds more than {} cells, the limit; {raised}", group(*limit as usize))
            }
            Self::TooManyColumns(part, limit) => {
                let raised = Limit::Columns.raised(u64::from(*limit));
                format!("its part `{part}` has cells right of column {}, the limit; {raised}", group(*limit as usize))
            }
            Self::TooManySheets(most) => format!("it has more than {} sheets, the limit", group(*most)),
            Self::SharedPart(part) => {
                format!("several of its sheets are one part, `{part}`; open and save it in Excel")
            }
            Self::RowNumber(part) => format!("its part `{part}` has a row number that no spreadsheet program allows"),
            Self::Disordered(part) => format!("the rows of its part `{part}` are in no order; save it again in Excel"),
            Self::Memory(part) => format!("its part `{part}` does not fit into memory"),
        }
    }
}

/// A limit as people say it: the largest unit that divides it.
fn bytes(count: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
    UNITS.iter().find(|(unit, _)| count >= *unit && count.is_multiple_of(*unit)).map_or_else(
        || format!("{} bytes", group(count as usize)),
        |(unit, name)| format!("{} {name}", count / unit),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_names_the_file_and_has_no_full_stop() {
        let error =
            Fault::PartTooLarge("xl/workbook.xml".into(), 64 << 20, None).into_error(Path::new("in/q1.xlsx"));
        assert_eq!(
            error.to_string(),
            "`q1.xlsx` cannot be read: its part `xl/workbook.xml` inflates to more than 64 MiB, the limit for one \
             part; `--limit inflated=1GB` raises it, if the file is to be trusted"
        );
    }

    #[test]
    fn a_size_that_is_known_is_said() {
        let fault = Fault::PartTooLarge("xl/sharedStrings.xml".into(), 2 << 30, Some(3 << 30));
        let said = fault.into_error(Path::new("q1.xlsx")).to_string();
        assert!(said.contains("inflates to 3 GiB, the limit for one part is 2 GiB;"), "{said}");
    }

    #[test]
    fn limits_are_said_in_whole_units() {
        assert_eq!(bytes(8 << 30), "8 GiB");
        assert_eq!(bytes(1536), "1,536 bytes");
        assert_eq!(bytes(3 << 10), "3 KiB");
    }
}
