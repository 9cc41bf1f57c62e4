use super::*;
use crate::report::fixture;

#[test]
fn look_at_it() {
    let bytes = workbook(&fixture::report()).unwrap();
    std::fs::write("/tmp/sample.xlsx", bytes).unwrap();
}
