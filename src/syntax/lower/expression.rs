//! Expressions: nodes → [`Expr`], precedence by the Pratt parser.
//!
//! From loosest to tightest: `or`, `and`, `not`, comparisons, `&`, `+ -`, `* /`, `^`, unary minus (tighter than `^`, as in
//! Excel).

use std::sync::OnceLock;

use pest::pratt_parser::{Assoc, Op, PrattParser};

use super::context::{Context, Lowered, child, holds, only};
use super::number::{argument, value};
use super::period::period;
use crate::quantity::Unit;
use crate::source::{Span, Spanned};
use crate::syntax::ast::{AggregateFunction, BinaryOperator, Expr, Name, UnaryOperator};
use crate::syntax::errors;
use crate::syntax::grammar::{DEEPEST, MOST_OPERANDS, Node, Rule};

type Parsed = Lowered<Spanned<Expr>>;

fn pratt() -> &'static PrattParser<Rule> {
    static PRATT: OnceLock<PrattParser<Rule>> = OnceLock::new();
    PRATT.get_or_init(|| {
        let left = |rule| Op::infix(rule, Assoc::Left);
        PrattParser::new()
            .op(left(Rule::or))
            .op(left(Rule::and))
            .op(Op::prefix(Rule::not))
            .op(left(Rule::equal)
                | left(Rule::not_equal)
                | left(Rule::less)
                | left(Rule::less_equal)
                | left(Rule::greater)
                | left(Rule::greater_equal)
                | left(Rule::contains)
                | left(Rule::starts)
                | left(Rule::ends)
                | left(Rule::matches)
                | left(Rule::is)
                | Op::postfix(Rule::empty_test)
                | Op::postfix(Rule::in_list)
                | Op::postfix(Rule::between))
            .op(left(Rule::concatenate))
            .op(left(Rule::add) | left(Rule::subtract))
            .op(left(Rule::multiply) | left(Rule::divide))
            .op(left(Rule::power))
            .op(Op::prefix(Rule::negate))
    })
}

/// The expression of an `expression` or `sum` node.
pub(crate) fn expression(node: &Node<'_>, context: &mut Context<'_>) -> Parsed {
    let mut prefixes = 0;
    for part in node.clone().into_inner() {
        prefixes = if matches!(part.as_rule(), Rule::not | Rule::negate) { prefixes + 1 } else { 0 };
        context.operands += 1;
        if prefixes > DEEPEST {
            return Err(errors::too_deep(context.span(&part), context.mode));
        }
        if context.operands > MOST_OPERANDS {
            return Err(errors::too_many_operands(context.span(&part)));
        }
    }
    // Invariant: the grammar gives prefixes, operands, tails and infixes in an order that the operators above take
    let cell = std::cell::RefCell::new(context);
    pratt()
        .map_primary(|operand_node| operand(&operand_node, &mut cell.borrow_mut()))
        .map_prefix(|operator, right| {
            let right = right?;
            let span = cell.borrow().span(&operator).to(right.span);
            let which =
                if operator.as_rule() == Rule::not { UnaryOperator::Not } else { UnaryOperator::Negate };
            Ok(Spanned::new(Expr::Unary(which, Box::new(right)), span))
        })
        .map_postfix(|left, test| tail(left?, &test, &mut cell.borrow_mut()))
        .map_infix(|left, operator, right| {
            let (left, right) = (left?, right?);
            let span = left.span.to(right.span);
            Ok(Spanned::new(Expr::Binary(binary(&operator), Box::new(left), Box::new(right)), span))
        })
        .parse(node.clone().into_inner())
}

fn binary(node: &Node<'_>) -> BinaryOperator {
    match node.as_rule() {
        Rule::or => BinaryOperator::Or,
        Rule::and => BinaryOperator::And,
        Rule::not_equal => BinaryOperator::NotEqual,
        Rule::is if holds(node, "‹not›") => BinaryOperator::NotEqual,
        Rule::less => BinaryOperator::Less,
        Rule::less_equal => BinaryOperator::LessOrEqual,
        Rule::greater => BinaryOperator::Greater,
        Rule::greater_equal => BinaryOperator::GreaterOrEqual,
        Rule::contains => BinaryOperator::Contains,
        Rule::starts => BinaryOperator::StartsWith,
        Rule::ends => BinaryOperator::EndsWith,
        Rule::matches => BinaryOperator::Matches,
        Rule::add => BinaryOperator::Add,
        Rule::subtract => BinaryOperator::Subtract,
        Rule::multiply => BinaryOperator::Multiply,
        Rule::divide => BinaryOperator::Divide,
        Rule::power => BinaryOperator::Power,
        Rule::concatenate => BinaryOperator::Concatenate,
        _ => BinaryOperator::Equal,
    }
}

fn tail(left: Spanned<Expr>, test: &Node<'_>, context: &mut Context<'_>) -> Parsed {
    let span = left.span.to(context.span(test));
    let negated = child(test, Rule::not).is_some();
    let (expr, negated) = match test.as_rule() {
        Rule::empty_test => {
            let present = child(test, Rule::present).is_some();
            (Expr::IsEmpty(Box::new(left)), negated != present)
        }
        Rule::between => {
            let mut ends = test.clone().into_inner();
            let (Some(low), Some(high)) = (ends.next(), ends.next()) else {
                return Err(errors::not_an_expression(span, context.slice(span)));
            };
            let (low, high) = (expression(&low, context)?, expression(&high, context)?);
            (Expr::Between(Box::new(left), Box::new(low), Box::new(high)), false)
        }
        _ => (Expr::In(Box::new(left), items(test, context)?), negated),
    };
    let found = Spanned::new(expr, span);
    Ok(if negated { Spanned::new(Expr::Unary(UnaryOperator::Not, Box::new(found)), span) } else { found })
}

fn items(node: &Node<'_>, context: &mut Context<'_>) -> Lowered<Vec<Spanned<Expr>>> {
    if let Some(list) = child(node, Rule::list) {
        certain_commas(&list, context)?;
        return list.into_inner().map(|item| expression(&item, context)).collect();
    }
    let bare = child(node, Rule::list_bare).map(Node::into_inner);
    let texts = bare.into_iter().flatten();
    Ok(texts.map(|item| Spanned::new(Expr::Text(unquoted(item.as_str())), context.span(&item))).collect())
}

/// In a list `100,200` could be one number or two.
fn certain_commas(list: &Node<'_>, context: &Context<'_>) -> Lowered<()> {
    if list.as_str().contains(';') {
        return Ok(());
    }
    let mut unsure = None;
    find_comma(list, &mut unsure);
    unsure.map_or(Ok(()), |n| Err(errors::comma_in_list(context.span(&n), n.as_str())))
}

/// A numeral with a comma in the items of a list; the lists inside it are looked at by themselves.
fn find_comma<'a>(node: &Node<'a>, found: &mut Option<Node<'a>>) {
    for inner in node.clone().into_inner() {
        match inner.as_rule() {
            Rule::numeral if inner.as_str().contains(',') => *found = found.take().or(Some(inner)),
            Rule::list | Rule::arguments => {}
            _ => find_comma(&inner, found),
        }
    }
}

/// A quoted text without its quotes.
pub(crate) fn unquoted(text: &str) -> String {
    let text = text.trim();
    text.strip_prefix('"').and_then(|t| t.strip_suffix('"')).unwrap_or(text).to_owned()
}

/// A bracketed name without its brackets, blanks made single.
pub(crate) fn unbracketed(text: &str) -> String {
    let text = text.trim();
    let inner = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')).unwrap_or(text);
    inner.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The expression of one operand.
pub(crate) fn operand(node: &Node<'_>, context: &mut Context<'_>) -> Parsed {
    let span = context.span(node);
    let inner = only(node);
    let expr = match (node.as_rule(), inner) {
        (Rule::group, Some(inner)) => Spanned { span, ..expression(&inner, context)? }.node,
        (Rule::call, Some(inner)) => call(node, &inner, context)?,
        (Rule::flagged, Some(text)) => Expr::Flagged(unquoted(text.as_str())),
        (Rule::text, Some(text)) => Expr::Text(unquoted(text.as_str())),
        (Rule::date_literal, Some(literal)) => Expr::Period(match literal.clone().into_inner().next() {
            Some(first) if first.as_rule() != Rule::month => period(&first, context)?,
            _ => period(&literal, context)?,
        }),
        (Rule::money_literal, Some(literal)) => Expr::Number(value(literal, context)?.quantity),
        (Rule::name, _) => match node.as_str().trim() {
            "‹true›" => Expr::Boolean(true),
            "‹false›" => Expr::Boolean(false),
            _ => Expr::Name(name(node, context)),
        },
        _ => return Err(errors::not_an_expression(span, context.slice(span))),
    };
    Ok(Spanned::new(expr, span))
}

/// The name of a `name` node.
pub(crate) fn name(node: &Node<'_>, context: &Context<'_>) -> Name {
    let span = context.span(node);
    let source = child(node, Rule::name_source).map(|n| unbracketed(context.slice(context.span(&n))));
    let own = node.clone().into_inner().find(|n| n.as_rule() != Rule::name_source);
    let text = own.map_or_else(String::new, |n| unbracketed(context.slice(context.span(&n))));
    Name { text, source, span }
}

/// The name that a whole node spells, quotes and brackets taken off.
pub(crate) fn plain_name(node: &Node<'_>, context: &Context<'_>) -> Name {
    let span = context.span(node);
    let text = context.words(span);
    let text = text.trim_matches(['"', '“', '”', '„']);
    Name { text: unbracketed(text), source: None, span }
}

/// The aggregate of a function's name.
pub(crate) fn aggregate_function(name: &str) -> Option<AggregateFunction> {
    Some(match name {
        "sum" | "total" => AggregateFunction::Sum,
        "count" => AggregateFunction::Count,
        "count distinct" | "distinct" => AggregateFunction::CountDistinct,
        "average" | "avg" | "mean" => AggregateFunction::Average,
        "median" => AggregateFunction::Median,
        "min" => AggregateFunction::Min,
        "max" => AggregateFunction::Max,
        "percentile" => AggregateFunction::Percentile,
        "stdev" => AggregateFunction::Stdev,
        "first" => AggregateFunction::First,
        "last" => AggregateFunction::Last,
        _ => return None,
    })
}

/// A function's name in English: canonical where it is a keyword (`‹f:sum›`), as written otherwise.
fn function_name(node: &Node<'_>, context: &Context<'_>) -> String {
    let text = node.as_str().trim();
    if !text.contains('‹') {
        return text.to_lowercase();
    }
    if text.contains("‹count›")
        || text.contains("‹average›")
        || text.starts_with("‹f:")
        || text.contains("‹last›")
    {
        let parts = text.split('›').map(|part| argument(part.trim())).filter(|part| !part.is_empty());
        return parts.collect::<Vec<_>>().join(" ");
    }
    match text {
        "‹first›" => "first".to_owned(),
        _ => context.words(context.span(node)).to_lowercase(),
    }
}

fn call(node: &Node<'_>, first: &Node<'_>, context: &mut Context<'_>) -> Lowered<Expr> {
    if first.as_rule() == Rule::aggregate_where {
        let filter = only(first).map(|n| expression(&n, context)).transpose()?;
        return Ok(aggregate(AggregateFunction::Count, None, None, filter));
    }
    if first.as_rule() == Rule::last_count {
        return Ok(aggregate(AggregateFunction::Last, None, None, None));
    }
    let name = function_name(first, context);
    let name_span = context.span(first);
    let (mut arguments, mut filter) = (Vec::new(), None);
    if let Some(list) = child(node, Rule::arguments) {
        certain_commas(&list, context)?;
        for part in list.into_inner() {
            if part.as_rule() == Rule::filter {
                filter = only(&part).map(|n| expression(&n, context)).transpose()?;
            } else {
                arguments.push(expression(&part, context)?);
            }
        }
    }
    let function =
        if name == "last count" { Some(AggregateFunction::Last) } else { aggregate_function(&name) };
    if name == "last count" && arguments.is_empty() {
        return Ok(aggregate(AggregateFunction::Last, None, None, filter));
    }
    match (function, arguments.len()) {
        (Some(AggregateFunction::Percentile), 2) => {
            let share = share_of(arguments.pop(), name_span, context)?;
            Ok(aggregate(AggregateFunction::Percentile, arguments.pop(), Some(share), filter))
        }
        (Some(AggregateFunction::Percentile), _) => Err(errors::percentile_share(name_span)),
        (Some(function @ AggregateFunction::Count), 0) => Ok(aggregate(function, None, None, filter)),
        (Some(function), 0) => Err(errors::aggregate_of_nothing(name_span, function.word())),
        (Some(function), 1) => Ok(aggregate(function, arguments.pop(), None, filter)),
        _ if filter.is_some() => Err(errors::where_in_row_function(name_span, &name)),
        _ => Ok(Expr::Call(Spanned::new(name.to_uppercase(), name_span), arguments)),
    }
}

fn share_of(
    argument: Option<Spanned<Expr>>,
    at: Span,
    _context: &Context<'_>,
) -> Lowered<rust_decimal::Decimal> {
    match argument.map(|a| a.node) {
        Some(Expr::Number(quantity))
            if matches!(quantity.unit, Unit::None | Unit::Percent)
                && quantity.value >= rust_decimal::Decimal::ZERO
                && quantity.value <= rust_decimal::Decimal::ONE =>
        {
            Ok(quantity.value)
        }
        _ => Err(errors::percentile_share(at)),
    }
}

fn aggregate(
    function: AggregateFunction,
    argument: Option<Spanned<Expr>>,
    share: Option<rust_decimal::Decimal>,
    filter: Option<Spanned<Expr>>,
) -> Expr {
    Expr::Aggregate { function, argument: argument.map(Box::new), share, filter: filter.map(Box::new) }
}
