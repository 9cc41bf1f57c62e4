//! `goalsheet inspect`: what is in a workbook.

use crate::diagnostic::Diagnostics;
use crate::source::SourceMap;

use super::args::Inspect;
use super::exit::{Exit, Failure, of_findings};
use super::say::{Say, print};
use super::survey::survey;

pub(super) fn inspect(command: &Inspect, say: &Say) -> Result<Exit, Failure> {
    let found = survey(&command.files, command.limiting.limits());
    if !found.catalog.files.is_empty() {
        print(&crate::render::inspect(&found.catalog, &found.dataset))?;
    }
    say.findings(&SourceMap::default(), &found.catalog, &found.errors, &found.diagnostics);
    // what is wrong with a column is what one wants to see: only a file that cannot be read is a failure
    Ok(of_findings(&found.errors, &Diagnostics::new()))
}
