//! Operators: which kinds they take.

use regex::RegexBuilder;

use crate::data::Kind;
use crate::derive::errors;
use crate::resolve::{RowExpr, RowNode};
use crate::source::Span;
use crate::syntax::BinaryOperator;

use super::super::typed::{Arithmetic, Comparison, TextTest, Typed, TypedNode};
use super::Checker;

/// Memory that a pattern may take once compiled.
const PATTERN_BYTES: usize = 1 << 20;

impl Checker<'_> {
    pub(super) fn binary(
        &mut self,
        operator: BinaryOperator,
        left: &RowExpr,
        right: &RowExpr,
        span: Span,
    ) -> Option<Typed> {
        use BinaryOperator as B;
        match operator {
            B::Add | B::Subtract => self.sum(operator == B::Subtract, left, right, span),
            B::Multiply => self.arithmetic(Arithmetic::Multiply, left, right, span),
            B::Divide => self.arithmetic(Arithmetic::Divide, left, right, span),
            B::Power => self.arithmetic(Arithmetic::Power, left, right, span),
            B::Concatenate => {
                let (left, right) = (self.expr(left, &[Kind::Text]), self.expr(right, &[Kind::Text]));
                Some(Typed::new(TypedNode::Concatenate(vec![left?, right?]), Kind::Text, span))
            }
            B::Equal => self.compare(Comparison::Equal, left, right, span),
            B::NotEqual => self.compare(Comparison::NotEqual, left, right, span),
            B::Less => self.compare(Comparison::Less, left, right, span),
            B::LessOrEqual => self.compare(Comparison::LessOrEqual, left, right, span),
            B::Greater => self.compare(Comparison::Greater, left, right, span),
            B::GreaterOrEqual => self.compare(Comparison::GreaterOrEqual, left, right, span),
            B::And | B::Or => self.junction(operator, left, right, span),
            B::Contains => self.text_test(TextTest::Contains, "contains", left, right, span),
            B::StartsWith => self.text_test(TextTest::StartsWith, "starts with", left, right, span),
            B::EndsWith => self.text_test(TextTest::EndsWith, "ends with", left, right, span),
            B::Matches => self.matches(left, right, span),
        }
    }

    fn arithmetic(
        &mut self,
        operator: Arithmetic,
        left: &RowExpr,
        right: &RowExpr,
        span: Span,
    ) -> Option<Typed> {
        let sign = operator.sign();
        let (left, right) =
            (self.operand(left, &[Kind::Number], sign), self.operand(right, &[Kind::Number], sign));
        let node = TypedNode::Arithmetic(operator, Box::new(left?), Box::new(right?));
        Some(Typed::new(node, Kind::Number, span))
    }

    /// `+` and `-`: numbers; a date and days; a date minus a date.
    fn sum(&mut self, minus: bool, left: &RowExpr, right: &RowExpr, span: Span) -> Option<Typed> {
        let sign = if minus { "-" } else { "+" };
        let kinds = [Kind::Number, Kind::Date];
        let (a, b) = (self.operand(left, &kinds, sign), self.operand(right, &kinds, sign));
        let (a, b) = (Box::new(a?), Box::new(b?));
        let operator = if minus { Arithmetic::Subtract } else { Arithmetic::Add };
        let (node, kind) = match (a.kind, b.kind) {
            (Kind::Date, Kind::Date) if minus => (TypedNode::Difference(a, b), Kind::Number),
            (Kind::Date, Kind::Number | Kind::Empty) => {
                (TypedNode::Shift { day: a, days: b, back: minus }, Kind::Date)
            }
            (Kind::Number | Kind::Empty, Kind::Date) if !minus => {
                (TypedNode::Shift { day: b, days: a, back: false }, Kind::Date)
            }
            (Kind::Date, _) | (_, Kind::Date) => {
                let (left, right) = (self.described(left, a.kind), self.described(right, b.kind));
                return self.refuse(errors::dates_do_not_add(sign, &left, &right));
            }
            _ => (TypedNode::Arithmetic(operator, a, b), Kind::Number),
        };
        Some(Typed::new(node, kind, span))
    }

    /// `and`, `or`: a chain of one of them is a single list.
    fn junction(
        &mut self,
        operator: BinaryOperator,
        left: &RowExpr,
        right: &RowExpr,
        span: Span,
    ) -> Option<Typed> {
        let mut parts = vec![right];
        let mut rest = left;
        while let RowNode::Binary(inner, left, right) = &rest.node
            && *inner == operator
        {
            parts.push(right);
            rest = left;
        }
        parts.push(rest);
        let word = if operator == BinaryOperator::And { "and" } else { "or" };
        let typed: Vec<Option<Typed>> =
            parts.into_iter().rev().map(|part| self.operand(part, &[Kind::Boolean], word)).collect();
        let all = typed.into_iter().collect::<Option<Vec<_>>>()?;
        let node = if operator == BinaryOperator::And { TypedNode::All(all) } else { TypedNode::Any(all) };
        Some(Typed::new(node, Kind::Boolean, span))
    }

    fn text_test(
        &mut self,
        test: TextTest,
        word: &str,
        left: &RowExpr,
        right: &RowExpr,
        span: Span,
    ) -> Option<Typed> {
        let (left, right) =
            (self.operand(left, &[Kind::Text], word), self.operand(right, &[Kind::Text], word));
        let node = TypedNode::TextTest(test, Box::new(left?), Box::new(right?));
        Some(Typed::new(node, Kind::Boolean, span))
    }

    /// `matches`: the pattern is for the whole value.
    fn matches(&mut self, left: &RowExpr, right: &RowExpr, span: Span) -> Option<Typed> {
        let value = self.operand(left, &[Kind::Text], "matches");
        let RowNode::Text(pattern) = &right.node else {
            return self.refuse(errors::pattern_wanted(right.span));
        };
        let whole = format!(r"\A(?:{pattern})\z");
        // compiled by itself first: `a)|(b` is no pattern, though it is one inside the brackets
        let compiled = RegexBuilder::new(pattern)
            .size_limit(PATTERN_BYTES)
            .build()
            .and_then(|_| RegexBuilder::new(&whole).size_limit(PATTERN_BYTES).build());
        match compiled {
            Ok(regex) => Some(Typed::new(TypedNode::Matches(Box::new(value?), regex), Kind::Boolean, span)),
            Err(error) => self.refuse(errors::bad_pattern(right.span, &error.to_string())),
        }
    }
}

impl Arithmetic {
    fn sign(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Power => "^",
        }
    }
}
