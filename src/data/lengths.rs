//! Lengths of time kept as text (`7:30`, `7,5 h`, `1 h 15 min`) → days, as a workbook stores them.

/// The seconds of a word for a unit of time.
fn seconds(word: &str) -> Option<f64> {
    Some(match word.trim_end_matches('.').to_lowercase().as_str() {
        "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunde" | "stunden" | "tim" | "timme" | "timmar"
        | "time" | "timer" | "uur" | "heure" | "heures" | "hora" | "horas" | "ora" | "ore" => 3600.0,
        "min" | "mins" | "minute" | "minutes" | "minuten" | "minut" | "minuter" | "minutter" | "minuto"
        | "minutos" | "minuti" => 60.0,
        "s" | "sec" | "secs" | "sek" | "second" | "seconds" | "sekunden" | "sekunder" | "seg" => 1.0,
        "d" | "day" | "days" | "tag" | "tage" | "dag" | "dagar" | "dage" | "dagen" | "jour" | "jours"
        | "dia" | "dias" | "días" => 86_400.0,
        _ => return None,
    })
}

const DAY: f64 = 86_400.0;

/// Whether a text could be a length of time: it has a colon, or ends in a letter or a full stop behind one.
fn may_be_length(text: &str) -> bool {
    let last = text.trim_end_matches('.').chars().next_back();
    text.contains(':') || last.is_some_and(char::is_alphabetic)
}

/// The length in days, numbers read with this decimal mark.
pub(crate) fn parse(text: &str, decimal: char) -> Option<f64> {
    let text = text.trim();
    if text.len() > 32 || !text.bytes().any(|b| b.is_ascii_digit()) || !may_be_length(text) {
        return None;
    }
    let (negative, bare) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text),
    };
    let seconds = if bare.contains(':') { clock(bare)? } else { worded(bare, decimal)? };
    // of whole seconds, so that 0:30 is what a workbook holds for it
    let days = seconds / DAY;
    Some(if negative { -days } else { days })
}

/// `7:30`, `07:30:15`, `130:05`, with an hour word behind or none.
fn clock(text: &str) -> Option<f64> {
    let text = text.trim_end_matches(|c: char| c.is_alphabetic() || c == '.' || c == ' ');
    let parts: Vec<&str> = text.split(':').collect();
    if !(2..=3).contains(&parts.len()) {
        return None;
    }
    let mut total = 0.0;
    for (at, (part, size)) in parts.iter().zip([3600.0, 60.0, 1.0]).enumerate() {
        let fits = if at == 0 { (1..=5).contains(&part.len()) } else { part.len() == 2 };
        let value: u32 = part.parse().ok().filter(|_| fits && part.bytes().all(|b| b.is_ascii_digit()))?;
        if at > 0 && value > 59 {
            return None;
        }
        total += f64::from(value) * size;
    }
    Some(total)
}

/// `7,5 h`, `1 h 15 min`, `45min`.
fn worded(text: &str, decimal: char) -> Option<f64> {
    let (mut rest, mut total, mut below) = (text, 0.0, f64::INFINITY);
    while !rest.is_empty() {
        let end = rest.find(char::is_alphabetic)?;
        let (number, tail) = rest.split_at(end);
        let stop = tail.find(|c: char| !c.is_alphabetic() && c != '.').unwrap_or(tail.len());
        let (word, tail) = tail.split_at(stop);
        let size = seconds(word).filter(|size| *size < below)?;
        let number = crate::data::numbers::plain(number.trim(), decimal)?;
        total += number * size;
        below = size;
        rest = tail.trim_start();
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, hours: Option<f64>) {
        let found = parse(text, ',').map(|days| (days * 24.0 * 1e6).round() / 1e6);
        assert_eq!(found, hours, "{text}");
    }

    #[test]
    fn lengths_of_time() {
        case("0:30", Some(0.5));
        case("7:45", Some(7.75));
        case("130:06:00", Some(130.1));
        case("-1:30", Some(-1.5));
        case("7,5 h", Some(7.5));
        case("8,25 Std.", Some(8.25));
        case("1 h 15 min", Some(1.25));
        case("45min", Some(0.75));
        case("2 dagar", Some(48.0));
    }

    #[test]
    fn what_is_none() {
        for text in ["7:60", "1:2", "a:10", "12 kg", "15 min 1 h", "h", "7,5", "31.01.2025 14:05", "H1"] {
            case(text, None);
        }
    }
}
