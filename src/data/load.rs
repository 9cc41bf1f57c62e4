//! [`Catalog`] and the columns wanted → [`Dataset`], each sheet in one pass; a second one only where rows may be
//! totals, headers or notes and more of their cells must be seen.

use std::collections::BTreeMap;

use crate::cell::{CellRef, SheetId};
use crate::data::coerce::{self, LISTED, Misfits, Plan};
use crate::data::examine::Told;
use crate::data::fills::Stretch;
use crate::data::gather::Gathered;
use crate::data::kinds::{self, Decision, Hints};
use crate::data::overlap::{self, Side};
use crate::data::part_read::PartRead;
use crate::data::reader::Style;
use crate::data::rows::RowKind;
use crate::data::sheet_rows::SheetRows;
use crate::data::threads::{FEW_ROWS, each_on, threads};
use crate::data::xlsx::Pick;
use crate::data::{
    Catalog, Column, Dataset, Error, Fill, Fixed, Kind, MISSING_DAY, PartInfo, RowRun, Skipped, SourceInfo,
    Table, TableInfo, Use, Wanted, WantedSource, YearOf, errors,
};
use crate::diagnostic::{Diagnostic, Diagnostics};

/// Reads the columns wanted, each sheet in one pass.
pub fn load(catalog: &Catalog, wanted: &Wanted) -> (Dataset, Diagnostics, Vec<Error>) {
    let mut dataset = Dataset { tables: vec![None; catalog.sources.len()] };
    let mut diagnostics = Diagnostics::new();
    let mut failures = Vec::new();
    let mut all: Vec<_> = wanted.sources.iter().map(|request| (request, None)).collect();
    each_on(threads(), &mut all, |(request, loaded)| {
        let source = catalog.sources.get(request.source);
        *loaded = source.map(|source| Loading::new(catalog, source, request).run());
    });
    for (request, loaded) in all {
        match loaded {
            Some(Ok((table, found))) => {
                diagnostics.extend(found);
                if let Some(slot) = dataset.tables.get_mut(request.source) {
                    *slot = Some(table);
                }
            }
            Some(Err(error)) => failures.push(error),
            None => {}
        }
    }
    (dataset, diagnostics, failures)
}

/// One source on its way.
pub(crate) struct Loading<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) source: &'a SourceInfo,
    pub(crate) wanted: &'a WantedSource,
    /// Source columns read, ascending; one `Gathered` for each.
    pub(crate) columns: Vec<usize>,
    pub(crate) cells: Vec<Gathered>,
    pub(crate) styles: Vec<Style>,
    pub(crate) runs: Vec<RowRun>,
    /// With periods across, for every row the first slot of its period.
    pub(crate) slots: Vec<usize>,
    pub(crate) rows: usize,
    pub(crate) skipped: BTreeMap<RowKind, Skipped>,
    pub(crate) hidden: Skipped,
}

impl<'a> Loading<'a> {
    fn new(catalog: &'a Catalog, source: &'a SourceInfo, wanted: &'a WantedSource) -> Self {
        let mut columns: Vec<usize> = wanted.columns.iter().map(|(column, _)| *column).collect();
        columns.extend(wanted.date);
        columns.extend(anchor(source));
        columns.extend(source.currency_column);
        columns.extend(source.parts.iter().filter_map(|part| part.parted).flat_map(|made| match made.year {
            YearOf::Column(year) => vec![year, made.part],
            YearOf::Stated(_) => vec![made.part],
        }));
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
        let threads = threads();
        let parts: Vec<usize> = (0..self.source.parts.len()).collect();
        // as many at a time as there are threads, so that few parts are held beside what they are added to
        for some in parts.chunks(threads) {
            let mut reads: Vec<PartRead<'a>> =
                some.iter().filter_map(|index| self.begin_part(*index)).collect();
            let styles = self.styles.as_slice();
            each_on(threads, &mut reads, |read| read.run(styles));
            for read in reads {
                self.add_part(read)?;
            }
        }
        let twice = if self.source.parts.len() > 1 { self.twice()? } else { None };
        self.lengthen();
        self.add_fixed();
        self.add_parted();
        let (table, mut diagnostics) = self.finish();
        diagnostics.extend(twice.into_iter().collect());
        Ok((table, diagnostics))
    }

    /// A part to be read; nothing where its file is not there.
    fn begin_part(&mut self, index: usize) -> Option<PartRead<'a>> {
        let part = self.source.parts.get(index)?;
        let (table, sheet, book) = self.place(part)?;
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
        Some(PartRead::new(index, table, sheet.index, book, first_style, (places, pick), self.cells.len()))
    }

    /// Adds a part that was read to those before it.
    fn add_part(&mut self, read: PartRead<'a>) -> Result<(), Error> {
        let (index, table, sheet) = (read.index, read.table, read.sheet);
        let book = std::sync::Arc::clone(&read.book);
        let part = &self.source.parts[index];
        let start = self.rows;
        let (cells, rows, hidden) = read.finish()?;
        for (all, own) in self.cells.iter_mut().zip(cells) {
            all.append(start, own);
        }
        // rows that name metrics are known; a total among them is one, too
        let doubtful =
            if part.metric_rows.is_empty() { self.doubtful(start, &rows, &table.sums) } else { Vec::new() };
        let drop = if doubtful.is_empty() {
            Vec::new()
        } else {
            self.sort_out(&book, sheet, table, part, &rows, &doubtful)?
        };
        self.note_hidden(table, &rows, &hidden);
        self.fill(part, table, &Stretch { start, rows: &rows, drop: &drop });
        let drop: Vec<usize> = drop.into_iter().map(|(place, _)| place).collect();
        let kept = self.remove(start, &rows, &drop);
        self.rows += kept.len();
        self.add_runs(index, table.sheet, start, &kept);
        Ok(())
    }

    /// Names that stand once for several rows are given to each.
    fn fill(&mut self, part: &PartInfo, table: &TableInfo, stretch: &Stretch<'_>) {
        for (at, column) in self.columns.iter().enumerate() {
            let Some(place) = part.columns.get(*column).copied().flatten() else { continue };
            let fills: Vec<Fill> = table.fills.iter().filter(|fill| fill.column == place).copied().collect();
            self.cells[at].fill(stretch, &fills);
        }
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

    fn note_hidden(&mut self, table: &TableInfo, rows: &SheetRows, hidden: &[u32]) {
        self.hidden.count += hidden.len();
        for place in hidden.iter().take(LISTED.saturating_sub(self.hidden.cells.len())) {
            if let Some(row) = rows.get(*place as usize) {
                self.hidden.cells.push(CellRef { sheet: table.sheet, row, column: table.columns.0 });
            }
        }
    }

    pub(crate) fn is_fixed(&self, column: usize) -> bool {
        self.source.parts.iter().any(|part| part.fixed.iter().any(|(at, _)| *at == column))
    }

    /// The cell of a row in a column of the source.
    pub(crate) fn cell_of(&self, table: &Table, row: usize, column: usize) -> Option<CellRef> {
        let at = table.runs.partition_point(|run| run.first <= row).checked_sub(1)?;
        let part = self.source.parts.get(table.runs.get(at)?.part)?;
        let place = part.columns.get(column).copied().flatten().or_else(|| {
            let slots = part.across.get(*self.slots.get(row)?..)?;
            let stand = &slots.first()?.stand;
            let mut under = slots.iter().take_while(|slot| slot.stand == *stand);
            under.find(|slot| slot.measure == column).map(|slot| slot.column)
        });
        if let Some(cell) = place.and_then(|place| table.cell(row, place)) {
            return Some(cell);
        }
        metric_cell(part, table.cell(row, 0)?, *self.slots.get(row)?, column)
    }

    /// Rows that stand in two parts.
    fn twice(&self) -> Result<Option<Diagnostic>, Error> {
        if self.source.across.is_some() {
            return Ok(None);
        }
        let date = anchor(self.source).filter(|at| self.source.columns[*at].kind == Kind::Date);
        let days = date.and_then(|column| {
            let at = self.columns.binary_search(&column).ok()?;
            let evidence = coerce::evidence(&self.cells[at], &self.styles);
            let decision = kinds::decide(&evidence, &self.source.columns[column].name, self.hints());
            let name = &self.source.columns[column].name;
            let plan = Plan {
                name,
                kind: Kind::Date,
                decision: &decision,
                styles: &self.styles,
                years: true,
                is_1904: self.is_1904(),
            };
            Some(coerce::days(&self.cells[at], &plan, &mut Misfits::default()))
        });
        let days = days.or_else(|| self.fixed_days());
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

    /// The day of every row, where each part is of one period.
    fn fixed_days(&self) -> Option<Vec<i32>> {
        let of = |part: usize| {
            self.source.parts.get(part)?.fixed.iter().find_map(|(_, value)| match value {
                Fixed::Date(day) => Some(*day),
                Fixed::Text(_) => None,
            })
        };
        let mut days = vec![MISSING_DAY; self.rows];
        for run in &self.runs {
            let day = of(run.part)?;
            days.get_mut(run.first..run.first + run.count)?.fill(day);
        }
        Some(days)
    }

    /// Takes rows out of every column; the sheet rows that stay.
    fn remove(&mut self, start: usize, rows: &SheetRows, drop: &[usize]) -> SheetRows {
        let absent: Vec<u32> = drop.iter().map(|place| (start + place) as u32).collect();
        for cells in &mut self.cells {
            cells.extend_missing((start + rows.len()).saturating_sub(cells.rows()));
            cells.remove(&absent);
        }
        rows.without(drop)
    }

    fn add_runs(&mut self, part: usize, sheet: SheetId, start: usize, rows: &SheetRows) {
        let runs = rows.runs().map(|(place, sheet_row, count)| RowRun {
            first: start + place,
            count,
            sheet,
            sheet_row,
            part,
        });
        self.runs.extend(runs);
    }

    fn finish(mut self) -> (Table, Diagnostics) {
        let mut diagnostics = Diagnostics::new();
        let hints = self.hints();
        let mut uses: Vec<(usize, Use)> = self.wanted.columns.clone();
        uses.extend(self.wanted.date.map(|date| (date, Use::Date)));
        if uses.iter().any(|(_, wanted)| matches!(wanted, Use::Number | Use::Any)) {
            uses.extend(self.source.currency_column.map(|column| (column, Use::Text)));
        }
        uses.sort_unstable();
        uses.dedup();
        let mut table = Table { rows: self.rows, runs: std::mem::take(&mut self.runs), ..Table::default() };
        let mut columns = self.taken(&uses);
        let threads = if self.rows < FEW_ROWS { 1 } else { threads() };
        each_on(threads, &mut columns, |column| self.decide(column, hints));
        let mut codes = None;
        for taken in &mut columns {
            self.examine(&mut table, taken, codes.as_ref(), &mut diagnostics);
            if Some(taken.column) == self.source.currency_column {
                self.type_all(taken);
                let codes_of = taken.typed.iter().find(|typed| typed.column.kind == Kind::Text);
                codes = codes_of.map(|typed| typed.column.clone());
            }
        }
        each_on(threads, &mut columns, |column| self.type_all(column));
        let mut told: Vec<Told> = Vec::new();
        for taken in columns {
            let column = taken.column;
            for Typed { wanted, column: typed, misfits, none } in taken.typed {
                if !told.iter().any(|told| told.column == column && told.misfits == misfits) {
                    told.push(Told { column, misfits, none: none.then_some(typed.kind) });
                }
                table.columns.insert((column, wanted), typed);
            }
        }
        self.tell(&mut table, told, &mut diagnostics);
        (table, diagnostics)
    }

    /// The columns wanted with their cells, that of currencies first.
    fn taken(&mut self, uses: &[(usize, Use)]) -> Vec<Taken> {
        let mut taken = Vec::new();
        for (column, uses) in self.by_column(uses) {
            if let Ok(at) = self.columns.binary_search(&column) {
                let cells = std::mem::take(&mut self.cells[at]);
                taken.push(Taken {
                    column,
                    uses,
                    cells,
                    decision: None,
                    kinds: Vec::new(),
                    typed: Vec::new(),
                });
            }
        }
        taken
    }

    fn decide(&self, taken: &mut Taken, hints: Hints) {
        let evidence = coerce::evidence(&taken.cells, &self.styles);
        let decision = kinds::decide(&evidence, &self.source.columns[taken.column].name, hints);
        taken.kinds =
            taken.uses.iter().map(|wanted| self.kind_for(taken.column, *wanted, &decision)).collect();
        taken.decision = Some(decision);
    }

    /// Types a column for each of its uses, which takes its cells; once.
    fn type_all(&self, taken: &mut Taken) {
        let Some(decision) = taken.decision.as_ref().filter(|_| taken.typed.is_empty()) else { return };
        for (at, (wanted, kind)) in taken.uses.iter().zip(&taken.kinds).enumerate() {
            let last = at + 1 == taken.uses.len();
            let (column, misfits) =
                self.typed(&mut taken.cells, taken.column, (*wanted, *kind), decision, last);
            let none = matches!(wanted, Use::Number | Use::Date)
                && (0..self.rows).all(|row| column.data.is_missing(row));
            taken.typed.push(Typed { wanted: *wanted, column, misfits, none });
        }
    }

    fn hints(&self) -> Hints {
        let options = self.catalog.requests.get(self.source.request).map(|request| &request.options);
        let file_decimal = self.source.parts.first().and_then(|part| self.place(part)?.2.decimal());
        let written = |part: &PartInfo| self.catalog.tables.get(part.table).map(|table| table.written);
        let mut all = self.source.parts.iter().filter_map(written);
        let (decimal, order) = all.next().unwrap_or_default();
        // several parts are one column: what only one of them shows holds for it alone
        let (decimals, orders): (Vec<_>, Vec<_>) = all.unzip();
        let decimal = decimal.filter(|mark| decimals.iter().all(|other| *other == Some(*mark)));
        let table_order = order.filter(|order| orders.iter().all(|other| *other == Some(*order)));
        Hints {
            decimal: options.and_then(|o| o.decimal),
            file_decimal: file_decimal.or(decimal),
            order: options.and_then(|o| o.date_order),
            table_order,
        }
    }

    fn is_1904(&self) -> bool {
        let first = self.source.parts.first().and_then(|part| self.place(part));
        first.is_some_and(|(_, _, book)| book.book().is_1904())
    }

    /// The uses of each column wanted, the column of currencies first.
    fn by_column(&self, uses: &[(usize, Use)]) -> Vec<(usize, Vec<Use>)> {
        let mut columns: Vec<(usize, Vec<Use>)> = uses
            .chunk_by(|a, b| a.0 == b.0)
            .map(|chunk| (chunk[0].0, chunk.iter().map(|(_, wanted)| *wanted).collect()))
            .collect();
        columns.sort_by_key(|(column, _)| Some(*column) != self.source.currency_column);
        columns
    }

    fn kind_for(&self, column: usize, wanted: Use, decision: &Decision) -> Kind {
        let known = self.source.columns[column].kind;
        match wanted {
            Use::Number => Kind::Number,
            Use::Date => Kind::Date,
            Use::Key | Use::Text => Kind::Text,
            Use::Any if decision.kind == Kind::Number && known == Kind::Date => Kind::Date,
            Use::Any if self.is_fixed(column) => known,
            Use::Any => decision.kind,
        }
    }

    fn typed(
        &self,
        cells: &mut Gathered,
        column: usize,
        (wanted, kind): (Use, Kind),
        decision: &Decision,
        last: bool,
    ) -> (Column, Misfits) {
        let years = wanted == Use::Date || kind == Kind::Date;
        let name = &self.source.columns[column].name;
        coerce::typed(
            cells,
            &Plan { name, kind, decision, styles: &self.styles, years, is_1904: self.is_1904() },
            last,
        )
    }
}

/// The cell of a metric that a row names, in the group of rows that begins at `group`.
fn metric_cell(part: &PartInfo, group: CellRef, first: usize, column: usize) -> Option<CellRef> {
    let slots = part.across.get(first..)?;
    let stand = &slots.first()?.stand;
    let lines = part.metric_rows.iter().filter(|line| line.group == group.row);
    lines
        .flat_map(|line| slots.iter().take_while(|slot| slot.stand == *stand).map(move |slot| (line, slot)))
        .find(|(line, slot)| line.measure + slot.measure == column)
        .map(|(line, slot)| CellRef { row: line.row, column: slot.column, ..group })
}

/// A column on its way from cells to types.
pub(crate) struct Taken {
    pub(crate) column: usize,
    uses: Vec<Use>,
    pub(crate) cells: Gathered,
    /// How it is read, once that is decided.
    pub(crate) decision: Option<Decision>,
    /// The kind for each use.
    pub(crate) kinds: Vec<Kind>,
    typed: Vec<Typed>,
}

/// A column for one use.
struct Typed {
    wanted: Use,
    column: Column,
    misfits: Misfits,
    /// No cell fits.
    none: bool,
}

/// The sheet column of a source column, or of a slot past them.
fn sheet_column(source: &SourceInfo, part: &PartInfo, column: usize) -> Option<u32> {
    match column.checked_sub(source.columns.len()) {
        Some(slot) => part.across.get(slot).map(|slot| slot.column),
        None => part.columns.get(column).copied().flatten(),
    }
}

pub(crate) fn skipped(what: &str) -> Skipped {
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
pub(crate) fn anchor(source: &SourceInfo) -> Option<usize> {
    let stands =
        |at: &usize| source.parts.iter().any(|part| part.columns.get(*at).copied().flatten().is_some());
    let first =
        |kind: Kind| (0..source.columns.len()).filter(stands).find(|at| source.columns[*at].kind == kind);
    first(Kind::Date).or_else(|| first(Kind::Text)).or_else(|| (0..source.columns.len()).find(stands))
}

pub(crate) fn pick(table: &TableInfo, columns: Vec<u32>) -> Pick {
    Pick { columns, first_row: table.header_rows.1 + 1, last_row: table.last_row, span: table.columns }
}
