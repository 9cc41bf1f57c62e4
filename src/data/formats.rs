//! Number format code → [`Style`]: date, time of day, duration, percent, money with its currency.
//!
//! Only the first section of a format counts (the one for positive numbers), and quoted text counts only as a
//! currency.

use crate::data::NumberShape;
use crate::data::money;
use crate::data::reader::Style;

/// What a number format says of the numbers it shows.
pub(crate) fn style_of(code: &str) -> Style {
    let parts = Parts::of(code);
    if let Some(style) = parts.clock_style() {
        return style;
    }
    if parts.percent {
        return Style::Shape(NumberShape::Percent);
    }
    match parts.currency() {
        Some(currency) => Style::Shape(NumberShape::Money(currency)),
        None => Style::Plain,
    }
}

/// What one of the formats that a workbook need not spell out says, by its number.
pub(crate) fn style_of_builtin(id: u16) -> Style {
    match id {
        9 | 10 => Style::Shape(NumberShape::Percent),
        // the currency of 5 to 8, 42 and 44 is the reader's own, so it is none of the file's
        14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => Style::Date,
        18..=21 | 32..=35 | 45 | 47 | 55 | 56 => Style::Time,
        46 => Style::Shape(NumberShape::Duration),
        _ => Style::Plain,
    }
}

/// The first section of a format, taken apart.
#[derive(Default)]
struct Parts {
    /// Its bare letters in lower case, in order.
    letters: String,
    /// Texts in quotes, escaped characters and bare currency signs.
    literals: Vec<String>,
    /// Contents of brackets: `$€-407`, `h`, `Red`.
    brackets: Vec<String>,
    percent: bool,
    /// A digit place (`0`, `#`, `?`) or `General`.
    digits: bool,
}

impl Parts {
    fn of(code: &str) -> Self {
        let mut parts = Self::default();
        let mut chars = code.chars();
        while let Some(c) = chars.next() {
            match c {
                ';' => break,
                '"' => parts.literals.push(chars.by_ref().take_while(|c| *c != '"').collect()),
                '\\' => parts.literals.extend(chars.next().map(String::from)),
                '_' | '*' => {
                    chars.next();
                }
                '[' => parts.brackets.push(chars.by_ref().take_while(|c| *c != ']').collect()),
                '%' => parts.percent = true,
                '0' | '#' | '?' => parts.digits = true,
                c if money::is_sign(c) => parts.literals.push(c.to_string()),
                c if c.is_alphabetic() => parts.letters.extend(c.to_lowercase()),
                _ => {}
            }
        }
        parts
    }

    /// Whether the format shows a date, a time or a duration.
    fn clock_style(&self) -> Option<Style> {
        let elapsed = |b: &String| {
            !b.is_empty() && b.chars().all(|c| matches!(c.to_ascii_lowercase(), 'h' | 'm' | 's'))
        };
        if self.brackets.iter().any(elapsed) {
            return Some(Style::Shape(NumberShape::Duration));
        }
        let letters = self.letters.replace("general", "").replace("am", "").replace("pm", "");
        let has = |c: char| letters.contains(c);
        if self.digits && !has('y') && !has('d') && !has('s') && !has('h') {
            return None;
        }
        // besides the English letters: `t` and `j` days and years in German, `å` in Scandinavian, `a` in French
        let day_or_year = has('y') || has('d') || has('å') || has('j') || (has('t') && has('m'));
        let known = letters.chars().all(|c| "ydmhsåjtabeg".contains(c));
        if !known || letters.is_empty() {
            return None;
        }
        if day_or_year {
            return Some(Style::Date);
        }
        if has('h') || has('s') {
            return Some(Style::Time);
        }
        has('m').then_some(Style::Date)
    }

    fn currency(&self) -> Option<String> {
        for bracket in &self.brackets {
            let Some(inside) = bracket.strip_prefix('$') else { continue };
            let (symbol, locale) = inside.split_once('-').unwrap_or((inside, ""));
            let locale = u32::from_str_radix(locale, 16).ok();
            if let Some(currency) = money::currency(symbol, locale) {
                return Some(currency);
            }
        }
        if let Some(currency) = self.literals.iter().find_map(|text| money::currency(text, None)) {
            return Some(currency);
        }
        money::iso_code(&self.letters.to_uppercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(code: &str, expected: Style) {
        assert_eq!(style_of(code), expected, "{code}");
    }

    fn money(code: &str) -> Style {
        Style::Shape(NumberShape::Money(code.to_owned()))
    }

    #[test]
    fn dates_times_and_durations() {
        case("yyyy-mm-dd", Style::Date);
        case("dd/mm/yyyy;@", Style::Date);
        case("[$-409]d-mmm-yy;@", Style::Date);
        case("mmm-yy", Style::Date);
        case("m/d/yy h:mm", Style::Date);
        case("h:mm AM/PM", Style::Time);
        case("mm:ss", Style::Time);
        case("[h]:mm:ss", Style::Shape(NumberShape::Duration));
        case("TT.MM.JJJJ", Style::Date);
        case("mmmm", Style::Date);
    }

    #[test]
    fn percent_and_plain() {
        case("0.00%", Style::Shape(NumberShape::Percent));
        case("General", Style::Plain);
        case("#,##0.00", Style::Plain);
        case("0.00E+00", Style::Plain);
        case("0.0\"d\"", Style::Plain);
        case("[Red]0.00", Style::Plain);
        case("@", Style::Plain);
        case("#,##0 \"st\"", Style::Plain);
    }

    #[test]
    fn money_with_its_currency() {
        case("[$€-407]#,##0.00", money("EUR"));
        case("\"$\"#,##0.00", money("USD"));
        case("$#,##0", money("USD"));
        case("#,##0.00\\ [$kr-41D]", money("SEK"));
        case("#,##0.00\\ [$kr-414]", money("NOK"));
        case("[$SEK] #,##0", money("SEK"));
        case("#,##0.00 \"DKK\"", money("DKK"));
        case("_-\"£\"* #,##0.00_-", money("GBP"));
        case("[$-41D]#,##0", Style::Plain);
    }
}
