//! How long one pass over a million rows takes: ten goals, and a hundred of the same kinds.

use chrono::{Months, NaiveDate};
use goalsheet::aggregate::{Filter, FilterId, Request, Requests, aggregate};
use goalsheet::calendar::Period;
use goalsheet::data::{Catalog, Column, ColumnData, Dataset, Dictionary, Kind, NumberShape, Table, Use};
use goalsheet::derive::expression::{OccurringCodes, Program, Schema, check, materialise};
use goalsheet::resolve::{Aggregate, AggregateId, Model, RowExpr, RowNode, SourceModel};
use goalsheet::source::Span;
use goalsheet::syntax::{AggregateFunction, BinaryOperator};

const ROWS: u32 = 1_000_000;
const DAYS: u32 = 912;
/// 2023-01-01
const FIRST_DAY: i32 = 19_358;

const DATE: usize = 0;
const ORDER: usize = 1;
const CUSTOMER: usize = 2;
const SOURCE: usize = 3;
const REGION: usize = 4;
const QUANTITY: usize = 5;
const REVENUE: usize = 6;

fn main() {
    divan::main();
}

/// Orders as an export has them: ascending dates, one to four lines an order, skewed sources.
fn orders() -> Dataset {
    let mut state: u32 = 1;
    let mut random = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state
    };
    let (mut orders, mut customers, mut sources, mut regions) = (vec![], vec![], vec![], vec![]);
    let (mut quantities, mut revenues) = (vec![], vec![]);
    let (mut order, mut left, mut customer, mut source) = (0, 0, 0, 0);
    for _ in 0..ROWS {
        if left == 0 {
            (order, left) = (order + 1, random() % 4 + 1);
            customer = (random() % (ROWS / 8)).min(random() % (ROWS / 8));
            source = (random() % 8).min(random() % 8);
        }
        left -= 1;
        orders.push(order - 1);
        customers.push(customer);
        sources.push(source);
        regions.push(customer * 7 % 12);
        let quantity = f64::from(random() % 5 + 1);
        quantities.push(quantity);
        revenues.push((quantity * f64::from(random() % 30_000 + 500)).round() / 100.0);
    }
    let days = (0..ROWS).map(|row| FIRST_DAY + (u64::from(row) * u64::from(DAYS) / u64::from(ROWS)) as i32);
    let columns = [
        ("order date", ColumnData::Date(days.collect())),
        ("order id", text(orders, "")),
        ("customer", text(customers, "C-")),
        ("source", text(sources, "source ")),
        ("region", text(regions, "region ")),
        ("quantity", ColumnData::Number(quantities)),
        ("revenue", ColumnData::Number(revenues)),
    ];
    let column = |(index, (name, data)): (usize, (&str, ColumnData))| {
        let kind = match data {
            ColumnData::Number(_) => Kind::Number,
            ColumnData::Date(_) => Kind::Date,
            ColumnData::Text { .. } => Kind::Text,
            ColumnData::Boolean(_) => Kind::Boolean,
        };
        ((index, Use::Any), Column { name: name.to_owned(), kind, shape: NumberShape::Plain, data })
    };
    let columns = columns.into_iter().enumerate().map(column).collect();
    Dataset { tables: vec![Some(Table { rows: ROWS as usize, columns, ..Table::default() })] }
}

fn text(codes: Vec<u32>, prefix: &str) -> ColumnData {
    let mut dictionary = Dictionary::default();
    for code in 0..=codes.iter().copied().max().unwrap_or(0) {
        let text = format!("{prefix}{code}");
        dictionary.push(&text, &text.to_lowercase());
    }
    ColumnData::Text { codes, dictionary }
}

fn expr(node: RowNode) -> RowExpr {
    RowExpr { node, span: Span::default() }
}

fn column(index: usize) -> RowExpr {
    expr(RowNode::Column(index))
}

fn binary(operator: BinaryOperator, left: RowExpr, right: RowExpr) -> RowExpr {
    expr(RowNode::Binary(operator, Box::new(left), Box::new(right)))
}

fn model() -> Model {
    let of = |function, argument: Option<usize>| Aggregate {
        source: 0,
        function,
        argument: argument.map(column),
        share: None,
        filter: None,
        text: format!("{function:?}"),
    };
    let mut product = of(AggregateFunction::Sum, None);
    product.argument = Some(binary(BinaryOperator::Multiply, column(QUANTITY), column(REVENUE)));
    let aggregates = vec![
        of(AggregateFunction::Sum, Some(REVENUE)),
        of(AggregateFunction::CountDistinct, Some(ORDER)),
        of(AggregateFunction::Sum, Some(QUANTITY)),
        of(AggregateFunction::CountDistinct, Some(CUSTOMER)),
        product,
    ];
    Model {
        sources: vec![SourceModel { date: Some(DATE), ..SourceModel::default() }],
        aggregates,
        ..Model::default()
    }
}

/// What goals ask for: the year, the year before, every month, and every year to the end of a month.
fn periods() -> Vec<Period> {
    let start = NaiveDate::from_ymd_opt(2023, 1, 1).unwrap_or_default();
    let month = |at: u32| start.checked_add_months(Months::new(at)).unwrap_or_default();
    let months = (0..30).map(|at| Period { start: month(at), end: month(at + 1) });
    let to_date = (0..30).map(|at| Period { start: month(at / 12 * 12), end: month(at + 1) });
    months.chain(to_date).collect()
}

/// The aggregates of a goal and, where it has a filter, its column and code.
type Wanted<'a> = (&'a [u32], Option<(usize, usize)>);

/// Goals as aggregates with the column and value of their segment.
fn requests(goals: &[Wanted<'_>]) -> Requests {
    let mut requests = Requests::default();
    for (aggregates, segment) in goals {
        let filter = segment.map(|(index, value)| {
            let name = if index == SOURCE { format!("Source {value}") } else { format!("Region {value}") };
            let condition = binary(BinaryOperator::Equal, column(index), expr(RowNode::Text(name)));
            requests.filters.push(Filter { source: 0, conditions: vec![condition] });
            FilterId(requests.filters.len() as u32 - 1)
        });
        for aggregate in *aggregates {
            for period in periods() {
                requests.requests.push(Request {
                    aggregate: AggregateId(*aggregate),
                    filter,
                    period: Some(period),
                });
            }
        }
    }
    requests
}

fn ten() -> Requests {
    requests(&[
        (&[0], None),
        (&[1], None),
        (&[3], None),
        (&[0, 1], None),
        (&[0, 1], Some((SOURCE, 3))),
        (&[2, 1], Some((REGION, 2))),
        (&[0, 1], None),
        (&[0], Some((SOURCE, 5))),
        (&[2], None),
    ])
}

fn hundred() -> Requests {
    let mut goals: Vec<Wanted<'_>> = Vec::new();
    for value in 0..8 {
        for aggregates in [&[0][..], &[1], &[0, 1], &[0, 1]] {
            goals.push((aggregates, Some((SOURCE, value))));
        }
    }
    for value in 0..12 {
        for aggregates in [&[0][..], &[1], &[2, 1], &[0, 1], &[2]] {
            goals.push((aggregates, Some((REGION, value))));
        }
    }
    goals.extend([(&[0][..], None), (&[1], None), (&[3], None), (&[2], None)]);
    requests(&goals)
}

fn measure(bencher: divan::Bencher, requests: Requests) {
    let (model, data, catalog) = (model(), orders(), Catalog::default());
    bencher.bench_local(|| aggregate(&model, &catalog, &data, &requests));
}

#[divan::bench]
fn ten_goals(bencher: divan::Bencher) {
    measure(bencher, ten());
}

#[divan::bench]
fn hundred_goals(bencher: divan::Bencher) {
    measure(bencher, hundred());
}

#[divan::bench]
fn sum_alone(bencher: divan::Bencher) {
    measure(bencher, requests(&[(&[0], None)]));
}

#[divan::bench]
fn sum_of_products(bencher: divan::Bencher) {
    measure(bencher, requests(&[(&[4], None)]));
}

#[divan::bench]
fn sum_by_source(bencher: divan::Bencher) {
    measure(bencher, requests(&[(&[0], Some((SOURCE, 1))), (&[0], Some((SOURCE, 2)))]));
}

#[divan::bench]
fn distinct_alone(bencher: divan::Bencher) {
    measure(bencher, requests(&[(&[1], None)]));
}

/// A computed column of money: `ROUND(quantity * revenue / 3, 2)`.
#[divan::bench]
fn computed_column(bencher: divan::Bencher) {
    let data = orders();
    let third = binary(
        BinaryOperator::Divide,
        binary(BinaryOperator::Multiply, column(QUANTITY), column(REVENUE)),
        expr(RowNode::Number(3.into())),
    );
    let rounded = expr(RowNode::Call("ROUND".to_owned(), vec![third, expr(RowNode::Number(2.into()))]));
    let schema = Schema::of(&data);
    bencher.bench_local(|| {
        let typed = check(&rounded, &schema, 0).ok()?;
        Program::new(typed, &data, 0, &OccurringCodes::default()).map(|program| materialise(&program))
    });
}
