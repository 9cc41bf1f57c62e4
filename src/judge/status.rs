//! The status of one goal: the first of SPEC §5's list that applies.

use rust_decimal::Decimal;

use crate::syntax::StatusClause;

use super::case::Case;
use super::evaluation::Status;
use super::figures::Figures;
use super::interval::wilson;

/// From this pace on a goal is ahead.
const AHEAD: Decimal = Decimal::from_parts(110, 0, 0, false, 2);
/// From this pace on it is on track.
const ON_TRACK: Decimal = Decimal::from_parts(95, 0, 0, false, 2);
/// From this pace on it is at risk, else off track.
const AT_RISK: Decimal = Decimal::from_parts(75, 0, 0, false, 2);

/// The thresholds that a goal is judged by.
pub(super) fn thresholds(written: Option<&StatusClause>) -> StatusClause {
    written.cloned().unwrap_or(StatusClause::Pace { on_track: ON_TRACK, at_risk: AT_RISK })
}

impl Case<'_> {
    /// The status of a change or a level that has a value, a target and figures.
    pub(super) fn status(&self, value: Decimal, target: Decimal, figures: &Figures) -> Status {
        let plan = self.plan;
        let reached = if plan.over {
            figures.gap.map_or_else(
                || self.reaches(value, target),
                |gap| if self.aim.strict { gap < Decimal::ZERO } else { gap <= Decimal::ZERO },
            )
        } else {
            self.reaches(value, target)
        };
        // what cannot go back and has passed its target stays there, whatever a hole hides
        let settled = self.is_flow()
            && plan.actual.as_ref().is_some_and(|p| self.answers.only_grows(p))
            && if self.sign > 0 { reached } else { !reached };
        let broken = plan.coverage.broken;
        if plan.over && (!broken || settled) {
            return if reached { Status::Met } else { Status::Missed };
        }
        if settled {
            return if self.sign > 0 { Status::MetEarly } else { Status::MissedEarly };
        }
        if !plan.over && (figures.nothing_due || self.is_early()) {
            return Status::TooEarly;
        }
        if broken || figures.nothing_due || self.is_uncertain(figures) {
            return Status::Inconclusive;
        }
        self.by_thresholds(figures)
    }

    /// Under 10 % of the window has passed.
    pub(super) fn is_early(&self) -> bool {
        let (passed, days) = (self.plan.to_date().days(), self.plan.window.days());
        passed * 10 < days
    }

    /// A proportion whose interval holds `T_D`, or fewer rows than asked for.
    fn is_uncertain(&self, figures: &Figures) -> bool {
        let holds =
            self.interval().zip(figures.expected).is_some_and(|((low, high), t)| low <= t && t <= high);
        let few = self.goal.clauses.at_least_rows.as_ref().is_some_and(|least| self.rows() < least.node);
        holds || few
    }

    /// Rows of the segment in the window to D, over all sources.
    pub(super) fn rows(&self) -> u64 {
        self.plan.rows.iter().map(|request| self.answers.answer(*request).rows).sum()
    }

    /// The 95 % Wilson interval of a proportion.
    pub(super) fn interval(&self) -> Option<(Decimal, Decimal)> {
        let plan = self.plan.actual.as_ref()?;
        if !self.metric.maybe_proportion || !self.answers.is_whole(plan) {
            return None;
        }
        let (above, below) = self.answers.quotient(plan)?;
        wilson(above, below)
    }

    fn by_thresholds(&self, figures: &Figures) -> Status {
        let clause = thresholds(self.goal.clauses.status.as_ref().map(|c| &c.node));
        let (on_track, at_risk) = match (&clause, figures.deviation) {
            (StatusClause::Deviation { on_track, at_risk }, Some(deviation)) => {
                return if deviation > *on_track {
                    Status::Ahead
                } else if deviation >= -*on_track {
                    Status::OnTrack
                } else if deviation >= -*at_risk {
                    Status::AtRisk
                } else {
                    Status::OffTrack
                };
            }
            (StatusClause::Pace { on_track, at_risk }, _) => (*on_track, *at_risk),
            // without an expected value there is no deviation: pace decides
            (StatusClause::Deviation { .. }, None) => (ON_TRACK, AT_RISK),
        };
        match figures.pace {
            None => Status::Inconclusive,
            Some(pace) if pace >= AHEAD.max(on_track) => Status::Ahead,
            Some(pace) if pace >= on_track => Status::OnTrack,
            Some(pace) if pace >= at_risk => Status::AtRisk,
            Some(_) => Status::OffTrack,
        }
    }
}
