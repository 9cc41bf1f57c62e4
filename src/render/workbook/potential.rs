//! The sheet Potential: where the largest potential lies, per goal and column, and what a change came from.

use rust_decimal::Decimal;
use rust_xlsxwriter::{Color, ConditionalFormatDataBar, ConditionalFormatType, Worksheet, XlsxError};

use crate::judge::{Potential, PotentialShare};
use crate::quantity::f64_from_decimal;
use crate::render::workbook::formats::{ACTUAL, BODY, Line, MUTED, SMALL};
use crate::render::workbook::page::{Done, Page};
use crate::report::number::{Room, Shape};
use crate::report::{Figure, GoalReport, Report};

pub(super) const NAME: &str = "Potential";
const LAST: u16 = 8;
/// Segments shown per block.
const MOST: usize = 6;

/// Whether there is anything to show.
pub(super) fn has_any(report: &Report) -> bool {
    report.goals.iter().any(|g| !g.facts.potential.is_empty() || !g.facts.decomposition.is_empty())
}

/// Writes the sheet.
pub(super) fn write(sheet: &mut Worksheet, report: &Report) -> Done {
    let mut page = Page::new(sheet, NAME, report)?;
    page.widths(&[34, 270, 100, 100, 100, 110, 200, 110, 120])?;
    page.link_back()?;
    page.height(1, 34)?;
    page.text(1, 0, &title(report), &BODY.size(16.0).bold())?;
    let method = "Potential = (benchmark − rate) × volume. The benchmark is the rate that the best quarter of the volume \
                  reaches, unless the goal file states one; a segment with over half of the volume is its own. Not a \
                  forecast.";
    page.text(2, 0, method, &SMALL)?;
    page.height(3, 12)?;
    let mut row = 4;
    for goal in &report.goals {
        for potential in &goal.facts.potential {
            row = block(&mut page, row, goal, potential)?;
        }
    }
    for goal in report.goals.iter().filter(|g| !g.facts.decomposition.is_empty()) {
        row = decomposed(&mut page, row, goal)?;
    }
    page.sheet.set_freeze_panes(3, 0)?;
    page.sheet.set_repeat_rows(0, 1)?;
    Ok(())
}

/// The first segment with the largest share of its goal's gap.
fn title(report: &Report) -> String {
    let all = report.goals.iter().flat_map(|g| g.facts.potential.iter().map(move |p| (g, p)));
    let mut best: Option<(&GoalReport, &PotentialShare)> = None;
    for (goal, potential) in all {
        let Some(first) = potential.segments.first().filter(|s| s.potential > Decimal::ZERO) else {
            continue;
        };
        let share = first.share.unwrap_or_default();
        if best.is_none_or(|(_, found)| share > found.share.unwrap_or_default()) {
            best = Some((goal, first));
        }
    }
    match best {
        Some((goal, segment)) => {
            let share =
                segment.share.map_or_else(String::new, |s| format!(", {} of the gap", share_text(s, report)));
            format!("{} holds the largest potential{share} of goal {}", segment.value, goal.number)
        }
        None => "No segment stands behind its benchmark".to_owned(),
    }
}

/// `88%`, above two `22×`.
fn share_text(share: Decimal, report: &Report) -> String {
    if share > Decimal::TWO {
        format!("{}×", Shape::Number { thousands: 0, decimals: 0 }.text(share, report.style))
    } else {
        Shape::Percent { decimals: 0 }.text(share, report.style)
    }
}

type Next = Result<u32, XlsxError>;

fn count() -> Shape {
    Shape::Number { thousands: 0, decimals: 0 }
}

fn block(page: &mut Page<'_>, first: u32, goal: &GoalReport, potential: &Potential) -> Next {
    page.block(first, 0, LAST, &format!("Goal {}   {}", goal.number, goal.subject))?;
    let scale = &goal.scale;
    let window =
        goal.facts.window.map_or_else(String::new, |w| format!("   ·   {} to {}", w.start, w.last_day()));
    let line = format!("by {}{window}   ·   benchmark {}", potential.by, scale.full(potential.benchmark));
    page.text(first + 1, 0, &line, &SMALL)?;
    let words = [
        "",
        "Segment",
        "Rate",
        "Benchmark",
        "Volume",
        "Potential",
        "",
        "Share of the\ngoal's gap",
        "Running share\nof potential",
    ];
    page.height(first + 2, 34)?;
    for (at, word) in words.into_iter().enumerate() {
        let look = SMALL.low().wrap().line(Line::RuleBelow);
        page.text(first + 2, at as u16, word, &if at > 1 { look.right() } else { look })?;
    }
    let total: Decimal =
        potential.segments.iter().fold(Decimal::ZERO, |sum, s| sum.saturating_add(s.potential));
    let mut running = Decimal::ZERO;
    let mut row = first + 3;
    let shown = potential.segments.iter().filter(|s| s.potential > Decimal::ZERO).take(MOST);
    for (at, segment) in shown.enumerate() {
        running = running.saturating_add(segment.potential);
        segment_row(page, row, goal, potential, segment)?;
        page.number(row, 0, at as f64 + 1.0, &SMALL.right().line(Line::HairBelow))?;
        let share = running.checked_div(total);
        page.figure(
            row,
            8,
            &Figure::new(share, Shape::Percent { decimals: 0 }, ""),
            Room::Alone,
            &SMALL.right().line(Line::HairBelow),
        )?;
        row += 1;
    }
    if row > first + 3 {
        let bar = ConditionalFormatDataBar::new()
            .set_fill_color(Color::RGB(ACTUAL))
            .set_solid_fill(true)
            .set_border_off(true)
            .set_bar_only(true)
            .set_minimum(ConditionalFormatType::Number, 0);
        page.sheet.add_conditional_format(first + 3, 6, row - 1, 6, &bar)?;
    }
    rest(page, row, potential)?;
    page.height(row + 1, 12)?;
    Ok(row + 2)
}

fn segment_row(
    page: &mut Page<'_>,
    row: u32,
    goal: &GoalReport,
    potential: &Potential,
    segment: &PotentialShare,
) -> Done {
    let body = BODY.right().line(Line::HairBelow);
    let shape = goal.scale.shape;
    let name = if segment.pooled > 1 {
        format!("{} ({} values)", segment.value, segment.pooled)
    } else {
        segment.value.clone()
    };
    page.height(row, 20)?;
    page.text(row, 1, &name, &BODY.line(Line::HairBelow).indent(1))?;
    page.figure(row, 2, &Figure::new(Some(segment.rate), shape, ""), Room::Alone, &body)?;
    page.figure(
        row,
        3,
        &Figure::new(Some(potential.benchmark), shape, ""),
        Room::Alone,
        &body.clone().ink(MUTED),
    )?;
    page.figure(row, 4, &Figure::new(Some(segment.volume), count(), ""), Room::Alone, &body)?;
    page.figure(
        row,
        5,
        &Figure::new(Some(segment.potential), count(), ""),
        Room::Alone,
        &body.clone().bold(),
    )?;
    page.number(row, 6, f64_from_decimal(segment.potential), &body)?;
    match segment.share {
        Some(part) => page.number(row, 7, f64_from_decimal(part), &body.code("[>2]0\"×\";0%")),
        None => page.text(row, 7, crate::report::number::UNKNOWN, &body),
    }
}

/// What is not listed: small ones counted, those at the benchmark named.
fn rest(page: &mut Page<'_>, row: u32, potential: &Potential) -> Done {
    let behind: Vec<&PotentialShare> =
        potential.segments.iter().filter(|s| s.potential > Decimal::ZERO).skip(MOST).collect();
    let at: Vec<&str> = potential
        .segments
        .iter()
        .filter(|s| s.potential <= Decimal::ZERO)
        .map(|s| s.value.as_str())
        .collect();
    let mut parts = Vec::new();
    if !behind.is_empty() {
        let sum: Decimal = behind.iter().fold(Decimal::ZERO, |sum, s| sum.saturating_add(s.potential));
        let noun = if behind.len() == 1 { "segment" } else { "segments" };
        parts.push(format!("{} smaller {noun}: {}", behind.len(), count().text(sum, page.style)));
    }
    if !at.is_empty() {
        let named = at.iter().take(4).copied().collect::<Vec<_>>().join(", ");
        let more = if at.len() > 4 { " and more" } else { "" };
        parts.push(format!("{} at or beyond the benchmark: {named}{more}", at.len()));
    }
    page.text(row, 1, &parts.join("; "), &SMALL)
}

/// Rate, mix and what is new or gone, adding up to the change.
fn decomposed(page: &mut Page<'_>, first: u32, goal: &GoalReport) -> Next {
    page.block(
        first,
        0,
        LAST,
        &format!("What the change of goal {} came from: {}", goal.number, goal.subject),
    )?;
    let words = [(1, "By"), (2, "Change"), (3, "Rate"), (4, "Mix"), (5, "New or gone")];
    for (column, word) in words {
        let look = SMALL.line(Line::RuleBelow);
        page.text(first + 1, column, word, &if column > 1 { look.right() } else { look })?;
    }
    let mut row = first + 2;
    for part in &goal.facts.decomposition {
        page.height(row, 20)?;
        page.text(row, 1, &part.by, &BODY.line(Line::HairBelow))?;
        for (at, value) in [part.change, part.rate, part.mix, part.new_or_gone].into_iter().enumerate() {
            let look = BODY.right().line(Line::HairBelow);
            let look = if at == 0 { look.bold() } else { look };
            page.figure(
                row,
                2 + at as u16,
                &Figure::new(Some(value), goal.scale.difference, ""),
                Room::Alone,
                &look,
            )?;
        }
        row += 1;
    }
    page.text(row, 1, "Rate, mix and new or gone add up to the change exactly.", &SMALL)?;
    page.height(row + 1, 12)?;
    Ok(row + 2)
}
