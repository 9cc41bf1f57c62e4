//! Bound expressions as canonical text: column names as in the header, one blank around operators.

use crate::names::fold;
use crate::syntax::{BinaryOperator, UnaryOperator};

use super::model::{RowExpr, RowNode};

/// A row expression as text that parses to itself; `names` are the columns of its source.
pub fn show_row(expr: &RowExpr, names: &[String]) -> String {
    let inner = |e: &RowExpr| match e.node {
        RowNode::Binary(..) | RowNode::Between(..) => format!("({})", show_row(e, names)),
        _ => show_row(e, names),
    };
    let list = |items: &[RowExpr]| items.iter().map(|e| show_row(e, names)).collect::<Vec<_>>().join(", ");
    match &expr.node {
        RowNode::Number(value) => value.normalize().to_string(),
        RowNode::Text(text) => quoted(text),
        RowNode::Boolean(value) => value.to_string(),
        RowNode::Period(period) if period.days() == 1 => period.start.to_string(),
        RowNode::Period(period) => format!("{} to {}", period.start, period.last_day()),
        RowNode::Column(at) => names.get(*at).map_or_else(|| format!("column {at}"), |n| column(n)),
        RowNode::Unary(UnaryOperator::Negate, value) => format!("-{}", inner(value)),
        RowNode::Unary(UnaryOperator::Not, value) => match &value.node {
            RowNode::IsEmpty(of) => format!("{} is present", inner(of)),
            _ => format!("not {}", inner(value)),
        },
        RowNode::Binary(op, left, right) => format!("{} {} {}", inner(left), operator(*op), inner(right)),
        RowNode::Between(value, low, high) => {
            format!("{} between {} and {}", inner(value), inner(low), inner(high))
        }
        RowNode::In(value, items) => format!("{} in ({})", inner(value), list(items)),
        RowNode::IsEmpty(value) => format!("{} is empty", inner(value)),
        RowNode::Call(name, arguments) => format!("{}({})", name.to_lowercase(), list(arguments)),
        RowNode::Lookup { source, value, keys } => {
            let keys: Vec<String> = keys.iter().map(|(_, key)| show_row(key, names)).collect();
            format!("lookup({source}.{value}, {})", keys.join(", "))
        }
    }
}

/// A column's name, in brackets where it would not read as a name.
pub(super) fn column(name: &str) -> String {
    let words_end =
        ["and", "or", "not", "in", "is", "contains", "starts", "ends", "matches", "between", "where"];
    let plain = !name.is_empty()
        && name.chars().all(|c| c.is_alphanumeric() || c == ' ' || c == '_')
        && name.chars().next().is_some_and(char::is_alphabetic)
        && !name.split(' ').any(|word| words_end.contains(&fold(word).as_str()));
    if plain { name.to_owned() } else { format!("[{name}]") }
}

/// A text in double quotes, quotes doubled.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// An operator as it is written.
pub(super) fn operator(operator: BinaryOperator) -> &'static str {
    use BinaryOperator as B;
    match operator {
        B::Add => "+",
        B::Subtract => "-",
        B::Multiply => "*",
        B::Divide => "/",
        B::Power => "^",
        B::Concatenate => "&",
        B::Equal => "=",
        B::NotEqual => "<>",
        B::Less => "<",
        B::LessOrEqual => "<=",
        B::Greater => ">",
        B::GreaterOrEqual => ">=",
        B::And => "and",
        B::Or => "or",
        B::Contains => "contains",
        B::StartsWith => "starts with",
        B::EndsWith => "ends with",
        B::Matches => "matches",
    }
}
