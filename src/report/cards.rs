//! The six figures of a goal.

use rust_decimal::Decimal;

use crate::report::build::or_unknown;
use crate::report::context::{Context, Kind};
use crate::report::number::Shape;
use crate::report::reason::{outside, worst};
use crate::report::{Card, Figure, Value, dates, readback};
use crate::syntax::StatusClause;

/// The six figures: status, then by kind of goal.
pub(crate) fn cards(context: &Context<'_>) -> Vec<Card> {
    match context.kind() {
        Kind::Flow => flow(context),
        Kind::Level => level(context),
        Kind::Guardrail => guardrail(context),
    }
}

fn card(label: &str, context: &Context<'_>, value: Option<Decimal>, note: String) -> Card {
    let unit = &context.scale.unit;
    let label = if unit.is_empty() { label.to_owned() } else { format!("{label}, {unit}") };
    Card { label, value: Value::Figure(context.figure(value)), note, quiet: false }
}

fn status(context: &Context<'_>) -> Card {
    let facts = context.facts;
    let note = match &facts.periods {
        Some(periods) => format!(
            "{} of {} held",
            periods.total.saturating_sub(periods.breached),
            dates::how_many(periods.total, context.every())
        ),
        None => pace_note(context),
    };
    Card { label: "Status".to_owned(), value: Value::Status(facts.status), note, quiet: false }
}

fn pace_note(context: &Context<'_>) -> String {
    use crate::judge::Status;
    let percent = |share: Decimal| Shape::WholePercent.text(share, context.style);
    let (on_track, at_risk) = match &context.facts.thresholds {
        Some(StatusClause::Pace { on_track, at_risk }) => (*on_track, *at_risk),
        Some(StatusClause::Deviation { .. }) => {
            return readback::thresholds(context.facts.thresholds.as_ref(), &context.scale);
        }
        None => (Decimal::new(95, 2), Decimal::new(75, 2)),
    };
    match context.facts.status {
        Status::OffTrack => format!("below pace {} is off track", percent(at_risk)),
        Status::AtRisk => format!("on track starts at pace {}", percent(on_track)),
        Status::OnTrack | Status::Ahead => format!("on track from pace {}", percent(on_track)),
        Status::Met | Status::Missed if context.facts.preliminary => "preliminary".to_owned(),
        _ => context.facts.window.map_or_else(String::new, |w| format!("window ends {}", w.last_day())),
    }
}

fn actual_note(context: &Context<'_>) -> String {
    let facts = context.facts;
    if let Some(change) = facts.change_so_far {
        return format!("{} on the same days before", Shape::Change.text(change, context.style));
    }
    if let Some((low, high)) = facts.interval {
        return format!("95% interval {} to {}", context.scale.bare(low), context.scale.bare(high));
    }
    match facts.measured.filter(|m| Some(*m) != facts.window) {
        Some(measured) => dates::span(measured),
        None => facts.as_of.map_or_else(String::new, |day| format!("to {day}")),
    }
}

fn target_card(context: &Context<'_>) -> Card {
    let by = context.facts.window.map_or_else(String::new, |w| format!("by {}", w.last_day()));
    let mut card = card("Target", context, context.target_value(), by);
    if context.target_value().is_none() {
        card.value = crate::report::build::target(context);
    }
    card
}

fn forecast_card(context: &Context<'_>) -> Card {
    let note = match &context.facts.forecast {
        Some(forecast) => {
            let range = match (forecast.low, forecast.high) {
                (Some(low), Some(high)) => {
                    format!("80%: {} to {}", context.scale.bare(low), context.scale.bare(high))
                }
                _ => forecast.method.to_owned(),
            };
            match context.facts.probability {
                Some(chance) => format!("{range}; chance {}", Shape::Chance.text(chance, context.style)),
                None => range,
            }
        }
        None => "too few points for one".to_owned(),
    };
    card("Forecast", context, context.facts.forecast.as_ref().map(|f| f.value), note)
}

fn flow(context: &Context<'_>) -> Vec<Card> {
    let facts = context.facts;
    let expected_note = match facts.baseline.as_ref().filter(|b| b.to_date.is_some()) {
        Some(baseline) => match context.wanted_change() {
            Some(wanted) => format!("{} to date {wanted}", dates::short_span(baseline.period)),
            None => "by the path".to_owned(),
        },
        None => "by the path".to_owned(),
    };
    let mut expected = card("Expected by now", context, facts.expected, expected_note);
    expected.quiet = true;
    vec![
        status(context),
        card("Actual", context, facts.actual, actual_note(context)),
        expected,
        target_card(context),
        Card {
            label: "Pace".to_owned(),
            value: Value::Figure(Figure::new(facts.pace, Shape::WholePercent, "")),
            note: "share of the expected change".to_owned(),
            quiet: false,
        },
        forecast_card(context),
    ]
}

fn level(context: &Context<'_>) -> Vec<Card> {
    let facts = context.facts;
    let baseline = facts.baseline.as_ref();
    let mut start = card(
        &baseline.map_or_else(|| "Baseline".to_owned(), |b| baseline_label(b.period)),
        context,
        baseline.and_then(|b| b.value),
        baseline.map_or_else(String::new, |b| dates::span(b.period)),
    );
    start.quiet = true;
    vec![
        status(context),
        card("Actual", context, facts.actual, actual_note(context)),
        start,
        target_card(context),
        change_card(context),
        forecast_card(context),
    ]
}

fn baseline_label(period: crate::calendar::Period) -> String {
    let text = dates::short_span(period);
    if text.len() == 4 { format!("Baseline {text}") } else { "Baseline".to_owned() }
}

fn change_card(context: &Context<'_>) -> Card {
    let facts = context.facts;
    let start = facts.baseline.as_ref().and_then(|b| b.to_date.or(b.value));
    let made = facts.actual.zip(start).map(|(actual, start)| actual.saturating_sub(start));
    let shape = context.scale.difference;
    let unit = if shape == Shape::Points { context.style.points_sign() } else { context.scale.unit.as_str() };
    let label = if unit.is_empty() { "Change so far".to_owned() } else { format!("Change so far, {unit}") };
    let pace = facts.pace.map(|p| format!("pace {}", Shape::WholePercent.text(p, context.style)));
    let figure = Figure::new(made, shape, "");
    let value = match (made, shape) {
        // the label carries the unit
        (Some(change), Shape::Points) => Value::Text(signed(change, &context.scale.apart_bare(change))),
        _ => Value::Figure(figure),
    };
    Card { label, value, note: pace.unwrap_or_default(), quiet: false }
}

fn signed(change: Decimal, size: &str) -> String {
    if change.is_sign_negative() && !change.is_zero() {
        format!("{}{size}", crate::report::number::MINUS)
    } else if change.is_zero() {
        size.to_owned()
    } else {
        format!("+{size}")
    }
}

fn guardrail(context: &Context<'_>) -> Vec<Card> {
    let facts = context.facts;
    let grain = context.every();
    let noun = grain.noun();
    let latest = context.latest_judged();
    let latest_label = latest.map_or_else(|| "Latest".to_owned(), |p| format!("Latest, {}", p.label));
    let gap = facts.gap.map(|gap| {
        let side = if gap > Decimal::ZERO { "past the limit" } else { "within the limit" };
        format!("{} {side}", context.scale.apart(gap))
    });
    let mut limit = target_card(context);
    limit.label = limit.label.replacen("Target", "Limit", 1);
    limit.note = format!("every {noun}; broken {}", outside(context));
    limit.quiet = true;
    let (broken, total, names) = facts.periods.as_ref().map_or((0, 0, String::new()), |p| {
        let names: Vec<String> = p.breaches.iter().map(|l| dates::short_label(l)).collect();
        (p.breached, p.total, names.join(", "))
    });
    let extreme = worst(context);
    let (left_word, left) = left(context);
    let noun_plural = format!("{}s broken", crate::report::name::capitalised(noun));
    vec![
        status(context),
        card(&latest_label, context, facts.actual, or_unknown(gap)),
        limit,
        Card {
            label: noun_plural,
            value: Value::Text(format!("{broken} of {total}")),
            note: if names.chars().count() > 40 { String::new() } else { names },
            quiet: false,
        },
        card(
            &format!("Worst {noun}"),
            context,
            extreme.map(|(_, value)| value),
            extreme.map_or_else(String::new, |(point, _)| point.label.clone()),
        ),
        Card {
            label: format!("{left_word} left"),
            value: Value::Count(left),
            note: facts.window.map_or_else(String::new, |w| format!("to {}", w.last_day())),
            quiet: true,
        },
    ]
}

/// How many periods of a guardrail are still to come, in its own step where that is of months.
fn left(context: &Context<'_>) -> (String, u64) {
    use crate::calendar::Grain;
    let grain = context.every();
    let months = context
        .facts
        .as_of
        .zip(context.facts.window)
        .and_then(|(day, window)| crate::report::numbers::months_left(day, window.last_day()));
    let size = match grain {
        Grain::Month => Some(1),
        Grain::Quarter => Some(3),
        Grain::Half => Some(6),
        Grain::Year => Some(12),
        Grain::Day | Grain::Week => None,
    };
    match (months, size) {
        (Some(months), Some(size)) => {
            (format!("{}s", crate::report::name::capitalised(grain.noun())), (months / size) as u64)
        }
        _ => ("Days".to_owned(), context.days_left().unwrap_or(0) as u64),
    }
}
