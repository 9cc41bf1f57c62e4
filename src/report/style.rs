//! How numbers and units are written: the marks of a language.

use crate::syntax::Language;

/// The conventions results are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    /// The language of the goal file or of `--language`.
    pub language: Language,
}

impl Style {
    /// The decimal mark.
    pub fn decimal_mark(self) -> char {
        if self.language == Language::English { '.' } else { ',' }
    }

    /// What stands between groups of three digits.
    pub fn group_mark(self) -> char {
        match self.language {
            Language::English => ',',
            Language::Swedish => '\u{a0}',
            Language::Danish | Language::German => '.',
        }
    }

    /// What follows a percentage.
    pub fn percent_sign(self) -> &'static str {
        if self.language == Language::English { "%" } else { "\u{a0}%" }
    }

    /// The abbreviation of percentage points.
    pub fn points_sign(self) -> &'static str {
        if self.language == Language::Swedish { "p.e." } else { "pp" }
    }
}
