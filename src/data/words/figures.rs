//! Words around key figures: what a column of their names is called, what they are called, actual and budget.

/// What a column of the names of metrics is called.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "kpi", "metric", "measure", "indicator", "key figure", "key metric", "line item", "performance indicator",
    "kennzahl", "kennzahlen", "kennziffer", "kenngröße", "messgröße", "nyckeltal", "mätetal", "mått",
    "nøgletal", "nøkkeltall", "måltal", "måleenhed", "indicateur", "indicador", "indicadore", "métrica", "metrica",
    "indicatore", "indicatori", "mesure", "métrique", "kengetal", "kerncijfer", "tunnusluku", "wskaźnik",
];

/// Whether a header stands above the names of metrics.
pub(crate) fn names_metrics(header: &str) -> bool {
    let lower = header.trim().trim_end_matches(['s', ':']).to_lowercase();
    NAMES.contains(&lower.as_str()) || lower.starts_with("kpi ") || lower.ends_with(" kpi")
}

/// Whether a header stands above units.
pub(crate) fn names_unit(header: &str) -> bool {
    let lower = header.trim().trim_end_matches(':').to_lowercase();
    matches!(
        lower.as_str(),
        "unit"
            | "units"
            | "uom"
            | "enhet"
            | "enhed"
            | "einheit"
            | "unité"
            | "unidade"
            | "unidad"
            | "eenheid"
            | "unità"
            | "me"
    )
}

/// How the names of key figures begin.
#[rustfmt::skip]
const STEMS: &[&str] = &[
    "revenue", "sales", "turnover", "order", "customer", "client", "visit", "session", "conversion", "rate",
    "margin", "profit", "cost", "expense", "ebit", "churn", "nps", "satisfaction", "headcount", "fte", "lead",
    "average", "return", "complaint", "growth", "cash", "income", "gross", "cogs", "traffic", "user", "downtime",
    "umsatz", "kosten", "gewinn", "bestellung", "kunde", "besuch", "marge", "auftr", "quote", "ergebnis",
    "personal", "aufwand", "ertrag", "erlös", "absatz", "retoure", "reklamation",
    "omsättning", "intäkt", "kostnad", "resultat", "kund", "besök", "konvertering", "vinst", "försäljning",
    "omsætning", "ordre", "besøg", "omkostning", "salg", "overskud", "indtægt",
    "chiffre", "vente", "coût", "commande", "taux", "bénéfice", "charge", "panier",
    "receita", "venda", "custo", "pedido", "cliente", "taxa", "margem", "lucro", "faturamento", "despesa",
];

/// Whether a name begins a word as those of key figures do: `Net revenue`, `Conversion rate`, `Umsatz`.
pub(crate) fn is_key_figure(name: &str) -> bool {
    name.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| STEMS.iter().any(|stem| word.starts_with(stem)))
}

/// What an `Actual` or a `Budget` is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scenario {
    /// What happened.
    Actual,
    /// What was planned, or foreseen.
    Planned,
}

/// Whether a text says that numbers are actual or planned.
pub(crate) fn scenario(text: &str) -> Option<Scenario> {
    let lower = text.trim().trim_end_matches(['.', ':']).to_lowercase();
    match lower.as_str() {
        "actual" | "actuals" | "ist" | "utfall" | "utfald" | "faktisk" | "realiseret" | "real"
        | "realisert" | "réel" | "réalisé" | "realizado" | "result" | "outcome" | "werkelijk"
        | "consuntivo" | "istwert" | "act" => Some(Scenario::Actual),
        "budget" | "plan" | "target" | "targets" | "goal" | "soll" | "mål" | "ziel" | "objectif" | "meta"
        | "prognos" | "prognose" | "forecast" | "estimate" | "orçamento" | "orçado" | "previsto"
        | "prévu" | "objetivo" | "planned" | "doel" | "sollwert" | "fc" | "bud" => Some(Scenario::Planned),
        _ => None,
    }
}

/// Whether a word says that numbers are planned, not measured.
pub(crate) fn is_plan_word(word: &str) -> bool {
    scenario(word) == Some(Scenario::Planned)
}

/// Whether a header names a sum or a mean over the periods beside it: `Total`, `YTD`, `Ø`, `Durchschnitt`.
pub(crate) fn sums_up_periods(header: &str) -> bool {
    let lower = header.trim().to_lowercase();
    super::total(&lower) != super::TotalWord::No
        || lower.split(|c: char| !(c.is_alphanumeric() || c == 'ø')).any(|word| {
            matches!(
                word,
                "ytd"
                    | "ø"
                    | "avg"
                    | "average"
                    | "mean"
                    | "durchschnitt"
                    | "schnitt"
                    | "snitt"
                    | "genomsnitt"
                    | "gennemsnit"
                    | "moyenne"
                    | "média"
                    | "media"
                    | "kumuliert"
                    | "kum"
                    | "ack"
                    | "ackumulerat"
                    | "cum"
                    | "cumul"
                    | "cumulative"
                    | "acumulado"
                    | "medel"
                    | "medelvärde"
                    | "helår"
                    | "gesamtjahr"
                    | "årstotal"
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_metrics() {
        assert!(names_metrics("KPIs") && names_metrics("Kennzahl") && names_metrics("Nyckeltal:"));
        assert!(!names_metrics("Region") && !names_metrics("Product"));
        assert!(is_key_figure("Net revenue") && is_key_figure("Umsatzerlöse") && !is_key_figure("North"));
    }

    #[test]
    fn scenarios_and_sums() {
        assert_eq!(scenario("Ist"), Some(Scenario::Actual));
        assert_eq!(scenario("Budget"), Some(Scenario::Planned));
        assert_eq!(scenario("North"), None);
        assert!(sums_up_periods("YTD 2025") && sums_up_periods("Ø") && sums_up_periods("Summe"));
        assert!(!sums_up_periods("Target"));
    }
}
