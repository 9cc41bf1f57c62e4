//! Results → bytes; siblings, none imports another.

pub mod tree;
