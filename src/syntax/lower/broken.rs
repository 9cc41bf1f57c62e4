//! Half a clause in a name or in a value of a filter: what began as one and does not go on so.

use super::chunk::{Chunk, Piece};
use super::context::{Context, Lowered};
use super::draft::Draft;
use super::subject::canonical;
use crate::source::Span;
use crate::syntax::errors;

/// Refuses words of a metric in which a clause began that is not whole: `visits per mnth`, `posts by the end of`.
pub(crate) fn no_broken_clause(draft: &Draft, context: &Context<'_>) -> Lowered<()> {
    let metric = &draft.metric;
    if context.names.holds(
        &metric
            .first()
            .zip(metric.last())
            .map_or(String::new(), |(first, last)| context.words(first.span.to(last.span))),
    ) {
        return Ok(());
    }
    let word = |chunk: &Chunk| {
        if matches!(chunk.piece, Piece::Whole(_)) { None } else { canonical(chunk.span, context) }
    };
    let left_over = |at: Span, after: bool| Err(errors::broken_clause(at, context.slice(at), after));
    for (at, chunk) in metric.iter().enumerate() {
        let next = metric.get(at + 1);
        no_misspelt_time(metric, at, context)?;
        match (word(chunk), &chunk.piece) {
            (
                Some("by" | "to" | "for" | "during" | "with" | "over" | "within" | "from"),
                Piece::Opener(_),
            ) if at == 0 => {
                return left_over(chunk.span, true);
            }
            // `30 blue %`
            (_, Piece::Symbol) if draft.value_first && context.slice(chunk.span) == "%" => {
                return left_over(chunk.span, false);
            }
            // `be in the top 10%`
            (Some("in" | "at" | "of" | "per" | "where"), Piece::Opener(_))
                if at == 0 && draft.verb.is_none() =>
            {
                return left_over(chunk.span, true);
            }
            (Some("and"), Piece::And) if counts_again(draft, next, context) => {
                return Err(errors::goes_on(chunk.span, context.slice(chunk.span)));
            }
            (Some("every"), _) if at > 0 && next.is_none_or(|next| ends_every(next, context)) => {
                return left_over(chunk.span, true);
            }
            (Some("compared"), _) if next.is_some_and(|next| matches!(next.piece, Piece::Amount(_))) => {}
            (Some("compared" | "aim"), _) => return left_over(chunk.span, true),
            (_, Piece::Bound) if !context.slice(chunk.span).starts_with(char::is_alphabetic) => {
                return left_over(chunk.span, true);
            }
            (Some("within" | "in" | "over" | "during"), _)
                if ends_with_a_unit(&metric[at + 1..], context) =>
            {
                return left_over(chunk.span, true);
            }
            (Some("percent" | "points"), _) if at > 0 => return left_over(chunk.span, false),
            (Some("adverb"), _) if at == 0 || next.is_none() => return left_over(chunk.span, false),
            (Some("end-of" | "until" | "before" | "next" | "starting"), _) if next.is_none() => {
                return left_over(chunk.span, true);
            }
            _ => {}
        }
    }
    Ok(())
}

/// `at least 2 audits and a review`: whether a second count follows.
fn counts_again(draft: &Draft, next: Option<&Chunk>, context: &Context<'_>) -> bool {
    (draft.value_first || draft.other_verb.is_some())
        && next.is_some_and(|next| {
            matches!(next.piece, Piece::Amount(_))
                || matches!(canonical(next.span, context), Some("a" | "n:1"))
        })
}

/// Refuses words of a metric that are a time with a slip in it: `by Auguts`, `this quatrer`, `per mnth`.
fn no_misspelt_time(metric: &[Chunk], at: usize, context: &Context<'_>) -> Lowered<()> {
    let word = |chunk: &Chunk| {
        if matches!(chunk.piece, Piece::Whole(_)) { None } else { canonical(chunk.span, context) }
    };
    let left_over = |at: Span, after: bool| Err(errors::broken_clause(at, context.slice(at), after));
    let (chunk, next) = (&metric[at], metric.get(at + 1));
    no_misspelt_per(metric, at, context)?;
    // `donations by Giving Tuesday`
    let season = metric[at + 1..].iter().take(3).find(|next| word(next) == Some("season"));
    if let (Some("by" | "until" | "before"), Some(season)) = (word(chunk), season) {
        return Err(errors::undated_period(season.span, context.slice(season.span)));
    }
    match (word(chunk), &chunk.piece) {
        (Some("by" | "until" | "before"), _)
            if next.is_some_and(|next| near_month(next, context).is_some()) =>
        {
            let near = next.and_then(|next| near_month(next, context).map(|near| (next.span, near)));
            let at = next.map_or(chunk.span, |next| next.span);
            return Err(errors::left_over(at, context.slice(at), near, true));
        }
        (Some("this" | "next" | "previous" | "last"), _)
            if next.is_some_and(|next| {
                errors::misspelt_grain(context.slice(next.span), context.language).is_some()
            }) =>
        {
            return left_over(chunk.span, true);
        }
        (Some(unit), _)
            if unit.starts_with("unit:")
                && next.is_none()
                && at > 0
                && matches!(metric[at - 1].piece, Piece::Word)
                && errors::nearest_unit(context.slice(metric[at - 1].span), context.language).is_some() =>
        {
            return left_over(metric[at - 1].span, false);
        }
        (Some(opener @ ("by" | "per" | "until" | "before" | "in" | "at")), _) => {
            let next = metric[at + 1..].iter().find(|next| !matches!(next.piece, Piece::Article));
            let Some(next) = next else { return Ok(()) };
            if is_time(word(next)) || (opener != "at" && matches!(next.piece, Piece::Opener(_))) {
                return left_over(chunk.span, true);
            }
            let near = (opener == "per" && matches!(next.piece, Piece::Word) && word(next).is_none())
                .then(|| errors::misspelt_grain(context.slice(next.span), context.language))
                .flatten();
            if let Some(near) = near {
                return Err(errors::left_over(
                    next.span,
                    context.slice(next.span),
                    Some((next.span, near)),
                    true,
                ));
            }
        }
        _ => {}
    }
    Ok(())
}

/// Refuses a word before a unit of time at the end that is a letter from `per` or `every`.
fn no_misspelt_per(metric: &[Chunk], at: usize, context: &Context<'_>) -> Lowered<()> {
    let ends = at > 0 && at + 1 == metric.len() && is_time(canonical(metric[at].span, context));
    if !ends || !matches!(metric[at - 1].piece, Piece::Word) {
        return Ok(());
    }
    let before = metric[at - 1].span;
    let near = canonical(before, context)
        .is_none()
        .then(|| errors::misspelt_before_unit(context.slice(before), context.language));
    match near.flatten() {
        Some(near) => Err(errors::left_over(before, context.slice(before), Some((before, near)), false)),
        None => Ok(()),
    }
}

/// `within threee years`: a unit of time at the end, with a word before it.
fn ends_with_a_unit(rest: &[Chunk], context: &Context<'_>) -> bool {
    matches!(rest, [_, unit] if canonical(unit.span, context).is_some_and(|word| word.starts_with("unit:")))
}

/// Whether a word after `every` is a unit of time, or one misspelt.
fn ends_every(next: &Chunk, context: &Context<'_>) -> bool {
    is_time(canonical(next.span, context))
        || errors::misspelt_grain(context.slice(next.span), context.language).is_some()
}

fn is_time(word: Option<&str>) -> bool {
    word.is_some_and(|word| {
        ["month:", "unit:"].iter().any(|family| word.starts_with(family))
            || matches!(
                word,
                "end-of"
                    | "next"
                    | "previous"
                    | "eoy"
                    | "eoq"
                    | "eom"
                    | "fiscal-year"
                    | "adverb"
                    | "may"
                    | "end-word"
                    | "not"
                    | "season"
                    | "present"
            )
    })
}

/// Refuses a value of a filter that begins as a period does, or ends with a word that names nothing.
pub(crate) fn certain_words(span: Span, context: &Context<'_>) -> Lowered<()> {
    let text = context.slice(span);
    if text.starts_with(['"', '“', '„', '[']) || context.names.holds(text) {
        return Ok(());
    }
    let at = |word: &str| {
        let start = span.start as usize + (word.as_ptr() as usize - text.as_ptr() as usize);
        Span::new(span.source, start..start + word.len())
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    let half = words.iter().enumerate().find(|(index, word)| {
        matches!(canonical(at(word), context), Some("by" | "until" | "before"))
            && words[index + 1..].iter().take(3).any(|next| is_time(canonical(at(next), context)))
    });
    if let Some((_, word)) = half {
        return Err(errors::broken_clause(at(word), word, true));
    }
    let (first, last) =
        (text.split_whitespace().next().unwrap_or(text), text.split_whitespace().next_back().unwrap_or(text));
    // `from X to 50`: a number still to be filled in
    if text.chars().all(|c| c == 'X') || text == "TBD" {
        return Err(errors::broken_clause(span, text, false));
    }
    if matches!(canonical(at(last), context), Some("adverb" | "not")) {
        return Err(errors::broken_clause(at(last), last, false));
    }
    let letters = first.trim_end_matches(|c: char| c.is_ascii_digit());
    let numbered = letters.len() < first.len()
        && letters.chars().count() <= 2
        && matches!(letters.to_ascii_lowercase().as_str(), "q" | "fy" | "h" | "w" | "rå" | "kv");
    let word = canonical(at(first), context);
    let alone =
        text.split_whitespace().nth(1).is_none_or(|next| next.starts_with(|c: char| c.is_ascii_digit()));
    if matches!(word, Some("season" | "present")) && alone {
        return Err(errors::undated_period(at(first), first));
    }
    if numbered
        || ends_as_period(canonical(at(last), context), &words)
        || word.is_some_and(|word| word.starts_with("month:") || matches!(word, "next" | "previous"))
    {
        return Err(errors::value_like_period(span, text));
    }
    Ok(())
}

/// `late June`, `rest of the year`, `Q3'25`, `2020s`: whether a value of a filter ends as a period does, or is cut like one.
fn ends_as_period(last: Option<&str>, words: &[&str]) -> bool {
    let last = last.is_some_and(|last| {
        ["month:", "unit:day", "unit:week", "unit:month", "unit:quarter", "unit:half", "unit:year"]
            .iter()
            .any(|family| last.starts_with(family))
            || matches!(last, "year" | "fiscal-year" | "period-noun" | "eoy" | "eofy" | "eoq" | "eom")
    });
    last || words.iter().any(|word| {
        let digits = word.trim_start_matches(['Q', 'q', 'H', 'h', 'W', 'w']);
        let cut = digits.len() < word.len() && digits.starts_with(|c: char| c.is_ascii_digit());
        let rest = digits.trim_start_matches(|c: char| c.is_ascii_digit());
        (cut && digits.len() - word.len().min(digits.len()) == 0 && rest.starts_with(['\'', '’', '-', '/']))
            || (word.len() == 5 && rest == "s" && word.starts_with(['1', '2']))
    })
}

fn near_month(chunk: &Chunk, context: &Context<'_>) -> Option<String> {
    let known = !matches!(chunk.piece, Piece::Word) || canonical(chunk.span, context).is_some();
    if known { None } else { errors::misspelt_month(context.slice(chunk.span), context.language) }
}

/// Refuses a time after words that began one: `by blue` before `April 30`, `by tthe` before `end of Q3`.
pub(crate) fn no_half_deadline(before: Span, context: &Context<'_>) -> Lowered<()> {
    let text = context.slice(before);
    let mut words = text.split_whitespace().rev();
    let (Some(_), Some(opener)) = (words.next(), words.next()) else { return Ok(()) };
    let start = before.start as usize + (opener.as_ptr() as usize - text.as_ptr() as usize);
    let at = Span::new(before.source, start..start + opener.len());
    match canonical(at, context) {
        Some("by" | "until" | "before") => Err(errors::broken_clause(at, opener, true)),
        _ => Ok(()),
    }
}
