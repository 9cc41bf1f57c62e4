//! [`Catalog`] and the columns wanted → [`Dataset`], each sheet in one pass; a second one only where rows may be
//! totals, headers or notes and more of their cells must be seen.

use std::collections::BTreeMap;

use crate::cell::{CellRef, SheetId};
use crate::data::coerce::{self, LISTED, Misfit, Misfits, Plan};
use crate::data::gather::{Gathered, PartStyles};
use crate::data::grid::Value;
use crate::data::kinds::{self, Decision, Hints};
use crate::data::long::Wide;
use crate::data::overlap::{self, Side};
use crate::data::reader::Style;
use crate::data::rows::{RowKind, Shape};
use crate::data::stream::{self, Lookup, Receiver};
use crate::data::words::{self, TotalWord};
use crate::data::xlsx::{Chunk, Other, Pick};
use crate::data::{
    Catalog, Column, ColumnData, Dataset, Error, Fixed, Kind, NumberShape, PartInfo, RowRun, Skipped,
    SourceInfo, Table, TableInfo, Use, Wanted, WantedSource, currencies, dates, errors, fold_text, scales,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// Reads the columns wanted, each sheet in one pass.
pub fn load(catalog: &Catalog, wanted: &Wanted) -> (Dataset, Diagnostics, Vec<Error>) {
    let mut dataset = Dataset { tables: vec![None; catalog.sources.len()] };
    let mut diagnostics = Diagnostics::new();
    let mut failures = Vec::new();
    for request in &wanted.sources {
        let Some(source) = catalog.sources.get(request.source) else { continue };
        match Loading::new(catalog, source, request).run() {
            Ok((table, found)) => {
                diagnostics.extend(found);
                if let Some(slot) = dataset.tables.get_mut(request.source) {
                    *slot = Some(table);
                }
            }
            Err(error) => failures.push(error),
        }
    }
    (dataset, diagnostics, failures)
}

struct Loading<'a> {
    catalog: &'a Catalog,
    source: &'a SourceInfo,
    wanted: &'a WantedSource,
    /// Source columns read, ascending; one `Gathered` for each.
    columns: Vec<usize>,
    cells: Vec<Gathered>,
    styles: Vec<Style>,
    runs: Vec<RowRun>,
    /// With periods across, for every row the first slot of its period.
    slots: Vec<usize>,
    rows: usize,
    skipped: BTreeMap<RowKind, Skipped>,
    hidden: Skipped,
}

impl<'a> Loading<'a> {
    fn new(catalog: &'a Catalog, source: &'a SourceInfo, wanted: &'a WantedSource) -> Self {
        let mut columns: Vec<usize> = wanted.columns.iter().map(|(column, _)| *column).collect();
        columns.extend(wanted.date);
        columns.extend(anchor(source));
        columns.extend(source.currency_column);
        columns.extend(total_columns(catalog, source));
        if source.across.is_some() {
            // what is made, and what it is made from
            columns.retain(|column| {
                source.parts.iter().any(|part| part.columns.get(*column).copied().flatten().is_some())
            });
            let slots = source.parts.iter().map(|part| part.across.len()).max().unwrap_or(0);
            columns.extend((0..slots).map(|slot| source.columns.len() + slot));
        }
        let last =
            source.columns.len() + source.parts.iter().map(|part| part.across.len()).max().unwrap_or(0);
        columns.retain(|column| *column < last);
        columns.sort_unstable();
        columns.dedup();
        let cells = columns.iter().map(|_| Gathered::default()).collect();
        Self {
            catalog,
            source,
            wanted,
            columns,
            cells,
            styles: Vec::new(),
            runs: Vec::new(),
            slots: Vec::new(),
            rows: 0,
            skipped: BTreeMap::new(),
            hidden: skipped("hidden row"),
        }
    }

    fn run(mut self) -> Result<(Table, Diagnostics), Error> {
        for part in 0..self.source.parts.len() {
            self.part(part)?;
        }
        let twice = if self.source.parts.len() > 1 { self.twice()? } else { None };
        self.lengthen();
        self.add_fixed();
        let (table, mut diagnostics) = self.finish();
        diagnostics.extend(twice.into_iter().collect());
        Ok((table, diagnostics))
    }

    fn part(&mut self, index: usize) -> Result<(), Error> {
        let part = &self.source.parts[index];
        let Some((table, sheet, book)) = self.place(part) else { return Ok(()) };
        let first_style = self.styles.len() as u32;
        self.styles.extend(book.book().styles().iter().cloned());
        let mut places: Vec<(u32, usize)> = self
            .columns
            .iter()
            .enumerate()
            .filter_map(|(at, column)| Some((sheet_column(self.source, part, *column)?, at)))
            .collect();
        places.sort_unstable();
        places.dedup_by_key(|(column, _)| *column);
        let pick = pick(table, places.iter().map(|(column, _)| *column).collect());
        for cells in &mut self.cells {
            cells.begin_part();
        }
        let start = self.rows;
        let mut reading = Reading {
            cells: &mut self.cells,
            places: &places,
            styles: PartStyles { all: &self.styles, first: first_style, is_1904: book.book().is_1904() },
            rows: Vec::new(),
            hidden: Vec::new(),
            start,
        };
        stream::stream(&book, sheet.index, &pick, &mut reading)?;
        let (rows, hidden) = (reading.rows, reading.hidden);
        let doubtful = self.doubtful(start, &rows, &table.sums);
        let drop = if doubtful.is_empty() {
            Vec::new()
        } else {
            self.sort_out(&book, sheet.index, table, part, &rows, &doubtful)?
        };
        self.note_hidden(table, &rows, &hidden);
        let kept = self.remove(start, &rows, &drop);
        self.rows += kept.len();
        self.add_runs(index, table.sheet, start, &kept);
        Ok(())
    }

    fn place(
        &self,
        part: &PartInfo,
    ) -> Option<(&'a TableInfo, &'a crate::data::SheetInfo, std::sync::Arc<crate::data::books::OpenBook>)>
    {
        let table = self.catalog.tables.get(part.table)?;
        let sheet = self.catalog.sheets.get(table.sheet.0 as usize)?;
        let book = self.catalog.books.0.get(sheet.file)?;
        Some((table, sheet, std::sync::Arc::clone(book)))
    }

    /// Rows of the part just read that may be no data: places in `rows`.
    fn doubtful(&self, start: usize, rows: &[u32], sums: &[u32]) -> Vec<usize> {
        let mut doubt = vec![false; rows.len()];
        for place in sums.iter().filter_map(|row| rows.binary_search(row).ok()) {
            doubt[place] = true;
        }
        if let Some(at) = anchor(self.source).and_then(|anchor| self.columns.binary_search(&anchor).ok()) {
            let cells = &self.cells[at];
            let is_date = self.source.columns[self.columns[at]].kind == Kind::Date;
            let mut filled = vec![false; rows.len()];
            let mark = |filled: &mut Vec<bool>, row: usize| {
                if let Some(place) = row.checked_sub(start).and_then(|row| filled.get_mut(row)) {
                    *place = true;
                }
            };
            for (row, _) in cells.numbers.iter().enumerate().skip(start).filter(|(_, n)| !n.is_nan()) {
                mark(&mut filled, row);
            }
            let texts = &cells.words.dictionary.texts;
            let fits: Vec<bool> = texts.iter().map(|text| !is_date || dates::parse(text).is_some()).collect();
            for (row, code) in cells.codes.iter().enumerate().skip(start) {
                if fits.get(*code as usize).copied().unwrap_or(false) {
                    mark(&mut filled, row);
                }
            }
            for (row, _) in &cells.others {
                mark(&mut filled, *row as usize);
            }
            doubt.iter_mut().zip(filled).for_each(|(doubt, filled)| *doubt |= !filled);
        }
        for (at, cells) in self.cells.iter().enumerate() {
            let Some(info) = self.source.columns.get(self.columns[at]) else { continue };
            let name = fold_text(&info.name);
            let suspect: Vec<bool> = cells
                .words
                .dictionary
                .texts
                .iter()
                .zip(&cells.words.dictionary.folded)
                .map(|(text, folded)| {
                    words::total(text) != TotalWord::No
                        || *folded == name
                        || name.ends_with(&format!(" {folded}"))
                })
                .collect();
            if !suspect.contains(&true) {
                continue;
            }
            for (row, code) in cells.codes.iter().enumerate().skip(start) {
                if suspect.get(*code as usize).copied().unwrap_or(false) {
                    doubt[row - start] = true;
                }
            }
        }
        doubt.iter().enumerate().filter(|(_, doubt)| **doubt).map(|(at, _)| at).collect()
    }

    /// Looks at all cells of the doubtful rows; the places of those that are no data.
    fn sort_out(
        &mut self,
        book: &crate::data::books::OpenBook,
        sheet: usize,
        table: &TableInfo,
        part: &PartInfo,
        rows: &[u32],
        doubtful: &[usize],
    ) -> Result<Vec<usize>, Error> {
        let columns: Vec<(u32, &str, Kind)> = self
            .source
            .columns
            .iter()
            .zip(&part.columns)
            .filter_map(|(column, place)| Some(((*place)?, column.name.as_str(), column.kind)))
            .collect();
        let all: Vec<u32> = (table.columns.0..=table.columns.1).collect();
        let mut pick = pick(table, all);
        let wanted: Vec<u32> = doubtful.iter().map(|at| rows[*at]).collect();
        pick.first_row = wanted.first().copied().unwrap_or(pick.first_row);
        let mut look = Look {
            shape: Shape { columns, total_column: table.total_column },
            columns: pick.columns.clone(),
            wanted,
            styles: book.book().styles(),
            is_1904: book.book().is_1904(),
            found: Vec::new(),
        };
        stream::stream(book, sheet, &pick, &mut look)?;
        let mut drop = Vec::new();
        for (row, kind, column, text) in look.found {
            let kind = if table.sums.contains(&row) { RowKind::Total } else { kind };
            if kind == RowKind::Data {
                continue;
            }
            let Ok(place) = rows.binary_search(&row) else { continue };
            drop.push(place);
            let entry = self.skipped.entry(kind).or_insert_with(|| skipped(kind.word()));
            entry.count += 1;
            if entry.cells.len() < LISTED {
                entry.cells.push(CellRef { sheet: table.sheet, row, column });
            }
            if entry.texts.len() < 5 && !text.is_empty() && !entry.texts.contains(&text) {
                entry.texts.push(text);
            }
        }
        Ok(drop)
    }

    fn note_hidden(&mut self, table: &TableInfo, rows: &[u32], hidden: &[u32]) {
        self.hidden.count += hidden.len();
        for place in hidden.iter().take(LISTED.saturating_sub(self.hidden.cells.len())) {
            if let Some(row) = rows.get(*place as usize) {
                self.hidden.cells.push(CellRef { sheet: table.sheet, row: *row, column: table.columns.0 });
            }
        }
    }

    /// Periods across become rows.
    fn lengthen(&mut self) {
        if self.source.across.is_none() {
            return;
        }
        let date_style = self.styles.len() as u32;
        self.styles.push(Style::Date);
        let wide = Wide { source: self.source, columns: &self.columns, cells: &self.cells, runs: &self.runs };
        let long = wide.lengthen(date_style);
        self.rows = long.slots.len();
        self.slots = long.slots;
        self.columns = long.columns;
        self.cells = long.cells;
        self.runs = long.runs;
    }

    /// Columns that hold one value throughout a part.
    fn add_fixed(&mut self) {
        let style = self.styles.len() as u32;
        self.styles.push(Style::Date);
        for (at, column) in self.columns.iter().enumerate() {
            let Some(cells) = self.cells.get_mut(at) else { continue };
            let value = |part: usize| {
                let fixed = &self.source.parts.get(part)?.fixed;
                fixed.iter().find(|(index, _)| index == column).map(|(_, value)| value)
            };
            if value(0).is_none() {
                continue;
            }
            *cells = Gathered::default();
            for run in &self.runs {
                match value(run.part) {
                    Some(Fixed::Text(text)) => cells.extend_text(text, run.count),
                    Some(Fixed::Date(day)) => cells.extend_day(*day, run.count, style),
                    None => cells.extend_missing(run.count),
                }
            }
        }
    }

    fn is_fixed(&self, column: usize) -> bool {
        self.source.parts.iter().any(|part| part.fixed.iter().any(|(at, _)| *at == column))
    }

    /// The cell of a row in a column of the source.
    fn cell_of(&self, table: &Table, row: usize, column: usize) -> Option<CellRef> {
        let at = table.runs.partition_point(|run| run.first <= row).checked_sub(1)?;
        let part = self.source.parts.get(table.runs.get(at)?.part)?;
        let place = part.columns.get(column).copied().flatten().or_else(|| {
            let first = *self.slots.get(row)?;
            part.across.get(first..)?.iter().find(|slot| slot.measure == column).map(|slot| slot.column)
        });
        table.cell(row, place?)
    }

    /// Rows that stand in two parts.
    fn twice(&self) -> Result<Option<Diagnostic>, Error> {
        let date = anchor(self.source).filter(|at| self.source.columns[*at].kind == Kind::Date);
        let days = date.and_then(|column| {
            let at = self.columns.binary_search(&column).ok()?;
            let evidence = coerce::evidence(&self.cells[at], &self.styles);
            let decision = kinds::decide(&evidence, &self.source.columns[column].name, self.hints());
            match self.typed(at, column, Use::Date, &decision).0.data {
                ColumnData::Date(days) => Some(days),
                _ => None,
            }
        });
        let sides: Vec<Side<'_>> = self
            .source
            .parts
            .iter()
            .enumerate()
            .filter_map(|(index, part)| {
                let (table, sheet, book) = self.place(part)?;
                let runs = self.runs.iter().filter(|run| run.part == index).copied().collect();
                Some(Side { part, table, sheet: sheet.index, book, runs })
            })
            .collect();
        let found = overlap::find(&sides, days.as_deref())?;
        Ok(found.map(|found| errors::equal_rows(self.catalog, self.source, &found)))
    }

    /// Takes rows out of every column; the sheet rows that stay.
    fn remove(&mut self, start: usize, rows: &[u32], drop: &[usize]) -> Vec<u32> {
        let absent: Vec<u32> = drop.iter().map(|place| (start + place) as u32).collect();
        for cells in &mut self.cells {
            cells.extend_missing((start + rows.len()).saturating_sub(cells.rows()));
            cells.remove(&absent);
        }
        let mut next = drop.iter().peekable();
        rows.iter()
            .enumerate()
            .filter(|(place, _)| {
                let gone = next.peek() == Some(&place);
                if gone {
                    next.next();
                }
                !gone
            })
            .map(|(_, row)| *row)
            .collect()
    }

    fn add_runs(&mut self, part: usize, sheet: SheetId, start: usize, rows: &[u32]) {
        for (at, row) in rows.iter().enumerate() {
            let first = start + at;
            match self.runs.last_mut() {
                Some(run)
                    if run.part == part
                        && run.first + run.count == first
                        && run.sheet_row + run.count as u32 == *row =>
                {
                    run.count += 1;
                }
                _ => self.runs.push(RowRun { first, count: 1, sheet, sheet_row: *row, part }),
            }
        }
    }

    fn finish(mut self) -> (Table, Diagnostics) {
        let mut diagnostics = Diagnostics::new();
        let hints = self.hints();
        let mut decisions: BTreeMap<usize, Decision> = BTreeMap::new();
        for (at, column) in self.columns.iter().enumerate() {
            let evidence = coerce::evidence(&self.cells[at], &self.styles);
            decisions.insert(*column, kinds::decide(&evidence, &self.source.columns[*column].name, hints));
        }
        let mut uses: Vec<(usize, Use)> = self.wanted.columns.clone();
        uses.extend(self.wanted.date.map(|date| (date, Use::Date)));
        if uses.iter().any(|(_, wanted)| matches!(wanted, Use::Number | Use::Any)) {
            uses.extend(self.source.currency_column.map(|column| (column, Use::Text)));
        }
        uses.sort_unstable();
        uses.dedup();
        let mut table = Table { rows: self.rows, runs: std::mem::take(&mut self.runs), ..Table::default() };
        let mut told: Vec<(usize, Misfits)> = Vec::new();
        for (column, wanted) in uses {
            let (Ok(at), Some(decision)) = (self.columns.binary_search(&column), decisions.get(&column))
            else {
                continue;
            };
            let (typed, misfits) = self.typed(at, column, wanted, decision);
            if !told.iter().any(|(known, same)| *known == column && *same == misfits) {
                told.push((column, misfits));
            }
            table.columns.insert((column, wanted), typed);
        }
        self.examine(&mut table, &decisions, &mut diagnostics);
        self.tell(&mut table, told, &mut diagnostics);
        (table, diagnostics)
    }

    fn hints(&self) -> Hints {
        let options = self.catalog.requests.get(self.source.request).map(|request| &request.options);
        let file_decimal = self.source.parts.first().and_then(|part| self.place(part)?.2.decimal());
        Hints {
            decimal: options.and_then(|o| o.decimal),
            file_decimal,
            order: options.and_then(|o| o.date_order),
            table_order: None,
        }
    }

    fn typed(&self, at: usize, column: usize, wanted: Use, decision: &Decision) -> (Column, Misfits) {
        let info = &self.source.columns[column];
        let kind = match wanted {
            Use::Number => Kind::Number,
            Use::Date => Kind::Date,
            Use::Key | Use::Text => Kind::Text,
            Use::Any if decision.kind == Kind::Number && info.kind == Kind::Date => Kind::Date,
            Use::Any if self.is_fixed(column) => info.kind,
            Use::Any => decision.kind,
        };
        let plan = Plan {
            name: &info.name,
            kind,
            decision,
            styles: &self.styles,
            years: wanted == Use::Date || kind == Kind::Date,
        };
        coerce::typed(&self.cells[at], &plan)
    }

    /// What holds for columns as a whole: currencies, scales, swapped dates.
    fn examine(
        &self,
        table: &mut Table,
        decisions: &BTreeMap<usize, Decision>,
        diagnostics: &mut Diagnostics,
    ) {
        let codes = self.source.currency_column.and_then(|column| table.column(column, Use::Text).cloned());
        for (at, column) in self.columns.iter().enumerate() {
            let (cells, name) = (&self.cells[at], &self.source.columns[*column].name);
            let Some(decision) = decisions.get(column) else { continue };
            let is =
                |kind: Kind| table.columns.iter().any(|((index, _), c)| index == column && c.kind == kind);
            if is(Kind::Date) && decision.swapped {
                let first = self.cell_of(table, 0, *column);
                diagnostics.push(errors::swapped_dates(self.source, name, decision.order, first));
            }
            if !is(Kind::Number) {
                continue;
            }
            let counted = words::names_count(name) || words::names_identity(name);
            let shares = matches!(decision.shape, NumberShape::Percent | NumberShape::Duration);
            let beside = codes.as_ref().filter(|_| !counted && !shares);
            let found = currencies::by_cells(*column, cells, &self.styles)
                .or_else(|| beside.and_then(|codes| currencies::by_codes(*column, codes)));
            table.currencies.extend(found);
            if decision.shape == NumberShape::Percent {
                let rows = scales::other_scale(&coerce::shares(cells, &self.styles));
                self.tell_scales(table, *column, &rows, cells, diagnostics);
            }
        }
    }

    fn tell_scales(
        &self,
        table: &mut Table,
        column: usize,
        rows: &[usize],
        cells: &Gathered,
        diagnostics: &mut Diagnostics,
    ) {
        if rows.is_empty() {
            return;
        }
        let located: Vec<(CellRef, String)> = rows
            .iter()
            .take(LISTED)
            .filter_map(|row| {
                let number = cells.numbers.get(*row).copied().unwrap_or(f64::NAN);
                Some((self.cell_of(table, *row, column)?, crate::data::grid::digits(number)))
            })
            .collect();
        let name = &self.source.columns[column].name;
        diagnostics.push(errors::two_scales(self.catalog, self.source, name, rows.len(), &located));
        table.refused.push((column, Code::D109));
    }

    /// Turns what did not fit into entries of the table and diagnostics.
    fn tell(&self, table: &mut Table, told: Vec<(usize, Misfits)>, diagnostics: &mut Diagnostics) {
        let mut list: Vec<Skipped> = self.skipped.values().cloned().collect();
        if self.hidden.count > 0 {
            list.push(self.hidden.clone());
        }
        for (column, misfits) in told {
            for (why, found) in misfits.0 {
                let cells: Vec<CellRef> =
                    found.rows.iter().filter_map(|row| self.cell_of(table, *row, column)).collect();
                let mut texts: Vec<String> = Vec::new();
                for text in &found.texts {
                    if texts.len() < 5 && !text.is_empty() && !texts.contains(text) {
                        texts.push(text.clone());
                    }
                }
                let entry = Skipped {
                    what: what(why).to_owned(),
                    column: Some(column),
                    count: found.count,
                    cells,
                    texts,
                };
                let name = &self.source.columns[column].name;
                match why {
                    Misfit::UndecidedDate => table.refused.push((column, Code::D107)),
                    Misfit::UndecidedNumber => table.refused.push((column, Code::D108)),
                    _ => {}
                }
                diagnostics.push(errors::misfit(self.catalog, self.source, name, why, &entry, &found.texts));
                list.push(entry);
            }
        }
        for entry in list.iter().filter(|entry| entry.column.is_none()) {
            diagnostics.push(errors::rows_left_out(self.catalog, self.source, entry));
        }
        table.skipped = list;
    }
}

fn what(why: Misfit) -> &'static str {
    match why {
        Misfit::TextInNumbers => "text in a number column",
        Misfit::TextInDates => "text in a date column",
        Misfit::NumberInDates => "number in a date column",
        Misfit::DateInNumbers => "date in a number column",
        Misfit::TruthElsewhere => "true or false in a number or date column",
        Misfit::NoTruth => "neither yes nor no in a column of them",
        Misfit::Error => "error cell",
        Misfit::Uncalculated => "formula never calculated",
        Misfit::UndecidedDate => "date of two readings",
        Misfit::UndecidedNumber => "number of two readings",
    }
}

/// The sheet column of a source column, or of a slot past them.
fn sheet_column(source: &SourceInfo, part: &PartInfo, column: usize) -> Option<u32> {
    match column.checked_sub(source.columns.len()) {
        Some(slot) => part.across.get(slot).map(|slot| slot.column),
        None => part.columns.get(column).copied().flatten(),
    }
}

fn skipped(what: &str) -> Skipped {
    Skipped { what: what.to_owned(), column: None, count: 0, cells: Vec::new(), texts: Vec::new() }
}

/// The columns in which `Total` stands as a value.
fn total_columns(catalog: &Catalog, source: &SourceInfo) -> Vec<usize> {
    source
        .parts
        .iter()
        .filter_map(|part| {
            let column = catalog.tables.get(part.table)?.total_column?;
            part.columns.iter().position(|place| *place == Some(column))
        })
        .collect()
}

/// The column that every row of data has: its first date, else its first text, else its first column.
fn anchor(source: &SourceInfo) -> Option<usize> {
    let stands =
        |at: &usize| source.parts.iter().any(|part| part.columns.get(*at).copied().flatten().is_some());
    let first =
        |kind: Kind| (0..source.columns.len()).filter(stands).find(|at| source.columns[*at].kind == kind);
    first(Kind::Date).or_else(|| first(Kind::Text)).or_else(|| (0..source.columns.len()).find(stands))
}

fn pick(table: &TableInfo, columns: Vec<u32>) -> Pick {
    Pick { columns, first_row: table.header_rows.1 + 1, last_row: table.last_row, span: table.columns }
}

/// Takes the chunks of a part into the columns.
struct Reading<'r> {
    cells: &'r mut Vec<Gathered>,
    /// Sheet column and place in `cells`, by ascending column.
    places: &'r [(u32, usize)],
    styles: PartStyles<'r>,
    rows: Vec<u32>,
    hidden: Vec<u32>,
    start: usize,
}

impl Receiver for Reading<'_> {
    fn take(&mut self, chunk: &Chunk, texts: &dyn Lookup) {
        let filled: Vec<u32> =
            (0..chunk.rows.len() as u32).filter(|at| chunk.filled[*at as usize] > 0).collect();
        let keep = (filled.len() < chunk.rows.len()).then_some(filled.as_slice());
        for place in &chunk.hidden {
            if let Ok(at) = filled.binary_search(place) {
                self.hidden.push((self.rows.len() + at) as u32);
            }
        }
        self.rows.extend(filled.iter().map(|at| chunk.rows[*at as usize]));
        let end = self.start + self.rows.len();
        for (lane, (_, at)) in chunk.lanes.iter().zip(self.places) {
            if let Some(cells) = self.cells.get_mut(*at) {
                cells.extend(lane, chunk.rows.len(), keep, &self.styles, texts);
            }
        }
        for cells in self.cells.iter_mut() {
            cells.extend_missing(end.saturating_sub(cells.rows()));
        }
    }

    fn restart(&mut self) {
        let gone: Vec<u32> = (self.start..self.start + self.rows.len()).map(|row| row as u32).collect();
        for cells in self.cells.iter_mut() {
            cells.remove(&gone);
        }
        self.rows.clear();
        self.hidden.clear();
    }
}

/// Looks at rows with all their cells.
struct Look<'l> {
    shape: Shape<'l>,
    columns: Vec<u32>,
    wanted: Vec<u32>,
    styles: &'l [Style],
    is_1904: bool,
    /// Row, kind, the column of the first cell and its text.
    found: Vec<(u32, RowKind, u32, String)>,
}

impl Receiver for Look<'_> {
    fn take(&mut self, chunk: &Chunk, texts: &dyn Lookup) {
        for (place, row) in chunk.rows.iter().enumerate() {
            if self.wanted.binary_search(row).is_err() {
                continue;
            }
            let cells: Vec<(u32, Value)> = self
                .columns
                .iter()
                .zip(&chunk.lanes)
                .filter_map(|(column, lane)| Some((*column, self.value(lane, place, texts)?)))
                .collect();
            let kind = self.shape.row(&cells);
            let shown = cells
                .iter()
                .find(|(_, value)| matches!(value, Value::Text(_)))
                .or_else(|| cells.first())
                .map_or_else(|| (0, String::new()), |(column, value)| (*column, value.show()));
            self.found.push((*row, kind, shown.0, shown.1));
        }
    }

    fn restart(&mut self) {
        self.found.clear();
    }
}

impl Look<'_> {
    fn value(&self, lane: &crate::data::xlsx::Lane, place: usize, texts: &dyn Lookup) -> Option<Value> {
        if let Some(number) = lane.numbers.get(place).filter(|n| !n.is_nan()) {
            let run = lane.styles.partition_point(|(from, _)| *from as usize <= place).checked_sub(1);
            let style = run.and_then(|run| self.styles.get(lane.styles[run].1 as usize));
            return Some(match style {
                Some(Style::Date) => match dates::from_serial(*number, self.is_1904) {
                    Some(day) => Value::Date(day),
                    None => Value::Number(*number, NumberShape::Plain),
                },
                Some(Style::Shape(shape)) => Value::Number(*number, shape.clone()),
                _ => Value::Number(*number, NumberShape::Plain),
            });
        }
        if let Some(code) = lane.codes.get(place).filter(|code| **code != crate::data::xlsx::NO_TEXT) {
            let text = texts.text(*code);
            return (!text.trim().is_empty()).then(|| Value::Text(text.to_owned()));
        }
        let at = lane.others.binary_search_by_key(&(place as u32), |(row, _)| *row).ok()?;
        match &lane.others[at].1 {
            Other::Boolean(flag) => Some(Value::Boolean(*flag)),
            Other::Error(error) => Some(Value::Error(error.to_string())),
            Other::IsoDate(day) => Some(Value::Date(day.floor() as i32)),
            Other::Uncalculated => None,
        }
    }
}
