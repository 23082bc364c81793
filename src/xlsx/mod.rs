//! The workbook: one sheet for each table of the document, exactly on the form's grid, and the
//! sheets that make it ready for use: 正文, 明细, 勾稽核对 and, with last year's report, 上年对比.
//!
//! ```text
//! Document ── squares (which cell holds which figure) ──┐
//!    │                                                  ├→ formula (live formulas)
//!    ├─ table ┬→ columns (widths) → rows (heights) ─┐   │
//!    │        └→ style (fonts, borders, formats) ───┴→ sheet (cells, notes) ─┐
//!    ├─ particulars, texts ──────────────────────────────────────────────────┤
//!    ├─ listing, checks, comparison → list (one record a row) ───────────────┤
//!    ├─ names (every figure by its key) ─────────────────────────────────────┤
//!    └─ page (print set-up) ─────────────────────────────────────────────────┴→ book
//!
//! book ┬→ frame (all but the cells) → rust_xlsxwriter → parts, kept for the next ┐
//!      └→ cells (rows), strings (their texts) ───────────────────────────────────┴→ package → bytes
//! ```
//! A `Book` is written sheet by sheet. rust_xlsxwriter draws everything that stands around the
//! cells: styles, widths, panes, names, print set-up, notes, what is checked while typing. What it draws is
//! the same for most reports of a form, so it is kept. Cells are what differs and what there are
//! thousands of; their rows are written here.
//!
//! In goes a [`Document`] and nothing else, or a form with nothing filled in ([`write_blank`], by
//! the same code for grid, wording, widths and names); out come the bytes of an `.xlsx` file, the same for
//! the same document. Row `r` and column `c` of a table, from 0, are Excel's row `r + 1` and
//! column `c + 1`; nothing is written outside the grid. Every other number on a sheet of the
//! program's own is a formula over those cells. Lengths are pixels of 1/96 inch, the unit in
//! which Excel keeps widths and heights on the screen.

mod blank;
mod book;
mod cells;
mod checks;
mod columns;
mod comparison;
mod fault;
mod formula;
mod frame;
mod held;
mod list;
mod listing;
mod made_of;
mod measure;
mod names;
mod package;
mod page;
mod particulars;
mod rollup;
mod rows;
mod sheet;
mod squares;
mod strings;
mod style;
mod texts;
mod words;
mod xml;

pub(crate) use blank::EMPTY as EMPTY_SUM;
pub use blank::write as write_blank;
pub use fault::Fault;
pub use made_of::{carried, made_of};
pub(crate) use names::of as defined_names;
pub use rollup::write as write_rollup;

use std::collections::BTreeMap;

use rust_xlsxwriter::XlsxError;
use rust_xlsxwriter::utility::cell_range_absolute;

use crate::document::{Block, Document, Figure, Table};
use crate::form::{AddedSheet, FigureId};
use crate::report::Date;
use book::{Book, Kept, Properties, Sheet};
use list::{Item, List, Outcome, Rows};
use listing::Entry;
use page::Page;
use squares::Squares;
use style::Styles;

/// Frames kept. Most reports of a form have the same, or one of a few that differ in how wide their
/// columns are; one takes some 70 kB.
const FRAMES: usize = 32;

/// Writes workbooks, and keeps of one what serves the next. Threads may share it: no byte depends on
/// what was written before.
pub struct Writer {
    kept: Kept,
}

impl Default for Writer {
    fn default() -> Self {
        Self {
            kept: Kept::new(FRAMES),
        }
    }
}

impl Writer {
    /// The workbook of a document, as the bytes of an `.xlsx` file.
    ///
    /// # Errors
    /// A table that does not fit into a sheet: too many columns, a name that Excel forbids, a
    /// formula that is too long.
    pub fn write(&self, document: &Document) -> Result<Vec<u8>, Fault> {
        written(document, &self.kept)
    }
}

/// The workbook of a document, with nothing kept for another.
///
/// # Errors
/// As [`Writer::write`].
pub fn write(document: &Document) -> Result<Vec<u8>, Fault> {
    Writer::default().write(document)
}

fn written(document: &Document, kept: &Kept) -> Result<Vec<u8>, Fault> {
    let tables: Vec<&Table> = document.tables().collect();
    let mut squares = Squares::new(&tables);
    if let Some(previous) = &document.previous {
        squares.add_previous(
            AddedSheet::Comparison.name(document.script),
            previous.figures.iter().map(|before| before.id),
            comparison::FIRST_ROW,
            comparison::BEFORE,
        );
    }
    let mut styles = Styles::default();
    let title = document.title.whole();
    let mut book = Book::new(Properties {
        own: Some((made_of::PROPERTY, made_of(document).to_string())),
        ..properties(&title, &document.organ, document.year, document.date)
    });
    for (number, table) in tables.iter().enumerate() {
        book.add(&table.sheet, |sheet| {
            sheet::write(sheet, table, number, document, &squares, &mut styles)
        })?;
    }
    let texts = AddedSheet::Texts.name(document.script);
    let quotable = quotable(document, &tables);
    let named = book.added(texts, |sheet| {
        texts::write(sheet, document, quotable, &mut styles)
    })?;
    let mut write = |book: &mut Book, kind: AddedSheet, list: &List<'_>, mark: Mark| {
        let page = Page {
            title: &title,
            name: kind.name(document.script),
            script: document.script,
            across: true,
            repeated: None,
            labels: None,
        };
        book.added(page.name, |sheet| {
            list.write(sheet, &page, &mut styles)?;
            mark(sheet, list)
        })
    };
    let list = listing(document, &tables, &squares)?;
    write(&mut book, AddedSheet::Listing, &list, |_, _| Ok(()))?;
    let list = checks::list(&document.checks, &squares, document.script)
        .ok_or_else(|| formulas(document, AddedSheet::Checks))?;
    write(&mut book, AddedSheet::Checks, &list, checks::redden)?;
    if let Some(previous) = &document.previous {
        let list = comparison::list(document, previous, &squares)
            .ok_or_else(|| formulas(document, AddedSheet::Comparison))?;
        write(&mut book, AddedSheet::Comparison, &list, comparison::tint)?;
    }
    let figures = figures(&tables).map(|(_, figure)| (figure.id, figure.key.as_str()));
    define(&mut book, figures, &squares, &named, texts);
    book.finish(styles, kept)
}

/// What is done to a list's sheet besides.
type Mark = fn(&mut Sheet<'_>, &List<'_>) -> Result<(), XlsxError>;

fn formulas(document: &Document, kind: AddedSheet) -> Fault {
    Fault::Formulas {
        sheet: kind.name(document.script).to_owned(),
    }
}

/// The figures of a document in the order of its tables.
fn figures<'a>(tables: &[&'a Table]) -> impl Iterator<Item = (&'a Table, &'a Figure)> + use<'a> {
    let tables: Vec<&'a Table> = tables.to_vec();
    tables
        .into_iter()
        .flat_map(|table| table.figures().map(move |figure| (table, figure)))
}

/// The list of all figures, each value fetched from its official sheet.
fn listing<'a>(
    document: &'a Document,
    tables: &[&'a Table],
    squares: &Squares<'_>,
) -> Result<List<'a>, Fault> {
    let entries = figures(tables).map(|(table, figure)| {
        let square = squares.of(figure.id, false);
        let text = square.and_then(|square| squares.reference(square, square, None));
        let value = Item::Formula {
            text: text.ok_or_else(|| Fault::Figure {
                sheet: table.sheet.clone(),
                key: figure.key.clone(),
            })?,
            result: Outcome::number(figure.value),
            format: style::digits(figure.value.scale()),
        };
        Ok(Entry::of(document, &table.name, figure, value).items())
    });
    let rows = Rows::Ready(entries.collect::<Result<_, Fault>>()?);
    Ok(listing::list(rows, document.script))
}

/// How a formula shows each figure as a text, by its name: `&` leaves out zeros at the end. None where no
/// text quotes one.
fn quotable(document: &Document, tables: &[&Table]) -> BTreeMap<FigureId, String> {
    let quotes = |block: &Block| matches!(block, Block::Paragraph(it) if !it.quotes.is_empty());
    if !document.blocks.iter().any(quotes) {
        return BTreeMap::new();
    }
    let figures: Vec<&Figure> = figures(tables).map(|(_, figure)| figure).collect();
    let names = names::of(figures.iter().map(|figure| figure.key.as_str()));
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
fn define<'a>(
    book: &mut Book,
    figures: impl Iterator<Item = (FigureId, &'a str)>,
    squares: &Squares<'_>,
    named: &[texts::Named],
    texts: &str,
) {
    let figures: Vec<(FigureId, &str)> = figures.collect();
    let names = names::of(figures.iter().map(|(_, key)| *key));
    book.define(figures.iter().zip(names).filter_map(|((figure, _), name)| {
        let reference = squares.absolute(squares.of(*figure, false)?)?;
        Some((name, format!("={reference}")))
    }));
    let names = names::of(named.iter().map(|named| named.key.as_str()));
    let named = named.iter().zip(names).map(|(named, name)| {
        let (first, last) = named.rows;
        let (column, same) = (texts::COLUMN, texts::COLUMN);
        (name, cell_range_absolute(first, column, last, same))
    });
    book.define_on(&squares::quoted(texts), named);
}

/// Title, author and company, and a creation date that comes from the report and not from a
/// clock: the signature's, or the first day after the year reported on.
fn properties<'a>(title: &'a str, organ: &'a str, year: i32, date: Option<Date>) -> Properties<'a> {
    let (year, month, day) = date.map_or((year.saturating_add(1), 1, 1), |date| {
        (date.year().into(), date.month(), date.day())
    });
    Properties {
        title,
        organ,
        // Excel's calendar runs from 1900 to 9999.
        created: (
            u16::try_from(year.clamp(1900, 9999)).unwrap_or(1900),
            month.unsigned_abs(),
            day.unsigned_abs(),
        ),
        own: None,
    }
}
