//! The workbook: one sheet for each table of the document, exactly on the form's grid.
//!
//! ```text
//! Document ── squares (which cell holds which figure) ──┐
//!    │                                                  ├→ formula (live formulas)
//!    └─ table ┬→ columns (widths) → rows (heights) ─┐   │
//!             ├→ style (fonts, borders, formats) ───┴→ sheet (cells, notes) ┐
//!             └→ page (print set-up) ───────────────────────────────────────┴→ bytes
//! ```
//!
//! In goes a [`Document`] and nothing else; out come the bytes of an `.xlsx` file, the same for
//! the same document. Row `r` and column `c` of a table, from 0, are Excel's row `r + 1` and
//! column `c + 1`; nothing is written outside the grid. Lengths are pixels of 1/96 inch, the
//! unit in which Excel keeps widths and heights on the screen.

mod columns;
mod fault;
mod formula;
mod measure;
mod page;
mod rows;
mod sheet;
mod squares;
mod style;

pub use fault::Fault;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::document::{Block, Document, Table};
use squares::Squares;
use style::Styles;

/// Height of a row outside the tables, in pixels: Excel's for 宋体 at 10.5 pt.
const DEFAULT_ROW: u32 = 19;
/// Width of a column outside the tables, in pixels. It tells the writer that a digit of the
/// default font is 7 pixels wide, as one of 宋体 at 10.5 pt is: half of 10.5 pt at 96 dpi.
const DEFAULT_COLUMN: u32 = 64;

/// The workbook of a document, as the bytes of an `.xlsx` file.
///
/// # Errors
/// A table that does not fit into a sheet: too many columns, a name that Excel forbids, a
/// formula that is too long.
pub fn write(document: &Document) -> Result<Vec<u8>, Fault> {
    let tables: Vec<&Table> = document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Paragraph(_) | Block::Signature { .. } => None,
        })
        .collect();
    let squares = Squares::new(&tables);
    let mut styles = Styles::default();
    let mut workbook = Workbook::new();
    workbook
        .set_default_format(&style::default(), DEFAULT_ROW, DEFAULT_COLUMN)
        .map_err(Fault::Workbook)?;
    workbook.set_properties(&properties(document).map_err(Fault::Workbook)?);
    for (number, table) in tables.iter().enumerate() {
        let sheet = workbook.add_worksheet();
        sheet::write(sheet, table, number, document, &squares, &mut styles)?;
    }
    workbook.save_to_buffer().map_err(Fault::Workbook)
}

/// Title, author and company, and a creation date that comes from the report and not from a
/// clock: the signature's, or the first day after the year reported on.
fn properties(document: &Document) -> Result<DocProperties, XlsxError> {
    let (year, month, day) = document
        .date
        .map_or((document.year.saturating_add(1), 1, 1), |date| {
            (date.year, date.month, date.day)
        });
    // Excel's calendar runs from 1900 to 9999.
    let year = u16::try_from(year.clamp(1900, 9999)).unwrap_or(1900);
    let created = ExcelDateTime::from_ymd(year, month, day)?;
    Ok(DocProperties::new()
        .set_title(document.title.whole())
        .set_author(&document.organ)
        .set_company(&document.organ)
        .set_creation_datetime(&created))
}
