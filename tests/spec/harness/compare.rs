//! One field of a goal against the cell that says what it should be.

use serde_json::Value;

/// What differs, if anything does.
pub(crate) fn fault(goal: &Value, column: &str, wanted: &str) -> Option<String> {
    let found = field(goal, column);
    let right = match column {
        "goal" => contains(&found, wanted),
        "notes" => wanted.split(" + ").all(|part| contains(&found, part)),
        _ => same(&found, wanted),
    };
    (!right).then(|| format!("expected {wanted}, found {found}"))
}

/// Whether a text holds another, case aside.
pub(crate) fn contains(text: &str, part: &str) -> bool {
    text.to_lowercase().contains(&part.to_lowercase())
}

/// The field that a column names, as text; `-` for null.
fn field(goal: &Value, column: &str) -> String {
    match column {
        "goal" => text(&goal["text"]),
        "baseline" => text(&goal["baseline"]["value"]),
        "baseline window" => period(&goal["baseline"]),
        "window" | "measured" => period(&goal[column]),
        "coverage" => text(&goal["coverage"]["share"]),
        "covered" => {
            let days = &goal["coverage"];
            if days.is_null() {
                "-".to_owned()
            } else {
                format!("{}..{}", text(&days["from"]), text(&days["to"]))
            }
        }
        "forecast" => text(&goal["forecast"]["value"]),
        "method" => text(&goal["forecast"]["method"]),
        "kind" => text(&goal["change"]["kind"]),
        "change" => match goal["change"]["value"] {
            Value::Null => {
                let ends = |a: &str, b: &str| {
                    let change = &goal["change"];
                    format!("{}..{}", text(&change[a]), text(&change[b]))
                };
                if goal["change"]["from"].is_null() { ends("low", "high") } else { ends("from", "to") }
            }
            ref value => text(value),
        },
        "broken" => format!("{} of {}", text(&goal["periods"]["breached"]), text(&goal["periods"]["total"])),
        "breaches" => text(&goal["periods"]["breaches"]),
        "codes" => goal["smart"]
            .as_array()
            .map(|all| all.iter().map(|one| text(&one["code"])).collect::<Vec<_>>().join(" "))
            .unwrap_or_default(),
        "target" if goal["target"].is_object() => {
            format!("{}..{}", text(&goal["target"]["low"]), text(&goal["target"]["high"]))
        }
        _ => text(&goal[column.replace(' ', "_")]),
    }
}

fn period(value: &Value) -> String {
    if value["start"].is_null() {
        return "-".to_owned();
    }
    format!("{}..{}", text(&value["start"]), text(&value["end"]))
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.is_empty() => "none".to_owned(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

fn same(found: &str, wanted: &str) -> bool {
    if found == wanted {
        return true;
    }
    if let (Some((low, high)), Some((wanted_low, wanted_high))) =
        (found.split_once(".."), wanted.split_once(".."))
    {
        return same(low, wanted_low) && same(high, wanted_high);
    }
    let (Ok(found), Some((wanted, is_exact))) = (found.parse::<f64>(), figure(wanted)) else {
        return false;
    };
    // Reading JSON may cost the last bits; what is worked out in doubles here costs some more
    let tolerance = if is_exact { 4.0 * f64::EPSILON * wanted.abs() } else { 1e-12 * wanted.abs().max(1e-6) };
    (found - wanted).abs() <= tolerance
}

/// A figure and whether it is exact as written: a decimal or a percent is, a sum, product or quotient is worked out.
fn figure(text: &str) -> Option<(f64, bool)> {
    if let Some(digits) = text.strip_suffix('%') {
        let (value, is_exact) = figure(digits)?;
        // Moving the point in the text keeps the decimal exact, where dividing a double may not
        let shifted = if is_exact { format!("{digits}e-2").parse().ok()? } else { value / 100.0 };
        return Some((shifted, is_exact));
    }
    if let Ok(value) = text.parse::<f64>() {
        return value.is_finite().then_some((value, true));
    }
    let mut sum = 0.0;
    for term in text.split('+') {
        sum += product(term)?;
    }
    Some((sum, false))
}

/// `1100*181/365`, from left to right.
fn product(text: &str) -> Option<f64> {
    let mut value = 1.0;
    let mut rest = text.trim();
    let mut divides = false;
    loop {
        let end = rest.find(['*', '/']).unwrap_or(rest.len());
        let number: f64 = rest[..end].parse().ok()?;
        value = if divides { value / number } else { value * number };
        let Some(operator) = rest[end..].chars().next() else {
            return Some(value);
        };
        divides = operator == '/';
        rest = &rest[end + 1..];
    }
}
