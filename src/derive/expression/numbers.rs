//! Numbers of a batch of rows; NaN is missing.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};

use crate::data::MISSING_DAY;
use crate::derive::RowFunction;

use super::days::{date_difference, date_of, week_number, weekday, working_days};
use super::fault::{Fault, Mark};
use super::number::{self, Rounding};
use super::program::{Batch, Program};
use super::rounding::compare_digits;
use super::string;
use super::typed::{Arithmetic, Typed, TypedNode};

impl Program<'_> {
    pub(super) fn numbers_of<'s>(
        &'s self,
        typed: &'s Typed,
        batch: &Batch<'s>,
        marks: &mut Vec<Mark>,
    ) -> Cow<'s, [f64]> {
        match &typed.node {
            TypedNode::Number(value) => vec![*value; batch.len()].into(),
            TypedNode::Column(key) => self.number_column(*key, batch).into(),
            TypedNode::PerText { id, column, inner } => {
                self.per_text_numbers((*id, *column, inner), batch, marks)
            }
            TypedNode::Negate(inner) => {
                let mut values = self.numbers_of(inner, batch, marks).into_owned();
                for value in &mut values {
                    *value = -*value;
                }
                values.into()
            }
            TypedNode::Arithmetic(operator, left, right) => {
                let mut values = self.numbers_of(left, batch, marks).into_owned();
                let right = self.numbers_of(right, batch, marks);
                arithmetic(*operator, &mut values, &right, |row, fault| {
                    marks.push(Mark { row: batch.rows.start + row, fault, span: typed.span });
                });
                values.into()
            }
            TypedNode::Difference(left, right) => {
                let (left, right) = (self.days_of(left, batch, marks), self.days_of(right, batch, marks));
                left.iter().zip(right.iter()).map(|(a, b)| days_between(*a, *b)).collect()
            }
            TypedNode::Choose(arms, otherwise) => self.choose(arms, otherwise, batch, marks).into(),
            TypedNode::Coalesce(values) => self.coalesce(values, batch, marks).into(),
            TypedNode::Lookup { .. } => self.look_up(typed, batch, marks).into(),
            TypedNode::Call(function, arguments) => {
                self.number_call(*function, arguments, typed, batch, marks).into()
            }
            _ => vec![f64::NAN; batch.len()].into(),
        }
    }

    fn number_call(
        &self,
        function: RowFunction,
        arguments: &[Typed],
        typed: &Typed,
        batch: &Batch,
        marks: &mut Vec<Mark>,
    ) -> Vec<f64> {
        use RowFunction as F;
        match function {
            F::Max | F::Min => self.extreme(function == F::Max, arguments, batch, marks),
            F::Day | F::Month | F::Quarter | F::Year | F::IsoWeekNum | F::Weekday | F::WeekNum => {
                self.date_part(function, arguments, typed, batch, marks)
            }
            F::Days | F::NetworkDays | F::DateDif => {
                self.date_distance(function, arguments, typed, batch, marks)
            }
            F::Len | F::Find | F::Search | F::Value => {
                self.text_number(function, arguments, typed, batch, marks)
            }
            _ => {
                let operands: Vec<Cow<[f64]>> =
                    arguments.iter().map(|argument| self.numbers_of(argument, batch, marks)).collect();
                each(typed, batch, marks, |row| {
                    let first = operands[0][row];
                    let second = operands.get(1).map(|values| values[row]);
                    if first.is_nan() || second.is_some_and(f64::is_nan) {
                        return Ok(f64::NAN);
                    }
                    number_function(function, first, second.unwrap_or(0.0))
                })
            }
        }
    }

    fn extreme(&self, greatest: bool, arguments: &[Typed], batch: &Batch, marks: &mut Vec<Mark>) -> Vec<f64> {
        let mut best: Vec<f64> = Vec::new();
        for argument in arguments {
            let values = self.numbers_of(argument, batch, marks);
            if best.is_empty() {
                best = values.into_owned();
                continue;
            }
            for (best, value) in best.iter_mut().zip(values.iter()) {
                let order = compare_digits(*value, *best);
                if value.is_nan() || if greatest { order.is_gt() } else { order.is_lt() } {
                    *best = if best.is_nan() { f64::NAN } else { *value };
                }
            }
        }
        best
    }

    fn date_part(
        &self,
        function: RowFunction,
        arguments: &[Typed],
        typed: &Typed,
        batch: &Batch,
        marks: &mut Vec<Mark>,
    ) -> Vec<f64> {
        let days = self.days_of(&arguments[0], batch, marks);
        let system = arguments.get(1).map(|argument| self.numbers_of(argument, batch, marks));
        each(typed, batch, marks, |row| {
            let system = system.as_ref().map_or(1.0, |values| values[row]);
            match date_of(days[row]) {
                Some(date) if days[row] != MISSING_DAY && !system.is_nan() => {
                    part_of_date(function, date, system)
                }
                _ => Ok(f64::NAN),
            }
        })
    }

    fn date_distance(
        &self,
        function: RowFunction,
        arguments: &[Typed],
        typed: &Typed,
        batch: &Batch,
        marks: &mut Vec<Mark>,
    ) -> Vec<f64> {
        let (first, second) =
            (self.days_of(&arguments[0], batch, marks), self.days_of(&arguments[1], batch, marks));
        let unit = arguments.get(2).map(|argument| self.texts_of(argument, batch, marks));
        each(typed, batch, marks, |row| {
            let (a, b) = (first[row], second[row]);
            if a == MISSING_DAY || b == MISSING_DAY {
                return Ok(f64::NAN);
            }
            match (function, &unit) {
                (RowFunction::Days, _) => Ok(days_between(a, b)),
                (RowFunction::NetworkDays, _) => Ok(working_days(a, b)),
                (_, Some(unit)) => unit.raw(row).map_or(Ok(f64::NAN), |unit| date_difference(a, b, unit)),
                _ => Ok(f64::NAN),
            }
        })
    }

    fn text_number(
        &self,
        function: RowFunction,
        arguments: &[Typed],
        typed: &Typed,
        batch: &Batch,
        marks: &mut Vec<Mark>,
    ) -> Vec<f64> {
        if function == RowFunction::Value && arguments[0].kind == crate::data::Kind::Number {
            return self.numbers_of(&arguments[0], batch, marks).into_owned();
        }
        let first = self.printed_of(&arguments[0], batch, marks);
        let second = arguments.get(1).map(|argument| self.texts_of(argument, batch, marks));
        let start = arguments.get(2).map(|argument| self.numbers_of(argument, batch, marks));
        each(typed, batch, marks, |row| {
            let Some(text) = first.raw(row) else { return Ok(f64::NAN) };
            let start = start.as_ref().map_or(1.0, |values| values[row]);
            match (function, second.as_ref().map(|texts| texts.raw(row))) {
                (RowFunction::Len, _) => Ok(text.chars().count() as f64),
                (RowFunction::Value, _) => number::value(text),
                (_, Some(None) | None) => Ok(f64::NAN),
                _ if start.is_nan() => Ok(f64::NAN),
                (RowFunction::Find, Some(Some(within))) => string::find(text, within, start),
                (_, Some(Some(within))) => string::search(text, within, start),
            }
        })
    }
}

/// A value for each row, missing where it fails.
fn each(
    typed: &Typed,
    batch: &Batch,
    marks: &mut Vec<Mark>,
    value: impl Fn(usize) -> Result<f64, Fault>,
) -> Vec<f64> {
    (0..batch.len())
        .map(|row| match value(row) {
            Ok(value) => value,
            Err(fault) => {
                marks.push(Mark { row: batch.rows.start + row, fault, span: typed.span });
                f64::NAN
            }
        })
        .collect()
}

/// `left op right` into `left`.
fn arithmetic(operator: Arithmetic, left: &mut [f64], right: &[f64], mut fail: impl FnMut(usize, Fault)) {
    let pairs = left.iter_mut().zip(right);
    match operator {
        Arithmetic::Add => pairs.for_each(|(a, b)| *a += b),
        Arithmetic::Subtract => pairs.for_each(|(a, b)| *a -= b),
        Arithmetic::Multiply => pairs.for_each(|(a, b)| *a *= b),
        Arithmetic::Divide | Arithmetic::Power => {
            for (row, (a, b)) in pairs.enumerate() {
                if a.is_nan() || b.is_nan() {
                    *a = f64::NAN;
                    continue;
                }
                let result = match operator {
                    Arithmetic::Divide if *b == 0.0 => Err(Fault::DivisionByZero),
                    Arithmetic::Divide => Ok(*a / b),
                    _ => number::power(*a, *b),
                };
                *a = result.unwrap_or_else(|fault| {
                    fail(row, fault);
                    f64::NAN
                });
            }
        }
    }
    // columns hold finite numbers: an infinity is a result beyond doubles
    for (row, value) in left.iter_mut().enumerate() {
        if value.is_infinite() {
            *value = f64::NAN;
            fail(row, Fault::NoNumber);
        }
    }
}

fn days_between(end: i32, start: i32) -> f64 {
    if end == MISSING_DAY || start == MISSING_DAY { f64::NAN } else { f64::from(end) - f64::from(start) }
}

fn part_of_date(function: RowFunction, date: NaiveDate, system: f64) -> Result<f64, Fault> {
    Ok(match function {
        RowFunction::Day => f64::from(date.day()),
        RowFunction::Month => f64::from(date.month()),
        RowFunction::Quarter => f64::from(date.month0() / 3 + 1),
        RowFunction::Year => f64::from(date.year()),
        RowFunction::IsoWeekNum => f64::from(date.iso_week().week()),
        RowFunction::Weekday => return weekday(date, system),
        _ => return week_number(date, system),
    })
}

fn number_function(function: RowFunction, a: f64, b: f64) -> Result<f64, Fault> {
    use RowFunction as F;
    match function {
        F::Abs => Ok(a.abs()),
        F::Ceiling => number::ceiling(a, b),
        F::Floor => number::floor(a, b),
        F::Int => Ok(number::int(a)),
        F::Mod => number::modulo(a, b),
        F::Power => number::power(a, b),
        F::Round => Ok(number::round(a, b, Rounding::Nearest)),
        F::RoundUp => Ok(number::round(a, b, Rounding::Up)),
        F::RoundDown | F::Trunc => Ok(number::round(a, b, Rounding::Down)),
        F::Sign => Ok(number::sign(a)),
        F::Sqrt => number::square_root(a),
        _ => Ok(f64::NAN),
    }
}
