//! One goal with everything that its figures come from: what was measured, its baseline, its target, its path.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::bind::{GoalPlan, MeasurePlan, Shape, change_at};
use crate::resolve::{GoalModel, Metric, Nature};
use crate::syntax::{Direction, Goal, PaceClause};

use super::aim::{Aim, Form, aim, direction, sign};
use super::path::{Point, Share, flow_share, share_at};
use super::value::{Answers, signed};

/// A goal's measured values and what follows from them before it is judged.
pub(super) struct Case<'a> {
    pub answers: Answers<'a>,
    pub plan: &'a GoalPlan,
    pub model: &'a GoalModel,
    pub goal: &'a Goal,
    pub metric: &'a Metric,
    pub aim: Aim,
    pub direction: Direction,
    /// +1 more is better, -1 less.
    pub sign: i32,
    /// What decided it, where nothing in the sentence does.
    pub sign_note: Option<&'static str>,
    /// V.
    pub actual: Option<Decimal>,
    /// B as measured; none where the data do not cover it.
    pub measured_baseline: Option<Decimal>,
    /// B.
    pub baseline: Option<Decimal>,
    /// B is F of `from F to G`.
    pub baseline_stated: bool,
    /// B over the days that correspond to those measured.
    pub baseline_to_date: Option<Decimal>,
    /// T; none without the baseline it needs.
    pub target: Option<Decimal>,
    /// Judged against the level, not the change.
    pub is_level: bool,
    /// The baseline is known but of no use: 0, or below 0 for a factor.
    pub useless_baseline: bool,
    /// The target sheet to D.
    pub sheet_to_date: Option<Decimal>,
}

impl<'a> Case<'a> {
    /// Measures a goal by the change that holds at D.
    pub(super) fn new(answers: Answers<'a>, plan: &'a GoalPlan) -> Option<Self> {
        Self::on(answers, plan, plan.data_through)
    }

    /// Measures a goal by the change that held on a day: a dated retarget replaces it from its day on.
    fn on(answers: Answers<'a>, plan: &'a GoalPlan, day: NaiveDate) -> Option<Self> {
        let model = answers.model.goals.get(plan.goal)?;
        let goal = model.goal.as_deref()?;
        let metric = answers.model.metrics.get(model.bound.as_ref()?.metric.0 as usize)?;
        let (_, change) = change_at(&goal.change.node, &goal.clauses, day);
        let sheet = |request: Option<crate::aggregate::RequestId>| {
            let measured = answers.answer(request?);
            measured.value.filter(|_| measured.values > 0)
        };
        let aim = aim(goal, change, metric, plan.target.and_then(|t| sheet(t.whole)));
        let direction = direction(goal, metric);
        let measured_baseline = plan
            .baseline
            .as_ref()
            .filter(|baseline| baseline.missing.is_empty())
            .and_then(|baseline| answers.mean(baseline.parts.iter().map(|part| &part.whole)));
        let (baseline, baseline_stated) = match (&aim.form, measured_baseline) {
            (Form::FromTo(from, _), None) => (Some(*from), true),
            (_, measured) => (measured, false),
        };
        let (sign, sign_note) = sign(direction, &aim, metric, baseline);
        let mut case = Self {
            answers,
            plan,
            model,
            goal,
            metric,
            aim,
            direction,
            sign,
            sign_note,
            actual: plan.actual.as_ref().and_then(|plan| answers.value(plan)),
            measured_baseline,
            baseline,
            baseline_stated,
            baseline_to_date: None,
            target: None,
            is_level: false,
            useless_baseline: false,
            // nothing asked for yet is 0
            sheet_to_date: plan.target.and_then(|t| answers.answer(t.to_date?).value),
        };
        case.baseline_to_date = case.to_date_of_baseline();
        case.set_target();
        Some(case)
    }

    /// The goal before each retarget that D has reached, with the day of the retarget, in the order of their days.
    pub(super) fn before_retargets(&self) -> Vec<(NaiveDate, Self)> {
        let reached = self.goal.clauses.retargets.iter().map(|retarget| retarget.node.from);
        let mut days: Vec<NaiveDate> = reached.filter(|day| *day <= self.plan.data_through).collect();
        days.sort_unstable();
        days.dedup();
        let before = |day: NaiveDate| Some((day, Self::on(self.answers, self.plan, day.pred_opt()?)?));
        days.into_iter().filter_map(before).collect()
    }

    fn to_date_of_baseline(&self) -> Option<Decimal> {
        let baseline = self.plan.baseline.as_ref()?;
        if self.baseline_stated || self.measured_baseline.is_none() {
            return None;
        }
        let parts: Vec<&MeasurePlan> =
            baseline.parts.iter().map(|part| part.to_date.as_ref()).collect::<Option<_>>()?;
        self.answers.mean(parts)
    }

    /// T from B: `T = B + d·p·|B|`, `B + d·p`, `B·f`, or the level itself.
    fn set_target(&mut self) {
        let base = self.baseline;
        let towards = |amount: Decimal| base.and_then(|b| b.checked_add(signed(self.sign, amount)));
        let mut useless = false;
        let (target, level) = match self.aim.form {
            Form::Percent(share) => match base {
                Some(b) if b.is_zero() => {
                    useless = true;
                    (None, false)
                }
                Some(b) => (b.abs().checked_mul(share).and_then(towards), false),
                None => (None, false),
            },
            Form::Factor(factor) => match base {
                Some(b) if b <= Decimal::ZERO => {
                    useless = true;
                    (None, false)
                }
                Some(b) => (b.checked_mul(factor), false),
                None => (None, false),
            },
            Form::Points(points) => (towards(points), false),
            Form::Amount(amount) => (towards(amount), false),
            Form::FromTo(_, to) => (Some(to), self.is_past(to)),
            Form::Level(level) => {
                let stated = self.direction == Direction::Reach || self.plan.target.is_some();
                (level, stated || base.is_none() || level.is_some_and(|level| self.is_past(level)))
            }
            Form::Range(..) => (None, true),
        };
        self.target = target;
        self.useless_baseline = useless;
        self.is_level = level || (target.is_some() && target == base);
    }

    /// Whether the baseline stands at a level or beyond it already.
    pub(super) fn is_past(&self, level: Decimal) -> bool {
        self.baseline.is_some_and(|b| signed(self.sign, b) >= signed(self.sign, level))
    }

    pub(super) fn is_flow(&self) -> bool {
        matches!(self.metric.nature, Nature::Flow { .. }) && self.plan.shape == Shape::ToDate
    }

    /// The share of the window's days that D has reached.
    pub(super) fn share(&self) -> Share {
        if self.plan.over {
            return Share::ALL;
        }
        share_at(self.plan.window, self.plan.data_through, self.pace_clause())
    }

    pub(super) fn pace_clause(&self) -> Option<&PaceClause> {
        self.goal.clauses.pace.as_ref().map(|clause| &clause.node)
    }

    /// The share of a flow's path that D has reached, and the shape of the path.
    pub(super) fn flow_share(&self) -> (Share, PaceClause) {
        let (share, form) =
            flow_share(self.pace_clause(), self.share(), self.baseline, self.baseline_to_date);
        if self.plan.over { (Share::ALL, form) } else { (share, form) }
    }

    /// `B_D` and `T_D`.
    pub(super) fn point(&self) -> Option<Point> {
        let target = self.target?;
        let base = self.baseline.unwrap_or_default();
        if self.is_level {
            let whole = Point { baseline: base, target };
            if !self.is_flow() || self.plan.over {
                return Some(whole);
            }
            let target = match self.sheet_to_date {
                Some(part) if self.plan.target.is_some_and(|t| t.dated) => part,
                _ => self.flow_share().0.of(target)?,
            };
            return Some(Point { baseline: Decimal::ZERO, target });
        }
        if self.plan.over {
            return Some(Point { baseline: base, target });
        }
        let glide = |from: Decimal| from.checked_add(self.share().of(target.checked_sub(base)?)?);
        match self.plan.shape {
            Shape::ToDate if self.is_flow() => {
                let (share, form) = self.flow_share();
                let baseline = match (form, self.baseline_to_date) {
                    (PaceClause::Seasonal, Some(part)) => part,
                    _ => share.of(base)?,
                };
                Some(Point { baseline, target: share.of(target)? })
            }
            Shape::ToDate | Shape::Rolling => Some(Point { baseline: base, target }),
            Shape::Stock => Some(Point { baseline: base, target: glide(base)? }),
            Shape::Stretch => {
                let from = self.stretch_baseline();
                Some(Point { baseline: from, target: glide(from)? })
            }
        }
    }

    /// `B_D` of a stretch: the same months as those measured; B for `to X` and where the data have none.
    pub(super) fn stretch_baseline(&self) -> Decimal {
        let base = self.baseline.unwrap_or_default();
        match self.aim.form {
            Form::Level(_) | Form::FromTo(..) => base,
            _ if self.plan.over => base,
            _ => self.baseline_to_date.unwrap_or(base),
        }
    }
}
