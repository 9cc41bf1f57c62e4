//! Program + source + as-of day → the JSON of `goalsheet parse --format json`: the goals as they were understood.

use std::io;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};
use serde_json::{Map, Number, Value, json};

use crate::calendar::{AsOf, Calendar, Window, window};
use crate::quantity::{DurationUnit, Quantity, Unit};
use crate::source::{Source, Span, Spanned};
use crate::syntax::{
    BinaryOperator, Change, Direction, Expr, Goal, Level, PhraseHead, Program, SegmentPhrase, Statement,
};

/// The tree of a program: `{version, language, declared, goals[]}`, one object per goal that was understood.
pub fn tree(program: &Program, source: &Source, as_of: AsOf) -> Value {
    serde_json::to_value(Tree::new(program, source, as_of)).unwrap_or_default()
}

/// Writes the tree of a program, goal by goal.
///
/// # Errors
///
/// Where it cannot be written.
pub fn write(program: &Program, source: &Source, as_of: AsOf, out: impl io::Write) -> io::Result<()> {
    serde_json::to_writer_pretty(out, &Tree::new(program, source, as_of)).map_err(io::Error::from)
}

/// The tree as it is written: a goal at a time, so that a long file needs no more memory than a short one.
#[derive(Serialize)]
struct Tree<'a> {
    version: &'static str,
    language: &'static str,
    declared: Option<String>,
    goals: Goals<'a>,
}

impl<'a> Tree<'a> {
    fn new(program: &'a Program, source: &'a Source, as_of: AsOf) -> Self {
        let declared = program.declared.as_ref().map(|declared| declared.node);
        Self {
            version: env!("CARGO_PKG_VERSION"),
            language: program.language.code(),
            declared: declared.map(|day| day.to_string()),
            goals: Goals { program, source, anchor: declared.unwrap_or(as_of.0) },
        }
    }
}

struct Goals<'a> {
    program: &'a Program,
    source: &'a Source,
    anchor: NaiveDate,
}

impl Serialize for Goals<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let goals = self.program.statements.iter().filter_map(|statement| match &statement.node {
            Statement::Goal(goal) => Some(goal_object(goal, self.program, self.source, self.anchor)),
            _ => None,
        });
        serializer.collect_seq(goals)
    }
}

fn goal_object(goal: &Goal, program: &Program, source: &Source, anchor: NaiveDate) -> Value {
    let anchor = goal.clauses.declared.as_ref().map_or(anchor, |declared| declared.node);
    let slice = |span: Span| source.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
    let segment: Vec<String> = goal.segments.iter().map(|segment| segment_text(segment, source)).collect();
    json!({
        "line": source.line(goal.text.span),
        "text": goal.text.node,
        "name": goal.label.as_ref().map(|label| label.node.clone()),
        "direction": direction(goal.direction),
        "metric": metric(goal, source),
        "segment": if segment.is_empty() { Value::Null } else { segment.join("; ").into() },
        "change": change(&goal.change.node, goal.tolerance.as_ref()),
        "window": goal_window(goal, &program.calendar, anchor),
        "grain": goal.grain.as_ref().or(goal.every.as_ref()).map(|grain| grain.node.name()),
        "baseline": goal.comparison.as_ref().map(|comparison| slice(comparison.span)),
        "note": goal.note.as_ref().map(|note| note.node.clone()),
        "spans": spans(goal),
    })
}

/// The words of the metric; a share of something with what it is a share of.
fn metric(goal: &Goal, source: &Source) -> String {
    let slice = |span: Span| source.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
    let written = slice(goal.metric.span);
    if let PhraseHead::ShareOf(Some(condition)) = &goal.metric.head {
        return format!("{written} {}", slice(condition.span));
    }
    match goal.metric.expr.as_deref() {
        Some(Expr::Binary(BinaryOperator::Divide, _, base)) if base.span.start > goal.metric.span.end => {
            format!("{written} / {}", slice(base.span))
        }
        _ => written,
    }
}

fn segment_text(segment: &Spanned<SegmentPhrase>, source: &Source) -> String {
    let text = match &segment.node {
        SegmentPhrase::Condition(_) => source.slice(segment.span),
        SegmentPhrase::Values(values) => match (values.first(), values.last()) {
            (Some(first), Some(last)) => source.slice(first.span.to(last.span)),
            _ => "",
        },
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Increase => "increase",
        Direction::Decrease => "decrease",
        Direction::Reach => "reach",
        Direction::Keep => "keep",
    }
}

/// A decimal as a JSON number with the digits it has.
fn number(value: Decimal) -> Value {
    let text = value.normalize().to_string();
    if let Ok(whole) = text.parse::<i64>() {
        return whole.into();
    }
    text.parse::<f64>().ok().and_then(Number::from_f64).map_or(Value::Null, Value::Number)
}

fn unit(unit: &Unit) -> Value {
    match unit {
        Unit::None => Value::Null,
        Unit::Percent => "percent".into(),
        Unit::Points => "points".into(),
        Unit::Money(currency) => currency.as_str().into(),
        Unit::Duration(unit) => duration(*unit).into(),
        Unit::Times => "times".into(),
        Unit::Named(noun) => noun.as_str().into(),
    }
}

fn duration(unit: DurationUnit) -> &'static str {
    match unit {
        DurationUnit::Second => "seconds",
        DurationUnit::Minute => "minutes",
        DurationUnit::Hour => "hours",
        DurationUnit::Day => "days",
        DurationUnit::Week => "weeks",
        DurationUnit::Month => "months",
        DurationUnit::Year => "years",
    }
}

/// `{kind, value, unit}`, with `from` and `to` or `low` and `high` where there are two, and the tolerance.
fn change(change: &Change, tolerance: Option<&Spanned<Quantity>>) -> Value {
    let mut found = Map::new();
    let mut put = |key: &str, value: Value| {
        found.insert(key.to_owned(), value);
    };
    let level = |level: &Level| match level {
        Level::Amount(quantity) => (number(quantity.value), unit(&quantity.unit)),
        Level::Column(name) => {
            let source = name.source.as_deref().map_or(String::new(), |source| format!("{source}."));
            (format!("{source}{}", name.text).into(), Value::Null)
        }
    };
    let kind = match change {
        Change::Percent(_) => "percent",
        Change::Points(_) => "points",
        Change::Amount(_) => "amount",
        Change::Factor(_) => "factor",
        Change::Level(_) => "level",
        Change::FromTo { .. } => "from_to",
        Change::AtLeast(_) => "at_least",
        Change::AtMost(_) => "at_most",
        Change::Above(_) => "above",
        Change::Below(_) => "below",
        Change::Between(..) => "between",
    };
    put("kind", kind.into());
    match change {
        Change::Percent(value) => (put("value", number(*value)), put("unit", "percent".into())),
        Change::Points(value) => (put("value", number(*value)), put("unit", "points".into())),
        Change::Factor(value) => (put("value", number(*value)), put("unit", Value::Null)),
        Change::Amount(quantity) => (put("value", number(quantity.value)), put("unit", unit(&quantity.unit))),
        Change::FromTo { from, to } => {
            put("value", number(to.value));
            put("from", number(from.value));
            (put("to", number(to.value)), put("unit", unit(&to.unit)))
        }
        Change::Between(low, high) => {
            let ((low, _), (high, of)) = (level(low), level(high));
            put("value", Value::Null);
            put("low", low);
            (put("high", high), put("unit", of))
        }
        Change::Level(to)
        | Change::AtLeast(to)
        | Change::AtMost(to)
        | Change::Above(to)
        | Change::Below(to) => {
            let (value, of) = level(to);
            (put("value", value), put("unit", of))
        }
    };
    if let Some(tolerance) = tolerance {
        put("tolerance", json!({"value": number(tolerance.node.value), "unit": unit(&tolerance.node.unit)}));
    }
    Value::Object(found)
}

/// The window as far as it is known without data; null where the sentence names no time.
fn goal_window(goal: &Goal, calendar: &Calendar, anchor: NaiveDate) -> Value {
    if goal.time.is_none() && goal.starting.is_none() {
        return Value::Null;
    }
    let starting = goal.starting.as_ref().map(|starting| &starting.node);
    match window(goal.time.as_ref().map(|time| &time.node), starting, calendar, anchor) {
        Ok(Window { period, .. }) => {
            json!({"start": period.start.to_string(), "end": period.last_day().to_string()})
        }
        Err(_) => Value::Null,
    }
}

/// Byte offsets `[start, end)` in the file of each part that was written.
fn spans(goal: &Goal) -> Value {
    let mut found = Map::new();
    let mut put = |key: &str, span: Option<Span>| {
        if let Some(span) = span {
            found.insert(key.to_owned(), json!([span.start, span.end]));
        }
    };
    put("text", Some(goal.text.span));
    put("label", goal.label.as_ref().map(|s| s.span));
    put("for_each", goal.for_each.as_ref().map(|name| name.span));
    put("verb", goal.verb.as_ref().map(|s| s.span));
    put("metric", Some(goal.metric.span));
    put("segment", goal.segments.first().zip(goal.segments.last()).map(|(a, b)| a.span.to(b.span)));
    put("change", Some(goal.change.span));
    put("tolerance", goal.tolerance.as_ref().map(|s| s.span));
    put("comparison", goal.comparison.as_ref().map(|s| s.span));
    put("time", goal.time.as_ref().map(|s| s.span));
    put("starting", goal.starting.as_ref().map(|s| s.span));
    put("every", goal.every.as_ref().map(|s| s.span));
    put("grain", goal.grain.as_ref().map(|s| s.span));
    put("note", goal.note.as_ref().map(|s| s.span));
    Value::Object(found)
}
