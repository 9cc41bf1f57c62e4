//! A small pseudo-random generator (SplitMix64): the same seed gives the same data on every system.

/// A stream of pseudo-random numbers.
pub(crate) struct Random(u64);

impl Random {
    /// A stream that starts at `seed`.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A whole number from 0 to `limit` - 1.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }

    /// A whole number between both ends, included.
    pub(crate) fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high - low + 1)
    }

    /// True `share` of the time.
    pub(crate) fn chance(&mut self, share: f64) -> bool {
        (self.below(1_000_000) as f64) < share * 1_000_000.0
    }

    /// A factor around 1, at most `spread` away, the middle more likely than the ends.
    pub(crate) fn around_one(&mut self, spread: f64) -> f64 {
        let steps = self.below(1001) + self.below(1001);
        1.0 + spread * (steps as f64 - 1000.0) / 1000.0
    }

    /// A whole number around `expected`, at most a share of `spread` away; a fraction is the chance of one more.
    pub(crate) fn whole(&mut self, expected: f64, spread: f64) -> u64 {
        let expected = expected * self.around_one(spread);
        let floor = expected.max(0.0).floor();
        floor as u64 + u64::from(self.chance(expected - floor))
    }

    /// One of the choices, by weight.
    pub(crate) fn pick<T: Copy>(&mut self, choices: &[(T, u64)]) -> T {
        let total = choices.iter().map(|(_, weight)| weight).sum();
        let mut place = self.below(total);
        for (choice, weight) in choices {
            if place < *weight {
                return *choice;
            }
            place -= weight;
        }
        choices[choices.len() - 1].0
    }
}
