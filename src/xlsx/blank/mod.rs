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
//! code, so that one reader knows both workbooks. What can be filled in is unlocked, tinted and
//! validated; everything else is protected without a password.

mod checks;
mod guide;
mod prompt;
mod tables;
mod texts;

use rust_xlsxwriter::XlsxError;

use super::book::{Book, Kept};
use super::fault::Fault;
use super::frame::Around;
use super::page::Page;
use super::squares::Squares;
use super::style::Styles;
use super::{define, properties};
use crate::document::{Blank, Slot, Table};
use crate::form::AddedSheet;

/// What a sum shows while none of its figures is there: a mark that no number is, and that is
/// seen. An empty text would be stored as a formula without a result, which some programs take
/// for damage.
pub(crate) const EMPTY: &str = "—";

/// The blank workbook of a form, as the bytes of an `.xlsx` file.
///
/// # Errors
/// A table that does not fit into a sheet, as for [`write`](super::write).
pub fn write(blank: &Blank) -> Result<Vec<u8>, Fault> {
    let tables: Vec<&Table<Slot>> = blank.tables().collect();
    let squares = Squares::new(&tables);
    let title = blank.title();
    let organ = blank.organ.as_deref().unwrap_or_default();
    let mut book = Book::new(properties(&title, organ, blank.year, None));
    let mut styles = Styles::default();
    let name = |kind: AddedSheet| kind.name(blank.script);
    let formulas = |kind: AddedSheet| Fault::Formulas {
        sheet: name(kind).to_owned(),
    };

    // The guide comes first but counts what stands on the others.
    book.added(name(AddedSheet::Guide), |_| Ok(()))?;
    for (number, table) in tables.iter().enumerate() {
        book.add(&table.sheet, |sheet| {
            tables::write(sheet, table, number, blank, &squares, &mut styles)
        })?;
    }
    let named = book.added(name(AddedSheet::Texts), |sheet| {
        texts::write(sheet, blank, &mut styles)
    })?;
    let list = checks::list(blank, &squares, &named).ok_or_else(|| formulas(AddedSheet::Checks))?;
    book.added(name(AddedSheet::Checks), |sheet| {
        let page = Page {
            title: &title,
            name: name(AddedSheet::Checks),
            script: blank.script,
            across: true,
            repeated: None,
            labels: None,
        };
        list.write(sheet, &page, &mut styles)?;
        super::checks::redden(sheet, &list)?;
        sheet.around(Around::Protected {
            filter: true,
            rows: false,
        });
        Ok(())
    })?;
    let counts =
        guide::counts(blank, &squares, &named).ok_or_else(|| formulas(AddedSheet::Guide))?;
    book.first(|sheet| guide::write(sheet, blank, &counts, &mut styles))
        .map_err(|source| Fault::sheet(name(AddedSheet::Guide), source))?;
    let figures = slots(&tables).map(|slot| (slot.id, slot.key.as_str()));
    define(
        &mut book,
        figures,
        &squares,
        &named,
        name(AddedSheet::Texts),
    );
    book.finish(styles, &Kept::new(1))
}

/// The places of all figures in the order of the tables.
fn slots<'a>(tables: &[&'a Table<Slot>]) -> impl Iterator<Item = &'a Slot> + use<'a> {
    let tables: Vec<&'a Table<Slot>> = tables.to_vec();
    tables.into_iter().flat_map(Table::figures)
}

/// What can't be changed is protected; no list is filtered, and no rows are inserted.
const PROTECTED: Around = Around::Protected {
    filter: false,
    rows: false,
};

/// A text as formulas write it; none where Excel takes none so long ("Excel specifications and
/// limits": 255 characters).
fn literal(text: &str) -> Option<String> {
    let short = text.encode_utf16().count() <= 255;
    short.then(|| format!("\"{}\"", text.replace('"', "\"\"")))
}

/// The cell of a particular on the 正文 sheet, as a formula on another sheet writes it.
fn particular(named: &[super::texts::Named], sheet: &str, key: &str) -> Option<String> {
    let found = named.iter().find(|named| named.key == key)?;
    let cell =
        rust_xlsxwriter::utility::row_col_to_cell_absolute(found.rows.0, super::texts::COLUMN);
    Some(format!("{}!{cell}", super::squares::quoted(sheet)))
}

/// Result of writing to a sheet.
type Written = Result<(), XlsxError>;
