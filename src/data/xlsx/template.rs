//! What the cells of a column look like: all bytes but the row number, the value and the text of a formula.
//!
//! In an export these bytes are the same in every row, so a cell is recognised by comparing a few words, and only its
//! value is looked at. Bytes that compare equal mean the same, whatever they are; everything else is left to
//! [`CellReader`](super::cell::CellReader), from whose result the next template is learnt.

use super::cell::{Cell, Type, Value};
use super::number;

/// Eight bytes at `at`, zeros where there are fewer.
#[inline(always)]
pub(super) fn word(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => 0,
    }
}

/// Keeps the first `count` bytes of a word.
#[inline(always)]
fn mask(count: usize) -> u64 {
    if count >= 8 { u64::MAX } else { (1 << (8 * count)) - 1 }
}

/// Where the next `<` stands, or the end.
#[inline(always)]
pub(super) fn find_tag(bytes: &[u8], mut at: usize) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const TAGS: u64 = 0x3c3c_3c3c_3c3c_3c3c;
    for _ in 0..3 {
        let other = word(bytes, at) ^ TAGS;
        let found = other.wrapping_sub(ONES) & !other & (ONES << 7);
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    memchr::memchr(b'<', rest).map_or(bytes.len(), |end| at + end)
}

/// `N` words of bytes to compare with.
#[derive(Debug, Clone, Copy)]
struct Words<const N: usize> {
    words: [u64; N],
    masks: [u64; N],
    length: usize,
}

impl<const N: usize> Default for Words<N> {
    fn default() -> Self {
        Self { words: [0; N], masks: [0; N], length: 0 }
    }
}

impl<const N: usize> Words<N> {
    /// `None` where the bytes are too many.
    fn learn(bytes: &[u8]) -> Option<Self> {
        if bytes.len() > 8 * N {
            return None;
        }
        let mut padded = bytes.to_vec();
        padded.resize(8 * N + 8, 0);
        let mut learnt = Self { length: bytes.len(), ..Self::default() };
        for at in 0..N {
            learnt.words[at] = word(&padded, 8 * at);
            learnt.masks[at] = mask(bytes.len().saturating_sub(8 * at));
        }
        Some(learnt)
    }

    /// Zero where the bytes at `at` are these.
    #[inline(always)]
    fn differ(&self, bytes: &[u8], at: usize) -> u64 {
        let mut differ = 0;
        for i in 0..N {
            differ |= (word(bytes, at + 8 * i) ^ self.words[i]) & self.masks[i];
        }
        differ
    }
}

/// The digits of the current row and the quote behind them, as they stand in every cell of the row.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RowKey(Words<1>);

impl RowKey {
    /// The key of a row; one that no cell has where the digits are too many.
    pub(super) fn new(digits: &[u8]) -> Self {
        let mut bytes = digits.to_vec();
        bytes.push(b'"');
        Self(Words::learn(&bytes).unwrap_or(Words { words: [0], masks: [u64::MAX], length: 8 }))
    }

    /// The key of a zero-based row.
    pub(super) fn of_row(row: u32) -> Self {
        Self::new((u64::from(row) + 1).to_string().as_bytes())
    }
}

/// How the cells of a column are written.
#[derive(Debug, Clone, Default)]
pub(super) struct Template {
    known: bool,
    /// Whether a row number stands behind the head.
    numbered: bool,
    blank: bool,
    /// A formula's text stands between the tail and `middle`.
    formula: bool,
    kind: Option<Type>,
    /// Style of the cells.
    style: u32,
    /// Everything before the row number: `<c r="C`.
    head: Words<2>,
    /// From behind the row number to the value: ` s="3" t="n"><v>`.
    tail: Words<3>,
    /// What of the tail did not fit.
    tail_rest: Box<[u8]>,
    /// Between formula and value: `</f><v>`.
    middle: Words<2>,
    /// From the value to the end: `</v></c>`.
    closer: Words<2>,
}

/// What a template makes of a cell.
pub(super) struct Match<'a> {
    /// Behind the cell.
    pub end: usize,
    /// `None` where the cell is blank or its value was not wanted.
    pub value: Option<Value<'a>>,
    /// Whether something stands in the cell.
    pub filled: bool,
    pub style: u32,
}

impl Template {
    /// Learns from a cell that was read in full; forgets where it is not written in a way that can be learnt.
    pub(super) fn learn(&mut self, bytes: &[u8], from: usize, cell: &Cell, style: u32) {
        *self = Self::default();
        if let Some(learnt) = Self::from_cell(bytes, from, cell, style) {
            *self = learnt;
        }
    }

    fn from_cell(bytes: &[u8], from: usize, cell: &Cell, style: u32) -> Option<Self> {
        let layout = &cell.layout;
        if layout.odd {
            return None;
        }
        let value = if layout.blank { (cell.end, cell.end) } else { layout.value? };
        let tail_end = layout.formula.map_or(value.0, |formula| formula.0);
        let (head_end, tail_from, numbered) = match cell.place {
            Some(place) => {
                let quoted = bytes.get(place.digits.1) == Some(&b'"');
                let plain = !bytes[place.digits.0..].starts_with(b"0");
                (place.digits.0, place.digits.1 + 1, (quoted && plain).then_some(true)?)
            }
            None => {
                let split = tail_end.min(from + 8);
                (split, split, false)
            }
        };
        let tail = bytes.get(tail_from..tail_end)?;
        let (tail, rest) = tail.split_at(tail.len().min(24));
        Some(Self {
            known: true,
            numbered,
            blank: layout.blank,
            formula: layout.formula.is_some(),
            kind: Some(cell.kind),
            style,
            head: Words::learn(bytes.get(from..head_end)?)?,
            tail: Words::learn(tail)?,
            tail_rest: rest.into(),
            middle: match layout.formula {
                Some(formula) => Words::learn(bytes.get(formula.1..value.0)?)?,
                None => Words::default(),
            },
            closer: Words::learn(bytes.get(value.1..cell.end)?)?,
        })
    }

    /// The cell at `at`, if it is written so.
    #[inline(always)]
    pub(super) fn read<'a>(
        &self,
        bytes: &'a [u8],
        at: usize,
        row: &RowKey,
        wanted: bool,
    ) -> Option<Match<'a>> {
        if !self.known {
            return None;
        }
        let digits = at + self.head.length;
        let (key, length) = if self.numbered { (u64::MAX, row.0.length) } else { (0, 0) };
        let tail = digits + length;
        let differ =
            self.head.differ(bytes, at) | (row.0.differ(bytes, digits) & key) | self.tail.differ(bytes, tail);
        if differ != 0 {
            return None;
        }
        let mut from = tail + self.tail.length;
        if !self.tail_rest.is_empty() || self.formula {
            from = self.rest(bytes, from)?;
        }
        let blank = Match { end: from, value: None, filled: false, style: self.style };
        match self.kind? {
            _ if self.blank => Some(blank),
            _ if !wanted => {
                let to = find_tag(bytes, from);
                self.close(bytes, from, to, None)
            }
            Type::Number => {
                let (value, to) = read_number(bytes, from)?;
                self.close(bytes, from, to, Some(Value::Number(value)))
            }
            Type::Shared => {
                let (value, to) = read_index(bytes, from)?;
                self.close(bytes, from, to, Some(Value::Shared(value)))
            }
            kind => {
                let to = find_tag(bytes, from);
                let value = kind.value(bytes.get(from..to)?)?;
                self.close(bytes, from, to, Some(value))
            }
        }
    }

    /// Steps over what is not compared by words: where the value begins.
    fn rest(&self, bytes: &[u8], mut at: usize) -> Option<usize> {
        if !bytes.get(at..)?.starts_with(&self.tail_rest) {
            return None;
        }
        at += self.tail_rest.len();
        if self.formula {
            at = find_tag(bytes, at);
            if self.middle.differ(bytes, at) != 0 {
                return None;
            }
            at += self.middle.length;
        }
        Some(at)
    }

    /// An empty value is left to the reader of cells: it may be one of several things.
    #[inline(always)]
    fn close<'a>(&self, bytes: &[u8], from: usize, to: usize, value: Option<Value<'a>>) -> Option<Match<'a>> {
        let same = self.closer.differ(bytes, to) == 0 && to > from;
        same.then_some(Match { end: to + self.closer.length, value, filled: true, style: self.style })
    }
}

/// The number at `at` and where its digits end; `None` where it has an unusual form.
#[inline(always)]
fn read_number(bytes: &[u8], at: usize) -> Option<(f64, usize)> {
    let negative = bytes.get(at) == Some(&b'-');
    let from = at + usize::from(negative);
    let (mut digits, mut decimals, mut point, mut to) = (0u64, 0, false, from);
    loop {
        let byte = *bytes.get(to)?;
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 {
            digits = digits.wrapping_mul(10).wrapping_add(u64::from(digit));
            decimals += usize::from(point);
        } else if byte == b'.' && !point {
            point = true;
        } else {
            break;
        }
        to += 1;
    }
    let usual = bytes.get(to) == Some(&b'<') && to - from <= 19 && to - from > usize::from(point);
    let value = if usual { number::exact(digits, decimals) } else { None };
    if let Some(value) = value {
        return Some((if negative { -value } else { value }, to));
    }
    let to = find_tag(bytes, to);
    Some((number::parse(bytes.get(at..to)?)?, to))
}

/// The index at `at` and where its digits end.
#[inline(always)]
fn read_index(bytes: &[u8], at: usize) -> Option<(u32, usize)> {
    let (mut index, mut to) = (0u32, at);
    loop {
        let digit = bytes.get(to)?.wrapping_sub(b'0');
        if digit > 9 {
            break;
        }
        index = index.wrapping_mul(10).wrapping_add(u32::from(digit));
        to += 1;
    }
    (to - at <= 9).then_some((index, to))
}

#[cfg(test)]
mod tests {
    use super::super::cell::CellReader;
    use super::*;

    /// What the template learnt from `first` makes of `second`.
    fn again(first: &str, second: &str, row: u32) -> Option<String> {
        let cell = CellReader::default().read(first.as_bytes(), 0).unwrap().unwrap();
        let mut template = Template::default();
        template.learn(first.as_bytes(), 0, &cell, cell.style);
        // as the scanner gives them: with zeros behind
        let padded = [second.as_bytes(), &[0; 64]].concat();
        let found = template.read(&padded, 0, &RowKey::of_row(row), true)?;
        assert_eq!(found.end, second.len());
        Some(found.value.map_or_else(String::new, |value| format!("{value:?}")))
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
