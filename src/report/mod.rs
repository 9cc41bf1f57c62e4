//! [`Evaluation`] → [`Report`]: words, order, formatted figures, series. Every renderer shows it, none adds to it.
//!
//! Nothing is computed here that a goal means: figures come from the evaluation, and what is done to them is to
//! scale, round, compare and say them.

mod about;
mod build;
mod by_line;
mod cards;
mod chart;
mod context;
mod dates;
mod figure;
mod finding;
mod findings;
mod headline;
pub mod look;
mod months;
mod name;
pub mod number;
mod numbers;
mod quality;
mod readback;
mod reason;
mod said;
mod scale;
mod style;
mod voice;

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use chrono::NaiveDate;

pub use about::*;
pub use build::{complete_details, report};
pub use chart::*;
pub use dates::{day_in_words, month_name};
pub use figure::*;
pub use findings::*;
pub use months::*;
pub use quality::*;
pub use said::*;
pub use scale::{Scale, with_unit};
pub use style::Style;

use crate::bind::Plan;
use crate::calendar::Grain;
use crate::data::{Catalog, Dataset};
use crate::diagnostic::Diagnostics;
use crate::judge::{Evaluation, GoalEvaluation, Status};
use crate::resolve::{Model, Nature};
use crate::source::Source;

/// What a report is made from.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// The goal file.
    pub source: &'a Source,
    /// Its size in bytes and the SHA-256 of its bytes in lower-case hex, as read; else those of its text are given.
    pub fingerprint: Option<(u64, &'a str)>,
    /// The goals as bound to the data.
    pub model: &'a Model,
    /// What the files hold.
    pub catalog: &'a Catalog,
    /// What was read, for what was left out.
    pub dataset: Option<&'a Dataset>,
    /// Dates of the sources.
    pub plan: &'a Plan,
    /// The verdicts.
    pub evaluation: &'a Evaluation,
    /// The SMART findings.
    pub findings: &'a Diagnostics,
    /// Everything else that was found.
    pub diagnostics: &'a Diagnostics,
    /// The `as of` that was asked for.
    pub as_of: Option<NaiveDate>,
}

/// A result, ready to be shown.
#[derive(Debug, Clone)]
pub struct Report {
    /// `Nordic Webshop: goals, 30 June 2025`.
    pub title: String,
    /// What the goals are about: the first heading, else the goal file's name.
    pub subject: String,
    /// The result in one or two sentences, at most 160 characters.
    pub headline: String,
    /// The latest day of any goal.
    pub as_of: Option<NaiveDate>,
    /// How figures are written.
    pub style: Style,
    /// Headings and goals in the order of the goal file.
    pub outline: Vec<OutlineRow>,
    /// The goals in file order.
    pub goals: Vec<GoalReport>,
    /// Those that have a sheet of their own, as indices in `goals`: the others have but the short part of their details.
    pub detailed: Vec<usize>,
    /// Lines that explain the scorecard.
    pub legend: Vec<String>,
    /// What was read and what of it changes a result, one line.
    pub data_line: String,
    /// The sources, for JSON and Data quality.
    pub sources: Vec<SourceReport>,
    /// What was found in the data.
    pub quality: Quality,
    /// Inputs, settings, terms.
    pub about: About,
    /// The goal file's name and text.
    pub goal_file: (String, String),
    /// Every finding, in the order shown.
    pub diagnostics: Vec<Said>,
}

impl Report {
    /// The goals of a family, in file order.
    pub fn of_family(&self, family: look::Family) -> impl Iterator<Item = &GoalReport> {
        self.goals.iter().filter(move |g| look::family(g.status()) == family)
    }
}

impl Report {
    /// The goal that a number, label or name stands for.
    ///
    /// # Errors
    ///
    /// The goals that come nearest, by number and name, where none or several fit.
    pub fn find(&self, wanted: &str) -> Result<usize, Vec<String>> {
        let folded = fold(wanted);
        if let Ok(number) = wanted.trim().trim_start_matches('#').parse::<usize>()
            && (1..=self.goals.len()).contains(&number)
        {
            return Ok(number - 1);
        }
        let texts = |goal: &GoalReport| {
            [
                goal.label.clone().unwrap_or_default(),
                goal.name.clone(),
                goal.subject.clone(),
                goal.text.clone(),
            ]
            .map(|text| fold(&text))
        };
        let show =
            |at: &usize| self.goals.get(*at).map(|g| format!("{} {}", g.number, g.name)).unwrap_or_default();
        for rank in 0..4 {
            let fits = |goal: &GoalReport| texts(goal).get(rank).is_some_and(|t| *t == folded);
            let found: Vec<usize> =
                self.goals.iter().enumerate().filter(|(_, g)| fits(g)).map(|(at, _)| at).collect();
            match found.as_slice() {
                [] => {}
                [one] => return Ok(*one),
                many => return Err(many.iter().map(show).collect()),
            }
        }
        let holding: Vec<usize> = self
            .goals
            .iter()
            .enumerate()
            .filter(|(_, goal)| !folded.is_empty() && texts(goal).iter().any(|t| t.contains(&folded)))
            .map(|(at, _)| at)
            .collect();
        if let [one] = holding.as_slice() {
            return Ok(*one);
        }
        let near = if holding.is_empty() { (0..self.goals.len()).collect() } else { holding };
        Err(near.iter().take(12).map(show).collect())
    }
}

/// Names are compared without case and without blanks made of several.
fn fold(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A row of the scorecard.
#[derive(Debug, Clone, PartialEq)]
pub enum OutlineRow {
    /// A heading with its goals counted, those of the headings below it among them.
    Heading {
        /// 1 to 3.
        level: u32,
        /// Its text.
        text: String,
        /// Goals on course.
        on_course: usize,
        /// All of its goals.
        total: usize,
    },
    /// Index in [`Report::goals`], with the level of the heading above it (0 without one).
    Goal {
        /// Index in [`Report::goals`].
        goal: usize,
        /// Level of the heading above.
        level: u32,
    },
}

/// How far a goal has come, for the bar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// Share reached, 0 to 1.
    pub reached: f64,
    /// Share that should be reached by now, 0 to 1.
    pub expected: f64,
}

impl Progress {
    /// The bar in `places` characters: `full` up to what is reached, `empty` after it, `mark` at the expected place.
    pub fn bar(self, places: usize, full: char, empty: char, mark: char) -> String {
        let filled = (self.reached * places as f64 + 1e-9).floor() as usize;
        let at = ((self.expected * places as f64).round() as usize).min(places.saturating_sub(1));
        (0..places)
            .map(|place| match place {
                _ if place == at => mark,
                _ if place < filled => full,
                _ => empty,
            })
            .collect()
    }
}

/// One goal, worded.
#[derive(Debug, Clone)]
pub struct GoalReport {
    /// Its number in file order, from 1.
    pub number: usize,
    /// The verdict with its exact figures.
    pub facts: Arc<GoalEvaluation>,
    /// The label that names it, if it has one.
    pub label: Option<String>,
    /// One-based line in the goal file.
    pub line: usize,
    /// As written, without bullet.
    pub text: String,
    /// Read back as one exact sentence that parses to the same goal.
    pub reads_as: Option<String>,
    /// The metric: its declared name or its canonical expression.
    pub metric: Option<String>,
    /// Its canonical expression.
    pub metric_text: Option<String>,
    /// How the metric behaves over time.
    pub nature: Option<Nature>,
    /// The step of a guardrail.
    pub every: Option<Grain>,
    /// Headings above it, outermost first.
    pub path: Vec<String>,
    /// Who owns it.
    pub owner: Option<String>,
    /// Metric, segment, change: `Conversion rate, Google +0.4 pp`.
    pub name: String,
    /// Metric and segment: `Conversion rate, Google`.
    pub subject: String,
    /// Why it stands where it stands, at most 56 characters.
    pub reason: String,
    /// Unit, scale and decimals of its figures.
    pub scale: Scale,
    /// Measured to D.
    pub actual: Figure,
    /// What the path asks for by D; a guardrail's limit.
    pub expected: Figure,
    /// The value to reach.
    pub target: Value,
    /// What is still missing.
    pub gap: Figure,
    /// Share of the expected change that was achieved.
    pub pace: Figure,
    /// Estimate at the deadline.
    pub forecast: Figure,
    /// Probability of reaching the target.
    pub chance: Figure,
    /// The bar; none without a target.
    pub progress: Option<Progress>,
    /// The last day of the window.
    pub deadline: Option<NaiveDate>,
    /// Its details; of a goal without a sheet only `finding` and `findings`.
    pub details: Details,
}

impl GoalReport {
    /// Its status.
    pub fn status(&self) -> Status {
        self.facts.status
    }

    /// `▲ at risk`.
    pub fn status_text(&self) -> String {
        format!("{} {}", look::icon(self.status()), self.status().word())
    }

    /// Whether the scorecard says why even where there is little room.
    pub fn needs_reason(&self) -> bool {
        look::family(self.status()) != look::Family::OnCourse
    }
}

/// What stands on a goal's own sheet or section.
#[derive(Debug, Clone, Default)]
pub struct Details {
    /// Goal, heading, owner, window, data through.
    pub meta: Vec<String>,
    /// What follows the read-back: from what to what, measured when, the path, the thresholds.
    pub reading: Option<String>,
    /// The result in one sentence.
    pub finding: String,
    /// The six figures.
    pub cards: Vec<Card>,
    /// One chart, or two for flows.
    pub charts: Vec<Chart>,
    /// Label and value.
    pub numbers: Vec<NumberLine>,
    /// What was found about the goal.
    pub findings: Vec<FindingLine>,
    /// What is to be done.
    pub actions: Vec<ActionLine>,
    /// Month by month.
    pub months: Table,
    /// How each figure came about, for `explain`.
    pub steps: Vec<Step>,
    /// Where the rows stand, for `explain`.
    pub evidence: Vec<String>,
    /// Goals below it: number, name, status, reason.
    pub below: Vec<usize>,
}
