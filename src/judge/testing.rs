//! The pipeline over tables given as text, with a plain aggregator that shares no code with the engine's.

use std::fmt::Write as _;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::aggregate::{Measured, Measures, Request, Requests};
use crate::bind::{Plan, bind};
use crate::calendar::AsOf;
use crate::data::{ColumnData, Dataset, MISSING_CODE, Table, Use, fold_text};
use crate::diagnostic::Diagnostics;
use crate::resolve::{Model, RowExpr, RowNode};
use crate::syntax::{AggregateFunction, BinaryOperator};
use crate::{Input, Options, resolve_only};

use super::{Evaluation, GoalEvaluation, judge};

/// What a run came to.
pub(crate) struct Run {
    pub model: Model,
    pub plan: Plan,
    pub evaluation: Evaluation,
    pub said: Diagnostics,
}

impl Run {
    /// The only goal.
    #[track_caller]
    pub(crate) fn goal(&self) -> &GoalEvaluation {
        assert_eq!(self.evaluation.goals.len(), 1, "{:#?}", self.said);
        &self.evaluation.goals[0]
    }

    /// Messages and notes as text.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for d in self.said.iter() {
            let _ = writeln!(text, "{}[{}]: {}; {}", d.severity.word(), d.code, d.message, d.primary.text);
            for line in d.notes.iter().chain(&d.help) {
                let _ = writeln!(text, "  {line}");
            }
        }
        text
    }
}

/// Runs goals over one CSV table named `data`.
pub(crate) fn run(goals: &str, table: &str, as_of: Option<&str>) -> Run {
    run_all(goals, &[("data", table)], as_of)
}

/// Runs goals over CSV tables; each is a source of its name.
pub(crate) fn run_all(goals: &str, tables: &[(&str, &str)], as_of: Option<&str>) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let mut text = String::new();
    for (name, rows) in tables {
        std::fs::write(folder.path().join(format!("{name}.csv")), rows.replace(' ', "")).unwrap();
        let _ = write!(text, "data {name} from \"{name}.csv\"");
        // clauses of the source stand under its line: `name:clause` lines at the top of the goals
        let own = format!("{name}:");
        for line in goals.lines().filter_map(|line| line.strip_prefix(&own)) {
            let _ = write!(text, "\n    {line}");
        }
        text.push('\n');
    }
    for line in
        goals.lines().filter(|line| !tables.iter().any(|(name, _)| line.starts_with(&format!("{name}:"))))
    {
        text.push_str(line);
        text.push('\n');
    }
    let input = Input { name: "test.goals".into(), text, folder: folder.path().into(), ..Input::default() };
    let resolved = resolve_only(&input, &Options::default());
    let mut said = resolved.diagnostics;
    let (dataset, found, _) = crate::data::load(&resolved.catalog, &resolved.model.wanted);
    said.extend(found);
    let (dataset, found) = crate::derive::derive(&resolved.model, &resolved.catalog, dataset);
    said.extend(found);
    let as_of = as_of.map(|day| AsOf(day.parse().unwrap()));
    let (plan, found) = bind(&resolved.model, &resolved.catalog, &dataset, as_of);
    said.extend(found);
    let measures = aggregate(&resolved.model, &dataset, &plan.requests);
    let (evaluation, found) = judge(&resolved.model, &plan, &measures);
    said.extend(found);
    Run { model: resolved.model, plan, evaluation, said }
}

/// CSV of one row a day from `first` to `last`, its amount a function of the date.
pub(crate) fn daily(first: &str, last: &str, amount: impl Fn(NaiveDate) -> i64) -> String {
    let (first, last): (NaiveDate, NaiveDate) = (first.parse().unwrap(), last.parse().unwrap());
    let mut text = String::from("date,amount\n");
    for day in first.iter_days().take_while(|day| *day <= last) {
        let _ = writeln!(text, "{day},{}", amount(day));
    }
    text
}

enum Cell {
    Number(f64),
    Text(String),
    Truth(bool),
    Missing,
}

fn aggregate(model: &Model, dataset: &Dataset, requests: &Requests) -> Measures {
    Measures { answers: requests.requests.iter().map(|r| answer(model, dataset, requests, r)).collect() }
}

fn answer(model: &Model, dataset: &Dataset, requests: &Requests, request: &Request) -> Measured {
    let aggregate = &model.aggregates[request.aggregate.0 as usize];
    let table = dataset.tables[aggregate.source].as_ref().unwrap();
    let conditions: Vec<&RowExpr> = request
        .filter
        .map(|f| requests.filters[f.0 as usize].conditions.iter().collect())
        .unwrap_or_default();
    let day = |row: usize| {
        let column = table.column(model.sources[aggregate.source].date?, Use::Date)?;
        let ColumnData::Date(days) = &column.data else { return None };
        NaiveDate::from_num_days_from_ce_opt(days[row] + 719_163)
    };
    let takes = |row: usize| {
        request.period.is_none_or(|p| day(row).is_some_and(|d| p.contains(d)))
            && conditions
                .iter()
                .copied()
                .chain(&aggregate.filter)
                .all(|c| matches!(cell(table, c, row), Cell::Truth(true)))
    };
    let rows: Vec<usize> = (0..table.rows).filter(|row| takes(*row)).collect();
    let cells: Vec<Cell> = match &aggregate.argument {
        Some(e) => {
            rows.iter().map(|row| cell(table, e, *row)).filter(|c| !matches!(c, Cell::Missing)).collect()
        }
        None => rows.iter().map(|_| Cell::Number(1.0)).collect(),
    };
    let numbers: Vec<f64> =
        cells.iter().filter_map(|c| if let Cell::Number(n) = c { Some(*n) } else { None }).collect();
    let sum: f64 = numbers.iter().sum();
    let value = match aggregate.function {
        AggregateFunction::Sum => Some(sum),
        AggregateFunction::Count => Some(cells.len() as f64),
        AggregateFunction::CountDistinct => {
            let mut keys: Vec<String> = cells
                .iter()
                .map(|c| match c {
                    Cell::Text(t) => t.clone(),
                    Cell::Number(n) => n.to_string(),
                    _ => String::new(),
                })
                .collect();
            keys.sort();
            keys.dedup();
            Some(keys.len() as f64)
        }
        AggregateFunction::Last | AggregateFunction::First => (!rows.is_empty()).then_some(sum),
        AggregateFunction::Average => (!numbers.is_empty()).then(|| sum / numbers.len() as f64),
        AggregateFunction::Max => numbers.iter().copied().reduce(f64::max),
        AggregateFunction::Min => numbers.iter().copied().reduce(f64::min),
        other => panic!("the plain aggregator does not know {other:?}"),
    };
    Measured {
        value: value.and_then(crate::quantity::decimal_from_f64),
        rows: rows.len() as u64,
        values: cells.len() as u64,
        any_negative: numbers.iter().any(|n| *n < 0.0),
        all_whole: numbers.iter().all(|n| n.fract() == 0.0),
        ..Measured::default()
    }
}

fn cell(table: &Table, expr: &RowExpr, row: usize) -> Cell {
    match &expr.node {
        RowNode::Number(value) => Cell::Number(crate::quantity::f64_from_decimal(*value)),
        RowNode::Text(text) => Cell::Text(fold_text(text)),
        RowNode::Column(at) => {
            let found = |wanted| table.columns.get(&(*at, wanted));
            let column = found(Use::Number).or_else(|| table.column(*at, Use::Any)).unwrap();
            match &column.data {
                ColumnData::Number(values) if !values[row].is_nan() => Cell::Number(values[row]),
                ColumnData::Text { codes, dictionary } if codes[row] != MISSING_CODE => {
                    Cell::Text(dictionary.folded(codes[row]).unwrap().to_owned())
                }
                _ => Cell::Missing,
            }
        }
        RowNode::Binary(BinaryOperator::Equal, a, b) => {
            Cell::Truth(match (cell(table, a, row), cell(table, b, row)) {
                (Cell::Text(a), Cell::Text(b)) => a == b,
                (Cell::Number(a), Cell::Number(b)) => a == b,
                _ => false,
            })
        }
        RowNode::In(a, list) => {
            let Cell::Text(a) = cell(table, a, row) else { return Cell::Truth(false) };
            Cell::Truth(list.iter().any(|b| matches!(cell(table, b, row), Cell::Text(b) if a == b)))
        }
        other => panic!("the plain aggregator does not know {other:?}"),
    }
}

/// A decimal from its digits.
#[track_caller]
pub(crate) fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A value to ten decimals, `-` where there is none.
pub(crate) fn digits(value: Option<Decimal>) -> String {
    value.map_or_else(|| "-".to_owned(), |v| v.round_dp(10).normalize().to_string())
}
