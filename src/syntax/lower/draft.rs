//! A goal while its sentence is read, chunk by chunk.

use super::broken;
use super::chunk::{Chunk, Piece, Raw, When};
use super::context::{Context, Lowered};
use super::implied;
use super::number::Written;
use super::phrase;
use crate::calendar::Grain;
use crate::quantity::Unit;
use crate::source::{Span, Spanned};
use crate::syntax::ast::{Comparison, SegmentPhrase};
use crate::syntax::errors;

/// What has been found of a goal so far.
// each flag is one thing that has been seen, and any of them go together
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) verb: Option<(&'static str, Span)>,
    /// The verb is finite or passive: `increases`, `is reduced`.
    pub(crate) finite: bool,
    /// The words of what a share is of: `to 30% of all hires`.
    pub(crate) base: Vec<Chunk>,
    /// A verb that is in no table, before a number: `train 40 nurses`.
    pub(crate) other_verb: Option<Span>,
    /// `should`, `is`: how it is to be.
    pub(crate) stated: Option<Span>,
    pub(crate) metric: Vec<Chunk>,
    pub(crate) segments: Vec<Spanned<SegmentPhrase>>,
    pub(crate) change: Option<(Raw, Span)>,
    /// `From 62%,` before the verb.
    pub(crate) base_value: Option<(Written, Span)>,
    /// A value without a word before it.
    pub(crate) amount: Option<(Written, Span)>,
    /// `of`, `at` or a colon stood before the value.
    pub(crate) opened_value: bool,
    /// `to be` stands before the level of a change: `increase X to be at least 5`.
    pub(crate) to_be: bool,
    /// `not` stands before the bound.
    pub(crate) negated: bool,
    /// The verb is a participle, which may report the past.
    pub(crate) participle: bool,
    /// The value stood before its metric.
    pub(crate) value_first: bool,
    /// `of` stood between the value and the metric.
    pub(crate) value_of: bool,
    pub(crate) tolerance: Option<Spanned<Written>>,
    pub(crate) when: Vec<(When, Span)>,
    pub(crate) starting: Option<Spanned<crate::calendar::PeriodPhrase>>,
    pub(crate) comparison: Option<Spanned<Comparison>>,
    pub(crate) every: Option<Spanned<Grain>>,
    pub(crate) grain: Option<Spanned<Grain>>,
    pub(crate) note: Option<Spanned<String>>,
    pub(crate) parens: Vec<Spanned<String>>,
}

/// Where loose words go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    Metric,
    Segment,
    /// What a share is of.
    Base,
    Nowhere,
}

pub(crate) struct Place<'a> {
    pub(crate) chunk: &'a Chunk,
    pub(crate) before: Option<&'a Chunk>,
    pub(crate) rest: &'a [Chunk],
    pub(crate) at: usize,
}

impl<'a> Place<'a> {
    pub(crate) fn after(&self) -> Option<&'a Chunk> {
        self.rest.first()
    }
}

/// The values of a segment while they are read: `in Sweden, Norway and Denmark`.
#[derive(Debug, Default)]
pub(crate) struct Values {
    pub(crate) opener: Option<Span>,
    pub(crate) found: Vec<Spanned<String>>,
    /// The value being read.
    pub(crate) open: Option<Span>,
    pub(crate) whole: Option<String>,
}

impl Values {
    pub(crate) fn next(&mut self, context: &Context<'_>) {
        if let Some(span) = self.open.take() {
            let text = self.whole.take().unwrap_or_else(|| context.words(span));
            self.found.push(Spanned::new(text, span));
        }
    }

    pub(crate) fn close(&mut self, draft: &mut Draft, context: &Context<'_>) -> Lowered<()> {
        self.next(context);
        let Some(opener) = self.opener.take() else { return Ok(()) };
        let found = std::mem::take(&mut self.found);
        let Some(last) = found.last() else {
            return Err(errors::nothing_after(opener, context.slice(opener)));
        };
        for value in &found {
            phrase::certain_value(value, context)?;
            phrase::whole_value(value, context)?;
            broken::certain_words(value.span, context)?;
        }
        draft.segments.push(Spanned::new(SegmentPhrase::Values(found.clone()), opener.to(last.span)));
        Ok(())
    }
}

pub(crate) fn once<T>(slot: &mut Option<Spanned<T>>, found: Spanned<T>, what: &str) -> Lowered<()> {
    if let Some(earlier) = slot {
        return Err(errors::said_twice(what, earlier.span, found.span));
    }
    *slot = Some(found);
    Ok(())
}

pub(crate) fn set_change(draft: &mut Draft, raw: Raw, span: Span, context: &Context<'_>) -> Lowered<()> {
    if let Some((earlier, at)) = &draft.change {
        if let Some(joined) = implied::repeated_change(earlier, &raw) {
            draft.change = Some((joined, at.to(span)));
            return Ok(());
        }
        let earlier = at;
        return Err(errors::two_changes(*earlier, span, context.slice(span)));
    }
    if let Some((_, earlier)) = &draft.amount {
        return Err(errors::two_changes(*earlier, span, context.slice(span)));
    }
    draft.change = Some((raw, span));
    Ok(())
}

/// Whether a chunk is a word, and no clause or value.
pub(crate) fn is_loose(piece: &Piece) -> bool {
    matches!(
        piece,
        Piece::Word
            | Piece::Comparative(..)
            | Piece::Participle(_)
            | Piece::Gerund(_)
            | Piece::PerNumber
            | Piece::Whole(_)
            | Piece::Article
            | Piece::Aggregate(_)
            | Piece::NumberOf
            | Piece::ShareOf
            | Piece::Call(_)
    )
}

impl Draft {
    pub(crate) fn written(&self) -> Option<&Written> {
        match (&self.amount, &self.change) {
            (Some((written, _)), _)
            | (
                None,
                Some((Raw::Level(_, _, written) | Raw::FromTo(_, written) | Raw::Between(_, written), _)),
            ) => Some(written),
            _ => None,
        }
    }

    /// Whether a verb or a modal has been found.
    pub(crate) fn acts(&self) -> bool {
        self.verb.is_some() || self.stated.is_some()
    }

    pub(crate) fn moves(&self) -> bool {
        self.verb.is_some_and(|(verb, _)| matches!(verb, "increase" | "decrease" | "improve"))
    }

    pub(crate) fn is_money(&self) -> bool {
        self.written().is_some_and(|written| matches!(written.quantity.unit, Unit::Money(_)))
    }

    pub(crate) fn is_share(&self) -> bool {
        self.written().is_some_and(|written| written.quantity.unit == Unit::Percent)
            && !self.metric.is_empty()
    }
}

/// Whether a value stands just before: the word may be meant as its unit.
pub(crate) fn after_value(place: &Place<'_>) -> bool {
    place
        .before
        .is_some_and(|before| matches!(before.piece, Piece::Change(_) | Piece::Amount(_) | Piece::Range(..)))
}
