//! Filters: bare values looked up among the values of text columns, values of conditions checked.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::data::{ColumnData, Dataset, Dictionary, MISSING_CODE, Use, fold_text};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::names::same;
use crate::resolve::{BoundGoal, Model, RowExpr, RowNode, SegmentForm, SegmentModel};
use crate::source::{Span, Spanned};
use crate::syntax::BinaryOperator;

use super::errors;

/// More candidates than a suggestion looks through.
const MOST_CANDIDATES: usize = 20_000;

/// A filter that holds in each of its sources.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Filtered {
    /// As text.
    pub text: String,
    /// The condition in each source.
    pub conditions: Vec<(usize, RowExpr)>,
}

/// Looks into the values of columns; what a column holds is found once.
pub(super) struct Values<'a> {
    model: &'a Model,
    dataset: &'a Dataset,
    used: BTreeMap<(usize, usize), Rc<Vec<bool>>>,
}

/// A text column with the codes that some row has.
struct TextColumn<'a> {
    dictionary: &'a Dictionary,
    used: Rc<Vec<bool>>,
}

impl<'a> TextColumn<'a> {
    /// The text as first written, where some row has it.
    fn find(&self, folded: &str) -> Option<&'a str> {
        let code = self.dictionary.code_of(folded)?;
        let is_used = self.used.get(code as usize).copied().unwrap_or(false);
        self.dictionary.text(code).filter(|_| is_used)
    }

    fn texts(&self) -> impl Iterator<Item = &'a str> {
        self.dictionary.texts().zip(self.used.iter()).filter(|(_, used)| **used).map(|(text, _)| text)
    }
}

impl<'a> Values<'a> {
    pub(super) fn new(model: &'a Model, dataset: &'a Dataset) -> Self {
        Self { model, dataset, used: BTreeMap::new() }
    }

    fn column(&mut self, source: usize, column: usize) -> Option<TextColumn<'a>> {
        let table = self.dataset.tables.get(source)?.as_ref()?;
        let ColumnData::Text { codes, dictionary } = &table.column(column, Use::Text)?.data else {
            return None;
        };
        let used = self.used.entry((source, column)).or_insert_with(|| {
            let mut used = vec![false; dictionary.len()];
            let mut left = used.len();
            for code in codes.iter().filter(|code| **code != MISSING_CODE) {
                if let Some(flag) = used.get_mut(*code as usize)
                    && !*flag
                {
                    *flag = true;
                    left -= 1;
                    if left == 0 {
                        break;
                    }
                }
            }
            Rc::new(used)
        });
        Some(TextColumn { dictionary, used: Rc::clone(used) })
    }

    fn name(&self, source: usize, column: usize) -> String {
        let names = self.model.sources.get(source).map(|s| &s.columns);
        names.and_then(|names| names.get(column)).cloned().unwrap_or_default()
    }

    fn source_name(&self, source: usize) -> &str {
        self.model.sources.get(source).map_or("", |s| s.name.as_str())
    }

    /// The filters of a goal; none where one of them is wrong.
    pub(super) fn filters(&mut self, bound: &BoundGoal, said: &mut Diagnostics) -> Option<Vec<Filtered>> {
        let mut all_good = true;
        let mut filters = Vec::new();
        for segment in &bound.segments {
            let made = match &segment.form {
                SegmentForm::Condition(conditions) => self.condition(segment, conditions, bound, said),
                SegmentForm::Values { values, candidates } => {
                    self.look_up(segment.span, values, candidates, said)
                }
            };
            match made {
                Some(filter) => filters.push(filter),
                None => all_good = false,
            }
        }
        all_good.then_some(filters)
    }

    /// A condition as it stands, once every text it compares a column with is a value of some row.
    fn condition(
        &mut self,
        segment: &SegmentModel,
        conditions: &[(usize, RowExpr)],
        bound: &BoundGoal,
        said: &mut Diagnostics,
    ) -> Option<Filtered> {
        // a literal is found where any source of the metric has it
        let mut literals: Vec<Literal> = Vec::new();
        for (source, expr) in conditions.iter().filter(|(source, _)| bound.sources.contains(source)) {
            let mut here = Vec::new();
            collect(expr, &mut here);
            for literal in here {
                let Some(column) = self.column(*source, literal.column) else { continue };
                let found = column.find(&fold_text(&literal.text)).is_some();
                match literals.iter_mut().find(|other| other.span == literal.span) {
                    Some(known) => known.found |= found,
                    None => literals.push(Literal { source: *source, found, ..literal }),
                }
            }
        }
        let mut good = true;
        for literal in literals.iter().filter(|literal| !literal.found) {
            let others = literals
                .iter()
                .any(|other| other.list.is_some() && other.list == literal.list && other.found);
            let Some(column) = self.column(literal.source, literal.column) else { continue };
            let texts: Vec<&str> = column.texts().take(MOST_CANDIDATES).collect();
            let place = format!("`{}`", self.name(literal.source, literal.column));
            if others {
                said.push(errors::value_of_list_missing(literal.span, &literal.text, &place, &texts));
            } else {
                said.push(errors::no_such_value(literal.span, &literal.text, &place, &texts));
                good = false;
            }
        }
        good.then(|| Filtered { text: segment.text.clone(), conditions: conditions.to_vec() })
    }

    /// Bare values: the one column that holds them all is the filter.
    fn look_up(
        &mut self,
        span: Span,
        values: &[Spanned<String>],
        candidates: &[(usize, Vec<usize>)],
        said: &mut Diagnostics,
    ) -> Option<Filtered> {
        let mut found: Vec<Vec<(usize, usize)>> = Vec::new();
        let mut good = true;
        for value in values {
            let folded = fold_text(&value.node);
            let mut places = Vec::new();
            for (source, columns) in candidates {
                for at in columns {
                    if self.column(*source, *at).is_some_and(|column| column.find(&folded).is_some()) {
                        places.push((*source, *at));
                    }
                }
            }
            if places.is_empty() {
                said.push(self.nowhere(value, candidates));
                good = false;
            }
            found.push(places);
        }
        if !good {
            return None;
        }
        // columns of one name are one column, in whichever source
        let names: Vec<Vec<String>> = found.iter().map(|places| self.names_of(places)).collect();
        let common: Vec<String> = names
            .first()?
            .iter()
            .filter(|name| names.iter().all(|others| others.iter().any(|other| same(other, name))))
            .cloned()
            .collect();
        match common.as_slice() {
            [] => {
                let pairs: Vec<_> = values.iter().map(|v| v.node.clone()).zip(names).collect();
                said.push(errors::values_of_different_columns(span, &pairs));
                None
            }
            [one] => self.filter_on(span, one, values, &found, candidates).map_err(|d| said.push(*d)).ok(),
            [..] => {
                let value = values.first().map_or("", |v| v.node.as_str());
                said.push(errors::value_in_several(span, value, &common));
                None
            }
        }
    }

    fn names_of(&self, places: &[(usize, usize)]) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for (source, column) in places {
            let name = self.name(*source, *column);
            if !names.iter().any(|other| same(other, &name)) {
                names.push(name);
            }
        }
        names
    }

    fn nowhere(&mut self, value: &Spanned<String>, candidates: &[(usize, Vec<usize>)]) -> Diagnostic {
        let mut texts: Vec<&str> = Vec::new();
        let mut columns = 0;
        for (source, at) in candidates.iter().flat_map(|(s, columns)| columns.iter().map(move |c| (*s, *c))) {
            if let Some(column) = self.column(source, at) {
                columns += 1;
                texts.extend(column.texts().take(MOST_CANDIDATES.saturating_sub(texts.len())));
            }
        }
        let place = if columns == 1 { "the text column" } else { "the text columns" };
        let near: Vec<&str> = crate::wording::nearest(&value.node, texts.iter().copied());
        errors::no_such_value(value.span, &value.node, place, &near)
    }

    /// The filter on a column of this name in every source of the metric.
    fn filter_on(
        &mut self,
        span: Span,
        name: &str,
        values: &[Spanned<String>],
        found: &[Vec<(usize, usize)>],
        candidates: &[(usize, Vec<usize>)],
    ) -> Result<Filtered, Box<Diagnostic>> {
        let first = found.iter().flatten().find(|(s, c)| same(&self.name(*s, *c), name)).copied();
        let (home, home_column) = first.unwrap_or_default();
        let texts: Vec<(String, Span)> = values
            .iter()
            .map(|value| {
                let folded = fold_text(&value.node);
                let written = self.column(home, home_column).and_then(|c| c.find(&folded));
                (written.map_or_else(|| value.node.clone(), str::to_owned), value.span)
            })
            .collect();
        let mut conditions = Vec::new();
        for (source, _) in candidates {
            let names = self.model.sources.get(*source).map_or(&[][..], |s| s.columns.as_slice());
            let Some(column) = names.iter().position(|other| same(other, name)) else {
                let (lacking, having) = (self.source_name(*source), self.source_name(home));
                return Err(Box::new(errors::lacks_column(span, name, lacking, having)));
            };
            conditions.push((*source, is_one_of(column, &texts, span)));
        }
        let quoted: Vec<String> = texts.iter().map(|(text, _)| quote(text)).collect();
        let text = match quoted.as_slice() {
            [one] => format!("{name} = {one}"),
            many => format!("{name} in ({})", many.join(", ")),
        };
        Ok(Filtered { text, conditions })
    }
}

/// A text in quotes, as the goal language writes it.
pub(super) fn quote(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn is_one_of(column: usize, texts: &[(String, Span)], span: Span) -> RowExpr {
    let column = Box::new(RowExpr { node: RowNode::Column(column), span });
    let text = |(text, span): &(String, Span)| RowExpr { node: RowNode::Text(text.clone()), span: *span };
    let node = match texts {
        [one] => RowNode::Binary(BinaryOperator::Equal, column, Box::new(text(one))),
        many => RowNode::In(column, many.iter().map(text).collect()),
    };
    RowExpr { node, span }
}

/// A text that a condition compares a column with.
struct Literal {
    source: usize,
    column: usize,
    text: String,
    span: Span,
    /// Where the list stands that it belongs to.
    list: Option<Span>,
    found: bool,
}

/// The texts that columns are compared with by `=` and `in`, not under a negation.
fn collect(expr: &RowExpr, found: &mut Vec<Literal>) {
    let literal = |column: &RowExpr, text: &RowExpr, list| match (&column.node, &text.node) {
        (RowNode::Column(column), RowNode::Text(written)) => Some(Literal {
            source: 0,
            column: *column,
            text: written.clone(),
            span: text.span,
            list,
            found: false,
        }),
        _ => None,
    };
    match &expr.node {
        RowNode::Binary(BinaryOperator::Equal, a, b) => {
            found.extend(literal(a, b, None).or_else(|| literal(b, a, None)));
        }
        RowNode::Binary(BinaryOperator::And | BinaryOperator::Or, a, b) => {
            collect(a, found);
            collect(b, found);
        }
        RowNode::In(column, list) => {
            found.extend(list.iter().filter_map(|text| literal(column, text, Some(expr.span))));
        }
        _ => {}
    }
}
