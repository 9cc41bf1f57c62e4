//! Amounts with their units, exact.

use rust_decimal::Decimal;

/// The unit of an amount or a metric.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    /// A plain number.
    None,
    /// A share: 10 % is held as 0.1.
    Percent,
    /// Percentage points: 3 pp is held as 0.03.
    Points,
    /// Money in a currency (ISO 4217 code in capitals).
    Money(String),
    /// A length of time.
    Duration(DurationUnit),
    /// A multiple (`1.5x`, `2 times`, `2 gånger`).
    Times,
    /// Any other unit noun, as written (`pieces`, `orders`).
    Named(String),
}

/// Units of time that convert into one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DurationUnit {
    /// Seconds.
    Second,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days.
    Day,
    /// Weeks of seven days.
    Week,
    /// Calendar months.
    Month,
    /// Calendar years.
    Year,
}

impl DurationUnit {
    /// How many seconds it has; months and years differ.
    pub fn seconds(self) -> Option<u32> {
        match self {
            Self::Second => Some(1),
            Self::Minute => Some(60),
            Self::Hour => Some(3600),
            Self::Day => Some(86_400),
            Self::Week => Some(604_800),
            Self::Month | Self::Year => None,
        }
    }
}

/// Whether two currencies are one, or are written with one sign: `kr` and `$` do not tell theirs apart.
pub(crate) fn same_sign(a: &str, b: &str) -> bool {
    const CROWNS: [&str; 5] = ["kr", "SEK", "DKK", "NOK", "ISK"];
    const DOLLARS: [&str; 5] = ["USD", "CAD", "AUD", "NZD", "SGD"];
    a == b || [&CROWNS[..], &DOLLARS[..]].iter().any(|family| family.contains(&a) && family.contains(&b))
}

/// An amount as written in a goal file, scale words and percent applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// Its value: `10 %` is 0.1, `1.2M SEK` is 1200000.
    pub value: Decimal,
    /// Its unit.
    pub unit: Unit,
    /// Decimals as written (`5.50` has two), before scaling.
    pub decimals: u32,
}

impl Quantity {
    /// A plain number.
    pub fn plain(value: Decimal) -> Self {
        Self { decimals: value.scale(), value, unit: Unit::None }
    }
}

/// The exact decimal of a double, rounded to 15 significant digits as Excel keeps them; `None` where a decimal
/// cannot hold it (above 7.9e28, NaN, infinities).
pub fn decimal_from_f64(value: f64) -> Option<Decimal> {
    if !value.is_finite() {
        return None;
    }
    Decimal::from_f64_retain(value)?.round_sf(15).map(|d| d.normalize())
}

/// The double nearest to a decimal.
pub fn f64_from_decimal(value: Decimal) -> f64 {
    // Invariant: every decimal prints as digits that f64 parses; parsing rounds correctly, `to_f64` does not always
    value.to_string().parse().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifteen_digits_remove_noise() {
        let shown = |value: f64| decimal_from_f64(value).map(|d| d.to_string());
        assert_eq!(shown(0.1 + 0.2).as_deref(), Some("0.3"));
        assert_eq!(shown(4.029_999_999_999_999).as_deref(), Some("4.03"));
        assert_eq!(shown(9_747_747.934).as_deref(), Some("9747747.934"));
        assert_eq!(shown(f64::NAN), None);
        assert_eq!(shown(1e30), None);
    }
}
