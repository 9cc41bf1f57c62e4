//! The many wordings of real goals: who is to do it, how it is led in, where its number stands.

use super::{Language, all};

#[test]
fn who_is_to_reach_it() {
    all(
        Language::English,
        &[
            // the speaker is dropped, any other subject is a filter
            ("The Group shall have a margin of at least 10%", "keep | margin | at_least 0.1"),
            ("We must hire at least 5 engineers", "reach | engineers | at_least 5"),
            ("The company aims for annual growth of 10%", "reach | annual growth | level 0.1 | per year"),
            ("The board has set a target of 8% return on equity", "reach | return on equity | level 0.08"),
            ("The Group's target is a margin of 10%", "reach | margin | level 0.1"),
            (
                "The support team will reduce its backlog by 10%",
                "decrease | its backlog | percent 0.1 | for support team",
            ),
            ("Each PM must complete at least 4 interviews", "reach | interviews | at_least 4 | for Each PM"),
            (
                "All staff will complete 12 hours of training",
                "reach | training | level 12 hours | for All staff",
            ),
            (
                "Revenue should grow organically by 5%",
                "P203: expected a clause such as `by …`, `in …` or `compared to …`, found `organically`",
            ),
        ],
    );
    all(
        Language::Swedish,
        &[
            ("Koncernen ska ha en soliditet på minst 35 procent", "keep | soliditet | at_least 0.35"),
            (
                "Bolaget ska lämna en utdelning om minst 40 procent av resultatet",
                "keep | utdelning / resultatet | at_least 0.4",
            ),
            ("Bolagets mål är att uppnå en tillväxt om 10 procent", "reach | tillväxt | level 0.1"),
            ("Målet är en marginal på 15 procent", "reach | marginal | level 0.15"),
            (
                "Marginalen ska långsiktigt ligga mellan 5 och 6 procent",
                "keep | Marginalen | between 0.05 0.06",
            ),
            (
                "Marginalen ska inte minst vara 10 procent",
                "P234: `inte` says what is not to be, expected what is to be",
            ),
            ("Skulden ska inte varaktigt överstiga 100 procent", "keep | Skulden | at_most 1"),
        ],
    );
}

#[test]
fn verbs_in_every_form() {
    all(
        Language::English,
        &[
            ("Costs reduced by 5%", "decrease | Costs | percent 0.05"),
            ("Turnover kept below 10%", "keep | Turnover | below 0.1"),
            ("Visits doubled by June", "increase | Visits | factor 2 | 2025-01-01 to 2025-06-30"),
            ("Sales grow by 5%", "increase | Sales | percent 0.05"),
            ("Sales rise 5%", "increase | Sales | percent 0.05"),
            ("Bring down costs to 6 hours", "decrease | costs | level 6 hours"),
            ("Bring costs down to 6 hours", "decrease | costs | level 6 hours"),
            ("Drive up engagement by 10%", "increase | engagement | percent 0.1"),
            ("Limit overtime to 5 hours", "keep | overtime | at_most 5 hours"),
            ("Hold 12 workshops", "reach | workshops | level 12"),
            ("Hold costs below 12", "keep | costs | below 12"),
            ("Meet with 20 customers per month", "reach | customers | level 20 | per month"),
            ("Quadruple sales", "increase | sales | factor 4"),
            ("Grow sales by 5x", "increase | sales | factor 5"),
            ("Grow sales by a factor of 5", "increase | sales | factor 5"),
            ("Grow sales 3x", "increase | sales | factor 3"),
            (
                "Reduce sales by 3x",
                "P222: `by 3x` can be that many times as much, or more by that many times",
            ),
        ],
    );
}

#[test]
fn where_the_number_stands() {
    all(
        Language::English,
        &[
            ("See a 30% decrease in accidents", "decrease | accidents | percent 0.3"),
            ("Reduction of costs by 5%", "decrease | costs | percent 0.05"),
            ("5% annual growth in sales", "increase | sales | percent 0.05 | per year"),
            ("Increase members to 20,000 contacts", "increase | members | level 20000 contacts"),
            ("Reduce mortality to 25 per 1,000 births", "decrease | mortality | level 25 per 1,000 births"),
            (
                "Reduce accidents per 200,000 hours by 5%",
                "decrease | accidents per 200,000 hours | percent 0.05",
            ),
            ("Reach a score of 4.3 out of 5", "reach | score | level 4.3 out of 5"),
            ("Earn a rating of 4.6/5", "reach | Earn a rating | level 4.6 out of 5"),
            ("Net debt should not exceed 3 times EBITDA", "keep | Net debt / EBITDA | at_most 3 times"),
            ("Visit 6 of the top 10 accounts", "reach | top 10 accounts | level 6"),
            ("80% of teams have at least 2 owners", "reach | teams have at least 2 owners | level 0.8"),
            ("Partners bring at least 50 leads", "reach | Partners bring at least 50 leads | at_least 50"),
            ("Raise the four-year rate from 84% to 90%", "increase | four-year rate | from_to 0.84 0.9"),
            (
                "Reduce scope 1, 2 and 3 emissions by 40%",
                "decrease | scope 1, 2 and 3 emissions | percent 0.4",
            ),
            ("Raise margin by 50 bps", "increase | margin | points 0.005"),
            ("Keep latency below 200 ms", "keep | latency | below 200 ms"),
            ("The ratio should be in the range of 5-7%", "keep | ratio | between 0.05 0.07"),
        ],
    );
}

#[test]
fn from_where_and_what_for() {
    all(
        Language::English,
        &[
            ("Increase NPS to 50 (from 42)", "increase | NPS | from_to 42 50"),
            ("Increase NPS to 50, up from 42", "increase | NPS | from_to 42 50"),
            (
                "Increase share from 28% in 2023 to 40% in 2027",
                "increase | share | from_to 0.28 0.4 | 2027-01-01 to 2027-12-31 | against from 28% in 2023 to 40%",
            ),
            (
                "From a baseline of 62% in 2023, increase the rate to 75%",
                "increase | rate | from_to 0.62 0.75 | against From a baseline of 62% in 2023,",
            ),
            ("Raise visits by 20%, from 150 to 180", "increase | visits | from_to 150 180"),
            (
                "Raise visits by 20%, from 150 to 190",
                "P212: `from 150 to 190` is a second change in the same goal",
            ),
            ("Raise likes by 1,000 (from 4,000 to 5,000)", "increase | likes | amount 1000"),
            (
                "Raise likes by 1,000 (from 4,000 to 6,000)",
                "P228: `from 4,000 to 6,000` in brackets says something else than the goal",
            ),
            (
                "To understand the market, interview 20 buyers",
                "reach | buyers | level 20 | note To understand the market",
            ),
            ("Recruiting: Fill 30 roles => 80%", "reach | roles | level 30 | name Recruiting | note => 80%"),
            ("CMO: Website: raise visits by 5%", "increase | visits | percent 0.05 | name CMO: Website"),
            ("CFO: Uptime: 99%", "reach | Uptime | level 0.99 | name CFO"),
        ],
    );
}
