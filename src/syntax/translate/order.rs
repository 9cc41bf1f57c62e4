//! The order of the words, where a language asks for another: the modal second, the verb last, the time behind an imperative.

use std::ops::Range;

use super::{Slot, Translator, table};
use crate::language::Language;
use crate::syntax::ast::{Change, Direction, Goal};
use crate::syntax::words::Mode;

impl Translator<'_> {
    /// Moves words of a sentence to where the other language has them. `slots` are those of the sentence, in its order.
    pub(super) fn ordered(&self, goal: &Goal, mut slots: Vec<Slot>) -> Vec<Slot> {
        let sentence = goal.text.span.range();
        let metric = goal.metric.span.range();
        let is_said = |slot: &Slot| slot.range.end <= sentence.end;
        let leading = self.leading_time(goal);
        let modal = slots.iter().position(|slot| slot.canonical == "modal" && is_said(slot));
        let is_predicate = |slot: &Slot| {
            slot.canonical == "be" || slot.canonical.starts_with("s:") || slot.canonical.starts_with("v:")
        };
        if let Some(modal) = modal {
            let place = slots[modal].range.start;
            let predicate =
                slots.iter().position(|slot| is_said(slot) && slot.range.start > place && is_predicate(slot));
            self.modal(goal, (modal, predicate), leading.is_some(), &mut slots);
            if let Some(time) = &leading {
                without_comma(time, self.from_text(), &mut slots);
            }
        } else {
            if self.is_verb_last() {
                self.without_lead(&metric, &mut slots);
            }
            if let Some(time) = leading {
                self.time_behind(goal, &time, &mut slots);
            }
        }
        slots.sort_by_key(|slot| (slot.range.start, slot.range.end));
        slots
    }

    fn from_text(&self) -> &str {
        &self.source.text
    }

    /// Whether the language puts the verb behind a modal at the end.
    fn is_verb_last(&self) -> bool {
        !table(self.to, Mode::Sentence).writing("final:keep").is_empty()
    }

    /// The time that a sentence begins with.
    fn leading_time(&self, goal: &Goal) -> Option<Range<usize>> {
        let time = goal.time.as_ref()?.span.range();
        let verb = goal.verb.as_ref().map_or(usize::MAX, |verb| verb.span.start as usize);
        let first = verb.min(goal.metric.span.start as usize);
        (time.end <= first).then_some(time)
    }

    fn modal(
        &self,
        goal: &Goal,
        (modal, predicate): (usize, Option<usize>),
        has_leading_time: bool,
        slots: &mut Vec<Slot>,
    ) {
        let metric = goal.metric.span.range();
        let table = table(self.to, Mode::Sentence);
        let mut forms = slots[modal].options.clone();
        if let Some(form) = table.writing("modal").first() {
            forms.retain(|known| known != form);
            forms.insert(0, form.clone());
        }
        let form = forms.first().cloned().unwrap_or_default();
        let stands_first = slots[modal].range.start < metric.start;
        let wants_first = has_leading_time && self.to != Language::English;
        if stands_first == wants_first {
            slots[modal].options = forms;
        } else {
            slots[modal].options = vec![String::new()];
            let behind = predicate.map_or(metric.end, |predicate| slots[predicate].range.start);
            let (at, written) = match (wants_first, predicate) {
                (true, _) => (metric.start, format!("{form} ")),
                (false, Some(_)) => (behind, format!("{form} ")),
                (false, None) => (behind, format!(" {form}")),
            };
            slots.push(inserted(at, written));
        }
        if !self.is_verb_last() {
            return;
        }
        let key = match (&goal.change.node, goal.direction) {
            (_, Direction::Increase) => "increase",
            (_, Direction::Decrease) => "decrease",
            (Change::Below(_) | Change::Above(_) | Change::Between(..), _) => "bound",
            _ => "keep",
        };
        let Some(verb) = table.writing(&format!("final:{key}")).first() else { return };
        if let Some(predicate) = predicate {
            slots[predicate].options = vec![String::new()];
        }
        slots.push(inserted(end_of(goal), format!(" {verb}")));
    }

    /// An imperative without what leads up to it.
    fn without_lead(&self, metric: &Range<usize>, slots: &mut [Slot]) {
        let Some(lead) = slots.iter().position(|slot| slot.canonical == "lead") else { return };
        let verb = slots.iter().position(|slot| slot.canonical.starts_with("v:"));
        let Some(verb) = verb.filter(|verb| slots[*verb].range.end <= metric.start) else { return };
        let (lead_at, verb_at) = (slots[lead].range.clone(), slots[verb].range.clone());
        if self.source.text.get(lead_at.end..verb_at.start).is_none_or(|between| !between.trim().is_empty()) {
            return;
        }
        slots[lead].options = vec![String::new()];
        self.raise(&lead_at, &mut slots[verb]);
    }

    /// Gives a word the capital that another one had in its place.
    fn raise(&self, place: &Range<usize>, slot: &mut Slot) {
        if self.source.text[place.start..].starts_with(char::is_uppercase) {
            for option in &mut slot.options {
                let mut letters = option.chars();
                *option = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
            }
        }
    }

    /// A time that leads an imperative goes behind it.
    fn time_behind(&self, goal: &Goal, time: &Range<usize>, slots: &mut Vec<Slot>) {
        let verb = goal.verb.as_ref().map(|verb| verb.span.range());
        let Some(verb) = verb.filter(|verb| verb.end <= goal.metric.span.start as usize) else { return };
        let Some(at) = slots.iter().position(|slot| slot.range == *time) else { return };
        let Some(verb) = slots.iter().position(|slot| slot.range == verb) else { return };
        if !slots[verb].canonical.starts_with("v:") {
            return;
        }
        let written = slots[at].options.first().map(|time| format!(" {time}")).unwrap_or_default();
        slots[at].options = vec![String::new()];
        self.raise(time, &mut slots[verb]);
        without_comma(time, &self.source.text, slots);
        slots.push(inserted(end_of(goal), written));
    }
}

/// A stretch that stands nowhere in the text.
fn inserted(at: usize, form: String) -> Slot {
    Slot { range: at..at, canonical: String::new(), options: vec![form] }
}

/// Takes the comma behind a leading time into its stretch.
fn without_comma(time: &Range<usize>, text: &str, slots: &mut [Slot]) {
    if text[time.end..].starts_with(',')
        && let Some(slot) = slots.iter_mut().find(|slot| slot.range == *time)
    {
        slot.range.end += 1;
    }
}

/// Where the last clause of a sentence before its note ends.
fn end_of(goal: &Goal) -> usize {
    let note = goal.note.as_ref().map_or(goal.text.span.end, |note| note.span.start);
    let spans = [
        Some(goal.metric.span),
        Some(goal.change.span),
        goal.tolerance.as_ref().map(|found| found.span),
        goal.comparison.as_ref().map(|found| found.span),
        goal.time.as_ref().map(|found| found.span),
        goal.starting.as_ref().map(|found| found.span),
        goal.every.as_ref().map(|found| found.span),
        goal.grain.as_ref().map(|found| found.span),
    ];
    let segments = goal.segments.iter().map(|segment| segment.span);
    let ends = spans.into_iter().flatten().chain(segments).map(|span| span.end);
    ends.filter(|end| *end <= note).max().unwrap_or(note) as usize
}
