//! The words of a language: `grammar/*.words` → canonical words by the forms that mean them.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use super::Mode;
use crate::language::Language;
use crate::names;

/// The keywords of one language in one mode.
#[derive(Debug, Default)]
pub(crate) struct Table {
    /// By first word: the words after it, and the canonical word.
    pub(super) phrases: HashMap<String, Vec<(Vec<String>, String)>>,
    /// By letters: canonical words that digits follow.
    pub(super) numbered: HashMap<String, String>,
    /// By canonical word: its forms.
    written: BTreeMap<String, Vec<String>>,
    /// By folded form: how it is written, where that is another (`Monat`).
    shown: HashMap<String, String>,
    /// Every form of one word, for suggestions.
    single: Vec<(String, String)>,
    /// What translations write as a whole: templates by what they say.
    writing: HashMap<String, Vec<String>>,
}

/// No word or phrase of a table is typed in more bytes than this, in whatever form of its letters.
pub(crate) const LONGEST_FORM: usize = 400;

impl Table {
    /// The canonical word of a single form, if the table has it.
    pub(crate) fn canonical(&self, form: &str) -> Option<&str> {
        let found = self.phrases.get(form)?.iter().find(|(rest, _)| rest.is_empty())?;
        Some(&found.1)
    }

    /// The canonical word of a form of any number of words, blanks single.
    pub(crate) fn phrase(&self, form: &str) -> Option<&str> {
        let mut words = form.split(' ');
        let entries = self.phrases.get(words.next()?)?;
        let rest: Vec<&str> = words.collect();
        entries
            .iter()
            .find(|(known, _)| known.iter().map(String::as_str).eq(rest.iter().copied()))
            .map(|(_, c)| c.as_str())
    }

    /// How the language writes a canonical word: the first form of its line.
    pub(crate) fn written(&self, canonical: &str) -> Option<&str> {
        self.written.get(canonical)?.first().map(String::as_str)
    }

    /// Every form of a canonical word, in order of the table.
    pub(crate) fn all_written(&self, canonical: &str) -> &[String] {
        self.written.get(canonical).map_or(&[], Vec::as_slice)
    }

    /// A form as the language spells it.
    pub(crate) fn shown<'a>(&'a self, form: &'a str) -> &'a str {
        self.shown.get(form).map_or(form, String::as_str)
    }

    /// The templates of what a translation writes as a whole, the likeliest first.
    pub(crate) fn writing(&self, key: &str) -> &[String] {
        self.writing.get(key).map_or(&[], Vec::as_slice)
    }

    /// The letters that stand for a canonical word before digits: these where the table has them, else the first by alphabet.
    pub(crate) fn letters(&self, canonical: &str, typed: &str) -> Option<&str> {
        let fits =
            self.numbered.iter().filter(|(_, word)| *word == canonical).map(|(letters, _)| letters.as_str());
        fits.min_by_key(|letters| (*letters != typed, letters.len(), *letters))
    }

    /// All forms of one word with their canonical words, in order of the table.
    pub(crate) fn forms(&self) -> &[(String, String)] {
        &self.single
    }

    fn read(&mut self, text: &str, mode: Mode) {
        lines(text, mode).for_each(|(canonical, forms)| self.add(canonical, forms));
        lines_in(text, &["writing"]).for_each(|(key, templates)| {
            let templates = templates.split('|').map(|template| template.trim().to_owned()).collect();
            self.writing.insert(key.to_owned(), templates);
        });
    }

    fn add(&mut self, canonical: &str, forms: &str) {
        for written in forms.split('|').map(str::trim).filter(|form| !form.is_empty()) {
            let form = names::fold_text(written);
            if form != written {
                self.shown.insert(form.clone(), written.to_owned());
            }
            if let Some(letters) = form.strip_suffix('#') {
                self.numbered.insert(letters.to_owned(), canonical.to_owned());
                continue;
            }
            self.written.entry(canonical.to_owned()).or_default().push(form.clone());
            let mut words = form.split(' ').map(str::to_owned);
            let Some(first) = words.next() else { continue };
            let rest: Vec<String> = words.collect();
            if rest.is_empty() {
                self.single.push((first.clone(), canonical.to_owned()));
            }
            let entries = self.phrases.entry(first).or_default();
            entries.retain(|(known, _)| *known != rest);
            // Invariant: longest first, and of one length those with a full stop, so that the first that matches is the
            // longest
            let rank = |words: &[String]| (words.len(), words.last().is_some_and(|word| word.ends_with('.')));
            let at = entries.partition_point(|(known, _)| rank(known) >= rank(&rest));
            entries.insert(at, (rest, canonical.to_owned()));
        }
    }
}

/// The lines of a word table in some of its sections: their first word and what stands behind it.
fn lines_in<'t>(text: &'t str, wanted: &'t [&'t str]) -> impl Iterator<Item = (&'t str, &'t str)> {
    let mut holds = false;
    text.lines().filter_map(move |line| {
        if let Some(section) = line.strip_prefix('[') {
            holds = wanted.contains(&section.trim_end_matches(']'));
            return None;
        }
        if holds && !line.starts_with('#') { line.split_once(char::is_whitespace) } else { None }
    })
}

/// The lines that hold in a mode: the canonical word and its forms as they stand.
fn lines(text: &str, mode: Mode) -> impl Iterator<Item = (&str, &str)> {
    lines_in(
        text,
        match mode {
            Mode::Statement => &["both", "statement"],
            Mode::Sentence => &["both", "sentence"],
        },
    )
}

/// The forms of a line.
fn split(forms: &str) -> impl Iterator<Item = String> {
    forms.split('|').map(names::fold_text).filter(|form| !form.is_empty())
}

/// The forms of a canonical word of sentences in every language, without reading whole tables.
pub(crate) fn forms_everywhere(canonical: &str) -> impl Iterator<Item = String> {
    let texts = Language::ALL.into_iter().map(text_of);
    let found =
        texts.flat_map(|text| lines(text, Mode::Sentence)).filter(move |(word, _)| *word == canonical);
    found.flat_map(|(_, forms)| split(forms)).filter(|form| !form.ends_with('#'))
}

/// Words of names that tell what their figures are, by key: `rate`, `share`.
pub(crate) fn name_words(language: Language, key: &str) -> Vec<&'static str> {
    let mut lines = lines_in(text_of(language), &["names"]).filter(|(known, _)| *known == key);
    lines.next().map_or_else(Vec::new, |(_, words)| words.split('|').map(str::trim).collect())
}

/// The table of a language; declarations of every language may also be written in English.
pub(crate) fn table(language: Language, mode: Mode) -> &'static Table {
    // each is read when it is asked for first: a goal file needs one language of them
    static TABLES: [[OnceLock<Table>; 2]; Language::ALL.len()] =
        [const { [const { OnceLock::new() }; 2] }; Language::ALL.len()];
    let row = Language::ALL.iter().position(|l| *l == language).unwrap_or(0);
    TABLES[row][usize::from(mode == Mode::Sentence)].get_or_init(|| {
        let mut table = Table::default();
        if mode == Mode::Statement && language != Language::English {
            table.read(text_of(Language::English), mode);
        }
        let english = std::mem::take(&mut table.written);
        table.read(text_of(language), mode);
        // its own forms first
        for (canonical, forms) in english {
            let own = table.written.entry(canonical).or_default();
            own.extend(forms.into_iter().filter(|form| !own.contains(form)).collect::<Vec<_>>());
        }
        table
    })
}

fn text_of(language: Language) -> &'static str {
    match language {
        Language::English => include_str!("../../../grammar/en.words"),
        Language::Swedish => include_str!("../../../grammar/sv.words"),
        Language::Danish => include_str!("../../../grammar/da.words"),
        Language::German => include_str!("../../../grammar/de.words"),
    }
}
