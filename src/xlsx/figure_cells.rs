//! Which cell of the workbook holds which figure.

use std::collections::BTreeMap;

use rust_xlsxwriter::utility::{row_col_to_cell, row_col_to_cell_absolute};
use rust_xlsxwriter::{ColNum, RowNum};

use super::range::CellRange;
use crate::document::Table;
use crate::form::{Content, FigureId};

/// The cell of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FigureCell {
    /// Number of the sheet, from 0.
    pub sheet: usize,
    /// What it covers.
    pub range: CellRange,
}

/// The cells of all figures of a document, and of those of the year before where the workbook
/// has them.
#[derive(Debug)]
pub(super) struct FigureCells<'a> {
    sheets: Vec<&'a str>,
    figures: BTreeMap<FigureId, FigureCell>,
    previous: BTreeMap<FigureId, FigureCell>,
}

impl<'a> FigureCells<'a> {
    /// Figures at their cells on these sheets.
    pub fn at(
        sheets: Vec<&'a str>,
        figures: impl IntoIterator<Item = (FigureId, FigureCell)>,
    ) -> Self {
        Self {
            sheets,
            figures: figures.into_iter().collect(),
            previous: BTreeMap::new(),
        }
    }

    /// Looks up every figure of the tables.
    pub fn new(tables: &[&'a Table]) -> Self {
        let mut figures = BTreeMap::new();
        for (number, table) in tables.iter().enumerate() {
            for cell in &table.cells {
                // Writing the table will say what lies outside an Excel sheet.
                if let Content::Figure(figure) = cell.content
                    && let Ok(range) = CellRange::of(cell)
                {
                    let sheet = number;
                    figures.insert(figure, FigureCell { sheet, range });
                }
            }
        }
        Self::at(tables.iter().map(|table| table.sheet()).collect(), figures)
    }

    /// Figures one beside the other in a row of the sheet `name`, from `first_column` on.
    pub fn in_row(
        name: &'a str,
        figures: impl Iterator<Item = FigureId>,
        row: RowNum,
        first_column: ColNum,
    ) -> Self {
        let cells = figures
            .zip(first_column..=ColNum::MAX)
            .map(|(figure, column)| {
                let range = CellRange::cell(row, column);
                (figure, FigureCell { sheet: 0, range })
            });
        Self::at(vec![name], cells)
    }

    /// Adds last year's figures, one below the other on a sheet of their own.
    pub fn add_previous(
        &mut self,
        sheet: &'a str,
        figures: impl Iterator<Item = FigureId>,
        first_row: RowNum,
        column: ColNum,
    ) {
        let number = self.sheets.len();
        self.sheets.push(sheet);
        let cells = figures.zip(first_row..).map(|(figure, row)| {
            let (sheet, range) = (number, CellRange::cell(row, column));
            (figure, FigureCell { sheet, range })
        });
        self.previous = cells.collect();
    }

    /// The cell of a figure, or of that of the year before.
    pub fn of(&self, figure: FigureId, previous: bool) -> Option<FigureCell> {
        let cells = if previous {
            &self.previous
        } else {
            &self.figures
        };
        cells.get(&figure).copied()
    }

    /// The formula by which a sheet of the program's own fetches a figure.
    pub fn fetched(&self, figure: FigureId) -> Option<String> {
        let cell = self.of(figure, false)?;
        self.reference(cell, cell, None)
    }

    /// `'依申请公开'!$D$4`, as a defined name refers to a figure. A merged cell goes by its first row
    /// and column.
    pub fn absolute(&self, figure: FigureId) -> Option<String> {
        let FigureCell { sheet, range } = self.of(figure, false)?;
        let sheet = quoted(self.sheets.get(sheet)?);
        let cell = row_col_to_cell_absolute(range.first_row, range.first_column);
        Some(format!("{sheet}!{cell}"))
    }

    /// `first` to `last` as a formula on sheet `home` writes it: `D4`, `D4:I4`, and from another
    /// sheet `'依申请公开'!D4`. A merged cell goes by its first row and column.
    pub fn reference(
        &self,
        first: FigureCell,
        last: FigureCell,
        home: Option<usize>,
    ) -> Option<String> {
        let name =
            |cell: FigureCell| row_col_to_cell(cell.range.first_row, cell.range.first_column);
        let mut text = String::new();
        if Some(first.sheet) != home {
            text.push_str(&quoted(self.sheets.get(first.sheet)?));
            text.push('!');
        }
        text.push_str(&name(first));
        if first != last {
            text.push(':');
            text.push_str(&name(last));
        }
        Some(text)
    }
}

/// A sheet's name as formulas write it.
pub(super) fn quoted(sheet: &str) -> String {
    format!("'{}'", sheet.replace('\'', "''"))
}
