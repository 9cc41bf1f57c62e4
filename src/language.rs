//! The languages of goal files: which keywords and number marks a text uses.

/// The language of keywords and numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Swedish.
    Swedish,
    /// Danish.
    Danish,
    /// German.
    German,
}

impl Language {
    /// All of them, English first.
    pub const ALL: [Self; 4] = [Self::English, Self::Swedish, Self::Danish, Self::German];

    /// The code that `language` and `--language` take.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Swedish => "sv",
            Self::Danish => "da",
            Self::German => "de",
        }
    }

    /// The language of a code or of its English name, any case.
    pub fn from_code(code: &str) -> Option<Self> {
        let code = code.trim().to_lowercase();
        Self::ALL
            .into_iter()
            .find(|language| code == language.code() || code == language.name().to_lowercase())
    }

    /// Its English name.
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Swedish => "Swedish",
            Self::Danish => "Danish",
            Self::German => "German",
        }
    }

    /// The mark before the decimals.
    pub fn decimal_mark(self) -> char {
        match self {
            Self::English => '.',
            Self::Swedish | Self::Danish | Self::German => ',',
        }
    }
}
