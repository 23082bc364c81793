//! The official tables with the sums.

use rust_xlsxwriter::Worksheet;

use super::unit_cells::UnitCells;
use crate::document::Table;
use crate::rollup::Rollup;
use crate::xlsx::error::WorkbookError;
use crate::xlsx::figure_cells::FigureCells;
use crate::xlsx::page::Page;
use crate::xlsx::table::{FigureContent, grid};

/// Writes table `number` to an empty sheet: what units give is fetched from their sums, what is
/// derived is the form's own formula.
pub(super) fn write(
    sheet: &mut Worksheet,
    table: &Table,
    number: usize,
    rollup: &Rollup,
    cells: &FigureCells<'_>,
    unit_cells: &UnitCells,
) -> Result<(), WorkbookError> {
    let title = rollup.title.whole();
    let page = Page::of(table, &title, rollup.script);
    grid(sheet, table, &page, |sheet, cell, slot| {
        let figure = table.figure(slot.id);
        let content = figure.and_then(|figure| match figure.formula {
            Some(_) => FigureContent::of(figure, cells, number),
            None => Some(FigureContent {
                figure,
                formula: Some(unit_cells.sum(figure.id)?),
            }),
        });
        content
            .ok_or_else(|| WorkbookError::figure(table.sheet(), slot.key))?
            .write(sheet, cell)
            .map_err(|source| WorkbookError::sheet(table.sheet(), source))
    })
}
