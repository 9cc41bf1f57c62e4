//! Numerals and values: text by the language's number marks → exact quantities.

use rust_decimal::Decimal;

use super::context::{Context, Lowered};
use crate::language::Language;
use crate::quantity::{DurationUnit, Quantity, Unit};
use crate::syntax::errors;
use crate::syntax::grammar::{Node, Rule};

/// Why a numeral has no certain value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NumeralProblem {
    /// Two readings, both as they would be written.
    Ambiguous(String, String),
    /// No number in this language; how it is written here.
    Unreadable(Option<String>),
    /// More than a decimal holds.
    TooLarge,
}

/// The value of a numeral and its decimals as written.
pub(crate) fn numeral(text: &str, language: Language) -> Result<(Decimal, u32), NumeralProblem> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let decimal_mark = language.decimal_mark();
    let group_mark = if decimal_mark == '.' { ',' } else { '.' };
    let (decimals_used, groups_used) =
        (digits.matches(decimal_mark).count(), digits.matches(group_mark).count());
    if groups_used == 0 && decimals_used <= 1 {
        return plain(&digits.replace(decimal_mark, "."));
    }
    let (whole, fraction) = match digits.split_once(decimal_mark) {
        Some((whole, fraction)) if decimals_used == 1 && !fraction.contains(group_mark) => {
            (whole, Some(fraction))
        }
        None => (digits.as_str(), None),
        _ => return Err(NumeralProblem::Unreadable(other_convention(&digits, decimal_mark, group_mark))),
    };
    let mut groups = whole.split(group_mark);
    let first = groups.next().unwrap_or("");
    let rest: Vec<&str> = groups.collect();
    if (1..=3).contains(&first.len()) && !first.starts_with('0') && rest.iter().all(|group| group.len() == 3)
    {
        let joined = format!("{first}{}", rest.concat());
        if language == Language::Swedish && fraction.is_none() && rest.len() == 1 {
            return Err(NumeralProblem::Ambiguous(
                format!("{first} {}", rest[0]),
                format!("{first},{}", rest[0]),
            ));
        }
        return plain(&fraction.map_or(joined.clone(), |fraction| format!("{joined}.{fraction}")));
    }
    match (group_mark, groups_used, fraction) {
        // `1.5` where the comma is the mark: no group, so it is certain
        ('.', 1, None) => plain(&digits),
        (',', 1, None) => Err(NumeralProblem::Unreadable(Some(digits.replace(',', ".")))),
        _ => Err(NumeralProblem::Unreadable(None)),
    }
}

/// `1.234,5` in English and `1,234.5` elsewhere, written as this language does.
fn other_convention(digits: &str, decimal_mark: char, group_mark: char) -> Option<String> {
    let (whole, fraction) = digits.rsplit_once(group_mark)?;
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    fraction.chars().all(|c| c.is_ascii_digit()).then(|| format!("{whole}{decimal_mark}{fraction}"))
}

fn plain(digits: &str) -> Result<(Decimal, u32), NumeralProblem> {
    let value = Decimal::from_str_exact(digits).map_err(|_| NumeralProblem::TooLarge)?;
    Ok((value, value.scale()))
}

/// A number as written with what stands around it, before units of a pair are shared.
#[derive(Debug, Clone)]
pub(crate) struct Written {
    /// As it stands.
    pub(crate) quantity: Quantity,
    /// The number itself.
    pub(crate) number: Decimal,
    /// Powers of ten of its scale word.
    pub(crate) scale: u32,
    /// Written without percent, currency, unit or scale.
    pub(crate) is_bare: bool,
    /// `about` stood before it.
    pub(crate) is_approximate: bool,
}

/// The quantity of a `value` node.
pub(crate) fn value(node: Node<'_>, context: &mut Context<'_>) -> Lowered<Written> {
    let span = context.span(&node);
    let (mut number, mut decimals) = (Decimal::ZERO, 0);
    let (mut negative, mut scale, mut unit) = (false, 0_u32, None);
    let mut is_approximate = false;
    for part in node.into_inner() {
        let text = part.as_str();
        match part.as_rule() {
            Rule::approx => is_approximate = true,
            Rule::sign => negative = text != "+",
            Rule::numeral | Rule::decimal => {
                (number, decimals) = numeral(text, context.language)
                    .map_err(|problem| errors::numeral(context.span(&part), text, &problem))?;
            }
            Rule::ratio_to_one => {
                (number, decimals) = plain(text.trim_end_matches(":1"))
                    .map_err(|problem| errors::numeral(context.span(&part), text, &problem))?;
            }
            Rule::numeral_over => {
                (number, decimals) = numeral(text, context.language)
                    .map_err(|problem| errors::numeral(context.span(&part), text, &problem))?;
            }
            Rule::maximum | Rule::maximum_over => {
                unit = Some(Unit::Named(format!("out of {}", text.trim_start_matches('/'))));
            }
            Rule::basis_points => {
                scale = 0;
                number = number.checked_div(Decimal::ONE_HUNDRED).unwrap_or(number);
                unit = Some(Unit::Points);
            }
            Rule::number_word => number = Decimal::from(argument(text).parse::<u32>().unwrap_or(0)),
            Rule::scale => scale = argument(text).parse().unwrap_or(0),
            Rule::million => scale = 6,
            Rule::money => {
                let (power, currency) = argument(text).split_once(':').unwrap_or(("0", ""));
                scale = power.parse().unwrap_or(0);
                unit = Some(Unit::Money(currency.to_owned()));
            }
            _ => unit = Some(unit_of(&part, context)),
        }
    }
    if negative {
        number = -number;
    }
    let too_large = || errors::numeral(span, context.slice(span), &NumeralProblem::TooLarge);
    let factor = Decimal::from(10_u64.pow(scale.min(18)));
    let mut amount = number.checked_mul(factor).ok_or_else(too_large)?;
    let unit = unit.unwrap_or(Unit::None);
    if matches!(unit, Unit::Percent | Unit::Points) {
        amount = amount.checked_div(Decimal::ONE_HUNDRED).ok_or_else(too_large)?;
    }
    let is_bare = unit == Unit::None && scale == 0;
    let quantity = Quantity { value: amount.normalize(), unit, decimals };
    Ok(Written { quantity, number, scale, is_bare, is_approximate })
}

/// The unit that a node of the grammar names.
pub(crate) fn unit_of(node: &Node<'_>, context: &Context<'_>) -> Unit {
    let text = node.as_str().trim();
    match node.as_rule() {
        Rule::percent => Unit::Percent,
        Rule::points => Unit::Points,
        Rule::times => Unit::Times,
        Rule::currency => Unit::Money(currency(text)),
        Rule::second_unit => Unit::Duration(DurationUnit::Second),
        Rule::unit => Unit::Duration(match argument(text) {
            "second" => DurationUnit::Second,
            "minute" => DurationUnit::Minute,
            "hour" => DurationUnit::Hour,
            "week" => DurationUnit::Week,
            "month" => DurationUnit::Month,
            "year" => DurationUnit::Year,
            "day" => DurationUnit::Day,
            _ => return Unit::Named(context.words(context.span(node))),
        }),
        _ => Unit::Named(context.words(context.span(node))),
    }
}

fn currency(text: &str) -> String {
    match text {
        "€" => "EUR",
        "$" => "USD",
        "£" => "GBP",
        "¥" => "JPY",
        keyword => argument(keyword),
    }
    .to_owned()
}

/// What stands behind the colon of a keyword: `week` of `‹unit:week›`.
pub(crate) fn argument(keyword: &str) -> &str {
    let inner = keyword.trim().trim_start_matches('‹').trim_end_matches('›');
    inner.split_once(':').map_or(inner, |(_, argument)| argument)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(language: Language, text: &str, expected: &str) {
        let (value, _) = numeral(text, language).unwrap_or_else(|e| panic!("{text}: {e:?}"));
        assert_eq!(value.to_string(), expected, "{text}");
    }

    #[test]
    fn marks_follow_the_language() {
        reads(Language::English, "1,234.5", "1234.5");
        reads(Language::English, "1 234.5", "1234.5");
        reads(Language::English, "2,000", "2000");
        reads(Language::English, "12,345,678", "12345678");
        reads(Language::Swedish, "1 234,5", "1234.5");
        reads(Language::Swedish, "5,5", "5.5");
        reads(Language::Swedish, "1.5", "1.5");
        reads(Language::German, "1.234,5", "1234.5");
        reads(Language::German, "40.000", "40000");
        reads(Language::Danish, "42,5", "42.5");
    }

    #[test]
    fn what_could_be_two_numbers_is_none() {
        assert_eq!(
            numeral("1.234", Language::Swedish),
            Err(NumeralProblem::Ambiguous("1 234".into(), "1,234".into()))
        );
        assert_eq!(numeral("1,5", Language::English), Err(NumeralProblem::Unreadable(Some("1.5".into()))));
        assert_eq!(
            numeral("1.234,5", Language::English),
            Err(NumeralProblem::Unreadable(Some("1234.5".into())))
        );
        assert_eq!(numeral("1,23,45", Language::English), Err(NumeralProblem::Unreadable(None)));
        assert_eq!(numeral(&"9".repeat(40), Language::English), Err(NumeralProblem::TooLarge));
    }
}
