//! A goal read back: the sentence that parses to it, and after it the values: from what to what, measured when.

use crate::judge::{GoalEvaluation, Target};
use crate::report::{Scale, dates};
use crate::source::Source;
use crate::syntax::{Direction, Goal, PaceClause, StatusClause};

/// The sentence with its dates, which parses to the same goal; one value of `for each` is its filter.
pub(crate) fn sentence(goal: &Goal, source: &Source, facts: &GoalEvaluation, scale: &Scale) -> String {
    let language = scale.style().language;
    let mut text = crate::syntax::readback::read_back(goal, source, language, facts.window);
    if let (Some(_), Some(segment)) = (&facts.for_each, &facts.segment) {
        text.push_str(&format!(" for {segment}"));
    }
    text
}

/// What follows the sentence: values, measured days, path and thresholds; none for an invalid goal.
pub(crate) fn values(facts: &GoalEvaluation, scale: &Scale) -> Option<String> {
    let direction = facts.direction?;
    let mut text = String::new();
    if let Some(baseline) = &facts.baseline {
        let value = baseline.value.map_or_else(|| "unknown".to_owned(), |v| scale.full(v));
        text.push_str(&format!("from {value} ({})", dates::span(baseline.period)));
    }
    match facts.target {
        Some(Target::One(value)) => text.push_str(&format!(" to {}", scale.full(value))),
        Some(Target::Range { low, high }) => {
            text.push_str(&format!(" between {} and {}", scale.full(low), scale.full(high)));
        }
        None => {}
    }
    if let Some(measured) = facts.measured.filter(|m| Some(*m) != facts.window) {
        text.push_str(&format!(", measured {}", dates::span(measured)));
    }
    let mut text = text.trim_start_matches(',').trim().to_owned();
    if let Some(first) = text.get(..1).map(str::to_uppercase) {
        text.replace_range(..1, &first);
        text.push('.');
    }
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
