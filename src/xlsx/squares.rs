//! Which cell of the workbook holds which figure.

use std::collections::BTreeMap;

use crate::document::{CellContent, Table};
use crate::form::FigureId;

/// The squares that a figure's cell covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Square {
    /// Number of the table, from 0.
    pub table: usize,
    /// First row, from 0.
    pub row: usize,
    /// First column, from 0.
    pub column: usize,
    /// Rows covered.
    pub row_span: usize,
    /// Columns covered.
    pub column_span: usize,
}

/// The cells of all figures of a document.
#[derive(Debug)]
pub(super) struct Squares<'a> {
    sheets: Vec<&'a str>,
    figures: BTreeMap<FigureId, Square>,
}

impl<'a> Squares<'a> {
    /// Looks up every figure of the tables.
    pub fn new(tables: &[&'a Table]) -> Self {
        let mut figures = BTreeMap::new();
        for (number, table) in tables.iter().enumerate() {
            for cell in &table.cells {
                if let CellContent::Figure(figure) = &cell.content {
                    let square = Square {
                        table: number,
                        row: cell.row,
                        column: cell.column,
                        row_span: cell.row_span,
                        column_span: cell.column_span,
                    };
                    figures.insert(figure.id, square);
                }
            }
        }
        Self {
            sheets: tables.iter().map(|table| table.sheet.as_str()).collect(),
            figures,
        }
    }

    /// The cell of a figure.
    pub fn of(&self, figure: FigureId) -> Option<Square> {
        self.figures.get(&figure).copied()
    }

    /// `first` to `last` as a formula in table `home` writes it: `D4`, `D4:I4`, and from another
    /// sheet `'依申请公开'!D4`. A merged cell goes by its first row and column.
    pub fn reference(&self, first: Square, last: Square, home: usize) -> Option<String> {
        let mut text = String::new();
        if first.table != home {
            let sheet = self.sheets.get(first.table)?;
            text.push_str(&format!("'{}'!", sheet.replace('\'', "''")));
        }
        text.push_str(&name(first)?);
        if first != last {
            text.push(':');
            text.push_str(&name(last)?);
        }
        Some(text)
    }
}

/// `D4`; none where Excel has no such cell.
fn name(square: Square) -> Option<String> {
    let row = u32::try_from(square.row).ok()?;
    let column = u16::try_from(square.column).ok()?;
    Some(rust_xlsxwriter::utility::row_col_to_cell(row, column))
}
