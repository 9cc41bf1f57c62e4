//! [`Inputs`] → [`Report`]: puts together what the other files of this folder word.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::calendar::Period;
use crate::judge::{Status, Target};
use crate::names::fold;
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

/// More details sheets than a workbook can be found through.
const MOST_DETAILS: usize = 60;

/// Words a result; everything that is shown is decided here.
pub fn report(inputs: &Inputs<'_>, style: &Style) -> Report {
    let style = *style;
    let by_line = ByLine::new(inputs);
    let contexts = contexts(inputs, &by_line, style);
    let below = Below::new(&contexts);
    let detailed = detailed(&contexts);
    let goals: Vec<GoalReport> = contexts
        .iter()
        .enumerate()
        .map(|(at, context)| {
            let whole = detailed.binary_search(&at).is_ok();
            goal_report(context, if whole { details(context, &below) } else { short_details(context) })
        })
        .collect();
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
        detailed,
    }
}

/// Completes the details of goals that have no sheet of their own; `wanted` are indices in [`Report::goals`].
pub fn complete_details(report: &mut Report, inputs: &Inputs<'_>, wanted: &[usize]) {
    let by_line = ByLine::new(inputs);
    let contexts = contexts(inputs, &by_line, report.style);
    let below = Below::new(&contexts);
    for at in wanted.iter().filter(|at| report.detailed.binary_search(at).is_err()) {
        if let Some((goal, context)) = report.goals.get_mut(*at).zip(contexts.get(*at)) {
            goal.details = details(context, &below);
        }
    }
}

fn contexts<'a>(inputs: &'a Inputs<'a>, by_line: &'a ByLine<'a>, style: Style) -> Vec<Context<'a>> {
    let facts = inputs.evaluation.goals.iter().enumerate();
    facts.filter_map(|(at, facts)| Context::new(inputs, by_line, at + 1, facts, style)).collect()
}

/// The goals that get a sheet, in file order: first those that need attention, then those without a verdict.
fn detailed(contexts: &[Context<'_>]) -> Vec<usize> {
    let mut goals: Vec<usize> = (0..contexts.len()).collect();
    if goals.len() > MOST_DETAILS {
        let weight = |at: &usize| match contexts.get(*at).map(|context| family(context.facts.status)) {
            Some(Family::NeedsAttention) => 0,
            Some(Family::NoVerdict) => 1,
            _ => 2,
        };
        goals.sort_by_key(weight);
        goals.truncate(MOST_DETAILS);
        goals.sort_unstable();
    }
    goals
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
    let mut reports: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, goal) in goals.iter().enumerate() {
        reports.entry(goal.facts.goal).or_default().push(at);
    }
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
                for at in reports.get(index).into_iter().flatten() {
                    place(&mut rows, &open, *at);
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

fn goal_report(context: &Context<'_>, details: Details) -> GoalReport {
    let facts = context.facts;
    let written = context.goal.goal.as_deref();
    let (label, owner) = (label(context), owner(context));
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
        details,
        scale: context.scale.clone(),
        facts: Arc::clone(facts),
        label,
        owner,
        reads_as,
    }
}

/// What is said of a goal without a sheet: the result in a sentence and what was found.
fn short_details(context: &Context<'_>) -> Details {
    Details {
        finding: finding::finding(context),
        findings: findings::findings(context),
        ..Details::default()
    }
}

fn details(context: &Context<'_>, below: &Below) -> Details {
    let bound = context.goal.goal.as_deref().filter(|_| context.metric.is_some());
    Details {
        meta: meta(context, owner(context).as_deref()),
        reading: bound.and_then(|_| readback::values(context.facts, &context.scale)),
        cards: cards::cards(context),
        charts: chart::charts(context),
        numbers: numbers::numbers(context),
        actions: findings::actions(context),
        months: months::months(context),
        steps: numbers::steps(context),
        evidence: quality::evidence(context),
        below: below.of(label(context).as_deref()),
        ..short_details(context)
    }
}

fn label(context: &Context<'_>) -> Option<String> {
    context.goal.goal.as_deref()?.label.as_ref().map(|label| name::clean(&label.node))
}

/// Who owns the goal: as a clause says, else its label.
fn owner(context: &Context<'_>) -> Option<String> {
    let clause = context.goal.goal.as_deref().and_then(|goal| goal.clauses.owner.as_ref());
    clause.map(|owner| name::clean(&owner.node)).or_else(|| label(context))
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

/// The goals that support others, by the label of those.
struct Below(BTreeMap<String, Vec<usize>>);

impl Below {
    fn new(all: &[Context<'_>]) -> Self {
        let mut below: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for context in all {
            let Some(goal) = context.goal.goal.as_deref() else { continue };
            for label in &goal.clauses.supports {
                let of_label = below.entry(fold(&label.node)).or_default();
                if of_label.last() != Some(&(context.number - 1)) {
                    of_label.push(context.number - 1);
                }
            }
        }
        Self(below)
    }

    fn of(&self, label: Option<&str>) -> Vec<usize> {
        label.and_then(|label| self.0.get(&fold(label))).cloned().unwrap_or_default()
    }
}

/// What stands for a value that is not known.
pub(crate) fn or_unknown(text: Option<String>) -> String {
    text.unwrap_or_else(|| UNKNOWN.to_owned())
}

/// Whether a status says that a result cannot be had from the data as they are.
pub(crate) fn lacks_result(status: Status) -> bool {
    matches!(status, Status::Invalid | Status::NoBaseline | Status::NoData | Status::Inconclusive)
}
