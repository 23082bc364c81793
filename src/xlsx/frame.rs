//! All of a workbook but its cells, as data, and as the parts that rust_xlsxwriter draws of it.
//!
//! The reports of a form have nearly the same frame: their titles, their dates and where their texts
//! stand are put into [slots] of one that was drawn before.
//!
//! [slots]: Slot

use rust_xlsxwriter::{
    ColNum, Color, ConditionalFormatFormula, DataValidation, DocProperties, ExcelDateTime, Format,
    Formula, IgnoreError, Note, ProtectionOptions, RowNum, Workbook, Worksheet, XlsxError,
};

use super::cells::Area;
use super::fault::Fault;
use super::package::{self, Part};
use super::style::{self, WORDING_FAMILY, WORDING_FONT};
use super::xml::literally;
use crate::deflate::Deflate;
use crate::form::PRIVATE;

/// Height of a row outside the tables, in pixels: Excel's for 宋体 at 10.5 pt.
const DEFAULT_ROW: u32 = 19;
/// Width of a column outside the tables, in pixels. It tells the writer that a digit of the
/// default font is 7 pixels wide, as one of 宋体 at 10.5 pt is: half of 10.5 pt at 96 dpi.
const DEFAULT_COLUMN: u32 = 64;
/// Size of a note's type, in points.
const NOTE_SIZE: u8 = 9;
/// A4 in Excel's list of paper sizes (ECMA-376 Part 1, 18.3.1.63).
const A4: u8 = 9;
/// Margins at the left and right, in inches.
const SIDE: f64 = 0.5;
/// Margin at the top, with room for a header of two lines, in inches.
const TOP: f64 = 1.0;
/// Margin at the bottom, in inches.
const BOTTOM: f64 = 0.75;
/// From the edge of the paper to the header and the footer, in inches.
const EDGE: f64 = 0.4;

/// The frame of a workbook.
#[derive(Clone, PartialEq, Default)]
pub(super) struct Frame {
    /// Its sheets in order.
    pub sheets: Vec<SheetFrame>,
    /// Its names, each with what it stands for: `='正文'!$B$3`. What stands for a slot is one.
    pub names: Vec<(String, String)>,
    /// Its formats, of which the first is number 1.
    pub formats: Vec<Format>,
    /// The document property of the program's own that it has.
    pub property: Option<&'static str>,
}

/// The frame of a sheet.
#[derive(Clone, PartialEq, Default)]
pub(super) struct SheetFrame {
    pub name: String,
    pub around: Vec<Around>,
}

/// One thing that stands around cells, or is done to them.
#[derive(Clone, PartialEq)]
pub(super) enum Around {
    /// Width of a column, in pixels.
    Width(ColNum, u32),
    /// Height of a row, in pixels, for what is placed by it.
    Height(RowNum, u32),
    /// The first row and column that move.
    Panes(RowNum, ColNum),
    /// A list with its heading, to be filtered.
    Filter(Area),
    /// Texts of digits, which are meant.
    Digits(Area),
    /// How it is printed.
    Page(Paper),
    /// Cells that take two colours, behind and of their type, where a formula holds.
    Marked(Area, String, (u32, u32)),
    /// A note on a cell: its number in the workbook, its width and height in pixels.
    Note((RowNum, ColNum), usize, (u32, u32)),
    /// The sheet that is shown first.
    Shown,
    /// Only open cells can be changed; whether the list can be filtered, and rows inserted.
    Protected { filter: bool, rows: bool },
    /// What may be typed.
    Typed(Area, Unlike<DataValidation>),
}

/// How a sheet is printed.
#[derive(Clone, PartialEq)]
pub(super) struct Paper {
    pub across: bool,
    /// First and last row that are repeated.
    pub rows: Option<(RowNum, RowNum)>,
    /// First and last column that are repeated where the sheet is several pages wide; none where it is as
    /// wide as the page.
    pub columns: Option<(ColNum, ColNum)>,
    pub footer: String,
}

/// What can't be compared, and so is never the same.
#[derive(Clone)]
pub(super) struct Unlike<T>(pub T);

impl<T> PartialEq for Unlike<T> {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

/// A place in a frame for a text of the report. Until it is filled it holds one character of Unicode's
/// last two planes, which no wording of a form has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    Title,
    Organ,
    /// Who wrote the notes.
    Author,
    /// The day of the document, as the part writes it.
    Created,
    /// What the property of the program's own says.
    Property,
    /// The header of a sheet, by the sheet's number.
    Header(usize),
    /// Where something with a key stands, by its number.
    Range(usize),
    /// What a note says, by its number.
    Note(usize),
}

/// The first of these characters.
const FIRST: u32 = PRIVATE as u32;
/// Where those of the slots begin that there may be many of. A form has some hundreds of tables and texts at
/// the most, and a data file of 500,000 words and signs not as many notes as there are characters left.
const HEADERS: usize = 0x1000;
const RANGES: usize = 0x4000;
const NOTES: usize = 0x8000;
/// The day that stands for the document's.
const ANY_DAY: &str = "2000-01-01T00:00:00Z";

impl Slot {
    /// What stands in its place.
    pub fn mark(self) -> String {
        let number = match self {
            Self::Title => 0,
            Self::Organ => 1,
            Self::Created => 2,
            Self::Property => 3,
            Self::Author => 4,
            Self::Header(number) => HEADERS + number,
            Self::Range(number) => RANGES + number,
            Self::Note(number) => NOTES + number,
        };
        let code = u32::try_from(number).map_or(0, |number| FIRST + number);
        char::from_u32(code).unwrap_or_default().to_string()
    }
}

/// What is put into the slots.
#[derive(Default)]
pub(super) struct Filling {
    pub title: String,
    pub organ: String,
    pub author: String,
    pub created: String,
    pub property: String,
    /// The header of each sheet.
    pub headers: Vec<String>,
    /// Where each thing with a key stands.
    pub ranges: Vec<String>,
    /// What each note says.
    pub notes: Vec<String>,
}

impl Filling {
    fn of(&self, mark: char) -> &str {
        let number = (mark as u32).saturating_sub(FIRST) as usize;
        let listed = match number {
            0 => return &self.title,
            1 => return &self.organ,
            2 => return &self.created,
            3 => return &self.property,
            4 => return &self.author,
            NOTES.. => self.notes.get(number - NOTES),
            RANGES.. => self.ranges.get(number - RANGES),
            HEADERS.. => self.headers.get(number - HEADERS),
            _ => None,
        };
        listed.map_or("", String::as_str)
    }

    /// A text with its slots filled, as XML writes them.
    pub fn fill(&self, text: &str) -> Vec<u8> {
        let mut xml = Vec::with_capacity(text.len() + 1024);
        let mut rest = text;
        while let Some(at) = rest.find(is_mark) {
            let (before, from) = rest.split_at(at);
            xml.extend(before.bytes());
            let mut characters = from.chars();
            if let Some(mark) = characters.next() {
                literally(&mut xml, self.of(mark));
            }
            rest = characters.as_str();
        }
        xml.extend(rest.bytes());
        xml
    }
}

fn is_mark(c: char) -> bool {
    c >= PRIVATE
}

/// The parts that were drawn of a frame, in the package's order.
pub(super) struct Drawn {
    pub parts: Vec<DrawnPart>,
}

/// One of them.
pub(super) enum DrawnPart {
    /// The same for all workbooks of the frame.
    Same(Part),
    /// A text with slots.
    Slots { name: String, text: String },
    /// A sheet: what stands before the extent of its cells, between that and the rows, between these
    /// and what is merged, and after it. With slots.
    Sheet { name: String, around: [String; 4] },
    /// The texts of the cells.
    Strings { name: String },
}

impl Frame {
    /// Draws the frame.
    ///
    /// # Errors
    /// What rust_xlsxwriter says of sheets that don't make a workbook.
    pub fn draw(&self, deflate: &mut Deflate) -> Result<Drawn, Fault> {
        let package = self.save()?;
        let mut parts = Vec::new();
        for (name, bytes) in package::open(&package)? {
            let text = String::from_utf8(bytes).map_err(Fault::package)?;
            parts.push(if name == "xl/sharedStrings.xml" {
                DrawnPart::Strings { name }
            } else if name.starts_with("xl/worksheets/sheet") {
                let around = around(&text).ok_or_else(|| Fault::unlike(&name))?;
                let around = around.map(str::to_owned);
                DrawnPart::Sheet { name, around }
            } else {
                let text = match name.as_str() {
                    "docProps/core.xml" => text.replace(ANY_DAY, &Slot::Created.mark()),
                    _ => text,
                };
                match text.contains(is_mark) {
                    true => DrawnPart::Slots { name, text },
                    false => DrawnPart::Same(Part::of(name, text.as_bytes(), deflate)?),
                }
            });
        }
        Ok(Drawn { parts })
    }

    /// The workbook with the frame and without the cells.
    fn save(&self) -> Result<Vec<u8>, Fault> {
        let mut workbook = Workbook::new();
        self.begin(&mut workbook).map_err(Fault::Workbook)?;
        for (number, sheet) in self.sheets.iter().enumerate() {
            let worksheet = workbook.add_worksheet();
            sheet
                .draw(worksheet, number)
                .map_err(|source| Fault::sheet(&sheet.name, source))?;
        }
        self.end(&mut workbook).map_err(Fault::Workbook)?;
        workbook.save_to_buffer().map_err(Fault::Workbook)
    }

    fn begin(&self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        workbook.set_default_format(&style::default(), DEFAULT_ROW, DEFAULT_COLUMN)?;
        let mut properties = DocProperties::new()
            .set_title(Slot::Title.mark())
            .set_author(Slot::Organ.mark())
            .set_company(Slot::Organ.mark())
            .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
        if let Some(name) = self.property {
            properties = properties.set_custom_property(name, Slot::Property.mark());
        }
        workbook.set_properties(&properties);
        // What it writes is opened again at once.
        workbook.set_zip_compression_level(1);
        Ok(())
    }

    fn end(&self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        for (name, formula) in &self.names {
            workbook.define_name(name, formula)?;
        }
        // Formats are numbered as cells bring them, and there are texts where a cell has one. These cells
        // are not used.
        if let Ok(sheet) = workbook.worksheet_from_index(0) {
            for (format, row) in self.formats.iter().zip(0..) {
                sheet.write_blank(row, 0, format)?;
            }
            sheet.write_string(0, 1, "…")?;
        }
        Ok(())
    }
}

impl SheetFrame {
    fn draw(&self, sheet: &mut Worksheet, number: usize) -> Result<(), XlsxError> {
        sheet.set_name(&self.name)?;
        for around in &self.around {
            around.draw(sheet, number)?;
        }
        Ok(())
    }
}

impl Around {
    fn draw(&self, sheet: &mut Worksheet, number: usize) -> Result<(), XlsxError> {
        match self {
            Self::Width(column, pixels) => sheet.set_column_width_pixels(*column, *pixels)?,
            Self::Height(row, pixels) => sheet.set_row_height_pixels(*row, *pixels)?,
            Self::Panes(row, column) => sheet.set_freeze_panes(*row, *column)?,
            Self::Filter(Area { first, last }) => {
                sheet.autofilter(first.0, first.1, last.0, last.1)?
            }
            Self::Digits(Area { first, last }) => {
                let kind = IgnoreError::NumberStoredAsText;
                sheet.ignore_error_range(first.0, first.1, last.0, last.1, kind)?
            }
            Self::Page(paper) => paper.draw(sheet, number)?,
            Self::Marked(Area { first, last }, formula, (behind, of)) => {
                let format = Format::new()
                    .set_font_color(Color::RGB(*of))
                    .set_background_color(Color::RGB(*behind));
                let rule = ConditionalFormatFormula::new()
                    .set_rule(Formula::new(format!("={formula}")))
                    .set_format(format);
                sheet.add_conditional_format(first.0, first.1, last.0, last.1, &rule)?
            }
            Self::Note((row, column), note, (width, height)) => {
                sheet.set_default_note_author(Slot::Author.mark());
                let note = Note::new(Slot::Note(*note).mark())
                    .add_author_prefix(false)
                    .set_font_name(WORDING_FONT)
                    .set_font_family(WORDING_FAMILY)
                    .set_font_size(NOTE_SIZE)
                    .set_width(*width)
                    .set_height(*height);
                sheet.insert_note(*row, *column, &note)?
            }
            Self::Shown => sheet.set_active(true),
            Self::Protected { filter, rows } => sheet.protect_with_options(&ProtectionOptions {
                // What may be done all the same: columns and rows made larger, and notes put on cells.
                format_columns: true,
                format_rows: true,
                edit_objects: true,
                use_autofilter: *filter,
                insert_rows: *rows,
                ..ProtectionOptions::new()
            }),
            Self::Typed(Area { first, last }, Unlike(validation)) => {
                sheet.add_data_validation(first.0, first.1, last.0, last.1, validation)?
            }
        };
        Ok(())
    }
}

impl Paper {
    fn draw<'s>(
        &self,
        sheet: &'s mut Worksheet,
        number: usize,
    ) -> Result<&'s mut Worksheet, XlsxError> {
        sheet.set_paper_size(A4);
        if self.across {
            sheet.set_landscape();
        } else {
            sheet.set_portrait();
        }
        sheet.set_margins(SIDE, SIDE, TOP, BOTTOM, EDGE, EDGE);
        match self.columns {
            None => {
                sheet.set_print_fit_to_pages(1, 0);
                sheet.set_print_center_horizontally(true);
            }
            Some((first, last)) => {
                sheet.set_repeat_columns(first, last)?;
            }
        }
        sheet.set_header(Slot::Header(number).mark());
        sheet.set_footer(&self.footer);
        if let Some((first, last)) = self.rows {
            sheet.set_repeat_rows(first, last)?;
        }
        Ok(sheet)
    }
}

/// What stands in a sheet's part before the extent of its cells, between that and the rows, between the
/// rows and what is merged, and after that (ECMA-376 Part 1, 18.3.1.99).
fn around(sheet: &str) -> Option<[&str; 4]> {
    let (before, rest) = sheet.split_once("<dimension ref=\"")?;
    let (_, rest) = rest.split_once('"')?;
    let (between, rest) = rest.split_once("<sheetData")?;
    let rest = match rest.strip_prefix("/>") {
        Some(rest) => rest,
        None => rest.split_once("</sheetData>")?.1,
    };
    let after_merged = [
        "<phoneticPr",
        "<conditionalFormatting",
        "<dataValidations",
        "<hyperlinks",
        "<printOptions",
        "<pageMargins",
    ];
    let at = after_merged.iter().filter_map(|tag| rest.find(tag)).min()?;
    let (rows, merged) = rest.split_at_checked(at)?;
    Some([before, between, rows, merged])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_filled_as_xml_writes_texts() {
        let filling = Filling {
            title: "甲<乙>&丙".to_owned(),
            headers: vec![String::new(), "&C二".to_owned()],
            ranges: vec!["$B$1:$B$3".to_owned()],
            ..Filling::default()
        };
        let text = format!(
            "<t>{}</t>{}|{}|{}",
            Slot::Title.mark(),
            Slot::Header(1).mark(),
            Slot::Range(0).mark(),
            Slot::Range(9).mark(),
        );
        let filled = String::from_utf8(filling.fill(&text)).unwrap();
        assert_eq!(filled, "<t>甲&lt;乙&gt;&amp;丙</t>&amp;C二|$B$1:$B$3|");
    }
}
