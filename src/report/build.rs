//! [`Inputs`] → [`Report`]: puts together what the other files of this folder word.

use rust_decimal::Decimal;

use crate::calendar::Period;
use crate::judge::{Status, Target};
use crate::report::by_line::ByLine;
use crate::report::context::{Context, Kind};
use crate::report::look::{Family, family};
use crate::report::number::{Shape, UNKNOWN};
use crate::report::{
    Details, Figure, GoalReport, Inputs, OutlineRow, Progress, Report, Style, Value, about, cards, chart,
    dates, finding, findings, headline, months, name, numbers, quality, readback, reason, said,
};
use crate::resolve::OutlineItem;
use crate::syntax::Direction;

/// Words a result; everything that is shown is decided here.
pub fn report(inputs: &Inputs<'_>, style: &Style) -> Report {
    let style = *style;
    let by_line = ByLine::new(inputs);
    let contexts: Vec<Context<'_>> = inputs
        .evaluation
        .goals
        .iter()
        .enumerate()
        .filter_map(|(at, facts)| Context::new(inputs, &by_line, at + 1, facts, style))
        .collect();
    let goals: Vec<GoalReport> = contexts.iter().map(|context| goal_report(context, &contexts)).collect();
    let subject = subject(inputs);
    let as_of = inputs.evaluation.as_of;
    let head =
        if subject.eq_ignore_ascii_case("goals") { subject.clone() } else { format!("{subject}: goals") };
    let title = match as_of {
        Some(day) => format!("{head}, {}", dates::day_in_words(day)),
        None => head,
    };
    let sources = quality::sources(inputs, &contexts);
    let quality = quality::quality(inputs, &contexts, &sources);
    Report {
        title,
        headline: headline::headline(&contexts, &goals),
        as_of,
        style,
        outline: outline(inputs, &goals),
        legend: legend(as_of),
        data_line: quality::data_line(as_of, &sources, &quality),
        about: about::about(inputs, &contexts, style),
        goal_file: (inputs.source.name.clone(), inputs.source.text.clone()),
        diagnostics: inputs
            .diagnostics
            .sorted()
            .into_iter()
            .chain(inputs.findings.sorted())
            .map(|d| said::said(d, inputs.source, inputs.catalog))
            .collect(),
        sources,
        quality,
        subject,
        goals,
    }
}

fn subject(inputs: &Inputs<'_>) -> String {
    let heading = inputs.model.outline.iter().find_map(|item| match item {
        OutlineItem::Heading(heading) if heading.node.level == 1 => Some(heading.node.text.as_str()),
        _ => None,
    });
    let file = inputs.source.name.rsplit(['/', '\\']).next().unwrap_or("");
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let text = name::capitalised(&name::shortened(heading.unwrap_or(stem), 60));
    if text.is_empty() { "Goals".to_owned() } else { text }
}

fn legend(as_of: Option<chrono::NaiveDate>) -> Vec<String> {
    let data = as_of.map_or_else(String::new, |day| format!("Data to {day}. "));
    vec![
        "Progress: ■ share of the target reached, │ where it should be by now. Pace: share of the change expected by \
         now that was achieved; on track from 95%, at risk from 75%."
            .to_owned(),
        "Gap: what is still missing to the target; a minus sign means the target is passed. pp = percentage points. \
         Chance: probability that the forecast reaches the target."
            .to_owned(),
        format!(
            "{data}No verdict (○): too early, inconclusive, no baseline, not started or no data. ! the goal line must \
             be corrected. Numbers in the first column open the details."
        ),
    ]
}

/// Headings with their counts, goals in between.
fn outline(inputs: &Inputs<'_>, goals: &[GoalReport]) -> Vec<OutlineRow> {
    let mut rows: Vec<OutlineRow> = Vec::new();
    // open headings as (level, row)
    let mut open: Vec<(u32, usize)> = Vec::new();
    let mut placed = 0;
    let mut place = |rows: &mut Vec<OutlineRow>, open: &[(u32, usize)], at: usize| {
        placed += 1;
        let level = open.last().map_or(0, |(level, _)| *level);
        rows.push(OutlineRow::Goal { goal: at, level });
        let good = goals.get(at).is_some_and(|g| family(g.status()) == Family::OnCourse);
        for (_, row) in open {
            if let Some(OutlineRow::Heading { on_course, total, .. }) = rows.get_mut(*row) {
                *total += 1;
                *on_course += usize::from(good);
            }
        }
    };
    for item in &inputs.model.outline {
        match item {
            OutlineItem::Heading(heading) => {
                let level = heading.node.level.clamp(1, 3);
                open.retain(|(above, _)| *above < level);
                open.push((level, rows.len()));
                let text = name::shortened(&heading.node.text, 80);
                rows.push(OutlineRow::Heading { level, text, on_course: 0, total: 0 });
            }
            OutlineItem::Goal(index) => {
                for (at, _) in goals.iter().enumerate().filter(|(_, g)| g.facts.goal == *index) {
                    place(&mut rows, &open, at);
                }
            }
        }
    }
    if placed == 0 {
        rows.extend((0..goals.len()).map(|goal| OutlineRow::Goal { goal, level: 0 }));
    }
    // a heading without a goal (its text stands alone) is no part of a scorecard
    let empty = |row: &OutlineRow| matches!(row, OutlineRow::Heading { total: 0, .. });
    rows.retain(|row| !empty(row));
    rows
}

fn goal_report(context: &Context<'_>, all: &[Context<'_>]) -> GoalReport {
    let facts = context.facts;
    let written = context.goal.goal.as_deref();
    let label = written.and_then(|g| g.label.as_ref()).map(|l| name::clean(&l.node));
    let owner = written
        .and_then(|g| g.clauses.owner.as_ref())
        .map(|o| name::clean(&o.node))
        .or_else(|| label.clone());
    let metric_text = context.metric.map(|m| m.text.clone());
    let bound = written.filter(|_| context.metric.is_some());
    let reads_as = bound.map(|goal| readback::sentence(goal, context.inputs.source, facts, &context.scale));
    let limit = if facts.direction == Some(Direction::Keep) { context.target_value() } else { None };
    GoalReport {
        number: context.number,
        line: context.goal.line,
        text: context.goal.text.clone(),
        metric: context.metric.map(|m| m.shown().to_owned()),
        metric_text,
        nature: context.nature(),
        every: written.and_then(|g| g.every.as_ref()).map(|e| e.node),
        path: context.goal.path.clone(),
        name: crate::report::with_unit(context.subject.clone(), &context.change),
        subject: context.subject.clone(),
        reason: reason::reason(context),
        actual: context.figure(facts.actual),
        expected: context.figure(facts.expected.or(limit)),
        target: target(context),
        gap: context.gap_figure(),
        pace: Figure::new(facts.pace, Shape::WholePercent, ""),
        forecast: context.figure(facts.forecast.as_ref().map(|f| f.value)),
        chance: Figure::new(facts.probability, Shape::Chance, ""),
        progress: progress(context),
        deadline: facts.window.map(Period::last_day),
        details: Details {
            meta: meta(context, owner.as_deref()),
            reading: bound.and_then(|_| readback::values(facts, &context.scale)),
            finding: finding::finding(context),
            cards: cards::cards(context),
            charts: chart::charts(context),
            numbers: numbers::numbers(context),
            findings: findings::findings(context),
            actions: findings::actions(context),
            months: months::months(context),
            steps: numbers::steps(context),
            evidence: quality::evidence(context),
            below: below(label.as_deref(), all),
        },
        scale: context.scale.clone(),
        facts: facts.clone(),
        label,
        owner,
        reads_as,
    }
}

pub(crate) fn target(context: &Context<'_>) -> Value {
    match context.facts.target {
        Some(Target::Range { low, high }) => {
            Value::Text(format!("{}–{}", context.scale.bare(low), context.scale.bare(high)))
        }
        Some(Target::One(value)) => Value::Figure(context.figure(Some(value))),
        None => Value::Figure(context.figure(None)),
    }
}

fn progress(context: &Context<'_>) -> Option<Progress> {
    let facts = context.facts;
    if let Some(periods) = &facts.periods {
        let share = periods.total.checked_sub(periods.breached)? as f64 / periods.total.max(1) as f64;
        return (periods.total > 0).then_some(Progress { reached: share, expected: 1.0 });
    }
    let (target, actual) = (context.target_value()?, facts.actual?);
    let share = |value: Decimal| crate::quantity::f64_from_decimal(value).clamp(0.0, 1.0);
    if context.kind() == Kind::Flow {
        let part = |value: Decimal| value.checked_div(target).map_or(0.0, share);
        let expected = facts.expected.map_or(1.0, part);
        return Some(Progress { reached: part(actual), expected });
    }
    let reached = share(facts.attainment?);
    let baseline = facts.baseline.as_ref();
    let expected = match (baseline.and_then(|b| b.value), facts.expected) {
        (Some(start), Some(expected)) if !context.is_level() => {
            let from = baseline.and_then(|b| b.to_date).unwrap_or(start);
            expected.saturating_sub(from).checked_div(target.saturating_sub(start)).map_or(1.0, share)
        }
        _ => 1.0,
    };
    Some(Progress { reached, expected })
}

fn meta(context: &Context<'_>, owner: Option<&str>) -> Vec<String> {
    let mut parts = vec![format!("Goal {}", context.number)];
    parts.extend(context.goal.path.last().map(|h| name::shortened(h, 60)));
    parts.extend(owner.map(|o| format!("owner {o}")));
    parts.extend(context.facts.window.map(dates::span));
    parts.extend(context.facts.as_of.map(|day| format!("data to {day}")));
    parts
}

/// The goals that support the one with this label.
fn below(label: Option<&str>, all: &[Context<'_>]) -> Vec<usize> {
    let Some(label) = label else { return Vec::new() };
    let wanted = label.to_lowercase();
    let supports =
        |context: &&Context<'_>| {
            context.goal.goal.as_deref().is_some_and(|g| {
                g.clauses.supports.iter().any(|s| name::clean(&s.node).to_lowercase() == wanted)
            })
        };
    all.iter().filter(supports).map(|context| context.number - 1).collect()
}

/// What stands for a value that is not known.
pub(crate) fn or_unknown(text: Option<String>) -> String {
    text.unwrap_or_else(|| UNKNOWN.to_owned())
}

/// Whether a status says that a result cannot be had from the data as they are.
pub(crate) fn lacks_result(status: Status) -> bool {
    matches!(status, Status::Invalid | Status::NoBaseline | Status::NoData | Status::Inconclusive)
}
