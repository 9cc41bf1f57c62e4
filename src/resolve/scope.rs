//! Finding a name among others: equal after folding first, then forms of the same word.

use std::collections::HashMap;

use crate::language::Language;
use crate::names::{fold, related, stems};

/// Names among which forms of another language are looked for.
const MOST_TRANSLATED: usize = 1000;
/// Bytes of such a name.
const LONGEST_TRANSLATED: usize = 200;

/// The stems of each word of a name.
type WordStems = Vec<Vec<String>>;

/// Names of one name space, looked up many times.
#[derive(Debug, Default)]
pub(super) struct Names {
    texts: Vec<String>,
    language: Language,
    exact: HashMap<String, Vec<usize>>,
    by_stem: HashMap<String, Vec<usize>>,
    /// Names of several words, each word by its stems: `antalet besökare` finds `Antal besökare`. Found by how many
    /// words there are and a stem of the first.
    by_words: HashMap<(usize, String), Vec<(WordStems, usize)>>,
}

/// What a name was found to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Match {
    /// Nothing of this name.
    None,
    /// One, by the same name or (when `inflected`) as a form of the same word.
    One { at: usize, inflected: bool },
    /// Several that fit equally well.
    Many(Vec<usize>),
}

impl Names {
    pub(super) fn new<'a>(names: impl IntoIterator<Item = &'a str>, language: Language) -> Self {
        let mut made = Self { language, ..Self::default() };
        for name in names {
            made.add(name);
        }
        made
    }

    pub(super) fn add(&mut self, name: &str) -> usize {
        let at = self.texts.len();
        self.enter(name, at);
        self.texts.push(name.to_owned());
        at
    }

    /// Another name for what stands at `at`, where nothing else is called so.
    pub(super) fn alias(&mut self, name: &str, at: usize) {
        if !self.exact.contains_key(&fold(name)) {
            self.enter(name, at);
        }
    }

    fn enter(&mut self, name: &str, at: usize) {
        let folded = fold(name);
        for stem in stems(&folded, self.language) {
            self.by_stem.entry(stem).or_default().push(at);
        }
        self.exact.entry(folded).or_default().push(at);
        let words = self.word_stems(name);
        if words.len() > 1 {
            for stem in &words[0] {
                let alike = self.by_words.entry((words.len(), stem.clone())).or_default();
                alike.push((words.clone(), at));
            }
        }
    }

    fn word_stems(&self, name: &str) -> WordStems {
        name.split_whitespace().map(|word| stems(&fold(word), self.language)).collect()
    }

    /// Names of as many words, each a form of the word wanted.
    fn word_by_word(&self, name: &str) -> Vec<usize> {
        let wanted = self.word_stems(name);
        let related = |a: &[String], b: &[String]| a.iter().any(|stem| b.contains(stem));
        let first = wanted.first().into_iter().flatten();
        first
            .filter_map(|stem| self.by_words.get(&(wanted.len(), stem.clone())))
            .flatten()
            .filter(|(words, _)| words.iter().zip(&wanted).all(|(a, b)| related(a, b)))
            .map(|(_, at)| *at)
            .collect()
    }

    pub(super) fn find(&self, name: &str) -> Match {
        let folded = fold(name);
        if folded.is_empty() {
            return Match::None;
        }
        match self.exact.get(&folded).map(Vec::as_slice) {
            Some([at]) => return Match::One { at: *at, inflected: false },
            Some(several) => return Match::Many(several.to_vec()),
            None => {}
        }
        let mut found: Vec<usize> = stems(&folded, self.language)
            .iter()
            .filter_map(|stem| self.by_stem.get(stem))
            .flatten()
            .copied()
            .collect();
        if found.is_empty() {
            found = self.word_by_word(name);
        }
        found.sort_unstable();
        found.dedup();
        match found.as_slice() {
            [] => self.find_in_other_languages(name),
            [at] => Match::One { at: *at, inflected: true },
            _ => Match::Many(found),
        }
    }

    /// A form of a name, as a whole or word by word, by the endings of another language: in a translated file the names
    /// stay as they were written. Names one letter apart are left alone, they may be misspelt.
    fn find_in_other_languages(&self, name: &str) -> Match {
        // a sheet of a thousand columns is no page that was translated, and each is compared
        if self.texts.len() > MOST_TRANSLATED || name.len() > LONGEST_TRANSLATED {
            return Match::None;
        }
        let folded = fold(name);
        let words: Vec<String> = name.split_whitespace().map(fold).collect();
        let related_words = |text: &str, language: Language| {
            let others: Vec<String> = text.split_whitespace().map(fold).collect();
            words.len() > 1
                && words.len() == others.len()
                && words.iter().zip(&others).all(|(a, b)| related(a, b, language))
        };
        let meets = |text: &str| {
            let other = fold(text);
            // `returraten` is the definite form of `returrate`
            let is_definite = |a: &str, b: &str| a.strip_suffix('n') == Some(b);
            let is_form = is_definite(&folded, &other) || is_definite(&other, &folded);
            (is_form || strsim::damerau_levenshtein(&folded, &other) > 1)
                && Language::ALL
                    .into_iter()
                    .filter(|language| *language != self.language && *language != Language::English)
                    .any(|language| related(&folded, &other, language) || related_words(text, language))
        };
        // words of one stem share their first letters
        let begins = |text: &str| first_letter(&fold(text)) == first_letter(&folded);
        let known = self.texts.iter().enumerate();
        let found: Vec<usize> =
            known.filter(|(_, text)| begins(text) && meets(text)).map(|(at, _)| at).collect();
        match found.as_slice() {
            [] => Match::None,
            [at] => Match::One { at: *at, inflected: true },
            _ => Match::Many(found),
        }
    }

    /// The place of exactly this name, the first where there are several.
    pub(super) fn one_exact(&self, name: &str) -> Option<usize> {
        self.exact.get(&fold(name)).and_then(|found| found.first()).copied()
    }

    /// The one place of a name given folded.
    pub(super) fn by_folded(&self, folded: &str) -> Option<usize> {
        match self.exact.get(folded).map(Vec::as_slice) {
            Some([at]) => Some(*at),
            _ => None,
        }
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(String::as_str)
    }
}

/// The first letter of a folded name; an umlaut is its vowel (`Ärzte` and `Arzt`).
fn first_letter(folded: &str) -> Option<char> {
    folded.chars().next().map(|first| match first {
        'ä' => 'a',
        'ö' => 'o',
        'ü' => 'u',
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_wins_over_a_form_of_it() {
        let names = Names::new(["order", "orders", "Order ID"], Language::English);
        assert_eq!(names.find("Orders"), Match::One { at: 1, inflected: false });
        assert_eq!(names.find("order_id"), Match::One { at: 2, inflected: false });
        assert_eq!(names.find("nothing"), Match::None);
    }

    #[test]
    fn equal_headers_are_not_decided() {
        let names = Names::new(["amount", "Amount"], Language::English);
        assert_eq!(names.find("amount"), Match::Many(vec![0, 1]));
    }

    #[test]
    fn definite_forms_find_the_column() {
        let names = Names::new(["Omsättning", "Datum"], Language::Swedish);
        assert_eq!(names.find("omsättningen"), Match::One { at: 0, inflected: true });
        let names = Names::new(["Antal besökare", "Antal order"], Language::Swedish);
        assert_eq!(names.find("antalet besökare"), Match::One { at: 0, inflected: true });
        assert_eq!(names.find("antalet"), Match::None);
    }

    #[test]
    fn forms_of_another_language_find_the_column_in_a_translated_file() {
        let names = Names::new(["Omsättning", "Revenue"], Language::English);
        assert_eq!(names.find("omsättningen"), Match::One { at: 0, inflected: true });
        assert_eq!(names.find("revenuer"), Match::None);
        let names = Names::new(["Antal besökare", "Antal order"], Language::English);
        assert_eq!(names.find("antalet besökare"), Match::One { at: 0, inflected: true });
        assert_eq!(names.find("antalet"), Match::None);
    }
}
