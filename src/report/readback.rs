//! A goal read back as one sentence, from the evaluation: what is measured, by how much, from what to what, when.

use crate::judge::{GoalEvaluation, Target};
use crate::report::{Scale, dates};
use crate::syntax::{Direction, PaceClause, StatusClause};

/// The sentence; none for an invalid goal.
pub(crate) fn read_back(facts: &GoalEvaluation, metric: &str, scale: &Scale, change: &str) -> Option<String> {
    let direction = facts.direction?;
    let verb = match direction {
        Direction::Increase => "increase",
        Direction::Decrease => "decrease",
        Direction::Reach => "reach",
        Direction::Keep => "keep",
    };
    let mut text = format!("{verb} {metric}");
    if let Some(segment) = &facts.segment {
        text.push_str(&format!(" where {segment}"));
    }
    if !change.is_empty() {
        text.push_str(&format!(", {change}"));
    }
    if let Some(baseline) = &facts.baseline {
        let value = baseline.value.map_or_else(|| "unknown".to_owned(), |v| scale.full(v));
        text.push_str(&format!(", from {value} ({})", dates::span(baseline.period)));
    }
    match facts.target {
        Some(Target::One(value)) => text.push_str(&format!(", to {}", scale.full(value))),
        Some(Target::Range { low, high }) => {
            text.push_str(&format!(", between {} and {}", scale.full(low), scale.full(high)));
        }
        None => {}
    }
    if let Some(window) = facts.window {
        text.push_str(&format!(", in {}", dates::span(window)));
    }
    if let Some(measured) = facts.measured.filter(|m| Some(*m) != facts.window) {
        text.push_str(&format!(", measured {}", dates::span(measured)));
    }
    text.push('.');
    if let Some(path) = &facts.path {
        text.push_str(match path {
            PaceClause::Seasonal => " The path follows the baseline's own course.",
            PaceClause::Linear => " The path is a straight line in days.",
            PaceClause::WorkingDays => " The path is a straight line in working days.",
            PaceClause::Split(_) => " The path follows the stated shares.",
        });
    }
    if direction != Direction::Keep {
        text.push_str(&format!(" Status: {}.", thresholds(facts.thresholds.as_ref(), scale)));
    }
    Some(text)
}

/// `on track from pace 95%, at risk from 75%`.
pub(crate) fn thresholds(clause: Option<&StatusClause>, scale: &Scale) -> String {
    use crate::report::number::trimmed;
    let style = scale.style();
    let percent = |share: rust_decimal::Decimal| {
        format!(
            "{}{}",
            trimmed(share.saturating_mul(rust_decimal::Decimal::from(100)), 2, style),
            style.percent_sign()
        )
    };
    match clause {
        Some(StatusClause::Pace { on_track, at_risk }) => {
            format!("on track from pace {}, at risk from {}", percent(*on_track), percent(*at_risk))
        }
        Some(StatusClause::Deviation { on_track, at_risk }) => {
            format!(
                "on track within {} of the path, at risk within {}",
                percent(*on_track),
                percent(*at_risk)
            )
        }
        None => {
            let share = |hundredths| percent(rust_decimal::Decimal::new(hundredths, 2));
            format!("on track from pace {}, at risk from {}", share(95), share(75))
        }
    }
}
