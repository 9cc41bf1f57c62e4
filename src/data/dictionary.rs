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
    places: Vec<Place>,
}

/// Where a text stands, and its folded form behind it.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    start: usize,
    text: u32,
    /// 0 where the folded form is the text.
    folded: u32,
}

impl Arena {
    fn write(&mut self, text: &str, folded: &str) -> Place {
        let start = self.bytes.len();
        self.bytes.push_str(text);
        if folded == text {
            return Place { start, text: text.len() as u32, folded: 0 };
        }
        self.bytes.push_str(folded);
        Place { start, text: text.len() as u32, folded: folded.len() as u32 }
    }

    fn push(&mut self, text: &str, folded: &str) {
        let place = self.write(text, folded);
        self.places.push(place);
    }

    /// A text and its folded form.
    #[inline]
    fn get(&self, code: usize) -> Option<(&str, &str)> {
        let place = self.places.get(code)?;
        let middle = place.start + place.text as usize;
        let text = self.bytes.get(place.start..middle)?;
        let folded =
            if place.folded == 0 { text } else { self.bytes.get(middle..middle + place.folded as usize)? };
        Some((text, folded))
    }
}

impl Dictionary {
    /// Numbers, all different, as their shortest digits.
    pub(crate) fn of_numbers(numbers: Vec<f64>) -> Self {
        Self { held: Held::Numbers { numbers, written: OnceLock::new() } }
    }

    /// So many codes, each to be [`Self::set`].
    pub(crate) fn with_room(codes: usize) -> Self {
        Self { held: Held::Texts(Arena { bytes: String::new(), places: vec![Place::default(); codes] }) }
    }

    /// The text of a code there is room for, with its folded form.
    pub(crate) fn set(&mut self, code: u32, text: &str, folded: &str) {
        if let Held::Texts(arena) = &mut self.held {
            let place = arena.write(text, folded);
            if let Some(slot) = arena.places.get_mut(code as usize) {
                *slot = place;
            }
        }
    }

    /// How many codes; some may be of texts that no row of the column has.
    pub fn len(&self) -> usize {
        match &self.held {
            Held::Texts(arena) => arena.places.len(),
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
        (0..arena.places.len()).map(|code| arena.get(code).unwrap_or_default())
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
        (arena.places.len() - 1) as u32
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
