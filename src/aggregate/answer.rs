//! What was collected → one answer per request: cells of its classes and intervals put together.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::derive::expression::blocks;
use crate::quantity::{decimal_from_f64, f64_from_decimal};
use crate::resolve::Aggregate;
use crate::syntax::AggregateFunction;

use super::Measured;
use super::cells::Cells;
use super::distinct::DistinctCounts;
use super::pass::Collected;
use super::scan::{Answer, Argument, Scan};
use super::total::{Extremes, FRACTION, NEGATIVE, Total, flags_of};

/// Why a request has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unanswered {
    /// It comes to more than a decimal holds.
    TooLarge,
    /// Its rows are in several currencies.
    SeveralCurrencies {
        /// The series that tells them.
        series: usize,
        /// A bit for each.
        found: u64,
    },
}

/// Answers every request of a scan: index of the request with what it came to.
pub(super) fn answer_all(
    scan: &Scan,
    collected: &Collected,
    aggregates: &[Aggregate],
    threads: usize,
) -> Vec<(usize, Result<Measured, Unanswered>)> {
    let counts = count_distinct(scan, collected, threads);
    let each = |(answer, distinct): (&Answer, &Option<u64>)| {
        let aggregate = aggregates.get(answer.aggregate.0 as usize);
        let answering = Answering { scan, collected, distinct: *distinct, answer };
        let found = aggregate.map(|aggregate| answering.measured(aggregate));
        (answer.request, found.unwrap_or(Ok(Measured { invalid: true, ..Measured::default() })))
    };
    scan.answers.iter().zip(&counts).map(each).collect()
}

/// The distinct count of every answer that is one.
fn count_distinct(scan: &Scan, collected: &Collected, threads: usize) -> Vec<Option<u64>> {
    let mut answers: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (at, answer) in scan.answers.iter().enumerate() {
        if let Some(series) = answer.place.series
            && matches!(collected.series.get(series), Some(Cells::Distinct(..)))
        {
            answers.entry((series, answer.place.class_set)).or_default().push(at);
        }
    }
    let wanted: Vec<((usize, usize), Vec<usize>)> = answers.into_iter().collect();
    let counted = blocks::in_order(blocks::ranges(wanted.len(), 1).collect(), threads, |at| {
        let ((series, class_set), answers) = wanted.get(at.start)?;
        let Some(Cells::Distinct(cells, _)) = collected.series.get(*series) else { return None };
        let Some(Argument::Codes { distinct, .. }) = scan.arguments.get(scan.series.get(*series)?.argument)
        else {
            return None;
        };
        let counts =
            DistinctCounts::new(cells, scan.class_sets.get(*class_set)?, scan.timeline.len(), *distinct);
        let within = |at: &usize| Some((*at, counts.within(scan.answers.get(*at)?.intervals.clone())));
        Some(answers.iter().filter_map(within).collect::<Vec<_>>())
    });
    let mut counts = vec![None; scan.answers.len()];
    for (at, count) in counted.into_iter().flatten().flatten() {
        counts[at] = Some(count);
    }
    counts
}

struct Answering<'s> {
    scan: &'s Scan<'s>,
    collected: &'s Collected,
    /// The distinct count, where it is one.
    distinct: Option<u64>,
    answer: &'s Answer,
}

impl Answering<'_> {
    /// The cells that the request covers, those of a class together.
    fn cells(&self) -> impl Iterator<Item = usize> {
        let stride = self.scan.timeline.len();
        let classes = self.scan.class_sets.get(self.answer.place.class_set).map_or(&[][..], Vec::as_slice);
        classes.iter().flat_map(move |class| self.answer.intervals.clone().map(move |at| class * stride + at))
    }

    fn measured(&self, aggregate: &Aggregate) -> Result<Measured, Unanswered> {
        use AggregateFunction as F;
        self.one_currency()?;
        let counts = self.collected.rows.get(self.answer.place.placement).map_or(&[][..], Vec::as_slice);
        let rows: u64 = self.cells().filter_map(|cell| counts.get(cell)).map(|count| u64::from(*count)).sum();
        let found = Measured { rows, values: rows, all_whole: true, ..Measured::default() };
        let is_stock = matches!(aggregate.function, F::First | F::Last);
        let Some(series) = self.answer.place.series else {
            let value = (rows > 0 || !is_stock).then(|| Decimal::from(rows));
            return Ok(Measured { value, ..found });
        };
        match self.collected.series.get(series) {
            Some(Cells::Total(cells)) => self.total(aggregate.function, cells, found),
            Some(Cells::Extremes(cells)) => self.extremes(aggregate.function == F::Max, cells, found),
            Some(Cells::Values(cells)) => self.values(aggregate, cells, found),
            Some(Cells::Distinct(_, counts)) => {
                let values =
                    self.cells().filter_map(|cell| counts.get(cell)).map(|count| u64::from(*count)).sum();
                Ok(Measured { value: self.distinct.map(Decimal::from), values, ..found })
            }
            Some(Cells::Present(counts)) => {
                let values: u64 =
                    self.cells().filter_map(|cell| counts.get(cell)).map(|count| u64::from(*count)).sum();
                Ok(Measured { value: Some(Decimal::from(values)), values, ..found })
            }
            Some(Cells::Currencies(_)) | None => Ok(Measured { invalid: true, ..found }),
        }
    }

    /// Amounts must be in one currency.
    fn one_currency(&self) -> Result<(), Unanswered> {
        for series in &self.answer.place.currencies {
            if let Some(Cells::Currencies(cells)) = self.collected.series.get(*series) {
                let found =
                    self.cells().filter_map(|cell| cells.get(cell)).fold(0u64, |all, cell| all | cell);
                if found.count_ones() > 1 {
                    return Err(Unanswered::SeveralCurrencies { series: *series, found });
                }
            }
        }
        Ok(())
    }

    fn total(
        &self,
        function: AggregateFunction,
        cells: &[Total],
        found: Measured,
    ) -> Result<Measured, Unanswered> {
        use AggregateFunction as F;
        let mut total = Total::default();
        for cell in self.cells().filter_map(|cell| cells.get(cell)).filter(|cell| cell.values > 0) {
            total.merge(cell);
        }
        let values = u64::from(total.values);
        let value = match function {
            F::Count => Some(Decimal::from(values)),
            F::Sum => Some(decimal(total.value())?),
            _ if values == 0 => None,
            F::Average => Some(decimal(total.value() / f64::from(total.values))?),
            _ => Some(decimal(total.value())?),
        };
        Ok(Measured { value, values, ..found }.flagged(total.flags))
    }

    fn extremes(&self, greatest: bool, cells: &[Extremes], found: Measured) -> Result<Measured, Unanswered> {
        let mut all = Extremes::default();
        self.cells().filter_map(|cell| cells.get(cell)).for_each(|cell| all.merge(cell));
        let value = match (all.values, greatest) {
            (0, _) => None,
            (_, true) => Some(decimal(all.greatest)?),
            (_, false) => Some(decimal(all.least)?),
        };
        Ok(Measured { value, values: u64::from(all.values), ..found }.flagged(all.flags))
    }

    fn values(
        &self,
        aggregate: &Aggregate,
        cells: &[Vec<f64>],
        found: Measured,
    ) -> Result<Measured, Unanswered> {
        let mut values: Vec<f64> =
            self.cells().filter_map(|cell| cells.get(cell)).flatten().copied().collect();
        let flags = values.iter().fold(0, |flags, value| flags | flags_of(*value));
        let found = Measured { values: values.len() as u64, ..found }.flagged(flags);
        let share = match aggregate.function {
            AggregateFunction::Percentile => f64_from_decimal(aggregate.share.unwrap_or_default()),
            _ => 0.5,
        };
        let value = match aggregate.function {
            AggregateFunction::Stdev => standard_deviation(&values),
            _ => percentile(&mut values, share),
        };
        Ok(Measured { value: value.map(decimal).transpose()?, ..found })
    }
}

impl Measured {
    fn flagged(self, flags: u8) -> Self {
        Self { any_negative: flags & NEGATIVE != 0, all_whole: flags & FRACTION == 0, ..self }
    }
}

fn decimal(value: f64) -> Result<Decimal, Unanswered> {
    decimal_from_f64(value).ok_or(Unanswered::TooLarge)
}

/// PERCENTILE.INC: the value at `share` of the way from the least to the greatest, between neighbours in proportion.
fn percentile(values: &mut [f64], share: f64) -> Option<f64> {
    let last = values.len().checked_sub(1)?;
    let at = last as f64 * share.clamp(0.0, 1.0);
    // 0.07 × 100 is 7.000000000000001 in doubles: a place that is whole to 15 digits is whole
    let at = crate::derive::expression::round_digits(at);
    let (below, rest) = (at.floor() as usize, at.fract());
    let (_, low, above) = values.select_nth_unstable_by(below.min(last), f64::total_cmp);
    let low = *low;
    let next = above.iter().copied().min_by(f64::total_cmp).unwrap_or(low);
    Some(if rest == 0.0 { low } else { low + (next - low) * rest })
}

/// STDEV.S, in two passes; none of fewer than two values.
fn standard_deviation(values: &[f64]) -> Option<f64> {
    if values.len() < 2 {
        return None;
    }
    let mut sum = Total::default();
    sum.add_all(values);
    let mean = sum.value() / values.len() as f64;
    let mut squares = Total::default();
    values.iter().for_each(|value| squares.add((value - mean) * (value - mean)));
    Some((squares.value() / (values.len() - 1) as f64).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    // expected values: the examples of Excel's documentation

    #[test]
    fn percentiles_lie_between_neighbours() {
        assert_eq!(percentile(&mut [1.0, 3.0, 2.0, 4.0], 0.3), Some(1.9));
        assert_eq!(percentile(&mut [1.0, 2.0, 3.0, 4.0, 5.0], 0.5), Some(3.0));
        assert_eq!(percentile(&mut [6.0, 1.0, 4.0, 2.0, 5.0, 3.0], 0.5), Some(3.5));
        assert_eq!(percentile(&mut [7.0], 0.9), Some(7.0));
        assert_eq!(percentile(&mut [2.0, 1.0], 0.0), Some(1.0));
        assert_eq!(percentile(&mut [2.0, 1.0], 1.0), Some(2.0));
        assert_eq!(percentile(&mut [], 0.5), None);
    }

    #[test]
    fn deviations_are_of_a_sample() {
        let strength = [1345.0, 1301.0, 1368.0, 1322.0, 1310.0, 1370.0, 1318.0, 1350.0, 1303.0, 1299.0];
        let found = standard_deviation(&strength).unwrap();
        assert_eq!(format!("{found:.8}"), "27.46391572");
        assert_eq!(standard_deviation(&[1.0]), None);
        assert_eq!(standard_deviation(&[1e9, 1e9 + 1.0, 1e9 + 2.0]), Some(1.0));
    }
}
