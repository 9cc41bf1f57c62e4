//! The same rows, saved by other programs in other formats, give the same answer.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::Path;
use std::process::Command;

const GOALS: &str = "increase amount by 10% in 2025\nget amount to 500 for region = \"West\" in 2025\n\
                     get amount to 600.5 for region = \"väst\" in 2025\n";

#[test]
fn every_format_gives_the_same_figures() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let folder = tempfile::tempdir().unwrap();
    let goals = folder.path().join("goals.goals");
    std::fs::write(&goals, GOALS).unwrap();
    let mut faults = Vec::new();
    let mut count = 0;
    for entry in std::fs::read_dir(fixtures).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "md") {
            continue;
        }
        count += 1;
        let output = Command::new(env!("CARGO_BIN_EXE_goalsheet"))
            .arg("run")
            .arg(&goals)
            .arg(&path)
            .args(["--format", "json", "--as-of", "2025-12-31"])
            .output()
            .unwrap();
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        let figures: Vec<(f64, f64, f64)> = (0..3)
            .map(|goal| {
                let goal = &json["goals"][goal];
                let figure = |name: &str| goal[name].as_f64().unwrap_or(f64::NAN);
                (goal["baseline"]["value"].as_f64().unwrap_or(f64::NAN), figure("target"), figure("actual"))
            })
            .collect();
        // 400.5 + 600 in 2024; 500 + 600.5 in 2025; 1000.5 · 1.1
        if figures[0] != (1000.5, 1100.55, 1100.5) || figures[1].2 != 500.0 || figures[2].2 != 600.5 {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            faults.push(format!("{}: {figures:?}\n{said}", path.display()));
        }
    }
    assert_eq!(count, 8, "fixtures");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
