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
mod home;
mod listing;
mod official;
mod parent;
mod review;
mod units;

use super::book::{Book, Kept};
use super::cells::{MOST_COLUMNS, MOST_ROWS};
use super::fault::Fault;
use super::list::{Column, Item, List, Rows};
use super::page::Page;
use super::squares::Squares;
use super::style::{Look, Styles};
use super::words::Pair;
use super::{Mark, define, properties};
use crate::document::Table;
use crate::form::AddedSheet;
use crate::rollup::Rollup;
use home::Home;

/// The workbook of a roll-up, as the bytes of an `.xlsx` file.
///
/// # Errors
/// What does not fit into a sheet: a table as for [`write`](super::write), or more units than
/// Excel has rows.
pub fn write(rollup: &Rollup) -> Result<Vec<u8>, Fault> {
    let tables: Vec<&Table> = rollup.tables.iter().collect();
    let squares = Squares::new(&tables);
    let home = Home::new(rollup);
    let title = rollup.title.whole();
    let mut book = Book::new(properties(&title, &rollup.title.organ, rollup.year, None));
    let mut styles = Styles::default();
    for (number, table) in tables.iter().enumerate() {
        book.add(&table.sheet, |sheet| {
            official::write(sheet, table, number, rollup, &squares, &home, &mut styles)
        })?;
    }
    let sheet = AddedSheet::Units.name(rollup.script);
    let formulas = || Fault::Formulas {
        sheet: sheet.to_owned(),
    };
    let derived = units::derived(rollup, &home).ok_or_else(formulas)?;
    book.added(sheet, |sheet| {
        units::write(sheet, rollup, &home, &derived, &mut styles)
    })?;
    let mut write = |book: &mut Book, kind: AddedSheet, list: &List<'_>, mark: Mark| {
        let page = Page {
            title: &title,
            name: kind.name(rollup.script),
            script: rollup.script,
            across: true,
            repeated: None,
            labels: match kind {
                AddedSheet::Figures => figures::repeated(rollup),
                _ => None,
            },
        };
        book.added(page.name, |sheet| {
            list.write(sheet, &page, &mut styles)?;
            mark(sheet, list)
        })
    };
    let nothing: Mark = |_, _| Ok(());
    let list = figures::list(rollup, &home);
    write(&mut book, AddedSheet::Figures, &list, nothing)?;
    let list = listing::list(rollup, &home);
    write(&mut book, AddedSheet::Listing, &list, nothing)?;
    let list = review::list(rollup);
    write(&mut book, AddedSheet::Review, &list, review::redden)?;
    if let Some(parent) = &rollup.parent {
        let list = parent::list(rollup, parent, &squares);
        write(&mut book, AddedSheet::Parent, &list, parent::redden)?;
    }
    let figures = rollup
        .figures()
        .map(|(_, figure)| (figure.id, figure.key.as_str()));
    define(&mut book, figures, &squares, &[], "");
    book.finish(styles, &Kept::new(1))
}

/// What stands on a sheet that would need more rows or columns than Excel has.
fn too_large<'a>(rollup: &Rollup, rows: usize, columns: usize) -> List<'a> {
    let script = rollup.script;
    let [needs, by, most, see] = [
        Pair("这张表要 ", "這張表要 "),
        Pair(" 行、", " 行、"),
        Pair(" 列，超过 Excel 的 ", " 列，超過 Excel 的 "),
        Pair(
            " 列，没有写出；请看“单位汇总”",
            " 列，沒有寫出；請看“單位匯總”",
        ),
    ]
    .map(|pair| pair.text(script));
    let text = format!("{needs}{rows}{by}{columns}{most}{MOST_ROWS}{by}{MOST_COLUMNS}{see}");
    List {
        summary: None,
        columns: vec![Column {
            title: Pair("说明", "說明").text(script).into(),
            widest: 90,
            look: Look::Text,
        }],
        rows: Rows::Ready(vec![vec![Item::Text(text.into())]]),
    }
}
