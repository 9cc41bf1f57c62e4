//! Potential: a goal's rate by the values of the columns that statements on the same metric name.

use crate::aggregate::FilterId;
use crate::calendar::Period;
use crate::data::{ColumnData, Dataset, Use};
use crate::names::same;
use crate::resolve::{ForEachModel, Formula, MetricId, Model, RowExpr, RowNode};
use crate::source::Span;
use crate::syntax::{AggregateFunction, BinaryOperator, UnaryOperator};

use super::each::{EachValue, values};
use super::plan::{MeasurePlan, PotentialPlan, PotentialSegment};
use super::registry::Registry;
use super::segment::Filtered;

/// Values by themselves; the rest is pooled.
const MOST_VALUES: usize = 200;

/// A column with its place in every source of a metric.
pub(super) type Places = Vec<(usize, usize)>;

/// The columns that statements name, by metric.
#[derive(Default)]
pub(super) struct Named {
    by_metric: Vec<(MetricId, String, Places)>,
}

impl Named {
    /// Those that `find potential` and `for each` name; segments follow with [`Named::add_filters`].
    pub(super) fn of(model: &Model) -> Self {
        let mut named = Self::default();
        for potential in &model.potentials {
            for (source, column, name) in &potential.by {
                named.add(potential.metric, name, (*source, *column));
            }
        }
        for bound in model.goals.iter().filter_map(|goal| goal.bound.as_ref()) {
            if let Some(each) = &bound.for_each {
                for place in each.columns.iter().filter(|(source, _)| bound.sources.contains(source)) {
                    named.add(bound.metric, &each.name, *place);
                }
            }
        }
        named
    }

    fn add(&mut self, metric: MetricId, name: &str, place: (usize, usize)) {
        match self.by_metric.iter_mut().find(|(id, known, _)| *id == metric && same(known, name)) {
            Some((_, _, places)) => {
                if !places.contains(&place) {
                    places.push(place);
                }
            }
            None => self.by_metric.push((metric, name.to_owned(), vec![place])),
        }
    }

    /// Adds the columns of categories that the filters of a goal look at.
    pub(super) fn add_filters(
        &mut self,
        model: &Model,
        dataset: &Dataset,
        metric: MetricId,
        sources: &[usize],
        filters: &[Filtered],
    ) {
        for (source, expr) in filters.iter().flat_map(|f| &f.conditions).filter(|(s, _)| sources.contains(s))
        {
            let mut columns = Vec::new();
            columns_of(expr, &mut columns);
            for column in columns.into_iter().filter(|c| is_category(dataset, *source, *c)) {
                let name = model.sources.get(*source).and_then(|s| s.columns.get(column));
                if let Some(name) = name {
                    self.add(metric, name, (*source, column));
                }
            }
        }
    }

    /// The columns of a metric that stand in all of its sources.
    fn columns<'n>(
        &'n self,
        metric: MetricId,
        sources: &'n [usize],
    ) -> impl Iterator<Item = (&'n str, &'n Places)> {
        self.by_metric
            .iter()
            .filter(move |(id, _, places)| {
                *id == metric && sources.iter().all(|s| places.iter().any(|(at, _)| at == s))
            })
            .map(|(_, name, places)| (name.as_str(), places))
    }
}

fn columns_of(expr: &RowExpr, found: &mut Vec<usize>) {
    match &expr.node {
        RowNode::Column(at) => found.push(*at),
        RowNode::Unary(_, a) | RowNode::IsEmpty(a) => columns_of(a, found),
        RowNode::Binary(_, a, b) => {
            columns_of(a, found);
            columns_of(b, found);
        }
        RowNode::In(a, list) => {
            columns_of(a, found);
            list.iter().for_each(|e| columns_of(e, found));
        }
        RowNode::Between(a, b, c) => [a, b, c].into_iter().for_each(|e| columns_of(e, found)),
        RowNode::Call(_, list) => list.iter().for_each(|e| columns_of(e, found)),
        RowNode::Lookup { keys, .. } => keys.iter().for_each(|(_, e)| columns_of(e, found)),
        RowNode::Number(_) | RowNode::Text(_) | RowNode::Boolean(_) | RowNode::Period(_) => {}
    }
}

fn is_category(dataset: &Dataset, source: usize, column: usize) -> bool {
    let table = dataset.tables.get(source).and_then(Option::as_ref);
    let data = table.and_then(|t| t.column(column, Use::Key)).map(|c| &c.data);
    matches!(data, Some(ColumnData::Text { .. } | ColumnData::Boolean(_)))
}

/// Whether a metric is a rate over a volume: a quotient, or an average.
pub(super) fn has_rate(model: &Model, metric: MetricId) -> bool {
    match model.metrics.get(metric.0 as usize).map(|m| &m.formula) {
        Some(Formula::Binary(BinaryOperator::Divide, _, below)) => !below.aggregates().is_empty(),
        Some(Formula::Aggregate(id)) => {
            model.aggregates.get(id.0 as usize).is_some_and(|a| a.function == AggregateFunction::Average)
        }
        _ => false,
    }
}

/// The days that a goal's potential and the split of its change look at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    /// The window to D.
    pub to_date: Period,
    /// The days measured and those they are compared with.
    pub compared: Option<(Period, Period)>,
}

/// What a goal's potential is planned from.
pub(super) struct Scope<'s> {
    pub model: &'s Model,
    pub dataset: &'s Dataset,
    pub named: &'s Named,
    pub metric: MetricId,
    pub sources: &'s [usize],
    pub days: Days,
    /// The column that `for each` has fixed already.
    pub fixed: Option<&'s str>,
}

/// One plan per column.
pub(super) fn potentials(
    scope: &Scope<'_>,
    mut filters_of: impl FnMut(&mut Registry<'_>, &Filtered) -> Vec<(usize, FilterId)>,
    registry: &mut Registry<'_>,
) -> Vec<PotentialPlan> {
    if !has_rate(scope.model, scope.metric) || scope.days.to_date.is_empty() {
        return Vec::new();
    }
    let mut plans = Vec::new();
    for (name, places) in scope.named.columns(scope.metric, scope.sources) {
        if scope.fixed.is_some_and(|fixed| same(fixed, name)) {
            continue;
        }
        let span = Span::default();
        let each = ForEachModel { name: name.to_owned(), columns: places.clone(), span };
        let mut periods = vec![scope.days.to_date];
        periods.extend(scope.days.compared.iter().flat_map(|(now, before)| [*now, *before]));
        let found = values(scope.model, scope.dataset, &each, &periods);
        let mut segments = Vec::new();
        for value in found.iter().take(MOST_VALUES) {
            segments.push(segment(
                scope,
                value.text.clone(),
                1,
                &value.filter(&each),
                &mut filters_of,
                registry,
            ));
        }
        if found.len() > MOST_VALUES {
            let rest = found.len() - MOST_VALUES;
            let filter = none_of(&each, &found[..MOST_VALUES]);
            segments.push(segment(scope, format!("{rest} others"), rest, &filter, &mut filters_of, registry));
        }
        plans.push(PotentialPlan { by: name.to_owned(), segments });
    }
    plans
}

fn segment(
    scope: &Scope<'_>,
    value: String,
    pooled: usize,
    filter: &Filtered,
    filters_of: &mut impl FnMut(&mut Registry<'_>, &Filtered) -> Vec<(usize, FilterId)>,
    registry: &mut Registry<'_>,
) -> PotentialSegment {
    let filters = filters_of(registry, filter);
    let mut over = |period| -> MeasurePlan { registry.measure(scope.metric, &filters, period) };
    let days = scope.days;
    PotentialSegment {
        value,
        pooled,
        to_date: over(days.to_date),
        compared: days.compared.map(|(now, before)| (over(now), over(before))),
    }
}

/// The rows with none of the values, blanks left out.
fn none_of(each: &ForEachModel, known: &[EachValue]) -> Filtered {
    let expr = |node| RowExpr { node, span: each.span };
    let column = |at: usize| Box::new(expr(RowNode::Column(at)));
    let not = |inner| expr(RowNode::Unary(UnaryOperator::Not, Box::new(inner)));
    let conditions = each
        .columns
        .iter()
        .map(|(source, at)| {
            let list = known.iter().map(|value| expr(value.literal().clone())).collect();
            let others = not(expr(RowNode::In(column(*at), list)));
            let filled = not(expr(RowNode::IsEmpty(column(*at))));
            (*source, expr(RowNode::Binary(BinaryOperator::And, Box::new(others), Box::new(filled))))
        })
        .collect();
    Filtered { text: String::new(), conditions }
}
