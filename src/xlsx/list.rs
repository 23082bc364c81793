//! A sheet that is a list: a heading, and below it one record a row, ready to be filtered.

use std::borrow::Cow;

use rust_decimal::Decimal;
use rust_xlsxwriter::{ColNum, Formula, IgnoreError, RowNum, Worksheet, XlsxError};

use super::measure;
use super::page::Page;
use super::rows;
use super::sheet::{excel_column, excel_row, plain};
use super::style::{self, Look, Styles};

/// Half characters that the button of a filter covers in a heading.
const BUTTON: u32 = 3;
/// Narrowest column, in half characters.
const NARROWEST: u32 = 6;

/// A column of a list.
pub(super) struct Column {
    /// Its heading.
    pub title: Cow<'static, str>,
    /// Its greatest width, in half characters; longer texts are wrapped.
    pub widest: u32,
    /// How its cells look.
    pub look: Look,
}

/// What a cell of a list holds.
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

/// A list.
pub(super) struct List<'a> {
    /// A line over the heading: a formula and the text that it gives.
    pub summary: Option<(String, String)>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The records, one item a column.
    pub rows: Vec<Vec<Item<'a>>>,
}

impl List<'_> {
    /// Row of the heading, from 0.
    fn head(&self) -> usize {
        usize::from(self.summary.is_some())
    }

    /// First and last row of the records, from 0; the heading's own where there are none.
    pub fn body(&self) -> Result<(RowNum, RowNum), XlsxError> {
        let last = self.head() + self.rows.len();
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
        if let Some((formula, result)) = &self.summary {
            let format = styles.look(Look::Summary, "").clone();
            if last_column > 0 {
                sheet.merge_range(0, 0, 0, last_column, "", &format)?;
            }
            let formula = Formula::new(formula).set_result(result);
            sheet.write_formula_with_format(0, 0, formula, &format)?;
            sheet.set_row_height_pixels(0, measure::height(2))?;
        }
        for (number, column) in self.columns.iter().enumerate() {
            let format = styles.look(Look::Head, &column.title);
            sheet.write_string_with_format(head, excel_column(number)?, &*column.title, format)?;
        }
        sheet.set_row_height_pixels(head, measure::height(1))?;
        let (first, last) = self.body()?;
        for (items, row) in self.rows.iter().zip(first..) {
            for (number, item) in items.iter().enumerate() {
                put(sheet, (row, excel_column(number)?), item)?;
            }
            sheet.set_row_height_pixels(row, height(items, &widths))?;
        }
        for (number, column) in self.columns.iter().enumerate() {
            self.format(sheet, number, column.look, styles)?;
        }
        sheet.set_freeze_panes(head + 1, 0)?;
        sheet.autofilter(head, 0, last, last_column)?;
        // A form's name and a body's code are texts of digits.
        sheet.ignore_error_range(head, 0, last, last_column, IgnoreError::NumberStoredAsText)?;
        page.set_up(sheet)?;
        sheet.set_repeat_rows(head, head)?;
        Ok(())
    }

    /// Formats the records' cells of a column, those of one format that follow each other together:
    /// the writer looks a format up by all that it says, which takes longer than writing a cell.
    fn format(
        &self,
        sheet: &mut Worksheet,
        number: usize,
        look: Look,
        styles: &mut Styles,
    ) -> Result<(), XlsxError> {
        let (mut row, _) = self.body()?;
        let column = excel_column(number)?;
        let kinds = self.rows.iter().filter_map(|items| items.get(number));
        let kinds: Vec<Kind<'_>> = kinds.map(Item::kind).collect();
        for alike in kinds.chunk_by(|a, b| a == b) {
            let format = match alike.first() {
                Some(Kind::Text { like_formula }) => styles.text(look, *like_formula),
                Some(Kind::Number(format)) => styles.number(look, format),
                None => continue,
            };
            let last = row + excel_row(alike.len())? - 1;
            sheet.set_range_format(row, column, last, column, format)?;
            row = last + 1;
        }
        Ok(())
    }

    fn widths(&self) -> Vec<u32> {
        let columns = self.columns.iter().enumerate();
        let widths = columns.map(|(number, column)| {
            let items = self.rows.iter().filter_map(|items| items.get(number));
            let widest = items.map(Item::width).max().unwrap_or(0);
            let title = measure::width(&column.title) + BUTTON;
            title.max(widest.min(column.widest)).max(NARROWEST)
        });
        widths.collect()
    }
}

/// Pixels that a record needs.
fn height(items: &[Item<'_>], widths: &[u32]) -> u32 {
    let lines = items.iter().zip(widths).map(|(item, width)| match item {
        Item::Text(text) if measure::width(text) > *width => measure::lines(text, *width).len(),
        Item::Text(_) | Item::Number(_) | Item::Formula { .. } => 1,
    });
    let lines = u32::try_from(lines.max().unwrap_or(1)).unwrap_or(rows::HIGHEST);
    lines
        .checked_mul(measure::LINE)
        .map_or(rows::HIGHEST, |_| measure::height(lines))
        .min(rows::HIGHEST)
}

fn put(
    sheet: &mut Worksheet,
    (row, column): (RowNum, ColNum),
    item: &Item<'_>,
) -> Result<(), XlsxError> {
    match item {
        Item::Text(text) => {
            sheet.write_string(row, column, text.as_ref())?;
        }
        Item::Number(value) => {
            // A figure has at most 15 digits, all of which a cell can hold.
            let number: f64 = plain(*value).parse().unwrap_or(f64::NAN);
            sheet.write_number(row, column, number)?;
        }
        Item::Formula { text, result, .. } => {
            let formula = Formula::new(text).set_result(result.text());
            sheet.write_formula(row, column, formula)?;
        }
    }
    Ok(())
}
