//! Texts that stand in the cells themselves: each distinct one is kept once and has a code.

/// Distinct texts with codes from a first one on, which is the number of the workbook's shared texts.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    first: u32,
}

impl Texts {
    /// An empty table whose codes begin at `first`.
    pub fn starting_at(first: u32) -> Self {
        Self { first }
    }

    /// The text of a code; `None` for codes of shared texts and codes never given.
    pub fn get(&self, code: u32) -> Option<&str> {
        let _ = code.checked_sub(self.first)?;
        None
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        0
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
