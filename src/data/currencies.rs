//! Gathered cells → the currency of each row, where a column holds more than one: by cell format, by text, or by a
//! column of ISO 4217 codes beside it.

use crate::data::dataset::{Column, ColumnCurrencies, ColumnData, MISSING_CODE};
use crate::data::gather::Gathered;
use crate::data::numbers;
use crate::data::reader::Style;
use crate::data::{NumberShape, money};

/// The currencies of a column by its own cells; none where there is but one.
pub(crate) fn by_cells(column: usize, cells: &Gathered, styles: &[Style]) -> Option<ColumnCurrencies> {
    let mut found = ColumnCurrencies { column, codes: Vec::new(), of_row: Vec::new() };
    let mut by_style = Vec::new();
    for (from, to, style) in cells.style_runs() {
        let Some(Style::Shape(NumberShape::Money(currency))) = styles.get(style as usize) else { continue };
        if cells.numbers.any_in(from..to, |_| true) {
            by_style.push((from..to, number_of(&mut found.codes, currency)));
        }
    }
    let by_text: Vec<u8> = cells
        .words
        .dictionary
        .texts()
        .map(|text| {
            let read = numbers::parse(text, '.').or_else(|| numbers::parse(text, ','));
            read.and_then(|number| number.currency).map_or(0, |code| number_of(&mut found.codes, &code))
        })
        .collect();
    if found.codes.len() < 2 {
        return None;
    }
    let mut of_row = vec![0_u8; cells.rows()];
    for (rows, number) in by_style {
        cells.numbers.each_in(rows, |row, _| of_row[row] = number);
    }
    for (row, code) in cells.codes.iter().enumerate().filter(|(_, code)| **code != MISSING_CODE) {
        if let (Some(slot), Some(number)) = (of_row.get_mut(row), by_text.get(*code as usize)) {
            *slot = (*number).max(*slot);
        }
    }
    found.of_row = of_row;
    used(found)
}

/// The currencies of a column by the codes that stand beside it.
pub(crate) fn by_codes(column: usize, codes: &Column) -> Option<ColumnCurrencies> {
    let ColumnData::Text { codes, dictionary } = &codes.data else { return None };
    let mut found = ColumnCurrencies { column, codes: Vec::new(), of_row: Vec::with_capacity(codes.len()) };
    let mut numbers = Vec::new();
    for text in dictionary.texts() {
        let code = money::iso_code(&text.to_uppercase())?;
        numbers.push(number_of(&mut found.codes, &code));
    }
    found.of_row = codes.iter().map(|code| numbers.get(*code as usize).copied().unwrap_or(0)).collect();
    used(found)
}

/// From 1; beyond 254 currencies they share the last number.
fn number_of(codes: &mut Vec<String>, code: &str) -> u8 {
    let at = codes.iter().position(|known| known == code).unwrap_or_else(|| {
        if codes.len() < 254 {
            codes.push(code.to_owned());
        }
        codes.len() - 1
    });
    at as u8 + 1
}

/// Kept where rows of two currencies at least are there.
fn used(found: ColumnCurrencies) -> Option<ColumnCurrencies> {
    let mut seen = [false; 256];
    for number in &found.of_row {
        seen[*number as usize] = true;
    }
    (seen.iter().skip(1).filter(|seen| **seen).count() > 1).then_some(found)
}
