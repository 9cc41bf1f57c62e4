//! `column NAME [in SOURCE] = EXPR`: each bound after those it depends on.

use crate::diagnostic::Location;
use crate::names::{fold, same};
use crate::syntax::Name;

use super::errors;
use super::failure::{Bound, Failure};
use super::metrics::MOST_NESTED;
use super::model::ComputedColumn;
use super::resolver::{Resolver, State};
use super::row::names_of;
use super::scope::Match;

impl Resolver<'_> {
    /// Binds every computed column; afterwards they are found like the sheet's.
    pub(super) fn computed_columns(&mut self) {
        for at in 0..self.computed.len() {
            let bound = self.computed_column(at);
            self.settle(bound);
        }
    }

    fn computed_column(&mut self, at: usize) -> Bound<()> {
        let statement = self.computed[at].statement;
        match self.computed[at].state {
            State::Done(_) => return Ok(()),
            State::Failed => return Err(Failure::Said),
            State::Open => {
                let line = |name: &str| name.to_owned();
                let from = self.stack.iter().position(|n| same(n, &statement.name.text)).unwrap_or(0);
                let mut steps: Vec<String> = self.stack[from..].iter().map(|n| line(n)).collect();
                steps.push(statement.name.text.clone());
                return Err(errors::cycle(statement.name.span, &steps).into());
            }
            State::Fresh => {}
        }
        if self.stack.len() >= MOST_NESTED {
            return Err(
                errors::nested_too_deep(statement.name.span, &statement.name.text, MOST_NESTED).into()
            );
        }
        self.computed[at].state = State::Open;
        self.stack.push(statement.name.text.clone());
        let bound = self.bind_computed(at);
        self.stack.pop();
        self.computed[at].state = match &bound {
            Ok(place) => State::Done(*place),
            Err(_) => State::Failed,
        };
        bound.map(|_| ())
    }

    fn bind_computed(&mut self, at: usize) -> Bound<(usize, usize)> {
        let (statement, span) = (self.computed[at].statement, self.computed[at].span);
        let mut names: Vec<&Name> = Vec::new();
        names_of(&statement.expr.node, &mut names);
        for name in &names {
            self.needs(at, name)?;
        }
        let source = match &statement.source {
            Some(name) => self.source_named(&name.text, name.span)?,
            None => self.source_of(&names, statement.expr.span, None)?,
        };
        self.check_free(source, &statement.name)?;
        let expr = self.row(&statement.expr, source)?;
        let index = self.columns[source].add(&statement.name.text);
        self.model.sources[source].columns.push(statement.name.text.clone());
        self.model.columns.push(ComputedColumn {
            source,
            index,
            name: statement.name.text.clone(),
            expr,
            span,
        });
        Ok((source, index))
    }

    /// Binds first what a name may stand for among the other computed columns.
    fn needs(&mut self, at: usize, name: &Name) -> Bound<()> {
        let named = self.computed_by_name.get(&fold(&name.text)).cloned().unwrap_or_default();
        for other in named {
            let own = other == at || self.computed[other].state == State::Open;
            let in_sheet = self.columns.iter().any(|c| c.find(&name.text) != Match::None);
            if !(own && in_sheet) {
                self.computed_column(other)?;
            }
        }
        Ok(())
    }

    /// Data and computed columns are never overwritten.
    fn check_free(&self, source: usize, name: &Name) -> Bound<()> {
        let Some(at) = self.columns[source].one_exact(&name.text) else { return Ok(()) };
        let shown = self.source_shown(source);
        match self.catalog.sources[source].columns.get(at) {
            Some(info) => {
                Err(errors::column_exists(name.span, &name.text, &shown, Location::Cell(info.header)).into())
            }
            None => {
                let first = self.model.columns.iter().find(|c| c.source == source && c.index == at);
                let first = first.map_or(Location::Nowhere, |c| Location::Text(c.span));
                Err(errors::defined_twice(name.span, "column", &name.text, first).into())
            }
        }
    }
}
