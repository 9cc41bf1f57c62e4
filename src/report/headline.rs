//! The result of the whole in one or two sentences: how many goals are on course, and the one that matters most.

use crate::judge::Status;
use crate::report::context::Context;
use crate::report::look::{Family, family};
use crate::report::number::Shape;
use crate::report::reason::path_distance;
use crate::report::voice::voice;
use crate::report::{GoalReport, dates};

const MOST: usize = 160;

/// The headline; `contexts` and `goals` in file order.
pub(crate) fn headline(contexts: &[Context<'_>], goals: &[GoalReport]) -> String {
    let total = goals.len();
    let good = goals.iter().filter(|g| family(g.status()) == Family::OnCourse).count();
    let count = match (good, total) {
        (_, 0) => return "The goal file states no goal.".to_owned(),
        (1, 1) => "The goal is on course.".to_owned(),
        (0, 1) => format!("The goal is not on course: {}.", goals.first().map_or("", |g| g.status().word())),
        (good, total) if good == total => format!("All {total} goals are on course."),
        (1, total) => format!("1 of {total} goals is on course."),
        (good, total) => format!("{good} of {total} goals are on course."),
    };
    let top = goals
        .iter()
        .position(|g| family(g.status()) == Family::NeedsAttention)
        .or_else(|| goals.iter().position(|g| family(g.status()) == Family::NoVerdict))
        .unwrap_or(0);
    // the first goal leads unless it is on course
    let chosen = match goals.first() {
        Some(first) if family(first.status()) == Family::NeedsAttention => 0,
        _ => top,
    };
    let Some((context, goal)) = contexts.get(chosen).zip(goals.get(chosen)) else { return count };
    let clauses = clauses(context, goal);
    let fitting = clauses.into_iter().find(|c| count.chars().count() + 1 + c.chars().count() <= MOST);
    match fitting {
        Some(clause) => format!("{count} {clause}"),
        None => count,
    }
}

fn clauses(context: &Context<'_>, goal: &GoalReport) -> Vec<String> {
    let facts = context.facts;
    let voice = voice(&context.subject);
    let mut found = Vec::new();
    let judged = matches!(facts.status, Status::AtRisk | Status::OffTrack);
    if let (true, Some(needed), Some(so_far), Some(day), Some(distance)) =
        (judged, facts.required_change, facts.change_so_far, facts.as_of, path_distance(context))
    {
        found.push(format!(
            "{} {} {distance} {} path: from {} {} {} {} on last year, so far {} {} {}.",
            context.subject,
            voice.is,
            voice.its,
            dates::from_next(day),
            voice.it,
            voice.needs,
            Shape::Change.text(needed, context.style),
            voice.it,
            voice.has,
            Shape::Change.text(so_far, context.style),
        ));
    }
    found.push(format!("{}.", goal.details.finding));
    if !goal.reason.is_empty() {
        found.push(format!("{}: {}.", context.subject, goal.reason));
    }
    found
}
