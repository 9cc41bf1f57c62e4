//! Digits of a cell → a double, correctly rounded; ISO dates → days.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};

/// Powers of ten that a double holds exactly.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
];

/// `digits` with the last `decimals` of them behind the point; `None` where that cannot be done exactly in one step: a
/// mantissa below 2^53 divided by a power of ten up to 10^22 is rounded once, and so correctly.
#[inline]
pub(super) fn exact(digits: u64, decimals: usize) -> Option<f64> {
    if digits >= 1 << 53 {
        return None;
    }
    if decimals == 0 {
        return Some(digits as f64);
    }
    Some(digits as f64 / POWERS.get(decimals)?)
}

/// A number as XML writes it; `None` for anything else, and for what no double holds.
pub(super) fn parse(raw: &[u8]) -> Option<f64> {
    let raw = raw.trim_ascii();
    let (negative, unsigned) = match raw {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, raw),
    };
    if !unsigned.first().is_some_and(|b| b.is_ascii_digit() || *b == b'.') {
        return None;
    }
    if unsigned.len() <= 19 {
        let (mut digits, mut decimals, mut point) = (0u64, 0, false);
        let plain = unsigned.iter().all(|byte| match byte {
            b'0'..=b'9' => {
                digits = digits * 10 + u64::from(byte - b'0');
                decimals += usize::from(point);
                true
            }
            b'.' if !point => {
                point = true;
                true
            }
            _ => false,
        });
        if plain
            && unsigned.len() > usize::from(point)
            && let Some(value) = exact(digits, decimals)
        {
            return Some(if negative { -value } else { value });
        }
    }
    let value: f64 = std::str::from_utf8(unsigned).ok()?.parse().ok()?;
    value.is_finite().then_some(if negative { -value } else { value })
}

/// A whole number such as an index.
pub(super) fn parse_index(raw: &[u8]) -> Option<u32> {
    let raw = raw.trim_ascii();
    if raw.is_empty() || raw.len() > 10 {
        return None;
    }
    let value = raw.iter().try_fold(0u64, |value, byte| match byte {
        b'0'..=b'9' => Some(value * 10 + u64::from(byte - b'0')),
        _ => None,
    })?;
    u32::try_from(value).ok()
}

/// An ISO 8601 date, time or both (`2024-02-29`, `2024-02-29T12:00:00`, with fractions and `Z`), as days since
/// 1970-01-01 with the time as fraction. A time alone counts from 1899-12-30, the zero of the serial numbers.
pub(super) fn parse_iso_date(text: &str) -> Option<f64> {
    let text = text.trim();
    let text = text.strip_suffix('Z').unwrap_or(text);
    let epoch = NaiveDate::from_ymd_opt(1970, 1, 1)?;
    let zero = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    let moment = if let Ok(date) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        date.and_time(NaiveTime::MIN)
    } else if let Ok(moment) = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f") {
        moment
    } else if let Ok(moment) = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M") {
        moment
    } else {
        zero.and_time(NaiveTime::parse_from_str(text.strip_prefix('T').unwrap_or(text), "%H:%M:%S%.f").ok()?)
    };
    let days = (moment.date() - epoch).num_days() as f64;
    let time = moment.time();
    let seconds = f64::from(time.num_seconds_from_midnight()) + f64::from(time.nanosecond()) / 1e9;
    Some(days + seconds / 86_400.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_round_as_the_standard_library() {
        for text in [
            "0",
            "1",
            "-1",
            "119.82",
            "40513.35138888889",
            "0.1",
            ".5",
            "5.",
            "1e5",
            "1.5E-3",
            "-2.50E+02",
            "0.30000000000000004",
            "9007199254740993",
            "12345678901234567890",
            "1.7976931348623157e308",
            "4.9e-324",
            "0.000000000000000000000001",
            "99999999999999999999999999999999",
        ] {
            assert_eq!(parse(text.as_bytes()), Some(text.parse().unwrap()), "{text}");
        }
        assert_eq!(parse(b" +12 "), Some(12.0));
        assert!(parse(b"-0").is_some_and(f64::is_sign_negative));
    }

    #[test]
    fn what_is_no_number() {
        for text in ["", " ", ".", "-", "NaN", "inf", "1e999", "1.2.3", "12a", "0x10", "--1", "1 2", "1e"] {
            assert_eq!(parse(text.as_bytes()), None, "{text}");
        }
        for text in ["", "-1", "1.0", "4294967296", "99999999999"] {
            assert_eq!(parse_index(text.as_bytes()), None, "{text}");
        }
        assert_eq!(parse_index(b"4294967295"), Some(u32::MAX));
    }

    #[test]
    fn iso_dates() {
        assert_eq!(parse_iso_date("1970-01-02"), Some(1.0));
        assert_eq!(parse_iso_date("2000-03-01T12:00:00Z"), Some(11_017.5));
        assert_eq!(parse_iso_date("1970-01-01T06:00:00.000"), Some(0.25));
        assert_eq!(parse_iso_date("18:00:00"), Some(-25_569.0 + 0.75));
        assert_eq!(parse_iso_date("2024-02-30"), None);
    }
}
