//! Texts that were read (goal files) and spans inside them.
//!
//! Every text is kept once, in a [`SourceMap`]; everything else points into it by byte offsets.

use std::ops::Range;

/// Which text of a [`SourceMap`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct SourceId(pub u32);

/// A stretch of a text: byte offsets, half-open, always on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// The text it lies in.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}

impl Span {
    /// A span of `source` from `range`.
    pub fn new(source: SourceId, range: Range<usize>) -> Self {
        Self { source, start: range.start as u32, end: range.end as u32 }
    }

    /// The smallest span that holds both; both must lie in the same text.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { source: self.source, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Byte range, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A node and where it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Spanned<T> {
    /// What was written.
    pub node: T,
    /// Where.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// `node` as written at `span`.
    pub fn new(node: T, span: Span) -> Self {
        Self { node, span }
    }

    /// The same span around another node.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { node: change(self.node), span: self.span }
    }
}

/// One text with the name shown for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its place in the map.
    pub id: SourceId,
    /// The path as the user gave it.
    pub name: String,
    /// The text, without a byte order mark.
    pub text: String,
    /// Byte offset of the start of each line.
    lines: Vec<u32>,
}

impl Source {
    /// A text by itself, as the first of a map.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self::with_id(SourceId(0), name.into(), text.into())
    }

    fn with_id(id: SourceId, name: String, text: String) -> Self {
        let text = text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), str::to_owned);
        let mut lines = vec![0];
        lines.extend(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at as u32 + 1));
        Self { id, name, text, lines }
    }

    /// One-based line and column (in characters) of a byte offset.
    pub fn line_column(&self, offset: u32) -> (usize, usize) {
        let line = self.lines.partition_point(|start| *start <= offset).max(1);
        let start = self.lines[line - 1] as usize;
        let upto = self.text.get(start..offset as usize).unwrap_or("");
        (line, upto.chars().count() + 1)
    }

    /// One-based line of a span's start.
    pub fn line(&self, span: Span) -> usize {
        self.line_column(span.start).0
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }
}

/// All texts of a run.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    sources: Vec<Source>,
}

impl SourceMap {
    /// Adds a text; the map keeps it.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        let id = SourceId(self.sources.len() as u32);
        self.sources.push(Source::with_id(id, name.into(), text.into()));
        id
    }

    /// The text with this id, if the map holds it.
    pub fn get(&self, id: SourceId) -> Option<&Source> {
        self.sources.get(id.0 as usize)
    }

    /// All texts, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.sources.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_characters() {
        let source = Source::new("a.goals", "öka x\r\nminska y\n");
        assert_eq!(source.line_column(0), (1, 1));
        assert_eq!(source.line_column(5), (1, 5));
        assert_eq!(source.line_column(8), (2, 1));
    }

    #[test]
    fn byte_order_mark_is_no_text() {
        assert_eq!(Source::new("a", "\u{feff}x").text, "x");
    }
}
