//! The row functions by name: what resolve checks calls against and the expression engine runs.

use std::ops::RangeInclusive;

use crate::data::Use;

/// What a row function is given and gives, under Excel's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum RowFunction {
    Abs,
    And,
    Ceiling,
    Coalesce,
    Concat,
    Date,
    DateDif,
    Day,
    Days,
    Edate,
    Eomonth,
    Exact,
    Find,
    Floor,
    If,
    IfError,
    Ifs,
    Int,
    IsoWeekNum,
    Left,
    Len,
    Lower,
    Max,
    Mid,
    Min,
    Mod,
    Month,
    NetworkDays,
    Not,
    Or,
    Power,
    Quarter,
    Right,
    Round,
    RoundDown,
    RoundUp,
    Search,
    Sign,
    Sqrt,
    Substitute,
    Trim,
    Trunc,
    Upper,
    Value,
    Weekday,
    WeekNum,
    Year,
}

/// As many arguments as one likes.
const MANY: usize = usize::MAX;

/// Every name with the number of its arguments, by name.
static FUNCTIONS: &[(&str, RangeInclusive<usize>)] = &[
    ("ABS", 1..=1),
    ("AND", 1..=MANY),
    ("CEILING", 2..=2),
    ("COALESCE", 1..=MANY),
    ("CONCAT", 1..=MANY),
    ("CONCATENATE", 1..=MANY),
    ("DATE", 3..=3),
    ("DATEDIF", 3..=3),
    ("DAY", 1..=1),
    ("DAYS", 2..=2),
    ("EDATE", 2..=2),
    ("EOMONTH", 2..=2),
    ("EXACT", 2..=2),
    ("FIND", 2..=3),
    ("FLOOR", 2..=2),
    ("IF", 2..=3),
    ("IFERROR", 2..=2),
    ("IFS", 2..=MANY),
    ("INT", 1..=1),
    ("ISOWEEKNUM", 1..=1),
    ("LEFT", 1..=2),
    ("LEN", 1..=1),
    ("LOWER", 1..=1),
    ("MAX", 1..=MANY),
    ("MID", 3..=3),
    ("MIN", 1..=MANY),
    ("MOD", 2..=2),
    ("MONTH", 1..=1),
    ("NETWORKDAYS", 2..=2),
    ("NOT", 1..=1),
    ("OR", 1..=MANY),
    ("POWER", 2..=2),
    ("QUARTER", 1..=1),
    ("RIGHT", 1..=2),
    ("ROUND", 2..=2),
    ("ROUNDDOWN", 2..=2),
    ("ROUNDUP", 2..=2),
    ("SEARCH", 2..=3),
    ("SIGN", 1..=1),
    ("SQRT", 1..=1),
    ("SUBSTITUTE", 3..=4),
    ("TRIM", 1..=1),
    ("TRUNC", 1..=2),
    ("UPPER", 1..=1),
    ("VALUE", 1..=1),
    ("WEEKDAY", 1..=2),
    ("WEEKNUM", 1..=2),
    ("YEAR", 1..=1),
];

/// Every row function with the number of its arguments, by name; `LOOKUP` reads another source and is none of them.
pub fn row_functions() -> &'static [(&'static str, RangeInclusive<usize>)] {
    FUNCTIONS
}

/// The use that a function makes of a column standing as its argument at `position` (from 0); any use
/// where the kind is the column's own.
pub fn argument_use(name: &str, position: usize) -> Use {
    use RowFunction as F;
    let Some(function) = RowFunction::from_name(name) else { return Use::Any };
    match function {
        F::Abs | F::Ceiling | F::Floor | F::Int | F::Mod | F::Power | F::Round | F::RoundDown => Use::Number,
        F::RoundUp | F::Sign | F::Sqrt | F::Trunc | F::Date => Use::Number,
        F::Day | F::Month | F::Quarter | F::Year | F::IsoWeekNum | F::Days | F::NetworkDays => Use::Date,
        F::Edate | F::Eomonth | F::Weekday | F::WeekNum if position == 0 => Use::Date,
        F::Edate | F::Eomonth | F::Weekday | F::WeekNum => Use::Number,
        F::DateDif if position < 2 => Use::Date,
        F::DateDif | F::Exact | F::Len | F::Lower | F::Upper | F::Trim => Use::Text,
        F::Left | F::Right | F::Mid if position == 0 => Use::Text,
        F::Left | F::Right | F::Mid => Use::Number,
        F::Find | F::Search if position == 2 => Use::Number,
        F::Substitute if position == 3 => Use::Number,
        F::Find | F::Search | F::Substitute => Use::Text,
        F::And | F::Or | F::Not | F::If | F::IfError | F::Ifs | F::Coalesce | F::Concat => Use::Any,
        F::Max | F::Min | F::Value => Use::Any,
    }
}

impl RowFunction {
    /// The function of this name, in any case.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name.to_ascii_uppercase().as_str() {
            "ABS" => Self::Abs,
            "AND" => Self::And,
            "CEILING" => Self::Ceiling,
            "COALESCE" => Self::Coalesce,
            "CONCAT" | "CONCATENATE" => Self::Concat,
            "DATE" => Self::Date,
            "DATEDIF" => Self::DateDif,
            "DAY" => Self::Day,
            "DAYS" => Self::Days,
            "EDATE" => Self::Edate,
            "EOMONTH" => Self::Eomonth,
            "EXACT" => Self::Exact,
            "FIND" => Self::Find,
            "FLOOR" => Self::Floor,
            "IF" => Self::If,
            "IFERROR" => Self::IfError,
            "IFS" => Self::Ifs,
            "INT" => Self::Int,
            "ISOWEEKNUM" => Self::IsoWeekNum,
            "LEFT" => Self::Left,
            "LEN" => Self::Len,
            "LOWER" => Self::Lower,
            "MAX" => Self::Max,
            "MID" => Self::Mid,
            "MIN" => Self::Min,
            "MOD" => Self::Mod,
            "MONTH" => Self::Month,
            "NETWORKDAYS" => Self::NetworkDays,
            "NOT" => Self::Not,
            "OR" => Self::Or,
            "POWER" => Self::Power,
            "QUARTER" => Self::Quarter,
            "RIGHT" => Self::Right,
            "ROUND" => Self::Round,
            "ROUNDDOWN" => Self::RoundDown,
            "ROUNDUP" => Self::RoundUp,
            "SEARCH" => Self::Search,
            "SIGN" => Self::Sign,
            "SQRT" => Self::Sqrt,
            "SUBSTITUTE" => Self::Substitute,
            "TRIM" => Self::Trim,
            "TRUNC" => Self::Trunc,
            "UPPER" => Self::Upper,
            "VALUE" => Self::Value,
            "WEEKDAY" => Self::Weekday,
            "WEEKNUM" => Self::WeekNum,
            "YEAR" => Self::Year,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_known() {
        assert!(row_functions().windows(2).all(|pair| pair[0].0 < pair[1].0));
        for (name, arity) in row_functions() {
            assert!(RowFunction::from_name(name).is_some(), "{name}");
            assert!(arity.start() <= arity.end());
        }
        assert_eq!(RowFunction::from_name("round"), Some(RowFunction::Round));
        assert_eq!(RowFunction::from_name("VLOOKUP"), None);
    }

    #[test]
    fn uses_of_arguments() {
        assert_eq!(argument_use("ROUND", 0), Use::Number);
        assert_eq!(argument_use("edate", 0), Use::Date);
        assert_eq!(argument_use("EDATE", 1), Use::Number);
        assert_eq!(argument_use("SUBSTITUTE", 2), Use::Text);
        assert_eq!(argument_use("SUBSTITUTE", 3), Use::Number);
        assert_eq!(argument_use("FIND", 2), Use::Number);
        assert_eq!(argument_use("FIND", 1), Use::Text);
        assert_eq!(argument_use("IF", 0), Use::Any);
    }
}
