//! Texts that stand in the cells themselves: each distinct one is kept once and has a code.

use std::hash::{BuildHasher, RandomState};

/// Distinct texts with codes from a first one on, which is the number of the workbook's shared texts.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    first: u32,
    /// All texts, one behind the other.
    arena: String,
    /// Where each text ends.
    ends: Vec<usize>,
    /// Hash of each text, so that the table can grow without looking at them.
    hashes: Vec<u64>,
    /// Open addressing: upper half of the hash and place in `ends` plus one, 0 is free. As long as a power of two.
    slots: Vec<u64>,
    /// Makes the hashes unpredictable, so that no file can be written to make them collide.
    seed: u64,
}

impl Texts {
    /// An empty table whose codes begin at `first`.
    pub fn starting_at(first: u32) -> Self {
        Self { first, seed: RandomState::new().hash_one(first) | 1, ..Self::default() }
    }

    /// The text of a code; `None` for codes of shared texts and codes never given.
    pub fn get(&self, code: u32) -> Option<&str> {
        self.at(code.checked_sub(self.first)? as usize)
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

    fn at(&self, place: usize) -> Option<&str> {
        let to = *self.ends.get(place)?;
        let from = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.arena.get(from..to)
    }

    /// The code of a text, which is kept if it is new; `None` where there is no memory for it.
    pub(super) fn code_of(&mut self, text: &str) -> Option<u32> {
        if self.slots.len() < 2 * (self.ends.len() + 1) {
            self.grow()?;
        }
        let hash = self.hash(text.as_bytes());
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        loop {
            let known = self.slots[slot];
            if known == 0 {
                break;
            }
            if known >> 32 == hash >> 32 {
                let place = (known as u32 - 1) as usize;
                if self.at(place) == Some(text) {
                    return Some(self.first + place as u32);
                }
            }
            slot = (slot + 1) & mask;
        }
        self.arena.try_reserve(text.len()).ok()?;
        self.ends.try_reserve(1).ok()?;
        self.hashes.try_reserve(1).ok()?;
        self.arena.push_str(text);
        self.ends.push(self.arena.len());
        self.hashes.push(hash);
        self.slots[slot] = entry(hash, self.ends.len() - 1);
        Some(self.first + (self.ends.len() as u32 - 1))
    }

    fn grow(&mut self) -> Option<()> {
        let size = (self.slots.len() * 2).max(64);
        self.slots.clear();
        self.slots.try_reserve_exact(size).ok()?;
        self.slots.resize(size, 0);
        for (place, hash) in self.hashes.iter().enumerate() {
            let mut slot = *hash as usize & (size - 1);
            while self.slots[slot] != 0 {
                slot = (slot + 1) & (size - 1);
            }
            self.slots[slot] = entry(*hash, place);
        }
        Some(())
    }

    /// Folds eight bytes at a time by multiplication.
    fn hash(&self, bytes: &[u8]) -> u64 {
        const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
        let fold = |state: u64, word: u64| {
            let product = u128::from(state ^ word) * u128::from(ODD ^ self.seed);
            product as u64 ^ (product >> 64) as u64
        };
        let (words, rest) = bytes.as_chunks::<8>();
        let state = words.iter().fold(self.seed, |state, word| fold(state, u64::from_le_bytes(*word)));
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        fold(fold(state, u64::from_le_bytes(last)), bytes.len() as u64)
    }
}

fn entry(hash: u64, place: usize) -> u64 {
    (hash >> 32) << 32 | (place as u64 + 1)
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
