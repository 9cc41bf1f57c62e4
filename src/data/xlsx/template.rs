//! What the cells of a column look like: all bytes but the row number, the value and the text of a formula.
//!
//! In an export these bytes are the same in every row, so a cell is recognised by comparing a few words, and only its
//! value is looked at. Bytes that compare equal mean the same, whatever they are; everything else is left to
//! [`CellReader`](super::cell::CellReader), from whose result the next template is learnt.

use super::cell::{Cell, Type};
use super::cells::Cells;
use super::digits::{read_index, read_number};
use super::words::{Words, find_tag};

/// The digits of the current row and the quote behind them, as they stand in every cell of the row.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RowKey(Words<1>);

impl RowKey {
    /// The key of a row in a sheet with these quotes; one that no cell has where the digits are too many.
    pub(super) fn new(digits: &[u8], mark: u8) -> Self {
        let mut bytes = [0; 8];
        match bytes.get_mut(..=digits.len()) {
            Some([inside @ .., quote]) => {
                inside.copy_from_slice(digits);
                *quote = mark;
            }
            _ => bytes = [0xff; 8],
        }
        Self(Words::learn(bytes.get(..=digits.len()).unwrap_or(&bytes)).unwrap_or_default())
    }

    /// The key of a row whose digits stand at `from..to`.
    #[inline]
    pub(super) fn at(bytes: &[u8], from: usize, to: usize, mark: u8) -> Self {
        match Words::word_at(bytes, from, to + 1 - from) {
            Some(key) if bytes.get(to) == Some(&mark) => Self(key),
            _ => Self::new(bytes.get(from..to).unwrap_or_default(), mark),
        }
    }

    /// The key of a zero-based row.
    pub(super) fn of_row(row: u32, mark: u8) -> Self {
        Self::new((u64::from(row) + 1).to_string().as_bytes(), mark)
    }
}

/// Which way a template takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Form {
    /// Nothing was learnt.
    #[default]
    Unknown,
    /// Head, tail and closer fit into one, two words and one: nearly all cells.
    Short,
    /// Longer ones.
    Long,
    /// Nothing stands in the cell.
    Blank,
}

/// How the cells of a column are written.
#[derive(Debug, Clone, Default)]
pub(super) struct Template {
    form: Form,
    /// Whether a row number stands behind the head.
    numbered: bool,
    /// A formula's text stands between the tail and `middle`.
    formula: bool,
    kind: Type,
    /// Style of the cells.
    style: u32,
    /// Everything before the row number: `<c r="C`.
    head: Words<4>,
    /// From behind the row number to the value: ` s="3" t="n"><v>`.
    tail: Words<3>,
    /// From the value to the end: `</v></c>`.
    closer: Words<2>,
    /// What of the tail did not fit.
    tail_rest: Box<[u8]>,
    /// Between formula and value: `</f><v>`.
    middle: Words<2>,
}

/// Where a cell goes that is recognised.
pub(super) struct Target<'a, C> {
    pub cells: &'a mut C,
    /// `None` where the column is not wanted.
    pub lane: Option<u32>,
    pub column: u32,
}

impl Template {
    /// Learns from a cell that was read in full; forgets where it is not written in a way that can be learnt.
    pub(super) fn learn(&mut self, bytes: &[u8], from: usize, cell: &Cell, style: u32) {
        *self = Self::from_cell(bytes, from, cell, style).unwrap_or_default();
    }

    fn from_cell(bytes: &[u8], from: usize, cell: &Cell, style: u32) -> Option<Self> {
        let layout = &cell.layout;
        if layout.odd {
            return None;
        }
        let value = if layout.blank { (cell.end, cell.end) } else { layout.value? };
        let tail_end = layout.formula.map_or(value.0, |formula| formula.0);
        let (head_end, tail_from) = match cell.place {
            Some(place) => {
                let quoted = matches!(bytes.get(place.digits.1), Some(b'"' | b'\''));
                let plain = bytes.get(place.digits.0) != Some(&b'0');
                (quoted && plain).then_some((place.digits.0, place.digits.1 + 1))?
            }
            None => (tail_end.min(from + 8), tail_end.min(from + 8)),
        };
        let tail = bytes.get(tail_from..tail_end)?;
        let (tail, rest) = tail.split_at(tail.len().min(24));
        let mut learnt = Self {
            form: Form::Long,
            numbered: cell.place.is_some(),
            formula: layout.formula.is_some(),
            kind: cell.kind,
            style,
            head: Words::learn(bytes.get(from..head_end)?)?,
            tail: Words::learn(tail)?,
            closer: Words::learn(bytes.get(value.1..cell.end)?)?,
            tail_rest: rest.into(),
            middle: match layout.formula {
                Some(formula) => Words::learn(bytes.get(formula.1..value.0)?)?,
                None => Words::default(),
            },
        };
        let small = learnt.head.length <= 8 && learnt.tail.length <= 16 && learnt.closer.length <= 8;
        if layout.blank {
            learnt.form = Form::Blank;
        } else if small && learnt.numbered && !learnt.formula {
            learnt.form = Form::Short;
        }
        Some(learnt)
    }

    /// Whether something stands in the cells.
    pub(super) fn is_filled(&self) -> bool {
        self.form != Form::Blank
    }

    /// Hands the cell at `at` on, if it is written so; where it ends.
    // the cell goes to its target from here, since a result of several words costs more than the comparison
    #[allow(clippy::inline_always)]
    #[inline(always)]
    pub(super) fn take<C: Cells>(
        &self,
        bytes: &[u8],
        at: usize,
        row: &RowKey,
        target: &mut Target<'_, C>,
    ) -> Option<usize> {
        if self.form == Form::Short {
            let digits = at + self.head.length;
            let tail = digits + row.0.length;
            let differ = self.head.differ::<1>(bytes, at)
                | row.0.differ::<1>(bytes, digits)
                | self.tail.differ::<2>(bytes, tail);
            if differ != 0 {
                return None;
            }
            return self.value::<1, C>(bytes, tail + self.tail.length, target);
        }
        self.take_long(bytes, at, row, target)
    }

    fn take_long<C: Cells>(
        &self,
        bytes: &[u8],
        at: usize,
        row: &RowKey,
        target: &mut Target<'_, C>,
    ) -> Option<usize> {
        if self.form == Form::Unknown {
            return None;
        }
        let digits = at + self.head.length;
        let (key, length) = if self.numbered { (u64::MAX, row.0.length) } else { (0, 0) };
        let tail = digits + length;
        let differ = self.head.differ::<4>(bytes, at)
            | (row.0.differ::<1>(bytes, digits) & key)
            | self.tail.differ::<3>(bytes, tail);
        if differ != 0 {
            return None;
        }
        let mut from = tail + self.tail.length;
        if !self.tail_rest.is_empty() || self.formula {
            from = self.rest(bytes, from)?;
        }
        if self.form == Form::Blank {
            return Some(from);
        }
        self.value::<2, C>(bytes, from, target)
    }

    /// Steps over what is not compared by words: where the value begins.
    fn rest(&self, bytes: &[u8], mut at: usize) -> Option<usize> {
        if !bytes.get(at..)?.starts_with(&self.tail_rest) {
            return None;
        }
        at += self.tail_rest.len();
        if self.formula {
            at = find_tag(bytes, at);
            if self.middle.differ::<2>(bytes, at) != 0 {
                return None;
            }
            at += self.middle.length;
        }
        Some(at)
    }

    /// The value that begins at `from`, and the end of the cell in `N` words. An empty value is left to the reader of
    /// cells: it may be one of several things.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    fn value<const N: usize, C: Cells>(
        &self,
        bytes: &[u8],
        from: usize,
        target: &mut Target<'_, C>,
    ) -> Option<usize> {
        let ends = |to: usize| {
            (self.closer.differ::<N>(bytes, to) == 0 && to > from).then_some(to + self.closer.length)
        };
        let Some(lane) = target.lane else { return ends(find_tag(bytes, from)) };
        match self.kind {
            Type::Number => {
                let (number, to) = read_number(bytes, from)?;
                let end = ends(to)?;
                target.cells.number(lane, target.column, self.style, number);
                Some(end)
            }
            Type::Shared => {
                let (index, to) = read_index(bytes, from)?;
                let end = ends(to)?;
                target.cells.shared(lane, target.column, self.style, index);
                Some(end)
            }
            kind => {
                let to = find_tag(bytes, from);
                let value = kind.value(bytes.get(from..to)?)?;
                let end = ends(to)?;
                target.cells.cell(lane, target.column, self.style, value);
                Some(end)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::cell::{CellReader, Value};
    use super::super::cells::Stop;
    use super::*;
    use crate::data::reader::Flow;

    /// The value of the cell taken.
    #[derive(Default)]
    struct Taken(String);

    impl Cells for Taken {
        fn lane(&self, _column: u32) -> Option<u32> {
            Some(0)
        }
        fn counts(&self, _column: u32) -> bool {
            true
        }
        fn begin_row(&mut self, _row: u32, _hidden: bool) -> Flow {
            Flow::Continue
        }
        fn number(&mut self, _lane: u32, _column: u32, _style: u32, number: f64) {
            self.0 = format!("Number({number:?})");
        }
        fn shared(&mut self, _lane: u32, _column: u32, _style: u32, index: u32) {
            self.0 = format!("Shared({index})");
        }
        fn cell(&mut self, _lane: u32, _column: u32, _style: u32, value: Value<'_>) {
            self.0 = format!("{value:?}");
        }
        fn end_row(&mut self, _filled: u32) -> Result<(), Stop> {
            Ok(())
        }
    }

    /// What the template learnt from `first` makes of `second`.
    fn again(first: &str, second: &str, row: u32) -> Option<String> {
        let cell = CellReader::default().read(first.as_bytes(), 0).unwrap().unwrap();
        let mut template = Template::default();
        template.learn(first.as_bytes(), 0, &cell, cell.style);
        // as the scanner gives them: with zeros behind
        let padded = [second.as_bytes(), &[0; 64]].concat();
        let mut taken = Taken::default();
        let mut target = Target { cells: &mut taken, lane: Some(0), column: 0 };
        let end = template.take(&padded, 0, &RowKey::of_row(row, b'"'), &mut target)?;
        assert_eq!(end, second.len());
        Some(taken.0)
    }

    #[test]
    fn a_cell_like_the_one_above() {
        for (first, second, value) in [
            ("<c r=\"A2\"><v>1</v></c>", "<c r=\"A13\"><v>-2.50</v></c>", "Number(-2.5)"),
            ("<c r=\"A2\"><v>1</v></c>", "<c r=\"A13\"><v>1.5E3</v></c>", "Number(1500.0)"),
            (
                "<c r=\"A2\" s=\"1\" t=\"s\"><v>1</v></c>",
                "<c r=\"A13\" s=\"1\" t=\"s\"><v>40</v></c>",
                "Shared(40)",
            ),
            ("<c s='1' r=\"A2\" t='n'><v>1</v></c>", "<c s='1' r=\"A13\" t='n'><v>7</v></c>", "Number(7.0)"),
            ("<c t=\"n\"><v>1</v></c>", "<c t=\"n\"><v>7</v></c>", "Number(7.0)"),
            ("<x:c r=\"ABC2\"><x:v>1</x:v></x:c>", "<x:c r=\"ABC13\"><x:v>7</x:v></x:c>", "Number(7.0)"),
            ("<c r=\"A2\" s=\"4\"/>", "<c r=\"A13\" s=\"4\"/>", ""),
            (
                "<c r=\"A2\" t=\"inlineStr\"><is><t>x</t></is></c>",
                "<c r=\"A13\" t=\"inlineStr\"><is><t>y &amp; z</t></is></c>",
                "Raw([121, 32, 38, 97, 109, 112, 59, 32, 122])",
            ),
            (
                "<c r=\"A2\"><f>B2*C2</f><v>1</v></c>",
                "<c r=\"A13\"><f>B13*C13</f><v>6</v></c>",
                "Number(6.0)",
            ),
            (
                "<c r=\"A2\" s=\"12\"><f t=\"shared\" si=\"0\"/><v>1</v></c>",
                "<c r=\"A13\" s=\"12\"><f t=\"shared\" si=\"0\"/><v>6</v></c>",
                "Number(6.0)",
            ),
        ] {
            assert_eq!(again(first, second, 12).as_deref(), Some(value), "{second}");
        }
    }

    #[test]
    fn a_cell_that_differs() {
        let first = "<c r=\"A2\" t=\"n\"><v>1</v></c>";
        for second in [
            "<c r=\"A14\" t=\"n\"><v>1</v></c>",
            "<c r=\"B13\" t=\"n\"><v>1</v></c>",
            "<c r=\"A13\" t=\"s\"><v>1</v></c>",
            "<c r=\"A13\" t=\"n\"><v></v></c>",
            "<c r=\"A13\" t=\"n\"><v>1</v><x/></c>",
            "<c r=\"A13\" t=\"n\"><v>1a</v></c>",
            "<c r=\"A13\" t=\"n\"><v>1",
            "<c r=\"A13\"",
            "",
        ] {
            assert_eq!(again(first, second, 12), None, "{second}");
        }
    }
}
