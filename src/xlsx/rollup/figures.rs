//! 指标汇总: one figure a row, its sum, and one column a unit.

use std::borrow::Cow;

use rust_xlsxwriter::utility::cell_range;
use rust_xlsxwriter::{ColNum, RowNum};

use super::unit_cells::UnitCells;
use super::{MOST_COLUMNS, too_large};
use crate::document::{Figure, Table};
use crate::rollup::Rollup;
use crate::xlsx::list::{Column, Item, List, Rows};
use crate::xlsx::listing::{name_columns, names};
use crate::xlsx::style::Look;

/// Columns before those of the sums and the units: table, row, column, key and unit.
const LABELS: ColNum = 5;
/// Most units whose columns find room on one page without becoming too small to read.
const MOST_ON_A_PAGE: usize = 6;

/// The columns that are repeated on every page where the units need several: the names of row and
/// column.
pub(super) fn repeated(rollup: &Rollup) -> Option<(ColNum, ColNum)> {
    (rollup.units.len() > MOST_ON_A_PAGE).then_some((1, 2))
}

/// The list; a word of explanation where there are more units than Excel has columns.
pub(super) fn list<'a>(rollup: &'a Rollup, cells: &'a UnitCells) -> List<'a> {
    let labels = usize::from(LABELS);
    let columns = labels + 1 + rollup.units.len();
    if columns > MOST_COLUMNS {
        return too_large(rollup, rollup.figures().count() + 1, columns);
    }
    let script = rollup.script;
    let mut columns = Vec::from(name_columns([22, 32, 22, 36, 12], script));
    columns.push(Column::new(["合计", "合計"], 20, Look::Text, script));
    columns.extend(rollup.units.iter().map(|unit| Column {
        title: Cow::Borrowed(unit.organ.as_str()),
        widest: 16,
        look: Look::Text,
    }));
    // The heading is Excel's row 1.
    let figures: Vec<(RowNum, (&Table, Figure<'_>))> = (1..).zip(rollup.figures()).collect();
    let count = figures.len();
    let rows = move |row: usize| match figures.get(row) {
        Some((row, (table, figure))) => record(rollup, cells, table, figure, *row),
        None => Vec::new(),
    };
    List {
        summary: None,
        columns,
        rows: Rows::OneByOne(count, Box::new(rows)),
        coloured: None,
    }
}

fn record<'a>(
    rollup: &'a Rollup,
    cells: &UnitCells,
    table: &'a Table,
    figure: &Figure<'a>,
    row: RowNum,
) -> Vec<Item<'a>> {
    let first = LABELS + 1;
    let last = ColNum::try_from(rollup.units.len()).map_or(first, |units| LABELS + units);
    let sum = format!("SUM({})", cell_range(row, first, row, last));
    let mut items = Vec::from(names(table, figure));
    items.push(Item::number(sum, figure.value));
    items.extend(rollup.units.iter().enumerate().map(|(number, unit)| {
        let value = unit.value(figure.id);
        cells.fetched(number, figure.id, value)
    }));
    items
}
