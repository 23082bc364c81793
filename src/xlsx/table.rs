//! One table → one sheet: cells, notes, widths and heights, panes.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::book::{add_note, merge, note_author, write_formula};
use super::columns::Columns;
use super::error::WorkbookError;
use super::figure_cells::FigureCells;
use super::page::Page;
use super::range::{CellRange, column_number, row_number};
use super::style::Stance;
use super::{formula, measure, rows, style};
use crate::document::{Document, Figure, Slot, Table};
use crate::form::{Cell, Content};

/// Half characters in a line of a note.
const NOTE_LINE: u32 = 36;

/// Writes table `number` of the document to an empty sheet.
pub(super) fn write(
    sheet: &mut Worksheet,
    table: &Table,
    number: usize,
    document: &Document,
    cells: &FigureCells<'_>,
) -> Result<(), WorkbookError> {
    let notes: BTreeMap<&str, &str> = table
        .notes
        .iter()
        .map(|note| (note.key.as_str(), note.text.as_str()))
        .collect();
    if !notes.is_empty() {
        sheet.set_default_note_author(note_author(&document.organ));
    }
    let title = document.title.whole();
    let page = Page::of(table, &title, document.script);
    grid(sheet, table, &page, |sheet, cell, slot| {
        let fault = || WorkbookError::figure(table.sheet(), slot.key);
        let figure = table.figure(slot.id).ok_or_else(fault)?;
        let formula = match slot.formula {
            Some(expr) => Some(formula::text(expr, cells, Some(number)).ok_or_else(fault)?),
            None => None,
        };
        write_figure(sheet, cell, &figure, formula.as_deref())
            .and_then(|()| match notes.get(slot.key) {
                Some(text) => annotate(sheet, cell, text),
                None => Ok(()),
            })
            .map_err(|source| WorkbookError::sheet(table.sheet(), source))
    })
}

/// Writes the official grid of a table to an empty sheet: its wording, widths and heights, panes
/// and print set-up. `figure` writes the cells of the figures.
pub(super) fn grid(
    sheet: &mut Worksheet,
    table: &Table,
    page: &Page<'_>,
    mut figure: impl FnMut(&mut Worksheet, &Cell, Slot<'_>) -> Result<(), WorkbookError>,
) -> Result<(), WorkbookError> {
    let fault = |source| WorkbookError::sheet(table.sheet(), source);
    measures(sheet, table).map_err(fault)?;
    for cell in &table.cells {
        match &cell.content {
            Content::Wording(role, wording) => {
                let stance = Stance::of(table, cell, *role);
                let text = wording.text(table.script);
                let format = style::wording(stance, text);
                // Never taken for a formula or a number, whatever it starts with.
                CellRange::of(cell)
                    .and_then(|range| merge(sheet, range, text, &format))
                    .map_err(fault)?;
            }
            Content::Figure(id) => figure(sheet, cell, table.slot(*id))?,
        }
    }
    freeze(sheet, table)
        .and_then(|()| page.set_up(sheet))
        .map_err(fault)
}

fn measures(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let columns = Columns::new(table);
    for (column, width) in columns.widths().iter().enumerate() {
        sheet.set_column_width_pixels(column_number(column)?, *width)?;
    }
    for (row, height) in rows::heights(table, &columns).into_iter().enumerate() {
        sheet.set_row_height_pixels(row_number(row)?, height)?;
    }
    Ok(())
}

/// Writes the cell of a figure: its number, or the formula that gives it.
pub(super) fn write_figure(
    sheet: &mut Worksheet,
    cell: &Cell,
    figure: &Figure<'_>,
    formula: Option<&str>,
) -> Result<(), XlsxError> {
    let format = style::figure(figure);
    let range = CellRange::of(cell)?;
    let (row, column) = (range.first_row, range.first_column);
    merge(sheet, range, "", &format)?;
    if let Some(formula) = formula {
        let value = plain(figure.value);
        return write_formula(sheet, (row, column), formula, &value, &format);
    }
    sheet.write_number_with_format(row, column, number(figure.value), &format)?;
    Ok(())
}

/// The digits, without zeros at the end.
pub(super) fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

/// The number that a cell holds: the nearest to the value. Exact for the 15 digits that a data file
/// may give.
pub(super) fn number(value: Decimal) -> f64 {
    // The digits of a decimal are those of a number.
    plain(value).parse().unwrap_or(f64::NAN)
}

/// Puts a note on a cell, large enough for its text.
fn annotate(sheet: &mut Worksheet, cell: &Cell, text: &str) -> Result<(), XlsxError> {
    let lines: usize = text
        .lines()
        .map(|line| measure::lines(line, NOTE_LINE).count)
        .sum();
    // The type is smaller than that of the tables, so this leaves some air.
    let height = measure::height(u32::try_from(lines).unwrap_or(1));
    let at = (row_number(cell.row)?, column_number(cell.column)?);
    add_note(sheet, at, text, (measure::pixels(NOTE_LINE), height))
}

/// Keeps the heading and the labels in sight.
fn freeze(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    if table.header_rows == 0 {
        return Ok(());
    }
    let first_figure = table
        .cells
        .iter()
        .filter(|cell| matches!(cell.content, Content::Figure(_)))
        .map(|cell| cell.column)
        .min()
        .unwrap_or(0);
    sheet.set_freeze_panes(row_number(table.header_rows)?, column_number(first_figure)?)?;
    Ok(())
}
