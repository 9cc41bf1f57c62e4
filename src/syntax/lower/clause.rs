//! The lines indented under a goal: clauses and actions.

use std::ops::Range;

use rust_decimal::Decimal;

use super::Block;
use super::change::plain_change;
use super::chunk::{change, comparison};
use super::context::{Context, Lowered, child};
use super::number::value;
use super::period::{full_date, period};
use super::when::when;
use crate::calendar::{Grain, PeriodPhrase, Time};
use crate::names;
use crate::quantity::{Quantity, Unit};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{Action, Goal, PaceClause, Retarget, StatusClause};
use crate::syntax::errors;
use crate::syntax::grammar::{LONGEST, Rule, tree};
use crate::syntax::lines::TextLine;
use crate::syntax::words::{Mode, table};

/// What stands under a goal, for the message of a line that is none of it.
const CLAUSES: &[&str] = &[
    "owner:",
    "supports:",
    "because:",
    "weight:",
    "note:",
    "reward:",
    "compared to …",
    "starting …",
    "pace linear",
    "status: on track 95%, at risk 75%",
    "at least 30 rows",
    "from 2025-07-01: by 12%",
    "review monthly",
    "- [ ] …",
];

/// Adds the clauses under a goal to it; what is not understood is kept as a finding.
pub(crate) fn clauses(block: &Block<'_>, goal: &mut Goal, context: &mut Context<'_>) {
    for line in block.under {
        if line.checkbox.is_some() {
            action(line, goal, context);
        } else if let Err(finding) = clause(line, goal, context) {
            context.findings.push(*finding);
        }
    }
}

fn clause(line: &TextLine, goal: &mut Goal, context: &mut Context<'_>) -> Lowered<()> {
    let at = line.content.clone();
    let span = Span::new(context.source.id, at.clone());
    let text = context.slice(span).to_owned();
    if text.len() > LONGEST {
        return Err(errors::line_too_long(span, text.len()));
    }
    if let Some((key, after)) = text.split_once(':') {
        let rest = context.trimmed(at.start + key.len() + 1..at.end);
        let keyword = super::setting::leading_keyword(key.trim(), context.language);
        let is_whole = keyword.as_deref().is_some_and(|k| {
            table(context.language, Mode::Statement).phrase(&names::fold_text(key)) == Some(k)
        });
        if let (true, Some(keyword)) = (is_whole, keyword.as_deref())
            && keyed(keyword, rest, span, goal, context)?
        {
            return Ok(());
        }
        if !after.trim().is_empty() && retarget(key, at.clone(), goal, context)? {
            return Ok(());
        }
    }
    worded(at, span, &text, goal, context)
}

fn once<T>(slot: &mut Option<Spanned<T>>, node: T, span: Span, what: &str) -> Lowered<()> {
    if let Some(earlier) = slot {
        return Err(errors::said_twice(what, earlier.span, span));
    }
    *slot = Some(Spanned::new(node, span));
    Ok(())
}

/// A clause `key: rest`; false where the key is none of them.
fn keyed(
    keyword: &str,
    rest: Span,
    whole: Span,
    goal: &mut Goal,
    context: &mut Context<'_>,
) -> Lowered<bool> {
    let text = context.words(rest);
    let clauses = &mut goal.clauses;
    if text.is_empty() {
        return Err(errors::nothing_after(whole, context.slice(whole)));
    }
    match keyword {
        "owner" => once(&mut clauses.owner, text, rest, "`owner`")?,
        "because" => once(&mut clauses.because, text, rest, "`because`")?,
        "note" => once(&mut clauses.note, text, rest, "`note`")?,
        "supports" => {
            let start = rest.start as usize;
            let written = context.slice(rest).to_owned();
            let mut at = start;
            for label in written.split(',') {
                let span = context.trimmed(at..at + label.len());
                clauses
                    .supports
                    .push(Spanned::new(context.words(span).trim_matches(['[', ']']).to_owned(), span));
                at += label.len() + 1;
            }
        }
        "weight" => {
            let weight = quantity(rest, context)?;
            if weight.value.is_sign_negative() || !matches!(weight.unit, Unit::None | Unit::Percent) {
                return Err(errors::weight(rest, &text));
            }
            once(&mut clauses.weight, weight.value, rest, "`weight`")?;
        }
        "reward" => goal.clauses.rewards = rewards(rest, context)?,
        "status" => {
            let status = status(rest, context)?;
            once(&mut goal.clauses.status, status, rest, "`status`")?;
        }
        "review" => {
            let grain = review(&text, context).ok_or_else(|| errors::review(rest, &text))?;
            once(&mut goal.clauses.review, grain, rest, "`review`")?;
        }
        "pace" => {
            let pace = pace(rest, context)?;
            once(&mut goal.clauses.pace, pace, rest, "`pace`")?;
        }
        "declared" => return declared(rest, goal, context).map(|()| true),
        _ => return Ok(false),
    }
    Ok(true)
}

/// Clauses that begin with a word and have no colon.
fn worded(
    at: Range<usize>,
    span: Span,
    text: &str,
    goal: &mut Goal,
    context: &mut Context<'_>,
) -> Lowered<()> {
    let keyword = super::setting::leading_keyword(text, context.language);
    let first = text.split_whitespace().next().unwrap_or("").len();
    let rest = context.trimmed(at.start + first..at.end);
    match keyword.as_deref() {
        Some("pace") => {
            let pace = pace(rest, context)?;
            return once(&mut goal.clauses.pace, pace, span, "`pace`");
        }
        Some("review") => {
            let words = context.words(rest);
            let grain = review(&words, context).ok_or_else(|| errors::review(rest, &words))?;
            return once(&mut goal.clauses.review, grain, span, "`review`");
        }
        Some("declared") => return declared(rest, goal, context),
        _ => {}
    }
    let rewritten = context.read(at, Mode::Sentence);
    if let Ok(mut nodes) = tree(Rule::compare_clause, &rewritten)
        && let Some(node) = nodes.next().and_then(|n| child(&n, Rule::comparison))
    {
        let found = comparison(&node, context)?;
        if let Some(earlier) = &goal.comparison {
            return Err(errors::said_twice("a comparison", earlier.span, span));
        }
        goal.comparison = Some(Spanned::new(found, span));
        return Ok(());
    }
    if let Ok(mut nodes) = tree(Rule::starting_clause, &rewritten)
        && let Some(node) =
            nodes.next().and_then(|n| child(&n, Rule::starting)).and_then(|n| child(&n, Rule::period))
    {
        let found = period(&node, context)?;
        return once(&mut goal.starting, found, span, "`starting`");
    }
    if let Ok(mut nodes) = tree(Rule::rows_clause, &rewritten)
        && let Some(node) = nodes.next().and_then(|n| child(&n, Rule::value))
    {
        let rows = value(node, context)?.quantity;
        let count = u64::try_from(rows.value.trunc()).ok().filter(|_| rows.value.fract().is_zero());
        let count = count.ok_or_else(|| errors::row_count(span, text))?;
        return once(&mut goal.clauses.at_least_rows, count, span, "`at least … rows`");
    }
    Err(errors::unknown_clause(span, text, "a goal", CLAUSES))
}

fn declared(rest: Span, goal: &mut Goal, context: &mut Context<'_>) -> Lowered<()> {
    let rewritten = context.read(rest.range(), Mode::Sentence);
    let node = tree(Rule::period_clause, &rewritten).ok().and_then(|mut n| n.next());
    let date = node.and_then(|n| child(&n, Rule::period)).and_then(|n| child(&n, Rule::date));
    let Some(date) = date else { return Err(errors::not_a_date(rest, context.slice(rest))) };
    let date = full_date(&date, context)?;
    once(&mut goal.clauses.declared, date, rest, "`declared`")
}

fn quantity(at: Span, context: &mut Context<'_>) -> Lowered<Quantity> {
    let rewritten = context.read(at.range(), Mode::Sentence);
    let node = tree(Rule::quantity_clause, &rewritten).ok().and_then(|mut n| n.next());
    match node.and_then(|n| child(&n, Rule::value)) {
        Some(node) => value(node, context).map(|written| written.quantity),
        None => Err(errors::not_a_number(at, context.slice(at))),
    }
}

/// `5 000 SEK at 100%, 8 000 SEK at 120%`.
fn rewards(at: Span, context: &mut Context<'_>) -> Lowered<Vec<(Quantity, Decimal)>> {
    let rewritten = context.read(at.range(), Mode::Sentence);
    let Some(node) = tree(Rule::reward_clause, &rewritten).ok().and_then(|mut n| n.next()) else {
        return Err(errors::reward(at, context.slice(at)));
    };
    let mut found: Vec<(Quantity, Decimal)> = Vec::new();
    for step in node.into_inner().filter(|n| n.as_rule() == Rule::reward_step) {
        let span = context.span(&step);
        let mut parts = step.into_inner().filter(|n| n.as_rule() == Rule::value);
        let (Some(amount), Some(share)) = (parts.next(), parts.next()) else {
            return Err(errors::reward(span, context.slice(span)));
        };
        let (amount, share) = (value(amount, context)?.quantity, value(share, context)?.quantity);
        let rises = found.last().is_none_or(|(_, earlier)| *earlier < share.value);
        if share.unit != Unit::Percent || !rises {
            return Err(errors::reward(span, context.slice(span)));
        }
        found.push((amount, share.value));
    }
    Ok(found)
}

fn status(at: Span, context: &mut Context<'_>) -> Lowered<StatusClause> {
    let rewritten = context.read(at.range(), Mode::Statement);
    let refuse = |context: &Context<'_>| errors::status_clause(at, context.slice(at));
    let Some(node) = tree(Rule::status_clause, &rewritten).ok().and_then(|mut n| n.next()) else {
        return Err(refuse(context));
    };
    let deviation = node.as_str().contains("‹within›");
    let mut shares = Vec::new();
    for part in node.into_inner().filter(|n| n.as_rule() == Rule::value) {
        let quantity = value(part, context)?.quantity;
        if quantity.unit != Unit::Percent {
            return Err(refuse(context));
        }
        shares.push(quantity.value);
    }
    match (<[Decimal; 2]>::try_from(shares), deviation) {
        (Ok([on_track, at_risk]), false) if on_track > at_risk => {
            Ok(StatusClause::Pace { on_track, at_risk })
        }
        (Ok([on_track, at_risk]), true) if on_track < at_risk => {
            Ok(StatusClause::Deviation { on_track, at_risk })
        }
        _ => Err(refuse(context)),
    }
}

fn pace(at: Span, context: &mut Context<'_>) -> Lowered<PaceClause> {
    let text = context.words(at);
    let table = table(context.language, Mode::Statement);
    match table.phrase(&names::fold_text(&text)) {
        Some("pace-linear") => return Ok(PaceClause::Linear),
        Some("pace-seasonal") => return Ok(PaceClause::Seasonal),
        Some("working-days") => return Ok(PaceClause::WorkingDays),
        _ => {}
    }
    let rewritten = context.read(at.range(), Mode::Statement);
    let Some(node) = tree(Rule::split_clause, &rewritten).ok().and_then(|mut n| n.next()) else {
        return Err(errors::pace(at, &text));
    };
    let mut shares = Vec::new();
    for part in node.into_inner().filter(|n| n.as_rule() == Rule::value) {
        let quantity = value(part, context)?.quantity;
        if quantity.value.is_sign_negative() {
            return Err(errors::pace(at, &text));
        }
        shares.push(quantity.value);
    }
    let sum: Decimal = shares.iter().sum();
    if sum == Decimal::ONE { Ok(PaceClause::Split(shares)) } else { Err(errors::split_sum(at, &text, sum)) }
}

/// `monthly`, `every month`, `each quarter`.
fn review(text: &str, context: &Context<'_>) -> Option<Grain> {
    let table = table(context.language, Mode::Sentence);
    let folded = names::fold_text(text.trim_end_matches('.'));
    let word = table.phrase(&folded).map(str::to_owned).or_else(|| {
        let (first, unit) = folded.split_once(' ')?;
        (table.canonical(first) == Some("every")).then(|| table.canonical(unit).map(str::to_owned))?
    })?;
    let known = word.starts_with("grain:") || word.starts_with("unit:");
    (known && !word.ends_with("second") && !word.ends_with("minute") && !word.ends_with("hour"))
        .then(|| super::period::grain(&word))
}

/// `from 2025-07-01: by 12%`; false where the key is no such thing.
fn retarget(key: &str, at: Range<usize>, goal: &mut Goal, context: &mut Context<'_>) -> Lowered<bool> {
    let rewritten = context.read(at.start..at.start + key.len(), Mode::Sentence);
    let node = tree(Rule::from_clause, &rewritten).ok().and_then(|mut n| n.next());
    let Some(date) = node.and_then(|n| child(&n, Rule::date)) else { return Ok(false) };
    let from = full_date(&date, context)?;
    let rest = context.trimmed(at.start + key.len() + 1..at.end);
    let rewritten = context.read(rest.range(), Mode::Sentence);
    let node = tree(Rule::change_clause, &rewritten).ok().and_then(|mut n| n.next());
    let Some(node) = node.and_then(|n| child(&n, Rule::change)) else {
        return Err(errors::retarget(rest, context.slice(rest)));
    };
    let raw = change(&node, context)?;
    let change = plain_change(goal.direction, raw, rest, context)?;
    goal.clauses.retargets.push(Spanned::new(Retarget { from, change }, Span::new(context.source.id, at)));
    Ok(true)
}

/// `- [ ] action by DATE (owner)`.
fn action(line: &TextLine, goal: &mut Goal, context: &mut Context<'_>) {
    let span = Span::new(context.source.id, line.content.clone());
    let mut text = context.words(span).trim_end_matches('.').to_owned();
    let mut owner = None;
    if let Some(open) = text.rfind('(').filter(|_| text.ends_with(')')) {
        owner = Some(text[open + 1..text.len() - 1].trim().to_owned()).filter(|name| !name.is_empty());
        text.truncate(text[..open].trim_end().len());
    }
    let mut due = None;
    // the last clause that is a time whole is the due date
    let starts: Vec<usize> = text.match_indices(' ').map(|(at, _)| at + 1).collect();
    for start in starts.into_iter().rev().take(8) {
        let tail = text[start..].to_owned();
        if let Some(found) = due_date(&tail, context) {
            due = Some(found);
            text.truncate(text[..start].trim_end().trim_end_matches(',').len());
            break;
        }
    }
    goal.clauses.actions.push(Action { text, done: line.checkbox == Some(true), due, owner, span });
}

fn due_date(text: &str, context: &mut Context<'_>) -> Option<PeriodPhrase> {
    let line =
        crate::syntax::words::rewrite(text, 0..text.len(), context.language, Mode::Sentence, context.names);
    let node = tree(Rule::due_clause, &line.text).ok()?.next()?;
    let node = child(&node, Rule::time)?;
    match when(&node, context).ok()? {
        super::chunk::When::Time(Time::By(phrase)) => Some(phrase),
        super::chunk::When::Year(year, _) => Some(PeriodPhrase::Year(year)),
        _ => None,
    }
}
