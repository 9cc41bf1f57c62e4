//! What the words of a statement may become → the first choice of them that means what the statement does.

use std::ops::Range;

use super::Translator;
use super::wording::Slot;

impl Translator<'_> {
    /// The first choice of forms that means what is wanted: the likeliest, then the best found by changing one at a time,
    /// to a likely form before an unlikely one.
    pub(super) fn search(
        &self,
        at: Range<usize>,
        slots: &[Slot],
        wanted: &str,
        most: usize,
    ) -> Option<String> {
        let mut chosen = vec![0; slots.len()];
        let likeliest = self.written(at.clone(), slots, &chosen);
        let mut best = match self.agreement(&likeliest, wanted) {
            Agreement::Whole => return Some(likeliest),
            Agreement::Up(reached) => reached,
        };
        let mut tries = 0;
        let steps = steps(slots);
        loop {
            let before = best;
            for (group, option) in &steps {
                if group.iter().all(|at| chosen[*at] == *option) {
                    continue;
                }
                if tries >= most || self.reader.is_spent() {
                    return None;
                }
                let mut changed = chosen.clone();
                group.iter().for_each(|at| changed[*at] = *option);
                let text = self.written(at.clone(), slots, &changed);
                tries += self.reader.count(&text, self.to);
                match self.agreement(&text, wanted) {
                    Agreement::Whole => return Some(text),
                    Agreement::Up(reached) if reached > best => (best, chosen) = (reached, changed),
                    Agreement::Up(_) => {}
                }
            }
            if best == before {
                return None;
            }
        }
    }

    /// How far the meaning of a text is the one wanted.
    fn agreement(&self, text: &str, wanted: &str) -> Agreement {
        self.reader.meaning(text, self.to, |found| match found {
            None => Agreement::Up(0),
            Some(found) if found == wanted => Agreement::Whole,
            Some(found) => {
                let common = found.bytes().zip(wanted.bytes()).take_while(|(a, b)| a == b).count();
                Agreement::Up(common + 1)
            }
        })
    }

    fn written(&self, at: Range<usize>, slots: &[Slot], chosen: &[usize]) -> String {
        let mut written = String::with_capacity(at.len() + 32);
        let mut from = at.start;
        for (slot, option) in slots.iter().zip(chosen) {
            let Some(form) = slot.options.get(*option) else { continue };
            written.push_str(&self.source.text[from..slot.range.start]);
            written.push_str(form);
            from = slot.range.end;
            // a word left out takes one of its blanks with it
            if form.is_empty() && !slot.range.is_empty() {
                let rest = &self.source.text[from..at.end];
                if rest.starts_with(' ') {
                    from += 1;
                } else if written.ends_with(' ') && (rest.is_empty() || rest.starts_with(['\n', ',', '.'])) {
                    written.pop();
                }
            }
        }
        written.push_str(&self.source.text[from..at.end]);
        written
    }
}

/// How far a meaning is the one wanted.
enum Agreement {
    Whole,
    /// So many bytes of it; none where the text is not understood.
    Up(usize),
}

/// The changes that are tried in turn: the slots, and the option that they take. Words that may become the same change
/// together before they change alone.
fn steps(slots: &[Slot]) -> Vec<(Vec<usize>, usize)> {
    let most = slots.iter().map(|slot| slot.options.len()).max().unwrap_or(0);
    let alike = |slot: usize| -> Vec<usize> {
        (slot..slots.len()).filter(|other| slots[*other].options == slots[slot].options).collect()
    };
    let is_first = |slot: usize| !slots[..slot].iter().any(|before| before.options == slots[slot].options);
    let together: Vec<Vec<usize>> =
        (0..slots.len()).filter(|slot| is_first(*slot)).map(alike).filter(|group| group.len() > 1).collect();
    let mut found = Vec::new();
    for option in 0..most {
        let alone = (0..slots.len()).map(|slot| vec![slot]);
        let groups = together.iter().cloned().chain(alone);
        let fits = groups.filter(|group| option < slots[group[0]].options.len());
        found.extend(fits.map(|group| (group, option)));
    }
    found
}
