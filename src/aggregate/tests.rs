//! Requests over small tables: expected values by hand, and by a plain loop over the rows.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::data::{ColumnData, Table};
use crate::derive::expression::testing::{
    bin, call, col, dataset, dates, is_empty, not, num, numbers, one_of, table, text, texts, truths,
};
use crate::resolve::{Aggregate, SourceModel};
use crate::syntax::{AggregateFunction as F, BinaryOperator as B};

fn of(function: F, argument: Option<RowExpr>) -> Aggregate {
    let text = format!("{function:?}").to_lowercase();
    Aggregate { source: 0, function, argument, share: None, filter: None, text }
}

fn model(aggregates: Vec<Aggregate>) -> Model {
    let source =
        SourceModel { name: "orders".to_owned(), used: true, date: Some(0), ..SourceModel::default() };
    Model { sources: vec![source], aggregates, ..Model::default() }
}

#[allow(clippy::unnecessary_wraps, reason = "as requests take it")]
fn period(first: &str, last: &str) -> Option<Period> {
    Some(Period::inclusive(first.parse().unwrap(), last.parse().unwrap()))
}

/// Dates, amounts, quantities, countries, order numbers and whether an order came back.
fn orders() -> Dataset {
    dataset(vec![table(vec![
        dates(&["2024-03-15", "2024-11-20", "2025-03-14", "2025-03-14", "2025-12-31", ""]),
        numbers(&[400.0, 600.0, 0.1, 0.2, -5.5, 7.0]),
        numbers(&[4.0, 6.0, f64::NAN, 2.0, 3.0, 1.0]),
        texts(&["Norway", "Sweden", "NORWAY", "Denmark", "", "Norway"]),
        texts(&["a1", "a2", "a3", "A3", "a1", "a9"]),
        truths(&[0, 1, 2, 0, 1, 0]),
    ])])
}

#[track_caller]
fn measured(aggregate: Aggregate, conditions: Vec<RowExpr>, period: Option<Period>) -> Measured {
    let model = model(vec![aggregate]);
    let filter = (!conditions.is_empty()).then_some(FilterId(0));
    let requests = Requests {
        filters: vec![Filter { source: 0, conditions }],
        requests: vec![Request { aggregate: AggregateId(0), filter, period }],
    };
    let (measures, diagnostics) = aggregate_all(&model, &orders(), &requests);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    measures.answers[0]
}

fn aggregate_all(model: &Model, data: &Dataset, requests: &Requests) -> (Measures, Diagnostics) {
    aggregate_on(2, model, &Catalog::default(), data, requests)
}

#[track_caller]
fn case(function: F, argument: Option<RowExpr>, period: Option<Period>, expected: Option<&str>) {
    let found = measured(of(function, argument), Vec::new(), period);
    assert_eq!(found.value.map(|value| value.to_string()), expected.map(str::to_owned));
}

#[test]
fn every_aggregate_over_a_year() {
    let year = period("2025-01-01", "2025-12-31");
    case(F::Sum, Some(col(1)), year, Some("-5.2"));
    case(F::Count, None, year, Some("3"));
    case(F::Count, Some(col(2)), year, Some("2"));
    case(F::Count, Some(col(3)), year, Some("2"));
    case(F::Count, Some(col(5)), year, Some("2"));
    case(F::CountDistinct, Some(col(4)), year, Some("2"));
    case(F::CountDistinct, Some(col(0)), year, Some("2"));
    case(F::CountDistinct, Some(col(2)), year, Some("2"));
    case(F::CountDistinct, Some(call("LEFT", vec![col(4), num("1")])), year, Some("1"));
    case(F::Average, Some(col(2)), year, Some("2.5"));
    case(F::Median, Some(col(1)), year, Some("0.1"));
    case(F::Min, Some(col(1)), year, Some("-5.5"));
    case(F::Max, Some(col(1)), year, Some("0.2"));
    case(F::Stdev, Some(col(2)), year, Some("0.707106781186548"));
    case(F::Sum, Some(bin(B::Multiply, col(1), col(2))), year, Some("-16.1"));
    case(F::Sum, Some(col(1)), None, Some("1001.8"));
    case(F::CountDistinct, Some(col(4)), None, Some("4"));
}

#[test]
fn percentiles_are_inclusive() {
    let mut ninety = of(F::Percentile, Some(col(1)));
    ninety.share = Some("0.9".parse().unwrap());
    // 400 and 600: 400 + 0.9 · 200
    let found = measured(ninety, Vec::new(), period("2024-01-01", "2024-12-31"));
    assert_eq!(found.value, Some(Decimal::from(580)));
}

#[test]
fn nothing_is_zero_for_sums_and_counts_alone() {
    let empty = period("2023-01-01", "2023-12-31");
    case(F::Sum, Some(col(1)), empty, Some("0"));
    case(F::Count, None, empty, Some("0"));
    case(F::CountDistinct, Some(col(4)), empty, Some("0"));
    for function in [F::Average, F::Median, F::Min, F::Max, F::Stdev, F::First, F::Last] {
        case(function, Some(col(1)), empty, None);
    }
    case(F::Last, None, empty, None);
    let day = "2025-01-01".parse().unwrap();
    case(F::Count, None, Some(Period { start: day, end: day }), Some("0"));
}

#[test]
fn stocks_are_those_of_one_date() {
    let spring = period("2025-01-01", "2025-06-30");
    case(F::Last, Some(col(1)), spring, Some("0.3"));
    case(F::Last, None, spring, Some("2"));
    case(F::First, Some(col(1)), period("2024-01-01", "2025-06-30"), Some("400"));
    case(F::Last, Some(col(1)), None, Some("-5.5"));
    // the last date is that of the source, before the filter: Sweden has no row on it
    let sweden = vec![bin(B::Equal, col(3), text("Sweden"))];
    let found = measured(of(F::Last, Some(col(1))), sweden, period("2024-01-01", "2025-06-30"));
    assert_eq!((found.value, found.rows), (None, 0));
}

#[test]
fn rows_values_and_signs() {
    let found = measured(of(F::Sum, Some(col(2))), Vec::new(), period("2025-01-01", "2025-12-31"));
    assert_eq!((found.rows, found.values, found.any_negative, found.all_whole), (3, 2, false, true));
    let found = measured(of(F::Sum, Some(col(1))), Vec::new(), period("2025-01-01", "2025-12-31"));
    assert_eq!((found.rows, found.values, found.any_negative, found.all_whole), (3, 3, true, false));
    let found = measured(of(F::CountDistinct, Some(col(4))), Vec::new(), None);
    assert_eq!((found.rows, found.values, found.any_negative, found.all_whole), (6, 6, false, true));
}

#[test]
fn filters_and_own_conditions() {
    let norway = || bin(B::Equal, col(3), text("norway"));
    let sum = |conditions| measured(of(F::Sum, Some(col(1))), conditions, None).value.unwrap().to_string();
    assert_eq!(sum(vec![norway()]), "407.1");
    assert_eq!(sum(vec![not(norway())]), "594.7");
    assert_eq!(sum(vec![one_of(col(3), vec![text("Norway"), text("Sweden")])]), "1007.1");
    assert_eq!(sum(vec![is_empty(col(3))]), "-5.5");
    assert_eq!(sum(vec![norway(), bin(B::Less, col(1), num("400"))]), "7.1");
    assert_eq!(sum(vec![bin(B::And, norway(), bin(B::Equal, col(4), text("a3")))]), "0.1");
    assert_eq!(sum(vec![bin(B::Equal, col(3), text("Finland"))]), "0");
    let mut own = of(F::Count, None);
    own.filter = Some(bin(B::GreaterOrEqual, col(2), num("3")));
    let found = measured(own, vec![norway()], None);
    assert_eq!((found.value, found.rows), (Some(Decimal::ONE), 1));
}

#[test]
fn what_cannot_be_measured_is_invalid_and_said() {
    let mut wrong_filter = of(F::Count, None);
    wrong_filter.filter = Some(col(1));
    let model = model(vec![
        of(F::Sum, Some(col(3))),
        of(F::Max, Some(col(0))),
        of(F::Sum, Some(col(5))),
        wrong_filter,
        of(F::Sum, Some(bin(B::Power, col(1), num("99")))),
        of(F::Sum, Some(col(1))),
    ]);
    let request = |at| Request { aggregate: AggregateId(at), filter: None, period: None };
    let requests = Requests { filters: Vec::new(), requests: (0..6).map(request).collect() };
    let (measures, diagnostics) = aggregate_all(&model, &orders(), &requests);
    let invalid: Vec<bool> = measures.answers.iter().map(|answer| answer.invalid).collect();
    assert_eq!(invalid, [true, true, true, true, true, false]);
    let told: Vec<String> = diagnostics.iter().map(|d| format!("{} {}", d.code, d.message)).collect();
    assert_eq!(
        told,
        [
            "E303 `sum` comes to more than 79 octillions (7.9E+28)",
            "E102 expected a condition, found a number",
            "E301 `sum` takes numbers, found text",
            "E301 `max` takes numbers, found a date",
            "E301 `sum` takes numbers, found true or false",
        ]
    );
}

#[test]
fn what_goes_wrong_counts_in_the_rows_measured() {
    let share = bin(B::Divide, num("1"), bin(B::Subtract, col(1), num("600")));
    let count = |filter| {
        let mut sum = of(F::Sum, Some(share.clone()));
        sum.filter = filter;
        let requests = Requests {
            filters: Vec::new(),
            requests: vec![Request {
                aggregate: AggregateId(0),
                filter: None,
                period: period("2024-01-01", "2024-12-31"),
            }],
        };
        aggregate_all(&model(vec![sum]), &orders(), &requests)
            .1
            .iter()
            .map(|d| d.message.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(count(None), ["division by zero in 1 row"]);
    assert!(count(Some(bin(B::NotEqual, col(1), num("600")))).is_empty());
}

#[test]
fn several_currencies_are_refused_where_they_meet() {
    let mut data = orders();
    let rows = data.tables[0].as_mut().unwrap();
    let codes = vec!["NOK".to_owned(), "SEK".to_owned(), "DKK".to_owned()];
    rows.currencies =
        vec![crate::data::ColumnCurrencies { column: 1, codes, of_row: vec![1, 2, 1, 3, 0, 1] }];
    let mut sum = of(F::Sum, Some(col(1)));
    sum.text = "sum(amount where returned)".to_owned();
    let model = model(vec![sum, of(F::Count, Some(col(1)))]);
    let norway = Filter { source: 0, conditions: vec![bin(B::Equal, col(3), text("Norway"))] };
    let request = |aggregate, filter: Option<u32>, period| Request {
        aggregate: AggregateId(aggregate),
        filter: filter.map(FilterId),
        period,
    };
    let requests = Requests {
        filters: vec![norway],
        requests: vec![
            request(0, None, None),
            request(0, Some(0), None),
            request(0, None, period("2024-01-01", "2024-03-31")),
            request(0, None, period("2024-01-01", "2024-12-31")),
            request(1, None, None),
        ],
    };
    let (measures, diagnostics) = aggregate_all(&model, &data, &requests);
    let invalid: Vec<bool> = measures.answers.iter().map(|answer| answer.invalid).collect();
    assert_eq!(invalid, [true, false, false, true, false]);
    let told: Vec<_> =
        diagnostics.iter().map(|d| (d.code.as_str(), d.message.as_str(), d.help[0].as_str())).collect();
    assert_eq!(
        told,
        [(
            "E302",
            "`sum(amount where returned)` puts amounts in `NOK`, `SEK` and `DKK` together",
            "`metric … = sum(amount * LOOKUP(rates.rate, currency))` converts them, with a source `rates` of a `rate` for each `currency`"
        )]
    );
}

/// Dated rows with an amount in quarters (which doubles hold exactly), a country and a customer.
fn rows() -> impl Strategy<Value = Vec<(u8, Option<i32>, u8, u8)>> {
    let row = (0u8..60, proptest::option::weighted(0.9, -10_000i32..10_000), 0u8..4, 0u8..12);
    proptest::collection::vec(row, 0..300)
}

fn table_of(rows: &[(u8, Option<i32>, u8, u8)]) -> Table {
    let country = ["", "Norway", "Sweden", "Denmark"];
    let days = rows.iter().map(|row| 20_000 + i32::from(row.0)).collect();
    let amounts: Vec<f64> =
        rows.iter().map(|row| row.1.map_or(f64::NAN, |quarters| f64::from(quarters) / 4.0)).collect();
    let customers: Vec<String> = rows.iter().map(|row| format!("c{}", row.3)).collect();
    table(vec![
        ColumnData::Date(days),
        numbers(&amounts),
        texts(&rows.iter().map(|row| country[row.2 as usize]).collect::<Vec<_>>()),
        texts(&customers.iter().map(String::as_str).collect::<Vec<_>>()),
    ])
}

fn day(at: u8) -> NaiveDate {
    crate::derive::expression::days::date_of(20_000 + i32::from(at)).unwrap()
}

const FUNCTIONS: [F; 8] =
    [F::Sum, F::Count, F::CountDistinct, F::Average, F::Min, F::Max, F::Median, F::Stdev];

/// Every function over every pair of a filter and a period.
fn all_requests(periods: &[(u8, u8)]) -> (Model, Requests) {
    let argument = |function| Some(if function == F::CountDistinct { col(3) } else { col(1) });
    let model = model(FUNCTIONS.iter().map(|function| of(*function, argument(*function))).collect());
    let is = |name| bin(B::Equal, col(2), text(name));
    let filters = vec![
        vec![is("norway")],
        vec![one_of(col(2), vec![text("Norway"), text("Sweden")])],
        vec![not(is("Denmark"))],
        vec![is("Sweden"), bin(B::Greater, col(1), num("0"))],
    ];
    let filters: Vec<Filter> =
        filters.into_iter().map(|conditions| Filter { source: 0, conditions }).collect();
    let mut requests = Vec::new();
    for aggregate in 0..FUNCTIONS.len() as u32 {
        for filter in [None, Some(0), Some(1), Some(2), Some(3)] {
            for (a, b) in periods {
                let period = Some(Period { start: day(*a.min(b)), end: day(*a.max(b)) });
                requests.push(Request {
                    aggregate: AggregateId(aggregate),
                    filter: filter.map(FilterId),
                    period,
                });
            }
            requests.push(Request {
                aggregate: AggregateId(aggregate),
                filter: filter.map(FilterId),
                period: None,
            });
        }
    }
    (model, Requests { filters, requests })
}

/// The same by a loop over the rows, in whole quarters; None for functions that are no plain sums.
fn plainly(rows: &[(u8, Option<i32>, u8, u8)], request: &Request) -> Option<Decimal> {
    let taken = rows.iter().filter(|row| {
        let in_period = request.period.is_none_or(|period| period.contains(day(row.0)));
        in_period
            && match request.filter.map(|filter| filter.0) {
                None => true,
                Some(0) => row.2 == 1,
                Some(1) => row.2 == 1 || row.2 == 2,
                Some(2) => row.2 != 3,
                Some(_) => row.2 == 2 && row.1.is_some_and(|quarters| quarters > 0),
            }
    });
    let quarters: Vec<i64> = taken.clone().filter_map(|row| row.1).map(i64::from).collect();
    let money = |quarters: i64| Decimal::new(quarters * 25, 2).normalize();
    Some(match FUNCTIONS[request.aggregate.0 as usize] {
        F::Sum => money(quarters.iter().sum()),
        F::Count => Decimal::from(quarters.len()),
        F::CountDistinct => Decimal::from(taken.map(|row| row.3).collect::<BTreeSet<_>>().len()),
        F::Min => money(*quarters.iter().min()?),
        F::Max => money(*quarters.iter().max()?),
        F::Average if quarters.is_empty() => return None,
        F::Average => Decimal::new(quarters.iter().sum::<i64>() * 25, 2) / Decimal::from(quarters.len()),
        _ => return None,
    })
}

proptest! {
    #[test]
    fn one_pass_is_what_a_loop_finds(
        rows in rows(),
        periods in proptest::collection::vec((0u8..60, 0u8..60), 1..5),
    ) {
        let (model, requests) = all_requests(&periods);
        let data = dataset(vec![table_of(&rows)]);
        let (measures, diagnostics) = aggregate_all(&model, &data, &requests);
        prop_assert!(diagnostics.is_empty());
        for (request, answer) in requests.requests.iter().zip(&measures.answers) {
            let function = FUNCTIONS[request.aggregate.0 as usize];
            if matches!(function, F::Median | F::Stdev) {
                continue;
            }
            let (found, expected) = (answer.value, plainly(&rows, request));
            if let (F::Average, Some(found), Some(expected)) = (function, found, expected) {
                prop_assert!((found - expected).abs() <= Decimal::new(1, 11), "{:?}", request);
                continue;
            }
            prop_assert_eq!(found, expected, "{:?}", request);
        }
    }

    #[test]
    fn segments_pool_to_the_whole(rows in rows()) {
        let model = model(vec![of(F::Sum, Some(col(1))), of(F::Count, None)]);
        let segment = |name| Filter { source: 0, conditions: vec![bin(B::Equal, col(2), text(name))] };
        let filters = ["", "Norway", "Sweden", "Denmark"].map(segment).to_vec();
        let each = [None, Some(0), Some(1), Some(2), Some(3)];
        let request = |aggregate, filter: Option<u32>| Request { aggregate: AggregateId(aggregate), filter: filter.map(FilterId), period: None };
        let requests = Requests { filters, requests: (0..2).flat_map(|a| each.map(|f| request(a, f))).collect() };
        let (measures, _) = aggregate_all(&model, &dataset(vec![table_of(&rows)]), &requests);
        let values: Vec<Decimal> = measures.answers.iter().map(|answer| answer.value.unwrap()).collect();
        for whole in [0, 5] {
            prop_assert_eq!(values[whole], values[whole + 1..whole + 5].iter().sum::<Decimal>());
        }
    }

    #[test]
    fn the_order_of_rows_does_not_matter(rows in rows(), seed in any::<u64>()) {
        let mut shuffled = rows.clone();
        let mut state = seed | 1;
        for at in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            shuffled.swap(at, (state >> 33) as usize % (at + 1));
        }
        let (model, requests) = all_requests(&[(0, 30), (10, 59)]);
        let (a, _) = aggregate_all(&model, &dataset(vec![table_of(&rows)]), &requests);
        let (b, _) = aggregate_all(&model, &dataset(vec![table_of(&shuffled)]), &requests);
        prop_assert_eq!(a.answers, b.answers);
    }
}

#[test]
fn the_number_of_threads_does_not_change_a_bit() {
    let count = 140_000;
    let days: Vec<i32> = (0..count).map(|row| 20_000 + row % 700).collect();
    let amounts: Vec<f64> = (0..count).map(|row| f64::from(row % 10_007 * 7919 % 100_003) / 97.0).collect();
    let country = (0..count as u32).map(|row| row * 31 % 5).collect();
    let ColumnData::Text { dictionary, .. } = texts(&["Norway", "Sweden", "Denmark", "Finland", "Iceland"])
    else {
        unreachable!("texts are texts")
    };
    let data = dataset(vec![table(vec![
        ColumnData::Date(days),
        numbers(&amounts),
        ColumnData::Text { codes: country, dictionary },
        ColumnData::Number(amounts.iter().map(|amount| amount.floor()).collect()),
    ])]);
    let model = model(vec![
        of(F::Sum, Some(bin(B::Multiply, col(1), num("1.1")))),
        of(F::Average, Some(col(1))),
        of(F::CountDistinct, Some(col(3))),
        of(F::Stdev, Some(col(1))),
    ]);
    let filters = vec![Filter { source: 0, conditions: vec![bin(B::Equal, col(2), text("Sweden"))] }];
    let mut requests = Vec::new();
    for aggregate in 0..4 {
        for filter in [None, Some(FilterId(0))] {
            for period in [None, period("2025-01-01", "2025-12-31"), period("2025-02-01", "2025-02-28")] {
                requests.push(Request { aggregate: AggregateId(aggregate), filter, period });
            }
        }
    }
    let requests = Requests { filters, requests };
    let on = |threads| aggregate_on(threads, &model, &Catalog::default(), &data, &requests).0.answers;
    let one = on(1);
    for threads in [2, 3, 8] {
        assert_eq!(on(threads), one);
    }
    assert!(one.iter().all(|answer| answer.value.is_some_and(|value| !value.is_zero())));
}
