//! Rows that may be no data → those that are totals, headers, notes: told apart by all their cells.

use crate::cell::CellRef;
use crate::data::books::OpenBook;
use crate::data::coerce::LISTED;
use crate::data::load::{Loading, anchor, pick, skipped};
use crate::data::receive::Look;
use crate::data::rows::{RowKind, Shape};
use crate::data::sheet_rows::SheetRows;
use crate::data::words::{self, TotalWord};
use crate::data::{Error, Kind, PartInfo, TableInfo, dates, fold_text, stream};

impl Loading<'_> {
    /// Rows of the part just read that may be no data: places in `rows`.
    pub(crate) fn doubtful(&self, start: usize, rows: &SheetRows, sums: &[u32]) -> Vec<usize> {
        let mut doubt = vec![false; rows.len()];
        for place in sums.iter().filter_map(|row| rows.place_of(*row)) {
            doubt[place] = true;
        }
        if let Some(at) = anchor(self.source).and_then(|anchor| self.columns.binary_search(&anchor).ok()) {
            let cells = &self.cells[at];
            let is_date = self.source.columns[self.columns[at]].kind == Kind::Date;
            let mut filled = cells.numbers.present_from(start);
            filled.resize(rows.len(), false);
            let mark = |filled: &mut Vec<bool>, row: usize| {
                if let Some(place) = row.checked_sub(start).and_then(|row| filled.get_mut(row)) {
                    *place = true;
                }
            };
            let texts = cells.words.dictionary.texts();
            let fits: Vec<bool> = texts.map(|text| !is_date || dates::parse(text).is_some()).collect();
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
                .iter()
                .map(|(text, folded)| {
                    words::total(text) != TotalWord::No
                        || name
                            .strip_suffix(folded)
                            .is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
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
    pub(crate) fn sort_out(
        &mut self,
        book: &OpenBook,
        sheet: usize,
        table: &TableInfo,
        part: &PartInfo,
        rows: &SheetRows,
        doubtful: &[usize],
    ) -> Result<Vec<(usize, RowKind)>, Error> {
        let columns: Vec<(u32, &str, Kind)> = self
            .source
            .columns
            .iter()
            .zip(&part.columns)
            .filter_map(|(column, place)| Some(((*place)?, column.name.as_str(), column.kind)))
            .collect();
        let all: Vec<u32> = (table.columns.0..=table.columns.1).collect();
        let mut pick = pick(table, all);
        let wanted: Vec<u32> = doubtful.iter().filter_map(|at| rows.get(*at)).collect();
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
            let Some(place) = rows.place_of(row) else { continue };
            drop.push((place, kind));
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
}

#[cfg(test)]
mod tests {
    use crate::data::{ColumnData, PartRequest, SourceOptions, SourceRequest, Use, Wanted, WantedSource};

    /// What is left out of a CSV file, with its rows of the sheet, and the numbers of its last column that stay.
    fn left_out(text: &str) -> (Vec<(String, Vec<u32>)>, Vec<f64>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, text).unwrap();
        let request = SourceRequest {
            name: None,
            paths: vec![path],
            part: PartRequest::Best,
            options: SourceOptions::default(),
            span: None,
        };
        let (catalog, ..) = crate::data::open(&[request]);
        let last = catalog.sources[0].columns.len() - 1;
        let wanted = WantedSource {
            source: 0,
            columns: vec![(last, Use::Number)],
            date: None,
            complete_through: None,
        };
        let (dataset, ..) = crate::data::load(&catalog, &Wanted { sources: vec![wanted] });
        let table = dataset.tables[0].as_ref().unwrap();
        let rows = table.skipped.iter().filter(|skipped| skipped.column.is_none());
        let rows = rows.map(|s| (s.what.clone(), s.cells.iter().map(|cell| cell.row + 1).collect()));
        let ColumnData::Number(kept) = &table.column(last, Use::Number).unwrap().data else {
            return Default::default();
        };
        (rows.collect(), kept.clone())
    }

    #[track_caller]
    fn case(text: &str, left: &[(&str, &[u32])], kept: &[f64]) {
        let (found, numbers) = left_out(text);
        let found: Vec<(&str, &[u32])> =
            found.iter().map(|(what, rows)| (what.as_str(), rows.as_slice())).collect();
        assert_eq!((found.as_slice(), numbers.as_slice()), (left, kept));
    }

    #[test]
    fn totals_and_repeated_headers_are_no_data() {
        case(
            "date;shop;amount\n2025-01-01;A;1\n2025-01-02;B;2\nTotal;;3\ndate;shop;amount\n2025-01-03;A;4\nSumme;;4\n",
            &[("total row", &[4, 7]), ("repeated header", &[5])],
            &[1.0, 2.0, 4.0],
        );
    }

    #[test]
    fn a_name_that_sounds_like_a_total_is_data() {
        case(
            "date;customer;amount\n2025-01-01;Total Fitness;1\n2025-01-02;Summa Bank;2\n2025-01-03;Ann;3\n",
            &[],
            &[1.0, 2.0, 3.0],
        );
    }

    #[test]
    fn a_row_without_a_date_that_is_no_total_is_data() {
        case("date;shop;amount\n2025-01-01;A;1\n;B;2\n2025-01-03;C;3\n", &[], &[1.0, 2.0, 3.0]);
    }

    #[test]
    fn a_text_alone_among_four_columns_is_a_note() {
        case(
            "date;shop;pieces;amount\n2025-01-01;A;1;1\nreturned goods;;;\n2025-01-03;C;3;3\n2025-01-04;C;3;5\n",
            &[("row with a text alone", &[3])],
            &[1.0, 3.0, 5.0],
        );
    }
}
