//! The stable codes of diagnostics: one line each, never reused.
//!
//! First letter: P parse, N names, D data cells and files, C calendar, E expressions, L tables,
//! S M A R T the SMART findings, I incentives. Each has a page in docs/diagnostics.md.

use std::fmt;

macro_rules! codes {
    ($($name:ident => $title:literal,)*) => {
        /// A stable code.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(clippy::upper_case_acronyms)]
        pub enum Code {
            $(#[doc = $title] $name,)*
        }

        impl Code {
            /// Every code, in order of declaration.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// The code as printed: `P101`.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => stringify!($name),)* }
            }

            /// What it is about, as the title of its page.
            pub fn title(self) -> &'static str {
                match self { $(Code::$name => $title,)* }
            }
        }
    };
}

codes! {
    P101 => "line not understood",
}

impl Code {
    /// The code with this name, if there is one (`P101`, any case).
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str().eq_ignore_ascii_case(name))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
