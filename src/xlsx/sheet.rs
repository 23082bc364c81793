//! One table → one sheet: cells, notes, widths and heights, panes.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_xlsxwriter::{ColNum, RowNum, XlsxError};

use super::book::Sheet;
use super::cells::{Given, Xf};
use super::columns::Columns;
use super::fault::Fault;
use super::frame::Around;
use super::held::Held;
use super::page::Page;
use super::squares::Squares;
use super::style::{Stance, Styles};
use super::{formula, measure, rows};
use crate::document::{Cell, CellContent, Document, Figure, Table};

/// Half characters in a line of a note.
const NOTE_LINE: u32 = 36;

/// Writes table `number` of the document to an empty sheet.
pub(super) fn write(
    sheet: &mut Sheet<'_>,
    table: &Table,
    number: usize,
    document: &Document,
    squares: &Squares<'_>,
    styles: &mut Styles,
) -> Result<(), Fault> {
    let notes: BTreeMap<&str, &str> = table
        .notes
        .iter()
        .map(|note| (note.key.as_str(), note.text.as_str()))
        .collect();
    let title = document.title.whole();
    let page = Page::of(table, &title, document.script);
    let heights = grid(
        sheet,
        table,
        &page,
        styles,
        |sheet, styles, cell, figure| {
            let content = Content::of(figure, squares, number).ok_or_else(|| Fault::Figure {
                sheet: table.sheet.clone(),
                key: figure.key.clone(),
            })?;
            let fault = |source| Fault::Sheet {
                sheet: table.sheet.clone(),
                source,
            };
            put(sheet, cell, &content, styles.figure(figure)).map_err(fault)?;
            match notes.get(figure.key.as_str()) {
                Some(text) => annotate(sheet, cell, text).map_err(fault),
                None => Ok(()),
            }
        },
    )?;
    if !notes.is_empty() {
        // Their boxes are placed by the heights of the rows.
        let heights = heights.into_iter().zip(0..);
        heights.for_each(|(height, row)| sheet.around(Around::Height(row, height)));
    }
    Ok(())
}

/// Writes the official grid of a table to an empty sheet: its wording, widths and heights, panes
/// and print set-up. `figure` writes the cells of the figures. Out come the heights of the rows, in pixels.
pub(super) fn grid<F: Held>(
    sheet: &mut Sheet<'_>,
    table: &Table<F>,
    page: &Page<'_>,
    styles: &mut Styles,
    mut figure: impl FnMut(&mut Sheet<'_>, &mut Styles, &Cell<F>, &F) -> Result<(), Fault>,
) -> Result<Vec<u32>, Fault> {
    let fault = |source| Fault::Sheet {
        sheet: table.sheet.clone(),
        source,
    };
    let heights = measures(sheet, table).map_err(fault)?;
    for cell in &table.cells {
        match &cell.content {
            CellContent::Wording(role, phrase) => {
                let stance = Stance::of(table, cell, *role);
                let format = styles.wording(stance, &phrase.text);
                wording(sheet, cell, &phrase.text, format).map_err(fault)?;
            }
            CellContent::Figure(held) => figure(sheet, styles, cell, held)?,
        }
    }
    freeze(sheet, table).map_err(fault)?;
    page.set_up(sheet);
    Ok(heights)
}

fn measures<F: Held>(sheet: &mut Sheet<'_>, table: &Table<F>) -> Result<Vec<u32>, XlsxError> {
    let columns = Columns::new(table);
    for (column, width) in columns.widths().iter().enumerate() {
        sheet.around(Around::Width(excel_column(column)?, *width));
    }
    let heights = rows::heights(table, &columns);
    for (row, height) in heights.iter().enumerate() {
        sheet.height(excel_row(row)?, *height)?;
    }
    Ok(heights)
}

/// What the cell of a figure holds.
pub(super) struct Content {
    /// Its number, in digits.
    pub digits: String,
    /// The formula that gives it, where it is a sum.
    pub formula: Option<String>,
}

impl Content {
    /// A figure's number, or its sum as a formula on sheet `table`; none where there is no such
    /// formula.
    pub fn of(figure: &Figure, squares: &Squares<'_>, table: usize) -> Option<Self> {
        let formula = match &figure.formula {
            Some(expr) => Some(formula::text(expr, squares, Some(table))?),
            None => None,
        };
        Some(Self {
            digits: plain(figure.value),
            formula,
        })
    }
}

/// The digits, without zeros at the end: a number is the nearest to them that a cell can hold. Exact for
/// the 15 digits that a data file may give.
pub(super) fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

/// A wording; never taken for a formula or a number, whatever it starts with.
fn wording<F>(
    sheet: &mut Sheet<'_>,
    cell: &Cell<F>,
    text: &str,
    format: Xf,
) -> Result<(), XlsxError> {
    let (first, last) = span(cell)?;
    sheet.merge(first, last, text, format)
}

/// Writes the cell of a figure.
pub(super) fn put(
    sheet: &mut Sheet<'_>,
    cell: &Cell,
    content: &Content,
    format: Xf,
) -> Result<(), XlsxError> {
    let ((row, column), last) = span(cell)?;
    let Content { digits, formula } = content;
    sheet.merge((row, column), last, "", format)?;
    match formula {
        Some(formula) => sheet.formula(row, column, formula, Given::Number(digits), format),
        None => sheet.number(row, column, digits, format),
    }
}

/// Row and column of a square, from 0.
pub(super) type At = (RowNum, ColNum);

/// First and last square of a cell.
pub(super) fn span<F>(cell: &Cell<F>) -> Result<(At, At), XlsxError> {
    let last = (
        excel_row((cell.row + cell.row_span).saturating_sub(1))?,
        excel_column((cell.column + cell.column_span).saturating_sub(1))?,
    );
    Ok(((excel_row(cell.row)?, excel_column(cell.column)?), last))
}

/// Puts a note on a cell, large enough for its text.
fn annotate(sheet: &mut Sheet<'_>, cell: &Cell, text: &str) -> Result<(), XlsxError> {
    let lines: usize = text
        .lines()
        .map(|line| measure::lines(line, NOTE_LINE).count)
        .sum();
    // The type is smaller than that of the tables, so this leaves some air.
    let height = measure::height(u32::try_from(lines).unwrap_or(1));
    let at = (excel_row(cell.row)?, excel_column(cell.column)?);
    sheet.note(at, text, (measure::pixels(NOTE_LINE), height));
    Ok(())
}

/// Keeps the heading and the labels in sight.
fn freeze<F>(sheet: &mut Sheet<'_>, table: &Table<F>) -> Result<(), XlsxError> {
    if table.header_rows == 0 {
        return Ok(());
    }
    let first_figure = table
        .cells
        .iter()
        .filter(|cell| matches!(cell.content, CellContent::Figure(_)))
        .map(|cell| cell.column)
        .min()
        .unwrap_or(0);
    let (row, column) = (excel_row(table.header_rows)?, excel_column(first_figure)?);
    sheet.around(Around::Panes(row, column));
    Ok(())
}

pub(super) fn excel_row(row: usize) -> Result<RowNum, XlsxError> {
    RowNum::try_from(row).map_err(|_| XlsxError::RowColumnLimitError)
}

pub(super) fn excel_column(column: usize) -> Result<ColNum, XlsxError> {
    ColNum::try_from(column).map_err(|_| XlsxError::RowColumnLimitError)
}
