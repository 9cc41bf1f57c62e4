//! `calendar from periods`: the sheet that lists the fiscal years, and its columns where they are said.

use crate::data::{Kind, Use};
use crate::source::Spanned;

use super::errors;
use super::failure::Bound;
use super::model::CalendarModel;
use super::resolver::Resolver;

impl Resolver<'_> {
    /// Binds the calendar sheet; without one nothing happens.
    pub(super) fn calendar_sheet(&mut self) {
        let program = self.program;
        let Some(Spanned { node: statement, span }) = &program.calendar_sheet else { return };
        let bound = self.source_named(&statement.source.text, statement.source.span).and_then(|source| {
            let by = statement.by.iter().map(|name| {
                self.column_in(source, name)?.ok_or_else(|| {
                    let place = format!("`{}`", self.source_shown(source));
                    let columns = self.model.sources[source].columns.clone();
                    errors::unknown_column(name.span, &name.text, &place, &columns).into()
                })
            });
            let by = by.collect::<Bound<Vec<usize>>>()?;
            let columns = self.catalog.sources.get(source).map_or(&[][..], |info| &info.columns);
            let wanted = columns
                .iter()
                .enumerate()
                .map(|(at, column)| (at, if column.kind == Kind::Date { Use::Date } else { Use::Key }));
            let wanted = wanted.collect();
            self.model.sources[source].used = true;
            Ok(CalendarModel { source, by, wanted, span: *span })
        });
        self.model.calendar_sheet = self.settle(bound);
    }
}
