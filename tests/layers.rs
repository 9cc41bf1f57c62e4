//! The import direction between stages, and which folder may use which library.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::{Path, PathBuf};

/// Base modules first, then the stages: nothing imports from a line below its own, nor beside it within a line
/// after the first.
const LAYERS: [&[&str]; 12] = [
    &["source", "cell", "diagnostic", "wording", "quantity", "names", "language"],
    &["calendar"],
    &["syntax", "data"],
    &["inputs"],
    &["starter"],
    &["resolve"],
    &["derive"],
    &["aggregate"],
    &["bind"],
    &["judge"],
    &["lint", "report"],
    &["render"],
];

/// A library and the only place that may name it.
const LIBRARIES: [(&str, &str); 7] = [
    ("pest", "syntax"),
    ("calamine", "data"),
    ("quick_xml", "data"),
    ("rust_xlsxwriter", "render/workbook"),
    ("annotate_snippets", "render/diagnostics.rs"),
    ("clap", "cli"),
    ("comfy_table", "render/terminal"),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// Every source file but its tests, which may judge with anything: the path below `src` and the lines that are not
/// comments.
fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    sources(&root, &mut found);
    found.sort();
    found
        .into_iter()
        .filter(|path| !path.file_stem().is_some_and(|name| name.to_string_lossy().ends_with("tests")))
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            let text = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            let shown = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            (shown, code.join("\n"))
        })
        .collect()
}

/// The stage of a file: its folder, or its own name.
fn stage(file: &str) -> &str {
    file.split('/').next().unwrap_or(file).trim_end_matches(".rs")
}

fn layer(stage: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&stage))
}

/// The stages that a text names after `crate::`.
fn imported(code: &str) -> Vec<&str> {
    code.match_indices("crate::")
        .filter(|(at, _)| !code[..*at].ends_with('$'))
        .map(|(at, marker)| {
            let rest = &code[at + marker.len()..];
            &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len())]
        })
        .filter(|name| layer(name).is_some() || *name == "cli")
        .collect()
}

#[test]
fn stages_import_only_from_stages_before_them() {
    let mut faults = Vec::new();
    let mut seen = 0;
    for (file, code) in files() {
        let from = stage(&file);
        if matches!(from, "lib" | "main" | "run" | "cli") {
            continue;
        }
        let Some(own) = layer(from) else {
            faults.push(format!("src/{file}: `{from}` has no place in the order of stages"));
            continue;
        };
        for name in imported(&code) {
            seen += 1;
            let is_before = layer(name).is_some_and(|other| other < own || (other == 0 && own == 0));
            if name != from && !is_before {
                faults.push(format!("src/{file} imports `crate::{name}`"));
            }
        }
    }
    assert!(seen > 0, "no import was found at all");
    assert!(faults.is_empty(), "against the direction of the pipeline:\n{}", faults.join("\n"));
}

#[test]
fn libraries_stay_in_their_folders() {
    let mut faults = Vec::new();
    for (file, code) in files() {
        for (library, home) in LIBRARIES {
            let names_it = code.lines().any(|line| {
                let line = line.trim_start();
                line.starts_with(&format!("use {library}::")) || line.contains(&format!(" {library}::"))
            });
            if names_it && !file.starts_with(home) {
                faults.push(format!("src/{file} uses `{library}`, which belongs to `{home}`"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn renderers_do_not_import_one_another() {
    let mut faults = Vec::new();
    for (file, code) in files() {
        let Some(own) = file.strip_prefix("render/").map(|rest| stage(rest).to_owned()) else {
            continue;
        };
        for sibling in ["terminal", "html", "json", "markdown", "diagnostics", "workbook"] {
            if own != "mod" && sibling != own && code.contains(&format!("render::{sibling}")) {
                faults.push(format!("src/{file} imports `render::{sibling}`"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
