//! A hash table of places: the things themselves stand in a list of its owner, in the order they were added.

use std::hash::{BuildHasher, RandomState};

/// Where things of a hash stand.
#[derive(Debug, Clone)]
pub(crate) struct Places {
    /// Hash of each thing, so that the table can grow without looking at them.
    hashes: Vec<u64>,
    /// Open addressing: place plus one, 0 is free. As long as a power of two, and small: it is looked at in no order.
    slots: Vec<u32>,
    /// Makes the hashes unpredictable, so that no file can be written to make them collide.
    seed: u64,
}

impl Default for Places {
    fn default() -> Self {
        Self { hashes: Vec::new(), slots: Vec::new(), seed: RandomState::new().hash_one(0) | 1 }
    }
}

impl Places {
    /// A table for so many places, to be filled by [`Self::put`].
    pub(crate) fn with_room(places: usize) -> Self {
        let size = (2 * places + 2).next_power_of_two().max(64);
        Self { hashes: vec![0; places], slots: vec![0; size], ..Self::default() }
    }

    /// Adds a place that there is room for.
    pub(crate) fn put(&mut self, hash: u64, place: usize) {
        self.hashes[place] = hash;
        self.enter(hash, place);
    }

    /// The place of a thing of this hash for which `same` holds.
    pub(crate) fn find(&self, hash: u64, same: impl Fn(usize) -> bool) -> Option<usize> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut slot = hash as usize & mask;
        loop {
            let known = self.slots[slot];
            if known == 0 {
                return None;
            }
            let place = known as usize - 1;
            if self.hashes[place] == hash && same(place) {
                return Some(place);
            }
            slot = (slot + 1) & mask;
        }
    }

    /// Makes room for the next place; `None` where there is no memory for it.
    pub(crate) fn reserve(&mut self) -> Option<()> {
        self.hashes.try_reserve(1).ok()?;
        if self.is_full() {
            let mut slots: Vec<u32> = Vec::new();
            slots.try_reserve_exact(self.next_size()).ok()?;
            self.grow_into(slots);
        }
        Some(())
    }

    /// Adds the next place.
    pub(crate) fn add(&mut self, hash: u64) {
        if self.is_full() {
            self.grow_into(Vec::new());
        }
        self.hashes.push(hash);
        self.enter(hash, self.hashes.len() - 1);
    }

    fn is_full(&self) -> bool {
        self.slots.len() < 2 * (self.hashes.len() + 1)
    }

    fn next_size(&self) -> usize {
        (self.slots.len() * 2).max(64)
    }

    fn enter(&mut self, hash: u64, place: usize) {
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        while self.slots[slot] != 0 {
            slot = (slot + 1) & mask;
        }
        self.slots[slot] = place as u32 + 1;
    }

    fn grow_into(&mut self, mut slots: Vec<u32>) {
        slots.resize(self.next_size(), 0);
        self.slots = slots;
        for place in 0..self.hashes.len() {
            self.enter(self.hashes[place], place);
        }
    }

    /// The hash of a text: eight bytes at a time are folded by multiplication.
    pub(crate) fn hash(&self, bytes: &[u8]) -> u64 {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_of_one_hash_are_told_apart() {
        let mut places = Places::default();
        assert_eq!(places.find(7, |_| true), None);
        for _ in 0..1000 {
            places.add(7);
        }
        assert_eq!(places.find(7, |place| place == 500), Some(500));
        assert_eq!(places.find(7, |_| false), None);
        assert_eq!(places.find(7 << 32, |_| true), None);
    }
}
