//! [`Model`] + [`Plan`] + [`Evaluation`] → SMART findings: is each goal specific, measurable, achievable, relevant
//! and time-bound; and which goals contradict each other.
//!
//! Findings are diagnostics whose code begins with the letter they belong to; they point at the goal's line.

mod achievable;
mod contradiction;
mod errors;
mod measurable;
mod relevant;
mod specific;
mod time_bound;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::bind::{GoalPlan, Plan};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Location};
use crate::judge::{Evaluation, GoalEvaluation};
use crate::resolve::{GoalModel, Metric, Model};
use crate::syntax::Goal;

/// A goal with everything that is known of it.
#[derive(Clone, Copy)]
struct Subject<'a> {
    model: &'a GoalModel,
    goal: &'a Goal,
    metric: &'a Metric,
    plan: &'a GoalPlan,
    facts: &'a GoalEvaluation,
}

/// The findings about all goals, each once however many values a `for each` has.
pub fn lint(model: &Model, plan: &Plan, evaluation: &Evaluation) -> Diagnostics {
    let subjects: Vec<Subject<'_>> =
        evaluation.goals.iter().filter_map(|facts| subject(model, plan, facts)).collect();
    let labels = relevant::Labels::new(model);
    let mut found: Vec<Diagnostic> = Vec::new();
    for subject in &subjects {
        found.extend(specific::findings(subject));
        found.extend(measurable::findings(subject));
        found.extend(achievable::findings(subject));
        found.extend(relevant::findings(subject, &labels));
        found.extend(time_bound::findings(subject, model));
    }
    found.extend(contradiction::findings(&subjects));
    once(found).into_iter().collect()
}

/// Each finding once, in the order found.
fn once(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut kept: Vec<Diagnostic> = Vec::new();
    let mut seen: BTreeMap<(Location, Code), Vec<usize>> = BTreeMap::new();
    for finding in found {
        let alike = seen.entry((finding.primary.at.clone(), finding.code)).or_default();
        if !alike.iter().any(|at| kept.get(*at) == Some(&finding)) {
            alike.push(kept.len());
            kept.push(finding);
        }
    }
    kept
}

fn subject<'a>(model: &'a Model, plan: &'a Plan, facts: &'a GoalEvaluation) -> Option<Subject<'a>> {
    let goal_model = model.goals.get(facts.goal)?;
    Some(Subject {
        model: goal_model,
        goal: goal_model.goal.as_deref()?,
        metric: model.metrics.get(goal_model.bound.as_ref()?.metric.0 as usize)?,
        plan: plan.goals.get(facts.plan?)?,
        facts,
    })
}
