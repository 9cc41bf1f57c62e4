//! Findings by the statement they point at, looked up once for all goals.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Location};
use crate::report::Inputs;

/// Findings by the line on which their statement begins.
pub(crate) struct ByLine<'a> {
    found: BTreeMap<usize, Vec<&'a Diagnostic>>,
    /// For every line, from 0, the line (from 1) of the statement to which it belongs.
    statements: Vec<usize>,
}

impl<'a> ByLine<'a> {
    /// SMART findings before the others, each kind in the order of the file.
    pub(crate) fn new(inputs: &Inputs<'a>) -> Self {
        let mut of_line = Self { found: BTreeMap::new(), statements: statements(&inputs.source.text) };
        let all = inputs.findings.sorted().into_iter().chain(inputs.diagnostics.sorted());
        for diagnostic in all {
            if let Some(line) = of_line.line(diagnostic, inputs) {
                of_line.found.entry(line).or_default().push(diagnostic);
            }
        }
        of_line
    }

    /// What was found about the goal whose sentence stands on a line.
    pub(crate) fn about(&self, line: usize) -> &[&'a Diagnostic] {
        self.found.get(&line).map_or(&[], Vec::as_slice)
    }

    /// The line on which the statement begins at which a finding points, or whose clause it points at.
    pub(crate) fn line(&self, diagnostic: &Diagnostic, inputs: &Inputs<'_>) -> Option<usize> {
        let Location::Text(span) = diagnostic.primary.at else { return None };
        if span.source != inputs.source.id {
            return None;
        }
        let line = inputs.source.line(span);
        self.statements.get(line.checked_sub(1)?).copied().or(Some(line))
    }
}

/// For every line the one on which its statement begins: an indented or blank line belongs to the one above it.
fn statements(text: &str) -> Vec<usize> {
    let mut at = 1;
    (text.lines().enumerate())
        .map(|(above, line)| {
            if above == 0 || !(line.trim().is_empty() || line.starts_with([' ', '\t'])) {
                at = above + 1;
            }
            at
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_belong_to_the_line_above() {
        assert_eq!(statements("a\n  b\n\nc\n\td\n"), [1, 1, 1, 4, 4]);
        assert_eq!(statements("  a\nb"), [1, 2]);
    }
}
