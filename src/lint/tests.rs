//! Which findings a goal gets.

use crate::judge::testing::{Run, daily, run};

use super::lint;

fn codes(goals: &str, data: &str) -> Vec<String> {
    let Run { model, plan, evaluation, .. } = run(goals, data, None);
    lint(&model, &plan, &evaluation).iter().map(|d| d.code.to_string()).collect()
}

fn flat(last: &str) -> String {
    daily("2024-01-01", last, |_| 1)
}

#[test]
fn a_sound_goal_has_no_finding() {
    let goal = "metric m = sum(amount)\nincrease m by 10% in March 2025\n";
    assert!(codes(goal, &flat("2025-03-10")).is_empty());
}

#[test]
fn small_changes_and_missing_times_are_told() {
    let small = "metric m = sum(amount)\nincrease m by 5% in March 2025\n";
    assert_eq!(codes(small, &flat("2025-03-10")), ["M108"]);
    assert!(codes(&small.replace("5%", "5.1%"), &flat("2025-03-10")).is_empty());
    let own = format!("{small}    status: on track 90%, at risk 80%\n");
    assert!(codes(&own, &flat("2025-03-10")).is_empty());
    assert_eq!(codes("metric m = sum(amount)\nincrease m by 10%\n", &flat("2025-03-10")), ["T101"]);
}

#[test]
fn history_speaks_from_24_changes_on() {
    // flat since 2022: the changes of the months from January 2023 on are all 0
    let goal = "metric m = sum(amount)\nincrease m by 10% in Q1 2025\n";
    let since = |first: &str| codes(goal, &daily(first, "2025-02-28", |_| 1));
    assert_eq!(since("2022-01-01"), ["A102"]);
    assert!(since("2023-06-01").is_empty(), "21 months have 9 changes");
}

#[test]
fn goals_that_exclude_each_other_contradict() {
    let both = |a: &str, b: &str| {
        codes(&format!("metric m = sum(amount)\n{a} in March 2025\n{b} in March 2025\n"), &flat("2025-03-10"))
    };
    assert_eq!(both("keep m at least 40", "keep m at most 30"), ["A201"]);
    assert!(both("keep m at least 30", "keep m at most 30").is_empty());
    assert_eq!(both("keep m above 30", "keep m at most 30"), ["A201"]);
    assert_eq!(both("increase m by 10%", "reduce m by 10%"), ["A201"]);
    assert!(both("increase m by 10%", "increase m by 20%").is_empty());
}

#[test]
fn a_label_is_found_however_it_is_written() {
    let goals = "metric m = sum(amount)\nTop_line: increase m by 10% in March 2025\n\
                 increase m by 20% in March 2025\n    supports: top line\n";
    assert!(codes(goals, &flat("2025-03-10")).is_empty());
}
