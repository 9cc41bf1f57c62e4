//! Excel's functions of texts, one value at a time; positions count characters from 1.

use std::borrow::Cow;

use crate::data::fold_text;

use super::fault::Fault;
use super::rounding::round_digits;

/// The form in which texts are compared, without work where a text is in it already.
pub(super) fn fold(text: &str) -> Cow<'_, str> {
    let mut blank_before = true;
    for byte in text.bytes() {
        let plain = match byte {
            b' ' => !blank_before,
            b'!'..=b'@' | b'['..=b'~' => true,
            _ => false,
        };
        if !plain {
            return Cow::Owned(fold_text(text));
        }
        blank_before = byte == b' ';
    }
    if blank_before { Cow::Owned(fold_text(text)) } else { Cow::Borrowed(text) }
}

/// A count of characters: cut, not negative.
fn characters(number: f64) -> Result<usize, Fault> {
    let cut = round_digits(number).trunc();
    if cut < 0.0 { Err(Fault::OutOfRange) } else { Ok(cut.min(1e9) as usize) }
}

/// `LEFT(text, n)`.
pub(super) fn left(text: &str, count: f64) -> Result<String, Fault> {
    Ok(text.chars().take(characters(count)?).collect())
}

/// `RIGHT(text, n)`.
pub(super) fn right(text: &str, count: f64) -> Result<String, Fault> {
    let skipped = text.chars().count().saturating_sub(characters(count)?);
    Ok(text.chars().skip(skipped).collect())
}

/// `MID(text, start, n)`.
pub(super) fn mid(text: &str, start: f64, count: f64) -> Result<String, Fault> {
    let start = characters(start)?.checked_sub(1).ok_or(Fault::OutOfRange)?;
    Ok(text.chars().skip(start).take(characters(count)?).collect())
}

/// `TRIM`: no blanks at the ends, single ones inside.
pub(super) fn trim(text: &str) -> String {
    text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// `SUBSTITUTE(text, old, new, n)`: every `old`, or the n-th.
pub(super) fn substitute(text: &str, old: &str, new: &str, nth: Option<f64>) -> Result<String, Fault> {
    let Some(nth) = nth else { return Ok(text.replace(old, new)) };
    let nth = characters(nth)?.checked_sub(1).ok_or(Fault::OutOfRange)?;
    Ok(match text.match_indices(old).nth(nth) {
        Some((at, _)) => format!("{}{new}{}", &text[..at], &text[at + old.len()..]),
        None => text.to_owned(),
    })
}

/// `FIND(part, text, start)`: the position of a part, case-sensitive.
pub(super) fn find(part: &str, text: &str, start: f64) -> Result<f64, Fault> {
    let skipped = characters(start)?.checked_sub(1).ok_or(Fault::OutOfRange)?;
    let from = text.char_indices().nth(skipped).map(|(at, _)| at).ok_or(Fault::OutOfRange)?;
    let at = text[from..].find(part).ok_or(Fault::OutOfRange)?;
    Ok((text[..from + at].chars().count() + 1) as f64)
}

/// `SEARCH(part, text, start)`: like `FIND` in any case; `*` and `?` stand for themselves.
pub(super) fn search(part: &str, text: &str, start: f64) -> Result<f64, Fault> {
    let lower = |text: &str| text.chars().map(|c| c.to_lowercase().next().unwrap_or(c)).collect::<String>();
    find(&lower(part), &lower(text), start)
}

#[cfg(test)]
mod tests {
    use super::*;

    // expected values: the examples of Excel's documentation, and its rules by hand

    #[test]
    fn folding_is_that_of_the_data() {
        for text in
            ["north", "North", " x", "x ", "a  b", "a b", "Größe", "", "é", "a\u{a0}b", "a\tb", "17850"]
        {
            assert_eq!(fold(text), fold_text(text), "{text:?}");
        }
    }

    #[test]
    fn parts_of_texts() {
        assert_eq!(left("Sale Price", 4.0).unwrap(), "Sale");
        assert_eq!(left("Sweden", 1.0).unwrap(), "S");
        assert_eq!(left("åäö", 2.0).unwrap(), "åä");
        assert_eq!(left("x", -1.0), Err(Fault::OutOfRange));
        assert_eq!(right("Sale Price", 5.0).unwrap(), "Price");
        assert_eq!(right("ab", 5.0).unwrap(), "ab");
        assert_eq!(mid("Fluid Flow", 1.0, 5.0).unwrap(), "Fluid");
        assert_eq!(mid("Fluid Flow", 7.0, 20.0).unwrap(), "Flow");
        assert_eq!(mid("Fluid Flow", 20.0, 5.0).unwrap(), "");
        assert_eq!(mid("x", 0.0, 5.0), Err(Fault::OutOfRange));
        assert_eq!(trim("   First Quarter   Earnings    "), "First Quarter Earnings");
    }

    #[test]
    fn substitutions() {
        assert_eq!(substitute("Sales Data", "Sales", "Cost", None).unwrap(), "Cost Data");
        assert_eq!(substitute("Quarter 1, 2008", "1", "2", Some(1.0)).unwrap(), "Quarter 2, 2008");
        assert_eq!(substitute("Quarter 1, 2011", "1", "2", Some(3.0)).unwrap(), "Quarter 1, 2012");
        assert_eq!(substitute("abc", "x", "y", Some(1.0)).unwrap(), "abc");
        assert_eq!(substitute("abc", "a", "y", Some(0.0)), Err(Fault::OutOfRange));
    }

    #[test]
    fn positions() {
        assert_eq!(find("M", "Miriam McGovern", 1.0), Ok(1.0));
        assert_eq!(find("m", "Miriam McGovern", 1.0), Ok(6.0));
        assert_eq!(find("M", "Miriam McGovern", 3.0), Ok(8.0));
        assert_eq!(find("z", "abc", 1.0), Err(Fault::OutOfRange));
        assert_eq!(search("e", "Statements", 6.0), Ok(7.0));
        assert_eq!(search("margin", "Profit Margin", 1.0), Ok(8.0));
    }
}
