//! What must hold whatever the text and whatever the rows.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fmt::Write as _;
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use goalsheet::diagnostic::Location;
use goalsheet::inputs::DataArgument;
use goalsheet::judge::{GoalEvaluation, Status};
use goalsheet::language::Language;
use goalsheet::source::Source;
use goalsheet::syntax::format::{format, meaning};
use goalsheet::syntax::parse;
use goalsheet::{Input, Options, run};
use proptest::prelude::*;
use proptest::sample::select;

/// A row: days after 2024-01-01, region, whole amount.
type Row = (u64, usize, i64);

const REGIONS: [&str; 3] = ["North", "South", "West"];

/// Rows over two years: one each week, so that no month is without, and some more anywhere.
fn rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (0u64..731, 0usize..REGIONS.len(), 1i64..1000);
    proptest::collection::vec(row, 0..80).prop_map(|mut rows| {
        rows.extend((0..731).step_by(7).map(|day| (day, day as usize % REGIONS.len(), 5)));
        rows.extend([365, 366, 730].map(|day| (day, 0, 3)));
        rows
    })
}

/// Judges a goal file over the rows.
fn judged(rows: &[Row], goals: &str) -> Vec<Arc<GoalEvaluation>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("orders.csv");
    let mut text = String::from("date,region,amount\n");
    let first = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
    for (day, region, amount) in rows {
        writeln!(text, "{},{},{amount}", first + Days::new(*day), REGIONS[*region]).unwrap();
    }
    std::fs::write(&path, text).unwrap();
    let input = Input {
        name: "goals.goals".to_owned(),
        text: format!("metric revenue = sum(amount)\n{goals}"),
        folder: folder.path().to_owned(),
        data: vec![DataArgument { name: None, path }],
    };
    run(&input, &Options::default()).evaluation.goals
}

/// What a goal came to, as text: every figure and the status.
fn figures(goal: &GoalEvaluation) -> String {
    format!(
        "{:?}",
        (
            goal.status,
            goal.actual,
            &goal.baseline,
            goal.target,
            goal.expected,
            goal.gap,
            goal.pace,
            goal.attainment
        )
    )
}

/// From worst to best.
fn rank(status: Status) -> usize {
    let order = [Status::OffTrack, Status::AtRisk, Status::OnTrack, Status::Ahead, Status::MetEarly];
    order.iter().position(|known| *known == status).unwrap_or_else(|| panic!("{}", status.word()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_rows_means_nothing(rows in rows(), turn in 1usize..40) {
        let goals = "increase revenue by 10% in 2025\nkeep revenue at least 5 every month in 2025\n\
                     increase average amount for region = \"West\" by 10 by 2025-12-31\n";
        let mut other = rows.clone();
        other.rotate_left(turn);
        other.reverse();
        let shown = |rows: &[Row]| judged(rows, goals).iter().map(|goal| figures(goal)).collect::<Vec<_>>();
        prop_assert_eq!(shown(&rows), shown(&other));
    }

    #[test]
    fn segments_add_up_to_the_whole(rows in rows()) {
        let parts = judged(&rows, "for each region: increase revenue by 10% in 2025\n");
        let whole = &judged(&rows, "increase revenue by 10% in 2025\n")[0];
        prop_assert_eq!(parts.len(), REGIONS.len());
        let sum = parts.iter().map(|part| part.actual.unwrap()).sum();
        prop_assert_eq!(whole.actual, Some(sum));
        let base = parts.iter().map(|part| part.baseline.as_ref().unwrap().value.unwrap()).sum();
        prop_assert_eq!(whole.baseline.as_ref().unwrap().value, Some(base));
    }

    #[test]
    fn turning_signs_and_direction_keeps_attainment(rows in rows(), percent in 1u32..90) {
        let turned: Vec<Row> = rows.iter().map(|(day, region, amount)| (*day, *region, -amount)).collect();
        let up = &judged(&rows, &format!("increase revenue by {percent}% in 2025\n"))[0];
        let down = &judged(&turned, &format!("reduce revenue by {percent}% in 2025\n"))[0];
        prop_assert!(up.attainment.is_some());
        prop_assert_eq!(up.attainment, down.attainment);
        prop_assert_eq!(up.pace, down.pace);
        prop_assert_eq!(up.gap, down.gap);
        prop_assert_eq!(up.status, down.status);
    }

    #[test]
    fn more_is_never_worse(rows in rows(), more in 1i64..20_000, until in 420u64..700) {
        let mut rows: Vec<Row> = rows.into_iter().filter(|(day, _, _)| *day <= until).collect();
        rows.push((until, 0, 1));
        let goal = "increase revenue by 10% in 2025\n";
        let before = judged(&rows, goal)[0].status;
        rows.push((until, 1, more));
        let after = judged(&rows, goal)[0].status;
        prop_assert!(rank(after) >= rank(before), "{} became {}", before.word(), after.word());
    }
}

/// Words, marks and oddities that goal files are made of.
#[rustfmt::skip]
const PIECES: [&str; 67] = [
    "increase", "reduce", "keep", "get", "revenue", "by", "to", "from", "in", "every month", "10%", "3 pp",
    "1,200", "-5", "2025", "Q3 2025", "2025-12-31", "next year", "for", "region", "=", "\"West\"", "metric",
    "column", "segment", "data", "sum(", "(", ")", "[", "]", "{", "#", "##", "- [ ]", "owner:", "status:",
    "//", "\n", "\n    ", "at least", "between", "and", "of", "per", "\u{a0}", "\u{202e}", "å", "ß", "漢字",
    "😀", "'", "\"", "%", "€500", "50k", "where", "not", "is", "compared to", "last year", "double", ":",
    ";", "…", "–", "e\u{301}",
];

/// Any of them in any order.
fn soup() -> impl Strategy<Value = String> {
    proptest::collection::vec(select(&PIECES[..]), 0..40).prop_map(|pieces| pieces.join(" "))
}

/// Goal sentences and declarations that mean something.
fn sensible() -> impl Strategy<Value = String> {
    let verb = select(vec!["increase", "Raise", "reduce", "boost"]);
    let change = select(vec!["by 10%", "by  5 %", "by 500", "to 1,200", "from 10 to 20", "by 1.2k"]);
    let segment = select(vec!["", " for region = \"West\"", " in North", " where amount > 5"]);
    let time = select(vec![" in 2025", " by end of Q3 2025", " by 2025-12-31", " during H1 2025", ""]);
    let clause = select(vec![
        "",
        "\n  owner: Finance",
        "\n\towner:  Sales\n\tnote: x  y",
        "\n    - [x] done by 2025-03-01",
    ]);
    let lead = select(vec![
        "",
        "- ",
        "grow: ",
        "* ",
        "// a comment\n",
        "# Sales\n\n\n",
        "metric  m=sum( amount )\n",
    ]);
    let line = (lead, verb, change, segment, time, clause).prop_map(
        |(lead, verb, change, segment, time, clause)| {
            format!("{lead}{verb} revenue {change}{segment}{time}{clause}\n")
        },
    );
    proptest::collection::vec(line, 1..6).prop_map(|lines| lines.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_is_read_and_every_finding_lies_in_it(text in soup()) {
        let source = Source::new("soup.goals", text);
        let (_, findings) = parse(&source, Language::English);
        for finding in findings.iter() {
            let places = std::iter::once(&finding.primary).chain(&finding.related).map(|label| &label.at);
            for place in places {
                if let Location::Text(span) = place {
                    prop_assert!(source.text.get(span.range()).is_some(), "{:?} in {:?}", span, source.text);
                }
            }
        }
    }

    #[test]
    fn formatting_is_done_once_and_keeps_the_meaning(text in prop_oneof![sensible(), soup()]) {
        let source = Source::new("a.goals", text);
        let formatted = Source::new("b.goals", format(&source, Language::English));
        prop_assert_eq!(&format(&formatted, Language::English), &formatted.text);
        let (before, _) = parse(&source, Language::English);
        let (after, _) = parse(&formatted, Language::English);
        prop_assert_eq!(meaning(&before), meaning(&after));
    }
}
