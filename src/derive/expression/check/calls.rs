//! Calls of row functions and `LOOKUP`: which kinds they take and give.

use crate::data::Kind;
use crate::derive::{RowFunction, errors};
use crate::resolve::{RowExpr, RowNode};
use crate::source::Span;

use super::super::typed::{Typed, TypedNode};
use super::comparison::digits;
use super::{Checker, common_kind};

/// Kinds of the arguments by position, the last for all that follow; and of the result.
struct Signature {
    arguments: &'static [&'static [Kind]],
    result: Kind,
}

const NUMBER: &[Kind] = &[Kind::Number];
const DATE: &[Kind] = &[Kind::Date];
const TEXT: &[Kind] = &[Kind::Text];
const PRINTED: &[Kind] = &[Kind::Text, Kind::Number, Kind::Date, Kind::Boolean];

/// The signature of a function whose kinds are fixed.
fn signature(function: RowFunction) -> Option<Signature> {
    use RowFunction as F;
    let (arguments, result): (&'static [&'static [Kind]], Kind) = match function {
        F::Abs | F::Ceiling | F::Floor | F::Int | F::Mod | F::Power | F::Sign | F::Sqrt => {
            (&[NUMBER], Kind::Number)
        }
        F::Round | F::RoundDown | F::RoundUp | F::Trunc => (&[NUMBER], Kind::Number),
        F::Date => (&[NUMBER], Kind::Date),
        F::Day | F::Month | F::Quarter | F::Year | F::IsoWeekNum => (&[DATE], Kind::Number),
        F::Days | F::NetworkDays => (&[DATE], Kind::Number),
        F::DateDif => (&[DATE, DATE, TEXT], Kind::Number),
        F::Edate | F::Eomonth => (&[DATE, NUMBER], Kind::Date),
        F::Weekday | F::WeekNum => (&[DATE, NUMBER], Kind::Number),
        F::Len => (&[PRINTED], Kind::Number),
        F::Left | F::Right | F::Mid => (&[PRINTED, NUMBER], Kind::Text),
        F::Lower | F::Upper | F::Trim => (&[TEXT], Kind::Text),
        F::Concat => (&[PRINTED], Kind::Text),
        F::Exact => (&[TEXT], Kind::Boolean),
        F::Find | F::Search => (&[TEXT, TEXT, NUMBER], Kind::Number),
        F::Substitute => (&[TEXT, TEXT, TEXT, NUMBER], Kind::Text),
        F::Value => (&[&[Kind::Text, Kind::Number]], Kind::Number),
        F::And | F::Or | F::Not | F::If | F::Ifs | F::IfError | F::Coalesce | F::Max | F::Min => return None,
    };
    Some(Signature { arguments, result })
}

impl Checker<'_> {
    pub(super) fn call(
        &mut self,
        name: &str,
        arguments: &[RowExpr],
        kinds: &[Kind],
        span: Span,
    ) -> Option<Typed> {
        let Some(function) = RowFunction::from_name(name) else {
            return self.refuse(errors::unknown_function(span, name));
        };
        let name = name.to_uppercase();
        if let Some(Signature { arguments: wanted, result }) = signature(function) {
            let typed: Vec<Option<Typed>> = arguments
                .iter()
                .enumerate()
                .map(|(at, argument)| self.operand(argument, wanted[at.min(wanted.len() - 1)], &name))
                .collect();
            let all = typed.into_iter().collect::<Option<Vec<_>>>()?;
            if function == RowFunction::Concat {
                return Some(Typed::new(TypedNode::Concatenate(all), Kind::Text, span));
            }
            return Some(Typed::new(TypedNode::Call(function, all), result, span));
        }
        match function {
            RowFunction::And | RowFunction::Or => {
                let all = self.all(arguments, &[Kind::Boolean], &name)?;
                let node =
                    if function == RowFunction::And { TypedNode::All(all) } else { TypedNode::Any(all) };
                Some(Typed::new(node, Kind::Boolean, span))
            }
            RowFunction::Not => {
                let inner = self.all(arguments, &[Kind::Boolean], &name)?.into_iter().next()?;
                Some(Typed::new(TypedNode::Not(Box::new(inner)), Kind::Boolean, span))
            }
            RowFunction::Max | RowFunction::Min => {
                let all = self.all(arguments, &[Kind::Number, Kind::Date], &name)?;
                let kind = self.one_kind(&all, arguments)?;
                Some(Typed::new(TypedNode::Call(function, all), kind, span))
            }
            RowFunction::If => self.choose(arguments, kinds, span, &name, true),
            RowFunction::Ifs => self.choose(arguments, kinds, span, &name, false),
            _ => {
                let all = self.same_kind(&arguments.iter().collect::<Vec<_>>(), kinds)?;
                let kind = common_kind(&all).unwrap_or(Kind::Empty);
                Some(Typed::new(TypedNode::Coalesce(all), kind, span))
            }
        }
    }

    fn all(&mut self, arguments: &[RowExpr], kinds: &[Kind], name: &str) -> Option<Vec<Typed>> {
        let typed: Vec<Option<Typed>> =
            arguments.iter().map(|argument| self.operand(argument, kinds, name)).collect();
        typed.into_iter().collect()
    }

    /// Conditions and values in turn; with `otherwise` a last value without a condition.
    fn choose(
        &mut self,
        arguments: &[RowExpr],
        kinds: &[Kind],
        span: Span,
        name: &str,
        otherwise: bool,
    ) -> Option<Typed> {
        let (pairs, rest) = arguments.as_chunks::<2>();
        if !otherwise && !rest.is_empty() {
            return self.refuse(errors::odd_pairs(span, arguments.len()));
        }
        let conditions: Vec<Option<Typed>> =
            pairs.iter().map(|[condition, _]| self.operand(condition, &[Kind::Boolean], name)).collect();
        let values: Vec<&RowExpr> = pairs.iter().map(|[_, value]| value).chain(rest).collect();
        let mut values = self.same_kind(&values, kinds)?;
        let conditions = conditions.into_iter().collect::<Option<Vec<_>>>()?;
        let kind = common_kind(&values).unwrap_or(Kind::Empty);
        let last =
            if rest.is_empty() { Typed::new(TypedNode::Missing, Kind::Empty, span) } else { values.pop()? };
        let arms = conditions.into_iter().zip(values).collect();
        Some(Typed::new(TypedNode::Choose(arms, Box::new(last)), kind, span))
    }

    /// Types values that must be of one kind; the first literal says as what columns beside it are best taken.
    fn same_kind(&mut self, values: &[&RowExpr], kinds: &[Kind]) -> Option<Vec<Typed>> {
        let literal = values.iter().find_map(|value| match value.node {
            RowNode::Number(_) => Some(Kind::Number),
            RowNode::Text(ref text) if !text.trim().is_empty() => Some(Kind::Text),
            RowNode::Boolean(_) => Some(Kind::Boolean),
            RowNode::Period(_) => Some(Kind::Date),
            _ => None,
        });
        let wanted: Vec<Kind> = literal.into_iter().chain(kinds.iter().copied()).collect();
        let typed: Vec<Option<Typed>> = values.iter().map(|value| self.expr(value, &wanted)).collect();
        let all = typed.into_iter().collect::<Option<Vec<_>>>()?;
        if let Err(at) = common_kind(&all) {
            let first = all.iter().position(|value| value.kind != Kind::Empty).unwrap_or(0);
            let (left, right) =
                (self.described(values[first], all[first].kind), self.described(values[at], all[at].kind));
            return self.refuse(errors::kinds_differ(&left, &right, None));
        }
        Some(all)
    }

    fn one_kind(&mut self, typed: &[Typed], arguments: &[RowExpr]) -> Option<Kind> {
        match common_kind(typed) {
            Ok(kind) => Some(kind),
            Err(at) => {
                let first = typed.iter().position(|value| value.kind != Kind::Empty).unwrap_or(0);
                let left = self.described(&arguments[first], typed[first].kind);
                let right = self.described(&arguments[at], typed[at].kind);
                self.refuse(errors::kinds_differ(&left, &right, None))
            }
        }
    }

    /// `LOOKUP`: each key of the kind of its column there, numbers and texts by their digits.
    pub(super) fn lookup(
        &mut self,
        source: usize,
        value: usize,
        keys: &[(usize, RowExpr)],
        kinds: &[Kind],
        span: Span,
    ) -> Option<Typed> {
        let absent = std::iter::once(&value)
            .chain(keys.iter().map(|(there, _)| there))
            .any(|column| !self.schema.has(source, *column));
        if absent {
            return self.refuse(errors::column_not_read(span));
        }
        let (value_key, kind) = self.schema.choose(source, value, kinds)?;
        let mut typed_keys = Vec::new();
        for (there, here) in keys {
            let (_, first) = self.schema.choose(source, *there, &[Kind::Text])?;
            let here_typed = self.expr(here, &[first])?;
            let (key, there_kind) = self.schema.choose(source, *there, &[here_typed.kind, Kind::Text])?;
            let met = match (there_kind, here_typed.kind) {
                (Kind::Text, Kind::Number) => digits(here_typed),
                (Kind::Number, Kind::Text) => here_typed,
                (a, b) if a == b || a == Kind::Empty || b == Kind::Empty => here_typed,
                (_, found) => {
                    let name = self.schema.name(source, *there).to_owned();
                    let here = self.described(here, found);
                    return self.refuse(errors::key_kinds_differ(&here, &name, there_kind));
                }
            };
            typed_keys.push((key, met));
        }
        let id = self.lookups;
        self.lookups += 1;
        let node = if kind == Kind::Empty {
            TypedNode::Missing
        } else {
            TypedNode::Lookup { id, source, value: value_key, keys: typed_keys }
        };
        Some(Typed::new(node, kind, span))
    }
}
