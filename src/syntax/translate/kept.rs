//! A statement → the stretches of it that are names and texts: they stay as written.

use std::ops::Range;

use crate::language::Language;
use crate::source::{Source, Span, Spanned};
use crate::syntax::ast::{Change, Expr, Goal, Level, Phrase, PhraseHead, SegmentPhrase, Statement};
use crate::syntax::words::{Declared, Mode, rewrite};

/// Where the names and texts of a statement stand.
pub(super) fn spans(statement: &Statement, source: &Source, language: Language) -> Vec<Range<usize>> {
    let mut kept = Kept { found: Vec::new(), source, language };
    match statement {
        Statement::Data(data) => {
            for name in data.name.iter().chain(&data.dates_in) {
                kept.add(name.span);
            }
            data.ignore.iter().for_each(|condition| kept.expr(&condition.node));
        }
        Statement::Metric(metric) => {
            kept.add(metric.name.span);
            kept.expr(&metric.expr.node);
        }
        Statement::Column(column) => {
            kept.add(column.name.span);
            column.source.iter().for_each(|name| kept.add(name.span));
            kept.expr(&column.expr.node);
        }
        Statement::Segment(segment) => {
            kept.add(segment.name.span);
            kept.expr(&segment.condition.node);
        }
        Statement::Goal(goal) => kept.goal(goal),
        Statement::Potential(potential) => {
            kept.phrase(&potential.metric);
            potential.by.iter().for_each(|name| kept.add(name.span));
        }
        Statement::Heading(_) | Statement::Rule(_) | Statement::Invalid(_) => {}
    }
    kept.found
}

struct Kept<'a> {
    found: Vec<Range<usize>>,
    source: &'a Source,
    language: Language,
}

/// The length of the words that open a note.
pub(super) fn note_opener(said: &str, language: Language) -> usize {
    let line = rewrite(said, 0..said.len(), language, Mode::Sentence, &Declared::default());
    let first = line.keywords().into_iter().next();
    first
        .filter(|(range, canonical)| range.start == 0 && matches!(*canonical, "note" | "through" | "by"))
        .map_or(0, |(range, _)| range.end)
}

impl Kept<'_> {
    fn add(&mut self, span: Span) {
        self.found.push(span.range());
    }

    fn words(&mut self, words: &[Spanned<String>]) {
        words.iter().for_each(|word| self.add(word.span));
    }

    fn goal(&mut self, goal: &Goal) {
        goal.label.iter().for_each(|label| self.add(label.span));
        goal.for_each.iter().for_each(|name| self.add(name.span));
        self.phrase(&goal.metric);
        for segment in &goal.segments {
            match &segment.node {
                SegmentPhrase::Condition(condition) => self.expr(condition),
                SegmentPhrase::Values(values) => self.words(values),
            }
        }
        self.change(&goal.change.node);
        if let Some(note) = &goal.note {
            // `because` is a word of the language, what follows is text
            let range = note.span.range();
            let said = self.source.text.get(range.clone()).unwrap_or("");
            self.found.push(range.start + note_opener(said, self.language)..range.end);
        }
        let clauses = &goal.clauses;
        for text in clauses.owner.iter().chain(&clauses.because).chain(&clauses.note).chain(&clauses.supports)
        {
            self.add(text.span);
        }
        for action in &clauses.actions {
            let range = action.span.range();
            if let Some(at) = self.source.text.get(range.clone()).and_then(|said| said.find(&action.text)) {
                self.found.push(range.start + at..range.start + at + action.text.len());
            }
        }
    }

    fn change(&mut self, change: &Change) {
        let levels: &[&Level] = match change {
            Change::Level(level)
            | Change::AtLeast(level)
            | Change::AtMost(level)
            | Change::Above(level)
            | Change::Below(level) => &[level],
            Change::Between(low, high) => &[low, high],
            _ => &[],
        };
        for level in levels {
            if let Level::Column(name) = level {
                self.add(name.span);
            }
        }
    }

    fn phrase(&mut self, phrase: &Phrase) {
        self.words(&phrase.words);
        match &phrase.head {
            PhraseHead::Per(words) => self.words(words),
            PhraseHead::ShareOf(Some(condition)) => self.expr(&condition.node),
            _ => {}
        }
        if let Some(expr) = &phrase.expr {
            self.expr(expr);
        }
    }

    /// The names in an expression. Its depth is bounded by the parser.
    fn expr(&mut self, expr: &Expr) {
        match expr {
            Expr::Name(name) => self.add(name.span),
            Expr::Unary(_, inner) | Expr::IsEmpty(inner) => self.expr(&inner.node),
            Expr::Binary(_, left, right) => {
                self.expr(&left.node);
                self.expr(&right.node);
            }
            Expr::Between(value, low, high) => {
                [value, low, high].into_iter().for_each(|part| self.expr(&part.node));
            }
            Expr::In(value, list) => {
                self.expr(&value.node);
                list.iter().for_each(|part| self.expr(&part.node));
            }
            Expr::Call(_, arguments) => arguments.iter().for_each(|part| self.expr(&part.node)),
            Expr::Aggregate { argument, filter, .. } => {
                argument.iter().chain(filter).for_each(|part| self.expr(&part.node));
            }
            Expr::Number(_) | Expr::Text(_) | Expr::Boolean(_) | Expr::Period(_) | Expr::Flagged(_) => {}
        }
    }
}
