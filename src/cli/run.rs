//! `goalsheet run`: goals over data, into a table, a workbook, JSON.

use std::mem::ManuallyDrop;
use std::path::Path;

use crate::data::Fingerprinting;
use crate::diagnostic::Severity;
use crate::render::{Terminal, is_same_file, save};
use crate::report::{Inputs, Report, Style, report};
use crate::run::{Input, Options, Outcome};

use super::args::{Format, Run};
use super::exit::{Exit, Failure, fails, of_findings};
use super::files::input;
use super::progress::Progress;
use super::say::{Say, print};

pub(super) fn run(command: &Run, say: &Say) -> Result<Exit, Failure> {
    let reading = &command.reading;
    let input = input(&reading.goals, &reading.data)?;
    let options = Options {
        as_of: reading.settings.as_of,
        language: reading.settings.language,
        limits: reading.limiting.limits(),
        fingerprints: if command.output.is_some() {
            Fingerprinting::Ahead
        } else {
            Fingerprinting::WhenAsked
        },
    };
    let progress = Progress::start("reading and measuring");
    // the process ends with the command: giving millions of values back one by one would only take time
    let outcome = ManuallyDrop::new(crate::run::run(&input, &options));
    drop(progress);
    let resolved = &outcome.resolved;
    // notes of the SMART findings stand in the results; a reader of the terminal needs what has to be mended
    let mut found = resolved.diagnostics.clone();
    found.extend(outcome.findings.iter().filter(|d| d.severity != Severity::Note).cloned().collect());
    say.findings(&resolved.sources, &resolved.catalog, &resolved.errors, &found);
    let mut exit = of_findings(&resolved.errors, &found);
    let judged = outcome.evaluation.goals.iter().any(|g| g.status != crate::judge::Status::Invalid);
    if !judged && exit == Exit::Data {
        return Ok(exit);
    }
    let report = report(&inputs(&outcome, &input, &options)?, &style(&outcome));
    write(command, &input, &outcome, &report)?;
    if !command.quiet {
        print(&shown(command.format, &report, say))?;
    }
    if exit == Exit::Done && command.fail_on.is_some_and(|limit| fails(&outcome.evaluation, limit)) {
        exit = Exit::Goal;
    }
    Ok(exit)
}

/// What the report of an outcome is made from.
pub(super) fn inputs<'a>(
    outcome: &'a Outcome,
    input: &Input,
    options: &Options,
) -> Result<Inputs<'a>, Failure> {
    let resolved = &outcome.resolved;
    let Some(source) = resolved.sources.iter().next() else {
        return Err(Failure::usage(format!("`{}` was not read", input.name)));
    };
    Ok(Inputs {
        source,
        fingerprint: None,
        model: &resolved.model,
        catalog: &resolved.catalog,
        dataset: Some(&outcome.dataset),
        plan: &outcome.plan,
        evaluation: &outcome.evaluation,
        findings: &outcome.findings,
        diagnostics: &resolved.diagnostics,
        as_of: options.as_of.map(|d| d.0),
    })
}

/// How the figures of an outcome are written.
pub(super) fn style(outcome: &Outcome) -> Style {
    Style { language: outcome.resolved.program.language }
}

/// What standard output can show.
pub(super) fn terminal(say: &Say) -> Terminal {
    let width = terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0));
    Terminal { width, colour: say.colours_stdout(), unicode: true }
}

fn shown(format: Format, report: &Report, say: &Say) -> String {
    match format {
        Format::Text => crate::render::terminal(report, &terminal(say)),
        Format::Json => crate::render::json(report),
        Format::Markdown => crate::render::markdown(report),
        Format::Csv => crate::render::csv(report),
    }
}

/// Writes the workbook where one is asked for; one that would replace an input is refused.
fn write(command: &Run, input: &Input, outcome: &Outcome, report: &Report) -> Result<(), Failure> {
    let Some(output) = &command.output else { return Ok(()) };
    let goals = Path::new(&input.name);
    let files = outcome.resolved.catalog.files.iter().map(|f| f.path.as_path()).chain([goals]);
    if let Some(read) = files.into_iter().find(|read| is_same_file(read, output)) {
        return Err(Failure::usage(format!(
            "the result would replace `{}`, which is read: choose another name for it",
            read.display()
        )));
    }
    let bytes = crate::render::workbook(report)
        .map_err(|error| Failure::usage(format!("`{}` cannot be written: {error}", output.display())))?;
    save(output, &bytes).map_err(|error| Failure::usage(error.to_string()))?;
    Ok(())
}
