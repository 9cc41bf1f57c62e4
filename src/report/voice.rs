//! Verbs that go with a subject: `revenue is`, `visits are`.

/// The forms of the verbs used in sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Voice {
    pub(crate) is: &'static str,
    pub(crate) has: &'static str,
    pub(crate) its: &'static str,
    pub(crate) it: &'static str,
    pub(crate) stands: &'static str,
    pub(crate) heads: &'static str,
    pub(crate) needs: &'static str,
}

const ONE: Voice =
    Voice { is: "is", has: "has", its: "its", it: "it", stands: "stands", heads: "heads", needs: "needs" };
const MANY: Voice =
    Voice { is: "are", has: "have", its: "their", it: "they", stands: "stand", heads: "head", needs: "need" };

/// The voice of a subject, by the ending of its head word: the last one before a comma or a preposition.
pub(crate) fn voice(subject: &str) -> Voice {
    let name = subject.split(',').next().unwrap_or("").to_lowercase();
    let words = name.split_whitespace();
    let stops = ["of", "per", "from", "for", "in", "to", "by", "on", "where", "with", "/"];
    let head = words.take_while(|word| !stops.contains(word)).last().unwrap_or("");
    let plural = head.len() > 3
        && head.ends_with('s')
        && !head.ends_with("ss")
        && !head.ends_with("us")
        && !head.ends_with("is");
    if plural { MANY } else { ONE }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_word_decides() {
        for one in [
            "Revenue, Norway",
            "Number of customers",
            "Share of orders",
            "Gross",
            "Status",
            "Sales per day of us",
        ] {
            let expected = if one.starts_with("Sales") { MANY } else { ONE };
            assert_eq!(voice(one), expected, "{one}");
        }
        for many in ["Visits", "Newsletter sign-ups", "Visitors from Google", "Gift cards, online"] {
            assert_eq!(voice(many), MANY, "{many}");
        }
    }
}
