//! `goalsheet parse`: the syntax tree, without data.

use crate::data::Catalog;
use crate::source::SourceMap;

use super::args::Parse;
use super::exit::{Exit, Failure, of_findings};
use super::files::input;
use super::say::{Say, written};

pub(super) fn parse(command: &Parse, say: &Say) -> Result<Exit, Failure> {
    let input = input(&command.goals, &[])?;
    let mut sources = SourceMap::default();
    let id = sources.add(input.name, input.text);
    let Some(source) = sources.get(id) else { unreachable!("the text was added just now") };
    let (mut program, mut found) = crate::syntax::parse(source, command.settings.language);
    // without `--as-of` what is relative counts from the declared date, else from the epoch
    let as_of = command.settings.as_of.unwrap_or(crate::calendar::AsOf(chrono::NaiveDate::default()));
    found.extend(crate::bind::unplaced(&mut program, as_of));
    say.findings(&sources, &Catalog::default(), &[], &found);
    written(|mut out| {
        crate::render::tree::write(&program, source, as_of, &mut out)?;
        writeln!(out)
    })?;
    Ok(of_findings(&[], &found))
}
