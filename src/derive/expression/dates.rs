//! Days of a batch of rows.

use std::borrow::Cow;

use crate::data::MISSING_DAY;
use crate::derive::RowFunction;

use super::days::{date, edate, eomonth, shift};
use super::fault::{Fault, Mark};
use super::program::{Batch, Program};
use super::typed::{Typed, TypedNode};

impl Program<'_> {
    pub(super) fn days_of<'s>(
        &'s self,
        typed: &'s Typed,
        batch: &Batch<'s>,
        marks: &mut Vec<Mark>,
    ) -> Cow<'s, [i32]> {
        match &typed.node {
            TypedNode::Day(day) => vec![*day; batch.len()].into(),
            TypedNode::Column(key) => self.day_column(*key, batch).into(),
            TypedNode::PerText { id, column, inner } => {
                self.per_text_days((*id, *column, inner), batch, marks)
            }
            TypedNode::Shift { day, days, back } => {
                let starts = self.days_of(day, batch, marks);
                let lengths = self.numbers_of(days, batch, marks);
                each(typed, batch, marks, |row| {
                    let (start, length) = (starts[row], lengths[row]);
                    if start == MISSING_DAY || length.is_nan() {
                        return Ok(MISSING_DAY);
                    }
                    shift(start, if *back { -length } else { length })
                })
                .into()
            }
            TypedNode::Choose(arms, otherwise) => self.choose(arms, otherwise, batch, marks).into(),
            TypedNode::Coalesce(values) => self.coalesce(values, batch, marks).into(),
            TypedNode::Lookup { .. } => self.look_up(typed, batch, marks).into(),
            TypedNode::Call(function, arguments) => {
                self.day_call(*function, arguments, typed, batch, marks).into()
            }
            _ => vec![MISSING_DAY; batch.len()].into(),
        }
    }

    fn day_call(
        &self,
        function: RowFunction,
        arguments: &[Typed],
        typed: &Typed,
        batch: &Batch,
        marks: &mut Vec<Mark>,
    ) -> Vec<i32> {
        match function {
            RowFunction::Max | RowFunction::Min => {
                self.extreme_day(function == RowFunction::Max, arguments, batch, marks)
            }
            RowFunction::Date => {
                let parts: Vec<Cow<[f64]>> =
                    arguments.iter().map(|argument| self.numbers_of(argument, batch, marks)).collect();
                each(typed, batch, marks, |row| {
                    let (year, month, day) = (parts[0][row], parts[1][row], parts[2][row]);
                    if year.is_nan() || month.is_nan() || day.is_nan() {
                        return Ok(MISSING_DAY);
                    }
                    date(year, month, day)
                })
            }
            _ => {
                let days = self.days_of(&arguments[0], batch, marks);
                let months = self.numbers_of(&arguments[1], batch, marks);
                let moved = if function == RowFunction::Edate { edate } else { eomonth };
                each(typed, batch, marks, |row| {
                    if days[row] == MISSING_DAY || months[row].is_nan() {
                        return Ok(MISSING_DAY);
                    }
                    moved(days[row], months[row])
                })
            }
        }
    }

    fn extreme_day(
        &self,
        latest: bool,
        arguments: &[Typed],
        batch: &Batch,
        marks: &mut Vec<Mark>,
    ) -> Vec<i32> {
        let mut best: Vec<i32> = Vec::new();
        for argument in arguments {
            let days = self.days_of(argument, batch, marks);
            if best.is_empty() {
                best = days.into_owned();
                continue;
            }
            for (best, day) in best.iter_mut().zip(days.iter()) {
                *best = if *best == MISSING_DAY || *day == MISSING_DAY {
                    MISSING_DAY
                } else if latest {
                    (*best).max(*day)
                } else {
                    (*best).min(*day)
                };
            }
        }
        best
    }
}

/// A day for each row, missing where it fails.
fn each(
    typed: &Typed,
    batch: &Batch,
    marks: &mut Vec<Mark>,
    value: impl Fn(usize) -> Result<i32, Fault>,
) -> Vec<i32> {
    (0..batch.len())
        .map(|row| {
            value(row).unwrap_or_else(|fault| {
                marks.push(Mark { row: batch.rows.start + row, fault, span: typed.span });
                MISSING_DAY
            })
        })
        .collect()
}
