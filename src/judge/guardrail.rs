//! `keep …`: holding or breached, by whole period or over the window to D (SPEC §5, Guardrails).

use rust_decimal::Decimal;

use crate::bind::{GuardrailPlan, Shape};
use crate::calendar::{Period, label};

use super::aim::{Bound, Form};
use super::case::Case;
use super::evaluation::{GuardrailPeriods, Status};

/// What a guardrail comes to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Held {
    pub status: Status,
    /// The value held against the limit.
    pub actual: Option<Decimal>,
    /// The days that gave it.
    pub measured: Option<Period>,
    /// How far it lies beyond the limit; negative inside.
    pub gap: Option<Decimal>,
    /// With `every` alone.
    pub periods: Option<GuardrailPeriods>,
}

/// The limits of a guardrail; a side that is not limited has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limits {
    pub low: Option<Decimal>,
    pub high: Option<Decimal>,
    /// The limit itself breaks it.
    pub strict: bool,
}

impl Limits {
    /// The distance to the nearest limit, positive when broken; for two limits the larger one.
    pub(super) fn gap(self, value: Decimal) -> Option<Decimal> {
        let under = self.low.and_then(|low| low.checked_sub(value));
        let over = self.high.and_then(|high| value.checked_sub(high));
        under.into_iter().chain(over).max()
    }

    /// Whether a value breaks a limit.
    pub(super) fn is_broken(self, value: Decimal) -> bool {
        self.gap(value)
            .is_some_and(|gap| if self.strict { gap >= Decimal::ZERO } else { gap > Decimal::ZERO })
    }
}

impl Case<'_> {
    /// The limits that the goal states; none where the target sheet has no value.
    pub(super) fn limits(&self) -> Option<Limits> {
        let strict = self.aim.strict;
        match self.aim.form {
            Form::Range(low, high) => Some(Limits { low: Some(low), high: Some(high), strict: false }),
            Form::Level(Some(level)) => {
                let caps = self.aim.bound == Bound::Cap || (self.aim.bound == Bound::Open && self.sign < 0);
                let (low, high) = if caps { (None, Some(level)) } else { (Some(level), None) };
                Some(Limits { low, high, strict })
            }
            _ => None,
        }
    }

    /// Judges a guardrail.
    pub(super) fn held(&self) -> Held {
        let nothing = |status| Held { status, actual: None, measured: None, gap: None, periods: None };
        if !self.plan.started {
            return nothing(Status::NotStarted);
        }
        let Some(limits) = self.limits() else { return nothing(Status::NoData) };
        if self.plan.empty {
            return nothing(Status::NoData);
        }
        match &self.plan.guardrail {
            Some(plan) => self.by_period(plan, limits),
            None => self.by_window(limits),
        }
    }

    fn by_period(&self, plan: &GuardrailPlan, limits: Limits) -> Held {
        let mut periods =
            GuardrailPeriods { total: 0, breached: 0, breaches: Vec::new(), without_value: Vec::new() };
        let mut latest = None;
        for measure in &plan.periods {
            let name = label(measure.period, plan.grain);
            let Some(value) = self.answers.value(measure) else {
                periods.without_value.push(name);
                continue;
            };
            periods.total += 1;
            if limits.is_broken(value) {
                periods.breached += 1;
                periods.breaches.push(name);
            }
            latest = Some((value, measure.period));
        }
        let status = match (plan.periods.is_empty(), periods.total, periods.breached) {
            (true, ..) => Status::TooEarly,
            (_, 0, _) => Status::NoData,
            (_, _, 0) => Status::Holding,
            _ => Status::Breached,
        };
        let measured = latest.map(|(_, period)| self.stock_day(period));
        Held {
            status,
            actual: latest.map(|(value, _)| value),
            measured,
            gap: latest.and_then(|(value, _)| limits.gap(value)),
            periods: Some(periods),
        }
    }

    /// The one date of a stock inside a period.
    fn stock_day(&self, period: Period) -> Period {
        if self.plan.shape != Shape::Stock {
            return period;
        }
        let date = |plan: &crate::bind::MeasurePlan| self.answers.only_day(plan);
        let plans = self.plan.guardrail.iter().flat_map(|g| &g.periods);
        plans.filter(|p| p.period == period).find_map(date).unwrap_or(period)
    }

    fn by_window(&self, limits: Limits) -> Held {
        let Some(value) = self.actual else {
            // a ratio by X before its first whole month
            let waits = self.plan.measured.is_none();
            let status = if waits { Status::TooEarly } else { Status::NoData };
            return Held { status, actual: None, measured: self.plan.measured, gap: None, periods: None };
        };
        let limits = self.due(limits);
        let status = if limits.is_broken(value) { Status::Breached } else { Status::Holding };
        Held {
            status,
            actual: Some(value),
            measured: self.plan.measured,
            gap: limits.gap(value),
            periods: None,
        }
    }

    /// The limits as of D: a floor on a flow is asked for along the path, a cap is not.
    fn due(&self, limits: Limits) -> Limits {
        if !self.is_flow() || self.plan.over {
            return limits;
        }
        let by_sheet = self.sheet_to_date.filter(|_| self.plan.target.is_some_and(|t| t.dated));
        let low = limits.low.map(|low| by_sheet.or_else(|| self.flow_share().0.of(low)).unwrap_or(low));
        Limits { low, ..limits }
    }
}
