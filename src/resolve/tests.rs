//! What goal files mean over catalogs made by hand.

use super::{Model, Nature, SegmentForm, resolve};
use crate::cell::{CellRef, SheetId};
use crate::data::{
    Catalog, ColumnInfo, FileInfo, Format, Kind, NumberShape, PartInfo, SheetInfo, SheetVerdict, SourceInfo,
    SourceRequest, TableInfo, Use,
};
use crate::diagnostic::{Code, Diagnostics};
use crate::source::Source;
use crate::syntax::{Language, Statement, parse};

/// `name:kind` as a column.
fn column(sheet: SheetId, column: u32, text: &str) -> ColumnInfo {
    let (name, kind) = text.split_once(':').expect("name:kind");
    ColumnInfo {
        name: name.into(),
        part: None,
        kind: match kind {
            "d" => Kind::Date,
            "t" => Kind::Text,
            _ => Kind::Number,
        },
        shape: if kind == "m" { NumberShape::Money("SEK".into()) } else { NumberShape::Plain },
        unit: None,
        header: CellRef { sheet, row: 0, column },
        sample: Vec::new(),
    }
}

/// A catalog with a sheet per entry: its name and `column:kind` words (`n`, `d`, `t`).
fn catalog(sheets: &[(&str, &str)], declared: bool) -> Catalog {
    let mut made = Catalog::default();
    let file = FileInfo {
        path: "data.xlsx".into(),
        name: "data.xlsx".into(),
        format: Format::Xlsx,
        size: 1,
        sha256: crate::data::Fingerprint::default(),
    };
    made.files.push(file);
    for (at, (name, columns)) in sheets.iter().enumerate() {
        let sheet = SheetId(at as u32);
        made.sheets.push(SheetInfo {
            file: 0,
            name: (*name).into(),
            index: at,
            hidden: false,
            verdict: SheetVerdict::Data,
        });
        let columns: Vec<ColumnInfo> =
            columns.split(", ").enumerate().map(|(at, text)| column(sheet, at as u32, text)).collect();
        made.tables.push(TableInfo {
            sheet,
            name: None,
            header_rows: (0, 0),
            columns: (0, columns.len() as u32 - 1),
            last_row: None,
            reason: String::new(),
            sums: Vec::new(),
            total_column: None,
            fills: Vec::new(),
            written: (None, None),
        });
        made.sources.push(SourceInfo {
            name: name.to_lowercase(),
            request: if declared { at } else { 0 },
            parts: vec![PartInfo {
                table: at,
                columns: (0..columns.len() as u32).map(Some).collect(),
                across: Vec::new(),
                parted: None,
                metric_rows: Vec::new(),
                first_column: 0,
                fixed: Vec::new(),
            }],
            columns,
            rank: 1,
            across: None,
            currency_column: None,
        });
    }
    made.requests = made.sources.iter().map(|_| SourceRequest::default()).collect();
    made
}

const ORDERS: (&str, &str) =
    ("Orders", "date:d, order id:t, customer id:n, country:t, amount:m, price:n, quantity:n");
const TRAFFIC: (&str, &str) = ("Traffic", "date:d, channel:t, sessions:n");

fn model(text: &str, sheets: &[(&str, &str)]) -> (Model, Diagnostics) {
    let source = Source::new("a.goals", text);
    let (program, found) = parse(&source, Language::English);
    assert!(!found.has_errors(), "{:?}", found.sorted());
    let declared = program.statements.iter().any(|s| matches!(s.node, Statement::Data(_)));
    resolve(&program, &source, &catalog(sheets, declared))
}

#[track_caller]
fn measures(text: &str, sheets: &[(&str, &str)], expected: &str) {
    let (model, found) = model(text, sheets);
    assert!(!found.has_errors(), "{:?}", found.sorted());
    let goal = model.goals[0].bound.as_ref().expect("a goal that is bound");
    assert_eq!(model.metrics[goal.metric.0 as usize].text, expected);
}

#[track_caller]
fn refused(text: &str, sheets: &[(&str, &str)], code: Code) {
    let (model, found) = model(text, sheets);
    let codes: Vec<Code> = found.iter().map(|d| d.code).collect();
    assert!(codes.contains(&code), "expected {code}, found {:?}", found.sorted());
    assert!(model.goals.last().is_some_and(|g| g.bound.is_none()));
}

#[test]
fn a_bare_column_is_its_sum() {
    measures("increase amount by 10% in 2025", &[ORDERS], "sum(amount)");
    measures("increase Amounts by 10% in 2025", &[ORDERS], "sum(amount)");
}

#[test]
fn a_number_of_amounts_says_that_it_counts_them() {
    let note = |text: &str, sheet: (&str, &str)| {
        let (model, _) = model(text, &[sheet]);
        let goal = model.goals[0].bound.as_ref().expect("a goal that is bound");
        model.metrics[goal.metric.0 as usize].note.clone()
    };
    let daily = ("Daily", "date:d, orders:n, customer id:n");
    assert!(
        note("get number of orders to 3 in 2025", daily).is_some_and(|said| said.contains("sum([orders])"))
    );
    assert_eq!(note("get number of customers to 3 in 2025", daily), None);
}

#[test]
fn phrases_say_how_rows_are_put_together() {
    measures("increase average amount by 10% in 2025", &[ORDERS], "average(amount)");
    measures("increase the number of customers by 10% in 2025", &[ORDERS], "count distinct(customer id)");
    measures("increase the number of countries by 1 in 2025", &[ORDERS], "count distinct(country)");
    measures("increase the number of orders by 10% in 2025", &[("Orders", "date:d, amount:n")], "count()");
    measures(
        "increase amount per customer by 5% in 2025",
        &[ORDERS],
        "sum(amount) / count distinct(customer id)",
    );
    measures(
        "increase share of orders where country = \"Norway\" by 2 pp in 2025",
        &[ORDERS],
        "count distinct(order id where country = \"Norway\") / count distinct(order id)",
    );
}

#[test]
fn a_declared_metric_wins_over_a_column_of_its_name() {
    measures("metric amount = average(amount)\nincrease amount by 10% in 2025", &[ORDERS], "average(amount)");
}

#[test]
fn a_rate_is_averaged_only_where_a_level_is_stated() {
    measures("get price to 8 in 2025", &[ORDERS], "average(price)");
    refused("increase price by 10% in 2025", &[ORDERS], Code::N111);
}

#[test]
fn a_ratio_may_read_two_sources() {
    let text = "metric conversion rate = count distinct(order id) / sum(sessions)\nincrease conversion rate by 1 pp in 2025";
    let (model, found) = model(text, &[ORDERS, TRAFFIC]);
    assert!(!found.has_errors(), "{:?}", found.sorted());
    assert_eq!(model.goals[0].bound.as_ref().map(|g| g.sources.clone()), Some(vec![0, 1]));
    assert_eq!(model.metrics[0].nature, Nature::Ratio);
    assert!(model.metrics[0].maybe_proportion);
}

#[test]
fn a_segment_column_must_stand_in_every_source() {
    let text = "metric conversion rate = count distinct(order id) / sum(sessions)\n\
                increase conversion rate for country = \"Norway\" by 1 pp in 2025";
    refused(text, &[ORDERS, TRAFFIC], Code::N107);
    let mended = format!("column country in traffic = channel\n{text}");
    let (model, found) = model(&mended, &[ORDERS, TRAFFIC]);
    assert!(!found.has_errors(), "{:?}", found.sorted());
    let goal = model.goals[0].bound.as_ref().expect("bound");
    assert!(matches!(&goal.segments[0].form, SegmentForm::Condition(parts) if parts.len() == 2));
}

#[test]
fn a_bare_value_is_left_to_the_text_columns() {
    let (model, _) = model("increase amount in Norway by 10% in 2025", &[ORDERS]);
    let goal = model.goals[0].bound.as_ref().expect("bound");
    let SegmentForm::Values { values, candidates } = &goal.segments[0].form else { panic!("no values") };
    assert_eq!(values[0].node, "Norway");
    assert_eq!(candidates, &[(0, vec![1, 3])]);
}

#[test]
fn only_what_is_needed_is_wanted() {
    let (model, _) = model("increase amount for country = \"Norway\" by 10% in 2025", &[ORDERS, TRAFFIC]);
    assert_eq!(model.wanted.sources.len(), 1);
    assert_eq!(model.wanted.sources[0].columns, [(0, Use::Date), (3, Use::Key), (4, Use::Number)]);
}

#[test]
fn order_of_statements_does_not_matter_and_circles_are_shown() {
    measures(
        "metric b = a + 1\nmetric a = sum(gross)\ncolumn gross = net * 2\ncolumn net = amount / 2\nincrease b by 10% in 2025",
        &[ORDERS],
        "sum(gross) + 1",
    );
    refused(
        "metric first = second\nmetric second = first\nincrease first by 1 in 2025",
        &[ORDERS],
        Code::N109,
    );
    refused(
        "column x = y\ncolumn y = x\nmetric net = sum(x)\nincrease net by 1 in 2025",
        &[ORDERS],
        Code::N109,
    );
}

#[test]
fn data_are_never_overwritten() {
    let (_, found) = model("column price = amount / quantity\nincrease amount by 1 in 2025", &[ORDERS]);
    assert!(found.iter().any(|d| d.code == Code::N110));
}

#[test]
fn a_broken_metric_is_said_once_and_the_other_goals_stand() {
    let text = "metric bad = sum(amuont)\nincrease bad by 1 in 2025\nincrease bad by 2 in 2025\nincrease amount by 1 in 2025";
    let (model, found) = model(text, &[ORDERS]);
    assert_eq!(found.iter().filter(|d| d.code == Code::N103).count(), 1);
    let bound: Vec<bool> = model.goals.iter().map(|g| g.bound.is_some()).collect();
    assert_eq!(bound, [false, false, true]);
}

#[test]
fn two_declared_sources_are_not_guessed_between() {
    let text = "data a from \"a.xlsx\"\ndata b from \"b.xlsx\"\nmetric revenue = sum(amount)\nincrease revenue by 1 in 2025";
    let both: [(&str, &str); 2] = [("A", "date:d, amount:n"), ("B", "date:d, amount:n")];
    refused(text, &both, Code::N105);
    measures(&text.replace("sum(amount)", "sum(b.amount)"), &both, "sum(amount)");
}

#[test]
fn of_two_found_sheets_with_one_header_the_first_is_read() {
    let both: [(&str, &str); 2] = [("2024", "date:d, amount:n"), ("2025", "date:d, amount:n")];
    let (model, found) = model("increase amount by 10% in 2025", &both);
    assert!(found.iter().any(|d| d.code == Code::N120));
    assert_eq!(model.goals[0].bound.as_ref().map(|g| g.sources.clone()), Some(vec![0]));
}

#[test]
fn a_target_may_stand_in_a_sheet() {
    let sheets: [(&str, &str); 2] = [ORDERS, ("Targets", "month:d, country:t, amount:n")];
    let text = "data orders from \"a.xlsx\"\ndata targets from \"a.xlsx\" sheet \"Targets\"\n\
                metric revenue = sum(orders.amount)\nget revenue for country = \"Norway\" to targets.amount in 2025";
    let (model, found) = model(text, &sheets);
    assert!(!found.has_errors(), "{:?}", found.sorted());
    let goal = model.goals[0].bound.as_ref().expect("bound");
    let target = goal.target.as_ref().expect("a target");
    assert!(target.dated);
    assert_eq!(model.aggregates[target.aggregate.0 as usize].source, 1);
}

#[test]
fn a_name_on_a_broken_line_is_known_and_broken() {
    let source = Source::new(
        "a.goals",
        "metric price = sum((amount\nget price to 8 in 2025\nincrease amount by 1 in 2025",
    );
    let (program, found) = parse(&source, Language::English);
    assert!(found.has_errors());
    let (model, found) = resolve(&program, &source, &catalog(&[ORDERS], false));
    assert!(!found.has_errors(), "a second message about one slip: {:?}", found.sorted());
    let bound: Vec<bool> = model.goals.iter().map(|g| g.bound.is_some()).collect();
    assert_eq!(bound, [false, true], "the column `price` must not stand in for the metric");
}

#[test]
fn the_last_row_of_a_header_of_several_finds_its_column() {
    let mut sheets = catalog(&[("Orders", "date:d, Sales amount:n")], false);
    sheets.sources[0].columns[1].part = Some("amount".into());
    let source = Source::new("a.goals", "increase amount by 10% in 2025");
    let (program, _) = parse(&source, Language::English);
    let (model, found) = resolve(&program, &source, &sheets);
    assert!(!found.has_errors(), "{:?}", found.sorted());
    assert_eq!(model.metrics[0].text, "sum(Sales amount)");
}

#[test]
fn long_chains_and_doubling_are_bounded() {
    let chain = |kind: &str, last: &str, goal: &str| {
        let lines: Vec<String> = (0..5000).map(|at| format!("{kind} m{at} = m{} + 1\n", at + 1)).collect();
        let mut text = lines.concat();
        text += &format!("{kind} m5000 = {last}\n{goal}");
        text
    };
    refused(&chain("metric", "sum(amount)", "increase m0 by 10% in 2025"), &[ORDERS], Code::E105);
    refused(&chain("column", "amount", "increase m0 by 10% in 2025"), &[ORDERS], Code::E105);
    let lines: Vec<String> = (1..60).map(|at| format!("metric m{at} = m{0} + m{0}\n", at - 1)).collect();
    let doubling = lines.concat();
    let text = format!("metric m0 = sum(amount)\n{doubling}increase m59 by 10% in 2025");
    refused(&text, &[ORDERS], Code::E105);
    // eleven lines of it are 2^11 - 1 numbers and operators
    let text = format!(
        "metric m0 = sum(amount)\n{}increase m10 by 10% in 2025",
        &doubling[..doubling.find("metric m11").unwrap()]
    );
    let (model, found) = model(&text, &[ORDERS]);
    assert!(!found.has_errors(), "{:?}", found.sorted());
    assert_eq!(model.metrics[10].formula.size(), 2047);
}
