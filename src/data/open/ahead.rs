//! Files opened and sheets looked at several at a time, before they are asked for one by one: what is found depends on
//! each alone.

use std::collections::HashSet;

use super::{FileKey, Looked, Opening};
use crate::cell::SheetId;
use crate::data::books;
use crate::data::tables;
use crate::data::threads::{each_on, threads};
use crate::data::{PartRequest, SheetVerdict, SourceOptions, SourceRequest};

impl Opening {
    /// Opens the files of all requests and looks at those of their sheets that will be asked for.
    pub(super) fn look_ahead(&mut self, requests: &[SourceRequest]) {
        self.open_ahead(requests);
        let mut known: HashSet<Looked> = HashSet::new();
        let mut sheets: Vec<(SheetId, &SourceOptions)> = Vec::new();
        for request in requests {
            for path in &request.paths {
                let Some(file) = self.file(path, &request.options) else { continue };
                for id in self.sheets_of(file) {
                    let asked = self.is_asked_for(id, &request.part);
                    if asked && known.insert((id, request.options.header_rows)) {
                        sheets.push((id, &request.options));
                    }
                }
            }
        }
        if sheets.len() > 1 {
            self.see(&sheets);
        }
    }

    fn open_ahead(&mut self, requests: &[SourceRequest]) {
        let mut known: HashSet<FileKey> = HashSet::new();
        let mut keys: Vec<FileKey> = Vec::new();
        for request in requests {
            for path in &request.paths {
                let key = (path.clone(), request.options.decimal);
                if known.insert(key.clone()) {
                    keys.push(key);
                }
            }
        }
        if keys.len() < 2 {
            return;
        }
        let limits = self.limits;
        let mut files: Vec<_> = keys.into_iter().map(|key| (key, None)).collect();
        each_on(threads(), &mut files, |(key, opened)| *opened = Some(books::open(&key.0, limits, key.1)));
        self.opened = files.into_iter().filter_map(|(key, opened)| Some((key, opened?))).collect();
    }

    /// Whether a sheet is looked at as a whole for such a request.
    fn is_asked_for(&self, id: SheetId, part: &PartRequest) -> bool {
        match part {
            PartRequest::Discover | PartRequest::Best | PartRequest::AllSheets => true,
            PartRequest::Sheets(names) => names.iter().any(|name| self.is_named(id, name)),
            PartRequest::Table(_) | PartRequest::Range(_) => false,
        }
    }

    fn see(&mut self, sheets: &[(SheetId, &SourceOptions)]) {
        let mut looks = Vec::new();
        for (id, options) in sheets {
            let Some(sheet) = self.catalog.sheets.get(id.0 as usize) else { continue };
            let Some(book) = self.catalog.books.0.get(sheet.file) else { continue };
            if sheet.verdict == SheetVerdict::Data {
                looks.push((*id, *options, sheet.index, std::sync::Arc::clone(book), None));
            }
        }
        each_on(threads(), &mut looks, |(id, options, index, book, found)| {
            *found = Some(tables::look(book, *index, *id, options));
        });
        let found = looks.into_iter().filter_map(|(id, options, _, _, found)| {
            let key: Looked = (id, options.header_rows);
            Some((key, found?))
        });
        self.seen = found.collect();
    }
}
