//! The sheet of a goal: finding, figures, charts, reasons, actions; then the course period by period.

use rust_xlsxwriter::Worksheet;

use crate::render::workbook::charts;
use crate::render::workbook::formats::{BODY, FAINT, Line, Look, MUTED, SMALL, Side, WARNING, tone_ink};
use crate::render::workbook::page::{Done, Page, lines, one_line};
use crate::report::number::Room;
use crate::report::{Card, GoalReport, Report, Role, Value};

const LAST: u16 = 11;
/// First row of the charts and of the numbers, zero-based.
const BODY_ROW: u32 = 9;
/// Rows of 20 pixels beside the charts.
const CHART_ROWS: u32 = 20;

/// Writes the sheet.
pub(super) fn write(sheet: &mut Worksheet, report: &Report, goal: &GoalReport, name: &str) -> Done {
    let mut page = Page::new(sheet, name, report)?;
    page.widths(&[108; 12])?;
    top(&mut page, goal)?;
    cards(&mut page, goal)?;
    let details = &goal.details;
    let beside = numbers(&mut page, goal)?;
    let chart_rows = if details.charts.is_empty() { 0 } else { CHART_ROWS };
    for row in BODY_ROW..BODY_ROW + chart_rows {
        if row > beside {
            page.height(row, 20)?;
        }
    }
    let row = (BODY_ROW + chart_rows).max(beside) + 1;
    let row = findings(&mut page, goal, row)?;
    let row = actions(&mut page, goal, row)?;
    if !details.months.rows.is_empty() {
        let first = months(&mut page, goal, row)?;
        charts::insert(page.sheet, goal, name, BODY_ROW, first, report.style)?;
    }
    page.sheet.set_freeze_panes(2, 0)?;
    page.sheet.set_repeat_rows(0, 1)?;
    Ok(())
}

fn top(page: &mut Page<'_>, goal: &GoalReport) -> Done {
    page.link_back()?;
    page.text(0, 2, &goal.details.meta.join("   ·   "), &SMALL)?;
    page.height(1, 34)?;
    page.text(1, 0, &goal.details.finding, &BODY.size(16.0).bold())?;
    let quoted = format!("“{}”", one_line(&goal.text, 2_000));
    page.height(2, 18 + 15 * (lines(&quoted, 210) - 1).min(8))?;
    page.merged(2, 0, LAST, &quoted, &BODY.wrap())?;
    let reading = goal.details.reading.as_deref().unwrap_or_default();
    let reads = goal
        .reads_as
        .as_deref()
        .map_or_else(String::new, |r| format!("Reads as: {}. {reading}", r.replace("\n    ", "; ")));
    page.height(3, 18 + 14 * lines(&reads, 230).min(8))?;
    page.merged(3, 0, LAST, &reads, &Look { low: false, ..SMALL.wrap() })?;
    page.height(4, 8)
}

/// Six figures, two columns each.
fn cards(page: &mut Page<'_>, goal: &GoalReport) -> Done {
    page.height(5, 20)?;
    page.height(6, 32)?;
    page.height(7, 20)?;
    page.height(8, 10)?;
    for (at, card) in goal.details.cards.iter().take(6).enumerate() {
        card_cells(page, at as u16 * 2, card)?;
    }
    page.status_rules((6, 6), (0, 1), "$A$7", true)
}

fn card_cells(page: &mut Page<'_>, column: u16, card: &Card) -> Done {
    let label = SMALL.line(Line::InkAbove);
    page.text(5, column, &card.label, &label)?;
    page.blank(5, column + 1, &label)?;
    let look = BODY.size(16.0).bold().ink(if card.quiet { MUTED } else { super::formats::INK });
    let look = if card.quiet { Look { bold: false, ..look } } else { look };
    let look = if matches!(card.value, Value::Status(_)) { look.indent(1) } else { look.shrink() };
    page.sheet.merge_range(6, column, 6, column + 1, "", &look.format())?;
    page.value(6, column, &card.value, Room::Alone, &look)?;
    page.text(7, column, &card.note, &SMALL)
}

/// Label and value beside the charts; the last row used.
fn numbers(page: &mut Page<'_>, goal: &GoalReport) -> Result<u32, rust_xlsxwriter::XlsxError> {
    let lines = &goal.details.numbers;
    if lines.is_empty() {
        return Ok(BODY_ROW);
    }
    page.block(BODY_ROW, 9, LAST, "Numbers")?;
    page.height(BODY_ROW, 20)?;
    let mut row = BODY_ROW;
    for line in lines {
        row += 1;
        page.height(row, 20)?;
        page.text(row, 9, &line.label, &SMALL.line(Line::HairBelow))?;
        page.blank(row, 10, &SMALL.line(Line::HairBelow))?;
        let look = BODY.right().line(Line::HairBelow);
        page.text(row, 11, &line.value, &if line.strong { look.bold() } else { look })?;
    }
    Ok(row)
}

type Next = Result<u32, rust_xlsxwriter::XlsxError>;

fn findings(page: &mut Page<'_>, goal: &GoalReport, first: u32) -> Next {
    if goal.details.findings.is_empty() {
        return Ok(first);
    }
    page.block(first, 0, LAST, "What was found")?;
    let mut row = first;
    for finding in &goal.details.findings {
        row += 1;
        page.height(row, 20 + 15 * (lines(&finding.text, 165) - 1).min(10))?;
        let level = BODY.ink(tone_ink(finding.tone)).line(Line::HairBelow);
        page.text(row, 0, &finding.level, &level)?;
        page.text(row, 1, &finding.code, &SMALL.line(Line::HairBelow))?;
        page.merged(row, 2, LAST, &finding.text, &BODY.wrap().line(Line::HairBelow))?;
    }
    page.height(row + 1, 12)?;
    Ok(row + 2)
}

fn actions(page: &mut Page<'_>, goal: &GoalReport, first: u32) -> Next {
    page.block(first, 0, LAST, "Next actions")?;
    let mut row = first;
    for action in &goal.details.actions {
        row += 1;
        page.height(row, 20 + 15 * (lines(&action.text, 150) - 1).min(10))?;
        let mark = BODY.line(Line::HairBelow);
        page.text(row, 0, &action.mark, &if action.late { mark.ink(WARNING) } else { mark })?;
        page.blank(row, 1, &BODY.line(Line::HairBelow))?;
        page.merged(row, 2, 9, &action.text, &BODY.wrap().line(Line::HairBelow))?;
        page.blank(row, 10, &BODY.line(Line::HairBelow))?;
        page.text(row, LAST, &action.owner, &SMALL.right().line(Line::HairBelow))?;
    }
    if goal.details.actions.is_empty() {
        row += 1;
        page.height(row, 20)?;
        let look = BODY.ink(MUTED).line(Line::HairBelow);
        page.text(row, 0, "○ none stated", &look)?;
        page.blank(row, 1, &look)?;
        page.text(
            row,
            2,
            "A line such as “- [ ] what to do by 2025-08-31 (who)” under the goal states one.",
            &look,
        )?;
        page.blanks(row, 3..LAST + 1, &look)?;
    }
    page.height(row + 1, 12)?;
    Ok(row + 2)
}

/// The course, on a page of its own; the first row of its figures.
fn months(page: &mut Page<'_>, goal: &GoalReport, first: u32) -> Next {
    let table = &goal.details.months;
    page.sheet.set_page_breaks(&[first])?;
    let last = (table.columns.len().max(2) as u16 - 1).min(LAST);
    page.block(first, 0, last, &table.title)?;
    page.height(first + 1, 34)?;
    for (at, column) in table.columns.iter().enumerate() {
        let look = SMALL.low().wrap().line(Line::RuleBelow);
        let look = if column.role == Role::Period { look } else { look.right() };
        page.text(first + 1, at as u16, &column.header, &look)?;
    }
    let mut row = first + 2;
    for line in &table.rows {
        page.height(row, 20)?;
        for (at, cell) in line.cells.iter().enumerate() {
            let signed = table.columns.get(at).is_some_and(|c| is_difference(c.role));
            month_cell(page, (row, at as u16), cell, line.quiet, signed)?;
        }
        row += 1;
    }
    if let Some(column) = table.column(Role::Verdict) {
        let (letter, rows) = (crate::cell::column_letters(column as u32), (first + 2, row - 1));
        let column = column as u16;
        page.status_rules(rows, (column, column), &format!("${letter}{}", first + 3), false)?;
    }
    Ok(first + 2)
}

fn is_difference(role: Role) -> bool {
    matches!(role, Role::Difference | Role::DifferenceToDate)
}

fn month_cell(
    page: &mut Page<'_>,
    (row, column): (u32, u16),
    cell: &Value,
    quiet: bool,
    signed: bool,
) -> Done {
    let look = BODY.line(Line::HairBelow);
    let look = if quiet { look.ink(MUTED) } else { look };
    match cell {
        Value::Period(day, label) if is_month(label) => {
            let look = look.code("yyyy-mm");
            page.sheet.write_datetime_with_format(row, column, *day, &look.format())?;
            Ok(())
        }
        Value::Period(_, label) => page.text(row, column, label, &look),
        Value::Figure(figure) if signed => {
            let Some(value) = figure.value else { return page.blank(row, column, &look) };
            // the header carries the unit, and a difference its sign
            let style = page.style;
            let code = figure.shape.format_code(figure.value, Room::Alone, style);
            let bare = code.replace(&format!("\" {}\"", style.points_sign()), "");
            let plus = if figure.shape.rounded(value).is_zero() { "" } else { "+" };
            let stored = crate::quantity::f64_from_decimal(figure.shape.stored(value));
            page.number(
                row,
                column,
                stored,
                &Look { side: Side::Right, ..look }.code(format!("{plus}{bare}")),
            )
        }
        Value::Empty => page.blank(row, column, &look.ink(FAINT)),
        _ => page.value(row, column, cell, Room::Alone, &look.right().shrink()),
    }
}

/// `2025-03`.
pub(super) fn is_month(label: &str) -> bool {
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    label.len() == 7 && label.split_once('-').is_some_and(|(year, month)| digits(year) && digits(month))
}
