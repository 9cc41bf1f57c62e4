//! Everything that is known of one goal while it is worded.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::calendar::Grain;
use crate::data::NumberShape;
use crate::diagnostic::Severity;
use crate::judge::{GoalEvaluation, SeriesPoint, Target};
use crate::quantity::Unit;
use crate::report::by_line::ByLine;
use crate::report::look::{Family, family};
use crate::report::number::{Shape, trimmed};
use crate::report::{Figure, Inputs, Scale, Style, name, reason};
use crate::resolve::{AggregateId, Formula, GoalModel, Metric, Nature, RowNode};
use crate::syntax::{BinaryOperator, Change, Direction, Level};

/// Everything that is known of one goal while it is worded.
pub(crate) struct Context<'a> {
    pub(crate) inputs: &'a Inputs<'a>,
    pub(crate) by_line: &'a ByLine<'a>,
    pub(crate) number: usize,
    pub(crate) goal: &'a GoalModel,
    pub(crate) facts: &'a Arc<GoalEvaluation>,
    pub(crate) metric: Option<&'a Metric>,
    pub(crate) style: Style,
    pub(crate) scale: Scale,
    pub(crate) subject: String,
    pub(crate) change: String,
    pub(crate) first_error: Option<String>,
}

/// How a goal is drawn and tabled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Flow,
    Level,
    Guardrail,
}

impl<'a> Context<'a> {
    pub(crate) fn new(
        inputs: &'a Inputs<'a>,
        by_line: &'a ByLine<'a>,
        number: usize,
        facts: &'a Arc<GoalEvaluation>,
        style: Style,
    ) -> Option<Self> {
        let goal = inputs.model.goals.get(facts.goal)?;
        let metric_id = facts.metric.or_else(|| goal.bound.as_ref().map(|b| b.metric));
        let metric = metric_id.and_then(|id| inputs.model.metrics.get(id.0 as usize));
        let nature = metric.map(|m| m.nature);
        let mut about = by_line.about(goal.line).iter();
        let first_error = about.find(|d| d.severity == Severity::Error).map(|d| d.message.clone());
        let scale = Scale::of(facts, &shown_unit(inputs, goal, facts, metric), nature, style);
        Some(Self {
            inputs,
            by_line,
            number,
            goal,
            facts,
            metric,
            style,
            subject: name::subject(goal, facts, metric, inputs.source),
            change: name::change(goal, facts, nature, &scale),
            scale,
            first_error,
        })
    }

    pub(crate) fn nature(&self) -> Option<Nature> {
        self.metric.map(|m| m.nature)
    }

    pub(crate) fn kind(&self) -> Kind {
        if self.facts.periods.is_some() {
            Kind::Guardrail
        } else if matches!(self.nature(), Some(Nature::Flow { .. })) {
            Kind::Flow
        } else {
            Kind::Level
        }
    }

    pub(crate) fn is_good(&self) -> bool {
        family(self.facts.status) == Family::OnCourse
    }

    /// Judged against a level, not by a change.
    pub(crate) fn is_level(&self) -> bool {
        let stated = self.goal.goal.as_deref().is_some_and(|g| {
            matches!(
                g.change.node,
                Change::Level(_)
                    | Change::AtLeast(_)
                    | Change::AtMost(_)
                    | Change::Above(_)
                    | Change::Below(_)
            )
        });
        if !stated {
            return false;
        }
        if self.facts.direction == Some(Direction::Reach) {
            return true;
        }
        match (self.facts.baseline.as_ref().and_then(|b| b.value), self.facts.target) {
            (Some(start), Some(Target::One(target))) => {
                let distance = target.saturating_sub(start);
                distance.is_zero() || (distance.is_sign_negative() == (self.facts.sign > 0))
            }
            _ => true,
        }
    }

    pub(crate) fn every(&self) -> Grain {
        reason::grain_of(self)
    }

    pub(crate) fn days_left(&self) -> Option<i64> {
        Some((self.facts.window?.last_day() - self.facts.as_of?).num_days()).filter(|d| *d > 0)
    }

    pub(crate) fn at_least_rows(&self) -> Option<u64> {
        Some(self.goal.goal.as_deref()?.clauses.at_least_rows.as_ref()?.node)
    }

    pub(crate) fn target_value(&self) -> Option<Decimal> {
        match self.facts.target? {
            Target::One(value) => Some(value),
            Target::Range { .. } => None,
        }
    }

    /// The last whole period of a guardrail that was judged.
    pub(crate) fn latest_judged(&self) -> Option<&'a SeriesPoint> {
        self.facts
            .series
            .iter()
            .rev()
            .find(|p| p.inside && p.whole && p.breached.is_some() && p.actual.is_some())
    }

    /// `+15%`, where the goal asks for a change in percent.
    pub(crate) fn wanted_change(&self) -> Option<String> {
        let Change::Percent(share) = &self.goal.goal.as_deref()?.change.node else { return None };
        let sign = if self.facts.sign < 0 { '\u{2212}' } else { '+' };
        let size = trimmed(share.saturating_mul(Decimal::from(100)), 2, self.style);
        Some(format!("{sign}{size}{}", self.style.percent_sign()))
    }

    /// What the denominator of a ratio counts: the words inside the brackets of its aggregate.
    pub(crate) fn denominator_noun(&self) -> Option<String> {
        let Formula::Binary(BinaryOperator::Divide, _, below) = &self.metric?.formula else { return None };
        let Formula::Aggregate(id) = below.as_ref() else { return None };
        let text = &self.inputs.model.aggregates.get(id.0 as usize)?.text;
        let inside = text.split_once('(')?.1.split(" where ").next()?.trim_end_matches(')').trim();
        let noun = name::clean(inside).to_lowercase();
        Some(if noun.is_empty() { "rows".to_owned() } else { noun })
    }

    /// A difference with sign, from the goal's direction: positive is still missing.
    pub(crate) fn gap_figure(&self) -> Figure {
        Figure::new(self.facts.gap, self.scale.difference, self.unit_of(self.scale.difference))
    }

    pub(crate) fn figure(&self, value: Option<Decimal>) -> Figure {
        Figure::new(value, self.scale.shape, self.unit_of(self.scale.shape))
    }

    fn unit_of(&self, shape: Shape) -> String {
        if matches!(shape, Shape::Number { .. }) { self.scale.unit.clone() } else { String::new() }
    }
}

/// The unit figures are shown in. A ratio without a unit is money where money is divided by something else, and a
/// percentage where the goal speaks of it so or where it is a share of cases.
fn shown_unit(
    inputs: &Inputs<'_>,
    goal: &GoalModel,
    facts: &GoalEvaluation,
    metric: Option<&Metric>,
) -> Unit {
    let Some(metric) = metric.filter(|m| facts.unit == Unit::None && m.nature == Nature::Ratio) else {
        return facts.unit.clone();
    };
    if let Formula::Binary(BinaryOperator::Divide, above, below) = &metric.formula
        && let Some(code) = currency(inputs, above)
        && currency(inputs, below).is_none()
    {
        return Unit::Money(code);
    }
    let stated = goal.goal.as_deref().is_some_and(|g| {
        let percent = |level: &Level| matches!(level, Level::Amount(q) if q.unit == Unit::Percent);
        match &g.change.node {
            Change::Points(_) => true,
            Change::Level(level) | Change::AtLeast(level) | Change::AtMost(level) => percent(level),
            Change::Above(level) | Change::Below(level) => percent(level),
            Change::Between(_, high) => percent(high),
            Change::FromTo { to, .. } => to.unit == Unit::Percent,
            Change::Percent(_) | Change::Amount(_) | Change::Factor(_) => false,
        }
    });
    if stated || facts.interval.is_some() { Unit::Percent } else { Unit::None }
}

/// The currency of the money that a formula sums: by the format of a column, else by a metric that states it.
fn currency(inputs: &Inputs<'_>, formula: &Formula) -> Option<String> {
    let of_column = |id: &AggregateId| {
        let aggregate = inputs.model.aggregates.get(id.0 as usize)?;
        let RowNode::Column(column) = aggregate.argument.as_ref()?.node else { return None };
        match &inputs.catalog.sources.get(aggregate.source)?.columns.get(column)?.shape {
            NumberShape::Money(code) => Some(code.clone()),
            _ => None,
        }
    };
    let of_metric = |id: &AggregateId| {
        inputs.model.metrics.iter().find_map(|metric| match (&metric.formula, &metric.unit) {
            (Formula::Aggregate(own), Unit::Money(code)) if own == id => Some(code.clone()),
            _ => None,
        })
    };
    let all = formula.aggregates();
    all.iter().find_map(of_column).or_else(|| all.iter().find_map(of_metric))
}
