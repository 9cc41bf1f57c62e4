//! `workbook.xml` → sheets with their parts, defined names, the date system.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::errors::Fault;
use super::package::{Package, SMALL_PART};
use super::relations::{self, Relation};
use super::xml::{self, Tag, Token, XmlFault};
use crate::cell::parse_a1;
use crate::data::reader::{RawRange, RawSheet};

/// Far more sheets than a workbook can be worked with.
const MOST_SHEETS: usize = 4_000;

/// What the workbook part says.
#[derive(Debug, Default)]
pub(super) struct Workbook {
    /// In workbook order.
    pub sheets: Vec<RawSheet>,
    /// The part of each sheet; none where the package lacks it.
    pub parts: Vec<Option<String>>,
    /// Names that stand for one rectangle.
    pub names: Vec<(String, RawRange)>,
    /// Dates count from 1904.
    pub is_1904: bool,
    /// The part of the shared texts.
    pub shared: Option<String>,
    /// The part of the styles.
    pub styles: Option<String>,
}

/// Finds the workbook part and reads it.
pub(super) fn read(package: &Package) -> Result<Workbook, Fault> {
    let name = locate(package)?;
    let Some(part) = package.part(&name) else { return Err(Fault::NoWorkbook) };
    let bytes = package.read(part, SMALL_PART)?;
    let relations = relations::of(package, &name)?;
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let named = |kind: &str, file: &str| {
        relations
            .iter()
            .find(|relation| relation.kind == kind)
            .map(|relation| relation.target.clone())
            .or_else(|| {
                let usual = format!("{folder}/{file}");
                package.part(&usual).map(|_| usual)
            })
    };
    let mut workbook = Workbook {
        shared: named("sharedStrings", "sharedStrings.xml"),
        styles: named("styles", "styles.xml"),
        ..Workbook::default()
    };
    let defined = parse(package, &bytes, &relations, folder, &mut workbook).map_err(|fault| match fault {
        XmlFault::Doctype => Fault::Doctype(part.name.clone()),
        XmlFault::Malformed => Fault::Malformed(part.name.clone()),
    })?;
    check_parts(&workbook)?;
    if workbook.sheets.is_empty() {
        return Err(Fault::Malformed(part.name.clone()));
    }
    workbook.names = defined.into_iter().filter_map(|name| name.resolve(&workbook.sheets)).collect();
    Ok(workbook)
}

/// Each sheet has a part of its own: one part for many would be read once for each.
fn check_parts(workbook: &Workbook) -> Result<(), Fault> {
    if workbook.sheets.len() > MOST_SHEETS {
        return Err(Fault::TooManySheets(MOST_SHEETS));
    }
    let mut known = BTreeSet::new();
    match workbook.parts.iter().flatten().find(|part| !known.insert(part.as_str())) {
        Some(part) => Err(Fault::SharedPart(part.clone())),
        None => Ok(()),
    }
}

/// The name of the workbook part.
fn locate(package: &Package) -> Result<String, Fault> {
    let mut target = relations::of(package, "")
        .unwrap_or_default()
        .into_iter()
        .find(|relation| relation.kind == "officeDocument" && package.part(&relation.target).is_some())
        .map(|relation| relation.target);
    if target.is_none() {
        target = package
            .part("xl/workbook.xml")
            .or_else(|| package.ending("workbook.xml"))
            .or_else(|| package.ending("workbook.bin"))
            .map(|part| part.name.replace('\\', "/"));
    }
    let target = target.ok_or(Fault::NoWorkbook)?;
    let lower = target.to_lowercase();
    if Path::new(&lower).extension().is_some_and(|end| end == "bin") {
        return Err(Fault::BinaryWorkbook);
    }
    if lower.starts_with("word/") || lower.starts_with("ppt/") {
        return Err(Fault::NoWorkbook);
    }
    Ok(target)
}

/// A defined name as written.
#[derive(Debug, Default)]
struct Name {
    name: String,
    formula: String,
}

fn parse(
    package: &Package,
    bytes: &[u8],
    relations: &[Relation],
    folder: &str,
    workbook: &mut Workbook,
) -> Result<Vec<Name>, XmlFault> {
    let by_id: BTreeMap<&str, &Relation> = relations.iter().map(|r| (r.id.as_str(), r)).collect();
    let (mut at, mut names, mut open_name) = (0, Vec::new(), None::<Name>);
    while let Some(token) = xml::next(bytes, &mut at)? {
        match token {
            Token::Open(tag) => match xml::local(tag.name) {
                b"workbookPr" => workbook.is_1904 = tag.flag("date1904").unwrap_or(false),
                b"sheet" => add_sheet(package, tag, &by_id, folder, workbook),
                b"definedName" if !tag.empty => {
                    let name = tag.plain("name").unwrap_or_default().into_owned();
                    open_name = Some(Name { name, formula: String::new() });
                }
                _ => {}
            },
            Token::Text(raw) => {
                if let Some(name) = &mut open_name {
                    xml::unescape_into(raw, &mut name.formula);
                }
            }
            Token::Verbatim(raw) => {
                if let Some(name) = &mut open_name {
                    xml::push_lossy(raw, &mut name.formula);
                }
            }
            Token::Close(name) if xml::local(name) == b"definedName" => names.extend(open_name.take()),
            Token::Close(_) => {}
        }
    }
    Ok(names)
}

fn add_sheet(
    package: &Package,
    tag: Tag<'_>,
    by_id: &BTreeMap<&str, &Relation>,
    folder: &str,
    workbook: &mut Workbook,
) {
    let place = workbook.sheets.len() + 1;
    let name = tag
        .plain("name")
        .map_or_else(|| format!("Sheet{place}"), |name| super::text::read(name.as_bytes()).into_owned());
    let hidden = tag.plain("state").is_some_and(|state| state != "visible");
    let relation = tag.prefixed("id").and_then(|id| by_id.get(id.as_ref()).copied());
    let worksheet = relation.is_none_or(|relation| relation.kind == "worksheet");
    // a lost relation: the part that programs write for a sheet in this place
    let part = match relation {
        Some(relation) => Some(relation.target.clone()),
        None => tag
            .number("sheetId")
            .into_iter()
            .chain([place as u32])
            .map(|number| format!("{folder}/worksheets/sheet{number}.xml"))
            .find(|part| package.part(part).is_some()),
    };
    workbook.parts.push(part.filter(|part| package.part(part).is_some()));
    workbook.sheets.push(RawSheet { name, hidden, worksheet });
}

impl Name {
    /// The rectangle it stands for, if it is one.
    fn resolve(self, sheets: &[RawSheet]) -> Option<(String, RawRange)> {
        let formula = self.formula.trim().trim_start_matches('=');
        let (sheet, range) = formula.rsplit_once('!')?;
        let sheet = match sheet.strip_prefix('\'').and_then(|sheet| sheet.strip_suffix('\'')) {
            Some(quoted) => quoted.replace("''", "'"),
            None => sheet.to_owned(),
        };
        let sheet =
            sheets.iter().position(|s| s.name == sheet || s.name.to_lowercase() == sheet.to_lowercase())?;
        let (first, last) = parse_range(range)?;
        Some((self.name, RawRange { sheet, first, last }))
    }
}

/// Corners of `A1:C5`, `A1`, `A:C` or `1:5`, `$` anywhere; columns and rows that run on end with the sheet.
pub(super) fn parse_range(text: &str) -> Option<((u32, u32), (u32, u32))> {
    const LAST_ROW: u32 = 1_048_575;
    const LAST_COLUMN: u32 = 16_383;
    let text = text.trim();
    let (from, to) = text.split_once(':').unwrap_or((text, text));
    let corners = match (parse_a1(from), parse_a1(to)) {
        (Some(from), Some(to)) => (from, to),
        _ if text.contains(':') => {
            let bare = |side: &str| side.replace('$', "");
            let (from, to) = (bare(from), bare(to));
            let column = |side: &str| parse_a1(&format!("{side}1")).map(|(_, column)| column);
            let row = |side: &str| parse_a1(&format!("A{side}")).map(|(row, _)| row);
            match (column(&from), column(&to), row(&from), row(&to)) {
                (Some(from), Some(to), ..) => ((0, from), (LAST_ROW, to)),
                (.., Some(from), Some(to)) => ((from, 0), (to, LAST_COLUMN)),
                _ => return None,
            }
        }
        _ => return None,
    };
    let ((r0, c0), (r1, c1)) = corners;
    Some(((r0.min(r1), c0.min(c1)), (r0.max(r1), c0.max(c1))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_one_sheet() {
        let of = |parts: &[&str]| {
            let parts = parts.iter().map(|part| Some((*part).to_owned())).collect();
            let sheet = RawSheet { name: "S".into(), hidden: false, worksheet: true };
            check_parts(&Workbook { parts, sheets: vec![sheet; 2], ..Workbook::default() })
        };
        assert!(of(&["a.xml", "b.xml"]).is_ok());
        assert!(matches!(of(&["a.xml", "a.xml"]), Err(Fault::SharedPart(part)) if part == "a.xml"));
        let sheet = RawSheet { name: "S".into(), hidden: false, worksheet: true };
        let many = Workbook { sheets: vec![sheet; MOST_SHEETS + 1], ..Workbook::default() };
        assert!(matches!(check_parts(&many), Err(Fault::TooManySheets(MOST_SHEETS))));
    }

    #[test]
    fn ranges() {
        assert_eq!(parse_range("$B$3:$K$90"), Some(((2, 1), (89, 10))));
        assert_eq!(parse_range("C5"), Some(((4, 2), (4, 2))));
        assert_eq!(parse_range("$A:$C"), Some(((0, 0), (1_048_575, 2))));
        assert_eq!(parse_range("$2:$3"), Some(((1, 0), (2, 16_383))));
        assert_eq!(parse_range("K9:B2"), Some(((1, 1), (8, 10))));
        assert_eq!(parse_range("OFFSET(A1,1,1)"), None);
        assert_eq!(parse_range("#REF!"), None);
    }

    #[test]
    fn names_of_quoted_sheets() {
        let sheets = [RawSheet { name: "It's 2025".into(), hidden: false, worksheet: true }];
        let name = |formula: &str| Name { name: "n".into(), formula: formula.into() }.resolve(&sheets);
        assert_eq!(name("'It''s 2025'!$A$1:$B$2").map(|(_, range)| range.last), Some((1, 1)));
        assert_eq!(name("Other!$A$1"), None);
        assert_eq!(name("'It''s 2025'!$A$1,'It''s 2025'!$C$1"), None);
        assert_eq!(name("0.25"), None);
    }
}
