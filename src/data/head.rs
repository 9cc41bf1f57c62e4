//! Names and evidence → the columns of a table, with their provisional kinds.

use crate::cell::{CellRef, SheetId, column_letters};
use crate::data::grid::{GridRow, Value};
use crate::data::header::Name;
use crate::data::kinds::{self, Evidence, Hints};
use crate::data::units::{self, UnitOf};
use crate::data::{ColumnInfo, Kind, NumberShape};

/// The columns from `first` on, and what `inspect` says of them.
pub(crate) fn columns(
    rows: &[&GridRow],
    names: Vec<Name>,
    evidence: &[Evidence],
    first: u32,
    (sheet, hints): (SheetId, Hints),
) -> (Vec<ColumnInfo>, Vec<String>) {
    let mut remarks = Vec::new();
    let columns = names.into_iter().zip(evidence).zip(first..).map(|((name, evidence), column)| {
        let decision = kinds::decide(evidence, &name.text, hints);
        if decision.serials {
            let (letters, name) = (column_letters(column), &name.text);
            remarks.push(format!(
                "column {letters}: numbers without a date format below `{name}`: read as the days they stand for"
            ));
        }
        let unit = unit_of(&name.text, &decision, evidence);
        ColumnInfo {
            name: name.text,
            part: name.part,
            kind: decision.kind,
            shape: decision.shape,
            unit,
            header: CellRef { sheet, row: name.row, column },
            sample: rows.iter().filter_map(|line| line.get(column)).take(3).map(Value::show).collect(),
        }
    });
    let columns = columns.collect();
    (columns, remarks)
}

/// The unit that the header gives plain numbers. Below `%` they are percent only where some are above 1: others may as
/// well be shares.
fn unit_of(header: &str, decision: &kinds::Decision, evidence: &Evidence) -> Option<String> {
    if decision.kind != Kind::Number || decision.shape != NumberShape::Plain {
        return None;
    }
    let (_, unit) = units::split(header)?;
    let percent = units::meaning(unit)? == UnitOf::Percent;
    (!percent || evidence.beyond_one > 0).then(|| unit.to_owned())
}
