//! Units in headers (`Umsatz (T€)`, `Omsättning, tkr`, `Marge in %`) → the name without it, and what amounts in it are.

use crate::data::{money, words};

/// What numbers below a unit are amounts of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum UnitOf {
    /// Percent: 12.5 stands for 12.5 %.
    Percent,
    /// So many of a currency each: 1000 SEK for `tkr`.
    Money(String, u32),
    /// So many seconds each.
    Seconds(u32),
}

/// The name in a header before its unit, and the unit; none where no unit stands at its end.
pub(crate) fn split(header: &str) -> Option<(&str, &str)> {
    let header = header.trim();
    let (bare, unit) = bracketed(header).or_else(|| behind_word(header)).or_else(|| bare_sign(header))?;
    let bare = bare.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '–' | ':' | '/'));
    (bare.chars().any(char::is_alphabetic)).then_some((bare, unit))
}

/// `Umsatz (T€)`, `Menge [Stk]`.
fn bracketed(header: &str) -> Option<(&str, &str)> {
    let (open, inside) = match header.chars().next_back()? {
        ')' => ('(', &header[..header.len() - 1]),
        ']' => ('[', &header[..header.len() - 1]),
        _ => return None,
    };
    let (bare, unit) = inside.rsplit_once(open)?;
    let unit = without_word(unit.trim());
    is_unit(unit).then_some((bare, unit))
}

/// Words between a name and its unit.
const BETWEEN: [&str; 4] = ["in", "i", "en", "em"];

fn without_word(unit: &str) -> &str {
    let first = unit.split_whitespace().next().unwrap_or_default();
    if BETWEEN.contains(&first.to_lowercase().as_str()) { unit[first.len()..].trim_start() } else { unit }
}

/// `Marge in %`, `Belopp i kr`, `Omsättning, tkr`.
fn behind_word(header: &str) -> Option<(&str, &str)> {
    let by_word = BETWEEN.iter().find_map(|word| {
        let at = header.to_lowercase().rfind(&format!(" {word} "))?;
        let cut = at + word.len() + 2;
        Some((header.get(..at)?, header.get(cut..)?.trim()))
    });
    let by_comma = || header.rsplit_once(", ").map(|(bare, unit)| (bare, unit.trim()));
    by_word
        .filter(|(_, unit)| is_unit(unit))
        .or_else(|| by_comma().filter(|(_, unit)| meaning(unit).is_some()))
}

/// `Importe €`, `Umsatz EUR`, `Return rate %`.
fn bare_sign(header: &str) -> Option<(&str, &str)> {
    let (bare, unit) = header.rsplit_once(char::is_whitespace)?;
    let time = matches!(meaning(unit), Some(UnitOf::Seconds(_)));
    (meaning(unit).is_some() && !time).then_some((bare, unit))
}

fn is_unit(unit: &str) -> bool {
    words::is_unit(unit) || meaning(unit).is_some()
}

/// Words for a thousand, a million and a thousand millions before or behind a currency, the longest first.
const SCALES: &[(&str, u32)] = &[
    ("thousands", 1000),
    ("thousand", 1000),
    ("tausend", 1000),
    ("milliers", 1000),
    ("millions", 1_000_000),
    ("millioner", 1_000_000),
    ("millionen", 1_000_000),
    ("miljoner", 1_000_000),
    ("million", 1_000_000),
    ("tusende", 1000),
    ("tusind", 1000),
    ("tusen", 1000),
    ("miljard", 1_000_000_000),
    ("milj", 1_000_000),
    ("mill", 1_000_000),
    ("mrd", 1_000_000_000),
    ("mdr", 1_000_000_000),
    ("mio", 1_000_000),
    ("mil", 1000),
    ("tsd", 1000),
    ("1000", 1000),
    ("000", 1000),
    ("mn", 1_000_000),
    ("bn", 1_000_000_000),
    ("m", 1_000_000),
    ("k", 1000),
    ("t", 1000),
];

/// What numbers in a unit are amounts of, where they convert into others.
pub(crate) fn meaning(unit: &str) -> Option<UnitOf> {
    let bare = unit.trim().trim_end_matches('.');
    if bare.chars().count() > 24 || bare.is_empty() {
        return None;
    }
    match bare.to_lowercase().as_str() {
        "%" | "pct" | "percent" | "procent" | "prozent" | "pourcent" => return Some(UnitOf::Percent),
        "h" | "hrs" | "hours" | "std" | "stunden" | "tim" | "timmar" | "timer" | "heures" | "horas"
        | "uur" => {
            return Some(UnitOf::Seconds(3600));
        }
        "min" | "mins" | "minutes" | "minuten" | "minuter" | "minutter" | "minutos" => {
            return Some(UnitOf::Seconds(60));
        }
        "sec" | "secs" | "seconds" | "sekunden" | "sekunder" | "segundos" => {
            return Some(UnitOf::Seconds(1));
        }
        "days" | "tage" | "dagar" | "dage" | "dagen" | "jours" | "dias" | "días" => {
            return Some(UnitOf::Seconds(86_400));
        }
        _ => {}
    }
    if let Some(code) = money::currency(bare, None) {
        return Some(UnitOf::Money(code, 1));
    }
    let joined: String =
        bare.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '\'' | '’' | ',')).collect();
    let lower = joined.to_lowercase();
    SCALES.iter().find_map(|(word, factor)| {
        let rest = lower.strip_prefix(word).or_else(|| lower.strip_suffix(word))?;
        let rest = rest.trim_start_matches("in").trim_start_matches("de");
        let code = money::currency(&rest.to_uppercase(), None).or_else(|| money::currency(rest, None))?;
        Some(UnitOf::Money(code, *factor))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(header: &str, bare: &str, unit: &str) {
        assert_eq!(split(header), Some((bare, unit)), "{header}");
    }

    #[test]
    fn names_and_their_units() {
        case("Umsatz (T€)", "Umsatz", "T€");
        case("MENGE [Stk]", "MENGE", "Stk");
        case("Marge in %", "Marge", "%");
        case("Belopp i kr", "Belopp", "kr");
        case("Omsättning, tkr", "Omsättning", "tkr");
        case("Importe €", "Importe", "€");
        case("Sales (USD '000)", "Sales", "USD '000");
        case("Ventes (en k€)", "Ventes", "k€");
        case("Chiffre d’affaires (€)", "Chiffre d’affaires", "€");
    }

    #[test]
    fn no_unit_at_the_end() {
        for header in
            ["Umsatz", "Order date (UTC)", "Umsatz (netto)", "Delivered in time", "EUR", "Sales in May"]
        {
            assert_eq!(split(header), None, "{header}");
        }
    }

    #[test]
    fn what_numbers_are_amounts_of() {
        let money = |code: &str, factor| Some(UnitOf::Money(code.to_owned(), factor));
        assert_eq!(meaning("T€"), money("EUR", 1000));
        assert_eq!(meaning("TEUR"), money("EUR", 1000));
        assert_eq!(meaning("Tsd. EUR"), money("EUR", 1000));
        assert_eq!(meaning("tkr"), money("kr", 1000));
        assert_eq!(meaning("Mkr"), money("kr", 1_000_000));
        assert_eq!(meaning("MSEK"), money("SEK", 1_000_000));
        assert_eq!(meaning("1.000 kr."), money("kr", 1000));
        assert_eq!(meaning("Mio. €"), money("EUR", 1_000_000));
        assert_eq!(meaning("USD '000"), money("USD", 1000));
        assert_eq!(meaning("SEK"), money("SEK", 1));
        assert_eq!(meaning("%"), Some(UnitOf::Percent));
        assert_eq!(meaning("h"), Some(UnitOf::Seconds(3600)));
        assert_eq!(meaning("Stk"), None);
        assert_eq!(meaning("netto"), None);
    }
}
