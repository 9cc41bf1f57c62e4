//! One goal plan → one evaluation: which figures stand and which are null (SPEC §5).

use rust_decimal::Decimal;

use crate::bind::{GoalPlan, needs_baseline};
use crate::diagnostic::Diagnostics;
use crate::quantity::Unit;
use crate::resolve::{Metric, Model, Nature};
use crate::syntax::{Change, Direction};

use super::aim::{Form, aim, direction};
use super::case::Case;
use super::errors;
use super::evaluation::{Baseline, Coverage, GoalEvaluation, Status, Target};
use super::figures::Figures;
use super::status::thresholds;
use super::units::Misfit;
use super::value::Answers;

/// Ratios and statistics over fewer rows say so.
const FEW_ROWS: u64 = 30;

/// A goal that cannot be evaluated; its diagnostic is given elsewhere.
pub(super) fn invalid(model: &Model, index: usize) -> GoalEvaluation {
    let mut empty = blank(index);
    let Some(goal_model) = model.goals.get(index) else { return empty };
    if let Some(goal) = goal_model.goal.as_deref() {
        empty.direction = Some(goal.direction);
        let metric = goal_model.bound.as_ref().and_then(|b| model.metrics.get(b.metric.0 as usize));
        if let (Some(metric), Some(bound)) = (metric, &goal_model.bound) {
            empty.metric = Some(bound.metric);
            empty.unit = metric.unit.clone();
            empty.direction = Some(direction(goal, metric));
            empty.change = Some(aim(goal, &goal.change.node, metric, None).figures);
        }
    }
    empty
}

fn blank(goal: usize) -> GoalEvaluation {
    GoalEvaluation {
        goal,
        plan: None,
        for_each: None,
        status: Status::Invalid,
        preliminary: false,
        direction: None,
        sign: 1,
        metric: None,
        segment: None,
        unit: Unit::None,
        change: None,
        window: None,
        measured: None,
        baseline: None,
        as_of: None,
        actual: None,
        target: None,
        expected: None,
        gap: None,
        pace: None,
        deviation: None,
        attainment: None,
        forecast: None,
        probability: None,
        required_rate: None,
        rate_so_far: None,
        required_change: None,
        change_so_far: None,
        coverage: None,
        rows: None,
        proportion: None,
        interval: None,
        periods: None,
        path: None,
        thresholds: None,
        series_grain: None,
        series: Vec::new(),
        history: Vec::new(),
        potential: Vec::new(),
        decomposition: Vec::new(),
        yearly_changes: Vec::new(),
        notes: Vec::new(),
    }
}

/// Evaluates one goal.
pub(super) fn evaluate(
    answers: Answers<'_>,
    plan: &GoalPlan,
    at: usize,
    said: &mut Diagnostics,
) -> GoalEvaluation {
    let Some(case) = Case::new(answers, plan) else { return invalid(answers.model, plan.goal) };
    let mut made = case.identity(at);
    if case.is_broken(said) {
        made.status = Status::Invalid;
        return made;
    }
    if case.direction == Direction::Keep {
        case.keep(&mut made);
    } else {
        case.change(&mut made, said);
    }
    case.facts(&mut made);
    made
}

impl Case<'_> {
    /// What a goal is, whatever becomes of it.
    fn identity(&self, at: usize) -> GoalEvaluation {
        let plan = self.plan;
        GoalEvaluation {
            plan: Some(at),
            for_each: plan.for_each.clone(),
            direction: Some(self.direction),
            sign: self.sign,
            metric: self.model.bound.as_ref().map(|b| b.metric),
            segment: plan.segment.clone(),
            unit: self.metric.unit.clone(),
            change: Some(self.aim.figures.clone()),
            window: Some(plan.window),
            as_of: Some(plan.data_through),
            notes: plan.notes.clone(),
            ..blank(plan.goal)
        }
    }

    /// What makes a goal invalid only once its figures are there.
    fn is_broken(&self, said: &mut Diagnostics) -> bool {
        if let Form::Points(points) = self.aim.form
            && !takes_points(self.metric)
        {
            said.push(errors::points_need_ratio(self.goal.change.span, self.metric.shown(), points));
            return true;
        }
        let span = self.goal.change.span;
        match super::units::misfit(self.effective(), self.metric) {
            Some(Misfit::Unit(written, metric)) => {
                said.push(errors::unit_differs(span, &written, &metric));
                return true;
            }
            Some(Misfit::BarePoints(points)) => {
                said.push(errors::bare_points(span, self.metric.shown(), points));
                return true;
            }
            None => {}
        }
        self.plan.actual.as_ref().is_some_and(|p| self.answers.is_invalid(p))
    }

    fn keep(&self, made: &mut GoalEvaluation) {
        let held = self.held();
        made.target = self.shown_target();
        made.status = held.status;
        if matches!(held.status, Status::NotStarted | Status::NoData) {
            made.periods = held.periods;
            return;
        }
        made.actual = held.actual;
        made.measured = held.measured;
        made.gap = held.gap;
        if let Some(periods) = &held.periods
            && !periods.without_value.is_empty()
        {
            made.notes.push(format!("without a value, so not counted: {}", periods.without_value.join(", ")));
        }
        made.periods = held.periods;
    }

    fn change(&self, made: &mut GoalEvaluation, said: &mut Diagnostics) {
        let plan = self.plan;
        let wants_baseline = needs_baseline(self.effective());
        made.baseline = self.shown_baseline();
        made.target = self.shown_target();
        if !plan.started {
            made.status = Status::NotStarted;
            return;
        }
        if plan.empty || (self.actual.is_none() && plan.measured.is_some()) {
            made.status = Status::NoData;
            return;
        }
        made.actual = self.actual;
        made.measured = plan.measured;
        let Some(target) = self.target else {
            if let Form::Range(low, high) = self.aim.form {
                self.range(made, low, high);
                return;
            }
            made.status = Status::NoBaseline;
            self.explain_no_baseline(made, said);
            return;
        };
        let Some(value) = self.actual else {
            made.status = Status::TooEarly;
            made.notes.push("no whole month of the window has passed".to_owned());
            return;
        };
        let figures = self.figures();
        self.put(made, &figures);
        made.status = self.status(value, target, &figures);
        made.preliminary = matches!(made.status, Status::Met | Status::Missed) && !plan.settled;
        self.warn(said, wants_baseline);
        self.annotate(made, value, &figures);
    }

    fn put(&self, made: &mut GoalEvaluation, figures: &Figures) {
        made.expected = figures.expected;
        made.gap = figures.gap;
        made.pace = figures.pace;
        made.deviation = figures.deviation;
        made.attainment = figures.attainment;
        made.path = self.is_flow().then(|| self.flow_share().1);
    }

    /// A range to reach has no path: it holds the value, or it does not.
    fn range(&self, made: &mut GoalEvaluation, low: Decimal, high: Decimal) {
        let Some(value) = self.actual else {
            made.status = Status::TooEarly;
            return;
        };
        let gap = low.saturating_sub(value).max(value.saturating_sub(high));
        made.gap = Some(gap);
        let inside = gap <= Decimal::ZERO;
        made.status = match (self.plan.over, self.plan.coverage.broken) {
            (true, false) => {
                if inside {
                    Status::Met
                } else {
                    Status::Missed
                }
            }
            (false, _) if self.is_early() => Status::TooEarly,
            (_, true) => Status::Inconclusive,
            _ if inside => Status::OnTrack,
            // what has not yet come may still come; what is too much stays so
            _ if self.is_flow() && value < low => Status::Inconclusive,
            _ => Status::OffTrack,
        };
    }

    fn effective(&self) -> &Change {
        crate::bind::change_at(&self.goal.change.node, &self.goal.clauses, self.plan.data_through).1
    }

    fn shown_target(&self) -> Option<Target> {
        match self.aim.form {
            Form::Range(low, high) => Some(Target::Range { low, high }),
            Form::Level(level) => level.map(Target::One),
            _ => self.target.map(Target::One),
        }
    }

    fn shown_baseline(&self) -> Option<Baseline> {
        let plan = self.plan.baseline.as_ref()?;
        Some(Baseline {
            period: plan.period,
            value: self.baseline,
            to_date: self.baseline_to_date,
            stated: self.baseline_stated,
            missing: plan.missing.clone(),
        })
    }

    fn explain_no_baseline(&self, made: &mut GoalEvaluation, said: &mut Diagnostics) {
        let span = self.goal.change.span;
        if self.useless_baseline {
            if let Some(value) = self.baseline {
                said.push(errors::useless_baseline(span, value));
                made.notes
                    .push(format!("the baseline is {}: no share of it can be a target", value.normalize()));
            }
        } else if self.plan.target.is_some() {
            said.push(errors::no_target_row(span, self.plan.segment.as_deref()));
            made.notes.push("the target sheet has no row for this goal".to_owned());
        } else if let Some(baseline) = made.baseline.as_mut() {
            baseline.value = None;
            baseline.to_date = None;
            if baseline.missing.is_empty() {
                made.notes.push("the baseline has rows, but no value".to_owned());
            } else {
                let missing = crate::bind::errors::stretches(&baseline.missing);
                made.notes.push(format!("the data do not cover the baseline: no rows {missing}"));
            }
        } else {
            made.notes.push("no earlier window to compare with".to_owned());
        }
    }

    /// Warnings about how the change reads.
    fn warn(&self, said: &mut Diagnostics, wants_baseline: bool) {
        let span = self.goal.change.span;
        if let (Form::Percent(share), Some(base), Some(target)) = (&self.aim.form, self.baseline, self.target)
            && wants_baseline
            && takes_points(self.metric)
            && base.abs() <= Decimal::ONE
            && let Some(points) = base.checked_add(super::value::signed(self.sign, *share))
        {
            said.push(errors::percent_of_ratio(span, *share, (base, target), points));
        }
        if let (Form::FromTo(from, _), Some(measured)) = (&self.aim.form, self.measured_baseline) {
            let digits = own_digits(self.effective());
            if measured.round_dp(digits) != from.round_dp(digits) {
                said.push(errors::stated_baseline_differs(span, *from, measured));
            }
        }
    }

    /// Facts beside the status.
    fn annotate(&self, made: &mut GoalEvaluation, value: Decimal, figures: &Figures) {
        let plan = self.plan;
        if let Some(note) = self.sign_note {
            made.notes.push(note.to_owned());
        }
        if self.baseline_stated {
            made.notes.push("the data do not cover the baseline: the stated one counts".to_owned());
        }
        let (to_date, days) = (plan.to_date().days(), plan.window.days());
        if made.status == Status::TooEarly {
            made.notes.push(format!("{to_date} of {days} days of the window"));
        }
        if figures.nothing_due {
            made.notes.push("nothing is due yet".to_owned());
        }
        if plan.over {
            return;
        }
        let left = days - to_date;
        let per = |amount: Decimal, days: i64| {
            (days > 0).then(|| amount.checked_div(Decimal::from(days))).flatten()
        };
        made.required_rate = figures.gap.and_then(|gap| per(gap, left));
        if self.is_flow() {
            made.rate_so_far = per(value, to_date);
            if let (Some(base), Some(part), Some(target)) =
                (self.baseline, self.baseline_to_date, self.target)
            {
                let change = |now: Decimal, then: Decimal| {
                    now.checked_div(then)?.checked_sub(Decimal::ONE).filter(|_| then > Decimal::ZERO)
                };
                let rest = base.checked_sub(part).zip(target.checked_sub(value));
                made.required_change =
                    rest.and_then(|(then, now)| if then.is_zero() { None } else { change(now, then) });
                made.change_so_far = if part.is_zero() { None } else { change(value, part) };
            }
        }
    }

    /// What is shown with every goal that has begun.
    fn facts(&self, made: &mut GoalEvaluation) {
        let plan = self.plan;
        let waits = made.status == Status::TooEarly && made.actual.is_none() && made.periods.is_none();
        if matches!(made.status, Status::NotStarted | Status::NoData) || waits {
            return;
        }
        made.coverage = Some(Coverage {
            from: plan.coverage.from,
            to: plan.coverage.to,
            share: plan.coverage.share,
            holes: plan.coverage.holes.clone(),
        });
        made.rows = Some(self.rows());
        if let Some(measure) = plan.actual.as_ref().filter(|_| made.actual.is_some()) {
            made.proportion = self.answers.quotient(measure);
            made.interval = self.interval();
            let rows = self.answers.rows(measure);
            if matches!(self.metric.nature, Nature::Ratio | Nature::Statistic) && rows < FEW_ROWS {
                made.notes
                    .push(format!("measured over {} only", crate::wording::count(rows as usize, "row")));
            }
        }
        if !plan.coverage.holes.is_empty() {
            let holes = crate::bind::errors::stretches(&plan.coverage.holes);
            made.notes.push(format!("days without rows: {holes}"));
        }
        if let Some(note) = &self.metric.note {
            made.notes.push(note.clone());
        }
        for retarget in self.goal.clauses.retargets.iter().filter(|r| r.node.from > plan.data_through) {
            made.notes.push(format!("another target holds from {}", retarget.node.from));
        }
        made.thresholds = Some(thresholds(self.goal.clauses.status.as_ref().map(|c| &c.node)));
        made.series_grain = Some(plan.series.grain);
        made.series = self.course();
        made.history = self.history();
        made.yearly_changes = self.yearly_changes();
        for potential in &plan.potentials {
            made.potential.extend(super::potential::potential(self.answers, potential, self.sign, made.gap));
            if made.actual.is_some() {
                made.decomposition.extend(super::potential::decomposition(self.answers, potential));
            }
        }
        if self.direction != Direction::Keep && made.target.is_some() && made.actual.is_some() {
            (made.forecast, made.probability) = self.outlook(&made.series);
            if let Some(forecast) = &made.forecast {
                self.share_out(forecast, &mut made.series);
            }
        }
    }
}

/// Whether points can be added to a metric: a ratio without a unit.
pub(crate) fn takes_points(metric: &Metric) -> bool {
    let share_unit = matches!(metric.unit, Unit::Percent | Unit::Points);
    metric.nature == Nature::Ratio && !metric.money_per && (!metric.unit_declared || share_unit)
}

/// Decimals at which F of `from F to G` was written, as an amount.
fn own_digits(change: &Change) -> u32 {
    let Change::FromTo { from, .. } = change else { return 0 };
    match from.unit {
        Unit::Percent | Unit::Points => from.decimals + 2,
        // `1.2M` holds more than its decimals say: what the amount itself still shows
        _ => from.decimals.min(from.value.normalize().scale().max(from.decimals)),
    }
}
