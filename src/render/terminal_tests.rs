use super::*;
use crate::report::fixture;

#[test]
fn show() {
    for width in [66] {
        eprintln!(
            "{}",
            terminal(&fixture::report(), &Terminal { width, colour: false, unicode: width != 60 })
        );
    }
}
