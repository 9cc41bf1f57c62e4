//! Goals that cannot both hold: the same measure over the same rows and days, held to values that do not meet.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::aggregate::FilterId;
use crate::bind::Shape;
use crate::calendar::Grain;
use crate::diagnostic::Diagnostic;
use crate::judge::{ChangeFigures, Target, errors::shown};
use crate::resolve::MetricId;
use crate::syntax::Direction;

use super::{Subject, errors};

/// Contradictions said of one goal, and of a file.
const MOST_OF_A_GOAL: usize = 10;
const MOST: usize = 1_000;

/// Which final values a goal allows.
struct Allowed {
    low: Option<Decimal>,
    high: Option<Decimal>,
    /// The ends themselves are not allowed.
    strict: bool,
}

/// The goals that contradict an earlier one, each with the first few of those.
pub(super) fn findings(subjects: &[Subject<'_>]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut alike: BTreeMap<Measured<'_>, Group<'_>> = BTreeMap::new();
    for subject in subjects {
        let second = Member { subject, allowed: allowed(subject) };
        let group = alike.entry(Measured::of(subject)).or_default();
        if group.may_clash(&second) {
            let clashes = group.members.iter().filter(|first| first.shares_days(&second));
            let of_goal = clashes.filter_map(|first| Some((first, first.clash(&second)?)));
            found.extend(of_goal.take(MOST_OF_A_GOAL).map(|(first, why)| {
                errors::contradiction(subject.model.span, first.subject.model.span, &why)
            }));
        }
        if found.len() >= MOST {
            break;
        }
        group.add(second);
    }
    found.truncate(MOST);
    found
}

/// What is measured: the same metric and rows in the same way, and over the same days unless period by period.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Measured<'a> {
    metric: Option<MetricId>,
    filters: &'a [(usize, FilterId)],
    every: Option<Grain>,
    shape: Shape,
    window: Option<(NaiveDate, NaiveDate)>,
}

impl<'a> Measured<'a> {
    fn of(subject: &Subject<'a>) -> Self {
        let plan = subject.plan;
        let every = plan.guardrail.as_ref().map(|g| g.grain);
        let window = every.is_none().then_some((plan.window.start, plan.window.end));
        Self { metric: subject.facts.metric, filters: &plan.filters, every, shape: plan.shape, window }
    }
}

/// Goals on the same measure, and how far apart they are at most: few goals need to be compared one by one.
#[derive(Default)]
struct Group<'a> {
    members: Vec<Member<'a>>,
    highest_low: Option<Decimal>,
    lowest_high: Option<Decimal>,
    asks_for_more: bool,
    asks_for_less: bool,
}

impl<'a> Group<'a> {
    fn may_clash(&self, second: &Member<'a>) -> bool {
        let over = |low: Option<Decimal>, high: Option<Decimal>| {
            low.zip(high).is_some_and(|(low, high)| low >= high)
        };
        let apart = second.allowed.as_ref().is_some_and(|allowed| {
            over(self.highest_low, allowed.high) || over(allowed.low, self.lowest_high)
        });
        let opposed = if second.subject.facts.sign > 0 { self.asks_for_less } else { self.asks_for_more };
        apart || (opposed && second.changes())
    }

    fn add(&mut self, member: Member<'a>) {
        if let Some(allowed) = &member.allowed {
            self.highest_low = self.highest_low.into_iter().chain(allowed.low).max();
            self.lowest_high = self.lowest_high.into_iter().chain(allowed.high).min();
        }
        if member.changes() {
            self.asks_for_more |= member.subject.facts.sign > 0;
            self.asks_for_less |= member.subject.facts.sign <= 0;
        }
        self.members.push(member);
    }
}

/// A goal with the final values it allows, where they are known.
struct Member<'a> {
    subject: &'a Subject<'a>,
    allowed: Option<Allowed>,
}

impl Member<'_> {
    /// Period by period the windows need not be the same to have a period in common.
    fn shares_days(&self, other: &Self) -> bool {
        let (a, b) = (self.subject.plan.window, other.subject.plan.window);
        a.start < b.end && b.start < a.end || a == b
    }

    /// A change, whose end is known only with its baseline.
    fn changes(&self) -> bool {
        matches!(self.subject.goal.direction, Direction::Increase | Direction::Decrease)
            && crate::bind::needs_baseline(&self.subject.goal.change.node)
    }

    fn clash(&self, other: &Self) -> Option<String> {
        if let (Some(first), Some(second)) = (&self.allowed, &other.allowed) {
            let meet = meets(first, second);
            return (!meet).then(|| format!("{} and {} exclude each other", words(first), words(second)));
        }
        // without a baseline the directions alone tell: more and less than the same
        let (a, b) = (self.subject, other.subject);
        let opposed = self.changes()
            && other.changes()
            && a.facts.sign != b.facts.sign
            && a.goal.comparison.as_ref().map(|c| &c.node) == b.goal.comparison.as_ref().map(|c| &c.node);
        opposed.then(|| "one asks for more, the other for less, over the same days".to_owned())
    }
}

fn allowed(subject: &Subject<'_>) -> Option<Allowed> {
    let facts = subject.facts;
    // which way a bare level is meant was only guessed
    let bare = matches!(facts.change, Some(ChangeFigures::One { kind: "level", .. }));
    if bare && facts.direction == Some(Direction::Reach) && subject.metric.higher_is_better.is_none() {
        return None;
    }
    let strict = matches!(facts.change, Some(ChangeFigures::One { kind: "above" | "below", .. }));
    match facts.target? {
        Target::One(value) if facts.sign > 0 => Some(Allowed { low: Some(value), high: None, strict }),
        Target::One(value) => Some(Allowed { low: None, high: Some(value), strict }),
        Target::Range { low, high } => Some(Allowed { low: Some(low), high: Some(high), strict: false }),
    }
}

fn meets(a: &Allowed, b: &Allowed) -> bool {
    let low = a.low.into_iter().chain(b.low).max();
    let high = a.high.into_iter().chain(b.high).min();
    match (low, high) {
        (Some(low), Some(high)) => low < high || (low == high && !a.strict && !b.strict),
        _ => true,
    }
}

fn words(allowed: &Allowed) -> String {
    match (allowed.low, allowed.high, allowed.strict) {
        (Some(low), Some(high), _) => format!("between {} and {}", shown(low), shown(high)),
        (Some(low), None, false) => format!("at least {}", shown(low)),
        (Some(low), None, true) => format!("above {}", shown(low)),
        (None, Some(high), false) => format!("at most {}", shown(high)),
        (None, Some(high), true) => format!("below {}", shown(high)),
        (None, None, _) => "anything".to_owned(),
    }
}
