//! Appended parts → columns that say where a row comes from: its file, its sheet, the period in their names.

use crate::calendar::Grain;
use crate::data::sources::Part;
use crate::data::{Catalog, ColumnInfo, Fixed, Kind, NumberShape, SourceInfo, across, dates, fold_text};

/// Adds the columns that tell the parts apart; a column of the data keeps its name.
pub(crate) fn add(catalog: &Catalog, source: &mut SourceInfo, parts: &[Part]) {
    let names: Vec<(String, String)> = parts
        .iter()
        .filter_map(|part| {
            let sheet = catalog.sheets.get(part.sheet().0 as usize)?;
            Some((catalog.files.get(sheet.file)?.name.clone(), sheet.name.clone()))
        })
        .collect();
    if names.len() < 2 || names.len() != source.parts.len() {
        return;
    }
    let files: Vec<&str> = names.iter().map(|(file, _)| file.as_str()).collect();
    let sheets: Vec<&str> = names.iter().map(|(_, sheet)| sheet.as_str()).collect();
    let differ = |texts: &[&str]| texts.windows(2).any(|pair| pair[0] != pair[1]);
    if !source.columns.iter().any(|column| column.kind == Kind::Date) {
        let days = periods(&sheets).or_else(|| periods(&files));
        if let Some(days) = days {
            let fixed = days.iter().map(|day| Fixed::Date(*day)).collect();
            let sample =
                days.iter().take(3).filter_map(|day| dates::date(*day)).map(|d| d.to_string()).collect();
            push(source, "period", Kind::Date, fixed, sample);
        }
    }
    for (name, texts) in [("file", &files), ("sheet", &sheets)] {
        if differ(texts) && !(name == "sheet" && differ(&files)) {
            let fixed = texts.iter().map(|text| Fixed::Text((*text).to_owned())).collect();
            let sample = texts.iter().take(3).map(|text| (*text).to_owned()).collect();
            push(source, name, Kind::Text, fixed, sample);
        }
    }
}

fn push(source: &mut SourceInfo, name: &str, kind: Kind, fixed: Vec<Fixed>, sample: Vec<String>) {
    if source.columns.iter().any(|column| fold_text(&column.name) == name) {
        return;
    }
    let Some(header) = source.columns.first().map(|column| column.header) else { return };
    let at = source.columns.len();
    for (part, value) in source.parts.iter_mut().zip(fixed) {
        part.columns.push(None);
        part.fixed.push((at, value));
    }
    source.columns.push(ColumnInfo {
        name: name.to_owned(),
        part: None,
        kind,
        shape: NumberShape::Plain,
        header,
        sample,
    });
}

/// The period that every name holds, where they differ.
fn periods(names: &[&str]) -> Option<Vec<i32>> {
    let days: Option<Vec<i32>> = names.iter().map(|name| period(name)).collect();
    days.filter(|days| days.windows(2).any(|pair| pair[0] != pair[1]))
}

/// The first day of the period in a name: `2024`, `Sales Jan 2024`, `orders_2024-03.csv`.
fn period(name: &str) -> Option<i32> {
    let bare = name.rsplit_once('.').map_or(name, |(stem, end)| if end.len() <= 4 { stem } else { name });
    let text = bare.replace('_', " ");
    [Grain::Month, Grain::Quarter, Grain::Year]
        .into_iter()
        .find_map(|grain| across::period(&text, grain, None).map(|(day, _)| day))
        .or_else(|| {
            across::year_in(&text)
                .and_then(|year| chrono::NaiveDate::from_ymd_opt(year, 1, 1))
                .map(dates::days)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_in_names() {
        let day = |y, m, d| chrono::NaiveDate::from_ymd_opt(y, m, d).map(dates::days);
        assert_eq!(period("2024"), day(2024, 1, 1));
        assert_eq!(period("orders_2024-03.csv"), day(2024, 3, 1));
        assert_eq!(period("Sales Jan 2024"), day(2024, 1, 1));
        assert_eq!(period("Year 2010-2011"), None);
        assert_eq!(period("North"), None);
    }
}
