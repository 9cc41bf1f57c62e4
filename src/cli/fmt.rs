//! `goalsheet fmt`: the canonical layout of a goal file.

use crate::language::Language;
use crate::source::{Source, Span};
use crate::syntax::format::{format, pin};
use crate::syntax::translate::translate;

use super::args::Fmt;
use super::exit::{Exit, Failure};
use super::files::input;
use super::say::{Say, print};

pub(super) fn fmt(command: &Fmt, say: &Say) -> Result<Exit, Failure> {
    let input = input(&command.goals, &[])?;
    let mut text = input.text.clone();
    if let Some(declared) = command.pin {
        text = pin(&Source::new(input.name.clone(), text), command.from_language, declared.0);
    }
    let mut language = command.from_language;
    if let Some(into) = command.language {
        let source = Source::new(input.name.clone(), text);
        text = match translate(&source, language, into) {
            Ok(text) => text,
            Err(refused) => return Ok(untranslated(&source, &refused, into, say)),
        };
        language = into;
    }
    let source = Source::new(input.name.clone(), text);
    let written = format(&source, language);
    if command.check {
        if written == input.text {
            return Ok(Exit::Done);
        }
        say.sentence(&format!(
            "`{}` is not in canonical layout: `goalsheet fmt --write {}`",
            input.name, input.name
        ));
        return Ok(Exit::Goal);
    }
    if command.write && command.goals.as_os_str() != "-" {
        if written != input.text {
            crate::render::save(&command.goals, written.as_bytes())
                .map_err(|error| Failure::usage(error.to_string()))?;
        }
        return Ok(Exit::Done);
    }
    print(&written)?;
    Ok(Exit::Done)
}

/// Says which lines have no translation that means the same; nothing is written.
fn untranslated(source: &Source, refused: &[Span], into: Language, say: &Say) -> Exit {
    for span in refused {
        let line = source.slice(*span).lines().next().unwrap_or("").trim();
        say.sentence(&format!(
            "{}:{}: no translation into {} that surely means the same: `{line}`; `goalsheet parse` says whether it is understood",
            source.name,
            source.line(*span),
            into.name(),
        ));
    }
    Exit::Goal
}
