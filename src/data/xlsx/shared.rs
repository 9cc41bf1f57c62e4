//! `sharedStrings.xml` → texts by index.
//!
//! The inflated part is kept as it is; a text that reads as it is written (nearly all do) is a piece of it, and only the
//! others (rich text, entities, escapes) are written out beside it. So half a million texts cost eight bytes each.

use memchr::memchr;

use super::errors::Fault;
use super::text;
use super::xml::{self, Token, XmlFault};

/// The shared texts of a workbook.
#[derive(Debug, Default)]
pub(super) struct Shared {
    /// The part.
    xml: String,
    /// Texts that had to be put together.
    written: String,
    /// Where each text stands.
    places: Vec<Place>,
}

/// A piece of one of the two.
#[derive(Debug, Clone, Copy)]
struct Place {
    from: u32,
    /// The lowest bit tells that it is a piece of `written`.
    length: u32,
}

impl Shared {
    /// Finds the texts of a part of less than 2 GiB. The counts it declares are not looked at.
    pub(super) fn read(bytes: Vec<u8>, name: &str, limit: usize) -> Result<Self, Fault> {
        if bytes.len() >= 1 << 31 {
            return Err(Fault::PartTooLarge(name.to_owned(), 2 << 30, Some(bytes.len() as u64)));
        }
        let xml = String::from_utf8(bytes)
            .unwrap_or_else(|invalid| String::from_utf8_lossy(invalid.as_bytes()).into_owned());
        let mut shared = Self { xml, written: String::new(), places: Vec::new() };
        let found = shared.find(limit);
        found.map_err(|fault| match fault {
            Some(XmlFault::Doctype) => Fault::Doctype(name.to_owned()),
            Some(XmlFault::Malformed) => Fault::Malformed(name.to_owned()),
            None => Fault::TooManyTexts(limit),
        })?;
        shared.places.shrink_to_fit();
        Ok(shared)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// The text at an index, `""` where there is none.
    pub(super) fn get(&self, index: u32) -> &str {
        let Some(place) = self.places.get(index as usize) else { return "" };
        let from = place.from as usize;
        let source = if place.length & 1 == 1 { &self.written } else { &self.xml };
        source.get(from..from + (place.length >> 1) as usize).unwrap_or_default()
    }

    /// Fills `places`; `Err(None)` when there are more than `limit`.
    fn find(&mut self, limit: usize) -> Result<(), Option<XmlFault>> {
        let xml = std::mem::take(&mut self.xml);
        let (mut at, bytes) = (0, xml.as_bytes());
        let mut result = Ok(());
        loop {
            if let Some((from, length, end)) = plain_item(bytes, at) {
                self.places.push(Place { from: from as u32, length: (length as u32) << 1 });
                at = end;
            } else {
                match self.step(bytes, &mut at) {
                    Ok(true) => {}
                    Ok(false) => break,
                    Err(fault) => {
                        result = Err(Some(fault));
                        break;
                    }
                }
            }
            if self.places.len() > limit {
                result = Err(None);
                break;
            }
        }
        self.xml = xml;
        result
    }

    /// One token outside items, or one whole item; `false` at the end.
    fn step(&mut self, bytes: &[u8], at: &mut usize) -> Result<bool, XmlFault> {
        let Some(token) = xml::next(bytes, at)? else { return Ok(false) };
        let Token::Open(tag) = token else { return Ok(true) };
        if xml::local(tag.name) != b"si" {
            return Ok(true);
        }
        let from = self.written.len();
        if !tag.empty {
            append_runs(bytes, at, tag.name, &mut self.written)?;
        }
        let length = (self.written.len() - from) as u32;
        self.places.push(Place { from: from as u32, length: (length << 1) | 1 });
        Ok(true)
    }
}

/// The item at `at` if it is written the usual way and reads as written: where its text begins, its length, and where
/// the item ends.
fn plain_item(bytes: &[u8], at: usize) -> Option<(usize, usize, usize)> {
    const OPEN: &[u8] = b"<si><t";
    const CLOSE: &[u8] = b"</t></si>";
    let rest = bytes.get(at..)?.strip_prefix(OPEN)?;
    let behind = rest.strip_prefix(b">").or_else(|| rest.strip_prefix(b" xml:space=\"preserve\">"))?;
    let from = bytes.len() - behind.len();
    let length = memchr(b'<', behind)?;
    let whole = behind[length..].starts_with(CLOSE) && text::is_plain(&behind[..length]);
    whole.then_some((from, length, from + length + CLOSE.len()))
}

/// Appends the text of all runs up to the closing tag of `element`, phonetic runs left out.
pub(super) fn append_runs(
    bytes: &[u8],
    at: &mut usize,
    element: &[u8],
    out: &mut String,
) -> Result<bool, XmlFault> {
    let prefix = xml::split_name(element).0;
    let (mut in_text, mut phonetic) = (false, 0u32);
    while let Some(token) = xml::next(bytes, at)? {
        match token {
            Token::Open(tag) if tag.empty => {}
            Token::Open(tag) => match xml::split_name(tag.name) {
                (p, b"t") if p == prefix => in_text = true,
                (p, b"rPh") if p == prefix => phonetic += 1,
                _ => {}
            },
            Token::Close(name) if name == element => return Ok(true),
            Token::Close(name) => match xml::local(name) {
                b"t" => in_text = false,
                b"rPh" => phonetic = phonetic.saturating_sub(1),
                _ => {}
            },
            Token::Text(raw) if in_text && phonetic == 0 => text::append(raw, out),
            Token::Verbatim(raw) if in_text && phonetic == 0 => text::append_verbatim(raw, out),
            Token::Text(_) | Token::Verbatim(_) => {}
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(xml: &str) -> Vec<String> {
        let shared = Shared::read(xml.as_bytes().to_vec(), "s", 100).unwrap();
        (0..shared.len() as u32).map(|index| shared.get(index).to_owned()).collect()
    }

    #[test]
    fn plain_rich_phonetic_and_empty() {
        let xml = r#"<?xml version="1.0"?><sst count="99" uniqueCount="1"><si><t>North</t></si><si><t xml:space="preserve"> a </t></si>
            <si><r><rPr><b/></rPr><t>Ri</t></r><r><t>ch</t></r><rPh sb="0" eb="1"><t>ignored</t></rPh></si>
            <si/><si><t/></si><si><t>R&amp;D_x000D_</t></si><si><t><![CDATA[a<b]]></t><!-- c --></si><si>
              <t>last</t>
            </si></sst>"#;
        assert_eq!(texts(xml), ["North", " a ", "Rich", "", "", "R&D\r", "a<b", "last"]);
    }

    #[test]
    fn prefixes() {
        assert_eq!(texts(r#"<x:sst xmlns:x="m"><x:si><x:t>a</x:t></x:si></x:sst>"#), ["a"]);
    }

    #[test]
    fn limits_and_document_types() {
        let many = "<sst><si><t>a</t></si><si><t>b</t></si></sst>";
        assert!(matches!(Shared::read(many.into(), "s", 1), Err(Fault::TooManyTexts(1))));
        let bomb = "<!DOCTYPE sst [<!ENTITY a \"aaa\">]><sst><si><t>&a;</t></si></sst>";
        assert!(matches!(Shared::read(bomb.into(), "s", 9), Err(Fault::Doctype(_))));
    }

    #[test]
    fn an_index_that_is_not_there_is_empty() {
        assert_eq!(Shared::default().get(7), "");
    }
}
