//! Words that exports use in many languages: months, totals, yes and no, nothing there, headers.

mod figures;
mod headers;
mod months;
mod totals;
mod values;

pub(crate) use figures::*;
pub(crate) use headers::*;
pub(crate) use months::*;
pub(crate) use totals::*;
pub(crate) use values::*;
