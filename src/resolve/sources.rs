//! Sources: which column dates their rows, and what their `data` line adds.

use crate::data::Kind;
use crate::diagnostic::Location;
use crate::source::Span;
use crate::syntax::Name;

use super::errors;
use super::failure::{Bound, Failure};
use super::resolver::Resolver;

impl Resolver<'_> {
    /// Takes over the clauses of the `data` lines.
    pub(super) fn data_clauses(&mut self) {
        let statements: Vec<_> = self.data_statements().collect();
        for source in 0..self.catalog.sources.len() {
            let Some((_, data)) = statements.get(self.catalog.sources[source].request) else { continue };
            for condition in &data.ignore {
                let bound = self.row(condition, source);
                if let Some(condition) = self.settle(bound) {
                    self.model.sources[source].ignore.push(condition);
                }
            }
            self.model.sources[source].complete_through = data.complete_through.as_ref().map(|d| d.node);
            self.model.sources[source].settles_after = data.settles_after.as_ref().map(|d| d.node);
            if let Some(name) = &data.dates_in {
                let bound = self.stated_dates(source, name);
                if let Some(column) = self.settle(bound) {
                    self.model.sources[source].date = Some(column);
                }
            }
        }
    }

    fn stated_dates(&mut self, source: usize, name: &Name) -> Bound<usize> {
        let Some(column) = self.column_in(source, name)? else {
            let place = format!("`{}`", self.source_shown(source));
            let columns = self.model.sources[source].columns.clone();
            return Err(errors::unknown_column(name.span, &name.text, &place, &columns).into());
        };
        let kind = match self.kind_of(source, column) {
            Kind::Text => "text",
            Kind::Boolean => "truth values",
            Kind::Number if !self.may_be_days(source, column) => "numbers",
            Kind::Number | Kind::Date | Kind::Empty => return Ok(column),
        };
        let dates = self.dates(source);
        Err(errors::not_dates(name.span, &name.text, kind, &dates).into())
    }

    /// Whether a column of numbers could be days without a date format, as far as its first values tell.
    fn may_be_days(&self, source: usize, column: usize) -> bool {
        let Some(info) = self.catalog.sources[source].columns.get(column) else { return true };
        info.sample
            .iter()
            .all(|text| text.parse().is_ok_and(|number: f64| crate::data::day_of_plain(number).is_some()))
    }

    fn dates(&self, source: usize) -> Vec<String> {
        let columns = &self.catalog.sources[source].columns;
        columns.iter().filter(|c| c.kind == Kind::Date).map(|c| c.name.clone()).collect()
    }

    /// The column that dates the rows of a source: the stated one, else the first that holds dates.
    pub(super) fn date_column(&mut self, source: usize) -> Option<usize> {
        if let Some(column) = self.model.sources[source].date {
            self.say_choice(source);
            return Some(column);
        }
        let columns = &self.catalog.sources[source].columns;
        let column = columns.iter().position(|c| c.kind == Kind::Date)?;
        self.model.sources[source].date = Some(column);
        let dates = self.dates(source);
        if dates.len() > 1 {
            let at = self.source_place(source);
            let shown = self.source_shown(source);
            self.say(errors::several_date_columns(at, &shown, &dates[0], &dates[1..]));
        }
        self.say_choice(source);
        Some(column)
    }

    /// The date column of a source that a goal needs one of.
    pub(super) fn date_of(&mut self, source: usize, goal: Span) -> Bound<usize> {
        if let Some(column) = self.date_column(source) {
            return Ok(column);
        }
        let stated = self.data_statements().nth(self.catalog.sources[source].request);
        if stated.is_some_and(|(_, data)| data.dates_in.is_some()) {
            return Err(Failure::Said);
        }
        let columns = self.model.sources[source].columns.clone();
        Err(errors::no_date_column(goal, &self.source_shown(source), &columns).into())
    }

    /// What was found without being named is said once.
    fn say_choice(&mut self, source: usize) {
        if self.declared || !self.said.insert(source) {
            return;
        }
        let sheet = self.sheet_of(source);
        let file = self.file_of(source);
        let shown = if self.catalog.files.len() > 1 { format!("{file} → {sheet}") } else { sheet };
        let date = self.model.sources[source].date;
        let dates = date.and_then(|d| self.model.sources[source].columns.get(d)).cloned().unwrap_or_default();
        self.say(errors::chosen(Location::Nowhere, &shown, &dates));
    }
}
