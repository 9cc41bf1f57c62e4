//! What a header says of its column: an identity, a count, years, a currency, dates.

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

/// What part of a year a header names, and its greatest number.
pub(crate) fn names_part_of_year(header: &str) -> Option<(crate::calendar::Grain, f64)> {
    use crate::calendar::Grain;
    let lower = header.trim().trim_end_matches('.').to_lowercase();
    match lower.as_str() {
        "month" | "months" | "månad" | "måned" | "monat" | "mois" | "mês" | "mes" | "mese" | "maand"
        | "kuukausi" | "miesiąc" | "month no" | "month number" | "mon" | "mth" => Some((Grain::Month, 12.0)),
        "quarter" | "qtr" | "kvartal" | "quartal" | "trimestre" | "kwartaal" | "q" => {
            Some((Grain::Quarter, 4.0))
        }
        "week" | "week no" | "week number" | "vecka" | "uge" | "woche" | "kw" | "semaine" | "semana"
        | "settimana" => Some((Grain::Week, 53.0)),
        _ => None,
    }
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

/// Whether a header names dates and nothing else: `Date`, `Order date`, `Rechnungsdatum`.
pub(crate) fn is_date_name(header: &str) -> bool {
    let lower = header.trim().trim_end_matches(['.', ':']).to_lowercase();
    let last = lower.rsplit([' ', '_', '-']).next().unwrap_or_default();
    matches!(last, "date" | "datum" | "dato" | "data" | "fecha")
        || last.ends_with("datum")
        || last.ends_with("dato")
        || lower.starts_with("date ")
        || lower.starts_with("fecha ")
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
