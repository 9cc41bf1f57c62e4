//! One goal line → its dates: window, baseline, what the data cover of them; and what there is to say of these.

use crate::calendar::Period;
use crate::diagnostic::Diagnostics;
use crate::resolve::{BoundGoal, GoalModel};
use crate::syntax::{Direction, Goal};

use super::baseline::{BaselineDates, baseline_dates, folds_week_53};
use super::coverage::worst;
use super::errors;
use super::goal::{Binder, effective_change, needs_baseline};
use super::plan::{BaselineKind, CoveragePlan, Shape};
use super::time::{Clock, Timing};

/// A window's end this many days past the data is worth a word.
const FEW_DAYS: i64 = 7;

/// What all goals of one line share.
pub(super) struct Line<'a> {
    pub index: usize,
    pub model: &'a GoalModel,
    pub goal: &'a Goal,
    pub bound: &'a BoundGoal,
    pub timing: Timing,
    pub baseline: Option<BaselineDates>,
    pub missing: Vec<Period>,
    pub holes: Vec<Period>,
    pub measured: Option<Period>,
    pub coverage: CoveragePlan,
}

impl<'a> Binder<'a> {
    /// The dates of a goal: window, baseline, coverage.
    pub(super) fn line(
        &self,
        index: usize,
        goal_model: &'a GoalModel,
        goal: &'a Goal,
        bound: &'a BoundGoal,
        said: &mut Diagnostics,
    ) -> Option<Line<'a>> {
        if let (Direction::Keep, Some(comparison)) = (goal.direction, &goal.comparison) {
            said.push(errors::keep_compared(comparison.span));
            return None;
        }
        let mut plans = Vec::new();
        for source in &bound.sources {
            match self.sources.get(*source).and_then(Option::as_ref) {
                Some(plan) => plans.push(plan),
                None => {
                    let name = self.model.sources.get(*source).map_or("", |s| s.name.as_str());
                    said.push(errors::undated_source(goal.text.span, name));
                    return None;
                }
            }
        }
        let clock = Clock { model: self.model, sources: plans.clone(), as_of: self.as_of };
        let timing = clock.timing(goal, bound, said)?;
        let baseline = match baseline_dates(&timing, goal.comparison.as_ref(), &self.model.calendar) {
            Ok(baseline) => baseline,
            Err(diagnostic) => {
                said.push(*diagnostic);
                return None;
            }
        };
        let (missing, holes) = self.baseline_holes(bound, baseline.as_ref());
        let measured = timing.measured();
        let to_date = timing.to_date();
        let coverage = if to_date.is_empty() {
            CoveragePlan::default()
        } else {
            let counted = if timing.shape == Shape::Stretch { measured } else { measured.or(Some(to_date)) };
            worst(plans.iter().map(|source| source.coverage(to_date, counted)).collect())
        };
        Some(Line {
            index,
            model: goal_model,
            goal,
            bound,
            timing,
            baseline,
            missing,
            holes,
            measured,
            coverage,
        })
    }

    /// The sources that a baseline is measured in.
    pub(super) fn baseline_sources(&self, bound: &BoundGoal) -> Vec<usize> {
        let Some(other) = bound.compared_to else { return bound.sources.clone() };
        let metric = self.model.metrics.get(other.0 as usize);
        let aggregates = metric.map(|m| m.formula.aggregates()).unwrap_or_default();
        aggregates.iter().filter_map(|id| Some(self.model.aggregates.get(id.0 as usize)?.source)).collect()
    }

    /// Days of a baseline that break it, and days that are named alone.
    fn baseline_holes(
        &self,
        bound: &BoundGoal,
        baseline: Option<&BaselineDates>,
    ) -> (Vec<Period>, Vec<Period>) {
        let Some(baseline) = baseline else { return (Vec::new(), Vec::new()) };
        let (mut missing, mut holes) = (Vec::new(), Vec::new());
        for source in self.baseline_sources(bound) {
            let plan = self.sources.get(source).and_then(Option::as_ref);
            for (period, _) in &baseline.parts {
                match plan {
                    None => missing.push(*period),
                    // a budget is complete where it has a row at all: it is no record of days
                    Some(plan) if baseline.kind == BaselineKind::Sheet => {
                        if !plan.has_row(*period) {
                            missing.push(*period);
                        }
                    }
                    Some(plan) => {
                        for hole in plan.holes(*period) {
                            if hole.breaks { &mut missing } else { &mut holes }.push(hole.inside);
                        }
                    }
                }
            }
        }
        for list in [&mut missing, &mut holes] {
            list.sort_unstable();
            list.dedup();
        }
        (missing, holes)
    }

    /// What there is to say of a line once, whatever the number of its goals.
    pub(super) fn say(&self, line: &Line<'_>, said: &mut Diagnostics) {
        let span = line.model.span;
        let timing = &line.timing;
        if let Some(baseline) = &line.baseline
            && needs_baseline(&effective_change(line.goal, timing).1)
        {
            let period = baseline.period().unwrap_or(timing.window);
            if !line.missing.is_empty() {
                said.push(errors::baseline_missing(span, period, &line.missing));
            } else if !line.holes.is_empty() {
                said.push(errors::holes(span, "baseline", &line.holes));
            }
            if folds_week_53(timing) && matches!(baseline.kind, BaselineKind::YearsBack(_)) {
                said.push(errors::week_53(span, period));
            }
        }
        if !line.coverage.holes.is_empty() && line.coverage.from.is_some() {
            said.push(errors::holes(span, "window", &line.coverage.holes));
        }
        let past = (timing.window.last_day() - timing.data_through).num_days();
        let reached = self.as_of.is_none_or(|as_of| as_of >= timing.window.last_day());
        if !timing.over && (1..=FEW_DAYS).contains(&past) && reached {
            said.push(errors::ends_past_data(span, timing.window, timing.data_through));
        }
    }
}
