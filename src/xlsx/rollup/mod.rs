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

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::fault::Fault;
use super::list::{Column, Item, List, Rows};
use super::page::Page;
use super::squares::Squares;
use super::style::{Look, Styles};
use super::words::Pair;
use super::{added, define, empty, properties};
use crate::document::Table;
use crate::form::AddedSheet;
use crate::rollup::Rollup;
use home::Home;

/// Most rows and columns of a sheet ("Excel specifications and limits").
const MOST_ROWS: usize = 1_048_576;
const MOST_COLUMNS: usize = 16_384;

/// Cells of a sheet beyond which it is not held in memory.
const LARGE: usize = 1_000_000;

/// The workbook of a roll-up, as the bytes of an `.xlsx` file.
///
/// # Errors
/// What does not fit into a sheet: a table as for [`write`](super::write), or more units than
/// Excel has rows.
pub fn write(rollup: &Rollup) -> Result<Vec<u8>, Fault> {
    write_beyond(rollup, LARGE)
}

/// The workbook, its lists of more than `large` cells not held in memory.
fn write_beyond(rollup: &Rollup, large: usize) -> Result<Vec<u8>, Fault> {
    let tables: Vec<&Table> = rollup.tables.iter().collect();
    let squares = Squares::new(&tables);
    let home = Home::new(rollup);
    let title = rollup.title.whole();
    let properties = properties(&title, &rollup.title.organ, rollup.year, None);
    let mut workbook = empty(properties).map_err(Fault::Workbook)?;
    let mut styles = Styles::default();
    for (number, table) in tables.iter().enumerate() {
        let sheet = workbook.add_worksheet();
        official::write(sheet, table, number, rollup, &squares, &home, &mut styles)?;
    }
    let sheet = AddedSheet::Units.name(rollup.script);
    let formulas = || Fault::Formulas {
        sheet: sheet.to_owned(),
    };
    let derived = units::derived(rollup, &home).ok_or_else(formulas)?;
    added(&mut workbook, sheet, |sheet| {
        units::write(sheet, rollup, &home, &derived, &mut styles)
    })?;
    let write_list = |workbook: &mut Workbook, kind, list: &List<'_>, styles: &mut Styles, mark| {
        let cells = list.rows.count() * list.columns.len();
        let set_aside = list.rows.made_in_turn() && cells > large;
        write_list((workbook, set_aside), rollup, kind, list, styles, mark)
    };
    let list = figures::list(rollup, &home);
    write_list(
        &mut workbook,
        AddedSheet::Figures,
        &list,
        &mut styles,
        nothing,
    )?;
    let list = listing::list(rollup, &home);
    write_list(
        &mut workbook,
        AddedSheet::Listing,
        &list,
        &mut styles,
        nothing,
    )?;
    let list = review::list(rollup);
    write_list(
        &mut workbook,
        AddedSheet::Review,
        &list,
        &mut styles,
        review::redden,
    )?;
    if let Some(parent) = &rollup.parent {
        let list = parent::list(rollup, parent, &squares);
        let mark = parent::redden;
        write_list(&mut workbook, AddedSheet::Parent, &list, &mut styles, mark)?;
    }
    let figures = rollup
        .figures()
        .map(|(_, figure)| (figure.id, figure.key.as_str()));
    define(&mut workbook, figures, &squares, &[], "").map_err(Fault::Workbook)?;
    workbook.save_to_buffer().map_err(Fault::Workbook)
}

/// Writes a list to a sheet of its own, which may be set aside on the disk row by row: that takes no
/// memory, but time.
fn write_list(
    (workbook, set_aside): (&mut Workbook, bool),
    rollup: &Rollup,
    kind: AddedSheet,
    list: &List<'_>,
    styles: &mut Styles,
    mark: fn(&mut Worksheet, &List<'_>) -> Result<(), XlsxError>,
) -> Result<(), Fault> {
    let title = rollup.title.whole();
    let name = kind.name(rollup.script);
    let page = Page {
        title: &title,
        name,
        script: rollup.script,
        across: true,
        repeated: None,
        labels: match kind {
            AddedSheet::Figures => figures::repeated(rollup),
            _ => None,
        },
    };
    let sheet = match set_aside {
        true => workbook.add_worksheet_with_low_memory(),
        false => Ok(workbook.add_worksheet()),
    };
    sheet
        .and_then(|sheet| {
            list.write(sheet.set_name(name)?, &page, styles)?;
            mark(sheet, list)
        })
        .map_err(|source| Fault::Sheet {
            sheet: name.to_owned(),
            source,
        })
}

fn nothing(_: &mut Worksheet, _: &List<'_>) -> Result<(), XlsxError> {
    Ok(())
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

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};
    use std::sync::Arc;

    use calamine::{Reader, Xlsx};

    use super::*;
    use crate::check;
    use crate::form::builtin;
    use crate::report::read;
    use crate::rollup::{Collector, File, Terms};
    use crate::source::Source;

    fn rollup() -> Rollup {
        let mut collector = Collector::default();
        for name in ["甲", "乙", "丙"] {
            let text = include_str!("../../../samples/qingshi-2024.toml");
            let text = text.replace("青石县教育局", name);
            let raw = crate::data::read(&Arc::new(Source::new(name, text)));
            let report = read(&raw, builtin().unwrap(), None).report.unwrap();
            let checked = check::check(report, None, |_| true).checked.unwrap();
            collector.add(File::of(name.to_owned(), Ok(&checked), &[]));
        }
        collector.finish(&Terms::default(), None).rollup.unwrap()
    }

    /// The numbers of each sheet's rows, as they follow each other.
    fn rows(workbook: &[u8]) -> Vec<Vec<u32>> {
        let mut package = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
        let names = package.file_names().map(|name| name.unwrap().into_owned());
        let mut names: Vec<String> = names.collect();
        names.retain(|name| name.starts_with("xl/worksheets/sheet"));
        let sheets = names.iter().map(|name| {
            let mut xml = String::new();
            let mut sheet = package.by_name(name).unwrap();
            sheet.read_to_string(&mut xml).unwrap();
            let rows = xml.split("<row r=\"").skip(1);
            rows.map(|row| row.split('"').next().unwrap().parse().unwrap())
                .collect()
        });
        sheets.collect()
    }

    /// What every cell of a workbook shows and works out.
    fn cells(workbook: &[u8]) -> Vec<String> {
        let mut book = Xlsx::new(Cursor::new(workbook)).unwrap();
        let mut cells = Vec::new();
        for sheet in book.sheet_names() {
            let values = book.worksheet_range(&sheet).unwrap();
            let formulas = book.worksheet_formula(&sheet).unwrap();
            let values = values.used_cells().map(|(r, c, v)| format!("{r} {c} {v}"));
            let formulas = formulas
                .used_cells()
                .map(|(r, c, f)| format!("{r} {c} ={f}"));
            cells.extend(values.chain(formulas).map(|cell| format!("{sheet} {cell}")));
        }
        cells
    }

    #[test]
    fn sheets_that_are_set_aside_are_those_that_are_held_in_memory() {
        let rollup = rollup();
        let held = write_beyond(&rollup, usize::MAX).unwrap();
        let set_aside = write_beyond(&rollup, 0).unwrap();
        assert_ne!(held, set_aside);
        let expected = cells(&held);
        assert!(expected.len() > 5000, "{}", expected.len());
        assert!(cells(&set_aside) == expected);
        for rows in rows(&set_aside) {
            assert!(rows.is_sorted_by(|one, next| one < next), "{rows:?}");
        }
    }
}
