//! What the lowering of a line knows of its file, and the way from nodes back to the text.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::language::Language;
use crate::source::{Source, Span};
use crate::syntax::errors;
use crate::syntax::grammar::{Node, Rule};
use crate::syntax::words::{Declared, Line, Mode, rewrite};
use chrono::NaiveDate;
use std::ops::Range;

/// A part of a line, or why it could not be understood.
pub(crate) type Lowered<T> = Result<T, Box<Diagnostic>>;

/// The file around a line.
pub(crate) struct Context<'a> {
    pub(crate) source: &'a Source,
    pub(crate) language: Language,
    pub(crate) names: &'a Declared,
    /// `declared` of the file, where it is known.
    pub(crate) declared: Option<NaiveDate>,
    /// The line as the grammar reads it.
    pub(crate) line: Line,
    /// How it was rewritten.
    pub(crate) mode: Mode,
    /// Operands and operators met in it: a chain is a tree as deep as it is long.
    pub(crate) operands: usize,
    pub(crate) findings: Diagnostics,
}

impl Context<'_> {
    /// Takes up another stretch of the file.
    pub(crate) fn read(&mut self, at: Range<usize>, mode: Mode) -> String {
        self.line = rewrite(&self.source.text, at, self.language, mode, self.names);
        self.mode = mode;
        self.operands = 0;
        self.line.text.clone()
    }

    /// Refuses a line with a quote or bracket that is not closed, or with brackets nested too deep.
    pub(crate) fn closed(&self, rewritten: &str) -> Lowered<()> {
        if let Some(at) = self.line.too_deep {
            return Err(errors::too_deep(Span::new(self.source.id, at..at + 1), self.mode));
        }
        for (keyword, close) in [("‹open-quote›", "\""), ("‹open-bracket›", "]"), ("‹open-paren›", ")")]
        {
            if let Some(at) = rewritten.find(keyword) {
                return Err(errors::not_closed(self.place(at..at + keyword.len()), close));
            }
        }
        Ok(())
    }

    /// Where a node was written, without blanks around it.
    pub(crate) fn span(&self, node: &Node<'_>) -> Span {
        let span = node.as_span();
        self.place(span.start()..span.end())
    }

    /// Where a stretch of the rewritten line was written.
    pub(crate) fn place(&self, range: Range<usize>) -> Span {
        let range = self.line.original(range);
        self.trimmed(range)
    }

    /// A stretch of the file without the blanks around it.
    pub(crate) fn trimmed(&self, range: Range<usize>) -> Span {
        let text = self.source.text.get(range.clone()).unwrap_or("");
        let start = range.start + (text.len() - text.trim_start().len());
        let end = (range.start + text.trim_end().len()).max(start);
        Span::new(self.source.id, start..end)
    }

    /// The text of a span.
    pub(crate) fn slice(&self, span: Span) -> &str {
        self.source.slice(span)
    }

    /// The text of a span with its blanks made single.
    pub(crate) fn words(&self, span: Span) -> String {
        self.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// The first child by a rule.
pub(crate) fn child<'a>(node: &Node<'a>, rule: Rule) -> Option<Node<'a>> {
    node.clone().into_inner().find(|inner| inner.as_rule() == rule)
}

/// The only child of a node that stands for its alternatives.
pub(crate) fn only<'a>(node: &Node<'a>) -> Option<Node<'a>> {
    node.clone().into_inner().next()
}

/// Whether a keyword stands in a node.
pub(crate) fn holds(node: &Node<'_>, keyword: &str) -> bool {
    node.as_str().contains(keyword)
}

/// What a message about a failed line needs of it.
pub(crate) trait Expected {
    /// The word, number or mark at an offset of the rewritten line; the end of the line where there is none.
    fn token_at(&self, offset: usize, rewritten: &str) -> Span;
    /// The text of a span.
    fn text_of(&self, span: Span) -> String;
    /// The line up to a span.
    fn text_before(&self, span: Span) -> String;
}

impl Expected for Context<'_> {
    fn token_at(&self, offset: usize, rewritten: &str) -> Span {
        let rest = rewritten.get(offset..).unwrap_or("");
        let start = offset + rest.len() - rest.trim_start().len();
        let rest = rest.trim_start();
        let length = match rest.chars().next() {
            None => 0,
            Some('‹') => rest.find('›').map_or(rest.len(), |at| at + '›'.len_utf8()),
            Some(c) if c.is_alphanumeric() => {
                rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
            }
            Some(c) => c.len_utf8(),
        };
        self.place(start..start + length)
    }

    fn text_of(&self, span: Span) -> String {
        self.slice(span).to_owned()
    }

    fn text_before(&self, span: Span) -> String {
        let before = self.source.text.get(..span.start as usize).unwrap_or("");
        before.rsplit('\n').next().unwrap_or("").trim().to_owned()
    }
}
