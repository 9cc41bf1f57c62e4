//! Files alone → all that they hold, as `inspect` shows it and `init` begins from it.

use crate::data::{
    Catalog, Dataset, Error, Fingerprinting, Kind, Limits, Use, Wanted, WantedSource, load, open_within,
};
use crate::diagnostic::Diagnostics;
use crate::inputs::{DataArgument, from_arguments};

use super::progress::Progress;

/// What the files hold, every column of every source read.
pub(super) struct Survey {
    pub(super) catalog: Catalog,
    pub(super) dataset: Dataset,
    pub(super) diagnostics: Diagnostics,
    pub(super) errors: Vec<Error>,
}

/// Reads the files.
pub(super) fn survey(files: &[String], limits: Limits) -> Survey {
    let arguments: Vec<DataArgument> = files.iter().map(|file| DataArgument::parse(file)).collect();
    let progress = Progress::start("reading");
    let (catalog, mut diagnostics, mut errors) =
        open_within(&from_arguments(&arguments), limits, Fingerprinting::WhenAsked);
    let wanted = Wanted {
        sources: catalog
            .sources
            .iter()
            .enumerate()
            .map(|(source, info)| WantedSource {
                source,
                columns: (0..info.columns.len()).map(|column| (column, Use::Any)).collect(),
                date: info.columns.iter().position(|column| column.kind == Kind::Date),
                complete_through: None,
            })
            .collect(),
    };
    let (dataset, found, failed) = load(&catalog, &wanted);
    drop(progress);
    diagnostics.extend(found);
    errors.extend(failed);
    Survey { catalog, dataset, diagnostics, errors }
}
