//! A row expression whose kinds fit.

use regex::Regex;

use crate::data::Kind;
use crate::derive::RowFunction;
use crate::source::Span;

use super::schema::ColumnKey;

/// An expression with the kind of its values; [`Kind::Empty`] is always missing.
#[derive(Debug, Clone)]
pub struct Typed {
    pub(super) node: TypedNode,
    /// The kind of its values.
    pub kind: Kind,
    /// Where it was written.
    pub span: Span,
}

/// The forms of a typed expression. Kinds of operands are settled: no form tests them again.
#[derive(Debug, Clone)]
pub(super) enum TypedNode {
    Missing,
    Number(f64),
    Text(String),
    Boolean(bool),
    Day(i32),
    Column(ColumnKey),
    /// An expression over a single text column: computed once for each of its texts.
    PerText {
        id: usize,
        column: ColumnKey,
        inner: Box<Typed>,
    },
    /// A number as the text by which keys compare.
    Digits(Box<Typed>),
    Negate(Box<Typed>),
    Not(Box<Typed>),
    Arithmetic(Arithmetic, Box<Typed>, Box<Typed>),
    /// A date and a number of days, added or taken away.
    Shift {
        day: Box<Typed>,
        days: Box<Typed>,
        back: bool,
    },
    /// Days from the second to the first.
    Difference(Box<Typed>, Box<Typed>),
    Concatenate(Vec<Typed>),
    Compare(Comparison, Box<Typed>, Box<Typed>),
    /// A date against a period, from its first to its last day.
    Against {
        comparison: Comparison,
        day: Box<Typed>,
        first: i32,
        last: i32,
    },
    Between(Box<Typed>, Box<Typed>, Box<Typed>),
    /// Equal to one of the values, or within one of the periods.
    Member {
        value: Box<Typed>,
        items: Vec<Typed>,
        periods: Vec<(i32, i32)>,
    },
    All(Vec<Typed>),
    Any(Vec<Typed>),
    IsEmpty(Box<Typed>),
    TextTest(TextTest, Box<Typed>, Box<Typed>),
    Matches(Box<Typed>, Regex),
    /// Conditions with their values, the first that is true; then the value where all are false.
    Choose(Vec<(Typed, Typed)>, Box<Typed>),
    /// The first value that is not missing.
    Coalesce(Vec<Typed>),
    Call(RowFunction, Vec<Typed>),
    Lookup {
        id: usize,
        source: usize,
        value: ColumnKey,
        keys: Vec<(ColumnKey, Typed)>,
    },
}

/// Operators of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
}

/// Comparisons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// Tests of a text by another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextTest {
    Contains,
    StartsWith,
    EndsWith,
}

impl Comparison {
    /// The comparison with its sides exchanged.
    pub(super) fn mirrored(self) -> Self {
        match self {
            Self::Equal => Self::Equal,
            Self::NotEqual => Self::NotEqual,
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
        }
    }

    /// Whether it holds for an ordering.
    pub(super) fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
        }
    }

    /// `=` and `<>`: missing equals missing alone; the others are unknown with a missing side.
    pub(super) fn is_equality(self) -> bool {
        matches!(self, Self::Equal | Self::NotEqual)
    }
}

impl Typed {
    pub(super) fn new(node: TypedNode, kind: Kind, span: Span) -> Self {
        Self { node, kind, span }
    }

    /// The column that it is, alone.
    pub fn as_column(&self) -> Option<ColumnKey> {
        match &self.node {
            TypedNode::Column(key) => Some(*key),
            _ => None,
        }
    }

    /// The parts it is made of.
    pub(super) fn parts(&self) -> Vec<&Self> {
        use TypedNode as N;
        match &self.node {
            N::Missing | N::Number(_) | N::Text(_) | N::Boolean(_) | N::Day(_) | N::Column(_) => Vec::new(),
            N::PerText { inner, .. } => vec![inner],
            N::Digits(a) | N::Negate(a) | N::Not(a) | N::IsEmpty(a) | N::Matches(a, _) => vec![a],
            N::Against { day, .. } => vec![day],
            N::Arithmetic(_, a, b) | N::Difference(a, b) | N::Compare(_, a, b) => vec![a, b],
            N::Shift { day, days, .. } => vec![day, days],
            N::TextTest(_, a, b) => vec![a, b],
            N::Between(a, b, c) => vec![a, b, c],
            N::Concatenate(all) | N::All(all) | N::Any(all) | N::Coalesce(all) | N::Call(_, all) => {
                all.iter().collect()
            }
            N::Member { value, items, .. } => std::iter::once(&**value).chain(items).collect(),
            N::Choose(arms, otherwise) => {
                arms.iter().flat_map(|(c, v)| [c, v]).chain(std::iter::once(&**otherwise)).collect()
            }
            N::Lookup { keys, .. } => keys.iter().map(|(_, key)| key).collect(),
        }
    }

    /// The parts it is made of, to change.
    pub(super) fn parts_mut(&mut self) -> Vec<&mut Self> {
        use TypedNode as N;
        match &mut self.node {
            N::Missing | N::Number(_) | N::Text(_) | N::Boolean(_) | N::Day(_) | N::Column(_) => Vec::new(),
            N::PerText { inner, .. } => vec![inner],
            N::Digits(a) | N::Negate(a) | N::Not(a) | N::IsEmpty(a) | N::Matches(a, _) => vec![a],
            N::Against { day, .. } => vec![day],
            N::Arithmetic(_, a, b) | N::Difference(a, b) | N::Compare(_, a, b) => vec![a, b],
            N::Shift { day, days, .. } => vec![day, days],
            N::TextTest(_, a, b) => vec![a, b],
            N::Between(a, b, c) => vec![a, b, c],
            N::Concatenate(all) | N::All(all) | N::Any(all) | N::Coalesce(all) | N::Call(_, all) => {
                all.iter_mut().collect()
            }
            N::Member { value, items, .. } => std::iter::once(&mut **value).chain(items).collect(),
            N::Choose(arms, otherwise) => {
                arms.iter_mut().flat_map(|(c, v)| [c, v]).chain(std::iter::once(&mut **otherwise)).collect()
            }
            N::Lookup { keys, .. } => keys.iter_mut().map(|(_, key)| key).collect(),
        }
    }

    /// Adds the columns of the source itself that it reads.
    pub fn columns(&self, found: &mut Vec<(ColumnKey, Kind)>) {
        if let TypedNode::Column(key) = &self.node
            && !found.contains(&(*key, self.kind))
        {
            found.push((*key, self.kind));
        }
        self.parts().into_iter().for_each(|part| part.columns(found));
    }
}
