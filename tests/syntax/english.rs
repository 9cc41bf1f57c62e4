//! Every form of a goal sentence in English.

use super::{Language, all};

#[test]
fn directions() {
    all(
        Language::English,
        &[
            ("increase revenue by 10%", "increase | revenue | percent 0.1"),
            ("Grow revenue by 10%.", "increase | revenue | percent 0.1"),
            ("REDUCE churn BY 10 %", "decrease | churn | percent 0.1"),
            ("reach 500 visits", "reach | visits | level 500"),
            ("get conversion rate to 3%", "reach | conversion rate | level 0.03"),
            ("keep churn below 3%", "keep | churn | below 0.03"),
            ("average order size is increased by 5%", "increase | average order size | percent 0.05"),
            ("churn should be at most 3%", "keep | churn | at_most 0.03"),
            ("revenue grows by 10%", "increase | revenue | percent 0.1"),
            ("visits must not exceed 500", "keep | visits | at_most 500"),
            ("sales will go up by 4%", "increase | sales | percent 0.04"),
            ("uptime: 99.5%", "reach | uptime | level 0.995"),
            ("uptime at least 99%", "reach | uptime | at_least 0.99"),
            ("99 % uptime", "reach | uptime | level 0.99"),
            ("≤ 4 complaints", "reach | complaints | at_most 4"),
            ("train 40 nurses", "reach | nurses | level 40"),
            ("Plant at least 200 trees in the park", "reach | trees | at_least 200 | for park"),
            ("80% of orders where status = \"sent\"", "reach | orders where status = \"sent\" | level 0.8"),
            ("The goal is to increase revenue by 10%", "increase | revenue | percent 0.1"),
            ("We will reduce churn by 10%", "decrease | churn | percent 0.1"),
            ("To increase revenue by 10%", "increase | revenue | percent 0.1"),
            ("Our target is that revenue grows by 10%", "increase | revenue | percent 0.1"),
        ],
    );
}

#[test]
fn changes() {
    all(
        Language::English,
        &[
            ("increase rate by 3 percentage points", "increase | rate | points 0.03"),
            ("increase rate by 3pp", "increase | rate | points 0.03"),
            ("increase revenue by 500", "increase | revenue | amount 500"),
            ("increase revenue by €500", "increase | revenue | amount 500 EUR"),
            ("increase revenue by 50k", "increase | revenue | amount 50000"),
            ("increase revenue by 1.2M SEK", "increase | revenue | amount 1200000 SEK"),
            ("increase revenue by 3 mkr", "increase | revenue | amount 3000000 SEK"),
            ("increase revenue by 1,234.5", "increase | revenue | amount 1234.5"),
            ("increase revenue by 1 234 567", "increase | revenue | amount 1234567"),
            ("increase revenue by 1\u{a0}234\u{2009}567", "increase | revenue | amount 1234567"),
            ("increase revenue to 500", "increase | revenue | level 500"),
            ("increase revenue from 100 to 200", "increase | revenue | from_to 100 200"),
            ("increase revenue to 200 from 100", "increase | revenue | from_to 100 200"),
            ("increase rate from 18 to 24%", "increase | rate | from_to 0.18 0.24"),
            (
                "increase revenue from 1 to 1.5 million SEK",
                "increase | revenue | from_to 1000000 1500000 SEK",
            ),
            ("double revenue", "increase | revenue | factor 2"),
            ("triple revenue", "increase | revenue | factor 3"),
            ("halve complaints", "decrease | complaints | factor 0.5"),
            ("reduce complaints by half", "decrease | complaints | factor 0.5"),
            ("reduce complaints in half", "decrease | complaints | factor 0.5"),
            ("increase revenue by half", "increase | revenue | percent 0.5"),
            ("increase revenue by at least 10%", "increase | revenue | percent 0.1"),
            ("increase members to more than 500", "increase | members | above 500"),
            ("increase members to 500+", "increase | members | at_least 500"),
            ("keep margin between 20% and 30%", "keep | margin | between 0.2 0.3"),
            ("keep margin between 20 and 30%", "keep | margin | between 0.2 0.3"),
            ("keep nps at 50 ± 2", "keep | nps | level 50 ± 2"),
            ("increase orders by five", "increase | orders | amount 5"),
            ("reduce lead time by 3 days", "decrease | lead time | amount 3 days"),
            ("response time 6 hours or less", "reach | response time | at_most 6 hours"),
            ("increase customers by 20 customers", "increase | customers | amount 20 customers"),
            ("increase revenue to targets.amount", "increase | revenue | level targets.amount"),
            ("keep cost at most budget.amount", "keep | cost | at_most budget.amount"),
        ],
    );
}

#[test]
fn metrics_and_filters() {
    all(
        Language::English,
        &[
            ("increase the number of visitors by 15%", "increase | the number of visitors | percent 0.15"),
            ("increase revenue per order by 10%", "increase | revenue per order | percent 0.1"),
            ("increase visits per month by 10%", "increase | visits | percent 0.1 | per month"),
            ("increase monthly visits by 10%", "increase | monthly visits | percent 0.1 | per month"),
            (
                "increase share of orders where late = true for region = \"West\" by 2 pp",
                "increase | share of orders where late = true | points 0.02 | for for region = \"West\"",
            ),
            (
                "increase revenue for country in (\"Germany\", \"France\") by 5%",
                "increase | revenue | percent 0.05 | for for country in (\"Germany\", \"France\")",
            ),
            (
                "increase revenue in Sweden, Norway and Denmark by 5%",
                "increase | revenue | percent 0.05 | for Sweden, Norway and Denmark",
            ),
            ("increase revenue from Google by 5%", "increase | revenue | percent 0.05 | for Google"),
            (
                "increase revenue by 5% for new customers",
                "increase | revenue | percent 0.05 | for new customers",
            ),
            ("in Sweden increase revenue by 5%", "increase | revenue | percent 0.05 | for Sweden"),
            ("reduce scope 1 emissions by 10%", "decrease | scope 1 emissions | percent 0.1"),
            ("increase revenue / orders by 10%", "increase | revenue / orders | percent 0.1"),
            ("increase sum(amount) by 10%", "increase | sum(amount) | percent 0.1"),
            ("increase [gross/net %] by 10%", "increase | [gross/net %] | percent 0.1"),
            ("increase 売上 by 10%", "increase | 売上 | percent 0.1"),
            ("increase demo-to-order rate by 5%", "increase | demo-to-order rate | percent 0.05"),
            ("get $2m in sales", "reach | sales | level 2000000 USD"),
            ("Finance: reduce cost by 5%", "decrease | cost | percent 0.05 | name Finance"),
            ("[Support] reduce cost by 5%", "decrease | cost | percent 0.05 | name Support"),
            ("for each region: increase revenue by 5%", "increase | revenue | percent 0.05"),
        ],
    );
}

#[test]
fn times() {
    let year = "increase | x | percent 0.05 | 2025-01-01 to 2025-12-31";
    all(
        Language::English,
        &[
            ("increase x by 5% by 2025-12-31", year),
            ("increase x by 5% by 31 December 2025", year),
            ("increase x by 5% by Dec 31, 2025", year),
            ("increase x by 5% by 31/12/2025", year),
            ("increase x by 5% by the end of 2025", year),
            ("increase x by 5% by year-end", year),
            ("increase x by 5% at the end of the year", year),
            ("increase x by 5% this year", year),
            ("By the end of 2025, increase x by 5%", year),
            ("in 2025 increase x by 5%", year),
            ("by 5% increase x in 2025", year),
            ("increase x by 5% in FY2025", year),
            ("increase x by 5% by end of Q3 2025", "increase | x | percent 0.05 | 2025-01-01 to 2025-09-30"),
            ("increase x by 5% by June", "increase | x | percent 0.05 | 2025-01-01 to 2025-06-30"),
            ("increase x by 5% by 31 May", "increase | x | percent 0.05 | 2025-01-01 to 2025-05-31"),
            ("increase x by 5% in Q3 2025", "increase | x | percent 0.05 | 2025-07-01 to 2025-09-30"),
            ("increase x by 5% during H1 2025", "increase | x | percent 0.05 | 2025-01-01 to 2025-06-30"),
            (
                "increase x by 5% in the first half of 2026",
                "increase | x | percent 0.05 | 2026-01-01 to 2026-06-30",
            ),
            ("increase x by 5% in 2025-06", "increase | x | percent 0.05 | 2025-06-01 to 2025-06-30"),
            ("increase x by 5% in week 31 2025", "increase | x | percent 0.05 | 2025-07-28 to 2025-08-03"),
            ("increase x by 5% next quarter", "increase | x | percent 0.05 | 2025-04-01 to 2025-06-30"),
            ("increase x by 5% within 6 months", "increase | x | percent 0.05 | 2025-03-15 to 2025-09-14"),
            (
                "increase x by 5% in the next 90 days",
                "increase | x | percent 0.05 | 2025-03-15 to 2025-06-12",
            ),
            ("increase x by 5% in 8 months", "increase | x | percent 0.05 | 2025-03-15 to 2025-11-14"),
            (
                "increase x by 5% for six weeks from 2025-04-01",
                "increase | x | percent 0.05 | 2025-04-01 to 2025-05-12",
            ),
            (
                "increase x by 5% from 2025-04-01 to 2025-09-30",
                "increase | x | percent 0.05 | 2025-04-01 to 2025-09-30",
            ),
            (
                "increase x by 5% between March and May 2025",
                "increase | x | percent 0.05 | 2025-03-01 to 2025-05-31",
            ),
            (
                "increase x by 5% starting 2025-04-01 by 2025-12-31",
                "increase | x | percent 0.05 | 2025-04-01 to 2025-12-31",
            ),
            ("increase x by 5% through April 2025", "increase | x | percent 0.05 | 2025-01-01 to 2025-04-30"),
            (
                "keep x below 5% every month in 2025",
                "keep | x | below 0.05 | 2025-01-01 to 2025-12-31 | per month",
            ),
            ("keep x below 5% monthly", "keep | x | below 0.05 | per month"),
            (
                "increase x by 5% on a rolling 12-month basis by end of 2025",
                "increase | x | percent 0.05 | 2025-01-01 to 2025-12-31",
            ),
        ],
    );
}

#[test]
fn comparisons_notes_and_brackets() {
    all(
        Language::English,
        &[
            (
                "increase x by 5% compared to last year",
                "increase | x | percent 0.05 | against compared to last year",
            ),
            (
                "increase x by 5% vs previous quarter",
                "increase | x | percent 0.05 | against vs previous quarter",
            ),
            (
                "increase x by 5% compared to the average of 2022 to 2024",
                "increase | x | percent 0.05 | against compared to the average of 2022 to 2024",
            ),
            (
                "increase x by 5% compared to sheet \"Budget\"",
                "increase | x | percent 0.05 | against compared to sheet \"Budget\"",
            ),
            (
                "increase x by 5% by opening two shops by June",
                "increase | x | percent 0.05 | 2025-01-01 to 2025-06-30 | note by opening two shops",
            ),
            (
                "increase x by 5% because it is cheap",
                "increase | x | percent 0.05 | note because it is cheap",
            ),
            ("increase x by 5% through new shops", "increase | x | percent 0.05 | note through new shops"),
            (
                "increase x by 5% as measured by Nielsen",
                "increase | x | percent 0.05 | note as measured by Nielsen",
            ),
            ("increase x by 5% (new shops)", "increase | x | percent 0.05 | note new shops"),
            ("reduce x to 39 days (target of 39 days)", "decrease | x | level 39 days"),
            ("reduce x by 5% (baseline 2019)", "decrease | x | percent 0.05 | against (baseline 2019)"),
        ],
    );
}
