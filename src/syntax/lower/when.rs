//! The time of a goal as written: nodes → [`When`].

use super::chunk::{Opening, When, is_period, period_in};
use super::context::{Context, Lowered, child, holds, only};
use super::period::{self, duration, grain_in, joined, period};
use crate::calendar::{Grain, PeriodPhrase, Time};
use crate::source::Span;
use crate::syntax::errors;
use crate::syntax::grammar::{Node, Rule};

/// The time of a `time` or `leading_time` node.
pub(crate) fn when(node: &Node<'_>, context: &Context<'_>) -> Lowered<When> {
    let span = context.span(node);
    let Some(inner) = only(node) else { return Err(errors::not_a_period(span, context.slice(span))) };
    Ok(match inner.as_rule() {
        Rule::rolling => {
            let (count, grain) = duration(&inner, context)?;
            let months = match grain {
                Grain::Month => count,
                Grain::Quarter => count * 3,
                Grain::Half => count * 6,
                Grain::Year => count * 12,
                Grain::Day | Grain::Week => return Err(errors::rolling_in_months(span, context.slice(span))),
            };
            When::Time(Time::Rolling { months, by: None })
        }
        Rule::duration_from => {
            let (count, grain) = duration(&inner, context)?;
            When::Time(Time::For { count, grain, from: Some(period_in(&inner, context)?) })
        }
        Rule::within if child(&inner, Rule::duration).is_none() => {
            When::Within(1, grain_in(&inner), inner.as_str().starts_with("‹within›"))
        }
        Rule::within => {
            let (count, grain) = duration(&inner, context)?;
            if holds(&inner, "‹for›") && !holds(&inner, "‹next›") {
                When::Time(Time::For { count, grain, from: None })
            } else {
                When::Within(count, grain, inner.as_str().starts_with("‹within›") && !holds(&inner, "‹next›"))
            }
        }
        Rule::date_range if child(&inner, Rule::split_range).is_some() => {
            When::Time(Time::In(period(&inner, context)?))
        }
        Rule::date_range | Rule::between_range => match two_periods(&inner, context)? {
            (PeriodPhrase::Year(first), PeriodPhrase::Year(last)) if inner.as_rule() == Rule::date_range => {
                When::Years(first, last)
            }
            (first, last) => When::Time(Time::In(joined(first, last))),
        },
        Rule::deadline => deadline(&inner, span, context)?,
        Rule::by_year | Rule::to_year => {
            let year =
                inner.as_str().chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap_or(0);
            When::Year(year, if inner.as_rule() == Rule::to_year { Opening::To } else { Opening::None })
        }
        Rule::from_period => When::Time(Time::From { start: period_in(&inner, context)?, until: None }),
        _ if holds(&inner, "‹over›") => When::Over(period_in(&inner, context)?),
        _ => When::Time(Time::In(period_in(&inner, context)?)),
    })
}

/// `by end of Q3`, `before July`, `by EOY`.
fn deadline(inner: &Node<'_>, span: Span, context: &Context<'_>) -> Lowered<When> {
    let by = |phrase| Ok(When::Time(Time::By(phrase)));
    if is_before(inner) {
        let until = period::preceding(period_in(inner, context)?);
        return by(until.ok_or_else(|| errors::not_a_period(span, context.slice(span)))?);
    }
    if child(inner, Rule::year4).is_none() && holds(inner, "‹eo") && child(inner, Rule::period).is_none() {
        let grain = if holds(inner, "‹eoq›") {
            Grain::Quarter
        } else if holds(inner, "‹eom›") {
            Grain::Month
        } else {
            Grain::Year
        };
        return by(PeriodPhrase::Relative { offset: 0, grain, fiscal: holds(inner, "‹eofy›") });
    }
    by(period_in(inner, context)?)
}

/// `before 2030`, other than `before the end of 2030`.
fn is_before(node: &Node<'_>) -> bool {
    node.as_str().starts_with("‹before›")
        && !["‹end-of›", "‹end-word›", "‹eo"].iter().any(|end| holds(node, end))
}

fn two_periods(node: &Node<'_>, context: &Context<'_>) -> Lowered<(PeriodPhrase, PeriodPhrase)> {
    let mut ends = node.clone().into_inner().filter(|n| is_period(n.as_rule()));
    match (ends.next(), ends.next()) {
        (Some(first), Some(last)) => Ok((period(&first, context)?, period(&last, context)?)),
        _ => Err(errors::not_a_period(context.span(node), context.slice(context.span(node)))),
    }
}
