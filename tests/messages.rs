//! What is said about goal files that somebody got wrong: the folder is the stage that objects, the snapshot is all of
//! stderr.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "spec/harness/document.rs"]
#[allow(dead_code)]
mod document;
#[path = "spec/harness/workbook.rs"]
mod workbook;

use std::path::Path;
use std::process::Command;

/// The first letters of the codes that a stage gives.
fn letters(stage: &str) -> &'static [char] {
    match stage {
        "parse" => &['P', 'C', 'E'],
        "resolve" => &['N', 'E'],
        "data" => &['D', 'C', 'E'],
        _ => &['S', 'M', 'A', 'R', 'T'],
    }
}

/// Runs a goal file beside the workbooks of `books.md`; gives stderr and the codes said.
fn run(goals: &Path) -> (String, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let books = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/messages/books.md");
    for book in document::cases(&books) {
        workbook::write(&book, &folder.path().join(format!("{}.xlsx", book.title))).unwrap();
    }
    let text = std::fs::read_to_string(goals).unwrap();
    let name = goals.file_name().unwrap();
    std::fs::write(folder.path().join(name), &text).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_goalsheet"));
    command.current_dir(folder.path()).arg("run").arg(name).args(["--format", "json"]);
    if !text.lines().any(|line| line.starts_with("data ")) {
        command.arg("shop.xlsx");
    }
    let output = command.output().unwrap();
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let said = String::from_utf8(output.stderr).unwrap();
    let mut codes: Vec<String> = said
        .lines()
        .filter_map(|line| line.split_once("]: ")?.0.split_once('['))
        .map(|(_, code)| code.to_owned())
        .collect();
    let listed = json["diagnostics"].as_array().into_iter().flatten();
    codes.extend(listed.filter_map(|one| one["code"].as_str().map(str::to_owned)));
    (said, codes)
}

#[test]
fn mistakes_are_met_by_the_right_stage_with_the_right_words() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("messages/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut faults = Vec::new();
    settings.bind(|| {
        insta::glob!("messages/*/*.goals", |path| {
            let stage = path.parent().unwrap().file_name().unwrap().to_str().unwrap();
            let (said, codes) = run(path);
            if !codes.iter().any(|code| code.starts_with(letters(stage))) {
                faults.push(format!("{}: only {codes:?}", path.display()));
            }
            insta::assert_snapshot!(stage, said);
        });
    });
    assert!(faults.is_empty(), "not the stage of the folder:\n{}", faults.join("\n"));
}
