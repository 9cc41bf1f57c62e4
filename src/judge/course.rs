//! The course of a goal step by step: actual, baseline and path (SPEC §8, details).

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::bind::{PointPlan, Shape};
use crate::calendar::{Period, label};
use crate::syntax::{Direction, PaceClause};

use super::case::Case;
use super::evaluation::SeriesPoint;
use super::path::share_at;
use super::value::part_of;

impl Case<'_> {
    /// The window by its units.
    pub(super) fn course(&self) -> Vec<SeriesPoint> {
        let mut expected_before = Some(Decimal::ZERO);
        let mut points = Vec::new();
        for plan in &self.plan.series.points {
            let mut point = self.step(plan);
            if self.is_flow() {
                // what the path asks for in one unit is what it adds to the way so far
                point.expected =
                    point.expected_to_date.zip(expected_before).and_then(|(to, from)| to.checked_sub(from));
                expected_before = point.expected_to_date;
            }
            points.push(point);
        }
        points
    }

    fn step(&self, plan: &PointPlan) -> SeriesPoint {
        let keeps = self.direction == Direction::Keep;
        let actual = plan.actual.as_ref().and_then(|p| self.answers.value(p));
        let expected_to_date = if self.is_flow() && !keeps { self.expected_by(plan) } else { None };
        let expected = if self.is_flow() || keeps { None } else { self.level_by(plan) };
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

    /// The last units to D.
    pub(super) fn history(&self) -> Vec<(Period, Option<Decimal>)> {
        self.plan.history.iter().map(|plan| (plan.period, self.answers.value(plan))).collect()
    }
}
