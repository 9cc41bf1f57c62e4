//! Excel's functions of numbers, one value at a time.

use super::fault::Fault;
use super::rounding::{POWERS, round_digits};

/// How a number is brought to some digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rounding {
    /// `ROUND`: halves away from zero.
    Nearest,
    /// `ROUNDUP`: away from zero.
    Up,
    /// `ROUNDDOWN`, `TRUNC`: towards zero.
    Down,
}

/// `ROUND(x, digits)` and its kin. What counts are the decimal digits shown, not the double behind them:
/// `ROUND(2.675, 2)` is 2.68.
pub(super) fn round(value: f64, digits: f64, rounding: Rounding) -> f64 {
    let digits = digits.trunc();
    if digits.abs() > 300.0 {
        return if digits > 0.0 || value == 0.0 { value } else { 0.0 };
    }
    let power = power_of_ten(digits.abs() as i32);
    let scaled = if digits < 0.0 { value / power } else { value * power };
    if !scaled.is_finite() {
        return value;
    }
    let shown = round_digits(scaled).abs();
    // beyond 2⁵² there are no fractions
    if shown >= 4_503_599_627_370_496.0 {
        return value;
    }
    // of a number this small and not negative the cast is the floor
    let below = (shown as i64) as f64;
    let up = match rounding {
        Rounding::Nearest => shown - below >= 0.5,
        Rounding::Up => shown > below,
        Rounding::Down => false,
    };
    let whole = if up { below + 1.0 } else { below };
    let result = if digits < 0.0 { whole * power } else { whole / power };
    if result == 0.0 { 0.0 } else { result.copysign(value) }
}

fn power_of_ten(exponent: i32) -> f64 {
    if let Some(power) = POWERS.get(exponent as usize) {
        return *power;
    }
    format!("1e{exponent}").parse().unwrap_or(f64::INFINITY)
}

/// `INT`: down to the whole number below, of the 15 digits shown.
pub(super) fn int(value: f64) -> f64 {
    round_digits(value).floor()
}

/// `MOD`: the rest with the sign of the divisor.
pub(super) fn modulo(value: f64, divisor: f64) -> Result<f64, Fault> {
    if divisor == 0.0 {
        return Err(Fault::DivisionByZero);
    }
    finite(round_digits(value - divisor * int(value / divisor)))
}

/// `CEILING`: away from zero to the next multiple (towards zero for a negative number and a positive multiple).
pub(super) fn ceiling(value: f64, multiple: f64) -> Result<f64, Fault> {
    to_multiple(value, multiple, f64::ceil)
}

/// `FLOOR`: towards zero to the next multiple (away from zero for a negative number and a positive multiple).
pub(super) fn floor(value: f64, multiple: f64) -> Result<f64, Fault> {
    if multiple == 0.0 && value != 0.0 {
        return Err(Fault::DivisionByZero);
    }
    to_multiple(value, multiple, f64::floor)
}

fn to_multiple(value: f64, multiple: f64, cut: fn(f64) -> f64) -> Result<f64, Fault> {
    if multiple == 0.0 || value == 0.0 {
        return Ok(0.0);
    }
    if value > 0.0 && multiple < 0.0 {
        return Err(Fault::OutOfRange);
    }
    finite(round_digits(cut(round_digits(value / multiple)) * multiple))
}

/// `SQRT`.
pub(super) fn square_root(value: f64) -> Result<f64, Fault> {
    if value < 0.0 { Err(Fault::NoNumber) } else { Ok(value.sqrt()) }
}

/// `^` and `POWER`; `0 ^ 0` is no number, as in Excel.
pub(super) fn power(base: f64, exponent: f64) -> Result<f64, Fault> {
    match (base == 0.0, exponent) {
        (true, 0.0) => Err(Fault::NoNumber),
        (true, e) if e < 0.0 => Err(Fault::DivisionByZero),
        _ => finite(libm::pow(base, exponent)),
    }
}

/// `SIGN`.
pub(super) fn sign(value: f64) -> f64 {
    if value == 0.0 { 0.0 } else { 1f64.copysign(value) }
}

pub(super) fn finite(value: f64) -> Result<f64, Fault> {
    if value.is_finite() { Ok(value) } else { Err(Fault::NoNumber) }
}

/// `VALUE`: a text as a number, with thousands commas, a percent sign, a currency sign, brackets for negatives.
pub(super) fn value(text: &str) -> Result<f64, Fault> {
    let mut rest = text.trim();
    let mut negative = false;
    if let Some(inner) = rest.strip_prefix('(').and_then(|r| r.strip_suffix(')')) {
        (rest, negative) = (inner.trim(), true);
    }
    let percent = rest.strip_suffix('%').map(str::trim_end);
    rest = percent.unwrap_or(rest);
    let is_money = |c: char| matches!(c, '$' | '€' | '£' | '¥');
    rest = rest.trim_matches(is_money).trim();
    if let Some(inner) = rest.strip_prefix(['-', '−']) {
        negative = !negative;
        rest = inner.trim_start_matches(is_money).trim_start();
    }
    let digits = without_groups(rest).ok_or(Fault::Unreadable)?;
    let number: f64 = digits.parse().map_err(|_| Fault::Unreadable)?;
    let number = if percent.is_some() { number / 100.0 } else { number };
    finite(if negative { -number } else { number })
}

/// The digits of a number without the marks between its thousands; `None` where they do not group threes.
fn without_groups(text: &str) -> Option<String> {
    let (whole, rest) = text.split_at(text.find(['.', 'e', 'E']).unwrap_or(text.len()));
    let plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let is_mark = |c: char| matches!(c, ',' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}');
    let mut groups = whole.trim_start_matches('+').split(is_mark);
    let first = groups.next()?;
    let mut digits = first.to_owned();
    let mut grouped = false;
    for group in groups {
        if group.len() != 3 || !plain(group) {
            return None;
        }
        grouped = true;
        digits.push_str(group);
    }
    let good = plain(first) && (!grouped || (1..=3).contains(&first.len()));
    let starts = !digits.is_empty() || rest.starts_with('.') && rest.len() > 1;
    (good && starts).then(|| digits + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    // expected values: the examples of Excel's documentation, and its rules by hand

    #[test]
    fn rounds_what_is_shown() {
        assert_eq!(round(2.15, 1.0, Rounding::Nearest), 2.2);
        assert_eq!(round(2.149, 1.0, Rounding::Nearest), 2.1);
        assert_eq!(round(-1.475, 2.0, Rounding::Nearest), -1.48);
        assert_eq!(round(2.675, 2.0, Rounding::Nearest), 2.68);
        assert_eq!(round(1.005, 2.0, Rounding::Nearest), 1.01);
        assert_eq!(round(21.5, -1.0, Rounding::Nearest), 20.0);
        assert_eq!(round(626.3, -3.0, Rounding::Nearest), 1000.0);
        assert_eq!(round(1.98, -1.0, Rounding::Nearest), 0.0);
        assert_eq!(round(-50.55, -2.0, Rounding::Nearest), -100.0);
        assert_eq!(round(5e22, 2.0, Rounding::Nearest), 5e22);
        assert_eq!(round(1.5, 1e9, Rounding::Nearest), 1.5);
        assert_eq!(round(1.5, -1e9, Rounding::Nearest), 0.0);
    }

    #[test]
    #[allow(clippy::approx_constant, reason = "the digits of Excel's documentation")]
    fn rounds_up_and_down() {
        assert_eq!(round(3.2, 0.0, Rounding::Up), 4.0);
        assert_eq!(round(76.9, 0.0, Rounding::Up), 77.0);
        assert_eq!(round(3.14159, 3.0, Rounding::Up), 3.142);
        assert_eq!(round(-3.14159, 1.0, Rounding::Up), -3.2);
        assert_eq!(round(31415.92654, -2.0, Rounding::Up), 31500.0);
        assert_eq!(round(3.0, 0.0, Rounding::Up), 3.0);
        assert_eq!(round(76.9, 0.0, Rounding::Down), 76.0);
        assert_eq!(round(-3.14159, 1.0, Rounding::Down), -3.1);
        assert_eq!(round(31415.92654, -2.0, Rounding::Down), 31400.0);
        assert_eq!(round(1.1 * 3.0, 1.0, Rounding::Down), 3.3);
    }

    #[test]
    fn rests_have_the_sign_of_the_divisor() {
        assert_eq!(modulo(3.0, 2.0), Ok(1.0));
        assert_eq!(modulo(-3.0, 2.0), Ok(1.0));
        assert_eq!(modulo(3.0, -2.0), Ok(-1.0));
        assert_eq!(modulo(-3.0, -2.0), Ok(-1.0));
        assert_eq!(modulo(1.0, 0.1), Ok(0.0));
        assert_eq!(modulo(1.0, 0.0), Err(Fault::DivisionByZero));
    }

    #[test]
    fn whole_numbers_and_multiples() {
        assert_eq!(int(8.9), 8.0);
        assert_eq!(int(-8.9), -9.0);
        assert_eq!(int(4.35 * 100.0), 435.0);
        assert_eq!(ceiling(2.5, 1.0), Ok(3.0));
        assert_eq!(ceiling(-2.5, -2.0), Ok(-4.0));
        assert_eq!(ceiling(-2.5, 2.0), Ok(-2.0));
        assert_eq!(ceiling(0.234, 0.01), Ok(0.24));
        assert_eq!(ceiling(2.5, -1.0), Err(Fault::OutOfRange));
        assert_eq!(floor(3.7, 2.0), Ok(2.0));
        assert_eq!(floor(-2.5, -2.0), Ok(-2.0));
        assert_eq!(floor(1.58, 0.1), Ok(1.5));
        assert_eq!(floor(2.5, 0.0), Err(Fault::DivisionByZero));
        assert_eq!((sign(10.0), sign(0.0), sign(-0.5)), (1.0, 0.0, -1.0));
    }

    #[test]
    fn powers_and_roots() {
        assert_eq!(power(5.0, 2.0), Ok(25.0));
        assert_eq!(power(4.0, 0.5), Ok(2.0));
        assert_eq!(power(0.0, 0.0), Err(Fault::NoNumber));
        assert_eq!(power(0.0, -1.0), Err(Fault::DivisionByZero));
        assert_eq!(power(-8.0, 0.5), Err(Fault::NoNumber));
        assert_eq!(power(10.0, 400.0), Err(Fault::NoNumber));
        assert_eq!(square_root(16.0), Ok(4.0));
        assert_eq!(square_root(-16.0), Err(Fault::NoNumber));
    }

    #[test]
    fn texts_as_numbers() {
        for (text, expected) in [
            ("$1,000", 1000.0),
            (" 1 234.5 ", 1234.5),
            ("12%", 0.12),
            ("(5)", -5.0),
            ("-$3.50", -3.5),
            ("1e3", 1000.0),
            (".5", 0.5),
            ("7 €", 7.0),
        ] {
            assert_eq!(value(text), Ok(expected), "{text}");
        }
        for text in ["", "n/a", "1,23", "1.2.3", "-", "inf", "nan", "12,3456", "1e", "0x10", "."] {
            assert_eq!(value(text), Err(Fault::Unreadable), "{text}");
        }
    }
}
