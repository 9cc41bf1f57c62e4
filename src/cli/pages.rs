//! The pages of the diagnostic codes, as docs/diagnostics holds them.

use crate::diagnostic::Code;

/// The files of pages, by first letter of their codes.
const FILES: &[&str] = &[
    include_str!("../../docs/diagnostics/C.md"),
    include_str!("../../docs/diagnostics/D.md"),
    include_str!("../../docs/diagnostics/E.md"),
    include_str!("../../docs/diagnostics/N.md"),
    include_str!("../../docs/diagnostics/N3.md"),
    include_str!("../../docs/diagnostics/P.md"),
    include_str!("../../docs/diagnostics/SMART.md"),
];

/// The page of a code: its heading and what follows, without the marks of a document.
pub(super) fn page(code: Code) -> String {
    let heading = format!("## {code} ");
    let found = FILES.iter().find_map(|file| {
        let start = file.find(&heading)?;
        let rest = &file[start + 3..];
        Some(rest[..rest.find("\n## ").unwrap_or(rest.len())].trim_end())
    });
    format!("{}\n", found.map_or_else(|| format!("{code} {}", code.title()), str::to_owned))
}
