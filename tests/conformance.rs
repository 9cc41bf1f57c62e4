//! Cases over real workbooks that live beside the repository; without them there is nothing to do.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::Path;
use std::process::Command;

#[test]
fn cases_beside_the_repository() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases");
    let program = cases.join("run_cases.py");
    if !program.is_file() {
        return;
    }
    let Ok(output) = Command::new("python3")
        .arg(&program)
        .arg(&cases)
        .args(["--goalsheet", env!("CARGO_BIN_EXE_goalsheet")])
        .output()
    else {
        return;
    };
    let said = String::from_utf8_lossy(&output.stdout);
    let (right, all) = goals_right(&said).unwrap_or_else(|| panic!("no closing line in\n{said}"));
    assert!(right * 10 >= all * 7, "{right} of {all} goals are right\n{said}");
}

/// `cases: X/Y goals right, …`
fn goals_right(said: &str) -> Option<(u32, u32)> {
    let counts = said.lines().rev().find_map(|line| line.strip_prefix("cases: "))?;
    let (right, rest) = counts.split_once('/')?;
    let (all, _) = rest.split_once(' ')?;
    Some((right.parse().ok()?, all.parse().ok()?))
}
