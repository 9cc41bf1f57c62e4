//! A Nordic web shop: order lines and traffic, two and a half years of days.

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{Formula, Workbook, Worksheet, XlsxError};

use crate::book::{Looks, SEASON, day, days, new_book, write_header};
use crate::random::Random;

/// Price in öre and weight among all products.
const PRODUCTS: [((&str, u64), u64); 10] = [
    (("Wool blanket", 89_900), 12),
    (("Linen towel", 24_900), 18),
    (("Coffee mug", 18_900), 22),
    (("Cutting board", 44_900), 10),
    (("Table lamp", 119_500), 7),
    (("Bread knife", 54_900), 8),
    (("Candle holder", 29_500), 14),
    (("Enamel pot", 79_900), 7),
    (("Herb kit", 34_900), 9),
    (("Gift card", 50_000), 6),
];

/// A way by which visitors come.
struct Channel {
    name: &'static str,
    first_day: (i32, u32, u32),
    sessions: f64,
    /// Orders per session in 2023, on computers and phones.
    conversion: [f64; 2],
    /// How sessions grew in 2024 and 2025.
    growth: [f64; 2],
}

const CHANNELS: [Channel; 6] = [
    Channel {
        name: "Google",
        first_day: (2023, 1, 1),
        sessions: 185.0,
        conversion: [0.034, 0.020],
        growth: [1.08, 1.20],
    },
    Channel {
        name: "Direct",
        first_day: (2023, 1, 1),
        sessions: 90.0,
        conversion: [0.041, 0.029],
        growth: [1.06, 1.12],
    },
    Channel {
        name: "Newsletter",
        first_day: (2023, 1, 1),
        sessions: 45.0,
        conversion: [0.050, 0.036],
        growth: [1.12, 1.18],
    },
    Channel {
        name: "Social",
        first_day: (2023, 1, 1),
        sessions: 70.0,
        conversion: [0.015, 0.010],
        growth: [1.10, 1.14],
    },
    Channel {
        name: "Affiliates",
        first_day: (2023, 1, 1),
        sessions: 30.0,
        conversion: [0.024, 0.016],
        growth: [1.02, 0.95],
    },
    Channel {
        name: "TikTok",
        first_day: (2025, 1, 6),
        sessions: 16.0,
        conversion: [0.018, 0.012],
        growth: [1.0, 1.0],
    },
];

const DEVICES: [(&str, f64); 2] = [("computer", 0.42), ("phone", 0.58)];

/// Sessions of a day, a channel and a device, with what came of them.
struct Visits {
    date: NaiveDate,
    channel: &'static Channel,
    device: &'static str,
    sessions: u64,
    sign_ups: u64,
    orders: u64,
}

/// The workbook.
pub(crate) fn book() -> Result<Workbook, XlsxError> {
    let visits = all_visits();
    let mut book = new_book("Nordic Webshop: orders and traffic")?;
    write_orders(&mut book, &visits)?;
    write_traffic(&mut book, &visits)?;
    Ok(book)
}

fn all_visits() -> Vec<Visits> {
    let mut random = Random::new(2023);
    let mut visits = Vec::new();
    for date in days() {
        let weekday =
            [1.05, 1.02, 1.0, 1.0, 0.95, 0.88, 1.10][date.weekday().num_days_from_monday() as usize];
        let season = SEASON[date.month0() as usize];
        for channel in &CHANNELS {
            let (year, month, first) = channel.first_day;
            if date < day(year, month, first) {
                continue;
            }
            let trend = growth(channel, date);
            for (device, (name, share)) in DEVICES.iter().enumerate() {
                let expected = channel.sessions * share * weekday * season * trend;
                let sessions = random.whole(expected, 0.25).max(3);
                let rate = conversion(channel, device, date);
                let orders = random.whole(sessions as f64 * rate, 0.5).min(sessions);
                let sign_ups = random.whole(sessions as f64 * sign_up_rate(date), 0.0);
                visits.push(Visits { date, channel, device: name, sessions, sign_ups, orders });
            }
        }
    }
    visits
}

fn growth(channel: &Channel, date: NaiveDate) -> f64 {
    match date.year() {
        2023 => 1.0,
        2024 => channel.growth[0],
        _ => channel.growth[0] * channel.growth[1],
    }
}

fn conversion(channel: &Channel, device: usize, date: NaiveDate) -> f64 {
    // The new checkout page of 2025 does badly, most of all on the phones that search sends.
    let change = match (date.year(), device, channel.name) {
        (2025, 1, "Google") => 0.70,
        (2025, _, _) => 0.90,
        _ => 1.0,
    };
    channel.conversion[device] * change
}

fn sign_up_rate(date: NaiveDate) -> f64 {
    if date >= day(2025, 1, 1) { 0.021 } else { 0.009 }
}

const ORDER_COLUMNS: [&str; 11] = [
    "Order ID",
    "Date",
    "Country",
    "Customer type",
    "Source",
    "Device",
    "Product",
    "Sold",
    "Returned",
    "Amount",
    "Delivery days",
];

fn write_orders(book: &mut Workbook, visits: &[Visits]) -> Result<(), XlsxError> {
    let looks = Looks::new();
    let mut random = Random::new(9);
    let sheet = book.add_worksheet().set_name("Orders")?;
    sheet.write_with_format(0, 0, "Nordic Webshop: order lines", &looks.title)?;
    sheet.write(1, 0, "Amounts in SEK without VAT")?;
    write_header(sheet, 3, &ORDER_COLUMNS, &looks)?;
    sheet.set_column_width(1, 11)?.set_column_width(6, 15)?;
    let first_row = 4;
    let mut row = first_row;
    let mut order = 100_000;
    let mut totals = [0.0; 3];
    for visit in visits {
        for _ in 0..visit.orders {
            order += 1;
            let buyer = Buyer::of(visit.date, &mut random);
            let lines = random.pick(&[(1, 70), (2, 22), (3, 8)]);
            for _ in 0..lines {
                let line = Line::of(visit.date, &mut random);
                write_order_line(sheet, row, order, visit, &buyer, &line, &looks)?;
                totals[0] += line.sold as f64;
                totals[1] += line.returned as f64;
                totals[2] += line.amount;
                row += 1;
            }
        }
    }
    sheet.write_with_format(row, 0, "Total", &looks.header)?;
    for ((column, letter), total) in [(7, 'H'), (8, 'I'), (9, 'J')].into_iter().zip(totals) {
        let shown = format!("{total:.2}");
        let formula =
            Formula::new(format!("=SUM({letter}{}:{letter}{row})", first_row + 1)).set_result(shown);
        sheet.write_formula_with_format(row, column, formula, &looks.total)?;
    }
    Ok(())
}

fn write_order_line(
    sheet: &mut Worksheet,
    row: u32,
    order: u32,
    visit: &Visits,
    buyer: &Buyer,
    line: &Line,
    looks: &Looks,
) -> Result<(), XlsxError> {
    sheet.write(row, 0, order)?;
    sheet.write_with_format(row, 1, &visit.date, &looks.date)?;
    sheet.write(row, 2, buyer.country)?;
    if let Some(kind) = buyer.kind {
        sheet.write(row, 3, kind)?;
    }
    sheet.write(row, 4, visit.channel.name)?;
    sheet.write(row, 5, visit.device)?;
    sheet.write(row, 6, line.product)?;
    sheet.write(row, 7, line.sold as u32)?;
    sheet.write(row, 8, line.returned as u32)?;
    sheet.write_with_format(row, 9, line.amount, &looks.money)?;
    sheet.write(row, 10, buyer.delivery_days as u32)?;
    Ok(())
}

/// What is the same for all lines of an order.
struct Buyer {
    country: &'static str,
    kind: Option<&'static str>,
    delivery_days: u64,
}

impl Buyer {
    fn of(date: NaiveDate, random: &mut Random) -> Self {
        let norway = if date.year() == 2025 { 21 } else { 18 };
        let country = random.pick(&[("Sweden", 54), ("Norway", norway), ("Denmark", 16), ("Finland", 12)]);
        // The shop began to ask for the type of customer in September 2024.
        let business = random.chance(0.14);
        let kind = (date >= day(2024, 9, 1)).then_some(if business { "business" } else { "private" });
        let slowest = if date >= day(2025, 2, 1) { 4 } else { 5 };
        Self { country, kind, delivery_days: random.between(1, slowest) }
    }
}

/// An order line.
struct Line {
    product: &'static str,
    sold: u64,
    returned: u64,
    amount: f64,
}

impl Line {
    fn of(date: NaiveDate, random: &mut Random) -> Self {
        let (product, price) = random.pick(&PRODUCTS);
        let sold = random.pick(&[(1, 62), (2, 26), (3, 12)]);
        // After the new year more comes back: gifts that did not fit.
        let share = match date.month() {
            1 => 0.104,
            5 if date.year() == 2025 => 0.105,
            _ => 0.058,
        };
        let returned = (0..sold).filter(|_| random.chance(share)).count() as u64;
        let discount = random.pick(&[(0, 70), (10, 20), (20, 10)]);
        let raise = if date.year() == 2025 { 105 } else { 100 };
        let ore = price * sold * (100 - discount) * raise / 10_000;
        Self { product, sold, returned, amount: ore as f64 / 100.0 }
    }
}

fn write_traffic(book: &mut Workbook, visits: &[Visits]) -> Result<(), XlsxError> {
    let looks = Looks::new();
    let sheet = book.add_worksheet().set_name("Traffic")?;
    write_header(sheet, 0, &["Date", "Channel", "Device", "Sessions", "Sign-ups"], &looks)?;
    sheet.set_column_width(0, 11)?;
    for (row, visit) in (1..).zip(visits) {
        sheet.write_with_format(row, 0, &visit.date, &looks.date)?;
        sheet.write(row, 1, visit.channel.name)?;
        sheet.write(row, 2, visit.device)?;
        sheet.write(row, 3, visit.sessions as u32)?;
        sheet.write(row, 4, visit.sign_ups as u32)?;
    }
    Ok(())
}
