//! How a goal is said in another language: what a native speaker would write, word order and endings included.

use goalsheet::source::Source;
use goalsheet::syntax::translate::translate;

use super::Language;

#[track_caller]
fn all(from: Language, to: Language, cases: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let found = translate(&Source::new("a.goals", *text), from, to).map_or_else(
            |_| "refused".to_owned(),
            |text| text.lines().filter(|line| !line.starts_with("language ")).collect::<Vec<_>>().join("\n"),
        );
        if found != *expected {
            wrong.push(format!("{text}\n  expected {expected}\n  found    {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn english_to_swedish() {
    all(
        Language::English,
        Language::Swedish,
        &[
            ("increase sales by 10% in 2025", "öka sales med 10% under 2025"),
            ("By the end of 2025, raise sales by 10%", "Öka sales med 10% till slutet av 2025"),
            ("in 2025 costs should be reduced by 5%", "under 2025 ska costs minskas med 5%"),
            ("churn should be at most 3%", "churn ska vara högst 3%"),
            ("keep stock between 100 and 200 pieces", "håll stock mellan 100 och 200 stycken"),
            ("keep nps at 50 ± 2", "håll nps på 50 ± 2"),
            ("reduce costs by half within 6 months", "minska costs med hälften inom 6 månader"),
            ("increase sales by 5% in the next 6 months", "öka sales med 5% under de närmaste 6 månaderna"),
            ("increase sales by 5% in the first half of 2025", "öka sales med 5% under första halvåret 2025"),
            ("increase sales by 5% in the last week of July", "öka sales med 5% under sista veckan i juli"),
            ("increase sales by 5% in June", "öka sales med 5% i juni"),
            (
                "increase sales by 5% compared to the same period last year",
                "öka sales med 5% jämfört med samma period förra året",
            ),
            (
                "improve score by 5 points compared to last year",
                "förbättra score med 5 poäng jämfört med förra året",
            ),
            ("The goal is to keep churn below 3%", "Målet är att hålla churn under 3%"),
            ("find potential in sales by region, channel", "hitta potential i sales per region, channel"),
            (
                "calendar from periods by [Fiscal Year], [Period]",
                "kalender från periods per [Fiscal Year], [Period]",
            ),
            (
                "calendar 4-4-5 ending last Saturday of January",
                "kalender 4-4-5 som slutar sista lördagen i januari",
            ),
            (
                "increase sales for visitors from Google by 3 pp",
                "öka sales för visitors från Google med 3 pp",
            ),
        ],
    );
}

#[test]
fn english_to_danish() {
    all(
        Language::English,
        Language::Danish,
        &[
            ("increase sales by 10% by 31 December 2025", "øg sales med 10% senest 31. december 2025"),
            ("By the end of 2025, raise sales by 10%", "Øg sales med 10% inden udgangen af 2025"),
            ("in 2025 costs should be reduced by 5%", "i 2025 skal costs reduceres med 5%"),
            ("churn should be at most 3%", "churn skal være højst 3%"),
            ("sales should grow by 5%", "sales skal stige med 5%"),
            ("keep stock between 100 and 200 pieces", "hold stock mellem 100 og 200 stk."),
            ("limit overtime to 5 hours", "begræns overtime til 5 timer"),
            ("keep churn below 3% every month", "hold churn under 3% hver måned"),
            ("increase sales by 5% in the third quarter of 2025", "øg sales med 5% i tredje kvartal af 2025"),
            (
                "increase sales by 5% compared to the average of 2022 to 2024",
                "øg sales med 5% sammenlignet med gennemsnittet af 2022 til 2024",
            ),
            ("The goal is to keep churn below 3%", "Målet er at holde churn under 3%"),
            ("find potential in sales by region", "find potentiale i sales pr. region"),
        ],
    );
}

#[test]
fn english_to_german() {
    all(
        Language::English,
        Language::German,
        &[
            ("increase sales by 10% in 2025", "steigere sales um 10% im Jahr 2025"),
            ("increase sales by 10% next fiscal year", "steigere sales um 10% im nächsten Geschäftsjahr"),
            ("increase sales by 10% by 31 December 2025", "steigere sales um 10% bis zum 31. Dezember 2025"),
            (
                "increase sales by 5% from 1 March 2025 to 31 August 2025",
                "steigere sales um 5% vom 1. März 2025 bis zum 31. August 2025",
            ),
            ("in 2025 costs should be reduced by 5%", "im Jahr 2025 soll costs um 5% sinken"),
            ("churn should be at most 3%", "churn soll höchstens 3% betragen"),
            ("By the end of 2026 churn must be below 3%", "bis Ende 2026 soll churn unter 3% liegen"),
            ("reduce costs by half within 6 months", "senke costs um die Hälfte innerhalb von 6 Monaten"),
            ("keep churn below 3% every week", "halte churn unter 3% jede Woche"),
            ("The goal is to increase sales by 10%", "Steigere sales um 10%"),
            ("metric late = count(where days > 5)", "Kennzahl late = Anzahl(wo days > 5)"),
            ("increase sales by 10% compared to last year", "steigere sales um 10% im Vergleich zum Vorjahr"),
            ("find potential in sales by region", "finde Potenzial in sales nach region"),
            ("keep stock between 100 and 200 pieces", "halte stock zwischen 100 und 200 Stück"),
        ],
    );
}

#[test]
fn swedish_and_german_to_english() {
    all(
        Language::Swedish,
        Language::English,
        &[
            ("Vi ökar omsättningen med 10 %", "Increase omsättningen by 10 %"),
            ("Sjukfrånvaron får högst vara 5 %", "Sjukfrånvaron should be at most 5 %"),
            (
                "Mellan mars och maj 2025 ska antalet bokningar öka med 10 %",
                "between March and May 2025 number of bokningar should increase by 10 %",
            ),
            (
                "Öka kassaflödet med 10 % under de kommande 12 månaderna",
                "Increase kassaflödet by 10 % in the next 12 months",
            ),
            (
                "Öka kassaflödet med 10 % genom fler kampanjer",
                "Increase kassaflödet by 10 % through fler kampanjer",
            ),
        ],
    );
    all(
        Language::German,
        Language::English,
        &[
            ("Die Krankenquote darf maximal 5 % betragen", "Krankenquote should be at most 5 %"),
            (
                "Der Umsatz soll im Geschäftsjahr 2025 um 8 % gegenüber dem Vorjahr wachsen",
                "Umsatz should increase in fiscal year 2025 by 8 % compared to last year",
            ),
            ("Unser Ziel ist es, den Umsatz um 10 % zu steigern", "The goal is to increase Umsatz by 10 %"),
        ],
    );
}
