//! A `.rels` part → which parts another part refers to.

use super::errors::Fault;
use super::package::Package;
use super::xml::{self, Token};

/// One reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Relation {
    /// What the referring part calls it.
    pub id: String,
    /// The last word of its type: `worksheet`, `table`, `pivotTable`, the same for strict and transitional files.
    pub kind: String,
    /// The name of the part referred to, from the root of the package.
    pub target: String,
}

/// The references of a part; none where it has no `.rels` part. Damaged ones give those before the damage.
pub(super) fn of(package: &Package, part: &str) -> Result<Vec<Relation>, Fault> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let rels =
        if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") };
    let Some(bytes) = package.small(&rels)? else { return Ok(Vec::new()) };
    let (mut relations, mut at) = (Vec::new(), 0);
    while let Ok(Some(token)) = xml::next(&bytes, &mut at) {
        let Token::Open(tag) = token else { continue };
        if xml::local(tag.name) != b"Relationship" || tag.plain("TargetMode").as_deref() == Some("External") {
            continue;
        }
        let (Some(id), Some(kind), Some(target)) = (tag.plain("Id"), tag.plain("Type"), tag.plain("Target"))
        else {
            continue;
        };
        relations.push(Relation {
            id: id.into_owned(),
            kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
            target: resolve(folder, &target),
        });
    }
    Ok(relations)
}

/// The name of a part as seen from a folder.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut steps: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|step| !step.is_empty()).collect(),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_seen_from_the_folder() {
        assert_eq!(resolve("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl/worksheets", "../tables/table1.xml"), "xl/tables/table1.xml");
        assert_eq!(resolve("xl", "/xl/sharedStrings.xml"), "xl/sharedStrings.xml");
        assert_eq!(resolve("xl", "worksheets\\sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl", "../../../a.xml"), "a.xml");
    }
}
