//! The official tables with the sums.

use rust_xlsxwriter::Worksheet;

use super::unit_cells::UnitCells;
use crate::document::Table;
use crate::rollup::Rollup;
use crate::xlsx::error::WorkbookError;
use crate::xlsx::figure_cells::FigureCells;
use crate::xlsx::formula;
use crate::xlsx::page::Page;
use crate::xlsx::table::{grid, write_figure};

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
        let fault = || WorkbookError::figure(table.sheet(), slot.key);
        let figure = table.figure(slot.id).ok_or_else(fault)?;
        let formula = match slot.formula {
            Some(expr) => formula::text(expr, cells, Some(number)),
            None => unit_cells.sum(slot.id),
        };
        write_figure(sheet, cell, &figure, Some(&formula.ok_or_else(fault)?))
            .map_err(|source| WorkbookError::sheet(table.sheet(), source))
    })
}
