//! Where the units' figures stand: one unit a row, one figure a column.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_xlsxwriter::utility::row_col_to_cell;

use crate::form::{AddedSheet, FigureId};
use crate::rollup::Rollup;
use crate::xlsx::list::{Item, Outcome};
use crate::xlsx::squares::quoted;
use crate::xlsx::style;

/// Row of the first unit, from 0: above it stand table, row and column of each figure.
pub(super) const FIRST_ROW: usize = 3;
/// Column of the first figure, from 0: before it stand the unit's name and code.
pub(super) const FIRST_COLUMN: usize = 2;

/// The cells of the sheet 单位汇总.
pub(super) struct Home {
    sheet: &'static str,
    columns: BTreeMap<FigureId, usize>,
    units: usize,
}

impl Home {
    /// The cells for a roll-up.
    pub fn new(rollup: &Rollup) -> Self {
        let figures = rollup.figures().map(|(_, figure)| figure.id);
        Self {
            sheet: AddedSheet::Units.name(rollup.script),
            columns: figures.zip(FIRST_COLUMN..).collect(),
            units: rollup.units.len(),
        }
    }

    /// Name of the sheet.
    pub fn sheet(&self) -> &'static str {
        self.sheet
    }

    /// Row of the sums, from 0.
    pub fn total(&self) -> usize {
        FIRST_ROW + self.units
    }

    /// A unit's figure as another sheet fetches it; units count from 0.
    pub fn fetched(&self, unit: usize, figure: FigureId, value: Decimal) -> Item<'static> {
        match self.reference(FIRST_ROW + unit, figure) {
            Some(text) => Item::Formula {
                text,
                result: Outcome::number(value),
                format: style::digits(value.scale()),
            },
            None => Item::Number(value),
        }
    }

    /// The cell of a figure's sum, as a formula on another sheet writes it.
    pub fn sum(&self, figure: FigureId) -> Option<String> {
        self.reference(self.total(), figure)
    }

    fn reference(&self, row: usize, figure: FigureId) -> Option<String> {
        let column = u16::try_from(*self.columns.get(&figure)?).ok()?;
        let cell = row_col_to_cell(u32::try_from(row).ok()?, column);
        Some(format!("{}!{cell}", quoted(self.sheet)))
    }
}
