//! Row functions beside a spreadsheet program: every call below over every row of inputs, ours against LibreOffice's.
//!
//! LibreOffice's answers are kept in `tests/functions/libreoffice.tsv`; with LibreOffice installed
//! `FUNCTIONS=overwrite cargo test --test functions` writes them anew, `FUNCTIONS=compare` tells whether they still hold.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use goalsheet::data::{ColumnData, MISSING_CODE, MISSING_DAY};
use goalsheet::{Input, Options, run};
use rust_xlsxwriter::{Format, Formula, Workbook};

/// Calls over the columns `x`, `y` (numbers), `t`, `u` (texts), `d`, `e` (dates).
const CALLS: &[&str] = &[
    "ABS(x)",
    "CEILING(x, 2)",
    "CEILING(x, 0.1)",
    "FLOOR(x, 2)",
    "FLOOR(x, 0.1)",
    "INT(x)",
    "MOD(x, 3)",
    "MOD(x, -3)",
    "MOD(x, y)",
    "POWER(x, 2)",
    "POWER(x, 0.5)",
    "POWER(2, y)",
    "x ^ 2",
    "-x ^ 2",
    "x / y",
    "ROUND(x, y)",
    "ROUND(x, 0)",
    "ROUNDDOWN(x, y)",
    "ROUNDUP(x, y)",
    "SIGN(x)",
    "SQRT(x)",
    "TRUNC(x)",
    "TRUNC(x, y)",
    "MAX(x, y, 1)",
    "MIN(x, y, 1)",
    "YEAR(d)",
    "MONTH(d)",
    "DAY(d)",
    "WEEKDAY(d)",
    "WEEKDAY(d, 2)",
    "WEEKDAY(d, 3)",
    "WEEKNUM(d)",
    "WEEKNUM(d, 2)",
    "WEEKNUM(d, 21)",
    "ISOWEEKNUM(d)",
    "EDATE(d, y)",
    "EDATE(d, 12)",
    "EOMONTH(d, y)",
    "EOMONTH(d, 0)",
    "DAYS(e, d)",
    "e - d",
    "d + 45",
    "NETWORKDAYS(d, e)",
    "NETWORKDAYS(e, d)",
    "DATEDIF(d, e, \"d\")",
    "DATEDIF(d, e, \"m\")",
    "DATEDIF(d, e, \"y\")",
    "DATEDIF(d, e, \"ym\")",
    "DATE(2024, y, 31)",
    "DATE(2024, 3, y)",
    "LEN(t)",
    "LEFT(t)",
    "LEFT(t, 3)",
    "RIGHT(t, 3)",
    "RIGHT(t, 99)",
    "MID(t, 2, 3)",
    "MID(t, 40, 3)",
    "LOWER(t)",
    "UPPER(t)",
    "TRIM(t)",
    "FIND(u, t)",
    "FIND(u, t, 3)",
    "SEARCH(u, t)",
    "SEARCH(UPPER(u), t)",
    "SUBSTITUTE(t, u, \"-\")",
    "SUBSTITUTE(t, u, \"-\", 2)",
    "EXACT(t, u)",
    "t & \"/\" & u",
    "CONCATENATE(t, u)",
    "VALUE(u)",
    "IF(x > y, 1, 2)",
    "IF(t = u, \"same\", \"other\")",
    "IFERROR(x / y, -1)",
    "IFERROR(SQRT(x), 0)",
    "IFS(x < 0, \"below\", x < 5, \"small\", true, \"large\")",
    "AND(x > 0, y > 0)",
    "OR(x > 5, y > 1)",
    "NOT(x > 0)",
];

/// Where the two differ on purpose, with the reason.
const DEVIATIONS: &[(&str, &str)] = &[
    ("WEEKNUM(d)", "the last days of a year stay in its last week, as in Excel"),
    ("WEEKNUM(d, 2)", "the last days of a year stay in its last week, as in Excel"),
    ("LEFT(t)", "texts that differ only in case are one value, spelt as it was first met"),
];

/// The inputs: x, y, t, u, d, e.
const ROWS: &[(f64, f64, &str, &str, &str, &str)] = &[
    (2.5, 1.0, "Hello World", "o", "2024-02-29", "2025-03-01"),
    (-2.5, 2.0, "Olle och Åsa", "l", "2025-01-31", "2025-02-28"),
    (0.0, 3.0, "banana", "ana", "2023-12-31", "2024-01-01"),
    (1234.5678, -2.0, "12.5", "12.5", "2020-01-01", "2026-11-24"),
    (-0.5, 0.0, "x", "X", "2025-12-29", "2025-12-31"),
    (7.0, -1.0, "North-West", "w", "2024-12-30", "2025-01-05"),
    (1.005, 2.0, "STRASSE", "ss", "2021-01-03", "2021-01-04"),
    (0.1, 1.0, "ÅÄÖ", "Ö", "2016-02-29", "2024-02-28"),
    (-7.3, 4.0, "100", "1e2", "2025-06-15", "2025-06-15"),
    (123_456_789.0, -4.0, "one two two", "two", "2024-08-31", "2024-11-30"),
];

const ALWAYS_CALCULATE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"#;

const NAMES: [&str; 6] = ["x", "y", "t", "u", "d", "e"];

#[test]
fn row_functions_answer_as_a_spreadsheet_does() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/functions/libreoffice.tsv");
    let folder = tempfile::tempdir().unwrap();
    if let Ok(wish) = std::env::var("FUNCTIONS") {
        let theirs = spreadsheet(folder.path()).expect("LibreOffice is installed");
        if wish == "overwrite" {
            std::fs::write(&kept, &theirs).unwrap();
        }
        assert_eq!(theirs, std::fs::read_to_string(&kept).unwrap(), "LibreOffice answers otherwise now");
    }
    let theirs = std::fs::read_to_string(&kept).unwrap();
    let mut lines = theirs.lines();
    let ours = goalsheet_answers();
    let mut faults = String::new();
    for (call, answers) in CALLS.iter().zip(&ours) {
        let line: Vec<&str> = lines.next().expect("a line for each call").split('\t').collect();
        assert_eq!(line[0], *call);
        let deviation = DEVIATIONS.iter().any(|(known, _)| known == call);
        let differ: Vec<String> = (line[1..].iter().zip(answers).enumerate())
            .filter(|(_, (theirs, ours))| !same(theirs, ours))
            .map(|(row, (theirs, ours))| format!("{:?}: {theirs} there, {ours} here", ROWS[row]))
            .collect();
        if differ.is_empty() == deviation {
            writeln!(faults, "{call} (deviation stated: {deviation})\n  {}", differ.join("\n  ")).unwrap();
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

/// Errors and empty texts there are missing values here; numbers agree to 12 digits.
fn same(theirs: &str, ours: &str) -> bool {
    if theirs.is_empty() || theirs.starts_with('#') || theirs.starts_with("Err:") {
        return ours == "missing";
    }
    if let Ok(day) = chrono::NaiveDate::parse_from_str(theirs, "%m/%d/%Y") {
        let since = day.signed_duration_since(chrono::NaiveDate::default()).num_days() + 25_569;
        return ours == since.to_string();
    }
    match (theirs.parse::<f64>(), ours.parse::<f64>()) {
        (Ok(a), Ok(b)) => (a - b).abs() <= 1e-12 * a.abs().max(b.abs()),
        _ => theirs == ours,
    }
}

/// The answers of this program: for each call one text per row.
fn goalsheet_answers() -> Vec<Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("inputs.xlsx");
    workbook(&data, false);
    let mut text = String::from("data inputs from \"inputs.xlsx\"\n    dates in d\n");
    for (at, call) in CALLS.iter().enumerate() {
        writeln!(text, "column f{at} = {call}").unwrap();
    }
    text.push_str("metric m = sum(x)\nget m to 1 in 2025\n");
    let input =
        Input { name: "g.goals".to_owned(), text, folder: folder.path().to_owned(), data: Vec::new() };
    let outcome = run(&input, &Options::default());
    let table = outcome.dataset.tables[0].as_ref().unwrap();
    (0..CALLS.len())
        .map(|at| {
            let name = format!("f{at}");
            let column = table.columns.values().find(|column| column.name == name);
            let column = column
                .unwrap_or_else(|| panic!("{} has no column: {:?}", CALLS[at], outcome.resolved.diagnostics));
            (0..ROWS.len()).map(|row| shown(&column.data, row)).collect()
        })
        .collect()
}

fn shown(data: &ColumnData, row: usize) -> String {
    let missing = "missing".to_owned();
    match data {
        ColumnData::Number(values) if values[row].is_nan() => missing,
        ColumnData::Number(values) => values[row].to_string(),
        ColumnData::Date(days) if days[row] == MISSING_DAY => missing,
        // days since 1899-12-30, as in a workbook
        ColumnData::Date(days) => (days[row] + 25_569).to_string(),
        ColumnData::Text { codes, .. } if codes[row] == MISSING_CODE => missing,
        ColumnData::Text { codes, dictionary } => dictionary.text(codes[row]).unwrap().to_owned(),
        ColumnData::Boolean(flags) => ["FALSE", "TRUE", "missing"][usize::from(flags[row].min(2))].to_owned(),
    }
}

/// The inputs in a sheet, and the calls as formulas in a second one.
fn workbook(path: &Path, with_formulas: bool) {
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = book.add_worksheet().set_name("Inputs").unwrap();
    for (column, name) in NAMES.iter().enumerate() {
        sheet.write_string(0, column as u16, *name).unwrap();
    }
    for (at, (x, y, t, u, d, e)) in ROWS.iter().enumerate() {
        let row = at as u32 + 1;
        sheet.write_number(row, 0, *x).unwrap().write_number(row, 1, *y).unwrap();
        sheet.write_string(row, 2, *t).unwrap().write_string(row, 3, *u).unwrap();
        for (column, day) in [(4, d), (5, e)] {
            let day: chrono::NaiveDate = day.parse().unwrap();
            sheet.write_date_with_format(row, column, day, &date).unwrap();
        }
    }
    if with_formulas {
        let sheet = book.add_worksheet().set_name("Calls").unwrap();
        for (column, call) in CALLS.iter().enumerate() {
            for row in 0..ROWS.len() {
                // newer functions stand in a file under a longer name
                let newer = ["ISOWEEKNUM", "IFS", "DAYS"].iter().any(|name| call.starts_with(name));
                let prefix = if newer { "_xlfn." } else { "" };
                let formula = Formula::new(format!("={prefix}{}", with_cells(call, row + 2)));
                sheet.write_formula(row as u32, column as u16, formula).unwrap();
            }
        }
    }
    book.save(path).unwrap();
}

/// Names of columns as cells of a row, outside texts.
fn with_cells(call: &str, row: usize) -> String {
    let mut made = String::new();
    let mut quoted = false;
    let mut word = String::new();
    for c in call.chars().chain(['\n']) {
        if !quoted && c.is_ascii_alphanumeric() {
            word.push(c);
            continue;
        }
        match NAMES.iter().position(|name| *name == word) {
            Some(column) => write!(made, "Inputs.{}{row}", ["A", "B", "C", "D", "E", "F"][column]).unwrap(),
            None => made.push_str(&word),
        }
        word.clear();
        quoted ^= c == '"';
        if c != '\n' {
            made.push(c);
        }
    }
    made.replace("Inputs.", "Inputs!")
}

/// What LibreOffice answers, a line for each call; none where it is not installed.
fn spreadsheet(folder: &Path) -> Option<String> {
    let book = folder.join("calls.xlsx");
    workbook(&book, true);
    // formulas are calculated, not shown as they were written
    let settings = folder.join("office/user");
    std::fs::create_dir_all(&settings).unwrap();
    std::fs::write(settings.join("registrymodifications.xcu"), ALWAYS_CALCULATE).unwrap();
    let profile = format!("-env:UserInstallation=file://{}", folder.join("office").display());
    // the second sheet, as comma separated text in UTF-8, cells as their values
    let filter = "csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,false,false,false,false,2";
    let made = Command::new("soffice")
        .args(["--headless", &profile, "--convert-to", filter, "--outdir"])
        .arg(folder)
        .arg(&book)
        .output()
        .ok()?;
    let found: PathBuf = std::fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.extension().is_some_and(|ending| ending == "csv"))
        .unwrap_or_else(|| panic!("no answer: {}", String::from_utf8_lossy(&made.stderr)));
    let text = std::fs::read_to_string(found).unwrap();
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(rows.len(), ROWS.len(), "{text}");
    let mut made = String::new();
    for (at, call) in CALLS.iter().enumerate() {
        let answers: Vec<&str> = rows.iter().map(|row| row[at].trim_matches('"')).collect();
        writeln!(made, "{call}\t{}", answers.join("\t")).unwrap();
    }
    Some(made)
}
