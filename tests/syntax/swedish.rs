//! The forms of a goal sentence in Swedish.

use super::{Language, all};

#[test]
fn directions_and_changes() {
    all(
        Language::Swedish,
        &[
            (
                "Öka omsättningen med 10 % under nästa räkenskapsår",
                "increase | omsättningen | percent 0.1 | 2026-01-01 to 2026-12-31",
            ),
            ("ÖKA omsättningen med 10 procent", "increase | omsättningen | percent 0.1"),
            (
                "den genomsnittliga orderstorleken ökas med 5 %",
                "increase | genomsnittliga orderstorleken | percent 0.05",
            ),
            (
                "att öka konverteringsgraden för besökare från Google med 3 procentenheter",
                "increase | konverteringsgraden | points 0.03 | for besökare; Google",
            ),
            ("Målet är att minska svinnet med 5,5 %", "decrease | svinnet | percent 0.055"),
            ("Målet är att svinnet minskar med 5 %", "decrease | svinnet | percent 0.05"),
            ("svinnet ska minska med 5 %", "decrease | svinnet | percent 0.05"),
            ("nå 500 besök", "reach | besök | level 500"),
            ("få täthet till 8", "reach | täthet | level 8"),
            ("håll svinnet under 8 % varje månad", "keep | svinnet | below 0.08 | per month"),
            ("marginalen ska uppgå till minst 13 procent", "keep | marginalen | at_least 0.13"),
            ("svarstiden får inte överstiga 2 dagar", "keep | svarstiden | at_most 2 days"),
            ("avkastning på kapital ska vara minst 13 %", "keep | avkastning på kapital | at_least 0.13"),
            ("utbilda 40 sjuksköterskor", "reach | sjuksköterskor | level 40"),
            ("halvera antalet klagomål", "decrease | antalet klagomål | factor 0.5"),
            (
                "klagomålen ska halveras inom fyra år",
                "decrease | klagomålen | factor 0.5 | 2025-03-15 to 2029-03-14",
            ),
            ("fördubbla omsättningen", "increase | omsättningen | factor 2"),
            ("öka omsättningen från 1 234,5 till 2 000", "increase | omsättningen | from_to 1234.5 2000"),
            ("öka omsättningen med 3 mkr", "increase | omsättningen | amount 3000000 SEK"),
            ("öka omsättningen med 500 000 kr", "increase | omsättningen | amount 500000 SEK"),
            ("leveransprecision: 98 %", "reach | leveransprecision | level 0.98"),
        ],
    );
}

#[test]
fn times_and_filters() {
    let year = "increase | x | percent 0.05 | 2025-01-01 to 2025-12-31";
    all(
        Language::Swedish,
        &[
            ("öka x med 5 % under 2025", year),
            ("öka x med 5 % senast 2025-12-31", year),
            ("öka x med 5 % till 31 december 2025", year),
            ("öka x med 5 % senast den 31 december", year),
            ("öka x med 5 % i år", year),
            ("Under 2025 ska x öka med 5 %", year),
            ("Till slutet av 2025 ska x öka med 5 %", year),
            ("öka x med 5 % före årets slut", year),
            ("öka x med 5 % till årets slut", year),
            ("öka x med 5 % under mars 2020", "increase | x | percent 0.05 | 2020-03-01 to 2020-03-31"),
            ("öka x med 5 % till 2027", "increase | x | percent 0.05 | 2027-01-01 to 2027-12-31"),
            ("öka x med 5 % under kvartal 3 2025", "increase | x | percent 0.05 | 2025-07-01 to 2025-09-30"),
            ("öka x med 5 % under Q3 2025", "increase | x | percent 0.05 | 2025-07-01 to 2025-09-30"),
            ("öka x med 5 % vecka 31 2025", "increase | x | percent 0.05 | 2025-07-28 to 2025-08-03"),
            ("öka x med 5 % inom 6 månader", "increase | x | percent 0.05 | 2025-03-15 to 2025-09-14"),
            (
                "öka x med 5 % från 2025-04-01 till 2025-09-30",
                "increase | x | percent 0.05 | 2025-04-01 to 2025-09-30",
            ),
            (
                "öka x med 5 % jämfört med förra året",
                "increase | x | percent 0.05 | against jämfört med förra året",
            ),
            ("öka x i Sverige och Norge med 5 %", "increase | x | percent 0.05 | for Sverige och Norge"),
            (
                "öka x för region = \"Väst\" med 5 %",
                "increase | x | percent 0.05 | for för region = \"Väst\"",
            ),
            ("för varje region: öka x med 5 %", "increase | x | percent 0.05"),
            (
                "öka x med 5 % genom att öppna butiker",
                "increase | x | percent 0.05 | note genom att öppna butiker",
            ),
            ("öka x med 1.234", "P120: `1.234` can be two numbers: `1 234` or `1,234`"),
        ],
    );
}
