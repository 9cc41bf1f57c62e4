//! Any bytes as a workbook.
#![no_main]

#[allow(dead_code)]
mod bodies;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let ending = match bytes.first() {
        Some(b'P') => "xlsx",
        Some(0xd0) => "xls",
        _ => "csv",
    };
    bodies::load_workbook(bytes, ending);
});
