//! [`Report`] → the table of a terminal, as wide as it is.

use crate::render::text::{Ink, Pen, pad_left, pad_right, width, wrap};
use crate::report::look::{Family, Tone, family, tone};
use crate::report::number::UNKNOWN;
use crate::report::{GoalReport, OutlineRow, Report};

/// What the terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terminal {
    /// Characters in a line.
    pub width: usize,
    /// Colours may be used.
    pub colour: bool,
    /// Characters beyond ASCII may be used.
    pub unicode: bool,
}

impl Default for Terminal {
    fn default() -> Self {
        Self { width: 80, colour: false, unicode: true }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Status,
    Progress,
    Actual,
    Expected,
    Target,
    TargetWithUnit,
    Unit,
    Pace,
    Forecast,
    Chance,
    Deadline,
    Owner,
}

use Column::{
    Actual, Chance, Deadline, Expected, Forecast, Owner, Pace, Progress, Status, Target, TargetWithUnit, Unit,
};

/// The columns by width, with their widths; the goal takes what is left.
fn columns(width: usize) -> Vec<(Column, usize)> {
    let all: &[(Column, usize)] = match width {
        150.. => &[
            (Status, 14),
            (Progress, 10),
            (Actual, 10),
            (Expected, 10),
            (Target, 10),
            (Unit, 8),
            (Pace, 5),
            (Forecast, 10),
            (Chance, 6),
            (Deadline, 10),
            (Owner, 16),
        ],
        134.. => &[
            (Status, 14),
            (Progress, 10),
            (Actual, 10),
            (Expected, 10),
            (Target, 10),
            (Unit, 8),
            (Pace, 5),
            (Forecast, 10),
            (Deadline, 10),
        ],
        120.. => &[
            (Status, 14),
            (Progress, 10),
            (Actual, 10),
            (Expected, 10),
            (Target, 10),
            (Unit, 8),
            (Pace, 5),
            (Deadline, 10),
        ],
        109.. => {
            &[(Status, 14), (Progress, 10), (Actual, 10), (Expected, 10), (Target, 10), (Unit, 8), (Pace, 5)]
        }
        103.. => &[(Status, 14), (Progress, 10), (Actual, 10), (Expected, 10), (Target, 10), (Unit, 8)],
        92.. => &[(Status, 14), (Actual, 10), (Expected, 10), (Target, 10), (Unit, 8)],
        80.. => &[(Status, 14), (Actual, 10), (Target, 10), (Unit, 8)],
        _ => &[(Status, 14), (Actual, 7), (TargetWithUnit, 13)],
    };
    all.to_vec()
}

/// The table with headline, families and what to ask next, ending in a line break.
pub fn terminal(report: &Report, options: &Terminal) -> String {
    let pen = Pen { colour: options.colour, unicode: options.unicode };
    let width = options.width.clamp(20, 400);
    let mut lines = Vec::new();
    lines.extend(wrap(&pen.plain(&report.title), width, 0).into_iter().map(|l| pen.ink(&l, Ink::Bold)));
    lines.extend(wrap(&pen.plain(&report.headline), width, 0));
    lines.push(String::new());
    if width < 60 {
        narrow(report, pen, width, &mut lines);
    } else {
        table(report, pen, width, &mut lines);
    }
    foot(report, pen, width, &mut lines);
    let mut text = String::new();
    for line in lines {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

struct Layout {
    columns: Vec<(Column, usize)>,
    goal: usize,
    /// Places of the widest target, where its unit stands behind it.
    target: usize,
}

impl Layout {
    fn of(report: &Report, pen: Pen, total: usize) -> Self {
        let mut columns = columns(total);
        let target =
            report.goals.iter().map(|g| width(&pen.plain(&g.target.text(report.style)))).max().unwrap_or(0);
        for (column, room) in &mut columns {
            let shown = |goal: &GoalReport| {
                let number = width(&pen.plain(&goal.target.text(report.style)));
                let pad = if *column == TargetWithUnit { target - number } else { 0 };
                width(&cell(*column, goal, report, pen)) + pad
            };
            let widest = report.goals.iter().map(shown).max();
            if !matches!(column, Owner | Column::Status) {
                *room = (*room).max(widest.unwrap_or(0));
            }
        }
        let mut used: usize = columns.iter().map(|(_, room)| room + 1).sum::<usize>() + 3;
        // an owner gives way before the goal does
        if let Some((Owner, room)) = columns.last_mut() {
            let over = (used + 32).saturating_sub(total).min(room.saturating_sub(8));
            *room -= over;
            used -= over;
        }
        Self { goal: total.saturating_sub(used).clamp(10, 48), columns, target }
    }

    fn rule(&self, total: usize) -> usize {
        let used: usize = self.columns.iter().map(|(_, room)| room + 1).sum::<usize>() + 3 + self.goal;
        used.min(total.max(used))
    }
}

fn table(report: &Report, pen: Pen, total: usize, lines: &mut Vec<String>) {
    let layout = Layout::of(report, pen, total);
    let header: Vec<String> = layout
        .columns
        .iter()
        .map(|(column, room)| {
            let (word, right) = header(*column);
            if right { pad_left(word, *room) } else { pad_right(word, *room) }
        })
        .collect();
    let head = format!(" # {} {}", pad_right("Goal", layout.goal), header.join(" "));
    lines.push(pen.ink(head.trim_end(), Ink::Dim));
    let rule = pen.rule(layout.rule(total));
    lines.push(pen.ink(&rule, Ink::Dim));
    let mut first = true;
    for row in &report.outline {
        match row {
            OutlineRow::Heading { text, on_course, total: all, .. } => {
                if !first {
                    lines.push(String::new());
                }
                let mut parts = wrap(&pen.plain(text), layout.goal, 0);
                let head = if parts.is_empty() { String::new() } else { parts.remove(0) };
                let count = format!("{on_course} of {all} on course");
                lines.push(format!(
                    "   {} {}",
                    pen.ink(&pad_right(&head, layout.goal), Ink::Bold),
                    pen.ink(&count, Ink::Dim)
                ));
                lines.extend(parts.iter().map(|p| format!("   {}", pen.ink(p, Ink::Bold))));
            }
            OutlineRow::Goal { goal, .. } => {
                if let Some(goal) = report.goals.get(*goal) {
                    goal_lines(goal, report, pen, &layout, total, lines);
                }
            }
        }
        first = false;
    }
    lines.push(pen.ink(&rule, Ink::Dim));
}

fn goal_lines(
    goal: &GoalReport,
    report: &Report,
    pen: Pen,
    layout: &Layout,
    total: usize,
    lines: &mut Vec<String>,
) {
    let mut names = wrap(&pen.plain(&goal.name), layout.goal, 0);
    let first = if names.is_empty() { String::new() } else { names.remove(0) };
    let mut line = format!("{:>2} {}", goal.number, pad_right(&first, layout.goal));
    let mut owner_rest = Vec::new();
    for (column, room) in &layout.columns {
        let mut text = cell(*column, goal, report, pen);
        if *column == TargetWithUnit {
            let number = width(&pen.plain(&goal.target.text(report.style)));
            text = format!("{}{text}", " ".repeat(layout.target.saturating_sub(number)));
        }
        if *column == Owner {
            let mut parts = wrap(&text, *room, 0);
            text = if parts.is_empty() { String::new() } else { parts.remove(0) };
            owner_rest = parts;
        }
        let (_, right) = header(*column);
        let padded = if right { pad_left(&text, *room) } else { pad_right(&text, *room) };
        line.push(' ');
        line.push_str(&pen.ink(&padded, ink(*column, goal)));
    }
    lines.push(line);
    let before_owner = layout.columns.iter().filter(|(c, _)| *c != Owner).map(|(_, r)| r + 1).sum::<usize>();
    let rest = names.len().max(owner_rest.len());
    for at in 0..rest {
        let name = names.get(at).map_or("", String::as_str);
        let line = match owner_rest.get(at) {
            Some(owner) => {
                let gap = before_owner + 1;
                format!("   {}{}{}", pad_right(name, layout.goal), " ".repeat(gap), pen.ink(owner, Ink::Dim))
            }
            None => format!("   {name}"),
        };
        lines.push(line);
    }
    reason(goal, pen, total, lines);
}

fn reason(goal: &GoalReport, pen: Pen, total: usize, lines: &mut Vec<String>) {
    if goal.needs_reason() && !goal.reason.is_empty() {
        let parts = wrap(&pen.plain(&goal.reason), total.saturating_sub(5), 0);
        lines.extend(parts.iter().map(|part| format!("     {}", pen.ink(part, Ink::Dim))));
    }
}

fn header(column: Column) -> (&'static str, bool) {
    match column {
        Status => ("Status", false),
        Progress => ("Progress", false),
        Actual => ("Actual", true),
        Expected => ("Expected", true),
        Target => ("Target", true),
        TargetWithUnit => ("Target", false),
        Unit => ("Unit", false),
        Pace => ("Pace", true),
        Forecast => ("Forecast", true),
        Chance => ("Chance", true),
        Deadline => ("Deadline", false),
        Owner => ("Owner", false),
    }
}

fn ink(column: Column, goal: &GoalReport) -> Ink {
    match column {
        Status | Progress => status_ink(tone(goal.status()), column == Status),
        Actual => Ink::Bold,
        Expected | Unit | Deadline | Owner => Ink::Dim,
        Target | TargetWithUnit | Pace | Forecast | Chance => Ink::Plain,
    }
}

fn status_ink(tone: Tone, bold: bool) -> Ink {
    match tone {
        Tone::Good => Ink::Good,
        Tone::Warning if bold => Ink::WarningBold,
        Tone::Warning => Ink::Warning,
        Tone::Bad if bold => Ink::BadBold,
        Tone::Bad => Ink::Bad,
        Tone::Quiet => Ink::Dim,
    }
}

fn cell(column: Column, goal: &GoalReport, report: &Report, pen: Pen) -> String {
    let style = report.style;
    let text = match column {
        Status => return format!("{} {}", pen.icon(goal.status()), goal.status().word()),
        Progress => {
            let (full, empty, mark) = pen.bar();
            return goal.progress.map_or_else(String::new, |p| p.bar(10, full, empty, mark));
        }
        Actual => aligned(&goal.actual.text(style), report),
        Expected => aligned(&goal.expected.text(style), report),
        Target => aligned(&goal.target.text(style), report),
        TargetWithUnit => {
            let unit = if goal.facts.target.is_some() { goal.scale.unit.as_str() } else { "" };
            crate::report::with_unit(goal.target.text(style), unit)
        }
        Unit => goal.scale.unit.clone(),
        Pace => goal.pace.text(style),
        Forecast => aligned(&goal.forecast.text(style), report),
        Chance => goal.chance.text(style),
        Deadline => goal.deadline.map_or_else(|| UNKNOWN.to_owned(), |d| d.to_string()),
        Owner => goal.owner.clone().unwrap_or_default(),
    };
    pen.plain(&text)
}

/// Six places before the point, four after it, so that points stand below each other.
fn aligned(text: &str, report: &Report) -> String {
    let mark = report.style.decimal_mark();
    let whole_end = match text.rfind(mark) {
        Some(at) => at,
        None => text
            .find(['%', '\u{a0}'])
            .filter(|at| text.get(*at..).is_some_and(|t| t.contains('%')))
            .unwrap_or(text.len()),
    };
    let (whole, rest) = (text.get(..whole_end).unwrap_or(text), text.get(whole_end..).unwrap_or(""));
    let after = 3 + report.style.percent_sign().chars().count();
    format!("{}{}", pad_left(whole, 6), pad_right(rest, after))
}

/// Under sixty characters a goal takes two lines, and its reason.
fn narrow(report: &Report, pen: Pen, total: usize, lines: &mut Vec<String>) {
    let rule = pen.ink(&pen.rule(total), Ink::Dim);
    lines.push(rule.clone());
    for (at, row) in report.outline.iter().enumerate() {
        match row {
            OutlineRow::Heading { text, .. } => {
                if at > 0 {
                    lines.push(String::new());
                }
                let parts = wrap(&pen.plain(text), total.saturating_sub(3), 0);
                lines.extend(parts.iter().map(|p| format!("   {}", pen.ink(p, Ink::Bold))));
            }
            OutlineRow::Goal { goal, .. } => {
                let Some(goal) = report.goals.get(*goal) else { continue };
                for (at, part) in wrap(&pen.plain(&goal.name), total.saturating_sub(3), 0).iter().enumerate()
                {
                    let number = if at == 0 { format!("{:>2}", goal.number) } else { "  ".to_owned() };
                    lines.push(format!("{number} {part}"));
                }
                let status = cell(Status, goal, report, pen);
                let figures = format!(
                    "{} of {}",
                    pen.plain(&goal.actual.text(report.style)),
                    cell(TargetWithUnit, goal, report, pen)
                );
                let lead = pen.ink(&pad_right(&status, 14), ink(Status, goal));
                if 18 + width(&figures) <= total {
                    lines.push(format!("   {lead} {figures}"));
                } else {
                    lines.push(format!("   {lead}"));
                    let parts = wrap(&figures, total.saturating_sub(3), 0);
                    lines.extend(parts.iter().map(|part| format!("   {part}")));
                }
                reason(goal, pen, total, lines);
            }
        }
    }
    lines.push(rule);
}

fn foot(report: &Report, pen: Pen, total: usize, lines: &mut Vec<String>) {
    let numbers =
        |wanted| report.of_family(wanted).map(|g| g.number.to_string()).collect::<Vec<_>>().join(", ");
    let count = |wanted| report.goals.iter().filter(|g| family(g.status()) == wanted).count();
    let (good, bad, none) =
        (count(Family::OnCourse), count(Family::NeedsAttention), count(Family::NoVerdict));
    let mut parts = vec![(format!("{} {good} on course", pen.mark('●')), Ink::Good)];
    if bad > 0 {
        let verb = if bad == 1 { "needs" } else { "need" };
        let text = format!("{} {bad} {verb} attention: {}", pen.mark('■'), numbers(Family::NeedsAttention));
        parts.push((text, Ink::BadBold));
    }
    if none > 0 {
        parts
            .push((format!("{} {none} no verdict: {}", pen.mark('○'), numbers(Family::NoVerdict)), Ink::Dim));
    }
    let whole = parts.iter().map(|(text, _)| width(text)).sum::<usize>() + 2 * (parts.len() - 1);
    if whole <= total {
        lines.push(parts.iter().map(|(text, ink)| pen.ink(text, *ink)).collect::<Vec<_>>().join("  "));
    } else {
        for (text, ink) in &parts {
            lines.extend(wrap(text, total, 2).iter().map(|line| pen.ink(line, *ink)));
        }
    }
    if total >= 103 {
        let mark = pen.bar().2;
        let legend = format!(
            "{mark} in Progress: expected by now. Pace: share of the expected change achieved; on track from 95%, at risk from 75%."
        );
        lines.extend(wrap(&legend, total, 0).iter().map(|line| pen.ink(line, Ink::Dim)));
    }
    lines.extend(wrap(&pen.plain(&report.data_line), total, 0));
    let ask = report.of_family(Family::NeedsAttention).next().or_else(|| report.goals.first());
    if let Some(goal) = ask {
        let command = format!("goalsheet explain {}", goal.number);
        let lead = "Why a goal stands where it does:";
        let shown = pen.ink(&command, Ink::Bold);
        if width(lead) + 1 + width(&command) <= total {
            lines.push(format!("{lead} {shown}"));
        } else {
            lines.extend(wrap(lead, total, 0));
            lines.push(format!("  {shown}"));
        }
    }
}

#[cfg(test)]
#[path = "terminal_tests.rs"]
mod tests;
