//! The rarer sentences of SPEC §4 and §5, each figure worked out beside it.

use super::testing::{daily, digits, run, run_all};
use super::*;
use crate::calendar::Period;

fn span(period: Option<Period>) -> String {
    period.map_or_else(|| "-".into(), |p| format!("{} {}", p.start, p.last_day()))
}

#[test]
fn for_each_makes_a_goal_per_value_in_order_of_appearance() {
    let table = "date,country,amount\n2024-03-01,Norway,10\n2024-03-02,sweden,20\n2025-03-01,Sweden,30\n\
                 2025-03-05,Norway,5\n2025-03-06,,7\n2025-06-01,Denmark,1\n";
    let run = run("for each country: increase amount by 10% in March 2025\n", table, None);
    let shown: Vec<String> = run
        .evaluation
        .goals
        .iter()
        .map(|g| format!("{} {} {}", g.segment.as_deref().unwrap_or("-"), digits(g.actual), g.status.word()))
        .collect();
    // Denmark has no row in the window or the baseline; the blank makes no goal; `sweden` stands first
    assert_eq!(shown, ["country = \"Norway\" 5 missed", "country = \"sweden\" 30 met"], "{}", run.text());
}

#[test]
fn a_bare_value_becomes_the_filter_as_the_data_write_it() {
    let table = "date,country,amount\n2024-03-01,Germany,10\n2025-03-01,Germany,30\n2025-03-05,France,5\n";
    let of = |goal: &str| run(goal, table, None);
    let one = of("increase amount in germany by 10% in March 2025\n");
    assert_eq!(one.goal().segment.as_deref(), Some("country = \"Germany\""));
    assert_eq!(digits(one.goal().actual), "30");
    let list = of("increase amount in Germany and France by 10% in March 2025\n");
    assert_eq!(list.goal().segment.as_deref(), Some("country in (\"Germany\", \"France\")"));
    assert_eq!(digits(list.goal().actual), "35");
    let none = of("increase amount in Germny by 10% in March 2025\n");
    assert_eq!(none.goal().status, Status::Invalid);
    assert!(none.text().contains("`Germany`"), "{}", none.text());
}

#[test]
fn a_target_sheet_with_dates_is_its_own_path() {
    let data = daily("2025-01-01", "2025-05-20", |_| 1);
    // 4 + 4 + 4 to D (the first days of April, May), of 12 for the quarter; V 50 days
    let targets = "month,budget\n2025-04-01,20\n2025-05-01,40\n2025-06-01,60\n2025-07-01,99\n";
    let goal = "metric m = sum(data.amount)\nget m to targets.budget in Q2 2025\n";
    let run = run_all(goal, &[("data", &data), ("targets", targets)], None);
    let g = run.goal();
    assert_eq!(g.target, Some(Target::One(120.into())), "{}", run.text());
    assert_eq!((digits(g.actual), digits(g.expected)), ("50".into(), "60".into()));
    // 1 + (50 - 60) / 60
    assert_eq!((digits(g.pace), g.status), ("0.8333333333".into(), Status::AtRisk));
    // the remainder of the sheet scaled by the progress: 120 · 50 / 60
    assert_eq!(
        g.forecast.as_ref().map(|f| (digits(Some(f.value)), f.method)),
        Some(("100".into(), "seasonal"))
    );
}

#[test]
fn a_proportion_whose_interval_holds_its_target_is_inconclusive() {
    let ratio = |late: u32, all: u32, target: &str| {
        let mut table = String::from("date,state,amount\n");
        for row in 0..all {
            table += &format!("2025-03-{:02},{},1\n", row % 20 + 1, if row < late { "late" } else { "fine" });
        }
        let goal = format!(
            "metric late share = count(where state = \"late\") / count()\n    lower is better\n\
             get late share to {target} in March 2025\n"
        );
        run(&goal, &table, None).goal().clone()
    };
    // Wilson for 10 of 100: 0.0552 to 0.1744
    assert_eq!(ratio(10, 100, "8%").status, Status::Inconclusive);
    assert_eq!(ratio(10, 100, "18%").status, Status::Ahead);
    assert_eq!(ratio(10, 100, "5%").status, Status::OffTrack);
    let few = ratio(2, 20, "90%");
    assert!(few.notes.iter().any(|n| n.contains("20 rows")), "{:?}", few.notes);
    assert_eq!(few.rows, Some(20));
}

#[test]
fn fewer_rows_than_asked_for_are_inconclusive() {
    let data = daily("2025-01-01", "2025-03-20", |_| 1);
    let goal = "metric m = sum(amount)\nget m to 100 in March 2025\n    at least 21 rows\n";
    assert_eq!(run(goal, &data, None).goal().status, Status::Inconclusive);
    assert_eq!(run(&goal.replace("21", "20"), &data, None).goal().status, Status::OffTrack);
}

#[test]
fn weeks_compare_with_the_week_of_the_same_number() {
    let data = daily("2024-01-01", "2025-08-03", |_| 1);
    let week = run("metric m = sum(amount)\nincrease m by 10% in week 31 2025\n", &data, None);
    assert_eq!(span(week.goal().window), "2025-07-28 2025-08-03");
    assert_eq!(span(week.goal().baseline.as_ref().map(|b| b.period)), "2024-07-29 2024-08-04");
}

#[test]
fn met_is_preliminary_until_the_source_has_settled() {
    let data = daily("2024-01-01", "2025-04-20", |_| 1);
    let goal = "data:settles after 30 days\nmetric m = sum(amount)\nincrease m by 10% in March 2025\n";
    let with = |as_of| run(goal, &data, as_of);
    assert_eq!((with(None).goal().status, with(None).goal().preliminary), (Status::Missed, true));
    assert!(!with(Some("2025-04-30")).goal().preliminary);
    assert!(with(Some("2025-04-29")).goal().preliminary);
}

#[test]
fn guardrails_leave_out_periods_without_a_value() {
    let mut table = String::from("date,returned,sold\n");
    for (month, returned, sold) in [(1, 1, 10), (2, 0, 0), (3, 3, 10)] {
        for day in 1..=28 {
            table += &format!("2025-{month:02}-{day:02},{returned},{sold}\n");
        }
    }
    table += "2025-04-01,0,10\n";
    let run = run(
        "metric rate = sum(returned) / sum(sold)\nkeep rate below 20% every month in 2025\n",
        &table,
        None,
    );
    let periods = run.goal().periods.as_ref().unwrap();
    assert_eq!((periods.total, periods.breached), (2, 1), "{}", run.text());
    assert_eq!(periods.without_value, ["2025-02"]);
    assert_eq!(digits(run.goal().actual), "0.3");
    assert_eq!(digits(run.goal().gap), "0.1");
}

#[test]
fn a_stock_guardrail_takes_its_last_value() {
    let data = daily("2025-01-01", "2025-03-10", |d| i64::from(chrono::Datelike::day(&d)));
    let last = run("metric s = last(amount)\nkeep s at most 9 in March 2025\n", &data, None);
    assert_eq!((last.goal().status, digits(last.goal().gap)), (Status::Breached, "1".into()));
    assert_eq!(span(last.goal().measured), "2025-03-10 2025-03-10");
    let monthly = run("metric s = last(amount)\nkeep s at least 28 every month in Q1 2025\n", &data, None);
    assert_eq!(monthly.goal().status, Status::Holding);
    assert_eq!(span(monthly.goal().measured), "2025-02-28 2025-02-28");
}

#[test]
fn a_source_compared_to_is_measured_over_the_same_window() {
    let data = daily("2025-03-01", "2025-03-10", |_| 3);
    let budget = daily("2025-03-01", "2025-03-31", |_| 2);
    let goal = "increase data.amount by 50% in March 2025 compared to sheet \"budget\"\n";
    let made = run_all(
        &format!("metric m = sum(data.amount)\n{}", goal.replace("data.amount", "m")),
        &[("data", &data), ("budget", &budget)],
        None,
    );
    let g = made.goal();
    // B 62, T 93; to the 10th 20 and 30; V 30
    assert_eq!(digits(g.baseline.as_ref().and_then(|b| b.value)), "62", "{}", made.text());
    assert_eq!((digits(g.expected), digits(g.pace), g.status), ("30".into(), "1".into(), Status::OnTrack));
}

#[test]
fn without_declared_relative_periods_count_from_d_with_the_line_that_pins_them() {
    let data = daily("2024-01-01", "2025-03-10", |_| 1);
    let made = run("metric m = sum(amount)\nincrease m by 10% next month\n", &data, None);
    assert_eq!(span(made.goal().window), "2025-04-01 2025-04-30", "{}", made.text());
    assert!(made.text().contains("declared 2025-03-10"), "{}", made.text());
    let pinned =
        run("declared 2025-01-10\nmetric m = sum(amount)\nincrease m by 10% next month\n", &data, None);
    assert_eq!(span(pinned.goal().window), "2025-02-01 2025-02-28");
    assert!(!pinned.text().contains("C106"), "{}", pinned.text());
}

#[test]
fn a_flow_per_unit_compares_with_the_mean_unit_of_a_period() {
    // 2024: 366 of 1, 30.5 a month; April 2025: 60
    let data = daily("2024-01-01", "2025-05-20", |d| i64::from(chrono::Datelike::year(&d)) - 2023);
    let made = run(
        "metric m = sum(amount)\nincrease monthly m by 100% by 2025-12-31 compared to 2024\n",
        &data,
        None,
    );
    let g = made.goal();
    assert_eq!(digits(g.baseline.as_ref().and_then(|b| b.value)), "30.5", "{}", made.text());
    assert_eq!(
        (
            digits(g.actual),
            digits(g.target.and_then(|t| if let Target::One(v) = t { Some(v) } else { None }))
        ),
        ("60".into(), "61".into())
    );
}

#[test]
fn forecasts_run_on_or_follow_the_season() {
    let data = daily("2025-01-01", "2025-03-10", |_| 10);
    let run_rate = run("metric m = sum(amount)\nget m to 400 in March 2025\n", &data, None);
    // 100 in 10 of 31 days
    let forecast = run_rate.goal().forecast.clone().unwrap();
    assert_eq!((digits(Some(forecast.value)), forecast.method), ("310".into(), "run rate"));
    let two = run(
        "metric m = sum(amount)\nget m to 400 in March 2025\n",
        &daily("2025-02-20", "2025-03-02", |_| 10),
        None,
    );
    assert!(two.goal().forecast.is_none(), "none below 3 points");
}

#[test]
fn what_is_still_expected_is_shared_out_over_the_months_to_come() {
    // 10 a day to 15 February; a year before 10 a day in Q1: the season is even, 90 days
    let data = daily("2024-01-01", "2025-02-15", |_| 10);
    let made = run("metric m = sum(amount)\nincrease m by 10% in Q1 2025\n", &data, None);
    let goal = made.goal();
    let shown: Vec<(String, String)> =
        goal.series.iter().map(|p| (digits(p.actual), digits(p.forecast))).collect();
    let whole = goal.forecast.as_ref().map(|f| digits(Some(f.value)));
    // 2024: 910 in 91 days, 460 to 15 February; 2025: 460 so far, and 450 to come by the rest of the season.
    // The weights: 290 · 13/28 for February, 310 for March
    let february = 150.0 + 450.0 * (290.0 * 13.0 / 28.0) / (290.0 * 13.0 / 28.0 + 310.0);
    assert_eq!(whole.as_deref(), Some("910"));
    assert_eq!(shown[0], ("310".into(), "-".into()));
    let found: f64 = shown[1].1.parse().unwrap();
    assert!((found - february).abs() < 1e-6, "{found} {february}");
    let march: f64 = shown[2].1.parse().unwrap();
    assert!((310.0 + found + march - 910.0).abs() < 1e-6);
}

#[test]
fn a_week_of_a_stretch_compares_with_the_week_of_its_number() {
    let data = daily("2024-01-01", "2025-02-14", |_| 1);
    let made = run("metric m = sum(amount)\nincrease weekly m by 5% by 2025-03-30\n", &data, None);
    assert_eq!(span(made.goal().measured), "2025-02-03 2025-02-09");
    // the window ends with week 13
    assert_eq!(span(made.goal().baseline.as_ref().map(|b| b.period)), "2024-03-25 2024-03-31");
}

#[test]
fn the_year_to_date_is_that_of_d() {
    let data = daily("2023-01-01", "2025-02-14", |_| 1);
    let made =
        run("declared 2024-11-01\nmetric m = sum(amount)\nincrease m by 5% year to date\n", &data, None);
    assert_eq!(span(made.goal().window), "2025-01-01 2025-02-14", "{}", made.text());
    assert_eq!(made.goal().status, Status::Missed);
}
