//! One table → one sheet: cells, notes, widths and heights, panes.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_xlsxwriter::{ColNum, Format, Formula, Note, RowNum, Worksheet, XlsxError};

use super::columns::Columns;
use super::fault::Fault;
use super::held::Held;
use super::page::Page;
use super::squares::Squares;
use super::style::{Stance, Styles, WORDING_FAMILY, WORDING_FONT};
use super::{formula, measure, rows};
use crate::document::{Cell, CellContent, Document, Figure, Table};

/// Size of a note's type, in points.
const NOTE_SIZE: u8 = 9;
/// Half characters in a line of a note.
const NOTE_LINE: u32 = 36;

/// Writes table `number` of the document to an empty sheet.
pub(super) fn write(
    sheet: &mut Worksheet,
    table: &Table,
    number: usize,
    document: &Document,
    squares: &Squares<'_>,
    styles: &mut Styles,
) -> Result<(), Fault> {
    sheet.set_default_note_author(&document.organ);
    let notes: BTreeMap<&str, &str> = table
        .notes
        .iter()
        .map(|note| (note.key.as_str(), note.text.as_str()))
        .collect();
    let title = document.title.whole();
    let page = Page::of(table, &title, document.script);
    grid(
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
            put(sheet, cell, content, styles.figure(figure)).map_err(fault)?;
            match notes.get(figure.key.as_str()) {
                Some(text) => annotate(sheet, cell, text).map_err(fault),
                None => Ok(()),
            }
        },
    )
}

/// Writes the official grid of a table to an empty sheet: its wording, widths and heights, panes
/// and print set-up. `figure` writes the cells of the figures.
pub(super) fn grid<F: Held>(
    sheet: &mut Worksheet,
    table: &Table<F>,
    page: &Page<'_>,
    styles: &mut Styles,
    mut figure: impl FnMut(&mut Worksheet, &mut Styles, &Cell<F>, &F) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let fault = |source| Fault::Sheet {
        sheet: table.sheet.clone(),
        source,
    };
    sheet.set_name(&table.sheet).map_err(fault)?;
    measures(sheet, table).map_err(fault)?;
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
    page.set_up(sheet).map_err(fault)
}

fn measures<F: Held>(sheet: &mut Worksheet, table: &Table<F>) -> Result<(), XlsxError> {
    let columns = Columns::new(table);
    for (column, width) in columns.widths().iter().enumerate() {
        sheet.set_column_width_pixels(excel_column(column)?, *width)?;
    }
    for (row, height) in rows::heights(table, &columns).iter().enumerate() {
        sheet.set_row_height_pixels(excel_row(row)?, *height)?;
    }
    Ok(())
}

/// What the cell of a figure holds.
pub(super) enum Content {
    /// A number.
    Number(f64),
    /// A formula with its result.
    Formula(Formula),
}

impl Content {
    /// A figure's number, or its sum as a formula on sheet `table`; none where there is no such
    /// formula.
    pub fn of(figure: &Figure, squares: &Squares<'_>, table: usize) -> Option<Self> {
        let digits = plain(figure.value);
        match &figure.formula {
            Some(expr) => {
                let formula = Formula::new(formula::text(expr, squares, Some(table))?);
                Some(Self::Formula(formula.set_result(digits)))
            }
            None => digits.parse().ok().map(Self::Number),
        }
    }
}

/// The digits, without zeros at the end: parsed from them, a number is the nearest that a cell
/// can hold. Exact for the 15 digits that a data file may give.
pub(super) fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

/// A wording; never taken for a formula or a number, whatever it starts with.
fn wording<F>(
    sheet: &mut Worksheet,
    cell: &Cell<F>,
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    merge(sheet, cell, format)?;
    sheet.write_string_with_format(
        excel_row(cell.row)?,
        excel_column(cell.column)?,
        text,
        format,
    )?;
    Ok(())
}

/// Writes the cell of a figure.
pub(super) fn put(
    sheet: &mut Worksheet,
    cell: &Cell,
    content: Content,
    format: &Format,
) -> Result<(), XlsxError> {
    merge(sheet, cell, format)?;
    let (row, column) = (excel_row(cell.row)?, excel_column(cell.column)?);
    match content {
        Content::Number(number) => sheet.write_number_with_format(row, column, number, format)?,
        Content::Formula(formula) => {
            sheet.write_formula_with_format(row, column, formula, format)?
        }
    };
    Ok(())
}

/// Merges the squares of a cell that covers several, each with its own border and fill.
pub(super) fn merge<F>(
    sheet: &mut Worksheet,
    cell: &Cell<F>,
    format: &Format,
) -> Result<(), XlsxError> {
    if cell.row_span * cell.column_span > 1 {
        sheet.merge_range(
            excel_row(cell.row)?,
            excel_column(cell.column)?,
            excel_row(cell.row + cell.row_span - 1)?,
            excel_column(cell.column + cell.column_span - 1)?,
            "",
            format,
        )?;
    }
    Ok(())
}

/// Puts a note on a cell, large enough for its text.
fn annotate(sheet: &mut Worksheet, cell: &Cell, text: &str) -> Result<(), XlsxError> {
    let lines: usize = text
        .lines()
        .map(|line| measure::lines(line, NOTE_LINE).len())
        .sum();
    // The type is smaller than that of the tables, so this leaves some air.
    let height = measure::height(u32::try_from(lines).unwrap_or(1));
    let note = Note::new(text)
        .add_author_prefix(false)
        .set_font_name(WORDING_FONT)
        .set_font_family(WORDING_FAMILY)
        .set_font_size(NOTE_SIZE)
        .set_width(measure::pixels(NOTE_LINE))
        .set_height(height);
    sheet.insert_note(excel_row(cell.row)?, excel_column(cell.column)?, &note)?;
    Ok(())
}

/// Keeps the heading and the labels in sight.
fn freeze<F>(sheet: &mut Worksheet, table: &Table<F>) -> Result<(), XlsxError> {
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
    sheet.set_freeze_panes(excel_row(table.header_rows)?, excel_column(first_figure)?)?;
    Ok(())
}

pub(super) fn excel_row(row: usize) -> Result<RowNum, XlsxError> {
    RowNum::try_from(row).map_err(|_| XlsxError::RowColumnLimitError)
}

pub(super) fn excel_column(column: usize) -> Result<ColNum, XlsxError> {
    ColNum::try_from(column).map_err(|_| XlsxError::RowColumnLimitError)
}
