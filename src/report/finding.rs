//! The result of a goal as one sentence without a full stop: the title of its details.

use crate::judge::{Status, Target};
use crate::report::context::Context;
use crate::report::dates;
use crate::report::reason::path_distance;
use crate::report::voice::voice;
use crate::resolve::Nature;
use rust_decimal::Decimal;

/// The sentence.
pub(crate) fn finding(context: &Context<'_>) -> String {
    let subject = &context.subject;
    let voice = voice(subject);
    match context.facts.status {
        Status::Holding | Status::Breached => guardrail(context),
        Status::Met | Status::MetEarly | Status::Missed | Status::MissedEarly => ended(context),
        Status::Ahead | Status::OnTrack | Status::AtRisk | Status::OffTrack => under_way(context),
        Status::Invalid => format!("{subject} could not be evaluated"),
        Status::NotStarted => format!("{subject} {} not started", voice.has),
        Status::NoData => format!("{subject} {} no data in the window", voice.has),
        Status::NoBaseline => match context.facts.actual {
            Some(actual) => format!(
                "{subject} {} at {}; there is nothing to compare with",
                voice.stands,
                context.scale.full(actual)
            ),
            None => format!("{subject} {} nothing to compare with", voice.has),
        },
        Status::TooEarly | Status::Inconclusive => match context.facts.actual {
            Some(actual) => {
                format!(
                    "{subject} {} at {}: {}",
                    voice.stands,
                    context.scale.full(actual),
                    context.facts.status.word()
                )
            }
            None => format!("{subject}: {}", context.facts.status.word()),
        },
    }
}

fn guardrail(context: &Context<'_>) -> String {
    let subject = &context.subject;
    let voice = voice(subject);
    let latest = context.latest_judged();
    let stands = context.facts.actual.map(|actual| {
        let value = context.scale.full(actual);
        match latest {
            Some(point) => format!(
                "the latest {}, {}, stands at {value}",
                context.every().noun(),
                long_label(&point.label, point.period.start)
            ),
            None => format!("{} {} at {value}", voice.it, voice.stands),
        }
    });
    let head = match &context.facts.periods {
        Some(periods) if periods.breached > 0 => {
            let names: Vec<String> = context
                .facts
                .series
                .iter()
                .filter(|p| p.inside && p.breached == Some(true))
                .map(|p| long_label(&p.label, p.period.start))
                .collect();
            match names.len() {
                1..=3 => format!("{subject} broke {} limit in {}", voice.its, prose(&names)),
                _ => format!(
                    "{subject} broke {} limit in {} of {}",
                    voice.its,
                    periods.breached,
                    dates::how_many(periods.total, context.every())
                ),
            }
        }
        Some(periods) => {
            format!(
                "{subject} held {} limit in all {}",
                voice.its,
                dates::how_many(periods.total, context.every())
            )
        }
        None if context.facts.status == Status::Breached => format!("{subject} {} past the limit", voice.is),
        None => format!("{subject} {} within the limit", voice.is),
    };
    match stands {
        Some(stands) => format!("{head}; {stands}"),
        None => head,
    }
}

fn long_label(label: &str, start: chrono::NaiveDate) -> String {
    let month = label.len() == 7 && !label.contains(['Q', 'W', 'H']);
    if month { dates::month_name(start).to_owned() } else { dates::short_label(label) }
}

fn prose(names: &[String]) -> String {
    match names.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

fn ended(context: &Context<'_>) -> String {
    let facts = context.facts;
    let subject = &context.subject;
    let voice = voice(subject);
    let (Some(actual), Some(Target::One(target))) = (facts.actual, facts.target) else {
        return format!("{subject}: {}", facts.status.word());
    };
    let value = context.scale.full(actual);
    let difference = actual.saturating_sub(target);
    let verb = match facts.status {
        Status::MetEarly => format!("{} reached", voice.has),
        Status::MissedEarly => format!("{} passed the limit with", voice.has),
        _ => "ended at".to_owned(),
    };
    if difference.is_zero() {
        return format!("{subject} {verb} {value}, exactly the target");
    }
    let side = if difference > Decimal::ZERO { "above" } else { "below" };
    let limit = if facts.status == Status::MissedEarly { "it" } else { "the target" };
    format!("{subject} {verb} {value}, {} {side} {limit}", context.scale.apart(difference))
}

fn under_way(context: &Context<'_>) -> String {
    let facts = context.facts;
    let subject = &context.subject;
    let voice = voice(subject);
    let flow = matches!(context.nature(), Some(Nature::Flow { .. }));
    let head = if flow {
        let distance = path_distance(context).unwrap_or_else(|| "measured against".to_owned());
        format!("{subject} {} {distance} {} path", voice.is, voice.its)
    } else {
        let start = facts.baseline.as_ref().and_then(|b| b.to_date.or(b.value));
        let value = facts.actual.map(|a| context.scale.full(a)).unwrap_or_default();
        match (facts.actual, start) {
            (Some(actual), Some(start)) if actual > start => format!("{subject} rose to {value}"),
            (Some(actual), Some(start)) if actual < start => format!("{subject} fell to {value}"),
            _ => format!("{subject} {} at {value}", voice.stands),
        }
    };
    match (&facts.forecast, facts.target, flow) {
        (Some(forecast), Some(Target::One(target)), true) => {
            format!("{head} and {} for {}", voice.heads, heading_for(context, forecast.value, target))
        }
        (_, Some(Target::One(_)), false) => match facts.gap {
            Some(gap) if gap > Decimal::ZERO => {
                format!("{head}, {} short of the target", context.scale.apart(gap))
            }
            Some(gap) if gap < Decimal::ZERO => {
                format!("{head}, {} beyond the target", context.scale.apart(gap))
            }
            _ => head,
        },
        _ => head,
    }
}

/// `48.00 MSEK, 0.62 MSEK short of the target`.
fn heading_for(context: &Context<'_>, forecast: Decimal, target: Decimal) -> String {
    let value = context.scale.full(forecast);
    let missing = if context.facts.sign < 0 {
        forecast.saturating_sub(target)
    } else {
        target.saturating_sub(forecast)
    };
    if missing > Decimal::ZERO {
        format!("{value}, {} short of the target", context.scale.apart(missing))
    } else if missing.is_zero() {
        format!("{value}, the target itself")
    } else {
        format!("{value}, {} beyond the target", context.scale.apart(missing))
    }
}
