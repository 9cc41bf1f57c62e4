use super::*;
use crate::language::Language;
use crate::report::{Style, fixture};

fn shown(width: usize) -> String {
    terminal(&fixture::report(), &Terminal { width, colour: false, unicode: true })
}

#[track_caller]
fn same(width: usize, expected: &str) {
    let text = shown(width);
    for (at, (line, wanted)) in text.lines().zip(expected.lines()).enumerate() {
        assert_eq!(line, wanted, "line {} at {width}", at + 1);
    }
    assert_eq!(text.lines().count(), expected.lines().count());
}

#[test]
fn eighty_characters_show_what_is_and_what_is_wanted() {
    same(80, include_str!("terminal_80.txt"));
}

#[test]
fn a_hundred_and_twenty_add_progress_expected_pace_and_deadline() {
    same(120, include_str!("terminal_120.txt"));
}

#[test]
fn a_hundred_and_fifty_add_forecast_chance_and_owner() {
    let text = shown(150);
    let header = text.lines().find(|l| l.starts_with(" # ")).unwrap();
    let names: Vec<&str> = header.split_whitespace().collect();
    let all = "# Goal Status Progress Actual Expected Target Unit Pace Forecast Chance Deadline Owner";
    assert_eq!(names, all.split_whitespace().collect::<Vec<_>>());
    assert!(text.lines().all(|line| crate::render::text::width(line) <= 150));
}

#[test]
fn sixty_join_the_unit_to_the_target() {
    let text = shown(60);
    assert!(text.contains("48.62 MSEK\n"), "{text}");
    assert!(!text.contains("Unit"));
    assert!(text.lines().all(|line| crate::render::text::width(line) <= 60), "{text}");
}

#[test]
fn under_sixty_a_goal_takes_two_lines() {
    let text = shown(44);
    assert!(text.contains("\n 1 Revenue +10%\n   ▲ at risk      20.91 of 48.62 MSEK\n"), "{text}");
    for width in [20, 44, 59] {
        assert!(
            shown(width).lines().all(|line| crate::render::text::width(line) <= width.max(23)),
            "{width}"
        );
    }
}

#[test]
fn without_colour_the_text_is_the_same_to_the_letter() {
    let coloured = terminal(&fixture::report(), &Terminal { width: 120, colour: true, unicode: true });
    let mut plain = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        rest = after.split_once('m').unwrap().1;
    }
    plain.push_str(rest);
    let trimmed: Vec<&str> = plain.lines().map(str::trim_end).collect();
    assert_eq!(trimmed, shown(120).lines().collect::<Vec<_>>());
}

#[test]
fn ascii_is_enough() {
    let text = terminal(&fixture::report(), &Terminal { width: 120, colour: false, unicode: false });
    assert!(text.is_ascii(), "{:?}", text.chars().filter(|c| !c.is_ascii()).collect::<String>());
    assert!(text.contains("x off track    ---------|"), "{text}");
}

#[test]
fn swedish_figures_keep_their_points_below_each_other() {
    let report = fixture::parts().report(Style { language: Language::Swedish });
    let text = terminal(&report, &Terminal::default());
    let row = text.lines().find(|l| l.starts_with(" 1 ")).unwrap();
    assert!(row.ends_with("20,91       48,62   Mkr"), "{row}");
    let share = text.lines().find(|l| l.contains("2,49\u{a0}%")).unwrap();
    let last = |line: &str| line.chars().collect::<Vec<_>>().iter().rposition(|c| *c == ',').unwrap();
    assert_eq!(last(row), last(share), "{row}\n{share}");
}
