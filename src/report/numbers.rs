//! The block of numbers beside the chart, and the steps of the calculation for `explain`.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use crate::judge::{Status, Target};
use crate::report::context::{Context, Kind};
use crate::report::number::{MINUS, Shape, trimmed};
use crate::report::{NumberLine, Step, dates, reason};
use crate::syntax::PaceClause;

struct Lines(Vec<NumberLine>);

impl Lines {
    fn add(&mut self, label: impl Into<String>, value: Option<String>, strong: bool) {
        if let Some(value) = value {
            self.0.push(NumberLine { label: label.into(), value, strong });
        }
    }
}

/// Label and value, those that matter first.
pub(crate) fn numbers(context: &Context<'_>) -> Vec<NumberLine> {
    let mut lines = Lines(Vec::new());
    if context.kind() == Kind::Guardrail {
        guardrail(context, &mut lines);
    } else {
        ahead(context, &mut lines);
        behind(context, &mut lines);
    }
    evidence(context, &mut lines);
    lines.0
}

fn change(value: Option<Decimal>, context: &Context<'_>) -> Option<String> {
    value.map(|v| Shape::Change.text(v, context.style))
}

/// A signed difference with its unit.
fn gap_text(context: &Context<'_>) -> Option<String> {
    let gap = context.facts.gap?;
    let sign = if gap.is_sign_negative() && !gap.is_zero() { MINUS.to_string() } else { String::new() };
    Some(format!("{sign}{}", context.scale.apart(gap)))
}

/// Whole months from the day after `day` to `end`, where both fall on a month's edge.
pub(crate) fn months_left(day: NaiveDate, end: NaiveDate) -> Option<i64> {
    let next = day.succ_opt()?;
    let after = end.succ_opt()?;
    if next.day() != 1 || after.day() != 1 {
        return None;
    }
    let count =
        i64::from(after.year() - next.year()) * 12 + i64::from(after.month()) - i64::from(next.month());
    (count > 0).then_some(count)
}

/// What the rest of the window needs, by month where whole months are left, else by day.
pub(crate) fn required(context: &Context<'_>) -> Option<(String, String)> {
    let facts = context.facts;
    let (rate, day, window) = (facts.required_rate?, facts.as_of?, facts.window?);
    if context.kind() != Kind::Flow || rate <= Decimal::ZERO {
        return None;
    }
    let label = format!("Required from {}", dates::from_next(day));
    let left = Decimal::from((window.last_day() - day).num_days());
    match months_left(day, window.last_day()) {
        Some(months) => {
            let each = (rate.checked_mul(left)?).checked_div(Decimal::from(months))?;
            Some((label, format!("{} a month", context.scale.full(each))))
        }
        None => Some((label, format!("{} a day", context.scale.apart(rate)))),
    }
}

fn ahead(context: &Context<'_>, lines: &mut Lines) {
    let facts = context.facts;
    lines.add("Gap to target", gap_text(context), true);
    if let Some((label, value)) = required(context) {
        lines.add(label, Some(value), true);
    }
    lines.add("Change required", change(facts.required_change, context), true);
    lines.add("Change so far", change(facts.change_so_far, context), false);
    if matches!(facts.status, Status::Ahead | Status::OnTrack | Status::AtRisk | Status::OffTrack) {
        lines.add("Deviation from the path", change(facts.deviation, context), false);
    }
    lines.add("Attainment", facts.attainment.map(|a| Shape::WholePercent.text(a, context.style)), false);
}

fn behind(context: &Context<'_>, lines: &mut Lines) {
    let facts = context.facts;
    if let Some(baseline) = &facts.baseline {
        let span = dates::short_span(baseline.period);
        let label = if span.len() == 4 { format!("Baseline {span}") } else { "Baseline".to_owned() };
        lines.add(label, baseline.value.map(|v| context.scale.full(v)), false);
        lines.add("Baseline to date", baseline.to_date.map(|v| context.scale.full(v)), false);
    }
    if let Some((whole, (part, of))) = facts.actual.zip(facts.proportion) {
        let count = |v| Shape::Number { thousands: 0, decimals: 0 }.text(v, context.style);
        let noun = context.denominator_noun().unwrap_or_else(|| "cases".to_owned());
        lines.add(
            format!("{} is", context.scale.bare(whole)),
            Some(format!("{} of {} {noun}", count(part), count(of))),
            false,
        );
    }
    lines.add("Forecast method", facts.forecast.as_ref().map(|f| f.method.to_owned()), false);
}

fn guardrail(context: &Context<'_>, lines: &mut Lines) {
    let facts = context.facts;
    lines.add("Gap to the limit", gap_text(context), true);
    let Some(periods) = &facts.periods else { return };
    let grain = context.every();
    let held = periods.total.saturating_sub(periods.breached);
    lines.add("Held", Some(format!("{held} of {}", dates::how_many(periods.total, grain))), true);
    lines.add("In a row, latest", in_a_row(context), true);
    if !periods.without_value.is_empty() {
        let count = dates::how_many(periods.without_value.len() as u64, grain);
        lines.add("Without a value", Some(count), false);
    }
    lines.add("Breaks the limit", Some(reason::outside(context)), false);
}

/// `2 broken (May, Jun)`, `4 held`.
fn in_a_row(context: &Context<'_>) -> Option<String> {
    let judged: Vec<_> =
        context.facts.series.iter().filter(|p| p.inside && p.whole && p.breached.is_some()).collect();
    let last = judged.last()?.breached;
    let run: Vec<_> = judged.iter().rev().take_while(|p| p.breached == last).collect();
    let word = if last == Some(true) { "broken" } else { "held" };
    Some(format!("{} {word}", run.len()))
}

fn evidence(context: &Context<'_>, lines: &mut Lines) {
    let facts = context.facts;
    if let (Some(coverage), Some(window), Some(day)) = (&facts.coverage, facts.window, facts.as_of)
        && let Some(share) = coverage.share
    {
        let days = (day.min(window.last_day()) - window.start).num_days() + 1;
        let covered = share.saturating_mul(Decimal::from(days)).round();
        lines.add("Data coverage", Some(format!("{covered} of {days} days")), false);
    }
    let rows = facts
        .rows
        .map(|rows| Shape::Number { thousands: 0, decimals: 0 }.text(Decimal::from(rows), context.style));
    lines.add("Rows read", rows, false);
    if let Some(goal) = context.goal.goal.as_deref() {
        for (amount, at) in &goal.clauses.rewards {
            let scale = crate::report::Scale::for_size(
                &amount.unit,
                Decimal::ZERO,
                amount.value.is_integer(),
                context.style,
            );
            let share = Shape::WholePercent.text(*at, context.style);
            lines.add(format!("Reward at {share}"), Some(scale.short(amount.value)), false);
        }
    }
}

/// Every figure of the verdict and how it came about.
pub(crate) fn steps(context: &Context<'_>) -> Vec<Step> {
    let facts = context.facts;
    let metric = context.metric.map_or("the metric", |m| m.text.as_str());
    let mut steps = Vec::new();
    let mut step = |term: &str, symbol: &str, how: String, value: Option<Decimal>| {
        if let Some(value) = value {
            steps.push(Step {
                term: term.into(),
                symbol: symbol.into(),
                how,
                figure: in_full(context, value),
            });
        }
    };
    if let Some(baseline) = &facts.baseline {
        let how = if baseline.stated {
            "stated in the goal".to_owned()
        } else {
            format!("{metric}, {}", dates::span(baseline.period))
        };
        step("baseline", "B", how, baseline.value);
        step("  to date", "B_D", "the same, to the day that corresponds to D".to_owned(), baseline.to_date);
    }
    if let Some(Target::One(value)) = facts.target {
        step("target", "T", target_how(context), Some(value));
    }
    step("  to date", "T_D", path_how(context), facts.expected);
    let measured = facts.measured.map_or_else(String::new, |m| format!(", {}", dates::span(m)));
    step("actual", "V", format!("{metric}{measured}"), facts.actual);
    if let Some(pace) = facts.pace {
        steps.push(Step {
            term: "pace".into(),
            symbol: "P".into(),
            how: pace_how(context),
            figure: Shape::WholePercent.text(pace, context.style),
        });
    }
    steps
}

fn in_full(context: &Context<'_>, value: Decimal) -> String {
    match context.scale.shape {
        Shape::Percent { .. } => {
            format!(
                "{}{}",
                trimmed(value.saturating_mul(Decimal::from(100)), 4, context.style),
                context.style.percent_sign()
            )
        }
        _ => trimmed(value, 2, context.style),
    }
}

/// A difference: shares in points, which are never written as percent.
fn apart_in_full(context: &Context<'_>, value: Decimal) -> String {
    match context.scale.shape {
        Shape::Percent { .. } => {
            let points = trimmed(value.saturating_mul(Decimal::from(100)), 4, context.style);
            format!("{points} {}", context.style.points_sign())
        }
        _ => in_full(context, value),
    }
}

fn target_how(context: &Context<'_>) -> String {
    use crate::syntax::Change;
    let down = context.facts.sign < 0;
    let Some(goal) = context.goal.goal.as_deref() else { return String::new() };
    let sign = if down { MINUS } else { '+' };
    match &goal.change.node {
        Change::Percent(share) => format!("B {sign} {} × |B|", trimmed(*share, 4, context.style)),
        Change::Points(_) | Change::Amount(_) => format!("B {}", context.change),
        Change::Factor(_) => format!("B {}", context.change),
        _ => "as stated".to_owned(),
    }
}

fn path_how(context: &Context<'_>) -> String {
    match context.facts.path {
        Some(PaceClause::Seasonal) => "T × B_D / B, the path of the baseline".to_owned(),
        Some(PaceClause::Linear) => "a straight line in days".to_owned(),
        Some(PaceClause::WorkingDays) => "a straight line in working days".to_owned(),
        Some(PaceClause::Split(_)) => "the stated shares".to_owned(),
        None => "what is expected by D".to_owned(),
    }
}

fn pace_how(context: &Context<'_>) -> String {
    let facts = context.facts;
    let numbers =
        facts.actual.zip(facts.expected).zip(facts.baseline.as_ref().and_then(|b| b.to_date.or(b.value)));
    if context.is_level() {
        return match facts.actual.zip(facts.expected) {
            Some((actual, expected)) if facts.sign >= 0 => {
                format!("V / T_D = {} / {}", in_full(context, actual), in_full(context, expected))
            }
            Some((actual, expected)) => {
                format!(
                    "2 {MINUS} V / T_D = 2 {MINUS} {} / {}",
                    in_full(context, actual),
                    in_full(context, expected)
                )
            }
            None => "V / T_D".to_owned(),
        };
    }
    match numbers {
        Some(((actual, expected), start)) => format!(
            "(V {MINUS} B_D) / (T_D {MINUS} B_D) = {} / {}",
            apart_in_full(context, actual.saturating_sub(start)),
            apart_in_full(context, expected.saturating_sub(start))
        ),
        None => format!("(V {MINUS} B_D) / (T_D {MINUS} B_D)"),
    }
}
