//! R: the goal supports a higher one, or says why.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostic;
use crate::names::fold;
use crate::resolve::Model;

use super::{Subject, errors};

/// The sources that the goals under each label read, by the folded label.
pub(super) struct Labels(BTreeMap<String, BTreeSet<usize>>);

impl Labels {
    pub(super) fn new(model: &Model) -> Self {
        let mut labels: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for goal in &model.goals {
            let label = goal.goal.as_ref().and_then(|goal| goal.label.as_ref());
            if let (Some(label), Some(bound)) = (label, &goal.bound) {
                labels.entry(fold(&label.node)).or_default().extend(&bound.sources);
            }
        }
        Self(labels)
    }
}

pub(super) fn findings(subject: &Subject<'_>, labels: &Labels) -> Vec<Diagnostic> {
    let clauses = &subject.goal.clauses;
    let has_reason = clauses.because.is_some() || subject.goal.note.is_some();
    if clauses.supports.is_empty() {
        // the top of a tree supports nothing
        let is_top = subject.model.path.len() <= 1;
        return if has_reason || is_top { Vec::new() } else { vec![errors::no_reason(subject.model.span)] };
    }
    let own = subject.model.bound.as_ref().map(|b| b.sources.as_slice()).unwrap_or_default();
    clauses
        .supports
        .iter()
        .filter(|label| {
            labels
                .0
                .get(&fold(&label.node))
                .is_some_and(|read| !own.iter().any(|source| read.contains(source)))
        })
        .map(|label| errors::moves_nothing(label.span, &label.node))
        .collect()
}
