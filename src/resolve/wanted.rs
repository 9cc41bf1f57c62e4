//! The columns to load, each with its uses.

use std::collections::{BTreeMap, BTreeSet};

use crate::data::{Catalog, Kind, Use, Wanted, WantedSource};
use crate::syntax::{AggregateFunction, BinaryOperator, UnaryOperator};

use super::model::{Model, RowExpr, RowNode, SegmentForm};

#[derive(Default)]
struct Uses {
    columns: BTreeMap<usize, BTreeSet<(usize, Use)>>,
}

/// Everything that the model reads.
pub(super) fn wanted(model: &Model, catalog: &Catalog) -> Wanted {
    let mut uses = Uses::default();
    for aggregate in &model.aggregates {
        let wanted = match aggregate.function {
            AggregateFunction::CountDistinct => Use::Key,
            AggregateFunction::Count => Use::Any,
            AggregateFunction::Min | AggregateFunction::Max => Use::Number,
            _ => Use::Number,
        };
        uses.columns.entry(aggregate.source).or_default();
        if let Some(argument) = &aggregate.argument {
            uses.expr(argument, aggregate.source, wanted, catalog);
        }
        if let Some(filter) = &aggregate.filter {
            uses.expr(filter, aggregate.source, Use::Any, catalog);
        }
    }
    for column in &model.columns {
        if model.sources[column.source].used || uses.columns.contains_key(&column.source) {
            uses.expr(&column.expr, column.source, Use::Any, catalog);
        }
    }
    for goal in model.goals.iter().filter_map(|g| g.bound.as_ref()) {
        for segment in &goal.segments {
            match &segment.form {
                SegmentForm::Condition(parts) => {
                    parts.iter().for_each(|(source, expr)| uses.expr(expr, *source, Use::Any, catalog));
                }
                SegmentForm::Values { candidates, .. } => {
                    for (source, columns) in candidates {
                        columns.iter().for_each(|column| uses.add(*source, *column, Use::Key));
                    }
                }
            }
        }
        for (source, column) in goal.for_each.iter().flat_map(|f| &f.columns) {
            uses.add(*source, *column, Use::Key);
        }
    }
    if let Some(calendar) = &model.calendar_sheet {
        calendar.wanted.iter().for_each(|(column, wanted)| uses.add(calendar.source, *column, *wanted));
    }
    for (source, column, _) in model.potentials.iter().flat_map(|p| &p.by) {
        uses.add(*source, *column, Use::Key);
    }
    for (source, of) in model.sources.iter().enumerate() {
        if let Some(date) = of.date.filter(|_| uses.columns.contains_key(&source)) {
            uses.add(source, date, Use::Date);
        }
        if uses.columns.contains_key(&source) {
            of.ignore.iter().for_each(|condition| uses.expr(condition, source, Use::Any, catalog));
        }
    }
    uses.into_wanted(model, catalog)
}

impl Uses {
    fn add(&mut self, source: usize, column: usize, wanted: Use) {
        self.columns.entry(source).or_default().insert((column, wanted));
    }

    /// Walks an expression; `wanted` is what the place it stands in asks for.
    fn expr(&mut self, expr: &RowExpr, source: usize, wanted: Use, catalog: &Catalog) {
        use BinaryOperator as B;
        match &expr.node {
            RowNode::Number(_) | RowNode::Text(_) | RowNode::Boolean(_) | RowNode::Period(_) => {}
            RowNode::Column(column) => self.add(source, *column, wanted),
            RowNode::Unary(UnaryOperator::Negate, inner) => self.expr(inner, source, Use::Number, catalog),
            RowNode::Unary(UnaryOperator::Not, inner) | RowNode::IsEmpty(inner) => {
                self.expr(inner, source, Use::Any, catalog);
            }
            RowNode::Binary(operator, left, right) => {
                let (l, r) = match operator {
                    B::Add | B::Subtract => {
                        if [left, right].iter().any(|e| is_date(e, source, catalog)) {
                            (Use::Any, Use::Any)
                        } else {
                            (operand(left, source, catalog), operand(right, source, catalog))
                        }
                    }
                    B::Multiply | B::Divide | B::Power => {
                        (operand(left, source, catalog), operand(right, source, catalog))
                    }
                    B::Concatenate | B::Contains | B::StartsWith | B::EndsWith | B::Matches => {
                        (Use::Text, Use::Text)
                    }
                    B::And | B::Or => (Use::Any, Use::Any),
                    B::Equal | B::NotEqual => (
                        against(right, left, source, catalog, true),
                        against(left, right, source, catalog, true),
                    ),
                    B::Less | B::LessOrEqual | B::Greater | B::GreaterOrEqual => (
                        against(right, left, source, catalog, false),
                        against(left, right, source, catalog, false),
                    ),
                };
                self.expr(left, source, l, catalog);
                self.expr(right, source, r, catalog);
            }
            RowNode::Between(value, low, high) => {
                let u = against(low, value, source, catalog, false);
                self.expr(value, source, u, catalog);
                self.expr(low, source, u, catalog);
                self.expr(high, source, u, catalog);
            }
            RowNode::In(value, list) => {
                let u = list.first().map_or(Use::Key, |first| against(first, value, source, catalog, true));
                self.expr(value, source, u, catalog);
                list.iter().for_each(|item| self.expr(item, source, u, catalog));
            }
            RowNode::Call(name, arguments) => self.call(name, arguments, source, wanted, catalog),
            RowNode::Lookup { source: other, value, keys } => {
                self.add(*other, *value, if wanted == Use::Key { Use::Any } else { wanted });
                for (there, here) in keys {
                    self.add(*other, *there, Use::Key);
                    self.expr(here, source, Use::Key, catalog);
                }
            }
        }
    }

    fn call(&mut self, name: &str, arguments: &[RowExpr], source: usize, wanted: Use, catalog: &Catalog) {
        for (at, argument) in arguments.iter().enumerate() {
            // what a function passes through is needed as its own place asks for it
            let passes = match name {
                "IF" => at > 0,
                "IFERROR" | "COALESCE" => true,
                "IFS" => at % 2 == 1,
                _ => false,
            };
            let asked = if passes { wanted } else { super::functions::argument_use(name, at) };
            self.expr(argument, source, asked, catalog);
        }
    }

    fn into_wanted(self, model: &Model, catalog: &Catalog) -> Wanted {
        let sources = self
            .columns
            .into_iter()
            .map(|(source, columns)| {
                let in_sheet = catalog.sources[source].columns.len();
                let of = &model.sources[source];
                WantedSource {
                    source,
                    columns: columns.into_iter().filter(|(column, _)| *column < in_sheet).collect(),
                    date: of.date.filter(|date| *date < in_sheet),
                    complete_through: of.complete_through,
                }
            })
            .collect();
        Wanted { sources }
    }
}

fn kind(source: usize, column: usize, catalog: &Catalog) -> Option<Kind> {
    catalog.sources.get(source).and_then(|s| s.columns.get(column)).map(|c| c.kind)
}

/// What an operand of arithmetic is needed as: a column of another kind as what it is, for that to be said of the
/// expression and not of the column's cells.
fn operand(expr: &RowExpr, source: usize, catalog: &Catalog) -> Use {
    match &expr.node {
        RowNode::Column(column) => match kind(source, *column, catalog) {
            Some(Kind::Text | Kind::Boolean | Kind::Date) => Use::Any,
            _ => Use::Number,
        },
        _ => Use::Number,
    }
}

/// What a column is needed as where it is compared with `other`.
fn against(other: &RowExpr, own: &RowExpr, source: usize, catalog: &Catalog, identity: bool) -> Use {
    let numbers = |e: &RowExpr| match &e.node {
        RowNode::Column(column) => kind(source, *column, catalog) == Some(Kind::Number),
        _ => false,
    };
    match &other.node {
        RowNode::Text(_) if identity => Use::Key,
        // the kind is the column's own: with any other than text the comparison is refused
        RowNode::Text(_) => Use::Any,
        RowNode::Period(_) => Use::Date,
        RowNode::Boolean(_) => Use::Any,
        RowNode::Number(_) if identity && !numbers(own) => match &own.node {
            RowNode::Column(_) => Use::Key,
            _ => Use::Number,
        },
        RowNode::Number(_) | RowNode::Unary(..) | RowNode::Binary(..) => Use::Number,
        _ => Use::Any,
    }
}

fn is_date(expr: &RowExpr, source: usize, catalog: &Catalog) -> bool {
    match &expr.node {
        RowNode::Period(_) => true,
        RowNode::Column(column) => kind(source, *column, catalog) == Some(Kind::Date),
        _ => false,
    }
}
