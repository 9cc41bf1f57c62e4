//! Workbooks of orders of any size, the same every time, and goals over them.

use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use chrono::{Days, NaiveDate};
use rust_xlsxwriter::{Format, Workbook};

/// How large a workbook is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    /// Rows in all sheets together, headers aside.
    pub(crate) rows: u32,
    /// Columns, at least the five that the goals need.
    pub(crate) columns: u16,
    /// Sheets, with equal columns.
    pub(crate) sheets: u32,
}

impl Default for Shape {
    fn default() -> Self {
        Self { rows: 10_000, columns: 9, sheets: 1 }
    }
}

const SOURCES: [&str; 6] = ["Direct", "Email", "Google", "Facebook", "Partner", "Other"];
const REGIONS: [&str; 4] = ["North", "South", "East", "West"];

/// An order: one row of the first five columns, and what fills the others.
struct Order {
    day: u64,
    customer: String,
    source: &'static str,
    quantity: u32,
    revenue: f64,
    region: &'static str,
    other: u32,
}

/// The `nth` order of `all`, over two and a half years from 2023-01-01 on.
fn order(nth: u32, all: u32) -> Order {
    let mut state = u64::from(nth).wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(1);
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let quantity = 1 + next(9) as u32;
    Order {
        day: u64::from(nth) * 912 / u64::from(all.max(1)),
        customer: format!("C-{:07}", next(u64::from(all / 8) + 1)),
        source: SOURCES[next(6) as usize],
        region: REGIONS[next(4) as usize],
        quantity,
        revenue: f64::from(quantity) * (199 + next(20_000)) as f64 / 100.0,
        other: next(100_000) as u32,
    }
}

fn header(column: u16) -> String {
    match column {
        0 => "order date".to_owned(),
        1 => "customer".to_owned(),
        2 => "source".to_owned(),
        3 => "quantity".to_owned(),
        4 => "revenue".to_owned(),
        5 => "region".to_owned(),
        _ => format!("figure {}", column - 5),
    }
}

fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2023, 1, 1).unwrap_or_default()
}

/// The workbook.
pub(crate) fn write_xlsx(path: &Path, shape: &Shape) -> Result<(), Box<dyn Error>> {
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let each = shape.rows / shape.sheets;
    for sheet_number in 0..shape.sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(format!("Orders {}", sheet_number + 1))?;
        for column in 0..shape.columns {
            sheet.write_string(0, column, header(column))?;
        }
        for row in 1..=each {
            let order = order(sheet_number * each + row - 1, shape.rows);
            let day = first_day() + Days::new(order.day);
            sheet.write_datetime_with_format(row, 0, day, &date)?;
            sheet.write_string(row, 1, &order.customer)?;
            sheet.write_string(row, 2, order.source)?;
            sheet.write_number(row, 3, order.quantity)?;
            sheet.write_number(row, 4, order.revenue)?;
            for column in 5..shape.columns {
                match column {
                    5 => sheet.write_string(row, 5, order.region)?,
                    _ => sheet.write_number(row, column, order.other.wrapping_add(u32::from(column)))?,
                };
            }
        }
    }
    book.save(path)?;
    Ok(())
}

/// The same rows as CSV.
pub(crate) fn write_csv(path: &Path, shape: &Shape) -> Result<(), Box<dyn Error>> {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
    let names: Vec<String> = (0..shape.columns).map(header).collect();
    writeln!(file, "{}", names.join(","))?;
    for row in 0..shape.rows {
        let order = order(row, shape.rows);
        let day = first_day() + Days::new(order.day);
        write!(file, "{day},{},{},{},{}", order.customer, order.source, order.quantity, order.revenue)?;
        for column in 5..shape.columns {
            match column {
                5 => write!(file, ",{}", order.region)?,
                _ => write!(file, ",{}", order.other.wrapping_add(u32::from(column)))?,
            }
        }
        writeln!(file)?;
    }
    file.flush()?;
    Ok(())
}

/// So many goals of the kinds that people set: sums, distinct counts, ratios, segments, guardrails, years and quarters.
pub(crate) fn goals(count: usize, sheets: u32) -> String {
    let from = if sheets > 1 { "data orders from \"orders.xlsx\" all sheets\n" } else { "" };
    let mut text = format!(
        "{from}metric turnover = sum(revenue)\nmetric customers = count distinct(customer)\n\
         metric basket = turnover / customers\n"
    );
    for nth in 0..count {
        let source = SOURCES[nth / 10 % SOURCES.len()];
        let percent = 1 + nth % 40;
        let quarter = 1 + nth % 4;
        let line = match nth % 10 {
            0 => format!("increase turnover by {percent}% in 2024"),
            1 => format!("increase customers by {percent}% in 2024"),
            2 => format!("increase basket by {percent}% in 2024"),
            3 => format!("increase basket for source = \"{source}\" by {percent}% in 2024"),
            4 => format!("increase turnover for source = \"{source}\" by {percent}% in Q{quarter} 2024"),
            5 => format!("keep turnover at least {percent}000 every month in 2024"),
            6 => format!("decrease turnover for source = \"{source}\" by {percent}% in H1 2025"),
            7 => format!("get quantity to {percent}000 in Q{quarter} 2024"),
            8 => format!("increase turnover by {percent}% by 2025-06-30"),
            _ => format!("keep basket at least {percent} every quarter in 2024"),
        };
        let _ = writeln!(text, "{line}");
    }
    text
}
