//! Whole files: statements, clauses, and what formatting keeps.

use goalsheet::source::Source;
use goalsheet::syntax::format::{format, meaning};
use goalsheet::syntax::{Language, Program, Statement, parse};
use proptest::prelude::*;

const SHOP: &str = "\
// the web shop
data orders from \"webshop.xlsx\" sheet \"Orders\"
    header row 3
    dates in order date
    numbers 1.234,56
    dates day first
    ignore rows where status = \"void\"
    complete through 2025-05-31
    settles after 30 days
data traffic from \"traffic-*.csv\"
    months across as visits
data budget from \"plan.xlsx\" sheets \"2024\", \"2025\"
data \"a.xlsx\" table \"Orders\"
data \"b.xlsx\" range \"B3:K90\"
data \"c.xlsx\" all sheets
fiscal year starts July, named by start
declared 2025-01-15
calendar 4-4-5 ending last Saturday of January

metric revenue = sum(amount where status <> \"void\") in SEK
metric orders = count distinct(order id)
metric size = revenue / orders
metric slow share = count(where days > 5) / count()
metric heads = last count
metric late = percentile(days, 90%)
    lower is better
column source in traffic = channel
column margin = if(price = 0, 0, (price - cost) / price)
segment Google = source is \"google\" and not region in (\"North\", \"South\")
find potential in size by region, channel

# Nordic Webshop
- grow: Increase revenue by 10% during next fiscal year
    owner: Finance
    reward: 5 000 SEK at 100%, 8 000 SEK at 120%
    status: on track within 2%, at risk within 5%
    pace split 20%, 30%, 50%
    at least 30 rows
    review monthly
    weight: 2
    compared to 2023
    starting 2025-02-01
    from 2025-07-01: by 12%
    - [ ] Faster checkout by 2025-03-01 (Web team)
    - [x] Repair tracking

> prose that stays
## Marketing
1. Increase orders for Google by 5%
    supports: grow, other
    because: it is cheap
    note: see the plan
check order id is unique in orders
flag \"low\" in orders where margin < 20%
rule tier in orders:
  when amount >= 10000 then discount = 12%
  otherwise discount = 0%
decide fee from table \"Fees\" in \"rules.xlsx\" by first
";

fn parsed(text: &str) -> (Program, Vec<String>) {
    let (program, findings) = parse(&Source::new("shop.goals", text), Language::English);
    (program, findings.sorted().iter().map(|f| format!("{} {}", f.code, f.message)).collect())
}

#[test]
fn every_statement_and_clause_is_read() {
    let (program, findings) = parsed(SHOP);
    assert!(findings.is_empty(), "{findings:#?}");
    let count =
        |wanted: fn(&Statement) -> bool| program.statements.iter().filter(|s| wanted(&s.node)).count();
    assert_eq!(count(|s| matches!(s, Statement::Data(_))), 6);
    assert_eq!(count(|s| matches!(s, Statement::Metric(_))), 6);
    assert_eq!(count(|s| matches!(s, Statement::Column(_))), 2);
    assert_eq!(count(|s| matches!(s, Statement::Heading(_))), 2);
    assert_eq!(count(|s| matches!(s, Statement::Rule(_))), 4);
    assert_eq!(count(|s| matches!(s, Statement::Potential(_))), 1);
    assert_eq!(count(|s| matches!(s, Statement::Goal(_))), 2);
    assert_eq!((program.calendar.fiscal_start_month, program.calendar.named_by_start), (7, true));
    let Some(Statement::Goal(grow)) =
        program.statements.iter().map(|s| &s.node).find(|s| matches!(s, Statement::Goal(_)))
    else {
        panic!("no goal")
    };
    assert_eq!(grow.clauses.owner.as_ref().unwrap().node, "Finance");
    assert_eq!(grow.clauses.rewards.len(), 2);
    assert_eq!(grow.clauses.actions.len(), 2);
    assert_eq!(grow.clauses.actions[0].owner.as_deref(), Some("Web team"));
    assert_eq!(grow.clauses.actions[0].text, "Faster checkout");
    assert!(grow.clauses.actions[0].due.is_some() && grow.clauses.actions[1].done);
    assert_eq!(grow.clauses.at_least_rows.as_ref().unwrap().node, 30);
    assert_eq!(grow.clauses.retargets.len(), 1);
    assert!(grow.comparison.is_some() && grow.starting.is_some());
}

#[test]
fn formatting_keeps_comments_order_and_meaning() {
    let messy = SHOP.replace("    ", "\t").replace(" = ", "   =  ").replace('\n', "\r\n");
    let written = format(&Source::new("a", messy.clone()), Language::English);
    assert_eq!(written, format(&Source::new("a", written.clone()), Language::English));
    assert_eq!(meaning(&parsed(&messy).0), meaning(&parsed(&written).0));
    assert!(written.contains("// the web shop\n") && written.contains("> prose that stays\n"));
}

#[test]
fn all_errors_of_a_file_are_reported_and_the_rest_stands() {
    let (program, findings) = parsed("increase revenue\nincrease x by 5%\nkeep y at 3\nmetric z = sum(\n");
    assert_eq!(findings.len(), 3, "{findings:?}");
    assert_eq!(program.statements.len(), 4);
    let goals =
        program.statements.iter().filter(|s| matches!(&s.node, Statement::Invalid(i) if i.is_goal)).count();
    assert_eq!(goals, 2);
}

#[test]
fn a_name_may_hold_keywords() {
    let (program, findings) = parsed(
        "metric orders by phone in 2025 = sum(a)\nincrease orders by phone in 2025 by 10%\nmetric win rate = sum(a)\nwin rate at least 5%\n",
    );
    assert!(findings.is_empty(), "{findings:?}");
    let Statement::Goal(goal) = &program.statements[1].node else { panic!("no goal") };
    assert_eq!(goal.metric.words[0].node, "orders by phone in 2025");
    let Statement::Goal(goal) = &program.statements[3].node else { panic!("no goal") };
    assert_eq!(goal.metric.words[0].node, "win rate");
}

#[test]
fn any_text_ends_in_a_tree_or_a_message() {
    for text in [
        "\u{feff}increase x by 5%\r\n",
        "\u{202e}increase x by 5%",
        "increase \0x by 5%",
        "“",
        "[",
        "(((((((",
        "increase x by",
        "for each",
        "a: b: c: d",
        "=",
        "-",
        "#",
        "1.",
        "‹by› «x»",
    ] {
        let _ = parsed(text);
    }
    let deep = format!("metric x = {}1{}", "(".repeat(10_000), ")".repeat(10_000));
    assert_eq!(parsed(&deep).1.len(), 1);
    let nested = format!("metric x = {}1{}", "(".repeat(65), ")".repeat(65));
    assert_eq!(parsed(&nested).1, ["P104 expected at most 64 levels of brackets, found more"]);
    let allowed = format!("metric x = {}1{}", "(".repeat(64), ")".repeat(64));
    assert!(parsed(&allowed).1.is_empty());
}

const WORDS: &[&str] = &[
    "increase",
    "reduce",
    "keep",
    "revenue",
    "orders",
    "by",
    "to",
    "from",
    "in",
    "at least",
    "below",
    "between",
    "and",
    "10%",
    "5",
    "2025",
    "2024-01-01",
    "Q3",
    "June",
    "next year",
    "within",
    "6",
    "months",
    "every",
    "month",
    "compared to",
    "last",
    "(",
    ")",
    "\"a  b\"",
    "[c  d]",
    "=",
    "<",
    "where",
    "for",
    "country",
    "Sweden",
    ",",
    ".",
    ":",
    "half",
    "of",
    "per",
    "metric",
    "#",
    "-",
    "// note",
    "\n",
    "\n    ",
    "owner:",
    "> quoted",
    "é",
    "‹by›",
    "data",
    "sum(amount)",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn formatting_changes_no_meaning_and_nothing_twice(
        words in proptest::collection::vec((proptest::sample::select(WORDS), 1_usize..4), 0..40)
    ) {
        let text: String = words.iter().map(|(word, blanks)| format!("{word}{}", " ".repeat(*blanks))).collect();
        let written = format(&Source::new("a", text.clone()), Language::English);
        prop_assert_eq!(&written, &format(&Source::new("a", written.clone()), Language::English));
        prop_assert_eq!(meaning(&parsed(&text).0), meaning(&parsed(&written).0));
    }

    #[test]
    fn places_lie_in_the_file_between_characters(text in "\\PC{0,80}") {
        let text = format!("increase {text} by 5%\n");
        let source = Source::new("a", text);
        let (_, findings) = parse(&source, Language::English);
        for finding in findings.iter() {
            let goalsheet::diagnostic::Location::Text(span) = finding.primary.at else { continue };
            prop_assert!(source.text.get(span.range()).is_some(), "{:?}", finding);
        }
    }
}

#[test]
fn clauses_say_what_stands_across() {
    use goalsheet::calendar::Grain;
    use goalsheet::syntax::Across;
    let across = |clause: &str, language| {
        let text = format!("data s from \"s.xlsx\"\n    {clause}\n");
        let (program, findings) = parse(&Source::new("s.goals", text), language);
        assert_eq!(findings.sorted().len(), 0, "{clause}");
        match &program.statements[0].node {
            Statement::Data(data) => data.across.clone().map(|across| across.node),
            _ => None,
        }
    };
    let periods = |grain, year, name: &str| Some(Across::Periods { grain, year, name: name.to_owned() });
    let english = |clause| across(clause, Language::English);
    assert_eq!(english("months across"), periods(Grain::Month, None, "value"));
    assert_eq!(english("quarters across in 2025"), periods(Grain::Quarter, Some(2025), "value"));
    assert_eq!(english("months across in 2025 as amount"), periods(Grain::Month, Some(2025), "amount"));
    assert_eq!(english("nothing across"), Some(Across::Nothing));
    let names =
        |column: &str, name: &str| Some(Across::Names { column: column.to_owned(), name: name.to_owned() });
    assert_eq!(english("sales region across as target"), names("sales region", "target"));
    assert_eq!(across("inget i kolumner", Language::Swedish), Some(Across::Nothing));
    assert_eq!(
        across("månader i kolumner i 2025", Language::Swedish),
        periods(Grain::Month, Some(2025), "value")
    );
}
