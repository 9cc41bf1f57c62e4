//! A keyword or number of one language → the forms it may have in another, the likeliest first.

use std::ops::Range;

use rust_decimal::Decimal;

use super::{reads_as, table};
use crate::language::Language;
use crate::names;
use crate::syntax::words::{Mode, Table};

/// A word or number that changes, and what it may become.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    pub(super) range: Range<usize>,
    /// The canonical word; empty for numbers and for what is written as a whole.
    pub(super) canonical: String,
    pub(super) options: Vec<String>,
}

impl Slot {
    /// Whether both stand at one place.
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.range.start < other.range.end && other.range.start < self.range.end
    }
}

/// Canonical words that one language tells apart and another does not.
const ALIKE: &[(&str, &[&str])] = &[
    ("by", &["until"]),
    ("until", &["by"]),
    ("to", &["until", "by"]),
    ("month:5", &["may"]),
    ("may", &["month:5"]),
    ("during-below", &["in", "during", "below"]),
    ("during", &["in", "during-below"]),
    ("under", &["below", "during-below"]),
    ("last-year", &["same-period-last-year"]),
    ("s:keep", &["v:keep"]),
    ("points", &["percent"]),
    ("w", &["unit:week"]),
    ("in", &["during", "during-below"]),
    ("related", &["compared"]),
    ("by-column", &["by"]),
    ("on", &["at"]),
    ("at", &["on"]),
    ("starting", &["from"]),
];

/// Canonical words that a language says better with another one, where it has that.
const EARLIER: &[(&str, &str)] = &[("below", "during-below")];

/// Words whose absence changes nothing.
const IDLE: &[&str] = &["the", "a", "filler", "lead", "of", "be", "at"];

/// What English writes with words that are no keywords there.
fn plain_words(canonical: &str) -> Option<&str> {
    match canonical {
        "last-year" => Some("last year"),
        "this-year" => Some("this year"),
        "end-word" => Some("end of"),
        "plus-minus" => Some("±"),
        _ => canonical.strip_prefix("f:"),
    }
}

/// The forms of a keyword in another language.
pub(super) fn forms(
    typed: &str,
    canonical: &str,
    before_digit: bool,
    mode: Mode,
    (from, to): (Language, Language),
) -> Vec<String> {
    let (source, target) = (table(from, mode), table(to, mode));
    let mut found = Vec::new();
    let mut add = |form: &str| {
        // a noun of German has a capital everywhere
        let is_noun = from == Language::German && {
            let folded = names::fold_text(typed);
            table(from, Mode::Statement).shown(table(from, Mode::Sentence).shown(&folded)) != folded
        };
        let form = dressed(form, if is_noun { "" } else { typed }, canonical, to);
        if !found.contains(&form) {
            found.push(form);
        }
    };
    if before_digit && let Some(letters) = target.letters(canonical, &names::fold_text(typed)) {
        add(&letters.to_uppercase());
    }
    // an amount in a clause is read as one in a sentence
    let is_money = canonical.starts_with("currency:") || canonical.starts_with("money:");
    let sentence = if is_money { table(to, Mode::Sentence) } else { target };
    if reads_as(target, typed, canonical)
        && reads_as(sentence, typed, canonical)
        && (mode == Mode::Sentence || !is_english(typed, canonical, from, to))
    {
        add(typed);
    }
    // a code is a code everywhere
    if canonical.starts_with("currency:") && typed.len() == 3 && typed.chars().all(|c| c.is_ascii_uppercase())
    {
        add(typed);
    }
    // `genom fler kampanjer`, read as a note
    if canonical == "note"
        && source.all_written("through").iter().any(|form| *form == names::fold_text(typed))
    {
        target.all_written("through").iter().for_each(|form| add(form));
    }
    if let Some(earlier) = EARLIER.iter().find(|(word, _)| *word == canonical && mode == Mode::Sentence) {
        target.all_written(earlier.1).iter().for_each(|form| add(form));
    }
    for form in own_forms(source, target, typed, canonical) {
        add(form);
    }
    for other in ALIKE.iter().filter(|(word, _)| *word == canonical).flat_map(|(_, others)| *others) {
        target.all_written(other).iter().filter(|form| reads_as(target, form, other)).for_each(|f| add(f));
    }
    if let Some(plain) = plain_words(canonical) {
        add(plain);
    }
    if let Some((scale, currency)) = canonical.strip_prefix("money:").and_then(|both| both.split_once(':')) {
        let scale = target.written(&format!("scale:{scale}")).unwrap_or("");
        let is_own = target.written(&format!("currency:{currency}")).filter(|form| form.len() != 3);
        add(&format!("{} {}", target.shown(scale), is_own.unwrap_or(currency)));
    }
    if IDLE.contains(&canonical) {
        add("");
    }
    add(typed);
    found
}

/// A declaration written in English in a file of another language: translated as well.
fn is_english(typed: &str, canonical: &str, from: Language, to: Language) -> bool {
    let english = reads_as(table(Language::English, Mode::Statement), typed, canonical);
    english && to != Language::English && from == Language::English
}

/// The forms in the table of the language, the one that stands where the typed one does in its own table first.
fn own_forms<'a>(source: &Table, target: &'a Table, typed: &str, canonical: &str) -> Vec<&'a str> {
    let folded = names::fold_text(typed);
    let place = source.all_written(canonical).iter().position(|form| *form == folded).unwrap_or(0);
    let all = target.all_written(canonical);
    let known = |form: &&String| reads_as(target, form, canonical);
    let mut own: Vec<&str> = all.iter().filter(known).map(String::as_str).collect();
    // `dag | dagar` and `day | days`: the number of the noun stays
    if canonical.starts_with("unit:") && place > 0 && own.len() > 1 {
        own.swap(0, 1);
    }
    own
}

/// A form with the capitals that it needs, or that the typed one had.
pub(super) fn dressed(form: &str, typed: &str, canonical: &str, to: Language) -> String {
    let form = table(to, Mode::Statement).shown(table(to, Mode::Sentence).shown(form));
    let names_it = canonical.starts_with("month:") || canonical.starts_with("weekday:") || canonical == "may";
    let is_code = canonical.starts_with("currency:") || canonical.starts_with("fy");
    let capital = typed.chars().next().is_some_and(char::is_uppercase);
    if is_code && form.len() == 3 && form != typed {
        return form.to_uppercase();
    }
    let is_noun_of_time = names_it && !matches!(to, Language::English | Language::German);
    if (capital && !is_noun_of_time) || (names_it && matches!(to, Language::English | Language::German)) {
        let mut letters = form.chars();
        return letters
            .next()
            .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
    }
    if is_noun_of_time { form.to_lowercase() } else { form.to_owned() }
}

/// A number with the marks of another language.
pub(super) fn number(value: Decimal, typed: &str, from: Language, to: Language) -> String {
    let text = value.to_string();
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
    let group = if from.decimal_mark() == '.' { ',' } else { '.' };
    let is_grouped = typed.contains(group)
        && !(typed.matches(group).count() == 1 && fraction.is_some() && !typed.contains(from.decimal_mark()));
    let mut written = String::with_capacity(text.len() + 4);
    for (at, digit) in whole.chars().enumerate() {
        if is_grouped && at > 0 && (whole.len() - at) % 3 == 0 {
            written.push(' ');
        }
        written.push(digit);
    }
    if let Some(fraction) = fraction {
        written.push(to.decimal_mark());
        written.push_str(fraction);
    }
    written
}

/// The numbers with a mark in them that stand in a stretch of the text.
pub(super) fn numerals(text: &str, at: Range<usize>) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut start = at.start;
    while start < at.end {
        if !bytes[start].is_ascii_digit() {
            start += 1;
            continue;
        }
        let (mut end, mut marks) = (start, 0);
        while end < at.end {
            let is_mark = matches!(bytes[end], b'.' | b',')
                && bytes.get(end + 1).is_some_and(u8::is_ascii_digit)
                && end + 1 < at.end;
            if !bytes[end].is_ascii_digit() && !is_mark {
                break;
            }
            marks += usize::from(is_mark);
            end += 1;
        }
        if marks > 0 {
            found.push(start..end);
        }
        start = end.max(start + 1);
    }
    found
}
