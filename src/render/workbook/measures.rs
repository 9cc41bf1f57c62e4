//! The sheet Measures: every figure of every goal unrounded, and the periods that the scorecard's lines show.

use rust_decimal::Decimal;
use rust_xlsxwriter::Worksheet;

use crate::judge::Target;
use crate::quantity::f64_from_decimal;
use crate::render::workbook::MEASURES;
use crate::render::workbook::formats::{BODY, Line, SMALL};
use crate::render::workbook::page::{Done, Page};
use crate::report::{GoalReport, Report};

const FIRST_ROW: u32 = 3;
const HISTORY: usize = 18;
const FIGURE_COUNT: usize = 18;
const FIGURES: [&str; FIGURE_COUNT] = [
    "Actual",
    "Baseline",
    "Baseline to date",
    "Expected",
    "Target",
    "Target, upper",
    "Gap",
    "Pace",
    "Deviation",
    "Attainment",
    "Forecast",
    "Forecast, low",
    "Forecast, high",
    "Chance",
    "Required a day",
    "Rows",
    "Periods",
    "Broken",
];
const HISTORY_COLUMN: u16 = 4;

/// Writes the sheet.
pub(super) fn write(sheet: &mut Worksheet, report: &Report) -> Done {
    let mut page = Page::new(sheet, MEASURES, report)?;
    let mut widths = vec![40, 260, 100, 80];
    widths.extend([88; FIGURES.len()]);
    page.widths(&widths)?;
    page.link_back()?;
    page.height(1, 30)?;
    page.text(
        1,
        0,
        "Every figure unrounded; shares as shares, money in its own unit",
        &BODY.size(14.0).bold(),
    )?;
    let head = SMALL.low().wrap().line(Line::InkBelow);
    page.height(2, 34)?;
    for (column, word) in ["Goal", "Name", "Status", "Unit"].into_iter().enumerate() {
        page.text(2, column as u16, word, &head)?;
    }
    for (at, word) in FIGURES.into_iter().enumerate() {
        page.text(2, 4 + at as u16, word, &head.clone().right())?;
    }
    for goal in &report.goals {
        row(&mut page, goal)?;
    }
    history_block(&mut page, report)?;
    page.sheet.set_freeze_panes(FIRST_ROW, 2)?;
    page.sheet.set_repeat_rows(2, 2)?;
    Ok(())
}

fn line_of(goal: &GoalReport) -> u32 {
    FIRST_ROW + goal.number.saturating_sub(1) as u32
}

/// The row of a goal's last periods, in the block below the figures.
fn history_line(goal: &GoalReport, goals: usize) -> u32 {
    line_of(goal) + goals as u32 + 3
}

/// The cells that hold a goal's last periods.
pub(super) fn history_range(goal: &GoalReport, goals: usize) -> (&'static str, u32, u16, u32, u16) {
    let row = history_line(goal, goals);
    (MEASURES, row, HISTORY_COLUMN, row, HISTORY_COLUMN + HISTORY as u16 - 1)
}

fn row(page: &mut Page<'_>, goal: &GoalReport) -> Done {
    let row = line_of(goal);
    let look = BODY.line(Line::HairBelow);
    page.number(row, 0, goal.number as f64, &look)?;
    page.text(row, 1, &goal.name, &look)?;
    page.text(row, 2, goal.status().word(), &look)?;
    page.text(row, 3, &base_unit(goal), &look)?;
    for (at, value) in figures(goal).into_iter().enumerate() {
        number(page, row, 4 + at as u16, value)?;
    }
    Ok(())
}

/// The periods behind the lines of the scorecard.
fn history_block(page: &mut Page<'_>, report: &Report) -> Done {
    let goals = report.goals.len();
    let head = FIRST_ROW + goals as u32 + 2;
    page.height(head - 1, 12)?;
    page.height(head, 34)?;
    let look = SMALL.low().wrap().line(Line::InkBelow);
    for (column, word) in ["Goal", "Name", "First period", "Last period"].into_iter().enumerate() {
        page.text(head, column as u16, word, &look)?;
    }
    for at in 0..HISTORY {
        let word = match HISTORY - 1 - at {
            0 => "Latest period".to_owned(),
            1 => "1 period before".to_owned(),
            n => format!("{n} periods before"),
        };
        page.text(head, HISTORY_COLUMN + at as u16, &word, &look.clone().right())?;
    }
    report.goals.iter().try_for_each(|goal| history_row(page, goal, goals))
}

fn history_row(page: &mut Page<'_>, goal: &GoalReport, goals: usize) -> Done {
    let row = history_line(goal, goals);
    let look = BODY.line(Line::HairBelow);
    page.number(row, 0, goal.number as f64, &look)?;
    page.text(row, 1, &goal.name, &look)?;
    let history = &goal.facts.history;
    let skipped = history.len().saturating_sub(HISTORY);
    let day = |entry: Option<&(crate::calendar::Period, Option<Decimal>)>| {
        entry.map_or_else(String::new, |(period, _)| period.start.to_string())
    };
    page.text(row, 2, &day(history.get(skipped)), &look)?;
    page.text(row, 3, &day(history.last()), &look)?;
    let shown: Vec<Option<Decimal>> = history.iter().skip(skipped).map(|(_, value)| *value).collect();
    let missing = HISTORY - shown.len();
    for at in 0..HISTORY {
        let value = at.checked_sub(missing).and_then(|at| shown.get(at).copied().flatten());
        number(page, row, HISTORY_COLUMN + at as u16, value)?;
    }
    Ok(())
}

fn number(page: &mut Page<'_>, row: u32, column: u16, value: Option<Decimal>) -> Done {
    let look = BODY.right().line(Line::HairBelow);
    match value {
        Some(value) => page.number(row, column, f64_from_decimal(value), &look),
        None => page.blank(row, column, &look),
    }
}

fn base_unit(goal: &GoalReport) -> String {
    use crate::quantity::Unit;
    match goal.scale.base() {
        Unit::Percent | Unit::Points => "share".to_owned(),
        Unit::Money(code) => code.clone(),
        Unit::Named(noun) => noun.clone(),
        Unit::Duration(_) | Unit::Times => goal.scale.unit.clone(),
        Unit::None => String::new(),
    }
}

fn figures(goal: &GoalReport) -> [Option<Decimal>; FIGURES.len()] {
    let facts = &goal.facts;
    let (target, upper) = match facts.target {
        Some(Target::One(value)) => (Some(value), None),
        Some(Target::Range { low, high }) => (Some(low), Some(high)),
        None => (None, None),
    };
    let baseline = facts.baseline.as_ref();
    let forecast = facts.forecast.as_ref();
    let periods = facts.periods.as_ref();
    [
        facts.actual,
        baseline.and_then(|b| b.value),
        baseline.and_then(|b| b.to_date),
        facts.expected,
        target,
        upper,
        facts.gap,
        facts.pace,
        facts.deviation,
        facts.attainment,
        forecast.map(|f| f.value),
        forecast.and_then(|f| f.low),
        forecast.and_then(|f| f.high),
        facts.probability,
        facts.required_rate,
        facts.rows.map(Decimal::from),
        periods.map(|p| Decimal::from(p.total)),
        periods.map(|p| Decimal::from(p.breached)),
    ]
}
