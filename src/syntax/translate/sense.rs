//! A program → what it means, whatever language it is written in.

use super::{kept, table};
use crate::language::Language;
use crate::names;
use crate::syntax::ast::{Program, Statement};
use crate::syntax::format::meaning;
use crate::syntax::words::Mode;

/// What a program means, whatever language it is written in: its tree without places, language, verbs and the words that
/// open a note.
pub fn sense(program: &Program) -> String {
    let mut program = program.clone();
    let language = std::mem::take(&mut program.language);
    for statement in &mut program.statements {
        match &mut statement.node {
            Statement::Goal(goal) => {
                goal.text.node.clear();
                goal.verb = None;
                if let Some(note) = &mut goal.note {
                    let opener = kept::note_opener(&note.node, language);
                    note.node = note.node.get(opener..).unwrap_or("").trim().to_owned();
                }
            }
            Statement::Rule(rule) => {
                rule.text.clear();
                rule.keyword.clear();
            }
            _ => {}
        }
    }
    nouns(&meaning(&program), language)
}

/// A meaning with the units that are nouns of the language in their common form.
fn nouns(meaning: &str, language: Language) -> String {
    const OPENING: &str = "Named(\"";
    let mut written = String::with_capacity(meaning.len());
    let mut rest = meaning;
    while let Some(at) = rest.find(OPENING) {
        let (before, noun) = rest.split_at(at + OPENING.len());
        let end = noun.find('"').unwrap_or(noun.len());
        let known = table(language, Mode::Sentence).phrase(&names::fold_text(&noun[..end]));
        written.push_str(before);
        written.push_str(known.filter(|known| known.starts_with("noun:")).unwrap_or(&noun[..end]));
        rest = &noun[end..];
    }
    written.push_str(rest);
    written
}
