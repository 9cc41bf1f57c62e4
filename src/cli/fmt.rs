//! `goalsheet fmt`: the canonical layout of a goal file.

use super::args::Fmt;
use super::exit::{Exit, Failure};
use super::files::input;
use super::say::{Say, print};

pub(super) fn fmt(command: &Fmt, _say: &Say) -> Result<Exit, Failure> {
    let input = input(&command.goals, &[])?;
    print(&input.text)?;
    Ok(Exit::Done)
}
