//! Eight bytes at a time: comparing with bytes known before, and finding the next tag.

/// Eight bytes at `at`, zeros where there are fewer.
#[inline]
pub(super) fn word(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => 0,
    }
}

/// Keeps the first `count` bytes of a word.
fn mask(count: usize) -> u64 {
    if count >= 8 { u64::MAX } else { (1 << (8 * count)) - 1 }
}

/// Where the next `<` stands, or the end.
#[inline]
pub(super) fn find_tag(bytes: &[u8], mut at: usize) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const TAGS: u64 = 0x3c3c_3c3c_3c3c_3c3c;
    // values are short: a call pays only for long ones
    for _ in 0..3 {
        let other = word(bytes, at) ^ TAGS;
        let found = other.wrapping_sub(ONES) & !other & (ONES << 7);
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    memchr::memchr(b'<', rest).map_or(bytes.len(), |end| at + end)
}

/// Up to `8 * N` bytes to compare with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words<const N: usize> {
    wanted: [u64; N],
    masks: [u64; N],
    /// How many bytes they are.
    pub length: usize,
}

impl<const N: usize> Default for Words<N> {
    fn default() -> Self {
        Self { wanted: [0; N], masks: [0; N], length: 0 }
    }
}

impl<const N: usize> Words<N> {
    /// `None` where the bytes are too many.
    #[inline]
    pub(super) fn learn(bytes: &[u8]) -> Option<Self> {
        if bytes.len() > 8 * N {
            return None;
        }
        let mut learnt = Self { length: bytes.len(), ..Self::default() };
        for (at, chunk) in bytes.chunks(8).enumerate() {
            let mut padded = [0; 8];
            padded[..chunk.len()].copy_from_slice(chunk);
            learnt.wanted[at] = u64::from_le_bytes(padded);
            learnt.masks[at] = mask(chunk.len());
        }
        Some(learnt)
    }

    /// Zero where the bytes at `at` are these, of which only the first `M` words are looked at.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    pub(super) fn differ<const M: usize>(&self, bytes: &[u8], at: usize) -> u64 {
        let mut differ = 0;
        for i in 0..M.min(N) {
            differ |= (word(bytes, at + 8 * i) ^ self.wanted[i]) & self.masks[i];
        }
        differ
    }
}

impl Words<1> {
    /// The bytes that stand at `at`; `None` where they are more than eight.
    #[inline]
    pub(super) fn word_at(bytes: &[u8], at: usize, length: usize) -> Option<Self> {
        let mask = if length <= 8 { mask(length) } else { return None };
        Some(Self { wanted: [word(bytes, at) & mask], masks: [mask], length })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_at_every_distance() {
        for distance in 0..80 {
            let bytes = [vec![b'x'; distance], b"<y<".to_vec(), vec![0; 16]].concat();
            assert_eq!(find_tag(&bytes, 0), distance);
        }
        assert_eq!(find_tag(b"xyz", 1), 3);
    }

    #[test]
    fn bytes_that_differ_anywhere() {
        let words = Words::<3>::learn(b" s=\"3\" t=\"n\"><v>").unwrap();
        let bytes = b" s=\"3\" t=\"n\"><v>1234567890".to_vec();
        assert_eq!(words.differ::<3>(&bytes, 0), 0);
        for at in 0..words.length {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert_ne!(words.differ::<3>(&changed, 0), 0, "{at}");
        }
        assert!(Words::<1>::learn(b"123456789").is_none());
    }
}
