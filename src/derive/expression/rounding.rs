//! Doubles to the 15 significant digits that Excel keeps.

/// Powers of ten that a double holds exactly.
pub(super) const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
];
/// 10⁻⁷ to 10⁻¹: where decades below one begin.
const DECADES_BELOW_ONE: [f64; 7] = [1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1];

/// The double nearest to `value` written with 15 significant digits; NaN and infinities as they are.
pub fn round_digits(value: f64) -> f64 {
    let size = value.abs();
    if size < 1e15 && value == (value as i64) as f64 {
        return value;
    }
    if !(1e-7..1e15).contains(&size) {
        return round_by_text(value);
    }
    let shift = (14 - decade(size)) as usize;
    let Some(power) = POWERS.get(shift) else { return round_by_text(value) };
    // below 10¹⁵ the product is off by less than 1/16: near a half the digits themselves must decide
    let scaled = size * power;
    let below = (scaled as i64) as f64;
    let rest = scaled - below;
    if (rest - 0.5).abs() < 0.07 {
        return round_by_text(value);
    }
    let digits = if rest > 0.5 { below + 1.0 } else { below };
    // both are exact, so the quotient is the double nearest to the decimal
    (digits / power).copysign(value)
}

/// `e` with 10ᵉ ≤ size < 10ᵉ⁺¹, for 1e-7 ≤ size < 1e15.
fn decade(size: f64) -> i32 {
    if size < 1.0 {
        return DECADES_BELOW_ONE.iter().rposition(|from| *from <= size).unwrap_or(0) as i32 - 7;
    }
    let binary = ((size.to_bits() >> 52) as i32) - 1023;
    // 1233/4096 is log₁₀ 2 from below: the guess is right or one too small
    let guess = (binary * 1233) >> 12;
    if POWERS.get(guess as usize + 1).is_some_and(|next| *next <= size) { guess + 1 } else { guess }
}

fn round_by_text(value: f64) -> f64 {
    if !value.is_finite() {
        return value;
    }
    format!("{value:.14e}").parse().unwrap_or(value)
}

/// Which of two numbers is the greater once both are rounded to 15 digits; neither may be NaN.
pub fn compare_digits(a: f64, b: f64) -> std::cmp::Ordering {
    // rounding keeps the order, and joins only numbers nearer to each other than 10⁻¹⁴ of their size
    if a == b || (a - b).abs() > 1.1e-14 * a.abs().max(b.abs()) {
        return a.partial_cmp(&b).unwrap_or(std::cmp::Ordering::Equal);
    }
    round_digits(a).partial_cmp(&round_digits(b)).unwrap_or(std::cmp::Ordering::Equal)
}

/// A number as the text by which keys compare: as columns of identities hold it.
pub(super) fn key_text(value: f64) -> String {
    let value = if value.trunc() == value { value + 0.0 } else { round_digits(value) };
    let plain = value == 0.0 || (1e-7..1e17).contains(&value.abs());
    if plain { value.to_string() } else { format!("{value:e}") }
}

/// A number as text, as `&` shows it: 15 digits, no thousands marks, no trailing zeros.
pub fn number_text(value: f64) -> String {
    let rounded = round_digits(value);
    if rounded == 0.0 {
        return "0".to_owned();
    }
    if (1e-9..1e21).contains(&rounded.abs()) {
        return rounded.to_string();
    }
    let text = format!("{rounded:E}");
    if text.contains("E-") { text } else { text.replace('E', "E+") }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn noise_beyond_fifteen_digits_goes() {
        assert_eq!(round_digits(0.1 + 0.2), 0.3);
        assert_eq!(round_digits(4.35 * 100.0), 435.0);
        assert_eq!(round_digits(1.1 * 1.1), 1.21);
        assert_eq!(round_digits(-2.675), -2.675);
        assert_eq!(round_digits(1e300), 1e300);
        assert_eq!(round_digits(123_456_789_012_345_680.0), 123_456_789_012_346_000.0);
        assert_eq!(round_digits(0.0), 0.0);
        assert!(round_digits(f64::NAN).is_nan());
        assert_eq!(round_digits(f64::INFINITY), f64::INFINITY);
    }

    #[test]
    fn comparison_is_of_rounded_numbers() {
        assert_eq!(compare_digits(0.1 + 0.2, 0.3), Ordering::Equal);
        assert_eq!(compare_digits(100_000.0 * 1.1, 110_000.0), Ordering::Equal);
        assert_eq!(compare_digits(1.0, 1.000_000_000_000_1), Ordering::Less);
        assert_eq!(compare_digits(-1.0, -2.0), Ordering::Greater);
    }

    #[test]
    fn keys_keep_every_digit_of_whole_numbers() {
        assert_eq!(key_text(1_234_567_890_123_456.0), "1234567890123456");
        assert_eq!(key_text(-0.0), "0");
        assert_eq!(key_text(0.1 + 0.2), "0.3");
        assert_eq!(key_text(1e20), "1e20");
    }

    #[test]
    fn numbers_as_text() {
        assert_eq!(number_text(17850.0), "17850");
        assert_eq!(number_text(-0.0), "0");
        assert_eq!(number_text(0.1 + 0.2), "0.3");
        assert_eq!(number_text(1e20), "100000000000000000000");
        assert_eq!(number_text(1e21), "1E+21");
        assert_eq!(number_text(1.5e-10), "1.5E-10");
    }

    proptest! {
        #[test]
        fn the_fast_way_agrees_with_the_digits(mantissa in -1e16f64..1e16, scale in -24i32..4) {
            let value = mantissa * 10f64.powi(scale);
            prop_assert_eq!(round_digits(value), round_by_text(value));
        }

        #[test]
        fn halves_are_decided_by_the_digits(digits in 100_000_000_000_000u64..999_999_999_999_999, shift in 0usize..15) {
            let value = (digits as f64 + 0.5) / POWERS[shift];
            prop_assert_eq!(round_digits(value), round_by_text(value));
        }

        #[test]
        fn rounding_twice_changes_nothing(value in any::<f64>()) {
            prop_assume!(value.is_finite());
            prop_assert_eq!(round_digits(round_digits(value)), round_digits(value));
        }

        #[test]
        fn comparison_agrees_with_rounding(a in -1e3f64..1e3, ulps in -200i64..200) {
            let b = f64::from_bits((a.to_bits() as i64 + ulps) as u64);
            prop_assert_eq!(compare_digits(a, b), round_digits(a).partial_cmp(&round_digits(b)).unwrap());
        }
    }
}
