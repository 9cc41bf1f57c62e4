//! Months, quarters, years or the values of a category across the columns → a long table: the other columns, what
//! stood across, and the values. Rows that carry the names of metrics become columns.
//!
//! A header that names a period (`Jan 2024`, a date, `2024` over `Q1`) is one; what it says besides (`Actual`,
//! `Budget`) names the column of the value, and where it says nothing the value has the name asked for. A month
//! without a year takes it from the sheet's name, the title above or the file's name.

use crate::calendar::Grain;
use crate::data::metric_rows::{self, Line, Names};
use crate::data::periods::{self, Heading, When, Year};
use crate::data::{Across, ColumnInfo, Kind, NumberShape, SourceInfo, Stand, fold_text, pivot, words};

/// Columns of a wide source that hold the values of periods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Detected {
    /// The length of the periods.
    pub(crate) grain: Grain,
    /// The columns with their headings.
    pub(crate) columns: Vec<(usize, Heading)>,
}

/// Fewer periods than this are no shape, unless the goal file says so.
const FEWEST: usize = 3;

/// The finest periods that head columns of numbers: three of them at least, each kind of value in two. With `stated`
/// only these, however few.
pub(crate) fn detect(columns: &[ColumnInfo], stated: Option<Grain>) -> Option<Detected> {
    let fits = |kind: Kind| !matches!(kind, Kind::Text | Kind::Date);
    let mut headed: Vec<(usize, Heading)> = columns
        .iter()
        .enumerate()
        .filter(|(_, column)| fits(column.kind))
        .filter_map(|(at, column)| Some((at, periods::heading(&column.name)?)))
        .collect();
    days_as_months(&mut headed, stated);
    let of = |grain: Grain| -> Vec<(usize, Heading)> {
        headed.iter().filter(|(_, heading)| heading.grain == grain).cloned().collect()
    };
    if let Some(grain) = stated {
        let columns = of(grain);
        return (!columns.is_empty()).then_some(Detected { grain, columns });
    }
    // a table with dates of its own is long already
    if columns.iter().any(|column| column.kind == Kind::Date) {
        return None;
    }
    if counts_on(columns, &headed) {
        return None;
    }
    [Grain::Day, Grain::Week, Grain::Month, Grain::Quarter, Grain::Half, Grain::Year].into_iter().find_map(
        |grain| {
            let columns = of(grain);
            (distinct(&columns) >= FEWEST && each_in_two(&columns)).then_some(Detected { grain, columns })
        },
    )
}

/// Whether numbered headers go on past the periods of a year: `Q1` to `Q5` are questions, not quarters.
fn counts_on(columns: &[ColumnInfo], headed: &[(usize, Heading)]) -> bool {
    let letters = |name: &str| -> Option<String> {
        let bare = name.trim().to_lowercase();
        let letters = bare.trim_end_matches(|c: char| c.is_ascii_digit());
        (letters.len() < bare.len() && !letters.is_empty()).then(|| letters.to_owned())
    };
    let periods: Vec<String> = headed
        .iter()
        .filter(|(_, heading)| matches!(heading.when, When::Part(_)))
        .filter_map(|(at, _)| letters(&columns[*at].name))
        .collect();
    columns.iter().enumerate().any(|(at, column)| {
        !headed.iter().any(|(period, _)| *period == at)
            && letters(&column.name).is_some_and(|letters| periods.contains(&letters))
    })
}

/// Dates that begin or end months are months.
fn days_as_months(headed: &mut [(usize, Heading)], stated: Option<Grain>) {
    let days: Vec<i32> = headed
        .iter()
        .filter(|(_, heading)| heading.grain == Grain::Day)
        .filter_map(|(_, heading)| heading.when.day(Grain::Day, None))
        .collect();
    let months = !days.is_empty() && periods::are_months(&days);
    if !months && stated != Some(Grain::Month) {
        return;
    }
    for (_, heading) in headed.iter_mut().filter(|(_, heading)| heading.grain == Grain::Day) {
        heading.grain = Grain::Month;
        if let (When::Day(day), true) = (heading.when, months) {
            heading.when = When::Day(periods::month_start(day));
        }
    }
}

fn distinct(columns: &[(usize, Heading)]) -> usize {
    let mut whens: Vec<When> = columns.iter().map(|(_, heading)| heading.when).collect();
    whens.sort_unstable();
    whens.dedup();
    whens.len()
}

fn each_in_two(columns: &[(usize, Heading)]) -> bool {
    columns.iter().all(|(_, one)| {
        let rest = fold_text(&one.rest);
        columns.iter().any(|(_, other)| other.when != one.when && fold_text(&other.rest) == rest)
    })
}

/// What is asked of a reshaping.
pub(crate) struct Asked<'a> {
    /// The name of the value where the header has none.
    pub(crate) value: &'a str,
    /// Another name by which the value is found.
    pub(crate) alias: Option<String>,
    /// For each part the year around it.
    pub(crate) years: &'a [Option<Year>],
    /// For each part its rows, and how they name metrics, where they do.
    pub(crate) lines: &'a [&'a [Line]],
    /// The same, as to the columns of each part.
    pub(crate) names: &'a [Option<Names>],
}

/// Turns a wide source into a long one. `None` where a part of a year has no year.
pub(crate) fn reshape(wide: &SourceInfo, found: &Detected, asked: &Asked<'_>) -> Option<SourceInfo> {
    let placed = placed(wide, found, asked.years)?;
    let mut labels = Labels::default();
    let slots: Vec<Vec<Across>> = placed
        .iter()
        .map(|part| {
            let slot = |(at, column, day): &(usize, u32, i32)| Across {
                column: *column,
                stand: Stand::Day(*day),
                measure: labels.number(&found.columns[*at].1.rest),
            };
            part.iter().map(slot).collect()
        })
        .collect();
    let across: Vec<usize> = found.columns.iter().map(|(at, _)| *at).collect();
    let keep: Vec<usize> = (0..wide.columns.len())
        .filter(|at| !across.contains(at) && !is_summary(&wide.columns[*at], found.grain))
        .collect();
    let first = wide.columns.get(*across.first()?)?;
    let days: Vec<String> = placed
        .iter()
        .flatten()
        .take(3)
        .filter_map(|(_, _, day)| crate::data::dates::date(*day))
        .map(|date| date.to_string())
        .collect();
    let stood = Stood { name: found.grain.name(), kind: Kind::Date, sample: days };
    let pivoted = asked.names.iter().all(Option::is_some) && !asked.names.is_empty();
    Some(if pivoted {
        pivot::by_metric(wide, &keep, slots, stood, &labels.0, asked)
    } else {
        by_value(wide, found, (&keep, first), slots, stood, &labels, asked)
    })
}

/// Total, mean or longer period beside the periods: it would be counted once for each.
fn is_summary(column: &ColumnInfo, grain: Grain) -> bool {
    let longer = || periods::heading(&column.name).is_some_and(|h| h.grain > grain);
    column.kind == Kind::Number && (words::sums_up_periods(&column.name) || longer())
}

/// For each part the period columns it has: index in `found`, sheet column, first day.
fn placed(
    wide: &SourceInfo,
    found: &Detected,
    years: &[Option<Year>],
) -> Option<Vec<Vec<(usize, u32, i32)>>> {
    let part = |(index, info): (usize, &crate::data::PartInfo)| {
        let mut own: Vec<(usize, u32)> = found
            .columns
            .iter()
            .enumerate()
            .filter_map(|(at, (column, _))| Some((at, info.columns.get(*column).copied().flatten()?)))
            .collect();
        own.sort_by_key(|(_, column)| *column);
        let year = years.get(index).copied().flatten();
        // each kind of value runs through the periods by itself
        let mut days: Vec<(usize, u32, i32)> = Vec::new();
        let mut rests: Vec<String> = Vec::new();
        for (at, _) in &own {
            let rest = fold_text(&found.columns[*at].1.rest);
            if !rests.contains(&rest) {
                rests.push(rest);
            }
        }
        for rest in rests {
            let run: Vec<(usize, u32)> =
                own.iter().copied().filter(|(at, _)| fold_text(&found.columns[*at].1.rest) == rest).collect();
            let headings: Vec<&Heading> = run.iter().map(|(at, _)| &found.columns[*at].1).collect();
            let run_days = periods::placed(&headings, year)?;
            days.extend(run.into_iter().zip(run_days).map(|((at, column), day)| (at, column, day)));
        }
        Some(days)
    };
    wide.parts.iter().enumerate().map(part).collect()
}

/// What headers say besides the period, each once.
#[derive(Default)]
struct Labels(Vec<String>);

impl Labels {
    fn number(&mut self, label: &str) -> usize {
        let folded = fold_text(label);
        self.0.iter().position(|known| fold_text(known) == folded).unwrap_or_else(|| {
            self.0.push(label.to_owned());
            self.0.len() - 1
        })
    }
}

/// The column of what stood across.
pub(crate) struct Stood<'n> {
    name: &'n str,
    kind: Kind,
    sample: Vec<String>,
}

/// The columns kept, that of what stood across, and a column for every kind of value.
fn by_value(
    wide: &SourceInfo,
    found: &Detected,
    (keep, like): (&[usize], &ColumnInfo),
    slots: Vec<Vec<Across>>,
    stood: Stood<'_>,
    labels: &Labels,
    asked: &Asked<'_>,
) -> SourceInfo {
    let (mut long, first) = kept(wide, keep, slots, stood, like);
    for label in &labels.0 {
        let alias = asked.alias.clone().filter(|_| label.is_empty());
        let name = if label.is_empty() { asked.value.to_owned() } else { label.clone() };
        let name = distinct_name(&long.columns, &name);
        let own = found.columns.iter().find(|(_, heading)| fold_text(&heading.rest) == fold_text(label));
        let own = own.and_then(|(at, _)| wide.columns.get(*at)).unwrap_or(like);
        long.columns.push(ColumnInfo { name, part: alias, ..own.clone() });
    }
    finished(long, first)
}

/// The wide source with the columns kept and the column of what stood across, and the number of the next column.
pub(crate) fn kept(
    wide: &SourceInfo,
    keep: &[usize],
    slots: Vec<Vec<Across>>,
    stood: Stood<'_>,
    like: &ColumnInfo,
) -> (SourceInfo, usize) {
    let mut long = wide.clone();
    long.columns = keep.iter().map(|at| wide.columns[*at].clone()).collect();
    let date = long.columns.len();
    let name = distinct_name(&long.columns, stood.name);
    long.columns.push(ColumnInfo {
        name,
        part: None,
        kind: stood.kind,
        shape: NumberShape::Plain,
        unit: None,
        header: like.header,
        sample: stood.sample,
    });
    for (info, mut slots) in long.parts.iter_mut().zip(slots) {
        slots.sort_by(|a, b| (&a.stand, a.measure, a.column).cmp(&(&b.stand, b.measure, b.column)));
        info.columns = keep.iter().map(|at| info.columns.get(*at).copied().flatten()).collect();
        info.columns.push(None);
        info.across = slots;
    }
    long.currency_column = wide.currency_column.and_then(|at| keep.iter().position(|kept| *kept == at));
    long.across = Some(date);
    (long, date + 1)
}

/// Slots of a long source go to its columns from `first` on.
fn finished(mut long: SourceInfo, first: usize) -> SourceInfo {
    for info in &mut long.parts {
        info.across.iter_mut().for_each(|slot| slot.measure += first);
        info.columns.resize(long.columns.len(), None);
    }
    long
}

pub(crate) fn distinct_name(columns: &[ColumnInfo], name: &str) -> String {
    let taken = |name: &str| columns.iter().any(|column| fold_text(&column.name) == fold_text(name));
    if !taken(name) {
        return name.to_owned();
    }
    (2..=columns.len() + 2)
        .map(|number| format!("{name} {number}"))
        .find(|candidate| !taken(candidate))
        .unwrap_or_else(|| name.to_owned())
}

/// The columns of these headers, values of a category, become rows: a column of the category's name and the value.
pub(crate) fn by_names(wide: &SourceInfo, category: &str, values: &[usize], value: &str) -> SourceInfo {
    let slots = wide.parts.iter().map(|info| {
        let slot = |at: &usize| {
            let stand = Stand::Name(wide.columns[*at].name.clone());
            Some(Across { column: info.columns.get(*at).copied().flatten()?, stand, measure: 0 })
        };
        values.iter().filter_map(slot).collect::<Vec<_>>()
    });
    let slots = slots.collect();
    let keep: Vec<usize> = (0..wide.columns.len())
        .filter(|at| {
            let column = &wide.columns[*at];
            let summary = column.kind == Kind::Number && words::sums_up_periods(&column.name);
            !values.contains(at) && !summary
        })
        .collect();
    let like = values.first().map_or_else(|| wide.columns[0].clone(), |at| wide.columns[*at].clone());
    let sample = values.iter().take(3).map(|at| wide.columns[*at].name.clone()).collect();
    let stood = Stood { name: category, kind: Kind::Text, sample };
    let (mut long, first) = kept(wide, &keep, slots, stood, &like);
    let name = distinct_name(&long.columns, value);
    long.columns.push(ColumnInfo { name, part: None, ..like });
    finished(long, first)
}

/// How the rows of each part name metrics.
pub(crate) fn names_of(
    lines: &[&[Line]],
    columns: &[&[ColumnInfo]],
    stated: &[Option<usize>],
) -> Vec<Option<Names>> {
    let part = |(at, lines): (usize, &&[Line])| {
        let stated = stated.get(at).copied().flatten();
        metric_rows::names(lines, columns.get(at)?, stated)
    };
    lines.iter().enumerate().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::{CellRef, SheetId};

    fn columns(names: &[(&str, Kind)]) -> Vec<ColumnInfo> {
        names
            .iter()
            .enumerate()
            .map(|(at, (name, kind))| ColumnInfo {
                name: (*name).to_owned(),
                part: None,
                kind: *kind,
                shape: NumberShape::Plain,
                unit: None,
                header: CellRef { sheet: SheetId(0), row: 0, column: at as u32 },
                sample: Vec::new(),
            })
            .collect()
    }

    fn found(names: &[&str]) -> Option<(Grain, usize)> {
        let list: Vec<(&str, Kind)> = [("Region", Kind::Text)]
            .into_iter()
            .chain(names.iter().map(|name| (*name, Kind::Number)))
            .collect();
        detect(&columns(&list), None).map(|found| (found.grain, found.columns.len()))
    }

    #[test]
    fn periods_are_detected_by_their_headers() {
        assert_eq!(found(&["Jan", "Feb", "Mar", "Q1", "2025"]), Some((Grain::Month, 3)));
        assert_eq!(found(&["2025-01-01", "2025-02-01", "2025-03-01"]), Some((Grain::Month, 3)));
        assert_eq!(found(&["2025-01-31", "2025-02-28", "2025-03-31"]), Some((Grain::Month, 3)));
        assert_eq!(found(&["2025-01-06", "2025-01-07", "2025-01-08"]), Some((Grain::Day, 3)));
        assert_eq!(found(&["Q1 2025", "Q2 2025", "Q3 2025", "Total"]), Some((Grain::Quarter, 3)));
        assert_eq!(found(&["2021", "2022", "2023"]), Some((Grain::Year, 3)));
        let pairs = ["Jan Budget", "Jan Actual", "Feb Budget", "Feb Actual", "Mar Budget", "Mar Actual"];
        assert_eq!(found(&pairs), Some((Grain::Month, 6)));
    }

    #[test]
    fn what_is_no_shape() {
        assert_eq!(found(&["2021", "2022"]), None);
        assert_eq!(found(&["Q1", "Q2", "Q3", "Q4", "Q5"]), None);
        assert_eq!(found(&["Sales 2021", "Cost 2022", "Tax 2023"]), None);
        assert_eq!(found(&["Set 1", "Set 2", "Set 3"]), None);
        let dated = columns(&[
            ("Date", Kind::Date),
            ("Jan", Kind::Number),
            ("Feb", Kind::Number),
            ("Mar", Kind::Number),
        ]);
        assert_eq!(detect(&dated, None), None);
    }
}
