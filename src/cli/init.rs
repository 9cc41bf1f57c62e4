//! `goalsheet init`: a goal file to start from. It is run over the files before it is handed out: what would not be
//! understood is named otherwise, or stands as a comment.

use std::io::Write as _;
use std::path::Path;

use crate::inputs::DataArgument;
use crate::judge::Status;
use crate::run::{Input, Options};
use crate::source::SourceMap;
use crate::starter::{Manner, Starter, starter};

use super::args::Init;
use super::exit::{Exit, Failure, of_findings};
use super::say::{Say, print};
use super::survey::{Survey, survey};

pub(super) fn init(command: &Init, say: &Say) -> Result<Exit, Failure> {
    let found = survey(&command.files, command.limiting.limits());
    let none = crate::diagnostic::Diagnostics::new();
    say.findings(&SourceMap::default(), &found.catalog, &found.errors, &none);
    let output = command.output.as_deref();
    let folder = output.and_then(Path::parent).unwrap_or(Path::new(""));
    let Some(text) = tried(&found, command, folder) else {
        if found.errors.is_empty() {
            return Err(Failure::data("no table of data was found: `goalsheet inspect` shows what is there"));
        }
        return Ok(of_findings(&found.errors, &none));
    };
    match output {
        None => print(&text)?,
        Some(path) => write_new(path, &text)?,
    }
    Ok(of_findings(&found.errors, &none))
}

/// The text of the starter that runs with the fewest goals left out.
fn tried(found: &Survey, command: &Init, folder: &Path) -> Option<String> {
    let mut best: Option<(usize, String)> = None;
    for own_names in [true, false] {
        let made = starter(&found.catalog, &found.dataset, Manner { folder, own_names })?;
        let faults = invalid(&made, &made.text(&[]), command, folder);
        let text = made.text(&faults);
        if faults.is_empty() {
            return Some(text);
        }
        if best.as_ref().is_none_or(|(known, _)| faults.len() < *known) {
            best = Some((faults.len(), text));
        }
    }
    best.map(|(_, text)| text)
}

/// The goals of the starter that are invalid when it is run.
fn invalid(made: &Starter, text: &str, command: &Init, folder: &Path) -> Vec<usize> {
    let data: Vec<DataArgument> = if made.data.is_empty() {
        command.files.iter().map(|file| DataArgument::parse(file)).collect()
    } else {
        Vec::new()
    };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let input = Input { name: "starter".to_owned(), text: text.to_owned(), folder: folder.to_owned(), data };
    let outcome =
        crate::run::run(&input, &Options { limits: command.limiting.limits(), ..Options::default() });
    let goals = &outcome.evaluation.goals;
    (0..made.goals.len())
        .filter(|at| goals.get(*at).is_some_and(|goal| goal.status == Status::Invalid))
        .collect()
}

/// Writes a file that is not there yet.
fn write_new(path: &Path, text: &str) -> Result<(), Failure> {
    let opened = std::fs::OpenOptions::new().write(true).create_new(true).open(path);
    let mut file = opened.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => Failure::usage(format!(
            "`{}` is there already and is not replaced: choose another name",
            path.display()
        )),
        _ => Failure::usage(format!("`{}` cannot be written: {error}", path.display())),
    })?;
    file.write_all(text.as_bytes())
        .map_err(|error| Failure::usage(format!("`{}` cannot be written: {error}", path.display())))
}
