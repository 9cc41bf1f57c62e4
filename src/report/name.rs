//! The short name of a goal: metric, segment, change. No dates in it.

use rust_decimal::Decimal;

use crate::judge::{GoalEvaluation, Target};
use crate::quantity::{Quantity, Unit};
use crate::report::Scale;
use crate::report::number::trimmed;
use crate::resolve::{GoalModel, Metric, Nature, SegmentForm, SegmentModel};
use crate::source::Source;
use crate::syntax::{Change, Direction, Goal, Level, PhraseHead};

/// Metric and segment: `Conversion rate, Google`.
pub(crate) fn subject(
    goal: &GoalModel,
    facts: &GoalEvaluation,
    metric: Option<&Metric>,
    source: &Source,
) -> String {
    let Some(written) = goal.goal.as_deref() else { return shortened(&goal.text, 48) };
    let phrase = written.metric.words.iter().map(|w| w.node.as_str()).collect::<Vec<_>>().join(" ");
    let as_written = without_article(source.slice(written.metric.span).trim());
    let what = metric
        .and_then(|m| m.name.as_deref())
        .or_else(|| (!as_written.is_empty()).then_some(as_written))
        .unwrap_or(&phrase);
    let mut parts = vec![capitalised(&clean(what))];
    if let (PhraseHead::ShareOf(Some(condition)), false) = (&written.metric.head, what.contains(" where ")) {
        parts.push(clean(source.slice(condition.span)));
    }
    if let Some(bound) = &goal.bound {
        parts.extend(bound.segments.iter().map(segment));
    }
    parts.extend(facts.for_each.as_deref().map(clean));
    shortened(&parts.join(", "), 60)
}

/// `+10%`, `→ 85 SEK`, `< 8% every month`; empty for a line that was not understood.
pub(crate) fn change(
    goal: &GoalModel,
    facts: &GoalEvaluation,
    nature: Option<Nature>,
    scale: &Scale,
) -> String {
    let Some(written) = goal.goal.as_deref() else { return String::new() };
    let words = change_words(written, facts, nature, scale);
    match written.every {
        Some(ref grain) => format!("{words} every {}", grain.node.noun()),
        None => words,
    }
}

fn change_words(written: &Goal, facts: &GoalEvaluation, nature: Option<Nature>, scale: &Scale) -> String {
    let style = scale.style();
    let down = if facts.direction.is_some() && facts.sign != 0 {
        facts.sign < 0
    } else {
        written.direction == Direction::Decrease
    };
    let sign = if down { '\u{2212}' } else { '+' };
    let hundred = Decimal::from(100);
    match &written.change.node {
        Change::Percent(share) => {
            format!("{sign}{}{}", trimmed(share.saturating_mul(hundred), 2, style), style.percent_sign())
        }
        Change::Points(share) => {
            format!("{sign}{} {}", trimmed(share.saturating_mul(hundred), 2, style), style.points_sign())
        }
        Change::Amount(quantity) => format!("{sign}{}", amount(quantity, scale)),
        Change::Factor(factor) => format!("× {}", trimmed(*factor, 2, style)),
        Change::Level(level) => {
            let text = level_text(level, facts, scale, Which::Only);
            let plain = matches!(nature, Some(Nature::Flow { .. })) && !down;
            if plain { text } else { format!("→ {text}") }
        }
        Change::FromTo { to, .. } => format!("→ {}", amount(to, scale)),
        Change::AtLeast(level) => format!("≥ {}", level_text(level, facts, scale, Which::Only)),
        Change::AtMost(level) => format!("≤ {}", level_text(level, facts, scale, Which::Only)),
        Change::Above(level) => format!("> {}", level_text(level, facts, scale, Which::Only)),
        Change::Below(level) => format!("< {}", level_text(level, facts, scale, Which::Only)),
        Change::Between(low, high) => format!(
            "{}–{}",
            level_text(low, facts, scale, Which::Low),
            level_text(high, facts, scale, Which::High)
        ),
    }
}

/// Which end of a target a level stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    Only,
    Low,
    High,
}

/// A level as written, or what it came to where it stands in a sheet.
pub(crate) fn level_text(level: &Level, facts: &GoalEvaluation, scale: &Scale, which: Which) -> String {
    let measured = match (facts.target, which) {
        (Some(Target::One(value)), _) => Some(value),
        (Some(Target::Range { low, .. }), Which::Low) => Some(low),
        (Some(Target::Range { high, .. }), _) => Some(high),
        (None, _) => None,
    };
    match level {
        Level::Amount(quantity) => amount(quantity, scale),
        Level::Column(name) => measured.map_or_else(|| clean(&name.text), |v| scale.short(v)),
    }
}

fn amount(quantity: &Quantity, scale: &Scale) -> String {
    let unit = if quantity.unit == Unit::None { scale.base() } else { &quantity.unit };
    let text = Scale::for_size(unit, quantity.value, quantity.value.is_integer(), scale.style())
        .short(quantity.value);
    match &quantity.unit {
        Unit::Named(noun) if !text.ends_with(noun.as_str()) => format!("{text} {}", clean(noun)),
        _ => text,
    }
}

fn segment(segment: &SegmentModel) -> String {
    match &segment.form {
        SegmentForm::Values { values, .. } => {
            values.iter().map(|v| clean(&v.node)).collect::<Vec<_>>().join(" and ")
        }
        SegmentForm::Condition(_) => equal_value(&segment.text).unwrap_or_else(|| clean(&segment.text)),
    }
}

/// `Germany` of `country = "Germany"` and `country is "Germany"`.
fn equal_value(text: &str) -> Option<String> {
    let (head, value) = text.split_once('"')?;
    let value = value.strip_suffix('"')?;
    let head = head.trim_end();
    let plain = (head.ends_with(" is") || head.ends_with('='))
        && !head.ends_with("<=")
        && !head.ends_with(">=")
        && !value.contains('"');
    plain.then(|| clean(value))
}

fn without_article(text: &str) -> &str {
    let lower = text.to_lowercase();
    for article in ["the ", "our ", "a ", "an ", "den ", "det "] {
        if lower.starts_with(article) {
            return text.get(article.len()..).unwrap_or(text).trim_start();
        }
    }
    text
}

/// One line without control characters, blanks made single.
pub(crate) fn clean(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// With a capital at its start.
pub(crate) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// At most `most` characters, cut at a blank where there is one.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    let text = clean(text);
    if text.chars().count() <= most {
        return text;
    }
    let head: String = text.chars().take(most.saturating_sub(1)).collect();
    let cut = match head.rfind(' ') {
        Some(at) if at * 2 > head.len() => head.get(..at).unwrap_or(&head),
        _ => &head,
    };
    format!("{}…", cut.trim_end_matches([' ', ',', ';', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_of_equality_is_its_value() {
        assert_eq!(equal_value("country = \"Germany\"").as_deref(), Some("Germany"));
        assert_eq!(equal_value("source is \"google\"").as_deref(), Some("google"));
        assert_eq!(equal_value("a = \"x\" and b = \"y\""), None);
        assert_eq!(equal_value("amount >= 5"), None);
    }

    #[test]
    fn names_lose_articles_and_control_characters() {
        assert_eq!(capitalised(without_article("the number of visitors")), "Number of visitors");
        assert_eq!(clean("a\u{7}b\tc\n"), "a b c");
        assert_eq!(capitalised("öka"), "Öka");
    }

    #[test]
    fn long_lines_are_cut_at_a_blank() {
        assert_eq!(shortened("one two three four", 12), "one two…");
        assert_eq!(shortened("short", 12), "short");
    }
}
