//! Texts of a batch of rows, and other kinds printed as text.

use std::borrow::Cow;

use crate::data::{ColumnData, Kind, MISSING_DAY};
use crate::derive::RowFunction;

use super::days::date_of;
use super::fault::{Fault, Mark};
use super::program::{Batch, Program};
use super::rounding::{key_text, number_text};
use super::string;
use super::texts::{Texts, present};
use super::typed::{Typed, TypedNode};

impl Program<'_> {
    pub(super) fn texts_of<'s>(
        &'s self,
        typed: &'s Typed,
        batch: &Batch<'s>,
        marks: &mut Vec<Mark>,
    ) -> Texts<'s> {
        match &typed.node {
            TypedNode::Text(text) => Texts::constant(text),
            TypedNode::Column(key) => match self.column(*key).map(|column| &column.data) {
                Some(ColumnData::Text { dictionary, .. }) => {
                    Texts::Codes { codes: self.codes(*key, batch), dictionary }
                }
                _ => Texts::Values(vec![None; batch.len()]),
            },
            TypedNode::PerText { id, column, inner } => {
                self.per_text_texts((*id, *column, inner), batch, marks)
            }
            TypedNode::Digits(inner) => {
                let print = |value: &f64| (!value.is_nan()).then(|| Cow::Owned(key_text(*value)));
                Texts::Values(self.numbers_of(inner, batch, marks).iter().map(print).collect())
            }
            TypedNode::Concatenate(parts) => {
                let parts: Vec<Texts> =
                    parts.iter().map(|part| self.printed_of(part, batch, marks)).collect();
                Texts::Values((0..batch.len()).map(|row| joined(&parts, row)).collect())
            }
            TypedNode::Choose(arms, otherwise) => Texts::Values(self.choose(arms, otherwise, batch, marks)),
            TypedNode::Coalesce(values) => Texts::Values(self.coalesce(values, batch, marks)),
            TypedNode::Lookup { .. } => Texts::Values(self.look_up(typed, batch, marks)),
            TypedNode::Call(function, arguments) => self.text_call(*function, arguments, typed, batch, marks),
            _ => Texts::Values(vec![None; batch.len()]),
        }
    }

    /// Values of any kind as text: numbers by their digits, dates as 2025-12-31, `TRUE` and `FALSE`.
    pub(super) fn printed_of<'s>(
        &'s self,
        typed: &'s Typed,
        batch: &Batch<'s>,
        marks: &mut Vec<Mark>,
    ) -> Texts<'s> {
        match typed.kind {
            Kind::Text | Kind::Empty => self.texts_of(typed, batch, marks),
            Kind::Number => {
                let print = |value: &f64| (!value.is_nan()).then(|| Cow::Owned(number_text(*value)));
                Texts::Values(self.numbers_of(typed, batch, marks).iter().map(print).collect())
            }
            Kind::Date => {
                let print = |day: &i32| {
                    date_of(*day).filter(|_| *day != MISSING_DAY).map(|date| Cow::Owned(date.to_string()))
                };
                Texts::Values(self.days_of(typed, batch, marks).iter().map(print).collect())
            }
            Kind::Boolean => {
                let print = |truth: &u8| match truth {
                    0 => Some(Cow::Borrowed("FALSE")),
                    1 => Some(Cow::Borrowed("TRUE")),
                    _ => None,
                };
                Texts::Values(self.truths_of(typed, batch, marks).iter().map(print).collect())
            }
        }
    }

    fn text_call<'s>(
        &'s self,
        function: RowFunction,
        arguments: &'s [Typed],
        typed: &Typed,
        batch: &Batch<'s>,
        marks: &mut Vec<Mark>,
    ) -> Texts<'s> {
        use RowFunction as F;
        let first = self.printed_of(&arguments[0], batch, marks);
        match function {
            F::Left | F::Right | F::Mid => {
                let numbers: Vec<Cow<[f64]>> =
                    arguments[1..].iter().map(|argument| self.numbers_of(argument, batch, marks)).collect();
                each(typed, batch, marks, |row| {
                    let Some(text) = first.raw(row) else { return Ok(None) };
                    if numbers.iter().any(|values| values[row].is_nan()) {
                        return Ok(None);
                    }
                    let count = numbers.last().map_or(1.0, |values| values[row]);
                    match function {
                        F::Left => string::left(text, count),
                        F::Right => string::right(text, count),
                        _ => string::mid(text, numbers[0][row], count),
                    }
                    .map(Some)
                })
            }
            F::Substitute => {
                let old = self.texts_of(&arguments[1], batch, marks);
                let new = self.texts_of(&arguments[2], batch, marks);
                let nth = arguments.get(3).map(|argument| self.numbers_of(argument, batch, marks));
                // `""` is how one deletes: as the new text it is no missing value
                let deletes = matches!(arguments[2].node, TypedNode::Missing);
                each(typed, batch, marks, |row| {
                    let nth = nth.as_ref().map(|values| values[row]);
                    let new = if deletes { Some("") } else { new.raw(row) };
                    match (first.raw(row), old.raw(row), new) {
                        (Some(text), Some(old), Some(new)) if !nth.is_some_and(f64::is_nan) => {
                            string::substitute(text, old, new, nth).map(Some)
                        }
                        _ => Ok(None),
                    }
                })
            }
            _ => each(typed, batch, marks, |row| {
                Ok(first.raw(row).map(|text| match function {
                    F::Lower => text.to_lowercase(),
                    F::Upper => text.to_uppercase(),
                    _ => string::trim(text),
                }))
            }),
        }
    }
}

fn joined<'s>(parts: &[Texts], row: usize) -> Option<Cow<'s, str>> {
    let mut whole = String::new();
    for part in parts {
        whole.push_str(part.raw(row)?);
    }
    present(whole)
}

/// A text for each row, missing where it fails.
fn each<'s>(
    typed: &Typed,
    batch: &Batch,
    marks: &mut Vec<Mark>,
    text: impl Fn(usize) -> Result<Option<String>, Fault>,
) -> Texts<'s> {
    let texts = (0..batch.len()).map(|row| match text(row) {
        Ok(text) => text.and_then(present),
        Err(fault) => {
            marks.push(Mark { row: batch.rows.start + row, fault, span: typed.span });
            None
        }
    });
    Texts::Values(texts.collect())
}
