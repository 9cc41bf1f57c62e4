//! `goalsheet explain`: a goal's numbers, or the page of a code.

use std::collections::BTreeSet;

use crate::data::Fingerprinting;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Location};
use crate::names::same;
use crate::report::{Report, complete_details, report};
use crate::run::{Options, Outcome};
use crate::source::Span;
use crate::wording::nearest;

use super::args::Explain;
use super::exit::{Exit, Failure, of_findings};
use super::files::input;
use super::pages::page;
use super::progress::Progress;
use super::run::{inputs, style, terminal};
use super::say::{Say, print};

pub(super) fn explain(command: &Explain, say: &Say) -> Result<Exit, Failure> {
    if let [code] = command.what.as_slice() {
        let Some(found) = Code::from_name(code) else {
            return Err(Failure::usage(format!(
                "`{code}` is no code; explain takes a code such as `N103`, or a goal file, its data and the name of a goal"
            )));
        };
        print(&page(found))?;
        return Ok(Exit::Done);
    }
    let [goals, data @ .., name] = command.what.as_slice() else { return Ok(Exit::Done) };
    let input = input(goals.as_ref(), data)?;
    let options = Options {
        as_of: command.settings.as_of,
        language: command.settings.language,
        limits: command.limiting.limits(),
        fingerprints: Fingerprinting::WhenAsked,
    };
    let progress = Progress::start("reading and measuring");
    let outcome = crate::run::run(&input, &options);
    drop(progress);
    let resolved = &outcome.resolved;
    let exit = of_findings(&resolved.errors, &resolved.diagnostics);
    if exit == Exit::Data && outcome.evaluation.goals.is_empty() {
        say.findings(&resolved.sources, &resolved.catalog, &resolved.errors, &resolved.diagnostics);
        return Ok(exit);
    }
    let inputs = inputs(&outcome, &input, &options)?;
    let mut report = report(&inputs, &style(&outcome));
    let found = goals_named(&report, name);
    if found.is_empty() {
        return Err(Failure::usage(unknown(&report, name)));
    }
    complete_details(&mut report, &inputs, &found);
    let asked: BTreeSet<usize> =
        found.iter().filter_map(|at| report.goals.get(*at)).map(|g| g.facts.goal).collect();
    let said = without_other_goals(&outcome, &asked);
    say.findings(&resolved.sources, &resolved.catalog, &resolved.errors, &said);
    let terminal = terminal(say);
    let texts: Vec<String> = found.iter().map(|at| crate::render::explain(&report, *at, &terminal)).collect();
    print(&texts.join("\n"))?;
    Ok(exit)
}

/// What was found, but for what stands in the lines of goals that were not asked for.
fn without_other_goals(outcome: &Outcome, asked: &BTreeSet<usize>) -> Diagnostics {
    let goals = outcome.resolved.model.goals.iter().enumerate();
    let mut others: Vec<Span> =
        goals.filter(|(at, _)| !asked.contains(at)).map(|(_, goal)| goal.span).collect();
    others.sort_unstable();
    let of_another = |d: &Diagnostic| match d.primary.at {
        // goals do not overlap: only the last that begins before it can hold it
        Location::Text(span) => {
            let next = others.partition_point(|goal| (goal.source, goal.start) <= (span.source, span.start));
            next.checked_sub(1).and_then(|at| others.get(at)).is_some_and(|goal| span.end <= goal.end)
        }
        _ => false,
    };
    outcome.resolved.diagnostics.iter().filter(|d| !of_another(d)).cloned().collect()
}

/// The goals that a name stands for: number, label, name, metric, or text.
fn goals_named(report: &Report, name: &str) -> Vec<usize> {
    let goals = || report.goals.iter().enumerate();
    if let Ok(number) = name.trim().parse::<usize>() {
        return goals().filter(|(_, g)| g.number == number).map(|(at, _)| at).collect();
    }
    let by = |matches: &dyn Fn(&crate::report::GoalReport) -> bool| -> Vec<usize> {
        goals().filter(|(_, g)| matches(g)).map(|(at, _)| at).collect()
    };
    let is = |text: &str| same(text, name);
    let ways: [&dyn Fn(&crate::report::GoalReport) -> bool; 4] = [
        &|g| g.label.as_deref().is_some_and(is),
        &|g| is(&g.name) || is(&g.subject),
        &|g| g.metric.as_deref().is_some_and(is),
        &|g| is(&g.text),
    ];
    ways.iter().map(|way| by(*way)).find(|found| !found.is_empty()).unwrap_or_default()
}

fn unknown(report: &Report, name: &str) -> String {
    let names: Vec<String> =
        report.goals.iter().map(|g| g.label.clone().unwrap_or_else(|| g.name.clone())).collect();
    let near = nearest(name, names.iter().map(String::as_str));
    let listed: Vec<String> =
        report.goals.iter().zip(&names).take(30).map(|(g, n)| format!("{} `{n}`", g.number)).collect();
    match near.first() {
        Some(one) => format!("no goal is named `{name}`; did you mean `{one}`? Goals: {}", listed.join(", ")),
        None => format!("no goal is named `{name}`; goals: {}", listed.join(", ")),
    }
}
