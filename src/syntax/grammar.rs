//! The parser that pest makes of `grammar/*.pest`, and the guard before it.

use pest::Parser as _;
use pest::error::Error;
use pest::iterators::{Pair, Pairs};
use pest_derive::Parser;

/// The parser of single lines.
#[derive(Parser)]
#[grammar = "grammar/lexical.pest"]
#[grammar = "grammar/expression.pest"]
#[grammar = "grammar/statement.pest"]
#[grammar = "grammar/goal.pest"]
struct LineParser;

/// A node of the tree that pest makes of a line.
pub(crate) type Node<'a> = Pair<'a, Rule>;

/// Nesting of brackets beyond this is refused before a tree exists, as in Excel.
pub(crate) const DEEPEST: usize = 64;
/// The same in a sentence, where each bracket may begin an expression and is tried as one.
pub(crate) const DEEPEST_IN_SENTENCE: usize = 8;
/// Operands and operators of one line beyond this are refused.
pub(crate) const MOST_OPERANDS: usize = 1_000;
/// A longer line is refused unread.
pub(crate) const LONGEST: usize = 10_000;
/// A file with more statements that are not understood than this, or more bytes of them, is no goal file: what follows
/// is not read.
pub(crate) const MOST_REFUSED: usize = 1_000;
pub(crate) const MOST_REFUSED_BYTES: usize = 250_000;

/// The tree of a rewritten line by one rule.
pub(crate) fn tree(rule: Rule, text: &str) -> Result<Pairs<'_, Rule>, Box<Error<Rule>>> {
    LineParser::parse(rule, text).map_err(Box::new)
}
