//! One `<c>` element, however it is written → its place, type and value.

use super::number;
use super::shared::append_runs;
use super::text;
use super::xml::{self, Token, XmlFault};

/// A value as a receiver of cells gets it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Value<'a> {
    Number(f64),
    /// Index of a shared text.
    Shared(u32),
    /// A text as it reads.
    Text(&'a str),
    /// A text as it is written in XML, with its entities.
    Raw(&'a [u8]),
    Boolean(bool),
    /// The name of the error, as written.
    Error(&'a [u8]),
    /// Days since 1970-01-01.
    IsoDate(f64),
    /// A formula without a result.
    Uncalculated,
}

/// The `t` attribute.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Type {
    #[default]
    Number,
    Shared,
    Text,
    Boolean,
    Error,
    IsoDate,
}

impl Type {
    fn read(value: &[u8]) -> Self {
        match value {
            b"s" => Self::Shared,
            b"str" | b"inlineStr" => Self::Text,
            b"b" => Self::Boolean,
            b"e" => Self::Error,
            b"d" => Self::IsoDate,
            _ => Self::Number,
        }
    }

    /// The value of a cell of this type whose `<v>` holds `raw`; `None` where it is no such value.
    #[inline]
    pub(super) fn value(self, raw: &[u8]) -> Option<Value<'_>> {
        match self {
            Self::Number => number::parse(raw).map(Value::Number),
            Self::Shared => number::parse_index(raw).map(Value::Shared),
            Self::Text => Some(Value::Raw(raw)),
            Self::Boolean => match raw.trim_ascii() {
                b"1" | b"true" => Some(Value::Boolean(true)),
                b"0" | b"false" => Some(Value::Boolean(false)),
                _ => None,
            },
            Self::Error => Some(Value::Error(raw)),
            Self::IsoDate => {
                std::str::from_utf8(raw).ok().and_then(number::parse_iso_date).map(Value::IsoDate)
            }
        }
    }
}

/// Where a cell says that it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// Zero-based.
    pub row: u32,
    /// Zero-based.
    pub column: u32,
    /// The digits of its row: from, to.
    pub digits: (usize, usize),
}

/// Pieces of a cell's bytes, from which the next cell of its column can be recognised.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Layout {
    /// The text of the formula, where it has one: from, to.
    pub formula: Option<(usize, usize)>,
    /// The value, where it is one run of text: from, to.
    pub value: Option<(usize, usize)>,
    /// Nothing stands in the cell.
    pub blank: bool,
    /// The formula or value stands twice or in parts: not to be learnt.
    pub odd: bool,
}

/// A cell read in full; the value is with [`CellReader`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    /// `None` where it has no `r` attribute, or none that says anything.
    pub place: Option<Place>,
    pub style: u32,
    pub kind: Type,
    pub layout: Layout,
    /// Behind its closing tag.
    pub end: usize,
}

/// Reads cells one at a time and keeps the text of the last.
#[derive(Debug, Default)]
pub(super) struct CellReader {
    text: String,
    /// Its text came from `<is>` or was put together: it is not to be unescaped again.
    inline: bool,
    /// It has a formula.
    formula: bool,
    /// It has a value element, perhaps an empty one.
    valued: bool,
}

impl CellReader {
    /// The cell that begins at `from`; `None` where the bytes end inside it.
    pub(super) fn read(&mut self, bytes: &[u8], from: usize) -> Result<Option<Cell>, XmlFault> {
        self.text.clear();
        (self.inline, self.formula, self.valued) = (false, false, false);
        let mut at = from;
        let Some(Token::Open(tag)) = xml::next(bytes, &mut at)? else { return Ok(None) };
        let mut cell = Cell { place: None, style: 0, kind: Type::Number, layout: Layout::default(), end: 0 };
        for attribute in tag.iter() {
            match attribute.name {
                b"r" => cell.place = place(bytes, attribute.value),
                b"s" => cell.style = number::parse_index(attribute.value).unwrap_or(0),
                b"t" => cell.kind = Type::read(attribute.value),
                _ => {}
            }
        }
        if tag.empty {
            cell.layout.blank = true;
            cell.end = at;
            return Ok(Some(cell));
        }
        if !self.children(bytes, &mut at, tag.name, &mut cell.layout)? {
            return Ok(None);
        }
        cell.end = at;
        Ok(Some(cell))
    }

    /// What stands between `<c>` and `</c>`; `false` where the bytes end before.
    fn children(
        &mut self,
        bytes: &[u8],
        at: &mut usize,
        element: &[u8],
        layout: &mut Layout,
    ) -> Result<bool, XmlFault> {
        let prefix = xml::split_name(element).0;
        let (mut values, mut formulas) = (0, 0);
        while let Some(token) = xml::next(bytes, at)? {
            match token {
                Token::Close(name) if name == element => {
                    self.valued = values > 0;
                    layout.blank = values == 0 && formulas == 0;
                    layout.odd |= values > 1 || formulas > 1;
                    return Ok(true);
                }
                Token::Open(tag) => {
                    let (p, name) = xml::split_name(tag.name);
                    let known = p == prefix;
                    match name {
                        b"v" if known => values += 1,
                        b"f" if known => {
                            formulas += 1;
                            self.formula = true;
                        }
                        b"is" if known => values += 1,
                        _ => {}
                    }
                    let whole = match name {
                        _ if tag.empty => true,
                        b"v" if known => self.value(bytes, at, tag.name, layout)?,
                        b"is" if known => self.inline(bytes, at, tag.name, layout)?,
                        b"f" if known => formula(bytes, at, tag.name, layout)?,
                        _ => skip(bytes, at, tag.name)?,
                    };
                    if !whole {
                        return Ok(false);
                    }
                }
                _ => {}
            }
        }
        Ok(false)
    }

    fn value(
        &mut self,
        bytes: &[u8],
        at: &mut usize,
        element: &[u8],
        layout: &mut Layout,
    ) -> Result<bool, XmlFault> {
        self.text.clear();
        loop {
            let from = *at;
            match xml::next(bytes, at)? {
                None => return Ok(false),
                Some(Token::Close(name)) if name == element => return Ok(true),
                Some(Token::Text(raw)) => {
                    layout.odd |= layout.value.is_some() || *at - from != raw.len();
                    layout.value = Some((from, *at));
                    text::append(raw, &mut self.text);
                }
                Some(Token::Verbatim(raw)) => {
                    layout.odd = true;
                    text::append_verbatim(raw, &mut self.text);
                }
                Some(_) => layout.odd = true,
            }
        }
    }

    fn inline(
        &mut self,
        bytes: &[u8],
        at: &mut usize,
        element: &[u8],
        layout: &mut Layout,
    ) -> Result<bool, XmlFault> {
        self.text.clear();
        self.inline = true;
        // the usual form is one `<t>` with one run of text
        let mut look = *at;
        if let (Some(Token::Open(_)), from) = (xml::next(bytes, &mut look)?, look) {
            if let (Some(Token::Text(raw)), to) = (xml::next(bytes, &mut look)?, look) {
                layout.value = Some((to - raw.len(), to));
                layout.odd |= to - raw.len() != from;
            }
            let closes =
                matches!(xml::next(bytes, &mut look)?, Some(Token::Close(name)) if xml::local(name) == b"t");
            let ends = matches!(xml::next(bytes, &mut look)?, Some(Token::Close(name)) if name == element);
            layout.odd |= !closes || !ends;
        }
        append_runs(bytes, at, element, &mut self.text)
    }

    /// The value of the cell read last.
    pub(super) fn value_of(&self, cell: &Cell) -> Option<Value<'_>> {
        let text = self.text.as_str();
        let blank =
            if cell.kind == Type::Text || self.inline { text.is_empty() } else { text.trim().is_empty() };
        if blank {
            // an empty text is what `=""` comes to
            let calculated = cell.kind == Type::Text && self.valued;
            return (self.formula && !calculated).then_some(Value::Uncalculated);
        }
        if self.inline || cell.kind == Type::Text {
            return Some(Value::Text(text));
        }
        Some(cell.kind.value(text.as_bytes()).unwrap_or(Value::Text(text)))
    }
}

/// Steps over a formula.
fn formula(bytes: &[u8], at: &mut usize, element: &[u8], layout: &mut Layout) -> Result<bool, XmlFault> {
    loop {
        let from = *at;
        match xml::next(bytes, at)? {
            None => return Ok(false),
            Some(Token::Close(name)) if name == element => return Ok(true),
            Some(Token::Text(raw)) => {
                layout.odd |= layout.formula.is_some() || *at - from != raw.len();
                layout.formula = Some((from, *at));
            }
            Some(_) => layout.odd = true,
        }
    }
}

/// Steps over an element that says nothing about the value.
fn skip(bytes: &[u8], at: &mut usize, element: &[u8]) -> Result<bool, XmlFault> {
    let mut depth = 1u32;
    while let Some(token) = xml::next(bytes, at)? {
        match token {
            Token::Open(tag) if tag.name == element && !tag.empty => depth += 1,
            Token::Close(name) if name == element => {
                depth -= 1;
                if depth == 0 {
                    return Ok(true);
                }
            }
            _ => {}
        }
    }
    Ok(false)
}

/// The place that an `r` attribute names. Columns may lie beyond what a sheet has: the caller refuses them.
fn place(bytes: &[u8], value: &[u8]) -> Option<Place> {
    let letters = value.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    if letters == 0 || letters > 6 {
        return None;
    }
    let column =
        value[..letters].iter().fold(0u32, |column, letter| column * 26 + u32::from(letter & 0x1f)) - 1;
    let row = number::parse_index(&value[letters..])?.checked_sub(1)?;
    let offset = value.as_ptr() as usize - bytes.as_ptr() as usize;
    Some(Place { row, column, digits: (offset + letters, offset + value.len()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(xml: &str) -> (Option<(u32, u32)>, u32, String) {
        let mut reader = CellReader::default();
        let cell = reader.read(xml.as_bytes(), 0).unwrap().unwrap();
        assert_eq!(cell.end, xml.len());
        for end in 0..xml.len() {
            assert_eq!(CellReader::default().read(&xml.as_bytes()[..end], 0).unwrap(), None, "cut at {end}");
        }
        reader.read(xml.as_bytes(), 0).unwrap();
        let value = reader.value_of(&cell).map_or_else(String::new, |value| format!("{value:?}"));
        (cell.place.map(|place| (place.row, place.column)), cell.style, value)
    }

    #[track_caller]
    fn case(xml: &str, value: &str) {
        assert_eq!(read(xml).2, value, "{xml}");
    }

    #[test]
    fn every_type() {
        case("<c r=\"A1\"><v>1.5</v></c>", "Number(1.5)");
        case("<c t=\"n\"><v> 12 </v></c>", "Number(12.0)");
        case("<c t='s'><v>7</v></c>", "Shared(7)");
        case("<c t=\"str\"><f>A1</f><v>a &amp; b</v></c>", "Text(\"a & b\")");
        case("<c t=\"b\"><v>1</v></c>", "Boolean(true)");
        case("<c t=\"e\"><v>#N/A</v></c>", "Error([35, 78, 47, 65])");
        case("<c t=\"d\"><v>1970-01-03</v></c>", "IsoDate(2.0)");
        case("<c t=\"inlineStr\"><is><t>a</t></is></c>", "Text(\"a\")");
        case(
            "<c t=\"inlineStr\"><is><r><t>a</t></r><r><t xml:space=\"preserve\"> b</t></r></is></c>",
            "Text(\"a b\")",
        );
        case("<c t=\"inlineStr\"><v>a</v></c>", "Text(\"a\")");
        case("<c><is><t>a</t></is></c>", "Text(\"a\")");
    }

    #[test]
    fn what_does_not_fit_its_type_is_text() {
        case("<c><v>n/a</v></c>", "Text(\"n/a\")");
        case("<c t=\"d\"><v>soon</v></c>", "Text(\"soon\")");
        case("<c t=\"s\"><v>x</v></c>", "Text(\"x\")");
    }

    #[test]
    fn blanks_and_formulas_without_a_result() {
        case("<c r=\"A1\" s=\"3\"/>", "");
        case("<c r=\"A1\"></c>", "");
        case("<c t=\"s\"><v></v></c>", "");
        case("<c t=\"str\"><v></v></c>", "");
        case("<c t=\"str\"><f>A1&amp;A2</f><v></v></c>", "");
        case("<c><f>A1*2</f><v></v></c>", "Uncalculated");
        case("<c><f>A1*2</f><v/></c>", "Uncalculated");
        case("<c><f t=\"shared\" si=\"0\"/></c>", "Uncalculated");
        case("<c><f>A1*2</f><v>4</v></c>", "Number(4.0)");
    }

    #[test]
    fn odd_writing() {
        case("<c><v>1<!-- x -->2</v></c>", "Number(12.0)");
        case("<c><v><![CDATA[12]]></v></c>", "Number(12.0)");
        case("<c><v>&#49;&#x32;</v></c>", "Number(12.0)");
        case("<c\n>\n<v>12</v>\n<extLst><ext><v>9</v></ext></extLst></c>", "Number(12.0)");
        case("<x:c t=\"str\"><x:v>a</x:v><y:v>b</y:v></x:c>", "Text(\"a\")");
        case("<c t=\"str\"><v>a_x000D_b</v></c>", "Text(\"a\\rb\")");
    }

    #[test]
    fn places() {
        assert_eq!(read("<c s='2' t='n' r='AB12'><v>1</v></c>").0, Some((11, 27)));
        assert_eq!(read("<c s='2' t='n' r='AB12'><v>1</v></c>").1, 2);
        assert_eq!(read("<c r='12'/>").0, None);
        assert_eq!(read("<c r='A0'/>").0, None);
    }
}
