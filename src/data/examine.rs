//! Typed columns → what is to be said of them: cells that do not fit, currencies, scales, swapped dates.

use crate::cell::CellRef;
use crate::data::coerce::{self, LISTED, Misfit, Misfits};
use crate::data::gather::Gathered;
use crate::data::load::{Loading, Taken};
use crate::data::{Column, Kind, NumberShape, Skipped, Table, currencies, errors, scales, words};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

impl Loading<'_> {
    /// What holds for columns as a whole: currencies, scales, swapped dates.
    pub(crate) fn examine(
        &self,
        table: &mut Table,
        taken: &Taken,
        codes: Option<&Column>,
        diagnostics: &mut Diagnostics,
    ) {
        let Taken { column, cells, kinds, .. } = taken;
        let (column, Some(decision)) = (*column, &taken.decision) else { return };
        let name = &self.source.columns[column].name;
        if kinds.contains(&Kind::Date) && decision.swapped {
            let first = self.cell_of(table, 0, column);
            diagnostics.push(errors::swapped_dates(self.source, name, decision.order, first));
        }
        if !kinds.contains(&Kind::Number) {
            return;
        }
        let counted = words::names_count(name) || words::names_identity(name);
        let shares = matches!(decision.shape, NumberShape::Percent | NumberShape::Duration);
        let beside = codes.filter(|_| !counted && !shares);
        let found = currencies::by_cells(column, cells, &self.styles)
            .or_else(|| beside.and_then(|codes| currencies::by_codes(column, codes)));
        table.currencies.extend(found);
        if decision.shape == NumberShape::Percent {
            let rows = scales::other_scale(&coerce::shares(cells, &self.styles));
            self.tell_scales(table, column, &rows, cells, diagnostics);
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
                let number = cells.numbers.get(*row).unwrap_or(f64::NAN);
                Some((self.cell_of(table, *row, column)?, crate::data::grid::digits(number)))
            })
            .collect();
        let name = &self.source.columns[column].name;
        diagnostics.push(errors::two_scales(self.catalog, self.source, name, rows.len(), &located));
        table.refused.push((column, Code::D109));
    }

    /// Turns what did not fit into entries of the table and diagnostics.
    pub(crate) fn tell(&self, table: &mut Table, told: Vec<Told>, diagnostics: &mut Diagnostics) {
        let mut list: Vec<Skipped> = self.skipped.values().cloned().collect();
        if self.hidden.count > 0 {
            list.push(self.hidden.clone());
        }
        for told in told {
            for (why, found) in &told.misfits.0 {
                let cells =
                    found.rows.iter().filter_map(|row| self.cell_of(table, *row, told.column)).collect();
                let entry = Skipped {
                    what: what(*why).to_owned(),
                    column: Some(told.column),
                    count: found.count,
                    cells,
                    texts: distinct(&found.texts),
                };
                let (diagnostic, refused) = self.say(&told, *why, &entry, &found.texts);
                diagnostics.push(diagnostic);
                table.refused.extend(refused.map(|code| (told.column, code)));
                list.push(entry);
            }
        }
        for entry in list.iter().filter(|entry| entry.column.is_none()) {
            diagnostics.push(errors::rows_left_out(self.catalog, self.source, entry));
        }
        table.skipped = list;
    }

    /// What is to be said of the misfits of one sort, and the code by which they make the column unusable.
    fn say(&self, told: &Told, why: Misfit, entry: &Skipped, texts: &[String]) -> (Diagnostic, Option<Code>) {
        let name = &self.source.columns[told.column].name;
        let unfit = matches!(
            why,
            Misfit::TextInNumbers | Misfit::TextInDates | Misfit::DateInNumbers | Misfit::NumberInDates
        );
        if let (Some(kind), true) = (told.none, unfit) {
            let found = errors::no_value(self.catalog, self.source, name, kind, entry, texts);
            return (found, Some(Code::D115));
        }
        let refused = match why {
            Misfit::UndecidedDate => Some(Code::D107),
            Misfit::UndecidedNumber => Some(Code::D108),
            _ => None,
        };
        (errors::misfit(self.catalog, self.source, name, why, entry, texts), refused)
    }
}

/// What did not fit a column.
pub(crate) struct Told {
    /// Its index in the source.
    pub(crate) column: usize,
    /// The cells.
    pub(crate) misfits: Misfits,
    /// The kind wanted, where no cell fits it.
    pub(crate) none: Option<Kind>,
}

/// At most five distinct texts.
fn distinct(all: &[String]) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for text in all {
        if texts.len() < 5 && !text.is_empty() && !texts.contains(text) {
            texts.push(text.clone());
        }
    }
    texts
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
