//! [`Report`] → the bytes of a workbook: Scorecard, a sheet per goal, Data quality, Goals, About, Measures.
//!
//! The same report gives the same bytes: the only date inside is the as-of day.

mod about;
mod axes;
mod charts;
mod details;
mod formats;
mod goals;
mod measures;
mod names;
mod page;
mod potential;
mod quality;
mod scorecard;

use chrono::NaiveDate;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use crate::render::workbook::page::one_line;
use crate::report::Report;

pub(super) const SCORECARD: &str = "Scorecard";
pub(super) const MEASURES: &str = "Measures";

/// A workbook that cannot be built; every limit of Excel is kept beforehand, so this is a fault of ours.
#[derive(Debug, thiserror::Error)]
#[error("the workbook cannot be built: {0}")]
pub struct WorkbookError(#[from] XlsxError);

/// The workbook as bytes.
///
/// # Errors
///
/// When a limit of Excel is passed that was not foreseen.
pub fn workbook(report: &Report) -> Result<Vec<u8>, WorkbookError> {
    let mut workbook = Workbook::new();
    workbook.set_default_format(&Format::new().set_font_name("Arial").set_font_size(10), 17, 64)?;
    workbook.set_properties(&properties(report)?);
    let names = names::sheet_names(report, &report.detailed);
    scorecard::write(workbook.add_worksheet(), report, &names)?;
    for goal in &report.detailed {
        if let (Some(goal), Some(name)) = (report.goals.get(*goal), names.get(goal)) {
            details::write(workbook.add_worksheet(), report, goal, name)?;
        }
    }
    if potential::has_any(report) {
        potential::write(workbook.add_worksheet(), report)?;
    }
    quality::write(workbook.add_worksheet(), report)?;
    goals::write(workbook.add_worksheet(), report)?;
    about::write(workbook.add_worksheet(), report)?;
    measures::write(workbook.add_worksheet(), report)?;
    Ok(workbook.save_to_buffer()?)
}

fn properties(report: &Report) -> Result<DocProperties, XlsxError> {
    // without a day of data there is no day to give; any fixed one keeps the bytes the same
    let day = report.as_of.or_else(|| NaiveDate::from_ymd_opt(2000, 1, 1)).unwrap_or_default();
    let created = ExcelDateTime::parse_from_str(&format!("{day}T00:00:00Z"))
        .or_else(|_| ExcelDateTime::from_ymd(2000, 1, 1))?;
    Ok(DocProperties::new()
        .set_title(one_line(&report.title, 200))
        .set_subject(one_line(&report.headline, 200))
        .set_author("goalsheet")
        .set_comment("Goals evaluated over exports. Figures hold for the as-of date; see the sheet About.")
        .set_creation_datetime(&created))
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
