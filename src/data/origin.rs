//! Appended parts → columns that say where a row comes from: its file, its sheet, the period in their names.

use crate::calendar::Grain;
use crate::data::sources::Part;
use crate::data::{
    Catalog, ColumnInfo, Fixed, Kind, NumberShape, SourceInfo, dates, fold_text, periods, shape,
};

/// Adds the columns that tell the parts apart; a column of the data keeps its name.
pub(crate) fn add(catalog: &Catalog, source: &mut SourceInfo, parts: &[Part]) {
    let names: Vec<(String, String)> = parts
        .iter()
        .filter_map(|part| {
            let sheet = catalog.sheets.get(part.sheet().0 as usize)?;
            Some((catalog.files.get(sheet.file)?.name.clone(), sheet.name.clone()))
        })
        .collect();
    if names.is_empty() || names.len() != source.parts.len() {
        return;
    }
    if !source.columns.iter().any(|column| column.kind == Kind::Date)
        && let Some(days) = days(catalog, parts)
    {
        let fixed = days.iter().map(|day| Fixed::Date(*day)).collect();
        let sample = days.iter().take(3).filter_map(|day| dates::date(*day)).map(|d| d.to_string()).collect();
        push(source, "period", Kind::Date, fixed, sample);
    }
    let files: Vec<&str> = names.iter().map(|(file, _)| file.as_str()).collect();
    let sheets: Vec<&str> = names.iter().map(|(_, sheet)| sheet.as_str()).collect();
    let differ = |texts: &[&str]| texts.windows(2).any(|pair| pair[0] != pair[1]);
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
        unit: None,
        header,
        sample,
    });
}

/// The first day of the period of each part, by the names of sheets, of files, or the titles. A part alone has one
/// where it is shorter than a year: a year around a list of targets does not date them.
fn days(catalog: &Catalog, parts: &[Part]) -> Option<Vec<i32>> {
    let of = |read: &dyn Fn(&Part) -> Option<String>| -> Option<Vec<i32>> {
        let found: Option<Vec<(Grain, i32)>> = parts
            .iter()
            .map(|part| {
                let heading = periods::heading(&read(part)?)?;
                let year = shape::year_around(catalog, part).filter(|year| !year.spans);
                let day = heading.when.day(heading.grain, year.map(|year| year.first))?;
                Some((heading.grain, day))
            })
            .collect();
        let found = found?;
        let fits = match found.as_slice() {
            [(grain, _)] => *grain != Grain::Year,
            several => several.windows(2).any(|pair| pair[0] != pair[1]),
        };
        fits.then(|| found.into_iter().map(|(_, day)| day).collect())
    };
    of(&|part| sheet_name(catalog, part))
        .or_else(|| of(&|part| file_stem(catalog, part)))
        .or_else(|| of(&|part| part.found.title.clone()))
}

fn sheet_name(catalog: &Catalog, part: &Part) -> Option<String> {
    catalog.sheets.get(part.sheet().0 as usize).map(|sheet| sheet.name.clone())
}

fn file_stem(catalog: &Catalog, part: &Part) -> Option<String> {
    let sheet = catalog.sheets.get(part.sheet().0 as usize)?;
    let name = &catalog.files.get(sheet.file)?.name;
    Some(name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).to_owned())
}

/// Whether two sheets without dates are named by different periods of one length: `2023` and `2024`, `Januar` and
/// `Februar`. Sheets with dates of their own are a choice, like any two with the same columns.
pub(crate) fn follow_each_other(catalog: &Catalog, one: &Part, other: &Part) -> bool {
    let read = |part: &Part| sheet_name(catalog, part).and_then(|name| periods::heading(&name));
    let dated = |part: &Part| part.found.columns.iter().any(|column| column.kind == Kind::Date);
    if dated(one) || dated(other) {
        return false;
    }
    match (read(one), read(other)) {
        (Some(one), Some(other)) => {
            one.grain == other.grain
                && one.when != other.when
                && fold_text(&one.rest) == fold_text(&other.rest)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::periods::When;

    #[test]
    fn periods_in_names() {
        let day = |y, m, d| chrono::NaiveDate::from_ymd_opt(y, m, d).map(dates::days);
        let read = |name: &str| match periods::heading(name).map(|heading| heading.when) {
            Some(When::Day(day)) => Some(day),
            _ => None,
        };
        assert_eq!(read("2024"), day(2024, 1, 1));
        assert_eq!(read("orders_2024-03"), day(2024, 3, 1));
        assert_eq!(read("Sales Jan 2024"), day(2024, 1, 1));
        assert_eq!(read("export_2025_Q1"), day(2025, 1, 1));
        assert_eq!(read("Year 2010-2011"), None);
        assert_eq!(read("North"), None);
    }
}
