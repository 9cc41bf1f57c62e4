//! The rows of a chunk that go somewhere.

/// The row goes nowhere.
pub(super) const NOWHERE: u32 = u32::MAX;

/// The rows of a chunk that a placement takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Selection {
    /// So many rows from the first on, that is all, in one cell.
    Whole(usize, usize),
    /// Rows with their cells.
    Some(Vec<u32>, Vec<u32>),
}

impl Selection {
    /// Takes the rows that go somewhere; buffers are used again.
    pub(super) fn take(&mut self, cells: &[u32]) {
        let one = cells.first().filter(|first| **first != NOWHERE && cells.iter().all(|cell| cell == *first));
        if let Some(cell) = one {
            *self = Self::Whole(cells.len(), *cell as usize);
            return;
        }
        let (mut rows, mut taken_cells) = match std::mem::replace(self, Self::Whole(0, 0)) {
            Self::Some(rows, cells) => (rows, cells),
            Self::Whole(..) => (Vec::new(), Vec::new()),
        };
        rows.resize(cells.len(), 0);
        taken_cells.resize(cells.len(), 0);
        let mut taken = 0;
        for (row, cell) in cells.iter().enumerate() {
            rows[taken] = row as u32;
            taken_cells[taken] = *cell;
            taken += usize::from(*cell != NOWHERE);
        }
        rows.truncate(taken);
        taken_cells.truncate(taken);
        *self = Self::Some(rows, taken_cells);
    }

    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Whole(rows, _) => *rows == 0,
            Self::Some(rows, _) => rows.is_empty(),
        }
    }

    /// Every row with its cell.
    pub(super) fn each(&self, mut row_in_cell: impl FnMut(usize, usize)) {
        match self {
            Self::Whole(rows, cell) => (0..*rows).for_each(|row| row_in_cell(row, *cell)),
            Self::Some(rows, cells) => {
                rows.iter().zip(cells).for_each(|(row, cell)| row_in_cell(*row as usize, *cell as usize));
            }
        }
    }
}
