//! A workbook while it is written: its frame, and the cells in it.

use rust_xlsxwriter::{ColNum, RowNum, XlsxError};

use super::cells::{Area, Cells, Given, Xf};
use super::fault::Fault;
use super::frame::{Around, Drawn, DrawnPart, Filling, Frame, SheetFrame, Slot};
use super::package::{self, Part};
use super::strings::Strings;
use super::style::Styles;
use crate::deflate::Deflate;
use crate::recent::Recent;

/// Longest author of notes that Excel takes, in UTF-16 units (rust_xlsxwriter, `Note::set_author`).
const LONGEST_AUTHOR: usize = 52;

/// Frames that were drawn, for the workbooks to come.
pub(super) type Kept = Recent<Frame, Drawn>;

/// A workbook.
pub(super) struct Book {
    frame: Frame,
    filling: Filling,
    sheets: Vec<Cells>,
    strings: Strings,
}

/// What the properties of a document say.
pub(super) struct Properties<'a> {
    pub title: &'a str,
    pub organ: &'a str,
    /// Year, month and day.
    pub created: (u16, u8, u8),
    /// A property of the program's own, and what it says.
    pub own: Option<(&'static str, &'static str)>,
}

impl Book {
    /// A workbook without sheets.
    pub fn new(properties: Properties<'_>) -> Self {
        let (year, month, day) = properties.created;
        let (name, own) = properties.own.unzip();
        Self {
            frame: Frame {
                property: name,
                ..Frame::default()
            },
            filling: Filling {
                title: properties.title.to_owned(),
                organ: properties.organ.to_owned(),
                author: author(properties.organ),
                created: format!("{year:04}-{month:02}-{day:02}T00:00:00Z"),
                property: own.unwrap_or_default().to_owned(),
                ..Filling::default()
            },
            sheets: Vec::new(),
            strings: Strings::default(),
        }
    }

    /// Adds a sheet that `write` writes.
    pub fn add<T, E>(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut Sheet<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut frame = SheetFrame {
            name: name.to_owned(),
            around: Vec::new(),
        };
        let mut cells = Cells::default();
        self.filling.headers.push(String::new());
        let written = write(&mut Sheet {
            frame: &mut frame,
            number: self.frame.sheets.len(),
            filling: &mut self.filling,
            cells: &mut cells,
            strings: &mut self.strings,
        });
        self.frame.sheets.push(frame);
        self.sheets.push(cells);
        written
    }

    /// Adds a sheet of the program's own.
    pub fn added<T>(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut Sheet<'_>) -> Result<T, XlsxError>,
    ) -> Result<T, Fault> {
        self.add(name, write)
            .map_err(|source| Fault::sheet(name, source))
    }

    /// Goes on with the first sheet.
    pub fn first<T>(
        &mut self,
        write: impl FnOnce(&mut Sheet<'_>) -> Result<T, XlsxError>,
    ) -> Result<T, XlsxError> {
        let (frame, cells) = (self.frame.sheets.first_mut(), self.sheets.first_mut());
        let (Some(frame), Some(cells)) = (frame, cells) else {
            return Err(XlsxError::UnknownWorksheetNameOrIndex("0".to_owned()));
        };
        write(&mut Sheet {
            frame,
            number: 0,
            filling: &mut self.filling,
            cells,
            strings: &mut self.strings,
        })
    }

    /// Gives names to what formulas refer to: `='依申请公开'!$D$4`.
    pub fn define(&mut self, names: impl IntoIterator<Item = (String, String)>) {
        self.frame.names.extend(names);
    }

    /// Gives names to squares of a sheet whose place differs from report to report. `sheet` is its name
    /// as formulas write it.
    pub fn define_on(&mut self, sheet: &str, names: impl IntoIterator<Item = (String, String)>) {
        for (name, range) in names {
            let slot = Slot::Range(self.filling.ranges.len());
            self.filling.ranges.push(range);
            let formula = format!("={sheet}!{}", slot.mark());
            self.frame.names.push((name, formula));
        }
    }

    /// The bytes of the `.xlsx` file.
    ///
    /// # Errors
    /// What rust_xlsxwriter says of sheets that don't make a workbook.
    pub fn finish(mut self, styles: Styles, kept: &Kept) -> Result<Vec<u8>, Fault> {
        let mut deflate = Deflate::new();
        self.frame.formats = styles.into_formats();
        // rust_xlsxwriter sorts them so, and clones two texts of each for every comparison: there are
        // few where they are sorted.
        let names = &mut self.frame.names;
        names.sort_by_cached_key(|(name, _)| name.to_lowercase());
        let drawn = match kept.find(|frame| *frame == self.frame) {
            Some(drawn) => drawn,
            None => {
                let drawn = self.frame.draw(&mut deflate)?;
                kept.keep(self.frame, drawn)
            }
        };
        let mut sheets = self.sheets.into_iter();
        let mut parts = Vec::new();
        for part in &drawn.parts {
            parts.push(match part {
                DrawnPart::Same(part) => part.clone(),
                DrawnPart::Slots { name, text } => {
                    Part::of(name, &self.filling.fill(text), &mut deflate)?
                }
                DrawnPart::Strings { name } => Part::of(name, &self.strings.part(), &mut deflate)?,
                // They come in their order.
                DrawnPart::Sheet { name, around } => {
                    let cells = sheets.next().ok_or_else(|| Fault::unlike(name))?;
                    let around = around.each_ref().map(|text| self.filling.fill(text));
                    cells.part(name, around, &mut deflate)?
                }
            });
        }
        package::file(&parts)
    }
}

/// The author of notes: a body's name as far as Excel takes one.
fn author(organ: &str) -> String {
    let mut room = LONGEST_AUTHOR;
    let fits = |c: &char| {
        let left = room.checked_sub(c.len_utf16());
        room = left.unwrap_or(0);
        left.is_some()
    };
    organ.chars().take_while(fits).collect()
}

/// A sheet while it is written.
pub(super) struct Sheet<'b> {
    frame: &'b mut SheetFrame,
    /// Its number, from 0.
    number: usize,
    filling: &'b mut Filling,
    cells: &'b mut Cells,
    strings: &'b mut Strings,
}

impl Sheet<'_> {
    /// Adds to what stands around the cells.
    pub fn around(&mut self, around: Around) {
        self.frame.around.push(around);
    }

    /// Gives the pages a header.
    pub fn header(&mut self, header: String) {
        if let Some(own) = self.filling.headers.get_mut(self.number) {
            *own = header;
        }
    }

    /// Puts a note of so many pixels on a cell.
    pub fn note(&mut self, at: (RowNum, ColNum), text: &str, (width, height): (u32, u32)) {
        let number = self.filling.notes.len();
        self.filling.notes.push(text.to_owned());
        self.around(Around::Note(at, number, (width, height)));
    }

    /// Writes a text, or an empty cell where there is none.
    pub fn text(
        &mut self,
        row: RowNum,
        column: ColNum,
        text: &str,
        xf: Xf,
    ) -> Result<(), XlsxError> {
        self.cells.text((row, column), text, xf, self.strings)
    }

    /// Writes a number, in digits.
    pub fn number(
        &mut self,
        row: RowNum,
        column: ColNum,
        number: &str,
        xf: Xf,
    ) -> Result<(), XlsxError> {
        self.cells.number((row, column), number, xf)
    }

    /// Writes a formula, without its `=`, and what it gives.
    pub fn formula(
        &mut self,
        row: RowNum,
        column: ColNum,
        formula: &str,
        given: Given<'_>,
        xf: Xf,
    ) -> Result<(), XlsxError> {
        self.cells.formula((row, column), formula, given, xf)
    }

    /// Writes a cell that has nothing but its look.
    pub fn blank(&mut self, row: RowNum, column: ColNum, xf: Xf) -> Result<(), XlsxError> {
        self.cells.blank((row, column), xf)
    }

    /// Merges squares and writes a text to them. A single square is not merged.
    pub fn merge(
        &mut self,
        first: (RowNum, ColNum),
        last: (RowNum, ColNum),
        text: &str,
        xf: Xf,
    ) -> Result<(), XlsxError> {
        if first != last {
            self.cells.merge(Area { first, last }, xf)?;
        }
        self.text(first.0, first.1, text, xf)
    }

    /// Makes a row so many pixels high.
    pub fn height(&mut self, row: RowNum, pixels: u32) -> Result<(), XlsxError> {
        self.cells.height(row, pixels)
    }

    /// Says that nothing more is to be written above a row.
    pub fn settle(&mut self, row: RowNum) -> Result<(), XlsxError> {
        let settled = self.cells.settle(row);
        settled.map_err(|error| XlsxError::IoError(error.into()))
    }
}
