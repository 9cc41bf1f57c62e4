//! SPEC §4 and §5, sentence by sentence; every expected figure is worked out by hand beside it.

use chrono::{Datelike, NaiveDate};

use super::testing::{Run, daily, digits, number, run, run_all};
use super::*;

/// Actual, baseline, target, expected, gap, pace, deviation, attainment, status.
#[track_caller]
fn figures(run: &Run, expected: &str) {
    let goal = run.goal();
    let target = match goal.target {
        Some(Target::One(value)) => digits(Some(value)),
        Some(Target::Range { low, high }) => format!("{}..{}", digits(Some(low)), digits(Some(high))),
        None => "-".into(),
    };
    let shown = format!(
        "V {} B {} T {} TD {} gap {} P {} dev {} att {} {}",
        digits(goal.actual),
        digits(goal.baseline.as_ref().and_then(|b| b.value)),
        target,
        digits(goal.expected),
        digits(goal.gap),
        digits(goal.pace),
        digits(goal.deviation),
        digits(goal.attainment),
        goal.status.word()
    );
    assert_eq!(shown, expected, "{}{:?}", run.text(), goal.notes);
}

fn span(period: Option<crate::calendar::Period>) -> String {
    period.map_or_else(|| "-".into(), |p| format!("{} {}", p.start, p.last_day()))
}

#[track_caller]
fn dates(run: &Run, window: &str, measured: &str, baseline: &str) {
    let goal = run.goal();
    assert_eq!(span(goal.window), window, "window");
    assert_eq!(span(goal.measured), measured, "measured");
    assert_eq!(span(goal.baseline.as_ref().map(|b| b.period)), baseline, "baseline");
}

/// 1 a day in 2024, 2 a day in 2025.
fn doubling(last: &str) -> String {
    daily("2024-01-01", last, |day| i64::from(day.year()) - 2023)
}

#[test]
fn a_flow_in_a_window_follows_the_baseline() {
    // 2024-07 to 09: 92; aligned to 15 August: 46; actual 46 days of 2
    let run = run("metric m = sum(amount)\nincrease m by 50% in Q3 2025\n", &doubling("2025-08-15"), None);
    figures(&run, "V 92 B 92 T 138 TD 69 gap 46 P 2 dev 0.3333333333 att - ahead");
    dates(&run, "2025-07-01 2025-09-30", "2025-07-01 2025-08-15", "2024-07-01 2024-09-30");
    // P = (92 - 46) / (69 - 46); required 46 over 46 days; so far 92 / 46
    assert_eq!(digits(run.goal().required_rate), "1");
    assert_eq!(digits(run.goal().rate_so_far), "2");
    assert_eq!(digits(run.goal().change_so_far), "1");
    assert_eq!(digits(run.goal().required_change), "0");
}

/// Month number a day in 2024, twice that in 2025.
fn monthly_steps(last: &str) -> String {
    daily("2024-01-01", last, |day| i64::from(day.month()) * (i64::from(day.year()) - 2023))
}

#[test]
fn by_a_date_is_the_fiscal_year_to_date() {
    // B: 274 days of 1; T 301.4; to 30 June 182; V 181 days of 2; T_D = 301.4 · 182 / 274
    let run = run("metric m = sum(amount)\nincrease m by 10% by 2025-09-30\n", &doubling("2025-06-30"), None);
    figures(&run, "V 362 B 274 T 301.4 TD 200.2 gap -60.6 P 9.8901098901 dev 0.8081918082 att - met early");
    dates(&run, "2025-01-01 2025-09-30", "2025-01-01 2025-06-30", "2024-01-01 2024-09-30");
}

#[test]
fn a_stated_level_is_judged_against_the_level() {
    // 20 days of 10; T_D = 300 · 20 / 31, since February to March of last year has no rows
    let ten = daily("2025-02-01", "2025-03-20", |_| 10);
    let reach = run("metric m = sum(amount)\nget m to 300 in March 2025\n", &ten, None);
    figures(
        &reach,
        "V 200 B - T 300 TD 193.5483870968 gap 100 P 1.0333333333 dev 0.0333333333 att - on track",
    );
    // a sum without a negative row cannot go back
    let early = run("metric m = sum(amount)\nget m to 150 in March 2025\n", &ten, None);
    figures(
        &early,
        "V 200 B - T 150 TD 96.7741935484 gap -50 P 2.0666666667 dev 1.0666666667 att - met early",
    );
    // a cap: P = 2 - V_D / T_D
    let cap = run("metric m = sum(amount)\nget m to at most 150 in March 2025\n", &ten, None);
    figures(
        &cap,
        "V 200 B - T 150 TD 96.7741935484 gap 50 P -0.0666666667 dev -1.0666666667 att - missed early",
    );
    let exact = run("metric m = sum(amount)\nget m to at most 200 in March 2025\n", &ten, None);
    assert_eq!(exact.goal().status, Status::OffTrack, "the cap itself is allowed, its allowance to D is not");
}

#[test]
fn a_sum_with_negative_rows_can_go_back() {
    let mixed = daily("2025-02-01", "2025-03-20", |day| if day.day() == 5 { -1 } else { 10 });
    let run = run("metric m = sum(amount)\nget m to 150 in March 2025\n", &mixed, None);
    assert_eq!(run.goal().status, Status::Ahead);
}

#[test]
fn a_baseline_of_zero_is_no_baseline() {
    let zero = daily("2024-01-01", "2025-02-28", |day| i64::from(day.year() == 2025));
    let none = run("metric m = sum(amount)\nincrease m by 10% in February 2025\n", &zero, None);
    figures(&none, "V 28 B 0 T - TD - gap - P - dev - att - no baseline");
    assert!(none.text().contains("by 500"), "{}", none.text());
    let amount = run("metric m = sum(amount)\nincrease m by 28 in February 2025\n", &zero, None);
    figures(&amount, "V 28 B 0 T 28 TD 28 gap 0 P 1 dev 0 att 1 met");
}

#[test]
fn a_target_from_a_negative_baseline_takes_its_size() {
    // B = -31, T = -31 + 0.1 · 31
    let losses = daily("2024-01-01", "2025-01-31", |_| -1);
    let percent = run("metric m = sum(amount)\nincrease m by 10% in January 2025\n", &losses, None);
    figures(&percent, "V -31 B -31 T -27.9 TD -27.9 gap 3.1 P 0 dev -0.1111111111 att 0 missed");
    let factor = run("metric m = sum(amount)\ndouble m in January 2025\n", &losses, None);
    figures(&factor, "V -31 B -31 T - TD - gap - P - dev - att - no baseline");
}

#[test]
fn a_statistic_by_a_date_is_measured_over_the_last_three_whole_months() {
    let run_ = |goal: &str| {
        run(&format!("metric mean = average(amount)\n{goal}\n"), &monthly_steps("2025-05-20"), None)
    };
    let percent = run_("increase mean by 10% by 2025-12-31");
    figures(
        &percent,
        "V 6.0449438202 B 11 T 12.1 TD 3.4330289193 gap -1.9338327091 P 7.1905775248 dev 0.7608193704 att \
         2.7580297356 ahead",
    );
    dates(&percent, "2025-01-01 2025-12-31", "2025-02-01 2025-04-30", "2024-10-01 2024-12-31");
    let level = run_("increase mean to 12 by 2025-12-31");
    figures(
        &level,
        "V 6.0449438202 B 11 T 12 TD 11.3835616438 gap 5.9550561798 P -12.9185393258 dev -0.4689760543 att \
         -4.9550561798 off track",
    );
    let compared = run_("increase mean by 10% by 2025-12-31 compared to Q1 2025");
    figures(
        &compared,
        "V 6.0449438202 B 4 T 4.4 TD 4.1534246575 gap -1.6449438202 P 13.3286516854 dev 0.4554119356 att \
         5.1123595506 ahead",
    );
    // the stretch that ends with 15 June is March to May
    let june = run_("increase mean by 10% by 2025-06-15");
    figures(
        &june,
        "V 6.0449438202 B 4 T 4.4 TD 3.3484605087 gap -2.6338327091 P 8.9931469592 dev 0.8052904624 att \
         7.5845817728 ahead",
    );
    dates(&june, "2025-01-01 2025-06-15", "2025-02-01 2025-04-30", "2024-03-01 2024-05-31");
}

#[test]
fn a_statistic_in_a_period_is_held_against_its_target() {
    let run = run(
        "metric mean = average(amount)\nincrease mean by 10% in 2025\n",
        &monthly_steps("2025-05-20"),
        None,
    );
    figures(
        &run,
        "V 5.7142857143 B 6.5136612022 T 7.1650273224 TD 7.1650273224 gap 1.4507416081 P -1.2272291467 dev \
         -0.202475377 att -1.2272291467 off track",
    );
}

#[test]
fn before_the_first_whole_month_a_stretch_has_no_value() {
    let run = run(
        "metric mean = average(amount)\nincrease mean by 10% by 2025-12-31\n",
        &monthly_steps("2025-01-30"),
        None,
    );
    figures(&run, "V - B 11 T 12.1 TD - gap - P - dev - att - too early");
    // under three months: the window to D
    let short = super::testing::run(
        "metric mean = average(amount)\nincrease mean by 10% by 2025-02-28\n",
        &monthly_steps("2025-01-30"),
        None,
    );
    dates(&short, "2025-01-01 2025-02-28", "2025-01-01 2025-01-30", "2024-01-01 2024-02-29");
}

#[test]
fn a_flow_with_a_grain_is_measured_over_its_last_unit() {
    let run = run(
        "metric m = sum(amount)\nincrease monthly m by 10% by 2025-12-31\n",
        &monthly_steps("2025-05-20"),
        None,
    );
    figures(
        &run,
        "V 240 B 372 T 409.2 TD 134.2684931507 gap -82.8 P 8.4101382488 dev 0.7874632713 att 3.2258064516 ahead",
    );
    dates(&run, "2025-01-01 2025-12-31", "2025-04-01 2025-04-30", "2024-12-01 2024-12-31");
}

#[test]
fn rolling_months_end_on_d_and_are_over() {
    let steps = monthly_steps("2025-05-20");
    let rolls = run("metric m = sum(amount)\nincrease m by 10% on a rolling 3-month basis\n", &steps, None);
    figures(
        &rolls,
        "V 658 B 331 T 364.1 TD 364.1 gap -293.9 P 9.8791540785 dev 0.8071958253 att 9.8791540785 met",
    );
    dates(&rolls, "2025-02-21 2025-05-20", "2025-02-21 2025-05-20", "2024-02-21 2024-05-20");
    let by = run(
        "metric m = sum(amount)\nincrease m by 10% on a rolling 3-month basis by 2025-12-31\n",
        &steps,
        None,
    );
    figures(
        &by,
        "V 658 B 1012 T 1113.2 TD 369.8164383562 gap -225.8 P 8.4242659514 dev 0.7792610921 att 3.2312252964 ahead",
    );
}

#[test]
fn a_stock_is_its_last_date_and_glides() {
    let run =
        run("metric s = last(amount)\nreduce s by 10% by 2025-12-31\n", &monthly_steps("2025-05-20"), None);
    figures(
        &run,
        "V 10 B 12 T 10.8 TD 11.5397260274 gap -0.8 P 4.3452380952 dev 0.1334283001 att 1.6666666667 ahead",
    );
    dates(&run, "2025-01-01 2025-12-31", "2025-05-20 2025-05-20", "2024-01-01 2024-12-31");
}

#[test]
fn guardrails_are_judged_by_whole_period() {
    // February 56, March 62, April 60; May is not whole
    let run =
        run("metric m = sum(amount)\nkeep m above 56 every month in 2025\n", &doubling("2025-05-20"), None);
    figures(&run, "V 60 B - T 56 TD - gap -4 P - dev - att - breached");
    let periods = run.goal().periods.as_ref().unwrap();
    assert_eq!(
        (periods.total, periods.breached, periods.breaches.as_slice()),
        (4, 1, &["2025-02".to_owned()][..])
    );
    assert_eq!(span(run.goal().measured), "2025-04-01 2025-04-30");
    let between = super::testing::run(
        "metric m = sum(amount)\nkeep m between 55 and 61 every month in Q1 2025\n",
        &doubling("2025-05-20"),
        None,
    );
    figures(&between, "V 62 B - T 55..61 TD - gap 1 P - dev - att - breached");
    let early = super::testing::run(
        "metric m = sum(amount)\nkeep m above 56 every month in 2025\n",
        &doubling("2025-01-30"),
        None,
    );
    figures(&early, "V - B - T 56 TD - gap - P - dev - att - too early");
}

#[test]
fn guardrails_without_every_hold_caps_to_t_and_floors_to_the_path() {
    let data = daily("2025-01-01", "2025-03-10", |_| 10);
    let cap = run("metric m = sum(amount)\nkeep m at most 100 in March 2025\n", &data, None);
    figures(&cap, "V 100 B - T 100 TD - gap 0 P - dev - att - holding");
    let below = run("metric m = sum(amount)\nkeep m below 100 in March 2025\n", &data, None);
    figures(&below, "V 100 B - T 100 TD - gap 0 P - dev - att - breached");
    // T_D = 310 · 10 / 31 = 100
    let floor = run("metric m = sum(amount)\nkeep m at least 310 in March 2025\n", &data, None);
    figures(&floor, "V 100 B - T 310 TD - gap 0 P - dev - att - holding");
    let more = run("metric m = sum(amount)\nkeep m at least 341 in March 2025\n", &data, None);
    figures(&more, "V 100 B - T 341 TD - gap 10 P - dev - att - breached");
    assert!(more.goal().periods.is_none());
}

#[test]
fn what_has_not_begun_or_has_no_rows() {
    let later = run("metric m = sum(amount)\nincrease m by 10% in Q4 2025\n", &doubling("2025-05-20"), None);
    figures(&later, "V - B 92 T 101.2 TD - gap - P - dev - att - not started");
    dates(&later, "2025-10-01 2025-12-31", "-", "2024-10-01 2024-12-31");
    let mut table = daily("2024-01-01", "2024-12-31", |_| 1);
    table.push_str("2025-06-01,1\n2025-06-02,1\n");
    let none = run("metric m = sum(amount)\nincrease m by 10% in March 2025\n", &table, None);
    figures(&none, "V - B 31 T 34.1 TD - gap - P - dev - att - no data");
}

#[test]
fn a_hole_with_a_month_is_inconclusive_and_in_the_baseline_no_baseline() {
    let holed = |skip: fn(NaiveDate) -> bool| -> String {
        let all = daily("2024-01-01", "2025-06-30", |_| 1);
        let keeps = |line: &&str| line.split(',').next().unwrap().parse().map_or(true, |day| !skip(day));
        all.lines().filter(keeps).collect::<Vec<_>>().join("\n")
    };
    let february = holed(|day| day.year() == 2025 && day.month() == 2);
    let goal = "metric m = sum(amount)\nincrease m by 10% in H1 2025\n";
    let run_ = run(goal, &february, None);
    assert_eq!(run_.goal().status, Status::Inconclusive);
    assert_eq!(
        digits(run_.goal().coverage.as_ref().unwrap().share),
        digits(Some(number("153") / number("181")))
    );
    assert!(run_.text().contains("2025-02-01 to 2025-02-28"), "{}", run_.text());
    // what cannot go back and has passed its target is met through any hole
    let passed = run("metric m = sum(amount)\nget m to 150 in H1 2025\n", &february, None);
    assert_eq!(passed.goal().status, Status::Met);
    let short = holed(|day| day.year() == 2025 && day.month() == 2 && day.day() > 1);
    assert_eq!(run(goal, &short, None).goal().status, Status::Missed, "27 days hold no whole month");
    let before = holed(|day| day.year() == 2024 && day.month() == 2);
    let none = run(goal, &before, None);
    figures(&none, "V 181 B - T - TD - gap - P - dev - att - no baseline");
    assert!(none.text().contains("2024-02-01 to 2024-02-29"), "{}", none.text());
}

#[test]
fn a_window_is_over_when_little_is_missing_by_as_of() {
    let goal = "metric m = sum(amount)\nincrease m by 50% in March 2025\n";
    let with = |last: &str, as_of: Option<&str>| run(goal, &doubling(last), as_of);
    // 3 of 31 days: no more than the usual gap of 7 and a tenth of the window
    let over = with("2025-03-28", Some("2025-04-02"));
    figures(&over, "V 56 B 31 T 46.5 TD 46.5 gap -9.5 P 1.6129032258 dev 0.2043010753 att 1.6129032258 met");
    assert_eq!(span(over.goal().measured), "2025-03-01 2025-03-28");
    assert_eq!(with("2025-03-28", None).goal().status, Status::MetEarly);
    let four = with("2025-03-27", Some("2025-04-02"));
    assert_eq!(four.goal().status, Status::MetEarly);
    assert!(four.text().contains("complete through 2025-03-31"), "{}", four.text());
    let complete = run(&format!("data:complete through 2025-03-31\n{goal}"), &doubling("2025-03-10"), None);
    figures(
        &complete,
        "V 20 B 31 T 46.5 TD 46.5 gap 26.5 P -0.7096774194 dev -0.5698924731 att -0.7096774194 missed",
    );
}

#[test]
fn the_first_tenth_of_a_window_is_too_early() {
    let goal = "metric m = sum(amount)\nincrease m by 500% in H1 2025\n";
    // 18 of 181 days are under a tenth, 19 are not
    assert_eq!(run(goal, &doubling("2025-01-18"), None).goal().status, Status::TooEarly);
    assert_eq!(run(goal, &doubling("2025-01-19"), None).goal().status, Status::OffTrack);
}

#[test]
fn thresholds_by_pace_and_by_deviation() {
    let goal = |clause: &str| format!("metric m = sum(amount)\nincrease m by 110% in Q3 2025\n{clause}");
    let with = |clause: &str| run(&goal(clause), &doubling("2025-08-15"), None).goal().status;
    // P = 46 / (96.6 - 46) = 0.9091, deviation 92 / 96.6 - 1 = -0.0476
    assert_eq!(with(""), Status::AtRisk);
    assert_eq!(with("    status: on track 90%, at risk 75%\n"), Status::OnTrack);
    assert_eq!(with("    status: on track 96%, at risk 92%\n"), Status::OffTrack);
    assert_eq!(with("    status: on track within 2%, at risk within 5%\n"), Status::AtRisk);
    assert_eq!(with("    status: on track within 5%, at risk within 8%\n"), Status::OnTrack);
}

#[test]
fn the_baseline_of_a_far_window_ended_before_the_declared_date() {
    let goal = "declared 2025-03-01\nmetric m = sum(amount)\nincrease m by 10% by 2030\n";
    let run_ = run(goal, &doubling("2025-05-20"), None);
    dates(&run_, "2030-01-01 2030-12-31", "-", "2024-01-01 2024-12-31");
    let long = run(
        "declared 2025-03-01\nmetric m = sum(amount)\nincrease m by 10% from 2025-01-01 to 2026-06-30\n",
        &doubling("2025-05-20"),
        None,
    );
    dates(&long, "2025-01-01 2026-06-30", "2025-01-01 2025-05-20", "2023-01-01 2024-06-30");
}

#[test]
fn comparisons_other_than_the_year_before() {
    let data = doubling("2025-05-20");
    let with = |c: &str| {
        run(&format!("metric m = sum(amount)\nincrease m by 10% in May 2025 compared to {c}\n"), &data, None)
    };
    let of = |c: &str| span(with(c).goal().baseline.as_ref().map(|b| b.period));
    assert_eq!(of("previous month"), "2025-04-01 2025-04-30");
    assert_eq!(of("previous quarter"), "2025-01-01 2025-03-31");
    assert_eq!(of("the period before"), "2025-03-31 2025-04-30");
    assert_eq!(of("2024"), "2024-01-01 2024-12-31");
    assert_eq!(of("last year"), "2024-05-01 2024-05-31");
    // 20 May with 20 April: B 60, T 66, B_D 40, T_D 44, V 40
    figures(&with("previous month"), "V 40 B 60 T 66 TD 44 gap 26 P 0 dev -0.0909090909 att - off track");
}

#[test]
fn the_average_of_years_is_the_mean_of_the_same_windows() {
    // 31 days of 1, 2, 4: mean 217/3 of March; to the 10th 70/3
    let data = daily("2022-01-01", "2025-03-10", |day| [1, 2, 4, 9][(day.year() - 2022) as usize]);
    let run = run(
        "metric m = sum(amount)\nincrease m by 50% in March 2025 compared to the average of 2022 to 2024\n",
        &data,
        None,
    );
    // B 72.3333, T 108.5, T_D 35, V 90, P (90 - 70/3) / (35 - 70/3)
    figures(&run, "V 90 B 72.3333333333 T 108.5 TD 35 gap 18.5 P 5.7142857143 dev 1.5714285714 att - ahead");
    assert_eq!(span(run.goal().baseline.as_ref().map(|b| b.period)), "2022-03-01 2024-03-31");
}

#[test]
fn from_f_to_g_takes_the_measured_baseline_where_there_is_one() {
    let goal = "metric m = sum(amount)\nincrease m from 40 to 62 in March 2025\n";
    let measured = run(goal, &doubling("2025-03-31"), None);
    figures(&measured, "V 62 B 31 T 62 TD 62 gap 0 P 1 dev 0 att 1 met");
    assert!(measured.text().contains("M104"), "{}", measured.text());
    // 10 of 31 days: B_D = 40 · 10 / 31, T_D = 62 · 10 / 31, P = (20 - 12.9032) / (20 - 12.9032)
    let stated = run(goal, &daily("2025-01-01", "2025-03-10", |_| 2), None);
    figures(&stated, "V 20 B 40 T 62 TD 20 gap 42 P 1 dev 0 att - on track");
    assert!(stated.goal().notes.iter().any(|n| n.contains("stated")), "{:?}", stated.goal().notes);
}

#[test]
fn a_retarget_replaces_the_change_for_the_whole_window() {
    let goal = |day: &str| {
        format!("metric m = sum(amount)\nincrease m by 50% in Q3 2025\n    from {day}: by 100%\n")
    };
    let data = doubling("2025-08-15");
    figures(&run(&goal("2025-08-01"), &data, None), "V 92 B 92 T 184 TD 92 gap 92 P 1 dev 0 att - on track");
    let later = run(&goal("2025-09-01"), &data, None);
    figures(&later, "V 92 B 92 T 138 TD 69 gap 46 P 2 dev 0.3333333333 att - ahead");
    assert!(later.goal().notes.iter().any(|n| n.contains("2025-09-01")), "{:?}", later.goal().notes);
}

#[test]
fn the_old_path_holds_before_a_retarget() {
    let goal = "metric m = sum(amount)\nincrease m by 50% in Q3 2025\n    from 2025-08-01: by 100%\n";
    let made = run(goal, &doubling("2025-08-15"), None);
    let shown: Vec<String> = (made.goal().series.iter())
        .map(|p| format!("{} {}", p.expected.unwrap().normalize(), p.expected_to_date.unwrap().normalize()))
        .collect();
    // B = 92, one a day: T = 138 to July and 184 from August on, by the days of 2024
    assert_eq!(shown, ["46.5 46.5", "62 124", "60 184"]);
}

#[test]
fn monthly_data_have_whole_periods() {
    let mut table = String::from("date,amount\n");
    for (year, months) in [(2024, 1..=12), (2025, 1..=5)] {
        for month in months {
            table += &format!("{year}-{month:02}-01,{}\n", 100 * (year - 2023));
        }
    }
    let half = run("metric m = sum(amount)\nincrease m by 50% in H1 2025\n", &table, None);
    // D is 31 May: 5 months of 200 against 500 and 750
    figures(&half, "V 1000 B 600 T 900 TD 750 gap -100 P 2 dev 0.3333333333 att - met early");
    assert_eq!(half.goal().as_of, Some("2025-05-31".parse().unwrap()));
    let early = run("metric m = sum(amount)\nincrease m by 50% in H1 2025\n", &table, Some("2025-05-30"));
    assert_eq!(early.goal().as_of, Some("2025-04-30".parse().unwrap()));
    let cut = run("metric m = sum(amount)\nincrease m by 50% by 2025-06-15\n", &table, None);
    assert_eq!(cut.goal().status, Status::Invalid);
    assert!(cut.text().contains("from 2025-01-01 to 2025-05-31"), "{}", cut.text());
    let within = |text: &str| {
        let run = run(
            &format!("declared 2025-01-15\nmetric m = sum(amount)\nincrease m by 5% {text}\n"),
            &table,
            None,
        );
        span(run.goal().window)
    };
    assert_eq!(within("within six months"), "2025-02-01 2025-07-31");
    assert_eq!(within("within 90 days"), "2025-02-01 2025-04-30");
    assert_eq!(within("within 20 days"), "-");
    assert_eq!(within("by 2025-06-30 starting 2025-02-10"), "2025-03-01 2025-06-30");
}

#[test]
fn a_month_without_rows_breaks_monthly_data() {
    let table = "date,amount\n2024-01-01,1\n2024-02-01,1\n2024-03-01,1\n2025-01-01,3\n2025-03-01,3\n";
    let hole = run("metric m = sum(amount)\nincrease m by 50% in Q1 2025\n", table, None);
    assert_eq!(hole.goal().status, Status::Met, "a sum that cannot go back has passed 4.5");
    let more = run("metric m = sum(amount)\nincrease m by 500% in Q1 2025\n", table, None);
    assert_eq!(more.goal().status, Status::Inconclusive);
}

#[test]
fn two_sources_take_the_earliest_day() {
    let orders = daily("2024-01-01", "2025-03-20", |_| 2);
    let visits = daily("2024-01-01", "2025-03-10", |_| 10).replace("amount", "sessions");
    let goal = "metric rate = sum(orders.amount) / sum(visits.sessions)\nincrease rate by 1 percentage points in March 2025\n";
    let run = run_all(goal, &[("orders", &orders), ("visits", &visits)], None);
    assert_eq!(run.goal().as_of, Some("2025-03-10".parse().unwrap()), "{}", run.text());
    figures(&run, "V 0.2 B 0.2 T 0.21 TD 0.21 gap 0.01 P 0 dev -0.0476190476 att 0 off track");
}
