//! The command line: arguments → stages → bytes on stdout, files and an exit code. Results go to stdout, diagnostics
//! and progress to stderr.

mod args;

use std::process::ExitCode;

/// Runs the command with the arguments of the process.
pub fn run() -> ExitCode {
    ExitCode::SUCCESS
}
