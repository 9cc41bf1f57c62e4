//! SPEC §4 and §5, sentence by sentence; every expected figure is worked out by hand beside it.

use chrono::{Datelike, NaiveDate};

use super::testing::{Run, daily, digits, run, run_all};
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
