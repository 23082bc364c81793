//! A sheet that is a list: a heading, and below it one record a row, ready to be filtered.

use std::borrow::Cow;

use rust_decimal::Decimal;
use rust_xlsxwriter::{ColNum, RowNum, XlsxError};

use super::book::Sheet;
use super::cells::{Area, Given};
use super::frame::Around;
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
/// Columns are so many half characters wide, or a multiple of that: the lists of reports whose bodies
/// have names of about the same length are alike, and share what was drawn of one.
const STEP: u32 = 4;

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

    /// The same as a cell holds it.
    fn given(&self) -> Given<'_> {
        match self {
            Self::Number(digits) => Given::Number(digits),
            Self::Word(word) => Given::Text(word),
        }
    }
}

impl Item<'_> {
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
    fn body(&self) -> Result<(RowNum, RowNum), XlsxError> {
        let last = self.head() + self.rows.count();
        Ok((excel_row((self.head() + 1).min(last))?, excel_row(last)?))
    }

    /// The squares of the records.
    pub fn records(&self) -> Result<Area, XlsxError> {
        let (first, last) = self.body()?;
        Ok(Area {
            first: (first, 0),
            last: (last, self.last_column()?),
        })
    }

    /// Number of the last column, from 0.
    fn last_column(&self) -> Result<ColNum, XlsxError> {
        excel_column(self.columns.len().saturating_sub(1))
    }

    /// Writes the list to an empty sheet. `page` is printed across, its heading on every page.
    pub fn write(
        &self,
        sheet: &mut Sheet<'_>,
        page: &Page<'_>,
        styles: &mut Styles,
    ) -> Result<(), XlsxError> {
        let (head, last_column) = (excel_row(self.head())?, self.last_column()?);
        let widths = self.widths();
        for (column, width) in widths.iter().enumerate() {
            let column = excel_column(column)?;
            sheet.around(Around::Width(column, measure::pixels(*width)));
        }
        if let Some(Summary { formula, text }) = &self.summary {
            let format = styles.look(Look::Summary, text);
            sheet.merge((0, 0), (0, last_column), text, format)?;
            if let Some(formula) = formula {
                sheet.formula(0, 0, formula, Given::Text(text), format)?;
            }
            sheet.height(0, measure::height(2))?;
        }
        for (number, column) in self.columns.iter().enumerate() {
            let format = styles.look(Look::Head, &column.title);
            sheet.text(head, excel_column(number)?, &column.title, format)?;
        }
        sheet.height(head, self.head_height(&widths))?;
        let (first, last) = self.body()?;
        for (items, row) in self.rows.iter().zip(first..) {
            for ((number, column), item) in self.columns.iter().enumerate().zip(items.as_ref()) {
                put(
                    sheet,
                    (row, excel_column(number)?),
                    item,
                    column.look,
                    styles,
                )?;
            }
            sheet.height(row, height(&items, &widths))?;
            sheet.settle(row)?;
        }
        let whole = Area {
            first: (head, 0),
            last: (last, last_column),
        };
        sheet.around(Around::Panes(head + 1, 0));
        sheet.around(Around::Filter(whole));
        // A form's name and a body's code are texts of digits.
        sheet.around(Around::Digits(whole));
        let page = Page {
            repeated: Some((head, head)),
            ..*page
        };
        page.set_up(sheet);
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

fn put(
    sheet: &mut Sheet<'_>,
    (row, column): (RowNum, ColNum),
    item: &Item<'_>,
    look: Look,
    styles: &mut Styles,
) -> Result<(), XlsxError> {
    match item {
        Item::Text(text) => sheet.text(row, column, text, styles.look(look, text)),
        Item::Number(value) => {
            let format = styles.number(look, &style::digits(value.scale()));
            sheet.number(row, column, &plain(*value), format)
        }
        Item::Formula {
            text,
            result,
            format,
        } => {
            let format = styles.number(look, format);
            sheet.formula(row, column, text, result.given(), format)
        }
    }
}
