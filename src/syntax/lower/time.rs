//! When a goal holds: what was written of time, once the rest of the sentence is known.

use chrono::NaiveDate;

use super::change::Stated;
use super::chunk::{When, compared_period};
use super::context::{Context, Lowered};
use super::draft::Draft;
use crate::calendar::{PeriodPhrase, Time};
use crate::language::Language;
use crate::source::{Span, Spanned};
use crate::syntax::errors;

/// The goal's time; a period that lies wholly before the declared date and follows `over` is its comparison.
pub(crate) fn decide(
    draft: &mut Draft,
    _stated: &Stated,
    context: &Context<'_>,
) -> Lowered<Option<Spanned<Time>>> {
    if draft.value_of {
        no_condition(draft, context)?;
    }
    let mut found: Option<Spanned<Time>> = None;
    let mut rolling: Option<(u32, Span)> = None;
    for (when, span) in std::mem::take(&mut draft.when) {
        let time = match when {
            When::Time(Time::Rolling { months, .. }) => {
                if let Some((_, earlier)) = rolling {
                    return Err(errors::said_twice("a rolling window", earlier, span));
                }
                rolling = Some((months, span));
                continue;
            }
            When::Over(phrase) if is_past(&phrase, context.declared) => {
                if let Some(earlier) = &draft.comparison {
                    return Err(errors::said_twice("a comparison", earlier.span, span));
                }
                draft.comparison = Some(Spanned::new(compared_period(phrase), span));
                continue;
            }
            other => time(other, span, context)?,
        };
        found = Some(match found {
            None => Spanned::new(time, span),
            Some(earlier) => combined(earlier, time, span)?,
        });
    }
    let Some((months, span)) = rolling else { return Ok(found) };
    match found {
        None => Ok(Some(Spanned::new(Time::Rolling { months, by: None }, span))),
        Some(Spanned { node: Time::By(phrase), span: by }) => {
            Ok(Some(Spanned::new(Time::Rolling { months, by: Some(phrase) }, span.to(by))))
        }
        Some(other) => Err(errors::said_twice("a window", other.span, span)),
    }
}

/// The first time of a draft that lies wholly before the declared date.
pub(crate) fn past_of(draft: &Draft, context: &Context<'_>) -> Option<Span> {
    let past = |when: &When| match when {
        When::Over(phrase) | When::Bare(phrase) | When::Time(Time::In(phrase) | Time::By(phrase)) => {
            is_past(phrase, context.declared)
        }
        _ => false,
    };
    draft.when.iter().find(|(when, _)| past(when)).map(|(_, span)| *span)
}

/// Refuses `within N units` where it may be a condition on each row.
pub(crate) fn no_condition(draft: &Draft, context: &Context<'_>) -> Lowered<()> {
    match draft.when.iter().find(|(when, _)| matches!(when, When::Within(_, _, true))) {
        Some((_, span)) => {
            let text = context.slice(*span);
            let duration = text.split_once(char::is_whitespace).map_or(text, |(_, duration)| duration);
            Err(errors::within_condition(*span, duration))
        }
        None => Ok(()),
    }
}

fn time(when: When, span: Span, context: &Context<'_>) -> Lowered<Time> {
    Ok(match when {
        When::Time(time) => time,
        When::Year(year, _) => Time::By(PeriodPhrase::Year(year)),
        When::Years(first, last) => {
            let range = (Box::new(PeriodPhrase::Year(first)), Box::new(PeriodPhrase::Year(last)));
            Time::In(PeriodPhrase::Range(range.0, range.1))
        }
        When::Over(phrase) => Time::In(phrase),
        When::Bare(PeriodPhrase::Year(year)) if context.language == Language::English => {
            return Err(errors::bare_year(span, year));
        }
        When::Bare(phrase) => Time::In(phrase),
        When::Within(count, grain, _) => Time::Within { count, grain },
    })
}

/// Two stretches of text that give one time: `from DATE` with `by X`; anything else is said twice.
fn combined(earlier: Spanned<Time>, time: Time, span: Span) -> Lowered<Spanned<Time>> {
    let whole = earlier.span.to(span);
    match (earlier.node, time) {
        (Time::From { start, until: None }, Time::By(until))
        | (Time::By(until), Time::From { start, until: None }) => {
            Ok(Spanned::new(Time::From { start, until: Some(until) }, whole))
        }
        (Time::For { count, grain, from: None }, Time::From { start, until: None }) => {
            Ok(Spanned::new(Time::For { count, grain, from: Some(start) }, whole))
        }
        _ => Err(errors::said_twice("a time", earlier.span, span)),
    }
}

/// Whether a period lies wholly before the declared date, as far as that is certain without a calendar.
fn is_past(phrase: &PeriodPhrase, declared: Option<NaiveDate>) -> bool {
    use chrono::Datelike as _;
    match phrase {
        PeriodPhrase::Relative { offset, .. } => *offset < 0,
        PeriodPhrase::Span { count, .. } => *count < 0,
        PeriodPhrase::Year(year) => declared.is_some_and(|day| *year < day.year()),
        PeriodPhrase::Day(day) => declared.is_some_and(|declared| *day < declared),
        PeriodPhrase::Month { year: Some(year), month } => {
            declared.is_some_and(|day| (*year, *month) < (day.year(), day.month()))
        }
        PeriodPhrase::Quarter { year: Some(year), quarter, fiscal: false } => {
            declared.is_some_and(|day| (*year, *quarter) < (day.year(), (day.month() - 1) / 3 + 1))
        }
        PeriodPhrase::Half { year: Some(year), half, fiscal: false } => {
            declared.is_some_and(|day| (*year, *half) < (day.year(), (day.month() - 1) / 6 + 1))
        }
        PeriodPhrase::FiscalYear { year, .. } => declared.is_some_and(|day| *year < day.year()),
        PeriodPhrase::Range(_, last) => is_past(last, declared),
        _ => false,
    }
}
