//! Reads every sheet of a workbook column by column and says what it found and how long it took:
//! `cargo run --release --example api_cells -- FILE.xlsx [cells | COLUMN,COLUMN,…]`
//!
//! With `cells` the cells come one by one, with numbers only these columns (zero-based) are read.
#![allow(clippy::print_stdout)]

use std::path::Path;
use std::time::Instant;

use goalsheet::data::Error;
use goalsheet::data::reader::{Book, Flow, Limits, RawCell, RawValue, Sink};
use goalsheet::data::xlsx::{NO_TEXT, Pick, XlsxBook};

/// Counts cells and adds up numbers.
#[derive(Default)]
struct Count {
    rows: u64,
    numbers: u64,
    texts: u64,
    others: u64,
    sum: f64,
}

impl Sink for Count {
    fn row(&mut self, _row: u32, _hidden: bool) -> Flow {
        self.rows += 1;
        Flow::Continue
    }

    fn cell(&mut self, cell: RawCell<'_>) {
        match cell.value {
            RawValue::Number(number) => {
                self.numbers += 1;
                self.sum += number;
            }
            RawValue::Shared(_) | RawValue::Text(_) => self.texts += 1,
            RawValue::Boolean(_) | RawValue::Error(_) | RawValue::IsoDate(_) => self.others += 1,
        }
    }

    fn restart(&mut self) -> bool {
        *self = Self::default();
        true
    }
}

/// The columns of the first row.
#[derive(Default)]
struct Width(u32);

impl Sink for Width {
    fn row(&mut self, row: u32, _hidden: bool) -> Flow {
        if row < 20 { Flow::Continue } else { Flow::Stop }
    }

    fn cell(&mut self, cell: RawCell<'_>) {
        self.0 = self.0.max(cell.column + 1);
    }

    fn restart(&mut self) -> bool {
        true
    }
}

fn columns(book: &XlsxBook, sheet: usize, wanted: Option<Vec<u32>>) -> Result<Count, Error> {
    let mut width = Width::default();
    book.read_into(sheet, None, &mut width)?;
    let columns = wanted.unwrap_or_else(|| (0..width.0).collect());
    let pick = Pick { columns, first_row: 0, last_row: None, span: (0, width.0.saturating_sub(1)) };
    let (mut count, mut texts) = (Count::default(), book.texts());
    book.read_columns(sheet, &pick, &mut texts, |chunk, _| {
        count.rows += chunk.rows.len() as u64;
        for lane in &chunk.lanes {
            let numbers = lane.numbers.iter().filter(|number| !number.is_nan());
            count.numbers += numbers.clone().count() as u64;
            count.sum += numbers.sum::<f64>();
            count.texts += lane.codes.iter().filter(|code| **code != NO_TEXT).count() as u64;
            count.others += lane.others.len() as u64;
        }
        Flow::Continue
    })?;
    Ok(count)
}

fn main() -> Result<(), Error> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(path) = arguments.first() else {
        println!("usage: api_cells FILE.xlsx [cells | COLUMN,COLUMN,…]");
        return Ok(());
    };
    let start = Instant::now();
    let book = XlsxBook::open(Path::new(path), &Limits::default())?;
    println!("{} shared texts, opened in {:.1} ms", book.shared_count(), start.elapsed().as_secs_f64() * 1e3);
    for (index, sheet) in book.sheets().iter().enumerate() {
        let start = Instant::now();
        let count = match arguments.get(1).map(String::as_str) {
            Some("cells") => {
                let mut count = Count::default();
                book.read_into(index, None, &mut count)?;
                count
            }
            wanted => {
                let wanted = wanted.map(|list| list.split(',').filter_map(|n| n.parse().ok()).collect());
                columns(&book, index, wanted)?
            }
        };
        println!(
            "{}: {} rows, {} numbers (sum {:.2}), {} texts, {} others, {:.1} ms",
            sheet.name,
            count.rows,
            count.numbers,
            count.sum,
            count.texts,
            count.others,
            start.elapsed().as_secs_f64() * 1e3
        );
    }
    Ok(())
}
