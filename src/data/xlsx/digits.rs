//! Digits of numbers and indices, eight at a time.

use super::number;
use super::words::{find_tag, word};

const TENS: [u64; 9] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

/// Up to eight digits at `at`: their value, how many they are, and the byte behind them (0 after eight).
#[inline]
fn digits(bytes: &[u8], at: usize) -> (u64, usize, u8) {
    let text = word(bytes, at) ^ 0x3030_3030_3030_3030;
    // the high bit of every byte that is no digit; a carry only reaches bytes behind the first of them
    let others = (text.wrapping_add(0x7676_7676_7676_7676) | text) & 0x8080_8080_8080_8080;
    let count = (others.trailing_zeros() / 8) as usize;
    if count == 0 {
        return (0, 0, text as u8 ^ b'0');
    }
    let behind = if count == 8 { 0 } else { (text >> (8 * count)) as u8 ^ b'0' };
    // zeros in front, then pairs, fours and eights are added up (the first digit stands in the lowest byte)
    let padded = text << (64 - 8 * count);
    let pairs = padded.wrapping_mul(10).wrapping_add(padded >> 8);
    let low = (pairs & 0x0000_00FF_0000_00FF).wrapping_mul(0x000F_4240_0000_0064);
    let high = ((pairs >> 16) & 0x0000_00FF_0000_00FF).wrapping_mul(0x0000_2710_0000_0001);
    (low.wrapping_add(high) >> 32, count, behind)
}

/// The index at `at` and where its digits end; `None` where there is none or it has more than fifteen.
#[inline]
pub(super) fn read_index(bytes: &[u8], at: usize) -> Option<(u32, usize)> {
    let (value, count, _) = digits(bytes, at);
    if count < 8 {
        return (count > 0).then_some((value as u32, at + count));
    }
    let (rest, more, _) = digits(bytes, at + 8);
    let value = value * TENS.get(more)? + rest;
    (more < 8).then_some((u32::try_from(value).ok()?, at + 8 + more))
}

/// The number at `at` and where its text ends; `None` where it is none.
#[inline]
pub(super) fn read_number(bytes: &[u8], at: usize) -> Option<(f64, usize)> {
    let negative = bytes.get(at) == Some(&b'-');
    let from = at + usize::from(negative);
    let sign = |value: f64| if negative { -value } else { value };
    let (whole, count, behind) = digits(bytes, from);
    if behind == b'<' && count > 0 {
        return Some((sign(whole as f64), from + count));
    }
    if count == 8 {
        let (rest, more, behind) = digits(bytes, from + 8);
        if behind == b'<' {
            return Some((sign(number::exact(whole * TENS[more] + rest, 0)?), from + 8 + more));
        }
    } else if behind == b'.' && count > 0 {
        let at = from + count + 1;
        let (part, decimals, behind) = digits(bytes, at);
        let value = whole * TENS[decimals] + part;
        if behind == b'<' {
            return Some((sign(number::exact(value, decimals)?), at + decimals));
        }
        if decimals == 8 {
            let (rest, more, behind) = digits(bytes, at + 8);
            // at most nineteen digits, which fit into the mantissa's word
            if behind == b'<'
                && count + 8 + more <= 19
                && let Some(value) = number::exact(value * TENS[more] + rest, 8 + more)
            {
                return Some((sign(value), at + 8 + more));
            }
        }
    }
    unusual(bytes, at)
}

/// Numbers with many digits, an exponent, or no digit before the point.
#[cold]
fn unusual(bytes: &[u8], at: usize) -> Option<(f64, usize)> {
    let to = find_tag(bytes, at);
    Some((number::parse(bytes.get(at..to)?)?, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_the_standard_library_reads_them() {
        let mut seed = 1u64;
        let mut random = move || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            seed >> 33
        };
        for _ in 0..100_000 {
            let whole = random() % 10u64.pow(1 + random() as u32 % 18);
            let places = random() as usize % 13;
            let sign = if random() % 4 == 0 { "-" } else { "" };
            let text = match places {
                0 => format!("{sign}{whole}"),
                _ => format!("{sign}{whole}.{:0places$}", random() % 10u64.pow(places as u32)),
            };
            let bytes = format!("{text}</v></c>        ");
            assert_eq!(read_number(bytes.as_bytes(), 0), Some((text.parse().unwrap(), text.len())), "{text}");
        }
    }

    #[test]
    fn indices_and_what_is_none() {
        for text in ["0", "7", "1234567", "12345678", "123456789", "4294967295"] {
            let bytes = format!("{text}</v></c>        ");
            assert_eq!(read_index(bytes.as_bytes(), 0), Some((text.parse().unwrap(), text.len())));
        }
        for text in ["", "x", "-1", "4294967296", "12345678901234567"] {
            assert_eq!(read_index(format!("{text}</v></c>        ").as_bytes(), 0), None, "{text}");
        }
        for text in ["", "-", ".", "x", "1.2.3", "1,5", "1-"] {
            assert_eq!(read_number(format!("{text}</v></c>        ").as_bytes(), 0), None, "{text}");
        }
    }
}
