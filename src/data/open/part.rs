//! The part of a file that a `data` line names: an Excel table, a defined name, a rectangle.

use super::{Opening, best_of};
use crate::data::reader::RawRange;
use crate::data::sources::Part;
use crate::data::{SourceRequest, errors, fold_text, tables};

impl Opening {
    pub(super) fn excel_table(&mut self, file: usize, name: &str, request: &SourceRequest) -> Option<Part> {
        let mut all = Vec::new();
        for id in self.sheets_of(file) {
            all.extend(self.parts(id, &request.options));
        }
        let wanted = fold_text(name);
        let called = |text: Option<&String>| text.is_some_and(|text| fold_text(text) == wanted);
        let found = all
            .iter()
            .find(|part| called(part.found.table.name.as_ref()))
            .or_else(|| all.iter().find(|part| called(part.found.title.as_ref())));
        if let Some(part) = found {
            return Some(part.clone());
        }
        let id = self.sheets_of(file).into_iter().find(|id| self.is_named(*id, name));
        if let Some(range) = self.defined_name(file, name) {
            return self.rectangle(file, &range, request);
        }
        if let Some(part) = id.and_then(|id| best_of(self.parts(id, &request.options))) {
            return Some(part);
        }
        self.diagnostics.push(errors::no_such_table(&self.catalog, &all, name, request));
        None
    }

    pub(super) fn defined_name(&self, file: usize, name: &str) -> Option<RawRange> {
        let wanted = fold_text(name);
        let book = self.catalog.books.0.get(file)?;
        book.book().names().iter().find(|(n, _)| fold_text(n) == wanted).map(|(_, range)| *range)
    }

    pub(super) fn range(&mut self, file: usize, text: &str, request: &SourceRequest) -> Option<Part> {
        if let Some(range) = self.defined_name(file, text) {
            return self.rectangle(file, &range, request);
        }
        let book = self.catalog.books.0.get(file).cloned()?;
        let sheets = book.book().sheets();
        let range = if text.contains('!') {
            crate::data::legacy::range_of(text, sheets)
        } else {
            let sheet = self
                .best_quietly(file, request)
                .and_then(|part| self.catalog.sheets.get(part.sheet().0 as usize).map(|sheet| sheet.index));
            let corners = text.split_once(':').and_then(|(a, b)| {
                Some((crate::cell::parse_a1(a.trim())?, crate::cell::parse_a1(b.trim())?))
            });
            corners.map(|(first, last)| RawRange { sheet: sheet.unwrap_or(0), first, last })
        };
        let Some(range) = range.filter(|r| r.first.0 < r.last.0 && r.first.1 <= r.last.1) else {
            self.diagnostics.push(errors::no_such_range(&self.catalog, file, text, request));
            return None;
        };
        self.rectangle(file, &range, request)
    }

    pub(super) fn best_quietly(&mut self, file: usize, request: &SourceRequest) -> Option<Part> {
        let mut all = Vec::new();
        for id in self.sheets_of(file) {
            all.extend(self.parts(id, &request.options));
        }
        best_of(all)
    }

    pub(super) fn rectangle(
        &mut self,
        file: usize,
        range: &RawRange,
        request: &SourceRequest,
    ) -> Option<Part> {
        let book = self.catalog.books.0.get(file).cloned()?;
        let id = *self.sheets_of(file).get(range.sheet)?;
        match tables::in_range(&book, range, id, &request.options) {
            Ok(found) => {
                self.catalog.tables.push(found.table.clone());
                Some(Part { table: self.catalog.tables.len() - 1, found, main: true })
            }
            Err(error) => {
                self.errors.push(error);
                None
            }
        }
    }
}
