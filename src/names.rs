//! When two names are the same: folding, and the inflected forms that find each other.
//!
//! A name is a run of words. Two names are equal after [`fold`]; where none is, forms of one word (singular, plural,
//! definite) meet in a common stem: the [`stems`] of both share an entry.

use unicode_normalization::UnicodeNormalization;

use crate::language::Language;

/// A name as it is compared: NFKC, full case folding, blanks, `_`, hyphens and invisible characters dropped (so
/// `OrderId`, `order_id` and `Order ID` are one name).
pub fn fold(name: &str) -> String {
    fold_text(name).chars().filter(|c| !is_dropped(*c)).collect()
}

/// Text as values are compared: NFKC, full case folding, trimmed, blanks made single.
pub fn fold_text(text: &str) -> String {
    if text.is_ascii() {
        return join_words(&text.to_ascii_lowercase());
    }
    // lower(upper(lower)) is full case folding for all but a few letters: `ß` meets `SS`, final sigma the other one
    let folded = |text: String| text.to_lowercase().to_uppercase().to_lowercase().replace('ς', "σ");
    let once: String = folded(text.nfkc().collect());
    join_words(&once.nfkc().filter(|c| !is_invisible(*c)).collect::<String>())
}

fn join_words(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(word);
    }
    joined
}

/// Whether two names are the same name.
pub fn same(a: &str, b: &str) -> bool {
    fold(a) == fold(b)
}

/// Whether two names are the same, or forms of the same word.
pub fn related(a: &str, b: &str, language: Language) -> bool {
    let (a, b) = (fold(a), fold(b));
    if a == b {
        return true;
    }
    let others = stems(&b, language);
    stems(&a, language).iter().any(|stem| others.contains(stem))
}

/// Whether a word looks like the name of several things: the noun after a count.
pub fn is_plural(word: &str, language: Language) -> bool {
    let folded = fold_text(word);
    let long = folded.chars().count() >= 4 && folded.chars().all(char::is_alphabetic);
    let ends = |endings: &[&str]| endings.iter().any(|ending| folded.ends_with(ending));
    long && match language {
        Language::English => ends(&["s"]) && !ends(&["ss", "us", "is", "ous", "ways", "wards"]),
        Language::Swedish => ends(&["ar", "or", "er", "na"]),
        Language::Danish => ends(&["er", "erne", "ne"]),
        Language::German => word.starts_with(char::is_uppercase),
    }
}

fn is_dropped(c: char) -> bool {
    c.is_whitespace() || matches!(c, '_' | '-' | '\u{2010}'..='\u{2015}') || is_invisible(c)
}

/// Soft hyphens, zero-width characters and marks of writing direction: they change nothing that is read.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// What a folded name may be a form of: itself first, then its stems by the endings of the language. Two names are
/// forms of one word where their stems share an entry; stems are no words (`ordr` for `order` and `ordrar`).
pub fn stems(folded: &str, language: Language) -> Vec<String> {
    let mut found = vec![folded.to_owned()];
    match language {
        Language::English => english(folded, &mut found),
        Language::Swedish => nordic(folded, SWEDISH, &mut found),
        Language::Danish => nordic(folded, DANISH, &mut found),
        Language::German => german(folded, &mut found),
    }
    found
}

/// Stems shorter than this would make strangers meet.
const SHORTEST: usize = 3;

fn add(found: &mut Vec<String>, stem: String) {
    if stem.chars().count() >= SHORTEST && !found.contains(&stem) {
        found.push(stem);
    }
}

fn english(word: &str, found: &mut Vec<String>) {
    const IRREGULAR: &[(&str, &str)] =
        &[("people", "person"), ("children", "child"), ("women", "woman"), ("men", "man")];
    for (plural, singular) in IRREGULAR {
        if let Some(before) = word.strip_suffix(plural) {
            add(found, format!("{before}{singular}"));
        }
    }
    if let Some(stem) = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")) {
        add(found, stem.to_owned());
    }
    if let Some(stem) = word.strip_suffix("ies") {
        add(found, format!("{stem}y"));
        return;
    }
    let sibilant = |stem: &str| ["s", "x", "z", "ch", "sh"].iter().any(|end| stem.ends_with(end));
    if let Some(stem) = word.strip_suffix("es")
        && sibilant(stem)
    {
        add(found, stem.to_owned());
    }
    if let Some(stem) = word.strip_suffix('s')
        && !stem.ends_with('s')
    {
        add(found, stem.to_owned());
    }
}

/// Endings of number and definiteness, longest first.
const SWEDISH: &[&str] = &[
    "arnas", "ernas", "ornas", "arna", "erna", "orna", "ens", "ets", "ar", "er", "or", "en", "et", "na", "n",
    "t", "r", "s", "a", "e",
];
const DANISH: &[&str] = &[
    "ernes", "enes", "erne", "ene", "ers", "ens", "ets", "rne", "er", "en", "et", "ne", "n", "t", "r", "s",
    "e",
];

fn nordic(word: &str, endings: &[&str], found: &mut Vec<String>) {
    let mut bases = vec![word.to_owned()];
    bases.extend(endings.iter().filter_map(|ending| word.strip_suffix(ending)).map(str::to_owned));
    for base in bases {
        // `medlemmar` and `medlem`: a doubled consonant before the ending is one
        let mut letters = base.chars().rev();
        if let (Some(last), Some(before)) = (letters.next(), letters.next())
            && last == before
            && !"aeiouyåäöæø".contains(last)
        {
            add(found, base[..base.len() - last.len_utf8()].to_owned());
        }
        // `order` and `ordrar`, `artikel` and `artiklar`: the unstressed e of the last syllable falls out
        for end in ["er", "el", "en"] {
            if let Some(stem) = base.strip_suffix(end) {
                add(found, format!("{stem}{}", &end[1..]));
                // `nummer` and `numret`: what was doubled before it is single without it
                let last = stem.chars().last().unwrap_or('e');
                if !"aeiouyåäöæø".contains(last)
                    && stem.trim_end_matches(last).len() + 2 * last.len_utf8() == stem.len()
                {
                    add(found, format!("{}{}", &stem[..stem.len() - last.len_utf8()], &end[1..]));
                }
            }
        }
        add(found, base);
    }
}

fn german(word: &str, found: &mut Vec<String>) {
    let plain: String = word
        .chars()
        .map(|c| match c {
            'ä' => 'a',
            'ö' => 'o',
            'ü' => 'u',
            other => other,
        })
        .collect();
    for form in [word.to_owned(), plain] {
        for ending in ["ern", "en", "er", "es", "se", "e", "n", "s"] {
            if let Some(stem) = form.strip_suffix(ending) {
                add(found, stem.to_owned());
            }
        }
        add(found, form);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_does_not_make_another_name() {
        for same_name in
            ["Order ID", "order_id", "orderId", "ORDER-ID", "order\u{a0}id", "o\u{ad}rder id", "ｏrder id"]
        {
            assert_eq!(fold(same_name), "orderid", "{same_name}");
        }
        assert!(same("Straße", "STRASSE"));
        assert!(same("o\u{308}ka", "Öka"));
        assert!(same("ΟΔΟΣ", "οδος"));
        assert!(!same("order id", "order ids"));
    }

    #[track_caller]
    fn forms(language: Language, pairs: &[(&str, &str)]) {
        for (a, b) in pairs {
            assert!(related(a, b, language), "{a} and {b}");
        }
    }

    #[test]
    fn forms_of_one_word_meet() {
        forms(
            Language::English,
            &[
                ("orders", "order"),
                ("companies", "company"),
                ("boxes", "box"),
                ("visitors", "Visitor"),
                ("people", "person"),
            ],
        );
        forms(
            Language::Swedish,
            &[
                ("omsättningen", "Omsättning"),
                ("kunderna", "kund"),
                ("ordrar", "order"),
                ("artiklarna", "artikel"),
                ("medlemmar", "medlem"),
                ("varor", "vara"),
                ("ärenden", "ärende"),
                ("besökarna", "besökare"),
                ("priset", "priser"),
                ("numret", "nummer"),
            ],
        );
        forms(Language::Danish, &[("omsætningen", "omsætning"), ("kunderne", "kunde"), ("ordrer", "ordre")]);
        forms(
            Language::German,
            &[("Umsätze", "Umsatz"), ("Kunden", "Kunde"), ("Bestellungen", "Bestellung")],
        );
    }

    #[test]
    fn strangers_do_not_meet() {
        for (a, b) in [("class", "clas"), ("revenue", "reven"), ("as", "a")] {
            assert!(!related(a, b, Language::English), "{a} and {b}");
        }
        assert!(!related("kostnad", "kund", Language::Swedish));
    }
}
