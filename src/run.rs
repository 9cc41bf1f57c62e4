//! The façade: every stage in order, nothing decided here.

use std::path::PathBuf;

use crate::bind::Plan;
use crate::calendar::AsOf;
use crate::data::{Catalog, Dataset, Error, Fingerprinting, Limits};
use crate::diagnostic::Diagnostics;
use crate::inputs::DataArgument;
use crate::judge::Evaluation;
use crate::language::Language;
use crate::resolve::Model;
use crate::source::{SourceId, SourceMap};
use crate::syntax::Program;

/// What a run reads.
#[derive(Debug, Clone, Default)]
pub struct Input {
    /// The name shown for the goal file.
    pub name: String,
    /// Its text.
    pub text: String,
    /// The folder that paths in it are relative to.
    pub folder: PathBuf,
    /// Workbooks from the command line.
    pub data: Vec<DataArgument>,
}

/// What a run is told.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The day results hold for; else the last day of the data.
    pub as_of: Option<AsOf>,
    /// The language of a goal file that does not say its own.
    pub language: Language,
    /// What a file may hold at most.
    pub limits: Limits,
    /// Whether the fingerprints of the files will be shown.
    pub fingerprints: Fingerprinting,
}

/// A goal file bound to its files, before any row is read.
#[derive(Debug)]
pub struct Resolved {
    /// The goal file.
    pub sources: SourceMap,
    /// What was written.
    pub program: Program,
    /// What the files hold.
    pub catalog: Catalog,
    /// What it means.
    pub model: Model,
    /// What was found so far.
    pub diagnostics: Diagnostics,
    /// Files that cannot be read.
    pub errors: Vec<Error>,
}

/// A whole run.
#[derive(Debug)]
pub struct Outcome {
    /// The goal file bound to its files.
    pub resolved: Resolved,
    /// The rows, computed columns among them.
    pub dataset: Dataset,
    /// What was measured.
    pub plan: Plan,
    /// What became of each goal.
    pub evaluation: Evaluation,
    /// The measurements.
    pub measures: crate::aggregate::Measures,
    /// The SMART findings.
    pub findings: Diagnostics,
}

/// Parses, opens and resolves: everything short of reading rows.
pub fn resolve_only(input: &Input, options: &Options) -> Resolved {
    let mut sources = SourceMap::default();
    let id: SourceId = sources.add(input.name.clone(), input.text.clone());
    let mut diagnostics = Diagnostics::new();
    let Some(source) = sources.get(id) else { unreachable!("the text was added just now") };
    let (program, found) = crate::syntax::parse(source, options.language);
    diagnostics.extend(found);
    let (requests, found) = crate::inputs::requests(&program, &input.folder, &input.data);
    diagnostics.extend(found);
    let (catalog, found, errors) = crate::data::open_within(&requests, options.limits, options.fingerprints);
    diagnostics.extend(found);
    let (model, found) = crate::resolve::resolve(&program, source, &catalog);
    diagnostics.extend(found);
    Resolved { sources, program, catalog, model, diagnostics, errors }
}

/// Runs a goal file over its data. Nothing is printed or written; what went wrong is in the outcome.
pub fn run(input: &Input, options: &Options) -> Outcome {
    let mut resolved = resolve_only(input, options);
    let (dataset, found, errors) = crate::data::load(&resolved.catalog, &resolved.model.wanted);
    resolved.diagnostics.extend(found);
    resolved.errors.extend(errors);
    let (calendar, found) = crate::derive::calendar(&resolved.model, &resolved.catalog, &dataset);
    resolved.model.calendar = calendar;
    resolved.diagnostics.extend(found);
    let (dataset, found) = crate::derive::derive(&resolved.model, &resolved.catalog, dataset);
    resolved.diagnostics.extend(found);
    let (plan, found) = crate::bind::bind(&resolved.model, &resolved.catalog, &dataset, options.as_of);
    resolved.diagnostics.extend(found);
    let (measures, found) =
        crate::aggregate::aggregate(&resolved.model, &resolved.catalog, &dataset, &plan.requests);
    resolved.diagnostics.extend(found);
    let (evaluation, found) = crate::judge::judge(&resolved.model, &plan, &measures);
    resolved.diagnostics.extend(found);
    let findings = crate::lint::lint(&resolved.model, &plan, &evaluation);
    Outcome { resolved, dataset, plan, evaluation, measures, findings }
}
