//! How fast cells come out of a workbook, beside calamine's own loop: `cargo bench --bench reader`.
#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use calamine::Reader as _;
use divan::{Bencher, black_box, counter::ItemsCount};
use goalsheet::data::reader::{Flow, Limits, RawCell, Sink};
use goalsheet::data::xlsx::{Pick, XlsxBook};
use rust_xlsxwriter::{Format, Workbook};

fn main() {
    divan::main();
}

/// A workbook on disk; its folder goes with it.
struct File {
    _folder: tempfile::TempDir,
    path: PathBuf,
    columns: u32,
}

/// Rows of orders: ids, dates, texts and amounts by turns.
fn orders(rows: u32, columns: u32) -> File {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("orders.xlsx");
    let mut workbook = Workbook::new();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = workbook.add_worksheet();
    for row in 0..rows {
        for column in 0..columns {
            let (at, n) = (column as u16, f64::from(row));
            match column % 4 {
                0 => sheet.write(row, at, 100_000.0 + n).unwrap(),
                1 => sheet.write_with_format(row, at, 45_000.0 + (n / 100.0).floor(), &date).unwrap(),
                2 => sheet.write(row, at, format!("customer {}", row * 7 % 5000)).unwrap(),
                _ => sheet.write(row, at, (n * 13.37).floor() / 100.0).unwrap(),
            };
        }
    }
    workbook.save(&path).unwrap();
    File { _folder: folder, path, columns }
}

/// Rows and columns.
const SIZES: [(u32, u32); 4] = [(10_000, 5), (10_000, 20), (10_000, 100), (100_000, 5)];

struct Sum(f64);

impl Sink for Sum {
    fn row(&mut self, _row: u32, _hidden: bool) -> Flow {
        Flow::Continue
    }
    fn cell(&mut self, cell: RawCell<'_>) {
        self.0 += f64::from(cell.style);
    }
}

fn columns(file: &File) -> f64 {
    let book = XlsxBook::open(&file.path, &Limits::default()).unwrap();
    let pick = Pick {
        columns: (0..file.columns).collect(),
        first_row: 0,
        last_row: None,
        span: (0, file.columns - 1),
    };
    let mut sum = 0.0;
    book.read_columns(0, &pick, &mut book.texts(), |chunk, _| {
        sum += chunk.lanes.iter().filter_map(|lane| lane.numbers.first()).sum::<f64>();
        Flow::Continue
    })
    .unwrap();
    sum
}

fn cells(file: &File) -> f64 {
    let mut sum = Sum(0.0);
    XlsxBook::open(&file.path, &Limits::default()).unwrap().read_into(0, None, &mut sum).unwrap();
    sum.0
}

fn judge(file: &File) -> usize {
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&file.path).unwrap();
    let name = book.sheet_names()[0].clone();
    let mut reader = book.worksheet_cells_reader(&name).unwrap();
    let mut count = 0;
    while reader.next_cell().unwrap().is_some() {
        count += 1;
    }
    count
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn chunks_of_columns(bencher: Bencher, (rows, width): (u32, u32)) {
    let file = orders(rows, width);
    bencher.counter(ItemsCount::new(rows * width)).bench_local(|| black_box(columns(&file)));
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn one_cell_after_the_other(bencher: Bencher, (rows, width): (u32, u32)) {
    let file = orders(rows, width);
    bencher.counter(ItemsCount::new(rows * width)).bench_local(|| black_box(cells(&file)));
}

#[divan::bench(args = SIZES, sample_count = 3)]
fn calamine_loop(bencher: Bencher, (rows, width): (u32, u32)) {
    let file = orders(rows, width);
    bencher.counter(ItemsCount::new(rows * width)).bench_local(|| black_box(judge(&file)));
}
