//! Who takes the cells that a scanner finds, and why scanning may end early.

use super::cell::Value;
use super::errors::Fault;
use crate::data::reader::Flow;

/// Takes the rows and cells of a sheet.
pub(super) trait Cells {
    /// The sheet says that this is its last row.
    fn expect(&mut self, _last_row: u32) {}
    /// The lane of a column, where it is wanted.
    fn lane(&self, column: u32) -> Option<u32>;
    /// Whether cells of a column count as filled.
    fn counts(&self, column: u32) -> bool;
    /// A row begins.
    fn begin_row(&mut self, row: u32, hidden: bool) -> Flow;
    /// A number of a lane.
    fn number(&mut self, lane: u32, column: u32, style: u32, number: f64);
    /// A shared text of a lane.
    fn shared(&mut self, lane: u32, column: u32, style: u32, index: u32);
    /// Any other cell of a lane. What is wrong with it is told at the end of the row.
    fn cell(&mut self, lane: u32, column: u32, style: u32, value: Value<'_>);
    /// The row ends; so many of its cells that count hold something.
    fn end_row(&mut self, filled: u32) -> Result<(), Stop>;
}

/// Why scanning ends before the rows do.
#[derive(Debug)]
pub(super) enum Stop {
    /// The file is at fault.
    Fault(Fault),
    /// The receiver had enough.
    Enough,
    /// Rows are not in order.
    Disordered,
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// Hands a value on.
pub(super) fn send<C: Cells>(cells: &mut C, lane: u32, column: u32, style: u32, value: Value<'_>) {
    match value {
        Value::Number(number) => cells.number(lane, column, style, number),
        Value::Shared(index) => cells.shared(lane, column, style, index),
        other => cells.cell(lane, column, style, other),
    }
}
