//! [`Plan`] + [`Measures`] → [`Evaluation`]: statuses, pace, gap, forecast. Rows are unknown here.

mod aim;
mod case;
mod course;
pub(crate) mod errors;
pub mod evaluation;
mod figures;
mod forecast;
mod goal;
mod guardrail;
mod interval;
mod path;
mod potential;
mod status;
mod units;
mod value;

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_details;

pub use evaluation::*;
pub(crate) use goal::takes_points;
pub(crate) use units::quantities;

use std::sync::Arc;

use crate::aggregate::Measures;
use crate::bind::Plan;
use crate::diagnostic::Diagnostics;
use crate::resolve::Model;

use value::Answers;

/// Judges every goal of the plan.
pub fn judge(model: &Model, plan: &Plan, measures: &Measures) -> (Evaluation, Diagnostics) {
    let mut said = Diagnostics::new();
    let answers = Answers { model, requests: &plan.requests, measures };
    let mut goals = Vec::new();
    let mut plans: Vec<Vec<usize>> = vec![Vec::new(); model.goals.len()];
    for (at, goal_plan) in plan.goals.iter().enumerate() {
        if let Some(of_goal) = plans.get_mut(goal_plan.goal) {
            of_goal.push(at);
        }
    }
    for (index, of_goal) in plans.iter().enumerate() {
        if of_goal.is_empty() {
            goals.push(Arc::new(goal::invalid(model, index)));
        }
        for (at, goal_plan) in of_goal.iter().filter_map(|at| Some((*at, plan.goals.get(*at)?))) {
            goals.push(Arc::new(goal::evaluate(answers, goal_plan, at, &mut said)));
        }
    }
    let as_of = plan.goals.iter().map(|goal| goal.data_through).max();
    (Evaluation { as_of, goals }, said)
}
