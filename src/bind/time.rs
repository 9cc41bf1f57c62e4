//! A goal's dates: D, window, whether it is over, which days are measured.

use chrono::{Days, NaiveDate};

use crate::calendar::{
    Grain, Period, PeriodPhrase, Shift, Time, holds_unit, is_week_phrase, months_on, rolling, whole_units,
    window,
};
use crate::diagnostic::Diagnostics;
use crate::resolve::{BoundGoal, Model, Nature};
use crate::syntax::{Direction, Goal};

use super::dates::last_whole;
use super::errors;
use super::plan::{Shape, SourcePlan};
use super::whole::whole_window;

/// The dates of one goal, the same for all values of its `for each`.
// each flag is a fact of its own, not a state
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Timing {
    /// D.
    pub data_through: NaiveDate,
    /// The declared date, or D.
    pub declared: NaiveDate,
    /// It is written in the file.
    pub is_declared: bool,
    /// The goal's time.
    pub window: Period,
    /// `by` and `within`.
    pub deadline: bool,
    /// No time was written.
    pub timeless: bool,
    /// The window is over.
    pub over: bool,
    /// How it is measured.
    pub shape: Shape,
    /// The unit of a stretch: how many of what.
    pub stretch: Stretch,
    /// A flow with a grain: so much per unit.
    pub per_unit: bool,
    /// How other years are found.
    pub shift: Shift,
    /// The coarsest grain of the sources.
    pub grain: Grain,
    /// Facts to say with the result.
    pub notes: Vec<String>,
}

/// What a stretch is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stretch {
    /// The last `count` whole units of the window.
    Units {
        /// How many at most.
        count: usize,
        /// Of what.
        grain: Grain,
    },
    /// All of the window: it is shorter than a stretch.
    Window,
    /// That many months up to a day.
    Rolling(u32),
}

/// What a goal's dates hang on.
pub(super) struct Clock<'a> {
    /// The model.
    pub model: &'a Model,
    /// The sources of the goal's metric.
    pub sources: Vec<&'a SourcePlan>,
    /// `as of`.
    pub as_of: Option<NaiveDate>,
}

impl Clock<'_> {
    /// The coarsest grain of the sources.
    fn grain(&self) -> Grain {
        self.sources.iter().map(|s| s.grain).max().unwrap_or(Grain::Day)
    }

    /// D: the earliest of the sources', at the end of a period that is whole in all.
    fn data_through(&self) -> Option<NaiveDate> {
        let earliest = self.sources.iter().map(|s| s.data_through).min()?;
        Some(last_whole(earliest, self.grain()))
    }

    /// The dates of a goal; the diagnostics say why there are none.
    pub(super) fn timing(&self, goal: &Goal, bound: &BoundGoal, said: &mut Diagnostics) -> Option<Timing> {
        let data_through = self.data_through()?;
        let written = goal.clauses.declared.as_ref().map(|d| d.node).or(self.model.declared);
        let time = goal.time.as_ref().map(|t| &t.node);
        let mut notes = Vec::new();
        let placed = self.place_window(goal, written, data_through, &mut notes, said)?;
        let over = self.is_over(placed.period, data_through);
        let nature = self.model.metrics.get(bound.metric.0 as usize)?.nature;
        let (shape, stretch) = self.shape(goal, nature, placed.period, placed.deadline);
        Some(Timing {
            data_through,
            declared: written.unwrap_or(data_through),
            is_declared: written.is_some(),
            window: placed.period,
            deadline: placed.deadline,
            timeless: time.is_none() && goal.starting.is_none(),
            over: over || shape == Shape::Rolling,
            per_unit: goal.grain.is_some() && matches!(nature, Nature::Flow { .. }),
            shape,
            stretch,
            shift: self.shift(time),
            grain: self.grain(),
            notes,
        })
    }

    /// The window on the calendar, made of whole periods of the data.
    fn place_window(
        &self,
        goal: &Goal,
        written: Option<NaiveDate>,
        data_through: NaiveDate,
        notes: &mut Vec<String>,
        said: &mut Diagnostics,
    ) -> Option<Placed> {
        let calendar = &self.model.calendar;
        let time = goal.time.as_ref().map(|t| &t.node);
        let span = goal.time.as_ref().map_or(goal.text.span, |t| t.span);
        let starting = goal.starting.as_ref().map(|s| &s.node);
        // no time at all is the fiscal year of D; rolling months and the year to date end on D
        let ends_on_data =
            matches!(time, Some(Time::Rolling { by: None, .. } | Time::In(PeriodPhrase::YearToDate)));
        let to_data = ends_on_data || (time.is_none() && starting.is_none());
        let anchor = if to_data { data_through } else { written.unwrap_or(data_through) };
        let mut placed = match window(time, starting, calendar, anchor) {
            Ok(placed) => Placed { period: placed.period, deadline: placed.deadline },
            Err(error) => {
                said.push(errors::calendar(span, &error));
                return None;
            }
        };
        if written.is_none() && !to_data {
            let hangs =
                time.is_some_and(hangs_on_anchor) || starting.is_some_and(crate::calendar::uses_anchor);
            if hangs {
                said.push(errors::undeclared(span, anchor, placed.period));
            }
        }
        let grain = self.grain();
        if grain != Grain::Day && !ends_on_data {
            match whole_window(placed.period, goal, anchor, grain) {
                Ok((period, note)) => {
                    placed.period = period;
                    notes.extend(note);
                }
                Err(diagnostic) => {
                    said.push(*diagnostic);
                    return None;
                }
            }
        }
        Some(placed)
    }

    /// Over when D has reached its last day, or `as of` has and little is missing.
    fn is_over(&self, window: Period, data_through: NaiveDate) -> bool {
        let missing = (window.last_day() - data_through).num_days();
        if missing <= 0 {
            return true;
        }
        let usual = self.sources.iter().map(|s| s.usual_gap).min().unwrap_or(0);
        self.grain() == Grain::Day
            && self.as_of.is_some_and(|as_of| as_of >= window.last_day())
            && missing <= usual
            && missing * 10 <= window.days()
    }

    fn shift(&self, time: Option<&Time>) -> Shift {
        let week = match time {
            Some(Time::In(phrase)) => is_week_phrase(phrase),
            _ => false,
        };
        match (week, self.model.calendar.is_drawn(), time) {
            (true, _, _) => Shift::Weeks,
            (_, true, None | Some(Time::By(_) | Time::Rolling { by: Some(_), .. })) => Shift::WeekCalendar,
            (_, true, Some(Time::In(phrase))) if is_fiscal_phrase(phrase) => Shift::WeekCalendar,
            _ => Shift::Dates,
        }
    }

    fn shape(&self, goal: &Goal, nature: Nature, window: Period, deadline: bool) -> (Shape, Stretch) {
        let rolls = match goal.time.as_ref().map(|t| &t.node) {
            Some(Time::Rolling { months, by }) => Some((*months, by.is_some())),
            _ => None,
        };
        let by_unit = |count, grain: Grain| {
            if holds_unit(window, grain) { Stretch::Units { count, grain } } else { Stretch::Window }
        };
        match (nature, rolls, goal.grain.as_ref().map(|g| g.node)) {
            (Nature::Stock, _, _) => (Shape::Stock, Stretch::Window),
            (_, Some((months, false)), _) => (Shape::Rolling, Stretch::Rolling(months)),
            (_, Some((months, true)), _) => (Shape::Stretch, Stretch::Rolling(months)),
            // a guardrail takes its grain as `every`
            (_, None, Some(grain)) if goal.direction != Direction::Keep => {
                (Shape::Stretch, by_unit(1, grain.max(self.grain())))
            }
            (Nature::Ratio | Nature::Statistic, None, _) if deadline => {
                let under = months_on(window.start, 3).is_none_or(|end| end > window.end);
                let stretch = match self.grain() {
                    grain @ (Grain::Quarter | Grain::Half | Grain::Year) => by_unit(1, grain),
                    _ if under => Stretch::Window,
                    _ => by_unit(3, Grain::Month),
                };
                (Shape::Stretch, stretch)
            }
            _ => (Shape::ToDate, Stretch::Window),
        }
    }
}

/// A window with what its clause says of it.
struct Placed {
    period: Period,
    deadline: bool,
}

fn hangs_on_anchor(time: &Time) -> bool {
    match time {
        Time::Within { .. } => true,
        Time::For { from, .. } => from.as_ref().is_none_or(crate::calendar::uses_anchor),
        Time::In(phrase) | Time::By(phrase) => crate::calendar::uses_anchor(phrase),
        Time::Rolling { by, .. } => by.as_ref().is_some_and(crate::calendar::uses_anchor),
        Time::From { start, until } => match until {
            Some(until) => crate::calendar::uses_anchor(&PeriodPhrase::Range(
                Box::new(start.clone()),
                Box::new(until.clone()),
            )),
            None => crate::calendar::uses_anchor(start),
        },
    }
}

fn is_fiscal_phrase(phrase: &PeriodPhrase) -> bool {
    match phrase {
        PeriodPhrase::FiscalYear { .. } | PeriodPhrase::YearToDate => true,
        PeriodPhrase::Quarter { fiscal, .. }
        | PeriodPhrase::Half { fiscal, .. }
        | PeriodPhrase::Relative { fiscal, .. } => *fiscal,
        PeriodPhrase::Part { of, .. } => is_fiscal_phrase(of),
        _ => false,
    }
}

impl Timing {
    /// Whether D has reached the end of a unit of the window; the last one of a window that is over counts as whole.
    pub(super) fn is_whole(&self, unit: Period) -> bool {
        unit.last_day() <= self.data_through || (self.over && unit.end >= self.window.end)
    }

    /// How a stretch finds the same days of another year: one week by its number.
    pub(super) fn stretch_shift(&self) -> Shift {
        match self.stretch {
            Stretch::Units { count: 1, grain: Grain::Week } => Shift::Weeks,
            _ => self.shift,
        }
    }

    /// The window to D.
    pub(super) fn to_date(&self) -> Period {
        let through = Period::inclusive(self.data_through, self.data_through).end;
        Period { start: self.window.start, end: self.window.end.min(through) }
    }

    /// The stretch that ends with the window.
    pub(super) fn final_stretch(&self) -> Period {
        match self.stretch {
            Stretch::Units { count, grain } => {
                last_units(self.window, grain, count, |_| true).unwrap_or(self.window)
            }
            Stretch::Window => self.window,
            Stretch::Rolling(months) => rolling(self.window.last_day(), months).unwrap_or(self.window),
        }
    }

    /// The days that give the actual, for all shapes but stocks; none before the first whole unit, or before the
    /// window has begun.
    pub(super) fn measured(&self) -> Option<Period> {
        let to_date = self.to_date();
        if to_date.is_empty() {
            return None;
        }
        let stretch = match (self.shape, self.stretch) {
            (Shape::Stretch, Stretch::Units { count, grain }) => {
                let whole = if self.over { self.window } else { to_date };
                last_units(whole, grain, count, |unit| self.is_whole(unit))?
            }
            (Shape::Stretch | Shape::Rolling, Stretch::Rolling(months)) => {
                rolling(self.data_through.min(self.window.last_day()), months)?
            }
            _ => to_date,
        };
        let cut = Period { start: stretch.start, end: stretch.end.min(to_date.end) };
        (!cut.is_empty()).then_some(cut)
    }
}

/// The last units inside a period that are whole, as one; all of them where there are fewer.
fn last_units(
    period: Period,
    grain: Grain,
    count: usize,
    is_whole: impl Fn(Period) -> bool,
) -> Option<Period> {
    // no unit is longer than a year: the rest of a long period need not be gone through
    let reach = Days::new((count as u64).saturating_add(2).saturating_mul(366));
    let start = period.end.checked_sub_days(reach).map_or(period.start, |day| day.max(period.start));
    let mut units = whole_units(Period { start, ..period }, grain);
    units.retain(|unit| is_whole(*unit));
    let last = units.last()?;
    let first = units.get(units.len().saturating_sub(count))?;
    Some(Period { start: first.start, end: last.end })
}
