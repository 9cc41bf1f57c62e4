//! Mistakes that people make, in each language: there is a message, and every line that a message proposes is understood.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use goalsheet::diagnostic::{Diagnostic, Severity};
use goalsheet::language::Language;
use goalsheet::source::Source;
use goalsheet::syntax::parse;

const ENGLISH: &[&str] = &[
    "increase revenue 10% in 2025",
    "increase revenue by 10% in 2025 in 2026",
    "increase by 10% in 2025",
    "revenue by 10% in 2025",
    "increse revenue by 10% in 2025",
    "increase revenue bye 10% in 2025",
    "increase revenue by 10% im 2025",
    "increase revenue by 10% by 31/02/2025",
    "increase revenue by 10% by 03/04/2025",
    "increase revenue by 10% by Decembre 31 2025",
    "increase revenue by 10% by Dec 2o25",
    "increase revenue by 10% and reduce cost by 5%",
    "increase revenue by 10%. Reduce cost by 5%.",
    "increase revenue by percent in 2025",
    "increase revenue by 10% compared last year",
    "increase revenue by 10% compared to last yaer",
    "increase revenue from 100 in 2025",
    "keep return rate below",
    "keep return rate 8% every month",
    "keep return rate at 8% every month",
    "keep return rate below 8% evry month",
    "keep return rate between 5% in 2025",
    "keep return rate between 8% and 5%",
    "reduce return rate by 3 percentage pionts",
    "increase revenue by 1,5% in 2025",
    "increase revenue by 1.000,50 in 2025",
    "increase revenue by 10% within 6 moths",
    "increase revenue by 10% within months",
    "increase revenue by 10% for each region",
    "for each region increase revenue by 10%",
    "cut 20 jobs",
    "keep revenue by 5%",
    "increase revenue by -5%",
    "increase revenue by 10% every month",
    "increase revenue by 10% (target 20%)",
    "increase revenue by 10% (up to 5",
    "metric x sum(amount)",
    "metric x = sum(amount",
    "metric x = sum(amount) where region = \"North\"",
    "metrik x = sum(amount)",
    "segment west = region == 'West'",
    "segment west = \"West\"",
    "find potentail in revenue by region",
    "find potential in revenue",
    "data orders from orders.csv",
    "data orders from \"orders.csv\" sheet Orders",
    "data orders from \"orders.csv\" shet \"Orders\"",
    "fiscal year start July",
    "langauge sv",
    "declared on monday",
    "calendar 4-4-5 ending last Saturday",
    "increase revenue by 10% in 2025\n    ownr: Finance",
    "increase revenue by 10% in 2025\n    status: on track 95%",
    "increase revenue by 10% in 2025\n    weight: heavy",
    "metric x = sum(amount)\n    owner: Finance",
];

const SWEDISH: &[&str] = &[
    "öka omsättningen 10 % under 2025",
    "öka omsättningen med 10 % under 2025 under 2026",
    "öka med 10 %",
    "omsättningen med 10 %",
    "ökka omsättningen med 10 %",
    "öka omsättningen mde 10 %",
    "öka omsättningen med 10 % in 2025",
    "öka omsättningen med 10 % senast 31 decembr 2025",
    "öka omsättningen med 10 % jämfört förra året",
    "öka omsättningen med 1.234",
    "öka omsättningen med 10 % och minska kostnaderna med 5 %",
    "öka omsättningen från 100 under 2025",
    "håll svinnet på 3 %",
    "håll svinnet 3 %",
    "håll svinnet mellan 3 %",
    "håll svinnet under 3 % vrje månad",
    "öka omsättningen med 10 % inom 6 månadr",
    "öka omsättningen med 10 % för varje region",
    "för varje region öka omsättningen med 10 %",
    "sparka 20",
    "håll svinnet med 3 %",
    "mått x = summa(belopp",
    "måt x = summa(belopp)",
    "segment väst = region = 'Väst'",
    "hitta potentail i omsättning per region",
    "räkenskapsår börja juli",
    "öka omsättningen med 10 %\n    ägre: Ekonomi",
];

const DANISH: &[&str] = &[
    "øg omsætningen 10 % i 2025",
    "omsætningen med 10 %",
    "øgg omsætningen med 10 %",
    "øg omsætningen med 10 % senest 31. decembr 2025",
    "øg omsætningen med 10 % sammenlignet sidste år",
    "øg omsætningen fra 100 i 2025",
    "hold spildet på 3 %",
    "hold spildet 3 %",
    "hold spildet mellem 3 %",
    "øg omsætningen med 10 % inden for 6 månedr",
    "øg omsætningen med 10 % for hver region",
    "måltal x = sum(beløb",
    "øg omsætningen med 10 %\n    ejr: Økonomi",
];

const GERMAN: &[&str] = &[
    "steigere den Umsatz 10 % im Jahr 2025",
    "den Umsatz um 10 %",
    "den Umsatz um 10 % steigren",
    "den Umsatz bis 31. Dezembr 2025 um 10 % steigern",
    "steigere den Umsatz um 10 % verglichen Vorjahr",
    "steigere den Umsatz von 100 im Jahr 2025",
    "halte den Ausschuss bei 3 %",
    "halte den Ausschuss 3 %",
    "halte den Ausschuss zwischen 3 %",
    "steigere den Umsatz um 10 % innerhalb von 6 Monatn",
    "Kennzahl x = Summe(Betrag",
    "Kenzahl x = Summe(Betrag)",
    "steigere den Umsatz um 10 %\n    verantwortlch: Finanzen",
];

fn errors(text: &str, language: Language) -> (Source, Vec<Diagnostic>) {
    let source = Source::new("a.goals", text);
    let (_, findings) = parse(&source, language);
    let found = findings.sorted().into_iter().filter(|f| f.severity == Severity::Error).cloned().collect();
    (source, found)
}

/// The whole lines in backticks that a help shows: those without a gap to fill.
fn shown_lines(help: &str) -> Vec<&str> {
    let quoted = help.split('`').skip(1).step_by(2);
    quoted
        .filter(|line| line.split_whitespace().count() > 3 && !line.contains(['…', '.']))
        .filter(|line| {
            !line.split_whitespace().any(|word| {
                word.len() > 1 && word == word.to_uppercase() && word.chars().all(char::is_alphabetic)
            })
        })
        .filter(|line| {
            !line.starts_with(['-', '@']) && !line.split_whitespace().any(|word| word == "V" || word == "A")
        })
        .collect()
}

/// Whether a line is understood by itself, in a sentence or under one.
fn stands_somewhere(line: &str, language: Language) -> bool {
    let (increase, by, keep) = match language {
        Language::English => ("increase", "by", "keep"),
        Language::Swedish => ("öka", "med", "håll"),
        Language::Danish => ("øg", "med", "hold"),
        Language::German => ("steigere", "um", "halte"),
    };
    let places = [
        line.to_owned(),
        format!("{increase} x {by} 10% {line}"),
        format!("{increase} x {line}"),
        format!("{keep} x {line}"),
        format!("{increase} x {by} 10%\n    {line}"),
    ];
    places.iter().any(|text| errors(text, language).1.is_empty())
}

#[test]
fn what_a_message_proposes_is_understood() {
    let mut faults = Vec::new();
    for (language, lines) in [
        (Language::English, ENGLISH),
        (Language::Swedish, SWEDISH),
        (Language::Danish, DANISH),
        (Language::German, GERMAN),
    ] {
        for text in lines {
            let (source, found) = errors(text, language);
            if found.is_empty() {
                faults.push(format!("{text}\n  is understood"));
            }
            if found.len() > 1 {
                let said: Vec<_> = found.iter().map(|finding| finding.message.as_str()).collect();
                faults.push(format!("{text}\n  is met twice: {}", said.join("; ")));
            }
            for finding in &found {
                if finding.help.is_empty() && finding.fixes.is_empty() && finding.notes.is_empty() {
                    faults.push(format!("{text}\n  has no remedy: {}", finding.message));
                }
                for fix in &finding.fixes {
                    let mut mended = source.text.clone();
                    mended.replace_range(fix.span.range(), &fix.replacement);
                    if let Some(left) = errors(&mended, language).1.first() {
                        faults.push(format!("{text}\n  → {mended}\n  {}", left.message));
                    }
                }
                for line in finding.help.iter().flat_map(|help| shown_lines(help)) {
                    if !stands_somewhere(line, language) {
                        faults.push(format!("{text}\n  shows {line}"));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}\n{}", faults.len(), faults.join("\n"));
}
