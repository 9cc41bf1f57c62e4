//! `IF`, `IFS`, `COALESCE`, `IFERROR` and `LOOKUP`: values of any kind, taken from one of several places.

use std::borrow::Cow;

use crate::data::{ColumnData, Kind, MISSING_CODE, MISSING_DAY};

use super::fault::Mark;
use super::lookup::{KeyPart, day_part, number_part};
use super::program::{Batch, Program};
use super::texts::Texts;
use super::typed::{Typed, TypedNode};

/// A value of some kind, or none.
pub(super) trait Value<'s>: Clone {
    fn missing() -> Self;
    fn is_missing(&self) -> bool;
    fn values(program: &'s Program, typed: &'s Typed, batch: &Batch<'s>, marks: &mut Vec<Mark>) -> Vec<Self>;
    fn at(data: &'s ColumnData, row: usize) -> Self;
}

impl<'s> Value<'s> for f64 {
    fn missing() -> Self {
        Self::NAN
    }

    fn is_missing(&self) -> bool {
        self.is_nan()
    }

    fn values(program: &'s Program, typed: &'s Typed, batch: &Batch<'s>, marks: &mut Vec<Mark>) -> Vec<Self> {
        program.numbers_of(typed, batch, marks).into_owned()
    }

    fn at(data: &'s ColumnData, row: usize) -> Self {
        match data {
            ColumnData::Number(values) => values.get(row).copied().unwrap_or(Self::NAN),
            _ => Self::NAN,
        }
    }
}

impl<'s> Value<'s> for i32 {
    fn missing() -> Self {
        MISSING_DAY
    }

    fn is_missing(&self) -> bool {
        *self == MISSING_DAY
    }

    fn values(program: &'s Program, typed: &'s Typed, batch: &Batch<'s>, marks: &mut Vec<Mark>) -> Vec<Self> {
        program.days_of(typed, batch, marks).into_owned()
    }

    fn at(data: &'s ColumnData, row: usize) -> Self {
        match data {
            ColumnData::Date(days) => days.get(row).copied().unwrap_or(MISSING_DAY),
            _ => MISSING_DAY,
        }
    }
}

impl<'s> Value<'s> for u8 {
    fn missing() -> Self {
        2
    }

    fn is_missing(&self) -> bool {
        *self > 1
    }

    fn values(program: &'s Program, typed: &'s Typed, batch: &Batch<'s>, marks: &mut Vec<Mark>) -> Vec<Self> {
        program.truths_of(typed, batch, marks).into_owned()
    }

    fn at(data: &'s ColumnData, row: usize) -> Self {
        match data {
            ColumnData::Boolean(truths) => truths.get(row).copied().unwrap_or(2),
            _ => 2,
        }
    }
}

impl<'s> Value<'s> for Option<Cow<'s, str>> {
    fn missing() -> Self {
        None
    }

    fn is_missing(&self) -> bool {
        self.is_none()
    }

    fn values(program: &'s Program, typed: &'s Typed, batch: &Batch<'s>, marks: &mut Vec<Mark>) -> Vec<Self> {
        program.texts_of(typed, batch, marks).into_values(batch.len())
    }

    fn at(data: &'s ColumnData, row: usize) -> Self {
        match data {
            ColumnData::Text { codes, dictionary } => match *codes.get(row)? {
                MISSING_CODE => None,
                code => dictionary.text(code).map(Cow::Borrowed),
            },
            _ => None,
        }
    }
}

/// No arm is chosen yet.
const OPEN: usize = usize::MAX;
/// A condition is unknown: the value is missing.
const UNKNOWN: usize = usize::MAX - 1;

impl Program<'_> {
    /// The value of the first condition that is true; missing once one is unknown. What goes wrong counts in the
    /// rows alone that come to it.
    pub(super) fn choose<'s, V: Value<'s>>(
        &'s self,
        arms: &'s [(Typed, Typed)],
        otherwise: &'s Typed,
        batch: &Batch<'s>,
        marks: &mut Vec<Mark>,
    ) -> Vec<V> {
        let start = batch.rows.start;
        let mut chosen = vec![OPEN; batch.len()];
        let mut values = vec![V::missing(); batch.len()];
        for (arm, (condition, _)) in arms.iter().enumerate() {
            let mut found = Vec::new();
            let truths = self.truths_of(condition, batch, &mut found);
            marks.extend(found.into_iter().filter(|mark| chosen[mark.row - start] == OPEN));
            for (chosen, truth) in chosen.iter_mut().zip(truths.iter()).filter(|(chosen, _)| **chosen == OPEN)
            {
                *chosen = [OPEN, arm, UNKNOWN][usize::from((*truth).min(2))];
            }
        }
        let places = arms.iter().map(|(_, value)| value).enumerate().chain([(OPEN, otherwise)]);
        for (place, value) in places {
            if !chosen.contains(&place) {
                continue;
            }
            let mut found = Vec::new();
            let computed = V::values(self, value, batch, &mut found);
            marks.extend(found.into_iter().filter(|mark| chosen[mark.row - start] == place));
            let rows = values.iter_mut().zip(computed).zip(&chosen);
            rows.filter(|(_, chosen)| **chosen == place).for_each(|((value, new), _)| *value = new);
        }
        values
    }

    /// The first value that is there. What went wrong in a value that another stands in for does not count.
    pub(super) fn coalesce<'s, V: Value<'s>>(
        &'s self,
        alternatives: &'s [Typed],
        batch: &Batch<'s>,
        marks: &mut Vec<Mark>,
    ) -> Vec<V> {
        let mut values = vec![V::missing(); batch.len()];
        for (at, alternative) in alternatives.iter().enumerate() {
            if !values.iter().any(Value::is_missing) {
                break;
            }
            let mut found = Vec::new();
            let computed = V::values(self, alternative, batch, &mut found);
            if at + 1 == alternatives.len() {
                let open = |mark: &Mark| values[mark.row - batch.rows.start].is_missing();
                marks.extend(found.into_iter().filter(open));
            }
            let rows = values.iter_mut().zip(computed);
            rows.filter(|(value, _)| value.is_missing()).for_each(|(value, new)| *value = new);
        }
        values
    }

    /// The values of `LOOKUP`.
    pub(super) fn look_up<'s, V: Value<'s>>(
        &'s self,
        typed: &'s Typed,
        batch: &Batch<'s>,
        marks: &mut Vec<Mark>,
    ) -> Vec<V> {
        let TypedNode::Lookup { id, keys, .. } = &typed.node else { return vec![V::missing(); batch.len()] };
        let Some(index) = self.lookups.get(*id).and_then(Option::as_ref) else {
            return vec![V::missing(); batch.len()];
        };
        let parts: Vec<Keys> = keys.iter().map(|(_, key)| self.keys(key, batch, marks)).collect();
        let mut key = Vec::with_capacity(parts.len());
        let mut values = Vec::with_capacity(batch.len());
        for row in 0..batch.len() {
            key.clear();
            key.extend(parts.iter().filter_map(|part| part.at(row)));
            if key.len() < parts.len() {
                values.push(V::missing());
                continue;
            }
            values.push(match index.row(&key) {
                Ok(there) => V::at(index.value, there),
                Err(fault) => {
                    marks.push(Mark { row: batch.rows.start + row, fault, span: typed.span });
                    V::missing()
                }
            });
        }
        values
    }

    fn keys<'s>(&'s self, typed: &'s Typed, batch: &Batch<'s>, marks: &mut Vec<Mark>) -> Keys<'s> {
        match typed.kind {
            Kind::Number => Keys::Numbers(self.numbers_of(typed, batch, marks)),
            Kind::Date => Keys::Days(self.days_of(typed, batch, marks)),
            Kind::Boolean => Keys::Truths(self.truths_of(typed, batch, marks)),
            Kind::Text | Kind::Empty => Keys::Texts(self.texts_of(typed, batch, marks)),
        }
    }
}

/// One key of every row.
enum Keys<'s> {
    Numbers(Cow<'s, [f64]>),
    Days(Cow<'s, [i32]>),
    Truths(Cow<'s, [u8]>),
    Texts(Texts<'s>),
}

impl Keys<'_> {
    fn at(&self, row: usize) -> Option<KeyPart<'_>> {
        match self {
            Self::Numbers(values) => number_part(*values.get(row)?),
            Self::Days(days) => day_part(*days.get(row)?),
            Self::Truths(truths) => {
                truths.get(row).filter(|truth| **truth < 2).map(|truth| KeyPart::Truth(*truth))
            }
            Self::Texts(texts) => texts.folded(row).map(KeyPart::Text),
        }
    }
}
