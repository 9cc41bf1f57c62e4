//! Texts of a batch of rows.

use std::borrow::Cow;

use crate::data::{Dictionary, MISSING_CODE};

use super::string::fold;

/// Texts, one per row.
pub(super) enum Texts<'s> {
    /// Codes of a column.
    Codes {
        /// One per row.
        codes: &'s [u32],
        /// Their texts.
        dictionary: &'s Dictionary,
    },
    /// Computed texts; never empty ones, which are missing.
    Values(Vec<Option<Cow<'s, str>>>),
    /// One text for every row.
    Constant {
        /// As written.
        text: &'s str,
        /// As compared.
        folded: Cow<'s, str>,
    },
}

impl<'s> Texts<'s> {
    pub(super) fn constant(text: &'s str) -> Self {
        Self::Constant { text, folded: fold(text) }
    }

    /// The text of a row as written.
    pub(super) fn raw(&self, row: usize) -> Option<&str> {
        match self {
            Self::Codes { codes, dictionary } => code_at(codes, row).and_then(|code| dictionary.text(code)),
            Self::Values(values) => values.get(row)?.as_deref(),
            Self::Constant { text, .. } => Some(text),
        }
    }

    /// The text of a row as it is compared.
    pub(super) fn folded(&self, row: usize) -> Option<Cow<'_, str>> {
        match self {
            Self::Codes { codes, dictionary } => {
                code_at(codes, row).and_then(|code| dictionary.folded(code)).map(Cow::Borrowed)
            }
            Self::Values(values) => values.get(row)?.as_deref().map(fold),
            Self::Constant { folded, .. } => Some(Cow::Borrowed(folded)),
        }
    }

    pub(super) fn is_missing(&self, row: usize) -> bool {
        match self {
            Self::Codes { codes, .. } => codes.get(row).is_none_or(|code| *code == MISSING_CODE),
            Self::Values(values) => values.get(row).is_none_or(Option::is_none),
            Self::Constant { .. } => false,
        }
    }

    /// The texts one by one.
    pub(super) fn into_values(self, rows: usize) -> Vec<Option<Cow<'s, str>>> {
        match self {
            Self::Codes { codes, dictionary } => {
                let text =
                    |row| code_at(codes, row).and_then(|code| dictionary.text(code)).map(Cow::Borrowed);
                (0..rows).map(text).collect()
            }
            Self::Values(values) => values,
            Self::Constant { text, .. } => vec![Some(Cow::Borrowed(text)); rows],
        }
    }

    /// Codes and dictionary where both sides share the latter: equal codes are equal texts.
    pub(super) fn same_codes<'t>(&'t self, other: &'t Self) -> Option<(&'t [u32], &'t [u32])> {
        match (self, other) {
            (Self::Codes { codes: a, dictionary: x }, Self::Codes { codes: b, dictionary: y })
                if std::ptr::eq(*x, *y) =>
            {
                Some((a, b))
            }
            _ => None,
        }
    }
}

fn code_at(codes: &[u32], row: usize) -> Option<u32> {
    codes.get(row).copied().filter(|code| *code != MISSING_CODE)
}

/// A computed text: an empty one, or one of blanks, is missing.
pub(super) fn present<'t>(text: impl Into<Cow<'t, str>>) -> Option<Cow<'t, str>> {
    let text = text.into();
    if text.trim().is_empty() { None } else { Some(text) }
}
