//! Requests over one source → [`Scan`]: kinds tested, equal parts found, filters turned into classes of codes.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::calendar::Period;
use crate::data::{Catalog, ColumnData, Dataset, Kind, Table, Use};
use crate::derive::currency::mixed_columns;
use crate::derive::expression::{
    Faults, OccurringCodes, Program, Schema, Typed, check_as, check_condition, materialise,
};
use crate::diagnostic::Diagnostics;
use crate::resolve::{Aggregate, AggregateId, Model, RowExpr, RowNode};
use crate::syntax::AggregateFunction;

use super::errors;
use super::fingerprint::{conjuncts, fingerprint};
use super::identity::{codes_of, presence_of};
use super::placer::{Placed, Placer, Split, position_or_push};
use super::scan::{Answer, Argument, Condition, Measure, Place, Scan, Series, text_codes};
use super::stock::StockDays;
use super::timeline::Timeline;
use super::{FilterId, Request, Requests};

/// Builds the scan of one source.
pub(super) struct Builder<'a> {
    model: &'a Model,
    catalog: &'a Catalog,
    dataset: &'a Dataset,
    schema: &'a Schema,
    source: usize,
    table: &'a Table,
    occurring: OccurringCodes,
    conditions: Vec<Condition<'a>>,
    condition_ids: BTreeMap<String, Option<usize>>,
    arguments: Vec<Argument<'a>>,
    argument_ids: BTreeMap<(String, Taken), Option<usize>>,
    /// What went wrong while identities were computed ahead of the pass.
    pub(super) ahead: Vec<(RowExpr, Faults)>,
    pub(super) diagnostics: Diagnostics,
}

/// As what an argument is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Taken {
    Numbers,
    /// Codes, equal where values are.
    Identities,
    /// Codes that say only that a value is there.
    Presence,
}

/// The conditions of an aggregate and a filter together, sorted; none where one is wrong.
type ConditionSet = Option<Vec<usize>>;

impl<'a> Builder<'a> {
    pub(super) fn new(
        model: &'a Model,
        catalog: &'a Catalog,
        dataset: &'a Dataset,
        schema: &'a Schema,
        source: usize,
    ) -> Option<Self> {
        let table = dataset.tables.get(source)?.as_ref()?;
        Some(Self {
            model,
            catalog,
            dataset,
            schema,
            source,
            table,
            occurring: OccurringCodes::default(),
            conditions: Vec::new(),
            condition_ids: BTreeMap::new(),
            arguments: Vec::new(),
            argument_ids: BTreeMap::new(),
            ahead: Vec::new(),
            diagnostics: Diagnostics::new(),
        })
    }

    /// The scan for these requests, by index; those that cannot be answered are left out.
    pub(super) fn build(&mut self, requests: &Requests, wanted: &[usize]) -> Scan<'a> {
        let days = self.days();
        let asked: Vec<(usize, Request)> = self.asked(requests, wanted, days);
        let timeline = Timeline::new(asked.iter().filter_map(|(_, request)| request.period));
        let mut scan = Scan {
            table: self.table,
            days,
            timeline,
            needed: Vec::new(),
            conditions: Vec::new(),
            groupings: Vec::new(),
            placements: Vec::new(),
            arguments: Vec::new(),
            series: Vec::new(),
            class_sets: vec![vec![0]],
            answers: Vec::new(),
        };
        let sets = self.condition_sets(requests, &asked);
        let mut placer = Placer::new(&self.conditions);
        let mut splits = BTreeMap::new();
        for (pair, set) in &sets {
            if let Some(set) = set {
                splits.insert(*pair, placer.split(set));
            }
        }
        let finished = placer.finish(self.table, &mut scan);
        let mut homes = BTreeMap::new();
        for ((aggregate, filter), split) in &splits {
            if let Some(place) = self.place(&mut scan, *aggregate, split, &finished) {
                homes.insert((*aggregate, *filter), place);
            }
        }
        for (request, asked) in &asked {
            if let Some(place) = homes.get(&(asked.aggregate, asked.filter)) {
                let intervals = scan.timeline.range(asked.period);
                let (request, place) = (*request, place.clone());
                scan.answers.push(Answer { request, aggregate: asked.aggregate, place, intervals });
            }
        }
        scan.needed = needed(&scan);
        scan.conditions = std::mem::take(&mut self.conditions);
        scan.arguments = std::mem::take(&mut self.arguments);
        scan
    }

    /// The requests, those of stocks for their one day.
    fn asked(&self, requests: &Requests, wanted: &[usize], days: Option<&[i32]>) -> Vec<(usize, Request)> {
        let mut stock_days: Option<StockDays> = None;
        let mut asked = Vec::with_capacity(wanted.len());
        for at in wanted {
            let Some(mut request) = requests.requests.get(*at).copied() else { continue };
            let function = self.model.aggregates.get(request.aggregate.0 as usize).map(|a| a.function);
            if let (Some(days), Some(function)) = (days, function)
                && matches!(function, AggregateFunction::First | AggregateFunction::Last)
            {
                let stock_days = stock_days.get_or_insert_with(|| StockDays::new(days));
                let none = Period { start: NaiveDate::MIN, end: NaiveDate::MIN };
                let last = function == AggregateFunction::Last;
                request.period = Some(stock_days.day_in(request.period, last).unwrap_or(none));
            }
            asked.push((*at, request));
        }
        asked
    }

    /// The days of the source's rows.
    fn days(&self) -> Option<&'a [i32]> {
        let date = self.model.sources.get(self.source)?.date?;
        match &self.table.column(date, Use::Date)?.data {
            ColumnData::Date(days) if days.len() == self.table.rows => Some(days),
            _ => None,
        }
    }

    fn condition_sets(
        &mut self,
        requests: &Requests,
        asked: &[(usize, Request)],
    ) -> BTreeMap<(AggregateId, Option<FilterId>), ConditionSet> {
        let mut sets = BTreeMap::new();
        for (_, request) in asked {
            let pair = (request.aggregate, request.filter);
            sets.entry(pair).or_insert_with(|| self.condition_set(requests, pair));
        }
        sets
    }

    fn condition_set(&mut self, requests: &Requests, pair: (AggregateId, Option<FilterId>)) -> ConditionSet {
        let own = self.model.aggregates.get(pair.0.0 as usize)?.filter.iter();
        let filter = pair.1.and_then(|id| requests.filters.get(id.0 as usize));
        let written = own.chain(filter.into_iter().flat_map(|filter| &filter.conditions));
        let parts: Vec<&RowExpr> = written.flat_map(conjuncts).collect();
        let ids: Vec<Option<usize>> = parts.into_iter().map(|part| self.condition(part)).collect();
        let mut set = ids.into_iter().collect::<Option<Vec<usize>>>()?;
        set.sort_unstable();
        set.dedup();
        Some(set)
    }

    fn condition(&mut self, expr: &RowExpr) -> Option<usize> {
        let key = fingerprint(expr);
        if let Some(known) = self.condition_ids.get(&key) {
            return *known;
        }
        let made = match check_condition(expr, self.schema, self.source) {
            Ok(typed) => self.program(typed).map(|program| {
                self.conditions.push(Condition { program, expr: expr.clone() });
                self.conditions.len() - 1
            }),
            Err(found) => {
                self.diagnostics.extend(found);
                None
            }
        };
        self.condition_ids.insert(key, made);
        made
    }

    fn program(&self, typed: Typed) -> Option<Program<'a>> {
        Program::new(typed, self.dataset, self.source, &self.occurring)
    }

    /// Where the rows of an aggregate and a filter are collected.
    fn place(
        &mut self,
        scan: &mut Scan<'a>,
        id: AggregateId,
        split: &Split,
        placed: &Placed,
    ) -> Option<Place> {
        let aggregate = self.model.aggregates.get(id.0 as usize)?;
        let argument = self.argument(aggregate)?;
        let currencies = self.currencies(aggregate);
        let (placement, class_set) = placed.place(split, scan);
        let mut series =
            |argument, measure| position_or_push(&mut scan.series, Series { placement, argument, measure });
        Some(Place {
            placement,
            class_set,
            series: argument.map(|(argument, measure)| series(argument, measure)),
            currencies: currencies
                .into_iter()
                .map(|argument| series(argument, Measure::Currencies))
                .collect(),
        })
    }

    /// The argument of an aggregate with how its values are put together; `Some(None)` where rows are counted.
    #[allow(clippy::option_option, reason = "wrong, nothing, or an argument")]
    fn argument(&mut self, aggregate: &Aggregate) -> Option<Option<(usize, Measure)>> {
        use AggregateFunction as F;
        let Some(expr) = &aggregate.argument else { return Some(None) };
        let (taken, measure) = match aggregate.function {
            F::Sum | F::Average | F::First | F::Last => (Taken::Numbers, Measure::Total),
            F::Min | F::Max => (Taken::Numbers, Measure::Extremes),
            F::Median | F::Percentile | F::Stdev => (Taken::Numbers, Measure::Values),
            F::CountDistinct => (Taken::Identities, Measure::Distinct),
            F::Count if self.is_number(expr) => (Taken::Numbers, Measure::Total),
            F::Count => (Taken::Presence, Measure::Present),
        };
        let key = (fingerprint(expr), taken);
        let made = if let Some(known) = self.argument_ids.get(&key) {
            *known
        } else {
            let made = self.new_argument(aggregate, expr, taken);
            self.argument_ids.insert(key, made);
            made
        };
        Some(Some((made?, measure)))
    }

    /// The currencies that the rows of an amount are in, where those are several.
    fn currencies(&mut self, aggregate: &Aggregate) -> Vec<usize> {
        use AggregateFunction as F;
        let Some(expr) = &aggregate.argument else { return Vec::new() };
        if matches!(aggregate.function, F::Count | F::CountDistinct) {
            return Vec::new();
        }
        let table = self.table;
        let mut found = Vec::new();
        for mixed in mixed_columns(expr, table, self.catalog, self.source) {
            let known = self.arguments.iter().position(
                |argument| matches!(argument, Argument::Currencies(known) if known.column == mixed.column),
            );
            found.push(known.unwrap_or_else(|| {
                self.arguments.push(Argument::Currencies(mixed));
                self.arguments.len() - 1
            }));
        }
        found
    }

    fn is_number(&self, expr: &RowExpr) -> bool {
        check_as(expr, self.schema, self.source, &[]).is_ok_and(|typed| typed.kind == Kind::Number)
    }

    fn new_argument(&mut self, aggregate: &Aggregate, expr: &RowExpr, taken: Taken) -> Option<usize> {
        let kinds: &[Kind] = match taken {
            Taken::Identities => &[Kind::Text],
            Taken::Presence => &[],
            Taken::Numbers if aggregate.function == AggregateFunction::Count => &[],
            Taken::Numbers => &[Kind::Number],
        };
        let typed = match check_as(expr, self.schema, self.source, kinds) {
            Ok(typed) => typed,
            Err(found) => {
                self.diagnostics.extend(found);
                return None;
            }
        };
        let made = match taken {
            Taken::Numbers if matches!(typed.kind, Kind::Number | Kind::Empty) => {
                Argument::Numbers { program: self.program(typed)?, expr: expr.clone() }
            }
            Taken::Numbers => {
                let column = match expr.node {
                    RowNode::Column(index) => Some(self.schema.name(self.source, index).to_owned()),
                    _ => None,
                };
                let operand = errors::operand(expr.span, typed.kind, column);
                self.diagnostics.push(errors::numbers_wanted(aggregate, &operand));
                return None;
            }
            Taken::Identities | Taken::Presence => self.codes(typed, expr, taken)?,
        };
        self.arguments.push(made);
        Some(self.arguments.len() - 1)
    }

    /// Values as codes: those of a text column as they are, others given ahead of the pass.
    fn codes(&mut self, typed: Typed, expr: &RowExpr, taken: Taken) -> Option<Argument<'a>> {
        if let Some(key) = typed.as_column()
            && let Some((codes, distinct)) = text_codes(self.table, key)
        {
            return Some(Argument::Codes { codes: Cow::Borrowed(codes), distinct });
        }
        let program = self.program(typed)?;
        let (data, faults) = materialise(&program);
        if !faults.is_empty() {
            self.ahead.push((expr.clone(), faults));
        }
        let (codes, distinct) = if taken == Taken::Presence { presence_of(&data) } else { codes_of(data) };
        Some(Argument::Codes { codes: Cow::Owned(codes), distinct })
    }
}

/// Intervals that some answer covers.
fn needed(scan: &Scan) -> Vec<bool> {
    let mut needed = vec![false; scan.timeline.len()];
    let mut ranges: Vec<_> = scan.answers.iter().map(|answer| answer.intervals.clone()).collect();
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    ranges.dedup();
    for range in ranges {
        if let Some(covered) = needed.get_mut(range) {
            covered.fill(true);
        }
    }
    needed
}
