//! `goalsheet fmt`: the canonical layout of a goal file.

use crate::source::Source;
use crate::syntax::format::{format, pin};

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
    let source = Source::new(input.name.clone(), text);
    let written = format(&source, command.from_language);
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
