//! R: the goal supports a higher one, or says why.

use crate::diagnostic::Diagnostic;
use crate::names::same;
use crate::resolve::Model;

use super::{Subject, errors};

pub(super) fn findings(subject: &Subject<'_>, model: &Model) -> Vec<Diagnostic> {
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
            let supported: Vec<_> = model
                .goals
                .iter()
                .filter(|g| {
                    g.goal.as_ref().and_then(|g| g.label.as_ref()).is_some_and(|l| same(&l.node, &label.node))
                })
                .filter_map(|g| g.bound.as_ref())
                .collect();
            !supported.is_empty() && !supported.iter().any(|b| b.sources.iter().any(|s| own.contains(s)))
        })
        .map(|label| errors::moves_nothing(label.span, &label.node))
        .collect()
}
