//! 正文: who reports on what, and the texts, one paragraph a row.
//!
//! A paragraph of more than [`MOST_LINES`] lines goes on in the rows below, each marked （续）:
//! Excel has no row higher than 409 pt, and a page breaks between rows only. Joined again, the
//! rows are the paragraph.

use std::collections::BTreeMap;
use std::ops::Range;

use rust_xlsxwriter::{ColNum, RowNum, Worksheet, XlsxError};

use super::Pair;
use super::book::{allow_digits, merge, write_formula};
use super::page::Page;
use super::particulars;
use super::range::CellRange;
use super::style::{Look, SIZE, TEXT_SIZE, TITLE_SIZE};
use super::{formula, measure, page, rows, style};
use crate::document::{Block, Document, Emphasis, Paragraph};
use crate::form::{AddedSheet, FigureId, PARTICULARS, Particular, Script};

/// Width of the labels' column, in half characters: 统一社会信用代码.
const LABELS: u32 = 17;
/// Most lines of a paragraph in one row: 15 lines are 270 pt, and fit below others on a page.
const MOST_LINES: usize = 15;
/// What marks a row that goes on with the paragraph above it.
pub(super) const CONTINUED: Pair = ["（续）", "（續）"];
/// Column of the labels, from 0.
pub(super) const LABEL: ColNum = 0;
/// Column of what they say, and of everything that has a key.
pub(super) const COLUMN: ColNum = 1;
/// Longest text in a formula, in characters ("Excel specifications and limits").
const LONGEST_LITERAL: usize = 255;

/// How a day is shown.
pub(super) const DATE: &str = "yyyy\"年\"m\"月\"d\"日\"";

/// Rows of the sheet that belong to one key of the data file, from 0, in column B.
pub(super) struct Named {
    /// The key: `organ.name`, `text.overview`.
    pub key: String,
    /// First and last row.
    pub rows: (RowNum, RowNum),
}

/// Writes the sheet; returns what stands where.
pub(super) fn write(
    sheet: &mut Worksheet,
    document: &Document,
    quotable: BTreeMap<FigureId, String>,
) -> Result<Vec<Named>, XlsxError> {
    let mut writer = RowWriter::new(sheet, document.script)?;
    writer.quotable = quotable;
    let title = document.title.whole();
    writer.line(&title, Look::Title, TITLE_SIZE)?;
    for particular in PARTICULARS.iter() {
        writer.particular(particular, document.said(particular))?;
    }
    // A postcode and the name of a form are texts of digits.
    writer.allow_digits()?;
    writer.row += 1;
    let mut rows = Vec::new();
    for (number, block) in document.blocks.iter().enumerate() {
        let first = writer.row;
        let typed = document
            .texts
            .iter()
            .any(|text| text.blocks.contains(&number));
        match block {
            Block::Paragraph(heading) if heading.is_heading() && !typed => {
                writer.line(&heading.text(), Look::Heading, TEXT_SIZE)?;
            }
            Block::Paragraph(paragraph) => writer.paragraph(paragraph)?,
            Block::Table(table) => {
                writer.see(table.sheet())?;
            }
            Block::Signature { name, date, .. } => {
                writer.row += 1;
                for line in [Some(name), date.as_ref()].into_iter().flatten() {
                    writer.line(line, Look::Signature, TEXT_SIZE)?;
                }
            }
        }
        rows.push((first, writer.row.saturating_sub(1)));
    }
    let mut named = writer.named;
    for text in &document.texts {
        if let Some([(first, _), .., (_, last)] | [(first, last)]) = rows.get(text.blocks.clone()) {
            named.push(Named {
                key: text.key.clone(),
                rows: (*first, *last),
            });
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    let name = AddedSheet::Texts.name(document.script);
    Page::upright(&title, name, document.script).set_up(sheet)?;
    Ok(named)
}

/// Writes a sheet of labels and texts row by row.
pub(super) struct RowWriter<'a> {
    /// The sheet.
    pub sheet: &'a mut Worksheet,
    /// How a formula shows each figure as a text; none where there are no figures yet.
    quotable: BTreeMap<FigureId, String>,
    script: Script,
    /// The next row.
    pub row: RowNum,
    /// Pixels of the texts' column.
    width: u32,
    /// The last column that lines go over.
    last: ColNum,
    /// What stands where so far.
    pub named: Vec<Named>,
}

impl<'a> RowWriter<'a> {
    /// A writer at the top of an empty sheet, its columns as wide as the page.
    pub fn new(sheet: &'a mut Worksheet, script: Script) -> Result<Self, XlsxError> {
        let labels = measure::pixels(LABELS);
        let width = page::WIDTH.saturating_sub(labels);
        sheet.set_column_width_pixels(LABEL, labels)?;
        sheet.set_column_width_pixels(COLUMN, width)?;
        Ok(Self {
            sheet,
            quotable: BTreeMap::new(),
            script,
            row: 0,
            width,
            last: COLUMN,
            named: Vec::new(),
        })
    }

    /// Takes so many pixels from the texts' column for one more behind it.
    pub fn add_column(&mut self, pixels: u32) -> Result<(), XlsxError> {
        self.width = self.width.saturating_sub(pixels);
        self.last += 1;
        self.sheet
            .set_column_width_pixels(COLUMN, self.width)?
            .set_column_width_pixels(self.last, pixels)?;
        Ok(())
    }

    /// Writes a text to the row.
    pub fn text(&mut self, column: ColNum, text: &str, look: Look) -> Result<(), XlsxError> {
        let format = style::text(look, text);
        self.sheet
            .write_string_with_format(self.row, column, text, &format)?;
        Ok(())
    }

    /// Lets particulars be texts of digits: below the title, down to the row before this one.
    pub fn allow_digits(&mut self) -> Result<(), XlsxError> {
        let last = self.row.saturating_sub(1);
        allow_digits(self.sheet, CellRange::new((1, COLUMN), (last, COLUMN)))
    }

    /// A line over all columns.
    pub fn line(&mut self, text: &str, look: Look, size: u32) -> Result<(), XlsxError> {
        let across = CellRange::new((self.row, LABEL), (self.row, self.last));
        merge(self.sheet, across, text, &style::text(look, text))?;
        let lines = measure::lines(text, measure::halves_at(page::WIDTH, size)).count;
        self.next(lines, size)
    }

    /// What a line is about.
    pub fn label(&mut self, text: &str) -> Result<(), XlsxError> {
        self.text(LABEL, text, Look::Label)
    }

    /// Gives the rows from `first` to the present one a key.
    pub fn name(&mut self, key: &str, first: RowNum) {
        self.named.push(Named {
            key: key.to_owned(),
            rows: (first, self.row),
        });
    }

    /// A line of the particulars.
    pub fn particular(&mut self, particular: &Particular, said: &str) -> Result<(), XlsxError> {
        self.label(particular.label(self.script))?;
        let (row, number) = (self.row, |format| style::number(Look::Particular, format));
        let mut lines = 1;
        if let Some(year) = particulars::year(particular, said) {
            self.sheet
                .write_number_with_format(row, COLUMN, year, &number("0"))?;
        } else if let Some(day) = particulars::day(particular, said) {
            self.sheet
                .write_datetime_with_format(row, COLUMN, &day, &number(DATE))?;
        } else {
            let text = particulars::text(particular, said, self.script);
            self.text(COLUMN, text, Look::Particular)?;
            lines = measure::lines(text, measure::halves_at(self.width, SIZE)).count;
        }
        self.name(particular.key, row);
        self.next(lines, SIZE)
    }

    /// A text in the second column, in as many rows as it needs.
    fn paragraph(&mut self, paragraph: &Paragraph) -> Result<(), XlsxError> {
        let text = paragraph.text();
        let look = match paragraph.runs.first() {
            Some((Emphasis::Heading1, _)) if paragraph.is_heading() => Look::Heading,
            Some((Emphasis::Heading2, _)) if paragraph.is_heading() => Look::Subheading,
            _ => Look::Paragraph,
        };
        let room = measure::halves_at(self.width, TEXT_SIZE);
        let whole: Vec<Range<usize>> = paragraph.quotes.iter().map(|(q, _)| q.clone()).collect();
        let mut end = 0;
        for (number, part) in parts(&text, room, &whole).into_iter().enumerate() {
            let start = end;
            end += part.len();
            if number > 0 {
                self.text(LABEL, self.script.of(CONTINUED), Look::Aside)?;
            }
            match live(part, start, paragraph, &self.quotable) {
                Some(formula) => {
                    let format = style::text(look, part);
                    let at = (self.row, COLUMN);
                    write_formula(self.sheet, at, &formula, part, &format)?;
                }
                None => self.text(COLUMN, part, look)?,
            }
            self.next(measure::lines(part, room).count, TEXT_SIZE)?;
        }
        Ok(())
    }

    /// Where the table of a section is.
    pub fn see(&mut self, table: &str) -> Result<(), XlsxError> {
        let see = self.script.of(["见工作表", "見工作表"]);
        self.text(COLUMN, &format!("（{see}“{table}”）"), Look::Aside)?;
        self.next(1, TEXT_SIZE)
    }

    /// Makes the row as high as so many lines of a type of `size` tenths of a point.
    pub fn next(&mut self, lines: usize, size: u32) -> Result<(), XlsxError> {
        let height = measure::height_at(u32::try_from(lines).unwrap_or(u32::MAX), size);
        self.sheet
            .set_row_height_pixels(self.row, height.min(rows::HIGHEST))?;
        self.row += 1;
        Ok(())
    }
}

/// The part of a paragraph that starts at byte `start` of it, as a formula that fetches the figures
/// which it quotes: `"全年收到"&requests.new.total&"件"`. None where it quotes none, or says nothing but a
/// number: rust_xlsxwriter would store that as the formula's result in place of the text.
fn live(
    part: &str,
    start: usize,
    paragraph: &Paragraph,
    quotable: &BTreeMap<FigureId, String>,
) -> Option<String> {
    let within = |quote: &Range<usize>| quote.start >= start && quote.end <= start + part.len();
    let mut terms: Vec<String> = Vec::new();
    let mut at = 0;
    for (quote, figure) in paragraph.quotes.iter().filter(|(quote, _)| within(quote)) {
        literals(part.get(at..quote.start - start)?, &mut terms);
        terms.push(quotable.get(figure)?.clone());
        at = quote.end - start;
    }
    if terms.is_empty() || part.parse::<f64>().is_ok() {
        return None;
    }
    literals(part.get(at..)?, &mut terms);
    let text = terms.join("&");
    formula::fits(&text).then_some(text)
}

/// A text as a formula writes it, in as many pieces as its length asks for.
fn literals(text: &str, terms: &mut Vec<String>) {
    let characters: Vec<char> = text.chars().collect();
    for some in characters.chunks(LONGEST_LITERAL) {
        let some: String = some.iter().collect();
        terms.push(format!("\"{}\"", some.replace('"', "\"\"")));
    }
}

/// A paragraph in parts of about [`MOST_LINES`] lines, where it can be after a sentence, and never
/// within one of the ranges `whole`.
fn parts<'t>(text: &'t str, room: u32, whole: &[Range<usize>]) -> Vec<&'t str> {
    let most = room.saturating_mul(u32::try_from(MOST_LINES).unwrap_or(u32::MAX));
    let mut parts = Vec::new();
    let mut rest = text;
    while measure::width(rest) > most {
        let (mut width, mut full, mut sentence) = (0, rest.len(), None);
        for (at, c) in rest.char_indices() {
            width += measure::half_widths(c);
            if width > most {
                full = at;
                break;
            }
            // A part is at least half full.
            if width * 2 > most && "。；！？".contains(c) {
                sentence = Some(at + c.len_utf8());
            }
        }
        let done = text.len() - rest.len();
        let cut = sentence.unwrap_or(full);
        let quote = whole
            .iter()
            .find(|quote| quote.start < done + cut && done + cut < quote.end);
        let before = quote.map(|quote| quote.start.saturating_sub(done));
        let (part, after) = rest
            .split_at_checked(before.filter(|cut| *cut > 0).unwrap_or(cut))
            .unwrap_or((rest, ""));
        parts.push(part);
        rest = after;
    }
    if !rest.is_empty() || parts.is_empty() {
        parts.push(rest);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_joined_are_the_paragraph() {
        for sentence in [
            "依法公开政府信息，接受社会监督。",
            "无标点的一段文字",
            "latin words ",
        ] {
            for repeats in [1, 50, 400] {
                let text = sentence.repeat(repeats);
                let parts = parts(&text, 68, &[]);
                assert_eq!(parts.concat(), text);
                for part in &parts {
                    assert!(measure::lines(part, 68).count <= MOST_LINES + 3, "{part}");
                }
                if sentence.ends_with('。') {
                    assert!(parts.iter().all(|part| part.ends_with('。')));
                }
            }
        }
    }
}
