//! A number format code → what it says of the numbers it shows.

use super::currency;
use crate::data::NumberShape;
use crate::data::reader::Style;

/// One piece of a format code.
#[derive(Debug, Clone, PartialEq)]
enum Piece {
    /// A letter of a date or time pattern or a digit placeholder, in lower case.
    Pattern(char),
    /// `[h]`, `[mm]`, `[s]`: time that has passed.
    Elapsed,
    /// Text shown as it stands.
    Literal(String),
    /// `[$kr-41D]`: a currency symbol and the locale, each possibly empty.
    Symbol(String, String),
    /// `General`.
    General,
}

/// What a format code says: its first section that shows a number decides.
pub(super) fn read(code: &str) -> Style {
    let mut styles = sections(code).into_iter().map(|pieces| (shows_number(&pieces), classify(&pieces)));
    let first = styles.next().unwrap_or_default();
    if first.0 {
        return first.1;
    }
    styles.find(|(shows, _)| *shows).map_or(first.1, |(_, style)| style)
}

fn shows_number(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| matches!(piece, Piece::Pattern(_) | Piece::Elapsed | Piece::General))
}

/// The sections between `;`, cut into pieces.
fn sections(code: &str) -> Vec<Vec<Piece>> {
    let mut sections = vec![Vec::new()];
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let mut length = first.len_utf8();
        let pieces: &mut Vec<Piece> = match sections.last_mut() {
            Some(pieces) => pieces,
            None => return sections,
        };
        match first {
            ';' => sections.push(Vec::new()),
            '"' => {
                let text = rest[1..].split('"').next().unwrap_or_default();
                length += text.len() + usize::from(rest.len() > 1 + text.len());
                push_literal(pieces, text);
            }
            // a character as it stands; a blank as wide as one; a filler
            '\\' | '_' | '*' => {
                if let Some(next) = rest[1..].chars().next() {
                    length += next.len_utf8();
                    if first == '\\' {
                        push_literal(pieces, next.encode_utf8(&mut [0; 4]));
                    }
                }
            }
            '[' => {
                let inside = rest[1..].split(']').next().unwrap_or_default();
                length += inside.len() + usize::from(rest.len() > 1 + inside.len());
                pieces.extend(bracket(inside));
            }
            _ if rest.get(..7).is_some_and(|word| word.eq_ignore_ascii_case("general")) => {
                length = 7;
                pieces.push(Piece::General);
            }
            _ if rest.get(..5).is_some_and(|word| word.eq_ignore_ascii_case("am/pm")) => {
                length = 5;
                pieces.push(Piece::Pattern('h'));
            }
            _ if rest.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("a/p")) => {
                length = 3;
                pieces.push(Piece::Pattern('h'));
            }
            // scientific notation: the letter is no year
            'E' | 'e' if rest[1..].starts_with(['+', '-']) => length += 1,
            '0' | '#' | '?' | '%' | '@' => pieces.push(Piece::Pattern(first)),
            'a'..='z' | 'A'..='Z' if "ymdhsegb".contains(first.to_ascii_lowercase()) => {
                pieces.push(Piece::Pattern(first.to_ascii_lowercase()));
            }
            _ => push_literal(pieces, first.encode_utf8(&mut [0; 4])),
        }
        rest = &rest[length..];
    }
    sections
}

/// Neighbouring literals are one: `\k\r` reads `kr`.
fn push_literal(pieces: &mut Vec<Piece>, text: &str) {
    match pieces.last_mut() {
        Some(Piece::Literal(before)) => before.push_str(text),
        _ => pieces.push(Piece::Literal(text.to_owned())),
    }
}

/// What stands in square brackets; colours, conditions and number systems say nothing of the kind.
fn bracket(inside: &str) -> Option<Piece> {
    if let Some(symbol) = inside.strip_prefix('$') {
        let (symbol, locale) = symbol.rsplit_once('-').unwrap_or((symbol, ""));
        // the system's own long date and time
        return match locale.to_ascii_uppercase().as_str() {
            "F800" => Some(Piece::Pattern('d')),
            "F400" => Some(Piece::Pattern('h')),
            _ => Some(Piece::Symbol(symbol.to_owned(), locale.to_owned())),
        };
    }
    let mut letters = inside.chars().map(|c| c.to_ascii_lowercase());
    let first = letters.next()?;
    (matches!(first, 'h' | 'm' | 's') && letters.all(|c| c == first)).then_some(Piece::Elapsed)
}

fn classify(pieces: &[Piece]) -> Style {
    let has =
        |wanted: &str| pieces.iter().any(|piece| matches!(piece, Piece::Pattern(c) if wanted.contains(*c)));
    let digits = has("0#?");
    if pieces.contains(&Piece::Elapsed) {
        return Style::Shape(NumberShape::Duration);
    }
    if has("%") {
        return Style::Shape(NumberShape::Percent);
    }
    if let Some(code) = pieces.iter().find_map(money).filter(|_| digits || pieces.contains(&Piece::General)) {
        return Style::Shape(NumberShape::Money(code));
    }
    // fractions of a second have digits behind them (`ss.000`), numbers have no such letters
    if pieces.contains(&Piece::General) || (digits && !has("ymdhs")) {
        return Style::Plain;
    }
    if has("ydegb") || (has("m") && !has("hs")) {
        return Style::Date;
    }
    match (has("h"), has("s")) {
        (true, _) => Style::Time,
        // minutes and seconds without an hour are no time of day
        (false, true) => Style::Shape(NumberShape::Duration),
        (false, false) => Style::Plain,
    }
}

fn money(piece: &Piece) -> Option<String> {
    match piece {
        Piece::Symbol(symbol, locale) => currency::of_symbol(symbol, locale),
        Piece::Literal(text) => currency::of_text(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money_of(code: &str) -> String {
        match read(code) {
            Style::Shape(NumberShape::Money(code)) => code,
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn plain_numbers() {
        for code in [
            "General",
            "0",
            "0.00",
            "#,##0",
            "#,##0;[Red]-#,##0",
            "0.00E+00",
            "##0.0E+0",
            "# ?/?",
            "@",
            "000-00-0000",
            "_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)",
            "0 \"days\"",
            "0\\ \\m",
            "[Blue]0",
            "[>100]0;0",
            "0\" units\"",
            "General\" st\"",
            "\"text\"",
            "",
            "[$-409]0.00",
            "0.0\"x\"",
            ";;;",
            "\"Budget:\" 0",
        ] {
            assert_eq!(read(code), Style::Plain, "{code}");
        }
    }

    #[test]
    fn dates_times_and_durations() {
        for code in [
            "yyyy-mm-dd",
            "dd/mm/yyyy",
            "d\\.m\\.yyyy",
            "mmm yy",
            "mmmm",
            "[$-409]d-mmm-yy;@",
            "[$-F800]dddd, mmmm dd",
            "yyyy\\-mm\\-dd hh:mm:ss",
            "m/d/yy h:mm AM/PM",
            "[$-41D]d mmmm yyyy",
            "yyyy\"年\"m\"月\"",
            "ge.m.d",
            "YYYY",
            "dddd",
            "m/d",
            "[ENG][$-409]mmmm\\ d\\,\\ yyyy;@",
            "yyyy-mm-dd hh:mm:ss.000",
        ] {
            assert_eq!(read(code), Style::Date, "{code}");
        }
        for code in
            ["h:mm", "hh:mm:ss", "h:mm AM/PM", "h:mm:ss.00", "[$-F400]h:mm:ss\\ AM/PM", "h \"o'clock\""]
        {
            assert_eq!(read(code), Style::Time, "{code}");
        }
        for code in ["[h]:mm", "[hh]:mm:ss", "[m]", "[ss].00", "mm:ss", "mm:ss.0"] {
            assert_eq!(read(code), Style::Shape(NumberShape::Duration), "{code}");
        }
    }

    #[test]
    fn percent() {
        for code in ["0%", "0.00%", "0 %", "#,##0.0%;[Red]-#,##0.0%", "0%\" of all\""] {
            assert_eq!(read(code), Style::Shape(NumberShape::Percent), "{code}");
        }
        assert_eq!(read("0\"%\""), Style::Plain, "a literal does not scale the number");
    }

    #[test]
    fn money() {
        for (code, currency) in [
            ("\"$\"#,##0.00", "USD"),
            ("$#,##0_);($#,##0)", "USD"),
            ("[$€-2] #,##0.00", "EUR"),
            ("#,##0.00\\ [$€-407]", "EUR"),
            ("#,##0.00\\ \"€\"", "EUR"),
            ("€#,##0", "EUR"),
            ("_-* #,##0.00\\ \"kr\"_-;\\-* #,##0.00\\ \"kr\"_-", "kr"),
            ("#,##0.00\\ [$kr-41D]", "SEK"),
            ("[$kr.-406] #,##0.00", "DKK"),
            ("[$kr-414] #,##0", "NOK"),
            ("#,##0 [$SEK]", "SEK"),
            ("#,##0 \"SEK\"", "SEK"),
            ("[$$-1009]#,##0.00", "CAD"),
            ("[$$-409]#,##0.00", "USD"),
            ("[$£-809]#,##0.00", "GBP"),
            ("£0.00", "GBP"),
            ("[$¥-804]#,##0.00", "CNY"),
            ("[$¥-411]#,##0", "JPY"),
            ("[$R$-416] #,##0.00", "BRL"),
            ("[$-409]$#,##0", "USD"),
            ("#,##0\\ \\k\\r", "kr"),
            ("0.00 \"zł\"", "PLN"),
            ("[Red][$CHF-807] #,##0.00", "CHF"),
        ] {
            assert_eq!(money_of(code), currency, "{code}");
        }
    }
}
