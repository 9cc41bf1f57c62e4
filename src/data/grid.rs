//! The head of a sheet, its cells owned: what header detection and provisional kinds look at.

use crate::data::dates;
use crate::data::reader::{Book, Flow, RawCell, RawValue, Sink, Style};
use crate::data::{Error, NumberShape};

/// Rows and cells looked at; a sheet within these limits is known whole.
const HEAD_ROWS: usize = 3000;
const HEAD_CELLS: usize = 150_000;

/// A value with what its format says applied.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    /// A number and how it is shown.
    Number(f64, NumberShape),
    /// A date, in days since 1970-01-01.
    Date(i32),
    /// Text, never blank.
    Text(String),
    /// `TRUE`, `FALSE`.
    Boolean(bool),
    /// `#DIV/0!` and its like.
    Error(String),
}

/// A row of the head.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct GridRow {
    /// Zero-based row of the sheet.
    pub(crate) row: u32,
    /// Hidden in the workbook.
    pub(crate) hidden: bool,
    /// Filled cells by ascending column.
    pub(crate) cells: Vec<(u32, Value)>,
}

/// The head of a sheet: its filled rows in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Grid {
    /// Rows with at least one filled cell.
    pub(crate) rows: Vec<GridRow>,
    /// The sheet ends here.
    pub(crate) complete: bool,
}

impl GridRow {
    /// The value in a column.
    pub(crate) fn get(&self, column: u32) -> Option<&Value> {
        self.cells.binary_search_by_key(&column, |(at, _)| *at).ok().map(|at| &self.cells[at].1)
    }
}

impl Grid {
    /// The row with this number, where it is filled.
    pub(crate) fn row(&self, row: u32) -> Option<&GridRow> {
        self.rows.binary_search_by_key(&row, |r| r.row).ok().map(|at| &self.rows[at])
    }

    /// The value of a cell.
    pub(crate) fn get(&self, row: u32, column: u32) -> Option<&Value> {
        self.row(row)?.get(column)
    }

    /// The grid without the cells for which `drop` holds.
    pub(crate) fn without(&self, drop: impl Fn(u32, u32) -> bool) -> Self {
        let rows = self.rows.iter().map(|line| GridRow {
            row: line.row,
            hidden: line.hidden,
            cells: line.cells.iter().filter(|(column, _)| !drop(line.row, *column)).cloned().collect(),
        });
        Self { rows: rows.filter(|line| !line.cells.is_empty()).collect(), complete: self.complete }
    }
}

/// Reads the head of a sheet.
pub(crate) fn head(book: &dyn Book, sheet: usize) -> Result<Grid, Error> {
    let mut sink = Head {
        book,
        is_1904: book.is_1904(),
        grid: Grid { rows: Vec::new(), complete: true },
        cells: 0,
        limit: (HEAD_ROWS, HEAD_CELLS),
    };
    book.read(sheet, None, &mut sink)?;
    let mut grid = sink.grid;
    grid.rows.retain(|line| !line.cells.is_empty());
    Ok(grid)
}

struct Head<'b> {
    book: &'b dyn Book,
    is_1904: bool,
    grid: Grid,
    cells: usize,
    limit: (usize, usize),
}

impl Sink for Head<'_> {
    fn row(&mut self, row: u32, hidden: bool) -> Flow {
        let full = self.grid.rows.len() >= self.limit.0 || self.cells >= self.limit.1;
        match self.grid.rows.last() {
            Some(last) if full && !last.cells.is_empty() => {
                self.grid.complete = false;
                return Flow::Stop;
            }
            // rows of formats alone hold nothing
            Some(last) if last.cells.is_empty() => {
                self.grid.rows.pop();
            }
            _ => {}
        }
        self.grid.rows.push(GridRow { row, hidden, cells: Vec::new() });
        Flow::Continue
    }

    fn cell(&mut self, cell: RawCell<'_>) {
        let Some(value) = value_of(self.book, self.is_1904, &cell) else { return };
        if let Some(line) = self.grid.rows.last_mut() {
            line.cells.push((cell.column, value));
            self.cells += 1;
        }
    }

    fn restart(&mut self) -> bool {
        self.grid = Grid { rows: Vec::new(), complete: true };
        self.cells = 0;
        true
    }
}

/// The value of a raw cell; `None` for text of blanks.
pub(crate) fn value_of(book: &dyn Book, is_1904: bool, cell: &RawCell<'_>) -> Option<Value> {
    let text = |text: &str| (!text.trim().is_empty()).then(|| Value::Text(text.to_owned()));
    match cell.value {
        RawValue::Number(number) => {
            let style = book.styles().get(cell.style as usize).cloned().unwrap_or_default();
            Some(match style {
                Style::Date => match dates::from_serial(number, is_1904) {
                    Some(day) => Value::Date(day),
                    None => Value::Number(number, NumberShape::Plain),
                },
                Style::Time => Value::Number(number, NumberShape::Duration),
                Style::Shape(shape) => Value::Number(number, shape),
                Style::Plain => Value::Number(number, NumberShape::Plain),
            })
        }
        RawValue::Shared(index) => text(book.shared(index)),
        RawValue::Text(inline) => text(inline),
        RawValue::Boolean(flag) => Some(Value::Boolean(flag)),
        RawValue::Error(error) => Some(Value::Error(error.to_owned())),
        RawValue::IsoDate(days) => Some(Value::Date(days.floor() as i32)),
    }
}

impl Value {
    /// The value as `inspect` shows it.
    pub(crate) fn show(&self) -> String {
        match self {
            Self::Number(number, shape) => show_number(*number, shape),
            Self::Date(day) => dates::date(*day).map_or_else(String::new, |date| date.to_string()),
            Self::Text(text) => single(text),
            Self::Boolean(flag) => flag.to_string(),
            Self::Error(error) => error.clone(),
        }
    }
}

fn show_number(number: f64, shape: &NumberShape) -> String {
    match shape {
        NumberShape::Percent => {
            let digits = format!("{:.2}", number * 100.0);
            format!("{} %", digits.trim_end_matches('0').trim_end_matches('.'))
        }
        NumberShape::Money(currency) => format!("{} {currency}", digits(number)),
        NumberShape::Duration => {
            let seconds = (number * 86_400.0).round();
            let (sign, seconds) = if seconds < 0.0 { ("-", -seconds) } else { ("", seconds) };
            let seconds = seconds.min(1e15) as u64;
            format!("{sign}{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
        }
        NumberShape::Plain => digits(number),
    }
}

/// The shortest digits of a number, without exponent where it is a whole number of reasonable size.
pub(crate) fn digits(number: f64) -> String {
    if number == 0.0 {
        return "0".to_owned();
    }
    if number.abs() < 1e17 && number.abs() >= 1e-7 { format!("{number}") } else { format!("{number:e}") }
}

/// Blanks and line breaks made single blanks.
pub(crate) fn single(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Rows for tests: cells divided by `|`, digits are numbers, blanks nothing; the first is the row `first` of the sheet.
#[cfg(test)]
pub(crate) fn drawn(lines: &[&str], first: u32) -> Vec<GridRow> {
    let cell = |text: &str| match text.parse::<f64>() {
        Ok(number) => Value::Number(number, NumberShape::Plain),
        Err(_) => Value::Text(text.to_owned()),
    };
    let line = |(row, line): (u32, &&str)| {
        let cells = (0..).zip(line.split('|').map(str::trim)).filter(|(_, text)| !text.is_empty());
        GridRow { row, hidden: false, cells: cells.map(|(column, text)| (column, cell(text))).collect() }
    };
    (first..).zip(lines).map(line).collect()
}
