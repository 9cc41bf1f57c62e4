//! Expressions over the rows of one source: names become columns.

use super::functions::row_functions;
use crate::calendar;
use crate::source::{Span, Spanned};
use crate::syntax::{BinaryOperator, Expr, Name};

use super::errors;
use super::failure::Bound;
use super::model::{RowExpr, RowNode};
use super::resolver::Resolver;

/// The names in an expression, in order; those of a `LOOKUP`'s other source are not of this one.
pub(super) fn names_of<'e>(expr: &'e Expr, found: &mut Vec<&'e Name>) {
    match expr {
        Expr::Name(name) => found.push(name),
        Expr::Unary(_, inner) | Expr::IsEmpty(inner) => names_of(&inner.node, found),
        Expr::Binary(_, left, right) => {
            names_of(&left.node, found);
            names_of(&right.node, found);
        }
        Expr::Between(value, low, high) => {
            for part in [value, low, high] {
                names_of(&part.node, found);
            }
        }
        Expr::In(value, list) => {
            names_of(&value.node, found);
            list.iter().for_each(|item| names_of(&item.node, found));
        }
        Expr::Call(function, arguments) if function.node == "LOOKUP" => {
            for argument in arguments {
                match &argument.node {
                    Expr::Name(name) if name.source.is_some() => {}
                    other => names_of(other, found),
                }
            }
        }
        Expr::Call(_, arguments) => arguments.iter().for_each(|a| names_of(&a.node, found)),
        Expr::Aggregate { argument, filter, .. } => {
            for part in [argument, filter].into_iter().flatten() {
                names_of(&part.node, found);
            }
        }
        Expr::Number(_) | Expr::Text(_) | Expr::Boolean(_) | Expr::Period(_) | Expr::Flagged(_) => {}
    }
}

impl Resolver<'_> {
    /// Binds an expression to the columns of a source.
    pub(super) fn row(&mut self, expr: &Spanned<Expr>, source: usize) -> Bound<RowExpr> {
        let span = expr.span;
        let node = match &expr.node {
            Expr::Number(quantity) => RowNode::Number(quantity.value),
            Expr::Text(text) => RowNode::Text(text.clone()),
            Expr::Boolean(value) => RowNode::Boolean(*value),
            Expr::Period(phrase) => {
                let anchor = self.model.declared.unwrap_or_default();
                let period = calendar::place(phrase, &self.model.calendar, anchor)
                    .map_err(|_| errors::not_a_period(span, self.text.slice(span)))?;
                RowNode::Period(period)
            }
            Expr::Name(name) => RowNode::Column(self.row_column(name, source)?),
            Expr::Unary(operator, inner) => RowNode::Unary(*operator, Box::new(self.row(inner, source)?)),
            Expr::Binary(operator, left, right) => {
                let left = Box::new(self.row(left, source)?);
                let right = if is_comparison(*operator) {
                    self.compared(right, source)?
                } else {
                    self.row(right, source)?
                };
                RowNode::Binary(*operator, left, Box::new(right))
            }
            Expr::Between(value, low, high) => RowNode::Between(
                Box::new(self.row(value, source)?),
                Box::new(self.row(low, source)?),
                Box::new(self.row(high, source)?),
            ),
            Expr::In(value, list) => {
                let value = Box::new(self.row(value, source)?);
                let list = list.iter().map(|item| self.compared(item, source)).collect::<Bound<_>>()?;
                RowNode::In(value, list)
            }
            Expr::IsEmpty(inner) => RowNode::IsEmpty(Box::new(self.row(inner, source)?)),
            Expr::Flagged(_) => return Err(errors::not_a_row_expression(span, "a flag").into()),
            Expr::Call(function, arguments) => self.call(function, arguments, source, span)?,
            Expr::Aggregate { .. } => return Err(errors::not_a_row_expression(span, "an aggregate").into()),
        };
        Ok(RowExpr { node, span })
    }

    /// The right side of a comparison: an unknown word there is most likely a text without quotes.
    fn compared(&mut self, expr: &Spanned<Expr>, source: usize) -> Bound<RowExpr> {
        if let Expr::Name(name) = &expr.node
            && name.source.is_none()
            && self.column_in(source, name)?.is_none()
        {
            let place = format!("`{}`", self.source_shown(source));
            let columns = self.model.sources[source].columns.clone();
            return Err(errors::unquoted_text(name.span, &name.text, &place, &columns).into());
        }
        self.row(expr, source)
    }

    fn row_column(&mut self, name: &Name, source: usize) -> Bound<usize> {
        if let Some(qualifier) = &name.source {
            let qualified = self.source_named(qualifier, name.span)?;
            if qualified != source {
                let shown = [format!("{}.{}", qualifier, name.text), self.source_shown(source)];
                return Err(errors::no_common_source(name.span, &shown).into());
            }
        }
        self.column_in(source, name)?.ok_or_else(|| {
            let place = format!("`{}`", self.source_shown(source));
            errors::unknown_column(name.span, &name.text, &place, &self.model.sources[source].columns).into()
        })
    }

    fn call(
        &mut self,
        function: &Spanned<String>,
        arguments: &[Spanned<Expr>],
        source: usize,
        span: Span,
    ) -> Bound<RowNode> {
        let name = function.node.to_uppercase();
        if name == "LOOKUP" {
            return self.lookup(arguments, source, span);
        }
        let Some((_, arity)) = row_functions().iter().find(|(known, _)| *known == name) else {
            let mut known: Vec<String> =
                row_functions().iter().map(|(known, _)| (*known).to_owned()).collect();
            known.push("LOOKUP".to_owned());
            return Err(errors::unknown_function(function.span, &function.node, &known).into());
        };
        if !arity.contains(&arguments.len()) {
            let expected = match (*arity.start(), *arity.end()) {
                (low, high) if low == high => crate::wording::count(low, "argument"),
                (low, usize::MAX) => format!("at least {}", crate::wording::count(low, "argument")),
                (low, high) => format!("{low} to {}", crate::wording::count(high, "argument")),
            };
            return Err(errors::wrong_arity(function.span, &name, &expected, arguments.len()).into());
        }
        let bound = arguments.iter().map(|argument| self.row(argument, source)).collect::<Bound<_>>()?;
        Ok(RowNode::Call(name, bound))
    }

    /// `LOOKUP(products.cost, sku)`, `LOOKUP(products.cost, item, products.sku)`, several keys.
    fn lookup(&mut self, arguments: &[Spanned<Expr>], source: usize, span: Span) -> Bound<RowNode> {
        let Some((Spanned { node: Expr::Name(value), .. }, keys)) =
            arguments.split_first().filter(|(first, keys)| !keys.is_empty() && is_qualified(first))
        else {
            return Err(
                errors::wrong_arity(span, "LOOKUP", "`source.column` and a key", arguments.len()).into()
            );
        };
        let other = self.source_named(value.source.as_deref().unwrap_or_default(), value.span)?;
        let value_column = self.row_column(value, other)?;
        let mut bound: Vec<(usize, RowExpr)> = Vec::new();
        let mut left = keys.iter().peekable();
        while let Some(key) = left.next() {
            let here = self.row(key, source)?;
            let there = left.next_if(|next| is_qualified(next));
            let there = match (there.map(|n| &n.node), &key.node) {
                (Some(Expr::Name(name)), _) => self.row_column(name, other)?,
                (_, Expr::Name(name)) => {
                    let same = Name { text: name.text.clone(), source: None, span: name.span };
                    self.row_column(&same, other)?
                }
                _ => {
                    return Err(errors::wrong_arity(
                        span,
                        "LOOKUP",
                        "a key column after a computed key",
                        keys.len(),
                    )
                    .into());
                }
            };
            bound.push((there, here));
        }
        self.model.sources[other].used = true;
        Ok(RowNode::Lookup { source: other, value: value_column, keys: bound })
    }
}

fn is_qualified(expr: &Spanned<Expr>) -> bool {
    matches!(&expr.node, Expr::Name(name) if name.source.is_some())
}

fn is_comparison(operator: BinaryOperator) -> bool {
    use BinaryOperator as B;
    matches!(
        operator,
        B::Equal
            | B::NotEqual
            | B::Less
            | B::LessOrEqual
            | B::Greater
            | B::GreaterOrEqual
            | B::Contains
            | B::StartsWith
            | B::EndsWith
            | B::Matches
    )
}
