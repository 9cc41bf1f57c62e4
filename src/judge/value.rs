//! Measures → values of a metric: exact decimals, `None` where there is none.

use rust_decimal::Decimal;

use crate::aggregate::formula::evaluate;
use crate::aggregate::{Measured, Measures, RequestId, Requests};
use crate::bind::MeasurePlan;
use crate::calendar::Period;
use crate::resolve::{AggregateId, Formula, Model};
use crate::syntax::{AggregateFunction, BinaryOperator};

/// Answers with the model they belong to.
#[derive(Clone, Copy)]
pub(super) struct Answers<'a> {
    pub model: &'a Model,
    pub requests: &'a Requests,
    pub measures: &'a Measures,
}

impl<'a> Answers<'a> {
    /// The answer to one request.
    pub(super) fn answer(self, request: RequestId) -> Measured {
        self.measures.answers.get(request.0 as usize).copied().unwrap_or_default()
    }

    fn of(self, plan: &MeasurePlan, id: AggregateId) -> Option<Measured> {
        let (_, request) = plan.requests.iter().find(|(at, _)| *at == id)?;
        Some(self.answer((*request)?))
    }

    /// The value of one aggregate; a stock has none on a date on which the segment has no row.
    fn aggregate(self, plan: &MeasurePlan, id: AggregateId) -> Option<Decimal> {
        let measured = self.of(plan, id)?;
        let function = self.model.aggregates.get(id.0 as usize)?.function;
        let is_stock = matches!(function, AggregateFunction::First | AggregateFunction::Last);
        if is_stock && measured.rows == 0 { None } else { measured.value }
    }

    fn formula(self, plan: &MeasurePlan) -> Option<&'a Formula> {
        self.model.metrics.get(plan.metric.0 as usize).map(|metric| &metric.formula)
    }

    /// The value of a metric over a period.
    pub(super) fn value(self, plan: &MeasurePlan) -> Option<Decimal> {
        evaluate(self.formula(plan)?, &|id| self.aggregate(plan, id)).ok()
    }

    /// Numerator and denominator of a quotient.
    pub(super) fn quotient(self, plan: &MeasurePlan) -> Option<(Decimal, Decimal)> {
        let Formula::Binary(BinaryOperator::Divide, above, below) = self.formula(plan)? else { return None };
        let part = |formula| evaluate(formula, &|id| self.aggregate(plan, id)).ok();
        Some((part(above)?, part(below)?))
    }

    /// Something that the metric needs could not be computed.
    pub(super) fn is_invalid(self, plan: &MeasurePlan) -> bool {
        plan.requests.iter().filter_map(|(_, request)| *request).any(|request| self.answer(request).invalid)
    }

    /// Whether a quotient's parts count whole things.
    pub(super) fn is_whole(self, plan: &MeasurePlan) -> bool {
        plan.requests.iter().all(|(id, _)| {
            let function = self.model.aggregates.get(id.0 as usize).map(|a| a.function);
            let counts =
                matches!(function, Some(AggregateFunction::Count | AggregateFunction::CountDistinct));
            counts || self.of(plan, *id).is_some_and(|m| m.all_whole)
        })
    }

    /// Whether it cannot go back: a count, or a sum without a negative row so far, alone.
    pub(super) fn only_grows(self, plan: &MeasurePlan) -> bool {
        let Some(Formula::Aggregate(id)) = self.formula(plan) else { return false };
        match self.model.aggregates.get(id.0 as usize).map(|a| a.function) {
            Some(AggregateFunction::Count | AggregateFunction::CountDistinct) => true,
            Some(AggregateFunction::Sum) => self.of(plan, *id).is_some_and(|m| !m.any_negative),
            _ => false,
        }
    }

    /// The rows that a metric was measured over: of its sources the one with the fewest.
    pub(super) fn rows(self, plan: &MeasurePlan) -> u64 {
        let mut by_source: Vec<(usize, u64)> = Vec::new();
        for (id, _) in &plan.requests {
            let Some(source) = self.model.aggregates.get(id.0 as usize).map(|a| a.source) else { continue };
            let rows = self.of(plan, *id).map_or(0, |m| m.rows);
            match by_source.iter_mut().find(|(at, _)| *at == source) {
                Some((_, most)) => *most = (*most).max(rows),
                None => by_source.push((source, rows)),
            }
        }
        by_source.into_iter().map(|(_, rows)| rows).min().unwrap_or(0)
    }

    /// The one day that a single stock is taken on.
    pub(super) fn only_day(self, plan: &MeasurePlan) -> Option<Period> {
        match plan.requests.as_slice() {
            [(_, id)] => self.requests.requests.get((*id)?.0 as usize)?.period,
            _ => None,
        }
    }

    /// The mean of several values, each of which must be there.
    pub(super) fn mean<'p>(self, plans: impl IntoIterator<Item = &'p MeasurePlan>) -> Option<Decimal> {
        let mut sum = Decimal::ZERO;
        let mut count = 0u32;
        for plan in plans {
            sum = sum.checked_add(self.value(plan)?)?;
            count += 1;
        }
        if count == 1 { Some(sum) } else { sum.checked_div(Decimal::from(count)) }
    }
}

/// `a · b / c`, the product first so that nothing is lost; none where `c` is zero.
pub(super) fn part_of(a: Decimal, b: Decimal, c: Decimal) -> Option<Decimal> {
    if c.is_zero() {
        return None;
    }
    match a.checked_mul(b) {
        Some(product) => product.checked_div(c),
        None => a.checked_mul(b.checked_div(c)?),
    }
}

/// `sign · a`.
pub(super) fn signed(sign: i32, a: Decimal) -> Decimal {
    if sign < 0 { -a } else { a }
}
