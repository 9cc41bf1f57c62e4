//! Where the largest potential lies, and what a change came from (SPEC §5, Potential).
//!
//! Per segment `max(0, d·(r* − r))·n`, with `r*` the lowest rate at which 75 % of the volume of the segments above
//! the sample floor is reached. The change `R1 − R0`, with `R̄` the mean of both, is split into
//! rate `Σ (w0 + w1)/2 · (r1 − r0)`, mix `Σ (w1 − w0) · ((r0 + r1)/2 − R̄)` and segments on one side alone,
//! `Σ w1·(r1 − R̄) − Σ w0·(r0 − R̄)`.

use rust_decimal::Decimal;

use crate::bind::{MeasurePlan, PotentialPlan, PotentialSegment};
use crate::resolve::Formula;

use super::evaluation::{Decomposition, Potential, PotentialShare};
use super::value::{Answers, part_of, signed};

/// Segments of fewer rows set no benchmark.
const FLOOR: u64 = 30;
/// The share of the volume at which the benchmark stands.
const QUANTILE: Decimal = Decimal::from_parts(75, 0, 0, false, 2);

/// The rate of a segment with its volume.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rate {
    value: Decimal,
    volume: Decimal,
    rows: u64,
}

fn rate_of(answers: Answers<'_>, plan: &MeasurePlan) -> Option<Rate> {
    let formula = &answers.model.metrics.get(plan.metric.0 as usize)?.formula;
    let volume = match formula {
        Formula::Aggregate(_) => {
            let request = plan.requests.first()?.1?;
            Decimal::from(answers.answer(request).values)
        }
        _ => answers.quotient(plan)?.1,
    };
    let rate = answers.value(plan)?;
    (volume > Decimal::ZERO).then(|| Rate { value: rate, volume, rows: answers.rows(plan) })
}

/// The potential by one column, ranked; `gap` is the goal's.
pub(super) fn potential(
    answers: Answers<'_>,
    plan: &PotentialPlan,
    sign: i32,
    gap: Option<Decimal>,
) -> Option<Potential> {
    let rates: Vec<(&PotentialSegment, Rate)> =
        plan.segments.iter().filter_map(|s| Some((s, rate_of(answers, &s.to_date)?))).collect();
    let whole = sum(rates.iter().map(|(_, r)| r.volume))?;
    let benchmark = benchmark(rates.iter().map(|(_, r)| *r))?;
    let wanted = gap.and_then(|gap| gap.abs().checked_mul(whole)).filter(|w| !w.is_zero());
    let mut segments: Vec<PotentialShare> = rates
        .iter()
        .map(|(segment, r)| {
            let better = signed(sign, benchmark.saturating_sub(r.value)).max(Decimal::ZERO);
            let potential = better.checked_mul(r.volume)?;
            Some(PotentialShare {
                value: segment.value.clone(),
                pooled: segment.pooled,
                rate: r.value,
                volume: r.volume,
                potential,
                share: wanted.and_then(|wanted| potential.checked_div(wanted)),
                own_benchmark: r.volume > whole.saturating_sub(r.volume),
            })
        })
        .collect::<Option<_>>()?;
    segments.sort_by_key(|s| std::cmp::Reverse((s.potential, s.volume)));
    Some(Potential { by: plan.by.clone(), benchmark, segments })
}

/// The lowest rate at which 75 % of the volume is reached, among segments above the sample floor.
fn benchmark(rates: impl Iterator<Item = Rate>) -> Option<Decimal> {
    let mut known: Vec<Rate> = rates.filter(|r| r.rows >= FLOOR).collect();
    known.sort_by_key(|r| r.value);
    let wanted = sum(known.iter().map(|r| r.volume))?.checked_mul(QUANTILE)?;
    let mut reached = Decimal::ZERO;
    known.iter().find_map(|r| {
        reached = reached.saturating_add(r.volume);
        (reached >= wanted).then_some(r.value)
    })
}

fn sum(values: impl Iterator<Item = Decimal>) -> Option<Decimal> {
    let mut total = Decimal::ZERO;
    for value in values {
        total = total.checked_add(value)?;
    }
    Some(total)
}

/// What the change of a rate came from, by one column.
pub(super) fn decomposition(answers: Answers<'_>, plan: &PotentialPlan) -> Option<Decomposition> {
    let pairs: Vec<(Option<Rate>, Option<Rate>)> = plan
        .segments
        .iter()
        .filter_map(|s| s.compared.as_ref())
        .map(|(now, before)| (rate_of(answers, now), rate_of(answers, before)))
        .collect();
    split(&pairs).map(|parts| Decomposition { by: plan.by.clone(), ..parts })
}

fn split(pairs: &[(Option<Rate>, Option<Rate>)]) -> Option<Decomposition> {
    let now: Vec<Rate> = pairs.iter().filter_map(|(now, _)| *now).collect();
    let before: Vec<Rate> = pairs.iter().filter_map(|(_, before)| *before).collect();
    let (n1, n0) = (sum(now.iter().map(|r| r.volume))?, sum(before.iter().map(|r| r.volume))?);
    let pooled = |rates: &[Rate], n: Decimal| {
        let parts: Option<Vec<Decimal>> = rates.iter().map(|r| part_of(r.volume, r.value, n)).collect();
        sum(parts?.into_iter())
    };
    let two = Decimal::TWO;
    let (r1, r0) = (pooled(&now, n1)?, pooled(&before, n0)?);
    if now.is_empty() || before.is_empty() {
        return None;
    }
    let mean = r1.checked_add(r0)?.checked_div(two)?;
    let (mut rate, mut mix, mut alone) = (Decimal::ZERO, Decimal::ZERO, Decimal::ZERO);
    for pair in pairs {
        let weight = |r: &Rate, n: Decimal| r.volume.checked_div(n);
        match pair {
            (Some(a), Some(b)) => {
                let (w1, w0) = (weight(a, n1)?, weight(b, n0)?);
                let (sum_w, sum_r) = (w1.checked_add(w0)?, a.value.checked_add(b.value)?);
                let change = a.value.checked_sub(b.value)?;
                rate = rate.checked_add(sum_w.checked_mul(change)?.checked_div(two)?)?;
                let off = sum_r.checked_div(two)?.checked_sub(mean)?;
                mix = mix.checked_add(w1.checked_sub(w0)?.checked_mul(off)?)?;
            }
            (Some(a), None) => {
                alone = alone.checked_add(weight(a, n1)?.checked_mul(a.value.checked_sub(mean)?)?)?;
            }
            (None, Some(b)) => {
                alone = alone.checked_sub(weight(b, n0)?.checked_mul(b.value.checked_sub(mean)?)?)?;
            }
            (None, None) => {}
        }
    }
    Some(Decomposition { by: String::new(), change: r1.checked_sub(r0)?, rate, mix, new_or_gone: alone })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(rate: i64, volume: i64) -> Rate {
        Rate { value: Decimal::from(rate), volume: Decimal::from(volume), rows: 30 }
    }

    #[test]
    fn the_benchmark_is_the_lowest_rate_at_three_quarters_of_the_volume() {
        // volumes 10, 20, 50, 20 by rising rate: 75 of 100 are reached with the third
        let four = [rate(9, 20), rate(1, 10), rate(2, 20), rate(5, 50)];
        assert_eq!(benchmark(four.into_iter()), Some(Decimal::from(5)));
        let few = Rate { rows: 29, ..rate(9, 1000) };
        assert_eq!(benchmark([rate(1, 10), few].into_iter()), Some(Decimal::ONE));
        assert_eq!(benchmark([few].into_iter()), None);
    }

    #[test]
    fn a_change_splits_exactly() {
        // A: 4 (10) to 6 (20), B: 2 (30) to 2 (20), C new: 10 (10), D gone: 8 (10)
        let pairs = [
            (Some(rate(6, 20)), Some(rate(4, 10))),
            (Some(rate(2, 20)), Some(rate(2, 30))),
            (Some(rate(10, 10)), None),
            (None, Some(rate(8, 10))),
        ];
        // R1 = (120 + 40 + 100) / 50 = 5.2, R0 = (40 + 60 + 80) / 50 = 3.6, mean 4.4
        let found = split(&pairs).unwrap();
        let shown =
            [found.change, found.rate, found.mix, found.new_or_gone].map(|d| d.normalize().to_string());
        // rate (0.2 + 0.4) / 2 · 2 = 0.6; mix 0.2 · (5 - 4.4) + (-0.2) · (2 - 4.4) = 0.6;
        // alone 0.2 · 5.6 - 0.2 · 3.6 = 0.4
        assert_eq!(shown, ["1.6", "0.6", "0.6", "0.4"]);
    }
}
