//! Inputs, settings, status words and terms: what a reader needs to trust a result or to make it again.

use sha2::{Digest, Sha256};

use crate::data::Fingerprint;

use crate::calendar::CalendarSheet;
use crate::judge::Status;
use crate::report::context::Context;
use crate::report::look::{self, BY_FAMILY};
use crate::report::number::{Shape, trimmed};
use crate::report::{Inputs, Style};
use crate::syntax::Language;

/// An input of the run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputRow {
    /// The file's name.
    pub file: String,
    /// What it holds.
    pub holds: String,
    /// `6.8 MB`.
    pub size: String,
    /// SHA-256 in lower-case hex.
    pub sha256: Fingerprint,
}

/// The sheet About.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct About {
    /// As the title.
    pub title: String,
    /// One line on how far the file can be trusted.
    pub summary: String,
    /// The goal file, then the data.
    pub inputs: Vec<InputRow>,
    /// Settings of the run.
    pub run: Vec<(String, String)>,
    /// Every status with what it means and its family.
    pub statuses: Vec<(Status, String, String)>,
    /// The terms.
    pub terms: Vec<(String, String)>,
}

/// Everything About says.
pub(crate) fn about(inputs: &Inputs<'_>, contexts: &[Context<'_>], style: Style) -> About {
    let rows = input_rows(inputs, contexts, style);
    let count = rows.len();
    let noun = if count == 1 { "input" } else { "inputs" };
    let day = inputs.evaluation.as_of.map_or_else(String::new, |d| format!(", evaluated as of {d}"));
    About {
        title: format!("Everything here follows from {count} {noun}{day}"),
        summary: "The same inputs give the same file, byte for byte. Unrounded figures stand on the sheet Measures."
            .to_owned(),
        inputs: rows,
        run: run_rows(inputs, style),
        statuses: BY_FAMILY
            .into_iter()
            .map(|s| (s, look::meaning(s).to_owned(), look::family(s).title().to_owned()))
            .collect(),
        terms: terms(style),
    }
}

fn size(bytes: u64, style: Style) -> String {
    let scaled = |unit: u64| {
        let value = rust_decimal::Decimal::from(bytes) / rust_decimal::Decimal::from(unit);
        let places = u32::from(value < rust_decimal::Decimal::from(10));
        trimmed(value, places, style)
    };
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", scaled(1_000)),
        1_000_000..1_000_000_000 => format!("{} MB", scaled(1_000_000)),
        _ => format!("{} GB", scaled(1_000_000_000)),
    }
}

fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn input_rows(inputs: &Inputs<'_>, contexts: &[Context<'_>], style: Style) -> Vec<InputRow> {
    let text = inputs.source.text.as_bytes();
    let own = hex(&Sha256::digest(text));
    let (bytes, hash) = match inputs.fingerprint {
        Some((bytes, hash)) => (bytes, hash.to_owned()),
        None => (text.len() as u64, own),
    };
    let declared = inputs.model.metrics.iter().filter(|m| m.name.is_some()).count();
    let name = |path: &str| path.rsplit(['/', '\\']).next().unwrap_or("").to_owned();
    let mut rows = vec![InputRow {
        file: name(&inputs.source.name),
        holds: format!(
            "{}, {}",
            crate::wording::count(contexts.len(), "goal"),
            crate::wording::count(declared, "declared metric")
        ),
        size: size(bytes, style),
        sha256: Fingerprint::known(&hash),
    }];
    for (at, file) in inputs.catalog.files.iter().enumerate() {
        let sheets: Vec<&str> =
            inputs.catalog.sheets.iter().filter(|s| s.file == at).map(|s| s.name.as_str()).collect();
        let holds = match sheets.len() {
            0 => String::new(),
            1 => format!("sheet {}", sheets.join("")),
            2..=6 => format!("sheets {}", sheets.join(", ")),
            many => format!("{many} sheets"),
        };
        rows.push(InputRow {
            file: file.name.clone(),
            holds: crate::report::name::shortened(&holds, 60),
            size: size(file.size, style),
            sha256: file.sha256.clone(),
        });
    }
    rows
}

fn run_rows(inputs: &Inputs<'_>, style: Style) -> Vec<(String, String)> {
    let model = inputs.model;
    let mut rows = Vec::new();
    let mut row = |label: &str, text: String| rows.push((label.to_owned(), text));
    if let Some(day) = inputs.evaluation.as_of {
        let why = match inputs.as_of {
            Some(asked) if asked == day => "as asked for",
            Some(asked) if asked > day => "the last date in the data before the date asked for",
            _ => "the last date in the data",
        };
        row("As of", format!("{day}, {why}"));
    }
    row(
        "Declared",
        match model.declared {
            Some(day) => format!("{day}; relative periods count from this date"),
            None => "not stated; relative periods count from the last date in the data".to_owned(),
        },
    );
    row("Fiscal year", fiscal(&model.calendar));
    let language = match style.language {
        Language::English => "English; numbers 1,234.5",
        Language::Swedish => "Swedish; numbers 1 234,5",
        Language::Danish => "Danish; numbers 1.234,5",
        Language::German => "German; numbers 1.234,5",
    };
    row("Language", language.to_owned());
    let p = |hundredths| Shape::WholePercent.text(rust_decimal::Decimal::new(hundredths, 2), style);
    row(
        "Thresholds",
        format!(
            "ahead from pace {}, on track from {}, at risk from {}, below it off track; too early under {} of the \
             window; a goal's own status clause stands in its read-back",
            p(110),
            p(95),
            p(75),
            p(10)
        ),
    );
    row("Program", format!("goalsheet {}", env!("CARGO_PKG_VERSION")));
    rows
}

fn fiscal(calendar: &crate::calendar::Calendar) -> String {
    if let Some(CalendarSheet::Read(years)) = &calendar.sheet {
        return years.extent().map_or_else(
            || "as a sheet lists it".to_owned(),
            |(first, last, days)| {
                format!("as a sheet lists it, {first} to {last} ({} to {})", days.start, days.last_day())
            },
        );
    }
    if calendar.weeks.is_some() {
        return "a calendar of weeks, as declared".to_owned();
    }
    if calendar.fiscal_start_month == 1 && calendar.fiscal_start_day == 1 {
        return "calendar year".to_owned();
    }
    let day = chrono::NaiveDate::from_ymd_opt(2001, calendar.fiscal_start_month, calendar.fiscal_start_day);
    let start = day.map_or_else(String::new, crate::report::dates::day_of_year);
    let named = if calendar.named_by_start { "begins" } else { "ends" };
    format!("from {start}, named by the year in which it {named}")
}

fn terms(style: Style) -> Vec<(String, String)> {
    let points = style.points_sign();
    [
        ("Actual", "measured from the start of the window to the as-of date; a ratio by a date: over its last three whole months"),
        ("Expected by now", "what the path asks for at the as-of date: the baseline's months scaled to the target, else a straight line in days"),
        ("Pace", "(actual − baseline to date) ÷ (expected − baseline to date)"),
        ("Gap", "target − actual, turned so that a positive figure is still missing"),
        ("Attainment", "(actual − baseline) ÷ (target − baseline)"),
        ("Forecast, chance", "estimate at the deadline and the probability that it reaches the target; a forecast never makes a goal met"),
        (points, "percentage points: from 2% to 3% is +1 point, and +50%"),
    ]
    .into_iter()
    .map(|(term, text)| (term.to_owned(), text.to_owned()))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short() {
        let style = Style::default();
        assert_eq!(size(512, style), "512 B");
        assert_eq!(size(2_100, style), "2.1 kB");
        assert_eq!(size(41_400, style), "41 kB");
        assert_eq!(size(6_800_000, style), "6.8 MB");
    }
}
