//! The sheet Goals: the goal file, line by line.

use rust_xlsxwriter::Worksheet;

use crate::render::workbook::formats::{BODY, Line, Look, MUTED, SMALL};
use crate::render::workbook::page::{Done, Page, lines};
use crate::report::Report;

/// Lines at most; a longer file is a file to be opened itself.
const MOST: usize = 20_000;

/// Writes the sheet.
pub(super) fn write(sheet: &mut Worksheet, report: &Report) -> Done {
    let (name, text) = &report.goal_file;
    let file = name.rsplit(['/', '\\']).next().unwrap_or("");
    let mut page = Page::new(sheet, "Goals", report)?;
    page.widths(&[50, 900])?;
    page.link_back()?;
    page.height(1, 34)?;
    let count = report.goals.len();
    let noun = if count == 1 { "goal" } else { "goals" };
    page.text(1, 0, &format!("{count} {noun} as written in {file}"), &BODY.size(16.0).bold())?;
    let head = SMALL.line(Line::InkBelow);
    page.text(2, 0, "Line", &head.clone().right())?;
    page.text(2, 1, "Text", &head.indent(1))?;
    let goal_lines: std::collections::BTreeSet<usize> = report.goals.iter().map(|g| g.line).collect();
    for (at, line) in text.lines().enumerate().take(MOST) {
        let number = at + 1;
        let row = 3 + at as u32;
        let heading = line.starts_with('#');
        let mut look = Look { mono: true, wrap: true, ..BODY }.indent(1).size(9.0).line(Line::HairBelow);
        if heading || goal_lines.contains(&number) {
            look = look.bold();
        } else if line.trim_start().starts_with("//") {
            look = look.ink(MUTED);
        }
        let height = lines(line, 118).min(20);
        page.height(row, 18 + 13 * (height - 1))?;
        page.number(row, 0, number as f64, &SMALL.right().line(Line::HairBelow))?;
        page.text(row, 1, line, &look)?;
    }
    page.sheet.set_freeze_panes(3, 0)?;
    page.sheet.set_repeat_rows(2, 2)?;
    Ok(())
}
