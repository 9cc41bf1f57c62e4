//! Texts that stand for a value: yes and no, nothing there, a note below the data.

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

/// Whether a text is a unit: a currency, a percent sign, pieces, hours, `tkr`.
pub(crate) fn is_unit(text: &str) -> bool {
    let bare = text.trim().trim_matches(['(', ')', '[', ']', '.']);
    if crate::data::money::currency(bare, None).is_some() {
        return true;
    }
    matches!(
        bare.to_lowercase().as_str(),
        "%" | "‰"
            | "pct"
            | "percent"
            | "pp"
            | "stk"
            | "st"
            | "pcs"
            | "units"
            | "kg"
            | "t"
            | "g"
            | "l"
            | "m"
            | "m²"
            | "m³"
            | "km"
            | "kwh"
            | "mwh"
            | "h"
            | "hrs"
            | "hours"
            | "std"
            | "tim"
            | "timer"
            | "min"
            | "s"
            | "sec"
            | "days"
            | "tage"
            | "dagar"
            | "dage"
            | "tkr"
            | "mkr"
            | "teur"
            | "t€"
            | "tsek"
            | "tdkk"
            | "keur"
            | "k€"
            | "meur"
            | "m€"
            | "mio"
            | "mio eur"
            | "mio. eur"
            | "mio €"
            | "m eur"
            | "'000"
            | "000s"
            | "ksek"
            | "msek"
            | "kdkk"
            | "mdkk"
    )
}

/// Whether a text below a name says only in what it is counted: a unit, `Anzahl`, `1 000 m³`.
pub(crate) fn is_measure(text: &str) -> bool {
    let bare = text.trim().trim_matches(['(', ')', '[', ']']);
    let behind = bare.trim_start_matches(|c: char| {
        c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | ',' | '\'')
    });
    is_unit(bare)
        || !behind.is_empty() && is_unit(behind)
        || crate::data::unit_meaning(bare).is_some()
        || matches!(
            bare.trim_end_matches('.').to_lowercase().as_str(),
            "anzahl"
                | "antal"
                | "number"
                | "nombre"
                | "número"
                | "numero"
                | "aantal"
                | "stück"
                | "personen"
                | "index"
        )
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn truths() {
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
