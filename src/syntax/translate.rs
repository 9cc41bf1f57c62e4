//! A goal file in one language → the same goals in another: keywords and number marks change, names and texts stay.
//!
//! A statement is written word by word through the tables of both languages, and read again: what does not mean the same
//! is tried with the other forms of its keywords, and refused where none does.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::ast::{Goal, Program, Statement};
use super::format::meaning;
use super::lines::lines;
use super::lower::{declarations, numeral};
use super::words::{Declared, Mode, Table, rewrite, table};
use crate::calendar::Time;
use crate::diagnostic::{Diagnostics, Location, Severity};
use crate::language::Language;
use crate::names;
use crate::source::{Source, Span, Spanned};

mod kept;
mod order;
mod whole;
mod wording;

use wording::{Slot, forms, number};

/// Times a statement is read again before it is given up.
const TRIES: usize = 300;
/// The same with its times and comparisons written as a whole.
const TRIES_AS_A_WHOLE: usize = 100;
/// Times the statements of a file are read again in all, beyond once each, and the bytes that are.
const TRIES_OF_FILE: usize = 10_000;
const BYTES_OF_FILE: usize = 250_000;
/// Statements without a certain translation after which the rest is left alone.
const MOST_REFUSED: usize = 100;

/// The text of a goal file in another language, or the statements that have no certain translation.
///
/// The translated file parses to the same goals. `from` is the language of a file that names none.
pub fn translate(source: &Source, from: Language, to: Language) -> Result<String, Vec<Span>> {
    let (program, findings) = super::parse(source, from);
    let from = program.language;
    if from == to {
        return Ok(source.text.clone());
    }
    let declared = declarations(source, &lines(&source.text), from);
    let mut translator = Translator::new(source, from, to, declared);
    translator.understood = (program.declared.is_none()).then(|| errors_of(&findings));
    let mut written = String::with_capacity(source.text.len() + 16);
    let (mut at, mut refused) = (0, Vec::new());
    let mut known: BTreeMap<&str, Option<String>> = BTreeMap::new();
    for (block, statement) in blocks(source, &program) {
        if refused.len() == MOST_REFUSED {
            break;
        }
        let said = &source.text[block.clone()];
        match known.entry(said).or_insert_with(|| translator.block(block.clone(), statement)) {
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

/// Where the errors of a file begin, in order.
fn errors_of(findings: &Diagnostics) -> BTreeSet<usize> {
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    errors
        .filter_map(|finding| match &finding.primary.at {
            Location::Text(span) => Some(span.start as usize),
            _ => None,
        })
        .collect()
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
    /// The names of the file, so that a statement is read as it would be in it.
    names: Declared,
    /// Where the file's errors begin, where its statements mean in it what each means by itself: not where times count
    /// from a day that the file declares.
    understood: Option<BTreeSet<usize>>,
    /// Statements read again so far, and their bytes.
    tries: std::cell::Cell<usize>,
    bytes: std::cell::Cell<usize>,
}

impl<'a> Translator<'a> {
    fn new(source: &'a Source, from: Language, to: Language, declared: Vec<String>) -> Self {
        let mut names = Declared::default();
        declared.iter().for_each(|name| names.add(name));
        let (tries, bytes) = Default::default();
        Self { source, from, to, names, understood: None, tries, bytes }
    }

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
        let wanted = match (statement, &self.understood) {
            (Some(_), Some(errors)) if errors.range(at.start..=at.end).next().is_some() => return None,
            (Some(statement), Some(_)) => sense_of(statement, self.from),
            _ => self.meaning(text, self.from)?,
        };
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
        let moved = statement
            .filter(|_| self.from == Language::German)
            .and_then(|statement| self.with_leading_verb(at.clone(), statement));
        moved
            .or_else(as_a_whole)
            .or_else(|| self.search(at.clone(), &slots, &wanted, TRIES))
            .or_else(|| self.with_leading_verb(at, statement?))
    }

    /// A sentence whose verb stands last, as in German, by way of the one that begins with it.
    fn with_leading_verb(&self, at: Range<usize>, statement: &Statement) -> Option<String> {
        let Statement::Goal(goal) = statement else { return None };
        let verb = goal.verb.as_ref()?.span.range();
        let begins = [goal.label.as_ref().map(|l| l.span.end), goal.for_each.as_ref().map(|n| n.span.end)];
        let begin = begins.into_iter().flatten().max().map_or(at.start, |end| end as usize);
        let said = self.source.text.get(begin..goal.text.span.end as usize)?;
        let mut begin = begin + (said.len() - said.trim_start_matches([':', ']', ' ', '\t']).len());
        let text = &self.source.text;
        let line = rewrite(text, begin..goal.text.span.end as usize, self.from, Mode::Sentence, &self.names);
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
        if self.meaning(&moved, self.from) != self.meaning(text.get(at)?, self.from) {
            return None;
        }
        let source = Source::new("statement", moved);
        let (program, _) = super::lower::program_among(&source, self.from, &self.names);
        let [Spanned { node: statement @ Statement::Goal(goal), .. }] = program.statements.as_slice() else {
            return None;
        };
        if goal.verb.as_ref().is_some_and(|verb| verb.span.start as usize > begin - start) {
            return None;
        }
        let moved = Translator {
            source: &source,
            from: self.from,
            to: self.to,
            names: self.names.clone(),
            understood: None,
            tries: self.tries.clone(),
            bytes: self.bytes.clone(),
        };
        let written = moved.block(0..source.text.len(), Some(statement));
        self.tries.set(moved.tries.get());
        self.bytes.set(moved.bytes.get());
        written
    }

    /// The words and numbers of a statement that change, each with what it may become, the likeliest first.
    fn slots(&self, at: Range<usize>, kept: &[Range<usize>], statement: Option<&Statement>) -> Vec<Slot> {
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
                let keyword = super::lower::leading_keyword(&self.source.text[content.clone()], self.from);
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
        let line = rewrite(&self.source.text, goal.text.span.range(), self.from, Mode::Sentence, &self.names);
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
        let line = rewrite(&self.source.text, at, self.from, mode, &self.names);
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

    /// The first choice of forms that means what is wanted: the likeliest, then the best found by changing one at a time.
    fn search(&self, at: Range<usize>, slots: &[Slot], wanted: &str, most: usize) -> Option<String> {
        let mut chosen = vec![0; slots.len()];
        let mut tries = 0;
        let mut score = |chosen: &[usize]| -> (String, usize, bool) {
            if tries > 0 {
                self.tries.set(self.tries.get() + 1);
                self.bytes.set(self.bytes.get() + at.len());
            }
            tries += 1;
            let ends =
                tries >= most || self.tries.get() >= TRIES_OF_FILE || self.bytes.get() >= BYTES_OF_FILE;
            let text = self.written(at.clone(), slots, chosen);
            let Some(found) = self.meaning(&text, self.to) else { return (text, 0, ends) };
            if found == wanted {
                return (text, usize::MAX, true);
            }
            let common = found.bytes().zip(wanted.bytes()).take_while(|(a, b)| a == b).count();
            (text, common + 1, ends)
        };
        let (text, mut best, _) = score(&chosen);
        if best == usize::MAX {
            return Some(text);
        }
        loop {
            let before = best;
            for slot in 0..slots.len() {
                // words that may become the same change together before they change alone
                let alike: Vec<usize> =
                    (0..slots.len()).filter(|other| slots[*other].options == slots[slot].options).collect();
                let alone = vec![slot];
                let groups = if alike.len() > 1 { vec![alike, alone] } else { vec![alone] };
                for (group, option) in groups
                    .iter()
                    .flat_map(|group| (0..slots[slot].options.len()).map(move |option| (group, option)))
                {
                    if group.iter().all(|at| chosen[*at] == option) {
                        continue;
                    }
                    let was = chosen.clone();
                    group.iter().for_each(|at| chosen[*at] = option);
                    let (text, reached, ends) = score(&chosen);
                    match reached {
                        usize::MAX => return Some(text),
                        _ if ends => return None,
                        reached if reached > best => best = reached,
                        _ => chosen = was,
                    }
                }
            }
            if best == before {
                return None;
            }
        }
    }

    fn written(&self, at: Range<usize>, slots: &[Slot], chosen: &[usize]) -> String {
        let mut written = String::with_capacity(at.len() + 32);
        let mut from = at.start;
        for (slot, option) in slots.iter().zip(chosen) {
            let Some(form) = slot.options.get(*option) else { continue };
            written.push_str(&self.source.text[from..slot.range.start]);
            written.push_str(form);
            from = slot.range.end;
            // a word left out takes one of its blanks with it
            if form.is_empty() && !slot.range.is_empty() {
                let rest = &self.source.text[from..at.end];
                if rest.starts_with(' ') {
                    from += 1;
                } else if written.ends_with(' ') && (rest.is_empty() || rest.starts_with(['\n', ',', '.'])) {
                    written.pop();
                }
            }
        }
        written.push_str(&self.source.text[from..at.end]);
        written
    }

    /// What a statement means in a language; none where it has an error.
    fn meaning(&self, text: &str, language: Language) -> Option<String> {
        let read = Source::new("statement", text);
        let (program, findings) = super::lower::program_among(&read, language, &self.names);
        if findings.has_errors() {
            return None;
        }
        // a translated statement is one statement
        if program.statements.len() > 1 {
            return None;
        }
        Some(sense(&program))
    }
}

/// What a program means, whatever language it is written in: its tree without places, language, verbs and the words that
/// open a note.
pub fn sense(program: &Program) -> String {
    let mut program = program.clone();
    let language = std::mem::take(&mut program.language);
    for statement in &mut program.statements {
        match &mut statement.node {
            Statement::Goal(goal) => {
                goal.text.node.clear();
                goal.verb = None;
                if let Some(note) = &mut goal.note {
                    let opener = kept::note_opener(&note.node, language);
                    note.node = note.node.get(opener..).unwrap_or("").trim().to_owned();
                }
            }
            Statement::Rule(rule) => {
                rule.text.clear();
                rule.keyword.clear();
            }
            _ => {}
        }
    }
    nouns(&meaning(&program), language)
}

/// The same of a statement by itself.
fn sense_of(statement: &Statement, language: Language) -> String {
    let statements = vec![Spanned::new(statement.clone(), Span::default())];
    sense(&Program { language, statements, ..Program::default() })
}

/// A meaning with the units that are nouns of the language in their common form.
fn nouns(meaning: &str, language: Language) -> String {
    const OPENING: &str = "Named(\"";
    let mut written = String::with_capacity(meaning.len());
    let mut rest = meaning;
    while let Some(at) = rest.find(OPENING) {
        let (before, noun) = rest.split_at(at + OPENING.len());
        let end = noun.find('"').unwrap_or(noun.len());
        let known = table(language, Mode::Sentence).phrase(&names::fold_text(&noun[..end]));
        written.push_str(before);
        written.push_str(known.filter(|known| known.starts_with("noun:")).unwrap_or(&noun[..end]));
        rest = &noun[end..];
    }
    written.push_str(rest);
    written
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
    fn a_line_with_an_error_is_named() {
        let source = Source::new("a", "öka omsättningen\n");
        assert!(translate(&source, Language::Swedish, Language::English).is_err());
    }
}
