//! Heights of a table's rows. Excel fits no row to a merged cell, so all are computed.

use super::columns::Columns;
use super::measure;
use super::style::{Stance, stance};
use crate::document::Table;
use crate::form::{Cell, Content};

/// Highest row that Excel has: 409 pt, in pixels.
pub(super) const HIGHEST: u32 = 545;

/// Pixels that a row of so many lines is high, as far as Excel allows.
pub(super) fn high(lines: usize) -> u32 {
    let lines = u32::try_from(lines).unwrap_or(HIGHEST).min(HIGHEST);
    measure::height(lines).min(HIGHEST)
}

/// The heights of the table's rows, in pixels, at which nothing is cut off.
pub(super) fn heights(table: &Table, columns: &Columns) -> Vec<u32> {
    let mut heights = vec![measure::height(1); table.rows];
    for cell in table.cells.iter().filter(|cell| cell.row_span == 1) {
        if let Some(height) = heights.get_mut(cell.row) {
            *height = needed(table, cell, columns).max(*height);
        }
    }
    // What a cell over several rows still lacks is shared out among its rows.
    for cell in table.cells.iter().filter(|cell| cell.row_span > 1) {
        let rows = cell.row..cell.row + cell.row_span;
        let Some(rows) = heights.get_mut(rows) else {
            continue;
        };
        let lacking = needed(table, cell, columns).saturating_sub(rows.iter().sum());
        let each = lacking.div_ceil(u32::try_from(rows.len()).unwrap_or(u32::MAX).max(1));
        for height in rows {
            *height += each;
        }
    }
    for height in &mut heights {
        *height = HIGHEST.min(*height);
    }
    heights
}

/// Pixels that the content of a cell is high.
fn needed(table: &Table, cell: &Cell, columns: &Columns) -> u32 {
    let lines = match (&cell.content, stance(table, cell)) {
        (Content::Wording(_, wording), Some(Stance::Upright)) => {
            wording.text(table.script).chars().count()
        }
        (Content::Wording(_, wording), _) => {
            measure::lines(wording.text(table.script), columns.room(cell)).count
        }
        (Content::Figure(_), _) => 1,
    };
    measure::height(u32::try_from(lines).unwrap_or(HIGHEST))
}
