//! The sheet Data quality: findings before sources.

use rust_xlsxwriter::Worksheet;

use crate::render::workbook::formats::{BODY, Line, Look, MUTED, SMALL, WARNING};
use crate::render::workbook::page::{Done, Page, lines};
use crate::report::{Effect, QualityRow, Report, SourceReport};

const LAST: u16 = 6;

/// Findings at most: a file in which everything is wrong is not told row by row.
const MOST: usize = 1_000;

/// Writes the sheet.
pub(super) fn write(sheet: &mut Worksheet, report: &Report) -> Done {
    let mut page = Page::new(sheet, "Data quality", report)?;
    page.widths(&[100, 80, 330, 220, 80, 100, 400])?;
    page.link_back()?;
    page.height(1, 34)?;
    page.text(1, 0, &report.quality.title, &BODY.size(16.0).bold())?;
    page.text(2, 0, &report.quality.summary, &SMALL)?;
    page.height(3, 12)?;
    page.block(4, 0, LAST, "Findings")?;
    let right = [4];
    header(&mut page, 5, &["Effect", "Code", "What", "Where", "Count", "Goals", "What to do"], &right)?;
    let mut row = 6;
    for finding in report.quality.rows.iter().take(MOST) {
        finding_row(&mut page, row, finding)?;
        row += 1;
    }
    let more = report.quality.rows.len().saturating_sub(MOST);
    if more > 0 || report.quality.rows.is_empty() {
        let text = if more > 0 {
            format!("{more} more findings are not listed")
        } else {
            "Nothing was found.".to_owned()
        };
        page.text(row, 0, &text, &SMALL)?;
        row += 1;
    }
    page.height(row, 12)?;
    row += 1;
    page.block(row, 0, LAST, "Sources")?;
    header(
        &mut page,
        row + 1,
        &["File", "Sheet", "Dates", "Coverage", "Rows", "Left out", "Used by goals"],
        &[4, 5],
    )?;
    row += 2;
    for source in &report.sources {
        source_row(&mut page, row, source)?;
        row += 1;
    }
    page.sheet.set_freeze_panes(6, 0)?;
    page.sheet.set_repeat_rows(5, 5)?;
    Ok(())
}

fn header(page: &mut Page<'_>, row: u32, words: &[&str], right: &[usize]) -> Done {
    for (at, word) in words.iter().enumerate() {
        let look = SMALL.line(Line::RuleBelow);
        let look = if right.contains(&at) { look.right() } else { look };
        let look = if at > 4 && !right.contains(&at) { look.indent(1) } else { look };
        page.text(row, at as u16, word, &look)?;
    }
    Ok(())
}

/// `1, 4, 7–12`.
fn list(goals: &[usize]) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for goal in goals {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *goal => *last = *goal,
            _ => runs.push((*goal, *goal)),
        }
    }
    let shown = |(first, last): &(usize, usize)| match last - first {
        0 => first.to_string(),
        1 => format!("{first}, {last}"),
        _ => format!("{first}–{last}"),
    };
    let listed: Vec<String> = runs.iter().take(12).map(shown).collect();
    let more = runs.len().saturating_sub(12);
    if more > 0 { format!("{} and more", listed.join(", ")) } else { listed.join(", ") }
}

fn finding_row(page: &mut Page<'_>, row: u32, finding: &QualityRow) -> Done {
    let body = BODY.line(Line::HairBelow).wrap();
    let goals = list(&finding.goals);
    let height = lines(&finding.what, 52)
        .max(lines(&finding.remedy, 64))
        .max(lines(&finding.place, 34))
        .max(lines(&goals, 14));
    page.height(row, 22 + 15 * (height - 1).min(12))?;
    let effect = match finding.effect {
        Effect::Changes => body.clone().bold().ink(WARNING),
        Effect::May => body.clone(),
        Effect::None => body.clone().ink(MUTED),
    };
    page.text(row, 0, finding.effect.text(), &effect)?;
    page.text(row, 1, &finding.code, &SMALL.line(Line::HairBelow))?;
    page.text(row, 2, &finding.what, &body)?;
    page.text(row, 3, &finding.place, &Look { wrap: true, ..SMALL.line(Line::HairBelow) })?;
    page.number(row, 4, finding.count as f64, &body.clone().right().code("#,##0"))?;
    page.text(row, 5, &goals, &body.clone().indent(1))?;
    page.text(row, 6, &finding.remedy, &body.indent(1))
}

fn source_row(page: &mut Page<'_>, row: u32, source: &SourceReport) -> Done {
    let body = BODY.line(Line::HairBelow).wrap();
    let sheets = source.sheets.join(", ");
    let dates = match (source.from, source.to) {
        (Some(from), Some(to)) => {
            let column = source.date_column.as_deref().map_or_else(String::new, |c| format!(" ({c})"));
            format!("{from} to {to}{column}")
        }
        _ => "no dates".to_owned(),
    };
    let goals = list(&source.goals);
    let height = lines(&source.file, 15)
        .max(lines(&sheets, 11))
        .max(lines(&dates, 52))
        .max(lines(&source.coverage, 34));
    page.height(row, 22 + 15 * (height - 1).min(12))?;
    page.text(row, 0, &source.file, &body)?;
    page.text(row, 1, &sheets, &body)?;
    page.text(row, 2, &dates, &body)?;
    page.text(row, 3, &source.coverage, &body)?;
    let count = body.clone().right().code("#,##0;;\"–\"");
    page.number(row, 4, source.rows as f64, &count)?;
    page.number(row, 5, source.left_out as f64, &count)?;
    page.text(row, 6, &goals, &body.indent(1))
}
