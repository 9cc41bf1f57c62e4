//! Dates kept as text or as serial numbers → days since 1970-01-01.
//!
//! A text says which orders of day, month and year it could have; which one holds is decided over the whole column.
//! A month, quarter or week stands for its first day.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::data::{DateOrder, words};

/// Days from 1970-01-01.
pub(crate) fn days(date: NaiveDate) -> i32 {
    date.num_days_from_ce() - 719_163
}

/// The date that lies so many days after 1970-01-01.
pub(crate) fn date(days: i32) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(days.checked_add(719_163)?)
}

/// The serial numbers of the usual system that are days.
pub(crate) const SERIALS: std::ops::Range<i32> = 1..2_958_466;

/// Serial numbers of days that a plain number is taken for where the goal file says that it is one: 1954 to 2118.
const PLAIN: std::ops::Range<f64> = 20_000.0..80_000.0;

/// Those for which it is taken below a header that says so: 2000 to 2050.
pub(crate) const LIKELY: std::ops::Range<i32> = 36_526..55_153;

/// The day of a number that no format shows as one.
pub(crate) fn from_plain(number: f64, is_1904: bool) -> Option<i32> {
    PLAIN.contains(&number).then(|| from_serial(number, is_1904))?
}

/// The day of a workbook's serial number; none outside 1900 to 9999 and for a bare time of day.
pub(crate) fn from_serial(serial: f64, is_1904: bool) -> Option<i32> {
    if is_1904 {
        return (0.0..2_957_004.0).contains(&serial).then(|| serial as i32 - 24_107);
    }
    if !(f64::from(SERIALS.start)..f64::from(SERIALS.end)).contains(&serial) {
        return None;
    }
    // serial 60 is 29 February 1900, a day that never was: it reads as 1 March
    let serial = serial as i32;
    Some(if serial < 60 { serial - 25_568 } else { (serial - 25_569).max(-25_508) })
}

/// An ISO date or date-time as days since 1970-01-01, the time as fraction.
pub(crate) fn iso(text: &str) -> Option<f64> {
    let text = text.trim();
    let (day, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    let day = days(NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?);
    let mut fraction = 0.0;
    let mut weight = 24.0;
    for part in time.trim_end_matches('Z').split(':').take(3) {
        if part.is_empty() {
            break;
        }
        fraction += part.parse::<f64>().ok()? / weight;
        weight *= 60.0;
    }
    Some(f64::from(day) + fraction)
}

/// An ISO duration (`PT1H30M`) in days.
pub(crate) fn iso_duration(text: &str) -> Option<f64> {
    let (negative, rest) = match text.trim().strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.trim()),
    };
    let rest = rest.strip_prefix('P')?;
    let (mut total, mut number, mut time) = (0.0, String::new(), false);
    for c in rest.chars() {
        let size = match c {
            'T' => {
                time = true;
                continue;
            }
            '0'..='9' | '.' => {
                number.push(c);
                continue;
            }
            'D' => 1.0,
            'H' => 1.0 / 24.0,
            'M' if time => 1.0 / 1440.0,
            'S' => 1.0 / 86_400.0,
            _ => return None,
        };
        total += number.parse::<f64>().ok()? * size;
        number.clear();
    }
    (number.is_empty()).then_some(if negative { -total } else { total })
}

/// A date read from text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DateText {
    /// The same day in every order.
    Certain(i32),
    /// A day for each order that fits.
    Ordered {
        /// `31/12/2025`
        day_first: Option<i32>,
        /// `12/31/2025`
        month_first: Option<i32>,
        /// `25-12-31`
        year_first: Option<i32>,
    },
}

impl DateText {
    /// The day in this order.
    pub(crate) fn day(self, order: DateOrder) -> Option<i32> {
        match self {
            Self::Certain(day) => Some(day),
            Self::Ordered { day_first, month_first, year_first } => match order {
                DateOrder::DayMonthYear => day_first,
                DateOrder::MonthDayYear => month_first,
                DateOrder::YearMonthDay => year_first,
            },
        }
    }

    fn settled(self) -> Option<Self> {
        let Self::Ordered { day_first, month_first, year_first } = self else { return Some(self) };
        let mut found = [day_first, month_first, year_first].into_iter().flatten();
        found.next().map(|_| self)
    }
}

/// Whether a text holds a date, and which.
pub(crate) fn parse(text: &str) -> Option<DateText> {
    let text = text.trim();
    if text.len() > 48 || text.len() < 4 || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let text = without_time(text)?;
    let tokens = tokens(text)?;
    let (numbers, word) = (numbers(&tokens), word(&tokens)?);
    match word {
        Some(Word::Month(month)) => with_month(&tokens, month),
        Some(Word::Quarter) => quarter(&numbers),
        Some(Word::Week) => week(&numbers),
        None => match numbers.as_slice() {
            [one] => compact(one),
            [a, b] => month_of_year(a, b, &tokens),
            [a, b, c] => three(a, b, c, &tokens),
            _ => None,
        },
    }
}

/// A run of digits with its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Number {
    value: u32,
    digits: usize,
}

impl Number {
    fn year(self) -> Option<i32> {
        match self.digits {
            4 if (1600..=2999).contains(&self.value) => Some(self.value as i32),
            // as Excel reads two digits: 30 to 99 lie in the 20th century
            2 => Some(self.value as i32 + if self.value < 30 { 2000 } else { 1900 }),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token<'t> {
    Number(Number),
    Word(&'t str),
    Mark(&'t str),
}

enum Word {
    Month(u32),
    Quarter,
    Week,
}

/// Cuts off a time of day; `None` where nothing but a time is there.
fn without_time(text: &str) -> Option<&str> {
    let Some(colon) = text.find(':') else { return Some(text) };
    let before = &text[..colon];
    let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    let date = before[..before.len() - digits]
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, 'T' | ',' | '-'))
        .trim_end_matches(" kl")
        .trim_end_matches(" kl.");
    let time = &text[colon..];
    let known = |c: char| c.is_ascii_digit() || ":.,+-Z APMapmUhr".contains(c);
    (digits > 0 && digits <= 2 && !date.is_empty() && time.chars().all(known)).then_some(date)
}

fn tokens(text: &str) -> Option<Vec<Token<'_>>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let same = |c: char| match first {
            f if f.is_ascii_digit() => c.is_ascii_digit(),
            f if f.is_alphabetic() => c.is_alphabetic(),
            _ => !c.is_ascii_digit() && !c.is_alphabetic(),
        };
        let end = rest.find(|c| !same(c)).unwrap_or(rest.len());
        let part = &rest[..end];
        tokens.push(if first.is_ascii_digit() {
            Token::Number(Number { value: part.parse().ok()?, digits: part.len() })
        } else if first.is_alphabetic() {
            Token::Word(part)
        } else {
            Token::Mark(part)
        });
        rest = &rest[end..];
        if tokens.len() > 12 {
            return None;
        }
    }
    Some(tokens)
}

fn numbers(tokens: &[Token<'_>]) -> Vec<Number> {
    tokens.iter().filter_map(|t| if let Token::Number(n) = t { Some(*n) } else { None }).collect()
}

/// The one word that counts; `None` where a word is none of a date.
#[allow(clippy::option_option)]
fn word(tokens: &[Token<'_>]) -> Option<Option<Word>> {
    let mut found = None;
    for token in tokens {
        match token {
            Token::Mark(mark) if !mark.chars().all(|c| " ./-,'’\u{a0}".contains(c)) => return None,
            Token::Word(text) => {
                let lower = text.to_lowercase();
                let word = if let Some(month) = words::month(&lower) {
                    Word::Month(month)
                } else {
                    match lower.as_str() {
                        "q" | "kv" | "kvartal" | "quarter" | "quartal" | "k" | "qtr" | "kvt" | "kwartaal"
                        | "t" | "tri" | "trim" | "trimestre" => Word::Quarter,
                        "w" | "wk" | "v" | "kw" | "week" | "vecka" | "uge" | "woche" | "semaine"
                        | "semana" => Word::Week,
                        "m" => continue,
                        _ if is_filler(&lower) => continue,
                        _ => return None,
                    }
                };
                if found.replace(word).is_some() {
                    return None;
                }
            }
            _ => {}
        }
    }
    Some(found)
}

/// Whether no date has this word in it.
pub(crate) fn never_holds(letters: &str) -> bool {
    word(&[Token::Word(letters)]).is_none()
}

/// Weekdays, articles and endings beside a date.
#[rustfmt::skip]
const FILLERS: &[&str] = &[
    "de", "den", "der", "del", "le", "el", "em", "of", "the", "st", "nd", "rd", "th", "er", "mon", "monday", "tue", "tues",
    "tuesday", "wed", "wednesday", "thu", "thur", "thurs", "thursday", "fri", "friday", "sat", "saturday",
    "sun", "sunday", "mån", "måndag", "tis", "tisdag", "ons", "onsdag", "tor", "tors", "torsdag", "fre",
    "fredag", "lör", "lördag", "sön", "söndag", "mandag", "man", "tirsdag", "tir", "lørdag", "lør",
    "søndag", "søn", "mo", "montag", "di", "dienstag", "mi", "mittwoch", "do", "donnerstag", "fr",
    "freitag", "sa", "samstag", "so", "sonntag", "lundi", "lun", "mardi", "mercredi", "mer", "jeudi",
    "jeu", "vendredi", "ven", "samedi", "sam", "dimanche", "dim", "segunda", "terça", "quarta", "quinta",
    "sexta", "sábado", "domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "seg", "ter", "qua", "qui", "sex", "sáb", "mié", "jue", "vie",
    "maandag", "ma", "dinsdag", "woensdag", "wo", "donderdag", "vrijdag", "vr", "zaterdag", "za", "zondag", "zo",
    "mer", "gio", "martedì", "lunedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica", "º", "ª", "ter",
];

fn is_filler(word: &str) -> bool {
    FILLERS.contains(&word)
}

fn on(year: i32, month: u32, day: u32) -> Option<i32> {
    NaiveDate::from_ymd_opt(year, month, day).map(days)
}

fn with_month(tokens: &[Token<'_>], month: u32) -> Option<DateText> {
    let at = tokens.iter().position(|t| matches!(t, Token::Word(w) if words::month(w).is_some()))?;
    let numbers = numbers(tokens);
    let before = self::numbers(&tokens[..at]).len();
    let day = match (numbers.as_slice(), before) {
        ([year], _) => on(year.year()?, month, 1)?,
        ([a, b], 1) if a.digits == 4 => on(a.year()?, month, b.value)?,
        ([day, year], _) if day.digits <= 2 => on(year.year()?, month, day.value)?,
        _ => return None,
    };
    Some(DateText::Certain(day))
}

fn quarter(numbers: &[Number]) -> Option<DateText> {
    let (quarter, year) = match numbers {
        [q, y] if q.digits == 1 => (q, y),
        [y, q] if q.digits == 1 => (q, y),
        _ => return None,
    };
    (1..=4)
        .contains(&quarter.value)
        .then(|| on(year.year()?, quarter.value * 3 - 2, 1).map(DateText::Certain))
        .flatten()
}

fn week(numbers: &[Number]) -> Option<DateText> {
    let (week, year) = match numbers {
        [w, y] if y.digits == 4 && w.digits <= 2 => (w, y),
        [y, w] if y.digits == 4 && w.digits <= 2 => (w, y),
        _ => return None,
    };
    NaiveDate::from_isoywd_opt(year.year()?, week.value, Weekday::Mon).map(|d| DateText::Certain(days(d)))
}

/// `20251231`, `202512` stay numbers elsewhere; here they are days where such days exist.
fn compact(number: &Number) -> Option<DateText> {
    if number.digits != 8 {
        return None;
    }
    compact_day(f64::from(number.value)).map(DateText::Certain)
}

/// Where numbers of the form 202512, and of the form 20251231, lie.
pub(crate) const COMPACT: [std::ops::Range<i32>; 2] = [190_001..210_013, 19_000_101..21_001_232];

/// The day of a number of the form 20251231, or the first day of a month of the form 202512.
pub(crate) fn compact_day(value: f64) -> Option<i32> {
    if value.fract() == 0.0 && (190_001.0..=210_012.0).contains(&value) {
        let value = value as u32;
        return on((value / 100) as i32, value % 100, 1);
    }
    if value.fract() != 0.0 || !(19_000_101.0..=21_001_231.0).contains(&value) {
        return None;
    }
    let value = value as u32;
    on((value / 10_000) as i32, value / 100 % 100, value % 100)
}

fn month_of_year(a: &Number, b: &Number, tokens: &[Token<'_>]) -> Option<DateText> {
    // `2024.01` is a number first of all
    let joined = tokens.iter().any(|t| matches!(t, Token::Mark("-" | "/") | Token::Word("M" | "m")));
    let (year, month) = if a.digits == 4 && b.digits <= 2 { (a, b) } else { (b, a) };
    if year.digits != 4 || month.digits > 2 || !joined {
        return None;
    }
    on(year.year()?, month.value, 1).map(DateText::Certain)
}

fn three(a: &Number, b: &Number, c: &Number, tokens: &[Token<'_>]) -> Option<DateText> {
    // what stands before the first number belongs to a weekday: `Mo, 06.01.2025`
    let marks: Vec<&str> = tokens
        .iter()
        .skip_while(|token| !matches!(token, Token::Number(_)))
        .filter_map(|token| if let Token::Mark(mark) = token { Some(mark.trim()) } else { None })
        .collect();
    if marks.len() < 2 || marks[0] != marks[1] {
        return None;
    }
    if a.digits == 4 {
        return (b.digits <= 2 && c.digits <= 2)
            .then(|| on(a.year()?, b.value, c.value).map(DateText::Certain))
            .flatten();
    }
    if a.digits > 2 || b.digits > 2 {
        return None;
    }
    let year = c.year();
    let ordered = DateText::Ordered {
        day_first: year.and_then(|y| on(y, b.value, a.value)),
        month_first: year.and_then(|y| on(y, a.value, b.value)),
        // two digits of a year stand first before hyphens alone
        year_first: if c.digits == 2 && marks[0] == "-" {
            a.year().and_then(|y| on(y, b.value, c.value))
        } else {
            None
        },
    };
    ordered.settled()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn certain(text: &str, expected: &str) {
        let expected = NaiveDate::parse_from_str(expected, "%Y-%m-%d").map(days).ok();
        let found = parse(text).and_then(|d| match d {
            DateText::Certain(day) => Some(day),
            DateText::Ordered { .. } => None,
        });
        assert_eq!(found, expected, "{text}");
    }

    fn day(text: &str) -> Option<i32> {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").map(days).ok()
    }

    #[test]
    fn dates_of_one_reading() {
        certain("2025-12-31", "2025-12-31");
        certain("2025/1/3 14:05", "2025-01-03");
        certain("2025-01-03T14:05:06.123Z", "2025-01-03");
        certain("31 December 2025", "2025-12-31");
        certain("Dec 31, 2025", "2025-12-31");
        certain("den 3. marts 2024", "2024-03-03");
        certain("12-Jan-24", "2024-01-12");
        certain("Jan-24", "2024-01-01");
        certain("mars 2024", "2024-03-01");
        certain("2024-03", "2024-03-01");
        certain("03/2024", "2024-03-01");
        certain("2024M05", "2024-05-01");
        certain("Q2 2024", "2024-04-01");
        certain("2024-Q4", "2024-10-01");
        certain("T2 2024", "2024-04-01");
        certain("3º trimestre 2024", "2024-07-01");
        certain("1. des. 2024", "2024-12-01");
        certain("le 1er mars 2024", "2024-03-01");
        certain("2024-03-01 23:05:33 +0100", "2024-03-01");
        certain("vendredi 1 mars 2024", "2024-03-01");
        certain("2024-W01", "2024-01-01");
        certain("20240229", "2024-02-29");
    }

    #[test]
    fn dates_of_several_readings() {
        let both =
            parse("03/04/2024").map(|d| (d.day(DateOrder::DayMonthYear), d.day(DateOrder::MonthDayYear)));
        assert_eq!(both, Some((day("2024-04-03"), day("2024-03-04"))));
        let weekday = parse("Mo, 06.01.2025").and_then(|date| date.day(DateOrder::DayMonthYear));
        assert_eq!(weekday, day("2025-01-06"));
        let one = parse("13.04.24").map(|d| (d.day(DateOrder::DayMonthYear), d.day(DateOrder::MonthDayYear)));
        assert_eq!(one, Some((day("2024-04-13"), None)));
    }

    #[test]
    fn what_is_no_date() {
        for text in
            ["", "14:30", "2024", "1.2.3.4", "A-1-2", "32/13/2024", "12 34 2024 x", "5 pieces", "1,234.5"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn serial_numbers_of_both_systems() {
        assert_eq!(from_serial(45_658.75, false), day("2025-01-01"));
        assert_eq!(from_serial(1.0, false), day("1900-01-01"));
        assert_eq!(from_serial(61.0, false), day("1900-03-01"));
        assert_eq!(from_serial(44_196.0, true), day("2025-01-01"));
        assert_eq!(from_serial(0.5, false), None);
        assert_eq!(from_serial(3e6, false), None);
    }

    #[test]
    fn iso_texts() {
        assert_eq!(iso("1970-01-02T12:00:00"), Some(1.5));
        assert_eq!(iso_duration("PT36H"), Some(1.5));
        assert_eq!(iso_duration("-P1D"), Some(-1.0));
    }
}
