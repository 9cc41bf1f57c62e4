//! The charts of a goal: which columns of its course are drawn, how, and what the title says.

use crate::calendar::Grain;
use crate::judge::SeriesPoint;
use crate::report::context::{Context, Kind};
use crate::report::months::{Role, before_word, months};
use crate::report::name::shortened;
use crate::report::reason::outside;
use crate::report::{dates, look};

/// A chart over the course of a goal.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// How it is drawn.
    pub kind: ChartKind,
    /// Finding first, what is measured after it; at most 70 characters, no names in it.
    pub title: String,
    /// For those who cannot see it.
    pub alt: String,
    /// The columns drawn, in the order of the legend.
    pub series: Vec<Series>,
    /// The step of its periods.
    pub grain: Grain,
    /// The treatment of the goal's status.
    pub tone: look::Tone,
}

/// How a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChartKind {
    /// Columns of what was measured and is forecast, marks of what is expected, a line of the year before.
    Flow,
    /// Columns of the difference to date.
    Difference,
    /// Lines.
    Level,
    /// Columns beside a limit.
    Guardrail,
}

/// A column of the course that is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Which column.
    pub role: Role,
    /// Its name in the legend or at its end.
    pub name: String,
}

const MOST: usize = 70;

/// One chart, two for flows, none without a course.
pub(crate) fn charts(context: &Context<'_>) -> Vec<Chart> {
    let table = months(context);
    let drawn = table.rows.iter().filter(|r| r.inside).count();
    if drawn == 0 || table.column(Role::Actual).is_none() {
        return Vec::new();
    }
    let has = |role| table.column(role).is_some();
    match context.kind() {
        Kind::Flow => flow(context, &has),
        Kind::Level => vec![level(context, &has)],
        Kind::Guardrail => vec![guardrail(context, &has)],
    }
}

fn series(role: Role, name: impl Into<String>) -> Series {
    Series { role, name: name.into() }
}

fn grain(context: &Context<'_>) -> Grain {
    context.facts.series_grain.unwrap_or(Grain::Month)
}

fn finish(context: &Context<'_>, kind: ChartKind, title: String, series: Vec<Series>) -> Chart {
    let drawn: Vec<&str> = series.iter().map(|s| s.name.as_str()).collect();
    let alt = format!(
        "{}. {}. Drawn: {}. The figures stand in the table below.",
        context.subject,
        title,
        drawn.join(", ")
    );
    Chart {
        kind,
        title: shortened(&title, MOST),
        alt,
        series,
        grain: grain(context),
        tone: look::tone(context.facts.status),
    }
}

fn per_period(context: &Context<'_>) -> String {
    let noun = grain(context).noun();
    if context.scale.unit.is_empty() {
        format!("by {noun}")
    } else {
        format!("{} a {noun}", context.scale.unit)
    }
}

fn flow(context: &Context<'_>, has: &dyn Fn(Role) -> bool) -> Vec<Chart> {
    let mut drawn = vec![series(Role::Actual, "Actual")];
    if has(Role::Forecast) {
        drawn.push(series(Role::Forecast, "Forecast"));
    }
    if has(Role::Expected) {
        drawn.push(series(Role::Expected, "Expected"));
    }
    if has(Role::Baseline) {
        drawn.push(series(Role::Baseline, before_word(context)));
    }
    let title = format!("{}; {}", flow_title(context), per_period(context));
    let mut charts = vec![finish(context, ChartKind::Flow, title, drawn)];
    if has(Role::DifferenceToDate) {
        let unit =
            if context.scale.unit.is_empty() { String::new() } else { format!(" ({})", context.scale.unit) };
        let title = format!("Ahead of or behind the path, to date{unit}");
        let drawn = vec![series(Role::DifferenceToDate, "Actual − expected, to date")];
        charts.push(finish(context, ChartKind::Difference, title, drawn));
    }
    charts
}

/// `4 of 6 months reached what was expected`.
fn flow_title(context: &Context<'_>) -> String {
    let whole: Vec<&SeriesPoint> = context
        .facts
        .series
        .iter()
        .filter(|p| p.inside && p.whole && p.actual.is_some() && p.expected.is_some())
        .collect();
    let better = |p: &&&SeriesPoint| {
        let (actual, expected) = (p.actual.unwrap_or_default(), p.expected.unwrap_or_default());
        if context.facts.sign < 0 { actual <= expected } else { actual >= expected }
    };
    let good = whole.iter().filter(better).count();
    let noun = grain(context).noun();
    match (good, whole.len()) {
        (_, 0) => "Measured so far".to_owned(),
        (0, total) if total > 1 => format!("None of {total} {noun}s reached what was expected"),
        (good, total) if good == total && total > 1 => {
            format!("All {total} {noun}s reached what was expected")
        }
        (good, total) => {
            format!("{good} of {total} {noun}{} reached what was expected", if total == 1 { "" } else { "s" })
        }
    }
}

fn level(context: &Context<'_>, has: &dyn Fn(Role) -> bool) -> Chart {
    let facts = context.facts;
    let noun = grain(context).noun();
    let mut drawn = vec![series(Role::Actual, format!("by {noun}"))];
    if has(Role::Target) {
        let value = context.target_value().map(|t| context.scale.full(t)).unwrap_or_default();
        drawn.push(series(Role::Target, format!("target {value}")));
    }
    if has(Role::Baseline) {
        let value = facts.baseline.as_ref().and_then(|b| b.value).map(|v| context.scale.full(v));
        drawn.push(series(Role::Baseline, format!("baseline {}", value.unwrap_or_default())));
    }
    let start = facts.baseline.as_ref().and_then(|b| b.to_date.or(b.value));
    let finding = match (facts.actual, start) {
        (Some(actual), Some(start)) => {
            let verb = match actual.cmp(&start) {
                std::cmp::Ordering::Greater => "Rose",
                std::cmp::Ordering::Less => "Fell",
                std::cmp::Ordering::Equal => "Stayed",
            };
            format!("{verb} from {} to {}", context.scale.full(start), context.scale.full(actual))
        }
        (Some(actual), None) => format!("Stands at {}", context.scale.full(actual)),
        _ => "No value yet".to_owned(),
    };
    finish(context, ChartKind::Level, format!("{finding}; by {noun}"), drawn)
}

fn guardrail(context: &Context<'_>, has: &dyn Fn(Role) -> bool) -> Chart {
    let mut drawn = vec![series(Role::Actual, "Actual")];
    if has(Role::Limit) {
        drawn.push(series(Role::Limit, format!("limit: {}", limit(context))));
    }
    let grain = context.every();
    let title = match &context.facts.periods {
        Some(p) if p.breached > 0 => {
            format!("Broken in {} of {}: {}", p.breached, dates::how_many(p.total, grain), outside(context))
        }
        Some(p) => format!("Held in all {}", dates::how_many(p.total, grain)),
        None => "Held against its limit".to_owned(),
    };
    finish(context, ChartKind::Guardrail, title, drawn)
}

/// `below 8%`, `at least 38%`.
fn limit(context: &Context<'_>) -> String {
    let words = [("≥ ", "at least "), ("≤ ", "at most "), ("> ", "above "), ("< ", "below ")];
    let stated = context.change.split(" every ").next().unwrap_or("");
    let found =
        words.into_iter().find_map(|(sign, word)| Some(format!("{word}{}", stated.strip_prefix(sign)?)));
    found.unwrap_or_else(|| stated.to_owned())
}
