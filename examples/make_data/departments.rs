//! A company by department: people, support and costs by month, and a budget to hold the costs against.

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{Workbook, XlsxError};

use crate::book::{Looks, day, months, new_book, write_header};
use crate::random::Random;

/// A department: headcount in January 2023, monthly costs per account in SEK, and how far 2025 is over the budget.
struct Department {
    name: &'static str,
    headcount: u64,
    costs: [(&'static str, f64); 3],
    drift: f64,
}

const DEPARTMENTS: [Department; 4] = [
    Department {
        name: "Sales",
        headcount: 24,
        costs: [("Salaries", 1_240_000.0), ("Travel", 86_000.0), ("Software", 31_000.0)],
        drift: 0.985,
    },
    Department {
        name: "Support",
        headcount: 18,
        costs: [("Salaries", 792_000.0), ("Travel", 9_000.0), ("Software", 54_000.0)],
        drift: 1.07,
    },
    Department {
        name: "Product",
        headcount: 31,
        costs: [("Salaries", 1_860_000.0), ("Travel", 28_000.0), ("Software", 118_000.0)],
        drift: 1.012,
    },
    Department {
        name: "Finance",
        headcount: 9,
        costs: [("Salaries", 468_000.0), ("Travel", 6_000.0), ("Software", 22_000.0)],
        drift: 0.96,
    },
];

/// The workbook.
pub(crate) fn book() -> Result<Workbook, XlsxError> {
    let mut random = Random::new(41);
    let mut book = new_book("Monthly figures by department")?;
    write_people(&mut book, &mut random)?;
    write_support(&mut book, &mut random)?;
    write_costs(&mut book, &mut random)?;
    write_targets(&mut book)?;
    Ok(book)
}

fn write_people(book: &mut Workbook, random: &mut Random) -> Result<(), XlsxError> {
    let looks = Looks::new();
    let sheet = book.add_worksheet().set_name("HR")?;
    let names = ["Month", "Department", "Headcount", "Leavers", "Sick days", "Working days"];
    write_header(sheet, 0, &names, &looks)?;
    let mut headcounts: Vec<u64> = DEPARTMENTS.iter().map(|department| department.headcount).collect();
    let mut row = 1;
    for month in months() {
        for (department, headcount) in DEPARTMENTS.iter().zip(&mut headcounts) {
            let leavers = u64::from(random.chance(*headcount as f64 * 0.011));
            let hires = random.whole(*headcount as f64 * 0.016, 0.0);
            *headcount = *headcount + hires - leavers;
            let working = *headcount * 21;
            let sick_share = if month.year() == 2025 { 0.031 } else { 0.036 };
            let winter = if matches!(month.month(), 1 | 2 | 11 | 12) { 1.35 } else { 0.9 };
            let sick = random.whole(working as f64 * sick_share * winter, 0.2);
            sheet.write_with_format(row, 0, &month, &looks.month)?;
            sheet.write(row, 1, department.name)?;
            sheet.write(row, 2, *headcount as u32)?;
            sheet.write(row, 3, leavers as u32)?;
            // Two months were never reported.
            if department.name == "Product" && is_unreported(month) {
                sheet.write(row, 4, "n/a")?;
            } else {
                sheet.write(row, 4, sick as u32)?;
            }
            sheet.write(row, 5, working as u32)?;
            row += 1;
        }
    }
    Ok(())
}

fn is_unreported(month: NaiveDate) -> bool {
    month == day(2023, 7, 1) || month == day(2023, 8, 1)
}

fn write_support(book: &mut Workbook, random: &mut Random) -> Result<(), XlsxError> {
    let looks = Looks::new();
    let sheet = book.add_worksheet().set_name("Support")?;
    sheet.write_with_format(0, 0, "Customer support by month and queue", &looks.title)?;
    let names = ["Month", "Queue", "Tickets", "Solved on time", "Waiting hours", "Reopened"];
    write_header(sheet, 2, &names, &looks)?;
    let mut row = 3;
    for month in months() {
        for (queue, base, on_time) in [("Email", 620.0, 0.88), ("Phone", 410.0, 0.93), ("Chat", 280.0, 0.95)]
        {
            let chat_grows = if queue == "Chat" && month.year() == 2025 { 1.4 } else { 1.0 };
            let tickets = random.whole(base * chat_grows, 0.12);
            let better = if month.year() == 2025 { 0.012 } else { 0.0 };
            let solved = random.whole(tickets as f64 * (on_time + better), 0.015);
            let hours = tickets as f64 * if month.year() == 2025 { 5.1 } else { 6.4 };
            let reopened = random.whole(tickets as f64 * 0.045, 0.4);
            sheet.write_with_format(row, 0, &month, &looks.month)?;
            sheet.write(row, 1, queue)?;
            sheet.write(row, 2, tickets as u32)?;
            sheet.write(row, 3, solved.min(tickets) as u32)?;
            sheet.write(row, 4, random.whole(hours, 0.1) as u32)?;
            sheet.write(row, 5, reopened as u32)?;
            row += 1;
        }
    }
    Ok(())
}

/// What an account of a department costs in a month by plan: 3 % more in 2024, 2 % less than that in 2025.
fn planned(cost: f64, month: NaiveDate) -> f64 {
    let change = match month.year() {
        2023 => 1.0,
        2024 => 1.03,
        _ => 1.03 * 0.98,
    };
    (cost * change / 100.0).round() * 100.0
}

fn write_costs(book: &mut Workbook, random: &mut Random) -> Result<(), XlsxError> {
    let looks = Looks::new();
    let sheet = book.add_worksheet().set_name("Costs")?;
    write_header(sheet, 0, &["Month", "Department", "Account", "Amount"], &looks)?;
    sheet.set_column_width(3, 14)?;
    let mut row = 1;
    for month in months() {
        for department in &DEPARTMENTS {
            let drift = if month.year() == 2025 { department.drift } else { 1.0 };
            for (account, cost) in department.costs {
                let spread = if account == "Salaries" { 0.01 } else { 0.25 };
                let amount = planned(cost, month) * drift * random.around_one(spread);
                sheet.write_with_format(row, 0, &month, &looks.month)?;
                sheet.write(row, 1, department.name)?;
                sheet.write(row, 2, account)?;
                sheet.write_with_format(row, 3, amount.round(), &looks.money)?;
                row += 1;
            }
        }
    }
    Ok(())
}

fn write_targets(book: &mut Workbook) -> Result<(), XlsxError> {
    let looks = Looks::new();
    let sheet = book.add_worksheet().set_name("Targets")?;
    write_header(sheet, 0, &["Month", "Department", "Budget"], &looks)?;
    sheet.set_column_width(2, 14)?;
    let mut row = 1;
    for number in 1..=12 {
        let month = day(2025, number, 1);
        for department in &DEPARTMENTS {
            let budget: f64 = department.costs.iter().map(|(_, cost)| planned(*cost, month)).sum();
            sheet.write_with_format(row, 0, &month, &looks.month)?;
            sheet.write(row, 1, department.name)?;
            sheet.write_with_format(row, 2, budget, &looks.money)?;
            row += 1;
        }
    }
    Ok(())
}
