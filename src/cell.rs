//! Cells of a workbook: zero-based inside, shown as `Orders!C17`.

use std::fmt;

/// Which sheet, among all sheets of all files of a run (see `data::Catalog::sheets`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct SheetId(pub u32);

/// One cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CellRef {
    /// Its sheet.
    pub sheet: SheetId,
    /// Zero-based row.
    pub row: u32,
    /// Zero-based column.
    pub column: u32,
}

/// A rectangle of cells, both corners included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CellRange {
    /// Its sheet.
    pub sheet: SheetId,
    /// Zero-based first row and column.
    pub first: (u32, u32),
    /// Zero-based last row and column.
    pub last: (u32, u32),
}

/// The letters of a zero-based column: 0 is `A`, 26 is `AA`.
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut left = u64::from(column) + 1;
    while left > 0 {
        left -= 1;
        letters.push(b'A' + (left % 26) as u8);
        left /= 26;
    }
    letters.reverse();
    letters.into_iter().map(char::from).collect()
}

/// Zero-based row and column of an A1 reference (`$` allowed); `None` if it is none or lies outside a sheet
/// (1 048 576 rows, 16 384 columns).
pub fn parse_a1(text: &str) -> Option<(u32, u32)> {
    let mut column: u32 = 0;
    let mut row: u32 = 0;
    let (mut letters, mut digits) = (0, 0);
    for byte in text.bytes() {
        match byte {
            b'$' if digits == 0 || row == 0 => {}
            b'A'..=b'Z' | b'a'..=b'z' if digits == 0 && letters < 3 => {
                column = column * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1;
                letters += 1;
            }
            b'0'..=b'9' if letters > 0 && digits < 7 => {
                row = row * 10 + u32::from(byte - b'0');
                digits += 1;
            }
            _ => return None,
        }
    }
    let inside = letters > 0 && digits > 0 && (1..=1_048_576).contains(&row) && column <= 16_384;
    inside.then(|| (row - 1, column - 1))
}

/// `C17` of a zero-based row and column.
pub fn a1(row: u32, column: u32) -> String {
    format!("{}{}", column_letters(column), u64::from(row) + 1)
}

/// The name of a sheet as it stands before `!`: quoted where it holds anything but letters, digits, `_`.
pub fn sheet_prefix(sheet: &str) -> String {
    let plain = sheet.chars().all(|c| c.is_alphanumeric() || c == '_')
        && sheet.chars().next().is_some_and(|c| !c.is_numeric())
        && parse_a1(sheet).is_none();
    if plain { sheet.to_owned() } else { format!("'{}'", sheet.replace('\'', "''")) }
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&a1(self.row, self.column))
    }
}

impl fmt::Display for CellRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", a1(self.first.0, self.first.1), a1(self.last.0, self.last.1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_round_trip() {
        for column in [0, 1, 25, 26, 27, 701, 702, 16_383] {
            assert_eq!(parse_a1(&a1(16, column)), Some((16, column)));
        }
        assert_eq!(column_letters(16_383), "XFD");
    }

    #[test]
    fn what_is_no_reference() {
        for text in ["", "A", "1", "A0", "XFE1", "A1048577", "AAAA1", "1A", "A1B"] {
            assert_eq!(parse_a1(text), None, "{text}");
        }
    }

    #[test]
    fn sheet_names_are_quoted_where_needed() {
        assert_eq!(sheet_prefix("Orders"), "Orders");
        assert_eq!(sheet_prefix("Year 2010"), "'Year 2010'");
        assert_eq!(sheet_prefix("Q1"), "'Q1'");
        assert_eq!(sheet_prefix("It's"), "'It''s'");
    }
}
