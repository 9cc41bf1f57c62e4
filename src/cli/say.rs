//! Diagnostics and sentences on stderr.

use std::io::Write as _;

use crate::data::{Catalog, Error};
use crate::diagnostic::{Diagnostics, Location};
use crate::source::SourceMap;

use super::args::{Color, MessageFormat};

/// How this run speaks.
pub(super) struct Say {
    color: Color,
    format: MessageFormat,
}

impl Say {
    pub(super) fn new(color: Color, format: MessageFormat) -> Self {
        Self { color, format }
    }

    /// Whether standard output takes colours.
    pub(super) fn colours_stdout(&self) -> bool {
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never,
        }
    }

    /// One sentence about the run as a whole.
    pub(super) fn sentence(&self, text: &str) {
        let _ = self.format;
        let _ = writeln!(std::io::stderr().lock(), "error: {text}");
    }

    /// Files that cannot be read, then everything found.
    pub(super) fn findings(
        &self,
        sources: &SourceMap,
        catalog: &Catalog,
        errors: &[Error],
        found: &Diagnostics,
    ) {
        for error in errors {
            self.sentence(&error.to_string());
        }
        let mut out = std::io::stderr().lock();
        for d in found.sorted() {
            let place = match &d.primary.at {
                Location::Text(span) => sources.get(span.source).map_or_else(String::new, |s| {
                    let (line, column) = s.line_column(span.start);
                    format!("{}:{line}:{column}: ", s.name)
                }),
                Location::Cell(cell) => format!("{}: ", catalog.show_cell(*cell)),
                _ => String::new(),
            };
            let _ = writeln!(out, "{place}{}[{}]: {}", d.severity.word(), d.code, d.message);
            if !d.primary.text.is_empty() {
                let _ = writeln!(out, "  {}", d.primary.text);
            }
            for note in d.notes.iter().chain(&d.help) {
                let _ = writeln!(out, "  = {note}");
            }
            for fix in &d.fixes {
                let _ = writeln!(out, "  = {}: {}", fix.title, fix.replacement);
            }
        }
    }
}

/// Writes a result to standard output; a reader that has gone away is no failure.
pub(super) fn print(text: &str) -> Result<(), super::Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(super::Failure::usage(format!("standard output cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}
