//! Filters of goals: conditions bound in each source of the metric, bare values left to the data.

use crate::data::Kind;
use crate::source::{Span, Spanned};
use crate::syntax::{BinaryOperator, Expr, Name, SegmentPhrase};

use super::failure::Bound;
use super::model::{RowExpr, RowNode, SegmentForm, SegmentModel};
use super::resolver::Resolver;
use super::row::names_of;
use super::scope::Match;
use super::show::show_row;

impl Resolver<'_> {
    /// Binds a filter in every source that it has to filter.
    pub(super) fn segment(
        &mut self,
        segment: &Spanned<SegmentPhrase>,
        sources: &[usize],
    ) -> Bound<SegmentModel> {
        match &segment.node {
            SegmentPhrase::Condition(Expr::Name(name)) if name.source.is_none() => {
                match self.named_segment(&name.text) {
                    Some(at) => self.by_name(&[at], sources, segment.span),
                    None => Ok(self.by_values(
                        &[Spanned::new(name.text.clone(), name.span)],
                        sources,
                        segment.span,
                    )),
                }
            }
            SegmentPhrase::Condition(expr) => {
                let expr = Spanned::new(expr.clone(), segment.span);
                let bound = self.condition(&expr, sources)?;
                let text = bound.first().map_or_else(String::new, |(source, row)| {
                    show_row(row, &self.model.sources[*source].columns)
                });
                Ok(SegmentModel { text, form: SegmentForm::Condition(bound), span: segment.span })
            }
            SegmentPhrase::Values(values) => {
                let named: Option<Vec<usize>> = values.iter().map(|v| self.named_segment(&v.node)).collect();
                match named {
                    Some(segments) if !segments.is_empty() => self.by_name(&segments, sources, segment.span),
                    _ => Ok(self.by_values(values, sources, segment.span)),
                }
            }
        }
    }

    fn named_segment(&self, name: &str) -> Option<usize> {
        match self.segment_names.find(name) {
            Match::One { at, .. } => Some(at),
            Match::None | Match::Many(_) => None,
        }
    }

    /// Named segments; several of them are alternatives.
    fn by_name(&mut self, segments: &[usize], sources: &[usize], span: Span) -> Bound<SegmentModel> {
        let mut parts: Vec<Vec<(usize, RowExpr)>> = Vec::new();
        let mut names: Vec<String> = Vec::new();
        for at in segments {
            let statement = self.segments[*at].0;
            parts.push(self.condition(&statement.condition, sources)?);
            names.push(statement.name.text.clone());
        }
        let bound = sources
            .iter()
            .filter_map(|source| {
                parts
                    .iter()
                    .filter_map(|part| part.iter().find(|(s, _)| s == source).map(|(_, row)| row.clone()))
                    .reduce(|a, b| RowExpr {
                        span: a.span,
                        node: RowNode::Binary(BinaryOperator::Or, Box::new(a), Box::new(b)),
                    })
                    .map(|row| (*source, row))
            })
            .collect();
        Ok(SegmentModel { text: names.join(" or "), form: SegmentForm::Condition(bound), span })
    }

    fn by_values(&self, values: &[Spanned<String>], sources: &[usize], span: Span) -> SegmentModel {
        let candidates = sources
            .iter()
            .map(|source| {
                let of_text = |at: &usize| {
                    self.catalog.sources[*source].columns.get(*at).is_none_or(|c| c.kind == Kind::Text)
                };
                (*source, (0..self.model.sources[*source].columns.len()).filter(of_text).collect())
            })
            .collect();
        let text = values.iter().map(|v| v.node.as_str()).collect::<Vec<_>>().join(", ");
        SegmentModel { text, form: SegmentForm::Values { values: values.to_vec(), candidates }, span }
    }

    /// A condition in each source; every one of them must have its columns.
    fn condition(&mut self, expr: &Spanned<Expr>, sources: &[usize]) -> Bound<Vec<(usize, RowExpr)>> {
        let mut names: Vec<&Name> = Vec::new();
        names_of(&expr.node, &mut names);
        let mut bound = Vec::new();
        for source in sources {
            if sources.len() > 1 {
                for name in &names {
                    let plain = name.source.is_none();
                    if plain && self.column_in(*source, name)?.is_none() {
                        let somewhere =
                            sources.iter().any(|s| self.columns[*s].find(&name.text) != Match::None);
                        if somewhere {
                            return Err(self.lacking(name, *source, sources));
                        }
                    }
                }
            }
            bound.push((*source, self.row(expr, *source)?));
        }
        if bound.is_empty() {
            return Err(self.no_data(expr.span));
        }
        Ok(bound)
    }
}
