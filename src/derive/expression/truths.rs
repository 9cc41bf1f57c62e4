//! Truth of a batch of rows, after Kleene: 0 false, 1 true, 2 unknown.

use std::borrow::Cow;

use crate::data::{Kind, MISSING_DAY};

use super::fault::Mark;
use super::program::{Batch, Program};
use super::rounding::compare_digits;
use super::texts::Texts;
use super::typed::{Comparison, TextTest, Typed, TypedNode};

const FALSE: u8 = 0;
const TRUE: u8 = 1;
const UNKNOWN: u8 = 2;

impl Program<'_> {
    pub(super) fn truths_of<'s>(
        &'s self,
        typed: &'s Typed,
        batch: &Batch<'s>,
        marks: &mut Vec<Mark>,
    ) -> Cow<'s, [u8]> {
        use TypedNode as N;
        match &typed.node {
            N::Boolean(value) => vec![u8::from(*value); batch.len()].into(),
            N::Column(key) => self.truth_column(*key, batch).into(),
            N::PerText { id, column, inner } => self.per_text_truths((*id, *column, inner), batch, marks),
            N::Not(inner) => {
                let mut truths = self.truths_of(inner, batch, marks).into_owned();
                for truth in &mut truths {
                    *truth = [TRUE, FALSE, UNKNOWN][usize::from((*truth).min(UNKNOWN))];
                }
                truths.into()
            }
            N::All(parts) => self.junction(parts, FALSE, batch, marks).into(),
            N::Any(parts) => self.junction(parts, TRUE, batch, marks).into(),
            N::Compare(comparison, left, right) => {
                self.compare(*comparison, left, right, batch, marks).into()
            }
            N::Against { comparison, day, first, last } => {
                let days = self.days_of(day, batch, marks);
                days.iter().map(|day| against(*comparison, *day, *first, *last)).collect()
            }
            N::Between(value, low, high) => {
                let least = self.compare(Comparison::GreaterOrEqual, value, low, batch, marks);
                let most = self.compare(Comparison::LessOrEqual, value, high, batch, &mut Vec::new());
                least.into_iter().zip(most).map(|(a, b)| and(a, b)).collect()
            }
            N::Member { value, items, periods } => self.member(value, items, periods, batch, marks).into(),
            N::IsEmpty(inner) => self.missing(inner, batch, marks).into(),
            N::TextTest(test, left, right) => {
                let (texts, parts) = (self.texts_of(left, batch, marks), self.texts_of(right, batch, marks));
                (0..batch.len()).map(|row| text_test(*test, &texts, &parts, row)).collect()
            }
            N::Matches(inner, pattern) => {
                let texts = self.texts_of(inner, batch, marks);
                (0..batch.len())
                    .map(|row| texts.raw(row).map_or(UNKNOWN, |text| u8::from(pattern.is_match(text))))
                    .collect()
            }
            N::Choose(arms, otherwise) => self.choose(arms, otherwise, batch, marks).into(),
            N::Coalesce(values) => self.coalesce(values, batch, marks).into(),
            N::Lookup { .. } => self.look_up(typed, batch, marks).into(),
            // EXACT is the only function of texts that gives a truth
            N::Call(_, arguments) => {
                let (left, right) =
                    (self.texts_of(&arguments[0], batch, marks), self.texts_of(&arguments[1], batch, marks));
                (0..batch.len())
                    .map(|row| match (left.raw(row), right.raw(row)) {
                        (Some(a), Some(b)) => u8::from(a == b),
                        _ => UNKNOWN,
                    })
                    .collect()
            }
            _ => vec![UNKNOWN; batch.len()].into(),
        }
    }

    /// `and` (decided by false) and `or` (decided by true). What goes wrong in a part does not count where a part
    /// before it has decided.
    fn junction(&self, parts: &[Typed], decisive: u8, batch: &Batch, marks: &mut Vec<Mark>) -> Vec<u8> {
        let mut whole = vec![1 - decisive; batch.len()];
        for part in parts {
            let mut found = Vec::new();
            let truths = self.truths_of(part, batch, &mut found);
            marks.extend(found.into_iter().filter(|mark| whole[mark.row - batch.rows.start] != decisive));
            for (whole, truth) in whole.iter_mut().zip(truths.iter()) {
                // unknown is the greatest number
                *whole =
                    if *whole == decisive || *truth == decisive { decisive } else { (*whole).max(*truth) };
            }
        }
        whole
    }

    fn compare(
        &self,
        comparison: Comparison,
        left: &Typed,
        right: &Typed,
        batch: &Batch,
        marks: &mut Vec<Mark>,
    ) -> Vec<u8> {
        match if left.kind == Kind::Empty { right.kind } else { left.kind } {
            Kind::Number => {
                let (a, b) = (self.numbers_of(left, batch, marks), self.numbers_of(right, batch, marks));
                let pairs = a.iter().zip(b.iter());
                pairs
                    .map(|(a, b)| ordered(comparison, a.is_nan(), b.is_nan(), || compare_digits(*a, *b)))
                    .collect()
            }
            Kind::Date => {
                let (a, b) = (self.days_of(left, batch, marks), self.days_of(right, batch, marks));
                let pairs = a.iter().zip(b.iter());
                pairs
                    .map(|(a, b)| ordered(comparison, *a == MISSING_DAY, *b == MISSING_DAY, || a.cmp(b)))
                    .collect()
            }
            Kind::Boolean => {
                let (a, b) = (self.truths_of(left, batch, marks), self.truths_of(right, batch, marks));
                let pairs = a.iter().zip(b.iter());
                pairs.map(|(a, b)| ordered(comparison, *a > 1, *b > 1, || a.cmp(b))).collect()
            }
            Kind::Text => {
                let (a, b) = (self.texts_of(left, batch, marks), self.texts_of(right, batch, marks));
                compare_texts(comparison, &a, &b, batch.len())
            }
            Kind::Empty => vec![ordered(comparison, true, true, || std::cmp::Ordering::Equal); batch.len()],
        }
    }

    fn member(
        &self,
        value: &Typed,
        items: &[Typed],
        periods: &[(i32, i32)],
        batch: &Batch,
        marks: &mut Vec<Mark>,
    ) -> Vec<u8> {
        let mut found = vec![FALSE; batch.len()];
        if !periods.is_empty() {
            let days = self.days_of(value, batch, marks);
            for (found, day) in found.iter_mut().zip(days.iter()) {
                *found = u8::from(periods.iter().any(|(first, last)| (first..=last).contains(&day)));
            }
        }
        for (at, item) in items.iter().enumerate() {
            // the value's own faults count once
            let mut again = Vec::new();
            let counted = if at == 0 && periods.is_empty() { &mut *marks } else { &mut again };
            let equal = self.compare(Comparison::Equal, value, item, batch, counted);
            found.iter_mut().zip(equal).for_each(|(found, equal)| *found |= equal);
        }
        found
    }

    /// Whether values are missing.
    fn missing(&self, typed: &Typed, batch: &Batch, marks: &mut Vec<Mark>) -> Vec<u8> {
        match typed.kind {
            Kind::Empty => vec![TRUE; batch.len()],
            Kind::Number => {
                self.numbers_of(typed, batch, marks).iter().map(|v| u8::from(v.is_nan())).collect()
            }
            Kind::Date => {
                self.days_of(typed, batch, marks).iter().map(|d| u8::from(*d == MISSING_DAY)).collect()
            }
            Kind::Boolean => self.truths_of(typed, batch, marks).iter().map(|t| u8::from(*t > 1)).collect(),
            Kind::Text => {
                let texts = self.texts_of(typed, batch, marks);
                (0..batch.len()).map(|row| u8::from(texts.is_missing(row))).collect()
            }
        }
    }
}

fn and(a: u8, b: u8) -> u8 {
    if a == FALSE || b == FALSE { FALSE } else { a.max(b) }
}

/// Missing equals missing alone; any other comparison with a missing side is unknown.
fn ordered(
    comparison: Comparison,
    left_missing: bool,
    right_missing: bool,
    order: impl FnOnce() -> std::cmp::Ordering,
) -> u8 {
    if left_missing || right_missing {
        if !comparison.is_equality() {
            return UNKNOWN;
        }
        let equal = left_missing && right_missing;
        return u8::from(equal == (comparison == Comparison::Equal));
    }
    u8::from(comparison.holds(order()))
}

/// A day against a period: equal within, less before its first, greater after its last.
fn against(comparison: Comparison, day: i32, first: i32, last: i32) -> u8 {
    ordered(comparison, day == MISSING_DAY, false, || {
        if day < first {
            std::cmp::Ordering::Less
        } else if day > last {
            std::cmp::Ordering::Greater
        } else {
            std::cmp::Ordering::Equal
        }
    })
}

fn compare_texts(comparison: Comparison, left: &Texts, right: &Texts, rows: usize) -> Vec<u8> {
    if comparison.is_equality()
        && let Some((a, b)) = left.same_codes(right)
    {
        let wanted = comparison == Comparison::Equal;
        return a.iter().zip(b).map(|(a, b)| u8::from((a == b) == wanted)).collect();
    }
    (0..rows)
        .map(|row| match (left.folded(row), right.folded(row)) {
            (Some(a), Some(b)) => ordered(comparison, false, false, || a.cmp(&b)),
            (a, b) => ordered(comparison, a.is_none(), b.is_none(), || std::cmp::Ordering::Equal),
        })
        .collect()
}

fn text_test(test: TextTest, texts: &Texts, parts: &Texts, row: usize) -> u8 {
    let (Some(whole), Some(part)) = (texts.folded(row), parts.folded(row)) else { return UNKNOWN };
    u8::from(match test {
        TextTest::Contains => whole.contains(&*part),
        TextTest::StartsWith => whole.starts_with(&*part),
        TextTest::EndsWith => whole.ends_with(&*part),
    })
}
