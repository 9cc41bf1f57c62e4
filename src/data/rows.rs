//! A row of a table, all its cells seen → whether it is data, and if not, what.

use crate::data::grid::{Value, single};
use crate::data::labels::{self, Cell};
use crate::data::words::{self, TotalWord};
use crate::data::{Kind, fold_text};

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RowKind {
    /// A row of the table.
    Data,
    /// Nothing in it.
    Blank,
    /// A total or subtotal.
    Total,
    /// The header once more.
    Header,
    /// A text alone: a heading between rows, a footnote.
    Note,
}

impl RowKind {
    /// As `Skipped::what`.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Data => "row",
            Self::Blank => "blank row",
            Self::Total => "total row",
            Self::Header => "repeated header",
            Self::Note => "row with a text alone",
        }
    }
}

/// What is known of the table's columns.
pub(crate) struct Shape<'a> {
    /// The sheet column of each with its name and kind.
    pub(crate) columns: Vec<(u32, &'a str, Kind)>,
    /// The column in which `Total` stands as one value among others.
    pub(crate) total_column: Option<u32>,
}

impl Shape<'_> {
    fn of(&self, column: u32) -> Option<&(u32, &str, Kind)> {
        self.columns.iter().find(|(at, ..)| *at == column)
    }

    fn is_name(&self, column: u32) -> bool {
        self.of(column).is_some_and(|(_, _, kind)| matches!(kind, Kind::Text | Kind::Date | Kind::Boolean))
    }

    /// Decides what a row is by its filled cells.
    pub(crate) fn row(&self, cells: &[(u32, Value)]) -> RowKind {
        if cells.is_empty() {
            return RowKind::Blank;
        }
        if self.repeats_header(cells) {
            return RowKind::Header;
        }
        if self.is_total(cells) {
            return RowKind::Total;
        }
        if let [(_, Value::Text(text))] = cells
            && (self.columns.len() >= 4 || words::is_footnote(text) && self.columns.len() > 1)
        {
            return RowKind::Note;
        }
        RowKind::Data
    }

    fn repeats_header(&self, cells: &[(u32, Value)]) -> bool {
        let same = cells
            .iter()
            .filter(|(column, value)| {
                let (Value::Text(text), Some((_, name, _))) = (value, self.of(*column)) else { return false };
                let (text, name) = (fold_text(text), fold_text(name));
                text == name || name.ends_with(&format!(" {text}")) || name.starts_with(&format!("{text} "))
            })
            .count();
        same * 10 >= cells.len() * 8 && (same >= 2 || self.columns.len() == 1 && same == 1)
    }

    /// A word for a total, where the row does not say everything that other rows say: a name is missing, the word
    /// stands where a date or number should, or the word is all the row says.
    fn is_total(&self, cells: &[(u32, Value)]) -> bool {
        let Some((column, word)) = cells.iter().find_map(|(column, value)| match value {
            Value::Text(text) => match words::total(&single(text)) {
                TotalWord::No => None,
                word => Some((*column, word)),
            },
            _ => None,
        }) else {
            return false;
        };
        if word == TotalWord::Whole && self.total_column == Some(column) {
            return true;
        }
        let numbers = cells.iter().any(|(_, value)| labels::cell(value) == Cell::Value);
        let misplaced = self.of(column).is_some_and(|(_, _, kind)| matches!(kind, Kind::Date | Kind::Number));
        let names: Vec<u32> =
            self.columns.iter().filter(|(at, ..)| self.is_name(*at)).map(|(at, ..)| *at).collect();
        let missing = names.iter().any(|name| !cells.iter().any(|(at, _)| at == name));
        let only = names.len() == 1 && (word == TotalWord::Whole || numbers);
        misplaced || missing || only
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::NumberShape;

    fn text(column: u32, text: &str) -> (u32, Value) {
        (column, Value::Text(text.to_owned()))
    }

    fn number(column: u32) -> (u32, Value) {
        (column, Value::Number(1.0, NumberShape::Plain))
    }

    fn shape() -> Shape<'static> {
        Shape {
            columns: vec![
                (0, "Date", Kind::Date),
                (1, "Product", Kind::Text),
                (2, "Region", Kind::Text),
                (3, "Amount", Kind::Number),
            ],
            total_column: None,
        }
    }

    #[test]
    fn rows_that_are_no_data() {
        let shape = shape();
        assert_eq!(shape.row(&[text(2, "Denmark Total"), number(3)]), RowKind::Total);
        assert_eq!(shape.row(&[text(0, "Grand Total"), number(3)]), RowKind::Total);
        assert_eq!(shape.row(&[text(0, "Date"), text(1, "Product"), text(2, "Region")]), RowKind::Header);
        assert_eq!(shape.row(&[text(0, "Source: the registry")]), RowKind::Note);
        assert_eq!(shape.row(&[]), RowKind::Blank);
    }

    #[test]
    fn a_product_called_total_is_data() {
        let row = [(0, Value::Date(1)), text(1, "Total"), text(2, "North"), number(3)];
        assert_eq!(shape().row(&row), RowKind::Data);
    }
}
