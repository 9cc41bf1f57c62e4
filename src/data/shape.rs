//! A source as its sheets lay it out → the long table that goals can use, with what was decided and how to say
//! otherwise. A clause of the goal file decides; without one the headers do.

use std::collections::BTreeSet;

use crate::calendar::Grain;
use crate::cell::SheetId;
use crate::data::across::{self, Asked, Detected};
use crate::data::metric_rows::Line;
use crate::data::periods::{self, Year};
use crate::data::sources::Part;
use crate::data::words;
use crate::data::{
    AcrossRequest, Catalog, ColumnInfo, Kind, SourceInfo, SourceOptions, SourceRequest, errors, fold_text,
};
use crate::diagnostic::Diagnostic;

/// A source in its final shape.
pub(crate) struct Shaped {
    /// The source.
    pub(crate) source: SourceInfo,
    /// What `inspect` says of it, with the sheet.
    pub(crate) remarks: Vec<(Option<SheetId>, String)>,
    /// What the run says of it.
    pub(crate) diagnostic: Option<Diagnostic>,
}

/// The final shape of a source of these parts.
pub(crate) fn shaped(catalog: &Catalog, wide: SourceInfo, parts: &[Part], request: &SourceRequest) -> Shaped {
    let shaping = Shaping { catalog, parts, request, wide };
    match &request.options.across {
        Some(AcrossRequest::Nothing) => shaping.unchanged(None),
        Some(AcrossRequest::Names(category, value)) => shaping.stated_names(category, value),
        Some(AcrossRequest::Periods(grain, year, value)) => shaping.stated_periods(*grain, *year, value),
        None => shaping.detected(),
    }
}

struct Shaping<'a> {
    catalog: &'a Catalog,
    parts: &'a [Part],
    request: &'a SourceRequest,
    wide: SourceInfo,
}

impl Shaping<'_> {
    fn unchanged(self, diagnostic: Option<Diagnostic>) -> Shaped {
        Shaped { source: self.wide, remarks: Vec::new(), diagnostic }
    }

    fn years(&self) -> Vec<Option<Year>> {
        self.parts.iter().map(|part| year_around(self.catalog, part)).collect()
    }

    fn lines(&self) -> Vec<&[Line]> {
        self.parts.iter().map(|part| part.found.lines.as_slice()).collect()
    }

    /// For each part the column, in its table, that the goal file says holds names of metrics.
    fn stated_metrics(&self) -> Vec<Option<usize>> {
        let wanted = self.request.options.metrics_in.as_deref().map(fold_text);
        self.parts
            .iter()
            .map(|part| {
                let wanted = wanted.as_ref()?;
                part.found.columns.iter().position(|column| fold_text(&column.name) == *wanted)
            })
            .collect()
    }

    fn names(&self) -> Vec<Option<crate::data::metric_rows::Names>> {
        let columns: Vec<&[ColumnInfo]> =
            self.parts.iter().map(|part| part.found.columns.as_slice()).collect();
        across::names_of(&self.lines(), &columns, &self.stated_metrics())
    }

    fn stated_periods(self, grain: Grain, year: Option<i32>, value: &str) -> Shaped {
        let stated = year.map(|first| Year { first, spans: true });
        let years: Vec<Option<Year>> = self.years().into_iter().map(|around| stated.or(around)).collect();
        let pivot = self.request.options.metrics_in.is_some();
        let names = if pivot { self.names() } else { Vec::new() };
        let long = across::detect(&self.wide.columns, Some(grain)).and_then(|found| {
            let asked = Asked { value, alias: None, years: &years, lines: &self.lines(), names: &names };
            Some((across::reshape(&self.wide, &found, &asked)?, found))
        });
        match long {
            Some((source, found)) => self.done(source, &found),
            None => {
                let none = errors::none_across(&self.wide, grain, self.request);
                self.unchanged(Some(none))
            }
        }
    }

    fn stated_names(self, category: &str, value: &str) -> Shaped {
        let values: Vec<usize> =
            self.wide.columns.iter().enumerate().filter(is_value).map(|(at, _)| at).collect();
        if values.is_empty() {
            let none = errors::no_names_across(&self.wide, category, self.request);
            return self.unchanged(Some(none));
        }
        let source = across::by_names(&self.wide, category, &values, value);
        Shaped { source, remarks: Vec::new(), diagnostic: None }
    }

    /// What the headers say by themselves.
    fn detected(self) -> Shaped {
        let Some(found) = across::detect(&self.wide.columns, None) else { return self.unchanged(None) };
        let names = self.names();
        let names = if names.iter().all(Option::is_some) { names } else { Vec::new() };
        let years = self.years();
        let lines = self.lines();
        let alias = Some(self.wide.name.clone()).filter(|name| {
            !self.wide.columns.iter().any(|column| fold_text(&column.name) == fold_text(name))
        });
        let asked = Asked { value: "value", alias, years: &years, lines: &lines, names: &names };
        match across::reshape(&self.wide, &found, &asked) {
            Some(source) => self.done(source, &found),
            None => {
                let letters = self.letters(&found);
                let missing = errors::no_year(&self.wide, &found, letters, self.request);
                let word = found.grain.name();
                let text = format!("{word}s across, of no year: `{word}s across in 2025` says which");
                let remarks = vec![(self.sheet(), text)];
                Shaped { source: self.wide, remarks, diagnostic: Some(missing) }
            }
        }
    }

    fn sheet(&self) -> Option<SheetId> {
        self.parts.first().map(Part::sheet)
    }

    /// The letters of the first and last column of periods.
    fn letters(&self, found: &Detected) -> (String, String) {
        let mut columns: Vec<u32> =
            found.columns.iter().map(|(at, _)| self.wide.columns[*at].header.column).collect();
        columns.sort_unstable();
        let letters = |column: Option<&u32>| crate::cell::column_letters(column.copied().unwrap_or(0));
        (letters(columns.first()), letters(columns.last()))
    }

    fn done(self, source: SourceInfo, found: &Detected) -> Shaped {
        let word = found.grain.name();
        let (first, last) = self.letters(found);
        let pivoted = source.parts.iter().any(|part| !part.metric_rows.is_empty());
        let made = if pivoted { "the names in the rows are columns" } else { "each cell is a row" };
        let stated = self.request.options.across.is_some();
        let mut text = format!("{word}s across the columns {first} to {last}: {made}");
        if !stated {
            let other = if pivoted {
                format!("`{word}s across` keeps the rows apart, `nothing across` the columns")
            } else {
                "`nothing across` keeps the columns, `metrics in COLUMN` makes columns of the rows".to_owned()
            };
            text = format!("{text}; {other}");
        }
        let left: Vec<String> = self
            .wide
            .columns
            .iter()
            .enumerate()
            .filter(|(at, column)| {
                !found.columns.iter().any(|(across, _)| across == at)
                    && !source
                        .columns
                        .iter()
                        .any(|kept| kept.header == column.header && kept.name == column.name)
                    && !words::names_metrics(&column.name)
                    && column.kind == Kind::Number
            })
            .map(|(_, column)| format!("`{}`", column.name))
            .collect();
        let mut remarks = vec![(self.sheet(), text)];
        if !left.is_empty() {
            remarks.push((self.sheet(), format!("{} beside the {word}s: left out", left.join(", "))));
        }
        Shaped { source, remarks, diagnostic: None }
    }
}

fn is_value(column: &(usize, &ColumnInfo)) -> bool {
    column.1.kind == Kind::Number
        && !words::sums_up_periods(&column.1.name)
        && !words::names_year(&column.1.name)
}

/// The year that the title, the sheet, the file or its folder names.
pub(crate) fn year_around(catalog: &Catalog, part: &Part) -> Option<Year> {
    let sheet = catalog.sheets.get(part.sheet().0 as usize)?;
    let file = catalog.files.get(sheet.file)?;
    let title = part.found.title.as_deref().and_then(periods::year_in);
    let folder = || {
        let path = std::path::absolute(&file.path).ok()?;
        periods::year_in(&path.parent()?.file_name()?.to_string_lossy())
    };
    title.or_else(|| periods::year_in(&sheet.name)).or_else(|| periods::year_in(&file.name)).or_else(folder)
}

/// The values of a category across: a source whose number columns are called like the values of a text column that
/// another source, no shorter, has and it has not.
pub(crate) fn categories(
    source: &SourceInfo,
    options: &SourceOptions,
    known: &[Category],
    (own, rows): (usize, usize),
) -> Option<(String, Vec<usize>)> {
    if options.across.is_some() || source.across.is_some() {
        return None;
    }
    let values: Vec<usize> = source.columns.iter().enumerate().filter(is_value).map(|(at, _)| at).collect();
    if values.len() < 2 {
        return None;
    }
    let names: Vec<String> = values.iter().map(|at| fold_text(&source.columns[*at].name)).collect();
    let found = known.iter().find(|category| {
        category.source != own
            && category.rows >= rows
            && names.iter().all(|name| category.texts.contains(name))
            && !source.columns.iter().any(|column| fold_text(&column.name) == fold_text(&category.name))
    })?;
    Some((found.name.clone(), values))
}

/// A column of texts of a source that could stand across in another.
pub(crate) struct Category {
    /// The source.
    pub(crate) source: usize,
    /// Its rows, as far as they were looked at.
    pub(crate) rows: usize,
    /// The name of the column.
    pub(crate) name: String,
    /// The folded texts in it.
    pub(crate) texts: BTreeSet<String>,
}
