//! The course of a goal period by period, as a table from which the charts are drawn.

use rust_decimal::Decimal;

use crate::judge::{SeriesPoint, Target};
use crate::report::context::{Context, Kind};
use crate::report::name::capitalised;
use crate::report::number::Shape;
use crate::report::{Figure, Value};
use crate::syntax::Change;

/// What a column of the course holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Role {
    Period,
    Actual,
    Baseline,
    YearBefore,
    Change,
    Expected,
    Difference,
    ActualToDate,
    ExpectedToDate,
    DifferenceToDate,
    Forecast,
    Target,
    Limit,
    Verdict,
}

/// A column of the course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What it holds.
    pub role: Role,
    /// Its header.
    pub header: String,
}

/// A row of the course.
#[derive(Debug, Clone, PartialEq)]
pub struct TableRow {
    /// One per column.
    pub cells: Vec<Value>,
    /// Outside the window, or to come.
    pub quiet: bool,
    /// Inside the window.
    pub inside: bool,
    /// The limit was broken here.
    pub broken: bool,
}

/// The course of a goal.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// `Month by month, MSEK`.
    pub title: String,
    /// Its columns; those without any value are left out.
    pub columns: Vec<Column>,
    /// One per period.
    pub rows: Vec<TableRow>,
}

impl Table {
    /// Where a column stands.
    pub fn column(&self, role: Role) -> Option<usize> {
        self.columns.iter().position(|c| c.role == role)
    }
}

/// The table; empty where there is no course.
pub(crate) fn months(context: &Context<'_>) -> Table {
    let points = points(context);
    if points.is_empty() {
        return Table::default();
    }
    let (columns, rows) = match context.kind() {
        Kind::Flow => flow(context, &points),
        Kind::Level => level(context, &points),
        Kind::Guardrail => guardrail(context, &points),
    };
    without_empty_columns(Table { title: title(context, &points), columns, rows })
}

fn title(context: &Context<'_>, points: &[SeriesPoint]) -> String {
    let noun = capitalised(context.facts.series_grain.unwrap_or(crate::calendar::Grain::Month).noun());
    let unit =
        if context.scale.unit.is_empty() { String::new() } else { format!(", {}", context.scale.unit) };
    let before = points.iter().any(|p| !p.inside);
    let grey = if before { " (grey: before the window)" } else { "" };
    format!("{noun} by {}{unit}{grey}", noun.to_lowercase())
}

/// The periods of the window; for levels and guardrails those before it too, from the history.
fn points(context: &Context<'_>) -> Vec<SeriesPoint> {
    let facts = context.facts;
    let mut points = Vec::new();
    if context.kind() != Kind::Flow
        && let Some(first) = facts.series.first()
    {
        for (period, value) in facts.history.iter().filter(|(p, _)| p.end <= first.period.start) {
            points.push(SeriesPoint {
                period: *period,
                label: label(*period, facts.series_grain),
                inside: false,
                whole: true,
                actual: *value,
                baseline: None,
                expected: None,
                actual_to_date: None,
                expected_to_date: None,
                forecast: None,
                breached: None,
            });
        }
        // a history without a value at its start says nothing
        let empty = points.iter().take_while(|p| p.actual.is_none()).count();
        points.drain(..empty);
    }
    points.extend(facts.series.iter().cloned());
    if context.kind() != Kind::Flow {
        let last = points.iter().rposition(|p| p.actual.is_some() || p.forecast.is_some());
        points.truncate(last.map_or(0, |at| at + 1));
    }
    points
}

fn label(period: crate::calendar::Period, grain: Option<crate::calendar::Grain>) -> String {
    use crate::calendar::Grain;
    use chrono::Datelike;
    let day = period.start;
    match grain {
        Some(Grain::Quarter) => format!("{}-Q{}", day.year(), day.month0() / 3 + 1),
        Some(Grain::Week) => format!("{}-W{:02}", day.iso_week().year(), day.iso_week().week()),
        Some(Grain::Day) => day.to_string(),
        Some(Grain::Year) => day.year().to_string(),
        Some(Grain::Half) => format!("{}-H{}", day.year(), day.month0() / 6 + 1),
        Some(Grain::Month) | None => format!("{}-{:02}", day.year(), day.month()),
    }
}

struct Cells<'a, 'b> {
    context: &'a Context<'b>,
}

impl Cells<'_, '_> {
    fn value(&self, value: Option<Decimal>) -> Value {
        match value {
            Some(value) => Value::Figure(Figure::new(Some(value), self.context.scale.shape, "")),
            None => Value::Empty,
        }
    }

    fn difference(&self, from: Option<Decimal>, to: Option<Decimal>) -> Value {
        match (from, to) {
            (Some(from), Some(to)) => {
                Value::Figure(Figure::new(Some(from.saturating_sub(to)), self.context.scale.difference, ""))
            }
            _ => Value::Empty,
        }
    }
}

fn change(now: Option<Decimal>, before: Option<Decimal>) -> Value {
    let share =
        now.zip(before).and_then(|(now, before)| now.saturating_sub(before).checked_div(before.abs()));
    share.map_or(Value::Empty, |v| Value::Figure(Figure::new(Some(v), Shape::Change, "")))
}

fn column(role: Role, header: impl Into<String>) -> Column {
    Column { role, header: header.into() }
}

fn period(point: &SeriesPoint) -> Value {
    Value::Period(point.period.start, point.label.clone())
}

fn first_header(context: &Context<'_>) -> String {
    capitalised(context.facts.series_grain.unwrap_or(crate::calendar::Grain::Month).noun())
}

/// `Last year` where the baseline is the year before, else `Baseline`.
pub(crate) fn before_word(context: &Context<'_>) -> &'static str {
    use chrono::Months;
    let year_back = context.facts.window.and_then(|w| w.start.checked_sub_months(Months::new(12)));
    let same = context.facts.baseline.as_ref().is_some_and(|b| Some(b.period.start) == year_back);
    if same { "Last year" } else { "Baseline" }
}

fn flow(context: &Context<'_>, points: &[SeriesPoint]) -> (Vec<Column>, Vec<TableRow>) {
    let columns = vec![
        column(Role::Period, first_header(context)),
        column(Role::Actual, "Actual"),
        column(Role::Baseline, before_word(context)),
        column(Role::Change, "Change"),
        column(Role::Expected, "Expected"),
        column(Role::Difference, "Actual −\nexpected"),
        column(Role::ActualToDate, "Actual\nto date"),
        column(Role::ExpectedToDate, "Expected\nto date"),
        column(Role::DifferenceToDate, "Difference\nto date"),
        column(Role::Forecast, "Forecast"),
    ];
    let cells = Cells { context };
    let rows = points.iter().map(|p| TableRow {
        cells: vec![
            period(p),
            cells.value(p.actual),
            cells.value(p.baseline),
            change(p.actual.filter(|_| p.whole), p.baseline),
            cells.value(p.expected),
            cells.difference(p.actual.filter(|_| p.whole), p.expected),
            cells.value(p.actual_to_date),
            cells.value(p.expected_to_date),
            cells.difference(p.actual_to_date.filter(|_| p.whole), p.expected_to_date),
            cells.value(p.forecast),
        ],
        quiet: !p.inside || p.actual.is_none(),
        inside: p.inside,
        broken: false,
    });
    (columns, rows.collect())
}

fn level(context: &Context<'_>, points: &[SeriesPoint]) -> (Vec<Column>, Vec<TableRow>) {
    let difference = match context.scale.difference {
        Shape::Points => format!("Actual −\ntarget, {}", context.style.points_sign()),
        _ => "Actual −\ntarget".to_owned(),
    };
    let columns = vec![
        column(Role::Period, first_header(context)),
        column(Role::Actual, "Actual"),
        column(Role::Baseline, "Baseline"),
        column(Role::Target, "Target"),
        column(Role::Difference, difference),
        column(Role::YearBefore, "Year before"),
        column(Role::Change, "Change"),
        column(Role::Forecast, "Forecast"),
    ];
    let cells = Cells { context };
    let baseline = context.facts.baseline.as_ref();
    let target = context.target_value();
    let rows = points.iter().map(|p| {
        let in_baseline =
            baseline.is_some_and(|b| b.period.start <= p.period.start && p.period.end <= b.period.end);
        let start = baseline.and_then(|b| b.value).filter(|_| in_baseline && !p.inside);
        let goal = target.filter(|_| p.inside);
        TableRow {
            cells: vec![
                period(p),
                cells.value(p.actual),
                cells.value(start),
                cells.value(goal),
                cells.difference(p.actual.filter(|_| p.inside), goal),
                cells.value(p.baseline),
                change(p.actual, p.baseline),
                cells.value(p.forecast),
            ],
            quiet: !p.inside || p.actual.is_none(),
            inside: p.inside,
            broken: false,
        }
    });
    (columns, rows.collect())
}

fn guardrail(context: &Context<'_>, points: &[SeriesPoint]) -> (Vec<Column>, Vec<TableRow>) {
    let difference = match context.scale.difference {
        Shape::Points => format!("Actual −\nlimit, {}", context.style.points_sign()),
        _ => "Actual −\nlimit".to_owned(),
    };
    let columns = vec![
        column(Role::Period, first_header(context)),
        column(Role::Actual, "Actual"),
        column(Role::Limit, "Limit"),
        column(Role::Difference, difference),
        column(Role::Verdict, "Verdict"),
        column(Role::YearBefore, "Year before"),
        column(Role::Change, "Change"),
    ];
    let cells = Cells { context };
    let limit = match context.facts.target {
        Some(Target::One(value)) => Some(value),
        _ => None,
    };
    let rows = points.iter().map(|p| TableRow {
        cells: vec![
            period(p),
            cells.value(p.actual),
            cells.value(limit),
            cells.difference(p.actual, limit),
            breaks(context, p).map_or(Value::Empty, |broken| Value::Verdict(!broken)),
            cells.value(p.baseline),
            change(p.actual, p.baseline),
        ],
        quiet: !p.inside || p.actual.is_none() || !p.whole,
        inside: p.inside,
        broken: breaks(context, p) == Some(true),
    });
    (columns, rows.collect())
}

/// Whether a period broke the limit; one before the window is only compared with it.
fn breaks(context: &Context<'_>, point: &SeriesPoint) -> Option<bool> {
    if point.breached.is_some() || point.inside {
        return point.breached;
    }
    let value = point.actual?;
    let outside = match context.facts.target? {
        Target::One(limit) => match &context.goal.goal.as_deref()?.change.node {
            Change::Above(_) => value <= limit,
            Change::Below(_) => value >= limit,
            Change::AtMost(_) => value > limit,
            Change::AtLeast(_) => value < limit,
            _ => return None,
        },
        Target::Range { low, high } => value < low || value > high,
    };
    Some(outside)
}

fn without_empty_columns(mut table: Table) -> Table {
    let kept: Vec<bool> = (0..table.columns.len())
        .map(|at| table.rows.iter().any(|row| row.cells.get(at).is_some_and(|c| *c != Value::Empty)))
        .collect();
    let keep = |at: usize| kept.get(at).copied().unwrap_or(false);
    let mut at = 0;
    table.columns.retain(|_| {
        at += 1;
        keep(at - 1)
    });
    for row in &mut table.rows {
        let mut at = 0;
        row.cells.retain(|_| {
            at += 1;
            keep(at - 1)
        });
    }
    table
}
