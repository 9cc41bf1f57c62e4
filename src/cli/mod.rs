//! The command line: arguments → stages → bytes on stdout, files and an exit code. Results go to stdout, diagnostics
//! and progress to stderr.

mod args;
mod check;
mod exit;
mod explain;
mod files;
mod fmt;
mod init;
mod inspect;
mod interrupt;
mod pages;
mod parse;
mod progress;
mod run;
mod say;
mod survey;

use std::process::ExitCode;

use clap::Parser as _;

use args::{Arguments, Command};
use exit::Failure;

/// Runs the command with the arguments of the process.
pub fn run() -> ExitCode {
    // clap prints usage errors itself and exits with 2
    let arguments = Arguments::parse();
    let say = say::Say::new(arguments.color, arguments.message_format);
    interrupt::watch();
    let done = match &arguments.command {
        Command::Run(command) => run::run(command, &say),
        Command::Check(command) => check::check(command, &say),
        Command::Parse(command) => parse::parse(command, &say),
        Command::Inspect(command) => inspect::inspect(command, &say),
        Command::Init(command) => init::init(command, &say),
        Command::Explain(command) => explain::explain(command, &say),
        Command::Fmt(command) => fmt::fmt(command, &say),
    };
    match done {
        Ok(exit) => exit.into(),
        Err(failure) => {
            say.sentence(&failure.sentence);
            failure.exit.into()
        }
    }
}
