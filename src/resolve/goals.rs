//! Goals: their metric, filters, `for each` column and targets bound.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::names::fold;
use crate::quantity::Unit;
use crate::source::{Span, Spanned};
use crate::syntax::{AggregateFunction, Change, Comparison, Goal, Level, Name, Statement};

use super::errors;
use super::failure::{Bound, Failure};
use super::model::{
    BoundGoal, ForEachModel, Formula, GoalModel, MetricId, Nature, OutlineItem, PotentialModel, RowExpr,
    RowNode, SheetTarget,
};
use super::nature::{factor, unit_of_row};
use super::phrase::is_share_name;
use super::resolver::Resolver;
use super::scope::Match;

impl Resolver<'_> {
    /// Binds every goal in file order, with the headings above it.
    pub(super) fn goals(&mut self) {
        let program = self.program;
        let mut path: Vec<(u32, String)> = Vec::new();
        for statement in &program.statements {
            let (text, span, goal) = match &statement.node {
                Statement::Heading(heading) => {
                    path.retain(|(level, _)| *level < heading.level);
                    path.push((heading.level, heading.text.clone()));
                    self.model
                        .outline
                        .push(OutlineItem::Heading(Spanned::new(heading.clone(), statement.span)));
                    continue;
                }
                Statement::Goal(goal) => (goal.text.node.clone(), goal.text.span, Some(goal)),
                Statement::Invalid(invalid) if invalid.is_goal => {
                    (invalid.text.clone(), statement.span, None)
                }
                _ => continue,
            };
            let bound = goal.and_then(|goal| {
                let bound = self.goal(goal);
                self.settle(bound)
            });
            self.model.outline.push(OutlineItem::Goal(self.model.goals.len()));
            self.model.goals.push(GoalModel {
                line: self.text.line(span),
                text,
                span,
                path: path.iter().map(|(_, text)| text.clone()).collect(),
                goal: goal.cloned(),
                bound,
            });
        }
        self.shares();
        self.check_supports();
    }

    /// Plain ratios that are shares, by their name or by how a goal speaks of them, are shown in percent.
    fn shares(&mut self) {
        let spoken: BTreeSet<u32> = self
            .model
            .goals
            .iter()
            .filter_map(|g| Some((g.goal.as_ref()?, g.bound.as_ref()?.metric.0)))
            .filter(|(goal, _)| speaks_of_shares(&goal.change.node))
            .map(|(_, metric)| metric)
            .collect();
        let language = self.model.language;
        for (at, metric) in self.model.metrics.iter_mut().enumerate() {
            let plain = metric.unit == Unit::None && !metric.unit_declared && !metric.money_per;
            let named = metric.name.as_deref().is_some_and(|name| is_share_name(name, language));
            if plain && metric.nature == Nature::Ratio && (named || spoken.contains(&(at as u32))) {
                metric.unit = Unit::Percent;
            }
        }
    }

    fn goal(&mut self, goal: &Goal) -> Bound<BoundGoal> {
        let metric = self.phrase(&goal.metric, Some(&goal.change.node))?;
        let mut sources = self.sources_of(&self.model.metrics[metric.0 as usize].formula.clone());
        let target = self.sheet_target(&goal.change.node, metric)?;
        let compared_to = match goal.comparison.as_ref().map(|c| (&c.node, c.span)) {
            Some((Comparison::Sheet(sheet), span)) => Some(self.compared_to(metric, sheet, span)?),
            _ => None,
        };
        for source in &sources {
            self.date_of(*source, goal.text.span)?;
            // the rows that a goal reads are told with it
            self.add_aggregate(*source, AggregateFunction::Count, None, None, None);
        }
        let reads = sources.clone();
        if let Some(target) = &target {
            let source = self.model.aggregates[target.aggregate.0 as usize].source;
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
        if let Some(id) = compared_to {
            for source in self.sources_of(&self.model.metrics[id.0 as usize].formula.clone()) {
                if !sources.contains(&source) {
                    sources.push(source);
                }
            }
        }
        let for_each = goal.for_each.as_ref().map(|name| self.for_each(name, &sources)).transpose()?;
        let segments =
            goal.segments.iter().map(|segment| self.segment(segment, &sources)).collect::<Bound<Vec<_>>>()?;
        Ok(BoundGoal { metric, sources: reads, segments, for_each, target, compared_to })
    }

    fn for_each(&mut self, name: &Name, sources: &[usize]) -> Bound<ForEachModel> {
        let mut columns = Vec::new();
        for source in sources {
            match self.column_in(*source, name)? {
                Some(column) => columns.push((*source, column)),
                None => return Err(self.lacking(name, *source, sources)),
            }
        }
        let shown = columns.first().map_or_else(
            || name.text.clone(),
            |(source, column)| self.model.sources[*source].columns[*column].clone(),
        );
        Ok(ForEachModel { name: shown, columns, span: name.span })
    }

    /// A column that a filter needs and one source lacks.
    pub(super) fn lacking(&self, name: &Name, source: usize, sources: &[usize]) -> Failure {
        let having = sources.iter().find(|s| self.columns[**s].find(&name.text) != Match::None);
        match having {
            Some(having) => errors::segment_column_missing(
                name.span,
                &name.text,
                &self.source_shown(source),
                &self.source_shown(*having),
            )
            .into(),
            None => {
                let place = format!("`{}`", self.source_shown(source));
                errors::unknown_column(name.span, &name.text, &place, &self.model.sources[source].columns)
                    .into()
            }
        }
    }

    /// `to targets.amount`.
    fn sheet_target(&mut self, change: &Change, metric: MetricId) -> Bound<Option<SheetTarget>> {
        let level = match change {
            Change::Level(level)
            | Change::AtLeast(level)
            | Change::AtMost(level)
            | Change::Above(level)
            | Change::Below(level) => level,
            Change::Between(Level::Column(name), _) | Change::Between(_, Level::Column(name)) => {
                return Err(errors::between_needs_numbers(name.span).into());
            }
            _ => return Ok(None),
        };
        let Level::Column(name) = level else { return Ok(None) };
        let Some(qualifier) = &name.source else {
            return Err(errors::target_needs_source(name.span, &name.text).into());
        };
        let source = self.source_named(qualifier, name.span)?;
        let Some(column) = self.column_in(source, &Name { source: None, ..name.clone() })? else {
            let place = format!("`{}`", self.source_shown(source));
            let columns = self.model.sources[source].columns.clone();
            return Err(errors::unknown_column(name.span, &name.text, &place, &columns).into());
        };
        let argument = RowExpr { node: RowNode::Column(column), span: name.span };
        let own = unit_of_row(&argument, source, &self.model, self.catalog);
        // a target in thousands is brought to the unit of the metric, and the other way round
        let unit = &self.model.metrics[metric.0 as usize].unit;
        let scale = factor(&own, unit)
            .or_else(|| factor(unit, &own).and_then(|factor| rust_decimal::Decimal::ONE.checked_div(factor)));
        let argument = match scale {
            Some(scale) => argument.times(scale),
            None => argument,
        };
        let aggregate = self.add_aggregate(source, AggregateFunction::Sum, Some(argument), None, None);
        let dated = self.date_column(source).is_some();
        Ok(Some(SheetTarget { aggregate, dated }))
    }

    /// The metric over the rows of another sheet, its columns found there by name.
    fn compared_to(&mut self, metric: MetricId, sheet: &str, span: Span) -> Bound<MetricId> {
        let source = self.source_named(sheet, span)?;
        let formula = self.model.metrics[metric.0 as usize].formula.clone();
        let moved = self.moved(&formula, source, span)?;
        self.date_of(source, span)?;
        let mut other = self.model.metrics[metric.0 as usize].clone();
        other.text = self.show_formula(&moved);
        other.formula = moved;
        other.name = None;
        Ok(self.add_metric(other))
    }

    fn moved(&mut self, formula: &Formula, to: usize, span: Span) -> Bound<Formula> {
        Ok(match formula {
            Formula::Number(value) => Formula::Number(*value),
            Formula::Negate(inner) => Formula::Negate(Box::new(self.moved(inner, to, span)?)),
            Formula::Binary(operator, left, right) => Formula::Binary(
                *operator,
                Box::new(self.moved(left, to, span)?),
                Box::new(self.moved(right, to, span)?),
            ),
            Formula::Aggregate(id) => {
                let a = self.model.aggregates[id.0 as usize].clone();
                let from = a.source;
                let argument = a.argument.map(|e| self.moved_row(e, from, to, span)).transpose()?;
                let filter = a.filter.map(|e| self.moved_row(e, from, to, span)).transpose()?;
                Formula::Aggregate(self.add_aggregate(to, a.function, argument, a.share, filter))
            }
        })
    }

    fn moved_row(&mut self, expr: RowExpr, from: usize, to: usize, span: Span) -> Bound<RowExpr> {
        let mut failure = None;
        let moved = expr.map_columns(&mut |column| {
            let name = Name { text: self.model.sources[from].columns[column].clone(), source: None, span };
            match self.column_in(to, &name) {
                Ok(Some(there)) => there,
                Ok(None) => {
                    failure.get_or_insert_with(|| self.lacking(&name, to, &[from, to]));
                    column
                }
                Err(said) => {
                    failure.get_or_insert(said);
                    column
                }
            }
        });
        failure.map_or(Ok(moved), Err)
    }

    /// `find potential in METRIC by COLUMN`.
    pub(super) fn potentials(&mut self) {
        let program = self.program;
        for statement in &program.statements {
            let Statement::Potential(potential) = &statement.node else { continue };
            let bound = self.phrase(&potential.metric, None).and_then(|metric| {
                let formula = self.model.metrics[metric.0 as usize].formula.clone();
                let sources = self.sources_of(&formula);
                let mut by = Vec::new();
                for name in &potential.by {
                    for source in &sources {
                        let Some(column) = self.column_in(*source, name)? else {
                            return Err(self.lacking(name, *source, &sources));
                        };
                        by.push((*source, column, self.model.sources[*source].columns[column].clone()));
                    }
                }
                Ok(PotentialModel { metric, by, span: statement.span })
            });
            if let Some(potential) = self.settle(bound) {
                self.model.potentials.push(potential);
            }
        }
    }

    /// `supports:` has to name a goal.
    fn check_supports(&mut self) {
        let labels: BTreeSet<String> = self
            .model
            .goals
            .iter()
            .filter_map(|g| g.goal.as_ref()?.label.as_ref().map(|l| l.node.clone()))
            .collect();
        let labels: Vec<String> = labels.into_iter().collect();
        let known: BTreeSet<String> = labels.iter().map(|label| fold(label)).collect();
        let unknown: Vec<Diagnostic> = self
            .model
            .goals
            .iter()
            .filter_map(|g| g.goal.as_ref())
            .flat_map(|g| &g.clauses.supports)
            .filter(|named| !known.contains(&fold(&named.node)))
            .map(|named| errors::unknown_goal(named.span, &named.node, &labels))
            .collect();
        for diagnostic in unknown {
            self.say(diagnostic);
        }
    }
}

/// Whether a change is in points, or a level in percent.
fn speaks_of_shares(change: &Change) -> bool {
    let percent = |level: &Level| matches!(level, Level::Amount(q) if q.unit == Unit::Percent);
    match change {
        Change::Points(_) => true,
        Change::Level(level) | Change::AtLeast(level) | Change::AtMost(level) => percent(level),
        Change::Above(level) | Change::Below(level) => percent(level),
        Change::Between(low, high) => percent(low) || percent(high),
        Change::FromTo { to, .. } => to.unit == Unit::Percent,
        Change::Percent(_) | Change::Amount(_) | Change::Factor(_) => false,
    }
}
