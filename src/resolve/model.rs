//! What goals mean over the columns at hand.

use std::hash::{Hash, Hasher};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::calendar::{Calendar, Period};
use crate::data::{Use, Wanted};
use crate::quantity::Unit;
use crate::source::{Span, Spanned};
use crate::syntax::{AggregateFunction, BinaryOperator, Goal, Heading, Language, UnaryOperator};

/// Index in [`Model::aggregates`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AggregateId(pub u32);
/// Index in [`Model::metrics`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MetricId(pub u32);

/// A goal file bound to its data.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// The language of the file.
    pub language: Language,
    /// `declared` of the file header.
    pub declared: Option<NaiveDate>,
    /// Fiscal year and week calendar.
    pub calendar: Calendar,
    /// The sheet that lists the fiscal years.
    pub calendar_sheet: Option<CalendarModel>,
    /// By index in `Catalog::sources`; those no statement uses have `used` false.
    pub sources: Vec<SourceModel>,
    /// Computed columns, each after those it depends on.
    pub columns: Vec<ComputedColumn>,
    /// Every aggregate of every metric, once.
    pub aggregates: Vec<Aggregate>,
    /// Declared metrics, then those that goals state in passing.
    pub metrics: Vec<Metric>,
    /// All goals in file order, invalid ones among them.
    pub goals: Vec<GoalModel>,
    /// Headings and goals in file order.
    pub outline: Vec<OutlineItem>,
    /// `find potential`.
    pub potentials: Vec<PotentialModel>,
    /// The columns to load.
    pub wanted: Wanted,
}

/// `calendar from periods`, bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarModel {
    /// Index in [`Model::sources`].
    pub source: usize,
    /// Its columns from coarse to fine, where they are said.
    pub by: Vec<usize>,
    /// All its columns, with what they are read as.
    pub wanted: Vec<(usize, Use)>,
    /// The line.
    pub span: Span,
}

/// A line of the goal tree.
#[derive(Debug, Clone, PartialEq)]
pub enum OutlineItem {
    /// A heading.
    Heading(Spanned<Heading>),
    /// Index in [`Model::goals`].
    Goal(usize),
}

/// A source as the goal file uses it.
#[derive(Debug, Clone, Default)]
pub struct SourceModel {
    /// Its name in the goal language.
    pub name: String,
    /// Some statement needs it.
    pub used: bool,
    /// The column that dates its rows; none where it has no date column.
    pub date: Option<usize>,
    /// Names of its columns: the sheet's, then computed ones.
    pub columns: Vec<String>,
    /// `ignore rows where`: rows for which one is true are left out of everything.
    pub ignore: Vec<RowExpr>,
    /// `complete through`.
    pub complete_through: Option<NaiveDate>,
    /// `settles after N days`.
    pub settles_after: Option<u32>,
    /// The `data` line.
    pub span: Option<Span>,
}

/// `column NAME in SOURCE = EXPR`, bound.
#[derive(Debug, Clone)]
pub struct ComputedColumn {
    /// Its source.
    pub source: usize,
    /// Its column index there, past the sheet's columns.
    pub index: usize,
    /// Its name.
    pub name: String,
    /// Its value.
    pub expr: RowExpr,
    /// Where it was written.
    pub span: Span,
}

/// An expression over the rows of one source, names bound; equal where it means the same, wherever it was written.
#[derive(Debug, Clone)]
pub struct RowExpr {
    /// What it is.
    pub node: RowNode,
    /// Where it was written.
    pub span: Span,
}

impl PartialEq for RowExpr {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

impl Eq for RowExpr {}

impl Hash for RowExpr {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.node.hash(state);
    }
}

impl RowExpr {
    /// The expression times a number.
    #[must_use]
    pub fn times(self, factor: Decimal) -> Self {
        let span = self.span;
        let factor = Self { node: RowNode::Number(factor), span };
        Self { node: RowNode::Binary(BinaryOperator::Multiply, Box::new(self), Box::new(factor)), span }
    }

    /// The same expression with every column replaced.
    #[must_use]
    pub fn map_columns(self, change: &mut impl FnMut(usize) -> usize) -> Self {
        let mut inner = |e: Box<Self>| Box::new(e.map_columns(change));
        let node = match self.node {
            RowNode::Column(column) => RowNode::Column(change(column)),
            RowNode::Unary(operator, a) => RowNode::Unary(operator, inner(a)),
            RowNode::Binary(operator, a, b) => RowNode::Binary(operator, inner(a), inner(b)),
            RowNode::Between(a, b, c) => RowNode::Between(inner(a), inner(b), inner(c)),
            RowNode::IsEmpty(a) => RowNode::IsEmpty(inner(a)),
            RowNode::In(a, list) => {
                let a = inner(a);
                RowNode::In(a, list.into_iter().map(|e| e.map_columns(change)).collect())
            }
            RowNode::Call(name, list) => {
                RowNode::Call(name, list.into_iter().map(|e| e.map_columns(change)).collect())
            }
            RowNode::Lookup { source, value, keys } => RowNode::Lookup {
                source,
                value,
                keys: keys.into_iter().map(|(there, here)| (there, here.map_columns(change))).collect(),
            },
            literal @ (RowNode::Number(_) | RowNode::Text(_) | RowNode::Boolean(_) | RowNode::Period(_)) => {
                literal
            }
        };
        Self { node, span: self.span }
    }
}

/// The forms of a row expression.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RowNode {
    /// A number; percents as shares.
    Number(Decimal),
    /// Text, as written.
    Text(String),
    /// True or false.
    Boolean(bool),
    /// A date or period literal: its days.
    Period(Period),
    /// A column of the source, sheet or computed.
    Column(usize),
    /// `-x`, `not x`.
    Unary(UnaryOperator, Box<RowExpr>),
    /// `a op b`.
    Binary(BinaryOperator, Box<RowExpr>, Box<RowExpr>),
    /// `x between a and b`, both ends included.
    Between(Box<RowExpr>, Box<RowExpr>, Box<RowExpr>),
    /// `x in (…)`.
    In(Box<RowExpr>, Vec<RowExpr>),
    /// `x is empty`.
    IsEmpty(Box<RowExpr>),
    /// A row function, its name in capitals (`IF`, `ROUND`).
    Call(String, Vec<RowExpr>),
    /// `LOOKUP(value, key, …)`: value and key columns of another source, keys of this one.
    Lookup {
        /// The other source.
        source: usize,
        /// The column that gives the value.
        value: usize,
        /// Key columns there with the key of this row.
        keys: Vec<(usize, RowExpr)>,
    },
}

/// An aggregate over the rows of a source.
#[derive(Debug, Clone, PartialEq)]
pub struct Aggregate {
    /// The source.
    pub source: usize,
    /// Which.
    pub function: AggregateFunction,
    /// Of what; none counts rows.
    pub argument: Option<RowExpr>,
    /// The share of a percentile.
    pub share: Option<Decimal>,
    /// `where` inside its brackets.
    pub filter: Option<RowExpr>,
    /// As canonical text: `sum(amount)`.
    pub text: String,
}

/// How a measure behaves over time (SPEC §3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Nature {
    /// Adds up over time; distinct counts do not add but count as flows.
    Flow {
        /// Parts add up to the whole.
        additive: bool,
    },
    /// A state on a date.
    Stock,
    /// A quotient of aggregates.
    Ratio,
    /// Average, median, percentile, minimum, maximum.
    Statistic,
}

/// A measure over aggregates.
#[derive(Debug, Clone, PartialEq)]
pub enum Formula {
    /// A number.
    Number(Decimal),
    /// An aggregate.
    Aggregate(AggregateId),
    /// `-x`.
    Negate(Box<Formula>),
    /// `+ - * / ^` alone.
    Binary(BinaryOperator, Box<Formula>, Box<Formula>),
}

impl Formula {
    /// Its aggregates, in order of appearance, each once.
    pub fn aggregates(&self) -> Vec<AggregateId> {
        let mut found = Vec::new();
        self.collect(&mut found);
        found
    }

    /// How many numbers, aggregates and operators.
    pub fn size(&self) -> usize {
        match self {
            Self::Number(_) | Self::Aggregate(_) => 1,
            Self::Negate(inner) => inner.size() + 1,
            Self::Binary(_, left, right) => left.size() + right.size() + 1,
        }
    }

    fn collect(&self, found: &mut Vec<AggregateId>) {
        match self {
            Self::Number(_) => {}
            Self::Aggregate(id) => {
                if !found.contains(id) {
                    found.push(*id);
                }
            }
            Self::Negate(inner) => inner.collect(found),
            Self::Binary(_, left, right) => {
                left.collect(found);
                right.collect(found);
            }
        }
    }
}

/// A metric.
#[derive(Debug, Clone, PartialEq)]
pub struct Metric {
    /// The declared name; none for one stated in passing.
    pub name: Option<String>,
    /// The canonical expression: `sum(amount)`.
    pub text: String,
    /// How it is computed.
    pub formula: Formula,
    /// How it behaves over time.
    pub nature: Nature,
    /// It may be a proportion (SPEC §3): its numerator counts rows or distinct values and its denominator counts or
    /// sums; that the denominator sums whole numbers and is never the smaller is seen in the data.
    pub maybe_proportion: bool,
    /// Its unit: declared, else by the columns' formats, else by its nature (percent for ratios of like units).
    pub unit: Unit,
    /// The unit was declared.
    pub unit_declared: bool,
    /// `lower is better` is false, `higher is better` true.
    pub higher_is_better: Option<bool>,
    /// A ratio one part alone of which is money.
    pub money_per: bool,
    /// Said of how a phrase was read (a rate taken as an average).
    pub note: Option<String>,
    /// Where it was declared or stated.
    pub span: Span,
}

impl Metric {
    /// The declared name or the canonical expression.
    pub fn shown(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.text)
    }
}

/// A goal bound to its metric.
#[derive(Debug, Clone)]
pub struct GoalModel {
    /// One-based line in the goal file.
    pub line: usize,
    /// The line as written, without bullet.
    pub text: String,
    /// Where.
    pub span: Span,
    /// Headings above it, outermost first.
    pub path: Vec<String>,
    /// What was written; none when the line was not understood.
    pub goal: Option<Box<Goal>>,
    /// What it measures; none when it is invalid.
    pub bound: Option<BoundGoal>,
}

/// The parts of a goal that needed names.
#[derive(Debug, Clone)]
pub struct BoundGoal {
    /// Its metric.
    pub metric: MetricId,
    /// The sources its metric reads.
    pub sources: Vec<usize>,
    /// Its filters; all hold.
    pub segments: Vec<SegmentModel>,
    /// `for each COLUMN`: the column in each source of the metric.
    pub for_each: Option<ForEachModel>,
    /// A target that stands in a sheet.
    pub target: Option<SheetTarget>,
    /// `compared to sheet "S"`: the metric over that source instead.
    pub compared_to: Option<MetricId>,
}

/// A filter of a goal.
#[derive(Debug, Clone)]
pub struct SegmentModel {
    /// As first written: `country = "Germany"`, `dach`, `Google`.
    pub text: String,
    /// What it means.
    pub form: SegmentForm,
    /// Where.
    pub span: Span,
}

/// The forms of a filter.
#[derive(Debug, Clone)]
pub enum SegmentForm {
    /// A condition, bound in each source of the metric.
    Condition(Vec<(usize, RowExpr)>),
    /// Bare values, looked up among the text columns once they are loaded.
    Values {
        /// The values as written.
        values: Vec<Spanned<String>>,
        /// Text columns in which they may stand, per source of the metric.
        candidates: Vec<(usize, Vec<usize>)>,
    },
}

/// `for each COLUMN`.
#[derive(Debug, Clone)]
pub struct ForEachModel {
    /// The column's name in the first source.
    pub name: String,
    /// The column in each source of the metric (and in a target sheet).
    pub columns: Vec<(usize, usize)>,
    /// Where.
    pub span: Span,
}

/// `to SOURCE.COLUMN`: the sum over the goal's window and segment. The segments and `for each` of the goal hold the
/// target sheet among their sources, so the filter of that source joins it.
#[derive(Debug, Clone)]
pub struct SheetTarget {
    /// `sum(column)` over the target sheet.
    pub aggregate: AggregateId,
    /// The sheet has a date column.
    pub dated: bool,
}

/// `find potential in METRIC by COLUMN`.
#[derive(Debug, Clone)]
pub struct PotentialModel {
    /// The metric.
    pub metric: MetricId,
    /// Columns with their names.
    pub by: Vec<(usize, usize, String)>,
    /// Where.
    pub span: Span,
}
