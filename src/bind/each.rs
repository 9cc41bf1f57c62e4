//! `for each COLUMN`: the values that make goals, in order of first appearance.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::calendar::Period;
use crate::data::{ColumnData, Dataset, MISSING_CODE, Table, Use};
use crate::quantity::decimal_from_f64;
use crate::resolve::{ForEachModel, Model, RowExpr, RowNode};
use crate::source::Span;
use crate::syntax::BinaryOperator;

use super::dates::{date_of, day_of};
use super::segment::{Filtered, quote};

/// How many goals one line makes at most.
pub(super) const MOST_VALUES: usize = 500;

/// A value of the column, as first written, and how it is compared.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct EachValue {
    /// As first written.
    pub text: String,
    literal: RowNode,
}

impl EachValue {
    /// How it is compared.
    pub(super) fn literal(&self) -> &RowNode {
        &self.literal
    }

    /// The filter that takes the rows with this value.
    pub(super) fn filter(&self, each: &ForEachModel) -> Filtered {
        let span = each.span;
        let conditions = each
            .columns
            .iter()
            .map(|(source, column)| (*source, equals(*column, self.literal.clone(), span)))
            .collect();
        let shown = match self.literal {
            RowNode::Text(_) => quote(&self.text),
            _ => self.text.clone(),
        };
        Filtered { text: format!("{} = {shown}", each.name), conditions }
    }
}

fn equals(column: usize, literal: RowNode, span: Span) -> RowExpr {
    let column = RowExpr { node: RowNode::Column(column), span };
    let literal = RowExpr { node: literal, span };
    RowExpr { node: RowNode::Binary(BinaryOperator::Equal, Box::new(column), Box::new(literal)), span }
}

/// The values with a row in one of the periods (in all rows of a source without dates), in order of first
/// appearance, source by source; blanks left out.
pub(super) fn values(
    model: &Model,
    dataset: &Dataset,
    each: &ForEachModel,
    periods: &[Period],
) -> Vec<EachValue> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for (source, column) in &each.columns {
        let Some(table) = dataset.tables.get(*source).and_then(Option::as_ref) else { continue };
        let days = model.sources.get(*source).and_then(|s| s.date).and_then(|date| dates(table, date));
        let ranges: Vec<Range<i32>> =
            periods.iter().map(|period| day_of(period.start)..day_of(period.end)).collect();
        let inside = |row: usize| match days {
            None => true,
            Some(days) => days.get(row).is_some_and(|day| ranges.iter().any(|range| range.contains(day))),
        };
        let Some(column) = table.column(*column, Use::Key) else { continue };
        for (key, value) in distinct(&column.data, inside) {
            if seen.insert(key) {
                found.push(value);
            }
        }
    }
    found
}

fn dates(table: &Table, column: usize) -> Option<&[i32]> {
    match &table.column(column, Use::Date)?.data {
        ColumnData::Date(days) => Some(days),
        _ => None,
    }
}

/// The distinct values of the rows taken, each with the form by which it is told apart.
fn distinct(data: &ColumnData, inside: impl Fn(usize) -> bool) -> Vec<(String, EachValue)> {
    let mut found = Vec::new();
    match data {
        ColumnData::Text { codes, dictionary } => {
            let mut seen = vec![false; dictionary.len()];
            let mut left = dictionary.len();
            for (row, code) in codes.iter().enumerate().filter(|(_, code)| **code != MISSING_CODE) {
                if left == 0 {
                    break;
                }
                let code = *code as usize;
                let new = seen.get(code).is_some_and(|seen| !seen);
                if new && inside(row) {
                    seen[code] = true;
                    left -= 1;
                    let text = dictionary.text(code as u32).unwrap_or_default().to_owned();
                    let folded = dictionary.folded(code as u32).unwrap_or_default().to_owned();
                    if !folded.is_empty() {
                        found.push((folded, EachValue { literal: RowNode::Text(text.clone()), text }));
                    }
                }
            }
        }
        ColumnData::Boolean(flags) => {
            let mut seen = [false; 2];
            for (row, flag) in flags.iter().enumerate().filter(|(_, flag)| **flag < 2) {
                let at = usize::from(*flag);
                if !seen[at] && inside(row) {
                    seen[at] = true;
                    let text = (*flag == 1).to_string();
                    found.push((text.clone(), EachValue { literal: RowNode::Boolean(*flag == 1), text }));
                }
            }
        }
        ColumnData::Number(numbers) => {
            let mut seen = BTreeSet::new();
            for (row, number) in numbers.iter().enumerate().filter(|(_, number)| !number.is_nan()) {
                let Some(value) = decimal_from_f64(*number) else { continue };
                if !seen.contains(&value) && inside(row) {
                    seen.insert(value);
                    let text = value.to_string();
                    found.push((text.clone(), EachValue { literal: RowNode::Number(value), text }));
                    if seen.len() > MOST_VALUES {
                        break;
                    }
                }
            }
        }
        ColumnData::Date(numbers) => {
            let mut seen = BTreeSet::new();
            for (row, written) in numbers.iter().enumerate() {
                let Some(day) = date_of(*written) else { continue };
                if !seen.contains(written) && inside(row) {
                    seen.insert(*written);
                    let literal = RowNode::Period(Period::inclusive(day, day));
                    found.push((day.to_string(), EachValue { literal, text: day.to_string() }));
                }
            }
        }
    }
    found
}
