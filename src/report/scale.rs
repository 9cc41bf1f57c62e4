//! The unit, the scale and the decimals of a goal: its target sets them for all of its figures.

use rust_decimal::Decimal;

use crate::judge::{GoalEvaluation, Target};
use crate::quantity::{DurationUnit, Unit};
use crate::report::Style;
use crate::report::number::{Shape, trimmed};
use crate::resolve::Nature;
use crate::syntax::Language;

/// How all figures of a goal are shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// The shape of its values.
    pub shape: Shape,
    /// The unit that stands in its own column; empty for percentages.
    pub unit: String,
    /// The shape of differences between its values.
    pub difference: Shape,
    /// The unit as the data have it, to scale single figures anew.
    base: Unit,
    whole: bool,
    style: Style,
}

impl Scale {
    /// The scale of a goal in the unit given, from its target, else from what was measured.
    pub fn of(goal: &GoalEvaluation, unit: &Unit, nature: Option<Nature>, style: Style) -> Self {
        let baseline = goal.baseline.as_ref().and_then(|b| b.value);
        let size = match goal.target {
            Some(Target::One(value)) => Some(value),
            Some(Target::Range { high, .. }) => Some(high),
            None => goal.actual.or(baseline),
        };
        let adds = matches!(nature, Some(Nature::Flow { .. } | Nature::Stock) | None);
        let measured: Vec<Decimal> = [goal.actual, baseline].into_iter().flatten().collect();
        let whole = |values: &[Decimal]| values.iter().all(Decimal::is_integer);
        let counts = if measured.is_empty() { whole(&Vec::from_iter(size)) } else { whole(&measured) };
        Self::for_size(unit, size.unwrap_or_default(), adds && counts, style)
    }

    /// The scale for values about as large as `size`; `whole` ones are counts.
    pub fn for_size(unit: &Unit, size: Decimal, whole: bool, style: Style) -> Self {
        let thousand = Decimal::from(1000);
        let million = thousand * thousand;
        let size = size.abs();
        let (shape, unit_text) = match unit {
            Unit::Percent | Unit::Points => (Shape::Percent { decimals: 2 }, String::new()),
            Unit::Money(_) => {
                let (thousands, decimals) = if size >= million {
                    (2, 2)
                } else if size >= Decimal::from(100) * thousand {
                    (1, 0)
                } else {
                    (0, 2)
                };
                (Shape::Number { thousands, decimals }, unit_word(unit, thousands, style))
            }
            Unit::Duration(_) | Unit::Times => {
                (Shape::Number { thousands: 0, decimals: 2 }, unit_word(unit, 0, style))
            }
            Unit::None | Unit::Named(_) => {
                let thousands = u8::from(size >= million);
                let decimals = if whole || thousands > 0 { 0 } else { 2 };
                (Shape::Number { thousands, decimals }, unit_word(unit, thousands, style))
            }
        };
        let difference = if matches!(shape, Shape::Percent { .. }) { Shape::Points } else { shape };
        Self { shape, unit: unit_text, difference, base: unit.clone(), whole, style }
    }

    /// `20.91`, `38.94%`.
    pub fn bare(&self, value: Decimal) -> String {
        self.shape.text(value, self.style)
    }

    /// `20.91 MSEK`, `38.94%`.
    pub fn full(&self, value: Decimal) -> String {
        with_unit(self.bare(value), &self.unit)
    }

    /// The size of a difference, without sign: `0.27 MSEK`, `0.38 pp`. One too small for the goal's own scale is
    /// shown in a finer one, so that what differs never reads as 0.
    pub fn apart(&self, difference: Decimal) -> String {
        let size = difference.abs();
        if self.difference.rounded(size).is_zero() && !size.is_zero() {
            let finer = Self::for_size(&self.base, size, self.whole && size.is_integer(), self.style);
            if finer.difference.rounded(size).is_zero() {
                return self.smallest(size);
            }
            return with_unit(finer.difference.text(size, self.style), &finer.unit);
        }
        with_unit(self.difference.text(size, self.style), &self.unit)
    }

    /// A difference below every scale, to its first two digits.
    fn smallest(&self, size: Decimal) -> String {
        let points = matches!(self.difference, Shape::Points);
        let shown = if points { size.saturating_mul(Decimal::from(100)) } else { size };
        let text = trimmed(shown.round_sf(2).unwrap_or(shown), 28, self.style);
        with_unit(text, if points { self.style.points_sign() } else { &self.unit })
    }

    /// The size of a difference without its unit: `0.38`.
    pub fn apart_bare(&self, difference: Decimal) -> String {
        let text = self.difference.text(difference.abs(), self.style);
        text.strip_suffix(self.style.points_sign()).map_or(text.clone(), |t| t.trim_end().to_owned())
    }

    /// A stated value in short: `3 MSEK`, `85 SEK`, `38%`, `12,000`.
    pub fn short(&self, value: Decimal) -> String {
        match self.shape {
            Shape::Percent { .. } => {
                format!(
                    "{}{}",
                    trimmed(value.saturating_mul(Decimal::from(100)), 2, self.style),
                    self.style.percent_sign()
                )
            }
            _ => {
                let own = Self::for_size(&self.base, value, self.whole, self.style);
                let Shape::Number { thousands, .. } = own.shape else { return own.full(value) };
                let power = Decimal::from(1000_u64.pow(u32::from(thousands)));
                let unit = if matches!(self.base, Unit::Money(_) | Unit::Duration(_)) || thousands > 0 {
                    own.unit.as_str()
                } else {
                    ""
                };
                with_unit(trimmed(value / power, 2, self.style), unit)
            }
        }
    }

    /// The unit of the exact values.
    pub fn base(&self) -> &Unit {
        &self.base
    }

    /// The marks in use.
    pub fn style(&self) -> Style {
        self.style
    }
}

/// A figure and its unit with a blank between.
pub fn with_unit(figure: String, unit: &str) -> String {
    if unit.is_empty() { figure } else { format!("{figure} {unit}") }
}

fn unit_word(unit: &Unit, thousands: u8, style: Style) -> String {
    let swedish = style.language == Language::Swedish;
    match unit {
        Unit::Money(code) if swedish && code == "SEK" => {
            ["kr", "tkr", "Mkr"].get(usize::from(thousands)).copied().unwrap_or("kr").to_owned()
        }
        Unit::Money(code) => {
            let prefix = ["", if swedish { "t" } else { "k" }, "M"];
            format!("{}{code}", prefix.get(usize::from(thousands)).copied().unwrap_or(""))
        }
        Unit::Duration(unit) => duration_word(*unit, swedish).to_owned(),
        Unit::Times => if swedish { "gånger" } else { "times" }.to_owned(),
        Unit::Named(noun) if thousands > 0 => format!("{} {noun}", thousand_word(swedish)),
        Unit::Named(noun) => noun.clone(),
        Unit::None if thousands > 0 => thousand_word(swedish).to_owned(),
        Unit::None | Unit::Percent | Unit::Points => String::new(),
    }
}

fn thousand_word(swedish: bool) -> &'static str {
    if swedish { "tusen" } else { "k" }
}

fn duration_word(unit: DurationUnit, swedish: bool) -> &'static str {
    match (unit, swedish) {
        (DurationUnit::Second, false) => "seconds",
        (DurationUnit::Second, true) => "sekunder",
        (DurationUnit::Minute, false) => "minutes",
        (DurationUnit::Minute, true) => "minuter",
        (DurationUnit::Hour, false) => "hours",
        (DurationUnit::Hour, true) => "timmar",
        (DurationUnit::Day, false) => "days",
        (DurationUnit::Day, true) => "dagar",
        (DurationUnit::Week, false) => "weeks",
        (DurationUnit::Week, true) => "veckor",
        (DurationUnit::Month, false) => "months",
        (DurationUnit::Month, true) => "månader",
        (DurationUnit::Year, false) => "years",
        (DurationUnit::Year, true) => "år",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(unit: Unit, size: i64, whole: bool, language: Language) -> Scale {
        Scale::for_size(&unit, Decimal::from(size), whole, Style { language })
    }

    #[test]
    fn money_is_scaled_by_its_target() {
        let sek = || Unit::Money("SEK".into());
        let value = Decimal::from(20_907_242);
        assert_eq!(scale(sek(), 48_623_039, false, Language::English).full(value), "20.91 MSEK");
        assert_eq!(scale(sek(), 48_623_039, false, Language::Swedish).full(value), "20,91 Mkr");
        assert_eq!(scale(sek(), 120_000, false, Language::English).full(Decimal::from(99_600)), "100 kSEK");
        assert_eq!(scale(sek(), 120_000, false, Language::Swedish).unit, "tkr");
        assert_eq!(scale(sek(), 777, false, Language::English).full(Decimal::new(77_659, 2)), "776.59 SEK");
        assert_eq!(scale(Unit::Money("EUR".into()), 2_000_000, false, Language::English).unit, "MEUR");
    }

    #[test]
    fn counts_carry_no_decimals_and_go_to_thousands() {
        let visits = || Unit::Named("visits".into());
        assert_eq!(
            scale(visits(), 2_363_000, true, Language::English).full(Decimal::from(1_083_600)),
            "1,084 k visits"
        );
        assert_eq!(scale(visits(), 2_363_000, true, Language::Swedish).unit, "tusen visits");
        assert_eq!(scale(Unit::None, 12_000, true, Language::English).full(Decimal::from(12_430)), "12,430");
    }

    #[test]
    fn a_small_difference_is_not_nothing() {
        let money = scale(Unit::Money("SEK".into()), 48_623_039, false, Language::English);
        assert_eq!(money.apart(Decimal::from(-271_351)), "0.27 MSEK");
        assert_eq!(money.apart(Decimal::from(1_200)), "1,200.00 SEK");
        assert_eq!(money.apart(Decimal::ZERO), "0.00 MSEK");
        let plain = scale(Unit::None, 2, false, Language::English);
        assert_eq!(plain.apart(Decimal::new(321, 5)), "0.0032");
        let share = scale(Unit::Percent, 0, false, Language::English);
        assert_eq!(share.apart(Decimal::new(12, 7)), "0.00012 pp");
        assert_eq!(share.apart(Decimal::new(-38, 4)), "0.38 pp");
        assert_eq!(share.apart_bare(Decimal::new(-38, 4)), "0.38");
    }

    #[test]
    fn stated_values_are_short() {
        let money = scale(Unit::Money("SEK".into()), 3_000_000, false, Language::English);
        assert_eq!(money.short(Decimal::from(3_000_000)), "3 MSEK");
        assert_eq!(money.short(Decimal::from(85)), "85 SEK");
        assert_eq!(scale(Unit::Percent, 0, false, Language::English).short(Decimal::new(38, 2)), "38%");
        let days = scale(Unit::Duration(DurationUnit::Day), 2, false, Language::English);
        assert_eq!(days.short(Decimal::new(25, 1)), "2.5 days");
    }
}
