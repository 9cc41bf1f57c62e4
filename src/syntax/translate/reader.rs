//! A statement in a language → what it means there; what was read once is remembered, and what is read is bounded.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use super::sense;
use crate::language::Language;
use crate::source::Source;
use crate::syntax::lower::program_among;
use crate::syntax::words::Declared;

/// Times the statements of a file are read again in all, beyond once each, and the bytes that are.
const TRIES_OF_FILE: usize = 10_000;
const BYTES_OF_FILE: usize = 250_000;

/// Reads statements as they would be read in their file.
pub(super) struct Reader {
    /// The names of the file.
    pub(super) names: Declared,
    /// What the forms of one statement were found to mean, by language and text.
    known: RefCell<HashMap<(Language, String), Option<String>>>,
    tries: Cell<usize>,
    bytes: Cell<usize>,
}

impl Reader {
    pub(super) fn new(declared: &[String]) -> Self {
        let mut names = Declared::default();
        declared.iter().for_each(|name| names.add(name));
        Self { names, known: RefCell::default(), tries: Cell::new(0), bytes: Cell::new(0) }
    }

    /// Forgets what was read of the statement before.
    pub(super) fn forget(&self) {
        self.known.borrow_mut().clear();
    }

    /// Counts a text that is about to be read again in other words; not what is known. How many times that was, 0 or 1.
    pub(super) fn count(&self, text: &str, language: Language) -> usize {
        if self.known.borrow().contains_key(&(language, text.to_owned())) {
            return 0;
        }
        self.tries.set(self.tries.get() + 1);
        self.bytes.set(self.bytes.get() + text.len());
        1
    }

    /// Whether enough was tried for one file.
    pub(super) fn is_spent(&self) -> bool {
        self.tries.get() >= TRIES_OF_FILE || self.bytes.get() >= BYTES_OF_FILE
    }

    /// Looks at what a statement means in a language: nothing where it has an error.
    pub(super) fn meaning<T>(
        &self,
        text: &str,
        language: Language,
        look: impl FnOnce(Option<&str>) -> T,
    ) -> T {
        let key = (language, text.to_owned());
        if let Some(known) = self.known.borrow().get(&key) {
            return look(known.as_deref());
        }
        let found = self.read(text, language);
        let seen = look(found.as_deref());
        self.known.borrow_mut().insert(key, found);
        seen
    }

    fn read(&self, text: &str, language: Language) -> Option<String> {
        let (program, findings) = program_among(&Source::new("statement", text), language, &self.names);
        // a translated statement is one statement
        (!findings.has_errors() && program.statements.len() <= 1).then(|| sense(&program))
    }
}
