//! Why something could not be bound.

use crate::diagnostic::Diagnostic;

/// A binding that failed: with something new to say, or because of something said already.
#[derive(Debug)]
pub(super) enum Failure {
    /// Not said yet.
    Say(Box<Diagnostic>),
    /// Said where the thing it depends on failed.
    Said,
}

impl From<Diagnostic> for Failure {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Say(Box::new(diagnostic))
    }
}

/// What binding returns.
pub(super) type Bound<T> = Result<T, Failure>;
