//! The head of delimited text → its delimiter, quote and decimal mark.

use crate::data::{labels, numbers};

/// The delimiter that a line `sep=;` in front names.
pub(crate) fn named_delimiter(text: &str) -> Option<u8> {
    let line = text.lines().next()?.trim();
    let mark = line.strip_prefix("sep=").or_else(|| line.strip_prefix("SEP="))?;
    match mark.as_bytes() {
        [byte] => Some(*byte),
        [] => Some(b'\t'),
        _ => None,
    }
}

fn records(text: &str, delimiter: u8) -> Vec<csv::StringRecord> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
        .into_records()
        .filter_map(Result::ok)
        .take(500)
        .collect()
}

/// The delimiter by which most rows have the same number of columns, at least two.
pub(crate) fn detect_delimiter(text: &str) -> Option<u8> {
    let mut best: Option<(f64, u8)> = None;
    for delimiter in [b';', b'\t', b',', b'|'] {
        let rows = records(text, delimiter);
        let widths: Vec<usize> = rows.iter().map(csv::StringRecord::len).collect();
        let Some(width) = most_common(&widths) else { continue };
        if width < 2 {
            continue;
        }
        let same = widths.iter().filter(|w| **w == width).count() as f64 / widths.len() as f64;
        // a comma in numbers or prose gives fewer or uneven columns; among equals the more columns
        let score = same * 10.0 + (width as f64).min(40.0) / 40.0;
        if same >= 0.5 && best.is_none_or(|(other, _)| score > other) {
            best = Some((score, delimiter));
        }
    }
    best.map(|(_, delimiter)| delimiter)
}

fn most_common(widths: &[usize]) -> Option<usize> {
    let mut sorted = widths.to_vec();
    sorted.sort_unstable();
    sorted
        .chunk_by(|a, b| a == b)
        .max_by_key(|run| (if run[0] > 1 { run.len() } else { 0 }, run[0]))
        .map(|run| run[0])
}

/// The decimal mark that the cells give more evidence of; without any, the comma where semicolons divide.
pub(crate) fn detect_decimal(text: &str, delimiter: u8) -> char {
    let (mut point, mut comma, mut loose_comma, mut loose_point) = (0, 0, 0, 0);
    for record in &records(text, delimiter) {
        for cell in record {
            match numbers::mark(cell) {
                // `01.2025` heads a month
                _ if labels::is_month_of_year(cell.trim()) => {}
                numbers::Mark::Point => point += 1,
                numbers::Mark::Comma => comma += 1,
                numbers::Mark::Undecided if cell.contains(',') => loose_comma += 1,
                numbers::Mark::Undecided => loose_point += 1,
                _ => {}
            }
        }
    }
    match point.cmp(&comma) {
        std::cmp::Ordering::Greater => '.',
        std::cmp::Ordering::Less => ',',
        std::cmp::Ordering::Equal if delimiter == b';' && loose_point == 0 && loose_comma > 0 => ',',
        std::cmp::Ordering::Equal if delimiter == b';' && point == 0 => ',',
        std::cmp::Ordering::Equal => '.',
    }
}

/// The mark that encloses texts: a quotation mark, or an apostrophe where nearly every cell stands between two.
pub(crate) fn detect_quote(text: &str, delimiter: u8) -> u8 {
    if text.contains('"') {
        return b'"';
    }
    let (mut all, mut enclosed) = (0, 0);
    for cell in records(text, delimiter).iter().take(5).flatten().filter(|cell| !cell.is_empty()) {
        all += 1;
        let cell = cell.trim();
        enclosed += usize::from(cell.len() > 1 && cell.starts_with('\'') && cell.ends_with('\''));
    }
    if all > 1 && enclosed * 10 >= all * 7 { b'\'' } else { b'"' }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_by_even_rows() {
        assert_eq!(detect_delimiter("a;b;c\n1,5;2;3\n2,5;3;4\n"), Some(b';'));
        assert_eq!(detect_delimiter("a,b\n\"x, y\",2\nz,3\n"), Some(b','));
        assert_eq!(detect_delimiter("a\tb\n1\t2\n"), Some(b'\t'));
        assert_eq!(detect_delimiter("one\ntwo\n"), None);
    }

    #[test]
    fn decimal_marks_by_evidence() {
        assert_eq!(detect_decimal("a;b\n1,5;x\n1.234,50;y\n", b';'), ',');
        assert_eq!(detect_decimal("a;b\n1.5;x\n", b';'), '.');
        assert_eq!(detect_decimal("a,b\n1,2\n", b','), '.');
    }

    #[test]
    fn quotes_by_evidence() {
        assert_eq!(detect_quote("'a','b'\n'1','x'\n", b','), b'\'');
        assert_eq!(detect_quote("a,b\n1,it's\n", b','), b'"');
        assert_eq!(detect_quote("\"a\",b\n", b','), b'"');
    }
}
