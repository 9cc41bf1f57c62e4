//! Text of fixed width: wrapping, padding, ink and the ASCII fallback.

use crate::judge::Status;
use crate::report::look;

/// How a stretch of terminal text is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ink {
    Plain,
    Bold,
    Dim,
    Good,
    Warning,
    WarningBold,
    Bad,
    BadBold,
}

impl Ink {
    /// The ANSI parameters (SGR); the terminal's own colours.
    fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Bold => "1",
            Self::Dim => "2",
            Self::Good => "32",
            Self::Warning => "33",
            Self::WarningBold => "1;33",
            Self::Bad => "31",
            Self::BadBold => "1;31",
        }
    }
}

/// What can be shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pen {
    pub(crate) colour: bool,
    pub(crate) unicode: bool,
}

impl Pen {
    /// Text with its ink; without colour the text itself.
    pub(crate) fn ink(self, text: &str, ink: Ink) -> String {
        if !self.colour || ink == Ink::Plain || text.trim().is_empty() {
            return text.to_owned();
        }
        format!("\u{1b}[{}m{text}\u{1b}[0m", ink.code())
    }

    /// Text without control characters, and with signs replaced where only ASCII can be shown. Letters beyond ASCII
    /// stay: they are the user's own.
    pub(crate) fn plain(self, text: &str) -> String {
        let mut plain = String::with_capacity(text.len());
        for sign in text.chars() {
            match sign {
                '\n' | '\t' => plain.push(' '),
                sign if is_unsafe(sign) => {}
                _ if self.unicode => plain.push(sign),
                '−' | '–' | '—' | '·' | '─' => plain.push('-'),
                '→' => plain.push_str("->"),
                '≥' => plain.push_str(">="),
                '≤' => plain.push_str("<="),
                '×' => plain.push('x'),
                '÷' => plain.push('/'),
                '…' => plain.push_str("..."),
                '“' | '”' => plain.push('"'),
                '\u{a0}' => plain.push(' '),
                '●' => plain.push('*'),
                '✓' => plain.push('v'),
                '▲' => plain.push('!'),
                '■' => plain.push('x'),
                '✗' => plain.push('X'),
                '○' => plain.push('o'),
                '☐' => plain.push_str("[ ]"),
                '☑' => plain.push_str("[x]"),
                other => plain.push(other),
            }
        }
        plain
    }

    pub(crate) fn icon(self, status: Status) -> char {
        if self.unicode { look::icon(status) } else { look::ascii_icon(status) }
    }

    pub(crate) fn mark(self, icon: char) -> String {
        self.plain(&icon.to_string())
    }

    /// Full, empty and expected places of a bar.
    pub(crate) fn bar(self) -> (char, char, char) {
        if self.unicode { ('█', '─', '│') } else { ('#', '-', '|') }
    }

    pub(crate) fn rule(self, length: usize) -> String {
        if self.unicode { "─".repeat(length) } else { "-".repeat(length) }
    }
}

/// Control characters and those that change the direction of text.
pub(crate) fn is_unsafe(sign: char) -> bool {
    sign.is_control()
        || matches!(sign, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Places a character takes: two for East Asian wide ones, none for combining marks.
fn places(sign: char) -> usize {
    match u32::from(sign) {
        0x0300..=0x036f => 0,
        0x1100..=0x115f
        | 0x2e80..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1faff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

/// Places a text takes.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(places).sum()
}

/// Filled with blanks at its right.
pub(crate) fn pad_right(text: &str, room: usize) -> String {
    format!("{text}{}", " ".repeat(room.saturating_sub(width(text))))
}

/// Filled with blanks at its left.
pub(crate) fn pad_left(text: &str, room: usize) -> String {
    format!("{}{text}", " ".repeat(room.saturating_sub(width(text))))
}

/// Lines of at most `room` places, broken at blanks; a sign such as `→` stays with what follows it. Lines after the
/// first are indented.
pub(crate) fn wrap(text: &str, room: usize, indent: usize) -> Vec<String> {
    let room = room.max(indent + 4);
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for piece in pieces(text, room - indent) {
        let lead = if lines.is_empty() { 0 } else { indent };
        let needed = width(&line) + usize::from(!line.is_empty()) + width(&piece);
        if !line.is_empty() && lead + needed > room {
            lines.push(format!("{}{line}", " ".repeat(lead)));
            line = piece;
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&piece);
        }
    }
    if !line.is_empty() {
        let lead = if lines.is_empty() { 0 } else { indent };
        lines.push(format!("{}{line}", " ".repeat(lead)));
    }
    lines
}

/// Words, with a sign and the figure and unit after it as one; words longer than a line are cut.
fn pieces(text: &str, room: usize) -> Vec<String> {
    let mut words = text.split(' ').filter(|w| !w.is_empty()).peekable();
    let mut pieces = Vec::new();
    while let Some(word) = words.next() {
        let mut piece = word.to_owned();
        if matches!(word, "→" | "->" | "≥" | "≤" | "<" | ">" | ">=" | "<=" | "×") {
            for _ in 0..2 {
                let Some(next) = words.peek() else { break };
                if width(&piece) + 1 + width(next) > room || *next == "every" {
                    break;
                }
                piece.push(' ');
                piece.push_str(next);
                words.next();
            }
        }
        while width(&piece) > room {
            let mut head = String::new();
            let mut taken = 0;
            for sign in piece.chars() {
                if taken + places(sign) > room {
                    break;
                }
                taken += places(sign);
                head.push(sign);
            }
            if head.is_empty() {
                break;
            }
            piece = piece.split_off(head.len());
            pieces.push(head);
        }
        if !piece.is_empty() {
            pieces.push(piece);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_stays_with_its_figure() {
        assert_eq!(
            wrap("Cost per order, paid search → 85 SEK", 32, 0),
            ["Cost per order, paid search", "→ 85 SEK"]
        );
        assert_eq!(wrap("Gross margin ≥ 38% every quarter", 31, 0), ["Gross margin ≥ 38% every", "quarter"]);
    }

    #[test]
    fn words_longer_than_a_line_are_cut() {
        assert_eq!(wrap("abcdefghij", 4, 0), ["abcd", "efgh", "ij"]);
        assert!(wrap("", 10, 0).is_empty());
    }

    #[test]
    fn ascii_has_a_word_for_every_sign() {
        let pen = Pen { colour: false, unicode: false };
        assert_eq!(pen.plain("≥ 38% → −0.4 – a…"), ">= 38% -> -0.4 - a...");
        assert_eq!(pen.plain("å\u{1b}[31m"), "å[31m");
    }

    #[test]
    fn wide_characters_take_two_places() {
        assert_eq!(width("売上"), 4);
        assert_eq!(pad_right("売上", 6), "売上  ");
        assert_eq!(width("e\u{301}"), 1);
    }
}
