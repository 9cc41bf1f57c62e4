//! `goalsheet check`: everything short of evaluating.

use crate::data::Fingerprinting;
use crate::run::{Options, resolve_only};
use crate::syntax::Statement;
use crate::wording::count;

use super::args::Check;
use super::exit::{Exit, Failure, of_findings};
use super::files::input;
use super::say::{Say, print};

pub(super) fn check(command: &Check, say: &Say) -> Result<Exit, Failure> {
    let reading = &command.reading;
    let input = input(&reading.goals, &reading.data)?;
    let options = Options {
        as_of: reading.settings.as_of,
        language: reading.settings.language,
        limits: reading.limiting.limits(),
        fingerprints: Fingerprinting::WhenAsked,
    };
    let mut resolved = resolve_only(&input, &options);
    resolved.diagnostics.extend(crate::derive::check_kinds(&resolved.model, &resolved.catalog));
    say.findings(&resolved.sources, &resolved.catalog, &resolved.errors, &resolved.diagnostics);
    let exit = of_findings(&resolved.errors, &resolved.diagnostics);
    let goals = resolved.model.goals.len();
    let bound = resolved.model.goals.iter().filter(|g| g.bound.is_some()).count();
    let rules = resolved.program.statements.iter().filter(|s| matches!(s.node, Statement::Rule(_))).count();
    let sources = resolved.model.sources.iter().filter(|s| s.used).count();
    let mut line = format!("{}: {}", input.name, count(goals, "goal"));
    match goals - bound {
        0 => {}
        all if all == goals => line.push_str(if goals == 1 { ", invalid" } else { ", all invalid" }),
        some => line.push_str(&format!(", {some} of them invalid")),
    }
    line.push_str(&format!(", {}", count(sources, "source")));
    if rules > 0 {
        line.push_str(&format!(", {}", count(rules, "rule")));
    }
    line.push('\n');
    print(&line)?;
    Ok(exit)
}
