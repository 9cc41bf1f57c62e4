//! Text that no one means: a tree or a diagnostic, in bounded time, memory and stack.

use goalsheet::diagnostic::Code;
use goalsheet::source::Source;
use goalsheet::syntax::format::format;
use goalsheet::syntax::{Language, parse};

/// What a hostile text repeats.
#[rustfmt::skip]
const FAMILIES: [&str; 60] = [
    "1 ", "from 1 to ", "a: ", "by 10% ", ">", "1+", "w", "\"'", "every ", "not ", ",", "- ", "# ", "e\u{301}", "\u{301}",
    "a\u{200b}", "1", "1,", "1e9 ", "(", "[", "()", "\"\"\"", "--", "January ", "for each region: ", "\u{1f468}\u{200d}\u{1f469}\u{200d}",
    "\u{202e}abc ", "language xx ", "// ", "sum(", "if(1,", "x or ", "where ", "count where ", "the first week of ",
    "between 1 and ", "in ", "to ", "of ", "number of ", "Q3 ", "01/02/2025 ", "\0", "\u{7}", "\u{feff}", "because ", "by reducing ",
    "compared to ", "\u{2039}by\u{203a} ", "\u{ff11}", "a.b", "1 000 ", "at least ", "x is not ", "x in (\"a\", ", "-(", "not (", "\r", "%-",
];

/// A text of `unit` alone in lines of `width` bytes, about `length` bytes of it.
fn lines(unit: &str, width: usize, length: usize, head: &str) -> String {
    let line = format!("{head}{}\n", unit.repeat(width / unit.len() + 1));
    line.repeat(length / line.len() + 1)
}

fn read(text: String) -> (usize, Vec<Code>) {
    let source = Source::new("hostile.goals", text);
    let (program, findings) = parse(&source, Language::English);
    (program.statements.len(), findings.iter().map(|finding| finding.code).collect())
}

#[test]
fn every_family_ends_in_statements_and_bounded_findings() {
    for unit in FAMILIES {
        for (width, head) in
            [(20_000, ""), (2_000, ""), (90, "metric m = "), (90, "increase x for "), (20, "")]
        {
            let text = lines(unit, width, 20_000, head);
            let count = text.lines().count();
            let (_, found) = read(text);
            assert!(found.len() <= 3 * count + 3, "{unit:?} in lines of {width}: {} findings", found.len());
        }
    }
}

#[test]
fn limits_are_named() {
    let code = |text: &str| read(text.to_owned()).1.first().copied();
    assert_eq!(code(&format!("metric m = {}1{}", "(".repeat(65), ")".repeat(65))), Some(Code::P104));
    assert_eq!(code(&format!("metric m = {}1{}", "(".repeat(64), ")".repeat(64))), None);
    assert_eq!(code(&format!("metric m = {}1{}", "(".repeat(4_000), ")".repeat(4_000))), Some(Code::P104));
    assert_eq!(code(&format!("increase {}x{} by 5", "abs(".repeat(9), ")".repeat(9))), Some(Code::P104));
    assert_eq!(code(&format!("increase {}x{} by 5", "abs(".repeat(8), ")".repeat(8))), None);
    assert_eq!(code(&format!("metric m = {}1", "1 + ".repeat(600))), Some(Code::P104));
    assert_eq!(code(&format!("metric m = {}1", "1 + ".repeat(400))), None);
    assert_eq!(code(&format!("metric m = {}x", "x ".repeat(63))), None);
    assert!(code(&format!("metric m = {}x", "x ".repeat(64))).is_some());
    assert_eq!(code(&format!("increase {} by 5", "x".repeat(10_000))), Some(Code::P103));
    assert_eq!(code("increase revenue by 10% (the web"), Some(Code::P143));
}

#[test]
fn ten_thousand_brackets_in_any_line_are_one_message() {
    for head in ["metric m = ", "increase x for ", "column c = ", "data d from \"f\"\n    ignore rows where "]
    {
        let text = format!("{head}{}1{}", "(".repeat(4_500), ")".repeat(4_500));
        let (_, found) = read(text);
        assert_eq!(found.len(), 1, "{head}");
    }
}

#[test]
fn a_text_that_is_no_goal_file_is_given_up() {
    let text = "increase revenue\n".repeat(5_000) + "increase   revenue   by 10%\n";
    let (statements, found) = read(text.clone());
    assert_eq!((statements, found.len()), (1_001, 1_002));
    assert_eq!(found.last(), Some(&Code::P107));
    let source = Source::new("hostile.goals", text.clone());
    assert_eq!(format(&source, Language::English), text, "what was not read stays as it is");
}

#[test]
fn a_thousand_mistakes_hide_no_goal() {
    let text = "increase revenue\n".repeat(900) + "increase revenue by 10%\n";
    assert_eq!(read(text).0, 901);
}
