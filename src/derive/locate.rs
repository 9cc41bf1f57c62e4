//! Rows of a table as cells of its sheets.

use crate::cell::CellRef;
use crate::data::{Catalog, Table};
use crate::resolve::{Model, RowExpr, RowNode};

/// The first column of its sheet that an expression reads, followed through computed columns.
pub(crate) fn first_column(expr: &RowExpr, model: &Model, catalog: &Catalog, source: usize) -> Option<usize> {
    let sheet_columns = catalog.sources.get(source)?.columns.len();
    let index = named_columns(expr).into_iter().next()?;
    if index < sheet_columns {
        return Some(index);
    }
    // resolve orders computed columns: each reads only those before it, so this ends
    let at = model.columns.iter().position(|c| c.source == source && c.index == index)?;
    let column = &model.columns[at];
    let before = named_columns(&column.expr);
    let depends_on_later = |index: &usize| {
        model.columns[at..].iter().any(|later| later.source == source && later.index == *index)
    };
    if before.iter().any(depends_on_later) {
        return None;
    }
    first_column(&column.expr, model, catalog, source)
}

/// The cells of rows in a column of a source; in its first one where none is known.
pub(crate) fn cells(
    table: &Table,
    catalog: &Catalog,
    source: usize,
    column: Option<usize>,
    rows: &[usize],
) -> Vec<CellRef> {
    let Some(info) = catalog.sources.get(source) else { return Vec::new() };
    let cell = |row: &usize| {
        let at = table.runs.partition_point(|run| run.first <= *row).checked_sub(1)?;
        let columns = &info.parts.get(table.runs.get(at)?.part)?.columns;
        let sheet_column = column
            .and_then(|index| columns.get(index).copied().flatten())
            .or_else(|| columns.iter().copied().flatten().next())?;
        table.cell(*row, sheet_column)
    };
    rows.iter().filter_map(cell).collect()
}

/// The columns of its own source that an expression names, in the order of the text.
fn named_columns(expr: &RowExpr) -> Vec<usize> {
    let mut found = Vec::new();
    visit(expr, |expr| {
        if let RowNode::Column(index) = expr.node {
            found.push(index);
        }
    });
    found
}

/// The source that the first `LOOKUP` of an expression reads.
pub(super) fn looked_up(expr: &RowExpr) -> Option<usize> {
    let mut found = None;
    visit(expr, |expr| {
        if let RowNode::Lookup { source, .. } = expr.node {
            found = found.or(Some(source));
        }
    });
    found
}

/// Every part of an expression, in the order of the text.
pub(super) fn visit(expr: &RowExpr, mut each: impl FnMut(&RowExpr)) {
    let mut open = vec![expr];
    while let Some(expr) = open.pop() {
        each(expr);
        match &expr.node {
            RowNode::Column(_)
            | RowNode::Number(_)
            | RowNode::Text(_)
            | RowNode::Boolean(_)
            | RowNode::Period(_) => {}
            RowNode::Unary(_, inner) | RowNode::IsEmpty(inner) => open.push(inner),
            RowNode::Binary(_, left, right) => open.extend([&**right, &**left]),
            RowNode::Between(value, low, high) => open.extend([&**high, &**low, &**value]),
            RowNode::In(value, items) => {
                open.extend(items.iter().rev());
                open.push(value);
            }
            RowNode::Call(_, arguments) => open.extend(arguments.iter().rev()),
            RowNode::Lookup { keys, .. } => open.extend(keys.iter().rev().map(|(_, key)| key)),
        }
    }
}
