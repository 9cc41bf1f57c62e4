//! `goalsheet parse`: the syntax tree, without data.

use crate::data::Catalog;
use crate::source::SourceMap;

use super::args::Parse;
use super::exit::{Exit, Failure, of_findings};
use super::files::input;
use super::say::{Say, print};

pub(super) fn parse(command: &Parse, say: &Say) -> Result<Exit, Failure> {
    let input = input(&command.goals, &[])?;
    let mut sources = SourceMap::default();
    let id = sources.add(input.name, input.text);
    let Some(source) = sources.get(id) else { unreachable!("the text was added just now") };
    let (_program, found) = crate::syntax::parse(source, command.settings.language);
    say.findings(&sources, &Catalog::default(), &[], &found);
    print("{}")?;
    Ok(of_findings(&[], &found))
}
