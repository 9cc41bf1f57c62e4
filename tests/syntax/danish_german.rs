//! The core of a goal sentence in Danish and German.

use super::{Language, all};

#[test]
fn danish() {
    all(
        Language::Danish,
        &[
            (
                "Øg omsætningen med 10 % i 2025",
                "increase | omsætningen | percent 0.1 | 2025-01-01 to 2025-12-31",
            ),
            (
                "reducere udledningen med 42,5 % inden 2030",
                "decrease | udledningen | percent 0.425 | 2030-01-01 to 2030-12-31",
            ),
            ("omsætningen skal stige med 5 %", "increase | omsætningen | percent 0.05"),
            ("svind skal være højst 3 %", "keep | svind | at_most 0.03"),
            ("hold svind under 3 % hver måned", "keep | svind | below 0.03 | per month"),
            ("Opnå en margin på mindst 30 %", "reach | margin | at_least 0.3"),
            ("halver antallet af klager", "decrease | antallet af klager | factor 0.5"),
            ("øg omsætningen fra 1.000 til 1.500 kr", "increase | omsætningen | from_to 1000 1500 DKK"),
        ],
    );
}

#[test]
fn german() {
    all(
        Language::German,
        &[
            ("Umsatz um 10 % steigern", "increase | Umsatz | percent 0.1"),
            (
                "den Umsatz bis Ende 2025 um 5,5 % steigern",
                "increase | Umsatz | percent 0.055 | 2025-01-01 to 2025-12-31",
            ),
            (
                "Der Umsatz soll 2026 um 60 Prozent steigen.",
                "increase | Umsatz | percent 0.6 | 2026-01-01 to 2026-12-31",
            ),
            ("steigere den Umsatz von 40.000 auf 50.000 Euro", "increase | Umsatz | from_to 40000 50000 EUR"),
            ("die Kosten sollen um 5 % sinken", "decrease | Kosten | percent 0.05"),
            ("den Ausschuss unter 3 % halten", "keep | Ausschuss | below 0.03"),
            ("Lieferzeit soll höchstens 3 Tage betragen", "keep | Lieferzeit | at_most 3 days"),
            (
                "Umsatz in Q3 2025 um 5 % erhöhen",
                "increase | Umsatz | percent 0.05 | 2025-07-01 to 2025-09-30",
            ),
        ],
    );
}
