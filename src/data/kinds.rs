//! Evidence of a whole column → its kind, shape, decimal mark and date order. Never of a cell: one rule holds for
//! all, and what does not fit it is left out and told.

use std::collections::BTreeMap;

use crate::data::dates::{self, DateText};
use crate::data::groups::Groups;
use crate::data::numbers::{self, Mark};
use crate::data::{DateOrder, Kind, NumberShape, money, words};

/// What the cells of a column are.
#[derive(Debug, Clone, Default)]
pub(crate) struct Evidence {
    /// Numbers, by how they are shown.
    pub(crate) shapes: BTreeMap<ShapeKey, usize>,
    /// Cells shown as dates.
    pub(crate) dates: usize,
    /// Some of them are of days of the month after the 12th: month and day cannot be swapped.
    pub(crate) late_days: bool,
    /// Numbers of the form 20251231.
    pub(crate) compact_days: usize,
    /// Numbers that could be days of this century's first half.
    pub(crate) serial_days: usize,
    /// Numbers above 1, or below -1.
    pub(crate) beyond_one: usize,
    /// Some numbers are not whole.
    pub(crate) fractions: bool,
    /// `TRUE` and `FALSE`.
    pub(crate) booleans: usize,
    /// `#DIV/0!` and its like.
    pub(crate) errors: usize,
    /// What the texts say.
    pub(crate) texts: Texts,
}

/// An ordered form of [`NumberShape`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ShapeKey {
    /// Plain numbers.
    Plain,
    /// Percent.
    Percent,
    /// A currency.
    Money(String),
    /// Durations.
    Duration,
}

impl From<&NumberShape> for ShapeKey {
    fn from(shape: &NumberShape) -> Self {
        match shape {
            NumberShape::Plain => Self::Plain,
            NumberShape::Percent => Self::Percent,
            NumberShape::Money(currency) => Self::Money(currency.clone()),
            NumberShape::Duration => Self::Duration,
        }
    }
}

impl From<&ShapeKey> for NumberShape {
    fn from(key: &ShapeKey) -> Self {
        match key {
            ShapeKey::Plain => Self::Plain,
            ShapeKey::Percent => Self::Percent,
            ShapeKey::Money(currency) => Self::Money(currency.clone()),
            ShapeKey::Duration => Self::Duration,
        }
    }
}

/// What the texts of a column say, each distinct text weighed by how often it stands.
#[derive(Debug, Clone, Default)]
pub(crate) struct Texts {
    /// All of them.
    total: usize,
    /// `-`, `n/a` and their like.
    missing: usize,
    /// Numbers for some decimal mark, without leading zeros.
    numbers: usize,
    point: usize,
    comma: usize,
    undecided: usize,
    groups: Groups,
    percent: usize,
    lengths: usize,
    dates: usize,
    /// Dates whose order matters, and those that fit each order.
    ordered: usize,
    day_first: usize,
    month_first: usize,
    year_first: usize,
    /// Ordered dates that are the same day read day or month first.
    same_either_way: usize,
    /// `yes`, `Nej`, `x`.
    booleans: usize,
    /// `C536379`, `85123A`: digits with letters, as identifiers have them.
    codes: usize,
    /// Digits that begin with zero, and digits of one length in all.
    padded: usize,
    digits: usize,
    length: Option<usize>,
    uneven: bool,
    currencies: BTreeMap<String, usize>,
    /// The letters that the last code began with, and whether they alone tell that it is neither date nor amount.
    letters: (String, bool),
}

impl Texts {
    /// Weighs a distinct text that stands `count` times.
    pub(crate) fn add(&mut self, text: &str, count: usize) {
        self.total += count;
        // no word for a truth or for nothing has a digit
        if !text.bytes().any(|b| b.is_ascii_digit()) {
            if words::is_missing(text) {
                self.missing += count;
            } else if words::boolean(text).is_some() {
                self.booleans += count;
            }
            return;
        }
        self.add_code(text, count);
        if self.begins_as_code(text) {
            return;
        }
        self.add_date(text, count);
        if !has_leading_zero(text) {
            self.add_number(text, count);
        }
    }

    /// Whether letters that belong to no date and no amount stand before digits: most identifiers have the same ones.
    fn begins_as_code(&mut self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let end = bytes.iter().position(|b| !b.is_ascii_alphabetic()).unwrap_or(0);
        let digits = bytes.get(end..).map(|rest| rest.strip_prefix(b"-").unwrap_or(rest)).unwrap_or_default();
        if end == 0 || digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
            return false;
        }
        let letters = &text[..end];
        if self.letters.0 != letters {
            let foreign = dates::never_holds(letters) && money::currency(letters, None).is_none();
            self.letters = (letters.to_owned(), foreign);
        }
        self.letters.1
    }

    fn add_code(&mut self, text: &str, count: usize) {
        let text = text.trim();
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        if digits == text.len() {
            self.digits += count;
            self.padded += if has_leading_zero(text) { count } else { 0 };
            self.uneven |= self.length.is_some_and(|length| length != digits);
            self.length = Some(digits);
            return;
        }
        let plain = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.'));
        if digits >= 3 && plain && text.chars().any(char::is_alphabetic) && text.len() <= 24 {
            self.codes += count;
        }
    }

    /// The decimal mark that most numbers show, where most texts are numbers.
    pub(crate) fn decimal_shown(&self) -> Option<char> {
        let most = self.numbers * 2 > self.total - self.missing;
        match self.point.cmp(&self.comma) {
            std::cmp::Ordering::Greater if most => Some('.'),
            std::cmp::Ordering::Less if most => Some(','),
            _ => None,
        }
    }

    /// Whether there are dates whose order matters.
    pub(crate) fn has_ordered_dates(&self) -> bool {
        self.ordered > 0
    }

    fn add_number(&mut self, text: &str, count: usize) {
        let mark = numbers::mark(text);
        match mark {
            Mark::None => return,
            Mark::Any => self.groups.add_unmarked(text, count),
            Mark::Point => self.point += count,
            Mark::Comma => self.comma += count,
            Mark::Undecided => {
                self.undecided += count;
                self.groups.add_marked(text, count);
            }
        }
        self.numbers += count;
        let decimal = if mark == Mark::Comma { ',' } else { '.' };
        if let Some(number) = numbers::parse(text, decimal) {
            self.percent += if number.percent { count } else { 0 };
            self.lengths += if number.length { count } else { 0 };
            if let Some(currency) = number.currency {
                *self.currencies.entry(currency).or_default() += count;
            }
        }
    }

    fn add_date(&mut self, text: &str, count: usize) {
        let Some(date) = dates::parse(text) else { return };
        self.dates += count;
        if let DateText::Ordered { day_first, month_first, year_first } = date {
            self.ordered += count;
            self.day_first += if day_first.is_some() { count } else { 0 };
            self.month_first += if month_first.is_some() { count } else { 0 };
            self.year_first += if year_first.is_some() { count } else { 0 };
            self.same_either_way += if day_first.is_some() && day_first == month_first && year_first.is_none()
            {
                count
            } else {
                0
            };
        }
    }
}

/// `007` and its like are names, not amounts.
fn has_leading_zero(text: &str) -> bool {
    let text = text.trim();
    text.len() > 1 && text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit())
}

/// The decimal mark that the numbers of several columns show together.
pub(crate) fn decimal_by_groups<'t>(columns: impl Iterator<Item = &'t Texts>) -> Option<char> {
    let (mut all, mut money) = (Groups::default(), false);
    for texts in columns.filter(|texts| texts.numbers * 2 > texts.total - texts.missing) {
        all.and(&texts.groups);
        money |= !texts.currencies.is_empty() && texts.undecided > 0;
    }
    all.decimal(money)
}

/// What is known beside the column's own cells.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Hints {
    /// The goal file states the decimal mark.
    pub(crate) decimal: Option<char>,
    /// The file's own decimal mark, where other cells show it.
    pub(crate) file_decimal: Option<char>,
    /// The goal file states the order of dates.
    pub(crate) order: Option<DateOrder>,
    /// The order that other columns of the table show.
    pub(crate) table_order: Option<DateOrder>,
}

/// How a column is read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Decision {
    /// Its kind, for any use.
    pub(crate) kind: Kind,
    /// How most of its numbers are shown.
    pub(crate) shape: NumberShape,
    /// The decimal mark of numbers kept as text; none where they can be read either way.
    pub(crate) decimal: Option<char>,
    /// The order of dates kept as text; none where they can be read in several.
    pub(crate) order: Option<DateOrder>,
    /// Real dates had day and month swapped by the program that read the text: they are turned back.
    pub(crate) swapped: bool,
    /// Numbers of the form 20251231 are days.
    pub(crate) compact: bool,
    /// Plain numbers are days as a workbook counts them.
    pub(crate) serials: bool,
}

/// Decides how a column of this name is read.
pub(crate) fn decide(evidence: &Evidence, name: &str, hints: Hints) -> Decision {
    let texts = &evidence.texts;
    let cells: usize = evidence.shapes.values().sum();
    let filled = cells + evidence.dates + evidence.booleans + (texts.total - texts.missing);
    let numbers = cells + texts.numbers;
    let dates = evidence.dates + texts.dates;
    let compact = texts.dates == 0
        && evidence.dates == 0
        && evidence.compact_days * 10 >= cells * 9
        && evidence.compact_days > 0
        && words::names_date(name);
    let serials = cells > 0
        && filled == cells
        && evidence.serial_days == cells
        && evidence.shapes.keys().all(|key| *key == ShapeKey::Plain)
        && words::is_date_name(name);
    let kind = if filled == 0 {
        Kind::Empty
    } else if compact || serials {
        Kind::Date
    } else if evidence.booleans + texts.booleans == filled {
        Kind::Boolean
    } else if dates * 2 >= filled && dates >= numbers {
        Kind::Date
    } else if is_identity(evidence, name, filled) {
        Kind::Text
    } else if numbers * 2 >= filled {
        Kind::Number
    } else {
        Kind::Text
    };
    let (order, swapped) = order(evidence, hints);
    Decision {
        kind,
        shape: shape(evidence),
        decimal: decimal(texts, hints),
        order,
        swapped,
        compact,
        serials,
    }
}

/// Identifiers are texts though most look like numbers: digits padded with zeros to one length, or whole numbers
/// beside codes such as `C536379`.
fn is_identity(evidence: &Evidence, name: &str, filled: usize) -> bool {
    let texts = &evidence.texts;
    let cells: usize = evidence.shapes.values().sum();
    if texts.padded > 0 && !texts.uneven && texts.digits + texts.missing == texts.total && cells == 0 {
        return true;
    }
    let misfits = texts.total - texts.missing - texts.numbers;
    if evidence.fractions || texts.codes == 0 || texts.point + texts.comma > 0 {
        return false;
    }
    if words::names_identity(name) {
        return texts.codes * 2 >= misfits;
    }
    texts.codes * 10 >= misfits * 9 && misfits * 100 >= filled * 2
}

fn shape(evidence: &Evidence) -> NumberShape {
    let mut counts = evidence.shapes.clone();
    for (currency, count) in &evidence.texts.currencies {
        *counts.entry(ShapeKey::Money(currency.clone())).or_default() += count;
    }
    if evidence.texts.percent > 0 {
        *counts.entry(ShapeKey::Percent).or_default() += evidence.texts.percent;
    }
    if evidence.texts.lengths > 0 {
        *counts.entry(ShapeKey::Duration).or_default() += evidence.texts.lengths;
    }
    let special: usize =
        evidence.texts.currencies.values().sum::<usize>() + evidence.texts.percent + evidence.texts.lengths;
    *counts.entry(ShapeKey::Plain).or_default() += evidence.texts.numbers.saturating_sub(special);
    let all: usize = counts.values().sum();
    let money: usize =
        counts.iter().filter(|(key, _)| matches!(key, ShapeKey::Money(_))).map(|(_, n)| n).sum();
    let most = |wanted: fn(&ShapeKey) -> bool| {
        counts
            .iter()
            .filter(|(key, _)| wanted(key))
            .max_by_key(|(_, n)| **n)
            .map(|(key, _)| NumberShape::from(key))
    };
    // money in several currencies is money, of the most frequent one
    let found = if money * 2 > all {
        most(|key| matches!(key, ShapeKey::Money(_)))
    } else {
        most(|_| true).filter(|shape| counts.get(&ShapeKey::from(shape)).is_some_and(|count| count * 2 > all))
    };
    found.unwrap_or_default()
}

fn decimal(texts: &Texts, hints: Hints) -> Option<char> {
    if let Some(stated) = hints.decimal {
        return Some(stated);
    }
    match texts.point.cmp(&texts.comma) {
        std::cmp::Ordering::Greater => Some('.'),
        std::cmp::Ordering::Less => Some(','),
        std::cmp::Ordering::Equal if texts.point > 0 => hints.file_decimal,
        std::cmp::Ordering::Equal if texts.undecided > 0 => {
            hints.file_decimal.or_else(|| texts.groups.decimal(!texts.currencies.is_empty()))
        }
        std::cmp::Ordering::Equal => Some(hints.file_decimal.unwrap_or('.')),
    }
}

fn order(evidence: &Evidence, hints: Hints) -> (Option<DateOrder>, bool) {
    let texts = &evidence.texts;
    let by_text = if texts.ordered == 0 { None } else { best_order(texts) };
    // nothing hangs on the order where every date is the same day either way
    let no_matter = texts.ordered == texts.same_either_way;
    let otherwise = if no_matter { Some(DateOrder::DayMonthYear) } else { hints.table_order };
    let order = hints.order.or(by_text).or(otherwise);
    // A program that took `31/12` for text and `01/12` for a date read month before day: its dates are then all of
    // days up to the 12th, and its texts all of later ones.
    let read_the_other_way = texts.ordered > 0 && evidence.dates > 0 && !evidence.late_days;
    let swapped = read_the_other_way
        && match by_text {
            Some(DateOrder::DayMonthYear) => texts.month_first == 0,
            Some(DateOrder::MonthDayYear) => texts.day_first == 0,
            _ => false,
        };
    (order, swapped)
}

fn best_order(texts: &Texts) -> Option<DateOrder> {
    let mut found = [
        (texts.day_first, DateOrder::DayMonthYear),
        (texts.month_first, DateOrder::MonthDayYear),
        (texts.year_first, DateOrder::YearMonthDay),
    ];
    found.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    // days that only another order has: one in twenty is no slip, but two ways of writing
    let unread = texts.ordered.saturating_sub(found[0].0);
    let only = found[0].0.saturating_sub(found[1].0.saturating_sub(unread));
    (found[0].0 > found[1].0 && unread * 20 <= only).then_some(found[0].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(list: &[&str]) -> Evidence {
        let mut evidence = Evidence::default();
        for text in list {
            evidence.texts.add(text, 1);
        }
        evidence
    }

    fn decided(list: &[&str]) -> Decision {
        decide(&texts(list), "x", Hints::default())
    }

    #[test]
    fn a_kind_holds_for_the_whole_column() {
        assert_eq!(decided(&["1,5", "2", "n/a", "unknown"]).kind, Kind::Number);
        assert_eq!(decided(&["a", "b", "1"]).kind, Kind::Text);
        assert_eq!(decided(&["2024-01-01", "Uppgift saknas", "2024-01-02"]).kind, Kind::Date);
        assert_eq!(decided(&["Ja", "Nej", "-"]).kind, Kind::Boolean);
        assert_eq!(decided(&["01", "02", "17"]).kind, Kind::Text);
        assert_eq!(decided(&["-", "n/a"]).kind, Kind::Empty);
    }

    #[test]
    fn letters_before_digits_tell_what_they_are_each_time() {
        let list = ["ORD-500", "SEK500", "ORD-501", "kr-5", "Jan-25", "ORD-502", "Q1"];
        let found = texts(&list).texts;
        // the two amounts of money; the month (a quarter without a year is no date)
        assert_eq!((found.numbers, found.dates, found.codes), (2, 1, 4));
    }

    #[test]
    fn identifiers_are_texts() {
        let mut evidence = texts(&["C536379", "85123A"]);
        evidence.shapes.insert(ShapeKey::Plain, 40);
        assert_eq!(decide(&evidence, "StockCode", Hints::default()).kind, Kind::Text);
        evidence.fractions = true;
        assert_eq!(decide(&evidence, "StockCode", Hints::default()).kind, Kind::Number);
        assert_eq!(decided(&["01000", "10010", "10020"]).kind, Kind::Text);
    }

    #[test]
    fn order_is_found_by_one_day_after_the_twelfth() {
        assert_eq!(decided(&["03/04/2024", "13/04/2024"]).order, Some(DateOrder::DayMonthYear));
        assert_eq!(decided(&["03/04/2024", "04/13/2024"]).order, Some(DateOrder::MonthDayYear));
        assert_eq!(decided(&["03/04/2024", "05/06/2024"]).order, None);
        assert_eq!(decided(&["03/03/2024", "05/05/2024"]).order, Some(DateOrder::DayMonthYear));
    }

    #[test]
    fn two_orders_in_one_column_are_no_order() {
        assert_eq!(decided(&["31/01/2025", "30/01/2025", "01/31/2025", "03/04/2025"]).order, None);
    }

    #[test]
    fn a_mark_that_can_only_group() {
        assert_eq!(decided(&["€2,615", "€615", "€1,399"]).decimal, Some('.'));
        assert_eq!(decided(&["12.615 €", "1.399 €"]).decimal, Some(','));
        // a litre of petrol
        assert_eq!(decided(&["1,659 €", "1,599 €"]).decimal, None);
        let mut many: Vec<String> = (1..=20).map(|n| format!("{n}.{:03}", n * 37)).collect();
        assert_eq!(decided(&many.iter().map(String::as_str).collect::<Vec<_>>()).decimal, None);
        many.push("870".to_owned());
        assert_eq!(decided(&many.iter().map(String::as_str).collect::<Vec<_>>()).decimal, Some(','));
        many.push("1870".to_owned());
        assert_eq!(decided(&many.iter().map(String::as_str).collect::<Vec<_>>()).decimal, None);
        assert_eq!(decided(&["0,125", "1,250"]).decimal, Some(','));
    }

    #[test]
    fn lengths_of_time_are_durations() {
        assert_eq!(decided(&["7,5 h", "8,0 h"]).shape, NumberShape::Duration);
        assert_eq!(decided(&["7,5 h", "8,0 h"]).decimal, Some(','));
        assert_eq!(decided(&["0:30", "1:15", "-"]).shape, NumberShape::Duration);
        assert_eq!(decided(&["0:30", "1:15", "-"]).kind, Kind::Number);
    }

    #[test]
    fn swapped_dates_show_by_what_is_left_as_text() {
        let mut evidence = texts(&["13/04/2024", "31/12/2024"]);
        evidence.dates = 5;
        assert!(decide(&evidence, "x", Hints::default()).swapped);
        evidence.late_days = true;
        assert!(!decide(&evidence, "x", Hints::default()).swapped);
    }

    #[test]
    fn decimal_marks_are_found_or_left_open() {
        assert_eq!(decided(&["1,234", "1,5"]).decimal, Some(','));
        assert_eq!(decided(&["1,234", "1.5"]).decimal, Some('.'));
        assert_eq!(decided(&["1,234", "2,345"]).decimal, None);
    }

    #[test]
    fn shapes_by_majority() {
        assert_eq!(decided(&["5 %", "7 %"]).shape, NumberShape::Percent);
        assert_eq!(decided(&["5 SEK", "7 EUR", "8 SEK"]).shape, NumberShape::Money("SEK".to_owned()));
    }
}
