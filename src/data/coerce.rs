//! Gathered cells → a typed column, by the kind decided for all of it. A cell that does not fit is missing, counted
//! and located, never zero.

use std::collections::{BTreeMap, HashMap};

use crate::data::Dictionary;
use crate::data::dataset::{Column, ColumnData, MISSING_CODE, MISSING_DAY};
use crate::data::dates;
use crate::data::gather::Gathered;
use crate::data::grid::digits;
use crate::data::interner::Words;
use crate::data::kinds::{Decision, Evidence, ShapeKey};
use crate::data::numbers::{self, Mark};
use crate::data::reader::Style;
use crate::data::words;
use crate::data::xlsx::Other;
use crate::data::{DateOrder, Kind, NumberShape};

/// Why a cell does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Misfit {
    /// Text in a number column.
    TextInNumbers,
    /// Text in a date column.
    TextInDates,
    /// A number in a date column.
    NumberInDates,
    /// A date in a number column.
    DateInNumbers,
    /// `TRUE` in a number or date column.
    TruthElsewhere,
    /// Something else in a column of truths.
    NoTruth,
    /// `#DIV/0!` and its like.
    Error,
    /// A formula never calculated.
    Uncalculated,
    /// A date of two readings.
    UndecidedDate,
    /// A number of two readings.
    UndecidedNumber,
}

/// Cells that do not fit: how many, the first rows, the distinct texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Misfits(pub(crate) BTreeMap<Misfit, Found>);

/// One reason's cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// How many.
    pub(crate) count: usize,
    /// The first rows, at most 20.
    pub(crate) rows: Vec<usize>,
    /// What stands in each of those rows.
    pub(crate) texts: Vec<String>,
}

/// At most so many cells are listed.
pub(crate) const LISTED: usize = 20;

impl Misfits {
    fn add(&mut self, why: Misfit, row: usize, text: impl FnOnce() -> String) {
        let found = self.0.entry(why).or_default();
        found.count += 1;
        if found.rows.len() < LISTED {
            found.rows.push(row);
            found.texts.push(text());
        }
    }
}

/// Distinct texts looked at, about.
const SAMPLED: usize = 10_000;

/// What the cells of a column are, for deciding its kind.
pub(crate) fn evidence(cells: &Gathered, styles: &[Style]) -> Evidence {
    let mut evidence = Evidence::default();
    for (from, to, style) in runs(cells) {
        let style = styles.get(style as usize).cloned().unwrap_or_default();
        let numbers = &cells.numbers;
        let shape = match style {
            Style::Date => {
                evidence.dates += numbers.count_between(from..to, dates::SERIALS.start, dates::SERIALS.end);
                let is_late = |n| dates::from_serial(n, false).is_some_and(|day| day_of_month(day) > 12);
                evidence.late_days = evidence.late_days || numbers.any_in(from..to, is_late);
                continue;
            }
            Style::Time => NumberShape::Duration,
            Style::Shape(shape) => shape,
            Style::Plain => NumberShape::Plain,
        };
        let count = numbers.count_in(from..to);
        if count > 0 {
            *evidence.shapes.entry(ShapeKey::from(&shape)).or_default() += count;
            evidence.fractions =
                evidence.fractions || !numbers.are_whole() && numbers.any_in(from..to, |n| n.fract() != 0.0);
            evidence.serial_days += numbers.count_between(from..to, dates::LIKELY.start, dates::LIKELY.end);
            // nine of ten decide: a stretch of which less than half may be such days is not looked through
            let may_be: usize =
                dates::COMPACT.iter().map(|form| numbers.count_between(from..to, form.start, form.end)).sum();
            if may_be > 0 && may_be * 2 >= count {
                numbers.each_in(from..to, |_, number| {
                    evidence.compact_days += usize::from(dates::compact_day(number).is_some());
                });
            }
        }
    }
    for (_, other) in &cells.others {
        match other {
            Other::Boolean(_) => evidence.booleans += 1,
            Other::Error(_) => evidence.errors += 1,
            Other::IsoDate(day) => {
                evidence.dates += 1;
                evidence.late_days |= day_of_month(day.floor() as i32) > 12;
            }
            Other::Uncalculated => {}
        }
    }
    let mut counts = vec![0_usize; cells.words.dictionary.len()];
    for code in cells.codes.iter().filter(|code| **code != MISSING_CODE) {
        if let Some(count) = counts.get_mut(*code as usize) {
            *count += 1;
        }
    }
    // every so many of a great many texts tell as much as all of them
    let step = (counts.len() / SAMPLED).max(1);
    for (text, count) in cells.words.dictionary.texts().zip(counts).step_by(step) {
        if count > 0 {
            evidence.texts.add(text, count * step);
        }
    }
    evidence
}

fn day_of_month(day: i32) -> u32 {
    dates::date(day).map_or(0, |date| chrono::Datelike::day(&date))
}

/// Style runs, a plain one where no cell says anything.
fn runs(cells: &Gathered) -> Vec<(usize, usize, u32)> {
    let mut runs = cells.style_runs();
    let first = runs.first().map_or(cells.rows(), |run| run.0);
    if first > 0 {
        runs.insert(0, (0, first, u32::MAX));
    }
    runs
}

/// How a column is to be typed.
pub(crate) struct Plan<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// The kind wanted.
    pub(crate) kind: Kind,
    /// What the whole column showed.
    pub(crate) decision: &'a Decision,
    /// The styles of the load.
    pub(crate) styles: &'a [Style],
    /// Numbers of a date column are years, or days as a workbook counts them.
    pub(crate) years: bool,
    /// Numbers that no format shows as dates count from 1904.
    pub(crate) is_1904: bool,
}

/// Types a column; after its last use its cells are given up.
pub(crate) fn typed(cells: &mut Gathered, plan: &Plan<'_>, last: bool) -> (Column, Misfits) {
    let mut misfits = Misfits::default();
    let data = match plan.kind {
        Kind::Number if last && is_plain(cells, plan.styles) => {
            let mut numbers = std::mem::take(&mut cells.numbers);
            numbers.resize(cells.rows());
            ColumnData::Number(numbers.into_values())
        }
        Kind::Number => ColumnData::Number(numbers(cells, plan, &mut misfits)),
        Kind::Date if last && is_dated(cells, plan) => {
            let mut numbers = std::mem::take(&mut cells.numbers);
            numbers.resize(cells.rows());
            ColumnData::Date(numbers.map_whole(day_of_serial))
        }
        Kind::Date => ColumnData::Date(days(cells, plan, &mut misfits)),
        Kind::Boolean => ColumnData::Boolean(flags(cells, &mut misfits)),
        Kind::Text | Kind::Empty => texts(cells, plan, last),
    };
    for (row, other) in &cells.others {
        match other {
            Other::Error(text) => misfits.add(Misfit::Error, *row as usize, || text.to_string()),
            Other::Uncalculated => misfits.add(Misfit::Uncalculated, *row as usize, String::new),
            _ => {}
        }
    }
    let shape = if plan.kind == Kind::Number { plan.decision.shape.clone() } else { NumberShape::Plain };
    (Column { name: plan.name.to_owned(), kind: plan.kind, shape, data }, misfits)
}

/// Numbers alone, none of them shown as a date.
fn is_plain(cells: &Gathered, styles: &[Style]) -> bool {
    cells.codes.is_empty() && cells.others.is_empty() && !has_dates(cells, styles)
}

fn has_dates(cells: &Gathered, styles: &[Style]) -> bool {
    cells.styles.iter().any(|(_, style)| styles.get(*style as usize) == Some(&Style::Date))
}

/// Days alone, as they are.
fn is_dated(cells: &Gathered, plan: &Plan<'_>) -> bool {
    let dated =
        runs(cells).iter().all(|(_, _, style)| plan.styles.get(*style as usize) == Some(&Style::Date));
    let all = 0..cells.rows();
    dated
        && cells.codes.is_empty()
        && cells.others.is_empty()
        && !plan.decision.swapped
        && cells.numbers.are_whole()
        && cells.numbers.count_between(all.clone(), dates::SERIALS.start, dates::SERIALS.end)
            == cells.numbers.count_in(all)
}

fn day_of_serial(serial: Option<i32>) -> i32 {
    serial.and_then(|serial| dates::from_serial(f64::from(serial), false)).unwrap_or(MISSING_DAY)
}

/// Calls `each` for every row with a number of date style and every row with another number.
fn each_number(cells: &Gathered, styles: &[Style], mut each: impl FnMut(usize, f64, bool)) {
    for (from, to, style) in runs(cells) {
        let is_date = styles.get(style as usize) == Some(&Style::Date);
        cells.numbers.each_in(from..to, |row, number| each(row, number, is_date));
    }
}

fn show_day(serial: f64) -> String {
    dates::from_serial(serial, false)
        .and_then(dates::date)
        .map_or_else(|| digits(serial), |date| date.to_string())
}

fn numbers(cells: &Gathered, plan: &Plan<'_>, misfits: &mut Misfits) -> Vec<f64> {
    let mut values = vec![f64::NAN; cells.rows()];
    each_number(cells, plan.styles, |row, number, is_date| {
        if is_date {
            misfits.add(Misfit::DateInNumbers, row, || show_day(number));
        } else {
            values[row] = number;
        }
    });
    let dictionary = &cells.words.dictionary;
    let read: Vec<Result<f64, Misfit>> =
        dictionary.texts().map(|text| number_of(text, plan.decision)).collect();
    for (row, code) in cells.codes.iter().enumerate() {
        match read.get(*code as usize) {
            Some(Ok(value)) => values[row] = *value,
            Some(Err(why)) => {
                misfits.add(*why, row, || dictionary.text(*code).unwrap_or_default().to_owned());
            }
            None => {}
        }
    }
    for (row, other) in &cells.others {
        match other {
            Other::Boolean(flag) => misfits.add(Misfit::TruthElsewhere, *row as usize, || flag.to_string()),
            Other::IsoDate(day) => misfits.add(Misfit::DateInNumbers, *row as usize, || show_iso(*day)),
            _ => {}
        }
    }
    values
}

fn show_iso(day: f64) -> String {
    dates::date(day.floor() as i32).map_or_else(String::new, |date| date.to_string())
}

fn number_of(text: &str, decision: &Decision) -> Result<f64, Misfit> {
    let decimal = match decision.decimal {
        Some(decimal) => decimal,
        None if numbers::mark(text) == Mark::Undecided => return Err(Misfit::UndecidedNumber),
        None => '.',
    };
    let lengths = decision.shape == NumberShape::Duration;
    let fits = |number: &numbers::NumberText| number.length == lengths;
    numbers::parse(text, decimal).filter(fits).map(|number| number.value).ok_or(Misfit::TextInNumbers)
}

/// The days of a column.
pub(crate) fn days(cells: &Gathered, plan: &Plan<'_>, misfits: &mut Misfits) -> Vec<i32> {
    let mut values = vec![MISSING_DAY; cells.rows()];
    let turned = |day: i32| if plan.decision.swapped { swapped(day).unwrap_or(day) } else { day };
    each_number(cells, plan.styles, |row, number, is_date| {
        let day = if is_date {
            dates::from_serial(number, false).map(turned)
        } else if plan.decision.compact {
            dates::compact_day(number)
        } else if plan.years {
            first_of_year(number).or_else(|| dates::from_plain(number, plan.is_1904))
        } else {
            None
        };
        match day {
            Some(day) => values[row] = day,
            None => misfits.add(Misfit::NumberInDates, row, || digits(number)),
        }
    });
    let dictionary = &cells.words.dictionary;
    let read: Vec<Result<i32, Misfit>> =
        dictionary.texts().map(|text| day_of(text, plan.decision.order)).collect();
    for (row, code) in cells.codes.iter().enumerate() {
        match read.get(*code as usize) {
            Some(Ok(day)) => values[row] = *day,
            Some(Err(why)) => {
                misfits.add(*why, row, || dictionary.text(*code).unwrap_or_default().to_owned());
            }
            None => {}
        }
    }
    for (row, other) in &cells.others {
        match other {
            Other::IsoDate(day) => values[*row as usize] = turned(day.floor() as i32),
            Other::Boolean(flag) => misfits.add(Misfit::TruthElsewhere, *row as usize, || flag.to_string()),
            _ => {}
        }
    }
    values
}

/// The day with month and day exchanged.
fn swapped(day: i32) -> Option<i32> {
    use chrono::Datelike;
    let date = dates::date(day)?;
    chrono::NaiveDate::from_ymd_opt(date.year(), date.day(), date.month()).map(dates::days)
}

fn first_of_year(year: f64) -> Option<i32> {
    if year.fract() != 0.0 || !(1900.0..=2100.0).contains(&year) {
        return None;
    }
    chrono::NaiveDate::from_ymd_opt(year as i32, 1, 1).map(dates::days)
}

fn day_of(text: &str, order: Option<DateOrder>) -> Result<i32, Misfit> {
    let Some(date) = dates::parse(text) else { return Err(Misfit::TextInDates) };
    match (date, order) {
        (dates::DateText::Certain(day), _) => Ok(day),
        (date, Some(order)) => date.day(order).ok_or(Misfit::TextInDates),
        (_, None) => Err(Misfit::UndecidedDate),
    }
}

fn flags(cells: &Gathered, misfits: &mut Misfits) -> Vec<u8> {
    let mut values = vec![2_u8; cells.rows()];
    let dictionary = &cells.words.dictionary;
    let read: Vec<Option<bool>> = dictionary.texts().map(words::boolean).collect();
    for (row, code) in cells.codes.iter().enumerate() {
        match read.get(*code as usize) {
            Some(Some(flag)) => values[row] = u8::from(*flag),
            Some(None) => {
                misfits.add(Misfit::NoTruth, row, || dictionary.text(*code).unwrap_or_default().to_owned());
            }
            None => {}
        }
    }
    cells.numbers.each_in(0..cells.rows(), |row, number| {
        misfits.add(Misfit::NoTruth, row, || digits(number));
    });
    for (row, other) in &cells.others {
        if let Other::Boolean(flag) = other {
            values[*row as usize] = u8::from(*flag);
        }
    }
    values
}

/// Texts as they stand; numbers as their shortest digits, dates in ISO form, truths as words.
fn texts(cells: &mut Gathered, plan: &Plan<'_>, last: bool) -> ColumnData {
    let only_texts = cells.numbers.is_empty() && cells.others.is_empty();
    if only_texts && !needs_identity(&cells.words.dictionary) {
        let mut codes = if last { std::mem::take(&mut cells.codes) } else { cells.codes.clone() };
        codes.resize(cells.rows(), MISSING_CODE);
        let dictionary =
            if last { std::mem::take(&mut cells.words.dictionary) } else { cells.words.dictionary.clone() };
        return ColumnData::Text { codes, dictionary };
    }
    // without texts and dates distinct numbers have distinct digits, which need not be written before they are asked for
    let bare = cells.words.dictionary.is_empty() && cells.others.is_empty() && !has_dates(cells, plan.styles);
    if bare {
        return if last && cells.numbers.are_whole() {
            whole_as_texts(cells)
        } else {
            numbers_as_texts(cells)
        };
    }
    let mut words = Words::default();
    let places: Vec<u32> = cells.words.dictionary.texts().map(|text| words.code(identity(text))).collect();
    let mut codes: Vec<u32> =
        cells.codes.iter().map(|code| places.get(*code as usize).copied().unwrap_or(MISSING_CODE)).collect();
    codes.resize(cells.rows(), MISSING_CODE);
    let mut known: HashMap<(u64, bool), u32, Numbers> = HashMap::default();
    let mut before = (f64::NAN, false, MISSING_CODE);
    each_number(cells, plan.styles, |row, number, is_date| {
        if (number, is_date) != (before.0, before.1) {
            // 0.0 and -0.0 are one
            let number = number + 0.0;
            let code = *known
                .entry((number.to_bits(), is_date))
                .or_insert_with(|| words.code(&if is_date { show_day(number) } else { digits(number) }));
            before = (number, is_date, code);
        }
        codes[row] = before.2;
    });
    for (row, other) in &cells.others {
        let text = match other {
            Other::Boolean(flag) => flag.to_string(),
            Other::IsoDate(day) => show_iso(*day),
            Other::Error(_) | Other::Uncalculated => continue,
        };
        codes[*row as usize] = words.code(&text);
    }
    ColumnData::Text { codes, dictionary: words.dictionary }
}

/// A column of whole numbers alone, none of them a date, which is given up.
fn whole_as_texts(cells: &mut Gathered) -> ColumnData {
    let mut known = Known::default();
    let mut numbers = std::mem::take(&mut cells.numbers);
    numbers.resize(cells.rows());
    let mut before = (None, MISSING_CODE);
    let code = |number: Option<i32>| {
        if number != before.0 {
            before = (number, number.map_or(MISSING_CODE, |number| known.code(f64::from(number))));
        }
        before.1
    };
    let codes = numbers.map_whole(code);
    ColumnData::Text { codes, dictionary: Dictionary::of_numbers(known.distinct) }
}

/// A column of numbers alone, none of them a date.
fn numbers_as_texts(cells: &Gathered) -> ColumnData {
    let mut codes = vec![MISSING_CODE; cells.rows()];
    let mut known = Known::default();
    let mut before = (f64::NAN, MISSING_CODE);
    let rows = codes.len();
    cells.numbers.each_in(0..rows, |row, number| {
        // 0.0 and -0.0 are one
        let number = number + 0.0;
        if number != before.0 {
            before = (number, known.code(number));
        }
        codes[row] = before.1;
    });
    ColumnData::Text { codes, dictionary: Dictionary::of_numbers(known.distinct) }
}

/// Numbers seen, by code. As long as they ascend, as invoice numbers do, each is new and nothing is looked up.
#[derive(Default)]
struct Known {
    distinct: Vec<f64>,
    by_bits: HashMap<u64, u32, Numbers>,
}

impl Known {
    fn code(&mut self, number: f64) -> u32 {
        let next = self.distinct.len() as u32;
        if self.by_bits.is_empty() {
            match self.distinct.last() {
                Some(last) if *last == number => return next - 1,
                Some(last) if *last > number => {
                    let seen = self.distinct.iter().enumerate();
                    self.by_bits = seen.map(|(code, number)| (number.to_bits(), code as u32)).collect();
                }
                _ => {
                    self.distinct.push(number);
                    return next;
                }
            }
        }
        let code = *self.by_bits.entry(number.to_bits()).or_insert(next);
        if code == next {
            self.distinct.push(number);
        }
        code
    }
}

/// Hashes the bits of numbers: a multiplication and a fold, as they need no defence.
#[derive(Default)]
struct NumberHasher(u64);

type Numbers = std::hash::BuildHasherDefault<NumberHasher>;

impl std::hash::Hasher for NumberHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        let mixed = (self.0 ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 29);
    }
}

/// Whether a text is a number written with a decimal of zero: `17850.0` and `17850` are one identity.
fn needs_identity(dictionary: &Dictionary) -> bool {
    dictionary.texts().any(ends_in_zero)
}

fn ends_in_zero(text: &str) -> bool {
    text.strip_suffix(".0").or_else(|| text.strip_suffix(",0")).is_some_and(|whole| {
        let digits = whole.strip_prefix('-').unwrap_or(whole);
        !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
    })
}

fn identity(text: &str) -> &str {
    let text = text.trim();
    if ends_in_zero(text) { &text[..text.len() - 2] } else { text }
}

/// The numbers of a column, each with whether its own cell is shown as percent.
pub(crate) fn shares(cells: &Gathered, styles: &[Style]) -> Vec<(usize, f64, bool)> {
    let mut found = Vec::new();
    for (from, to, style) in runs(cells) {
        let percent = styles.get(style as usize) == Some(&Style::Shape(NumberShape::Percent));
        cells.numbers.each_in(from..to, |row, number| found.push((row, number, percent)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_numbers_have_one_code_in_any_order() {
        let mut known = Known::default();
        let codes: Vec<u32> =
            [1.0, 2.0, 2.0, 5.0, 1.0, 3.0, 5.0, 3.0].into_iter().map(|number| known.code(number)).collect();
        assert_eq!(codes, [0, 1, 1, 2, 0, 3, 2, 3]);
    }

    #[test]
    fn one_identity_however_it_is_written() {
        assert_eq!(identity("17850.0"), "17850");
        assert_eq!(identity("A.0"), "A.0");
        assert_eq!(identity("1.50"), "1.50");
    }

    #[test]
    fn day_and_month_exchanged() {
        let day = |y, m, d| chrono::NaiveDate::from_ymd_opt(y, m, d).map(dates::days);
        assert_eq!(day(2024, 2, 1).and_then(swapped), day(2024, 1, 2));
        assert_eq!(day(2024, 2, 13).and_then(swapped), None);
    }
}
