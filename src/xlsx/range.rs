//! Rectangles of cells, in the numbers that rust_xlsxwriter takes.

use rust_xlsxwriter::{ColNum, RowNum, XlsxError};

use crate::form::Cell;

/// Rows and columns of a sheet ("Excel specifications and limits").
pub(super) const MOST_ROWS: usize = 1_048_576;
pub(super) const MOST_COLUMNS: usize = 16_384;

/// The cells from a first to a last row and column. Both count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CellRange {
    pub first_row: RowNum,
    pub first_column: ColNum,
    pub last_row: RowNum,
    pub last_column: ColNum,
}

impl CellRange {
    /// From one cell to another.
    pub fn new(
        (first_row, first_column): (RowNum, ColNum),
        (last_row, last_column): (RowNum, ColNum),
    ) -> Self {
        Self {
            first_row,
            first_column,
            last_row,
            last_column,
        }
    }

    /// One cell.
    pub fn cell(row: RowNum, column: ColNum) -> Self {
        Self::new((row, column), (row, column))
    }

    /// What a cell of an official table covers.
    pub fn of(cell: &Cell) -> Result<Self, XlsxError> {
        let last_row = (cell.row + cell.row_span).saturating_sub(1);
        let last_column = (cell.column + cell.column_span).saturating_sub(1);
        Ok(Self::new(
            (row_number(cell.row)?, column_number(cell.column)?),
            (row_number(last_row)?, column_number(last_column)?),
        ))
    }
}

/// A row's number as rust_xlsxwriter takes it.
pub(super) fn row_number(row: usize) -> Result<RowNum, XlsxError> {
    RowNum::try_from(row).map_err(|_| XlsxError::RowColumnLimitError)
}

/// A column's number as rust_xlsxwriter takes it.
pub(super) fn column_number(column: usize) -> Result<ColNum, XlsxError> {
    ColNum::try_from(column).map_err(|_| XlsxError::RowColumnLimitError)
}

/// The last of `count` rows, from the first of them on; the first where there are none.
pub(super) fn last_row(first: RowNum, count: usize) -> RowNum {
    let more = RowNum::try_from(count.saturating_sub(1)).unwrap_or(RowNum::MAX);
    first.saturating_add(more)
}
