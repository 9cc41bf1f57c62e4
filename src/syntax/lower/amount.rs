//! Values that no word opens, and what stands around a level.

use super::certain;
use super::chunk::{Chunk, Opening, Piece, Raw};
use super::context::{Context, Lowered};
use super::draft::{Draft, Place, Target, Values, is_loose, set_change};
use super::subject;
use crate::diagnostic::Diagnostic;
use crate::language::Language;
use crate::names;
use crate::syntax::errors;

/// `reach revenue of 5m SEK`, `a margin of at least 15%`: the word before the level is no part of the name.
pub(crate) fn drop_preposition(draft: &mut Draft, raw: &Raw, context: &Context<'_>) {
    let moves = draft.verb.is_some_and(|(verb, _)| matches!(verb, "increase" | "decrease" | "improve"));
    let opens = matches!(raw, Raw::Half | Raw::Level(Opening::None, Some(_), _) | Raw::Between(..));
    // `earnings per share of at least 2`: the word before `of` is part of the name
    if !moves
        && opens
        && let [.., Chunk { piece: Piece::Opener("per") | Piece::Word, .. }, Chunk { piece, span }] =
            &mut draft.metric[..]
        && matches!(piece, Piece::ShareOf)
    {
        let word = context.slice(*span).split_whitespace().next().unwrap_or("").len();
        *piece = Piece::Word;
        span.end = span.start + u32::try_from(word).unwrap_or(0);
        draft.opened_value = true;
    }
    let opens_level = draft.metric.last().is_some_and(|last| {
        matches!(last.piece, Piece::Opener("of" | "at"))
            || (context.language == Language::German && matches!(last.piece, Piece::Opener("from")))
            || subject::is_word(last, "on", context)
    });
    if !moves && opens && draft.metric.len() > 1 && opens_level {
        draft.metric.pop();
        draft.opened_value = true;
    }
}

/// `achieve a 5% increase`: an article alone is no metric.
pub(crate) fn drop_article(draft: &mut Draft) {
    if draft.metric.iter().all(|chunk| matches!(chunk.piece, Piece::Article)) {
        draft.metric.clear();
    }
}

/// Whether `in` stands before: what follows is a period sooner than a name.
fn opened_by_in(place: &Place<'_>) -> bool {
    place.before.is_some_and(|before| matches!(before.piece, Piece::Opener("in")))
}

/// A value without a word before it.
pub(crate) fn amount(
    draft: &mut Draft,
    values: &mut Values,
    place: &Place<'_>,
    target: Target,
    context: &Context<'_>,
) -> Lowered<Target> {
    let span = place.chunk.span;
    if let Some(Chunk { piece: Piece::Opener("within"), span: within }) = place.before {
        return Err(errors::within_condition(within.to(span), context.slice(span)));
    }
    drop_preposition(draft, &Raw::Half, context);
    drop_article(draft);
    if target == Target::Segment && values.open.is_none() {
        return Err(number_in_filter(place, context));
    }
    // `in Sweden 5% …`: the filter before a goal ends with a comma
    if target == Target::Segment && draft.metric.is_empty() && draft.verb.is_none() {
        return Err(errors::value_without_word(span, context.slice(span), context.language));
    }
    if target == Target::Metric && is_part_of_name(draft, place, context) {
        draft.metric.push(place.chunk.clone());
        return Ok(Target::Metric);
    }
    values.close(draft, context)?;
    if let Piece::Range(low, high) = &place.chunk.piece {
        let finite = draft
            .metric
            .last()
            .is_some_and(|last| matches!(last.piece, Piece::Participle(_) | Piece::State(_)));
        if draft.moves() || finite {
            return Err(errors::range_without_word(span, context.slice(span)));
        }
        draft.value_first = draft.metric.is_empty();
        set_change(draft, Raw::Between(low.clone(), high.clone()), span, context)?;
        return Ok(if draft.metric.is_empty() { Target::Metric } else { Target::Nowhere });
    }
    let Piece::Amount(written) = &place.chunk.piece else { return Ok(target) };
    if draft.amount.is_some() || draft.change.is_some() {
        let earlier = draft.amount.as_ref().map(|(_, s)| *s).or(draft.change.as_ref().map(|(_, s)| *s));
        return Err(errors::second_value(earlier.unwrap_or(span), span, context.slice(span)));
    }
    if draft.metric.is_empty() && names_a_year(place, context) {
        return Err(errors::year_or_amount(span, context.slice(span)));
    }
    certain::certain_opening(draft, context)?;
    draft.value_first = draft.metric.is_empty();
    draft.amount = Some((written.clone(), span));
    Ok(if draft.metric.is_empty() { Target::Metric } else { Target::Nowhere })
}

/// Why a number is no value of a filter.
fn number_in_filter(place: &Place<'_>, context: &Context<'_>) -> Box<Diagnostic> {
    let span = place.chunk.span;
    // `in 2025 honestly`: the year is a period, what follows it is the riddle
    let year = context.slice(span).parse().is_ok_and(|year: u32| (1900..=2100).contains(&year));
    if let Some(next) =
        place.after().filter(|next| year && opened_by_in(place) && matches!(next.piece, Piece::Word))
    {
        let word = context.slice(next.span);
        let near = errors::nearest_keyword(word, context.language).map(|near| (next.span, near));
        let value = format!("\"{}\"", context.slice(span.to(next.span)));
        let finding = errors::left_over(next.span, word, near, false);
        return Box::new(finding.fix("quote it, where it is a value of a column", span.to(next.span), value));
    }
    if matches!(place.before, Some(Chunk { piece: Piece::Opener("from"), .. })) && !year {
        return errors::half_a_pair(span, context.slice(span), context.language);
    }
    errors::number_as_value(span, context.slice(span))
}

/// Whether a number stands inside the metric's name.
fn is_part_of_name(draft: &Draft, place: &Place<'_>, context: &Context<'_>) -> bool {
    let Piece::Amount(written) = &place.chunk.piece else { return false };
    let free = draft.amount.is_none() && draft.change.is_none();
    let whole = written.is_bare && written.number.scale() == 0;
    // `3 of the top 10 accounts`
    let of_number = draft.value_of
        && draft.metric.len() <= 2
        && place.after().is_some_and(|next| matches!(next.piece, Piece::Word | Piece::GrainWord(_)));
    // `5 priority 1 incidents`
    let numbered = whole
        && draft.value_first
        && !free
        && written.number < rust_decimal::Decimal::TEN
        && draft.metric.last().is_some_and(|last| {
            matches!(last.piece, Piece::Word) && !names::is_plural(context.slice(last.span), context.language)
        })
        && place.after().is_some_and(|next| matches!(next.piece, Piece::Word));
    if numbered {
        return true;
    }
    // `raise the four-year graduation rate from …`
    let is_compound = context.slice(place.chunk.span).contains('-')
        && !written.is_bare
        && place.after().is_some_and(|next| is_loose(&next.piece))
        && place.rest.iter().any(|next| matches!(next.piece, Piece::Change(_) | Piece::Dated(..)));
    let inside = free && draft.verb.is_some() && !draft.metric.is_empty() && words_follow(place);
    (is_compound && free && draft.verb.is_some()) || (whole && (inside || of_number))
}

/// `2025 budget`: a number that reads as a year before a name.
fn names_a_year(place: &Place<'_>, context: &Context<'_>) -> bool {
    let year: Option<u32> = context.slice(place.chunk.span).parse().ok();
    year.is_some_and(|year| (1900..=2100).contains(&year) && year % 100 != 0)
        && place.after().is_some_and(|next| is_loose(&next.piece))
}

/// Whether the next chunk is a loose word, or one follows after more numbers: `scope 1, 2 and 3 emissions`.
fn words_follow(place: &Place<'_>) -> bool {
    let listed = |pair: &[Chunk]| {
        matches!(pair[0].piece, Piece::And | Piece::Comma)
            && matches!(&pair[1].piece, Piece::Amount(written) if written.is_bare)
    };
    if let [first, second, ..] = place.rest
        && listed(&[first.clone(), second.clone()])
    {
        let after = place.rest.chunks_exact(2).skip_while(|pair| listed(pair)).map(|pair| &pair[0]).next();
        return after.is_some_and(|next| matches!(next.piece, Piece::Word));
    }
    place.after().is_some_and(|next| is_loose(&next.piece))
        || place.after().is_some_and(|next| matches!(next.piece, Piece::Change(_)))
}
