//! The course of a goal: its window by month (week, quarter, …) beside the baseline's, and the last periods to D.

use chrono::NaiveDate;

use crate::aggregate::FilterId;
use crate::calendar::{Grain, Period, Shift, unit_holding, units_on, years_back};
use crate::resolve::MetricId;
use crate::syntax::Direction;

use super::baseline::aligned_to;
use super::line::Line;
use super::plan::{BaselineKind, MeasurePlan, PointPlan, SeriesPlan, Shape};
use super::registry::Registry;

/// Units measured before D: 18 are shown, all tell what has been possible.
const HISTORY: i64 = 60;
/// More steps than a chart can show.
const MOST_POINTS: usize = 120;

/// Plans the course of one goal.
pub(super) struct Course<'l, 'a> {
    pub line: &'l Line<'l>,
    pub filters: &'l [(usize, FilterId)],
    pub registry: &'l mut Registry<'a>,
}

impl Course<'_, '_> {
    fn metric(&self) -> MetricId {
        self.line.bound.metric
    }

    /// The step: a guardrail's own, else the one that gives a window some ten to forty of them.
    fn grain(&self) -> Grain {
        let goal = self.line.goal;
        let own = goal.every.as_ref().or(goal.grain.as_ref()).map(|g| g.node);
        if let (Direction::Keep, Some(grain)) = (goal.direction, own) {
            return grain;
        }
        let by_length = match self.line.timing.window.days() {
            ..=14 => Grain::Day,
            15..=70 => Grain::Week,
            71..=1150 => Grain::Month,
            1151..=3700 => Grain::Quarter,
            _ => Grain::Year,
        };
        by_length.max(self.line.timing.grain).max(own.unwrap_or(Grain::Day))
    }

    /// The window step by step.
    pub(super) fn series(&mut self) -> SeriesPlan {
        let timing = &self.line.timing;
        let (window, grain, to_date) = (timing.window, self.grain(), timing.to_date());
        let mut points = Vec::new();
        let mut next = unit_holding(window.start, grain);
        while let Some(unit) = next.filter(|unit| unit.start < window.end && points.len() < MOST_POINTS) {
            let period = Period { start: unit.start.max(window.start), end: unit.end.min(window.end) };
            points.push(self.point(period, to_date));
            next = units_on(unit.end, grain, 1).map(|end| Period { start: unit.end, end });
        }
        SeriesPlan { grain, points }
    }

    fn point(&mut self, period: Period, to_date: Period) -> PointPlan {
        let metric = self.metric();
        let measured = Period { start: period.start, end: period.end.min(to_date.end) };
        let begun = !measured.is_empty();
        let flows = self.line.timing.shape == Shape::ToDate;
        let so_far = Period { start: to_date.start, end: measured.end };
        let actual = begun.then(|| self.registry.measure(metric, self.filters, measured));
        let actual_to_date = (begun && flows).then(|| self.registry.measure(metric, self.filters, so_far));
        let (baseline, baseline_to_date) = self.baseline(period);
        PointPlan {
            period,
            whole: self.line.timing.is_whole(period),
            actual,
            actual_to_date,
            baseline,
            baseline_to_date,
        }
    }

    /// The same days of each part of the baseline, and the part from its start to their end.
    fn baseline(&mut self, period: Period) -> (Vec<MeasurePlan>, Vec<MeasurePlan>) {
        let line = self.line;
        let (Some(baseline), true) = (&line.baseline, line.missing.is_empty()) else {
            return (Vec::new(), Vec::new());
        };
        let metric = line.bound.compared_to.unwrap_or(line.bound.metric);
        let (mut alone, mut so_far) = (Vec::new(), Vec::new());
        for (whole, _) in &baseline.parts {
            let Some((part, to_end)) = self.counterpart(*whole, baseline.kind, period) else { continue };
            alone.push(self.registry.measure(metric, self.filters, part));
            if line.timing.shape == Shape::ToDate {
                so_far.push(self.registry.measure(metric, self.filters, to_end));
            }
        }
        (alone, so_far)
    }

    fn counterpart(&self, whole: Period, kind: BaselineKind, period: Period) -> Option<(Period, Period)> {
        let timing = &self.line.timing;
        if let (Shape::Stretch | Shape::Rolling, BaselineKind::YearsBack(years)) = (timing.shape, kind) {
            let shift = match timing.stretch_shift() {
                Shift::WeekCalendar => Shift::Dates,
                other => other,
            };
            let back = years_back(period, years, shift, &crate::calendar::Calendar::default())?;
            return Some((back, back));
        }
        let edge = |day: NaiveDate| {
            // the course is that of the calendar: an end of the data says nothing here
            let calm = super::time::Timing { over: false, ..timing.clone() };
            aligned_to(&calm, whole, kind, day).map_or(whole.start, |part| part.end)
        };
        let end = edge(period.last_day());
        let start =
            if period.start <= timing.window.start { whole.start } else { edge(period.start.pred_opt()?) };
        let part = Period { start, end };
        (!part.is_empty()).then_some((part, Period { start: whole.start, end }))
    }

    /// The last units to D, whole ones alone.
    pub(super) fn history(&mut self) -> Vec<MeasurePlan> {
        let grain = self.grain().max(Grain::Week);
        let through = super::dates::last_whole(self.line.timing.data_through, grain);
        let Some(last) = unit_holding(through, grain) else { return Vec::new() };
        let metric = self.metric();
        (0..HISTORY)
            .rev()
            .filter_map(|back| {
                let start = units_on(last.start, grain, -back)?;
                Some(Period { start, end: units_on(start, grain, 1)? })
            })
            .map(|unit| self.registry.measure(metric, self.filters, unit))
            .collect()
    }
}
