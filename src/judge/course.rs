//! The course of a goal step by step: actual, baseline and path (SPEC §8, details).

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::bind::{PointPlan, Shape};
use crate::calendar::{Grain, Period, label};
use crate::syntax::{Direction, PaceClause};

use super::case::Case;
use super::evaluation::SeriesPoint;
use super::path::share_at;
use super::value::part_of;

/// Units shown before D.
const SHOWN_HISTORY: usize = 18;

impl Case<'_> {
    /// The window by its units; a unit that ends before a retarget has the path that held then.
    pub(super) fn course(&self) -> Vec<SeriesPoint> {
        let earlier = self.before_retargets();
        let plans = &self.plan.series.points;
        let before = std::iter::once(None).chain(plans.iter().map(Some));
        let step = |(plan, before): (&PointPlan, Option<&PointPlan>)| {
            let held = earlier.iter().find(|(day, _)| plan.period.last_day() < *day);
            held.map_or(self, |(_, case)| case).step(plan, before)
        };
        plans.iter().zip(before).map(step).collect()
    }

    fn step(&self, plan: &PointPlan, before: Option<&PointPlan>) -> SeriesPoint {
        let keeps = self.direction == Direction::Keep;
        let actual = plan.actual.as_ref().and_then(|p| self.answers.value(p));
        let expected_to_date = if self.is_flow() && !keeps { self.expected_by(plan) } else { None };
        let expected = match (keeps, self.is_flow()) {
            (true, _) => None,
            (false, false) => self.level_by(plan),
            // what the path asks for in one unit is what it adds to the way so far
            (false, true) => before
                .map_or(Some(Decimal::ZERO), |before| self.expected_by(before))
                .zip(expected_to_date)
                .and_then(|(from, to)| to.checked_sub(from)),
        };
        let breached = (keeps && self.plan.guardrail.is_some() && plan.whole)
            .then(|| Some(self.limits()?.is_broken(actual?)))
            .flatten();
        SeriesPoint {
            period: plan.period,
            label: label(plan.period, self.plan.series.grain),
            inside: true,
            whole: plan.whole,
            actual,
            baseline: self.base_of(plan),
            expected,
            actual_to_date: plan.actual_to_date.as_ref().and_then(|p| self.answers.value(p)),
            expected_to_date,
            forecast: None,
            breached,
        }
    }

    fn base_of(&self, plan: &PointPlan) -> Option<Decimal> {
        if plan.baseline.is_empty() { None } else { self.answers.mean(&plan.baseline) }
    }

    fn by_clause(&self, day: NaiveDate, amount: Decimal) -> Option<Decimal> {
        share_at(self.plan.window, day, self.pace_clause()).of(amount)
    }

    /// What the path of a flow asks for from the start to the end of a unit.
    fn expected_by(&self, plan: &PointPlan) -> Option<Decimal> {
        let target = self.target?;
        let last = plan.period.last_day();
        if last >= self.plan.window.last_day() {
            return Some(target);
        }
        let seasonal = self.flow_share().1 == PaceClause::Seasonal
            || (self.pace_clause().is_none() && self.baseline_to_date.is_none() && !self.baseline_stated);
        if let (true, Some(whole)) = (seasonal, self.baseline.filter(|b| !b.is_zero()))
            && !plan.baseline_to_date.is_empty()
            && let Some(part) = self.answers.mean(&plan.baseline_to_date)
        {
            return part_of(target, part, whole);
        }
        self.by_clause(last, target)
    }

    /// What the path of a ratio, statistic or stock asks for by the end of a unit.
    fn level_by(&self, plan: &PointPlan) -> Option<Decimal> {
        let target = self.target?;
        let glides = matches!(self.plan.shape, Shape::Stock | Shape::Stretch) && !self.is_level;
        let (true, Some(base)) = (glides, self.baseline) else { return Some(target) };
        let from = match self.plan.shape {
            Shape::Stretch if self.stretch_baseline() != base => self.base_of(plan).unwrap_or(base),
            _ => base,
        };
        from.checked_add(self.by_clause(plan.period.last_day(), target.checked_sub(base)?)?)
    }

    /// The last units to D, for a sparkline.
    pub(super) fn history(&self) -> Vec<(Period, Option<Decimal>)> {
        let from = self.plan.history.len().saturating_sub(SHOWN_HISTORY);
        self.plan.history[from..].iter().map(|plan| (plan.period, self.answers.value(plan))).collect()
    }

    /// How each earlier unit changed on the same unit a year before, as a share.
    pub(super) fn yearly_changes(&self) -> Vec<Decimal> {
        let per_year = match self.plan.series.grain {
            Grain::Day | Grain::Week => 52,
            Grain::Month => 12,
            Grain::Quarter => 4,
            Grain::Half => 2,
            Grain::Year => 1,
        };
        let values: Vec<Option<Decimal>> = self.plan.history.iter().map(|p| self.answers.value(p)).collect();
        let change = |(then, now): (&Option<Decimal>, &Option<Decimal>)| {
            let then = then.filter(|then| *then > Decimal::ZERO)?;
            (*now)?.checked_div(then)?.checked_sub(Decimal::ONE)
        };
        values.iter().zip(values.iter().skip(per_year)).filter_map(change).collect()
    }
}
