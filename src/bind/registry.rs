//! Requests, each thing asked for once.

use std::collections::{BTreeMap, HashMap};

use crate::aggregate::{Filter, FilterId, Request, RequestId, Requests};
use crate::calendar::Period;
use crate::resolve::{AggregateId, MetricId, Model, RowExpr};
use crate::syntax::AggregateFunction;

use super::plan::{MeasurePlan, SourcePlan};

/// Collects requests and finds again what was asked for before.
pub(super) struct Registry<'a> {
    model: &'a Model,
    sources: &'a [Option<SourcePlan>],
    requests: Requests,
    known: BTreeMap<Request, RequestId>,
    filters: HashMap<Filter, FilterId>,
}

impl<'a> Registry<'a> {
    pub(super) fn new(model: &'a Model, sources: &'a [Option<SourcePlan>]) -> Self {
        Self {
            model,
            sources,
            requests: Requests::default(),
            known: BTreeMap::new(),
            filters: HashMap::new(),
        }
    }

    pub(super) fn finish(self) -> Requests {
        self.requests
    }

    /// The filter with these conditions; none of no conditions.
    pub(super) fn filter(&mut self, source: usize, conditions: Vec<RowExpr>) -> Option<FilterId> {
        if conditions.is_empty() {
            return None;
        }
        let filter = Filter { source, conditions };
        let next = FilterId(self.requests.filters.len() as u32);
        let filters = &mut self.requests.filters;
        Some(*self.filters.entry(filter).or_insert_with_key(|filter| {
            filters.push(filter.clone());
            next
        }))
    }

    /// One aggregate over a filter and a period.
    pub(super) fn request(
        &mut self,
        aggregate: AggregateId,
        filters: &[(usize, FilterId)],
        period: Option<Period>,
    ) -> Option<RequestId> {
        let source = self.model.aggregates.get(aggregate.0 as usize)?.source;
        let filter = filters.iter().find(|(at, _)| *at == source).map(|(_, filter)| *filter);
        let request = Request { aggregate, filter, period };
        let next = RequestId(self.requests.requests.len() as u32);
        Some(*self.known.entry(request).or_insert_with(|| {
            self.requests.requests.push(request);
            next
        }))
    }

    /// A metric over a filter and a period; a stock on its one date.
    pub(super) fn measure(
        &mut self,
        metric: MetricId,
        filters: &[(usize, FilterId)],
        period: Period,
    ) -> MeasurePlan {
        let aggregates =
            self.model.metrics.get(metric.0 as usize).map(|m| m.formula.aggregates()).unwrap_or_default();
        let requests = aggregates
            .into_iter()
            .map(|id| {
                let days = self.days_of(id, period);
                (id, days.and_then(|days| self.request(id, filters, Some(days))))
            })
            .collect();
        MeasurePlan { metric, period, requests }
    }

    /// The days over which an aggregate is taken; none where its source has no row in the period.
    fn days_of(&self, id: AggregateId, period: Period) -> Option<Period> {
        let aggregate = self.model.aggregates.get(id.0 as usize)?;
        let days = self.sources.get(aggregate.source)?.as_ref()?.days_in(period);
        let (first, last) = (*days.first()?, *days.last()?);
        Some(match aggregate.function {
            AggregateFunction::Last => Period::inclusive(last, last),
            AggregateFunction::First => Period::inclusive(first, first),
            _ => period,
        })
    }

    /// The one date of a metric that is a single stock; one of several has none.
    pub(super) fn stock_date(&self, metric: MetricId, period: Period) -> Option<Period> {
        let formula = &self.model.metrics.get(metric.0 as usize)?.formula;
        match formula.aggregates().as_slice() {
            [one] => self.days_of(*one, period),
            _ => None,
        }
    }
}
