//! A sheet → its tables with their columns and provisional kinds, or why it holds none.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::cell::SheetId;
use crate::data::blocks::{self, Block};
use crate::data::books::OpenBook;
use crate::data::evidence::{date_years, evidence, holds_currencies, table_decimal, table_order, values};
use crate::data::grid::{self, Grid, GridRow, Value};
use crate::data::head;
use crate::data::kinds::Hints;
use crate::data::labels;
use crate::data::metric_rows::{self, Line};
use crate::data::parted::Dating;
use crate::data::reader::{RawRange, RawTable, SheetFacts};
use crate::data::{
    ColumnInfo, Error, Kind, SourceOptions, TableInfo, across, fills, header, parted, threads, totals, words,
};

/// A table with its columns, as far as the head of the sheet tells.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// The table itself.
    pub(crate) table: TableInfo,
    /// Its columns from the first to the last.
    pub(crate) columns: Vec<ColumnInfo>,
    /// How likely it is the data that bare goals mean.
    pub(crate) rank: u32,
    /// The text alone above it.
    pub(crate) title: Option<String>,
    /// Which of the columns holds ISO 4217 codes.
    pub(crate) currency: Option<usize>,
    /// How many of its rows were looked at.
    pub(crate) rows: usize,
    /// Columns that date the rows together.
    pub(crate) dating: Option<Dating>,
    /// With periods across, its rows as far as they could name metrics.
    pub(crate) lines: Vec<Line>,
    /// Its columns of texts with the folded texts in them, where they are few enough to be a category.
    pub(crate) values: Vec<(String, BTreeSet<String>)>,
    /// What `inspect` says of its cells.
    pub(crate) remarks: Vec<String>,
}

/// What a sheet holds.
#[derive(Debug, Clone, Default)]
pub(crate) struct SheetContents {
    /// Its tables, top to bottom.
    pub(crate) tables: Vec<Found>,
    /// Why there is none.
    pub(crate) left: Option<String>,
    /// What `inspect` says besides.
    pub(crate) remarks: Vec<String>,
}

/// Looks at the head of a sheet.
pub(crate) fn look(
    book: &OpenBook,
    sheet: usize,
    id: SheetId,
    options: &SourceOptions,
) -> Result<SheetContents, Error> {
    let (grid, facts) = head_and_facts(book, sheet)?;
    let mut contents = SheetContents::default();
    if grid.rows.is_empty() {
        contents.left = Some(match book {
            OpenBook::Xlsx(book) if book.has_data_model() => {
                "empty; the data are in the workbook's data model (Power Pivot), which stands on no sheet: load them to \
                 a sheet in Excel"
                    .to_owned()
            }
            _ => "empty".to_owned(),
        });
        return Ok(contents);
    }
    let excel: Vec<&RawTable> = book.book().tables().iter().filter(|table| table.sheet == sheet).collect();
    let mut blocks: Vec<(Block, Option<String>)> = Vec::new();
    if let Some((first, last)) = options.header_rows {
        blocks.extend(stated(&grid, (first.max(1) - 1, last.max(1) - 1)).map(|block| (block, None)));
    } else {
        for table in &excel {
            blocks.extend(excel_block(table).map(|block| (block, Some(table.name.clone()))));
        }
        let taken = |row, column| {
            excel.iter().any(|t| {
                (t.rows.0..=t.rows.1).contains(&row) && (t.columns.0..=t.columns.1).contains(&column)
            }) || facts.pivots.iter().any(|p| holds(p, row, column))
        };
        let rest = if excel.is_empty() && facts.pivots.is_empty() {
            Cow::Borrowed(&grid)
        } else {
            Cow::Owned(grid.without(taken))
        };
        blocks.extend(blocks::find(&rest, &facts.merged).into_iter().map(|block| (block, None)));
    }
    say_more(&grid, &facts, &mut contents);
    let hints = Hints {
        decimal: options.decimal,
        file_decimal: book.decimal(),
        order: options.date_order,
        table_order: None,
    };
    for (block, name) in blocks {
        contents.remarks.extend(block.remarks.iter().cloned());
        let found = found(&grid, &block, name, id, &facts.merged, hints);
        contents.remarks.extend(found.remarks.iter().cloned());
        contents.tables.push(found);
    }
    drop_lists(&mut contents);
    contents.tables.sort_by_key(|found| (found.table.header_rows.0, found.table.columns.0));
    if contents.tables.is_empty() {
        contents.left = Some(why_none(&grid, !facts.pivots.is_empty()));
    }
    Ok(contents)
}

/// The head of a sheet and the facts about it, which stand behind its rows: looked for at the same time.
fn head_and_facts(book: &OpenBook, sheet: usize) -> Result<(Grid, SheetFacts), Error> {
    let book = book.book();
    let (grid, facts) = threads::both(|| grid::head(book, sheet), || book.facts(sheet));
    Ok((grid?, facts?))
}

/// A column alone beside other tables is a note or a list of choices, no table.
fn drop_lists(contents: &mut SheetContents) {
    if contents.tables.len() < 2 {
        return;
    }
    let (lists, tables): (Vec<Found>, Vec<Found>) = std::mem::take(&mut contents.tables)
        .into_iter()
        .partition(|found| found.columns.len() == 1 && found.table.name.is_none());
    if tables.is_empty() {
        contents.tables = lists;
        return;
    }
    for list in lists {
        let column = crate::cell::column_letters(list.table.columns.0);
        contents.remarks.push(format!("column {column} alone beside a table: left out"));
    }
    contents.tables = tables;
}

fn say_more(grid: &Grid, facts: &SheetFacts, contents: &mut SheetContents) {
    for pivot in &facts.pivots {
        let place = crate::cell::CellRange { sheet: SheetId(0), first: pivot.first, last: pivot.last };
        contents.remarks.push(format!("pivot table at {place}: a summary of other data, left out"));
    }
    let hidden = grid.rows.iter().filter(|line| line.hidden).count();
    if hidden > 0 {
        let more = if grid.complete { "" } else { " among the first rows" };
        contents
            .remarks
            .push(format!("{}{more}: read like the others", crate::wording::count(hidden, "hidden row")));
    }
    for (first, last) in &facts.hidden_columns {
        if grid.rows.iter().any(|line| !labels::within(line, (*first, *last)).is_empty()) {
            let (a, b) = (crate::cell::column_letters(*first), crate::cell::column_letters(*last));
            let place = if a == b { format!("column {a} is") } else { format!("columns {a} to {b} are") };
            contents.remarks.push(format!("{place} hidden: read like the others"));
        }
    }
}

fn holds(area: &RawRange, row: u32, column: u32) -> bool {
    (area.first.0..=area.last.0).contains(&row) && (area.first.1..=area.last.1).contains(&column)
}

fn excel_block(table: &RawTable) -> Option<Block> {
    if table.header_rows == 0 {
        return None;
    }
    let header = table.rows.0 + table.header_rows - 1;
    let last = table.rows.1.checked_sub(table.total_rows)?;
    (last > header).then(|| Block {
        header_rows: (table.rows.0, header),
        columns: table.columns,
        last_row: Some(last),
        title: None,
        reason: format!("row {}: the header of the Excel table `{}`", header + 1, table.name),
        remarks: Vec::new(),
    })
}

/// The table below header rows that the goal file states.
fn stated(grid: &Grid, rows: (u32, u32)) -> Option<Block> {
    let heads: Vec<u32> = (rows.0..=rows.1)
        .filter_map(|row| grid.row(row))
        .flat_map(|line| line.cells.iter().map(|(column, _)| *column))
        .collect();
    let columns = (*heads.iter().min()?, *heads.iter().max()?);
    Some(Block {
        header_rows: rows,
        columns,
        last_row: None,
        title: None,
        reason: format!("row {}: stated by `header row`", rows.1 + 1),
        remarks: Vec::new(),
    })
}

/// The table of a rectangle: its first row is the header.
pub(crate) fn in_range(
    book: &OpenBook,
    range: &RawRange,
    id: SheetId,
    options: &SourceOptions,
) -> Result<Found, Error> {
    let (grid, facts) = head_and_facts(book, range.sheet)?;
    let first = range.first.0;
    let header_rows = options.header_rows.map_or((first, first), |(a, b)| (a.max(1) - 1, b.max(1) - 1));
    let block = Block {
        header_rows,
        columns: (range.first.1, range.last.1),
        last_row: Some(range.last.0),
        title: None,
        reason: format!("row {}: the first of the stated range", header_rows.1 + 1),
        remarks: Vec::new(),
    };
    let hints = Hints {
        decimal: options.decimal,
        file_decimal: book.decimal(),
        order: options.date_order,
        table_order: None,
    };
    Ok(found(&grid, &block, None, id, &facts.merged, hints))
}

fn found(
    grid: &Grid,
    block: &Block,
    name: Option<String>,
    sheet: SheetId,
    merged: &[RawRange],
    hints: Hints,
) -> Found {
    let names = header::names(grid, block, merged);
    let rows: Vec<&GridRow> = grid
        .rows
        .iter()
        .filter(|line| line.row > block.header_rows.1 && block.last_row.is_none_or(|last| line.row <= last))
        .collect();
    let evidence = evidence(&rows, block.columns);
    let order = table_order(&evidence, hints);
    let decimal = table_decimal(&evidence);
    let file_decimal = hints.file_decimal.or(decimal);
    let hints = Hints { table_order: order, file_decimal, ..hints };
    let (mut columns, mut remarks) = head::columns(&rows, names, &evidence, block.columns.0, (sheet, hints));
    let fills = fills::find(&rows, block.columns.0, &columns, merged);
    remarks.extend(fills.remarks);
    let filled = if fills.fills.is_empty() { Vec::new() } else { fills::filled(&rows, &fills.fills) };
    let rows: Vec<&GridRow> = if filled.is_empty() { rows } else { filled.iter().collect() };
    date_years(&mut columns, &rows, block.columns.0);
    let across = wide_columns(&columns);
    let dating = parted::dating(&rows, block.columns.0, &columns);
    let rank = rank(&columns, rows.len(), block, !across.is_empty() || dating.is_some());
    let table = TableInfo {
        sheet,
        name,
        header_rows: block.header_rows,
        columns: block.columns,
        last_row: block.last_row,
        reason: block.reason.clone(),
        sums: if grid.complete { totals::sums(&rows, block.columns.0, &columns) } else { Vec::new() },
        total_column: totals::category(&rows, block.columns.0, &columns),
        fills: fills.fills,
        written: (decimal, order),
    };
    let currency = columns.iter().enumerate().position(|(at, column)| {
        column.kind == Kind::Text && holds_currencies(&rows, block.columns.0 + at as u32, &column.name)
    });
    let lines = metric_rows::lines(&rows, block.columns.0, &columns, &across);
    let values = values(&rows, block.columns.0, &columns);
    Found {
        table,
        columns,
        rows: rows.len(),
        rank,
        title: block.title.clone(),
        currency,
        dating,
        lines,
        values,
        remarks,
    }
}

/// The columns that periods head, where they are a shape.
fn wide_columns(columns: &[ColumnInfo]) -> Vec<usize> {
    let found = across::detect(columns, None);
    found.map(|found| found.columns.into_iter().map(|(at, _)| at).collect()).unwrap_or_default()
}

/// Rows with dates and numbers are what goals mean; lists of words and summaries are not.
fn rank(columns: &[ColumnInfo], rows: usize, block: &Block, wide: bool) -> u32 {
    let has = |kind: Kind| columns.iter().any(|column| column.kind == kind);
    if columns.first().is_some_and(|column| words::heads_pivot(&column.name)) {
        return 0;
    }
    let mut rank = rows.min(400) as u32;
    if has(Kind::Date) || wide {
        rank += 1000;
    }
    if has(Kind::Number) {
        rank += 500;
    }
    if has(Kind::Text) {
        rank += 50;
    }
    if !has(Kind::Date) && !has(Kind::Number) {
        rank /= 10;
    }
    if block.last_row.is_none() {
        rank += 100;
    }
    rank
}

fn why_none(grid: &Grid, pivot: bool) -> String {
    if pivot {
        return "pivot table".to_owned();
    }
    let cells = || grid.rows.iter().flat_map(|line| line.cells.iter().map(|(_, value)| value));
    if cells().all(|value| matches!(value, Value::Text(_))) {
        return "text only".to_owned();
    }
    "no header row found; `header row N` states one".to_owned()
}
