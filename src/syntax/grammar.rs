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
/// A longer line is refused unread.
pub(crate) const LONGEST: usize = 10_000;

/// The tree of a rewritten line by one rule.
pub(crate) fn tree(rule: Rule, text: &str) -> Result<Pairs<'_, Rule>, Box<Error<Rule>>> {
    LineParser::parse(rule, text).map_err(Box::new)
}

/// Where the bracket stands that opens one level too many, if one does.
pub(crate) fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut run = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        // a run of prefix operators nests as brackets do
        run = match byte {
            b'-' | b'(' => run + 1,
            b' ' => run,
            _ => 0,
        };
        if depth > DEEPEST || run > 2 * DEEPEST {
            return Some(at);
        }
    }
    None
}
