//! Days and periods in words.

use chrono::{Datelike, NaiveDate};

use crate::calendar::{Grain, Period};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `June`.
pub fn month_name(day: NaiveDate) -> &'static str {
    MONTHS.get(day.month0() as usize).copied().unwrap_or("")
}

/// `30 June 2025`.
pub fn day_in_words(day: NaiveDate) -> String {
    format!("{} {} {}", day.day(), month_name(day), day.year())
}

/// `30 June`.
pub(crate) fn day_of_year(day: NaiveDate) -> String {
    format!("{} {}", day.day(), month_name(day))
}

/// `2025-01-01 to 2025-12-31`.
pub(crate) fn span(period: Period) -> String {
    if period.days() == 1 {
        period.start.to_string()
    } else {
        format!("{} to {}", period.start, period.last_day())
    }
}

/// `2024` for a calendar year, else the dates.
pub(crate) fn short_span(period: Period) -> String {
    let year = period.start.year();
    let whole = period.start.ordinal() == 1 && period.end.ordinal() == 1 && period.end.year() == year + 1;
    if whole { year.to_string() } else { span(period) }
}

/// The period after `day`, as a sentence begins it: `July` where the day ends a month, else the date.
pub(crate) fn from_next(day: NaiveDate) -> String {
    let next = day.succ_opt().unwrap_or(day);
    if next.day() == 1 { month_name(next).to_owned() } else { next.to_string() }
}

/// `1 month`, `6 months`.
pub(crate) fn how_many(count: u64, grain: Grain) -> String {
    format!("{count} {}{}", grain.noun(), if count == 1 { "" } else { "s" })
}

/// `Jan`, `Q2`, `W07`, else the label itself.
pub(crate) fn short_label(label: &str) -> String {
    let Some((_, rest)) = label.split_once('-') else { return label.to_owned() };
    if rest.starts_with(['Q', 'W', 'H']) {
        return rest.to_owned();
    }
    let month = rest.parse::<usize>().ok().and_then(|m| MONTHS.get(m.checked_sub(1)?));
    month.map_or_else(|| label.to_owned(), |name| name.chars().take(3).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn days_in_words() {
        assert_eq!(day_in_words(day("2025-06-30")), "30 June 2025");
        assert_eq!(from_next(day("2025-06-30")), "July");
        assert_eq!(from_next(day("2025-06-12")), "2025-06-13");
    }

    #[test]
    fn periods_are_named_by_year_only_when_they_are_one() {
        assert_eq!(short_span(Period::inclusive(day("2024-01-01"), day("2024-12-31"))), "2024");
        assert_eq!(
            short_span(Period::inclusive(day("2024-07-01"), day("2025-06-30"))),
            "2024-07-01 to 2025-06-30"
        );
    }

    #[test]
    fn labels_in_short() {
        assert_eq!(short_label("2025-06"), "Jun");
        assert_eq!(short_label("2025-Q2"), "Q2");
        assert_eq!(short_label("2025-06-14"), "2025-06-14");
        assert_eq!(short_label("2025"), "2025");
    }
}
