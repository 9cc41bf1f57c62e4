//! A bound that the filter before it has taken: `keep X for visitors between 10 and 20`.

use super::chunk::{Chunk, Piece, chunks};
use super::context::{Context, Lowered};
use super::subject::canonical;
use crate::source::Span;
use crate::syntax::ast::Expr;
use crate::syntax::words::Mode;

/// Where a goal says no change and its filter reads `for NAME between A and B`, the filter is the name and the rest the
/// bound; `where NAME between …` stays a condition.
pub(crate) fn free_bound(all: &mut Vec<Chunk>, context: &mut Context<'_>) -> Lowered<()> {
    let has_change = all.iter().any(|chunk| match chunk.piece {
        Piece::Change(_) | Piece::Dated(..) | Piece::Base(..) | Piece::Amount(_) | Piece::Range(..) => true,
        Piece::Verb(verb) | Piece::State(verb) | Piece::Participle(verb) => {
            matches!(verb, "double" | "triple" | "quadruple" | "halve")
        }
        _ => false,
    });
    if has_change {
        return Ok(());
    }
    let Some((at, cut)) =
        all.iter().enumerate().find_map(|(at, chunk)| Some((at, name_end(chunk, context)?)))
    else {
        return Ok(());
    };
    let span = all[at].span;
    let mut pieces = again(span.start..cut, context)?;
    pieces.extend(again(cut..span.end, context)?);
    all.splice(at..=at, pieces);
    Ok(())
}

fn again(range: std::ops::Range<u32>, context: &mut Context<'_>) -> Lowered<Vec<Chunk>> {
    let rewritten = context.read(range.start as usize..range.end as usize, Mode::Sentence);
    chunks(&rewritten, context)
}

/// Where the name of `for NAME between A and B` ends.
fn name_end(chunk: &Chunk, context: &Context<'_>) -> Option<u32> {
    let Piece::Condition(Expr::Between(name, ..)) = &chunk.piece else { return None };
    let Expr::Name(found) = &name.node else { return None };
    let opener = context.slice(chunk.span).split_whitespace().next()?;
    let end = chunk.span.start as usize + opener.len();
    let opener = canonical(Span::new(chunk.span.source, chunk.span.start as usize..end), context);
    (opener == Some("for") && found.source.is_none()).then_some(name.span.end)
}
