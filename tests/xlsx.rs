//! The workbook reader against calamine, against hand-made packages, against what other programs write, and against
//! damage.
#![allow(clippy::unwrap_used, clippy::expect_used)]
#![allow(clippy::print_stderr)]

#[path = "xlsx/support.rs"]
mod support;

#[path = "xlsx/agreement.rs"]
mod agreement;
#[path = "xlsx/damage.rs"]
mod damage;
#[path = "xlsx/packages.rs"]
mod packages;
#[path = "xlsx/writers.rs"]
mod writers;
