//! [`Diagnostic`] → [`Said`]: a finding with its places as text, for JSON and tables.

use crate::data::Catalog;
use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::source::Source;

/// A finding as it is shown outside the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// `D104`.
    pub code: String,
    /// Its weight.
    pub severity: Severity,
    /// The headline.
    pub message: String,
    /// One-based line of the goal file, where it points there.
    pub line: Option<usize>,
    /// Cells, `Orders!C17`.
    pub cells: Vec<String>,
    /// The fix as text: what to write, or what to do.
    pub example: Option<String>,
    /// Facts.
    pub notes: Vec<String>,
}

/// How a finding reads with its places.
pub(crate) fn said(diagnostic: &Diagnostic, source: &Source, catalog: &Catalog) -> Said {
    let places = std::iter::once(&diagnostic.primary).chain(&diagnostic.related);
    let mut line = None;
    let mut cells = Vec::new();
    for place in places {
        match &place.at {
            Location::Text(span) if span.source == source.id => {
                line = line.or_else(|| Some(source.line(*span)));
            }
            Location::Cell(cell) => cells.push(catalog.show_cell(*cell)),
            Location::Cells(range) => cells.push(show_range(*range, catalog)),
            Location::Text(_) | Location::File(_) | Location::Nowhere => {}
        }
    }
    let fix = diagnostic.fixes.first().map(|fix| patched(fix, source));
    Said {
        code: diagnostic.code.to_string(),
        severity: diagnostic.severity,
        message: diagnostic.message.clone(),
        line,
        cells,
        example: fix.or_else(|| diagnostic.help.first().cloned()),
        notes: diagnostic.notes.clone(),
    }
}

/// `Orders!C2:C17`, with the file in front where the run reads several.
pub(crate) fn show_range(range: crate::cell::CellRange, catalog: &Catalog) -> String {
    let first = crate::cell::CellRef { sheet: range.sheet, row: range.first.0, column: range.first.1 };
    let start = catalog.show_cell(first);
    if range.first == range.last {
        return start;
    }
    format!("{start}:{}", crate::cell::a1(range.last.0, range.last.1))
}

/// The line of the goal file with a fix applied.
fn patched(fix: &crate::diagnostic::Fix, source: &Source) -> String {
    let range = fix.span.range();
    let text = &source.text;
    if fix.span.source != source.id || range.end > text.len() || range.start > range.end {
        return fix.replacement.trim().to_owned();
    }
    let start = text.get(..range.start).and_then(|t| t.rfind('\n')).map_or(0, |at| at + 1);
    let end = text.get(range.end..).and_then(|t| t.find('\n')).map_or(text.len(), |at| range.end + at);
    let before = text.get(start..range.start).unwrap_or("");
    let after = text.get(range.end..end).unwrap_or("");
    format!("{before}{}{after}", fix.replacement).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::source::{SourceId, Span};

    #[test]
    fn a_fix_is_shown_in_its_line() {
        let source = Source::new("a.goals", "metric x = sum(y)\nincrease revenu by 10%\n");
        let at = Span::new(SourceId(0), 27..33);
        let diagnostic = Diagnostic::error(Code::P101, at, "unknown metric `revenu`").fix(
            "did you mean `revenue`?",
            at,
            "revenue",
        );
        let said = said(&diagnostic, &source, &Catalog::default());
        assert_eq!(said.line, Some(2));
        assert_eq!(said.example.as_deref(), Some("increase revenue by 10%"));
        assert!(said.cells.is_empty());
    }
}
