//! [`Report`] → comma-separated text: a row per goal, plain numbers, ISO dates.

use rust_decimal::Decimal;

use crate::judge::Target;
use crate::quantity::Unit;
use crate::report::Report;

const HEADER: [&str; 22] = [
    "number",
    "heading",
    "name",
    "status",
    "actual",
    "expected",
    "target",
    "target_high",
    "unit",
    "gap",
    "pace",
    "deviation",
    "attainment",
    "forecast",
    "probability",
    "window_start",
    "window_end",
    "as_of",
    "owner",
    "reason",
    "line",
    "text",
];

/// The goals as rows, ending in a line break. Numbers are exact, with a point; shares as shares; unknown is empty.
pub fn csv(report: &Report) -> String {
    let mut text = String::new();
    line(&mut text, &HEADER.map(str::to_owned));
    for goal in &report.goals {
        let facts = &goal.facts;
        let (target, high) = match facts.target {
            Some(Target::One(value)) => (Some(value), None),
            Some(Target::Range { low, high }) => (Some(low), Some(high)),
            None => (None, None),
        };
        let day = |day: Option<chrono::NaiveDate>| day.map_or_else(String::new, |d| d.to_string());
        let cells = [
            goal.number.to_string(),
            words(goal.path.last().map_or("", String::as_str)),
            words(goal.label.as_deref().unwrap_or(&goal.name)),
            goal.status().word().to_owned(),
            number(facts.actual),
            number(facts.expected),
            number(target),
            number(high),
            words(&unit(goal.scale.base())),
            number(facts.gap),
            number(facts.pace),
            number(facts.deviation),
            number(facts.attainment),
            number(facts.forecast.as_ref().map(|f| f.value)),
            number(facts.probability),
            day(facts.window.map(|w| w.start)),
            day(facts.window.map(crate::calendar::Period::last_day)),
            day(facts.as_of),
            words(goal.owner.as_deref().unwrap_or("")),
            words(&goal.reason),
            goal.line.to_string(),
            words(&goal.text),
        ];
        line(&mut text, &cells);
    }
    text
}

fn unit(unit: &Unit) -> String {
    match unit {
        Unit::Percent | Unit::Points => "share".to_owned(),
        Unit::Money(code) => code.clone(),
        Unit::Named(noun) => noun.clone(),
        Unit::Duration(unit) => format!("{unit:?}").to_lowercase(),
        Unit::Times => "times".to_owned(),
        Unit::None => String::new(),
    }
}

fn number(value: Option<Decimal>) -> String {
    value.map_or_else(String::new, |v| v.normalize().to_string())
}

/// Text that a spreadsheet reads as text: one line, and an apostrophe before what it would take for a formula.
fn words(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|sign| if matches!(sign, '\n' | '\r' | '\t') { ' ' } else { sign })
        .filter(|sign| !crate::render::text::is_unsafe(*sign))
        .collect();
    let plain = plain.trim();
    // the widths of full-width signs are taken for signs too
    if plain.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
        format!("'{plain}")
    } else {
        plain.to_owned()
    }
}

fn line(text: &mut String, cells: &[String]) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        if cell.contains([',', '"', ';']) || cell.starts_with(' ') {
            text.push_str(&format!("\"{}\"", cell.replace('"', "\"\"")));
        } else {
            text.push_str(cell);
        }
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn a_row_per_goal_with_plain_numbers() {
        let text = csv(&fixture::report());
        let rows: Vec<&str> = text.split("\r\n").collect();
        assert_eq!(rows.len(), 15 + 2);
        assert!(rows[1].starts_with(
            "1,Nordic Webshop,grow,at risk,20907242,21178592.6,48623039.3,,SEK,27715797.3,0.85906,"
        ));
        assert!(
            rows[15].starts_with("15,Customer service,Customer satisfaction +5%,invalid,,,,,,"),
            "{}",
            rows[15]
        );
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        assert!(reader.records().all(|r| r.unwrap().len() == HEADER.len()));
    }

    #[test]
    fn nothing_is_taken_for_a_formula() {
        assert_eq!(words("=1+1"), "'=1+1");
        assert_eq!(words("\t@SUM(1)"), "'@SUM(1)");
        assert_eq!(words("a\u{0}b\nc"), "ab c");
    }
}
