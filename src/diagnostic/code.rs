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
    P102 => "indented line without a statement above it",
    P103 => "line too long",
    P104 => "brackets nested too deep",
    P105 => "heading below the third level",
    P106 => "unknown language",
    P107 => "file with too many statements not understood",
    P110 => "declaration without its second half",
    P111 => "statement not understood",
    P112 => "unknown clause",
    P113 => "clause of a data line not understood",
    P114 => "fiscal year that cannot start so",
    P115 => "calendar sheet with too few or too many columns",
    P116 => "table of Markdown that is not read",
    P120 => "number with two readings",
    P121 => "not a number",
    P122 => "number too large",
    P130 => "not a date or period",
    P131 => "no such date or period",
    P132 => "year missing or short",
    P133 => "date with two readings",
    P134 => "rolling window in days or weeks",
    P140 => "not an expression",
    P141 => "aggregate without its argument",
    P142 => "where outside an aggregate",
    P143 => "quote or bracket not closed",
    P201 => "word twice in a row",
    P202 => "unexpected mark in a goal",
    P203 => "words left over in a goal",
    P204 => "clause without its rest",
    P205 => "filter that reads as a number or period",
    P206 => "for each without a column",
    P207 => "two sentences on a line",
    P208 => "two goals in a sentence",
    P209 => "goal without a metric",
    P210 => "goal without a verb",
    P211 => "goal without a change",
    P212 => "two changes in a goal",
    P213 => "clause said twice",
    P214 => "value without by or to",
    P215 => "by or to",
    P216 => "keep without a limit",
    P217 => "range reversed",
    P218 => "amount not positive",
    P219 => "two units in a pair",
    P220 => "two bounds on one value",
    P221 => "verb against its change",
    P222 => "change without one size",
    P223 => "level verb with a change",
    P224 => "change in every period",
    P225 => "year or amount",
    P226 => "year without a word before it",
    P227 => "note before the change",
    P228 => "number in brackets",
    P229 => "number in a note",
    P230 => "value read as exact",
    P231 => "time that names none",
    P232 => "within with two readings",
    P233 => "example or exception",
    P234 => "report of the past",
    P235 => "words beside a goal kept as its note",
    P240 => "count or weight not understood",
    P241 => "reward not understood",
    P242 => "status clause not understood",
    P243 => "pace clause not understood",
    P244 => "review clause not understood",
    P245 => "retarget not understood",
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
    D101 => "no such sheet, table or range",
    D102 => "sheet without a table",
    D103 => "appended files or sheets with other columns",
    D104 => "text in a number column",
    D105 => "text in a date column",
    D106 => "error cells",
    D107 => "dates of two readings",
    D108 => "numbers of two readings",
    D109 => "percent cells of two scales",
    D110 => "equal rows in appended files or sheets",
    D111 => "dates with day and month swapped",
    D112 => "formulas never calculated",
    D113 => "hidden rows",
    D114 => "rows left out",
    D115 => "no value fits the kind",
    D116 => "several sheets to choose from",
    D117 => "no periods across",
    D118 => "periods across without a year",
    D119 => "a sheet of a file without sheets",
    D130 => "files without a table",
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
    C116 => "a guardrail over too many periods",
    C120 => "a calendar sheet that cannot be used",
    C121 => "a calendar sheet with several divisions",
    C122 => "years cut short in a calendar sheet",
    C123 => "a fiscal period without its calendar",
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
    S101 => "improve without a direction",
    M101 => "a share above one",
    M102 => "points of what is no ratio",
    M103 => "percent of a ratio",
    M104 => "a stated baseline that is not the measured one",
    M105 => "no target in the sheet",
    M106 => "a baseline that is no base",
    M107 => "an amount in another unit",
    M108 => "a small change",
    M109 => "bare points of a share",
    A101 => "already met",
    A102 => "against what has been done before",
    A201 => "goals that contradict each other",
    R101 => "no reason",
    R102 => "moves nothing",
    T101 => "no time",
    T102 => "a calendar period beside a fiscal year",
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
