//! Dates and periods: nodes → [`PeriodPhrase`].

use chrono::NaiveDate;

use super::context::{Context, Lowered, child, holds, only};
use super::number::argument;
use super::part::{half, month_year, part, part_span, quarter};
use crate::calendar::{Grain, PeriodPhrase};
use crate::language::Language;
use crate::syntax::errors;
use crate::syntax::grammar::{Node, Rule};

/// The period of a `period` node or of one of its alternatives.
pub(crate) fn period(node: &Node<'_>, context: &Context<'_>) -> Lowered<PeriodPhrase> {
    let inner = only(node);
    match (node.as_rule(), inner) {
        (Rule::period | Rule::bare_time | Rule::period_literal, Some(first)) => match first.as_rule() {
            // `bare_time` spells out `month year`
            Rule::month => month_year(node, context),
            _ => period(&first, context),
        },
        (Rule::year_to_date, _) => Ok(PeriodPhrase::YearToDate),
        (Rule::date, Some(first)) => date(&first, context),
        (Rule::quarter, _) => quarter(node, context),
        (Rule::half, _) => half(node, context),
        (Rule::bare_range | Rule::date_range, _) => range(node, context),
        (Rule::week_range, _) => Ok(week_range(node)),
        (Rule::part_span, _) => part_span(node, context),
        (Rule::week, Some(first)) => week(node, &first, context),
        (Rule::iso_month, _) => Ok(iso_month(node)),
        (Rule::fiscal_year, _) => fiscal_year(node, context),
        (Rule::relative, _) => Ok(relative(node)),
        (Rule::the_unit | Rule::whole_unit, _) => Ok(relative_unit(node, 0)),
        (Rule::span, _) => span(node, context),
        (Rule::part, _) => part(node, context),
        (Rule::month_year, _) => month_year(node, context),
        (Rule::year | Rule::year4 | Rule::bare_year, _) => Ok(PeriodPhrase::Year(year4(node))),
        _ => Err(errors::not_a_period(context.span(node), context.slice(context.span(node)))),
    }
}

pub(super) fn number(text: &str) -> u32 {
    text.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap_or(0)
}

pub(super) fn year4(node: &Node<'_>) -> i32 {
    let digits: String = node.as_str().chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(0)
}

fn day(node: &Node<'_>, context: &Context<'_>, year: i32, month: u32, day: u32) -> Lowered<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
        .filter(|_| (1..=9999).contains(&year))
        .ok_or_else(|| errors::no_such_date(context.span(node), context.slice(context.span(node))))
}

/// The day of a `date` node's alternative, where it names its year.
fn date(node: &Node<'_>, context: &Context<'_>) -> Lowered<PeriodPhrase> {
    let text = node.as_str().trim();
    match node.as_rule() {
        Rule::iso_date => {
            let parts: Vec<u32> = text.split('-').map(number).collect();
            day(node, context, parts[0] as i32, parts[1], parts[2]).map(PeriodPhrase::Day)
        }
        Rule::slashed => slashed(node, context).map(PeriodPhrase::Day),
        _ => {
            let day_number = child(node, Rule::day_number).map_or(0, |n| number(n.as_str()));
            let month = child(node, Rule::month).map_or(0, |n| month_number(n.as_str()));
            if let Some(year) = child(node, Rule::year4) {
                return day(node, context, year4(&year), month, day_number).map(PeriodPhrase::Day);
            }
            // 29 February exists in a leap year
            day(node, context, 2024, month, day_number)?;
            Ok(PeriodPhrase::DayOfYear { month, day: day_number })
        }
    }
}

/// `31/12/2025`: only where the order is certain.
fn slashed(node: &Node<'_>, context: &Context<'_>) -> Lowered<NaiveDate> {
    let text = node.as_str().trim();
    let written: Vec<&str> = text.split(['/', '.', '-', ' ']).filter(|part| !part.is_empty()).collect();
    let parts: Vec<u32> = written.iter().map(|part| number(part)).collect();
    let [a, b, c] = parts[..] else { return Err(errors::no_such_date(context.span(node), text)) };
    if written[0].len() == 4 {
        return day(node, context, a as i32, b, c);
    }
    if written[2].len() != 4 {
        return Err(errors::short_year(context.span(node), text));
    }
    let dotted_or_spaced = text.contains('.') || text.contains(' ');
    let day_first = a > 12 || a == b || (dotted_or_spaced && context.language != Language::English);
    if day_first {
        day(node, context, c as i32, b, a)
    } else if b > 12 {
        day(node, context, c as i32, a, b)
    } else {
        Err(errors::uncertain_date(context.span(node), text, a, b, c))
    }
}

/// 1 to 12 of a month keyword.
pub(crate) fn month_number(keyword: &str) -> u32 {
    if keyword.contains("‹may›") { 5 } else { argument(keyword).parse().unwrap_or(0) }
}

/// `March to May 2025`, `Q1–Q3 2025`: what the last says of its year holds for the first.
fn range(node: &Node<'_>, context: &Context<'_>) -> Lowered<PeriodPhrase> {
    let mut ends = node.clone().into_inner().filter(|n| n.as_rule() != Rule::split_range);
    if let (Some(first), Some(last)) = (ends.next(), ends.next()) {
        let (first, last) = (period(&first, context)?, period(&last, context)?);
        return Ok(joined(first, last));
    }
    let years = node.clone().into_inner().find(|n| n.as_rule() == Rule::split_range);
    let years = years.and_then(|n| two_years(n.as_str().trim()));
    let Some((first, last)) = years else {
        return Err(errors::not_a_period(context.span(node), context.slice(context.span(node))));
    };
    Ok(PeriodPhrase::Range(Box::new(PeriodPhrase::Year(first)), Box::new(PeriodPhrase::Year(last))))
}

/// Two years written in full, the first before the last: `2025-2027`.
fn two_years(text: &str) -> Option<(i32, i32)> {
    let (first, last) = text.split_once(['-', '–', '/'])?;
    let (first, last) = (first.parse().ok()?, last.parse().ok()?);
    (last > first).then_some((first, last))
}

/// Two periods as one; the year of the last holds for a first one of its kind without.
pub(crate) fn joined(mut first: PeriodPhrase, last: PeriodPhrase) -> PeriodPhrase {
    match (&mut first, &last) {
        (PeriodPhrase::Month { year: missing @ None, .. }, PeriodPhrase::Month { year, .. })
        | (PeriodPhrase::Half { year: missing @ None, .. }, PeriodPhrase::Half { year, .. }) => {
            *missing = *year;
        }
        (
            PeriodPhrase::Quarter { year: missing @ None, fiscal, .. },
            PeriodPhrase::Quarter { year, fiscal: last_fiscal, .. },
        ) => {
            *missing = *year;
            *fiscal |= *last_fiscal;
        }
        _ => {}
    }
    PeriodPhrase::Range(Box::new(first), Box::new(last))
}

/// `weeks 10–20 2025`.
fn week_range(node: &Node<'_>) -> PeriodPhrase {
    let year = child(node, Rule::year).map(|n| year4(&n));
    let weeks: Vec<u32> = node
        .clone()
        .into_inner()
        .filter(|n| n.as_rule() == Rule::small)
        .map(|n| number(n.as_str()))
        .collect();
    let week = |at: usize| Box::new(PeriodPhrase::Week { year, week: weeks.get(at).copied().unwrap_or(0) });
    PeriodPhrase::Range(week(0), week(1))
}

/// What ends on the day before a period begins: `before 2030`, `before July`.
pub(crate) fn preceding(phrase: PeriodPhrase) -> Option<PeriodPhrase> {
    Some(match phrase {
        PeriodPhrase::Day(day) => PeriodPhrase::Day(day.pred_opt()?),
        PeriodPhrase::Year(year) => PeriodPhrase::Year(year - 1),
        PeriodPhrase::FiscalYear { year, start_year } => {
            PeriodPhrase::FiscalYear { year: year - 1, start_year: start_year.map(|year| year - 1) }
        }
        PeriodPhrase::Relative { offset, grain, fiscal } => {
            PeriodPhrase::Relative { offset: offset - 1, grain, fiscal }
        }
        PeriodPhrase::Month { year, month } => match month {
            1 => PeriodPhrase::Month { year: year.map(|year| year - 1), month: 12 },
            _ => PeriodPhrase::Month { year, month: month - 1 },
        },
        PeriodPhrase::Quarter { year, quarter, fiscal } => match quarter {
            1 => PeriodPhrase::Quarter { year: year.map(|year| year - 1), quarter: 4, fiscal },
            _ => PeriodPhrase::Quarter { year, quarter: quarter - 1, fiscal },
        },
        PeriodPhrase::Half { year, half, fiscal } => match half {
            1 => PeriodPhrase::Half { year: year.map(|year| year - 1), half: 2, fiscal },
            _ => PeriodPhrase::Half { year, half: 1, fiscal },
        },
        PeriodPhrase::DayOfYear { month, day: 1 } => preceding(PeriodPhrase::Month { year: None, month })?,
        PeriodPhrase::DayOfYear { month, day } => PeriodPhrase::DayOfYear { month, day: day - 1 },
        _ => return None,
    })
}

fn iso_month(node: &Node<'_>) -> PeriodPhrase {
    let (year, month) = node.as_str().trim().split_once('-').unwrap_or(("0", "0"));
    PeriodPhrase::Month { year: Some(number(year) as i32), month: number(month) }
}

fn week(node: &Node<'_>, first: &Node<'_>, context: &Context<'_>) -> Lowered<PeriodPhrase> {
    let (year, week) = if first.as_rule() == Rule::iso_week {
        let (year, week) = first.as_str().split_once('-').unwrap_or(("0", "0"));
        (Some(number(year) as i32), number(week))
    } else {
        let week = child(node, Rule::small).map_or(0, |n| number(n.as_str()));
        (child(node, Rule::year).map(|n| year4(&n)), week)
    };
    if (1..=53).contains(&week) {
        Ok(PeriodPhrase::Week { year, week })
    } else {
        Err(errors::no_such_part(context.span(node), context.slice(context.span(node)), 53))
    }
}

pub(super) fn fiscal_year(node: &Node<'_>, context: &Context<'_>) -> Lowered<PeriodPhrase> {
    if let Some(split) = child(node, Rule::split_year) {
        let (first, second) = split.as_str().split_once(['/', '–', '-']).unwrap_or(("0", "0"));
        let start = number(first) as i32;
        let end = number(second) as i32;
        let next = start + 1;
        // `2025–2027`
        if let Some((first, last)) = two_years(split.as_str().trim()).filter(|_| end > next) {
            let year = |year| Box::new(PeriodPhrase::Year(year));
            return Ok(PeriodPhrase::Range(year(first), year(last)));
        }
        if end != next && end != next % 100 {
            return Err(errors::split_year(context.span(&split), split.as_str()));
        }
        return Ok(PeriodPhrase::FiscalYear { year: next, start_year: Some(start) });
    }
    if let Some(split) = child(node, Rule::split_short) {
        let (first, second) = split.as_str().split_once('/').unwrap_or(("0", "0"));
        let start = number(first) as i32;
        if number(second) as i32 != (start + 1) % 100 {
            return Err(errors::split_year(context.span(&split), split.as_str()));
        }
        return Ok(PeriodPhrase::FiscalYear { year: 2001 + start, start_year: Some(2000 + start) });
    }
    if let Some(short) = child(node, Rule::short_year) {
        return Ok(PeriodPhrase::FiscalYear { year: 2000 + number(short.as_str()) as i32, start_year: None });
    }
    let year = child(node, Rule::year4).map_or(0, |n| year4(&n));
    Ok(PeriodPhrase::FiscalYear { year, start_year: None })
}

/// The unit of the calendar that a keyword names.
pub(crate) fn grain(text: &str) -> Grain {
    match argument(text) {
        "day" => Grain::Day,
        "week" => Grain::Week,
        "month" => Grain::Month,
        "quarter" => Grain::Quarter,
        "half" => Grain::Half,
        _ => Grain::Year,
    }
}

/// The unit inside a node.
pub(crate) fn grain_in(node: &Node<'_>) -> Grain {
    let unit = node.clone().into_inner().flatten().find(|n| n.as_rule() == Rule::time_unit);
    unit.map_or(Grain::Year, |n| grain(n.as_str()))
}

fn relative_unit(node: &Node<'_>, offset: i32) -> PeriodPhrase {
    let fiscal = holds(node, "‹fiscal");
    PeriodPhrase::Relative { offset, grain: grain_in(node), fiscal }
}

fn shift(node: &Node<'_>) -> i32 {
    match node.as_str().trim() {
        "‹this›" => 0,
        "‹next›" | "‹upcoming›" => 1,
        _ => -1,
    }
}

fn relative(node: &Node<'_>) -> PeriodPhrase {
    let of = |offset, grain| PeriodPhrase::Relative { offset, grain, fiscal: false };
    match node.as_str().trim_start_matches("‹the›").trim() {
        "‹this-year›" | "‹eoy›" => of(0, Grain::Year),
        "‹eofy›" => PeriodPhrase::Relative { offset: 0, grain: Grain::Year, fiscal: true },
        "‹last-year›" => of(-1, Grain::Year),
        "‹eoq›" => of(0, Grain::Quarter),
        "‹eom›" => of(0, Grain::Month),
        _ => relative_unit(node, child(node, Rule::shift).map_or(0, |n| shift(&n))),
    }
}

fn span(node: &Node<'_>, context: &Context<'_>) -> Lowered<PeriodPhrase> {
    let (count, grain) = duration(node, context)?;
    let backwards = holds(node, "‹last›") || holds(node, "‹previous›");
    if holds(node, "‹this›") {
        return Err(errors::not_a_period(context.span(node), context.slice(context.span(node))));
    }
    Ok(PeriodPhrase::Span { count: if backwards { -(count as i32) } else { count as i32 }, grain })
}

/// How many of which unit: `six weeks`.
pub(crate) fn duration(node: &Node<'_>, context: &Context<'_>) -> Lowered<(u32, Grain)> {
    let count = node.clone().into_inner().flatten().find(|n| n.as_rule() == Rule::count);
    let one = u32::from(child(node, Rule::one_unit).is_some());
    let count = count.map_or(one, |n| number(n.as_str()));
    if count == 0 {
        return Err(errors::nothing_long(context.span(node), context.slice(context.span(node))));
    }
    Ok((count, grain_in(node)))
}

/// The day of a `date` node that must name its year.
pub(crate) fn full_date(node: &Node<'_>, context: &Context<'_>) -> Lowered<NaiveDate> {
    match period(node, context)? {
        PeriodPhrase::Day(day) => Ok(day),
        _ => Err(errors::date_without_year(context.span(node), context.slice(context.span(node)))),
    }
}
