//! Writes the workbooks of the examples: the same bytes whenever and wherever it runs.
//!
//! `cargo run --example make_data` from the root of the package.

mod book;
mod departments;
mod random;
mod sentences;
mod webshop;

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let examples = Path::new("examples");
    webshop::book()?.save(examples.join("webshop/webshop.xlsx"))?;
    departments::book()?.save(examples.join("departments/departments.xlsx"))?;
    sentences::book()?.save(examples.join("sentences/export.xlsx"))?;
    Ok(())
}
