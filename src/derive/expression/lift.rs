//! Expressions over a single text column are computed once for each of its texts, not for each row.

use crate::data::Kind;

use super::schema::ColumnKey;
use super::typed::{Typed, TypedNode};

/// Marks the largest parts that read a single text column and nothing else.
pub(super) fn lift(mut typed: Typed) -> Typed {
    let mut next = 0;
    lift_part(&mut typed, &mut next);
    typed
}

fn lift_part(typed: &mut Typed, next: &mut usize) {
    if matches!(typed.node, TypedNode::Column(_)) {
        return;
    }
    let mut columns = Vec::new();
    typed.columns(&mut columns);
    if let [(column, Kind::Text)] = columns[..] {
        wrap(typed, column, next);
    } else if !columns.is_empty() {
        typed.parts_mut().into_iter().for_each(|part| lift_part(part, next));
    }
}

fn wrap(typed: &mut Typed, column: ColumnKey, next: &mut usize) {
    let (kind, span) = (typed.kind, typed.span);
    let inner = std::mem::replace(typed, Typed::new(TypedNode::Missing, kind, span));
    typed.node = TypedNode::PerText { id: *next, column, inner: Box::new(inner) };
    *next += 1;
}
