//! Currency symbols of number formats → ISO 4217 codes.

/// Locale (Windows language id, lower 16 bits, in hexadecimal) → its currency.
const LOCALES: &[(u32, &str)] = &[
    (0x0401, "SAR"),
    (0x0402, "BGN"),
    (0x0404, "TWD"),
    (0x0405, "CZK"),
    (0x0406, "DKK"),
    (0x0407, "EUR"),
    (0x0408, "EUR"),
    (0x0409, "USD"),
    (0x040A, "EUR"),
    (0x040B, "EUR"),
    (0x040C, "EUR"),
    (0x040D, "ILS"),
    (0x040E, "HUF"),
    (0x040F, "ISK"),
    (0x0410, "EUR"),
    (0x0411, "JPY"),
    (0x0412, "KRW"),
    (0x0413, "EUR"),
    (0x0414, "NOK"),
    (0x0415, "PLN"),
    (0x0416, "BRL"),
    (0x0418, "RON"),
    (0x0419, "RUB"),
    (0x041A, "EUR"),
    (0x041B, "EUR"),
    (0x041D, "SEK"),
    (0x041E, "THB"),
    (0x041F, "TRY"),
    (0x0421, "IDR"),
    (0x0422, "UAH"),
    (0x0424, "EUR"),
    (0x0425, "EUR"),
    (0x0426, "EUR"),
    (0x0427, "EUR"),
    (0x042A, "VND"),
    (0x0439, "INR"),
    (0x043E, "MYR"),
    (0x0804, "CNY"),
    (0x0807, "CHF"),
    (0x0809, "GBP"),
    (0x080A, "MXN"),
    (0x080C, "EUR"),
    (0x0813, "EUR"),
    (0x0814, "NOK"),
    (0x0816, "EUR"),
    (0x081D, "EUR"),
    (0x0C01, "EGP"),
    (0x0C04, "HKD"),
    (0x0C07, "EUR"),
    (0x0C09, "AUD"),
    (0x0C0A, "EUR"),
    (0x0C0C, "CAD"),
    (0x1004, "SGD"),
    (0x1007, "EUR"),
    (0x1009, "CAD"),
    (0x100C, "CHF"),
    (0x1409, "NZD"),
    (0x1809, "EUR"),
    (0x1C09, "ZAR"),
    (0x240A, "COP"),
    (0x280A, "PEN"),
    (0x2C0A, "ARS"),
    (0x340A, "CLP"),
    (0x3409, "PHP"),
    (0x3801, "AED"),
    (0x4009, "INR"),
    (0x4809, "SGD"),
    (0x0436, "ZAR"),
];

/// Symbols that stand for one currency, or for one before others where nothing else is said. `kr` alone may be any of
/// four: it stays as it is.
const SYMBOLS: &[(&str, &str)] = &[
    ("€", "EUR"),
    ("$", "USD"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("₹", "INR"),
    ("₽", "RUB"),
    ("₺", "TRY"),
    ("₩", "KRW"),
    ("₪", "ILS"),
    ("₴", "UAH"),
    ("฿", "THB"),
    ("₫", "VND"),
    ("₱", "PHP"),
    ("zł", "PLN"),
    ("Kč", "CZK"),
    ("Ft", "HUF"),
    ("R$", "BRL"),
    ("US$", "USD"),
    ("C$", "CAD"),
    ("CA$", "CAD"),
    ("A$", "AUD"),
    ("AU$", "AUD"),
    ("NZ$", "NZD"),
    ("HK$", "HKD"),
    ("S$", "SGD"),
    ("NT$", "TWD"),
    ("Mex$", "MXN"),
    ("MX$", "MXN"),
    ("SFr.", "CHF"),
    ("Fr.", "CHF"),
    ("fr.", "CHF"),
    ("lei", "RON"),
    ("лв.", "BGN"),
    ("лв", "BGN"),
    ("руб.", "RUB"),
    ("р.", "RUB"),
    ("円", "JPY"),
    ("元", "CNY"),
    ("￥", "CNY"),
    ("kr", "kr"),
    ("kr.", "kr"),
    ("Kr", "kr"),
    ("Kr.", "kr"),
    ("Rs.", "INR"),
    ("Rp", "IDR"),
    ("RM", "MYR"),
];

/// Codes that a format may spell out.
const CODES: &[&str] = &[
    "AED", "ARS", "AUD", "BGN", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EGP", "EUR", "GBP",
    "HKD", "HRK", "HUF", "IDR", "ILS", "INR", "ISK", "JPY", "KRW", "KWD", "MAD", "MXN", "MYR", "NGN", "NOK",
    "NZD", "PEN", "PHP", "PKR", "PLN", "QAR", "RON", "RSD", "RUB", "SAR", "SEK", "SGD", "THB", "TRY", "TWD",
    "UAH", "USD", "VND", "ZAR",
];

/// The currency of `[$SYMBOL-LOCALE]`; `None` where there is no symbol. The locale tells what an ambiguous symbol means.
pub(super) fn of_symbol(symbol: &str, locale: &str) -> Option<String> {
    let symbol = symbol.trim();
    if symbol.is_empty() {
        return None;
    }
    let is_code = symbol.len() == 3 && symbol.bytes().all(|b| b.is_ascii_uppercase());
    if is_code {
        return Some(symbol.to_owned());
    }
    let ambiguous = matches!(symbol, "$" | "¥" | "£" | "R") || symbol.to_lowercase().starts_with("kr");
    let here = u32::from_str_radix(locale, 16).ok().and_then(|id| {
        let id = id & 0xFFFF;
        LOCALES.iter().find(|(known, _)| *known == id).map(|(_, code)| *code)
    });
    let known = SYMBOLS.iter().find(|(known, _)| *known == symbol).map(|(_, code)| *code);
    let code = if ambiguous { here.filter(|code| *code != "EUR").or(known) } else { known.or(here) };
    code.map(str::to_owned)
}

/// The currency of text that a format shows beside the number, if it is one.
pub(super) fn of_text(text: &str) -> Option<String> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '-' | ',' | '/'));
    if CODES.contains(&text) {
        return Some(text.to_owned());
    }
    SYMBOLS.iter().find(|(known, _)| *known == text).map(|(_, code)| (*code).to_owned())
}
