//! Parts of a year or of another period: nodes → [`PeriodPhrase`].

use super::context::{Context, Lowered, child, holds};
use super::period::{duration, fiscal_year, grain, month_number, number, period, year4};
use crate::calendar::{Grain, PeriodPhrase};
use crate::syntax::errors;
use crate::syntax::grammar::{Node, Rule};

pub(super) fn month_year(node: &Node<'_>, context: &Context<'_>) -> Lowered<PeriodPhrase> {
    let month = child(node, Rule::month).map_or(0, |n| month_number(n.as_str()));
    Ok(match year_of(node, context)? {
        YearOf::None => PeriodPhrase::Month { year: None, month },
        YearOf::Calendar(year) => PeriodPhrase::Month { year: Some(year), month },
        // `June next year`
        YearOf::Named(of) => PeriodPhrase::Part { nth: month as i32, grain: Grain::Month, of: Box::new(of) },
    })
}

/// `the first three months of 2026`: from the first to the n-th, or from the n-th last to the last.
pub(super) fn part_span(node: &Node<'_>, context: &Context<'_>) -> Lowered<PeriodPhrase> {
    let (count, grain) = duration(node, context)?;
    let count = i32::try_from(count).unwrap_or(i32::MAX);
    let of = [Rule::period, Rule::the_unit].into_iter().find_map(|rule| child(node, rule));
    let Some(of) = of else {
        return Err(errors::not_a_period(context.span(node), context.slice(context.span(node))));
    };
    let of = Box::new(period(&of, context)?);
    let (first, last) = if node.as_str().contains("‹last›") && !node.as_str().contains("‹first›") {
        (-count, -1)
    } else {
        (1, count)
    };
    Ok(PeriodPhrase::Range(
        Box::new(PeriodPhrase::Part { nth: first, grain, of: of.clone() }),
        Box::new(PeriodPhrase::Part { nth: last, grain, of }),
    ))
}

/// The year that a month, quarter or half names.
enum YearOf {
    None,
    Calendar(i32),
    /// A fiscal year, or one that counts from the declared date.
    Named(PeriodPhrase),
}

fn year_of(node: &Node<'_>, context: &Context<'_>) -> Lowered<YearOf> {
    if let Some(fiscal) = child(node, Rule::fiscal_year) {
        return fiscal_year(&fiscal, context).map(YearOf::Named);
    }
    if let Some(relative) = child(node, Rule::relative_year) {
        let offset = match relative.as_str() {
            text if text.contains("‹this›") => 0,
            text if text.contains("‹next›") => 1,
            _ => -1,
        };
        let fiscal = holds(&relative, "‹fiscal");
        return Ok(YearOf::Named(PeriodPhrase::Relative { offset, grain: Grain::Year, fiscal }));
    }
    let year = child(node, Rule::year).or_else(|| child(node, Rule::year4));
    Ok(year.map_or(YearOf::None, |n| YearOf::Calendar(year4(&n))))
}

fn ordinal(node: &Node<'_>) -> i32 {
    match node.as_str().trim() {
        "‹first›" => 1,
        "‹second›" => 2,
        "‹third›" => 3,
        "‹fourth›" => 4,
        "‹last›" => -1,
        other => number(other) as i32,
    }
}

/// Which of the parts of a year: `Q3`, `the third quarter`, `the last quarter` (of `count`).
fn which(node: &Node<'_>, context: &Context<'_>, count: i32) -> Lowered<u32> {
    let written = [Rule::small, Rule::quarter_mark, Rule::half_mark].into_iter();
    let written = written.filter_map(|rule| child(node, rule)).map(|n| number(n.as_str()) as i32).next();
    let nth = written.or_else(|| child(node, Rule::nth).map(|n| ordinal(&n))).unwrap_or(0);
    let nth = if nth == -1 { count } else { nth };
    if (1..=count).contains(&nth) {
        Ok(nth as u32)
    } else {
        Err(errors::no_such_part(context.span(node), context.slice(context.span(node)), count))
    }
}

pub(super) fn quarter(node: &Node<'_>, context: &Context<'_>) -> Lowered<PeriodPhrase> {
    let quarter = which(node, context, 4)?;
    let fiscal = holds(node, "‹fiscal›") || holds(node, "‹fiscal-quarter›");
    Ok(match year_of(node, context)? {
        YearOf::None => PeriodPhrase::Quarter { year: None, quarter, fiscal },
        YearOf::Calendar(year) => PeriodPhrase::Quarter { year: Some(year), quarter, fiscal },
        YearOf::Named(PeriodPhrase::FiscalYear { year, start_year: None }) => {
            PeriodPhrase::Quarter { year: Some(year), quarter, fiscal: true }
        }
        YearOf::Named(of) => {
            PeriodPhrase::Part { nth: quarter as i32, grain: Grain::Quarter, of: Box::new(of) }
        }
    })
}

pub(super) fn half(node: &Node<'_>, context: &Context<'_>) -> Lowered<PeriodPhrase> {
    let half = which(node, context, 2)?;
    Ok(match year_of(node, context)? {
        YearOf::None => PeriodPhrase::Half { year: None, half, fiscal: false },
        YearOf::Calendar(year) => PeriodPhrase::Half { year: Some(year), half, fiscal: false },
        YearOf::Named(PeriodPhrase::FiscalYear { year, start_year: None }) => {
            PeriodPhrase::Half { year: Some(year), half, fiscal: true }
        }
        YearOf::Named(of) => PeriodPhrase::Part { nth: half as i32, grain: Grain::Half, of: Box::new(of) },
    })
}

pub(super) fn part(node: &Node<'_>, context: &Context<'_>) -> Lowered<PeriodPhrase> {
    let nth = child(node, Rule::nth).map_or(0, |n| ordinal(&n));
    let grain = match child(node, Rule::time_unit) {
        Some(unit) => grain(unit.as_str()),
        None if child(node, Rule::half_unit).is_some() => Grain::Half,
        None => Grain::Year,
    };
    let of = [Rule::period, Rule::relative, Rule::the_unit].into_iter().find_map(|rule| child(node, rule));
    let Some(of) = of else {
        return Err(errors::not_a_period(context.span(node), context.slice(context.span(node))));
    };
    let of = period(&of, context)?;
    Ok(match (&of, grain, u32::try_from(nth)) {
        // `the third quarter of 2025` is `Q3 2025`
        (PeriodPhrase::Year(year), Grain::Quarter, Ok(quarter @ 1..=4)) => {
            PeriodPhrase::Quarter { year: Some(*year), quarter, fiscal: false }
        }
        (PeriodPhrase::Year(year), Grain::Half, Ok(half @ 1..=2)) => {
            PeriodPhrase::Half { year: Some(*year), half, fiscal: false }
        }
        _ => PeriodPhrase::Part { nth, grain, of: Box::new(of) },
    })
}
