//! What follows from a formula alone: how it behaves over time, its unit, whether it may be a proportion.

use rust_decimal::Decimal;

use crate::data::{self, Catalog, NumberShape, UnitOf};
use crate::quantity::{DurationUnit, Unit};
use crate::syntax::{AggregateFunction, BinaryOperator};

use super::model::{Aggregate, Formula, Model, Nature, RowExpr, RowNode};

/// Flow, stock, ratio or statistic (SPEC §3).
pub(super) fn nature_of(formula: &Formula, aggregates: &[Aggregate]) -> Nature {
    nature(formula, aggregates).unwrap_or(Nature::Statistic)
}

/// `None` for a number, which takes the nature of what it is combined with.
fn nature(formula: &Formula, aggregates: &[Aggregate]) -> Option<Nature> {
    match formula {
        Formula::Number(_) => None,
        Formula::Aggregate(id) => Some(match aggregates[id.0 as usize].function {
            AggregateFunction::Sum | AggregateFunction::Count => Nature::Flow { additive: true },
            AggregateFunction::CountDistinct => Nature::Flow { additive: false },
            AggregateFunction::First | AggregateFunction::Last => Nature::Stock,
            AggregateFunction::Average
            | AggregateFunction::Median
            | AggregateFunction::Min
            | AggregateFunction::Max
            | AggregateFunction::Percentile
            | AggregateFunction::Stdev => Nature::Statistic,
        }),
        Formula::Negate(inner) => nature(inner, aggregates),
        Formula::Binary(operator, left, right) => {
            let (left, right) = (nature(left, aggregates), nature(right, aggregates));
            match (operator, left, right) {
                (_, None, None) => None,
                (BinaryOperator::Divide, left, None) => left,
                (BinaryOperator::Multiply, None, some) | (BinaryOperator::Multiply, some, None) => some,
                (BinaryOperator::Add | BinaryOperator::Subtract, left, right) => Some(sum_of(left, right)),
                _ => Some(Nature::Ratio),
            }
        }
    }
}

/// The nature of a sum or difference.
fn sum_of(left: Option<Nature>, right: Option<Nature>) -> Nature {
    match (left, right) {
        (Some(Nature::Flow { additive: a }), Some(Nature::Flow { additive: b })) => {
            Nature::Flow { additive: a && b }
        }
        // a flow and a number no longer add up over time: each part would bring the number again
        (Some(Nature::Flow { .. }), None) | (None, Some(Nature::Flow { .. })) => {
            Nature::Flow { additive: false }
        }
        (Some(Nature::Stock), Some(Nature::Stock) | None) | (None, Some(Nature::Stock)) => Nature::Stock,
        (Some(Nature::Ratio), _) | (_, Some(Nature::Ratio)) => Nature::Ratio,
        _ => Nature::Statistic,
    }
}

/// A count over a count or a sum: what the data show decides the rest.
pub(super) fn maybe_proportion(formula: &Formula, aggregates: &[Aggregate]) -> bool {
    let Formula::Binary(BinaryOperator::Divide, above, below) = formula else { return false };
    let (Formula::Aggregate(above), Formula::Aggregate(below)) = (above.as_ref(), below.as_ref()) else {
        return false;
    };
    let counts =
        |f: AggregateFunction| matches!(f, AggregateFunction::Count | AggregateFunction::CountDistinct);
    let below = aggregates[below.0 as usize].function;
    counts(aggregates[above.0 as usize].function) && (counts(below) || below == AggregateFunction::Sum)
}

/// Whether one part alone of a ratio is money.
pub(super) fn is_money_per(formula: &Formula, model: &Model, catalog: &Catalog) -> bool {
    let Formula::Binary(BinaryOperator::Divide, above, below) = formula else { return false };
    let money = |f: &Formula| matches!(unit_of(f, model, catalog), Unit::Money(_));
    money(above) != money(below)
}

/// The unit that the columns' formats give a formula; plain where they give none.
pub(super) fn unit_of(formula: &Formula, model: &Model, catalog: &Catalog) -> Unit {
    // a declared metric inside another one brings its declared unit
    if let Some(metric) = model.metrics.iter().find(|m| m.unit_declared && m.formula == *formula) {
        return metric.unit.clone();
    }
    match formula {
        Formula::Number(_) => Unit::None,
        Formula::Aggregate(id) => {
            let aggregate = &model.aggregates[id.0 as usize];
            match (aggregate.function, &aggregate.argument) {
                (AggregateFunction::Count | AggregateFunction::CountDistinct, _) | (_, None) => Unit::None,
                (_, Some(argument)) => unit_of_row(argument, aggregate.source, model, catalog),
            }
        }
        Formula::Negate(inner) => unit_of(inner, model, catalog),
        Formula::Binary(operator, left, right) => {
            combine(*operator, unit_of(left, model, catalog), unit_of(right, model, catalog), true)
        }
    }
}

/// The same of an expression over rows.
pub(super) fn unit_of_row(expr: &RowExpr, source: usize, model: &Model, catalog: &Catalog) -> Unit {
    let unit = |e: &RowExpr| unit_of_row(e, source, model, catalog);
    match &expr.node {
        RowNode::Column(at) => match catalog.sources.get(source).and_then(|s| s.columns.get(*at)) {
            Some(info) => match &info.shape {
                NumberShape::Plain => info.unit.as_deref().map_or(Unit::None, unit_in),
                NumberShape::Percent => Unit::Percent,
                NumberShape::Money(code) => Unit::Money(code.clone()),
                NumberShape::Duration => Unit::Duration(DurationUnit::Day),
            },
            None => {
                let computed = model.columns.iter().find(|c| c.source == source && c.index == *at);
                computed.map_or(Unit::None, |c| unit(&c.expr))
            }
        },
        RowNode::Unary(_, inner) => unit(inner),
        RowNode::Binary(operator, left, right) => combine(*operator, unit(left), unit(right), false),
        RowNode::Call(name, arguments) => match (name.as_str(), arguments.as_slice()) {
            ("IF", [_, yes, no]) => either(unit(yes), unit(no)),
            ("ROUND" | "ROUNDUP" | "ROUNDDOWN" | "ABS" | "INT", [first, ..]) => unit(first),
            ("COALESCE" | "IFERROR" | "MIN" | "MAX", many) => many.iter().map(unit).fold(Unit::None, either),
            _ => Unit::None,
        },
        _ => Unit::None,
    }
}

/// The unit of plain numbers below a header that names one.
fn unit_in(text: &str) -> Unit {
    match data::unit_meaning(text) {
        Some(UnitOf::Money(code, 1)) => Unit::Money(code),
        Some(UnitOf::Seconds(86_400)) => Unit::Duration(DurationUnit::Day),
        Some(UnitOf::Seconds(3600)) => Unit::Duration(DurationUnit::Hour),
        Some(UnitOf::Seconds(60)) => Unit::Duration(DurationUnit::Minute),
        Some(UnitOf::Seconds(_)) => Unit::Duration(DurationUnit::Second),
        _ => Unit::Named(text.to_owned()),
    }
}

/// What brings amounts in one unit to another: hours to minutes, `T€` to euros, `%` to shares.
pub(super) fn factor(from: &Unit, to: &Unit) -> Option<Decimal> {
    let seconds = |unit: &Unit| match unit {
        Unit::Duration(unit) => unit.seconds(),
        _ => None,
    };
    match (from, to) {
        (Unit::Named(text), Unit::Money(code)) => match data::unit_meaning(text)? {
            UnitOf::Money(own, factor) if crate::quantity::same_sign(&own, code) => {
                Some(Decimal::from(factor))
            }
            _ => None,
        },
        (Unit::Named(text), Unit::Percent) if data::unit_meaning(text)? == UnitOf::Percent => {
            Some(Decimal::new(1, 2))
        }
        _ => Decimal::from(seconds(from)?).checked_div(Decimal::from(seconds(to)?)),
    }
    .filter(|factor| *factor != Decimal::ONE)
}

fn either(a: Unit, b: Unit) -> Unit {
    if a == Unit::None { b } else { a }
}

fn combine(operator: BinaryOperator, left: Unit, right: Unit, of_aggregates: bool) -> Unit {
    match operator {
        BinaryOperator::Add | BinaryOperator::Subtract => either(left, right),
        BinaryOperator::Multiply => match (left, right) {
            (Unit::Money(code), _) | (_, Unit::Money(code)) => Unit::Money(code),
            (Unit::Percent, other) | (other, Unit::Percent) => other,
            (left, right) => either(left, right),
        },
        BinaryOperator::Divide => match (left, right) {
            (Unit::Money(_), Unit::Money(_)) if of_aggregates => Unit::Percent,
            (Unit::Money(_), Unit::Money(_)) => Unit::None,
            // two amounts in thousands of one currency are a share, as two of the currency itself
            (Unit::Named(a), Unit::Named(b)) if a == b => match data::unit_meaning(&a) {
                Some(UnitOf::Money(..)) if of_aggregates => Unit::Percent,
                _ => Unit::None,
            },
            (Unit::Duration(a), Unit::Duration(b)) if a == b => Unit::None,
            (left, _) => left,
        },
        _ => Unit::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::AggregateId;

    fn aggregate(function: AggregateFunction) -> Aggregate {
        Aggregate { source: 0, function, argument: None, share: None, filter: None, text: String::new() }
    }

    fn binary(operator: BinaryOperator, left: Formula, right: Formula) -> Formula {
        Formula::Binary(operator, Box::new(left), Box::new(right))
    }

    #[test]
    fn natures_follow_the_spec() {
        use AggregateFunction as F;
        let all = [F::Sum, F::CountDistinct, F::Last, F::Average].map(aggregate);
        let at = |n| Formula::Aggregate(AggregateId(n));
        let number = || Formula::Number(2.into());
        assert_eq!(nature_of(&at(0), &all), Nature::Flow { additive: true });
        assert_eq!(nature_of(&at(1), &all), Nature::Flow { additive: false });
        assert_eq!(nature_of(&at(2), &all), Nature::Stock);
        assert_eq!(nature_of(&at(3), &all), Nature::Statistic);
        assert_eq!(nature_of(&binary(BinaryOperator::Divide, at(0), at(1)), &all), Nature::Ratio);
        assert_eq!(
            nature_of(&binary(BinaryOperator::Divide, at(0), number()), &all),
            Nature::Flow { additive: true }
        );
        let one_minus =
            binary(BinaryOperator::Subtract, number(), binary(BinaryOperator::Divide, at(0), at(1)));
        assert_eq!(nature_of(&one_minus, &all), Nature::Ratio);
    }

    #[test]
    fn a_count_over_a_count_may_be_a_proportion() {
        use AggregateFunction as F;
        let all = [F::CountDistinct, F::Sum].map(aggregate);
        let at = |n| Formula::Aggregate(AggregateId(n));
        assert!(maybe_proportion(&binary(BinaryOperator::Divide, at(0), at(1)), &all));
        assert!(!maybe_proportion(&binary(BinaryOperator::Divide, at(1), at(0)), &all));
    }
}
