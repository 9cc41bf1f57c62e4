//! Runs the program on a case and gathers what falls short.

use std::process::{Command, Output};

use serde_json::Value;

use crate::compare;
use crate::document::{Block, Case, cells};
use crate::workbook;

/// Runs a case; the error lists every difference.
pub(crate) fn execute(case: &Case) -> Result<(), String> {
    let Some(goals) = case.blocks_of("goals").next() else {
        return Err("the case has no goals block".to_owned());
    };
    if case.blocks_of("report").next().is_none() && case.blocks_of("diagnostics").next().is_none() {
        return Err("the case expects nothing".to_owned());
    }
    let output = run(case, goals, None)?;
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    let mut faults = Vec::new();
    let wanted_exit = goals.option("exit").unwrap_or("0");
    let exit = output.status.code().map_or("none".to_owned(), |code| code.to_string());
    if exit != wanted_exit {
        faults.push(format!("exit: expected {wanted_exit}, found {exit}"));
    }
    match serde_json::from_slice::<Value>(&output.stdout) {
        Ok(json) => {
            for block in case.blocks_of("report") {
                faults.extend(report_faults(block, &json, false));
            }
            for block in case.blocks_of("diagnostics") {
                faults.extend(diagnostic_faults(block, &all_said(&json, &stderr)));
            }
        }
        // Where the data cannot be read at all there is no result, only what stderr says
        Err(_) if output.stdout.is_empty() && case.blocks_of("report").next().is_none() => {
            for block in case.blocks_of("diagnostics") {
                faults.extend(diagnostic_faults(block, &all_said(&Value::Null, &stderr)));
            }
        }
        Err(error) => faults.push(format!("stdout is no JSON: {error}")),
    }
    for language in goals.option("also").into_iter().flat_map(|languages| languages.split(',')) {
        faults.extend(translated_faults(case, goals, language)?);
    }
    if faults.is_empty() {
        return Ok(());
    }
    if !stderr.trim().is_empty() {
        faults.push(format!("stderr:\n{stderr}"));
    }
    Err(faults.join("\n"))
}

/// What the goals come to when they are written in another language: the same figures.
fn translated_faults(case: &Case, goals: &Block, language: &str) -> Result<Vec<String>, String> {
    let output = run(case, goals, Some(language))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let Ok(json) = serde_json::from_slice::<Value>(&output.stdout) else {
        return Ok(vec![format!("in {language}: {said}")]);
    };
    let blocks = case.blocks_of("report");
    let faults: Vec<String> = blocks.flat_map(|block| report_faults(block, &json, true)).collect();
    Ok(faults.into_iter().map(|fault| format!("in {language}: {fault}\n{said}")).collect())
}

fn run(case: &Case, goals: &Block, language: Option<&str>) -> Result<Output, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let has_book = workbook::write(case, &folder.path().join("data.xlsx"))?;
    // texts beside the workbook: exports of several periods, files of other formats
    for file in case.blocks_of("file") {
        std::fs::write(folder.path().join(&file.info), &file.text).map_err(|error| error.to_string())?;
    }
    std::fs::write(folder.path().join("goals.goals"), &goals.text).map_err(|error| error.to_string())?;
    let program = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_goalsheet"));
        command.current_dir(folder.path());
        command
    };
    if let Some(language) = language {
        let translated = program().args(["fmt", "goals.goals", "--language", language, "--write"]).output();
        let translated = translated.map_err(|error| error.to_string())?;
        if !translated.status.success() {
            return Ok(translated);
        }
    }
    let mut command = program();
    command.args(["run", "goals.goals"]);
    let declares_data = goals.lines().any(|line| line.starts_with("data "));
    if has_book && !declares_data {
        command.arg("data.xlsx");
    }
    command.args(["--format", "json"]);
    if let Some(day) = goals.option("as-of") {
        command.args(["--as-of", day]);
    }
    command.output().map_err(|error| error.to_string())
}

fn report_faults(block: &Block, json: &Value, is_translated: bool) -> Vec<String> {
    let Some(found) = json["goals"].as_array() else {
        return vec!["the JSON has no goals".to_owned()];
    };
    let mut lines = block.lines();
    let columns = cells(lines.next().unwrap_or_default());
    let rows: Vec<&str> = lines.collect();
    let mut faults = Vec::new();
    if rows.len() != found.len() {
        faults.push(format!("expected {} goals, found {}", rows.len(), found.len()));
    }
    for ((number, row), goal) in (1..).zip(&rows).zip(found) {
        let wanted = cells(row);
        if wanted.len() != columns.len() {
            faults.push(format!("goal {number}: {} cells below a header of {}", wanted.len(), columns.len()));
            continue;
        }
        for (column, wanted) in columns.iter().zip(wanted) {
            // what is quoted of the sentence is in the other language
            if is_translated && matches!(*column, "goal" | "reads as" | "notes") {
                continue;
            }
            if let Some(fault) = compare::fault(goal, column, wanted) {
                faults.push(format!("goal {number}: {column}: {fault}"));
            }
        }
    }
    faults
}

/// A diagnostic as stderr shows it, with its labels, notes and help, or as the JSON holds it.
struct Said {
    code: String,
    severity: String,
    text: String,
}

fn all_said(json: &Value, stderr: &str) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::new();
    for line in stderr.lines() {
        // `error[P101]: …`, after `path:line:column: ` or a cell in the short form
        let heading = line.split_once("]: ").and_then(|(start, _)| start.rsplit_once('['));
        let heading = heading.map(|(start, code)| (start.rsplit(' ').next().unwrap_or_default(), code));
        match heading.filter(|(severity, _)| matches!(*severity, "error" | "warning" | "note" | "info")) {
            Some((severity, code)) => {
                said.push(Said { code: code.into(), severity: severity.into(), text: line.into() });
            }
            None if line.starts_with("error: ") => {
                said.push(Said { code: String::new(), severity: "error".into(), text: line.into() });
            }
            None => {
                if let Some(last) = said.last_mut() {
                    last.text.push('\n');
                    last.text.push_str(line);
                }
            }
        }
    }
    for one in json["diagnostics"].as_array().into_iter().flatten() {
        let field = |name: &str| one[name].as_str().unwrap_or_default().to_owned();
        said.push(Said { code: field("code"), severity: field("severity"), text: one.to_string() });
    }
    said
}

fn diagnostic_faults(block: &Block, said: &[Said]) -> Vec<String> {
    let mut faults = Vec::new();
    for line in block.lines() {
        let (code, text) = line.split_once(": ").unwrap_or(("*", line));
        let is_said = said.iter().any(|one| {
            let right_code = matches!(code, "*" | "none") || one.code == code || one.severity == code;
            right_code && compare::contains(&one.text, text)
        });
        if is_said == (code == "none") {
            let all: Vec<String> = said
                .iter()
                .map(|one| format!("  {}: {}", one.code, one.text.lines().next().unwrap_or_default()))
                .collect();
            faults.push(format!("`{line}` does not hold of\n{}", all.join("\n")));
        }
    }
    faults
}
