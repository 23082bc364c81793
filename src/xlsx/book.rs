//! What every workbook starts with, and what its sheets ask of rust_xlsxwriter more than once.

use std::borrow::Cow;
use std::io::Write;

use rust_xlsxwriter::{
    ColNum, Color, ConditionalFormatFormula, DocProperties, ExcelDateTime, Format, Formula,
    IgnoreError, Note, ProtectionOptions, RowNum, Workbook, Worksheet, XlsxError,
};

use super::error::WorkbookError;
use super::range::CellRange;
use super::style::{self, WORDING_FAMILY, WORDING_FONT};
use crate::report::Date;

/// Height of a row outside the tables, in pixels: Excel's for 宋体 at 10.5 pt.
const DEFAULT_ROW: u32 = 19;
/// Width of a column outside the tables, in pixels. It tells rust_xlsxwriter that a digit of the
/// default font is 7 pixels wide, as one of 宋体 at 10.5 pt is: half of 10.5 pt at 96 dpi.
const DEFAULT_COLUMN: u32 = 64;
/// How hard the file is deflated, of 1 to 9. At 6 it takes a third more work and is a twentieth smaller.
const COMPRESSION: u8 = 3;
/// Most bytes that a cell of a long sheet takes in its file, a formula's with its result.
const CELL_BYTES: usize = 128;
/// Size of a note's type, in points.
const NOTE_SIZE: u8 = 9;
/// Longest author of notes that Excel takes, in UTF-16 units (rust_xlsxwriter, `Note::set_author`).
const LONGEST_AUTHOR: usize = 52;

/// The document properties: title, author and company, and a creation date that comes from the
/// report and not from a clock. It is the signature's, or the first day after the year reported on; not
/// a signature's before 1900, where Excel's calendar begins.
pub(super) fn properties(
    title: &str,
    organ: &str,
    year: i32,
    date: Option<Date>,
) -> Result<DocProperties, WorkbookError> {
    let date = date.filter(|date| date.year() >= 1900);
    let (year, month, day) = date.map_or((year.saturating_add(1), 1, 1), |date| {
        (
            date.year().into(),
            date.month().unsigned_abs(),
            date.day().unsigned_abs(),
        )
    });
    let year = u16::try_from(year.clamp(1900, 9999)).unwrap_or(1900);
    let created = ExcelDateTime::from_ymd(year, month, day).map_err(WorkbookError::Workbook)?;
    Ok(DocProperties::new()
        .set_title(title)
        .set_author(organ)
        .set_company(organ)
        .set_creation_datetime(&created))
}

/// A workbook without sheets.
pub(super) fn new(properties: &DocProperties) -> Result<Workbook, WorkbookError> {
    let mut book = Workbook::new();
    book.set_default_format(&style::default(), DEFAULT_ROW, DEFAULT_COLUMN)
        .map_err(WorkbookError::Workbook)?;
    book.set_properties(properties)
        .set_zip_compression_level(COMPRESSION);
    Ok(book)
}

/// Adds an empty sheet.
pub(super) fn add_sheet<'b>(
    book: &'b mut Workbook,
    name: &str,
) -> Result<&'b mut Worksheet, WorkbookError> {
    let named = book.add_worksheet().set_name(name);
    named.map_err(|source| WorkbookError::sheet(name, source))
}

/// Adds an empty sheet for `cells` cells, of which no more than a row is held: each is written to a file in
/// the system's folder for temporary files when the next one is begun, and can't be gone back to. The
/// file has no name, so that nothing is left of it however the program ends. Where there is no room for
/// it, rust_xlsxwriter 0.102 panics, so that it is tried first. To hold all cells instead would give
/// other bytes.
pub(super) fn add_long_sheet<'b>(
    book: &'b mut Workbook,
    name: &str,
    cells: usize,
) -> Result<&'b mut Worksheet, WorkbookError> {
    if !has_room(cells) {
        return Err(WorkbookError::NoRoom {
            folder: std::env::temp_dir(),
        });
    }
    let sheet = book.add_worksheet_with_low_memory();
    sheet
        .and_then(|sheet| sheet.set_name(name))
        .map_err(|source| WorkbookError::sheet(name, source))
}

/// Whether as much can be written to a temporary file as so many cells may take.
fn has_room(cells: usize) -> bool {
    let block = [0; 65_536];
    let blocks = cells.saturating_mul(CELL_BYTES) / block.len() + 1;
    let Ok(mut file) = tempfile::tempfile() else {
        return false;
    };
    (0..blocks).all(|_| file.write_all(&block).is_ok())
}

/// Gives names to what formulas refer to: `='依申请公开'!$D$4`.
pub(super) fn define_names(
    book: &mut Workbook,
    mut names: Vec<(String, String)>,
) -> Result<(), XlsxError> {
    // rust_xlsxwriter sorts them so, and makes two texts of each for every comparison: fewer where
    // they are in order.
    names.sort_by_cached_key(|(name, _)| name.to_lowercase());
    for (name, formula) in names {
        book.define_name(name, &formula)?;
    }
    Ok(())
}

/// Merges cells, each of them with its own border and fill, and writes a text to them. A single cell
/// is written to only.
pub(super) fn merge(
    sheet: &mut Worksheet,
    range: CellRange,
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    let CellRange {
        first_row,
        first_column,
        last_row,
        last_column,
    } = range;
    if (first_row, first_column) == (last_row, last_column) {
        sheet.write_string_with_format(first_row, first_column, text, format)?;
    } else {
        sheet.merge_range(first_row, first_column, last_row, last_column, text, format)?;
    }
    Ok(())
}

/// Writes a formula, without its `=`, and its result: a number's digits or a text.
pub(super) fn write_formula(
    sheet: &mut Worksheet,
    (row, column): (RowNum, ColNum),
    formula: &str,
    result: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    let formula = Formula::new(formula).set_result(verbatim(result));
    sheet.write_formula_with_format(row, column, formula, format)?;
    Ok(())
}

/// A text of which `_x0041_` stays what it is: to Excel it is an A (ECMA-376 Part 1, 22.9.2.19).
/// rust_xlsxwriter sees to that in cells, but not in notes and results of formulas.
fn verbatim(text: &str) -> Cow<'_, str> {
    if text.contains("_x") {
        text.replace("_x", "_x005F_x").into()
    } else {
        text.into()
    }
}

/// Says that texts of digits are meant: Excel doesn't mark them as faults.
pub(super) fn allow_digits(sheet: &mut Worksheet, range: CellRange) -> Result<(), XlsxError> {
    sheet.ignore_error_range(
        range.first_row,
        range.first_column,
        range.last_row,
        range.last_column,
        IgnoreError::NumberStoredAsText,
    )?;
    Ok(())
}

/// Gives cells two colours, behind and of their type, where a formula holds.
pub(super) fn colour_where(
    sheet: &mut Worksheet,
    range: CellRange,
    formula: &str,
    (behind, of): (u32, u32),
) -> Result<(), XlsxError> {
    let format = Format::new()
        .set_font_color(Color::RGB(of))
        .set_background_color(Color::RGB(behind));
    let rule = ConditionalFormatFormula::new()
        .set_rule(Formula::new(formula))
        .set_format(format);
    sheet.add_conditional_format(
        range.first_row,
        range.first_column,
        range.last_row,
        range.last_column,
        &rule,
    )?;
    Ok(())
}

/// Puts a note of so many pixels on a cell.
pub(super) fn add_note(
    sheet: &mut Worksheet,
    (row, column): (RowNum, ColNum),
    text: &str,
    (width, height): (u32, u32),
) -> Result<(), XlsxError> {
    let note = Note::new(verbatim(text))
        .add_author_prefix(false)
        .set_font_name(WORDING_FONT)
        .set_font_family(WORDING_FAMILY)
        .set_font_size(NOTE_SIZE)
        .set_width(width)
        .set_height(height);
    sheet.insert_note(row, column, &note)?;
    Ok(())
}

/// The author of notes: a body's name as far as Excel takes one.
pub(super) fn note_author(organ: &str) -> String {
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= LONGEST_AUTHOR
    };
    organ.chars().take_while(fits).collect()
}

/// What may be done to a protected sheet besides filling in its open cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Allowed {
    Nothing,
    Filtering,
    InsertingRows,
}

/// Lets only open cells be changed. There is no password.
pub(super) fn protect(sheet: &mut Worksheet, allowed: Allowed) {
    sheet.protect_with_options(&ProtectionOptions {
        // What may be done all the same: cells formatted, as remedies ask for, columns and rows made
        // larger, and notes put on cells.
        format_cells: true,
        format_columns: true,
        format_rows: true,
        edit_objects: true,
        use_autofilter: allowed == Allowed::Filtering,
        insert_rows: allowed == Allowed::InsertingRows,
        ..ProtectionOptions::new()
    });
}
