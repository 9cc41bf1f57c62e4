//! Numbers kept as text → their value, for a decimal mark decided over the whole column.
//!
//! Blanks (no-break and thin ones too) and apostrophes group digits in every locale; point and comma are the decimal
//! mark or group, by locale. Brackets or a minus before or after mean negative.

use crate::data::{lengths, money};

/// A number read from text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NumberText {
    /// `12 %` is 0.12.
    pub(crate) value: f64,
    /// It carried a percent sign.
    pub(crate) percent: bool,
    /// The currency it carried.
    pub(crate) currency: Option<String>,
    /// It is a length of time, its value in days.
    pub(crate) length: bool,
}

/// What a text says of the decimal mark of its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// No number at all.
    None,
    /// The same number either way.
    Any,
    /// A number only with a decimal point.
    Point,
    /// A number only with a decimal comma.
    Comma,
    /// Another number either way: `1,234`.
    Undecided,
}

/// What the text says of the decimal mark.
pub(crate) fn mark(text: &str) -> Mark {
    // without either mark both readings are one
    if !text.contains(['.', ',']) {
        return if parse(text, '.').is_some() { Mark::Any } else { Mark::None };
    }
    match (parse(text, '.'), parse(text, ',')) {
        (None, None) => Mark::None,
        (Some(_), None) => Mark::Point,
        (None, Some(_)) => Mark::Comma,
        (Some(point), Some(comma)) if point.value == comma.value => Mark::Any,
        (Some(_), Some(_)) => Mark::Undecided,
    }
}

/// Reads a number with this decimal mark (`.` or `,`).
pub(crate) fn parse(text: &str, decimal: char) -> Option<NumberText> {
    let mut rest = trim(text);
    if !rest.bytes().any(|b| b.is_ascii_digit()) || rest.len() > 64 {
        return None;
    }
    let mut found = Affixes::default();
    while let Some(shorter) = without_hundredths(rest, decimal).or_else(|| found.strip(rest)) {
        rest = shorter;
    }
    let Some(digits) = plain_digits(rest, decimal) else {
        let value = lengths::parse(text, decimal)?;
        return Some(NumberText { value, percent: false, currency: None, length: true });
    };
    let mut value: f64 = digits.parse().ok()?;
    if found.negative {
        value = -value;
    }
    if found.percent {
        value = percent_of(&digits, found.negative)?;
    }
    value.is_finite().then_some(NumberText {
        value,
        percent: found.percent,
        currency: found.currency,
        length: false,
    })
}

/// A bare number, nothing before or behind it.
pub(crate) fn plain(text: &str, decimal: char) -> Option<f64> {
    plain_digits(text, decimal)?.parse().ok().filter(|value: &f64| value.is_finite())
}

/// `1.200,-` and `1.200,–` are whole: the dash stands for the hundredths.
fn without_hundredths(text: &str, decimal: char) -> Option<&str> {
    let whole = text.trim_end_matches(['-', '–', '—', '=']).strip_suffix(decimal)?;
    let dashes = text.len() > whole.len() + decimal.len_utf8();
    (dashes && whole.ends_with(|c: char| c.is_ascii_digit())).then_some(whole)
}

/// A share has the digits of its percentage: 7 % is 0.07, not 0.07000000000000001.
fn percent_of(digits: &str, negative: bool) -> Option<f64> {
    let value: f64 = format!("{digits}e-2").parse().ok()?;
    Some(if negative { -value } else { value })
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{200b}' | '\u{feff}')
}

fn trim(text: &str) -> &str {
    text.trim_matches(is_blank)
}

#[derive(Default)]
struct Affixes {
    negative: bool,
    signed: bool,
    percent: bool,
    currency: Option<String>,
}

impl Affixes {
    /// Takes one sign, percent sign, bracket or currency off either end.
    fn strip<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let (first, last) = (text.chars().next()?, text.chars().next_back()?);
        if first == '(' && last == ')' && !self.signed {
            self.signed = true;
            self.negative = true;
            return Some(trim(&text[1..text.len() - 1]));
        }
        if !self.signed {
            for (end, c) in [(false, first), (true, last)] {
                if matches!(c, '-' | '−' | '–' | '\u{2011}') || c == '+' && !end {
                    self.signed = true;
                    self.negative = c != '+';
                    let cut = c.len_utf8();
                    return Some(trim(if end { &text[..text.len() - cut] } else { &text[cut..] }));
                }
            }
        }
        if last == '%' && !self.percent {
            self.percent = true;
            return Some(trim(&text[..text.len() - 1]));
        }
        if self.currency.is_some() {
            return None;
        }
        self.strip_currency(text)
    }

    fn strip_currency<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let foreign = |c: char| !c.is_ascii_digit() && !matches!(c, '-' | '+' | '(' | ')' | '−' | '%' | ',');
        let start = text.find(|c: char| !foreign(c) || is_blank(c)).unwrap_or(text.len());
        if start > 0 {
            let sign = text[..start].trim_end_matches('.');
            let sign = if money::currency(sign, None).is_some() { sign } else { &text[..start] };
            if let Some(currency) = money::currency(sign, None) {
                self.currency = Some(currency);
                return Some(trim(&text[start..]));
            }
        }
        let end = text
            .rfind(|c: char| c.is_ascii_digit() || is_blank(c) || matches!(c, '-' | ')' | ','))
            .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
        let tail = &text[end..];
        if !tail.is_empty()
            && let Some(currency) = money::currency(tail.trim_start_matches('.'), None)
        {
            self.currency = Some(currency);
            return Some(trim(&text[..end]));
        }
        None
    }
}

/// The digits with a decimal point and without groups; `None` where the groups are not of three.
fn plain_digits(text: &str, decimal: char) -> Option<String> {
    let (whole, fraction) = match text.rsplit_once(decimal) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let (fraction, exponent) = match fraction.unwrap_or("").split_once(['e', 'E']) {
        Some((fraction, exponent)) => (fraction, Some(exponent)),
        None => (fraction.unwrap_or(""), None),
    };
    let (whole, exponent) = match (exponent, whole.split_once(['e', 'E'])) {
        (None, Some((whole, exponent))) => (whole, Some(exponent)),
        (exponent, _) => (whole, exponent),
    };
    if !fraction.bytes().all(|b| b.is_ascii_digit()) || whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let mut digits = ungrouped(whole, decimal)?;
    if digits.is_empty() {
        digits.push('0');
    }
    if !fraction.is_empty() {
        digits.push('.');
        digits.push_str(fraction);
    }
    if let Some(exponent) = exponent {
        let bare = exponent.trim_start_matches(['+', '-']);
        if bare.is_empty() || bare.len() > 3 || !bare.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        digits.push('e');
        digits.push_str(exponent);
    }
    Some(digits)
}

fn ungrouped(whole: &str, decimal: char) -> Option<String> {
    let other = if decimal == '.' { ',' } else { '.' };
    let groups = |c: char| c == other || is_blank(c) || matches!(c, '\'' | '’');
    if !whole.contains(groups) {
        return whole.bytes().all(|b| b.is_ascii_digit()).then(|| whole.to_owned());
    }
    let mut seen = whole.chars().filter(|c| groups(*c));
    let first = seen.next()?;
    if seen.any(|c| c != first && !(is_blank(c) && is_blank(first))) {
        return None;
    }
    let parts: Vec<&str> = whole.split(groups).collect();
    let (head, tail) = parts.split_first()?;
    // no group begins a number with 0: `0,125` has a decimal comma
    let fits = (1..=3).contains(&head.len())
        && !head.starts_with('0')
        && tail.iter().all(|part| part.len() == 3)
        && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    fits.then(|| parts.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, decimal: char, expected: f64) {
        assert_eq!(parse(text, decimal).map(|n| n.value), Some(expected), "{text}");
    }

    #[test]
    fn numbers_of_many_places() {
        case("1,234.5", '.', 1234.5);
        case("1 234,5", ',', 1234.5);
        case("1\u{a0}234\u{202f}567,25", ',', 1_234_567.25);
        case("1.234,50", ',', 1234.5);
        case("1'234.50", '.', 1234.5);
        case("($2,771)", '.', -2771.0);
        case("(2 771)", ',', -2771.0);
        case("2771-", '.', -2771.0);
        case("−12", '.', -12.0);
        case("-$5", '.', -5.0);
        case("$-5", '.', -5.0);
        case(".5", '.', 0.5);
        case("1e3", '.', 1000.0);
        case("1.200,-", ',', 1200.0);
        case("1,200.-", '.', 1200.0);
        case("17850.0", '.', 17850.0);
    }

    #[test]
    fn percent_and_money() {
        assert_eq!(
            parse("7 %", '.'),
            Some(NumberText { value: 0.07, percent: true, currency: None, length: false })
        );
        let kronor =
            NumberText { value: 1234.5, percent: false, currency: Some("SEK".to_owned()), length: false };
        assert_eq!(parse("1 234,50 SEK", ','), Some(kronor.clone()));
        assert_eq!(parse("SEK 1 234,50", ','), Some(kronor));
        assert_eq!(parse("€ 12", '.').and_then(|n| n.currency).as_deref(), Some("EUR"));
        assert_eq!(parse("12 kr", '.').and_then(|n| n.currency).as_deref(), Some("kr"));
        assert_eq!(parse("12,- kr", '.'), None);
    }

    #[test]
    fn what_is_no_number() {
        for text in
            ["", "-", "n/a", "A1", "1,23,4", "12 34", "1.2.3", "5 boxes", "2024-01-31", "()", "1-2", "e5"]
        {
            assert_eq!(mark(text), Mark::None, "{text}");
        }
    }

    #[test]
    fn evidence_of_the_decimal_mark() {
        assert_eq!(mark("1,234.5"), Mark::Point);
        assert_eq!(mark("1.234,5"), Mark::Comma);
        assert_eq!(mark("12,5"), Mark::Comma);
        assert_eq!(mark("1,234"), Mark::Undecided);
        assert_eq!(mark("1234"), Mark::Any);
        assert_eq!(mark("1,234,567"), Mark::Point);
    }
}
