//! Wording of whole reports: reasons, findings, headlines.

use std::sync::Arc;

use super::*;
use crate::judge::Target;
use fixture::{dec, parts, report};

#[test]
fn every_goal_says_why_in_one_line() {
    let expected = [
        "0.27 MSEK behind; needs +11.1% from July, so far +8.6%",
        "36.87 of the 36.99 SEK wanted",
        "2 of 2 quarters held; lowest 38.94% in Q2",
        "fell 0.38 pp instead of rising",
        "+17.5% on last year, +15% wanted",
        "430 sign-ups more than wanted, 26 weeks early",
        "ended 6.20 SEK above; 53% of the change was made",
        "1,718 visits are too few: 1.08–2.28% holds the target",
        "+19.7% on last year, +20% wanted",
        "no data from 2024-01-01 to 2024-08-31 to compare with",
        "212 cards more than wanted",
        "day 15 of 199; judged from 2025-07-05",
        "3 of 6 months at 8% or more: Jan, May, Jun",
        "0.58 of the 0.60 days wanted",
        "line 30: a score needs average( ) or sum( )",
    ];
    let report = report();
    let reasons: Vec<&str> = report.goals.iter().map(|g| g.reason.as_str()).collect();
    assert_eq!(reasons, expected);
    assert!(reasons.iter().all(|r| r.chars().count() <= 56 && !r.ends_with('.')));
}

#[test]
fn names_are_metric_segment_and_change() {
    let report = report();
    let names: Vec<&str> = report.goals.iter().map(|g| g.name.as_str()).collect();
    assert_eq!(names[0], "Revenue +10%");
    assert_eq!(names[2], "Gross margin ≥ 38% every quarter");
    assert_eq!(names[3], "Conversion rate, Google +0.4 pp");
    assert_eq!(names[6], "Cost per order, paid search → 85 SEK");
    assert_eq!(names[11], "Autumn pre-orders 3 MSEK");
    assert_eq!(names[12], "Return rate < 8% every month");
}

#[test]
fn findings_name_the_result() {
    let report = report();
    let finding = |at: usize| report.goals[at].details.finding.as_str();
    assert_eq!(finding(3), "Conversion rate, Google fell to 2.49%, 0.78 pp short of the target");
    assert_eq!(
        finding(4),
        "Visits are 23 k visits ahead of their path and head for 2,415 k visits, 52 k visits beyond the target"
    );
    assert_eq!(finding(6), "Cost per order, paid search ended at 91.20 SEK, 6.20 SEK above the target");
    assert_eq!(
        finding(12),
        "Return rate broke its limit in January, May and June; the latest month, June, stands at 8.64%"
    );
}

#[test]
fn the_headline_counts_and_names_the_goal_that_needs_somebody() {
    let first = report();
    let expected = "7 of 15 goals are on course. Revenue is 0.27 MSEK behind its path: from July it needs +11.1% on \
                    last year, so far it has +8.6%.";
    assert_eq!(first.headline, expected);
    let mut parts = parts();
    Arc::make_mut(&mut parts.evaluation.goals[0]).status = Status::OnTrack;
    let second = parts.report(Style::default()).headline;
    assert_eq!(
        second,
        "8 of 15 goals are on course. Conversion rate, Google fell to 2.49%, 0.78 pp short of the target."
    );
    assert!(first.headline.chars().count() <= 160);
}

#[test]
fn one_goal_alone_is_not_counted() {
    let mut parts = parts();
    parts.evaluation.goals.truncate(1);
    let headline = parts.report(Style::default()).headline;
    assert!(headline.starts_with("The goal is not on course: at risk. Revenue is 0.27 MSEK"), "{headline}");
}

#[test]
fn headings_count_the_goals_below_them() {
    let report = report();
    let headings: Vec<(u32, &str, usize, usize)> = report
        .outline
        .iter()
        .filter_map(|row| match row {
            OutlineRow::Heading { level, text, on_course, total } => {
                Some((*level, text.as_str(), *on_course, *total))
            }
            OutlineRow::Goal { .. } => None,
        })
        .collect();
    let expected = [
        (1, "Nordic Webshop", 7, 15),
        (2, "Marketing", 2, 5),
        (2, "Sales", 2, 4),
        (2, "Customer service", 1, 3),
    ];
    assert_eq!(headings, expected);
}

#[test]
fn what_is_found_stands_by_effect() {
    let quality = report().quality;
    assert_eq!(quality.title, "One finding changes a result (goal 15), two may");
    let effects: Vec<Effect> = quality.rows.iter().map(|r| r.effect).collect();
    assert_eq!(effects, [Effect::Changes, Effect::May, Effect::May, Effect::None]);
    assert_eq!(quality.rows[0].place, "webshop.goals, line 30");
    assert_eq!(quality.rows[2].place, "Orders!E1207 and 41 more");
    assert_eq!(quality.rows[2].remedy, "Correct the cells; they hold n/a.");
}

#[test]
fn a_range_is_shown_with_both_ends() {
    let mut parts = parts();
    let goal = Arc::make_mut(&mut parts.evaluation.goals[2]);
    goal.target = Some(Target::Range { low: dec("0.38"), high: dec("0.42") });
    let report = parts.report(Style::default());
    assert_eq!(report.goals[2].target.text(report.style), "38.00%–42.00%");
}

#[test]
fn goals_are_found_by_number_label_and_name() {
    let report = report();
    assert_eq!(report.find("4"), Ok(3));
    assert_eq!(report.find("GROW"), Ok(0));
    assert_eq!(report.find("gift cards  sold"), Ok(10));
    assert_eq!(report.find("delivery"), Ok(13));
    assert_eq!(report.find("conversion rate").unwrap_err().len(), 2);
    assert_eq!(report.find("nothing like it").unwrap_err().len(), 12);
    assert_eq!(report.find("99").unwrap_err().len(), 12);
}

#[test]
fn a_late_action_is_marked() {
    let report = report();
    let marks: Vec<(&str, bool)> =
        report.goals[0].details.actions.iter().map(|a| (a.mark.as_str(), a.late)).collect();
    assert_eq!(marks, [("☐ by 2025-03-01, late", true), ("☑ done", false)]);
}

#[test]
fn amounts_beyond_every_scale_do_not_fail() {
    let mut parts = parts();
    for goal in parts.evaluation.goals.iter_mut().map(Arc::make_mut) {
        goal.actual = Some(rust_decimal::Decimal::MAX);
        goal.expected = Some(rust_decimal::Decimal::MIN);
        goal.target = Some(Target::One(rust_decimal::Decimal::MAX));
        goal.gap = Some(rust_decimal::Decimal::MIN);
        goal.required_rate = Some(rust_decimal::Decimal::MAX);
        for point in &mut goal.series {
            point.actual = Some(rust_decimal::Decimal::MAX);
            point.baseline = Some(rust_decimal::Decimal::MIN);
            point.expected = Some(rust_decimal::Decimal::MIN);
        }
    }
    let report = parts.report(Style::default());
    assert!(!crate::render::terminal(&report, &crate::render::Terminal::default()).is_empty());
    assert!(crate::render::workbook(&report).is_ok());
    assert!(
        (0..15)
            .all(|at| !crate::render::explain(&report, at, &crate::render::Terminal::default()).is_empty())
    );
}
