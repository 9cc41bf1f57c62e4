//! One goal of a [`Report`] → how its figures came about, for a terminal.

use crate::render::Terminal;
use crate::render::text::{Ink, Pen, pad_left, pad_right, width, wrap};
use crate::report::look::{Tone, tone};
use crate::report::{GoalReport, Report};

/// The widest an explanation gets; longer lines are hard to read.
const WIDEST: usize = 100;

/// The explanation of the goal at `index`, ending in a line break; empty where there is no such goal.
pub fn explain(report: &Report, index: usize, options: &Terminal) -> String {
    let Some(goal) = report.goals.get(index) else { return String::new() };
    let mut page = Page {
        pen: Pen { colour: options.colour, unicode: options.unicode },
        width: options.width.clamp(40, WIDEST),
        lines: Vec::new(),
    };
    page.top(report, goal);
    if let Some(reads) = &goal.reads_as {
        page.heading("Reads as");
        page.paragraph(reads);
        goal.details.reading.iter().for_each(|reading| page.paragraph(reading));
    }
    page.steps(goal);
    page.prospect(report, goal);
    page.below(report, goal);
    page.found(goal);
    page.evidence(goal);
    let mut text = String::new();
    for line in page.lines {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

struct Page {
    pen: Pen,
    width: usize,
    lines: Vec<String>,
}

impl Page {
    fn heading(&mut self, text: &str) {
        self.lines.push(String::new());
        self.lines.push(self.pen.ink(text, Ink::Bold));
    }

    fn paragraph(&mut self, text: &str) {
        for line in wrap(&self.pen.plain(text), self.width - 2, 0) {
            self.lines.push(format!("  {line}"));
        }
    }

    /// A term and what is said of it, wrapped beside it.
    fn entry(&mut self, term: &str, text: &str) {
        let room = 13;
        for (at, line) in wrap(&self.pen.plain(text), self.width - room - 2, 0).iter().enumerate() {
            let term = if at == 0 { self.pen.plain(term) } else { String::new() };
            self.lines.push(format!("  {}{line}", pad_right(&term, room)));
        }
    }

    fn status_ink(goal: &GoalReport) -> Ink {
        match tone(goal.status()) {
            Tone::Good => Ink::Good,
            Tone::Warning => Ink::WarningBold,
            Tone::Bad => Ink::BadBold,
            Tone::Quiet => Ink::Dim,
        }
    }

    fn status(&self, goal: &GoalReport) -> String {
        format!("{} {}", self.pen.icon(goal.status()), goal.status().word())
    }

    fn top(&mut self, report: &Report, goal: &GoalReport) {
        let lead = format!("Goal {}   ", goal.number);
        for (at, line) in wrap(&self.pen.plain(&goal.text), self.width - width(&lead), 0).iter().enumerate() {
            let lead = if at == 0 { lead.clone() } else { " ".repeat(width(&lead)) };
            self.lines.push(self.pen.ink(&format!("{lead}{line}"), Ink::Bold));
        }
        let file = report.goal_file.0.rsplit(['/', '\\']).next().unwrap_or("");
        let mut parts = vec![format!("{file}, line {}", goal.line)];
        parts.extend(goal.path.last().cloned());
        parts.extend(goal.owner.as_ref().map(|o| format!("owner {o}")));
        let place = self.pen.plain(&parts.join(" · "));
        for line in wrap(&place, self.width, 2) {
            self.lines.push(self.pen.ink(&line, Ink::Dim));
        }
        self.lines.push(String::new());
        let status = self.status(goal);
        let note = goal.details.cards.first().map(|c| c.note.clone()).unwrap_or_default();
        let parts: Vec<&str> =
            [goal.reason.as_str(), note.as_str()].into_iter().filter(|t| !t.is_empty()).collect();
        let reason = self.pen.plain(&parts.join("; "));
        let room = width(&status) + 3;
        for (at, line) in wrap(&reason, self.width.saturating_sub(room), 0).iter().enumerate() {
            let lead =
                if at == 0 { self.pen.ink(&status, Self::status_ink(goal)) } else { " ".repeat(room - 3) };
            self.lines.push(format!("{lead}   {line}"));
        }
        if reason.is_empty() {
            self.lines.push(self.pen.ink(&status, Self::status_ink(goal)));
        }
    }

    /// Term, symbol, how; the figure in full at the right edge.
    fn steps(&mut self, goal: &GoalReport) {
        let steps = &goal.details.steps;
        if steps.is_empty() {
            return;
        }
        let unit = self.pen.plain(&full_unit(goal));
        self.lines.push(String::new());
        let head = "How it is computed";
        let gap = self.width.saturating_sub(width(head) + width(&unit));
        let line =
            format!("{}{}{}", self.pen.ink(head, Ink::Bold), " ".repeat(gap), self.pen.ink(&unit, Ink::Dim));
        self.lines.push(line);
        for step in steps {
            let figure = self.pen.plain(&step.figure);
            let lead = format!("  {}{}", pad_right(&step.term, 10), pad_right(&step.symbol, 5));
            let room = self.width.saturating_sub(width(&lead) + width(&figure) + 2);
            let mut how = wrap(&self.pen.plain(&step.how), room.max(20), 0);
            let first = if how.is_empty() { String::new() } else { how.remove(0) };
            let space = self.width.saturating_sub(width(&lead) + width(&first));
            let value = self.pen.ink(&pad_left(&figure, space), Ink::Bold);
            self.lines.push(format!("{lead}{first}{value}"));
            self.lines.extend(how.iter().map(|line| format!("{}{line}", " ".repeat(width(&lead)))));
        }
        let status = self.pen.ink(goal.status().word(), Self::status_ink(goal));
        let lead = format!("  {}", pad_right("status", 15));
        let space = self.width.saturating_sub(width(&lead) + width(goal.status().word()));
        self.lines.push(format!("{lead}{}{status}", " ".repeat(space)));
    }

    fn prospect(&mut self, report: &Report, goal: &GoalReport) {
        let facts = &goal.facts;
        let value = |label: &str| {
            goal.details.numbers.iter().find(|n| n.label.starts_with(label)).map(|n| n.value.clone())
        };
        let mut entries = Vec::new();
        if let Some(gap) = value("Gap to") {
            let left =
                facts.window.zip(facts.as_of).map(|(w, d)| (w.last_day() - d).num_days()).filter(|d| *d > 0);
            let mut text = gap;
            if let Some(days) = left {
                text.push_str(&format!(" in {days} days"));
            }
            if let Some(rate) = value("Required from") {
                text.push_str(&format!(", {rate}"));
            }
            entries.push(("gap", text));
        }
        if let Some(needed) = value("Change required") {
            let so_far = value("Change so far").map_or_else(String::new, |v| format!("; so far {v}"));
            entries.push(("needed", format!("{needed} on the same days before{so_far}")));
        }
        if let Some(forecast) = &facts.forecast {
            let mut text = goal.forecast.text_with_unit(report.style);
            if let (Some(low), Some(high)) = (forecast.low, forecast.high) {
                text.push_str(&format!(
                    ", 80% between {} and {}",
                    goal.scale.bare(low),
                    goal.scale.bare(high)
                ));
            }
            text.push_str(&format!(" ({})", forecast.method));
            if goal.chance.value.is_some() {
                text.push_str(&format!("; chance {}", goal.chance.text(report.style)));
            }
            entries.push(("forecast", text));
        }
        if !entries.is_empty() {
            self.heading("From here");
            for (term, text) in entries {
                self.entry(term, &text);
            }
        }
    }

    fn below(&mut self, report: &Report, goal: &GoalReport) {
        let below: Vec<&GoalReport> =
            goal.details.below.iter().filter_map(|at| report.goals.get(*at)).collect();
        if below.is_empty() {
            return;
        }
        self.heading("Why");
        let names = below.iter().map(|g| width(&g.subject)).max().unwrap_or(0).min(self.width / 3);
        for one in below {
            let lead = format!("  {:>2}  ", one.number);
            let mut parts = wrap(&self.pen.plain(&one.subject), names, 0);
            let first = if parts.is_empty() { String::new() } else { parts.remove(0) };
            let status = pad_right(&self.status(one), 14);
            let left = width(&lead) + names + 2 + 14 + 2;
            let mut reason = wrap(&self.pen.plain(&one.reason), self.width.saturating_sub(left).max(16), 0);
            let head = if reason.is_empty() { String::new() } else { reason.remove(0) };
            let status = self.pen.ink(&status, Self::status_ink(one));
            self.lines.push(format!("{lead}{}  {status}  {head}", pad_right(&first, names)));
            for at in 0..parts.len().max(reason.len()) {
                let name = parts.get(at).map_or("", String::as_str);
                let more = reason.get(at).map_or("", String::as_str);
                let indent = " ".repeat(width(&lead));
                self.lines.push(format!("{indent}{}{}{more}", pad_right(name, names), " ".repeat(18)));
            }
        }
    }

    fn found(&mut self, goal: &GoalReport) {
        let shown: Vec<_> = goal.details.findings.iter().filter(|f| f.tone != Tone::Good).collect();
        if shown.is_empty() {
            return;
        }
        self.heading("What was found");
        for finding in shown {
            let icon: String = finding.level.chars().take(1).collect();
            let lead = format!("  {} {}", self.pen.plain(&icon), pad_right(&finding.code, 6));
            let room = self.width.saturating_sub(width(&lead));
            for (at, line) in wrap(&self.pen.plain(&finding.text), room, 0).iter().enumerate() {
                let lead = if at == 0 { lead.clone() } else { " ".repeat(width(&lead)) };
                self.lines.push(format!("{lead}{line}"));
            }
        }
    }

    fn evidence(&mut self, goal: &GoalReport) {
        let mut parts = goal.details.evidence.clone();
        let coverage = goal.details.numbers.iter().find(|n| n.label == "Data coverage");
        parts.extend(coverage.map(|n| n.value.clone()));
        if parts.is_empty() {
            return;
        }
        self.heading("Evidence");
        self.paragraph(&parts.join("; "));
    }
}

/// The unit of figures in full, unscaled.
fn full_unit(goal: &GoalReport) -> String {
    use crate::quantity::Unit;
    match goal.scale.base() {
        Unit::Money(code) => code.clone(),
        Unit::Named(noun) => noun.clone(),
        Unit::Duration(_) | Unit::Times => goal.scale.unit.clone(),
        Unit::None | Unit::Percent | Unit::Points => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn every_part_stands_in_its_order() {
        let text = explain(&fixture::report(), 0, &Terminal::default());
        let expected = "\
Goal 1   grow: Increase revenue by 10% in 2025
webshop.goals, line 13 · Nordic Webshop · owner Finance

▲ at risk   0.27 MSEK behind; needs +11.1% from July, so far +8.6%; on track
            starts at pace 95%

Reads as
";
        assert!(text.starts_with(expected), "{text}");
        let mut from = 0;
        for heading in ["Reads as", "How it is computed", "From here", "Why", "What was found", "Evidence"] {
            let at = text[from..].find(&format!("\n{heading}"));
            from += at.unwrap_or_else(|| panic!("no {heading} after {from}:\n{text}"));
        }
        assert!(text.lines().all(|line| width(line) <= 80), "{text}");
        // (20,907,242 − 19,253,266) / (21,178,592.6 − 19,253,266)
        assert!(text.contains("= 1,653,976 /\n") || text.contains("= 1,653,976 / 1,925,326.6"), "{text}");
    }

    #[test]
    fn every_goal_can_be_explained_at_any_width() {
        let report = fixture::report();
        for width in [1, 40, 80, 300] {
            for index in 0..report.goals.len() {
                let text = explain(&report, index, &Terminal { width, colour: true, unicode: false });
                assert!(text.starts_with('\u{1b}'));
            }
        }
        assert!(explain(&report, 99, &Terminal::default()).is_empty());
    }
}
