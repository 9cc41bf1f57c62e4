//! What was found about a goal, and what is to be done.

use crate::diagnostic::{Diagnostic, Severity};
use crate::judge::Status;
use crate::report::context::Context;
use crate::report::look::Tone;
use crate::report::name::{capitalised, clean};

/// A line of what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingLine {
    /// `▲ warning`, `○ note`, `✓ in order`, `! error`.
    pub level: String,
    /// How the level is treated.
    pub tone: Tone,
    /// `A302`, or the letters of what is in order.
    pub code: String,
    /// One sentence.
    pub text: String,
    /// As in JSON: `warning`, `note`, `error`; none for what is in order.
    pub severity: Option<Severity>,
}

/// A line of what is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionLine {
    /// `☐ by 2025-08-15`, `☑ done`.
    pub mark: String,
    /// It is due and not done.
    pub late: bool,
    /// What.
    pub text: String,
    /// Who.
    pub owner: String,
}

/// What was found about a goal, errors first, what is in order last.
pub(crate) fn findings(context: &Context<'_>) -> Vec<FindingLine> {
    let mut about: Vec<&Diagnostic> = context.by_line.about(context.goal.line).to_vec();
    about.sort_by_key(|d| d.severity);
    about.dedup();
    let mut lines: Vec<FindingLine> = about.iter().map(|d| line(d)).collect();
    for note in &context.facts.notes {
        lines.push(FindingLine {
            level: "○ note".to_owned(),
            tone: Tone::Quiet,
            code: String::new(),
            text: sentence(note),
            severity: None,
        });
    }
    if context.facts.status != Status::Invalid {
        let open: Vec<char> = about.iter().filter_map(|d| d.code.as_str().chars().next()).collect();
        let fine: Vec<(char, &str)> = [('S', "the metric"), ('M', "the number"), ('T', "the window")]
            .into_iter()
            .filter(|(letter, _)| !open.contains(letter))
            .collect();
        if !fine.is_empty() {
            let letters: Vec<String> = fine.iter().map(|(letter, _)| letter.to_string()).collect();
            let names: Vec<&str> = fine.iter().map(|(_, name)| *name).collect();
            lines.push(FindingLine {
                level: "✓ in order".to_owned(),
                tone: Tone::Good,
                code: letters.join(" "),
                text: capitalised(&in_order(&names)),
                severity: None,
            });
        }
    }
    lines
}

fn in_order(names: &[&str]) -> String {
    match names.split_last() {
        None => String::new(),
        Some((one, [])) => format!("{one} resolves."),
        Some((last, rest)) => format!("{} and {last} resolve.", rest.join(", ")),
    }
}

fn line(diagnostic: &Diagnostic) -> FindingLine {
    let (level, tone) = match diagnostic.severity {
        Severity::Error => ("! error", Tone::Bad),
        Severity::Warning => ("▲ warning", Tone::Warning),
        Severity::Note => ("○ note", Tone::Quiet),
    };
    let mut text = sentence(&diagnostic.message);
    for note in &diagnostic.notes {
        text.push(' ');
        text.push_str(&sentence(note));
    }
    FindingLine {
        level: level.to_owned(),
        tone,
        code: diagnostic.code.to_string(),
        text,
        severity: Some(diagnostic.severity),
    }
}

/// A message as a sentence: capital, full stop, no backticks.
pub(crate) fn sentence(message: &str) -> String {
    let text = capitalised(&clean(message).replace('`', ""));
    if text.is_empty() || text.ends_with(['.', '!', '?']) { text } else { format!("{text}.") }
}

/// What is to be done for a goal, in the order written.
pub(crate) fn actions(context: &Context<'_>) -> Vec<ActionLine> {
    let Some(goal) = context.goal.goal.as_deref() else { return Vec::new() };
    let model = context.inputs.model;
    let declared = goal.clauses.declared.as_ref().map(|d| d.node).or(model.declared);
    let anchor = declared.or(context.facts.as_of);
    goal.clauses
        .actions
        .iter()
        .map(|action| {
            let due = action.due.as_ref().zip(anchor).and_then(|(due, anchor)| {
                crate::calendar::place(due, &model.calendar, anchor)
                    .ok()
                    .map(crate::calendar::Period::last_day)
            });
            let late = !action.done && due.zip(context.facts.as_of).is_some_and(|(due, day)| due < day);
            let mark = match (action.done, due) {
                (true, _) => "☑ done".to_owned(),
                (false, Some(due)) => format!("☐ by {due}{}", if late { ", late" } else { "" }),
                (false, None) => "☐ open".to_owned(),
            };
            ActionLine {
                mark,
                late,
                text: clean(&action.text),
                owner: action.owner.as_deref().map(clean).unwrap_or_default(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_become_sentences() {
        assert_eq!(sentence("unknown metric `revenu`"), "Unknown metric revenu.");
        assert_eq!(sentence("Done."), "Done.");
        assert_eq!(
            in_order(&["the metric", "the number", "the window"]),
            "the metric, the number and the window resolve."
        );
    }
}
