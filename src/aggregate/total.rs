//! Sums that lose nothing on the way, with what else is to be known of their values.

/// Some value was negative.
pub(super) const NEGATIVE: u8 = 1;
/// Some value was no whole number.
pub(super) const FRACTION: u8 = 2;

/// A compensated sum (Knuth's two-sum, its errors added up beside it) with the number and signs of its values.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Total {
    sum: f64,
    low: f64,
    pub(super) values: u32,
    pub(super) flags: u8,
}

impl Total {
    /// Adds a value; its flags are OR-ed by the caller's choice of time.
    pub(super) fn add(&mut self, value: f64) {
        let whole = self.sum + value;
        let part = whole - self.sum;
        self.low += (self.sum - (whole - part)) + (value - part);
        self.sum = whole;
    }

    /// Adds the total of later rows.
    pub(super) fn merge(&mut self, later: &Self) {
        self.add(later.sum);
        self.low += later.low;
        self.values += later.values;
        self.flags |= later.flags;
    }

    /// The sum; infinite or NaN where it is beyond doubles.
    pub(super) fn value(&self) -> f64 {
        self.sum + self.low
    }

    /// Adds values without a missing one among them. Four sums run side by side: each waits for itself alone.
    pub(super) fn add_all(&mut self, values: &[f64]) {
        let mut lanes = [Self::default(); 4];
        let (fours, rest) = values.as_chunks::<4>();
        for four in fours {
            for (lane, value) in lanes.iter_mut().zip(four) {
                lane.add(*value);
            }
        }
        for (lane, value) in lanes.iter_mut().zip(rest) {
            lane.add(*value);
        }
        for lane in &lanes {
            self.merge(lane);
        }
        self.values += values.len() as u32;
    }
}

/// Least and greatest value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Extremes {
    pub(super) least: f64,
    pub(super) greatest: f64,
    pub(super) values: u32,
    pub(super) flags: u8,
}

impl Default for Extremes {
    fn default() -> Self {
        Self { least: f64::INFINITY, greatest: f64::NEG_INFINITY, values: 0, flags: 0 }
    }
}

impl Extremes {
    pub(super) fn add(&mut self, value: f64) {
        self.least = self.least.min(value);
        self.greatest = self.greatest.max(value);
        self.values += 1;
    }

    /// Adds those of later rows.
    pub(super) fn merge(&mut self, later: &Self) {
        self.least = self.least.min(later.least);
        self.greatest = self.greatest.max(later.greatest);
        self.values += later.values;
        self.flags |= later.flags;
    }
}

/// Added to a number below 2⁵¹, this leaves no room for a fraction.
const NO_FRACTIONS: f64 = 6_755_399_441_055_744.0;
/// 2⁵¹
const LARGE: f64 = 2_251_799_813_685_248.0;

/// What is to be known of several values, none of them missing.
pub(super) fn flags_of_all(values: &[f64]) -> u8 {
    let (mut negative, mut fraction, mut large) = (false, false, false);
    // without a branch: several values are tested at a time
    for value in values {
        negative |= *value < 0.0;
        fraction |= (value + NO_FRACTIONS) - NO_FRACTIONS != *value;
        large |= value.abs() >= LARGE;
    }
    if large {
        return values.iter().fold(0, |flags, value| flags | flags_of(*value));
    }
    (u8::from(negative) * NEGATIVE) | (u8::from(fraction) * FRACTION)
}

/// What is to be known of a value beside its size.
pub(super) fn flags_of(value: f64) -> u8 {
    let whole = if value.abs() < LARGE {
        (value + NO_FRACTIONS) - NO_FRACTIONS == value
    } else {
        value.trunc() == value
    };
    (u8::from(value < 0.0) * NEGATIVE) | (u8::from(!whole) * FRACTION)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost() {
        let mut total = Total::default();
        [1.0, 1e100, 1.0, -1e100].iter().for_each(|value| total.add(*value));
        assert_eq!(total.value(), 2.0);
        let mut lanes = Total::default();
        lanes.add_all(&[0.1; 10]);
        assert_eq!((lanes.value(), lanes.values), (1.0, 10));
    }

    #[test]
    fn totals_pool() {
        let (mut all, mut head, mut tail) = (Total::default(), Total::default(), Total::default());
        let values: Vec<f64> = (0..1000).map(|n| f64::from(n) * 0.01 - 3.0).collect();
        values.iter().for_each(|value| all.add(*value));
        head.add_all(&values[..313]);
        tail.add_all(&values[313..]);
        head.merge(&tail);
        assert_eq!(head.value(), all.value());
        assert_eq!(all.value(), 1995.0);
    }

    #[test]
    fn flags() {
        let of = |value| flags_of(value);
        assert_eq!(
            [of(3.0), of(0.0), of(-2.0), of(0.5), of(-0.5)],
            [0, 0, NEGATIVE, FRACTION, NEGATIVE | FRACTION]
        );
        assert_eq!(flags_of_all(&[1.0, 2.0]), 0);
        assert_eq!(flags_of_all(&[1.0, 0.5, -1.0]), NEGATIVE | FRACTION);
        assert_eq!(flags_of_all(&[1e300, 2_251_799_813_685_249.0]), 0);
        assert_eq!([of(2_251_799_813_685_249.0), of(2_251_799_813_685_249.5), of(1e300)], [0, FRACTION, 0]);
    }
}
