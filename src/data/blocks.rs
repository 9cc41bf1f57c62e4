//! The head of a sheet → the tables on it: rectangles with their header rows.
//!
//! Columns that are blank throughout divide a sheet into bands; in a band the row that best heads the rows below it
//! is the header, and a later row of names behind a blank row begins another table.

use std::borrow::Cow;

use crate::data::grid::{Grid, GridRow, Value, single};
use crate::data::labels::{self, Cell, Count, Fit, within};
use crate::data::reader::RawRange;
use crate::data::spaced;
use crate::data::words;

/// A table found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Block {
    /// First and last header row.
    pub(crate) header_rows: (u32, u32),
    /// First and last column.
    pub(crate) columns: (u32, u32),
    /// Last row, where something else follows or the sheet is known to end.
    pub(crate) last_row: Option<u32>,
    /// The text alone above it.
    pub(crate) title: Option<String>,
    /// Why the header is there.
    pub(crate) reason: String,
    /// The same, for what was left out around it.
    pub(crate) remarks: Vec<String>,
}

/// Finds the tables in what is left of a sheet.
pub(crate) fn find(grid: &Grid, merged: &[RawRange]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for band in bands(&grid.rows, (0, u32::MAX)) {
        in_band(&grid.rows, band, merged, grid.complete, &mut blocks);
    }
    spaced::join_spaced(grid, &mut blocks);
    blocks.sort_by_key(|block| (block.header_rows.0, block.columns.0));
    blocks
}

/// Runs of columns that hold something, divided by columns that hold nothing.
fn bands(rows: &[GridRow], inside: (u32, u32)) -> Vec<(u32, u32)> {
    let mut filled: Vec<bool> = Vec::new();
    for (column, _) in rows.iter().flat_map(|line| within(line, inside)) {
        let at = *column as usize;
        if at >= filled.len() {
            filled.resize(at + 1, false);
        }
        filled[at] = true;
    }
    let columns: Vec<u32> =
        (0..).zip(filled).filter_map(|(column, filled)| filled.then_some(column)).collect();
    let runs = columns.chunk_by(|a, b| a + 1 == *b).map(|run| (run[0], run[run.len() - 1])).collect();
    spaced::join_lone(rows, runs)
}

fn in_band(rows: &[GridRow], band: (u32, u32), merged: &[RawRange], complete: bool, out: &mut Vec<Block>) {
    let lines = lines_in(rows, band);
    let mut from = 0;
    while let Some((head, fit)) = best_header(&lines[from..], band) {
        let head = from + head;
        let end = end_of(&lines, head, band);
        let (first, last) = header_rows(&lines, from, head, band, merged);
        let inside = &lines[first..end];
        // side by side below a common title or a wider block: the same again within
        let narrow: Vec<(u32, u32)> = bands_of(inside, band);
        if narrow.len() > 1 {
            for part in narrow {
                in_band(inside, part, merged, complete && end == lines.len(), out);
            }
        } else {
            let band = narrow.first().copied().unwrap_or(band);
            let data_end = without_notes(&lines, last, end, band);
            let bounded = end < lines.len() || data_end < end || complete;
            out.push(Block {
                header_rows: (lines[first].row, lines[last].row),
                columns: band,
                last_row: bounded.then(|| lines[data_end - 1].row),
                title: title(&lines[from..first], band),
                reason: reason(&lines[first], &lines[last], fit),
                remarks: remarks(&lines[from..first], &lines[data_end..end]),
            });
        }
        from = end;
        if from >= lines.len() {
            break;
        }
    }
}

fn bands_of(lines: &[GridRow], band: (u32, u32)) -> Vec<(u32, u32)> {
    bands(lines, band)
}

/// The rows that hold something within a band: mostly all of them.
fn lines_in(rows: &[GridRow], band: (u32, u32)) -> Cow<'_, [GridRow]> {
    let fills = |line: &&GridRow| !within(line, band).is_empty();
    if rows.iter().all(|line| fills(&line)) {
        Cow::Borrowed(rows)
    } else {
        Cow::Owned(rows.iter().filter(fills).cloned().collect())
    }
}

/// Rows tried as header: behind them a header is no longer looked for.
const TRIED: usize = 120;

fn best_header(lines: &[GridRow], band: (u32, u32)) -> Option<(usize, Fit)> {
    let mut best: Option<(usize, Fit)> = None;
    for at in 0..lines.len().min(TRIED) {
        let Some(fit) = labels::fit(lines, at, band) else { continue };
        let single_column = band.0 == band.1;
        let enough = if single_column { fit.contrast == 1 } else { fit.names >= 2 };
        if !enough || fit.cover < 0.5 || fit.score < 2.0 {
            continue;
        }
        // the first of rows that fit about equally
        if best.is_none_or(|(before, other)| fit.score > other.score + 0.15 + 0.005 * (at - before) as f64) {
            best = Some((at, fit));
        }
    }
    best
}

/// The line behind the table: where another header begins, or the end.
fn end_of(lines: &[GridRow], head: usize, band: (u32, u32)) -> usize {
    let mut at = head + 2;
    while at < lines.len() {
        let gap = lines[at].row - lines[at - 1].row > 1;
        if starts_table(lines, at, head, band, gap) {
            return at;
        }
        at += 1;
    }
    lines.len()
}

/// Whether another table begins at a line: names behind a gap (or a title and names), which head values below.
fn starts_table(lines: &[GridRow], at: usize, head: usize, band: (u32, u32), gap: bool) -> bool {
    let mut names = at;
    if gap {
        // titles may stand between the gap and the names
        while names < lines.len() && names < at + 3 && Count::of(&lines[names], band).labels == 1 {
            if within(&lines[names], band).len() > 1 {
                break;
            }
            names += 1;
        }
    }
    let Some(line) = lines.get(names) else { return false };
    if labels::cannot_head(line, band) {
        return false;
    }
    let count = Count::of(line, band);
    let header = Count::of(&lines[head], band);
    if !count.may_head() || count.labels + count.periods < 2 || labels::same_texts(line, &lines[head], band) {
        return false;
    }
    let Some(fit) = labels::fit(&lines[..lines.len().min(names + 12)], names, band) else { return false };
    if fit.contrast == 0 || fit.cover < 0.6 {
        return false;
    }
    let heads = within(line, band);
    // names where the table above holds values: no row of it
    let columns: Vec<u32> = heads.iter().map(|(column, _)| *column).collect();
    let above = &lines[head + 1..at];
    // a date in words above dates is one of them
    let texts = heads.iter().filter(|(_, value)| labels::cell(value) == Cell::Label);
    let clash = texts.filter(|(column, _)| mostly_values(above, *column)).count();
    let alike =
        |column: u32, value: &Value| (labels::cell(value) != Cell::Label) == mostly_values(above, column);
    if count.periods > 0 && !above.is_empty() && heads.iter().all(|(column, value)| alike(*column, value)) {
        return false;
    }
    let shift = columns.iter().any(|column| lines[head].get(*column).is_none());
    if gap {
        clash * 2 >= fit.contrast.max(1)
            || shift
            || count.labels + count.periods >= header.labels + header.periods
    } else {
        clash >= 2 && clash * 10 >= columns.len() * 6
    }
}

fn mostly_values(lines: &[GridRow], column: u32) -> bool {
    let cells: Vec<&Value> = lines.iter().filter_map(|line| line.get(column)).collect();
    let values = cells.iter().filter(|value| labels::cell(value) != Cell::Label).count();
    !cells.is_empty() && values * 2 > cells.len()
}

fn is_merged_over(merged: &[RawRange], row: u32, column: u32) -> Option<RawRange> {
    merged
        .iter()
        .find(|area| {
            (area.first.0..=area.last.0).contains(&row) && (area.first.1..=area.last.1).contains(&column)
        })
        .copied()
}

/// First and last line of the header: rows of group names above, of part names or units below.
fn header_rows(
    lines: &[GridRow],
    from: usize,
    head: usize,
    band: (u32, u32),
    merged: &[RawRange],
) -> (usize, usize) {
    let mut last = head;
    while last - head < 2
        && let Some(line) = lines.get(last + 1)
        && line.row == lines[last].row + 1
        && lines.get(last + 2).is_some()
        && continues_header(line, &lines[last], &lines[last + 2..], band, merged, last > head)
    {
        last += 1;
    }
    let mut first = head;
    while first > from && last - first < 2 {
        let (above, below) = (&lines[first - 1], &lines[first]);
        if above.row + 1 != below.row || !groups_header(above, below, band, merged) {
            break;
        }
        first -= 1;
    }
    (first, last)
}

/// Names below the header's names, above values.
fn continues_header(
    line: &GridRow,
    head: &GridRow,
    below: &[GridRow],
    band: (u32, u32),
    merged: &[RawRange],
    third: bool,
) -> bool {
    let cells = within(line, band);
    let count = Count::of(line, band);
    let alone = cells.len() < 2 && !third && !is_spread(cells, head.row, merged);
    if count.values > 0 || count.labels == 0 || alone {
        return false;
    }
    let under_group = cells
        .iter()
        .filter(|(column, _)| {
            is_merged_over(merged, head.row, *column)
                .is_some_and(|m| m.first.1 < m.last.1 && m.last.0 == head.row)
                || head.get(*column).is_none()
        })
        .count();
    let above_values =
        cells.iter().filter(|(column, _)| mostly_values(&below[..below.len().min(20)], *column)).count();
    let same_kind = cells.iter().filter(|(column, value)| repeats(below, *column, value)).count();
    above_values * 2 > cells.len() && same_kind == 0 && (under_group > 0 || above_values == cells.len())
        || under_group * 2 > cells.len() && same_kind == 0
}

fn repeats(below: &[GridRow], column: u32, value: &Value) -> bool {
    below.iter().take(20).any(|line| line.get(column) == Some(value))
}

fn is_spread(cells: &[(u32, Value)], row: u32, merged: &[RawRange]) -> bool {
    cells.iter().any(|(column, _)| {
        is_merged_over(merged, row, *column).is_some_and(|area| area.first.1 < area.last.1)
    })
}

/// Group names above the header's names: several, or merged over some but not all of them.
fn groups_header(above: &GridRow, below: &GridRow, band: (u32, u32), merged: &[RawRange]) -> bool {
    let cells = within(above, band);
    let count = Count::of(above, band);
    if count.values > 0 || cells.is_empty() {
        return false;
    }
    let heads = within(below, band);
    let first = heads.first().map_or(band.0, |(column, _)| *column);
    let last = heads.last().map_or(band.1, |(column, _)| *column);
    let metadata = cells.iter().any(|(_, value)| value.show().trim_end().ends_with(':'));
    let long = |(column, value): &(u32, Value)| {
        value.show().chars().count() > 60 && is_merged_over(merged, above.row, *column).is_none()
    };
    if metadata || cells.iter().any(long) {
        return false;
    }
    let spans = cells.iter().any(|(column, _)| {
        is_merged_over(merged, above.row, *column).is_some_and(|area| {
            area.first.1 < area.last.1
                && (area.first.1 > first || area.last.1 < last)
                && area.last.1 <= band.1
        })
    });
    match cells {
        [(column, _)] => spans && (*column > first || last - first >= 2),
        // several names over one column each say more of it; fewer of them name groups where names below repeat
        _ => spans || cells.len() * 2 >= heads.len() || short(cells) && has_repeats(heads),
    }
}

fn short(cells: &[(u32, Value)]) -> bool {
    cells.iter().all(|(_, value)| value.show().chars().count() <= 30)
}

fn has_repeats(heads: &[(u32, Value)]) -> bool {
    let mut names: Vec<String> = heads.iter().map(|(_, value)| value.show().to_lowercase()).collect();
    names.sort_unstable();
    names.windows(2).any(|pair| pair[0] == pair[1])
}

/// Footnotes at the end of a table are no rows of it.
fn without_notes(lines: &[GridRow], header: usize, end: usize, band: (u32, u32)) -> usize {
    let mut last = end;
    while last > header + 2 {
        let line = &lines[last - 1];
        let cells = within(line, band);
        let [(_, Value::Text(text))] = cells else { break };
        let gap = line.row - lines[last - 2].row > 1;
        let wide = band.1 - band.0 >= 2;
        let note = words::is_footnote(text) || text.chars().count() > 40;
        if !(note || gap && wide) {
            break;
        }
        last -= 1;
    }
    last
}

fn title(above: &[GridRow], band: (u32, u32)) -> Option<String> {
    above.iter().rev().find_map(|line| match within(line, band) {
        [(_, Value::Text(text))] if text.chars().count() <= 80 => Some(single(text)),
        _ => None,
    })
}

fn reason(first: &GridRow, last: &GridRow, fit: Fit) -> String {
    let place = if first.row == last.row {
        format!("row {}", first.row + 1)
    } else {
        format!("rows {} to {}", first.row + 1, last.row + 1)
    };
    let over =
        if fit.cover > 0.995 { "all".to_owned() } else { format!("{:.0} %", (fit.cover * 100.0).floor()) };
    let values = match fit.contrast {
        0 => "the first row of names".to_owned(),
        1 => "numbers or dates below one of them".to_owned(),
        n => format!("numbers or dates below {n} of them"),
    };
    format!("{place}: {} names over {over} of the cells below, {values}", fit.names)
}

fn remarks(above: &[GridRow], notes: &[GridRow]) -> Vec<String> {
    let mut remarks = Vec::new();
    let span = |lines: &[GridRow]| match (lines.first(), lines.last()) {
        (Some(a), Some(b)) if a.row == b.row => format!("row {}", a.row + 1),
        (Some(a), Some(b)) => format!("rows {} to {}", a.row + 1, b.row + 1),
        _ => String::new(),
    };
    if !above.is_empty() {
        remarks.push(format!("{} above the header: titles or notes, left out", span(above)));
    }
    if !notes.is_empty() {
        remarks.push(format!("{} below the data: notes, left out", span(notes)));
    }
    remarks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::grid::drawn;

    /// Rows of cells divided by `|`; digits are numbers, blanks nothing.
    fn grid(rows: &[&str]) -> Grid {
        let lines = drawn(rows, 0).into_iter();
        Grid { rows: lines.filter(|line| !line.cells.is_empty()).collect(), complete: true }
    }

    type Place = ((u32, u32), (u32, u32), Option<u32>);

    fn places(rows: &[&str]) -> Vec<Place> {
        find(&grid(rows), &[]).into_iter().map(|b| (b.header_rows, b.columns, b.last_row)).collect()
    }

    #[test]
    fn a_table_below_titles_that_does_not_begin_in_the_first_column() {
        let rows = [
            "",
            "| Sales report",
            "",
            "",
            "| Shop | Sales",
            "| North | 5",
            "| South | 7",
            "",
            "| Source: till",
        ];
        assert_eq!(places(&rows), [((4, 4), (1, 2), Some(6))]);
    }

    #[test]
    fn two_tables_side_by_side() {
        let rows = ["Shop | Sales | | Team | Cost", "North | 5 | | IT | 3", "South | 7 | | HR | 4"];
        assert_eq!(places(&rows), [((0, 0), (0, 1), Some(2)), ((0, 0), (3, 4), Some(2))]);
    }

    #[test]
    fn a_blank_column_before_numbers_divides_nothing() {
        let rows = ["Shop | Sales | | Cost", "North | 5 | | 3", "South | 7 | | 4"];
        assert_eq!(places(&rows), [((0, 0), (0, 3), Some(2))]);
    }

    #[test]
    fn dates_as_text_beside_what_stands_for_nothing_head_no_table() {
        let rows = [
            "Day | Shop | Margin",
            "02/01/2025 | A | 11",
            "13/01/2025 | A | 12",
            "25/01/2025 | A | n.d.",
            "26/01/2025 | A | 13",
            "",
            "27/01/2025 | A | n.d.",
            "28/01/2025 | A | 14",
        ];
        assert_eq!(places(&rows), [((0, 0), (0, 2), Some(7))]);
    }

    #[test]
    fn two_dates_and_a_number_like_a_year_head_no_table() {
        let rows = [
            "Start | End | Amount",
            "02/01/2025 08:00 | 02/01/2025 09:00 | 11",
            "13/01/2025 08:00 | 13/01/2025 09:00 | 12",
            "14/01/2025 08:00 | 14/01/2025 09:00 | 2089",
            "15/01/2025 08:00 | 15/01/2025 09:00 | 2010.5",
            "16/01/2025 08:00 | 16/01/2025 09:00 | 13",
        ];
        assert_eq!(places(&rows), [((0, 0), (0, 2), Some(5))]);
    }

    #[test]
    fn blank_columns_between_all_columns_divide_nothing() {
        let rows = [
            "Day | | Client | | Sales",
            "mon | | Ann | | 3",
            "tue | | Bob | | 4",
            "wed | | Cid | | 5",
            "thu | | Dee | | 6",
        ];
        assert_eq!(places(&rows), [((0, 0), (0, 4), Some(4))]);
    }

    #[test]
    fn two_tables_one_below_the_other() {
        let rows = [
            "Shop | Sales",
            "North | 5",
            "South | 7",
            "",
            "Complaints",
            "Team | Topic | Number",
            "A | late | 3",
        ];
        assert_eq!(places(&rows), [((0, 0), (0, 1), Some(2)), ((5, 5), (0, 2), Some(6))]);
    }

    #[test]
    fn group_names_above_the_names() {
        let rows = [
            "| Widgets | | Whatnots |",
            "Account | Actual | Budget | Actual | Budget",
            "a | 1 | 2 | 3 | 4",
            "b | 5 | 6 | 7 | 8",
        ];
        assert_eq!(places(&rows), [((0, 1), (0, 4), Some(3))]);
    }

    #[test]
    fn numbers_alone_are_no_table() {
        assert!(places(&["1 | 2", "3 | 4"]).is_empty());
    }
}
