//! An export as a small firm's system gives it: a cover, a dashboard, and the data on the third sheet.

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{Format, FormatAlign, Workbook, XlsxError};

use crate::book::{Looks, SEASON, days, new_book, write_header};
use crate::random::Random;

const REGIONS: [(&str, u64); 4] = [("North", 22), ("South", 34), ("East", 18), ("West", 26)];

/// An order.
struct Order {
    number: u32,
    date: NaiveDate,
    customer: u64,
    region: &'static str,
    visits: u64,
    revenue: f64,
    hours: f64,
    complaint: &'static str,
}

/// The workbook.
pub(crate) fn book() -> Result<Workbook, XlsxError> {
    let orders = all_orders();
    let mut book = new_book("Service orders")?;
    write_cover(&mut book)?;
    write_dashboard(&mut book, &orders)?;
    write_data(&mut book, &orders)?;
    Ok(book)
}

fn all_orders() -> Vec<Order> {
    let mut random = Random::new(12);
    let mut orders = Vec::new();
    let mut number = 5000;
    for date in days() {
        let year = date.year();
        let trend = 1.0 + 0.06 * f64::from(year - 2023);
        // A service firm is busy when the heating is on: half of the swing of a shop.
        let season = 1.0 + (SEASON[date.month0() as usize] - 1.0) / 2.0;
        let open = if date.weekday().num_days_from_monday() < 5 { 3.4 } else { 0.6 };
        for _ in 0..random.whole(open * trend * season, 0.4) {
            number += 1;
            let customers = if year == 2025 { 420 } else { 460 };
            let complaint_share = if year == 2025 { 0.034 } else { 0.075 };
            orders.push(Order {
                number,
                date,
                customer: 1000 + random.below(customers),
                region: random.pick(&REGIONS),
                visits: random.pick(&[(1, 70), (2, 22), (3, 8)]),
                revenue: random.between(900, 9_900) as f64 * if year == 2025 { 1.02 } else { 1.0 },
                hours: random.between(4, 60) as f64 / 2.0,
                complaint: if random.chance(complaint_share) { "yes" } else { "no" },
            });
        }
    }
    orders
}

fn write_cover(book: &mut Workbook) -> Result<(), XlsxError> {
    let looks = Looks::new();
    let sheet = book.add_worksheet().set_name("Cover")?;
    sheet.write_with_format(1, 1, "Service orders", &looks.title)?;
    for (row, (label, text)) in (3..).zip([
        ("Prepared by", "Operations"),
        ("Period", "January 2023 to June 2025"),
        ("Status", "final"),
    ]) {
        sheet.write(row, 1, label)?;
        sheet.write(row, 2, text)?;
    }
    Ok(())
}

fn write_dashboard(book: &mut Workbook, orders: &[Order]) -> Result<(), XlsxError> {
    let looks = Looks::new();
    let sheet = book.add_worksheet().set_name("Dashboard")?;
    let centred = Format::new().set_align(FormatAlign::Center).set_bold();
    sheet.merge_range(0, 0, 0, 4, "Revenue by region", &centred)?;
    sheet.write_with_format(2, 0, "Year", &looks.header)?;
    for (column, (region, _)) in (1u16..).zip(REGIONS) {
        sheet.write_with_format(2, column, region, &looks.header)?;
    }
    for (row, year) in (3..).zip([2023, 2024, 2025]) {
        sheet.write(row, 0, year)?;
        for (column, (region, _)) in (1u16..).zip(REGIONS) {
            let total: f64 = orders
                .iter()
                .filter(|order| order.date.year() == year && order.region == region)
                .map(|order| order.revenue)
                .sum();
            sheet.write_with_format(row, column, total.round(), &looks.money)?;
        }
    }
    Ok(())
}

fn write_data(book: &mut Workbook, orders: &[Order]) -> Result<(), XlsxError> {
    let looks = Looks::new();
    let sheet = book.add_worksheet().set_name("Data")?;
    let names =
        ["Order no", "Order date", "Customer", "Region", "Visits", "Revenue", "Response hours", "Complaint"];
    write_header(sheet, 0, &names, &looks)?;
    sheet.set_column_width(1, 11)?;
    for (row, order) in (1..).zip(orders) {
        sheet.write(row, 0, order.number)?;
        sheet.write_with_format(row, 1, &order.date, &looks.date)?;
        sheet.write(row, 2, format!("C{}", order.customer))?;
        sheet.write(row, 3, order.region)?;
        sheet.write(row, 4, order.visits as u32)?;
        sheet.write_with_format(row, 5, order.revenue, &looks.money)?;
        sheet.write(row, 6, order.hours)?;
        sheet.write(row, 7, order.complaint)?;
    }
    Ok(())
}
