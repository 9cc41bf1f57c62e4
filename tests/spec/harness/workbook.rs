//! The `sheet` and `cells` blocks of a case → its workbook.

use std::path::Path;

use chrono::NaiveDate;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use crate::document::{Block, Case, cells};

/// Writes the case's workbook; false when it has no sheet.
pub(crate) fn write(case: &Case, path: &Path) -> Result<bool, String> {
    let mut book = Workbook::new();
    let mut any = false;
    for block in &case.blocks {
        let rows: Vec<Vec<&str>> = match block.kind.as_str() {
            "sheet" => aligned(block)?,
            "cells" => block.text.lines().map(|line| line.split('|').map(str::trim).collect()).collect(),
            _ => continue,
        };
        any = true;
        add_sheet(&mut book, &block.info, &rows).map_err(|error| format!("line {}: {error}", block.line))?;
    }
    if any {
        book.save(path).map_err(|error| error.to_string())?;
    }
    Ok(any)
}

fn aligned(block: &Block) -> Result<Vec<Vec<&str>>, String> {
    let rows: Vec<Vec<&str>> = block.lines().map(cells).collect();
    let width = rows.first().map_or(0, Vec::len);
    for (row, number) in rows.iter().zip(block.line + 1..) {
        if row.len() != width {
            return Err(format!("line {number}: {} cells below a header of {width}", row.len()));
        }
    }
    Ok(rows)
}

fn add_sheet(book: &mut Workbook, name: &str, rows: &[Vec<&str>]) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet().set_name(name)?;
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            write_cell(sheet, row, column, cell)?;
        }
    }
    Ok(())
}

fn write_cell(sheet: &mut Worksheet, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
    if text.is_empty() || text == "_" {
        return Ok(());
    }
    if let Some(quoted) = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        sheet.write_string(row, column, quoted)?;
    } else if let Ok(date) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        sheet.write_with_format(row, column, &date, &Format::new().set_num_format("yyyy-mm-dd"))?;
    } else if let Ok(number) = text.parse::<f64>() {
        sheet.write_number(row, column, number)?;
    } else if let Some(percent) = text.strip_suffix('%').and_then(|digits| digits.parse::<f64>().ok()) {
        sheet.write_number_with_format(
            row,
            column,
            percent / 100.0,
            &Format::new().set_num_format("0.0%"),
        )?;
    } else if let Some(amount) = text.strip_prefix('€').and_then(|digits| digits.parse::<f64>().ok()) {
        sheet.write_number_with_format(
            row,
            column,
            amount,
            &Format::new().set_num_format("[$€-407]#,##0.00"),
        )?;
    } else if let Some(amount) = text.strip_suffix(" kr").and_then(|digits| digits.parse::<f64>().ok()) {
        sheet.write_number_with_format(
            row,
            column,
            amount,
            &Format::new().set_num_format("#,##0.00 [$kr-41D]"),
        )?;
    } else if text == "#DIV/0!" {
        sheet.write_formula(row, column, rust_xlsxwriter::Formula::new("=1/0").set_result(text))?;
    } else {
        sheet.write_string(row, column, text)?;
    }
    Ok(())
}
