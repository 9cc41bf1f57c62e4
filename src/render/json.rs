//! [`Report`] → the JSON object of SPEC §8: fields and their order are stable, ratios are shares, unknown is null.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Number, Value};

use crate::calendar::Period;
use crate::judge::{ChangeFigures, Decomposition, GoalEvaluation, Potential, PotentialShare, Target};
use crate::quantity::f64_from_decimal;
use crate::report::{FindingLine, GoalReport, Report, Said, SourceReport};
use crate::syntax::Direction;

/// The whole result as text, indented, with a final line break.
pub fn json(report: &Report) -> String {
    let mut text = serde_json::to_string_pretty(&Whole(report)).unwrap_or_default();
    text.push('\n');
    text
}

/// A report that is written goal by goal: its value as a whole takes many times the room of its text.
struct Whole<'a>(&'a Report);

impl Serialize for Whole<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(report) = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("version", env!("CARGO_PKG_VERSION"))?;
        map.serialize_entry("as_of", &date(report.as_of))?;
        map.serialize_entry("sources", &Each(&report.sources, source))?;
        map.serialize_entry("goals", &Each(&report.goals, goal))?;
        map.serialize_entry("rules", &[(); 0])?;
        map.serialize_entry("diagnostics", &Each(&report.diagnostics, diagnostic))?;
        map.end()
    }
}

/// A list of which one value at a time is made.
struct Each<'a, T>(&'a [T], fn(&T) -> Value);

impl<T> Serialize for Each<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(self.1))
    }
}

/// The whole result as a value.
pub fn value(report: &Report) -> Value {
    serde_json::to_value(Whole(report)).unwrap_or_default()
}

fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>())
}

fn date(day: Option<NaiveDate>) -> Value {
    day.map_or(Value::Null, |d| d.to_string().into())
}

fn text(text: Option<&str>) -> Value {
    text.map_or(Value::Null, Into::into)
}

/// The nearest double, a whole number without a fraction.
fn number(value: Option<Decimal>) -> Value {
    let Some(value) = value else { return Value::Null };
    let shown = value.normalize();
    if shown.scale() == 0
        && let Ok(whole) = i64::try_from(shown)
    {
        return whole.into();
    }
    Number::from_f64(f64_from_decimal(value)).map_or(Value::Null, Value::Number)
}

fn period(period: Option<Period>) -> Value {
    period
        .map_or(Value::Null, |p| object([("start", date(Some(p.start))), ("end", date(Some(p.last_day())))]))
}

fn source(source: &SourceReport) -> Value {
    object([
        ("name", source.name.as_str().into()),
        ("file", source.file.as_str().into()),
        ("sheets", source.sheets.iter().map(|s| Value::from(s.as_str())).collect()),
        ("rows", source.rows.into()),
        ("left_out", source.left_out.into()),
        ("date_column", text(source.date_column.as_deref())),
        ("from", date(source.from)),
        ("to", date(source.to)),
    ])
}

/// One finding.
pub(crate) fn diagnostic(said: &Said) -> Value {
    object([
        ("code", said.code.as_str().into()),
        ("severity", said.severity.word().into()),
        ("message", said.message.as_str().into()),
        ("line", said.line.map_or(Value::Null, Into::into)),
        ("cells", said.cells.iter().map(|c| Value::from(c.as_str())).collect()),
        ("example", text(said.example.as_deref())),
    ])
}

fn goal(goal: &GoalReport) -> Value {
    let facts = &goal.facts;
    let coverage = facts.coverage.as_ref().map_or(Value::Null, |c| {
        object([("from", date(c.from)), ("to", date(c.to)), ("share", number(c.share))])
    });
    let direction = facts.direction.map(|d| match d {
        Direction::Increase => "increase",
        Direction::Decrease => "decrease",
        Direction::Reach => "reach",
        Direction::Keep => "keep",
    });
    object([
        ("name", goal.label.as_deref().unwrap_or(&goal.name).into()),
        ("line", goal.line.into()),
        ("text", goal.text.as_str().into()),
        ("reads_as", text(goal.reads_as.as_deref())),
        ("metric", text(goal.metric.as_deref())),
        ("segment", text(facts.segment.as_deref())),
        ("direction", text(direction)),
        ("change", facts.change.as_ref().map_or(Value::Null, change)),
        ("window", period(facts.window)),
        ("measured", period(facts.measured)),
        ("baseline", baseline(facts)),
        ("as_of", date(facts.as_of)),
        ("actual", number(facts.actual)),
        ("target", facts.target.map_or(Value::Null, target)),
        ("expected", number(facts.expected)),
        ("gap", number(facts.gap)),
        ("pace", number(facts.pace)),
        ("deviation", number(facts.deviation)),
        ("attainment", number(facts.attainment)),
        ("status", facts.status.word().into()),
        ("preliminary", facts.preliminary.into()),
        ("forecast", forecast(facts)),
        ("probability", number(facts.probability)),
        ("required_rate", number(facts.required_rate)),
        ("coverage", coverage),
        ("rows", facts.rows.map_or(Value::Null, Into::into)),
        ("periods", periods(facts)),
        ("potential", potential(facts)),
        ("decomposition", decomposition(facts)),
        ("smart", goal.details.findings.iter().filter_map(smart).collect()),
        ("notes", facts.notes.iter().map(|n| Value::from(n.as_str())).collect()),
    ])
}

fn change(change: &ChangeFigures) -> Value {
    match change {
        ChangeFigures::One { kind, value } => object([("kind", (*kind).into()), ("value", number(*value))]),
        ChangeFigures::FromTo { from, to } => {
            object([("kind", "from_to".into()), ("from", number(Some(*from))), ("to", number(Some(*to)))])
        }
        ChangeFigures::Between { low, high } => {
            object([("kind", "between".into()), ("low", number(Some(*low))), ("high", number(Some(*high)))])
        }
    }
}

fn target(target: Target) -> Value {
    match target {
        Target::One(value) => number(Some(value)),
        Target::Range { low, high } => object([("low", number(Some(low))), ("high", number(Some(high)))]),
    }
}

fn baseline(facts: &GoalEvaluation) -> Value {
    facts.baseline.as_ref().map_or(Value::Null, |b| {
        object([
            ("start", date(Some(b.period.start))),
            ("end", date(Some(b.period.last_day()))),
            ("value", number(b.value)),
        ])
    })
}

fn forecast(facts: &GoalEvaluation) -> Value {
    facts.forecast.as_ref().map_or(Value::Null, |f| {
        object([
            ("value", number(Some(f.value))),
            ("low", number(f.low)),
            ("high", number(f.high)),
            ("method", f.method.into()),
        ])
    })
}

fn periods(facts: &GoalEvaluation) -> Value {
    facts.periods.as_ref().map_or(Value::Null, |p| {
        object([
            ("total", p.total.into()),
            ("breached", p.breached.into()),
            ("breaches", p.breaches.iter().map(|b| Value::from(b.as_str())).collect()),
        ])
    })
}

/// Null where the goal has none.
fn potential(facts: &GoalEvaluation) -> Value {
    let segment = |s: &PotentialShare| {
        object([
            ("value", s.value.as_str().into()),
            ("rate", number(Some(s.rate))),
            ("volume", number(Some(s.volume))),
            ("potential", number(Some(s.potential))),
            ("share", number(s.share)),
        ])
    };
    let column = |p: &Potential| {
        object([
            ("by", p.by.as_str().into()),
            ("benchmark", number(Some(p.benchmark))),
            ("segments", p.segments.iter().map(segment).collect()),
        ])
    };
    if facts.potential.is_empty() { Value::Null } else { facts.potential.iter().map(column).collect() }
}

/// Null where the goal has none.
fn decomposition(facts: &GoalEvaluation) -> Value {
    let column = |d: &Decomposition| {
        object([
            ("by", d.by.as_str().into()),
            ("change", number(Some(d.change))),
            ("rate", number(Some(d.rate))),
            ("mix", number(Some(d.mix))),
            ("new_or_gone", number(Some(d.new_or_gone))),
        ])
    };
    if facts.decomposition.is_empty() {
        Value::Null
    } else {
        facts.decomposition.iter().map(column).collect()
    }
}

/// A SMART finding: its code begins with one of the five letters.
fn smart(finding: &FindingLine) -> Option<Value> {
    let severity = finding.severity.filter(|_| finding.code.starts_with(['S', 'M', 'A', 'R', 'T']))?;
    Some(object([
        ("code", finding.code.as_str().into()),
        ("level", severity.word().into()),
        ("message", finding.text.as_str().into()),
    ]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    fn keys(value: &Value) -> Vec<&str> {
        value.as_object().unwrap().keys().map(String::as_str).collect()
    }

    #[test]
    fn fields_are_those_of_the_language_reference_in_its_order() {
        let whole = value(&fixture::report());
        assert_eq!(keys(&whole), ["version", "as_of", "sources", "goals", "rules", "diagnostics"]);
        let fields = "name line text reads_as metric segment direction change window measured baseline as_of actual \
                      target expected gap pace deviation attainment status preliminary forecast probability \
                      required_rate coverage rows periods potential decomposition smart notes";
        for goal in whole["goals"].as_array().unwrap() {
            assert_eq!(keys(goal), fields.split_whitespace().collect::<Vec<_>>());
        }
        let first = &whole["goals"][0];
        assert_eq!(keys(&first["window"]), ["start", "end"]);
        assert_eq!(keys(&first["baseline"]), ["start", "end", "value"]);
        assert_eq!(keys(&first["forecast"]), ["value", "low", "high", "method"]);
        assert_eq!(keys(&first["coverage"]), ["from", "to", "share"]);
        assert_eq!(
            keys(&whole["diagnostics"][0]),
            ["code", "severity", "message", "line", "cells", "example"]
        );
    }

    #[test]
    fn unknown_is_null_and_dates_are_inclusive() {
        let whole = value(&fixture::report());
        assert_eq!(whole["goals"][0]["window"]["end"], "2025-12-31");
        assert_eq!(whole["goals"][0]["periods"], Value::Null);
        assert_eq!(whole["goals"][9]["target"], Value::Null);
        assert_eq!(whole["goals"][12]["periods"]["breaches"][2], "2025-06");
        assert_eq!(whole["goals"][14]["status"], "invalid");
    }

    #[test]
    fn numbers_are_the_nearest_doubles() {
        assert_eq!(number(Some("0.1".parse().unwrap())).to_string(), "0.1");
        assert_eq!(number(Some("44202763.00".parse().unwrap())).to_string(), "44202763");
        assert_eq!(number(None), Value::Null);
    }
}
