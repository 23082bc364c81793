//! The official tables with the sums.

use rust_xlsxwriter::Worksheet;

use super::unit_cells::UnitCells;
use crate::document::{Figure, Table};
use crate::rollup::Rollup;
use crate::xlsx::fault::Fault;
use crate::xlsx::figure_cells::FigureCells;
use crate::xlsx::page::Page;
use crate::xlsx::table::{Content, grid};

/// Writes table `number` to an empty sheet: what units give is fetched from their sums, what is
/// derived is the form's own formula.
pub(super) fn write(
    sheet: &mut Worksheet,
    table: &Table,
    number: usize,
    rollup: &Rollup,
    cells: &FigureCells<'_>,
    unit_cells: &UnitCells,
) -> Result<(), Fault> {
    let title = rollup.title.whole();
    let page = Page::of(table, &title, rollup.script);
    grid(sheet, table, &page, |sheet, cell, figure| {
        let content = match &figure.formula {
            Some(_) => Content::of(figure, cells, number),
            None => fetched(figure, unit_cells),
        };
        content
            .ok_or_else(|| Fault::figure(&table.sheet, &figure.key))?
            .write(sheet, cell, figure)
            .map_err(|source| Fault::sheet(&table.sheet, source))
    })
}

fn fetched(figure: &Figure, unit_cells: &UnitCells) -> Option<Content> {
    Some(Content {
        value: figure.value,
        formula: Some(unit_cells.sum(figure.id)?),
    })
}
