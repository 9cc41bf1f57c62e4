//! What a sentence means does not depend on how it is set: case, blanks, the order of its clauses, the notation of its
//! numbers and dates. And a word less, twice, misspelt or too many is refused, or shows in what was understood.

use super::{Language, reading};

/// Each sentence with the sentences that say the same in another notation.
const SAME: &[(Language, &[&str])] = &[
    (
        Language::English,
        &[
            "increase visits by 10% in 2025",
            "increase visits by 10 % in 2025",
            "increase visits by 10 percent in 2025",
            "increase visits by ten percent in 2025",
            "increase visits by 10 per cent in the year 2025",
            "Visits increase by 10% in 2025.",
            "in 2025, increase visits by 10%",
            "our goal is to increase visits by 10% during 2025",
        ],
    ),
    (
        Language::English,
        &[
            "reach 1,500,000 visits by 31 May 2025",
            "reach 1 500 000 visits by May 31, 2025",
            "reach 1500000 visits by 2025-05-31",
            "reach 1500k visits by 31st of May 2025",
            "reach 1.5 million visits by May 31st 2025",
            "by 31/05/2025 reach 1.5M visits",
            "reach 1.5M visits by the end of May 2025",
            "reach 1.5M visits before June 2025",
        ],
    ),
    (
        Language::English,
        &[
            "increase gifts to €20,000 by end of Q3 2025",
            "increase gifts to 20,000 € by the end of Q3 2025",
            "increase gifts to EUR 20k by 30 September 2025",
            "increase gifts to 20k euros by the end of the third quarter of 2025",
            "by end of 3Q 2025, increase gifts to €20 000",
        ],
    ),
    (
        Language::English,
        &[
            "reduce waste by half compared to 2020 by 2030",
            "halve waste by 2030 compared to 2020",
            "cut waste in half vs 2020 by the end of 2030",
            "by 2030, halve waste versus 2020",
            "halve waste compared with 2020 until 2030",
        ],
    ),
    (
        Language::English,
        &[
            "reduce returns from 8% to 5% within 6 months",
            "reduce returns to 5% from 8% within six months",
            "within 6 months reduce returns from 8 to 5 percent",
            "reduce returns to 5% (from 8%) over the next 6 months",
            "reduce returns from the current 8% to 5% in the next 6 months",
            "reduce returns from 8% today to 5% in 6 months",
            "reduce returns 8% → 5% in 6 months",
        ],
    ),
    (
        Language::English,
        &[
            "keep stock between 10 and 20 days in Q1 to Q3 2025",
            "keep stock between 10-20 days in Q1-Q3 2025",
            "from Q1 to Q3 2025 keep stock between 10 and 20 days",
        ],
    ),
    (
        Language::Swedish,
        &[
            "öka försäljningen med 12,5 % under 2025",
            "öka försäljningen med 12,5 procent i år",
            "Vi ska öka försäljningen med 12,5% 2025",
            "försäljningen ska öka med 12,5 % under år 2025",
            "under 2025 ska försäljningen öka med 12,5 %",
        ],
    ),
    (
        Language::Swedish,
        &[
            "minska kostnaderna med 2 500 000 kr senast 31 maj 2025",
            "minska kostnaderna med 2,5 mkr till 2025-05-31",
            "minska kostnaderna med 2500000 kr senast den 31 maj 2025",
            "senast 31 maj 2025 ska kostnaderna minska med 2,5 miljoner kronor",
        ],
    ),
    (
        Language::German,
        &[
            "den Umsatz um 10 % steigern bis Ende 2026",
            "bis Ende 2026 den Umsatz um 10 Prozent steigern",
            "Wir wollen den Umsatz bis Ende 2026 um 10 % steigern.",
        ],
    ),
    (
        Language::Danish,
        &[
            "øge omsætningen med 8 % i 2025",
            "Vi vil øge omsætningen med 8 procent i 2025",
            "i 2025 øge omsætningen med 8 pct.",
        ],
    ),
];

/// What was understood, without the spelling of the sentence.
fn sense(text: &str, language: Language) -> String {
    let read = reading(text, language).to_lowercase();
    let parts: Vec<&str> = read.split(" | ").filter(|part| !part.starts_with("against")).collect();
    let compared = read.split(" | ").any(|part| part.starts_with("against"));
    let money = parts.join(" | ").replace("the ", "");
    let money = money.strip_suffix(" against").unwrap_or(&money).to_owned();
    if compared { format!("{money} | compared") } else { money }
}

#[test]
fn notation_and_order_change_nothing() {
    let mut wrong = Vec::new();
    for (language, sentences) in SAME {
        let wanted = sense(sentences[0], *language);
        assert!(!wanted.starts_with('p'), "{}: {wanted}", sentences[0]);
        for sentence in &sentences[1..] {
            let found = sense(sentence, *language);
            // a factor of one half and a decrease `by half`, `per cent` and `%` are one
            if found != wanted {
                wrong.push(format!("{}\n  {wanted}\n{sentence}\n  {found}", sentences[0]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn case_blanks_bullets_and_full_stops_change_nothing() {
    let mut wrong = Vec::new();
    for (language, sentences) in SAME {
        for sentence in *sentences {
            let wanted = sense(sentence, *language);
            for other in [
                sentence.to_uppercase(),
                sentence.to_lowercase(),
                sentence.replace(' ', "   "),
                sentence.replace(' ', "\u{a0}"),
                format!("- {sentence}"),
                format!("3. {sentence}"),
                format!("{}.", sentence.trim_end_matches('.')),
                format!("{sentence}   // said often"),
            ] {
                let found = sense(&other, *language);
                if found != wanted {
                    wrong.push(format!("{sentence}\n  {wanted}\n{other}\n  {found}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

/// Sentences whose every word counts, beside the words that say nothing by themselves.
const CAREFUL: &[(&str, &[&str])] = &[
    ("increase revenue by 10% in 2025", &[]),
    ("reduce average handling time by 45 seconds within 3 months", &[]),
    // `in Q3` is `Q3`, and the next one to end
    ("reduce churn from 8% to 5% in Q3 2025", &["in", "2025"]),
    ("keep error rate below 2% every month", &[]),
    ("reach 500 members by June 2026", &["reach"]),
    ("increase orders for region = \"West\" by 1,500 compared to 2024", &[]),
    ("halve the number of complaints by 2027", &["the"]),
    ("keep defects for visitors between 10 and 20", &[]),
    ("delivery precision should be at least 98%", &["should", "be"]),
    ("increase gross margin by 3 percentage points from July 2025 to June 2026", &["from", "2026"]),
];

#[test]
fn a_word_less_is_refused_or_seen() {
    let mut unseen = Vec::new();
    each_word(|sentence, idle, words, at| {
        let left: Vec<&str> =
            words.iter().enumerate().filter(|(index, _)| *index != at).map(|(_, word)| *word).collect();
        let found = reading(&left.join(" "), Language::English);
        if !idle.contains(&words[at]) && found == reading(sentence, Language::English) {
            unseen.push(format!("{sentence} without {}", words[at]));
        }
    });
    assert!(unseen.is_empty(), "{}", unseen.join("\n"));
}

#[test]
fn a_word_twice_is_refused() {
    let mut read = Vec::new();
    each_word(|sentence, _, words, at| {
        let mut twice = words.to_vec();
        twice.insert(at, words[at]);
        let found = reading(&twice.join(" "), Language::English);
        // a number twice may be one grouped by blanks, but never the same goal
        let number = words[at].starts_with(|c: char| c.is_ascii_digit());
        if !found.starts_with('P') && (!number || found == reading(sentence, Language::English)) {
            read.push(format!("{}: {found}", twice.join(" ")));
        }
    });
    assert!(read.is_empty(), "{}", read.join("\n"));
}

#[test]
fn a_letter_too_many_is_refused_or_seen_in_a_name() {
    let mut unseen = Vec::new();
    each_word(|sentence, _, words, at| {
        if !words[at].chars().all(char::is_alphabetic) || words[at].chars().count() < 3 {
            return;
        }
        for slip in [format!("{}x", words[at]), format!("x{}", words[at]), format!("{}xy", words[at])] {
            let mut with_slip = words.to_vec();
            with_slip[at] = &slip;
            let text = with_slip.join(" ");
            let found = reading(&text, Language::English);
            if !found.starts_with('P') && !found.contains(&slip) {
                unseen.push(format!("{sentence}\n  {text}: {found}"));
            }
        }
    });
    assert!(unseen.is_empty(), "{}", unseen.join("\n"));
}

#[test]
fn a_word_too_many_is_refused_or_seen() {
    let mut unseen = Vec::new();
    each_word(|sentence, _, words, at| {
        for added in ["very", "not", "blue", "5"] {
            let mut more = words.to_vec();
            more.insert(at, added);
            let text = more.join(" ");
            let found = reading(&text, Language::English);
            if !found.starts_with('P') && found == reading(sentence, Language::English) {
                unseen.push(format!("{text}: {found}"));
            }
        }
    });
    assert!(unseen.is_empty(), "{}", unseen.join("\n"));
}

fn each_word(mut see: impl FnMut(&str, &[&str], &[&str], usize)) {
    for (sentence, idle) in CAREFUL {
        let words: Vec<&str> = sentence.split(' ').collect();
        for at in 0..words.len() {
            see(sentence, idle, &words, at);
        }
    }
}
