//! The sheet About: inputs, settings, status words, terms.

use rust_xlsxwriter::Worksheet;

use crate::render::workbook::formats::{BODY, Line, Look, MUTED, SMALL};
use crate::render::workbook::page::{Done, Page, lines};
use crate::report::Report;
use crate::report::look;

const LAST: u16 = 3;

/// Writes the sheet.
pub(super) fn write(sheet: &mut Worksheet, report: &Report) -> Done {
    let about = &report.about;
    let mut page = Page::new(sheet, "About", report)?;
    page.widths(&[150, 420, 90, 540])?;
    page.link_back()?;
    page.height(1, 34)?;
    page.text(1, 0, &about.title, &BODY.size(16.0).bold())?;
    page.text(2, 0, &about.summary, &SMALL)?;
    page.height(3, 12)?;
    let mut row = inputs(&mut page, report, 4)?;
    row = pairs(&mut page, row, "Run", &about.run)?;
    row = statuses(&mut page, report, row)?;
    row = pairs(&mut page, row, "Terms", &about.terms)?;
    page.sheet.set_freeze_panes(2, 0)?;
    if row <= 60 {
        page.sheet.set_print_fit_to_pages(1, 1);
    } else {
        page.sheet.set_repeat_rows(0, 1)?;
    }
    Ok(())
}

type Next = Result<u32, rust_xlsxwriter::XlsxError>;

fn inputs(page: &mut Page<'_>, report: &Report, first: u32) -> Next {
    page.block(first, 0, LAST, "Inputs")?;
    let head = SMALL.line(Line::RuleBelow);
    page.text(first + 1, 0, "File", &head)?;
    page.text(first + 1, 1, "What it holds", &head)?;
    page.text(first + 1, 2, "Size", &head.clone().right())?;
    page.text(first + 1, 3, "SHA-256", &head.indent(1))?;
    let mut row = first + 2;
    let body = BODY.line(Line::HairBelow).wrap();
    for input in &report.about.inputs {
        let height = lines(&input.file, 22).max(lines(&input.holds, 66));
        page.height(row, 20 + 14 * (height - 1).min(10))?;
        page.text(row, 0, &input.file, &body.clone().bold())?;
        page.text(row, 1, &input.holds, &body)?;
        page.text(row, 2, &input.size, &body.clone().right())?;
        let hash = Look { mono: true, ..SMALL.size(8.0).line(Line::HairBelow).indent(1) };
        page.text(row, 3, input.sha256.text(), &hash)?;
        row += 1;
    }
    page.height(row, 12)?;
    Ok(row + 1)
}

fn pairs(page: &mut Page<'_>, first: u32, title: &str, pairs: &[(String, String)]) -> Next {
    page.block(first, 0, LAST, title)?;
    let mut row = first + 1;
    let body = BODY.line(Line::HairBelow);
    for (label, text) in pairs {
        page.height(row, 20)?;
        page.text(row, 0, label, &body.clone().ink(MUTED))?;
        page.text(row, 1, text, &body)?;
        page.blanks(row, 2..LAST + 1, &body)?;
        row += 1;
    }
    page.height(row, 12)?;
    Ok(row + 1)
}

fn statuses(page: &mut Page<'_>, report: &Report, first: u32) -> Next {
    page.block(first, 0, LAST, "What the status words mean")?;
    let mut row = first + 1;
    let body = BODY.line(Line::HairBelow);
    for (status, meaning, family) in &report.about.statuses {
        page.height(row, 20)?;
        page.text(row, 0, &format!("{} {}", look::icon(*status), status.word()), &body)?;
        page.text(row, 1, meaning, &body)?;
        page.text(row, 2, family, &body.clone().ink(MUTED).size(9.0))?;
        page.blank(row, 3, &body)?;
        row += 1;
    }
    let key = format!("$A{}", first + 2);
    page.status_rules((first + 1, row - 1), (0, 0), &key, true)?;
    page.height(row, 12)?;
    Ok(row + 1)
}
