//! The contract in executable form: each `##` heading of each file in `tests/spec/` is a test.
//!
//! A case is literate and complete. Its blocks:
//!
//! * ` ```sheet NAME `: an aligned table with a header; cells stand two blanks apart, `_` is an empty cell,
//!   `"…"` is text whatever it looks like, ISO dates are date cells, `5%` is a percent cell.
//! * ` ```cells NAME `: a raw grid from A1 on, cells separated by `|`, for sheets that begin in their own way.
//! * ` ```goals [as-of=DATE] [exit=N] `: the goal file. Without a `data` line in it the workbook stands on the command line.
//! * ` ```report `: a row per goal, in order. Columns name fields of the JSON; `-` is null, percents are shares,
//!   and sums of products and quotients (`440/3`, `100+20*181/365`) are worked out, so the figures show how they came about.
//! * ` ```diagnostics `: a line each, `CODE: text that the message holds`; `error`, `warning`, `note` or
//!   `*` for any code; `none: text` where nothing may say so.
//!
//! All sheets of a case make one workbook, `data.xlsx`. The pages of the diagnostics in `docs/diagnostics/` are cases too.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "spec/harness/compare.rs"]
mod compare;
#[path = "spec/harness/document.rs"]
mod document;
#[path = "spec/harness/execute.rs"]
mod execute;
#[path = "spec/harness/workbook.rs"]
mod workbook;

use std::path::Path;

use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> std::process::ExitCode {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut trials = Vec::new();
    for folder in ["tests/spec", "docs/diagnostics"] {
        for file in document::files(&root.join(folder)) {
            for case in document::cases(&file) {
                // A page may be about files or a command line that no case can hold
                if folder.starts_with("docs") && case.blocks_of("goals").next().is_none() {
                    continue;
                }
                let name = format!("{}: {}", case.file, case.title);
                trials.push(Trial::test(name, move || execute::execute(&case).map_err(Failed::from)));
            }
        }
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}
