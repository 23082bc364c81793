//! The cells of a sheet that are to be filled in, and how a formula finds the first that isn't yet.

use rust_xlsxwriter::utility::cell_range_absolute;
use rust_xlsxwriter::{ColNum, RowNum};

use super::super::figure_cells::{FigureCells, quoted};
use super::super::range::CellRange;
use crate::document::{Blank, Table};

/// What a row counts more than a column where cells are put in order; no sheet has so many columns.
pub(super) const ROW: u64 = 100_000;
/// More than any cell counts, as a formula writes it.
pub(super) const NONE: &str = "10^12";

/// Place of a cell in the order in which a sheet is read, both from 0.
pub(super) fn order(row: RowNum, column: ColNum) -> u64 {
    (u64::from(row) + 1) * ROW + u64::from(column) + 1
}

/// The inputs of a table as rectangles; a merged cell goes by its first row and column.
pub(super) fn rectangles(table: &Table, cells: &FigureCells<'_>) -> Vec<CellRange> {
    let inputs = table.slots().filter(|slot| slot.formula.is_none());
    let single = inputs.filter_map(|slot| Some(cells.of(slot.id, false)?.range));
    let mut single: Vec<(RowNum, ColNum)> =
        single.map(|it| (it.first_row, it.first_column)).collect();
    single.sort_unstable();
    // Runs beside each other in a row, then equal runs below each other.
    let mut runs: Vec<CellRange> = Vec::new();
    for (row, column) in single {
        match runs.last_mut() {
            Some(run) if run.first_row == row && run.last_column + 1 == column => {
                run.last_column = column;
            }
            _ => runs.push(CellRange::cell(row, column)),
        }
    }
    let mut found: Vec<CellRange> = Vec::new();
    for run in runs {
        let above = found.iter_mut().find(|above| {
            let same =
                (above.first_column, above.last_column) == (run.first_column, run.last_column);
            same && above.last_row + 1 == run.first_row
        });
        match above {
            Some(above) => above.last_row = run.last_row,
            None => found.push(run),
        }
    }
    found
}

/// A formula that gives the [`order`] of the first cell of the rectangles that has no number in it.
/// SUMPRODUCT has every program take the cells one by one.
pub(super) fn first(table: &Table, rectangles: &[CellRange]) -> String {
    let sheet = quoted(table.sheet());
    let least = rectangles.iter().map(|range| {
        let area = cell_range_absolute(
            range.first_row,
            range.first_column,
            range.last_row,
            range.last_column,
        );
        let area = format!("{sheet}!{area}");
        format!("ROW({area})*{ROW}+COLUMN({area})+{NONE}*ISNUMBER({area})")
    });
    let least: Vec<String> = least.collect();
    format!("SUMPRODUCT(MIN({}))", least.join(","))
}

/// What that gives now.
pub(super) fn first_now(table: &Table, cells: &FigureCells<'_>, blank: &Blank) -> Option<u64> {
    let inputs = table.slots().filter(|slot| slot.formula.is_none());
    let open = inputs.filter(|slot| !blank.typed.contains_key(&slot.id));
    let ranges = open.filter_map(|slot| Some(cells.of(slot.id, false)?.range));
    ranges.map(|it| order(it.first_row, it.first_column)).min()
}
