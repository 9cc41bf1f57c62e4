//! Measures: metric expressions become formulas over aggregates.

use rust_decimal::Decimal;

use crate::names::same;
use crate::source::{Span, Spanned};
use crate::syntax::{AggregateFunction, BinaryOperator, Expr, MetricStatement, Name, UnaryOperator};

use super::errors;
use super::failure::{Bound, Failure};
use super::model::{Aggregate, AggregateId, Formula, Metric, MetricId, RowExpr, RowNode};
use super::nature::{factor, is_money_per, maybe_proportion, nature_of, unit_of};
use super::resolver::{Resolver, State};
use super::row::names_of;
use super::scope::Match;
use super::show::show_row;

/// Declarations that may use one another in a row.
pub(super) const MOST_NESTED: usize = 100;
/// Numbers, aggregates and operators of a measure, those of the metrics it uses included: a few lines that use each
/// other twice would otherwise double with every line.
const MOST_OPERATIONS: usize = 4000;

impl Resolver<'_> {
    /// Binds every declared metric.
    pub(super) fn declared_metrics(&mut self) {
        for at in 0..self.metrics.len() {
            let bound = self.metric(at);
            self.settle(bound);
        }
    }

    /// The metric of the n-th declaration.
    pub(super) fn metric(&mut self, at: usize) -> Bound<MetricId> {
        let statement = self.metrics[at].statement;
        match &self.metrics[at].state {
            State::Done(id) => return Ok(*id),
            State::Failed => return Err(Failure::Said),
            State::Open => {
                let from = self.stack.iter().position(|n| same(n, &statement.name.text)).unwrap_or(0);
                let mut steps = self.stack[from..].to_vec();
                steps.push(statement.name.text.clone());
                return Err(errors::cycle(statement.name.span, &steps).into());
            }
            State::Fresh => {}
        }
        if self.stack.len() >= MOST_NESTED {
            return Err(
                errors::nested_too_deep(statement.name.span, &statement.name.text, MOST_NESTED).into()
            );
        }
        self.metrics[at].state = State::Open;
        self.stack.push(statement.name.text.clone());
        let bound = self.formula(&statement.expr, None).and_then(|formula| {
            if formula.size() > MOST_OPERATIONS {
                let name = &statement.name;
                return Err(errors::too_many_operations(name.span, &name.text, MOST_OPERATIONS).into());
            }
            Ok(self.declare(statement, formula))
        });
        self.stack.pop();
        self.metrics[at].state = bound.as_ref().map_or(State::Failed, |id| State::Done(*id));
        bound
    }

    fn declare(&mut self, statement: &MetricStatement, formula: Formula) -> MetricId {
        let text = self.show_formula(&formula);
        let own = unit_of(&formula, &self.model, self.catalog);
        // amounts of a unit that the sheet names are brought to the one that the metric states
        let formula = match statement.unit.as_ref().and_then(|unit| factor(&own, &unit.node)) {
            Some(factor) => self.scaled(formula, factor),
            None => formula,
        };
        let mut metric = self.measure(formula, text, statement.name.span);
        metric.name = Some(statement.name.text.clone());
        metric.higher_is_better = statement.higher_is_better.as_ref().map(|h| h.node);
        if let Some(unit) = &statement.unit {
            metric.unit = unit.node.clone();
            metric.unit_declared = true;
        }
        self.add_metric(metric)
    }

    /// A formula times a factor; row by row where that is the same, so that 0.3125 days are 7.5 hours before they are
    /// added and rounded.
    fn scaled(&mut self, formula: Formula, factor: Decimal) -> Formula {
        let times = |left: Formula| {
            Formula::Binary(BinaryOperator::Multiply, Box::new(left), Box::new(Formula::Number(factor)))
        };
        match formula {
            Formula::Aggregate(id) => {
                let of = self.model.aggregates[id.0 as usize].clone();
                match of.argument {
                    Some(argument) => {
                        let argument = argument.times(factor);
                        let scaled =
                            self.add_aggregate(of.source, of.function, Some(argument), of.share, of.filter);
                        Formula::Aggregate(scaled)
                    }
                    None => times(Formula::Aggregate(id)),
                }
            }
            Formula::Negate(inner) => Formula::Negate(Box::new(self.scaled(*inner, factor))),
            Formula::Binary(BinaryOperator::Divide, above, below) => {
                Formula::Binary(BinaryOperator::Divide, Box::new(self.scaled(*above, factor)), below)
            }
            other => times(other),
        }
    }

    /// A metric from its formula, with what follows from it.
    pub(super) fn measure(&self, formula: Formula, text: String, span: Span) -> Metric {
        Metric {
            name: None,
            text,
            nature: nature_of(&formula, &self.model.aggregates),
            maybe_proportion: maybe_proportion(&formula, &self.model.aggregates),
            unit: unit_of(&formula, &self.model, self.catalog),
            unit_declared: false,
            higher_is_better: None,
            money_per: is_money_per(&formula, &self.model, self.catalog),
            note: None,
            span,
            formula,
        }
    }

    pub(super) fn add_metric(&mut self, metric: Metric) -> MetricId {
        if metric.name.is_none()
            && let Some(at) = self
                .model
                .metrics
                .iter()
                .position(|m| m.name.is_none() && m.formula == metric.formula && m.note == metric.note)
        {
            return MetricId(at as u32);
        }
        self.model.metrics.push(metric);
        MetricId(self.model.metrics.len() as u32 - 1)
    }

    /// Binds a measure; `over` takes its rows from that source instead of the one its columns name.
    pub(super) fn formula(&mut self, expr: &Spanned<Expr>, over: Option<usize>) -> Bound<Formula> {
        let span = expr.span;
        match &expr.node {
            Expr::Number(quantity) => Ok(Formula::Number(quantity.value)),
            Expr::Name(name) => self.metric_named(name),
            Expr::Unary(UnaryOperator::Negate, inner) => {
                Ok(Formula::Negate(Box::new(self.formula(inner, over)?)))
            }
            Expr::Binary(operator, left, right) if is_arithmetic(*operator) => {
                let fallback = over.or_else(|| self.first_source(left)).or_else(|| self.first_source(right));
                let left = self.formula(left, fallback)?;
                let right = self.formula(right, fallback)?;
                Ok(Formula::Binary(*operator, Box::new(left), Box::new(right)))
            }
            Expr::Aggregate { function, argument, share, filter } => {
                let mut names: Vec<&Name> = Vec::new();
                names_of(&expr.node, &mut names);
                let source = self.source_of(&names, span, over)?;
                let argument = argument.as_deref().map(|a| self.row(a, source)).transpose()?;
                let filter = filter.as_deref().map(|f| self.row(f, source)).transpose()?;
                Ok(Formula::Aggregate(self.add_aggregate(source, *function, argument, *share, filter)))
            }
            Expr::Text(_) => Err(errors::not_a_measure(span, "text").into()),
            Expr::Boolean(_) => Err(errors::not_a_measure(span, "a truth value").into()),
            Expr::Period(_) => Err(errors::not_a_measure(span, "a date").into()),
            Expr::Call(name, _) => {
                Err(errors::not_a_measure(span, &format!("the row function `{}`", name.node)).into())
            }
            Expr::Flagged(_) => Err(errors::not_a_measure(span, "a flag").into()),
            Expr::Unary(..) | Expr::Binary(..) | Expr::Between(..) | Expr::In(..) | Expr::IsEmpty(_) => {
                Err(errors::not_a_measure(span, "a condition").into())
            }
        }
    }

    /// The source of the first aggregate with columns, so that `sum(x) / count()` counts the rows of the same one.
    fn first_source(&mut self, expr: &Spanned<Expr>) -> Option<usize> {
        let mut names: Vec<&Name> = Vec::new();
        if let Expr::Aggregate { .. } = &expr.node {
            names_of(&expr.node, &mut names);
        }
        if names.is_empty() { None } else { self.source_of(&names, expr.span, None).ok() }
    }

    /// A name in a measure: a declared metric.
    fn metric_named(&mut self, name: &Name) -> Bound<Formula> {
        if name.source.is_none()
            && let Match::One { at, .. } = self.metric_names.find(&name.text)
        {
            let id = self.metric(at)?;
            return Ok(self.model.metrics[id.0 as usize].formula.clone());
        }
        if name.source.is_none() && self.is_broken(&name.text) {
            return Err(Failure::Said);
        }
        let is_column = self.columns.iter().any(|c| c.find(&name.text) != Match::None);
        if is_column {
            let shown = self.text.slice(name.span);
            return Err(errors::column_outside_aggregate(name.span, shown).into());
        }
        Err(errors::no_such_metric(name.span, &name.text, &self.all_metrics()).into())
    }

    pub(super) fn add_aggregate(
        &mut self,
        source: usize,
        function: AggregateFunction,
        argument: Option<RowExpr>,
        share: Option<rust_decimal::Decimal>,
        filter: Option<RowExpr>,
    ) -> AggregateId {
        let names = &self.model.sources[source].columns;
        let mut text = String::from(function.word());
        text.push('(');
        if let Some(argument) = &argument {
            text.push_str(&show_row(argument, names));
        }
        if let Some(share) = share {
            text.push_str(&format!(", {}%", (share * rust_decimal::Decimal::ONE_HUNDRED).normalize()));
        }
        if let Some(filter) = &filter {
            text.push_str(if argument.is_some() { " where " } else { "where " });
            text.push_str(&show_row(filter, names));
        }
        text.push(')');
        self.model.sources[source].used = true;
        if let Some(at) = self.model.aggregates.iter().position(|a| a.source == source && a.text == text) {
            return AggregateId(at as u32);
        }
        self.model.aggregates.push(Aggregate { source, function, argument, share, filter, text });
        AggregateId(self.model.aggregates.len() as u32 - 1)
    }

    /// An aggregate of one column, as a formula.
    pub(super) fn of_column(
        &mut self,
        function: AggregateFunction,
        source: usize,
        column: usize,
        span: Span,
    ) -> Formula {
        let argument = RowExpr { node: RowNode::Column(column), span };
        Formula::Aggregate(self.add_aggregate(source, function, Some(argument), None, None))
    }

    /// A formula as canonical text.
    pub(super) fn show_formula(&self, formula: &Formula) -> String {
        match formula {
            Formula::Number(value) => value.to_string(),
            Formula::Aggregate(id) => self.model.aggregates[id.0 as usize].text.clone(),
            Formula::Negate(inner) => format!("-{}", self.show_formula(inner)),
            Formula::Binary(operator, left, right) => {
                let part = |f: &Formula| match f {
                    Formula::Binary(..) => format!("({})", self.show_formula(f)),
                    _ => self.show_formula(f),
                };
                format!("{} {} {}", part(left), super::show::operator(*operator), part(right))
            }
        }
    }

    /// The sources that a formula reads.
    pub(super) fn sources_of(&self, formula: &Formula) -> Vec<usize> {
        let mut found = Vec::new();
        for id in formula.aggregates() {
            let source = self.model.aggregates[id.0 as usize].source;
            if !found.contains(&source) {
                found.push(source);
            }
        }
        found
    }
}

fn is_arithmetic(operator: BinaryOperator) -> bool {
    use BinaryOperator as B;
    matches!(operator, B::Add | B::Subtract | B::Multiply | B::Divide | B::Power)
}
