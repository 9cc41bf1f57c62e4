//! Diagnostics and sentences on stderr.

use std::io::Write;

use crate::data::{Catalog, Error};
use crate::diagnostic::Diagnostics;
use crate::render::{Form, Shown};
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
        self.colours(&std::io::stdout())
    }

    fn colours(&self, stream: &impl anstream::stream::RawStream) -> bool {
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => anstream::AutoStream::choice(stream) != anstream::ColorChoice::Never,
        }
    }

    /// One sentence about the run as a whole.
    pub(super) fn sentence(&self, text: &str) {
        let line = match self.format {
            MessageFormat::Json => serde_json::json!({ "severity": "error", "message": text }).to_string(),
            MessageFormat::Full | MessageFormat::Short => format!("error: {text}"),
        };
        let _ = writeln!(std::io::stderr().lock(), "{line}");
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
        let form = match self.format {
            MessageFormat::Full => Form::Full,
            MessageFormat::Short => Form::Short,
            MessageFormat::Json => Form::Json,
        };
        let width =
            terminal_size::terminal_size_of(std::io::stderr()).map_or(100, |(width, _)| usize::from(width.0));
        let shown = Shown { form, colour: self.colours(&std::io::stderr()), width };
        let text = crate::render::diagnostics(found, sources, catalog, &shown);
        let _ = std::io::stderr().lock().write_all(text.as_bytes());
    }
}

/// Writes a result to standard output; a reader that has gone away is no failure.
pub(super) fn print(text: &str) -> Result<(), super::Failure> {
    written(|out| out.write_all(text.as_bytes()))
}

/// Lets a result be written to standard output; a reader that has gone away is no failure.
pub(super) fn written(
    write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> Result<(), super::Failure> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(super::Failure::usage(format!("standard output cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}
