//! An exact value and its [`Shape`] → the text of a figure, and the number format that shows it so in a workbook.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::report::Style;

/// The minus sign of every figure.
pub const MINUS: char = '\u{2212}';
/// What stands for a figure that is not known.
pub const UNKNOWN: &str = "\u{2013}";

/// How a value is shown; the value itself stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A number in thousands to the power `thousands`.
    Number {
        /// 0 as it is, 1 in thousands, 2 in millions.
        thousands: u8,
        /// Places after the mark.
        decimals: u8,
    },
    /// A share as a percentage.
    Percent {
        /// Places after the mark.
        decimals: u8,
    },
    /// A difference of shares in percentage points, two places.
    Points,
    /// A change as a signed percentage, one place.
    Change,
    /// A share of the way as a whole percentage, rounded down and never up to a threshold.
    WholePercent,
    /// A probability: whole percent rounded down, `< 1%` and `> 99%` at the ends.
    Chance,
}

/// Where a figure stands in a workbook, which decides the room kept at its right so that decimals align.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Room {
    /// A column where money, counts and percentages stand below each other.
    Column,
    /// The same for differences, where points carry `pp`.
    Difference,
    /// A cell by itself.
    Alone,
}

fn power_of_ten(exponent: u32) -> Decimal {
    Decimal::from(10_u64.pow(exponent))
}

impl Shape {
    /// The number that is shown of `value`, rounded as Excel rounds (halves away from zero); never `-0`.
    pub fn rounded(self, value: Decimal) -> Decimal {
        let (factor, decimals) = match self {
            Self::Number { thousands, decimals } => {
                let scaled = value / power_of_ten(3 * u32::from(thousands));
                return settle(
                    scaled
                        .round_dp_with_strategy(u32::from(decimals), RoundingStrategy::MidpointAwayFromZero),
                );
            }
            Self::Percent { decimals } => (100, u32::from(decimals)),
            Self::Points => (100, 2),
            Self::Change => (100, 1),
            Self::WholePercent | Self::Chance => {
                let scaled = value.checked_mul(power_of_ten(2)).unwrap_or(value);
                return settle(scaled.floor());
            }
        };
        let scaled = value.checked_mul(Decimal::from(factor)).unwrap_or(value);
        settle(scaled.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero))
    }

    /// Places after the mark.
    pub fn decimals(self) -> usize {
        match self {
            Self::Number { decimals, .. } | Self::Percent { decimals } => usize::from(decimals),
            Self::Points => 2,
            Self::Change => 1,
            Self::WholePercent | Self::Chance => 0,
        }
    }

    /// The figure as text, without the unit that stands in its own column.
    pub fn text(self, value: Decimal, style: Style) -> String {
        if self == Self::Chance {
            if value < Decimal::new(1, 2) {
                return format!("< 1{}", style.percent_sign());
            }
            if value > Decimal::new(99, 2) {
                return format!("> 99{}", style.percent_sign());
            }
        }
        let shown = self.rounded(value);
        let digits = group_digits(shown.abs(), self.decimals(), style);
        let sign = if shown.is_sign_negative() && !shown.is_zero() {
            MINUS.to_string()
        } else if self == Self::Change && !shown.is_zero() {
            "+".to_owned()
        } else {
            String::new()
        };
        match self {
            Self::Number { .. } => format!("{sign}{digits}"),
            Self::Points => format!("{sign}{digits} {}", style.points_sign()),
            _ => format!("{sign}{digits}{}", style.percent_sign()),
        }
    }

    /// The value to place in a cell: shares of the way are placed rounded down, everything else as it is.
    pub fn stored(self, value: Decimal) -> Decimal {
        match self {
            Self::WholePercent => self.rounded(value) / power_of_ten(2),
            Self::Chance if value >= Decimal::new(1, 2) && value <= Decimal::new(99, 2) => {
                self.rounded(value) / power_of_ten(2)
            }
            Self::Points => value.checked_mul(power_of_ten(2)).unwrap_or(value),
            _ => value,
        }
    }

    /// The number format of a cell that holds [`Shape::stored`] of `value`.
    pub fn format_code(self, value: Option<Decimal>, room: Room, style: Style) -> String {
        let percent = if style.percent_sign() == "%" { "%" } else { "\"\u{a0}\"%" };
        let body = match self {
            Self::Number { thousands, decimals } => {
                let scale = ",".repeat(usize::from(thousands));
                format!("{}{scale}", with_decimals("#,##0", usize::from(decimals)))
            }
            Self::Percent { decimals } => format!("{}{percent}", with_decimals("0", usize::from(decimals))),
            Self::Points => format!("0.00\" {}\"", style.points_sign()),
            Self::Change => return change_code(value, percent, self),
            Self::WholePercent => format!("0{percent}"),
            Self::Chance => {
                return format!("[<0.01]\"< 1{0}\";[>0.99]\"> 99{0}\";0{percent}", style.percent_sign());
            }
        };
        let pad = self.pad(room, style);
        let minus = if self.is_shown_as_zero(value) { "" } else { "\u{2212}" };
        let text = text_pad(room);
        format!("{body}{pad};{minus}{body}{pad};{body}{pad};@{text}")
    }

    fn is_shown_as_zero(self, value: Option<Decimal>) -> bool {
        value.is_some_and(|v| self.rounded(v).is_zero())
    }

    fn pad(self, room: Room, style: Style) -> String {
        let Self::Number { decimals, .. } = self else {
            return match (self, room) {
                (Self::Percent { .. }, Room::Difference) => "_p".to_owned(),
                _ => String::new(),
            };
        };
        let places = if decimals == 0 { "_._0_0".to_owned() } else { String::new() };
        match room {
            Room::Column if style.percent_sign() == "%" => format!("{places}_%"),
            Room::Column => format!("{places}_ _%"),
            Room::Difference => format!("{places}_ _p_p"),
            Room::Alone => String::new(),
        }
    }
}

/// Zero without a sign or places.
fn settle(value: Decimal) -> Decimal {
    if value.is_zero() { Decimal::ZERO } else { value }
}

fn text_pad(room: Room) -> &'static str {
    match room {
        Room::Column => "_._0_0_%",
        Room::Difference => "_._0_0_ _p_p",
        Room::Alone => "",
    }
}

fn with_decimals(whole: &str, decimals: usize) -> String {
    if decimals == 0 { whole.to_owned() } else { format!("{whole}.{}", "0".repeat(decimals)) }
}

fn change_code(value: Option<Decimal>, percent: &str, shape: Shape) -> String {
    if shape.is_shown_as_zero(value) {
        format!("0.0{percent}")
    } else {
        format!("+0.0{percent};\u{2212}0.0{percent};0.0{percent}")
    }
}

/// `1,234.50` of a value that is not negative.
fn group_digits(value: Decimal, decimals: usize, style: Style) -> String {
    let plain = format!("{value:.decimals$}");
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(style.group_mark());
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(style.decimal_mark());
        text.push_str(fraction);
    }
    text
}

/// A value with no more decimals than it needs, at most `most`: `38`, `0.4`, `2.5`.
pub fn trimmed(value: Decimal, most: u32, style: Style) -> String {
    let short =
        settle(value.round_dp_with_strategy(most, RoundingStrategy::MidpointAwayFromZero)).normalize();
    let digits = group_digits(short.abs(), short.scale() as usize, style);
    if short.is_sign_negative() && !short.is_zero() { format!("{MINUS}{digits}") } else { digits }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Language;

    const ENGLISH: Style = Style { language: Language::English };
    const SWEDISH: Style = Style { language: Language::Swedish };

    #[track_caller]
    fn case(value: &str, shape: Shape, english: &str, swedish: &str) {
        let value: Decimal = value.parse().unwrap();
        assert_eq!(shape.text(value, ENGLISH), english);
        assert_eq!(shape.text(value, SWEDISH), swedish);
    }

    #[test]
    fn figures_of_every_shape() {
        let millions = Shape::Number { thousands: 2, decimals: 2 };
        case("20907242", millions, "20.91", "20,91");
        case("1234567890", millions, "1,234.57", "1\u{a0}234,57");
        case("412600", Shape::Number { thousands: 1, decimals: 0 }, "413", "413");
        case("1234.5", Shape::Number { thousands: 0, decimals: 2 }, "1,234.50", "1\u{a0}234,50");
        case("0.3894", Shape::Percent { decimals: 2 }, "38.94%", "38,94\u{a0}%");
        case("-0.0038", Shape::Points, "\u{2212}0.38 pp", "\u{2212}0,38 p.e.");
        case("0.0862", Shape::Change, "+8.6%", "+8,6\u{a0}%");
    }

    #[test]
    fn minus_zero_never_appears() {
        case("-0.004", Shape::Number { thousands: 0, decimals: 2 }, "0.00", "0,00");
        case("-0.0004", Shape::Change, "0.0%", "0,0\u{a0}%");
        let code = Shape::Number { thousands: 0, decimals: 2 }.format_code(
            Some(Decimal::new(-4, 3)),
            Room::Alone,
            ENGLISH,
        );
        assert_eq!(code, "#,##0.00;#,##0.00;#,##0.00;@");
    }

    #[test]
    fn shares_of_the_way_are_rounded_down() {
        case("0.9999", Shape::WholePercent, "99%", "99\u{a0}%");
        case("-0.956", Shape::WholePercent, "\u{2212}96%", "\u{2212}96\u{a0}%");
        case("1", Shape::WholePercent, "100%", "100\u{a0}%");
        case("0.219", Shape::Chance, "21%", "21\u{a0}%");
        case("0.0099", Shape::Chance, "< 1%", "< 1\u{a0}%");
        case("0.991", Shape::Chance, "> 99%", "> 99\u{a0}%");
    }

    #[test]
    fn halves_go_away_from_zero_as_in_excel() {
        case("0.125", Shape::Number { thousands: 0, decimals: 2 }, "0.13", "0,13");
        case("-2.5", Shape::Number { thousands: 0, decimals: 0 }, "\u{2212}3", "\u{2212}3");
    }

    #[test]
    fn format_codes_keep_room_at_the_right() {
        let money = Shape::Number { thousands: 2, decimals: 2 };
        assert_eq!(
            money.format_code(None, Room::Column, ENGLISH),
            "#,##0.00,,_%;\u{2212}#,##0.00,,_%;#,##0.00,,_%;@_._0_0_%"
        );
        let count = Shape::Number { thousands: 0, decimals: 0 };
        assert!(count.format_code(None, Room::Column, ENGLISH).starts_with("#,##0_._0_0_%;"));
        assert!(money.format_code(None, Room::Difference, ENGLISH).starts_with("#,##0.00,,_ _p_p;"));
    }

    #[test]
    fn short_numbers_carry_no_idle_zeros() {
        let text = |value: &str| trimmed(value.parse().unwrap(), 2, ENGLISH);
        assert_eq!(text("38.00"), "38");
        assert_eq!(text("0.40"), "0.4");
        assert_eq!(text("12000"), "12,000");
        assert_eq!(text("2.546"), "2.55");
    }
}
