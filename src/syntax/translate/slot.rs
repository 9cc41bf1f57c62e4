//! A statement → the words and numbers of it that change, each with what it may become, the likeliest first.

use std::ops::Range;

use super::wording::{self, Slot, forms, number};
use super::{Translator, table};
use crate::calendar::Time;
use crate::language::Language;
use crate::names;
use crate::source::Spanned;
use crate::syntax::ast::{Goal, Statement};
use crate::syntax::lines::lines;
use crate::syntax::lower::{leading_keyword, numeral};
use crate::syntax::words::{Mode, rewrite};

impl Translator<'_> {
    /// The words and numbers of a statement that change, each with what it may become, the likeliest first.
    pub(super) fn slots(
        &self,
        at: Range<usize>,
        kept: &[Range<usize>],
        statement: Option<&Statement>,
    ) -> Vec<Slot> {
        let mut found = Vec::new();
        let text = &self.source.text[at.clone()];
        for line in lines(text) {
            let content = at.start + line.content.start..at.start + line.content.end;
            let is_goal = matches!(statement, Some(Statement::Goal(_)));
            if is_goal && content.start == at.start {
                self.line(content, Mode::Sentence, kept, &mut found);
            } else if is_goal {
                // a clause with a key begins with a word of the declarations and may go on as a sentence does; one without
                // is part of a sentence
                let keyword = leading_keyword(&self.source.text[content.clone()], self.from);
                let has_key = self.source.text[content.clone()].contains(':')
                    || matches!(keyword.as_deref(), Some("pace" | "review" | "declared"));
                let (first, second) = if has_key {
                    (Mode::Statement, Mode::Sentence)
                } else {
                    (Mode::Sentence, Mode::Statement)
                };
                let (mut clause, mut rest) = (Vec::new(), Vec::new());
                self.line(content.clone(), first, kept, &mut clause);
                self.line(content, second, kept, &mut rest);
                rest.retain(|slot: &Slot| !clause.iter().any(|known: &Slot| known.meets(slot)));
                clause.append(&mut rest);
                clause.sort_by_key(|slot| slot.range.start);
                if keyword.as_deref() == Some("review") {
                    for slot in &mut clause {
                        let form =
                            table(self.to, Mode::Sentence).writing(&format!("review:{}", slot.canonical));
                        slot.options.splice(0..0, form.iter().cloned());
                    }
                }
                found.append(&mut clause);
            } else {
                let begin = found.len();
                self.line(content, Mode::Statement, kept, &mut found);
                // the columns that something is split by
                let form = table(self.to, Mode::Statement).written("by-column");
                if statement.is_none() {
                    for slot in &mut found[begin..] {
                        let form =
                            table(self.to, Mode::Statement).writing(&format!("setting:{}", slot.canonical));
                        slot.options.splice(0..0, form.iter().cloned());
                    }
                }
                let splits = found[begin..].iter_mut().filter(|slot| slot.canonical == "by");
                for (slot, form) in splits.zip(form.into_iter().cycle()) {
                    slot.options.insert(0, form.to_owned());
                }
            }
        }
        if let Some(Statement::Goal(goal)) = statement
            && let Some(Spanned { node: Time::By(_), span }) = &goal.time
            && let Some(slot) = found.iter_mut().find(|slot| slot.range.start == span.start as usize)
        {
            slot.options.insert(0, self.deadline_word());
        }
        if let Some(Statement::Goal(goal)) = statement {
            self.place(goal, &mut found);
        }
        found
    }

    /// Puts first what a keyword is in its place of the sentence.
    fn place(&self, goal: &Goal, found: &mut [Slot]) {
        let line =
            rewrite(&self.source.text, goal.text.span.range(), self.from, Mode::Sentence, &self.reader.names);
        let mut after = None;
        for (range, canonical) in line.keywords() {
            let options = self.placed(goal, canonical, &range, after.as_deref());
            if let Some(slot) = found.iter_mut().find(|slot| slot.range == range) {
                let typed = self.source.text[range].to_owned();
                for option in options.into_iter().rev() {
                    let option = wording::dressed(&option, &typed, canonical, self.to);
                    slot.options.retain(|known| *known != option);
                    slot.options.insert(0, option);
                }
            }
            after = match canonical {
                "lead" | "modal" => Some(canonical.to_owned()),
                word if word == "be" || word.starts_with("v:") || word.starts_with("s:") => None,
                _ => after,
            };
        }
    }

    /// The word before a deadline.
    fn deadline_word(&self) -> String {
        let canonical = if self.to == Language::English { "by" } else { "until" };
        table(self.to, Mode::Sentence).written(canonical).unwrap_or(canonical).to_owned()
    }

    fn line(&self, at: Range<usize>, mode: Mode, kept: &[Range<usize>], found: &mut Vec<Slot>) {
        let line = rewrite(&self.source.text, at, self.from, mode, &self.reader.names);
        let is_kept =
            |range: &Range<usize>| kept.iter().any(|k| k.start <= range.start && range.end <= k.end);
        let begin = found.len();
        for (range, canonical) in line.keywords() {
            if is_kept(&range) {
                continue;
            }
            let typed = &self.source.text[range.clone()];
            let digits = self.source.text[range.end..].starts_with(|c: char| c.is_ascii_digit());
            let mut options = forms(typed, canonical, digits, mode, (self.from, self.to));
            // the clauses of a goal are read by both tables
            let other = if mode == Mode::Sentence { Mode::Statement } else { Mode::Sentence };
            for form in forms(typed, canonical, digits, other, (self.from, self.to)) {
                if !options.contains(&form) {
                    options.push(form);
                }
            }
            let rest = self.source.text[range.end..].trim_start().as_bytes();
            let is_date = rest.len() > 4 && rest[..4].iter().all(u8::is_ascii_digit) && rest[4] == b'-';
            if canonical == "by" && is_date {
                options.insert(0, self.deadline_word());
            }
            // a name has its article in its ending, or none that is known
            if canonical == "the" && matches!(self.from, Language::English | Language::German) {
                options.insert(0, String::new());
            }
            if mode == Mode::Statement
                && rest.starts_with(b"(")
                && let Some(function) = table(self.to, mode).written(&format!("f:{canonical}"))
            {
                options.insert(0, wording::dressed(function, typed, canonical, self.to));
            }
            // `im Jahr 2025` is `in 2025`; a word for the year would be read as this one (`i år`)
            let is_year = rest.len() >= 4 && rest[..4].iter().all(u8::is_ascii_digit);
            if canonical == "unit:year" && is_year && self.to != Language::German {
                options.insert(0, String::new());
            }
            found.push(Slot { range, canonical: canonical.to_owned(), options });
        }
        for range in line.verbatim() {
            found.extend(self.functions(range.clone(), mode).filter(|slot| !is_kept(&slot.range)));
            for numeral_range in wording::numerals(&self.source.text, range) {
                if is_kept(&numeral_range) {
                    continue;
                }
                let typed = &self.source.text[numeral_range.clone()];
                if let Ok((value, _)) = numeral(typed, self.from) {
                    let options = vec![number(value, typed, self.from, self.to), typed.to_owned()];
                    found.push(Slot { range: numeral_range, canonical: String::new(), options });
                }
            }
        }
        found[begin..].sort_by_key(|slot| slot.range.start);
    }

    /// The functions in a stretch without keywords: a word before a bracket that the other language has a word for.
    fn functions(&self, at: Range<usize>, mode: Mode) -> impl Iterator<Item = Slot> {
        let text = &self.source.text;
        let said = text.get(at.clone()).unwrap_or("");
        let brackets = said.match_indices('(').filter(move |_| mode == Mode::Statement);
        brackets.filter_map(move |(bracket, _)| {
            let start = said[..bracket]
                .rfind(|c: char| !c.is_alphanumeric())
                .map_or(0, |before| before + said[before..].chars().next().map_or(1, char::len_utf8));
            let word = &said[start..bracket];
            let form = table(self.to, mode).written(&format!("f:{}", names::fold_text(word)))?;
            let options = vec![wording::dressed(form, word, "", self.to), word.to_owned()];
            Some(Slot { range: at.start + start..at.start + bracket, canonical: String::new(), options })
        })
    }
}
