//! How cost grows with rows, columns, goals, sheets and formats: writes the tables of `docs/performance.md`.
//!
//! `cargo build --release && cargo run --release --example performance` measures the command built before; workbooks are
//! made in a temporary directory. Every figure is a ratio to another line of the same run, since times of one machine say
//! nothing about another; memory is the peak of the process, where the system tells it.
// a program that says what it did
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod measure;
mod workbooks;

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use measure::{Measured, Runner};
use workbooks::{Shape, goals, write_csv, write_xlsx};

const BEGIN: &str = "<!-- written by examples/performance -->";
const END: &str = "<!-- end -->";

fn main() -> Result<(), Box<dyn Error>> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/performance.md");
    let text = std::fs::read_to_string(&page)?;
    let (before, rest) = text.split_once(BEGIN).ok_or("docs/performance.md has no place for the tables")?;
    let (_, after) = rest.split_once(END).ok_or("docs/performance.md has no end of the tables")?;
    let tables = tables()?;
    std::fs::write(&page, format!("{before}{BEGIN}\n\n{tables}{END}{after}"))?;
    println!("{tables}");
    Ok(())
}

fn tables() -> Result<String, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let runner = Runner::new(folder.path())?;
    let base = Shape { rows: 100_000, ..Shape::default() };
    let unit = measured(&runner, "base", &base, 10)?;
    let mut page = String::new();

    let rows =
        [10_000, 100_000, 1_000_000].map(|rows| (group(rows), Shape { rows: rows as u32, ..base }, 10));
    table(&mut page, "Rows (9 columns, ten goals)", "rows", &rows, &runner, unit)?;
    let columns = [5, 20, 100].map(|columns| (columns.to_string(), Shape { columns, ..base }, 10));
    table(&mut page, "Columns (100,000 rows; the goals need five)", "columns", &columns, &runner, unit)?;
    let many = [1, 10, 100, 1000].map(|count| (count.to_string(), base, count));
    table(&mut page, "Goals (100,000 rows, 9 columns)", "goals", &many, &runner, unit)?;
    let sheets = [1, 10].map(|sheets| (sheets.to_string(), Shape { sheets, ..base }, 10));
    table(&mut page, "Sheets (100,000 rows in all)", "sheets", &sheets, &runner, unit)?;
    page.push_str(&beside(&runner, folder.path())?);
    Ok(page)
}

/// One table: a line for each shape, its time as a ratio to the hundred thousand rows of the first table.
fn table(
    page: &mut String,
    title: &str,
    what: &str,
    lines: &[(String, Shape, usize)],
    runner: &Runner,
    unit: Measured,
) -> Result<(), Box<dyn Error>> {
    writeln!(page, "### {title}\n\n| {what} | time | peak memory |\n|---:|---:|---:|")?;
    for (name, shape, count) in lines {
        let found = measured(runner, &format!("{what}-{name}"), shape, *count)?;
        writeln!(page, "| {name} | {:.2} × | {} |", found.seconds / unit.seconds, found.memory())?;
    }
    page.push('\n');
    Ok(())
}

fn measured(runner: &Runner, name: &str, shape: &Shape, count: usize) -> Result<Measured, Box<dyn Error>> {
    let book = runner.folder.join(format!("{}.xlsx", name.replace(',', "")));
    let goal_file = book.with_extension("goals");
    eprintln!("{name}");
    write_xlsx(&book, shape)?;
    std::fs::write(&goal_file, goals(count, shape.sheets))?;
    let found = runner.run(&goal_file, &book, None)?;
    std::fs::remove_file(&book)?;
    Ok(found)
}

/// A million rows: ten goals beside bare reading by calamine, as CSV, with the result workbook written.
fn beside(runner: &Runner, folder: &Path) -> Result<String, Box<dyn Error>> {
    let shape = Shape { rows: 1_000_000, ..Shape::default() };
    let (book, text) = (folder.join("million.xlsx"), folder.join("million.csv"));
    let goal_file = folder.join("million.goals");
    eprintln!("a million rows");
    write_xlsx(&book, &shape)?;
    write_csv(&text, &shape)?;
    std::fs::write(&goal_file, goals(10, 1))?;
    let ten = runner.run(&goal_file, &book, None)?;
    let written = runner.run(&goal_file, &book, Some(&folder.join("results.xlsx")))?;
    let delimited = runner.run(&goal_file, &text, None)?;
    std::fs::write(&goal_file, goals(100, 1))?;
    let hundred = runner.run(&goal_file, &book, None)?;
    let calamine = measure::calamine_loop(&book)?;
    let mut page = String::from(
        "### A million rows of nine columns\n\n| what | time | peak memory |\n|---|---:|---:|\n",
    );
    let mut line = |what: &str, seconds: f64, memory: &str| {
        writeln!(page, "| {what} | {:.2} × | {memory} |", seconds / ten.seconds)
    };
    line("ten goals, JSON", ten.seconds, &ten.memory())?;
    line("ten goals, result workbook written", written.seconds, &written.memory())?;
    line("a hundred goals, JSON", hundred.seconds, &hundred.memory())?;
    line("ten goals over the same rows as CSV", delimited.seconds, &delimited.memory())?;
    line("only stepping over the cells with calamine", calamine, "–")?;
    page.push('\n');
    Ok(page)
}

/// A count with separators.
fn group(count: usize) -> String {
    let digits = count.to_string();
    let parts: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|chunk| std::str::from_utf8(chunk).ok()).collect();
    parts.join(",")
}
