//! Periods as people name them, on the calendar: declared on Saturday 15 March 2025, dates worked out by hand.

use super::{Language, reading};

/// The window of a time, both ends included, or the code of its refusal.
fn window(time: &str, language: Language) -> String {
    let change = match language {
        Language::Swedish => format!("öka x med 5 % {time}"),
        _ => format!("increase x by 5% {time}"),
    };
    let read = reading(&change, language);
    match read.split_once(" | percent 0.05 | ") {
        Some((head, window)) if head.ends_with("| x") => window.to_owned(),
        Some(_) => read,
        None => read.split(':').next().unwrap_or("").to_owned(),
    }
}

#[track_caller]
fn all(language: Language, cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(time, expected)| {
            let found = window(time, language);
            (found != *expected).then(|| format!("{time}\n  expected {expected}\n  found    {found}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn quarters_halves_and_years() {
    all(
        Language::English,
        &[
            // a deadline begins with its year
            ("by end of Q3", "2025-01-01 to 2025-09-30"),
            ("by the end of the third quarter", "2025-01-01 to 2025-09-30"),
            ("by the 3rd quarter of 2025", "2025-01-01 to 2025-09-30"),
            // the first quarter still runs on the declared day
            ("in Q1", "2025-01-01 to 2025-03-31"),
            ("in Q4 2025", "2025-10-01 to 2025-12-31"),
            ("in the last quarter of 2025", "2025-10-01 to 2025-12-31"),
            ("from Q2 to Q4", "2025-04-01 to 2025-12-31"),
            ("in the coming quarter", "2025-04-01 to 2025-06-30"),
            ("in the current quarter", "2025-01-01 to 2025-03-31"),
            ("in the first quarter of next year", "2026-01-01 to 2026-03-31"),
            ("in the first half of 2026", "2026-01-01 to 2026-06-30"),
            ("in the second half of the year", "2025-07-01 to 2025-12-31"),
            ("in the second half of next year", "2026-07-01 to 2026-12-31"),
            ("in H2", "2025-07-01 to 2025-12-31"),
            ("in the next half-year", "2025-07-01 to 2025-12-31"),
            ("in the coming year", "2026-01-01 to 2026-12-31"),
            ("by year-end", "2025-01-01 to 2025-12-31"),
            ("by year-end 2026", "2026-01-01 to 2026-12-31"),
            ("by EOY", "2025-01-01 to 2025-12-31"),
            ("until the end of the year", "2025-01-01 to 2025-12-31"),
            ("by the end of next year", "2026-01-01 to 2026-12-31"),
            ("through 2026", "2026-01-01 to 2026-12-31"),
            ("in FY26", "2026-01-01 to 2026-12-31"),
            ("in fiscal 2026", "2026-01-01 to 2026-12-31"),
            ("in Q4 FY26", "2026-10-01 to 2026-12-31"),
            ("in fiscal Q4", "2025-10-01 to 2025-12-31"),
        ],
    );
}

#[test]
fn fiscal_years_of_their_own() {
    let case =
        |time: &str| reading(&format!("fiscal year starts July\nincrease x by 5% {time}"), Language::English);
    for (time, expected) in [
        ("in FY2026", "2025-07-01 to 2026-06-30"),
        ("in FY25/26", "2025-07-01 to 2026-06-30"),
        ("in 2025/26", "2025-07-01 to 2026-06-30"),
        ("next fiscal year", "2025-07-01 to 2026-06-30"),
        ("in Q1 FY2026", "2025-07-01 to 2025-09-30"),
        ("in fiscal 2026", "2025-07-01 to 2026-06-30"),
        ("in the first half of FY2026", "2025-07-01 to 2025-12-31"),
    ] {
        assert_eq!(case(time), format!("increase | x | percent 0.05 | {expected}"), "{time}");
    }
}

#[test]
fn months_weeks_and_days() {
    all(
        Language::English,
        &[
            // ISO week 31 of 2025 begins on Monday 28 July
            ("in week 31", "2025-07-28 to 2025-08-03"),
            ("in calendar week 31", "2025-07-28 to 2025-08-03"),
            ("in CW31 2026", "2026-07-27 to 2026-08-02"),
            // week 53 of 2026: Monday 28 December
            ("in week 53 2026", "2026-12-28 to 2027-01-03"),
            ("this week", "2025-03-10 to 2025-03-16"),
            ("next week", "2025-03-17 to 2025-03-23"),
            // weeks of a month by their Thursday: 31 July 2025, 7 August 2025
            ("in the last week of July", "2025-07-28 to 2025-08-03"),
            ("in the first week of August 2025", "2025-08-04 to 2025-08-10"),
            ("in the last month of the quarter", "2025-03-01 to 2025-03-31"),
            ("in the first month of Q3", "2025-07-01 to 2025-07-31"),
            ("between March and May", "2025-03-01 to 2025-05-31"),
            ("between March and May 2026", "2026-03-01 to 2026-05-31"),
            ("from March through May", "2025-03-01 to 2025-05-31"),
            ("between 1 April and 30 June", "2025-04-01 to 2025-06-30"),
            ("by June", "2025-01-01 to 2025-06-30"),
            // January and 1 January have passed: the next ones
            ("in January", "2026-01-01 to 2026-01-31"),
            ("by Jan 1st", "2026-01-01 to 2026-01-01"),
            ("starting in January", "2026-01-01 to 2026-12-31"),
            ("starting next month", "2025-04-01 to 2025-12-31"),
            ("effective 1 April 2025", "2025-04-01 to 2025-12-31"),
            ("by the 15th of June", "2025-01-01 to 2025-06-15"),
            ("no later than 30 June", "2025-01-01 to 2025-06-30"),
            ("by month-end", "2025-01-01 to 2025-03-31"),
            ("year to date", "2025-01-01 to 2025-03-15"),
        ],
    );
}

#[test]
fn spans_count_from_the_declared_day() {
    all(
        Language::English,
        &[
            ("in the next 10 months", "2025-03-15 to 2026-01-14"),
            ("over the next 10 months", "2025-03-15 to 2026-01-14"),
            ("within the next two quarters", "2025-03-15 to 2025-09-14"),
            ("in 5 upcoming years", "2025-03-15 to 2030-03-14"),
            ("over the 5 upcoming years", "2025-03-15 to 2030-03-14"),
            // 15 March is the first of the ninety days
            ("in the next 90 days", "2025-03-15 to 2025-06-12"),
            ("within 2 weeks", "2025-03-15 to 2025-03-28"),
            ("in the last three months", "2024-12-15 to 2025-03-14"),
            ("for six weeks from 2025-04-01", "2025-04-01 to 2025-05-12"),
            ("trailing twelve months", "2024-03-16 to 2025-03-15"),
        ],
    );
}

#[test]
fn periods_without_dates_of_their_own_are_refused() {
    for time in [
        "by Friday",
        "by next Friday",
        "on Monday",
        "by Christmas",
        "by Easter 2026",
        "by Thanksgiving",
        "by summer",
        "in spring",
        "in winter 2026",
        "by mid-year",
        "by mid 2026",
        "by mid-June",
        "by late 2026",
        "in early 2026",
        "tomorrow",
        "by tomorrow",
        "since January",
        "by the start of Q3",
        "by the end of Q5",
        "by the end of the decade",
        "in month 13",
        "in week 54",
        "by 2025-02-30",
        "by 3/4/2025",
        "by 31/3",
        "in July and August",
        "in Q2 and Q3",
        "in Q3 only",
        "in the next tw quarters",
        "within tharee years",
        "this half",
        "in 1H26",
        "during the 2025-26 school year",
        "by the end of",
    ] {
        let found = window(time, Language::English);
        assert!(found.starts_with('P') && found.len() == 4, "{time}: {found}");
    }
}

#[test]
fn ranges_and_parts() {
    all(
        Language::English,
        &[
            ("March to May 2025", "2025-03-01 to 2025-05-31"),
            ("in Mar-May 2025", "2025-03-01 to 2025-05-31"),
            ("in Q1–Q3 2025", "2025-01-01 to 2025-09-30"),
            ("in Q1 to Q3", "2025-01-01 to 2025-09-30"),
            ("in H1 to H2 2026", "2026-01-01 to 2026-12-31"),
            // week 10 of 2025 begins on Monday 3 March, week 20 ends on Sunday 18 May
            ("in weeks 10-20", "2025-03-03 to 2025-05-18"),
            ("weeks 31–33 2025", "2025-07-28 to 2025-08-17"),
            ("over the period 2025 to 2027", "2025-01-01 to 2027-12-31"),
            ("in the period 2025–2027", "2025-01-01 to 2027-12-31"),
            ("in 2025-2027", "2025-01-01 to 2027-12-31"),
            ("in the first three months of 2026", "2026-01-01 to 2026-03-31"),
            ("in the first 10 days of May", "2025-05-01 to 2025-05-10"),
            ("in the last 3 months of 2025", "2025-10-01 to 2025-12-31"),
            ("in the last two weeks of July 2025", "2025-07-21 to 2025-08-03"),
            ("in Q3 next year", "2026-07-01 to 2026-09-30"),
            ("by June of next year", "2026-01-01 to 2026-06-30"),
            ("in June this year", "2025-06-01 to 2025-06-30"),
            ("in 3Q 2025", "2025-07-01 to 2025-09-30"),
            ("in 2H 2025", "2025-07-01 to 2025-12-31"),
            ("in FY26 Q2", "2026-04-01 to 2026-06-30"),
        ],
    );
}

#[test]
fn deadlines_in_other_words() {
    all(
        Language::English,
        &[
            ("before July", "2025-01-01 to 2025-06-30"),
            ("before 1 July 2025", "2025-01-01 to 2025-06-30"),
            ("before 2030", "2029-01-01 to 2029-12-31"),
            ("before Q1 2026", "2025-01-01 to 2025-12-31"),
            ("before the end of 2025", "2025-01-01 to 2025-12-31"),
            ("before next year", "2025-01-01 to 2025-12-31"),
            ("by end 2025", "2025-01-01 to 2025-12-31"),
            ("by end-June", "2025-01-01 to 2025-06-30"),
            ("by 2030 at the latest", "2030-01-01 to 2030-12-31"),
            ("within a year", "2025-03-15 to 2026-03-14"),
            ("within the quarter", "2025-01-01 to 2025-03-31"),
            ("over a three-year period", "2025-03-15 to 2028-03-14"),
            ("throughout the year", "2025-01-01 to 2025-12-31"),
            ("for the full year 2025", "2025-01-01 to 2025-12-31"),
            ("in the upcoming quarter", "2025-04-01 to 2025-06-30"),
            ("on a 12-month rolling basis", "2024-03-16 to 2025-03-15"),
            ("by fiscal year-end", "2025-01-01 to 2025-12-31"),
        ],
    );
}

/// What only reads like a period is no value of a filter.
#[test]
fn no_period_is_taken_for_a_filter() {
    for time in [
        "in late June",
        "for the rest of the year",
        "in the same period",
        "in Q3'25",
        "in the 2020s",
        "in the 21st century",
        "in a few months",
        "in the calendar year",
        "within the next year",
        "by mid-2026",
        "by the start of Q3",
        "by Giving Tuesday",
    ] {
        let found = window(time, Language::English);
        assert!(found.starts_with('P') && found.len() == 4, "{time}: {found}");
    }
}

#[test]
fn swedish_periods() {
    all(
        Language::Swedish,
        &[
            ("senast i juni", "2025-01-01 to 2025-06-30"),
            ("senast den 31 augusti", "2025-01-01 to 2025-08-31"),
            ("under nästa kvartal", "2025-04-01 to 2025-06-30"),
            ("vecka 31", "2025-07-28 to 2025-08-03"),
            ("inom två år", "2025-03-15 to 2027-03-14"),
            ("till årsskiftet", "2025-01-01 to 2025-12-31"),
            ("under första halvåret 2026", "2026-01-01 to 2026-06-30"),
        ],
    );
    for time in ["senast på fredag", "till jul", "i sommar", "före julen", "under hösten"] {
        let found = window(time, Language::Swedish);
        assert!(found.starts_with('P'), "{time}: {found}");
    }
}
