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
    N301 => "no such value",
    N302 => "a value in several columns",
    N303 => "a source lacks the column of a value",
    N304 => "too many values for each",
    N305 => "no values for each",
    C101 => "no such period",
    C102 => "a window that ends before it starts",
    C103 => "days out of range",
    C104 => "a window that cuts a period of the data",
    C105 => "a span of no whole periods",
    C106 => "a relative period without a declared date",
    C107 => "as of later than the data",
    C108 => "suspect dates",
    C109 => "no baseline",
    C110 => "days without rows",
    C111 => "a window that ends just past the data",
    C112 => "an average that reaches into the window",
    C113 => "week 53",
    C114 => "no dates",
    C115 => "a guardrail with a comparison",
    E101 => "kinds that do not meet",
    E102 => "an operand of the wrong kind",
    E103 => "a period where a day is needed",
    E104 => "a pattern that cannot be read",
    E105 => "an expression of too many levels",
    E106 => "a column that was not read",
    E107 => "a call that cannot be made",
    E201 => "division by zero in rows",
    E202 => "no such date in rows",
    E203 => "no real number in rows",
    E204 => "text that is no number in rows",
    E205 => "an argument out of range in rows",
    E206 => "a key that is not found",
    E207 => "a key on several rows that differ",
    E208 => "a key on several rows that agree",
    E301 => "an aggregate of the wrong kind",
    E302 => "a sum over several currencies",
    E303 => "a result that is too large",
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
