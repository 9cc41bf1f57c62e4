//! The commands that README and the documentation show, executed as they stand.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[test]
fn documented_commands_do_what_is_shown() {
    trycmd::TestCases::new()
        .case("README.md")
        .case("docs/*.md")
        .case("docs/diagnostics/*.md")
        .case("examples/*/README.md")
        .case("tests/cli/*.md");
}
