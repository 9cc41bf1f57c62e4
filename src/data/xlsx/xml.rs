//! Bytes of an XML part → tags and text, without copying.
//!
//! The bytes may end anywhere: then nothing is taken and the caller comes back with more. Only what spreadsheet parts
//! need is known: no document types (refused), no entities but the five of XML and character references.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memchr3, memmem};

/// A tag or a run of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `<name …>` or `<name …/>`.
    Open(Tag<'a>),
    /// `</name>`, with the prefix.
    Close(&'a [u8]),
    /// Text with its entities as written.
    Text(&'a [u8]),
    /// The inside of a CDATA section.
    Verbatim(&'a [u8]),
}

/// An opening tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// With the prefix.
    pub name: &'a [u8],
    /// Everything between the name and the end of the tag.
    pub attributes: &'a [u8],
    /// `<name/>`.
    pub empty: bool,
}

/// What stops a reader for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum XmlFault {
    /// `<!DOCTYPE`, `<!ENTITY`.
    Doctype,
    /// `<` before something that is no tag.
    Malformed,
}

/// The token at `*at`, which moves behind it. `None` where the bytes end before the token does: `*at` then stands where
/// the next attempt has to begin. Comments and processing instructions are stepped over.
pub(super) fn next<'a>(bytes: &'a [u8], at: &mut usize) -> Result<Option<Token<'a>>, XmlFault> {
    loop {
        let rest = bytes.get(*at..).unwrap_or_default();
        match rest {
            [] => return Ok(None),
            [b'<', ..] => {}
            _ => {
                return Ok(memchr(b'<', rest).map(|end| {
                    *at += end;
                    Token::Text(&rest[..end])
                }));
            }
        }
        match rest.get(1) {
            None => return Ok(None),
            Some(b'?') => match memmem::find(rest, b"?>") {
                Some(end) => *at += end + 2,
                None => return Ok(None),
            },
            Some(b'!') => match declaration(rest)? {
                Declaration::Comment(length) => *at += length,
                Declaration::Verbatim(inside, length) => {
                    *at += length;
                    return Ok(Some(Token::Verbatim(inside)));
                }
                Declaration::Unfinished => return Ok(None),
            },
            Some(b'/') => {
                let Some(end) = memchr(b'>', rest) else { return Ok(None) };
                *at += end + 1;
                return Ok(Some(Token::Close(rest[2..end].trim_ascii_end())));
            }
            Some(_) => {
                let Some((tag, length)) = tag(rest)? else { return Ok(None) };
                *at += length;
                return Ok(Some(Token::Open(tag)));
            }
        }
    }
}

enum Declaration<'a> {
    Comment(usize),
    Verbatim(&'a [u8], usize),
    Unfinished,
}

/// What stands at `<!`.
fn declaration(rest: &[u8]) -> Result<Declaration<'_>, XmlFault> {
    const COMMENT: &[u8] = b"<!--";
    const VERBATIM: &[u8] = b"<![CDATA[";
    if let Some(inside) = rest.strip_prefix(COMMENT) {
        return Ok(memmem::find(inside, b"-->")
            .map_or(Declaration::Unfinished, |end| Declaration::Comment(COMMENT.len() + end + 3)));
    }
    if let Some(inside) = rest.strip_prefix(VERBATIM) {
        return Ok(memmem::find(inside, b"]]>").map_or(Declaration::Unfinished, |end| {
            Declaration::Verbatim(&inside[..end], VERBATIM.len() + end + 3)
        }));
    }
    if COMMENT.starts_with(rest) || VERBATIM.starts_with(rest) {
        return Ok(Declaration::Unfinished);
    }
    Err(XmlFault::Doctype)
}

/// The opening tag at the start of `rest` and its length.
fn tag(rest: &[u8]) -> Result<Option<(Tag<'_>, usize)>, XmlFault> {
    let Some(end) = tag_end(rest) else { return Ok(None) };
    let inside = &rest[1..end];
    let (inside, empty) = match inside.strip_suffix(b"/") {
        Some(inside) => (inside, true),
        None => (inside, false),
    };
    let name_end = inside.iter().position(u8::is_ascii_whitespace).unwrap_or(inside.len());
    let (name, attributes) = inside.split_at(name_end);
    let is_name = name.first().is_some_and(|b| b.is_ascii_alphabetic() || *b == b'_' || *b >= 0x80);
    if !is_name {
        return Err(XmlFault::Malformed);
    }
    Ok(Some((Tag { name, attributes, empty }, end + 1)))
}

/// Where the `>` of a tag stands: not one inside an attribute's quotes.
fn tag_end(rest: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += memchr3(b'>', b'"', b'\'', rest.get(at..)?)?;
        let quote = rest[at];
        if quote == b'>' {
            return Some(at);
        }
        at += 1 + memchr(quote, &rest[at + 1..])? + 1;
    }
}

/// Prefix (empty where there is none) and local part of a name.
pub(super) fn split_name(name: &[u8]) -> (&[u8], &[u8]) {
    match memchr(b':', name) {
        Some(colon) => (&name[..colon], &name[colon + 1..]),
        None => (&[], name),
    }
}

/// The part of a name behind its prefix.
pub(super) fn local(name: &[u8]) -> &[u8] {
    split_name(name).1
}

/// An attribute: its full name and its value as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Attribute<'a> {
    pub name: &'a [u8],
    pub value: &'a [u8],
}

impl<'a> Tag<'a> {
    /// How many bytes it takes.
    pub(super) fn length(&self) -> usize {
        self.name.len() + self.attributes.len() + 2 + usize::from(self.empty)
    }

    /// The attributes in the order written; ends at the first that is malformed.
    pub(super) fn iter(&self) -> impl Iterator<Item = Attribute<'a>> + use<'a> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            let equals = memchr(b'=', rest)?;
            let name = rest[..equals].trim_ascii();
            let behind = rest[equals + 1..].trim_ascii_start();
            let quote = *behind.first().filter(|b| matches!(b, b'"' | b'\''))?;
            let end = memchr(quote, &behind[1..])?;
            rest = &behind[end + 2..];
            Some(Attribute { name, value: &behind[1..=end] })
        })
    }

    /// The attribute of this name without prefix.
    pub(super) fn plain(&self, name: &str) -> Option<Cow<'a, str>> {
        self.iter().find(|a| a.name == name.as_bytes()).map(|a| unescape(a.value))
    }

    /// The attribute of this name with any prefix.
    pub(super) fn prefixed(&self, name: &str) -> Option<Cow<'a, str>> {
        self.iter()
            .find(|a| a.name.len() > name.len() && local(a.name) == name.as_bytes())
            .map(|a| unescape(a.value))
    }

    /// A whole number; `None` where the attribute is absent or none.
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        self.plain(name)?.trim().parse().ok()
    }

    /// `1`, `true`, `on`.
    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        self.plain(name).map(|value| is_true(&value))
    }
}

/// `1`, `true`, `on`.
pub(super) fn is_true(value: &str) -> bool {
    matches!(value.trim(), "1" | "true" | "on" | "TRUE" | "True")
}

/// Text as it reads: entities replaced, line ends made `\n`.
pub(super) fn unescape(raw: &[u8]) -> Cow<'_, str> {
    if memchr2(b'&', b'\r', raw).is_none() {
        return String::from_utf8_lossy(raw);
    }
    let mut text = String::with_capacity(raw.len());
    unescape_into(raw, &mut text);
    Cow::Owned(text)
}

/// Appends text as it reads.
pub(super) fn unescape_into(mut raw: &[u8], text: &mut String) {
    while let Some(at) = memchr2(b'&', b'\r', raw) {
        push_lossy(&raw[..at], text);
        raw = &raw[at..];
        if raw[0] == b'\r' {
            text.push('\n');
            raw = raw.strip_prefix(b"\r\n").unwrap_or(&raw[1..]);
        } else if let Some((character, length)) = entity(raw) {
            text.push(character);
            raw = &raw[length..];
        } else {
            text.push('&');
            raw = &raw[1..];
        }
    }
    push_lossy(raw, text);
}

/// Appends bytes as UTF-8; what is none becomes the replacement character.
pub(super) fn push_lossy(raw: &[u8], text: &mut String) {
    match std::str::from_utf8(raw) {
        Ok(valid) => text.push_str(valid),
        Err(_) => text.push_str(&String::from_utf8_lossy(raw)),
    }
}

/// The character that `&…;` stands for, and its length.
fn entity(raw: &[u8]) -> Option<(char, usize)> {
    let end = memchr(b';', raw.get(..12.min(raw.len()))?)?;
    let name = std::str::from_utf8(&raw[1..end]).ok()?;
    let character = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
    };
    Some((character, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(xml: &str) -> Vec<String> {
        let (mut at, mut out) = (0, Vec::new());
        while let Some(token) = next(xml.as_bytes(), &mut at).unwrap() {
            out.push(match token {
                Token::Open(tag) => format!("{}{}", if tag.empty { "=" } else { "+" }, unescape(tag.name)),
                Token::Close(name) => format!("-{}", unescape(name)),
                Token::Text(text) => unescape(text).into_owned(),
                Token::Verbatim(text) => format!("![{}]", String::from_utf8_lossy(text)),
            });
        }
        assert_eq!(at, xml.len());
        out
    }

    #[test]
    fn tags_text_and_what_is_stepped_over() {
        assert_eq!(
            tokens("<?xml version='1.0'?><!-- <a> --><a b='>' c=\"'>\"><b/>x &amp; y<![CDATA[<&]]></a >"),
            ["+a", "=b", "x & y", "![<&]", "-a"]
        );
    }

    #[test]
    fn bytes_that_end_anywhere_take_nothing() {
        let xml = b"<a b='1'>text</a><!-- c --><![CDATA[d]]><?p i?>";
        for end in 0..xml.len() {
            let mut at = 0;
            while next(&xml[..end], &mut at).unwrap().is_some() {}
            assert!(at <= end);
            // what was not taken is still a whole token once the rest is there
            assert!(next(xml, &mut at).is_ok(), "cut at {end}");
        }
    }

    #[test]
    fn document_types_are_refused() {
        assert_eq!(next(b"<!DOCTYPE a>", &mut 0), Err(XmlFault::Doctype));
        assert_eq!(next(b"<!ENTITY a 'b'>", &mut 0), Err(XmlFault::Doctype));
        assert_eq!(next(b"< a>", &mut 0), Err(XmlFault::Malformed));
    }

    #[test]
    fn attributes_in_any_order_and_quotes() {
        let xml = b"<sheet r:id = 'rId1'\n name=\"A &amp; &#66;&#x43;\" sheetId=\"7\"/>";
        let Ok(Some(Token::Open(tag))) = next(xml, &mut 0) else { panic!("no tag") };
        assert_eq!(tag.plain("name").as_deref(), Some("A & BC"));
        assert_eq!(tag.prefixed("id").as_deref(), Some("rId1"));
        assert_eq!(tag.number("sheetId"), Some(7));
        assert_eq!(tag.plain("id"), None);
    }

    #[test]
    fn unknown_entities_stay_as_written() {
        assert_eq!(unescape(b"a &nbsp; b & c\r\nd\re"), "a &nbsp; b & c\nd\ne");
    }
}
