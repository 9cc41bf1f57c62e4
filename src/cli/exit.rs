//! Exit codes (SPEC §8) and what leads to them.

use std::process::ExitCode;

use crate::data::Error;
use crate::diagnostic::{Code, Diagnostics, Severity};
use crate::judge::{Evaluation, Status};

/// How the command ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Exit {
    /// 0
    Done,
    /// 1: a goal is at or below `--fail-on`
    Goal,
    /// 2: usage, or a result that cannot be written
    Usage,
    /// 4: text that cannot be understood
    Text,
    /// 3: data that cannot be read
    Data,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Goal => 1,
            Exit::Usage => 2,
            Exit::Data => 3,
            Exit::Text => 4,
        })
    }
}

/// The command cannot go on: one clear sentence, and how it ends.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) sentence: String,
    pub(super) exit: Exit,
}

impl Failure {
    pub(super) fn usage(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), exit: Exit::Usage }
    }

    pub(super) fn data(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), exit: Exit::Data }
    }

    pub(super) fn text(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), exit: Exit::Text }
    }
}

/// Data that cannot be read outweigh text that is not understood.
pub(super) fn of_findings(errors: &[Error], diagnostics: &Diagnostics) -> Exit {
    let mut exit = if errors.is_empty() { Exit::Done } else { Exit::Data };
    for found in diagnostics.iter().filter(|d| d.severity == Severity::Error) {
        exit = exit.max(if is_of_data(found.code) { Exit::Data } else { Exit::Text });
    }
    exit
}

fn is_of_data(code: Code) -> bool {
    code.as_str().starts_with('D')
}

/// Statuses that `--fail-on` orders, best first.
const ORDER: [Status; 10] = [
    Status::Met,
    Status::MetEarly,
    Status::Holding,
    Status::Ahead,
    Status::OnTrack,
    Status::AtRisk,
    Status::OffTrack,
    Status::Breached,
    Status::MissedEarly,
    Status::Missed,
];

/// Whether a goal is at this status or worse; a status outside the order counts only where it is named.
pub(super) fn fails(evaluation: &Evaluation, limit: Status) -> bool {
    let rank = |status: Status| ORDER.iter().position(|s| *s == status);
    evaluation.goals.iter().any(|goal| match (rank(limit), rank(goal.status)) {
        (Some(limit), Some(found)) => found >= limit,
        (None, _) => goal.status == limit,
        (Some(_), None) => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unreadable_data_outweigh_unknown_text() {
        assert!(Exit::Data > Exit::Text && Exit::Text > Exit::Done);
    }

    #[test]
    fn the_order_holds_every_verdict_once() {
        for (at, status) in ORDER.iter().enumerate() {
            assert!(!ORDER[..at].contains(status));
        }
        assert_eq!(ORDER.len(), 10);
    }
}
