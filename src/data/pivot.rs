//! Rows that carry the names of metrics → a column for each, a row for each of their keys and periods.

use crate::data::across::{Asked, Stood, distinct_name, kept};
use crate::data::metric_rows::{Line, Names};
use crate::data::units::{self, UnitOf};
use crate::data::words::{self, Scenario};
use crate::data::{Across, ColumnInfo, Kind, MetricRow, NumberShape, SourceInfo, fold_text};

/// The keys, the column of the period, and a column for every metric that a row names; `labels` are what headers say
/// besides the period.
pub(crate) fn by_metric(
    wide: &SourceInfo,
    keep: &[usize],
    slots: Vec<Vec<Across>>,
    stood: Stood<'_>,
    labels: &[String],
    asked: &Asked<'_>,
) -> SourceInfo {
    let keys = key_columns(wide, asked.names);
    let kept_keys: Vec<usize> = keep.iter().copied().filter(|at| keys.contains(at)).collect();
    let like = &wide.columns[0];
    let (long, first) = kept(wide, &kept_keys, slots, stood, like);
    let units = wide.columns.iter().position(|column| words::names_unit(&column.name));
    let mut pivot = Pivot { long, first, labels, like, units, metrics: Vec::new() };
    for (part, (lines, names)) in asked.lines.iter().zip(asked.names).enumerate() {
        if let Some(names) = names {
            pivot.part(part, lines, names);
        }
    }
    let mut long = pivot.long;
    for part in &mut long.parts {
        part.columns.resize(long.columns.len(), None);
    }
    long
}

/// The source columns that tell rows of one metric apart.
fn key_columns(wide: &SourceInfo, names: &[Option<Names>]) -> Vec<usize> {
    let mut keys = Vec::new();
    for (info, names) in wide.parts.iter().zip(names) {
        for at in names.iter().flat_map(|names| &names.keys) {
            let place = Some(info.first_column + *at as u32);
            keys.extend(info.columns.iter().position(|column| *column == place));
        }
    }
    keys
}

struct Pivot<'a> {
    long: SourceInfo,
    /// The column of the first metric.
    first: usize,
    labels: &'a [String],
    /// A column of the wide table, for the sheet of headers.
    like: &'a ColumnInfo,
    /// The column of units.
    units: Option<usize>,
    /// The names of metrics, each once.
    metrics: Vec<String>,
}

impl Pivot<'_> {
    /// Which row of a part is which metric, and which rows belong together.
    fn part(&mut self, part: usize, lines: &[Line], names: &Names) {
        let mut groups: Vec<(Vec<Option<String>>, u32)> = Vec::new();
        for line in lines {
            let text = |at: usize| line.texts.get(at).cloned().flatten();
            let Some(metric) = text(names.column) else { continue };
            let metric = joined(&metric, &names.scenario.and_then(text).unwrap_or_default());
            let number = self.number(&metric, line, self.long.parts[part].first_column + names.column as u32);
            let key: Vec<Option<String>> =
                names.keys.iter().map(|at| text(*at).map(|text| fold_text(&text))).collect();
            let known = groups.iter().find(|(known, _)| *known == key).map(|(_, row)| *row);
            let group = known.unwrap_or(line.row);
            if known.is_none() {
                groups.push((key, group));
            }
            let measure = self.first + number * self.labels.len();
            self.long.parts[part].metric_rows.push(MetricRow { row: line.row, group, measure });
        }
    }

    /// The number of a metric; one that is new gets its columns.
    fn number(&mut self, metric: &str, line: &Line, column: u32) -> usize {
        let folded = fold_text(metric);
        if let Some(known) = self.metrics.iter().position(|known| fold_text(known) == folded) {
            return known;
        }
        let split = units::split(metric);
        let beside = self.units.and_then(|at| line.texts.get(at)?.as_deref());
        let unit = beside.or(split.map(|(_, unit)| unit)).and_then(|unit| unit_of(unit, line));
        for label in self.labels {
            self.long.columns.push(ColumnInfo {
                name: distinct_name(&self.long.columns, &joined(metric, label)),
                part: split.filter(|_| label.is_empty()).map(|(bare, _)| bare.to_owned()),
                kind: Kind::Number,
                shape: line.shape.clone(),
                unit: unit.clone(),
                header: crate::cell::CellRef { row: line.row, column, ..self.like.header },
                sample: line.sample.clone(),
            });
        }
        self.metrics.push(metric.to_owned());
        self.metrics.len() - 1
    }
}

/// The unit of a row of plain numbers; `%` only where some of them are above 1.
fn unit_of(unit: &str, line: &Line) -> Option<String> {
    let percent = units::meaning(unit)? == UnitOf::Percent;
    let plain = line.shape == NumberShape::Plain;
    (plain && (!percent || line.beyond_one)).then(|| unit.to_owned())
}

/// `Revenue` and `Budget` → `Revenue Budget`; what is actual needs no word for it.
fn joined(metric: &str, label: &str) -> String {
    if label.is_empty() || words::scenario(label) == Some(Scenario::Actual) {
        metric.to_owned()
    } else {
        format!("{metric} {label}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_actual_needs_no_word_for_it() {
        assert_eq!(joined("Revenue", "Ist"), "Revenue");
        assert_eq!(joined("Revenue", "Budget"), "Revenue Budget");
        assert_eq!(joined("Revenue", ""), "Revenue");
    }
}
