//! Texts → codes of a column: texts that are equal when folded have one.

use crate::data::Dictionary;
use crate::data::dataset::MISSING_CODE;
use crate::data::places::Places;
use crate::names::fold_text;

/// Texts by code; texts that are equal when folded have one code.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// As first written, and folded.
    pub(crate) dictionary: Dictionary,
    places: Places,
    scratch: String,
}

impl Words {
    /// The code of a text, a new one where it is not known; none for text of blanks.
    pub(crate) fn code(&mut self, text: &str) -> u32 {
        let is_tidy = self.fold(text);
        let folded = std::mem::take(&mut self.scratch);
        let code = self.code_of_folded(text, &folded, is_tidy);
        self.scratch = folded;
        code
    }

    /// Turns codes of a workbook's texts into codes of these, new ones in order of first appearance.
    pub(crate) fn settle<'t>(&mut self, codes: &mut [u32], text: impl Fn(u32) -> &'t str) {
        // by code of the workbook, the place among those that appear
        let mut places: Vec<u32> = Vec::new();
        let mut count = 0;
        for code in codes.iter_mut().filter(|code| **code != MISSING_CODE) {
            let at = *code as usize;
            if at >= places.len() {
                places.resize(at + 1, MISSING_CODE);
            }
            if places[at] == MISSING_CODE {
                places[at] = count;
                count += 1;
            }
            *code = places[at];
        }
        let appear = || places.iter().enumerate().filter(|(_, place)| **place != MISSING_CODE);
        if self.dictionary.is_empty() {
            // read in the order in which the workbook has them, which is much quicker for many; where all differ when
            // folded, as nearly always, their places are their codes
            if let Some(all) =
                Self::of_different(count, appear().map(|(at, place)| (*place, text(at as u32))))
            {
                *self = all;
                return;
            }
        }
        let mut own = vec![MISSING_CODE; count as usize];
        for (at, place) in appear() {
            own[*place as usize] = at as u32;
        }
        for code in &mut own {
            *code = self.code(text(*code));
        }
        for code in codes.iter_mut().filter(|code| **code != MISSING_CODE) {
            *code = own[*code as usize];
        }
    }

    /// So many texts with their codes; none where two are equal when folded, or one is of blanks.
    fn of_different<'t>(count: u32, texts: impl Iterator<Item = (u32, &'t str)>) -> Option<Self> {
        let mut all = Self {
            dictionary: Dictionary::with_room(count as usize),
            places: Places::with_room(count as usize),
            scratch: String::new(),
        };
        for (code, text) in texts {
            let is_tidy = all.fold(text);
            let folded = all.scratch.as_str();
            let hash = all.places.hash(folded.as_bytes());
            let is_known = |place| all.dictionary.folded(place as u32) == Some(folded);
            if folded.is_empty() || all.places.find(hash, is_known).is_some() {
                return None;
            }
            all.places.put(hash, code as usize);
            if is_tidy {
                all.dictionary.set(code, text, folded);
            } else {
                all.dictionary.set(code, &crate::data::grid::single(text), folded);
            }
        }
        Some(all)
    }

    /// Folds a text into `scratch`; whether it is tidy.
    fn fold(&mut self, text: &str) -> bool {
        let is_tidy = is_tidy(text);
        self.scratch.clear();
        if is_tidy {
            self.scratch.push_str(text);
            self.scratch.make_ascii_lowercase();
        } else {
            self.scratch = fold_text(text);
        }
        is_tidy
    }

    fn code_of_folded(&mut self, text: &str, folded: &str, is_tidy: bool) -> u32 {
        if folded.is_empty() {
            return MISSING_CODE;
        }
        let hash = self.places.hash(folded.as_bytes());
        let known = self.places.find(hash, |place| self.dictionary.folded(place as u32) == Some(folded));
        if let Some(place) = known {
            return place as u32;
        }
        self.places.add(hash);
        if is_tidy {
            self.dictionary.push(text, folded)
        } else {
            self.dictionary.push(&crate::data::grid::single(text), folded)
        }
    }
}

/// Whether a text is plain ASCII with single blanks inside alone: then folding is lower case.
fn is_tidy(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut before = b' ';
    let inside = bytes.iter().all(|byte| {
        let fits = byte.is_ascii_graphic() || *byte == b' ' && before != b' ';
        before = *byte;
        fits
    });
    inside && before != b' '
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(words: &mut Words, texts: &[&str], codes: &[u32]) -> Vec<u32> {
        let mut codes = codes.to_vec();
        words.settle(&mut codes, |code| texts[code as usize]);
        codes
    }

    #[test]
    fn codes_follow_the_order_of_appearance() {
        let mut words = Words::default();
        let texts = ["c", "B", "a", "unused"];
        assert_eq!(settled(&mut words, &texts, &[2, 1, MISSING_CODE, 2, 0]), [0, 1, MISSING_CODE, 0, 2]);
        assert_eq!(words.dictionary.iter().collect::<Vec<_>>(), [("a", "a"), ("B", "b"), ("c", "c")]);
        assert_eq!((words.code("b"), words.code("new")), (1, 3));
    }

    #[test]
    fn texts_equal_when_folded_keep_the_first_written() {
        let mut words = Words::default();
        let texts = ["north", " ", "North  ", "South"];
        assert_eq!(settled(&mut words, &texts, &[3, 2, 0, 1]), [0, 1, 1, MISSING_CODE]);
        assert_eq!(words.dictionary.texts().collect::<Vec<_>>(), ["South", "North"]);
        // another part, with texts of its own
        assert_eq!(settled(&mut words, &["NORTH", "West"], &[1, 0]), [2, 1]);
    }
}
