//! The `goalsheet` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    goalsheet::cli::run()
}
