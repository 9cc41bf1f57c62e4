//! Why a goal stands where it stands, in one line of at most 56 characters: a figure, a date, a name.

use chrono::Days;
use rust_decimal::Decimal;

use crate::calendar::Grain;
use crate::judge::{SeriesPoint, Status, Target};
use crate::report::context::Context;
use crate::report::dates;
use crate::report::name::{Which, level_text, shortened};
use crate::report::number::{Shape, trimmed};
use crate::resolve::Nature;
use crate::syntax::{Change, Direction};

const MOST: usize = 56;

/// The reason line of a goal.
pub(crate) fn reason(context: &Context<'_>) -> String {
    let candidates = match context.facts.status {
        Status::Invalid => return invalid(context),
        Status::NotStarted => not_started(context),
        Status::NoData => no_data(context),
        Status::NoBaseline => no_baseline(context),
        Status::Holding | Status::Breached => guardrail(context),
        Status::Met | Status::Missed => ended(context),
        Status::MetEarly | Status::MissedEarly => ended_early(context),
        Status::TooEarly => too_early(context),
        Status::Inconclusive => inconclusive(context),
        Status::Ahead | Status::OnTrack | Status::AtRisk | Status::OffTrack => under_way(context),
    };
    first_that_fits(candidates)
}

fn first_that_fits(candidates: Vec<String>) -> String {
    let fits = candidates.iter().find(|c| !c.is_empty() && c.chars().count() <= MOST);
    fits.cloned().unwrap_or_else(|| shortened(candidates.last().map_or("", String::as_str), MOST))
}

fn invalid(context: &Context<'_>) -> String {
    let line = context.goal.line;
    let Some(first) = &context.first_error else { return format!("line {line} cannot be evaluated") };
    let message = first.replace('`', "");
    shortened(&format!("line {line}: {message}"), MOST)
}

fn not_started(context: &Context<'_>) -> Vec<String> {
    let Some(window) = context.facts.window else { return vec!["begins after the data ends".to_owned()] };
    let mut found = Vec::new();
    if let Some(day) = context.facts.as_of {
        found.push(format!("begins on {}; data to {day}", window.start));
    }
    found.push(format!("begins on {}", window.start));
    found
}

fn no_data(context: &Context<'_>) -> Vec<String> {
    match context.facts.window {
        Some(window) if context.facts.rows == Some(0) => {
            vec![format!("no row from {}", dates::span(window)), "no row in the window".to_owned()]
        }
        Some(window) => vec![format!("no value from {}", dates::span(window)), "no value".to_owned()],
        None => vec!["no row in the window".to_owned()],
    }
}

fn no_baseline(context: &Context<'_>) -> Vec<String> {
    let Some(baseline) = &context.facts.baseline else { return vec!["nothing to compare with".to_owned()] };
    let span = dates::span(baseline.period);
    if let Some(value) = baseline.value {
        return vec![format!(
            "baseline of {} is {}",
            dates::short_span(baseline.period),
            context.scale.full(value)
        )];
    }
    match baseline.missing.first() {
        Some(hole) => {
            vec![
                format!("no data from {} to compare with", dates::span(*hole)),
                format!("no data from {}", dates::span(*hole)),
            ]
        }
        None => vec![format!("no value from {span} to compare with"), format!("no value from {span}")],
    }
}

/// `3 of 6 months at 8% or more: Jan, May, Jun`, `2 of 2 quarters held; lowest 38.94% in Q2`.
fn guardrail(context: &Context<'_>) -> Vec<String> {
    let facts = context.facts;
    let Some(periods) = &facts.periods else { return limit_passed(context) };
    let grain = context.every();
    if periods.breached > 0 {
        let head =
            format!("{} of {} {}", periods.breached, dates::how_many(periods.total, grain), outside(context));
        let short: Vec<String> = periods.breaches.iter().map(|label| dates::short_label(label)).collect();
        let first = short.first().cloned().unwrap_or_default();
        let last = short.last().cloned().unwrap_or_default();
        return vec![format!("{head}: {}", short.join(", ")), format!("{head}: {first} to {last}"), head];
    }
    let head = format!("{} of {} held", periods.total, dates::how_many(periods.total, grain));
    let Some((point, value)) = worst(context) else { return vec![head] };
    let word = if facts.sign < 0 { "highest" } else { "lowest" };
    vec![
        format!("{head}; {word} {} in {}", context.scale.bare(value), dates::short_label(&point.label)),
        format!("{head}; {word} {}", context.scale.bare(value)),
        head,
    ]
}

fn limit_passed(context: &Context<'_>) -> Vec<String> {
    let facts = context.facts;
    match (facts.actual, facts.gap) {
        (Some(_), Some(gap)) if gap > Decimal::ZERO => {
            vec![format!("{} past the limit", context.scale.apart(gap))]
        }
        (Some(_), Some(gap)) => vec![format!("{} within the limit", context.scale.apart(gap))],
        (Some(actual), None) => vec![format!("stands at {}", context.scale.full(actual))],
        (None, _) => vec!["no value".to_owned()],
    }
}

/// The whole period nearest to the limit, or farthest beyond it.
pub(crate) fn worst<'a>(context: &Context<'a>) -> Option<(&'a SeriesPoint, Decimal)> {
    let up_is_worse = context.facts.sign < 0;
    let judged = context.facts.series.iter().filter(|p| p.inside && p.whole && p.breached.is_some());
    let mut found: Option<(&SeriesPoint, Decimal)> = None;
    for point in judged {
        let Some(value) = point.actual else { continue };
        let worse = found.is_none_or(|(_, best)| if up_is_worse { value > best } else { value < best });
        if worse {
            found = Some((point, value));
        }
    }
    found
}

/// `at 8% or more`, `above 8%`, `under 38%`: what breaks the limit.
pub(crate) fn outside(context: &Context<'_>) -> String {
    let Some(goal) = context.goal.goal.as_deref() else { return "past the limit".to_owned() };
    let level = |level| level_text(level, context.facts, &context.scale, Which::Only);
    match &goal.change.node {
        Change::AtLeast(limit) => format!("under {}", level(limit)),
        Change::AtMost(limit) => format!("above {}", level(limit)),
        Change::Above(limit) => format!("at {} or less", level(limit)),
        Change::Below(limit) => format!("at {} or more", level(limit)),
        Change::Between(..) | Change::Level(_) => match context.facts.target {
            Some(Target::Range { low, high }) => {
                format!("outside {}–{}", context.scale.short(low), context.scale.short(high))
            }
            _ => "past the limit".to_owned(),
        },
        _ => "past the limit".to_owned(),
    }
}

fn distance_to_target(context: &Context<'_>) -> Option<(Decimal, bool)> {
    let (Some(actual), Some(Target::One(target))) = (context.facts.actual, context.facts.target) else {
        return None;
    };
    Some((actual.saturating_sub(target), actual > target))
}

/// `212 more than wanted`, `ended 6.20 SEK above; 53% of the change was made`.
fn ended(context: &Context<'_>) -> Vec<String> {
    let Some((difference, above)) = distance_to_target(context) else {
        return vec!["the window is over".to_owned()];
    };
    let apart = context.scale.apart(difference);
    let side = if above { "above" } else { "below" };
    if context.facts.status == Status::Met {
        if difference.is_zero() {
            return vec!["reached exactly".to_owned()];
        }
        let better = if above == (context.facts.sign >= 0) {
            format!("{apart} {side} the target")
        } else {
            "reached".to_owned()
        };
        let wanted = if above { "more than wanted" } else { "less than wanted" };
        let flow = matches!(context.nature(), Some(Nature::Flow { .. }));
        return if flow { vec![format!("{apart} {wanted}"), better] } else { vec![better] };
    }
    let head = if difference.is_zero() {
        "ended on the limit itself".to_owned()
    } else {
        format!("ended {apart} {side}")
    };
    match context.facts.attainment {
        Some(share) if share.is_sign_negative() => vec![format!("{head}; went the other way"), head],
        Some(share) if !context.is_level() => {
            let done = Shape::WholePercent.text(share, context.style);
            vec![format!("{head}; {done} of the change was made"), format!("{head}; {done} made"), head]
        }
        _ => vec![format!("{head} the target"), head],
    }
}

fn ended_early(context: &Context<'_>) -> Vec<String> {
    let apart = distance_to_target(context).map(|(difference, _)| context.scale.apart(difference));
    let left = context.days_left().map(time_left);
    let early = context.facts.status == Status::MetEarly;
    let head = match (apart, early) {
        (Some(apart), true) => format!("{apart} more than wanted"),
        (Some(apart), false) => format!("{apart} past the limit"),
        (None, true) => "reached".to_owned(),
        (None, false) => "past the limit".to_owned(),
    };
    match left {
        Some(left) => {
            vec![format!("{head}, {left} before the deadline"), format!("{head}, {left} early"), head]
        }
        None => vec![head],
    }
}

fn time_left(days: i64) -> String {
    if days >= 21 {
        format!("{} weeks", days / 7)
    } else {
        format!("{days} day{}", if days == 1 { "" } else { "s" })
    }
}

/// `day 15 of 199; judged from 2025-07-05`.
fn too_early(context: &Context<'_>) -> Vec<String> {
    let (Some(window), Some(day)) = (context.facts.window, context.facts.as_of) else {
        return vec!["nothing is due yet".to_owned()];
    };
    let reached = (day - window.start).num_days() + 1;
    let days = window.days();
    let due = (days + 9) / 10;
    if reached < due {
        let from = window.start.checked_add_days(Days::new((due - 1).max(0) as u64)).unwrap_or(window.start);
        return vec![
            format!("day {reached} of {days}; judged from {from}"),
            format!("day {reached} of {days}"),
        ];
    }
    if context.facts.direction == Some(Direction::Keep) {
        return vec![format!("day {reached} of {days}; no whole {} yet", context.every().noun())];
    }
    vec![format!("day {reached} of {days}; nothing is due yet")]
}

/// `1,718 visits are too few: 1.08–2.28% holds the target`.
fn inconclusive(context: &Context<'_>) -> Vec<String> {
    let facts = context.facts;
    if let Some(hole) = facts.coverage.as_ref().and_then(|c| c.holes.first()) {
        return vec![format!("no rows from {}", dates::span(*hole))];
    }
    if let (Some(least), Some(rows)) = (context.at_least_rows(), facts.rows)
        && rows < least
    {
        return vec![format!("{rows} of the {least} rows asked for")];
    }
    if let (Some((low, high)), Some((_, cases))) = (facts.interval, facts.proportion) {
        let low = trimmed(low.saturating_mul(Decimal::from(100)), 2, context.style);
        let range = format!("{low}–{}", context.scale.bare(high));
        let many = Shape::Number { thousands: 0, decimals: 0 }.text(cases, context.style);
        let noun = context.denominator_noun().unwrap_or_else(|| "cases".to_owned());
        return vec![
            format!("{many} {noun} are too few: {range} holds the target"),
            format!("{many} cases are too few: {range} holds the target"),
            format!("{many} cases are too few"),
        ];
    }
    vec!["days are missing in the window".to_owned()]
}

/// A goal inside its window, judged by its pace.
fn under_way(context: &Context<'_>) -> Vec<String> {
    if matches!(context.nature(), Some(Nature::Flow { .. })) {
        return if context.is_good() { flow_on_course(context) } else { flow_behind(context) };
    }
    level_under_way(context)
}

fn flow_on_course(context: &Context<'_>) -> Vec<String> {
    let mut found = Vec::new();
    if let (Some(so_far), Some(wanted)) = (context.facts.change_so_far, context.wanted_change()) {
        found.push(format!("{} on last year, {wanted} wanted", Shape::Change.text(so_far, context.style)));
    }
    found.extend(path_distance(context).map(|d| format!("{d} its path")));
    found.push(String::from("on its path"));
    found
}

fn flow_behind(context: &Context<'_>) -> Vec<String> {
    let head = path_distance(context).unwrap_or_else(|| "behind".to_owned());
    let head = head.strip_suffix(" of").unwrap_or(&head).to_owned();
    let mut found = Vec::new();
    if let (Some(needed), Some(so_far), Some(day)) =
        (context.facts.required_change, context.facts.change_so_far, context.facts.as_of)
    {
        let needed = Shape::Change.text(needed, context.style);
        let so_far = Shape::Change.text(so_far, context.style);
        found.push(format!("{head}; needs {needed} from {}, so far {so_far}", dates::from_next(day)));
        found.push(format!("{head}; needs {needed}, so far {so_far}"));
    } else if let (Some(needed), Some(so_far)) = (context.facts.required_rate, context.facts.rate_so_far) {
        let month =
            |rate: Decimal| context.scale.bare(rate.saturating_mul(Decimal::from(365)) / Decimal::from(12));
        found.push(format!("{head}; needs {} a month, so far {}", month(needed), month(so_far)));
    }
    found.push(head);
    found
}

/// `0.27 MSEK behind`, `0.12 MSEK ahead of`.
pub(crate) fn path_distance(context: &Context<'_>) -> Option<String> {
    let difference = context.facts.actual?.saturating_sub(context.facts.expected?);
    let good = (difference.is_sign_negative() && !difference.is_zero()) != (context.facts.sign >= 0);
    let word = match (difference.is_zero(), good) {
        (true, _) => return Some("on".to_owned()),
        (false, true) => "ahead of",
        (false, false) => "behind",
    };
    Some(format!("{} {word}", context.scale.apart(difference)))
}

/// `36.86 of the 36.99 SEK wanted`, `fell 0.38 pp instead of rising`.
fn level_under_way(context: &Context<'_>) -> Vec<String> {
    let facts = context.facts;
    let (Some(actual), Some(expected)) = (facts.actual, facts.expected) else { return vec![String::new()] };
    let start = facts.baseline.as_ref().and_then(|b| b.to_date.or(b.value));
    let Some(start) = start.filter(|_| !context.is_level()) else {
        return vec![path_distance(context).map_or_else(String::new, |d| format!("{d} its path"))];
    };
    let (made, wanted) = (actual.saturating_sub(start), expected.saturating_sub(start));
    let rising = wanted > Decimal::ZERO;
    if made.is_zero() {
        return vec![format!("unchanged; {} wanted by now", context.scale.apart(wanted))];
    }
    if (made > Decimal::ZERO) != rising {
        let (verb, instead) = if rising { ("fell", "rising") } else { ("rose", "falling") };
        return vec![format!("{verb} {} instead of {instead}", context.scale.apart(made))];
    }
    vec![
        format!("{} of the {} wanted", context.scale.apart_bare(made), context.scale.apart(wanted)),
        format!("{} made", context.scale.apart(made)),
    ]
}

/// The step of a goal's periods.
pub(crate) fn grain_of(context: &Context<'_>) -> Grain {
    context
        .goal
        .goal
        .as_deref()
        .and_then(|g| g.every.as_ref())
        .map_or_else(|| context.facts.series_grain.unwrap_or(Grain::Month), |every| every.node)
}
