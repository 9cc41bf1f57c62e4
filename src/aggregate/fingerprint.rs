//! Expressions that mean the same wherever they were written.

use std::fmt::Write;

use crate::resolve::{RowExpr, RowNode};
use crate::syntax::BinaryOperator;

/// A text that two expressions share where they differ in their places alone.
pub(super) fn fingerprint(expr: &RowExpr) -> String {
    let mut text = String::new();
    let mut open = vec![expr];
    while let Some(expr) = open.pop() {
        // writing to a String cannot fail
        let _ = match &expr.node {
            RowNode::Number(value) => write!(text, "n{} ", value.normalize()),
            RowNode::Text(value) => write!(text, "t{value:?} "),
            RowNode::Boolean(value) => write!(text, "b{value} "),
            RowNode::Period(period) => write!(text, "p{}:{} ", period.start, period.end),
            RowNode::Column(index) => write!(text, "c{index} "),
            RowNode::Unary(operator, inner) => {
                open.push(inner);
                write!(text, "{operator:?} ")
            }
            RowNode::Binary(operator, left, right) => {
                open.extend([&**right, &**left]);
                write!(text, "{operator:?} ")
            }
            RowNode::Between(value, low, high) => {
                open.extend([&**high, &**low, &**value]);
                write!(text, "between ")
            }
            RowNode::In(value, items) => {
                open.extend(items.iter().rev());
                open.push(value);
                write!(text, "in{} ", items.len())
            }
            RowNode::IsEmpty(inner) => {
                open.push(inner);
                write!(text, "empty ")
            }
            RowNode::Call(name, arguments) => {
                open.extend(arguments.iter().rev());
                write!(text, "{name}{} ", arguments.len())
            }
            RowNode::Lookup { source, value, keys } => {
                open.extend(keys.iter().rev().map(|(_, key)| key));
                let columns: Vec<usize> = keys.iter().map(|(column, _)| *column).collect();
                write!(text, "lookup{source}.{value}{columns:?} ")
            }
        };
    }
    text
}

/// The conditions that a conjunction is made of, where nothing in it can go wrong: what goes wrong in a part behind
/// one that is false would not count.
pub(super) fn conjuncts(expr: &RowExpr) -> Vec<&RowExpr> {
    let mut parts = Vec::new();
    let mut open = vec![expr];
    while let Some(part) = open.pop() {
        match &part.node {
            RowNode::Binary(BinaryOperator::And, left, right) => open.extend([&**right, &**left]),
            _ => parts.push(part),
        }
    }
    if parts.iter().all(|part| is_plain(part)) { parts } else { vec![expr] }
}

fn is_plain(expr: &RowExpr) -> bool {
    let mut open = vec![expr];
    while let Some(expr) = open.pop() {
        match &expr.node {
            RowNode::Call(..) | RowNode::Lookup { .. } => return false,
            RowNode::Binary(operator, left, right) => {
                use BinaryOperator as B;
                if matches!(operator, B::Add | B::Subtract | B::Multiply | B::Divide | B::Power) {
                    return false;
                }
                open.extend([&**left, &**right]);
            }
            RowNode::Unary(_, inner) | RowNode::IsEmpty(inner) => open.push(inner),
            RowNode::Between(value, low, high) => open.extend([&**value, &**low, &**high]),
            RowNode::In(value, items) => {
                open.push(value);
                open.extend(items);
            }
            RowNode::Number(_) | RowNode::Text(_) | RowNode::Boolean(_) => {}
            RowNode::Period(_) | RowNode::Column(_) => {}
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::expression::testing::{at, bin, call, col, num, one_of, text};

    #[test]
    fn places_do_not_matter_and_all_else_does() {
        let condition = |place, value| at(place, bin(BinaryOperator::Equal, at(place, col(1)), text(value)));
        assert_eq!(fingerprint(&condition(1, "x")), fingerprint(&condition(9, "x")));
        assert_ne!(fingerprint(&condition(1, "x")), fingerprint(&condition(1, "y")));
        let list = |a: &[&str], b| {
            bin(BinaryOperator::And, one_of(col(0), a.iter().map(|t| text(t)).collect()), text(b))
        };
        assert_ne!(fingerprint(&list(&["a", "b"], "c")), fingerprint(&list(&["a"], "b")));
    }

    #[test]
    fn conjunctions_come_apart_where_nothing_can_go_wrong() {
        let equal = |index| bin(BinaryOperator::Equal, col(index), num("1"));
        let both = bin(BinaryOperator::And, bin(BinaryOperator::And, equal(0), equal(1)), equal(2));
        assert_eq!(conjuncts(&both), [&equal(0), &equal(1), &equal(2)]);
        let guarded = bin(
            BinaryOperator::And,
            equal(0),
            bin(BinaryOperator::Equal, call("SQRT", vec![col(1)]), num("1")),
        );
        assert_eq!(conjuncts(&guarded), [&guarded]);
    }
}
