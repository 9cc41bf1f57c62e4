//! Words that exports use in many languages: months, totals, yes and no, nothing there.

/// Month names and abbreviations, lower case, without full stop.
#[rustfmt::skip]
const MONTHS: &[(&str, u32)] = &[
    ("january", 1),
    ("januari", 1),
    ("januar", 1),
    ("janvier", 1),
    ("janeiro", 1),
    ("enero", 1),
    ("gennaio", 1),
    ("tammikuu", 1),
    ("styczeń", 1),
    ("jan", 1),
    ("janv", 1),
    ("ene", 1),
    ("gen", 1),
    ("jän", 1),
    ("jänner", 1),
    ("february", 2),
    ("februari", 2),
    ("februar", 2),
    ("février", 2),
    ("fevereiro", 2),
    ("febrero", 2),
    ("febbraio", 2),
    ("helmikuu", 2),
    ("luty", 2),
    ("feb", 2),
    ("févr", 2),
    ("fév", 2),
    ("fevr", 2),
    ("fev", 2),
    ("march", 3),
    ("mars", 3),
    ("märz", 3),
    ("marts", 3),
    ("março", 3),
    ("marzo", 3),
    ("maart", 3),
    ("maaliskuu", 3),
    ("marzec", 3),
    ("mar", 3),
    ("mär", 3),
    ("mrz", 3),
    ("mrt", 3),
    ("april", 4),
    ("avril", 4),
    ("abril", 4),
    ("aprile", 4),
    ("huhtikuu", 4),
    ("kwiecień", 4),
    ("apr", 4),
    ("avr", 4),
    ("abr", 4),
    ("may", 5),
    ("maj", 5),
    ("mai", 5),
    ("maio", 5),
    ("mayo", 5),
    ("maggio", 5),
    ("mei", 5),
    ("toukokuu", 5),
    ("mag", 5),
    ("june", 6),
    ("juni", 6),
    ("juin", 6),
    ("junho", 6),
    ("junio", 6),
    ("giugno", 6),
    ("kesäkuu", 6),
    ("czerwiec", 6),
    ("jun", 6),
    ("giu", 6),
    ("july", 7),
    ("juli", 7),
    ("juillet", 7),
    ("julho", 7),
    ("julio", 7),
    ("luglio", 7),
    ("heinäkuu", 7),
    ("lipiec", 7),
    ("jul", 7),
    ("juil", 7),
    ("lug", 7),
    ("august", 8),
    ("augusti", 8),
    ("août", 8),
    ("agosto", 8),
    ("augustus", 8),
    ("elokuu", 8),
    ("sierpień", 8),
    ("aug", 8),
    ("aout", 8),
    ("ago", 8),
    ("september", 9),
    ("septembre", 9),
    ("setembro", 9),
    ("septiembre", 9),
    ("settembre", 9),
    ("syyskuu", 9),
    ("wrzesień", 9),
    ("sep", 9),
    ("sept", 9),
    ("set", 9),
    ("october", 10),
    ("oktober", 10),
    ("octobre", 10),
    ("outubro", 10),
    ("octubre", 10),
    ("ottobre", 10),
    ("lokakuu", 10),
    ("październik", 10),
    ("oct", 10),
    ("okt", 10),
    ("out", 10),
    ("ott", 10),
    ("november", 11),
    ("novembre", 11),
    ("novembro", 11),
    ("noviembre", 11),
    ("marraskuu", 11),
    ("listopad", 11),
    ("nov", 11),
    ("december", 12),
    ("dezember", 12),
    ("décembre", 12),
    ("dezembro", 12),
    ("diciembre", 12),
    ("dicembre", 12),
    ("joulukuu", 12),
    ("grudzień", 12),
    ("dec", 12),
    ("dez", 12),
    ("déc", 12),
    ("dic", 12),
];

/// The month that a word names.
pub(crate) fn month(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.');
    // the shortest has three letters
    if word.len() < 3 || word.len() > 16 {
        return None;
    }
    let word = word.to_lowercase();
    MONTHS.iter().find(|(name, _)| *name == word).map(|(_, month)| *month)
}

/// Whole texts that name a total.
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
        matches!(&part, b"tot" | b"sum" | b"som" | b"ges" | b"alt" | b"erg" | b"raz" | b"yht")
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

/// Texts that stand for a value that is not there.
pub(crate) fn is_missing(text: &str) -> bool {
    let text = text.trim();
    if text.is_empty() {
        return true;
    }
    if text.len() > 12 {
        return false;
    }
    let lower = text.to_lowercase();
    matches!(
        lower.as_str(),
        "-" | "–"
            | "—"
            | "--"
            | "---"
            | "−"
            | "."
            | ".."
            | "..."
            | "…"
            | "n/a"
            | "#n/a"
            | "n.a."
            | "n.a"
            | "na"
            | "#na"
            | "null"
            | "nil"
            | "none"
            | "nan"
            | "(blank)"
            | "(null)"
            | "?"
            | "k.a."
            | "k.a"
            | "i.u."
            | "n/d"
            | "n.d."
            | "nd"
            | "s/d"
            | "e.t."
            | "*"
            | "missing"
            | "saknas"
            | "not available"
    )
}

/// The truth that a word stands for.
pub(crate) fn boolean(text: &str) -> Option<bool> {
    let text = text.trim();
    // the longest has ten bytes
    if text.len() > 12 {
        return None;
    }
    let lower = text.to_lowercase();
    match lower.as_str() {
        "true" | "yes" | "y" | "ja" | "j" | "sant" | "sand" | "wahr" | "oui" | "vrai" | "sim" | "sí"
        | "si" | "verdadeiro" | "verdadero" | "vero" | "x" | "✓" | "✔" | "tak" | "kyllä" | "waar" => {
            Some(true)
        }
        "false" | "no" | "n" | "nej" | "nein" | "nei" | "falskt" | "falsk" | "falsch" | "non" | "faux"
        | "não" | "falso" | "nie" | "ei" | "nee" | "onwaar" => Some(false),
        _ => None,
    }
}

/// Whether a text begins as footnotes and statements of source do.
pub(crate) fn is_footnote(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    let marks = ["*", "†", "‡", "¹", "²", "³", "1)", "2)", "a)", "(1)", "(a)", "[1]"];
    let words = [
        "note",
        "source",
        "källa",
        "anm",
        "quelle",
        "hinweis",
        "kilde",
        "bemærk",
        "merknad",
        "fonte",
        "fuente",
        "nota",
        "generated",
        "exported",
        "report generated",
        "printed",
        "created",
        "utskriven",
        "copyright",
        "©",
    ];
    marks.iter().any(|mark| lower.starts_with(mark))
        || words.iter().any(|word| {
            lower
                .strip_prefix(word)
                .is_some_and(|rest| rest.starts_with([':', ' ', '.', 's']) || rest.is_empty())
        })
}

/// Whether the first header of a table is the one that spreadsheet programs give to pivot tables.
pub(crate) fn heads_pivot(header: &str) -> bool {
    let lower = header.to_lowercase();
    [
        "row labels",
        "zeilenbeschriftungen",
        "radetiketter",
        "rækkenavne",
        "étiquettes de lignes",
        "etiquetas de fila",
        "rótulos de linha",
        "etichette di riga",
        "rijlabels",
        "etykiety wierszy",
    ]
    .iter()
    .any(|words| lower.ends_with(words))
}

/// Whether a header names an identity: `Customer ID`, `InvoiceNo`, `Kundnummer`.
pub(crate) fn names_identity(header: &str) -> bool {
    let lower = header.trim().trim_end_matches('.').to_lowercase();
    let ends = [
        "id",
        "no",
        "nr",
        "code",
        "kod",
        "kode",
        "sku",
        "key",
        "ref",
        "reference",
        "number",
        "nummer",
        "numéro",
        "código",
        "nº",
        "n°",
        "#",
        "num",
        "ean",
        "gtin",
        "isbn",
    ];
    !lower.starts_with("number of")
        && !lower.starts_with("no of")
        && ends.iter().any(|end| lower.ends_with(end))
}

/// Whether a header names something counted, which has no currency: `Quantity`, `Antal`.
pub(crate) fn names_count(header: &str) -> bool {
    let lower = header.to_lowercase();
    [
        "quantity",
        "qty",
        "count",
        "number of",
        "antal",
        "menge",
        "anzahl",
        "stück",
        "styck",
        "units",
        "pieces",
        "quantité",
        "quantidade",
        "cantidad",
        "sessions",
        "visits",
        "orders",
        "hours",
        "days",
        "timmar",
        "stunden",
        "rank",
        "score",
        "year",
        "month",
        "percent",
        "rate",
        "share",
    ]
    .iter()
    .any(|word| lower.contains(word))
}

/// Whether a header names years.
pub(crate) fn names_year(header: &str) -> bool {
    let lower = header.trim().to_lowercase();
    [
        "year",
        "år",
        "jahr",
        "année",
        "annee",
        "ano",
        "año",
        "anno",
        "vuosi",
        "rok",
        "jaar",
        "data year",
        "data_year",
    ]
    .contains(&lower.as_str())
}

/// Whether a header names a currency.
pub(crate) fn names_currency(header: &str) -> bool {
    let lower = header.to_lowercase();
    [
        "currency", "ccy", "curr", "valuta", "währung", "waehrung", "devise", "moneda", "moeda", "waluta",
        "iso code",
    ]
    .iter()
    .any(|word| lower.contains(word))
}

/// Whether a header names dates or periods.
pub(crate) fn names_date(header: &str) -> bool {
    let lower = header.to_lowercase();
    [
        "date",
        "datum",
        "dato",
        "data",
        "fecha",
        "day",
        "dag",
        "tag",
        "month",
        "månad",
        "måned",
        "monat",
        "mois",
        "mês",
        "mes",
        "period",
        "time",
        "timestamp",
        "tid",
        "zeit",
        "jour",
        "dia",
        "päivä",
        "week",
        "woche",
        "uge",
        "vecka",
        "semaine",
    ]
    .iter()
    .any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_in_several_languages() {
        for text in ["Total", "Grand Total", "Summe:", "I alt", "Totalt", "Gesamtergebnis"] {
            assert_eq!(total(text), TotalWord::Whole, "{text}");
        }
        for text in ["Denmark Total", "Total Denmark", "Sum: 12 May", "Zwischensumme Nord", "Nord Ergebnis"] {
            assert_eq!(total(text), TotalWord::Part, "{text}");
        }
        for text in ["Totally", "Summer", "Totalenergies", "North", ""] {
            assert_eq!(total(text), TotalWord::No, "{text}");
        }
    }

    #[test]
    fn months_and_truths() {
        assert_eq!(month("Okt."), Some(10));
        assert_eq!(month("MÄRZ"), Some(3));
        assert_eq!(month("x"), None);
        assert_eq!(boolean("Nej"), Some(false));
        assert_eq!(boolean("x"), Some(true));
        assert_eq!(boolean("1"), None);
    }

    #[test]
    fn what_stands_for_nothing() {
        assert!(is_missing(" - ") && is_missing("#N/A") && is_missing("n/a"));
        assert!(!is_missing("Uppgift saknas") && !is_missing("0"));
    }
}
