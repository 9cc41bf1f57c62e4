//! What the example workbooks have in common: a fixed date of creation, date cells, headers.

use chrono::{Days, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

/// First day of the data.
pub(crate) fn first_day() -> NaiveDate {
    day(2023, 1, 1)
}

/// A day that exists.
pub(crate) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or(NaiveDate::MIN)
}

/// The days from 2023-01-01 to 2025-06-30.
pub(crate) fn days() -> impl Iterator<Item = NaiveDate> {
    (0..912).map(|offset| first_day() + Days::new(offset))
}

/// The months from January 2023 to June 2025, by their first days.
pub(crate) fn months() -> impl Iterator<Item = NaiveDate> {
    (0..30).map(|offset| day(2023 + offset / 12, offset as u32 % 12 + 1, 1))
}

/// An empty workbook whose bytes depend on its content alone.
pub(crate) fn new_book(title: &str) -> Result<Workbook, XlsxError> {
    let created = ExcelDateTime::from_ymd(2025, 7, 1)?;
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&created));
    Ok(book)
}

/// The looks of the cells.
pub(crate) struct Looks {
    pub(crate) title: Format,
    pub(crate) header: Format,
    pub(crate) date: Format,
    pub(crate) month: Format,
    pub(crate) money: Format,
    pub(crate) total: Format,
}

impl Looks {
    pub(crate) fn new() -> Self {
        Self {
            title: Format::new().set_bold().set_font_size(14),
            header: Format::new().set_bold().set_border_bottom(rust_xlsxwriter::FormatBorder::Thin),
            date: Format::new().set_num_format("yyyy-mm-dd"),
            month: Format::new().set_num_format("mmm yyyy"),
            money: Format::new().set_num_format("#,##0.00"),
            total: Format::new().set_bold().set_num_format("#,##0.00"),
        }
    }
}

/// Writes a row of column names.
pub(crate) fn write_header(
    sheet: &mut Worksheet,
    row: u32,
    names: &[&str],
    looks: &Looks,
) -> Result<(), XlsxError> {
    for (column, name) in (0u16..).zip(names) {
        sheet.write_with_format(row, column, *name, &looks.header)?;
    }
    Ok(())
}

/// How much of an ordinary month is sold in each: quiet in January, a peak before Christmas.
pub(crate) const SEASON: [f64; 12] = [0.80, 0.78, 0.86, 0.88, 0.95, 0.92, 0.82, 0.90, 0.96, 1.02, 1.45, 1.75];
