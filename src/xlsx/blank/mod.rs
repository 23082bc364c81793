//! The blank workbook: the report's own sheets before anything is filled in.
//!
//! ```text
//! Blank ─┬─ tables (the official grid; inputs open, sums live) ──┐
//!        ├─ texts (particulars, a range for each text) ──────────┤
//!        ├─ checks (every rule, 未填 while a figure is missing) ──┼→ bytes
//!        └─ guide (what to do, how many cells are left) ─────────┘
//! ```
//!
//! Official sheets, 正文 and names stand where [`write`](super::write) puts them, by the same
//! code, so that one reader knows both workbooks. What can be filled in is unlocked and
//! validated, and tinted while it is not filled in; everything else is protected without a password.

mod checks;
mod guide;
mod prompt;
mod tables;
mod texts;
mod unfilled;

use rust_xlsxwriter::XlsxError;
use rust_xlsxwriter::utility::row_col_to_cell_absolute;

use super::book::{self, Allowed};
use super::define_names;
use super::error::WorkbookError;
use super::figure_cells::{FigureCells, quoted};
use super::origin::{self, Kind};
use super::page::Page;
use super::texts::{COLUMN, Named};
use crate::document::{Blank, Table};
use crate::form::AddedSheet;

/// The blank workbook of a form, as the bytes of an `.xlsx` file.
///
/// # Errors
/// A table that does not fit into a sheet, as for [`write`](super::write).
pub fn write(blank: &Blank) -> Result<Vec<u8>, WorkbookError> {
    let document = &blank.document;
    let script = document.script;
    let tables: Vec<&Table> = document.tables().collect();
    let cells = FigureCells::new(&tables);
    // A header can't follow the name that is typed, so that it has none.
    let title = document.title.subject.clone();
    let properties = book::properties(
        &document.title.whole(),
        &document.organ,
        document.year,
        None,
    )?;
    let mut book = book::new(&origin::mark(properties, Kind::Blank))?;
    let [guide, texts, checks] =
        [AddedSheet::Guide, AddedSheet::Texts, AddedSheet::Checks].map(|kind| kind.name(script));

    // The guide comes first but counts what stands on the others; then the sheets in the order in which
    // they are filled in.
    book::add_sheet(&mut book, guide)?;
    let sheet = book::add_sheet(&mut book, texts)?;
    let named =
        texts::write(sheet, document).map_err(|source| WorkbookError::sheet(texts, source))?;
    for (number, table) in tables.iter().enumerate() {
        let sheet = book::add_sheet(&mut book, table.sheet())?;
        tables::write(sheet, table, number, blank, &cells)?;
    }
    let list =
        checks::list(blank, &cells, &named).ok_or_else(|| WorkbookError::formulas(checks))?;
    let sheet = list.add_to(&mut book, &Page::across(&title, checks, script))?;
    book::protect(sheet, Allowed::Filtering);
    let counts =
        guide::counts(blank, &cells, &named).ok_or_else(|| WorkbookError::formulas(guide))?;
    book.worksheet_from_name(guide)
        .and_then(|sheet| guide::write(sheet, blank, &counts))
        .map_err(|source| WorkbookError::sheet(guide, source))?;
    let slots = tables.iter().flat_map(|table| table.slots());
    let figures = slots.map(|slot| (slot.id, slot.key));
    define_names(&mut book, figures, &cells, &named, texts)?;
    origin::save(&mut book)
}

/// A text as formulas write it; none where Excel takes none so long ("Excel specifications and
/// limits": 255 characters).
fn literal(text: &str) -> Option<String> {
    let short = text.encode_utf16().count() <= 255;
    short.then(|| format!("\"{}\"", text.replace('"', "\"\"")))
}

/// The cell of a particular on the 正文 sheet, as a formula on another sheet writes it.
fn particular(named: &[Named], sheet: &str, key: &str) -> Option<String> {
    let found = named.iter().find(|named| named.key == key)?;
    let cell = row_col_to_cell_absolute(found.rows.0, COLUMN);
    Some(format!("{}!{cell}", quoted(sheet)))
}

/// Result of writing to a sheet.
type Written = Result<(), XlsxError>;
