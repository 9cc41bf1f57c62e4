//! The distinct texts of a column, by code, each with the form in which it is compared.

use std::sync::OnceLock;

use crate::data::grid::digits;

/// Distinct texts of a column.
#[derive(Debug, Clone, Default)]
pub struct Dictionary {
    held: Held,
}

/// How they are kept.
#[derive(Debug, Clone)]
enum Held {
    Texts(Arena),
    /// Numbers that stand for their digits, which few columns of identifiers are ever asked for.
    Numbers {
        numbers: Vec<f64>,
        written: OnceLock<Box<Arena>>,
    },
}

impl Default for Held {
    fn default() -> Self {
        Self::Texts(Arena::default())
    }
}

/// Texts one behind the other, each with its folded form behind it where that differs.
#[derive(Debug, Clone, Default)]
struct Arena {
    bytes: String,
    /// Where each text and its folded form end.
    ends: Vec<(usize, usize)>,
}

impl Arena {
    fn push(&mut self, text: &str, folded: &str) {
        self.bytes.push_str(text);
        let end = self.bytes.len();
        if folded != text {
            self.bytes.push_str(folded);
        }
        self.ends.push((end, self.bytes.len()));
    }

    /// A text and its folded form.
    #[inline]
    fn get(&self, code: usize) -> Option<(&str, &str)> {
        let (middle, end) = *self.ends.get(code)?;
        let start = code.checked_sub(1).map_or(0, |before| self.ends[before].1);
        let text = self.bytes.get(start..middle)?;
        Some((text, if middle == end { text } else { self.bytes.get(middle..end)? }))
    }
}

impl Dictionary {
    /// Numbers, all different, as their shortest digits.
    pub(crate) fn of_numbers(numbers: Vec<f64>) -> Self {
        Self { held: Held::Numbers { numbers, written: OnceLock::new() } }
    }

    /// How many codes; some may be of texts that no row of the column has.
    pub fn len(&self) -> usize {
        match &self.held {
            Held::Texts(arena) => arena.ends.len(),
            Held::Numbers { numbers, .. } => numbers.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn arena(&self) -> &Arena {
        match &self.held {
            Held::Texts(arena) => arena,
            Held::Numbers { numbers, written } => written.get_or_init(|| {
                let mut arena = Arena::default();
                for number in numbers {
                    let text = digits(*number);
                    arena.push(&text, &text);
                }
                Box::new(arena)
            }),
        }
    }

    /// The text of a code, as first written.
    pub fn text(&self, code: u32) -> Option<&str> {
        self.arena().get(code as usize).map(|(text, _)| text)
    }

    /// The folded form of a code: what comparison and order use.
    pub fn folded(&self, code: u32) -> Option<&str> {
        self.arena().get(code as usize).map(|(_, folded)| folded)
    }

    /// Every text with its folded form, by code.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        let arena = self.arena();
        (0..arena.ends.len()).map(|code| arena.get(code).unwrap_or_default())
    }

    /// Every text, by code.
    pub fn texts(&self) -> impl ExactSizeIterator<Item = &str> {
        self.iter().map(|(text, _)| text)
    }

    /// The code of a text, compared folded.
    pub fn code_of(&self, folded: &str) -> Option<u32> {
        let found = match &self.held {
            Held::Texts(_) => self.iter().position(|(_, known)| known == folded),
            Held::Numbers { numbers, .. } => {
                let number: f64 = folded.parse().ok()?;
                numbers.iter().position(|known| *known == number && digits(*known) == folded)
            }
        };
        found.map(|at| at as u32)
    }

    /// Adds a text with its folded form; its code.
    pub fn push(&mut self, text: &str, folded: &str) -> u32 {
        if let Held::Numbers { .. } = &self.held {
            self.held = Held::Texts(self.arena().clone());
        }
        let Held::Texts(arena) = &mut self.held else { unreachable!("made texts just now") };
        arena.push(text, folded);
        (arena.ends.len() - 1) as u32
    }
}

impl PartialEq for Dictionary {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_their_folded_forms() {
        let mut dictionary = Dictionary::default();
        assert_eq!(dictionary.push("North", "north"), 0);
        assert_eq!(dictionary.push("south", "south"), 1);
        assert_eq!(dictionary.iter().collect::<Vec<_>>(), [("North", "north"), ("south", "south")]);
        assert_eq!((dictionary.text(0), dictionary.folded(0)), (Some("North"), Some("north")));
        assert_eq!((dictionary.text(2), dictionary.folded(2)), (None, None));
        assert_eq!((dictionary.code_of("south"), dictionary.code_of("South")), (Some(1), None));
    }

    #[test]
    fn numbers_stand_for_their_digits() {
        let mut dictionary = Dictionary::of_numbers(vec![17850.0, 0.5, 1e20]);
        assert_eq!(dictionary.len(), 3);
        assert_eq!(dictionary.code_of("17850"), Some(0));
        assert_eq!(dictionary.code_of("17850.0"), None);
        assert_eq!(dictionary.texts().collect::<Vec<_>>(), ["17850", "0.5", "1e20"]);
        assert_eq!(dictionary.push("A1", "a1"), 3);
        assert_eq!((dictionary.text(1), dictionary.folded(3)), (Some("0.5"), Some("a1")));
    }
}
