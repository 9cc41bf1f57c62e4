//! Sheet names: number and subject, inside Excel's rules, no two alike.

use std::collections::{BTreeMap, BTreeSet};

use crate::report::Report;

/// A sheet name has at most this many UTF-16 units.
const LONGEST: usize = 31;

/// The sheet of each goal that has one.
pub(super) fn sheet_names(report: &Report, goals: &[usize]) -> BTreeMap<usize, String> {
    let mut taken: BTreeSet<String> = [
        "scorecard",
        "potential",
        "rules",
        "data quality",
        "earlier runs",
        "goals",
        "about",
        "measures",
        "history",
    ]
    .into_iter()
    .map(str::to_owned)
    .collect();
    let mut names = BTreeMap::new();
    for at in goals {
        let Some(goal) = report.goals.get(*at) else { continue };
        let name = free(&legal(&format!("{} {}", goal.number, goal.subject)), &taken);
        taken.insert(name.to_lowercase());
        names.insert(*at, name);
    }
    names
}

/// Without the characters Excel refuses, and without `_x0041_`, which it would decode.
fn legal(text: &str) -> String {
    let plain: String = super::page::one_line(text, 200)
        .chars()
        .map(|sign| if matches!(sign, '[' | ']' | ':' | '*' | '?' | '/' | '\\') { ' ' } else { sign })
        .collect();
    let plain = plain.replace("_x", "-x");
    let single = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    cut(&single, LONGEST)
}

/// At most `most` UTF-16 units, never ending in a blank or an apostrophe.
fn cut(text: &str, most: usize) -> String {
    let mut units = 0;
    let short: String = text
        .chars()
        .take_while(|sign| {
            units += sign.len_utf16();
            units <= most
        })
        .collect();
    let whole = short.len() == text.len();
    // a word is cut only where nothing else is left
    let short = match short.rfind(' ') {
        Some(at) if !whole && at > short.len() / 2 => short.get(..at).unwrap_or(&short),
        _ => &short,
    };
    short.trim_matches(['\'', ' ', ',']).to_owned()
}

fn free(name: &str, taken: &BTreeSet<String>) -> String {
    let mut candidate = name.to_owned();
    let mut count = 2;
    while taken.contains(&candidate.to_lowercase()) {
        let tail = format!(" ({count})");
        candidate = format!("{}{tail}", cut(name, LONGEST - tail.len()));
        count += 1;
    }
    candidate
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_excels_rules() {
        assert_eq!(legal("4 Conversion rate, Google"), "4 Conversion rate, Google");
        assert_eq!(legal("1 a/b:c*[d]?"), "1 a b c d");
        assert_eq!(legal("1 _x0041_"), "1 -x0041_");
        assert_eq!(legal(&"å".repeat(40)).chars().count(), 31);
        assert_eq!(legal("4 Conversion rate, visitors from Google"), "4 Conversion rate, visitors");
        assert_eq!(legal("7 it's '"), "7 it's");
        assert_eq!(legal(&format!("1 {}", "\u{1f600}".repeat(20))).encode_utf16().count(), 30);
    }

    #[test]
    fn no_two_are_alike_whatever_their_case() {
        let taken: BTreeSet<String> = ["1 abc".to_owned()].into_iter().collect();
        assert_eq!(free("1 ABC", &taken), "1 ABC (2)");
    }
}
