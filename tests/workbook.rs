//! The result workbook of each example, written by the command and read back with calamine: every figure is the one
//! that the JSON gives, and the same inputs give the same bytes.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Data, DataType, Range, Reader, Xlsx, open_workbook};
use serde_json::Value;

/// Runs an example; gives the JSON.
fn run(example: &str, output: &Path) -> Value {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(example);
    let mut command = Command::new(env!("CARGO_BIN_EXE_goalsheet"));
    command.arg("run").arg(folder.join("goals.goals")).args(["--format", "json", "-o"]).arg(output);
    if example == "sentences" {
        command.arg(folder.join("export.xlsx"));
    }
    let ran = command.output().unwrap();
    assert_eq!(ran.status.code(), Some(0), "{example}: {}", String::from_utf8_lossy(&ran.stderr));
    serde_json::from_slice(&ran.stdout).unwrap()
}

fn examples() -> [(&'static str, usize); 3] {
    [("webshop", 15), ("departments", 13), ("sentences", 7)]
}

fn sheet(path: &PathBuf, name: &str) -> Range<Data> {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    book.worksheet_range(name).unwrap_or_else(|error| panic!("sheet {name}: {error}"))
}

fn text(cell: Option<&Data>) -> String {
    cell.map(ToString::to_string).unwrap_or_default()
}

/// The figure of a goal under a column of the sheet Measures.
fn measure(goal: &Value, column: &str) -> Value {
    match column {
        "Status" => goal["status"].clone(),
        "Baseline" => goal["baseline"]["value"].clone(),
        "Forecast" => goal["forecast"]["value"].clone(),
        "Target" if goal["target"].is_object() => goal["target"]["low"].clone(),
        "Periods" => goal["periods"]["total"].clone(),
        "Broken" => goal["periods"]["breached"].clone(),
        _ => goal[column.to_lowercase()].clone(),
    }
}

/// The same number, but for the last bit that reading JSON may cost.
fn is_same(found: Option<f64>, wanted: Option<f64>) -> bool {
    let (Some(found), Some(wanted)) = (found, wanted) else { return false };
    (found - wanted).abs() <= 4.0 * f64::EPSILON * wanted.abs()
}

#[test]
fn measures_hold_the_figures_of_the_json() {
    let columns = [
        "Status",
        "Actual",
        "Baseline",
        "Expected",
        "Target",
        "Gap",
        "Pace",
        "Deviation",
        "Attainment",
        "Forecast",
        "Rows",
        "Periods",
        "Broken",
    ];
    let folder = tempfile::tempdir().unwrap();
    for (example, count) in examples() {
        let output = folder.path().join("results.xlsx");
        let json = run(example, &output);
        let goals = json["goals"].as_array().unwrap();
        assert_eq!(goals.len(), count, "{example}");
        let measures = sheet(&output, "Measures");
        let rows: Vec<&[Data]> = measures.rows().collect();
        let header = rows.iter().position(|row| text(row.first()) == "Goal").expect("a header row");
        for column in columns {
            let at = rows[header].iter().position(|cell| text(Some(cell)) == column);
            let at = at.unwrap_or_else(|| panic!("Measures has no column {column}"));
            for (number, goal) in goals.iter().enumerate() {
                let found = &rows[header + 1 + number][at];
                let wanted = measure(goal, column);
                let same = match (&wanted, found) {
                    (Value::Null, cell) => text(Some(cell)).is_empty(),
                    (Value::Number(number), cell) => is_same(cell.as_f64(), number.as_f64()),
                    (wanted, cell) => Some(text(Some(cell)).as_str()) == wanted.as_str(),
                };
                assert!(
                    same,
                    "{example}, goal {}: {column}: {wanted} in JSON, {found:?} in the sheet",
                    number + 1
                );
            }
        }
    }
}

#[test]
fn the_scorecard_has_a_row_for_each_goal() {
    let folder = tempfile::tempdir().unwrap();
    for (example, count) in examples() {
        let output = folder.path().join("results.xlsx");
        let json = run(example, &output);
        let book: Xlsx<_> = open_workbook(&output).unwrap();
        let names = book.sheet_names();
        assert_eq!(names.first().map(String::as_str), Some("Scorecard"), "{example}");
        for name in ["Data quality", "Goals", "About", "Measures"] {
            assert!(names.iter().any(|found| found == name), "{example}: no sheet {name} among {names:?}");
        }
        let scorecard = sheet(&output, "Scorecard");
        let mut seen = 0;
        for row in scorecard.rows() {
            let Some(number) = row.first().and_then(DataType::as_f64) else { continue };
            let goal = &json["goals"][number as usize - 1];
            seen += 1;
            assert_eq!(number, f64::from(seen), "{example}: goals in file order");
            let status = text(row.get(3));
            assert!(status.ends_with(goal["status"].as_str().unwrap()), "{example}, goal {number}: {status}");
            // Shown in the scale of the goal's target, so a figure may be in thousands; what is unknown is no number
            for (column, field) in [(5, "actual"), (6, "expected"), (9, "gap"), (10, "pace")] {
                // A guardrail shows its limit where others show what is expected by now
                if field == "expected" && goal["direction"] == "keep" {
                    continue;
                }
                let shown = row.get(column).and_then(DataType::as_f64);
                assert_eq!(shown.is_some(), goal[field].is_number(), "{example}, goal {number}: {field}");
            }
        }
        assert_eq!(seen, count as i32, "{example}: rows with a number");
    }
}

#[test]
fn no_cell_holds_a_formula_made_of_data() {
    let folder = tempfile::tempdir().unwrap();
    let goals = folder.path().join("goals.goals");
    let data = folder.path().join("data.csv");
    std::fs::write(&data, "date,region,amount\n2024-05-03,=1+1,10\n2025-05-04,=1+1,20\n2025-12-31,@x,5\n")
        .unwrap();
    std::fs::write(&goals, "for each region: increase amount by 10% in 2025\n    note: =HYPERLINK(\"x\")\n")
        .unwrap();
    let output = folder.path().join("results.xlsx");
    let ran = Command::new(env!("CARGO_BIN_EXE_goalsheet"))
        .args(["run"])
        .args([&goals, &data])
        .arg("-o")
        .arg(&output)
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(0), "{}", String::from_utf8_lossy(&ran.stderr));
    let mut book: Xlsx<_> = open_workbook(&output).unwrap();
    for name in book.sheet_names() {
        let formulas = book.worksheet_formula(&name).unwrap();
        for formula in formulas.rows().flatten() {
            assert!(!formula.contains("1+1") && !formula.contains("HYPERLINK"), "{name}: {formula}");
        }
    }
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    for (example, _) in examples() {
        let (first, second) = (folder.path().join("first.xlsx"), folder.path().join("second.xlsx"));
        let one = run(example, &first);
        let other = run(example, &second);
        assert_eq!(one, other, "{example}: the JSON");
        assert!(std::fs::read(&first).unwrap() == std::fs::read(&second).unwrap(), "{example}: the workbook");
    }
}
