//! `styles.xml` → what each cell style says of the numbers it shows.

use std::collections::BTreeMap;

use super::format;
use super::xml::{self, Tag, Token, XmlFault};
use crate::data::NumberShape;
use crate::data::reader::Style;

/// Excel has 65 490 cell formats at most; cells with one beyond these are plain.
const MOST: usize = 1 << 18;

/// The styles by index; at least one.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Style>, XmlFault> {
    let mut codes: BTreeMap<u32, String> = BTreeMap::new();
    let mut formats: Vec<u32> = Vec::new();
    let (mut at, mut inside) = (0, false);
    while let Some(token) = xml::next(bytes, &mut at)? {
        match token {
            Token::Open(tag) => match xml::local(tag.name) {
                b"numFmt" => define(tag, &mut codes),
                b"cellXfs" => inside = !tag.empty,
                b"xf" if inside && formats.len() < MOST => formats.push(tag.number("numFmtId").unwrap_or(0)),
                _ => {}
            },
            Token::Close(name) if xml::local(name) == b"cellXfs" => inside = false,
            _ => {}
        }
    }
    if formats.is_empty() {
        formats.push(0);
    }
    let mut known: BTreeMap<u32, Style> = BTreeMap::new();
    Ok(formats
        .into_iter()
        .map(|id| {
            let style = || codes.get(&id).map_or_else(|| builtin(id), |code| format::read(code));
            known.entry(id).or_insert_with(style).clone()
        })
        .collect())
}

/// A format may be defined twice, within the differential formats too: the first is the one of the cells.
fn define(tag: Tag<'_>, codes: &mut BTreeMap<u32, String>) {
    if let (Some(id), Some(code)) = (tag.number("numFmtId"), tag.plain("formatCode")) {
        codes.entry(id).or_insert_with(|| code.into_owned());
    }
}

/// What the formats say that files do not define (ECMA-376, 18.8.30); Excel writes its currency formats out, so the
/// dollar stands only where the file says nothing.
fn builtin(id: u32) -> Style {
    match id {
        5..=8 | 42 | 44 => Style::Shape(NumberShape::Money("USD".into())),
        9 | 10 => Style::Shape(NumberShape::Percent),
        14..=17 | 22 | 27..=31 | 34..=36 | 50..=54 | 57 | 58 => Style::Date,
        18..=21 | 32 | 33 | 55 | 56 => Style::Time,
        45..=47 => Style::Shape(NumberShape::Duration),
        _ => Style::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cell_formats_by_index() {
        let xml =
            br#"<styleSheet xmlns="m"><numFmts count="9"><numFmt formatCode="yyyy\-mm\-dd" numFmtId="164"/>
            <numFmt numFmtId="165" formatCode="0.0%"/></numFmts>
            <cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
            <cellXfs><xf numFmtId="0"/><xf fontId="1" numFmtId="164"/><xf numFmtId="165"><alignment/></xf>
            <xf numFmtId="14"/><xf numFmtId="44"/><xf/></cellXfs>
            <dxfs><dxf><numFmt numFmtId="164" formatCode="0"/></dxf></dxfs></styleSheet>"#;
        assert_eq!(
            read(xml).unwrap(),
            [
                Style::Plain,
                Style::Date,
                Style::Shape(NumberShape::Percent),
                Style::Date,
                Style::Shape(NumberShape::Money("USD".into())),
                Style::Plain
            ]
        );
    }

    #[test]
    fn no_styles_is_one_plain_style() {
        assert_eq!(read(b"<styleSheet/>").unwrap(), [Style::Plain]);
    }
}
