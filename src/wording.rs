//! Words shared by all messages: lists, counts, nearest names.

/// `a`, `a and b`, `a, b and c`, each in backticks.
pub fn list(names: &[impl AsRef<str>]) -> String {
    let quoted: Vec<String> = names.iter().map(|n| format!("`{}`", n.as_ref())).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// `1 row`, `2 rows`, with thousands grouped.
pub fn count(number: usize, noun: &str) -> String {
    let plural = match noun {
        n if n.ends_with('y') && !n.ends_with("ey") && !n.ends_with("ay") => {
            format!("{}ies", &n[..n.len() - 1])
        }
        n => format!("{n}s"),
    };
    format!("{} {}", group(number), if number == 1 { noun } else { &plural })
}

/// `541,909`.
pub fn group(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Names longer than this have no nearest.
const LONGEST_COMPARED: usize = 200;
/// Candidates looked at: more are no help to a reader, and cost time for each name not found.
const MOST_COMPARED: usize = 500;

/// The candidates nearest to `name`, best first, at most three: edit distance (with transpositions) of at most a
/// third of the longer name's length, or one holding the other; ties by name.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted = name.to_lowercase();
    let length = wanted.chars().count();
    if length > LONGEST_COMPARED {
        return Vec::new();
    }
    let mut found: Vec<(usize, &str)> = candidates
        .into_iter()
        .take(MOST_COMPARED)
        .filter_map(|candidate| {
            let folded = candidate.to_lowercase();
            let other = folded.chars().count();
            let contains = length > 2 && other > 2 && (folded.contains(&wanted) || wanted.contains(&folded));
            if contains {
                // how much is added is the distance
                return Some((length.abs_diff(other).min(2), candidate));
            }
            let most = (length.max(other) / 3).max(1);
            // what differs more in length is not measured: the distance is at least that
            let distance = (length.abs_diff(other) <= most).then(|| distance(&wanted, &folded))?;
            (distance <= most).then_some((distance, candidate))
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found.into_iter().take(3).map(|(_, candidate)| candidate).collect()
}

/// The edit distance with transpositions; what two names begin and end with alike is no part of it.
fn distance(a: &str, b: &str) -> usize {
    let begin: usize = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
    let (a, b) = (&a[begin..], &b[begin..]);
    let end: usize =
        a.chars().rev().zip(b.chars().rev()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
    strsim::damerau_levenshtein(&a[..a.len() - end], &b[..b.len() - end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_as_prose() {
        assert_eq!(list(&["a"]), "`a`");
        assert_eq!(list(&["a", "b", "c"]), "`a`, `b` and `c`");
    }

    #[test]
    fn counts_are_grouped_and_inflected() {
        assert_eq!(count(1, "row"), "1 row");
        assert_eq!(count(541_909, "row"), "541,909 rows");
        assert_eq!(count(2, "entry"), "2 entries");
        assert_eq!(count(2, "day"), "2 days");
    }

    #[test]
    fn a_distance_leaves_out_what_is_alike_at_both_ends() {
        for (a, b, expected) in
            [("", "", 0), ("aba", "a", 2), ("aa", "aaa", 1), ("öab", "öba", 1), ("kitten", "sitting", 3)]
        {
            assert_eq!(distance(a, b), expected, "{a} {b}");
            assert_eq!(strsim::damerau_levenshtein(a, b), expected, "{a} {b}");
        }
    }

    #[test]
    fn nearest_names_first() {
        assert_eq!(nearest("Germny", ["France", "Germany", "Norway"]), ["Germany"]);
        assert_eq!(nearest("revenu", ["revenue", "returns", "x"]).first(), Some(&"revenue"));
        assert!(nearest("xyz", ["revenue"]).is_empty());
    }
}
