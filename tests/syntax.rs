//! The goal language, sentence by sentence: what each form of the reference means, and what is refused with which words.
// helpers of tests stand outside functions marked as tests; a table of sentences is one test
#![allow(clippy::unwrap_used, clippy::too_many_lines, clippy::format_collect)]

use chrono::NaiveDate;
use goalsheet::calendar::AsOf;
use goalsheet::render::tree::tree;
use goalsheet::source::Source;
use goalsheet::syntax::{Language, parse};
use serde_json::Value;

/// A sentence and its reading in one line: direction, metric, change, then filter, window, grain, comparison and note
/// where there are any.
type Case = (&'static str, &'static str);

fn declared() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 3, 15).unwrap()
}

/// What a file of one goal says, or its first message.
fn reading(text: &str, language: Language) -> String {
    let source = Source::new("test.goals", format!("declared 2025-03-15\n{text}\n"));
    let (program, findings) = parse(&source, language);
    if let Some(error) = findings.sorted().into_iter().find(|f| f.severity.word() == "error") {
        return format!("{}: {}", error.code, error.message);
    }
    let json = tree(&program, &source, AsOf(declared()));
    match json["goals"].as_array().map(Vec::as_slice) {
        Some([goal]) => summary(goal),
        other => format!("{} goals", other.map_or(0, <[Value]>::len)),
    }
}

fn summary(goal: &Value) -> String {
    let change = &goal["change"];
    let mut text = format!(
        "{} | {} | {}",
        goal["direction"].as_str().unwrap(),
        goal["metric"].as_str().unwrap(),
        change["kind"].as_str().unwrap()
    );
    for key in ["value", "from", "to", "low", "high"] {
        let twice = key == "value" && change.get("from").is_some();
        if !change[key].is_null() && !twice {
            text += &format!(" {}", change[key].to_string().trim_matches('"'));
        }
    }
    if let Some(unit) = change["unit"].as_str().filter(|unit| !["percent", "points"].contains(unit)) {
        text += &format!(" {unit}");
    }
    if let Some(tolerance) = change.get("tolerance") {
        text += &format!(" ± {}", tolerance["value"]);
    }
    if let Some(window) = goal["window"].as_object() {
        text += &format!(" | {} to {}", window["start"].as_str().unwrap(), window["end"].as_str().unwrap());
    }
    for (key, mark) in
        [("name", "name"), ("segment", "for"), ("grain", "per"), ("baseline", "against"), ("note", "note")]
    {
        if let Some(value) = goal[key].as_str() {
            text += &format!(" | {mark} {value}");
        }
    }
    text
}

#[track_caller]
fn all(language: Language, cases: &[Case]) {
    all_by(language, cases, |found, expected| found == expected);
}

#[track_caller]
fn all_by(language: Language, cases: &[Case], fits: impl Fn(&str, &str) -> bool) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(text, expected)| {
            let found = reading(text, language);
            (!fits(&found, expected)).then(|| format!("{text}\n  expected {expected}\n  found    {found}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[path = "syntax/controllers.rs"]
mod controllers;
#[path = "syntax/danish_german.rs"]
mod danish_german;
#[path = "syntax/english.rs"]
mod english;
#[path = "syntax/files.rs"]
mod files;
#[path = "syntax/hostile.rs"]
mod hostile;
#[path = "syntax/meanings.rs"]
mod meanings;
#[path = "syntax/native.rs"]
mod native;
#[path = "syntax/notation.rs"]
mod notation;
#[path = "syntax/periods.rs"]
mod periods;
#[path = "syntax/refusals.rs"]
mod refusals;
#[path = "syntax/swedish.rs"]
mod swedish;
#[path = "syntax/translated.rs"]
mod translated;
#[path = "syntax/wordings.rs"]
mod wordings;
