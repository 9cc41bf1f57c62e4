//! A status → its icon, family and treatment.

use crate::judge::Status;

/// The three families that a reader needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// Nothing to do.
    OnCourse,
    /// Somebody is needed.
    NeedsAttention,
    /// Nothing can be said yet, or the line must be corrected.
    NoVerdict,
}

impl Family {
    /// `On course`.
    pub fn title(self) -> &'static str {
        match self {
            Self::OnCourse => "On course",
            Self::NeedsAttention => "Needs attention",
            Self::NoVerdict => "No verdict",
        }
    }
}

/// How a status is treated: ink, tint or fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tone {
    /// Plain green.
    Good,
    /// Bold amber on a tint.
    Warning,
    /// Bold white on red.
    Bad,
    /// Plain grey.
    Quiet,
}

/// The icon before the word.
pub fn icon(status: Status) -> char {
    match status {
        Status::Ahead | Status::OnTrack | Status::Holding => '●',
        Status::Met | Status::MetEarly => '✓',
        Status::AtRisk => '▲',
        Status::OffTrack | Status::Breached => '■',
        Status::Missed | Status::MissedEarly => '✗',
        Status::TooEarly
        | Status::Inconclusive
        | Status::NoBaseline
        | Status::NoData
        | Status::NotStarted => '○',
        Status::Invalid => '!',
    }
}

/// The icon where only ASCII can be shown.
pub fn ascii_icon(status: Status) -> char {
    match icon(status) {
        '●' => '*',
        '✓' => 'v',
        '▲' => '!',
        '■' => 'x',
        '✗' => 'X',
        '○' => 'o',
        _ => '?',
    }
}

/// The family of a status.
pub fn family(status: Status) -> Family {
    match tone(status) {
        Tone::Good => Family::OnCourse,
        Tone::Warning | Tone::Bad => Family::NeedsAttention,
        Tone::Quiet => Family::NoVerdict,
    }
}

/// The treatment of a status.
pub fn tone(status: Status) -> Tone {
    match icon(status) {
        '●' | '✓' => Tone::Good,
        '▲' => Tone::Warning,
        '■' | '✗' => Tone::Bad,
        _ => Tone::Quiet,
    }
}

/// What a status means, one sentence.
pub fn meaning(status: Status) -> &'static str {
    match status {
        Status::Ahead => "Pace 110% or more.",
        Status::OnTrack => "Pace 95% or more.",
        Status::Holding => "A guardrail that no whole period has broken.",
        Status::Met => "The window is over and the target is reached.",
        Status::MetEarly => "Reached before the deadline by a count or sum that cannot go back.",
        Status::AtRisk => "Pace from 75% to under 95%.",
        Status::OffTrack => "Pace under 75%.",
        Status::Breached => "A guardrail broken in at least one whole period.",
        Status::Missed => "The window is over and the target is not reached.",
        Status::MissedEarly => "The cap is passed by a count or sum that cannot go back.",
        Status::NotStarted => "The window begins after the data ends.",
        Status::TooEarly => "Under 10% of the window has passed, or nothing is due yet.",
        Status::Inconclusive => "Days are missing, or the 95% interval holds the expected value.",
        Status::NoBaseline => "The data does not cover the period to compare with.",
        Status::NoData => "No row falls in the window.",
        Status::Invalid => "The line in the goal file must be corrected; the other goals are not affected.",
    }
}

/// Every status in the order of About: by family, best first.
pub const BY_FAMILY: [Status; 16] = [
    Status::Ahead,
    Status::OnTrack,
    Status::Holding,
    Status::Met,
    Status::MetEarly,
    Status::AtRisk,
    Status::OffTrack,
    Status::Breached,
    Status::Missed,
    Status::MissedEarly,
    Status::NotStarted,
    Status::TooEarly,
    Status::Inconclusive,
    Status::NoBaseline,
    Status::NoData,
    Status::Invalid,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixteen_statuses_fall_in_three_families() {
        let count = |wanted| Status::ALL.into_iter().filter(|s| family(*s) == wanted).count();
        assert_eq!(count(Family::OnCourse), 5);
        assert_eq!(count(Family::NeedsAttention), 5);
        assert_eq!(count(Family::NoVerdict), 6);
        let mut sorted = BY_FAMILY.to_vec();
        sorted.sort_unstable();
        assert_eq!(sorted, Status::ALL);
    }

    #[test]
    fn without_unicode_every_icon_has_its_own_letter() {
        assert_eq!(ascii_icon(Status::AtRisk), '!');
        assert_eq!(ascii_icon(Status::Invalid), '?');
        assert_eq!(ascii_icon(Status::Breached), 'x');
    }
}
