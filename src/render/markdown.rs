//! [`Report`] → Markdown: the scorecard as a table, reasons below it.

use crate::report::look::Family;
use crate::report::{OutlineRow, Report, with_unit};

/// The scorecard, ending in a line break.
pub fn markdown(report: &Report) -> String {
    let style = report.style;
    let mut text = format!("# {}\n\n{}\n\n", escaped(&report.title), escaped(&report.headline));
    let header = "| # | Goal | Status | Actual | Expected | Target | Pace | Deadline | Owner | Reason |\n\
                  | --: | --- | --- | --: | --: | --: | --: | --- | --- | --- |\n";
    let mut open = false;
    for row in &report.outline {
        match row {
            OutlineRow::Heading { level, text: heading, on_course, total } => {
                if open {
                    text.push('\n');
                }
                open = false;
                let marks = "#".repeat(*level as usize + 1);
                text.push_str(&format!(
                    "{marks} {}\n\n{on_course} of {total} on course\n\n",
                    escaped(heading)
                ));
            }
            OutlineRow::Goal { goal, .. } => {
                let Some(goal) = report.goals.get(*goal) else { continue };
                if !open {
                    text.push_str(header);
                    open = true;
                }
                let target = with_unit(
                    goal.target.text(style),
                    if goal.facts.target.is_some() { &goal.scale.unit } else { "" },
                );
                let deadline = goal.deadline.map_or_else(String::new, |d| d.to_string());
                let cells = [
                    goal.number.to_string(),
                    escaped(&goal.name),
                    goal.status_text(),
                    escaped(&goal.actual.text_with_unit(style)),
                    escaped(&goal.expected.text_with_unit(style)),
                    escaped(&target),
                    goal.pace.text(style),
                    deadline,
                    escaped(goal.owner.as_deref().unwrap_or("")),
                    escaped(&goal.reason),
                ];
                text.push_str(&format!("| {} |\n", cells.join(" | ")));
            }
        }
    }
    text.push('\n');
    for (family, word) in [
        (Family::OnCourse, "● On course"),
        (Family::NeedsAttention, "■ Needs attention"),
        (Family::NoVerdict, "○ No verdict"),
    ] {
        let numbers: Vec<String> = report.of_family(family).map(|g| g.number.to_string()).collect();
        if !numbers.is_empty() {
            text.push_str(&format!("- {word}: {}\n", numbers.join(", ")));
        }
    }
    text.push_str(&format!("\n{}\n", escaped(&report.data_line)));
    text
}

/// Text that stays text: one line, every character that Markdown or HTML would act on escaped, no bare link.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\n' | '\t' | '\r' => safe.push(' '),
            sign if crate::render::text::is_unsafe(sign) => {}
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '|' => safe.push_str("&#124;"),
            // readers make links of bare addresses
            ':' => safe.push_str("&#58;"),
            '@' => safe.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '!' | '~' | '$' | '{' | '}' | '^' => {
                safe.push('\\');
                safe.push(sign);
            }
            sign => safe.push(sign),
        }
    }
    safe.replace("www.", "www&#46;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn a_row_per_goal_under_its_heading() {
        let text = markdown(&fixture::report());
        assert!(
            text.starts_with("# Nordic Webshop&#58; goals, 30 June 2025\n\n7 of 15 goals are on course."),
            "{text}"
        );
        assert!(text.contains("\n### Marketing\n\n2 of 5 on course\n"), "{text}");
        let row = "| 1 | Revenue +10% | ▲ at risk | 20.91 MSEK | 21.18 MSEK | 48.62 MSEK | 85% | 2025-12-31 | Finance | \
                   0.27 MSEK behind; needs +11.1% from July, so far +8.6% |";
        assert!(text.lines().any(|line| line == row), "{text}");
        assert_eq!(text.lines().filter(|l| l.starts_with("| ") && l.ends_with(" |")).count(), 15 + 2 * 4);
    }

    #[test]
    fn nothing_becomes_a_link_or_an_element() {
        assert_eq!(escaped("[x](javascript:y) <b> | a"), "\\[x\\](javascript&#58;y) &lt;b&gt; &#124; a");
        assert_eq!(escaped("see http://e.x and www.e.x"), "see http&#58;//e.x and www&#46;e.x");
    }
}
