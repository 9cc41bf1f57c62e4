//! Goals of every construct in every language: laid out, translated into each other language and back, they mean the same.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use chrono::NaiveDate;
use goalsheet::calendar::window;
use goalsheet::language::Language;
use goalsheet::source::Source;
use goalsheet::syntax::format::{format, meaning};
use goalsheet::syntax::readback::read_back;
use goalsheet::syntax::translate::{sense, translate};
use goalsheet::syntax::{SegmentPhrase, Statement, parse};
use proptest::prelude::*;
use proptest::sample::select;

/// How a language says the parts of a goal, as its people write them.
#[derive(Debug)]
struct Tongue {
    language: Language,
    /// A change by something: `{m}` metric, `{f}` filter, `{c}` change, `{k}` comparison, `{t}` time, `{n}` note.
    changes: &'static [&'static str],
    /// A level to keep or to reach: `{l}`.
    levels: &'static [&'static str],
    /// What is doubled or halved.
    factors: &'static [&'static str],
    metric: &'static [&'static str],
    filter: &'static [&'static str],
    change: &'static [&'static str],
    level: &'static [&'static str],
    comparison: &'static [&'static str],
    time: &'static [&'static str],
    note: &'static [&'static str],
    clause: &'static [&'static str],
}

impl Tongue {
    /// The change that goes up.
    fn rise(&self) -> &'static str {
        self.change.iter().find(|change| change.contains("20")).copied().unwrap_or_default()
    }
}

const ENGLISH: Tongue = Tongue {
    language: Language::English,
    changes: &[
        "Increase {m}{f} {c}{k}{t}{n}",
        "↓- reduce {m}{f} {c}{t}{n}",
        "We want to raise {m}{f} {c}{t}",
        "{m} should grow {c}{t}",
        "↓grow: {m} is reduced {c}{t}",
        "for each region: increase {m} {c}{t}",
    ],
    levels: &["keep {m}{f} {l}{t}", "{m}{f} should be {l}{t}"],
    factors: &["double {m}{f}{t}", "halve {m}{t}", "reduce {m} by half{t}"],
    metric: &[
        "revenue",
        "the number of customers",
        "average order value",
        "revenue per customer",
        "monthly revenue",
    ],
    filter: &["", " for visitors", " for region = \"West\"", " in Sweden, Norway and Denmark"],
    change: &[
        "by 10%",
        "by 3 percentage points",
        "by 1,500",
        "by €500",
        "by 1.5 million SEK",
        "from 10 to 20.5",
        "to 80%",
    ],
    level: &["at least 98%", "below 8%", "at most 3 days", "between 10 and 20"],
    comparison: &[
        "",
        " compared to last year",
        " compared to 2024",
        " compared to the same period last year",
    ],
    time: &[
        "",
        " in 2025",
        " by 31 May 2025",
        " by 2025-12-31",
        " in Q3 2025",
        " by end of 2025",
        " within 6 months",
        " in the next 3 months",
        " next fiscal year",
        " in March 2025",
        " from January to March 2025",
        " in week 31 2025",
    ],
    note: &["", " because search is cheap"],
    clause: &[
        "",
        "\n    owner: Finance",
        "\n    reward: 5 000 SEK at 100%, 8 000 SEK at 120%",
        "\n    status: on track 95%, at risk 75%",
        "\n    compared to last year",
        "\n    - [ ] new page by 2025-03-01 (Web team)",
        "\n    pace linear",
    ],
};

const SWEDISH: Tongue = Tongue {
    language: Language::Swedish,
    changes: &[
        "Öka {m}{f} {c}{k}{t}{n}",
        "↓- minska {m}{f} {c}{t}{n}",
        "Målet är att höja {m}{f} {c}{t}",
        "{m} ska öka {c}{t}",
        "↓svinn: {m} minskas {c}{t}",
    ],
    levels: &["håll {m}{f} {l}{t}", "{m}{f} ska vara {l}{t}"],
    factors: &["fördubbla {m}{f}{t}", "halvera {m}{t}", "minska {m} med hälften{t}"],
    metric: &[
        "omsättningen",
        "antalet kunder",
        "den genomsnittliga orderstorleken",
        "omsättningen per kund",
        "den månatliga omsättningen",
    ],
    filter: &["", " för besökare från Google", " för region = \"Väst\"", " i Sverige, Norge och Danmark"],
    change: &[
        "med 10 %",
        "med 3 procentenheter",
        "med 1 500",
        "med 500 kr",
        "med 1,5 mkr",
        "från 10 till 20,5",
        "till 80 %",
    ],
    level: &["minst 98 %", "under 8 %", "högst 3 dagar", "mellan 10 och 20"],
    comparison: &["", " jämfört med förra året", " jämfört med 2024", " jämfört med samma period förra året"],
    time: &[
        "",
        " under 2025",
        " senast 31 maj 2025",
        " senast 2025-12-31",
        " under Q3 2025",
        " till slutet av 2025",
        " inom 6 månader",
        " under nästa räkenskapsår",
        " i mars 2025",
        " under vecka 31 2025",
    ],
    note: &["", " eftersom sök är billigt"],
    clause: &[
        "",
        "\n    ägare: Ekonomi",
        "\n    belöning: 5 000 kr vid 100 %, 8 000 kr vid 120 %",
        "\n    status: på väg 95 %, i riskzonen 75 %",
        "\n    - [ ] ny sida senast 2025-03-01 (webben)",
    ],
};

const DANISH: Tongue = Tongue {
    language: Language::Danish,
    changes: &[
        "Øg {m}{f} {c}{k}{t}{n}",
        "↓- reducér {m}{f} {c}{t}{n}",
        "Vi vil øge {m}{f} {c}{t}",
        "Målet er, at {m} stiger {c}{t}",
        "{m} skal øges {c}{t}",
        "↓spild: {m} skal reduceres {c}{t}",
    ],
    levels: &["hold {m}{f} {l}{t}", "{m}{f} skal være {l}{t}"],
    factors: &["fordobl {m}{f}{t}", "halvér {m}{t}", "reducér {m} med halvdelen{t}"],
    metric: &[
        "omsætningen",
        "antallet af kunder",
        "den gennemsnitlige ordreværdi",
        "omsætningen pr. kunde",
        "den månedlige omsætning",
    ],
    filter: &["", " for region = \"Vest\"", " i Sverige, Norge og Danmark"],
    change: &[
        "med 10 %",
        "med 3 procentpoint",
        "med 1.500",
        "med 500 kr.",
        "med 1,5 mio. kr.",
        "fra 10 til 20,5",
        "til 80 %",
    ],
    level: &["mindst 98 %", "under 8 %", "højst 3 dage", "mellem 10 og 20"],
    comparison: &[
        "",
        " sammenlignet med sidste år",
        " i forhold til 2024",
        " sammenlignet med samme periode sidste år",
    ],
    time: &[
        "",
        " i 2025",
        " senest 31. maj 2025",
        " senest 2025-12-31",
        " i 3. kvartal 2025",
        " inden udgangen af 2025",
        " inden for 6 måneder",
        " i næste regnskabsår",
        " i marts 2025",
        " i uge 31 2025",
    ],
    note: &["", ", fordi søgning er billig"],
    clause: &[
        "",
        "\n    ejer: Økonomi",
        "\n    belønning: 5.000 kr ved 100 %, 8.000 kr ved 120 %",
        "\n    - [ ] ny side senest 2025-03-01 (web)",
    ],
};

const GERMAN: Tongue = Tongue {
    language: Language::German,
    changes: &[
        "Wir wollen {m}{f}{t} {c} steigern{n}",
        "↓- {m}{f}{k} {c} senken{n}",
        "Unser Ziel ist es, {m}{t} {c} zu steigern",
        "{m} soll{t} {c} steigen",
        "↓Ausschuss: {m} wird{t} {c} gesenkt",
        "Steigere {m}{f} {c}{t}",
    ],
    levels: &["{m}{f}{t} {l} halten", "{m}{f} soll{t} {l} betragen"],
    factors: &["{m}{f}{t} verdoppeln", "{m}{t} halbieren"],
    metric: &[
        "den Umsatz",
        "die Anzahl der Kunden",
        "den durchschnittlichen Bestellwert",
        "den Umsatz pro Kunde",
        "den monatlichen Umsatz",
    ],
    filter: &["", " für Region = \"West\"", " in Schweden, Norwegen und Dänemark"],
    change: &[
        "um 10 %",
        "um 3 Prozentpunkte",
        "um 1.500",
        "um 500 €",
        "um 1,5 Mio. Euro",
        "von 10 auf 20,5",
        "auf 80 %",
    ],
    level: &["bei mindestens 98 %", "unter 8 %", "höchstens 3 Tage", "zwischen 10 und 20"],
    comparison: &["", " im Vergleich zum Vorjahr", " gegenüber 2024"],
    time: &[
        "",
        " im Jahr 2025",
        " bis zum 31. Mai 2025",
        " bis 2025-12-31",
        " im 3. Quartal 2025",
        " bis Ende 2025",
        " innerhalb von 6 Monaten",
        " im nächsten Geschäftsjahr",
        " im März 2025",
        " in KW 31 2025",
    ],
    note: &["", ", weil Suche billig ist"],
    clause: &["", "\n    verantwortlich: Finanzen", "\n    - [ ] neue Seite bis 2025-03-01 (Web)"],
};

fn tongues() -> impl Strategy<Value = &'static Tongue> {
    select(vec![&ENGLISH, &SWEDISH, &DANISH, &GERMAN])
}

/// A goal of one language, with its `language` line.
fn goal() -> impl Strategy<Value = (Language, String)> {
    tongues().prop_flat_map(|tongue| {
        let templates: Vec<&str> = [tongue.changes, tongue.changes, tongue.levels, tongue.factors].concat();
        let parts = (
            select(tongue.metric),
            select(tongue.filter),
            select(tongue.change),
            select(tongue.level),
            select(tongue.comparison),
            select(tongue.time),
            select(tongue.note),
            select(tongue.clause),
        );
        (select(templates), parts).prop_map(move |(template, (m, f, c, l, k, t, n, clause))| {
            // a comparison is said once
            let said_twice = !k.is_empty() && clause.trim_start().starts_with(k.trim_start());
            let clause = if said_twice || clause.contains("compared") { "" } else { clause };
            // `for visitors between 10 and 20` is a condition
            // from 10 to 20 is no decrease
            let falls = template.starts_with('↓');
            let c = if falls && c == tongue.rise() { tongue.change[0] } else { c };
            let template = template.trim_start_matches('↓');
            let said = [("{m}", m), ("{f}", f), ("{c}", c), ("{l}", l), ("{k}", k), ("{t}", t), ("{n}", n)]
                .iter()
                .fold(template.to_owned(), |text, (mark, part)| text.replace(mark, part));
            (tongue.language, format!("{said}{clause}\n"))
        })
    })
}

/// A text without the `language` line that translating adds.
fn read(text: &str, language: Language) -> (String, Vec<String>) {
    let (program, findings) = parse(&Source::new("a.goals", text), language);
    let errors = findings.iter().filter(|finding| finding.severity == goalsheet::diagnostic::Severity::Error);
    (sense(&program), errors.map(|finding| finding.message.clone()).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn a_goal_means_the_same_laid_out_and_in_every_language((language, text) in goal()) {
        let source = Source::new("a.goals", text.clone());
        let (sense_of_text, errors) = read(&text, language);
        prop_assert!(errors.is_empty(), "{text}: {errors:?}");
        let formatted = format(&source, language);
        let again = Source::new("a.goals", formatted.clone());
        prop_assert_eq!(&format(&again, language), &formatted);
        prop_assert_eq!(meaning(&parse(&again, language).0), meaning(&parse(&source, language).0));
        for other in Language::ALL.into_iter().filter(|other| *other != language) {
            let translated = translate(&source, language, other);
            prop_assert!(translated.is_ok(), "into {}: {text}", other.name());
            let translated = translated.unwrap();
            let (found, errors) = read(&translated, other);
            prop_assert!(errors.is_empty(), "{text} → {translated}: {errors:?}");
            prop_assert_eq!(&found, &sense_of_text, "{} → {}", text, translated);
            let back = translate(&Source::new("b.goals", translated.clone()), other, language);
            prop_assert!(back.is_ok(), "back from {}: {text} → {translated}", other.name());
            let back = back.unwrap();
            prop_assert_eq!(&read(&back, language).0, &sense_of_text, "{} → {} → {}", text, translated, back);
        }
    }
}

/// Every template with every part in turn, so that no construct depends on chance.
#[test]
fn every_part_is_understood_and_translated() {
    let mut faults = Vec::new();
    for tongue in [&ENGLISH, &SWEDISH, &DANISH, &GERMAN] {
        for text in each_part(tongue) {
            let (wanted, errors) = read(&text, tongue.language);
            if !errors.is_empty() {
                faults.push(format!("{text}: {errors:?}"));
                continue;
            }
            for other in Language::ALL.into_iter().filter(|other| *other != tongue.language) {
                match translate(&Source::new("a.goals", text.clone()), tongue.language, other) {
                    Err(_) => faults.push(format!("into {}: {text}", other.name())),
                    Ok(translated) if read(&translated, other).0 != wanted => {
                        faults.push(format!("{text} → {translated}"));
                    }
                    Ok(translated) => {
                        let back =
                            translate(&Source::new("b.goals", translated.clone()), other, tongue.language);
                        if back.is_err() {
                            faults.push(format!("back from {}: {text} → {translated}", other.name()));
                        }
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}\n{}", faults.len(), faults.join("\n"));
}

/// A sentence for each template, and for each part one of them with it.
fn each_part(tongue: &Tongue) -> Vec<String> {
    let first = |parts: &[&'static str]| parts.first().copied().unwrap_or("");
    let written = |template: &str, with: &[(&str, &str)], clause: &str| {
        let plain = [
            ("{m}", first(tongue.metric)),
            ("{f}", ""),
            ("{c}", first(tongue.change)),
            ("{l}", first(tongue.level)),
            ("{k}", ""),
            ("{t}", ""),
            ("{n}", ""),
        ];
        let parts = with.iter().chain(&plain);
        let template = template.trim_start_matches('↓');
        parts.fold(template.to_owned(), |text, (mark, part)| text.replace(mark, part)) + clause + "\n"
    };
    let mut found = Vec::new();
    for template in [tongue.changes, tongue.levels, tongue.factors].concat() {
        for (mark, parts) in [
            ("{m}", tongue.metric),
            ("{f}", tongue.filter),
            ("{c}", tongue.change),
            ("{l}", tongue.level),
            ("{k}", tongue.comparison),
            ("{t}", tongue.time),
            ("{n}", tongue.note),
        ] {
            let fits = |part: &&&str| !template.starts_with('↓') || **part != tongue.rise();
            found.extend(parts.iter().filter(fits).map(|part| written(template, &[(mark, part)], "")));
        }
        found.extend(tongue.clause.iter().map(|clause| written(template, &[], clause)));
    }
    found.sort();
    found.dedup();
    found
}

/// The goals of a text that was understood, each with what it is read back as.
fn read_back_of(text: &str, language: Language) -> Option<(String, String)> {
    let source = Source::new("a.goals", text);
    let (program, findings) = parse(&source, language);
    if findings.has_errors() {
        return None;
    }
    let goal = program.statements.iter().find_map(|statement| match &statement.node {
        Statement::Goal(goal) => Some((**goal).clone()),
        _ => None,
    })?;
    let declared = NaiveDate::from_ymd_opt(2025, 3, 15).unwrap();
    let placed = (goal.time.is_some() || goal.starting.is_some()).then(|| {
        let starting = goal.starting.as_ref().map(|starting| &starting.node);
        window(goal.time.as_ref().map(|time| &time.node), starting, &program.calendar, declared)
            .map(|w| w.period)
    });
    let period = match placed {
        Some(Ok(period)) => Some(period),
        Some(Err(_)) => return None,
        None => None,
    };
    let said = read_back(&goal, &source, language, period);
    let words: Vec<String> = goal.metric.words.iter().map(|word| word.node.to_lowercase()).collect();
    let segments: Vec<String> = goal
        .segments
        .iter()
        .map(|segment| match &segment.node {
            SegmentPhrase::Values(values) => {
                values.iter().map(|value| value.node.as_str()).collect::<Vec<_>>().join(", ")
            }
            SegmentPhrase::Condition(_) => source.slice(segment.span).to_owned(),
        })
        .collect();
    let change = format!("{:?}", goal.change.node);
    // places and the digits as written are no part of the meaning
    let change: String = change
        .split("span: ")
        .next()
        .unwrap_or("")
        .replace("decimals: 1", "decimals: 0")
        .replace("decimals: 2", "decimals: 0");
    let retargets: Vec<String> = goal
        .clauses
        .retargets
        .iter()
        .map(|retarget| format!("{} {:?}", retarget.node.from, retarget.node.change))
        .collect();
    let comparison = goal.comparison.as_ref().map(|comparison| comparison.node.clone());
    let meant = format!(
        "{:?} {words:?} {segments:?} {change} {:?} {:?} {:?} {period:?} {comparison:?} {retargets:?}",
        goal.direction,
        goal.tolerance.as_ref().map(|tolerance| (tolerance.node.value, &tolerance.node.unit)),
        goal.every.as_ref().map(|every| every.node),
        goal.grain.as_ref().map(|grain| grain.node),
    );
    Some((meant, said))
}

/// What stands beside the parts of a tongue: tolerances, repetitions, rolling windows, retargets, averages of years.
const MORE: &[(Language, &[&str])] = &[
    (
        Language::English,
        &[
            "keep score at 50 ± 2 every month in 2025",
            "keep score between 10% and 20% each quarter",
            "increase revenue by 5% on a rolling 12-month basis",
            "increase revenue by 5% compared to the average of 2022 to 2024",
            "increase revenue by 5% compared to sheet \"Budget\"",
            "increase revenue by 5% compared to previous quarter in Q3 2025",
            "increase revenue by 5% compared to Q2 2024 in Q3 2025",
            "increase revenue by 5% compared to the period before in March 2025",
            "increase revenue by 10% in 2025\n    from 2025-07-01: by 12%",
            "reduce costs from 500 to 400 SEK in 2025\n    from 2025-07-01: to 350 SEK",
            "reduce costs by half by June",
            "increase revenue to targets.amount in 2025",
            "grow: for each region: increase revenue to targets.amount in 2025\n    owner: Finance\n    - [ ] page by 2025-03-01 (Web)",
            "increase share of orders where discount > 0 to 20%",
            "increase revenue starting 2025-07-01 by 5%",
            "increase revenue by 5% for six weeks from 1 March 2025",
            "keep waiting time below 3 hours every week",
            "train 40 nurses by June",
            "increase revenue by 1.2M SEK year to date",
            "lift the number of visitors from 1,000 to 1,200 by end of Q4 2025",
            "triple exports by 2030",
            "quadruple exports by 2030",
        ],
    ),
    (
        Language::Swedish,
        &[
            "håll NPS på 50 ± 2 varje månad under 2025",
            "öka omsättningen med 5 % på rullande 12 månader",
            "öka omsättningen med 5 % jämfört med genomsnittet av 2022 till 2024",
            "öka omsättningen med 5 % jämfört med föregående kvartal under Q3 2025",
            "öka omsättningen med 10 % under 2025\n    från 2025-07-01: med 12 %",
            "öka omsättningen till mål.belopp under 2025",
            "minska kostnaderna från 500 till 400 kr under 2025",
            "öka andelen nöjda kunder till 85 %",
            "Sjukfrånvaron får högst vara 5 %",
            "Lagernivån ska ligga mellan 100 och 150 stycken",
            "halvera antalet klagomål inom ett år",
            "utbilda 40 sjuksköterskor senast i juni",
            "öka omsättningen per kund med 1,5 mnkr per månad",
            "En halvering av antalet klagomål senast 2026",
            "Få ner sjukfrånvaron till 4 %",
        ],
    ),
    (
        Language::Danish,
        &[
            "hold NPS på 50 ± 2 hver måned i 2025",
            "øg omsætningen med 5 % på rullende 12 måneder",
            "øg omsætningen med 5 % sammenlignet med gennemsnittet af 2022 til 2024",
            "øg omsætningen med 10 % i 2025\n    fra 2025-07-01: med 12 %",
            "Sygefraværet må højst være 4 pct.",
            "Lageret skal ligge mellem 100 og 150 stk.",
            "Sygefraværet skal ned på 4 pct.",
            "begræns overtid til 5 timer",
            "En halvering af antallet af klager inden 2026",
        ],
    ),
    (
        Language::German,
        &[
            "halte den NPS bei 50 ± 2 jeden Monat im Jahr 2025",
            "steigere den Umsatz um 5 % auf rollierender 12-Monats-Basis",
            "steigere den Umsatz um 5 % im Vergleich zum Durchschnitt von 2022 bis 2024",
            "steigere den Umsatz um 10 % im Jahr 2025\n    ab 2025-07-01: um 12 %",
            "Die Krankenquote darf maximal 5 % betragen",
            "Der Lagerbestand soll zwischen 100 und 150 Stück liegen",
            "Die Zahl der Reklamationen soll sich bis 2026 halbieren",
            "begrenze Überstunden auf 5 Stunden",
            "Verdopplung des Umsatzes bis 2027",
        ],
    ),
];

/// What is read back means what was read, and is read back as itself: every part of every tongue, and more.
#[test]
fn what_is_read_back_is_the_same_goal() {
    let mut faults = Vec::new();
    let more =
        MORE.iter().flat_map(|(language, texts)| texts.iter().map(|text| (*language, format!("{text}\n"))));
    let parts = [&ENGLISH, &SWEDISH, &DANISH, &GERMAN]
        .into_iter()
        .flat_map(|tongue| each_part(tongue).into_iter().map(|text| (tongue.language, text)));
    for (language, text) in parts.chain(more) {
        let Some((meant, said)) = read_back_of(&text, language) else {
            faults.push(format!("{text}  is not understood"));
            continue;
        };
        match read_back_of(&said, language) {
            None => faults.push(format!("{text}  → {said}\n  is not understood")),
            Some((again, _)) if again != meant => {
                faults.push(format!("{text}  → {said}\n  {meant}\n  {again}"));
            }
            Some((_, twice)) if twice != said => faults.push(format!("{text}  → {said}\n  → {twice}")),
            Some(_) => {}
        }
    }
    assert!(faults.is_empty(), "{}\n{}", faults.len(), faults.join("\n"));
}
