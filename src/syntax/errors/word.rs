//! Messages about the words of a goal.

use super::{Finding, error, shown, word};
use crate::diagnostic::{Code, Diagnostic};
use crate::language::Language;
use crate::names;
use crate::source::Span;
use crate::syntax::words::{Mode, table};

pub(crate) fn doubled_word(span: Span, text: &str) -> Finding {
    Box::new(Diagnostic::error(Code::P201, span, format!("`{text}` stands twice in a row")).fix(
        "remove one",
        span,
        String::new(),
    ))
}

pub(crate) fn unexpected(span: Span, text: &str) -> Finding {
    if text == "?" {
        let finding = Diagnostic::error(Code::P202, span, "expected a goal, found a question".to_owned());
        return Box::new(finding.fix("leave the mark out, where it is one", span, String::new()));
    }
    Box::new(
        Diagnostic::error(
            Code::P202,
            span,
            format!("expected a word or a clause of the goal, found `{text}`"),
        )
        .help("a name that holds such a mark stands in brackets or quotes: `[gross/net %]`"),
    )
}

/// A word that belongs to no clause; a word from there on that may be a keyword misspelt.
pub(crate) fn left_over(span: Span, text: &str, near: Option<(Span, String)>, after_value: bool) -> Finding {
    let what = if after_value {
        "a unit or the next clause"
    } else {
        "a clause such as `by …`, `in …` or `compared to …`"
    };
    let finding = match &near {
        // the word that may be misspelt stands further on: that is the place
        Some((at, near)) if *at != span => {
            let message = format!("expected `{near}` or the like in the clause that begins with `{text}`");
            Diagnostic::error(Code::P203, *at, message).label("not understood")
        }
        _ => Diagnostic::error(Code::P203, span, format!("expected {what}, found `{text}`"))
            .label("not part of the metric, and no clause begins so"),
    };
    Box::new(match near {
        Some((at, near)) => finding.fix(format!("did you mean `{near}`?"), at, near),
        None => finding.help("free text follows `because …`, or stands in a `note:` clause under the goal"),
    })
}

/// The keyword of a language that a misspelt word comes nearest to.
pub(crate) fn nearest_keyword(text: &str, language: Language) -> Option<String> {
    // what is left over in the middle of a goal is no verb
    nearest_of(text, language, opens_something)
}

/// The phrase that a word begins (`compared` of `compared to`), or the word of this language for one of another (`im`).
pub(crate) fn begun_phrase(text: &str, language: Language) -> Option<String> {
    const PHRASES: &[&str] = &["compared", "at-least", "at-most", "starting", "ytd", "until"];
    const OPENERS: &[&str] =
        &["by", "in", "until", "within", "compared", "for", "from", "to", "during", "during-below"];
    let folded = names::fold_text(text);
    let own = table(language, Mode::Sentence);
    let begins =
        |form: &&String| form.strip_prefix(folded.as_str()).is_some_and(|rest| rest.starts_with(' '));
    let phrase = PHRASES.iter().flat_map(|canonical| own.all_written(canonical)).find(begins);
    if let Some(phrase) = phrase {
        return Some(phrase.clone());
    }
    if own.canonical(&folded).is_some() {
        return None;
    }
    let foreign = Language::ALL.into_iter().filter(|other| *other != language).find_map(|other| {
        table(other, Mode::Sentence).canonical(&folded).filter(|canonical| OPENERS.contains(canonical))
    });
    let word = own.written(if foreign? == "during-below" { "in" } else { foreign? })?;
    Some(own.shown(word).to_owned())
}

/// A word in which a clause began that did not go on as one, or that names nothing.
pub(crate) fn broken_clause(span: Span, text: &str, opens: bool) -> Finding {
    let finding = if opens {
        Diagnostic::error(Code::P203, span, format!("expected a whole clause after `{text}`"))
            .label("begins a clause, but none follows in its whole form")
            .help("write for example `by end of Q3`, `every month`, `compared to last year`; a name that holds the word stands in brackets: `[paid by card]`")
    } else {
        Diagnostic::error(Code::P203, span, format!("expected the metric or the next clause, found `{text}`"))
            .label("names nothing that is measured")
    };
    Box::new(finding)
}

pub(crate) fn value_like_period(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P205, span, format!("`{text}` begins as a period and goes on as none")).fix(
            "quote it, where it is a value of a column",
            span,
            format!("\"{text}\""),
        ),
    )
}

pub(crate) fn undated_period(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P205, span, format!("`{text}` names no period with dates of its own"))
            .help("write a date or a period: `by 2025-12-24`, `in Q2 2025`")
            .fix("quote it, where it is a value of a column", span, format!("\"{text}\"")),
    )
}

/// A unit of time that the word after `per` comes near to.
pub(crate) fn misspelt_grain(text: &str, language: Language) -> Option<String> {
    let near = nearest_of(text, language, |canonical| canonical.starts_with("unit:"))?;
    (strsim::damerau_levenshtein(&names::fold_text(text), &near) <= 1).then_some(near)
}

/// A word before a unit of time (`per`, `every`, `this`) that a short word comes within a letter of.
pub(crate) fn misspelt_before_unit(text: &str, language: Language) -> Option<String> {
    let folded = names::fold_text(text);
    let table = table(language, Mode::Sentence);
    let near = ["per", "every", "this", "next"]
        .iter()
        .flat_map(|canonical| table.all_written(canonical))
        .filter(|form| !form.contains(' ') && strsim::damerau_levenshtein(&folded, form) == 1);
    near.min().cloned()
}

/// A finite verb that the word before a value comes within a letter of.
pub(crate) fn misspelt_state(text: &str, language: Language) -> Option<String> {
    let near = nearest_of(text, language, |canonical| {
        canonical.starts_with("s:") || canonical.starts_with("p:") || canonical.starts_with("v:")
    })?;
    (text.chars().count() >= 5 && strsim::damerau_levenshtein(&names::fold_text(text), &near) <= 1)
        .then_some(near)
}

/// The last word of a bound of several words (`more than`, `at least`) that a word comes within a letter of.
pub(crate) fn misspelt_bound_end(text: &str, language: Language) -> Option<String> {
    let folded = names::fold_text(text);
    let table = table(language, Mode::Sentence);
    let ends = ["at-least", "at-most", "above", "below"]
        .iter()
        .flat_map(|canonical| table.all_written(canonical))
        .filter_map(|form| form.rsplit_once(' ').map(|(_, end)| end))
        .filter(|end| end.chars().count() >= 4 && strsim::damerau_levenshtein(&folded, end) == 1);
    ends.min().map(str::to_owned)
}

/// A modal or a form of `be` that the word before a bound comes within a letter of.
pub(crate) fn misspelt_modal(text: &str, language: Language) -> Option<String> {
    let near = nearest_of(text, language, |canonical| matches!(canonical, "modal" | "be" | "not"))?;
    let folded = names::fold_text(text);
    let close =
        strsim::damerau_levenshtein(&folded, &near) <= 1 && folded.chars().next() == near.chars().next();
    close.then_some(near)
}

/// `from` or a bound that the word before a value comes within a letter of.
pub(crate) fn misspelt_opening(text: &str, language: Language) -> Option<String> {
    let folded = names::fold_text(text);
    let table = table(language, Mode::Sentence);
    let forms = ["from", "at-least", "at-most", "above", "below", "between", "under", "over"]
        .iter()
        .flat_map(|canonical| table.all_written(canonical))
        .filter(|form| !form.contains(' ') && form.chars().count() >= 4);
    let near = forms.filter(|form| {
        folded.chars().next() == form.chars().next() && strsim::damerau_levenshtein(&folded, form) == 1
    });
    near.min().cloned()
}

/// A keyword that a word comes within a letter of.
pub(crate) fn nearest_unit(text: &str, language: Language) -> Option<String> {
    let condition =
        ["starts", "ends", "contains", "matches", "empty", "present", "true", "false", "rows", "be", "modal"];
    let near = nearest_of(text, language, |canonical| {
        opens_something(canonical) && !condition.contains(&canonical)
    })?;
    (strsim::damerau_levenshtein(&names::fold_text(text), &near) <= 1).then_some(near)
}

/// A unit or scale that the word after a number comes near to, by the same first letter.
pub(crate) fn misspelt_unit(text: &str, language: Language) -> Option<String> {
    let near = nearest_of(text, language, |canonical| {
        matches!(canonical, "percent" | "points" | "times" | "m")
            || ["unit:", "scale:", "currency:", "money:"].iter().any(|family| canonical.starts_with(family))
    });
    let folded = names::fold_text(text);
    let mut start: Vec<char> = folded.chars().take(2).collect();
    near.filter(|near| {
        let mut wanted: Vec<char> = near.chars().take(2).collect();
        let same = wanted.first() == start.first();
        wanted.sort_unstable();
        start.sort_unstable();
        same || wanted == start
    })
}

/// Whether two words begin with the same letter, or with the same two in either order.
fn begins_alike(a: &str, b: &str) -> bool {
    let start = |word: &str| {
        let mut letters = word.chars();
        (letters.next(), letters.next())
    };
    let (a, b) = (start(a), start(b));
    a.0 == b.0 || (a.0 == b.1 && a.1 == b.0)
}

/// Whether a keyword opens a clause or stands in one: no verb, and none that is only looked up where it stands.
fn opens_something(canonical: &str) -> bool {
    let looked_up = [
        "self",
        "pronoun",
        "past",
        "have",
        "as",
        "aim",
        "adverb",
        "not",
        "season",
        "possessive",
        "end-word",
        "conjunction",
        "while",
        "without",
        "forgo",
        "present",
        "period-noun",
        "range-noun",
        "latest",
        "past-verb",
        "example",
        "except",
    ];
    !looked_up.contains(&canonical)
        && !["v:", "s:", "p:", "i:"].iter().any(|family| canonical.starts_with(family))
}

fn nearest_of(text: &str, language: Language, wanted: impl Fn(&str) -> bool) -> Option<String> {
    let folded = names::fold_text(text);
    let length = folded.chars().count();
    if length < 3 {
        return None;
    }
    let limit = if length <= 6 { 1 } else { 2 };
    let forms = table(language, Mode::Sentence).forms().iter();
    // what differs more in length, or begins otherwise, is not measured
    let may_be_near = |form: &str| {
        let other = form.chars().count();
        other > 3 && other.abs_diff(length) <= limit && begins_alike(&folded, form)
    };
    let near =
        forms.filter(|(form, canonical)| may_be_near(form) && wanted(canonical)).filter_map(|(form, _)| {
            let distance = strsim::damerau_levenshtein(&folded, form);
            // a short word with another letter in it is another word
            let same_length = form.chars().count() == length;
            let swapped = strsim::levenshtein(&folded, form) > distance;
            let other_word = length <= 4 && same_length && !swapped;
            (!other_word && distance > 0 && distance <= limit && distance < length)
                .then_some((distance, form))
        });
    near.min().map(|(_, form)| form.clone())
}

/// The keyword that a word is with one of its letters typed twice (`ökka`, `øgg`).
fn doubled_letter(text: &str, language: Language, wanted: impl Fn(&str) -> bool) -> Option<String> {
    let letters: Vec<char> = names::fold_text(text).chars().collect();
    let table = table(language, Mode::Sentence);
    (1..letters.len()).filter(|at| letters[*at] == letters[*at - 1]).find_map(|at| {
        let single: String = letters[..at].iter().chain(&letters[at + 1..]).collect();
        table.canonical(&single).is_some_and(&wanted).then_some(single)
    })
}

/// `by` or `to` of the language, where a word is a letter away from it.
pub(crate) fn nearest_preposition(text: &str, language: Language) -> Option<String> {
    let folded = names::fold_text(text);
    if !(2..=5).contains(&folded.chars().count()) {
        return None;
    }
    let table = table(language, Mode::Sentence);
    let forms = table.all_written("by").iter().chain(table.all_written("to"));
    let near = forms.filter(|form| {
        let starts = folded.chars().next() == form.chars().next();
        starts && strsim::damerau_levenshtein(&folded, form) == 1
    });
    near.min().cloned()
}

/// A month that a word of one or two letters' difference may be.
pub(crate) fn misspelt_month(text: &str, language: Language) -> Option<String> {
    let folded = names::fold_text(text);
    let length = folded.chars().count();
    let forms = table(language, Mode::Sentence).forms().iter();
    let months =
        forms.filter(|(form, canonical)| canonical.starts_with("month:") && form.chars().count() > 3);
    let near = months.filter_map(|(form, _)| {
        let distance = strsim::damerau_levenshtein(&folded, form);
        (distance > 0 && distance <= if length > 6 { 2 } else { 1 }).then_some((distance, form))
    });
    near.min().map(|(_, form)| form.clone())
}

pub(crate) fn nothing_after(span: Span, text: &str) -> Finding {
    error(Code::P204, span, format!("expected something after `{text}`, found nothing"))
}

pub(crate) fn number_as_value(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(
            Code::P205,
            span,
            format!("expected a value to filter by, found the number `{text}`"),
        )
        .fix("quote it, where it is a value of a column", span, format!("\"{text}\"")),
    )
}

pub(crate) fn value_like_number(span: Span, text: &str, language: Language) -> Finding {
    let finding = Diagnostic::error(
        Code::P205,
        span,
        format!("`{text}` reads neither as a period nor as a value to filter by"),
    );
    let near = text
        .split_whitespace()
        .find_map(|word| nearest_keyword(word, language).map(|near| text.replace(word, &near)));
    let finding = match near {
        Some(near) => finding.fix(format!("did you mean `{near}`?"), span, near),
        None => finding,
    };
    Box::new(finding.fix("quote it, where it is a value of a column", span, format!("\"{text}\"")))
}

pub(crate) fn value_like_month(span: Span, text: &str, month: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P205, span, format!("`{text}` reads as a month misspelt"))
            .fix(format!("did you mean `{month}`?"), span, month.to_owned())
            .fix("quote it, where it is a value of a column", span, format!("\"{text}\"")),
    )
}

pub(crate) fn for_each_colon(span: Span) -> Finding {
    Box::new(
        Diagnostic::error(Code::P206, span, "expected a column and a colon after `for each`")
            .help("write `for each region: increase revenue by 10%`"),
    )
}

pub(crate) fn two_sentences(span: Span) -> Finding {
    Box::new(
        Diagnostic::error(
            Code::P207,
            span,
            "expected one sentence on the line, found the end of a first one",
        )
        .help("write each goal on a line of its own"),
    )
}

/// What goes on after a goal that is whole.
pub(crate) fn goes_on(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(
            Code::P208,
            span,
            format!("expected the end of the goal, found `{text}` with more after it"),
        )
        .help("one goal a line: write what follows on a line of its own"),
    )
}

/// `while …`, `if …` after a goal that is whole.
pub(crate) fn conjunction(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(
            Code::P208,
            span,
            format!("expected the end of the goal, found `{text}` and what must hold beside it"),
        )
        .help("a limit is a goal of its own, `keep quality at least 90%`; a reason follows `because …`"),
    )
}

/// What stands beside a goal and is kept as its note.
pub(crate) fn only_a_note(span: Span, text: &str) -> Diagnostic {
    Diagnostic::warning(
        Code::P235,
        span,
        format!("`{text}` is kept as the note of the goal, and not evaluated"),
    )
    .help("a limit is a goal of its own: `keep complaints below 5`")
}

/// A word that opens a deadline before what is no date.
pub(crate) fn no_period_after(span: Span, opener: &str, found: &str) -> Finding {
    let message = format!("expected a date or a period after `{opener}`, found `{found}`");
    Box::new(
        Diagnostic::error(Code::P205, span, message)
            .label("no period with dates of its own begins so")
            .help("write a date or the end of a period: `by 2025-12-31`, `by end of Q3 2025`"),
    )
}

pub(crate) fn second_verb(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P208, span, format!("`{text}` begins a second goal in the same sentence"))
            .help("two changes are two goals: write each on a line of its own"),
    )
}

pub(crate) fn goal_in_label(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(
            Code::P208,
            span,
            format!("expected a name before the colon, found a goal of its own with `{text}`"),
        )
        .help("write each goal on a line of its own"),
    )
}

pub(crate) fn no_metric(span: Span, verb: Option<&str>) -> Finding {
    let what = verb.map_or_else(String::new, |verb| format!(" after `{verb}`"));
    Box::new(
        Diagnostic::error(Code::P209, span, format!("expected a metric{what}, found none"))
            .help("name what is measured: `increase revenue by 10%`"),
    )
}

pub(crate) fn pronoun(span: Span, text: &str) -> Finding {
    Box::new(
        Diagnostic::error(Code::P209, span, format!("expected a metric, found `{text}`"))
            .label("names nothing that is measured")
            .help("name what is measured: `increase revenue by 10%`"),
    )
}

pub(crate) fn no_verb(span: Span, first: String, language: Language) -> Finding {
    let verbs = ["v:increase", "v:decrease", "v:reach", "v:keep"].map(|verb| word(language, verb));
    let [increase, decrease, reach, keep] = verbs;
    let finding = Diagnostic::error(
        Code::P210,
        span,
        format!("expected a verb such as `{increase}`, `{decrease}`, `{reach}` or `{keep}`, found none"),
    );
    let is_verb = |canonical: &str| canonical.starts_with("v:") || canonical.starts_with("s:");
    let near = nearest_of(&first, language, is_verb).or_else(|| doubled_letter(&first, language, is_verb));
    Box::new(match near {
        Some(near) => {
            let at = Span { end: span.start + first.len() as u32, ..span };
            finding.fix(format!("did you mean `{near}`?"), at, near)
        }
        None => finding
            .label("a change needs to know its direction")
            .help(format!("write for example `{}`", shown(language, "example:goal"))),
    })
}

/// A listed verb that a word of five letters or more comes within one letter of, or within two from eight on.
fn near_verbs(text: &str, language: Language) -> Vec<(usize, &'static str)> {
    let folded = names::fold_text(text);
    let length = folded.chars().count();
    let limit = if length >= 8 { 2 } else { 1 };
    // no English name begins like `keep` and is a letter from it
    if language == Language::English
        && folded.starts_with('k')
        && strsim::damerau_levenshtein(&folded, "keep") == 1
    {
        return vec![(1, "keep")];
    }
    if length < 5 {
        return Vec::new();
    }
    let verbs =
        table(language, Mode::Sentence).forms().iter().filter(|(_, canonical)| canonical.starts_with("v:"));
    let near = verbs
        .filter(|(form, _)| {
            form.chars().count() >= 4
                && form.chars().count().abs_diff(length) <= limit
                && (form.chars().count() >= 5 || form.chars().next() == folded.chars().next())
        })
        .filter_map(|(form, _)| {
            let distance = strsim::damerau_levenshtein(&folded, form);
            (distance > 0 && distance <= limit).then_some((distance, form.as_str()))
        });
    near.collect()
}

/// The listed verb that the word before a count comes near.
pub(crate) fn misspelt_verb(text: &str, language: Language) -> Option<String> {
    let near = near_verbs(text, language).into_iter().min().map(|(_, form)| form);
    near.or_else(|| overrun_verb(text, language)).map(str::to_owned)
}

/// Endings of two letters that a verb of some language, or a word made from one, has (`reaches`, `builder`, `ökade`).
const ENDINGS: &[&str] = &[
    "ad", "al", "ar", "at", "de", "ed", "en", "er", "es", "et", "ly", "na", "nd", "ne", "ns", "nt", "or",
    "ra", "re", "rs", "st", "te", "ts",
];

/// The listed verb that a word is with two letters behind it that are no ending (`reachxy`).
fn overrun_verb(text: &str, language: Language) -> Option<&'static str> {
    let folded = names::fold_text(text);
    let table = table(language, Mode::Sentence);
    let (cut, _) = folded.char_indices().nth_back(1)?;
    let (verb, ending) = folded.split_at(cut);
    if verb.chars().count() < 5 || ENDINGS.contains(&ending) {
        return None;
    }
    let verbs = table.forms().iter().filter(|(_, canonical)| canonical.starts_with("v:"));
    verbs.map(|(form, _)| form.as_str()).find(|form| *form == verb)
}

/// The listed verb that the first word of a metric may be meant as.
pub(crate) fn verb_in_name(text: &str, language: Language) -> Option<String> {
    let folded = names::fold_text(text);
    let near = near_verbs(text, language).into_iter();
    near.filter(|(_, form)| !is_other_word(&folded, form, text, language))
        .min()
        .map(|(_, form)| form.to_owned())
}

pub(crate) fn verb_or_name(span: Span, text: &str) -> Finding {
    let message = format!("`{text}` can be a verb and its metric, or a name");
    Box::new(Diagnostic::error(Code::P210, span, message).fix(
        "a name stands in brackets",
        span,
        format!("[{text}]"),
    ))
}

/// Whether a word near a verb is a word of its own: a form of it (`delivery`, `closed`), or one that begins otherwise
/// (`breach`, `power`), which slips of the hand rarely make.
fn is_other_word(folded: &str, verb: &str, text: &str, language: Language) -> bool {
    if let Some(ending) = folded.strip_prefix(verb) {
        return !verb.ends_with(|last| ending.starts_with(last));
    }
    // `Gewinn` and `gewinne`: nouns have a capital
    if language == Language::German
        && text.starts_with(char::is_uppercase)
        && verb.strip_suffix('e') == Some(folded)
    {
        return true;
    }
    let (mut word, mut other) = (folded.chars(), verb.chars());
    let (first, wanted) = (word.next(), other.next());
    let (second, wanted_second) = (word.next(), other.next());
    let is_swapped = first == wanted_second && second == wanted;
    let is_short = verb.chars().skip(1).eq(folded.chars());
    let is_doubled = first == second && second == wanted;
    first != wanted && !is_swapped && !is_short && !is_doubled
}

pub(crate) fn verb_misspelt(span: Span, text: &str, near: &str) -> Finding {
    Box::new(Diagnostic::error(Code::P210, span, format!("expected a verb, found `{text}`")).fix(
        format!("did you mean `{near}`?"),
        span,
        near.to_owned(),
    ))
}
