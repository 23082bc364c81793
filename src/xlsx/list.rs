//! A sheet that is a list: a heading, and below it one record a row, ready to be filtered.

use std::borrow::Cow;

use rust_decimal::Decimal;
use rust_xlsxwriter::{ColNum, Format, RowNum, Workbook, Worksheet, XlsxError};

use super::Pair;
use super::book::{self, write_formula};
use super::error::WorkbookError;
use super::page::Page;
use super::range::{CellRange, column_number, row_number};
use super::style::{self, Look};
use super::table::{number, plain};
use super::{measure, rows};
use crate::form::Script;

/// Half characters that the button of a filter covers in a heading.
const BUTTON: u32 = 3;
/// Narrowest column, in half characters.
const NARROWEST: u32 = 6;
/// Columns are so many half characters wide, or a multiple of that: so the lists of bodies whose names
/// differ by a character look alike.
const STEP: u32 = 4;
/// Most cells of a list that rust_xlsxwriter holds, at some 300 bytes each: as many as the figures of
/// 50 units have.
const MOST_CELLS: usize = 100_000;

/// A column of a list.
pub(super) struct Column<'a> {
    /// Its heading.
    pub title: Cow<'a, str>,
    /// Its greatest width, in half characters; longer texts and headings are wrapped.
    pub widest: u32,
    /// How its cells look.
    pub look: Look,
}

impl Column<'_> {
    /// A column under a heading of the program's own.
    pub fn new(title: Pair, widest: u32, look: Look, script: Script) -> Self {
        Self {
            title: Cow::Borrowed(script.of(title)),
            widest,
            look,
        }
    }
}

/// What a cell of a list holds.
#[derive(Clone)]
pub(super) enum Item<'a> {
    /// A text, whatever it looks like.
    Text(Cow<'a, str>),
    /// A number with the digits that it was given with.
    Number(Decimal),
    /// A formula.
    Formula {
        /// What is worked out, without the `=`.
        text: String,
        /// Its result: a number's digits or a word.
        result: Cow<'static, str>,
        /// How it is shown where it gives a number.
        format: String,
    },
}

impl<'a> Item<'a> {
    /// A text.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    /// A formula that gives a number, shown with so many decimal places as its result has.
    pub fn number(text: String, result: Decimal) -> Self {
        Self::Formula {
            text,
            result: plain(result).into(),
            format: style::digits(result.scale()),
        }
    }

    /// A formula that gives a word.
    pub fn word(text: String, result: impl Into<Cow<'static, str>>) -> Self {
        Self::Formula {
            text,
            result: result.into(),
            format: style::digits(0),
        }
    }

    fn width(&self) -> u32 {
        match self {
            Self::Text(text) => measure::width(text),
            // One more for the sign, or for the digit that the next number has more.
            Self::Number(value) => measure::width(&value.to_string()) + 1,
            Self::Formula { result, .. } => measure::width(result).min(20) + 1,
        }
    }
}

/// A line that sums a list up.
pub(super) struct Summary {
    /// The formula that gives it, where it is live.
    pub formula: Option<String>,
    /// What it says.
    pub text: String,
}

impl Summary {
    /// A live line of words each of which a count follows: the formula of the count and what it gives
    /// now.
    pub fn counting(parts: &[(Pair, String, usize)], end: Pair, script: Script) -> Self {
        let end = script.of(end);
        let (mut formula, mut text) = (String::new(), String::new());
        for (words, count, now) in parts {
            let words = script.of(*words);
            formula.push_str(&format!("\"{words}\"&{count}&"));
            text.push_str(&format!("{words}{now}"));
        }
        Self {
            formula: Some(format!("{formula}\"{end}\"")),
            text: text + end,
        }
    }
}

/// A list.
pub(super) struct List<'a> {
    /// A line over the heading.
    pub summary: Option<Summary>,
    /// The columns.
    pub columns: Vec<Column<'a>>,
    /// The records.
    pub rows: Rows<'a>,
    /// Which records are coloured, as a formula about the first of them, and their two colours: behind
    /// and of the type.
    pub coloured: Option<(String, (u32, u32))>,
}

/// The records of a list, one item a column each.
pub(super) enum Rows<'a> {
    /// All of them.
    Ready(Vec<Vec<Item<'a>>>),
    /// So many, each made when it is its turn: of a long list there is never more than one.
    OneByOne(usize, Box<dyn Fn(usize) -> Vec<Item<'a>> + 'a>),
}

impl<'a> Rows<'a> {
    /// How many there are.
    pub fn count(&self) -> usize {
        match self {
            Self::Ready(rows) => rows.len(),
            Self::OneByOne(count, _) => *count,
        }
    }

    /// All of them in order.
    pub fn iter(&self) -> impl Iterator<Item = Cow<'_, [Item<'a>]>> {
        (0..self.count()).map(|number| match self {
            Self::Ready(rows) => Cow::Borrowed(rows.get(number).map_or(&[][..], Vec::as_slice)),
            Self::OneByOne(_, make) => Cow::Owned(make(number)),
        })
    }
}

impl List<'_> {
    /// Row of the heading, from 0.
    fn head(&self) -> usize {
        usize::from(self.summary.is_some())
    }

    /// First and last row of the records, from 0; the heading's own where there are none.
    fn body(&self) -> Result<(RowNum, RowNum), XlsxError> {
        let last = self.head() + self.rows.count();
        Ok((row_number((self.head() + 1).min(last))?, row_number(last)?))
    }

    /// Number of the last column, from 0.
    fn last_column(&self) -> Result<ColNum, XlsxError> {
        column_number(self.columns.len().saturating_sub(1))
    }

    fn cells(&self) -> usize {
        self.rows.count().saturating_mul(self.columns.len())
    }

    /// Whether it has more cells than are held.
    fn is_long(&self) -> bool {
        self.cells() > MOST_CELLS
    }

    /// Adds a sheet with the list to a workbook. `page` names it, and is printed with the heading on
    /// every page.
    pub fn add_to<'b>(
        &self,
        book: &'b mut Workbook,
        page: &Page<'_>,
    ) -> Result<&'b mut Worksheet, WorkbookError> {
        let sheet = if self.is_long() {
            book::add_long_sheet(book, page.name, self.cells())?
        } else {
            book::add_sheet(book, page.name)?
        };
        self.write(sheet, page)
            .map_err(|source| WorkbookError::sheet(page.name, source))?;
        Ok(sheet)
    }

    /// Writes the list to an empty sheet, one row after the other.
    fn write(&self, sheet: &mut Worksheet, page: &Page<'_>) -> Result<(), XlsxError> {
        let (head, last_column) = (row_number(self.head())?, self.last_column()?);
        let (first, last) = self.body()?;
        let widths = self.widths();
        for (column, width) in widths.iter().enumerate() {
            sheet.set_column_width_pixels(column_number(column)?, measure::pixels(*width))?;
        }
        if let Some(Summary { formula, text }) = &self.summary {
            let format = style::text(Look::Summary, text);
            let range = CellRange::new((0, 0), (0, last_column));
            book::merge(sheet, range, text, &format)?;
            if let Some(formula) = formula {
                write_formula(sheet, (0, 0), formula, text, &format)?;
            }
            sheet.set_row_height_pixels(0, measure::height(2))?;
        }
        for (number, column) in self.columns.iter().enumerate() {
            let format = style::text(Look::Head, &column.title);
            sheet.write_string_with_format(
                head,
                column_number(number)?,
                &*column.title,
                &format,
            )?;
        }
        self.set_height(sheet, head, self.head_height(&widths))?;
        let formats: Vec<(Look, Format)> = self
            .columns
            .iter()
            .map(|column| (column.look, style::text(column.look, "")))
            .collect();
        for (items, row) in self.rows.iter().zip(first..) {
            for ((look, format), (item, column)) in formats.iter().zip(items.iter().zip(0..)) {
                write_item(sheet, (row, column), item, *look, format)?;
            }
            self.set_height(sheet, row, height(&items, &widths))?;
        }
        sheet.set_freeze_panes(head + 1, 0)?;
        sheet.autofilter(head, 0, last, last_column)?;
        // A form's name and a body's code are texts of digits.
        book::allow_digits(sheet, CellRange::new((head, 0), (last, last_column)))?;
        if let Some((formula, colours)) = &self.coloured {
            let records = CellRange::new((first, 0), (last, last_column));
            book::colour_where(sheet, records, formula, *colours)?;
        }
        let page = Page {
            repeated: Some((head, head)),
            ..*page
        };
        page.set_up(sheet)
    }

    /// Makes a row so many pixels high.
    fn set_height(&self, sheet: &mut Worksheet, row: RowNum, pixels: u32) -> Result<(), XlsxError> {
        // rust_xlsxwriter 0.102 writes the last row of a long sheet twice where it has a height. Without
        // one it is as high as programs think fit.
        if self.is_long() && row == self.body()?.1 {
            return Ok(());
        }
        sheet.set_row_height_pixels(row, pixels)?;
        Ok(())
    }

    fn widths(&self) -> Vec<u32> {
        let mut widest = vec![0; self.columns.len()];
        for items in self.rows.iter() {
            for (widest, item) in widest.iter_mut().zip(items.as_ref()) {
                *widest = item.width().max(*widest);
            }
        }
        let columns = self.columns.iter().zip(widest);
        let widths = columns.map(|(column, widest)| {
            let title = measure::width(&column.title) + BUTTON;
            let width = title.max(widest).next_multiple_of(STEP);
            width.min(column.widest).max(NARROWEST)
        });
        widths.collect()
    }

    /// Pixels that the heading needs.
    fn head_height(&self, widths: &[u32]) -> u32 {
        let lines = self.columns.iter().zip(widths).map(|(column, width)| {
            // The filter's button covers the end of the last line.
            let whole = measure::width(&column.title) + BUTTON;
            match whole > *width {
                true => measure::lines(&column.title, width.saturating_sub(BUTTON)).count,
                false => 1,
            }
        });
        rows::high(lines.max().unwrap_or(1))
    }
}

/// Pixels that a record needs.
fn height(items: &[Item<'_>], widths: &[u32]) -> u32 {
    let lines = items.iter().zip(widths).map(|(item, width)| match item {
        Item::Text(text) if measure::width(text) > *width => measure::lines(text, *width).count,
        Item::Text(_) | Item::Number(_) | Item::Formula { .. } => 1,
    });
    rows::high(lines.max().unwrap_or(1))
}

/// Writes a cell of a column whose texts look so; `format` is that of most of them.
fn write_item(
    sheet: &mut Worksheet,
    (row, column): (RowNum, ColNum),
    item: &Item<'_>,
    look: Look,
    format: &Format,
) -> Result<(), XlsxError> {
    match item {
        Item::Text(text) if style::like_formula(text) => {
            sheet.write_string_with_format(row, column, &**text, &style::text(look, text))?;
        }
        Item::Text(text) => {
            sheet.write_string_with_format(row, column, &**text, format)?;
        }
        Item::Number(value) => {
            let format = style::number(look, &style::digits(value.scale()));
            sheet.write_number_with_format(row, column, number(*value), &format)?;
        }
        Item::Formula {
            text,
            result,
            format,
        } => {
            let format = style::number(look, format);
            write_formula(sheet, (row, column), text, result, &format)?;
        }
    }
    Ok(())
}
