//! How the numbers of a computed column are shown: as the columns it is made of, where they agree.

use crate::data::{Dataset, NumberShape};
use crate::resolve::{RowExpr, RowNode};
use crate::syntax::{BinaryOperator, UnaryOperator};

/// The shape of an expression's numbers.
pub(super) fn shape_of(expr: &RowExpr, dataset: &Dataset, source: usize) -> NumberShape {
    shape(expr, dataset, source).unwrap_or_default()
}

/// `None` of what has no shape of its own, such as a literal.
fn shape(expr: &RowExpr, dataset: &Dataset, source: usize) -> Option<NumberShape> {
    let column = |source: usize, index: usize| {
        let table = dataset.tables.get(source)?.as_ref()?;
        table.columns.iter().find(|((at, _), _)| *at == index).map(|(_, column)| column.shape.clone())
    };
    match &expr.node {
        RowNode::Column(index) => column(source, *index),
        RowNode::Lookup { source, value, .. } => column(*source, *value),
        RowNode::Unary(UnaryOperator::Negate, inner) => shape(inner, dataset, source),
        RowNode::Binary(operator, left, right) => {
            let (left, right) = (shape(left, dataset, source), shape(right, dataset, source));
            match operator {
                BinaryOperator::Add | BinaryOperator::Subtract => agreed([left, right]),
                BinaryOperator::Multiply => product(left, right),
                BinaryOperator::Divide => match (left, right) {
                    (Some(NumberShape::Money(a)), Some(NumberShape::Money(_))) if !a.is_empty() => None,
                    (Some(money @ NumberShape::Money(_)), _) => Some(money),
                    _ => None,
                },
                _ => None,
            }
        }
        RowNode::Call(name, arguments) => match name.as_str() {
            "ROUND" | "ROUNDUP" | "ROUNDDOWN" | "TRUNC" | "ABS" | "CEILING" | "FLOOR" | "MOD" => {
                arguments.first().and_then(|first| shape(first, dataset, source))
            }
            "MIN" | "MAX" | "COALESCE" | "IFERROR" => {
                agreed(arguments.iter().map(|argument| shape(argument, dataset, source)))
            }
            "IF" => agreed(arguments.iter().skip(1).map(|argument| shape(argument, dataset, source))),
            _ => None,
        },
        _ => None,
    }
}

/// The one shape of several, literals aside.
fn agreed(shapes: impl IntoIterator<Item = Option<NumberShape>>) -> Option<NumberShape> {
    let mut shapes = shapes.into_iter().flatten();
    let first = shapes.next()?;
    shapes.all(|shape| shape == first).then_some(first)
}

/// Money times a number is money; a share of anything is that thing.
fn product(left: Option<NumberShape>, right: Option<NumberShape>) -> Option<NumberShape> {
    match (left, right) {
        (Some(NumberShape::Money(_)), Some(NumberShape::Money(_))) => None,
        (Some(money @ NumberShape::Money(_)), _) | (_, Some(money @ NumberShape::Money(_))) => Some(money),
        (Some(NumberShape::Percent), Some(NumberShape::Percent)) => Some(NumberShape::Percent),
        (Some(NumberShape::Percent), other) | (other, Some(NumberShape::Percent)) => other,
        _ => None,
    }
}
