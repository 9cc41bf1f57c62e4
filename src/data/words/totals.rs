//! Texts that name a total or a subtotal.

/// Whole texts that name a total, or a mean of the rows.
const TOTALS: &[&str] = &[
    "total",
    "totals",
    "totalt",
    "totalen",
    "totale",
    "totaal",
    "totales",
    "totais",
    "totaux",
    "grand total",
    "grand totals",
    "overall total",
    "sum",
    "sums",
    "summa",
    "summe",
    "summen",
    "sub total",
    "sub-total",
    "subtotal",
    "subtotals",
    "subtotalt",
    "delsumma",
    "delsum",
    "slutsumma",
    "totalsumma",
    "gesamt",
    "gesamtsumme",
    "gesamtergebnis",
    "gesamtbetrag",
    "insgesamt",
    "zwischensumme",
    "teilsumme",
    "i alt",
    "ialt",
    "hovedtotal",
    "sous-total",
    "sous total",
    "total général",
    "total general",
    "total geral",
    "totale generale",
    "somme",
    "soma",
    "suma",
    "somma",
    "razem",
    "yhteensä",
    "suma total",
    "totalt antal",
    "average",
    "avg",
    "mean",
    "medel",
    "medelvärde",
    "snitt",
    "genomsnitt",
    "gennemsnit",
    "durchschnitt",
    "mittelwert",
    "moyenne",
    "média",
    "promedio",
    "gemiddelde",
];

/// Words that make a text a total where they begin it before a blank or colon.
const LEADING: &[&str] = &[
    "total",
    "grand total",
    "subtotal",
    "sub-total",
    "sub total",
    "sum",
    "summa",
    "summe",
    "zwischensumme",
    "delsumma",
    "totalt",
    "gesamt",
    "sous-total",
    "totale",
    "totaal",
    "i alt",
];

/// Words that make a text a total where they end it after a blank.
const TRAILING: &[&str] = &[
    "total", "totals", "totalt", "subtotal", "summa", "summe", "ergebnis", "gesamt", "i alt", "totaal",
    "totale",
];

/// How surely a text names a total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TotalWord {
    /// Not at all.
    No,
    /// It begins or ends like one: `Denmark Total`, `Sum: 12 May`.
    Part,
    /// Nothing else stands there: `Grand Total`.
    Whole,
}

/// Whether a text could name a total: every word for one holds one of these, in any case.
fn may_be_total(text: &str) -> bool {
    text.as_bytes().windows(3).any(|part| {
        let part = [part[0] | 0x20, part[1] | 0x20, part[2] | 0x20];
        matches!(
            &part,
            b"tot"
                | b"sum"
                | b"som"
                | b"ges"
                | b"alt"
                | b"erg"
                | b"raz"
                | b"yht"
                | b"avg"
                | b"rag"
                | b"mea"
                | b"itt"
                | b"sni"
                | b"ede"
                | b"oye"
                | b"dia"
                | b"ome"
                | b"idd"
        )
    })
}

/// Whether a text names a total or subtotal.
pub(crate) fn total(text: &str) -> TotalWord {
    let text = text.trim();
    if text.len() > 80 || !may_be_total(text) {
        return TotalWord::No;
    }
    let lower = text.to_lowercase();
    let bare = lower.trim_end_matches([':', '.', ' ', '\u{a0}']);
    if TOTALS.contains(&bare) {
        return TotalWord::Whole;
    }
    let leads = LEADING
        .iter()
        .any(|word| bare.strip_prefix(word).is_some_and(|rest| rest.starts_with([' ', ':', '\u{a0}'])));
    let trails = TRAILING
        .iter()
        .any(|word| bare.strip_suffix(word).is_some_and(|rest| rest.ends_with([' ', '-', ':'])));
    if leads || trails { TotalWord::Part } else { TotalWord::No }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_for_a_total_is_passed_over() {
        for word in TOTALS.iter().chain(LEADING).chain(TRAILING) {
            assert!(may_be_total(word), "{word}");
        }
    }

    #[test]
    fn totals_in_several_languages() {
        for text in [
            "Total",
            "Grand Total",
            "Summe:",
            "I alt",
            "Totalt",
            "Gesamtergebnis",
            "Medelvärde",
            "Durchschnitt",
        ] {
            assert_eq!(total(text), TotalWord::Whole, "{text}");
        }
        for text in ["Denmark Total", "Total Denmark", "Sum: 12 May", "Zwischensumme Nord", "Nord Ergebnis"] {
            assert_eq!(total(text), TotalWord::Part, "{text}");
        }
        for text in ["Totally", "Summer", "Totalenergies", "North", ""] {
            assert_eq!(total(text), TotalWord::No, "{text}");
        }
    }
}
