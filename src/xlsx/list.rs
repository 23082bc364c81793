//! A sheet that is a list: a heading, and below it one record a row, ready to be filtered.

use std::borrow::Cow;

use rust_decimal::Decimal;
use rust_xlsxwriter::{ColNum, Format, Formula, IgnoreError, RowNum, Worksheet, XlsxError};

use super::measure;
use super::page::Page;
use super::rows;
use super::sheet::{excel_column, excel_row, plain};
use super::style::{self, Look, Styles};
use super::words::Pair;
use crate::form::Script;

/// Half characters that the button of a filter covers in a heading.
const BUTTON: u32 = 3;
/// Narrowest column, in half characters.
const NARROWEST: u32 = 6;

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
            title: Cow::Borrowed(title.text(script)),
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
        /// What it gives.
        result: Outcome,
        /// How it is shown where it gives a number.
        format: String,
    },
}

/// What a formula gives.
#[derive(Clone)]
pub(super) enum Outcome {
    /// A number, in digits.
    Number(String),
    /// A word.
    Word(Cow<'static, str>),
}

impl Outcome {
    /// A word.
    pub fn word(word: &'static str) -> Self {
        Self::Word(Cow::Borrowed(word))
    }

    /// A number.
    pub fn number(value: Decimal) -> Self {
        Self::Number(plain(value))
    }

    /// What is shown.
    pub fn text(&self) -> &str {
        match self {
            Self::Number(digits) => digits,
            Self::Word(word) => word,
        }
    }
}

/// What the format of a cell depends on.
#[derive(PartialEq)]
enum Kind<'a> {
    Text { like_formula: bool },
    Number(Cow<'a, str>),
}

impl Kind<'_> {
    fn format<'s>(&self, look: Look, styles: &'s mut Styles) -> &'s Format {
        match self {
            Self::Text { like_formula } => styles.text(look, *like_formula),
            Self::Number(format) => styles.number(look, format),
        }
    }
}

impl Item<'_> {
    fn kind(&self) -> Kind<'_> {
        match self {
            Self::Text(text) => Kind::Text {
                like_formula: style::like_formula(text),
            },
            Self::Number(value) => Kind::Number(style::digits(value.scale()).into()),
            Self::Formula { format, .. } => Kind::Number(format.as_str().into()),
        }
    }

    fn width(&self) -> u32 {
        match self {
            Self::Text(text) => measure::width(text),
            // One more for the sign, or for the digit that the next number has more.
            Self::Number(value) => measure::width(&value.to_string()) + 1,
            Self::Formula { result, .. } => measure::width(result.text()).min(20) + 1,
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
    /// A formula and the text that it gives.
    pub fn live((formula, text): (String, String)) -> Self {
        Self {
            formula: Some(formula),
            text,
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
}

/// The records of a list, one item a column each.
pub(super) enum Rows<'a> {
    /// All of them.
    Ready(Vec<Vec<Item<'a>>>),
    /// So many, each made when it is its turn: of a long list there is never more than one.
    Made(usize, Box<dyn Fn(usize) -> Vec<Item<'a>> + 'a>),
}

impl<'a> Rows<'a> {
    /// How many there are.
    pub fn count(&self) -> usize {
        match self {
            Self::Ready(rows) => rows.len(),
            Self::Made(count, _) => *count,
        }
    }

    /// Whether each is made when it is its turn.
    pub fn made_in_turn(&self) -> bool {
        matches!(self, Self::Made(..))
    }

    /// All of them in order.
    pub fn iter(&self) -> impl Iterator<Item = Cow<'_, [Item<'a>]>> {
        (0..self.count()).map(|number| match self {
            Self::Ready(rows) => Cow::Borrowed(rows.get(number).map_or(&[][..], Vec::as_slice)),
            Self::Made(_, make) => Cow::Owned(make(number)),
        })
    }
}

impl List<'_> {
    /// Row of the heading, from 0.
    fn head(&self) -> usize {
        usize::from(self.summary.is_some())
    }

    /// First and last row of the records, from 0; the heading's own where there are none.
    pub fn body(&self) -> Result<(RowNum, RowNum), XlsxError> {
        let last = self.head() + self.rows.count();
        Ok((excel_row((self.head() + 1).min(last))?, excel_row(last)?))
    }

    /// Number of the last column, from 0.
    pub fn last_column(&self) -> Result<ColNum, XlsxError> {
        excel_column(self.columns.len().saturating_sub(1))
    }

    /// Writes the list to an empty sheet. `page` is printed across, its heading on every page.
    pub fn write(
        &self,
        sheet: &mut Worksheet,
        page: &Page<'_>,
        styles: &mut Styles,
    ) -> Result<(), XlsxError> {
        let (head, last_column) = (excel_row(self.head())?, self.last_column()?);
        let widths = self.widths();
        for (column, width) in widths.iter().enumerate() {
            sheet.set_column_width_pixels(excel_column(column)?, measure::pixels(*width))?;
        }
        if let Some(Summary { formula, text }) = &self.summary {
            let format = styles.look(Look::Summary, text).clone();
            if last_column > 0 {
                sheet.merge_range(0, 0, 0, last_column, "", &format)?;
            }
            match formula {
                Some(formula) => {
                    let formula = Formula::new(formula).set_result(text);
                    sheet.write_formula_with_format(0, 0, formula, &format)?;
                }
                None => {
                    sheet.write_string_with_format(0, 0, text, &format)?;
                }
            }
            sheet.set_row_height_pixels(0, measure::height(2))?;
        }
        for (number, column) in self.columns.iter().enumerate() {
            let format = styles.look(Look::Head, &column.title);
            sheet.write_string_with_format(head, excel_column(number)?, &*column.title, format)?;
        }
        sheet.set_row_height_pixels(head, self.head_height(&widths))?;
        let (first, last) = self.body()?;
        // A row that is made when it is its turn may be gone when its columns are formatted.
        let at_once = self.rows.made_in_turn();
        for (items, row) in self.rows.iter().zip(first..) {
            for ((number, column), item) in self.columns.iter().enumerate().zip(items.as_ref()) {
                let format = at_once.then(|| item.kind().format(column.look, styles));
                put(sheet, (row, excel_column(number)?), item, format)?;
            }
            // Of the last row that it sets aside, the writer would note a height in a second row of
            // the same number.
            if !(at_once && row == last) {
                sheet.set_row_height_pixels(row, height(&items, &widths))?;
            }
        }
        if let Rows::Ready(rows) = &self.rows {
            for (number, column) in self.columns.iter().enumerate() {
                format(
                    sheet,
                    rows,
                    (first, excel_column(number)?),
                    column.look,
                    styles,
                )?;
            }
        }
        sheet.set_freeze_panes(head + 1, 0)?;
        sheet.autofilter(head, 0, last, last_column)?;
        // A form's name and a body's code are texts of digits.
        sheet.ignore_error_range(head, 0, last, last_column, IgnoreError::NumberStoredAsText)?;
        page.set_up(sheet)?;
        sheet.set_repeat_rows(head, head)?;
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
            title.max(widest).min(column.widest).max(NARROWEST)
        });
        widths.collect()
    }

    /// Pixels that the heading needs.
    fn head_height(&self, widths: &[u32]) -> u32 {
        let lines = self.columns.iter().zip(widths).map(|(column, width)| {
            // The filter's button covers the end of the last line.
            let whole = measure::width(&column.title) + BUTTON;
            match whole > *width {
                true => measure::lines(&column.title, width.saturating_sub(BUTTON)).len(),
                false => 1,
            }
        });
        rows::high(lines.max().unwrap_or(1))
    }
}

/// Pixels that a record needs.
fn height(items: &[Item<'_>], widths: &[u32]) -> u32 {
    let lines = items.iter().zip(widths).map(|(item, width)| match item {
        Item::Text(text) if measure::width(text) > *width => measure::lines(text, *width).len(),
        Item::Text(_) | Item::Number(_) | Item::Formula { .. } => 1,
    });
    rows::high(lines.max().unwrap_or(1))
}

/// Formats the records' cells of a column from `row` on, those of one format that follow each other
/// together: the writer looks a format up by all that it says, which takes longer than writing a cell.
fn format(
    sheet: &mut Worksheet,
    rows: &[Vec<Item<'_>>],
    (mut row, column): (RowNum, ColNum),
    look: Look,
    styles: &mut Styles,
) -> Result<(), XlsxError> {
    let items = rows
        .iter()
        .filter_map(|items| items.get(usize::from(column)));
    let kinds: Vec<Kind<'_>> = items.map(Item::kind).collect();
    for alike in kinds.chunk_by(|a, b| a == b) {
        let Some(kind) = alike.first() else {
            continue;
        };
        let last = row + excel_row(alike.len())? - 1;
        sheet.set_range_format(row, column, last, column, kind.format(look, styles))?;
        row = last + 1;
    }
    Ok(())
}

fn put(
    sheet: &mut Worksheet,
    (row, column): (RowNum, ColNum),
    item: &Item<'_>,
    format: Option<&Format>,
) -> Result<(), XlsxError> {
    match item {
        Item::Text(text) => {
            match format {
                Some(format) => {
                    sheet.write_string_with_format(row, column, text.as_ref(), format)?
                }
                None => sheet.write_string(row, column, text.as_ref())?,
            };
        }
        Item::Number(value) => {
            // A figure has at most 15 digits, all of which a cell can hold.
            let number: f64 = plain(*value).parse().unwrap_or(f64::NAN);
            match format {
                Some(format) => sheet.write_number_with_format(row, column, number, format)?,
                None => sheet.write_number(row, column, number)?,
            };
        }
        Item::Formula { text, result, .. } => {
            let formula = Formula::new(text).set_result(result.text());
            match format {
                Some(format) => sheet.write_formula_with_format(row, column, formula, format)?,
                None => sheet.write_formula(row, column, formula)?,
            };
        }
    }
    Ok(())
}
