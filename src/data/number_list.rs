//! The numbers of a column, half as large while all of them are whole and small, as dates, counts and identifiers are.

use std::ops::Range;

/// Stands for no number among whole ones.
const NONE: i32 = i32::MIN;

/// A number for every row, or none.
#[derive(Debug, Clone)]
pub(crate) enum NumberList {
    /// Whole numbers, [`NONE`] where there is none; 0 is never -0.
    Whole(Vec<i32>),
    /// Any numbers, NaN where there is none.
    Any(Vec<f64>),
}

impl Default for NumberList {
    fn default() -> Self {
        Self::Whole(Vec::new())
    }
}

/// The number as a whole one, NONE for NaN; anything at all where it is neither.
#[inline]
fn whole(number: f64) -> i32 {
    // behind 1.5 · 2^52 the lowest bits of a double are the whole number added to it
    const ROUND: f64 = 6_755_399_441_055_744.0;
    if number.is_nan() { NONE } else { (number + ROUND).to_bits() as i32 }
}

/// Whether [`whole`] says the same as the number. The two zeros differ.
// without branches, so that several numbers are looked at at once
#[allow(clippy::needless_bitwise_bool)]
#[inline]
fn is_whole(number: f64, whole: i32) -> bool {
    ((f64::from(whole).to_bits() == number.to_bits()) & (whole != NONE)) | number.is_nan()
}

#[inline]
fn wide(number: i32) -> f64 {
    if number == NONE { f64::NAN } else { f64::from(number) }
}

impl NumberList {
    /// For how many rows.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Whole(numbers) => numbers.len(),
            Self::Any(numbers) => numbers.len(),
        }
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of a row.
    pub(crate) fn get(&self, row: usize) -> Option<f64> {
        match self {
            Self::Whole(numbers) => {
                numbers.get(row).filter(|number| **number != NONE).copied().map(f64::from)
            }
            Self::Any(numbers) => numbers.get(row).filter(|number| !number.is_nan()).copied(),
        }
    }

    /// Calls `each` for every number of some rows.
    pub(crate) fn each_in(&self, rows: Range<usize>, mut each: impl FnMut(usize, f64)) {
        let rows = self.inside(rows);
        match self {
            Self::Whole(numbers) => {
                for (row, number) in rows.clone().zip(&numbers[rows]).filter(|(_, number)| **number != NONE) {
                    each(row, f64::from(*number));
                }
            }
            Self::Any(numbers) => {
                for (row, number) in rows.clone().zip(&numbers[rows]).filter(|(_, number)| !number.is_nan()) {
                    each(row, *number);
                }
            }
        }
    }

    /// How many of some rows have a number.
    pub(crate) fn count_in(&self, rows: Range<usize>) -> usize {
        let rows = self.inside(rows);
        match self {
            Self::Whole(numbers) => numbers[rows].iter().filter(|number| **number != NONE).count(),
            Self::Any(numbers) => numbers[rows].iter().filter(|number| !number.is_nan()).count(),
        }
    }

    /// How many of some rows have a number from `low` up to `high`, which is left out.
    pub(crate) fn count_between(&self, rows: Range<usize>, low: i32, high: i32) -> usize {
        let rows = self.inside(rows);
        match self {
            Self::Whole(numbers) => {
                numbers[rows].iter().filter(|number| **number >= low && **number < high).count()
            }
            Self::Any(numbers) => {
                let (low, high) = (f64::from(low), f64::from(high));
                numbers[rows].iter().filter(|number| **number >= low && **number < high).count()
            }
        }
    }

    /// Whether some number of some rows is one for which `holds` does.
    pub(crate) fn any_in(&self, rows: Range<usize>, holds: impl Fn(f64) -> bool) -> bool {
        let rows = self.inside(rows);
        match self {
            Self::Whole(numbers) => {
                numbers[rows].iter().any(|number| *number != NONE && holds(f64::from(*number)))
            }
            Self::Any(numbers) => numbers[rows].iter().any(|number| !number.is_nan() && holds(*number)),
        }
    }

    /// Whether all are whole without a look at them.
    pub(crate) fn are_whole(&self) -> bool {
        matches!(self, Self::Whole(_))
    }

    /// For every row from `start` on whether there is a number.
    pub(crate) fn present_from(&self, start: usize) -> Vec<bool> {
        match self {
            Self::Whole(numbers) => {
                numbers.get(start..).unwrap_or_default().iter().map(|number| *number != NONE).collect()
            }
            Self::Any(numbers) => {
                numbers.get(start..).unwrap_or_default().iter().map(|number| !number.is_nan()).collect()
            }
        }
    }

    fn inside(&self, rows: Range<usize>) -> Range<usize> {
        let end = rows.end.min(self.len());
        rows.start.min(end)..end
    }

    /// Makes room for so many rows, where there is none yet; without it the list grows as it is filled.
    pub(crate) fn expect(&mut self, rows: usize) {
        if let Self::Whole(numbers) = self
            && numbers.capacity() == 0
        {
            let _ = numbers.try_reserve_exact(rows);
        }
    }

    /// Sets how many rows there are; new ones have no number.
    pub(crate) fn resize(&mut self, rows: usize) {
        match self {
            Self::Whole(numbers) => numbers.resize(rows, NONE),
            Self::Any(numbers) => numbers.resize(rows, f64::NAN),
        }
    }

    /// Adds a number.
    pub(crate) fn push(&mut self, number: f64) {
        self.extend(&[number]);
    }

    /// Adds so many rows of one number.
    pub(crate) fn repeat(&mut self, number: f64, count: usize) {
        self.extend(&vec![number; count]);
    }

    /// Adds the numbers of another list.
    pub(crate) fn append(&mut self, added: Self) {
        match (&mut *self, added) {
            (Self::Whole(numbers), Self::Whole(added)) => numbers.extend(added),
            (Self::Any(numbers), Self::Whole(added)) => numbers.extend(added.into_iter().map(wide)),
            (_, Self::Any(added)) => self.extend(&added),
        }
    }

    /// Adds numbers, NaN for none.
    pub(crate) fn extend(&mut self, added: &[f64]) {
        if let Self::Whole(numbers) = self {
            let before = numbers.len();
            numbers.resize(before + added.len(), NONE);
            let mut all = true;
            for (slot, number) in numbers[before..].iter_mut().zip(added) {
                *slot = whole(*number);
                all &= is_whole(*number, *slot);
            }
            if all {
                return;
            }
            numbers.truncate(before);
            let mut wider = Vec::new();
            let _ = wider.try_reserve_exact(numbers.capacity());
            wider.extend(numbers.iter().map(|number| wide(*number)));
            *self = Self::Any(wider);
        }
        if let Self::Any(numbers) = self {
            numbers.extend_from_slice(added);
        }
    }

    /// Changes the numbers of some rows.
    pub(crate) fn change_in(&mut self, rows: Range<usize>, change: impl Fn(f64) -> f64) {
        let rows = self.inside(rows);
        if rows.is_empty() {
            return;
        }
        let mut values = std::mem::take(self).into_values();
        values[rows].iter_mut().for_each(|number| *number = change(*number));
        self.extend(&values);
    }

    /// As doubles.
    pub(crate) fn into_values(self) -> Vec<f64> {
        match self {
            Self::Whole(numbers) => numbers.iter().map(|number| wide(*number)).collect(),
            Self::Any(numbers) => numbers,
        }
    }

    /// What comes of every row, where all numbers are whole; nothing where they are not.
    pub(crate) fn map_whole<T>(self, mut each: impl FnMut(Option<i32>) -> T) -> Vec<T> {
        match self {
            Self::Whole(numbers) => {
                numbers.into_iter().map(|number| each((number != NONE).then_some(number))).collect()
            }
            Self::Any(_) => Vec::new(),
        }
    }

    /// Takes rows out; `drop` is ascending.
    pub(crate) fn remove(&mut self, drop: &[u32]) {
        match self {
            Self::Whole(numbers) => remove(numbers, drop),
            Self::Any(numbers) => remove(numbers, drop),
        }
    }
}

/// Takes places out of a list; `drop` is ascending.
pub(crate) fn remove<T: Copy>(values: &mut Vec<T>, drop: &[u32]) {
    let Some(first) = drop.first().map(|row| *row as usize) else { return };
    if values.is_empty() {
        return;
    }
    let (mut to, mut next) = (first, 0);
    for from in first..values.len() {
        if drop.get(next) == Some(&(from as u32)) {
            next += 1;
            continue;
        }
        values[to] = values[from];
        to += 1;
    }
    values.truncate(to);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(numbers: &[f64], are_whole: bool) {
        let mut list = NumberList::default();
        list.extend(numbers);
        assert_eq!(list.are_whole(), are_whole, "{numbers:?}");
        let kept = list.into_values();
        assert_eq!(kept.len(), numbers.len());
        assert!(
            kept.iter().zip(numbers).all(|(a, b)| a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan())
        );
    }

    #[test]
    fn every_number_comes_back_as_it_was() {
        case(&[], true);
        case(&[0.0, 1.0, -1.0, f64::NAN, 2_147_483_647.0, -2_147_483_647.0], true);
        for number in [0.5, -0.0, 2_147_483_648.0, -2_147_483_648.0, 4_294_967_296.0, 1e300, f64::INFINITY] {
            case(&[7.0, number, f64::NAN], false);
        }
    }

    #[test]
    fn rows_without_a_number() {
        let mut list = NumberList::default();
        list.resize(2);
        list.push(3.0);
        assert_eq!((list.get(1), list.get(2), list.get(3)), (None, Some(3.0), None));
        list.push(0.5);
        list.resize(5);
        assert_eq!((list.get(1), list.get(2), list.get(3), list.get(4)), (None, Some(3.0), Some(0.5), None));
        assert_eq!(
            (list.count_in(0..9), list.count_between(0..9, 1, 3), list.count_between(0..9, 1, 4)),
            (2, 0, 1)
        );
        list.remove(&[0, 2]);
        assert_eq!((list.len(), list.get(1)), (3, Some(0.5)));
    }

    #[test]
    fn changed_numbers_are_kept_small() {
        let mut list = NumberList::default();
        list.extend(&[1.0, 2.0, f64::NAN]);
        list.change_in(1..9, |number| number + 10.0);
        assert!(list.are_whole());
        assert_eq!((list.get(0), list.get(1), list.get(2)), (Some(1.0), Some(12.0), None));
    }
}
