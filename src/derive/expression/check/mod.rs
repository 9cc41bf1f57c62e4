//! [`RowExpr`] + [`Schema`] → [`Typed`]: every operand of every operator tested, before any row is evaluated.

mod calls;
mod comparison;
mod operators;

use crate::data::Kind;
use crate::derive::errors::{self, Operand};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::quantity::f64_from_decimal;
use crate::resolve::{RowExpr, RowNode};
use crate::source::Span;
use crate::syntax::UnaryOperator;

use super::days::day_number;
use super::lift;
use super::schema::Schema;
use super::typed::{Typed, TypedNode};

/// Levels that an expression may have: recursion stays far from the end of any stack.
const DEPTH: usize = 128;

/// The typed form of an expression over the rows of a source. The diagnostics are empty where all there is to say
/// was said of a column that it needs.
pub fn check(expr: &RowExpr, schema: &Schema, source: usize) -> Result<Typed, Diagnostics> {
    check_as(expr, schema, source, &[])
}

/// The typed form of an expression of which values of one of these kinds are expected; a column loaded for several
/// uses is taken as the first of them. That the kind is one of them is the caller's to test.
pub fn check_as(
    expr: &RowExpr,
    schema: &Schema,
    source: usize,
    kinds: &[Kind],
) -> Result<Typed, Diagnostics> {
    let mut checker = Checker { schema, source, diagnostics: Diagnostics::new(), lookups: 0, depth: 0 };
    match checker.expr(expr, kinds) {
        Some(typed) if checker.diagnostics.is_empty() => Ok(lift::lift(typed)),
        _ => Err(checker.diagnostics),
    }
}

/// The typed form of a condition.
pub fn check_condition(expr: &RowExpr, schema: &Schema, source: usize) -> Result<Typed, Diagnostics> {
    let typed = check_as(expr, schema, source, &[Kind::Boolean])?;
    if matches!(typed.kind, Kind::Boolean | Kind::Empty) {
        return Ok(typed);
    }
    let operand = Operand { span: expr.span, kind: typed.kind, column: column_name(expr, schema, source) };
    Err(std::iter::once(errors::no_condition(&operand)).collect())
}

pub(super) fn column_name(expr: &RowExpr, schema: &Schema, source: usize) -> Option<String> {
    match expr.node {
        RowNode::Column(index) => Some(schema.name(source, index).to_owned()),
        _ => None,
    }
}

/// Checks the expressions of one source.
struct Checker<'s> {
    schema: &'s Schema,
    source: usize,
    diagnostics: Diagnostics,
    lookups: usize,
    depth: usize,
}

impl Checker<'_> {
    /// Types an expression, `None` where its fault is said; `kinds` are those a column is best taken as.
    fn expr(&mut self, expr: &RowExpr, kinds: &[Kind]) -> Option<Typed> {
        if self.depth >= DEPTH {
            return self.refuse(errors::too_deep(expr.span, DEPTH));
        }
        self.depth += 1;
        let typed = self.node(expr, kinds);
        self.depth -= 1;
        typed
    }

    fn node(&mut self, expr: &RowExpr, kinds: &[Kind]) -> Option<Typed> {
        let span = expr.span;
        match &expr.node {
            RowNode::Number(value) => {
                Some(Typed::new(TypedNode::Number(f64_from_decimal(*value)), Kind::Number, span))
            }
            RowNode::Text(text) => Some(text_literal(text, span)),
            RowNode::Boolean(value) => Some(Typed::new(TypedNode::Boolean(*value), Kind::Boolean, span)),
            RowNode::Period(period) if period.days() == 1 => {
                Some(Typed::new(TypedNode::Day(day_number(period.start)), Kind::Date, span))
            }
            RowNode::Period(period) => self.refuse(errors::day_wanted(span, *period)),
            RowNode::Column(index) => self.column(*index, kinds, span),
            RowNode::Unary(UnaryOperator::Negate, inner) => {
                let inner = self.operand(inner, &[Kind::Number], "-")?;
                Some(Typed::new(TypedNode::Negate(Box::new(inner)), Kind::Number, span))
            }
            RowNode::Unary(UnaryOperator::Not, inner) => {
                let inner = self.operand(inner, &[Kind::Boolean], "not")?;
                Some(Typed::new(TypedNode::Not(Box::new(inner)), Kind::Boolean, span))
            }
            RowNode::Binary(operator, left, right) => self.binary(*operator, left, right, span),
            RowNode::Between(value, low, high) => self.between(value, low, high, span),
            RowNode::In(value, items) => self.member(value, items, span),
            RowNode::IsEmpty(inner) => {
                let inner = self.expr(inner, &[])?;
                Some(Typed::new(TypedNode::IsEmpty(Box::new(inner)), Kind::Boolean, span))
            }
            RowNode::Call(name, arguments) => self.call(name, arguments, kinds, span),
            RowNode::Lookup { source, value, keys } => self.lookup(*source, *value, keys, kinds, span),
        }
    }

    fn column(&mut self, index: usize, kinds: &[Kind], span: Span) -> Option<Typed> {
        if !self.schema.has(self.source, index) {
            return self.refuse(errors::column_not_read(span));
        }
        let (key, kind) = self.schema.choose(self.source, index, kinds)?;
        let node = if kind == Kind::Empty { TypedNode::Missing } else { TypedNode::Column(key) };
        Some(Typed::new(node, kind, span))
    }

    /// Types an operand that must be of one of these kinds.
    fn operand(&mut self, expr: &RowExpr, kinds: &[Kind], of: &str) -> Option<Typed> {
        let typed = self.expr(expr, kinds)?;
        if typed.kind == Kind::Empty || kinds.contains(&typed.kind) {
            return Some(typed);
        }
        let operand = self.described(expr, typed.kind);
        self.refuse(errors::wrong_operand(of, kinds, &operand))
    }

    fn described(&self, expr: &RowExpr, kind: Kind) -> Operand {
        Operand { span: expr.span, kind, column: column_name(expr, self.schema, self.source) }
    }

    fn refuse<T>(&mut self, diagnostic: Diagnostic) -> Option<T> {
        self.diagnostics.push(diagnostic);
        None
    }
}

/// Text as a literal; one of blanks alone is a missing value.
fn text_literal(text: &str, span: Span) -> Typed {
    if text.trim().is_empty() {
        Typed::new(TypedNode::Missing, Kind::Empty, span)
    } else {
        Typed::new(TypedNode::Text(text.to_owned()), Kind::Text, span)
    }
}

/// The one kind of several values, where they have one; missing ones have any.
fn common_kind(values: &[Typed]) -> Result<Kind, usize> {
    let mut common = Kind::Empty;
    for (at, value) in values.iter().enumerate() {
        match (common, value.kind) {
            (_, Kind::Empty) => {}
            (Kind::Empty, kind) => common = kind,
            (kind, found) if kind == found => {}
            _ => return Err(at),
        }
    }
    Ok(common)
}
