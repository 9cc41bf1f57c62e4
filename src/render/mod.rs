//! Values of the stages → bytes. The renderers are siblings: none computes, none imports another.

pub mod inspect;
