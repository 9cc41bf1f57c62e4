//! `goalsheet inspect`: what is in a workbook.

use crate::data::{Use, Wanted, WantedSource, load, open};
use crate::inputs::{DataArgument, from_arguments};
use crate::source::SourceMap;

use super::args::Inspect;
use super::exit::{Exit, Failure, of_findings};
use super::progress::Progress;
use super::say::{Say, print};

pub(super) fn inspect(command: &Inspect, say: &Say) -> Result<Exit, Failure> {
    let arguments: Vec<DataArgument> = command.files.iter().map(|file| DataArgument::parse(file)).collect();
    let progress = Progress::start("reading");
    let (catalog, mut diagnostics, mut errors) = open(&from_arguments(&arguments));
    let wanted = Wanted {
        sources: catalog
            .sources
            .iter()
            .enumerate()
            .map(|(source, info)| WantedSource {
                source,
                columns: (0..info.columns.len()).map(|column| (column, Use::Any)).collect(),
                date: info.columns.iter().position(|c| c.kind == crate::data::Kind::Date),
                complete_through: None,
            })
            .collect(),
    };
    let (dataset, found, failed) = load(&catalog, &wanted);
    drop(progress);
    diagnostics.extend(found);
    errors.extend(failed);
    if !catalog.files.is_empty() {
        print(&crate::render::inspect(&catalog, &dataset))?;
    }
    say.findings(&SourceMap::default(), &catalog, &errors, &diagnostics);
    Ok(of_findings(&errors, &diagnostics))
}
