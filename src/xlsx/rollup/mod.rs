//! The workbook of a roll-up.
//!
//! ```text
//! Rollup ─┬─ units (单位汇总: the figures themselves, one unit a row; sums live) ─┐
//!         ├─ official (the official tables: each sum fetched from 单位汇总) ──────┤
//!         ├─ figures (指标汇总: one figure a row, one unit a column) ─────────────┼→ bytes
//!         ├─ listing (明细: one figure of one unit a row) ────────────────────────┤
//!         ├─ review (核对: every file, and what was found in it) ─────────────────┤
//!         └─ parent (本级对比: the parent's own figures beside the sums) ─────────┘
//! ```
//!
//! A unit's figure stands in one cell, on 单位汇总; every other number of the workbook is a formula
//! over those cells, so that a figure that is mended there is mended everywhere.

mod figures;
mod listing;
mod official;
mod parent;
mod review;
mod unit_cells;
mod units;

use super::book;
use super::define_names;
use super::error::WorkbookError;
use super::figure_cells::FigureCells;
use super::list::{Column, Item, List, Rows};
use super::origin::{self, Kind};
use super::page::Page;
use super::range::{MOST_COLUMNS, MOST_ROWS};
use super::style::Look;
use crate::document::Table;
use crate::form::AddedSheet;
use crate::rollup::Rollup;
use unit_cells::UnitCells;

/// The workbook of a roll-up, as the bytes of an `.xlsx` file.
///
/// # Errors
/// What does not fit into a sheet: a table as for [`write`](super::write), or more units than
/// Excel has rows. And for many units, no room for temporary files.
pub fn write(rollup: &Rollup) -> Result<Vec<u8>, WorkbookError> {
    let script = rollup.script;
    let tables: Vec<&Table> = rollup.tables.iter().collect();
    let cells = FigureCells::new(&tables);
    let unit_cells = UnitCells::new(rollup);
    let title = rollup.title.whole();
    let properties = book::properties(&title, &rollup.title.organ, rollup.year, None)?;
    let mut book = book::new(&origin::mark(properties, Kind::Rollup))?;
    for (number, table) in tables.iter().enumerate() {
        let sheet = book::add_sheet(&mut book, table.sheet())?;
        official::write(sheet, table, number, rollup, &cells, &unit_cells)?;
    }
    let name = unit_cells.sheet;
    let derived =
        units::derived(rollup, &unit_cells).ok_or_else(|| WorkbookError::formulas(name))?;
    let sheet = book::add_sheet(&mut book, name)?;
    units::write(sheet, rollup, &unit_cells, &derived)
        .map_err(|source| WorkbookError::sheet(name, source))?;
    let page = |kind: AddedSheet| Page::across(&title, kind.name(script), script);
    let figures = Page {
        labels: figures::repeated(rollup),
        ..page(AddedSheet::Figures)
    };
    figures::list(rollup, &unit_cells).add_to(&mut book, &figures)?;
    listing::list(rollup, &unit_cells).add_to(&mut book, &page(AddedSheet::Listing))?;
    review::list(rollup).add_to(&mut book, &page(AddedSheet::Review))?;
    if let Some(parent) = &rollup.parent {
        parent::list(rollup, parent, &cells).add_to(&mut book, &page(AddedSheet::Parent))?;
    }
    let figures = rollup.figures().map(|(_, figure)| (figure.id, figure.key));
    define_names(&mut book, figures, &cells, &[], "")?;
    origin::save(&mut book)
}

/// What stands on a sheet that would need more rows or columns than Excel has.
fn too_large<'a>(rollup: &Rollup, rows: usize, columns: usize) -> List<'a> {
    let script = rollup.script;
    let [needs, by, most, see] = [
        ["这张表要 ", "這張表要 "],
        [" 行、", " 行、"],
        [" 列，超过 Excel 的 ", " 列，超過 Excel 的 "],
        [
            " 列，没有写出；请看“单位汇总”",
            " 列，沒有寫出；請看“單位匯總”",
        ],
    ]
    .map(|pair| script.of(pair));
    let text = format!("{needs}{rows}{by}{columns}{most}{MOST_ROWS}{by}{MOST_COLUMNS}{see}");
    List {
        summary: None,
        columns: vec![Column::new(["说明", "說明"], 90, Look::Text, script)],
        rows: Rows::Ready(vec![vec![Item::text(text)]]),
        coloured: None,
    }
}
