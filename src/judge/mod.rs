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
    for index in 0..model.goals.len() {
        let before = goals.len();
        for (at, goal_plan) in plan.goals.iter().enumerate().filter(|(_, p)| p.goal == index) {
            goals.push(goal::evaluate(answers, goal_plan, at, &mut said));
        }
        if goals.len() == before {
            goals.push(goal::invalid(model, index));
        }
    }
    let as_of = plan.goals.iter().map(|goal| goal.data_through).max();
    (Evaluation { as_of, goals }, said)
}
