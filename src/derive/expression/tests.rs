//! Row expressions over small tables; expected values by hand from RULES 6.1 and Excel's documentation.

use proptest::prelude::*;

use super::testing::*;
use super::{Fault, Faults};
use crate::data::{Column, Dataset, Kind, NumberShape, Use};
use crate::resolve::{RowExpr, RowNode};
use crate::syntax::BinaryOperator as B;

const GONE: f64 = f64::NAN;

/// Amounts, limits, days, regions and a boolean; each missing in one row.
fn orders() -> Dataset {
    dataset(vec![table(vec![
        numbers(&[100.0, 0.0, -5.5, GONE]),
        numbers(&[10.0, 0.0, GONE, 4.0]),
        dates(&["2025-01-31", "2024-12-31", "", "2025-06-15"]),
        texts(&["North", "south", " NORTH ", ""]),
        truths(&[1, 0, 2, 1]),
    ])])
}

#[track_caller]
fn case(expr: RowExpr, expected: &str) {
    let (found, faults) = values(&expr, &orders());
    assert_eq!(found.join(" "), expected);
    assert!(faults.is_empty(), "{faults:?}");
}

#[track_caller]
fn faulty(expr: RowExpr, expected: &str, fault: Fault, rows: &[usize]) {
    let (found, faults) = values(&expr, &orders());
    assert_eq!(found.join(" "), expected);
    let told: Vec<_> = faults.iter().map(|(_, fault, rows)| (fault, rows.rows.clone())).collect();
    assert_eq!(told, [(fault, rows.to_vec())]);
}

#[track_caller]
fn wrong(expr: RowExpr, expected: &[&str]) {
    let found = refused(&expr, &orders());
    let told: Vec<String> = found.iter().map(|d| format!("{} {}", d.code, d.message)).collect();
    assert_eq!(told, expected);
}

#[test]
fn arithmetic_of_missing_is_missing() {
    case(bin(B::Add, col(0), col(1)), "110 0 - -");
    case(bin(B::Multiply, col(0), num("0.1")), "10 0 -0.55 -");
    case(expr(RowNode::Unary(crate::syntax::UnaryOperator::Negate, Box::new(col(0)))), "-100 -0 5.5 -");
    case(bin(B::Subtract, num("0.3"), num("0.1")), "0.2 0.2 0.2 0.2");
}

#[test]
fn division_by_zero_is_missing_and_counted() {
    faulty(bin(B::Divide, col(0), col(1)), "10 - - -", Fault::DivisionByZero, &[1]);
    let huge = bin(B::Power, num("10"), bin(B::Multiply, col(1), num("40")));
    faulty(bin(B::Greater, huge, num("5")), "- false - true", Fault::NoNumber, &[0]);
}

#[test]
fn missing_equals_missing_alone() {
    case(bin(B::Equal, col(3), text("north")), "true false true false");
    case(bin(B::NotEqual, col(3), text("North")), "false true false true");
    case(bin(B::Equal, col(0), col(1)), "false true false false");
    case(bin(B::NotEqual, col(0), col(1)), "true false true true");
    case(bin(B::Equal, col(3), text("")), "false false false true");
    case(one_of(col(3), vec![text("SOUTH"), text("east")]), "false true false false");
    case(not(one_of(col(3), vec![text("SOUTH")])), "true false true true");
    case(bin(B::Equal, col(4), truth(true)), "true false false true");
    case(bin(B::Equal, col(4), text("ja")), "true false false true");
}

#[test]
fn comparisons_with_missing_are_unknown() {
    case(bin(B::Greater, col(0), num("0")), "true false false -");
    case(bin(B::LessOrEqual, col(0), num("-5.5")), "false false true -");
    case(bin(B::Less, num("0"), col(0)), "true false false -");
    case(between(col(0), num("0"), num("100")), "true true false -");
    case(bin(B::Contains, col(3), text("orth")), "true false true -");
    case(bin(B::StartsWith, col(3), text("no")), "true false true -");
    case(bin(B::EndsWith, col(3), text("TH")), "true true true -");
    case(bin(B::Greater, col(3), text("o")), "false true false -");
    case(not(bin(B::Contains, col(3), text("orth"))), "false true false -");
}

#[test]
fn comparison_is_of_fifteen_digits() {
    let data = dataset(vec![table(vec![numbers(&[100_000.0, 0.1])])]);
    let raised = bin(B::Multiply, col(0), num("1.1"));
    let found = values(&bin(B::Equal, raised, one_if_large()), &data).0;
    assert_eq!(found, ["true", "true"]);
}

/// 110 000 for the large amount, 0.11 for the small one.
fn one_if_large() -> RowExpr {
    call("IF", vec![bin(B::Greater, col(0), num("1")), num("110000"), num("0.11")])
}

#[test]
fn and_or_not_are_those_of_kleene() {
    let unknown = || bin(B::Greater, col(0), num("1000"));
    // row 3: amount is missing, so the comparison is unknown; rows 0 to 2 it is false
    case(bin(B::And, unknown(), truth(false)), "false false false false");
    case(bin(B::And, unknown(), truth(true)), "false false false -");
    case(bin(B::Or, unknown(), truth(true)), "true true true true");
    case(bin(B::Or, unknown(), truth(false)), "false false false -");
    case(not(unknown()), "true true true -");
    case(call("AND", vec![truth(true), col(4), truth(true)]), "true false - true");
    case(call("OR", vec![truth(false), col(4)]), "true false - true");
    case(call("NOT", vec![col(4)]), "false true - false");
}

#[test]
fn periods_are_their_days() {
    let h1 = || period("2025-01-01", "2025-06-30");
    case(bin(B::Equal, col(2), h1()), "true false false true");
    case(bin(B::NotEqual, col(2), h1()), "false true true false");
    case(bin(B::Less, col(2), h1()), "false true - false");
    case(bin(B::GreaterOrEqual, col(2), h1()), "true false - true");
    case(bin(B::Greater, col(2), h1()), "false false - false");
    case(bin(B::LessOrEqual, col(2), h1()), "true true - true");
    case(bin(B::Greater, h1(), col(2)), "false true - false");
    case(bin(B::Equal, col(2), num("2025")), "true false false true");
    case(
        one_of(col(2), vec![period("2024-01-01", "2024-12-31"), day("2025-06-15")]),
        "false true false true",
    );
    case(between(col(2), period("2025-01-01", "2025-01-31"), h1()), "true false - true");
    case(
        bin(B::Equal, call("YEAR", vec![col(2)]), period("2025-01-01", "2025-12-31")),
        "true false false true",
    );
}

#[test]
fn dates_shift_and_differ() {
    case(bin(B::Add, col(2), num("1")), "2025-02-01 2025-01-01 - 2025-06-16");
    case(bin(B::Subtract, col(2), num("31")), "2024-12-31 2024-11-30 - 2025-05-15");
    case(bin(B::Subtract, col(2), day("2024-12-31")), "31 0 - 166");
    case(call("DAYS", vec![col(2), day("2024-12-31")]), "31 0 - 166");
    case(call("EDATE", vec![col(2), num("1")]), "2025-02-28 2025-01-31 - 2025-07-15");
    case(call("EOMONTH", vec![col(2), num("0")]), "2025-01-31 2024-12-31 - 2025-06-30");
    let parts = vec![call("YEAR", vec![col(2)]), call("MONTH", vec![col(2)]), num("1")];
    case(call("DATE", parts), "2025-01-01 2024-12-01 - 2025-06-01");
    case(call("MAX", vec![col(2), day("2025-02-01")]), "2025-02-01 2025-02-01 - 2025-06-15");
    faulty(
        call("EDATE", vec![day("9999-12-31"), col(0)]),
        "- 9999-12-31 9999-07-31 -",
        Fault::ImpossibleDate,
        &[0],
    );
}

#[test]
fn parts_of_dates() {
    case(call("QUARTER", vec![col(2)]), "1 4 - 2");
    case(call("DAY", vec![col(2)]), "31 31 - 15");
    case(call("WEEKDAY", vec![col(2)]), "6 3 - 1");
    case(call("WEEKDAY", vec![col(2), num("2")]), "5 2 - 7");
    case(call("ISOWEEKNUM", vec![col(2)]), "5 1 - 24");
}

#[test]
fn functions_of_numbers() {
    case(call("round", vec![bin(B::Divide, col(0), num("3")), num("2")]), "33.33 0 -1.83 -");
    case(call("ABS", vec![col(0)]), "100 0 5.5 -");
    case(call("MIN", vec![col(0), col(1)]), "10 0 - -");
    case(call("MAX", vec![col(0), num("1")]), "100 1 1 -");
    case(call("INT", vec![col(0)]), "100 0 -6 -");
    case(call("MOD", vec![col(0), num("3")]), "1 0 0.5 -");
    faulty(call("SQRT", vec![col(0)]), "10 0 - -", Fault::NoNumber, &[2]);
}

#[test]
fn functions_of_texts() {
    case(call("LEN", vec![col(3)]), "5 5 5 -");
    case(call("UPPER", vec![col(3)]), "NORTH SOUTH NORTH -");
    case(call("LEFT", vec![call("LOWER", vec![col(3)]), num("2")]), "no so no -");
    case(call("SUBSTITUTE", vec![col(3), text("th"), text("")]), "Nor sou Nor -");
    case(bin(B::Concatenate, col(3), col(0)), "North100 south0 North-5.5 -");
    case(
        call("CONCAT", vec![col(2), text("/"), col(4)]),
        "2025-01-31/TRUE 2024-12-31/FALSE - 2025-06-15/TRUE",
    );
    case(call("EXACT", vec![col(3), text("north")]), "false false false -");
    faulty(call("FIND", vec![text("o"), col(3), num("3")]), "- - - -", Fault::OutOfRange, &[0, 1, 2]);
    case(call("IFERROR", vec![call("FIND", vec![text("u"), col(3)]), num("0")]), "0 3 0 0");
    faulty(call("VALUE", vec![col(3)]), "- - - -", Fault::Unreadable, &[0, 1, 2]);
}

#[test]
fn choices_count_only_what_they_come_to() {
    let share = || bin(B::Divide, col(0), col(1));
    case(call("IF", vec![bin(B::Equal, col(1), num("0")), num("0"), share()]), "10 0 - -");
    case(call("IF", vec![col(4), text("yes")]), "yes - - yes");
    case(call("IFERROR", vec![share(), num("-1")]), "10 -1 -1 -1");
    case(call("COALESCE", vec![col(0), col(1), num("9")]), "100 0 -5.5 4");
    let tiers = vec![
        bin(B::GreaterOrEqual, col(0), num("100")),
        text("gold"),
        bin(B::GreaterOrEqual, col(0), num("0")),
        text("silver"),
        truth(true),
        text("none"),
    ];
    case(call("IFS", tiers), "gold silver none -");
    case(
        bin(B::And, bin(B::NotEqual, col(1), num("0")), bin(B::Greater, share(), num("2"))),
        "true false - -",
    );
    faulty(call("COALESCE", vec![share()]), "10 - - -", Fault::DivisionByZero, &[1]);
}

#[test]
fn emptiness() {
    case(is_empty(col(0)), "false false false true");
    case(not(is_empty(col(3))), "true true true false");
    case(is_empty(col(4)), "false false true false");
    case(is_empty(bin(B::Add, col(0), col(1))), "false false true true");
}

#[test]
fn patterns_take_the_whole_value() {
    let data = dataset(vec![table(vec![texts(&["ABC-1234", "abc-1234x", "ABC-12345", ""])])]);
    let found = values(&bin(B::Matches, col(0), text("[A-Z]{3}-[0-9]{4}")), &data).0;
    assert_eq!(found, ["true", "false", "false", "-"]);
    let found = values(&bin(B::Matches, col(0), text("ABC-1234|abc-1234x")), &data).0;
    assert_eq!(found, ["true", "true", "false", "-"]);
}

#[test]
fn keys_compare_by_their_digits() {
    let mut keys = table(vec![texts(&["17850", "A12", "17850.5", ""])]);
    keys.columns = keys.columns.into_iter().map(|((at, _), c)| ((at, Use::Key), c)).collect();
    let data = dataset(vec![keys]);
    assert_eq!(values(&bin(B::Equal, col(0), num("17850")), &data).0, ["true", "false", "false", "false"]);
    assert_eq!(values(&bin(B::NotEqual, col(0), num("17850.5")), &data).0, ["true", "true", "false", "true"]);
    assert_eq!(
        values(&one_of(col(0), vec![num("17850"), text("a12")]), &data).0,
        ["true", "true", "false", "false"]
    );
    assert_eq!(values(&bin(B::Equal, num("17850.0"), col(0)), &data).0, ["true", "false", "false", "false"]);
}

#[test]
fn a_column_is_taken_as_the_use_that_fits() {
    let column = |data, kind| Column { name: "id".to_owned(), kind, shape: NumberShape::Plain, data };
    let mut both = table(vec![numbers(&[0.0, 0.0])]);
    both.columns.clear();
    both.columns.insert((0, Use::Number), column(numbers(&[7.0, GONE]), Kind::Number));
    both.columns.insert((0, Use::Key), column(texts(&["7", "x"]), Kind::Text));
    let data = dataset(vec![both]);
    assert_eq!(values(&bin(B::Add, col(0), num("1")), &data).0, ["8", "-"]);
    assert_eq!(values(&bin(B::Equal, col(0), text("X")), &data).0, ["false", "true"]);
}

#[test]
fn kinds_are_tested_before_any_row() {
    wrong(bin(B::Greater, col(0), text("x")), &["E101 expected a number, found text"]);
    wrong(bin(B::Equal, col(0), text("x")), &["E101 expected a number, found text"]);
    wrong(bin(B::Equal, col(2), text("2025-01-01")), &["E101 expected a date, found text"]);
    wrong(bin(B::Greater, col(2), num("5")), &["E101 expected a date, found a number"]);
    wrong(
        bin(B::Multiply, col(3), col(4)),
        &["E102 expected a number, found text", "E102 expected a number, found true or false"],
    );
    wrong(bin(B::Add, col(2), col(2)), &["E102 `+` cannot join a date with a date"]);
    wrong(bin(B::And, col(0), truth(true)), &["E102 expected true or false, found a number"]);
    wrong(bin(B::Less, col(4), truth(true)), &["E102 true and false have no order"]);
    wrong(call("EDATE", vec![col(0), num("1")]), &["E102 expected a date, found a number"]);
    wrong(call("IF", vec![truth(true), num("1"), text("x")]), &["E101 expected a number, found text"]);
    wrong(
        call("YEAR", vec![period("2025-01-01", "2025-12-31")]),
        &["E103 expected a day, found a period of 365 days"],
    );
    wrong(bin(B::Matches, col(3), text("(")), &["E104 the pattern is no regular expression"]);
    wrong(bin(B::Matches, col(3), text("a)|(b")), &["E104 the pattern is no regular expression"]);
    wrong(bin(B::Matches, col(3), col(3)), &["E104 expected a pattern in quotes"]);
    wrong(col(9), &["E106 a column that this needs was not read"]);
    wrong(
        call("IFS", vec![truth(true), num("1"), num("2")]),
        &["E107 `IFS` takes conditions and values in turn, found 3 arguments"],
    );
    wrong(call("ROUNDD", vec![num("1")]), &["E107 unknown function `ROUNDD`"]);
}

#[test]
fn both_sides_are_pointed_at() {
    let found = refused(&bin(B::Greater, at(3, col(0)), at(9, text("x"))), &orders());
    let told = found.iter().next().unwrap();
    assert_eq!(told.primary.text, "this is text");
    assert_eq!(told.related[0].text, "column `c0` holds numbers");
    assert_ne!(told.primary.at, told.related[0].at);
}

#[test]
fn depth_is_bounded() {
    let deep = (0..100_000).fold(num("1"), |inner, _| call("ABS", vec![inner]));
    let found = refused(&deep, &orders());
    assert_eq!(found.iter().map(|d| d.code.as_str()).collect::<Vec<_>>(), ["E105"]);
    // dropping it would recurse as deeply
    std::mem::forget(deep);
    let long = (0..2000).fold(truth(false), |whole, _| bin(B::Or, whole, bin(B::Equal, col(0), num("0"))));
    case(long, "false true false false");
}

#[test]
fn lookups_are_exact_and_by_key() {
    let orders = table(vec![texts(&["a", "B ", "z", "", "d"]), numbers(&[1.0, 2.0, 1.0, 1.0, 3.0])]);
    let products = table(vec![
        texts(&["A", "b", "c", "d", "d", "e", "e"]),
        numbers(&[5.0, 7.0, 9.0, 4.0, 4.0, 1.0, 2.0]),
        numbers(&[1.0, 2.0, 3.0, 3.0, 3.0, 5.0, 5.0]),
    ]);
    let data = dataset(vec![orders, products]);
    let lookup = |keys| expr(RowNode::Lookup { source: 1, value: 1, keys });
    let told = |faults: &Faults| faults.iter().map(|(_, f, rows)| (f, rows.rows.clone())).collect::<Vec<_>>();
    let (found, faults) = values(&lookup(vec![(0, col(0))]), &data);
    assert_eq!(found, ["5", "7", "-", "-", "4"]);
    assert_eq!(told(&faults), [(Fault::NotFound, vec![2])]);
    let (found, faults) = values(&lookup(vec![(0, col(0)), (2, col(1))]), &data);
    assert_eq!(found, ["5", "7", "-", "-", "4"]);
    assert_eq!(told(&faults), [(Fault::NotFound, vec![2])]);
    let (found, faults) = values(&lookup(vec![(0, text("E"))]), &data);
    assert_eq!(found, ["-"; 5]);
    assert_eq!(told(&faults), [(Fault::Ambiguous, vec![0, 1, 2, 3, 4])]);
    let (found, _) = values(&bin(B::Multiply, lookup(vec![(0, col(0))]), col(1)), &data);
    assert_eq!(found, ["5", "14", "-", "-", "12"]);
}

proptest! {
    /// Whatever is computed once for each text is what each row by itself comes to.
    #[test]
    fn per_text_and_per_row_agree(rows in proptest::collection::vec("[ab ]{0,3}", 1..40)) {
        let texts_of: Vec<&str> = rows.iter().map(String::as_str).collect();
        let data = dataset(vec![table(vec![texts(&texts_of), numbers(&vec![1.0; rows.len()])])]);
        let condition = || bin(B::Or, bin(B::Contains, col(0), text("a")), bin(B::Equal, col(0), text("b")));
        // a second column keeps the condition from being computed per text
        let by_row = bin(B::And, bin(B::Equal, col(1), num("1")), call("IF", vec![bin(B::Equal, col(1), num("1")), condition(), truth(false)]));
        let by_text = bin(B::And, bin(B::Equal, col(1), num("1")), condition());
        prop_assert_eq!(values(&by_row, &data).0, values(&by_text, &data).0);
    }
}
