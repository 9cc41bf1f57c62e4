//! A sentence whose verb stands last → the same one begun with its verb, translated.

use std::ops::Range;

use super::Translator;
use crate::source::{Source, Spanned};
use crate::syntax::ast::Statement;
use crate::syntax::lower::program_among;
use crate::syntax::words::{Mode, rewrite};

impl Translator<'_> {
    /// A sentence whose verb stands last, as in German, by way of the one that begins with it.
    pub(super) fn with_leading_verb(&self, at: Range<usize>, statement: &Statement) -> Option<String> {
        let Statement::Goal(goal) = statement else { return None };
        let verb = goal.verb.as_ref()?.span.range();
        let begins = [goal.label.as_ref().map(|l| l.span.end), goal.for_each.as_ref().map(|n| n.span.end)];
        let begin = begins.into_iter().flatten().max().map_or(at.start, |end| end as usize);
        let said = self.source.text.get(begin..goal.text.span.end as usize)?;
        let mut begin = begin + (said.len() - said.trim_start_matches([':', ']', ' ', '\t']).len());
        let text = &self.source.text;
        let line =
            rewrite(text, begin..goal.text.span.end as usize, self.from, Mode::Sentence, &self.reader.names);
        for (lead, _) in line.keywords().into_iter().take_while(|(_, canonical)| *canonical == "lead") {
            let said = text.get(lead.end..).unwrap_or("");
            begin = lead.end + (said.len() - said.trim_start_matches([',', ' ']).len());
        }
        if verb.start <= begin || verb.end > at.end {
            return None;
        }
        let moved = format!(
            "{}{} {}{}",
            text.get(at.start..begin)?,
            text.get(verb.clone())?,
            text.get(begin..verb.start)?.trim_end(),
            text.get(verb.end..at.end)?
        );
        let start = at.start;
        let wanted = self.reader.meaning(text.get(at)?, self.from, |found| found.map(str::to_owned))?;
        if !self.reader.meaning(&moved, self.from, |found| found == Some(wanted.as_str())) {
            return None;
        }
        let source = Source::new("statement", moved);
        let (program, _) = program_among(&source, self.from, &self.reader.names);
        let [Spanned { node: statement @ Statement::Goal(goal), .. }] = program.statements.as_slice() else {
            return None;
        };
        if goal.verb.as_ref().is_some_and(|verb| verb.span.start as usize > begin - start) {
            return None;
        }
        let moved = Translator { source: &source, from: self.from, to: self.to, reader: self.reader };
        moved.block(0..source.text.len(), Some(statement))
    }
}
