//! A goal sentence cut into chunks: nodes → [`Chunk`], each with its own meaning alone.

use rust_decimal::Decimal;

use super::context::{Context, Lowered, child, only};
use super::expression::{aggregate_function, expression, operand, unbracketed, unquoted};
use super::number::{Written, argument, value};
use super::period::{grain, grain_in, period};
use super::when::when;
use crate::calendar::{Grain, PeriodPhrase, Time};
use crate::language::Language;
use crate::quantity::{Quantity, Unit};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{AggregateFunction, Comparison, Expr, Name};
use crate::syntax::errors;
use crate::syntax::grammar::{Node, Rule, tree};

/// One chunk and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Chunk {
    pub(crate) piece: Piece,
    pub(crate) span: Span,
}

/// What a chunk says.
#[derive(Debug, Clone)]
pub(crate) enum Piece {
    /// A listed verb in its base form, by its canonical word.
    Verb(&'static str),
    /// A finite or passive form of one.
    State(&'static str),
    /// `more`, `fewer`, and the nouns `growth`, `reduction`: which way, after a value; whether it is a noun.
    Comparative(&'static str, bool),
    Modal,
    Be,
    Lead,
    /// `reduced`, `kept` after a name: a verb where a change follows, else a word.
    Participle(&'static str),
    /// `reducing` first in a sentence: a verb where a change follows, else a word.
    Gerund(&'static str),
    /// `over time`: a time that names none.
    Vague,
    Change(Raw),
    /// `from 4% in 2023 to 6%`: a change with the period of its first number.
    Dated(Raw, PeriodPhrase),
    When(When),
    Starting(PeriodPhrase),
    Comparison(Comparison),
    Tolerance(Written),
    Every(Grain),
    PerGrain(Grain),
    /// `per 1,000 births`: a unit after a value, else part of a name.
    PerNumber,
    /// `From 62% in 2023,` before the verb.
    Base(Written, Option<PeriodPhrase>),
    GrainWord(Grain),
    Condition(Expr),
    Opener(&'static str),
    Bound,
    Amount(Written),
    Range(Written, Written),
    NumberOf,
    ShareOf,
    Aggregate(AggregateFunction),
    Article,
    And,
    Comma,
    Word,
    /// A quoted, bracketed or declared name.
    Whole(String),
    Note(String),
    Paren(String),
    Call(Box<Spanned<Expr>>),
    Stop,
    Symbol,
}

/// A change before its verb has decided what it is.
#[derive(Debug, Clone)]
pub(crate) enum Raw {
    /// `by V`; strictly more where `more than` stood there.
    By(Written, bool),
    ByRange,
    Half,
    FromTo(Written, Written),
    /// `to V`, `at V`, `at least V`.
    Level(Opening, Option<Bound>, Written),
    Between(Written, Written),
    Column(Option<Bound>, Name),
}

/// The word before a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opening {
    To,
    At,
    None,
}

/// Which side of a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    AtLeast,
    AtMost,
    Above,
    Below,
}

/// A time before the rest of the sentence has decided what a bare year is.
#[derive(Debug, Clone)]
pub(crate) enum When {
    Time(Time),
    /// `by 2025`, `to 2025`.
    Year(i32, Opening),
    /// `from 2020 to 2025`.
    Years(i32, i32),
    /// `over P`: a comparison where P is past.
    Over(PeriodPhrase),
    /// A period without a word before it.
    Bare(PeriodPhrase),
    /// `within N units`; whether with that word, which may be a condition as well.
    Within(u32, Grain, bool),
}

/// The chunks of the line that the context holds.
pub(crate) fn chunks(text: &str, context: &mut Context<'_>) -> Lowered<Vec<Chunk>> {
    context.closed(text)?;
    let Ok(mut nodes) = tree(Rule::goal_line, text) else {
        let span = context.place(0..text.len());
        return Err(errors::line_not_understood(span, context.slice(span)));
    };
    let mut found = Vec::new();
    for node in nodes.next().into_iter().flat_map(Node::into_inner) {
        if node.as_rule() != Rule::EOI {
            let span = context.span(&node);
            found.push(Chunk { piece: piece(&node, context)?, span });
        }
    }
    Ok(found)
}

fn piece(node: &Node<'_>, context: &mut Context<'_>) -> Lowered<Piece> {
    let text = node.as_str().trim();
    let span = context.span(node);
    Ok(match node.as_rule() {
        Rule::verb => Piece::Verb(verb_word(argument(text))),
        Rule::state => Piece::State(verb_word(argument(text))),
        Rule::comparative => Piece::Comparative(
            if text.contains(":up") { "increase" } else { "decrease" },
            text.contains("g:"),
        ),
        Rule::modal => Piece::Modal,
        Rule::be => Piece::Be,
        Rule::lead => Piece::Lead,
        Rule::vague => Piece::Vague,
        Rule::gerund_verb => Piece::Gerund(verb_word(argument(text))),
        Rule::participle => Piece::Participle(verb_word(argument(text))),
        Rule::change => match change_period(node, context)? {
            Some(start) => Piece::Dated(change(node, context)?, start),
            None => Piece::Change(change(node, context)?),
        },
        Rule::over_change => over_change(node, context)?,
        Rule::time | Rule::leading_time => Piece::When(when(node, context)?),
        Rule::bare_time if text == "‹may›" => Piece::Modal,
        Rule::bare_time => Piece::When(When::Bare(period(node, context)?)),
        Rule::starting => Piece::Starting(period_in(node, context)?),
        Rule::comparison => Piece::Comparison(comparison(node, context)?),
        Rule::tolerance => Piece::Tolerance(value_in(node, context)?),
        Rule::every => Piece::Every(grain_in(node)),
        Rule::per_number => Piece::PerNumber,
        Rule::base_value => base_value(node, context)?,
        Rule::per_grain | Rule::a_grain => Piece::PerGrain(grain_in(node)),
        Rule::grain_word => Piece::GrainWord(grain(text)),
        Rule::where_clause => {
            let condition = child(node, Rule::condition).and_then(|n| child(&n, Rule::expression));
            let Some(condition) = condition else { return Ok(Piece::Word) };
            Piece::Condition(expression(&condition, context)?.node)
        }
        Rule::opener => Piece::Opener(opener_word(text)),
        Rule::bound_word => Piece::Bound,
        Rule::amount => amount(node, context)?,
        Rule::number_of => Piece::NumberOf,
        Rule::share_of => Piece::ShareOf,
        Rule::aggregate => aggregate_function(argument(text)).map_or(Piece::Word, Piece::Aggregate),
        Rule::article => Piece::Article,
        Rule::list_and => Piece::And,
        Rule::comma => Piece::Comma,
        Rule::quoted => Piece::Whole(unquoted(text)),
        Rule::bracketed => Piece::Whole(unbracketed(text)),
        Rule::opaque => Piece::Whole(context.words(span)),
        Rule::note => note(node, context),
        Rule::paren => Piece::Paren(context.words(span).trim_matches(['(', ')']).trim().to_owned()),
        Rule::call_chunk => call_chunk(node, context)?,
        Rule::ended => Piece::Stop,
        Rule::symbol => Piece::Symbol,
        _ => Piece::Word,
    })
}

/// `over 500` before what is no period.
fn over_change(node: &Node<'_>, context: &mut Context<'_>) -> Lowered<Piece> {
    let span = context.span(node);
    let or_bound = child(node, Rule::or_bound).map(|n| or_bound_of(&n));
    if or_bound.is_some() {
        return Err(errors::two_bounds(span, context.slice(span)));
    }
    let level = value_in(node, context)?;
    Ok(Piece::Change(Raw::Level(Opening::None, Some(Bound::Above), level)))
}

/// `From 62% in 2023,` before the verb.
fn base_value(node: &Node<'_>, context: &mut Context<'_>) -> Lowered<Piece> {
    let start = child(node, Rule::start_period);
    let period = start.map(|start| period_in(&start, context)).transpose()?;
    Ok(Piece::Base(value_in(node, context)?, period))
}

fn verb_word(text: &str) -> &'static str {
    const VERBS: [&str; 14] = [
        "increase",
        "improve",
        "decrease",
        "reach",
        "get",
        "keep",
        "hold",
        "limit",
        "double",
        "triple",
        "quadruple",
        "halve",
        "remove",
        "close",
    ];
    VERBS.into_iter().find(|verb| *verb == text).unwrap_or("reach")
}

fn opener_word(text: &str) -> &'static str {
    const OPENERS: [&str; 13] =
        ["for", "in", "from", "where", "by", "to", "within", "during", "over", "at", "per", "of", "with"];
    OPENERS.into_iter().find(|opener| *opener == argument(text)).unwrap_or("of")
}

fn bound_of(node: &Node<'_>) -> Bound {
    let inner = only(node).map_or(node.as_rule(), |n| n.as_rule());
    match inner {
        Rule::at_most => Bound::AtMost,
        Rule::above => Bound::Above,
        Rule::below => Bound::Below,
        _ => Bound::AtLeast,
    }
}

fn or_bound_of(node: &Node<'_>) -> Bound {
    if child(node, Rule::or_less).is_some() { Bound::AtMost } else { Bound::AtLeast }
}

fn values(node: &Node<'_>, context: &mut Context<'_>) -> Lowered<Vec<Written>> {
    let nodes: Vec<Node<'_>> =
        node.clone().into_inner().flatten().filter(|n| n.as_rule() == Rule::value).collect();
    nodes.into_iter().map(|n| value(n, context)).collect()
}

fn value_in(node: &Node<'_>, context: &mut Context<'_>) -> Lowered<Written> {
    let span = context.span(node);
    let first = values(node, context)?.into_iter().next();
    first.ok_or_else(|| errors::line_not_understood(span, context.slice(span)))
}

fn pair_of(node: &Node<'_>, context: &mut Context<'_>) -> Lowered<(Written, Written)> {
    let span = context.span(node);
    let mut found = values(node, context)?.into_iter();
    match (found.next(), found.next()) {
        (Some(first), Some(second)) => Ok((first, second)),
        _ => Err(errors::line_not_understood(span, context.slice(span))),
    }
}

/// `by two thirds`: the share that it is.
fn fraction(node: &Node<'_>) -> Written {
    let digits = child(node, Rule::number_word).map(|n| argument(n.as_str().trim()).to_owned());
    let number = Decimal::from(digits.and_then(|digits| digits.parse::<u32>().ok()).unwrap_or(1));
    let parts = child(node, Rule::part_of_whole).map_or(1, |part| match argument(part.as_str().trim()) {
        "third" | "thirds" => 3,
        "fifths" => 5,
        "tenths" => 10,
        _ => 4,
    });
    let value = number / Decimal::from(parts);
    let quantity = Quantity { value, unit: Unit::Percent, ..Quantity::plain(value) };
    Written { quantity, number: value, scale: 0, is_bare: false, is_approximate: false }
}

/// The change of a `change` node.
pub(crate) fn change(node: &Node<'_>, context: &mut Context<'_>) -> Lowered<Raw> {
    let span = context.span(node);
    let Some(inner) = only(node) else { return Err(errors::line_not_understood(span, context.slice(span))) };
    let bound = child(&inner, Rule::bound).map(|n| bound_of(&n));
    let or_bound = child(&inner, Rule::or_bound).map(|n| or_bound_of(&n));
    if bound.is_some() && or_bound.is_some() {
        return Err(errors::two_bounds(span, context.slice(span)));
    }
    let bound = bound.or(or_bound);
    // `living on less than $2`: in English `on` opens no level
    if inner.as_rule() == Rule::at_level
        && context.language == Language::English
        && inner.as_str().starts_with("‹on›")
    {
        return Err(errors::value_without_word(span, context.slice(span), context.language));
    }
    Ok(match inner.as_rule() {
        Rule::by_value => Raw::By(value_in(&inner, context)?, child(&inner, Rule::above).is_some()),
        Rule::by_factor => {
            let mut factor = value_in(&inner, context)?;
            if !factor.is_bare {
                return Err(errors::line_not_understood(span, context.slice(span)));
            }
            factor.quantity.unit = Unit::Times;
            Raw::By(factor, false)
        }
        Rule::by_fraction => Raw::By(fraction(&inner), false),
        Rule::by_range => Raw::ByRange,
        Rule::by_half => Raw::Half,
        Rule::from_to => {
            let (from, to) = pair_of(&inner, context)?;
            Raw::FromTo(from, to)
        }
        Rule::to_from => {
            let (to, from) = pair_of(&inner, context)?;
            Raw::FromTo(from, to)
        }
        Rule::to_range | Rule::between_level | Rule::in_range => {
            let (low, high) = pair_of(&inner, context)?;
            Raw::Between(low, high)
        }
        Rule::to_level => Raw::Level(Opening::To, bound, value_in(&inner, context)?),
        Rule::at_level => Raw::Level(Opening::At, bound, value_in(&inner, context)?),
        Rule::bound_level if child(&inner, Rule::column_reference).is_none() => {
            Raw::Level(Opening::None, bound, value_in(&inner, context)?)
        }
        _ => Raw::Column(bound, column_reference(&inner, context)),
    })
}

/// The period of the first number of `from F in P to G`.
fn change_period(node: &Node<'_>, context: &Context<'_>) -> Lowered<Option<PeriodPhrase>> {
    let start = only(node).and_then(|inner| child(&inner, Rule::start_period));
    start.map(|start| period_in(&start, context)).transpose()
}

fn column_reference(node: &Node<'_>, context: &Context<'_>) -> Name {
    let reference = child(node, Rule::column_reference).unwrap_or_else(|| node.clone());
    let span = context.span(&reference);
    let text = context.words(span);
    let cut = if text.starts_with('[') { text.find(']').map(|at| at + 1) } else { text.find('.') };
    let (source, column) = text.split_at(cut.unwrap_or(0));
    Name { text: unbracketed(column.trim_start_matches('.')), source: Some(unbracketed(source)), span }
}

pub(crate) fn period_in(node: &Node<'_>, context: &Context<'_>) -> Lowered<PeriodPhrase> {
    let inner = node.clone().into_inner().find(|n| is_period(n.as_rule()));
    match inner {
        Some(inner) => period(&inner, context),
        None => Err(errors::not_a_period(context.span(node), context.slice(context.span(node)))),
    }
}

pub(crate) fn is_period(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::period
            | Rule::the_unit
            | Rule::whole_unit
            | Rule::fiscal_year
            | Rule::date
            | Rule::quarter
            | Rule::half
            | Rule::month_year
            | Rule::relative
            | Rule::year4
    )
}

/// The comparison of a `comparison` node.
pub(crate) fn comparison(node: &Node<'_>, context: &Context<'_>) -> Lowered<Comparison> {
    let span = context.span(node);
    let Some(inner) = only(node) else { return Err(errors::not_a_period(span, context.slice(span))) };
    Ok(match inner.as_rule() {
        Rule::base_year => {
            let year = child(&inner, Rule::year4).and_then(|n| n.as_str().trim().parse().ok()).unwrap_or(0);
            Comparison::Period(PeriodPhrase::Year(year))
        }
        Rule::same_period => Comparison::LastYear,
        Rule::period_before => Comparison::PeriodBefore,
        Rule::sheet_plan => {
            Comparison::Sheet(only(&inner).map_or_else(String::new, |n| unquoted(n.as_str())))
        }
        Rule::average_of => {
            let years = inner.clone().into_inner().filter(|n| n.as_rule() == Rule::year4);
            let years: Vec<i32> = years.map(|n| n.as_str().trim().parse().unwrap_or(0)).collect();
            match years[..] {
                [first, last] if first < last => Comparison::AverageOf { first, last },
                _ => return Err(errors::reversed_years(span, context.slice(span))),
            }
        }
        Rule::period_on_period => match grain(inner.as_str()) {
            Grain::Year => Comparison::LastYear,
            grain => Comparison::Previous { grain, fiscal: false },
        },
        _ => compared_period(period(&inner, context)?),
    })
}

/// A comparison with a period: what lies one back is known by name.
pub(crate) fn compared_period(phrase: PeriodPhrase) -> Comparison {
    match phrase {
        PeriodPhrase::Relative { offset: -1, grain: Grain::Year, fiscal: false } => Comparison::LastYear,
        PeriodPhrase::Relative { offset: -1, grain, fiscal } => Comparison::Previous { grain, fiscal },
        other => Comparison::Period(other),
    }
}

fn amount(node: &Node<'_>, context: &mut Context<'_>) -> Lowered<Piece> {
    let mut found = values(node, context)?.into_iter();
    let Some(written) = found.next() else {
        let span = context.span(node);
        return Err(errors::line_not_understood(span, context.slice(span)));
    };
    if child(node, Rule::arrow).is_some()
        && let Some(to) = found.next()
    {
        return Ok(Piece::Change(Raw::FromTo(written, to)));
    }
    Ok(match (found.next(), child(node, Rule::or_bound)) {
        (Some(high), _) => Piece::Range(written, high),
        (None, Some(bound)) => Piece::Change(Raw::Level(Opening::None, Some(or_bound_of(&bound)), written)),
        (None, None) => Piece::Amount(written),
    })
}

fn note(node: &Node<'_>, context: &Context<'_>) -> Piece {
    let text = context.words(context.span(node));
    Piece::Note(text.trim_end_matches('.').to_owned())
}

/// `sum(amount)` in a sentence.
fn call_chunk(node: &Node<'_>, context: &mut Context<'_>) -> Lowered<Piece> {
    match child(node, Rule::call) {
        Some(call) => Ok(Piece::Call(Box::new(operand(&call, context)?))),
        None => Ok(Piece::Word),
    }
}
