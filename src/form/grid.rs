//! Placing the cells of a table on its grid, as HTML places them: each takes the next square of
//! its row that is still free.

/// Which squares of a table are covered.
pub(super) struct Grid {
    columns: usize,
    covered: Vec<bool>,
}

/// Why a cell has no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Misfit {
    /// The row is full.
    RowFull,
    /// The cell reaches beyond the last column.
    TooWide,
    /// The cell reaches beyond the last row.
    TooTall,
    /// The cell covers a square that another cell has.
    Overlap,
    /// A span of no squares.
    NoSpan,
}

/// Most squares of one table.
pub(super) const MAX_SQUARES: usize = 100_000;

impl Grid {
    pub fn new(rows: usize, columns: usize) -> Self {
        Self {
            columns,
            covered: vec![false; rows * columns],
        }
    }

    /// Gives the next cell of `row` its place: its first column.
    pub fn place(
        &mut self,
        row: usize,
        row_span: usize,
        column_span: usize,
    ) -> Result<usize, Misfit> {
        if row_span == 0 || column_span == 0 {
            return Err(Misfit::NoSpan);
        }
        let squares = self.covered.len();
        let start = row * self.columns;
        let free = self
            .covered
            .iter()
            .skip(start)
            .take(self.columns)
            .position(|covered| !covered)
            .ok_or(Misfit::RowFull)?;
        if column_span > self.columns - free {
            return Err(Misfit::TooWide);
        }
        if row_span > squares / self.columns.max(1) - row {
            return Err(Misfit::TooTall);
        }
        for r in row..row + row_span {
            let from = r * self.columns + free;
            let Some(squares) = self.covered.get_mut(from..from + column_span) else {
                return Err(Misfit::TooTall);
            };
            if squares.iter().any(|covered| *covered) {
                return Err(Misfit::Overlap);
            }
            squares.fill(true);
        }
        Ok(free)
    }

    /// The first square of `row` that no cell covers, as its column.
    pub fn gap(&self, row: usize) -> Option<usize> {
        self.covered
            .iter()
            .skip(row * self.columns)
            .take(self.columns)
            .position(|covered| !covered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_take_the_next_free_square() {
        let mut grid = Grid::new(2, 3);
        assert_eq!(grid.place(0, 2, 1), Ok(0));
        assert_eq!(grid.place(0, 1, 2), Ok(1));
        assert_eq!(grid.place(1, 1, 1), Ok(1));
        assert_eq!(grid.gap(1), Some(2));
        assert_eq!(grid.place(1, 1, 2), Err(Misfit::TooWide));
        assert_eq!(grid.place(1, 2, 1), Err(Misfit::TooTall));
        assert_eq!(grid.place(0, 1, 1), Err(Misfit::RowFull));
    }

    #[test]
    fn a_tall_cell_may_not_run_into_another() {
        let mut grid = Grid::new(2, 3);
        assert_eq!(grid.place(0, 1, 1), Ok(0));
        assert_eq!(grid.place(0, 2, 1), Ok(1));
        assert_eq!(grid.place(0, 1, 1), Ok(2));
        assert_eq!(grid.place(1, 1, 2), Err(Misfit::Overlap));
    }
}
