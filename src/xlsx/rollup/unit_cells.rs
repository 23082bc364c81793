//! Where the units' figures stand: one unit a row, one figure a column.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_xlsxwriter::utility::row_col_to_cell;
use rust_xlsxwriter::{ColNum, RowNum};

use crate::form::{AddedSheet, FigureId};
use crate::rollup::Rollup;
use crate::xlsx::figure_cells::quoted;
use crate::xlsx::list::Item;

/// Row of the first unit, from 0: above it stand table, row and column of each figure.
pub(super) const FIRST_ROW: RowNum = 3;
/// Column of the first figure, from 0: before it stand the unit's name and code.
pub(super) const FIRST_COLUMN: ColNum = 2;

/// The cells of the sheet 单位汇总.
pub(super) struct UnitCells {
    /// Name of the sheet.
    pub sheet: &'static str,
    columns: BTreeMap<FigureId, ColNum>,
    /// Row of the sums, from 0.
    pub total: RowNum,
}

impl UnitCells {
    /// The cells for a roll-up.
    pub fn new(rollup: &Rollup) -> Self {
        let figures = rollup.figures().map(|(_, figure)| figure.id);
        Self {
            sheet: AddedSheet::Units.name(rollup.script),
            columns: figures.zip(FIRST_COLUMN..=ColNum::MAX).collect(),
            total: row(rollup.units.len()),
        }
    }

    /// A unit's figure as another sheet fetches it; units count from 0.
    pub fn fetched(&self, unit: usize, figure: FigureId, value: Decimal) -> Item<'static> {
        match self.reference(row(unit), figure) {
            Some(text) => Item::number(text, value),
            None => Item::Number(value),
        }
    }

    /// The cell of a figure's sum, as a formula on another sheet writes it.
    pub fn sum(&self, figure: FigureId) -> Option<String> {
        self.reference(self.total, figure)
    }

    fn reference(&self, row: RowNum, figure: FigureId) -> Option<String> {
        let cell = row_col_to_cell(row, *self.columns.get(&figure)?);
        Some(format!("{}!{cell}", quoted(self.sheet)))
    }
}

/// Row of a unit, from 0. Writing the sheet will say what lies outside one.
fn row(unit: usize) -> RowNum {
    RowNum::try_from(unit).map_or(RowNum::MAX, |unit| FIRST_ROW.saturating_add(unit))
}
