//! Something to say about the user's text or cells: data only, rendered elsewhere.

use std::path::PathBuf;

use crate::cell::{CellRange, CellRef};
use crate::source::Span;

mod code;

pub use code::Code;

/// How much a diagnostic weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The statement cannot be used; exit code 4 (3 for data that cannot be read).
    Error,
    /// A result may not be what was meant.
    Warning,
    /// A fact worth knowing.
    Note,
}

impl Severity {
    /// The word shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// Where a diagnostic points.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Location {
    /// A stretch of a goal file.
    Text(Span),
    /// A cell of a workbook.
    Cell(CellRef),
    /// A rectangle of cells.
    Cells(CellRange),
    /// A whole file.
    File(PathBuf),
    /// Nothing in particular (the run as a whole).
    Nowhere,
}

/// A place with what is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub at: Location,
    /// Why here; may be empty.
    pub text: String,
}

/// A change of the goal file that would settle the matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, beginning with a verb or `did you mean`.
    pub title: String,
    /// What is replaced (an empty span inserts).
    pub span: Span,
    /// The new text.
    pub replacement: String,
}

/// One finding. Shape: headline = what is wrong, primary = why here, related = the other ends, notes = facts,
/// fixes = remedies. Lower case, no full stop, names in backticks, the found value and the candidates always.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code, one page each in docs/diagnostics.md.
    pub code: Code,
    /// Weight.
    pub severity: Severity,
    /// Headline.
    pub message: String,
    /// The place itself.
    pub primary: Label,
    /// Other places.
    pub related: Vec<Label>,
    /// Facts, each a line.
    pub notes: Vec<String>,
    /// Remedies in words.
    pub help: Vec<String>,
    /// Remedies as patches.
    pub fixes: Vec<Fix>,
}

impl Diagnostic {
    /// A diagnostic with a headline and a place.
    pub fn new(code: Code, severity: Severity, at: Location, message: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            message: message.into(),
            primary: Label { at, text: String::new() },
            related: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// An error at a stretch of the goal file.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, Location::Text(span), message)
    }

    /// A warning at a stretch of the goal file.
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, Location::Text(span), message)
    }

    /// A note at a stretch of the goal file.
    pub fn note(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Note, Location::Text(span), message)
    }

    /// Says why here, under the place itself.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, at: Location, text: impl Into<String>) -> Self {
        self.related.push(Label { at, text: text.into() });
        self
    }

    /// Adds a fact.
    #[must_use]
    pub fn with_note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// Adds a remedy in words.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Adds a remedy as a patch.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, span: Span, replacement: impl Into<String>) -> Self {
        self.fixes.push(Fix { title: title.into(), span, replacement: replacement.into() });
        self
    }
}

/// All findings of a stage or a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// No findings.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds all of another stage.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether one is an error.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|d| d.severity == Severity::Error)
    }

    /// In the order they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    /// In the order they are shown: place (file, position), then code; equal ones once.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut all: Vec<&Diagnostic> = self.0.iter().collect();
        all.sort_by(|a, b| (&a.primary.at, a.code, &a.message).cmp(&(&b.primary.at, b.code, &b.message)));
        all.dedup();
        all
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}
