//! The order of the words, where a language asks for another: the modal second, the verb last, the time behind an imperative.

use std::ops::Range;

use rust_decimal::Decimal;

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
        let leading = leading_time(goal);
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
                without_comma(time, &self.source.text, &mut slots);
            }
        } else {
            self.without_we(&mut slots);
            self.lead(&metric, &mut slots);
            if let Some(time) = leading {
                self.time_behind(goal, &time, &mut slots);
            }
        }
        slots.sort_by_key(|slot| (slot.range.start, slot.range.end));
        slots
    }

    /// Whether the language puts the verb behind a modal at the end.
    fn is_verb_last(&self) -> bool {
        !table(self.to, Mode::Sentence).writing("final:keep").is_empty()
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
        // what stands behind the modal where the verb does not close the sentence
        let stated = slots[modal].range.end.max(subject_end(goal));
        let moved = predicate.filter(|at| {
            slots[*at].range.start > stated + 1 && !self.is_verb_last() && verb_closes(&slots[*at], goal)
        });
        let is_level = matches!(goal.direction, Direction::Keep | Direction::Reach);
        let be = table.writing("infinitive:be").first().filter(|_| predicate.is_none() && is_level);
        let behind = match moved {
            Some(predicate) => slots[predicate].options.first().cloned(),
            None => be.cloned(),
        };
        if let Some(predicate) = moved {
            slots[predicate].options = vec![String::new()];
        }
        let behind = behind.map(|verb| format!(" {verb}")).unwrap_or_default();
        if stands_first == wants_first && !wants_first {
            slots[modal].options = forms.iter().map(|form| format!("{form}{behind}")).collect();
        } else if wants_first {
            slots[modal].options = if stands_first { vec![form.clone()] } else { vec![String::new()] };
            if !stands_first {
                slots.push(inserted(metric.start, format!("{form} ")));
            }
            if !behind.is_empty() {
                slots.push(inserted(subject_end(goal), behind));
            }
        } else {
            slots[modal].options = vec![String::new()];
            slots.push(inserted(subject_end(goal), format!(" {form}{behind}")));
        }
        if !self.is_verb_last() {
            return;
        }
        let key = match (&goal.change.node, goal.direction) {
            (Change::Factor(factor), Direction::Increase) if *factor == Decimal::TWO => "double",
            (Change::Factor(_), Direction::Increase) => "triple",
            (Change::Factor(_), _) => "halve",
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

    /// `we raise`: an imperative says it.
    fn without_we(&self, slots: &mut [Slot]) {
        let Some(we) = slots.iter().position(|slot| slot.canonical == "we") else { return };
        let Some(verb) = slots.get(we + 1) else { return };
        let canonical = verb.canonical.replacen("s:", "v:", 1);
        let Some(form) = table(self.to, Mode::Sentence).written(&canonical) else { return };
        if canonical.starts_with("v:") {
            let place = slots[we].range.clone();
            slots[we].options = vec![String::new()];
            slots[we + 1].options.insert(0, form.to_owned());
            self.raise(&place, &mut slots[we + 1]);
        }
    }

    /// What leads up to an imperative or a sentence: in the form that it has there, or left out where the language would
    /// put the verb last, or where it says nothing (`to increase`).
    fn lead(&self, metric: &Range<usize>, slots: &mut [Slot]) {
        let Some(lead) = slots.iter().position(|slot| slot.canonical == "lead") else { return };
        let place = slots[lead].range.clone();
        let text = &self.source.text;
        if text[place.end..].starts_with(',') {
            slots[lead].range.end += 1;
        }
        let end = slots[lead].range.end;
        let verb = slots.iter().position(|slot| slot.canonical.starts_with("v:"));
        let verb = verb.filter(|verb| slots[*verb].range.end <= metric.start);
        let verb = verb
            .filter(|verb| text.get(end..slots[*verb].range.start).is_some_and(|gap| gap.trim().is_empty()));
        let is_bare = !text[place.clone()].contains(' ');
        let key = if verb.is_some() { "lead:verb" } else { "lead:clause" };
        let form = table(self.to, Mode::Sentence).writing(key).first().filter(|_| !is_bare);
        if let Some(form) = form {
            slots[lead].options.insert(0, form.clone());
            let mut slot = slots[lead].clone();
            self.raise(&place, &mut slot);
            slots[lead] = slot;
            return;
        }
        slots[lead].options = vec![String::new()];
        match verb {
            Some(verb) => {
                let form = table(self.to, Mode::Sentence).written(&slots[verb].canonical);
                slots[verb].options.splice(0..0, form.map(str::to_owned));
                self.raise(&place, &mut slots[verb]);
            }
            None => {
                if let Some(next) = slots
                    .get_mut(lead + 1)
                    .filter(|next| text.get(end..next.range.start).is_some_and(|gap| gap.trim().is_empty()))
                {
                    self.raise(&place, next);
                }
            }
        }
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

/// Where the subject with its filters ends: before what is said of it.
fn subject_end(goal: &Goal) -> usize {
    let change = goal.change.span.start;
    let segments = goal.segments.iter().map(|segment| segment.span.end).filter(|end| *end <= change);
    segments.chain([goal.metric.span.end]).max().unwrap_or(goal.metric.span.end) as usize
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

/// The time that a sentence begins with.
fn leading_time(goal: &Goal) -> Option<Range<usize>> {
    let time = goal.time.as_ref()?.span.range();
    let verb = goal.verb.as_ref().map_or(usize::MAX, |verb| verb.span.start as usize);
    let first = verb.min(goal.metric.span.start as usize);
    (time.end <= first).then_some(time)
}

/// Whether a verb stands behind what it changes, as in German.
fn verb_closes(slot: &Slot, goal: &Goal) -> bool {
    slot.range.start >= goal.change.span.end as usize
}
