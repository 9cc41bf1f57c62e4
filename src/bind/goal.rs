//! One goal line → its plans, one per value of `for each`.

use chrono::NaiveDate;

use crate::aggregate::{FilterId, RequestId, Requests};
use crate::calendar::Period;
use crate::data::Dataset;
use crate::diagnostic::Diagnostics;
use crate::resolve::{AggregateId, BoundGoal, Model, Nature, SheetTarget};
use crate::syntax::{AggregateFunction, Change, Clauses, Direction, Goal};

use super::each::{EachValue, MOST_VALUES, values};
use super::errors;
use super::line::Line;
use super::plan::{
    BaselineKind, BaselinePart, BaselinePlan, GoalPlan, GuardrailPlan, PotentialPlan, Shape, SheetTargetPlan,
    SourcePlan,
};
use super::potential::{Days as PotentialDays, Named, Scope, potentials};
use super::registry::Registry;
use super::segment::{Filtered, Values};
use super::series::Course;
use super::time::Timing;

/// Periods that a guardrail may have, and those of all goals together.
const MOST_PERIODS: usize = 40_000;
const MOST_PERIODS_OF_FILE: usize = 1_000_000;

/// Binds goals one after the other.
pub(super) struct Binder<'a> {
    pub(super) model: &'a Model,
    pub(super) dataset: &'a Dataset,
    pub(super) as_of: Option<NaiveDate>,
    pub(super) sources: &'a [Option<SourcePlan>],
    pub(super) registry: Registry<'a>,
    values: Values<'a>,
    named: Named,
    goals: Vec<GoalPlan>,
    /// Periods of guardrails so far.
    periods: usize,
}

/// The filter of one goal.
struct Selection {
    parts: Vec<Filtered>,
    value: Option<String>,
    text: Option<String>,
    filters: Vec<(usize, FilterId)>,
}

impl<'a> Binder<'a> {
    pub(super) fn new(
        model: &'a Model,
        dataset: &'a Dataset,
        as_of: Option<NaiveDate>,
        sources: &'a [Option<SourcePlan>],
    ) -> Self {
        Self {
            model,
            dataset,
            as_of,
            sources,
            registry: Registry::new(model, sources),
            values: Values::new(model, dataset),
            named: Named::of(model),
            goals: Vec::new(),
            periods: 0,
        }
    }

    pub(super) fn finish(self) -> (Requests, Vec<GoalPlan>) {
        (self.registry.finish(), self.goals)
    }

    /// Binds every goal; a broken one says why and makes no plan.
    pub(super) fn all(&mut self, said: &mut Diagnostics) {
        // filters first: a goal's potential is by the columns that any goal on its metric filters
        let mut filters = Vec::new();
        for goal in &self.model.goals {
            let found = goal.bound.as_ref().and_then(|bound| self.values.filters(bound, said));
            if let (Some(bound), Some(found)) = (&goal.bound, &found) {
                self.named.add_filters(self.model, self.dataset, bound.metric, &bound.sources, found);
            }
            filters.push(found);
        }
        for (index, filters) in filters.iter().enumerate() {
            self.goal(index, filters.as_deref(), said);
        }
    }

    fn goal(&mut self, index: usize, filters: Option<&[Filtered]>, said: &mut Diagnostics) {
        let Some(goal_model) = self.model.goals.get(index) else { return };
        let (Some(goal), Some(bound)) = (goal_model.goal.as_deref(), goal_model.bound.as_ref()) else {
            return;
        };
        // the dates even where a filter is wrong, so that one run names every mistake of the line
        let Some(line) = self.line(index, goal_model, goal, bound, said) else { return };
        let Some(filters) = filters else { return };
        self.say(&line, said);
        let selections = self.selections(&line, filters, said);
        if !self.take_periods(&line, selections.len(), said) {
            return;
        }
        for selection in selections {
            let plan = self.plan(&line, selection);
            self.goals.push(plan);
        }
    }

    /// Counts the periods of a guardrail among those of the file; too many are refused.
    fn take_periods(&mut self, line: &Line<'_>, goals: usize, said: &mut Diagnostics) -> bool {
        let Some(every) = line.goal.every.as_ref().filter(|_| line.goal.direction == Direction::Keep) else {
            return true;
        };
        let unit = crate::calendar::unit_holding(line.timing.window.start, every.node);
        let length = unit.map_or(1, |unit| unit.days().max(1));
        let periods = (judged_days(line).days() / length).max(0) as usize;
        let all = self.periods.saturating_add(periods.saturating_mul(goals));
        if periods > MOST_PERIODS || all > MOST_PERIODS_OF_FILE {
            let (found, most, of) = if periods > MOST_PERIODS {
                (periods, MOST_PERIODS, "this guardrail")
            } else {
                (all, MOST_PERIODS_OF_FILE, "the guardrails up to this one")
            };
            said.push(errors::too_many_periods(every.span, of, found, most));
            return false;
        }
        self.periods = all;
        true
    }

    /// The filters of the line's goals: one, or one per value.
    fn selections(
        &mut self,
        line: &Line<'_>,
        filters: &[Filtered],
        said: &mut Diagnostics,
    ) -> Vec<Selection> {
        let Some(each) = &line.bound.for_each else {
            return vec![self.selection(filters, None, None)];
        };
        let mut periods = vec![line.timing.window];
        periods.extend(line.baseline.iter().flat_map(|b| &b.parts).map(|(period, _)| *period));
        let found = values(self.model, self.dataset, each, &periods);
        if found.len() > MOST_VALUES {
            said.push(errors::too_many_values(each.span, &each.name, found.len(), MOST_VALUES));
            return Vec::new();
        }
        if found.is_empty() {
            said.push(errors::no_values(each.span, &each.name, line.timing.window));
        }
        found.iter().map(|value| self.selection(filters, Some(value), Some(value.filter(each)))).collect()
    }

    fn selection(
        &mut self,
        filters: &[Filtered],
        value: Option<&EachValue>,
        own: Option<Filtered>,
    ) -> Selection {
        let all: Vec<Filtered> = own.into_iter().chain(filters.iter().cloned()).collect();
        let ids = filter_ids(&mut self.registry, &all);
        let texts: Vec<&str> = all.iter().map(|f| f.text.as_str()).filter(|t| !t.is_empty()).collect();
        Selection {
            value: value.map(|v| v.text.clone()),
            text: (!texts.is_empty()).then(|| texts.join(" and ")),
            filters: ids,
            parts: all,
        }
    }

    fn plan(&mut self, line: &Line<'_>, selection: Selection) -> GoalPlan {
        let timing = &line.timing;
        let metric = line.bound.metric;
        let potentials = self.potentials(line, &selection);
        let filters = selection.filters;
        let to_date = timing.to_date();
        let started = timing.data_through >= timing.window.start;
        let measured = line.measured.map(|period| match timing.shape {
            Shape::Stock => self.registry.stock_date(metric, period).unwrap_or(period),
            _ => period,
        });
        let actual = line.measured.map(|period| self.registry.measure(metric, &filters, period));
        let baseline = self.baseline(line, &filters);
        let target = line.bound.target.as_ref().map(|t| self.target(line, t, &filters));
        let guardrail = self.guardrail(line, &filters);
        let rows = if started { self.rows(line, &filters, to_date) } else { Vec::new() };
        let days =
            |source: &usize| self.sources.get(*source)?.as_ref().map(|plan| plan.days_in(to_date).len());
        let points = line.bound.sources.iter().filter_map(days).min().unwrap_or(0);
        let mut course = Course { line, filters: &filters, registry: &mut self.registry };
        let (series, history) = (course.series(), course.history());
        GoalPlan {
            goal: line.index,
            for_each: selection.value,
            filters,
            segment: selection.text,
            data_through: timing.data_through,
            declared: timing.declared,
            is_declared: timing.is_declared,
            window: timing.window,
            timeless: timing.timeless,
            deadline: timing.deadline,
            started,
            over: timing.over,
            shape: timing.shape,
            measured,
            actual,
            baseline,
            target,
            retarget: effective_change(line.goal, timing).0,
            guardrail,
            coverage: line.coverage.clone(),
            empty: points == 0,
            rows,
            points,
            series,
            history,
            potentials,
            settled: self.is_settled(line),
            notes: timing.notes.clone(),
        }
    }

    fn baseline(&mut self, line: &Line<'_>, filters: &[(usize, FilterId)]) -> Option<BaselinePlan> {
        let dates = line.baseline.as_ref()?;
        let metric = line.bound.compared_to.unwrap_or(line.bound.metric);
        let nature = self.model.metrics.get(metric.0 as usize)?.nature;
        let follows = matches!(nature, Nature::Flow { .. }) || line.timing.shape == Shape::Stretch;
        let parts = dates
            .parts
            .iter()
            .map(|(whole, to_date)| BaselinePart {
                whole: self.registry.measure(metric, filters, *whole),
                to_date: to_date
                    .filter(|period| follows && self.is_covered(line.bound, dates.kind, *period))
                    .map(|period| self.registry.measure(metric, filters, period)),
            })
            .collect();
        Some(BaselinePlan {
            period: dates.period()?,
            kind: dates.kind,
            parts,
            missing: line.missing.clone(),
            holes: line.holes.clone(),
        })
    }

    /// Whether days of a baseline are covered in every source.
    fn is_covered(&self, bound: &BoundGoal, kind: BaselineKind, period: Period) -> bool {
        kind == BaselineKind::Sheet
            || self.baseline_sources(bound).iter().all(|source| {
                let plan = self.sources.get(*source).and_then(Option::as_ref);
                plan.is_some_and(|plan| !plan.holes(period).iter().any(|hole| hole.breaks))
            })
    }

    fn target(
        &mut self,
        line: &Line<'_>,
        target: &SheetTarget,
        filters: &[(usize, FilterId)],
    ) -> SheetTargetPlan {
        let timing = &line.timing;
        let whole = target.dated.then_some(timing.window);
        let to_date = timing.to_date();
        let through = target.dated && !to_date.is_empty();
        SheetTargetPlan {
            whole: self.registry.request(target.aggregate, filters, whole),
            to_date: through
                .then(|| self.registry.request(target.aggregate, filters, Some(to_date)))
                .flatten(),
            dated: target.dated,
        }
    }

    fn guardrail(&mut self, line: &Line<'_>, filters: &[(usize, FilterId)]) -> Option<GuardrailPlan> {
        let goal = line.goal;
        let grain = goal.every.as_ref().or(goal.grain.as_ref()).map(|g| g.node)?;
        if goal.direction != Direction::Keep {
            return None;
        }
        let periods = crate::calendar::whole_units(judged_days(line), grain)
            .into_iter()
            .filter(|unit| line.timing.is_whole(*unit))
            .map(|unit| self.registry.measure(line.bound.metric, filters, unit))
            .collect();
        Some(GuardrailPlan { grain, periods })
    }

    /// One request per source that counts the rows of the segment.
    fn rows(&mut self, line: &Line<'_>, filters: &[(usize, FilterId)], to_date: Period) -> Vec<RequestId> {
        let counts = |source: usize| {
            self.model.aggregates.iter().position(|a| {
                let plain = a.argument.is_none() && a.filter.is_none();
                a.source == source && a.function == AggregateFunction::Count && plain
            })
        };
        let ids: Vec<usize> = line.bound.sources.iter().filter_map(|source| counts(*source)).collect();
        ids.into_iter()
            .filter_map(|id| self.registry.request(AggregateId(id as u32), filters, Some(to_date)))
            .collect()
    }

    fn potentials(&mut self, line: &Line<'_>, selection: &Selection) -> Vec<PotentialPlan> {
        let before = line.baseline.as_ref().filter(|_| line.missing.is_empty()).and_then(|baseline| {
            match (line.timing.shape, baseline.parts.as_slice()) {
                (Shape::Stretch, [(whole, to_date)]) => Some(to_date.unwrap_or(*whole)),
                (_, [(whole, _)]) => Some(*whole),
                _ => None,
            }
        });
        let keeps = line.goal.direction == Direction::Keep || line.bound.compared_to.is_some();
        let scope = Scope {
            model: self.model,
            dataset: self.dataset,
            named: &self.named,
            metric: line.bound.metric,
            sources: &line.bound.sources,
            days: PotentialDays {
                to_date: line.timing.to_date(),
                compared: line.measured.zip(before).filter(|_| !keeps),
            },
            fixed: line.bound.for_each.as_ref().map(|each| each.name.as_str()),
        };
        let filters_of = |registry: &mut Registry<'_>, own: &Filtered| {
            let all: Vec<Filtered> = selection.parts.iter().chain(std::iter::once(own)).cloned().collect();
            filter_ids(registry, &all)
        };
        potentials(&scope, filters_of, &mut self.registry)
    }

    /// Whether the days have passed that the sources take to settle.
    fn is_settled(&self, line: &Line<'_>) -> bool {
        let days = line.bound.sources.iter().filter_map(|s| self.model.sources.get(*s)?.settles_after).max();
        let today = self.as_of.map_or(line.timing.data_through, |day| day.max(line.timing.data_through));
        days.is_none_or(|days| (today - line.timing.window.last_day()).num_days() >= i64::from(days))
    }
}

/// The days whose periods a guardrail is judged by: the window up to D.
fn judged_days(line: &Line<'_>) -> Period {
    let timing = &line.timing;
    if timing.over { timing.window } else { timing.to_date() }
}

/// The filter of every source that the parts filter.
fn filter_ids(registry: &mut Registry<'_>, parts: &[Filtered]) -> Vec<(usize, FilterId)> {
    let mut sources: Vec<usize> = parts.iter().flat_map(|f| f.conditions.iter().map(|(s, _)| *s)).collect();
    sources.sort_unstable();
    sources.dedup();
    sources
        .into_iter()
        .filter_map(|source| {
            let of_source = |f: &Filtered| {
                let here = f.conditions.iter().filter(|(s, _)| *s == source);
                here.map(|(_, e)| e.clone()).collect::<Vec<_>>()
            };
            let conditions = parts.iter().flat_map(of_source).collect();
            Some((source, registry.filter(source, conditions)?))
        })
        .collect()
}

/// The change that holds at D: the last retarget whose day D has reached, with its index, else the goal's own.
pub(crate) fn change_at<'c>(
    change: &'c Change,
    clauses: &'c Clauses,
    day: NaiveDate,
) -> (Option<usize>, &'c Change) {
    let latest = clauses
        .retargets
        .iter()
        .enumerate()
        .filter(|(_, retarget)| retarget.node.from <= day)
        .max_by_key(|(at, retarget)| (retarget.node.from, *at));
    match latest {
        Some((at, retarget)) => (Some(at), &retarget.node.change),
        None => (None, change),
    }
}

pub(super) fn effective_change(goal: &Goal, timing: &Timing) -> (Option<usize>, Change) {
    let (at, change) = change_at(&goal.change.node, &goal.clauses, timing.data_through);
    (at, change.clone())
}

/// Whether a target comes from the baseline.
pub(crate) fn needs_baseline(change: &Change) -> bool {
    matches!(change, Change::Percent(_) | Change::Points(_) | Change::Amount(_) | Change::Factor(_))
}
