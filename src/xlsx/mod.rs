//! The workbook: one sheet for each table of the document, exactly on the form's grid, and the
//! sheets that make it ready for use: 正文, 明细, 勾稽核对 and, with last year's report, 上年对比.
//!
//! ```text
//! Document ── figure_cells (which cell holds which figure) ─┐
//!    │                                                       ├→ formula (live formulas)
//!    ├─ columns (widths) → rows (heights) ────────────────┐  │
//!    ├─ style (fonts, borders, number formats) ───────────┴→ table (cells, notes) ─┐
//!    ├─ particulars, texts ────────────────────────────────────────────────────────┤
//!    ├─ listing, checks, comparison → list (one record a row) ─────────────────────┤
//!    ├─ defined names (every figure by its key) ───────────────────────────────────┤
//!    └─ page (print set-up) ───────────────────────────────────────────────────────┴→ bytes
//! ```
//! `book` has what the sheets ask of rust_xlsxwriter more than once; it writes the file.
//!
//! In goes a [`Document`] and nothing else, or a form with nothing filled in ([`write_blank`], by
//! the same code for grid, wording, widths and names); out come the bytes of an `.xlsx` file, the same for
//! the same document. Row `r` and column `c` of a table, from 0, are Excel's row `r + 1` and
//! column `c + 1`; nothing is written outside the grid. Every other number on a sheet of the
//! program's own is a formula over those cells. Lengths are pixels of 1/96 inch, the unit in
//! which Excel keeps widths and heights on the screen.

mod blank;
mod book;
mod checks;
mod columns;
mod comparison;
mod error;
mod figure_cells;
mod formula;
mod list;
mod listing;
mod measure;
mod origin;
mod page;
mod particulars;
mod range;
mod rollup;
mod rows;
mod style;
mod table;
mod texts;

pub use blank::write as write_blank;
pub use error::WorkbookError;
pub use origin::{Kind, Origin, origin};
pub use rollup::write as write_rollup;

use std::collections::BTreeMap;

use rust_xlsxwriter::Workbook;
use rust_xlsxwriter::utility::cell_range_absolute;

use crate::document::{Block, Document, Figure, Table};
use crate::form::{AddedSheet, FigureId, defined_names};
use figure_cells::FigureCells;
use list::{Item, List, Rows};
use listing::Reporter;
use page::Page;

/// Words of the program's own in simplified and in traditional characters, one for one as the forms
/// have them.
type Pair = [&'static str; 2];

/// The workbook of a document, as the bytes of an `.xlsx` file.
///
/// # Errors
/// A table that does not fit into a sheet: too many columns, a name that Excel forbids, a
/// formula that is too long.
pub fn write(document: &Document) -> Result<Vec<u8>, WorkbookError> {
    let script = document.script;
    let tables: Vec<&Table> = document.tables().collect();
    let mut cells = FigureCells::new(&tables);
    if let Some(previous) = &document.previous {
        cells.add_previous(
            AddedSheet::Comparison.name(script),
            previous.figures.iter().map(|before| before.id),
            comparison::FIRST_ROW,
            comparison::BEFORE,
        );
    }
    let title = document.title.whole();
    let properties = book::properties(&title, &document.organ, document.year, document.date)?;
    let mut book = book::new(&origin::mark(properties, Kind::Report))?;
    for (number, table) in tables.iter().enumerate() {
        let sheet = book::add_sheet(&mut book, table.sheet())?;
        table::write(sheet, table, number, document, &cells)?;
    }
    let texts = AddedSheet::Texts.name(script);
    let sheet = book::add_sheet(&mut book, texts)?;
    let named = texts::write(sheet, document, quotable(document))
        .map_err(|source| WorkbookError::sheet(texts, source))?;
    let mut add = |kind: AddedSheet, list: Option<List<'_>>| {
        let name = kind.name(script);
        let list = list.ok_or_else(|| WorkbookError::formulas(name))?;
        list.add_to(&mut book, &Page::across(&title, name, script))
            .map(|_| ())
    };
    add(AddedSheet::Listing, Some(listing(document, &cells)?))?;
    let checks = checks::list(&document.checks, &cells, script);
    add(AddedSheet::Checks, checks)?;
    if let Some(previous) = &document.previous {
        let comparison = comparison::list(document, previous, &cells);
        add(AddedSheet::Comparison, comparison)?;
    }
    let figures = document
        .figures()
        .map(|(_, figure)| (figure.id, figure.key));
    define_names(&mut book, figures, &cells, &named, texts)?;
    origin::save(&mut book)
}

/// The list of all figures, each value fetched from its official sheet.
fn listing<'a>(document: &'a Document, cells: &FigureCells<'_>) -> Result<List<'a>, WorkbookError> {
    let reporter = Reporter {
        organ: &document.organ,
        code: document.particulars.get("organ.code").map(String::as_str),
        year: document.year,
        form: &document.form,
    };
    let records = document.figures().map(|(table, figure)| {
        let fetched = cells.fetched(figure.id);
        let fetched = fetched.ok_or_else(|| WorkbookError::figure(table.sheet(), figure.key))?;
        Ok(reporter.record(table, &figure, Item::number(fetched, figure.value)))
    });
    let rows = Rows::Ready(records.collect::<Result<_, WorkbookError>>()?);
    Ok(listing::list(rows, document.script))
}

/// How a formula shows each figure as a text, by its name: `&` leaves out zeros at the end. None where no
/// text quotes one.
fn quotable(document: &Document) -> BTreeMap<FigureId, String> {
    let quotes = |block: &Block| matches!(block, Block::Paragraph(it) if !it.quotes.is_empty());
    if !document.blocks.iter().any(quotes) {
        return BTreeMap::new();
    }
    let figures: Vec<Figure<'_>> = document.figures().map(|(_, figure)| figure).collect();
    let names = defined_names(figures.iter().map(|figure| figure.key));
    let shown = figures.iter().zip(names).map(|(figure, name)| {
        let shown = match figure.value.scale() {
            0 => name,
            places => format!("TEXT({name},\"{}\")", style::digits(places)),
        };
        (figure.id, shown)
    });
    shown.collect()
}

/// Gives every figure, text and particular its key as a name; `texts` is the sheet of the latter.
fn define_names<'a>(
    book: &mut Workbook,
    figures: impl Iterator<Item = (FigureId, &'a str)>,
    cells: &FigureCells<'_>,
    named: &[texts::Named],
    texts: &str,
) -> Result<(), WorkbookError> {
    let figures: Vec<(FigureId, &str)> = figures.collect();
    let names = defined_names(figures.iter().map(|(_, key)| *key));
    let figures = figures
        .iter()
        .zip(names)
        .filter_map(|((figure, _), name)| Some((name, format!("={}", cells.absolute(*figure)?))));
    let names = defined_names(named.iter().map(|named| named.key.as_str()));
    let texts = figure_cells::quoted(texts);
    let named = named.iter().zip(names).map(|(named, name)| {
        let (first, last) = named.rows;
        let range = cell_range_absolute(first, texts::COLUMN, last, texts::COLUMN);
        (name, format!("={texts}!{range}"))
    });
    book::define_names(book, figures.chain(named).collect()).map_err(WorkbookError::Workbook)
}
