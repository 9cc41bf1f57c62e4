//! Columns that stand on no sheet: periods that stood across, and the file, sheet or period a row comes from.

use crate::data::Fixed;
use crate::data::gather::Gathered;
use crate::data::load::Loading;
use crate::data::long::Wide;
use crate::data::reader::Style;

impl Loading<'_> {
    /// Periods across become rows.
    pub(crate) fn lengthen(&mut self) {
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
    pub(crate) fn add_fixed(&mut self) {
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
}
