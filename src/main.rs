//! The `goalsheet` command.

fn main() {}
