//! [`Model`] + [`Dataset`] → [`Dataset`] with computed columns, in dependency order; and the evaluation of row
//! expressions that filters and aggregates use.
//!
//! Kinds are checked for all expressions before a row is evaluated. What has no value in a row although its
//! operands have (a division by zero) is missing there, counted and located.

mod calendar;
pub(crate) mod currency;
pub(crate) mod errors;
pub mod expression;
mod ignore;
pub(crate) mod locate;
mod shape;

pub use crate::resolve::RowFunction;
pub use calendar::calendar;

use crate::data::{Catalog, Column, ColumnCurrencies, ColumnData, Dataset, Use};
use crate::diagnostic::Diagnostics;
use crate::resolve::{ComputedColumn, Model, RowExpr, RowNode};

use expression::{Faults, OccurringCodes, Program, Schema, Typed, check, check_condition, materialise};

/// Adds every computed column of the model to the dataset; `ignore rows where` drops rows here.
///
/// A column that cannot be computed is left out, as are those that need it; its diagnostic says why.
pub fn derive(model: &Model, catalog: &Catalog, dataset: Dataset) -> (Dataset, Diagnostics) {
    let mut stage = Stage { model, catalog, dataset, diagnostics: Diagnostics::new() };
    let (columns, ignores) = stage.check_all();
    let (late, early): (Vec<_>, Vec<_>) =
        ignores.into_iter().partition(|ignore| stage.reads_computed(ignore));
    stage.ignore(early);
    for (column, typed) in columns {
        stage.add(column, typed);
    }
    stage.ignore(late);
    (stage.dataset, stage.diagnostics)
}

/// Tests the kinds of all computed columns and conditions of sources against provisional kinds: what can be said
/// without reading rows.
pub fn check_kinds(model: &Model, catalog: &Catalog) -> Diagnostics {
    let mut stage = Stage { model, catalog, dataset: Dataset::default(), diagnostics: Diagnostics::new() };
    stage.check_with(Schema::provisional(catalog));
    stage.diagnostics
}

struct Stage<'m> {
    model: &'m Model,
    catalog: &'m Catalog,
    dataset: Dataset,
    diagnostics: Diagnostics,
}

/// A condition of `ignore rows where`.
struct Ignore<'m> {
    source: usize,
    expr: &'m RowExpr,
    typed: Typed,
}

impl<'m> Stage<'m> {
    fn check_all(&mut self) -> (Vec<(&'m ComputedColumn, Typed)>, Vec<Ignore<'m>>) {
        self.check_with(Schema::of(&self.dataset))
    }

    fn check_with(&mut self, mut schema: Schema) -> (Vec<(&'m ComputedColumn, Typed)>, Vec<Ignore<'m>>) {
        schema.declare(&self.model.columns);
        let mut columns = Vec::new();
        for column in &self.model.columns {
            match check(&column.expr, &schema, column.source) {
                Ok(typed) => {
                    let kinds = match column.expr.node {
                        RowNode::Column(index) => schema.kinds(column.source, index).to_vec(),
                        _ => vec![(Use::Any, typed.kind)],
                    };
                    schema.add(column.source, column.index, &column.name, kinds);
                    columns.push((column, typed));
                }
                Err(found) => self.diagnostics.extend(found),
            }
        }
        let mut ignores = Vec::new();
        for (source, described) in self.model.sources.iter().enumerate() {
            for expr in &described.ignore {
                match check_condition(expr, &schema, source) {
                    Ok(typed) => ignores.push(Ignore { source, expr, typed }),
                    Err(found) => self.diagnostics.extend(found),
                }
            }
        }
        (columns, ignores)
    }

    fn reads_computed(&self, ignore: &Ignore) -> bool {
        let mut columns = Vec::new();
        ignore.typed.columns(&mut columns);
        let is_computed = |index: usize| {
            self.model.columns.iter().any(|column| column.source == ignore.source && column.index == index)
        };
        columns.iter().any(|((index, _), _)| is_computed(*index))
    }

    fn ignore(&mut self, ignores: Vec<Ignore<'m>>) {
        for Ignore { source, expr, typed } in ignores {
            let occurring = OccurringCodes::default();
            let Some(program) = Program::new(typed, &self.dataset, source, &occurring) else { continue };
            let (truths, faults) = materialise(&program);
            let ColumnData::Boolean(truths) = truths else { continue };
            self.tell(source, expr, &faults);
            let keep: Vec<bool> = truths.iter().map(|truth| *truth != 1).collect();
            let leaving: Vec<usize> = (0..keep.len()).filter(|row| !keep[*row]).take(20).collect();
            if let Some(Some(table)) = self.dataset.tables.get_mut(source) {
                let cells = locate::cells(table, self.catalog, source, None, &leaving);
                ignore::retain(table, &keep, cells);
            }
        }
    }

    fn add(&mut self, column: &'m ComputedColumn, typed: Typed) {
        let source = column.source;
        let made = if let RowNode::Column(index) = column.expr.node {
            self.renamed(column, index)
        } else {
            let shape = shape::shape_of(&column.expr, &self.dataset, source);
            let kind = typed.kind;
            let occurring = OccurringCodes::default();
            let Some(program) = Program::new(typed, &self.dataset, source, &occurring) else { return };
            let (data, faults) = materialise(&program);
            let agreeing: usize = program.agreeing_keys();
            self.tell(source, &column.expr, &faults);
            if agreeing > 0 {
                let shown = self.looked_up(&column.expr);
                self.diagnostics.push(errors::keys_agree(column.expr.span, agreeing, &shown));
            }
            vec![(Use::Any, Column { name: column.name.clone(), kind, shape, data })]
        };
        let currencies = self.currencies_of(column);
        if let Some(Some(table)) = self.dataset.tables.get_mut(source) {
            table.currencies.extend(currencies);
            for (used, made) in made {
                table.columns.insert((column.index, used), made);
            }
        }
    }

    /// The currencies of a computed column's rows: those of the amounts that it is made of, unless it converts them.
    fn currencies_of(&self, column: &ComputedColumn) -> Option<ColumnCurrencies> {
        let table = self.dataset.tables.get(column.source)?.as_ref()?;
        let mixed = currency::mixed_columns(&column.expr, table, self.catalog, column.source);
        mixed.first().map(|mixed| ColumnCurrencies { column: column.index, ..(*mixed).clone() })
    }

    /// Another column under a new name, with every use it was loaded for.
    fn renamed(&self, column: &ComputedColumn, index: usize) -> Vec<(Use, Column)> {
        let Some(Some(table)) = self.dataset.tables.get(column.source) else { return Vec::new() };
        let uses = table.columns.iter().filter(|((at, _), _)| *at == index);
        uses.map(|((_, used), found)| (*used, Column { name: column.name.clone(), ..found.clone() }))
            .collect()
    }

    /// The name of the source that a `LOOKUP` in an expression reads.
    fn looked_up(&self, expr: &RowExpr) -> String {
        let source = locate::looked_up(expr);
        source.and_then(|source| self.model.sources.get(source)).map_or_else(String::new, |s| s.name.clone())
    }

    fn tell(&mut self, source: usize, expr: &RowExpr, faults: &Faults) {
        if let Some(Some(table)) = self.dataset.tables.get(source) {
            let column = locate::first_column(expr, self.model, self.catalog, source);
            for (span, fault, rows) in faults.iter() {
                let cells = locate::cells(table, self.catalog, source, column, &rows.rows);
                let found = errors::went_missing(span, fault, rows.count, &cells, self.catalog);
                self.diagnostics.push(found);
            }
        }
    }
}

#[cfg(test)]
mod tests;
