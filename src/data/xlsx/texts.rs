//! Texts that stand in the cells themselves: each distinct one is kept once and has a code.

use crate::data::places::Places;

/// Distinct texts with codes from a first one on, which is the number of the workbook's shared texts.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    first: u32,
    /// All texts, one behind the other.
    arena: String,
    /// Where each text ends.
    ends: Vec<usize>,
    places: Places,
}

impl Texts {
    /// An empty table whose codes begin at `first`.
    pub fn starting_at(first: u32) -> Self {
        Self { first, ..Self::default() }
    }

    /// The text of a code; `None` for codes of shared texts and codes never given.
    pub fn get(&self, code: u32) -> Option<&str> {
        text_at(&self.arena, &self.ends, code.checked_sub(self.first)? as usize)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Bytes that the texts take.
    pub(super) fn bytes(&self) -> usize {
        self.arena.len()
    }

    /// The code of a text, which is kept if it is new; `None` where there is no memory for it.
    pub(super) fn code_of(&mut self, text: &str) -> Option<u32> {
        let hash = self.places.hash(text.as_bytes());
        let known = self.places.find(hash, |place| text_at(&self.arena, &self.ends, place) == Some(text));
        if let Some(place) = known {
            return Some(self.first + place as u32);
        }
        self.arena.try_reserve(text.len()).ok()?;
        self.ends.try_reserve(1).ok()?;
        self.places.reserve()?;
        self.places.add(hash);
        self.arena.push_str(text);
        self.ends.push(self.arena.len());
        Some(self.first + (self.ends.len() as u32 - 1))
    }
}

fn text_at<'a>(arena: &'a str, ends: &[usize], place: usize) -> Option<&'a str> {
    let to = *ends.get(place)?;
    let from = place.checked_sub(1).map_or(0, |before| ends[before]);
    arena.get(from..to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_has_one_code() {
        let mut texts = Texts::starting_at(100);
        let codes: Vec<u32> =
            (0..10_000).filter_map(|n| texts.code_of(&format!("text {}", n % 1000))).collect();
        assert_eq!(texts.len(), 1000);
        assert_eq!(codes[0], 100);
        assert!(codes.iter().enumerate().all(|(n, code)| *code == 100 + (n % 1000) as u32));
        assert_eq!(texts.get(1099), Some("text 999"));
        assert_eq!(texts.get(1100), None);
        assert_eq!(texts.get(99), None);
    }

    #[test]
    fn texts_of_every_length_differ() {
        let mut texts = Texts::starting_at(0);
        for length in 0..40 {
            assert_eq!(texts.code_of(&"\0".repeat(length)), Some(length as u32));
        }
        assert_eq!(texts.code_of(""), Some(0));
        assert_eq!(texts.get(0), Some(""));
    }
}
