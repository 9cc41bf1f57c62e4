//! [`Formula`] + values of its aggregates → one exact decimal.

use rust_decimal::Decimal;

use crate::quantity::{decimal_from_f64, f64_from_decimal};
use crate::resolve::{AggregateId, Formula};
use crate::syntax::BinaryOperator;

/// Why a formula has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NoValue {
    /// An aggregate of it has no value: an average of nothing, a stock without a row on its date.
    Missing(AggregateId),
    /// A divisor is zero; the first aggregate of the divisor, where it has one.
    DivisionByZero(Option<AggregateId>),
    /// A part lies beyond what a decimal holds (7.9e28).
    Overflow,
    /// A power that is no real number: `(-2) ^ 0.5`, `0 ^ 0`.
    Undefined,
    /// An operator that no formula has; resolve lets only arithmetic through.
    NotArithmetic,
}

/// The value of a formula: sums, differences and products exact, quotients to 28 digits, powers to 15.
///
/// The first part without a value, from the left, says why there is none.
pub fn evaluate(
    formula: &Formula,
    lookup: &impl Fn(AggregateId) -> Option<Decimal>,
) -> Result<Decimal, NoValue> {
    match formula {
        Formula::Number(value) => Ok(*value),
        Formula::Aggregate(id) => lookup(*id).ok_or(NoValue::Missing(*id)),
        Formula::Negate(inner) => evaluate(inner, lookup).map(|value| -value),
        Formula::Binary(operator, left, right) => {
            let (a, b) = (evaluate(left, lookup)?, evaluate(right, lookup)?);
            match operator {
                BinaryOperator::Add => a.checked_add(b).ok_or(NoValue::Overflow),
                BinaryOperator::Subtract => a.checked_sub(b).ok_or(NoValue::Overflow),
                BinaryOperator::Multiply => a.checked_mul(b).ok_or(NoValue::Overflow),
                BinaryOperator::Divide if b.is_zero() => {
                    Err(NoValue::DivisionByZero(right.aggregates().first().copied()))
                }
                BinaryOperator::Divide => a.checked_div(b).ok_or(NoValue::Overflow),
                BinaryOperator::Power => power(a, b),
                _ => Err(NoValue::NotArithmetic),
            }
        }
    }
}

/// `base ^ exponent` in doubles, to 15 digits.
fn power(base: Decimal, exponent: Decimal) -> Result<Decimal, NoValue> {
    if base.is_zero() {
        return match exponent {
            e if e.is_zero() => Err(NoValue::Undefined),
            e if e.is_sign_negative() => Err(NoValue::DivisionByZero(None)),
            _ => Ok(Decimal::ZERO),
        };
    }
    let value = libm::pow(f64_from_decimal(base), f64_from_decimal(exponent));
    if value.is_nan() {
        return Err(NoValue::Undefined);
    }
    decimal_from_f64(value).ok_or(NoValue::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Formula {
        Formula::Number(text.parse().unwrap())
    }

    fn binary(operator: BinaryOperator, left: Formula, right: Formula) -> Formula {
        Formula::Binary(operator, Box::new(left), Box::new(right))
    }

    #[track_caller]
    fn case(formula: &Formula, expected: Result<&str, NoValue>) {
        let values = |id: AggregateId| match id.0 {
            0 => Some(Decimal::from(110_000)),
            1 => Some(Decimal::ZERO),
            _ => None,
        };
        let found = evaluate(formula, &values).map(|value| value.normalize().to_string());
        assert_eq!(found, expected.map(str::to_owned));
    }

    #[test]
    fn amounts_are_exact() {
        use BinaryOperator::{Add, Divide, Multiply, Power, Subtract};
        case(&binary(Add, number("0.1"), number("0.2")), Ok("0.3"));
        case(&binary(Multiply, number("100000"), number("1.10")), Ok("110000"));
        case(&binary(Subtract, Formula::Aggregate(AggregateId(0)), number("110000")), Ok("0"));
        case(&binary(Divide, number("1"), number("3")), Ok("0.3333333333333333333333333333"));
        case(&binary(Power, number("1.1"), number("2")), Ok("1.21"));
        case(&binary(Power, number("2"), number("-1")), Ok("0.5"));
        case(&binary(Power, number("2"), number("0.5")), Ok("1.4142135623731"));
        case(&Formula::Negate(Box::new(number("4"))), Ok("-4"));
    }

    #[test]
    fn what_has_no_value_says_why() {
        use BinaryOperator::{And, Divide, Multiply, Power};
        let visits = || Formula::Aggregate(AggregateId(1));
        case(&binary(Divide, number("1"), visits()), Err(NoValue::DivisionByZero(Some(AggregateId(1)))));
        case(&binary(Divide, number("1"), number("0.0")), Err(NoValue::DivisionByZero(None)));
        case(
            &binary(Divide, Formula::Aggregate(AggregateId(7)), visits()),
            Err(NoValue::Missing(AggregateId(7))),
        );
        case(&binary(Multiply, number("7e28"), number("7e28")), Err(NoValue::Overflow));
        case(&binary(Power, number("10"), number("40")), Err(NoValue::Overflow));
        case(&binary(Power, number("-2"), number("0.5")), Err(NoValue::Undefined));
        case(&binary(Power, number("0"), number("0")), Err(NoValue::Undefined));
        case(&binary(And, number("1"), number("1")), Err(NoValue::NotArithmetic));
    }
}
