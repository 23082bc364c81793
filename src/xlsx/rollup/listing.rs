//! 明细: one figure of one unit a row, ready for a pivot.

use super::unit_cells::UnitCells;
use super::{MOST_ROWS, too_large};
use crate::document::{Figure, Table};
use crate::rollup::Rollup;
use crate::xlsx::list::{List, Rows};
use crate::xlsx::listing::{self, Reporter};

/// The list; a word of explanation where it has more rows than Excel.
pub(super) fn list<'a>(rollup: &'a Rollup, cells: &'a UnitCells) -> List<'a> {
    let figures: Vec<(&Table, Figure<'_>)> = rollup.figures().collect();
    let rows = rollup.units.len() * figures.len();
    if rows >= MOST_ROWS {
        return too_large(rollup, rows + 1, listing::COLUMNS);
    }
    let record = move |row: usize| {
        let (number, place) = (row / figures.len(), row % figures.len());
        let (Some(unit), Some((table, figure))) = (rollup.units.get(number), figures.get(place))
        else {
            return Vec::new();
        };
        let reporter = Reporter {
            organ: &unit.organ,
            code: unit.code.as_deref(),
            year: rollup.year,
            form: &rollup.form.id,
        };
        let value = cells.fetched(number, figure.id, unit.value(figure.id));
        reporter.record(table, figure, value)
    };
    listing::list(Rows::OneByOne(rows, Box::new(record)), rollup.script)
}
