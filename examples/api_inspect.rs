//! Shows what the data stage makes of files: sheets, tables with their headers and why, columns with kinds and
//! samples, rows and days read, what was left out.
//!
//! `cargo run --example api_inspect -- [--append | --best] FILE…`

#![allow(clippy::print_stdout)]

use goalsheet::calendar::Grain;
use goalsheet::data::{
    self, AcrossRequest, Catalog, ColumnData, Dataset, MISSING_DAY, PartRequest, SheetVerdict, SourceRequest,
    Use, Wanted, WantedSource,
};

fn main() {
    let mut request = SourceRequest::default();
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--append" => request.part = PartRequest::AllSheets,
            "--best" => request.part = PartRequest::Best,
            "--months" => {
                request.options.across = Some(AcrossRequest::Periods(Grain::Month, None, "value".to_owned()));
            }
            "--quarters" => {
                request.options.across =
                    Some(AcrossRequest::Periods(Grain::Quarter, None, "value".to_owned()));
            }
            "--years" => {
                request.options.across = Some(AcrossRequest::Periods(Grain::Year, None, "value".to_owned()));
            }
            sheet if sheet.starts_with("--sheet=") => {
                request.part = PartRequest::Sheets(vec![sheet["--sheet=".len()..].to_owned()]);
            }
            path => request.paths.push(path.into()),
        }
    }
    let (catalog, diagnostics, errors) = data::open(&[request]);
    for error in &errors {
        println!("error: {error}");
    }
    show_sheets(&catalog);
    let wanted = Wanted {
        sources: (0..catalog.sources.len())
            .map(|source| WantedSource {
                source,
                columns: (0..catalog.sources[source].columns.len())
                    .map(|column| (column, Use::Any))
                    .collect(),
                ..WantedSource::default()
            })
            .collect(),
    };
    let (dataset, more, errors) = data::load(&catalog, &wanted);
    for error in &errors {
        println!("error: {error}");
    }
    show_sources(&catalog, &dataset);
    for diagnostic in diagnostics.iter().chain(more.iter()) {
        println!("{}[{}]: {}", diagnostic.severity.word(), diagnostic.code, diagnostic.message);
        for note in &diagnostic.notes {
            println!("  = note: {note}");
        }
        for help in &diagnostic.help {
            println!("  = help: {help}");
        }
    }
}

fn show_sheets(catalog: &Catalog) {
    for (at, sheet) in catalog.sheets.iter().enumerate() {
        let hidden = if sheet.hidden { " (hidden)" } else { "" };
        match &sheet.verdict {
            SheetVerdict::Left(reason) => println!("sheet `{}`{hidden}: left out, {reason}", sheet.name),
            SheetVerdict::Data => println!("sheet `{}`{hidden}", sheet.name),
        }
        for table in catalog.tables.iter().filter(|table| table.sheet.0 as usize == at) {
            println!(
                "  table {} rows {:?} columns {:?} last {:?}: {}",
                table.name.as_deref().unwrap_or("-"),
                table.header_rows,
                table.columns,
                table.last_row,
                table.reason
            );
        }
        for (_, remark) in catalog.remarks.iter().filter(|(id, _)| id.is_some_and(|id| id.0 as usize == at)) {
            println!("  {remark}");
        }
    }
    for (_, remark) in catalog.remarks.iter().filter(|(id, _)| id.is_none()) {
        println!("{remark}");
    }
}

fn show_sources(catalog: &Catalog, dataset: &Dataset) {
    for (at, source) in catalog.sources.iter().enumerate() {
        let table = dataset.tables.get(at).and_then(Option::as_ref);
        let rows = table.map_or(0, |table| table.rows);
        println!(
            "source `{}`: {} part(s), rank {}, {rows} rows",
            source.name,
            source.parts.len(),
            source.rank
        );
        for (index, column) in source.columns.iter().enumerate() {
            let loaded = table.and_then(|table| table.column(index, Use::Any));
            let range = loaded.map_or_else(String::new, |column| describe(&column.data));
            let kind = loaded.map_or(column.kind, |column| column.kind);
            let shape = loaded.map_or(column.shape.clone(), |column| column.shape.clone());
            println!(
                "  {} {:?} {kind:?}{} {shape:?} {range} | {}",
                column.header,
                column.name,
                if kind == column.kind { String::new() } else { format!(" (head: {:?})", column.kind) },
                column.sample.join(" | ")
            );
        }
        for found in table.into_iter().flat_map(|table| &table.currencies) {
            println!("  column {} is in {}", found.column, found.codes.join(", "));
        }
        for skipped in table.into_iter().flat_map(|table| &table.skipped) {
            let cells: Vec<String> =
                skipped.cells.iter().take(4).map(|cell| catalog.show_cell(*cell)).collect();
            println!(
                "  skipped {} {:?}: {} {:?}",
                skipped.count,
                skipped.what,
                cells.join(", "),
                skipped.texts
            );
        }
    }
}

fn describe(data: &ColumnData) -> String {
    match data {
        ColumnData::Number(values) => {
            let known: Vec<f64> = values.iter().copied().filter(|v| !v.is_nan()).collect();
            format!("n={} sum={}", known.len(), known.iter().sum::<f64>())
        }
        ColumnData::Date(days) => {
            let known = || days.iter().copied().filter(|d| *d != MISSING_DAY);
            let show = |day: Option<i32>| {
                day.and_then(|d| chrono::NaiveDate::from_num_days_from_ce_opt(d + 719_163))
                    .map_or_else(|| "-".to_owned(), |d| d.to_string())
            };
            format!("n={} {}..{}", known().count(), show(known().min()), show(known().max()))
        }
        ColumnData::Text { codes, dictionary } => {
            let known = codes.iter().filter(|c| **c != data::MISSING_CODE).count();
            format!("n={known} distinct={}", dictionary.len())
        }
        ColumnData::Boolean(flags) => format!("n={}", flags.iter().filter(|f| **f < 2).count()),
    }
}
