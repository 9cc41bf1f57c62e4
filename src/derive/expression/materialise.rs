//! A [`Program`] over all rows of its table → a column.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::data::{ColumnData, Dictionary, Kind, MISSING_CODE};

use super::blocks;
use super::fault::{Faults, Mark};
use super::program::{Batch, CHUNK, Program};
use super::rounding::round_digits;
use super::string::fold;

/// Rows that one thread takes at a time.
const BLOCK: usize = 16 * CHUNK;

/// The values of an expression for every row, numbers rounded to 15 digits; and what went missing.
pub fn materialise(program: &Program) -> (ColumnData, Faults) {
    match program.kind() {
        Kind::Number => {
            let (mut values, faults) =
                all(program, |batch, marks| program.numbers_of(&program.typed, batch, marks).into_owned());
            for value in &mut values {
                *value = round_digits(*value);
            }
            (ColumnData::Number(values), faults)
        }
        Kind::Date => {
            let (days, faults) =
                all(program, |batch, marks| program.days_of(&program.typed, batch, marks).into_owned());
            (ColumnData::Date(days), faults)
        }
        Kind::Boolean | Kind::Empty => {
            let (truths, faults) =
                all(program, |batch, marks| program.truths_of(&program.typed, batch, marks).into_owned());
            (ColumnData::Boolean(truths), faults)
        }
        Kind::Text => texts(program),
    }
}

/// Values of all rows, in blocks.
fn all<'p, T: Send>(
    program: &'p Program,
    values: impl Fn(&Batch<'p>, &mut Vec<Mark>) -> Vec<T> + Sync,
) -> (Vec<T>, Faults) {
    let blocks = blocks::in_order(
        blocks::ranges(program.rows(), BLOCK).collect(),
        crate::data::threads::threads(),
        |rows| {
            let mut faults = Faults::default();
            let mut block = Vec::with_capacity(rows.len());
            for chunk in blocks::ranges(rows.len(), CHUNK) {
                let mut marks = Vec::new();
                let batch = Batch { rows: rows.start + chunk.start..rows.start + chunk.end, instead: None };
                block.extend(values(&batch, &mut marks));
                faults.add(&marks);
            }
            (block, faults)
        },
    );
    let mut whole = Vec::with_capacity(program.rows());
    let mut faults = Faults::default();
    for (block, found) in blocks {
        whole.extend(block);
        faults.extend(found);
    }
    (whole, faults)
}

fn texts(program: &Program) -> (ColumnData, Faults) {
    let mut interner = Interner::default();
    if let Some((key, texts)) = program.texts_per_text() {
        let codes_of_texts: Vec<u32> = texts
            .iter()
            .map(|text| text.as_deref().map_or(MISSING_CODE, |text| interner.code(text)))
            .collect();
        let last = codes_of_texts.len() - 1;
        let batch = Batch { rows: 0..program.rows(), instead: None };
        let codes = program
            .codes(key, &batch)
            .iter()
            .map(|code| codes_of_texts[(*code as usize).min(last)])
            .collect();
        return (ColumnData::Text { codes, dictionary: interner.dictionary }, Faults::default());
    }
    let (texts, faults) =
        all(program, |batch, marks| program.texts_of(&program.typed, batch, marks).into_values(batch.len()));
    let codes = texts
        .iter()
        .map(|text: &Option<Cow<str>>| text.as_deref().map_or(MISSING_CODE, |text| interner.code(text)))
        .collect();
    (ColumnData::Text { codes, dictionary: interner.dictionary }, faults)
}

/// Gives texts that are equal one code.
#[derive(Default)]
struct Interner {
    dictionary: Dictionary,
    by_raw: HashMap<String, u32>,
    by_folded: HashMap<String, u32>,
}

impl Interner {
    fn code(&mut self, text: &str) -> u32 {
        if let Some(code) = self.by_raw.get(text) {
            return *code;
        }
        let folded = fold(text);
        let code = self.by_folded.get(&*folded).copied().unwrap_or_else(|| {
            let code = self.dictionary.push(text, &folded);
            self.by_folded.insert(folded.into_owned(), code);
            code
        });
        self.by_raw.insert(text.to_owned(), code);
        code
    }
}
