//! The small facts of a sheet that stand before and behind its rows.

use super::blocks::Blocks;
use super::errors::Fault;
use super::package::{Package, Part};
use super::tables;
use super::xml::XmlFault;
use crate::data::reader::{Limits, SheetFacts};

/// Sheets of more packed bytes are not inflated to their end only for what stands there.
const PACKED: u64 = 4 << 20;
/// What stands behind the rows is looked at up to so many bytes.
const BEHIND_ROWS: usize = 16 << 20;

/// Reads the facts of the sheet in `part`.
pub(super) fn read(
    package: &Package,
    part: &Part,
    sheet: usize,
    limits: &Limits,
) -> Result<SheetFacts, Fault> {
    let fault = |fault| match fault {
        XmlFault::Doctype => Fault::Doctype(part.name.clone()),
        XmlFault::Malformed => Fault::Malformed(part.name.clone()),
    };
    let mut blocks = Blocks::new(package.reader(part)?, &part.name, limits.part_bytes);
    let mut facts =
        SheetFacts { pivots: tables::pivots(package, &part.name, sheet)?, ..SheetFacts::default() };
    let Some(first) = blocks.next(None)? else { return Ok(facts) };
    let head = first.bytes().get(..first.len()).unwrap_or_default();
    facts.hidden_columns = tables::hidden_columns(head).map_err(fault)?;
    if part.packed > PACKED {
        facts.merged_unknown = true;
        return Ok(facts);
    }
    let mut behind = Behind::default();
    let mut block = Some(first);
    while let Some(current) = block {
        behind.add(current.bytes().get(..current.len()).unwrap_or_default());
        let length = current.len();
        block = blocks.next(Some((current, length)))?;
    }
    facts.merged = tables::merged(&behind.bytes, sheet).map_err(fault)?;
    Ok(facts)
}

/// Collects what stands behind `sheetData>`.
#[derive(Debug, Default)]
struct Behind {
    found: bool,
    bytes: Vec<u8>,
}

impl Behind {
    fn add(&mut self, block: &[u8]) {
        const END: &[u8] = b"sheetData";
        let keep = END.len() + 1;
        self.bytes.extend_from_slice(block);
        if !self.found {
            let end = memchr::memmem::rfind(&self.bytes, END);
            // the tag may be the opening one as well: then the rows come still
            let closed = end.filter(|at| {
                let before = &self.bytes[..*at];
                let name = before.iter().rposition(|b| matches!(b, b'<' | b'/')).map(|at| before[at]);
                name == Some(b'/') || self.bytes[at + END.len()..].starts_with(b"/>")
            });
            if let Some(at) = closed {
                self.bytes.drain(..at + END.len());
                self.found = true;
                if let Some(close) = memchr::memchr(b'>', &self.bytes) {
                    self.bytes.drain(..=close);
                }
            } else {
                let from = self.bytes.len().saturating_sub(keep + 64);
                self.bytes.drain(..from);
            }
        }
        self.bytes.truncate(BEHIND_ROWS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_behind_the_rows_wherever_blocks_end() {
        let xml = b"<x:worksheet><x:sheetData><x:row><x:c/></x:row></x:sheetData><x:mergeCells><x:mergeCell ref=\"A1:B2\"/></x:mergeCells></x:worksheet>";
        for size in 1..xml.len() {
            let mut behind = Behind::default();
            xml.chunks(size).for_each(|block| behind.add(block));
            assert_eq!(tables::merged(&behind.bytes, 0).unwrap().len(), 1, "blocks of {size}");
        }
    }
}
