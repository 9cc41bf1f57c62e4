//! What went missing while rows were computed: counted, and located in the first few rows.

use std::collections::BTreeMap;

use crate::source::Span;

/// Rows named for one fault.
const LOCATED: usize = 20;

/// Why a row has no value although its operands have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fault {
    /// A divisor is zero.
    DivisionByZero,
    /// A date outside the years 1 to 9999, or one that a function does not take.
    ImpossibleDate,
    /// No real number, or one beyond doubles: `SQRT(-1)`, `10 ^ 400`.
    NoNumber,
    /// `VALUE` of a text that is no number.
    Unreadable,
    /// An argument that a function does not take: `LEFT(x, -1)`; `FIND` of what is not there.
    OutOfRange,
    /// A key that stands on no row of the other source.
    NotFound,
    /// A key that stands on several rows with different values.
    Ambiguous,
}

/// A fault in one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Row of the table.
    pub(crate) row: usize,
    /// What.
    pub(crate) fault: Fault,
    /// The operation.
    pub(crate) span: Span,
}

/// Faults by the operation they happened in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults {
    entries: BTreeMap<(Span, Fault), FaultRows>,
}

/// The rows of one fault.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FaultRows {
    /// How many.
    pub count: usize,
    /// The first of them.
    pub rows: Vec<usize>,
}

impl Faults {
    pub(crate) fn add(&mut self, marks: &[Mark]) {
        for mark in marks {
            let entry = self.entries.entry((mark.span, mark.fault)).or_default();
            entry.count += 1;
            if entry.rows.len() < LOCATED {
                entry.rows.push(mark.row);
            }
        }
    }

    /// Adds those of later rows.
    pub fn extend(&mut self, later: Self) {
        for (key, found) in later.entries {
            let entry = self.entries.entry(key).or_default();
            entry.count += found.count;
            let free = LOCATED.saturating_sub(entry.rows.len());
            entry.rows.extend(found.rows.into_iter().take(free));
        }
    }

    /// Every fault with its operation and rows, by place.
    pub fn iter(&self) -> impl Iterator<Item = (Span, Fault, &FaultRows)> {
        self.entries.iter().map(|((span, fault), rows)| (*span, *fault, rows))
    }

    /// Whether nothing went missing.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}
