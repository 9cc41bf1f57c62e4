//! Intervals and probabilities: Wilson's for proportions, the normal distribution for forecasts.

use rust_decimal::Decimal;

use crate::quantity::{decimal_from_f64, f64_from_decimal};

/// The 97.5th percentile of the standard normal distribution.
const Z95: f64 = 1.959_963_984_540_054;

/// Wilson's 95 % interval of a proportion of `n`; none where it is no proportion.
pub(super) fn wilson(successes: Decimal, n: Decimal) -> Option<(Decimal, Decimal)> {
    if n <= Decimal::ZERO || successes < Decimal::ZERO || successes > n {
        return None;
    }
    let (successes, n) = (f64_from_decimal(successes), f64_from_decimal(n));
    let p = successes / n;
    let z2 = Z95 * Z95;
    let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z95 * libm::sqrt(p * (1.0 - p) / n + z2 / (4.0 * n * n)) / (1.0 + z2 / n);
    // at the ends the formula gives exactly 0 and 1, doubles nearly so
    let low = if successes <= 0.0 { 0.0 } else { centre - half };
    let high = if successes >= n { 1.0 } else { centre + half };
    Some((decimal_from_f64(low)?, decimal_from_f64(high)?))
}

/// The probability that a normal variable lies below `z` standard deviations.
pub(super) fn normal_below(z: f64) -> f64 {
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Wilson 1927 as tabulated: 10 of 100 gives 0.0552 to 0.1744 (R's prop.test(10, 100, correct = FALSE))
    #[test]
    fn wilson_agrees_with_published_intervals() {
        let near = |value: Decimal, expected: f64| (f64_from_decimal(value) - expected).abs() < 5e-5;
        let (low, high) = wilson(Decimal::from(10), Decimal::from(100)).unwrap();
        assert!(near(low, 0.05523) && near(high, 0.17437), "{low} {high}");
        let (low, high) = wilson(Decimal::ZERO, Decimal::from(10)).unwrap();
        assert!(near(low, 0.0) && near(high, 0.27753), "{low} {high}");
        assert_eq!(wilson(Decimal::from(11), Decimal::from(10)), None);
        assert_eq!(wilson(Decimal::ZERO, Decimal::ZERO), None);
    }

    #[test]
    fn the_normal_distribution_is_symmetric() {
        assert!((normal_below(0.0) - 0.5).abs() < 1e-12);
        assert!((normal_below(1.281_551_565_544_6) - 0.9).abs() < 1e-9);
        assert!((normal_below(-1.281_551_565_544_6) - 0.1).abs() < 1e-9);
    }
}
