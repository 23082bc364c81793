//! Which cell of the workbook holds which figure.

use std::collections::BTreeMap;

use super::held::Held;
use crate::document::{CellContent, Table};
use crate::form::FigureId;

/// The squares that a figure's cell covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Square {
    /// Number of the sheet, from 0.
    pub sheet: usize,
    /// First row, from 0.
    pub row: usize,
    /// First column, from 0.
    pub column: usize,
    /// Rows covered.
    pub row_span: usize,
    /// Columns covered.
    pub column_span: usize,
}

/// The cells of all figures of a document, and of those of the year before where the workbook
/// has them.
#[derive(Debug)]
pub(super) struct Squares<'a> {
    sheets: Vec<&'a str>,
    figures: BTreeMap<FigureId, Square>,
    previous: BTreeMap<FigureId, Square>,
}

impl<'a> Squares<'a> {
    /// Looks up every figure of the tables.
    pub fn new<F: Held>(tables: &[&'a Table<F>]) -> Self {
        let mut figures = BTreeMap::new();
        for (number, table) in tables.iter().enumerate() {
            for cell in &table.cells {
                if let CellContent::Figure(figure) = &cell.content {
                    let square = Square {
                        sheet: number,
                        row: cell.row,
                        column: cell.column,
                        row_span: cell.row_span,
                        column_span: cell.column_span,
                    };
                    figures.insert(figure.id(), square);
                }
            }
        }
        Self {
            sheets: tables.iter().map(|table| table.sheet.as_str()).collect(),
            figures,
            previous: BTreeMap::new(),
        }
    }

    /// Figures one beside the other in a row of the sheet `name`, from `first_column` on.
    pub fn in_row(
        name: &'a str,
        figures: impl Iterator<Item = FigureId>,
        row: usize,
        first_column: usize,
    ) -> Self {
        let squares = figures.zip(first_column..).map(|(figure, column)| {
            let square = Square {
                sheet: 0,
                row,
                column,
                row_span: 1,
                column_span: 1,
            };
            (figure, square)
        });
        Self {
            sheets: vec![name],
            figures: squares.collect(),
            previous: BTreeMap::new(),
        }
    }

    /// Adds last year's figures, one below the other on a sheet of their own.
    pub fn add_previous(
        &mut self,
        sheet: &'a str,
        figures: impl Iterator<Item = FigureId>,
        first_row: usize,
        column: usize,
    ) {
        let number = self.sheets.len();
        self.sheets.push(sheet);
        let squares = figures.zip(first_row..).map(|(figure, row)| {
            let square = Square {
                sheet: number,
                row,
                column,
                row_span: 1,
                column_span: 1,
            };
            (figure, square)
        });
        self.previous = squares.collect();
    }

    /// The cell of a figure, or of that of the year before.
    pub fn of(&self, figure: FigureId, previous: bool) -> Option<Square> {
        let squares = if previous {
            &self.previous
        } else {
            &self.figures
        };
        squares.get(&figure).copied()
    }

    /// `'依申请公开'!$D$4`, as a defined name refers to a cell. A merged one goes by its first row
    /// and column.
    pub fn absolute(&self, square: Square) -> Option<String> {
        let sheet = quoted(self.sheets.get(square.sheet)?);
        let row = u32::try_from(square.row).ok()?;
        let column = u16::try_from(square.column).ok()?;
        let cell = rust_xlsxwriter::utility::row_col_to_cell_absolute(row, column);
        Some(format!("{sheet}!{cell}"))
    }

    /// `first` to `last` as a formula on sheet `home` writes it: `D4`, `D4:I4`, and from another
    /// sheet `'依申请公开'!D4`. A merged cell goes by its first row and column.
    pub fn reference(&self, first: Square, last: Square, home: Option<usize>) -> Option<String> {
        let mut text = String::new();
        if Some(first.sheet) != home {
            text.push_str(&quoted(self.sheets.get(first.sheet)?));
            text.push('!');
        }
        text.push_str(&name(first)?);
        if first != last {
            text.push(':');
            text.push_str(&name(last)?);
        }
        Some(text)
    }
}

/// A sheet's name as formulas write it.
pub(super) fn quoted(sheet: &str) -> String {
    format!("'{}'", sheet.replace('\'', "''"))
}

/// `D4`; none where Excel has no such cell.
fn name(square: Square) -> Option<String> {
    let row = u32::try_from(square.row).ok()?;
    let column = u16::try_from(square.column).ok()?;
    Some(rust_xlsxwriter::utility::row_col_to_cell(row, column))
}
