//! Where a goal is heading (SPEC §5, forecast ladder): none below three points, run rate, seasonal.
//!
//! Run rate: what a day brought so far, for all days. Seasonal: the baseline's remainder scaled by the progress so
//! far, `V + (B − B_D) · V / B_D`. The interval holds 80 %: with `e` the deviations of the window's whole units from
//! what the method gives them and `s` their standard deviation, the sum of `m` units to come varies by
//! `s · √(m + m²/n)` (`m` new ones, and the mean of `n` by which they are scaled). A ratio, a statistic and a stock
//! are expected to stay where they stand, within what their units varied.

use rust_decimal::Decimal;

use crate::quantity::{decimal_from_f64, f64_from_decimal};
use crate::resolve::Nature;
use crate::syntax::PaceClause;

use super::case::Case;
use super::evaluation::{Forecast, SeriesPoint};
use super::interval::normal_below;
use super::value::part_of;

/// The 90th percentile of the standard normal distribution: 10 % on either side.
const Z80: f64 = 1.281_551_565_544_600_4;
/// Below this number of points nothing is forecast.
const FEWEST_POINTS: usize = 3;

/// A forecast with the probability of reaching the target.
pub(super) type Outlook = (Option<Forecast>, Option<Decimal>);

impl Case<'_> {
    /// The forecast of a running window.
    pub(super) fn outlook(&self, series: &[SeriesPoint]) -> Outlook {
        let Some(value) = self.actual.filter(|_| !self.plan.over && self.plan.points >= FEWEST_POINTS) else {
            return (None, None);
        };
        let Some((estimate, method)) = self.estimate(value) else { return (None, None) };
        let spread =
            if method == "level" { Self::level_spread(series) } else { self.flow_spread(series, method) };
        let method = if method == "level" { "run rate" } else { method };
        let Some(deviation) = spread.filter(|s| s.is_finite()) else {
            return (Some(Forecast { value: estimate, low: None, high: None, method }), None);
        };
        let centre = f64_from_decimal(estimate);
        let forecast = Forecast {
            value: estimate,
            low: decimal_from_f64(centre - Z80 * deviation),
            high: decimal_from_f64(centre + Z80 * deviation),
            method,
        };
        let probability = self.target.and_then(|target| {
            let ahead = f64::from(self.sign) * (centre - f64_from_decimal(target));
            let share = if deviation > 0.0 {
                normal_below(ahead / deviation)
            } else if ahead >= 0.0 {
                1.0
            } else {
                0.0
            };
            decimal_from_f64(share)
        });
        (Some(forecast), probability)
    }

    /// Shares out what a forecast still expects over the units after D: after the baseline's own course where the
    /// forecast is seasonal, else by days. With what was measured they add up to the forecast.
    pub(super) fn share_out(&self, forecast: &Forecast, series: &mut [SeriesPoint]) {
        let additive = matches!(self.metric.nature, Nature::Flow { additive: true }) && self.is_flow();
        let (Some(value), true) = (self.actual, additive) else { return };
        let Some(rest) = forecast.value.checked_sub(value) else { return };
        let weight = |point: &SeriesPoint| {
            let to_come = (point.period.end - self.plan.data_through).num_days() - 1;
            let days = Decimal::from(to_come.clamp(0, point.period.days()));
            match forecast.method {
                "seasonal" => {
                    point.baseline?.checked_mul(days)?.checked_div(Decimal::from(point.period.days()))
                }
                _ => Some(days),
            }
        };
        let weights: Option<Vec<Decimal>> = series.iter().map(weight).collect();
        let Some(weights) = weights else { return };
        let all = weights.iter().try_fold(Decimal::ZERO, |sum, weight| sum.checked_add(*weight));
        let Some(all) = all.filter(|all| *all > Decimal::ZERO) else { return };
        for (point, weight) in series.iter_mut().zip(weights).filter(|(_, weight)| !weight.is_zero()) {
            let share = part_of(rest, weight, all);
            point.forecast = share.and_then(|s| s.checked_add(point.actual.unwrap_or_default()));
        }
    }

    /// The value at the end of the window, and how it was found.
    fn estimate(&self, value: Decimal) -> Option<(Decimal, &'static str)> {
        if !self.is_flow() {
            return Some((value, "level"));
        }
        if let (Some(part), Some(target)) = (self.sheet_to_date, self.target)
            && self.plan.target.is_some_and(|t| t.dated)
            && part > Decimal::ZERO
        {
            // what remains of a dated target sheet is the seasonal remainder
            return Some((part_of(value, target, part)?, "seasonal"));
        }
        if let (Some(whole), Some(part)) = (self.baseline, self.baseline_to_date)
            && self.flow_share().1 == PaceClause::Seasonal
            && part > Decimal::ZERO
        {
            return Some((part_of(value, whole, part)?, "seasonal"));
        }
        // distinct counts saturate: a day brings fewer and fewer new ones
        if matches!(self.metric.nature, Nature::Flow { additive: false }) {
            return None;
        }
        let share = self.share();
        Some((part_of(value, share.whole, share.part)?, "run rate"))
    }

    /// The standard deviation of what is still to come, by the whole units so far.
    fn flow_spread(&self, series: &[SeriesPoint], method: &str) -> Option<f64> {
        let growth = match (method, self.actual, self.baseline_to_date) {
            ("seasonal", Some(value), Some(part)) if !part.is_zero() => {
                f64_from_decimal(value.checked_div(part)?)
            }
            _ => 0.0,
        };
        let seasonal = method == "seasonal" && growth != 0.0;
        let whole: Vec<(f64, f64)> = series
            .iter()
            .filter(|point| point.whole)
            .filter_map(|point| {
                let base = point.baseline.map_or(0.0, f64_from_decimal);
                Some((f64_from_decimal(point.actual?), if seasonal { base } else { 0.0 }))
            })
            .collect();
        let rest = series.iter().filter(|point| !point.whole).count() as f64;
        let n = whole.len() as f64;
        if whole.len() < FEWEST_POINTS {
            return None;
        }
        let mean = whole.iter().map(|(actual, _)| actual).sum::<f64>() / n;
        let expected = |base: f64| if seasonal { growth * base } else { mean };
        let squares: f64 = whole.iter().map(|(a, b)| (a - expected(*b)) * (a - expected(*b))).sum();
        Some(libm::sqrt(squares / (n - 1.0)) * libm::sqrt(rest + rest * rest / n))
    }

    /// The standard deviation of a level over the units still to come.
    fn level_spread(series: &[SeriesPoint]) -> Option<f64> {
        let values: Vec<f64> =
            series.iter().filter(|p| p.whole).filter_map(|p| p.actual.map(f64_from_decimal)).collect();
        let n = values.len() as f64;
        if values.len() < FEWEST_POINTS {
            return None;
        }
        let mean = values.iter().sum::<f64>() / n;
        let squares: f64 = values.iter().map(|v| (v - mean) * (v - mean)).sum();
        let all = series.len().max(1) as f64;
        // the units to come are the rest of all of them: the more have passed, the less is open
        Some(libm::sqrt(squares / (n - 1.0)) * libm::sqrt((all - n).max(0.0) / all))
    }
}
