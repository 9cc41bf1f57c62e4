//! Messages about the change of a goal, its notes and brackets.

use super::{Finding, before, error, shown, word};
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::language::Language;
use crate::source::Span;
use crate::syntax::words::{Mode, table};

pub(crate) fn no_change(span: Span, verb: Option<&str>, language: Language) -> Finding {
    let finding = Diagnostic::error(Code::P211, span, "expected by how much or to what level, found neither");
    Box::new(match verb {
        Some(verb) => {
            let (by, to, from) = (word(language, "by"), word(language, "to"), word(language, "from"));
            finding
                .label(format!("`{verb}`, but how far?"))
                .help(format!("add `{by} 10%`, `{to} 500` or `{from} 5 {to} 10`"))
        }
        None => finding
            .help(format!("write a goal: `{}`", shown(language, "example:goal")))
            .help("what has no number is done or not: write it as an action under a goal, `- [ ] new website by 2025-09-30`")
            .help("prose stands behind a `>`"),
    })
}

pub(crate) fn two_changes(first: Span, second: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P212, second, format!("`{text}` is a second change in the same goal"))
            .related(Location::Text(first), "the first one")
            .help("two changes are two goals: write each on a line of its own"),
    )
}

pub(crate) fn second_value(first: Span, second: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P212, second, format!("`{text}` is a second value in the same goal"))
            .related(Location::Text(first), "the first one")
            .help("two values are two goals: write each on a line of its own; a name that holds a number stands in brackets: `[phase 2 visits]`"),
    )
}

pub(crate) fn said_twice(what: &str, first: Span, second: Span) -> Finding {
    Box::new(
        Diagnostic::error(Code::P213, second, format!("expected {what} once, found it twice"))
            .related(Location::Text(first), "said here first")
            .help("keep one of them"),
    )
}

/// A value after a word that is nearly `by` or `to`.
pub(crate) fn misspelt_preposition(span: Span, word: &str, near: &str, value: &str) -> Finding {
    Box::new(
        Diagnostic::error(
            Code::P214,
            span,
            format!("expected `by` or `to` before `{value}`, found `{word}`"),
        )
        .fix(format!("did you mean `{near}`?"), span, near.to_owned()),
    )
}

pub(crate) fn value_without_word(span: Span, text: &str, language: Language) -> Finding {
    let (by, to) = (word(language, "by"), word(language, "to"));
    let finding = Diagnostic::error(Code::P214, span, format!("expected `{by}` or `{to}` before `{text}`"));
    Box::new(finding.fix("a change of that size", before(span), format!("{by} ")).fix(
        "a level to come to",
        before(span),
        format!("{to} "),
    ))
}

/// `between` with one value.
pub(crate) fn half_a_range(span: Span, text: &str, language: Language) -> Finding {
    let (between, and) = (word(language, "between"), word(language, "and"));
    Box::new(
        Diagnostic::error(
            Code::P214,
            span,
            format!("expected two values after `{between}`, found `{text}` alone"),
        )
        .help(format!("write both ends: `{between} 5 {and} 10`")),
    )
}

/// `from` with one value.
pub(crate) fn half_a_pair(span: Span, text: &str, language: Language) -> Finding {
    let (from, to) = (word(language, "from"), word(language, "to"));
    Box::new(
        Diagnostic::error(
            Code::P214,
            span,
            format!("expected `{from} {text} {to} …`, found `{from} {text}` alone"),
        )
        .help(format!("write where the change ends: `{from} {text} {to} V`; a value of a column is quoted: `{from} \"{text}\"`")),
    )
}

/// `increase … for each region`: it stands before the goal.
pub(crate) fn for_each_behind(span: Span, text: &str, goal: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P206, span, format!("expected `{text}` before the goal, with a colon"))
            .help(format!("write `{text}: {goal}`")),
    )
}

pub(crate) fn count_to_or_by(span: Span, verb: &str, value: &str, language: Language) -> Finding {
    let (by, to, reduce) = (word(language, "by"), word(language, "to"), word(language, "v:decrease"));
    Box::new(
        Diagnostic::error(Code::P215, span, format!("`{verb} {value} …` can be by {value} or to {value}"))
            .help(format!("write `{reduce} … {by} {value}` or `{reduce} … {to} {value}`")),
    )
}

pub(crate) fn level_without_word(span: Span, text: &str, language: Language) -> Finding {
    let (least, most) = (word(language, "at-least"), word(language, "at-most"));
    Box::new(
        Diagnostic::error(Code::P214, span, format!("expected a verb or a bound before `{text}`"))
            .fix("a floor", before(span), format!("{least} "))
            .fix("a cap", before(span), format!("{most} "))
            .help("a level alone stands after a colon: `uptime: 99`"),
    )
}

pub(crate) fn keep_at(span: Span, text: &str, language: Language) -> Finding {
    let opener = text.find(|c: char| c.is_ascii_digit() || "€$£¥-−".contains(c)).unwrap_or(0);
    // `at 5` without its word; `at SEK 5` keeps the currency
    let first = text.split(' ').next().unwrap_or("");
    let opens = ["at", "to", "on", "amounting"].iter().any(|canonical| {
        table(language, Mode::Sentence).canonical(&crate::names::fold_text(first)) == Some(*canonical)
    });
    let value = if opens && opener > 0 { text[first.len()..].trim_start() } else { text };
    let (least, most) = (word(language, "at-least"), word(language, "at-most"));
    let keep = word(language, "v:keep");
    let at = match shown(language, "level-at") {
        "" => "at",
        at => at,
    };
    Box::new(
        Diagnostic::error(
            Code::P216,
            span,
            format!("`{keep} … {text}` needs a side: `{least}`, `{most}` or a tolerance"),
        )
        .fix("a floor", span, format!("{least} {value}"))
        .fix("a cap", span, format!("{most} {value}"))
        .help(format!("or a tolerance: `{at} {value} ± 2%`")),
    )
}

pub(crate) fn keep_by(span: Span, text: &str, language: Language) -> Finding {
    let (keep, between, and) = (word(language, "v:keep"), word(language, "between"), word(language, "and"));
    let (least, most) = (word(language, "at-least"), word(language, "at-most"));
    Box::new(
        Diagnostic::error(Code::P216, span, format!("`{keep}` holds a level, found the change `{text}`"))
            .help(format!("write `{keep} … {least} V`, `{most} V` or `{between} A {and} B`")),
    )
}

pub(crate) fn reversed_range(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(
            Code::P217,
            span,
            format!("expected the lower end of the range first, found `{text}`"),
        )
        .help("write the smaller value first; a range is never turned round"),
    )
}

pub(crate) fn negative_amount(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P218, span, format!("expected a positive amount, found `{text}`"))
            .help("the verb gives the direction: write the other verb and the amount without its sign"),
    )
}

pub(crate) fn no_change_at_all(span: Span, text: &str) -> Finding {
    error(Code::P218, span, format!("expected an amount above zero, found `{text}`"))
}

pub(crate) fn two_units(span: Span, text: &str) -> Finding {
    error(Code::P219, span, format!("expected one unit for both numbers, found two in `{text}`"))
}

pub(crate) fn unsure_scale(span: Span, text: &str) -> Finding {
    error(
        Code::P219,
        span,
        format!("expected a scale word at both numbers or at neither, found it at one in `{text}`"),
    )
}

pub(crate) fn two_bounds(span: Span, text: &str) -> Finding {
    error(Code::P220, span, format!("expected one bound, found two in `{text}`"))
}

pub(crate) fn wrong_bound(span: Span, text: &str, up: bool) -> Finding {
    let (verb, other) = if up { ("increase", "at least") } else { ("decrease", "at most") };
    Box::new(
        Diagnostic::error(Code::P221, span, format!("`{verb}` goes the other way than `{text}`"))
            .help(format!("write `{verb} … to {other} …`, or `keep …` for a limit")),
    )
}

pub(crate) fn wrong_way(span: Span, text: &str, up: bool) -> Finding {
    let verb = if up { "increase" } else { "decrease" };
    error(Code::P221, span, format!("`{verb}` goes the other way than `{text}`"))
}

pub(crate) fn by_range(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P222, span, format!("expected one amount, found the range `{text}`"))
            .help("a change is reached at its lower end: write that one"),
    )
}

pub(crate) fn range_without_word(span: Span, text: &str) -> Finding {
    Box::new(Diagnostic::error(Code::P214, span, format!("expected `from` before `{text}`")).fix(
        "a change from one to the other",
        before(span),
        "from ".to_owned(),
    ))
}

pub(crate) fn by_times(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(
            Code::P222,
            span,
            format!("`{text}` can be that many times as much, or more by that many times"),
        )
        .help("write `double …`, `triple …`, `by 100%` or the level `to …`"),
    )
}

pub(crate) fn times_as_much(span: Span, text: &str, factor: rust_decimal::Decimal) -> Diagnostic {
    Diagnostic::warning(Code::P230, span, format!("`{text}` is read as {factor} times as much"))
        .help(format!("write `to {factor} times` or the level; for that many times more, the percentage"))
}

pub(crate) fn on_average(span: Span, text: &str) -> Diagnostic {
    Diagnostic::warning(Code::P230, span, format!("`{text}` is read as over the whole window"))
}

pub(crate) fn example(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P233, span, format!("`{text}` begins an example, expected a goal"))
            .help("an example is a comment: `// …`, or a quotation: `> …`"),
    )
}

pub(crate) fn exception(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(
            Code::P233,
            span,
            format!("`{text}` begins an exception, expected one goal without"),
        )
        .help("say what counts as a condition: `for region <> \"Norway\"`"),
    )
}

pub(crate) fn negation(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(
            Code::P234,
            span,
            format!("`{text}` says what is not to be, expected what is to be"),
        )
        .help("a limit: `keep costs at most 500`"),
    )
}

pub(crate) fn past(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(
            Code::P234,
            span,
            format!("`{text}` reports what has been, expected what is to be"),
        )
        .help("write the goal: `increase revenue by 10% by 2025-12-31`"),
    )
}

pub(crate) fn reach_by(span: Span, verb: &str, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P223, span, format!("`{verb}` names a level, found the change `{text}`"))
            .help("write `increase … by …` or `reach … to …`"),
    )
}

pub(crate) fn change_every(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P224, span, format!("a change `{text}` can be over the whole, or each time on the one before"))
            .help("over the whole: leave it out; each on the one before: write `compared to previous month` and the month; a limit: `keep …`"),
    )
}

pub(crate) fn year_or_amount(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P225, span, format!("`{text}` can be a year or an amount"))
            .help("a year stands beside a change: `by 10% by 2025`; an amount beside a time, or with its thousands grouped: `by 2,025`"),
    )
}

pub(crate) fn bare_year(span: Span, year: i32) -> Finding {
    Box::new(
        Diagnostic::error(Code::P226, span, format!("expected a word before the year `{year}`"))
            .fix("a window", before(span), "in ".to_owned())
            .fix("a deadline", before(span), "by ".to_owned()),
    )
}

pub(crate) fn note_before_change(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P227, span, format!("expected a change before the note `{text}`"))
            .help("free text follows the change: `increase revenue by 10% by opening two shops`"),
    )
}

pub(crate) fn paren_with_number(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P228, span, format!("expected a note without numbers in brackets, found `{text}`"))
            .help("a bracket may repeat the target, `(target of 39 days)`, or name the base year, `(baseline 2019)`; put anything else in a `note:` clause"),
    )
}

pub(crate) fn paren_differs(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(
            Code::P228,
            span,
            format!("`{text}` in brackets says something else than the goal"),
        )
        .help("leave the bracket out, or let both say the same; other figures stand in a `note:` clause"),
    )
}

pub(crate) fn number_in_note(span: Span, text: &str) -> Diagnostic {
    Diagnostic::warning(Code::P229, span, format!("the note `{text}` holds a number that is not evaluated"))
}

pub(crate) fn vague_time(span: Span, text: &str) -> Diagnostic {
    Diagnostic::warning(Code::P231, span, format!("`{text}` names no time"))
        .help("add `in 2025` or `by 2025-12-31`")
}

pub(crate) fn within_condition(span: Span, duration: &str) -> Finding {
    Box::new(
        Diagnostic::error(
            Code::P232,
            span,
            format!("`within {duration}` can be the goal's time or a condition on each row"),
        )
        .help(format!("the goal's time: `in the next {duration}`; a condition: `where … <= {duration}`")),
    )
}

pub(crate) fn approximate(span: Span, text: &str) -> Diagnostic {
    Diagnostic::warning(Code::P230, span, format!("`{text}` is read as the exact number"))
}

pub(crate) fn more_than_by(span: Span, text: &str) -> Diagnostic {
    Diagnostic::warning(Code::P230, span, format!("`{text}` is read as at least that much"))
}
