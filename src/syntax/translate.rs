//! A goal file in one language → the same goals in another: keywords and number marks change, names and texts stay.
//!
//! A statement is written word by word through the tables of both languages, and read again: what does not mean the same
//! is tried with the other forms of its keywords, and refused where none does.

use std::collections::BTreeMap;
use std::ops::Range;

use super::ast::{Program, Statement};
use super::lines::lines;
use super::lower::declarations;
use super::words::{Table, table};
use crate::language::Language;
use crate::names;
use crate::source::{Source, Span};

mod kept;
mod leading;
mod order;
mod reader;
mod search;
mod sense;
mod slot;
mod whole;
mod wording;

use reader::Reader;
pub use sense::sense;
use wording::Slot;

/// Times a statement is read again before it is given up.
const TRIES: usize = 300;
/// The same with its times and comparisons written as a whole.
const TRIES_AS_A_WHOLE: usize = 100;
/// Statements without a certain translation after which the rest is left alone.
const MOST_REFUSED: usize = 100;

/// The text of a goal file in another language, or the statements that have no certain translation.
///
/// The translated file parses to the same goals. `from` is the language of a file that names none.
pub fn translate(source: &Source, from: Language, to: Language) -> Result<String, Vec<Span>> {
    let (program, _) = super::parse(source, from);
    let from = program.language;
    if from == to {
        return Ok(source.text.clone());
    }
    let reader = Reader::new(&declarations(source, &lines(&source.text), from));
    let translator = Translator { source, from, to, reader: &reader };
    let mut written = String::with_capacity(source.text.len() + 16);
    let (mut at, mut refused) = (0, Vec::new());
    let mut known: BTreeMap<&str, Option<String>> = BTreeMap::new();
    for (block, statement) in blocks(source, &program) {
        if refused.len() == MOST_REFUSED {
            break;
        }
        let said = &source.text[block.clone()];
        let translated = known.entry(said).or_insert_with(|| {
            reader.forget();
            translator.block(block.clone(), statement)
        });
        match translated {
            Some(text) => {
                written.push_str(&source.text[at..block.start]);
                written.push_str(text);
                at = block.end;
            }
            None => refused.push(Span::new(source.id, block)),
        }
    }
    written.push_str(&source.text[at..]);
    if refused.is_empty() { Ok(with_language(&written, to)) } else { Err(refused) }
}

/// The stretches of the file that are translated by themselves: a statement with its clauses, or a setting.
fn blocks<'a>(source: &Source, program: &'a Program) -> Vec<(Range<usize>, Option<&'a Statement>)> {
    let mut found: Vec<(Range<usize>, Option<&Statement>)> =
        program.statements.iter().map(|statement| (statement.span.range(), Some(&statement.node))).collect();
    for line in lines(&source.text).into_iter().filter(|line| line.indent == 0) {
        let held = |range: &Range<usize>| range.start <= line.content.start && line.content.end <= range.end;
        let at = found.partition_point(|(range, _)| range.end < line.content.start);
        if !found.get(at).is_some_and(|(range, _)| held(range)) {
            found.insert(at, (line.content.clone(), None));
        }
    }
    found
}

/// The text with its `language` line for a language: changed, left out for English, or added at its head.
fn with_language(text: &str, language: Language) -> String {
    let mut written = String::with_capacity(text.len() + 16);
    let line = format!("language {}\n", language.code());
    let mut placed = language == Language::English;
    for part in text.split_inclusive('\n') {
        if is_language_line(part) {
            if !placed {
                written.push_str(&line);
            }
            placed = true;
            continue;
        }
        let is_preface = part.trim().is_empty() || part.trim_start().starts_with("//");
        if !placed && !is_preface && !text.lines().any(is_language_line) {
            written.push_str(&line);
            placed = true;
        }
        written.push_str(part);
    }
    written
}

fn is_language_line(line: &str) -> bool {
    super::lower::language_code(line.split("//").next().unwrap_or("").trim()).is_some()
}

struct Translator<'a> {
    source: &'a Source,
    from: Language,
    to: Language,
    reader: &'a Reader,
}

impl Translator<'_> {
    /// A statement in the other language; none where no translation means the same.
    fn block(&self, at: Range<usize>, statement: Option<&Statement>) -> Option<String> {
        let text = &self.source.text[at.clone()];
        if is_language_line(text) || matches!(statement, Some(Statement::Heading(_))) {
            return Some(text.to_owned());
        }
        if matches!(statement, Some(Statement::Invalid(_))) {
            return None;
        }
        let kept =
            statement.map_or_else(Vec::new, |statement| kept::spans(statement, self.source, self.from));
        let slots = self.slots(at.clone(), &kept, statement);
        let wanted = self.reader.meaning(text, self.from, |found| found.map(str::to_owned))?;
        let as_a_whole = || {
            statement.and_then(|statement| match statement {
                Statement::Goal(goal) => {
                    let whole = self.whole(goal);
                    let mut all: Vec<Slot> =
                        slots.iter().filter(|slot| !whole.iter().any(|w| w.meets(slot))).cloned().collect();
                    all.extend(whole);
                    let all = self.ordered(goal, all);
                    self.search(at.clone(), &all, &wanted, TRIES_AS_A_WHOLE)
                }
                _ => None,
            })
        };
        // a sentence never begins with a finite verb
        let verb = match statement {
            Some(Statement::Goal(goal)) => goal.verb.as_ref().map(|verb| verb.span.range()),
            _ => None,
        };
        let is_finite =
            slots.iter().any(|slot| Some(&slot.range) == verb.as_ref() && slot.canonical.starts_with("s:"));
        let moved = statement
            .filter(|_| self.from == Language::German && !is_finite)
            .and_then(|statement| self.with_leading_verb(at.clone(), statement));
        moved
            .or_else(as_a_whole)
            .or_else(|| self.search(at.clone(), &slots, &wanted, TRIES))
            .or_else(|| self.with_leading_verb(at, statement?))
    }
}

/// Whether a table reads a form as a canonical word.
fn reads_as(table: &Table, form: &str, canonical: &str) -> bool {
    table.phrase(&names::fold_text(form)) == Some(canonical)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn into(from: Language, to: Language, text: &str, expected: &str) {
        let source = Source::new("a", text);
        let written = translate(&source, from, to).unwrap_or_else(|spans| panic!("{text}: {spans:?}"));
        assert_eq!(written, expected);
    }

    #[test]
    fn sentences_in_english() {
        let case = |text, expected| into(Language::Swedish, Language::English, text, expected);
        case(
            "Öka omsättningen med 10 % under nästa räkenskapsår",
            "Increase omsättningen by 10 % in next fiscal year",
        );
        case(
            "den genomsnittliga orderstorleken ökas med 5,5 %",
            "the average orderstorleken increases by 5.5 %",
        );
        case(
            "öka konverteringsgraden för besökare från Google med 3 procentenheter",
            "increase konverteringsgraden for besökare from Google by 3 percentage points",
        );
        case(
            "språk sv\nmått kostnad = summa(belopp)\nminska kostnad med 5 % senast 2025-12-31\n    ägare: Antal AB\n",
            "metric kostnad = sum(belopp)\ndecrease kostnad by 5 % by 2025-12-31\n    owner: Antal AB\n",
        );
    }

    #[test]
    fn sentences_in_swedish() {
        into(
            Language::English,
            Language::Swedish,
            "// shop\nincrease revenue by 2.5% by 31 May 2025\n",
            "// shop\nlanguage sv\nöka revenue med 2,5% senast 31 maj 2025\n",
        );
    }

    #[test]
    fn clauses_in_swedish() {
        into(
            Language::English,
            Language::Swedish,
            "grow: increase x by 10%\n    status: on track 80%, at risk 60%\n    because: by far the best\n    - [ ] by and by, by 2025-03-01 (Web team)\n",
            "language sv\ngrow: öka x med 10%\n    status: på väg 80%, i riskzonen 60%\n    därför att: by far the best\n    - [ ] by and by, senast 2025-03-01 (Web team)\n",
        );
    }

    #[test]
    fn statements_alike_are_each_translated_or_named() {
        into(
            Language::English,
            Language::Swedish,
            "increase x by 10%\n\nincrease x by 10%\n",
            "language sv\nöka x med 10%\n\nöka x med 10%\n",
        );
        let source = Source::new("a", "increase\nincrease x by 10%\nincrease\n");
        let refused = translate(&source, Language::English, Language::Swedish).unwrap_err();
        assert_eq!(refused.iter().map(|span| source.line(*span)).collect::<Vec<_>>(), [1, 3]);
    }

    #[test]
    fn a_goal_with_a_clause_in_error_is_named() {
        let source = Source::new("a", "increase x by 10%\n    weight: many\ndecrease y by 10%\n");
        let refused = translate(&source, Language::English, Language::Swedish).unwrap_err();
        assert_eq!(refused.iter().map(|span| source.line(*span)).collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn money_in_german() {
        into(
            Language::Swedish,
            Language::German,
            "håll svinn under 8 % i mars 2025\n    belöning: 5 000 kr vid 100 %, 8 000 kr vid 120 %\n",
            "language de\nhalte svinn unter 8 % im März 2025\n    Prämie: 5 000 SEK bei 100 %, 8 000 SEK bei 120 %\n",
        );
    }

    #[test]
    fn a_line_with_an_error_is_named() {
        let source = Source::new("a", "öka omsättningen\n");
        assert!(translate(&source, Language::Swedish, Language::English).is_err());
    }
}
