//! S: what is measured is clear. Names that do not resolve are errors of their own.

use crate::diagnostic::Diagnostic;

use super::{Subject, errors};

pub(super) fn findings(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let unclear = subject.goal.by_improvement && subject.metric.higher_is_better.is_none();
    let span = subject.goal.verb.as_ref().map_or(subject.model.span, |verb| verb.span);
    unclear.then(|| errors::improve_which_way(span, subject.metric.shown())).into_iter().collect()
}
