//! "One word, several meanings", row by row: the reading taken, and the one beside it.

use super::{Language, all};

#[test]
fn for_word() {
    all(
        Language::English,
        &[
            ("for each shop: increase x by 5%", "increase | x | percent 0.05"),
            ("increase x by 5% for 2025", "increase | x | percent 0.05 | 2025-01-01 to 2025-12-31"),
            ("increase x by 5% for two years", "increase | x | percent 0.05 | 2025-03-15 to 2027-03-14"),
            ("increase x by 5% for two", "P205: expected a value to filter by, found the number `two`"),
            ("for each shop increase x by 5%", "P206: expected a column and a colon after `for each`"),
            ("increase x for shop = \"A\" by 5%", "increase | x | percent 0.05 | for for shop = \"A\""),
            ("increase x for members by 5%", "increase | x | percent 0.05 | for members"),
        ],
    );
}

#[test]
fn in_word() {
    all(
        Language::English,
        &[
            ("increase x by 5% in May 2025", "increase | x | percent 0.05 | 2025-05-01 to 2025-05-31"),
            ("increase x by 5% in 3 months", "increase | x | percent 0.05 | 2025-03-15 to 2025-06-14"),
            ("reduce x in half", "decrease | x | factor 0.5"),
            (
                "increase x in Spain, France and Italy by 5%",
                "increase | x | percent 0.05 | for Spain, France and Italy",
            ),
            (
                "increase x by 5% in 2025 models",
                "P203: expected a clause such as `by …`, `in …` or `compared to …`, found `models`",
            ),
            ("increase x in Spain by 5%", "increase | x | percent 0.05 | for Spain"),
        ],
    );
}

#[test]
fn from_word() {
    all(
        Language::English,
        &[
            (
                "increase x by 5% from 2025-01-01 to 2025-06-30",
                "increase | x | percent 0.05 | 2025-01-01 to 2025-06-30",
            ),
            ("increase x from 10 to 20", "increase | x | from_to 10 20"),
            ("increase x from 2019 to 2025", "increase | x | from_to 2019 2025"),
            ("increase x by 5% from 2019 to 2025", "increase | x | percent 0.05 | 2019-01-01 to 2025-12-31"),
            ("increase x from Google by 5%", "increase | x | percent 0.05 | for Google"),
            ("increase x from 99.5% by 5%", "P214: expected `from 99.5% to …`, found `from 99.5%` alone"),
        ],
    );
}

#[test]
fn by_word() {
    all(
        Language::English,
        &[
            ("increase x by 5% by 2026", "increase | x | percent 0.05 | 2026-01-01 to 2026-12-31"),
            ("increase x by 2025 in Q2 2025", "increase | x | amount 2025 | 2025-04-01 to 2025-06-30"),
            ("increase x by 2025", "P225: `by 2025` can be a year or an amount"),
            ("increase x by 2,000", "increase | x | amount 2000"),
            ("increase x by 5% by hiring", "increase | x | percent 0.05 | note by hiring"),
            ("increase x by 5% by spring", "P205: `spring` names no period with dates of its own"),
            ("increase x by 5% by evening", "P205: expected a date or a period after `by`, found `evening`"),
            ("increase x by hiring two", "P227: expected a change before the note `by hiring two`"),
        ],
    );
}

#[test]
fn to_word() {
    all(
        Language::English,
        &[
            ("increase x to 5", "increase | x | level 5"),
            ("increase x to at least 5", "increase | x | at_least 5"),
            ("increase x to plan.amount", "increase | x | level plan.amount"),
            ("reduce time to resolution by 5%", "decrease | time to resolution | percent 0.05"),
            ("To reduce x by 5%", "decrease | x | percent 0.05"),
            ("reduce x to to 5", "P201: `to` stands twice in a row"),
        ],
    );
}

#[test]
fn over_within_through_and_at() {
    all(
        Language::English,
        &[
            ("reach over 500 visits", "reach | visits | above 500"),
            ("increase x by 5% over 2026", "increase | x | percent 0.05 | 2026-01-01 to 2026-12-31"),
            ("increase x by 5% over last year", "increase | x | percent 0.05 | against over last year"),
            ("increase x by 5% over 2024", "increase | x | percent 0.05 | against over 2024"),
            ("increase x by 5% within 2 weeks", "increase | x | percent 0.05 | 2025-03-15 to 2025-03-28"),
            (
                "98% of orders within 24 hours",
                "P232: `within 24 hours` can be the goal's time or a condition on each row",
            ),
            (
                "98% of orders within 3 days",
                "P232: `within 3 days` can be the goal's time or a condition on each row",
            ),
            (
                "increase x within 6 months",
                "P232: `within 6 months` can be the goal's time or a condition on each row",
            ),
            ("increase x by 5% through June", "increase | x | percent 0.05 | 2025-01-01 to 2025-06-30"),
            ("increase x by 5% through partners", "increase | x | percent 0.05 | note through partners"),
            ("increase x by 5% at the end of 2025", "increase | x | percent 0.05 | 2025-01-01 to 2025-12-31"),
            ("keep x at 5 ± 1", "keep | x | level 5 ± 1"),
        ],
    );
}

#[test]
fn bounds_per_and_lists() {
    all(
        Language::English,
        &[
            ("keep x under 5", "keep | x | below 5"),
            ("keep x more than 5", "keep | x | above 5"),
            ("keep x below 5 below 3", "P212: `below 3` is a second change in the same goal"),
            ("publish 5 posts per mnth", "P203: expected a unit or the next clause, found `mnth`"),
            ("reduce spend under contract by 5%", "decrease | spend under contract | percent 0.05"),
            ("increase cars above ground by 5%", "increase | cars above ground | percent 0.05"),
            ("make 60 visits per week", "reach | visits | level 60 | per week"),
            ("increase revenue per employee by 5%", "increase | revenue per employee | percent 0.05"),
            ("increase x in Spain and France by 5%", "increase | x | percent 0.05 | for Spain and France"),
            ("increase research and development by 5%", "increase | research and development | percent 0.05"),
            (
                "increase x by 5% and reduce y by 3%",
                "P208: `reduce` begins a second goal in the same sentence",
            ),
        ],
    );
}

#[test]
fn minus_m_and_years() {
    all(
        Language::English,
        &[
            ("- increase x by 5%", "increase | x | percent 0.05"),
            ("increase x by -5%", "P218: expected a positive amount, found `by -5%`"),
            ("increase x to 10-12", "increase | x | between 10 12"),
            ("keep x between 10-12", "keep | x | between 10 12"),
            ("increase x 10-12", "P214: expected `from` before `10-12`"),
            ("increase follow-up rate by 5%", "increase | follow-up rate | percent 0.05"),
            ("increase x by $5m", "increase | x | amount 5000000 USD"),
            ("increase x by 1.5m", "increase | x | amount 1500000"),
            ("increase x by 5m", "P203: expected a unit or the next clause, found `m`"),
            ("increase x by 5% by 2100", "increase | x | percent 0.05 | 2100-01-01 to 2100-12-31"),
        ],
    );
}

/// A word that opens no whole clause belongs to the name, and a declared name comes before a value of a column.
#[test]
fn words_inside_names_and_declared_segments() {
    use super::reading;
    all(
        Language::English,
        &[
            ("increase win rate from 20% to 25%", "increase | win rate | from_to 0.2 0.25"),
            ("win 5 tenders", "reach | tenders | level 5"),
            ("reach a win rate of 25%", "reach | win rate | level 0.25"),
            ("win rate at least 25%", "P210: `win rate` can be a verb and its metric, or a name"),
            ("reduce hold time by 10%", "decrease | hold time | percent 0.1"),
            ("reduce time to resolution to 5 hours", "decrease | time to resolution | level 5 hours"),
        ],
    );
    let declared = "segment in store = channel = \"shop\"\nmetric win rate = count(where won) / count()\n";
    let read = |sentence: &str| reading(&format!("{declared}{sentence}"), Language::English);
    assert_eq!(read("increase visits for in store by 5%"), "increase | visits | percent 0.05 | for in store");
    assert_eq!(read("win rate at least 25%"), "reach | win rate | at_least 0.25");
    assert_eq!(
        read("increase visits for instore sales by 5%"),
        "increase | visits | percent 0.05 | for instore sales"
    );
}

/// `between` after a filter: the bound of what is kept, or part of the condition.
#[test]
fn between_word() {
    all(
        Language::English,
        &[
            (
                "keep x for region = \"West\" between 10 and 20",
                "keep | x | between 10 20 | for for region = \"West\"",
            ),
            ("keep x for visitors between 10 and 20", "keep | x | between 10 20 | for visitors"),
            (
                "keep x for new members between 10% and 20% in 2025",
                "keep | x | between 0.1 0.2 | 2025-01-01 to 2025-12-31 | for new members",
            ),
            ("keep x where a between 1 and 2", "P211: expected by how much or to what level, found neither"),
            ("keep x where a between 1 and 2 below 5", "keep | x | below 5 | for where a between 1 and 2"),
            ("keep x for a between 1 and 2 below 5", "keep | x | below 5 | for for a between 1 and 2"),
            ("double x for a between 1 and 2", "increase | x | factor 2 | for for a between 1 and 2"),
        ],
    );
    all(
        Language::Swedish,
        &[
            (
                "håll x för region = \"Väst\" mellan 10 och 20",
                "keep | x | between 10 20 | for för region = \"Väst\"",
            ),
            ("håll x för besökare mellan 10 och 20", "keep | x | between 10 20 | for besökare"),
        ],
    );
}

#[test]
fn a_declared_name_comes_before_the_word_that_it_also_is() {
    use super::reading;
    assert_eq!(
        reading("mått antalet = summa(x)\nöka antalet med 10 % under 2025", Language::Swedish),
        "increase | antalet | percent 0.1 | 2025-01-01 to 2025-12-31"
    );
    assert_eq!(
        reading("metric a = sum(x)\nincrease a by 10%", Language::English),
        "increase | a | percent 0.1"
    );
    assert_eq!(
        reading("metric a = sum(x)\nincrease a revenue by 10%", Language::English),
        "increase | revenue | percent 0.1"
    );
}

#[test]
fn long_spans_are_periods() {
    assert_eq!(
        super::reading("increase x by 10% within 200 years", Language::English),
        "increase | x | percent 0.1 | 2025-03-15 to 2225-03-14"
    );
}
