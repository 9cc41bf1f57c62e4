//! The sheet Scorecard: the result on one screen and one page.

use std::collections::BTreeMap;

use rust_xlsxwriter::{ChartEmptyCells, Color, Format, Sparkline, Worksheet};

use crate::render::workbook::formats::{BAD, BAND, BODY, GOOD, INK, LINK, Line, Look, MUTED, SMALL};
use crate::render::workbook::page::{Done, Page, lines, rich};
use crate::render::workbook::{SCORECARD, measures};
use crate::report::look::Family;
use crate::report::number::Room;
use crate::report::{GoalReport, OutlineRow, Report};

const WIDTHS: [u32; 15] = [30, 336, 100, 108, 138, 82, 80, 82, 60, 94, 50, 86, 82, 52, 74];
const LAST: u16 = 14;
const HEADER: u32 = 4;

/// Writes the sheet; `names` are the sheets of the goals that have one.
pub(super) fn write(sheet: &mut Worksheet, report: &Report, names: &BTreeMap<usize, String>) -> Done {
    let mut page = Page::new(sheet, SCORECARD, report)?;
    page.widths(&WIDTHS)?;
    top(&mut page, report)?;
    header(&mut page)?;
    let last = rows(&mut page, report, names)?;
    legend(&mut page, report, names.len(), last + 1)?;
    page.sheet.set_freeze_panes(HEADER + 1, 0)?;
    page.sheet.set_repeat_rows(HEADER, HEADER)?;
    page.sheet.group_symbols_above(true);
    if last > HEADER {
        page.sheet.autofilter(HEADER, 2, last, 3)?;
        let key = format!("$D{}", HEADER + 2);
        page.status_rules((HEADER + 1, last), (3, 3), &key, true)?;
        page.status_rules((HEADER + 1, last), (4, 4), &key, false)?;
    }
    page.sheet.set_active(true);
    Ok(())
}

fn top(page: &mut Page<'_>, report: &Report) -> Done {
    for (row, height) in [(0, 34), (1, 24), (2, 22), (3, 10), (4, 36)] {
        page.height(row, height)?;
    }
    page.text(0, 0, &report.title, &BODY.size(16.0).bold())?;
    page.text(1, 0, &report.headline, &BODY.size(12.0))?;
    families(page, report)
}

/// `● 7 on course   ■ 4 need attention: 1 Revenue, …   ○ 4 without verdict: 8, 10`.
fn families(page: &mut Page<'_>, report: &Report) -> Done {
    let font =
        |ink: u32| Format::new().set_font_name("Arial").set_font_size(10).set_font_color(Color::RGB(ink));
    let (good, bad, quiet, ink) = (font(GOOD).set_bold(), font(BAD).set_bold(), font(MUTED), font(INK));
    let quiet_bold = font(MUTED).set_bold();
    let count = |wanted| report.of_family(wanted).count();
    let mut parts: Vec<(&Format, String)> = vec![(&good, format!("● {} on course", count(Family::OnCourse)))];
    let attention: Vec<&GoalReport> = report.of_family(Family::NeedsAttention).collect();
    if !attention.is_empty() {
        let verb = if attention.len() == 1 { "needs" } else { "need" };
        parts.push((&bad, format!("      ■ {} {verb} attention: ", attention.len())));
        let few = attention.len() <= 6;
        let listed: Vec<String> = attention
            .iter()
            .take(40)
            .map(|g| {
                if few {
                    format!("{} {}", g.number, g.subject.replace(", ", " "))
                } else {
                    g.number.to_string()
                }
            })
            .collect();
        parts.push((&ink, listed.join(", ")));
    }
    let open: Vec<String> =
        report.of_family(Family::NoVerdict).take(40).map(|g| g.number.to_string()).collect();
    if !open.is_empty() {
        parts.push((&quiet_bold, format!("      ○ {} without verdict: ", count(Family::NoVerdict))));
        parts.push((&quiet, open.join(", ")));
    }
    let parts: Vec<(&Format, String)> =
        parts.into_iter().map(|(format, text)| (format, rich(&text))).collect();
    let segments: Vec<(&Format, &str)> =
        parts.iter().map(|(format, text)| (*format, text.as_str())).collect();
    page.sheet.write_rich_string_with_format(2, 0, &segments, &BODY.format())?;
    Ok(())
}

fn header(page: &mut Page<'_>) -> Done {
    let words = [
        ("", false),
        ("Goal", false),
        ("Owner", false),
        ("Status", false),
        ("Progress\n│ = expected by now", false),
        ("Actual", true),
        ("Expected\nby now", true),
        ("Target", true),
        ("Unit", false),
        ("Gap to\ntarget", true),
        ("Pace", true),
        ("Last 18\nmonths", false),
        ("Forecast\nat deadline", true),
        ("Chance", true),
        ("Deadline", true),
    ];
    for (column, (word, right)) in words.into_iter().enumerate() {
        let look = SMALL.wrap().low().line(Line::InkBelow);
        let look = if right { look.right() } else { look };
        let look = if matches!(column, 1 | 3 | 8 | 11) { look.indent(1) } else { look };
        page.text(HEADER, column as u16, word, &look)?;
    }
    Ok(())
}

/// Headings and goals; the last row written.
fn rows(
    page: &mut Page<'_>,
    report: &Report,
    names: &BTreeMap<usize, String>,
) -> Result<u32, rust_xlsxwriter::XlsxError> {
    let mut row = HEADER;
    let mut group: Option<u32> = None;
    for item in &report.outline {
        row += 1;
        match item {
            OutlineRow::Heading { level, text, on_course, total } => {
                close(page, &mut group, row)?;
                heading(page, row, *level, text, &format!("{on_course} of {total} on course"))?;
            }
            OutlineRow::Goal { goal, level } => {
                let Some(shown) = report.goals.get(*goal) else { continue };
                if *level > 0 && group.is_none() {
                    group = Some(row);
                }
                let sheet = names.get(goal).map(String::as_str);
                goal_row(page, row, shown, &Place { level: *level, sheet, goals: report.goals.len() })?;
            }
        }
    }
    close(page, &mut group, row + 1)?;
    Ok(row)
}

fn close(page: &mut Page<'_>, group: &mut Option<u32>, next: u32) -> Done {
    if let Some(first) = group.take() {
        page.sheet.group_rows(first, next - 1)?;
    }
    Ok(())
}

fn heading(page: &mut Page<'_>, row: u32, level: u32, text: &str, count: &str) -> Done {
    page.height(row, 26)?;
    let band = BODY.fill(BAND).line(Line::RuleBelow);
    page.blanks(row, 0..LAST + 1, &band)?;
    let indent = level.saturating_sub(1).min(4) as u8;
    let size = if level == 1 { 11.0 } else { 10.0 };
    page.text(row, 0, text, &band.clone().bold().size(size).indent(indent))?;
    page.text(row, 3, count, &band.ink(MUTED).size(9.0).indent(1))
}

/// What a goal's row needs to know of its surroundings.
struct Place<'a> {
    level: u32,
    sheet: Option<&'a str>,
    goals: usize,
}

fn goal_row(page: &mut Page<'_>, row: u32, goal: &GoalReport, place: &Place<'_>) -> Done {
    let body = BODY.line(Line::HairBelow);
    let small = SMALL.line(Line::HairBelow);
    let name_lines = lines(&goal.name, 50);
    page.height(row, 36 + 16 * (name_lines - 1).min(4))?;
    if let Some(sheet) = place.sheet {
        let look = Look { underline: true, ..body.clone().right().ink(LINK) };
        page.link(row, 0, sheet, &goal.number.to_string(), &look)?;
        page.number(row, 0, goal.number as f64, &look)?;
    } else {
        page.number(row, 0, goal.number as f64, &body.clone().right().ink(MUTED))?;
    }
    name(page, row, goal, place.level.clamp(1, 5) as u8)?;
    page.text(row, 2, goal.owner.as_deref().unwrap_or(""), &small.clone().wrap())?;
    page.text(row, 3, &goal.status_text(), &body.clone().indent(1))?;
    let bar = goal.progress.map_or_else(String::new, |p| p.bar(20, '■', '─', '│'));
    page.text(row, 4, &bar, &Look { mono: true, ..body.clone().size(8.0) })?;
    // a figure larger than its column shrinks; it never turns into ####
    let right = body.clone().right().shrink();
    page.figure(row, 5, &goal.actual, Room::Column, &right.clone().bold())?;
    page.figure(row, 6, &goal.expected, Room::Column, &right.clone().ink(MUTED))?;
    page.value(row, 7, &goal.target, Room::Column, &right)?;
    page.text(row, 8, &goal.scale.unit, &small.clone().indent(1))?;
    page.figure(row, 9, &goal.gap, Room::Difference, &right)?;
    page.figure(row, 10, &goal.pace, Room::Alone, &right)?;
    page.blank(row, 11, &body)?;
    sparkline(page, row, goal, place.goals)?;
    page.figure(row, 12, &goal.forecast, Room::Column, &right)?;
    page.figure(row, 13, &goal.chance, Room::Alone, &right)?;
    let day = small.right();
    match goal.deadline {
        Some(deadline) => {
            let look = day.code("yyyy-mm-dd");
            page.sheet.write_datetime_with_format(row, 14, deadline, &look.format())?;
            Ok(())
        }
        None => page.text(row, 14, "", &day),
    }
}

/// The goal's name in bold, the reason in grey below it.
fn name(page: &mut Page<'_>, row: u32, goal: &GoalReport, indent: u8) -> Done {
    let cell = BODY.line(Line::HairBelow).wrap().indent(indent);
    let (name, reason) = (rich(&goal.name), rich(&goal.reason));
    if name.is_empty() || reason.is_empty() {
        return page.text(row, 1, &goal.name, &cell.bold());
    }
    let font = |size: f64, ink: u32| {
        Format::new().set_font_name("Arial").set_font_size(size).set_font_color(Color::RGB(ink))
    };
    let (bold, grey) = (font(10.0, INK).set_bold(), font(9.0, MUTED));
    let first = format!("{name}\n");
    page.sheet.write_rich_string_with_format(row, 1, &[(&bold, &first), (&grey, &reason)], &cell.format())?;
    Ok(())
}

/// The last periods as a grey line; its figures stand on Measures.
fn sparkline(page: &mut Page<'_>, row: u32, goal: &GoalReport, goals: usize) -> Done {
    if goal.facts.history.iter().filter(|(_, value)| value.is_some()).count() < 2 {
        return Ok(());
    }
    let line = Sparkline::new()
        .set_range(measures::history_range(goal, goals))
        .set_sparkline_color(Color::RGB(MUTED))
        .set_line_weight(1.25)
        .show_empty_cells_as(ChartEmptyCells::Gaps);
    page.sheet.add_sparkline(row, 11, &line)?;
    Ok(())
}

fn legend(page: &mut Page<'_>, report: &Report, sheets: usize, first: u32) -> Done {
    page.height(first, 8)?;
    let mut notes = report.legend.clone();
    if sheets < report.goals.len() {
        notes.push(format!(
            "{sheets} of {} goals have a sheet of their own: those that need attention, then those without verdict, then in file order.",
            report.goals.len()
        ));
    }
    for (at, note) in notes.iter().enumerate() {
        let row = first + 1 + at as u32;
        page.height(row, 17)?;
        page.text(row, 0, note, &SMALL)?;
    }
    Ok(())
}
