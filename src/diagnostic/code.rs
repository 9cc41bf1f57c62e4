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
    N101 => "unknown metric",
    N102 => "column outside an aggregate",
    N103 => "unknown column",
    N104 => "ambiguous column",
    N105 => "name in several sources",
    N106 => "columns of different sources in one expression",
    N107 => "a source lacks a segment column",
    N108 => "unknown source",
    N109 => "depends on itself",
    N110 => "defined twice",
    N111 => "a rate without a measure",
    N112 => "no measure",
    N113 => "no expression over rows",
    N114 => "unknown function",
    N115 => "wrong number of arguments",
    N116 => "no data named",
    N117 => "no date column",
    N118 => "several date columns",
    N119 => "no dates in the date column",
    N120 => "sheets with the same columns",
    N121 => "the sheet that was chosen",
    N122 => "no such date",
    N123 => "unknown goal",
    N124 => "a target without its sheet",
    N125 => "a share without its condition",
    N126 => "numbers needed",
    N127 => "a range whose ends stand in a sheet",
    N128 => "a file on the command line that stands for none",
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
