//! A value with the way it is shown, and the places where values stand in a report.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::judge::Status;
use crate::report::number::{Shape, UNKNOWN};
use crate::report::{Style, look};

/// A live formula of the workbook, without the leading `=`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula(pub String);

/// One figure; renderers place it and decide nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The exact value; none is unknown, which is not zero.
    pub value: Option<Decimal>,
    /// How it is shown.
    pub shape: Shape,
    /// The unit that stands beside it; empty where it carries its own.
    pub unit: String,
    /// The formula that gives it in the workbook.
    pub formula: Option<Formula>,
}

impl Figure {
    /// A figure without a formula.
    pub fn new(value: Option<Decimal>, shape: Shape, unit: impl Into<String>) -> Self {
        Self { value, shape, unit: unit.into(), formula: None }
    }

    /// `20.91`, or `–` where it is unknown.
    pub fn text(&self, style: Style) -> String {
        self.value.map_or_else(|| UNKNOWN.to_owned(), |v| self.shape.text(v, style))
    }

    /// `20.91 MSEK`.
    pub fn text_with_unit(&self, style: Style) -> String {
        match self.value {
            Some(_) => crate::report::with_unit(self.text(style), &self.unit),
            None => self.text(style),
        }
    }
}

/// What stands in a place of a report.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// A figure.
    Figure(Figure),
    /// A whole number, grouped.
    Count(u64),
    /// A month, quarter or other period: its first day and label.
    Period(NaiveDate, String),
    /// A verdict on a period.
    Verdict(bool),
    /// A status with icon and word.
    Status(Status),
}

impl Value {
    /// As text.
    pub fn text(&self, style: Style) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Figure(figure) => figure.text(style),
            Self::Count(number) => {
                Shape::Number { thousands: 0, decimals: 0 }.text(Decimal::from(*number), style)
            }
            Self::Period(_, label) => label.clone(),
            Self::Verdict(true) => "● held".to_owned(),
            Self::Verdict(false) => "■ breached".to_owned(),
            Self::Status(status) => format!("{} {}", look::icon(*status), status.word()),
        }
    }

    /// As text with its unit.
    pub fn text_with_unit(&self, style: Style) -> String {
        match self {
            Self::Figure(figure) => figure.text_with_unit(style),
            _ => self.text(style),
        }
    }
}

/// One of the six figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// What it is, with its unit.
    pub label: String,
    /// The value.
    pub value: Value,
    /// One line below it.
    pub note: String,
    /// Shown in grey: what is wanted, not what is.
    pub quiet: bool,
}

/// A line of the numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberLine {
    /// What it is.
    pub label: String,
    /// The value with its unit.
    pub value: String,
    /// Among those that matter.
    pub strong: bool,
}

/// A step of the calculation.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// `baseline`.
    pub term: String,
    /// `B`.
    pub symbol: String,
    /// How it came about.
    pub how: String,
    /// The figure in full.
    pub figure: String,
}
