use super::*;
use crate::report::fixture;

#[test]
fn show() {
    for width in [60, 80, 120, 150, 40] {
        eprintln!(
            "{}",
            terminal(&fixture::report(), &Terminal { width, colour: false, unicode: width != 60 })
        );
    }
}
