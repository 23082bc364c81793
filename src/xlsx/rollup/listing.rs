//! 明细: one figure of one unit a row, ready for a pivot.

use super::unit_cells::UnitCells;
use super::{MOST_ROWS, too_large};
use crate::document::{Figure, Table};
use crate::rollup::{Rollup, Unit};
use crate::xlsx::list::{List, Rows};
use crate::xlsx::listing::{self, Entry};

/// The list; a word of explanation where it has more rows than Excel.
pub(super) fn list<'a>(rollup: &'a Rollup, cells: &'a UnitCells) -> List<'a> {
    let figures: Vec<(&Table, Figure<'_>)> = rollup.figures().collect();
    let rows = rollup.units.len() * figures.len();
    if rows >= MOST_ROWS {
        return too_large(rollup, rows + 1, listing::COLUMNS);
    }
    let record = move |row: usize| {
        let (number, place) = (row / figures.len(), row % figures.len());
        match (rollup.units.get(number), figures.get(place)) {
            (Some(unit), Some(figure)) => entry(rollup, cells, (number, unit), *figure).items(),
            _ => Vec::new(),
        }
    };
    listing::list(Rows::OneByOne(rows, Box::new(record)), rollup.script)
}

fn entry<'a>(
    rollup: &'a Rollup,
    cells: &UnitCells,
    (number, unit): (usize, &'a Unit),
    (table, figure): (&'a Table, Figure<'a>),
) -> Entry<'a> {
    let value = unit.value(figure.id);
    Entry {
        organ: &unit.organ,
        code: unit.code.as_deref(),
        year: rollup.year,
        form: &rollup.form.id,
        table: table.name(),
        figure,
        value: cells.fetched(number, figure.id, value),
    }
}
