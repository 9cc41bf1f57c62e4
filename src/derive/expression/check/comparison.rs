//! Comparisons: which kinds meet, and how literals take the kind of what they are compared with.

use chrono::{Datelike, NaiveDate};

use crate::calendar::Period;
use crate::data::{Kind, fold_text};
use crate::derive::errors;
use crate::resolve::{RowExpr, RowNode};
use crate::source::Span;

use super::super::days::day_number;
use super::super::typed::{Comparison, Typed, TypedNode};
use super::{Checker, common_kind};

impl Checker<'_> {
    pub(super) fn compare(
        &mut self,
        comparison: Comparison,
        left: &RowExpr,
        right: &RowExpr,
        span: Span,
    ) -> Option<Typed> {
        if let Some(period) = as_period(right) {
            let typed = self.expr(left, &[Kind::Date, Kind::Number])?;
            return self.against(comparison, (left, typed), (right, period), span);
        }
        if let Some(period) = as_period(left) {
            let typed = self.expr(right, &[Kind::Date, Kind::Number])?;
            return self.against(comparison.mirrored(), (right, typed), (left, period), span);
        }
        // a literal says best as what a column beside it is meant
        let (a, b) = if literal_kinds(left).is_some() {
            let b = self.expr(right, literal_kinds(left).unwrap_or_default())?;
            (self.expr(left, &[b.kind])?, b)
        } else {
            let a = self.expr(left, literal_kinds(right).unwrap_or_default())?;
            let b = self.expr(right, &[a.kind])?;
            (a, b)
        };
        if let (Kind::Date, Some(period)) = (a.kind, as_year(right)) {
            return self.against(comparison, (left, a), (right, period), span);
        }
        if let (Kind::Date, Some(period)) = (b.kind, as_year(left)) {
            return self.against(comparison.mirrored(), (right, b), (left, period), span);
        }
        let (a, b) = self.meet((left, a), (right, b), comparison.is_equality())?;
        let kind = if a.kind == Kind::Empty { b.kind } else { a.kind };
        if kind == Kind::Boolean && !comparison.is_equality() {
            return self.refuse(errors::no_order(&self.described(left, kind)));
        }
        Some(Typed::new(TypedNode::Compare(comparison, Box::new(a), Box::new(b)), Kind::Boolean, span))
    }

    /// A comparison with a period; with a number, a whole year is its number.
    fn against(
        &mut self,
        comparison: Comparison,
        (expr, typed): (&RowExpr, Typed),
        (literal, period): (&RowExpr, Period),
        span: Span,
    ) -> Option<Typed> {
        match (typed.kind, whole_year(period)) {
            (Kind::Date | Kind::Empty, _) => {
                let (first, last) = (day_number(period.start), day_number(period.end) - 1);
                let node = TypedNode::Against { comparison, day: Box::new(typed), first, last };
                Some(Typed::new(node, Kind::Boolean, span))
            }
            (Kind::Number, Some(year)) => {
                let year = Typed::new(TypedNode::Number(f64::from(year)), Kind::Number, literal.span);
                let node = TypedNode::Compare(comparison, Box::new(typed), Box::new(year));
                Some(Typed::new(node, Kind::Boolean, span))
            }
            (kind, _) => {
                let (left, right) = (self.described(expr, kind), self.described(literal, Kind::Date));
                self.refuse(errors::kinds_differ(&left, &right, None))
            }
        }
    }

    /// Two sides of a comparison in one kind: keys compare numbers and texts by their digits, and a literal takes
    /// the kind of its column where it reads so.
    fn meet(
        &mut self,
        (left, a): (&RowExpr, Typed),
        (right, b): (&RowExpr, Typed),
        equality: bool,
    ) -> Option<(Typed, Typed)> {
        let (a, b) = match (a.kind, b.kind) {
            (x, y) if x == y || x == Kind::Empty || y == Kind::Empty => return Some((a, b)),
            (Kind::Text, kind) => (read_as(a, kind, equality), b),
            (kind, Kind::Text) => (a, read_as(b, kind, equality)),
            _ => (a, b),
        };
        if a.kind == b.kind {
            return Some((a, b));
        }
        match (a.kind, b.kind) {
            (Kind::Text, Kind::Number) if equality => Some((a, digits(b))),
            (Kind::Number, Kind::Text) if equality && !is_text_literal(right) => Some((digits(a), b)),
            _ => {
                let patch = quoted_day(right, a.kind).or_else(|| quoted_day(left, b.kind));
                let (left, right) = (self.described(left, a.kind), self.described(right, b.kind));
                self.refuse(errors::kinds_differ(&left, &right, patch))
            }
        }
    }

    /// `x between a and b`; of a period its first day as lower, its last as upper end.
    pub(super) fn between(
        &mut self,
        value: &RowExpr,
        low: &RowExpr,
        high: &RowExpr,
        span: Span,
    ) -> Option<Typed> {
        let hint = literal_kinds(low).or_else(|| literal_kinds(high)).unwrap_or_default();
        let kinds = if as_period(low).is_some() { &[Kind::Date, Kind::Number] } else { hint };
        let typed = self.expr(value, kinds)?;
        let low = self.end(low, (value, &typed), true);
        let high = self.end(high, (value, &typed), false);
        if typed.kind == Kind::Boolean {
            return self.refuse(errors::no_order(&self.described(value, typed.kind)));
        }
        let node = TypedNode::Between(Box::new(typed), Box::new(low?), Box::new(high?));
        Some(Typed::new(node, Kind::Boolean, span))
    }

    fn end(&mut self, end: &RowExpr, (value, typed): (&RowExpr, &Typed), low: bool) -> Option<Typed> {
        if let Some(period) = as_period(end).or_else(|| as_year(end).filter(|_| typed.kind == Kind::Date)) {
            let day = if low { day_number(period.start) } else { day_number(period.end) - 1 };
            let node = match (typed.kind, whole_year(period)) {
                (Kind::Number, Some(year)) => return Some(number(f64::from(year), end.span)),
                _ => TypedNode::Day(day),
            };
            let day = Typed::new(node, Kind::Date, end.span);
            return self.meet((value, typed.clone()), (end, day), false).map(|(_, day)| day);
        }
        let end_typed = self.expr(end, &[typed.kind])?;
        self.meet((value, typed.clone()), (end, end_typed), false).map(|(_, end)| end)
    }

    /// `x in (…)`.
    pub(super) fn member(&mut self, value: &RowExpr, list: &[RowExpr], span: Span) -> Option<Typed> {
        let first = list.iter().find_map(literal_kinds).unwrap_or_default();
        let kinds = if list.iter().any(|item| as_period(item).is_some()) {
            &[Kind::Date, Kind::Number][..]
        } else {
            first
        };
        let mut typed = self.expr(value, kinds)?;
        let (mut items, mut periods, mut good) = (Vec::new(), Vec::new(), true);
        for item in list {
            match as_period(item).or_else(|| as_year(item).filter(|_| typed.kind == Kind::Date)) {
                Some(period) if matches!(typed.kind, Kind::Date | Kind::Empty) => {
                    periods.push((day_number(period.start), day_number(period.end) - 1));
                }
                Some(period) if typed.kind == Kind::Number && whole_year(period).is_some() => {
                    items.push(number(f64::from(period.start.year()), item.span));
                }
                Some(_) => {
                    let (left, right) = (self.described(value, typed.kind), self.described(item, Kind::Date));
                    self.diagnostics.push(errors::kinds_differ(&left, &right, None));
                    good = false;
                }
                None => {
                    let met = self
                        .expr(item, &[typed.kind])
                        .and_then(|found| self.meet((value, typed.clone()), (item, found), true));
                    match met {
                        Some((again, item)) => {
                            typed = again;
                            items.push(item);
                        }
                        None => good = false,
                    }
                }
            }
        }
        // once a text stands in the list, numbers compare by their digits throughout
        if typed.kind == Kind::Text {
            items = items.into_iter().map(|i| if i.kind == Kind::Number { digits(i) } else { i }).collect();
        }
        debug_assert!(common_kind(&items).is_ok() || !good, "meet leaves one kind");
        good.then(|| {
            Typed::new(TypedNode::Member { value: Box::new(typed), items, periods }, Kind::Boolean, span)
        })
    }
}

/// The period of a literal.
fn as_period(expr: &RowExpr) -> Option<Period> {
    match expr.node {
        RowNode::Period(period) => Some(period),
        _ => None,
    }
}

/// The year that a number beside dates is.
fn as_year(expr: &RowExpr) -> Option<Period> {
    let RowNode::Number(value) = expr.node else { return None };
    let year = value.is_integer().then(|| i32::try_from(value).ok())??;
    let start = (1900..=2100).contains(&year).then(|| NaiveDate::from_ymd_opt(year, 1, 1))??;
    Some(Period { start, end: NaiveDate::from_ymd_opt(year + 1, 1, 1)? })
}

/// The year that a period is, whole.
fn whole_year(period: Period) -> Option<i32> {
    let year = period.start.year();
    (Some(period.start) == NaiveDate::from_ymd_opt(year, 1, 1)
        && Some(period.end) == NaiveDate::from_ymd_opt(year + 1, 1, 1))
    .then_some(year)
}

/// The kinds as which a column beside a literal is best taken.
fn literal_kinds(expr: &RowExpr) -> Option<&'static [Kind]> {
    match expr.node {
        RowNode::Number(_) => Some(&[Kind::Number, Kind::Text]),
        RowNode::Text(_) => Some(&[Kind::Text, Kind::Boolean]),
        RowNode::Boolean(_) => Some(&[Kind::Boolean]),
        RowNode::Period(_) => Some(&[Kind::Date]),
        _ => None,
    }
}

fn is_text_literal(expr: &RowExpr) -> bool {
    matches!(expr.node, RowNode::Text(_))
}

fn number(value: f64, span: Span) -> Typed {
    Typed::new(TypedNode::Number(value), Kind::Number, span)
}

pub(super) fn digits(number: Typed) -> Typed {
    let span = number.span;
    Typed::new(TypedNode::Digits(Box::new(number)), Kind::Text, span)
}

/// A text literal as another kind where it reads so: `"17850"` beside numbers, `"ja"` beside booleans.
fn read_as(typed: Typed, kind: Kind, equality: bool) -> Typed {
    let TypedNode::Text(text) = &typed.node else { return typed };
    let span = typed.span;
    match kind {
        Kind::Number if equality => text
            .trim()
            .parse::<f64>()
            .ok()
            .filter(|v| v.is_finite())
            .map_or(typed, |value| number(value, span)),
        Kind::Boolean => {
            let value = match fold_text(text).as_str() {
                "true" | "yes" | "y" | "sant" | "ja" | "j" | "x" | "wahr" | "sandt" => true,
                "false" | "no" | "n" | "falskt" | "nej" | "nein" | "falsch" | "falsk" => false,
                _ => return typed,
            };
            Typed::new(TypedNode::Boolean(value), Kind::Boolean, span)
        }
        _ => typed,
    }
}

/// The patch that takes the quotes off a date.
fn quoted_day(expr: &RowExpr, other: Kind) -> Option<(Span, String)> {
    match &expr.node {
        RowNode::Text(text) if other == Kind::Date && text.trim().parse::<NaiveDate>().is_ok() => {
            Some((expr.span, text.trim().to_owned()))
        }
        _ => None,
    }
}
