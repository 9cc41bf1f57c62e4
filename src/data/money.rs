//! Currency signs, abbreviations and ISO 4217 codes → the code that stands for the currency.

/// The ISO 4217 codes in use.
const CODES: &[&str] = &[
    "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BHD", "BIF",
    "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CLP", "CNY", "COP",
    "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP",
    "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD",
    "IRR", "ISK", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK",
    "LBP", "LKR", "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR",
    "MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP",
    "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP",
    "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD",
    "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS", "VED", "VES", "VND", "VUV", "WST", "XAF", "XCD", "XOF",
    "XPF", "YER", "ZAR", "ZMW", "ZWG",
];

/// Codes that are seldom anything but a currency.
const COMMON: &[&str] = &[
    "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HUF", "INR", "JPY", "NOK", "PLN", "SEK",
    "USD",
];

/// Whether the code is one of the common ones.
pub(crate) fn is_common(code: &str) -> bool {
    COMMON.contains(&code)
}

/// Signs and abbreviations beside the codes.
const SIGNS: &[(&str, &str)] = &[
    ("€", "EUR"),
    ("$", "USD"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("￥", "JPY"),
    ("₹", "INR"),
    ("₽", "RUB"),
    ("₺", "TRY"),
    ("₩", "KRW"),
    ("₴", "UAH"),
    ("₫", "VND"),
    ("₦", "NGN"),
    ("₱", "PHP"),
    ("₪", "ILS"),
    ("฿", "THB"),
    ("zł", "PLN"),
    ("kč", "CZK"),
    ("ft", "HUF"),
    ("r$", "BRL"),
    ("us$", "USD"),
    ("a$", "AUD"),
    ("au$", "AUD"),
    ("c$", "CAD"),
    ("ca$", "CAD"),
    ("nz$", "NZD"),
    ("hk$", "HKD"),
    ("s$", "SGD"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("fr.", "CHF"),
    ("sfr.", "CHF"),
    ("skr", "SEK"),
    ("nkr", "NOK"),
    ("dkr", "DKK"),
    ("dkr.", "DKK"),
];

/// Whether a character is a currency sign by itself.
pub(crate) fn is_sign(c: char) -> bool {
    matches!(c, '$' | '£' | '€' | '¥' | '￥') || ('\u{20a0}'..='\u{20cf}').contains(&c) || c == '฿'
}

/// The code itself, if it is one.
pub(crate) fn iso_code(text: &str) -> Option<String> {
    CODES.binary_search(&text).ok().map(|at| CODES[at].to_owned())
}

/// The currency of a sign or abbreviation, with the Windows locale it is written in where that is known. `kr` alone
/// could be any of four currencies and stays `kr`.
pub(crate) fn currency(text: &str, locale: Option<u32>) -> Option<String> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{a0}' || c == '\u{202f}');
    if let Some(code) = iso_code(text) {
        return Some(code);
    }
    // no sign is a single letter, and none is longer than these
    if text.len() > 8 || text.len() < 2 && text != "$" {
        return None;
    }
    let folded = text.to_lowercase();
    let by_locale = match (folded.as_str(), locale.map(|l| l & 0xffff)) {
        ("kr" | "kr.", Some(0x041d | 0x081d)) => Some("SEK"),
        ("kr" | "kr.", Some(0x0414 | 0x0814)) => Some("NOK"),
        ("kr" | "kr.", Some(0x0406 | 0x046f | 0x0438)) => Some("DKK"),
        ("kr" | "kr.", Some(0x040f)) => Some("ISK"),
        ("kr" | "kr.", _) => Some("kr"),
        ("$", Some(0x1009 | 0x0c0c)) => Some("CAD"),
        ("$", Some(0x0c09)) => Some("AUD"),
        ("$", Some(0x1409)) => Some("NZD"),
        ("$", Some(0x080a)) => Some("MXN"),
        ("¥" | "￥", Some(0x0804)) => Some("CNY"),
        ("fr" | "fr.", Some(_)) => Some("CHF"),
        _ => SIGNS.iter().find(|(sign, _)| *sign == folded).map(|(_, code)| *code),
    };
    by_locale.map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_for_searching() {
        assert!(CODES.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn signs_and_abbreviations() {
        assert_eq!(currency("€", None).as_deref(), Some("EUR"));
        assert_eq!(currency(" SEK ", None).as_deref(), Some("SEK"));
        assert_eq!(currency("kr", Some(0x41d)).as_deref(), Some("SEK"));
        assert_eq!(currency("kr", None).as_deref(), Some("kr"));
        assert_eq!(currency("st", None), None);
        assert_eq!(currency("", None), None);
    }
}
