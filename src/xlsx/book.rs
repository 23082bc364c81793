//! A workbook while it is written: what stands around the cells, by rust_xlsxwriter, and the cells.

use rust_xlsxwriter::{ColNum, DocProperties, Note, RowNum, Workbook, Worksheet, XlsxError};

use super::cells::{Cells, Given, Squares, Xf};
use super::fault::Fault;
use super::package::{self, Part};
use super::strings::Strings;
use super::style::{self, Styles};
use crate::deflate::{self, Deflate};

/// Height of a row outside the tables, in pixels: Excel's for 宋体 at 10.5 pt.
const DEFAULT_ROW: u32 = 19;
/// Width of a column outside the tables, in pixels. It tells the writer that a digit of the
/// default font is 7 pixels wide, as one of 宋体 at 10.5 pt is: half of 10.5 pt at 96 dpi.
const DEFAULT_COLUMN: u32 = 64;
/// Name of the part that has the texts of all cells.
const STRINGS: &str = "xl/sharedStrings.xml";

/// A workbook.
pub(super) struct Book {
    frame: Workbook,
    sheets: Vec<Cells>,
    strings: Strings,
}

impl Book {
    /// A workbook without sheets.
    pub fn new(properties: Result<DocProperties, XlsxError>) -> Result<Self, XlsxError> {
        let mut frame = Workbook::new();
        frame.set_default_format(&style::default(), DEFAULT_ROW, DEFAULT_COLUMN)?;
        frame.set_properties(&properties?);
        // What it writes is opened again at once.
        frame.set_zip_compression_level(1);
        Ok(Self {
            frame,
            sheets: Vec::new(),
            strings: Strings::default(),
        })
    }

    /// Adds a sheet that `write` writes.
    pub fn add<T, E>(
        &mut self,
        write: impl FnOnce(&mut Sheet<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut cells = Cells::default();
        let written = write(&mut Sheet {
            frame: self.frame.add_worksheet(),
            cells: &mut cells,
            strings: &mut self.strings,
        });
        self.sheets.push(cells);
        written
    }

    /// Adds a sheet of the program's own.
    pub fn added<T>(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut Sheet<'_>) -> Result<T, XlsxError>,
    ) -> Result<T, Fault> {
        self.add(|sheet| {
            sheet.frame.set_name(name)?;
            write(sheet)
        })
        .map_err(|source| Fault::sheet(name, source))
    }

    /// Goes on with the first sheet.
    pub fn first<T>(
        &mut self,
        write: impl FnOnce(&mut Sheet<'_>) -> Result<T, XlsxError>,
    ) -> Result<T, XlsxError> {
        let frame = self.frame.worksheet_from_index(0)?;
        let cells = self.sheets.first_mut();
        write(&mut Sheet {
            frame,
            cells: cells.ok_or(XlsxError::UnknownWorksheetNameOrIndex(String::new()))?,
            strings: &mut self.strings,
        })
    }

    /// Gives cells a name.
    pub fn define(&mut self, name: String, formula: &str) -> Result<(), XlsxError> {
        self.frame.define_name(name, formula)?;
        Ok(())
    }

    /// The bytes of the `.xlsx` file.
    ///
    /// # Errors
    /// What rust_xlsxwriter says of sheets that don't make a workbook.
    pub fn finish(mut self, styles: &Styles) -> Result<Vec<u8>, Fault> {
        self.tell(styles)?;
        let frame = self.frame.save_to_buffer().map_err(Fault::Workbook)?;
        let mut deflate = Deflate::new(deflate::PARTS);
        let mut sheets = self.sheets.into_iter();
        let mut parts = Vec::new();
        for (name, bytes) in package::open(&frame)? {
            // The parts of the sheets come in their order.
            let is_sheet = name.starts_with("xl/worksheets/sheet");
            let cells = if is_sheet { sheets.next() } else { None };
            let part = match cells {
                Some(cells) => cells.part(name, &bytes, &mut deflate)?,
                None if name == STRINGS => Part::of(name, &self.strings.part(), &mut deflate)?,
                None => Part::of(name, &bytes, &mut deflate)?,
            };
            parts.push(part);
        }
        package::file(&parts)
    }

    /// Tells rust_xlsxwriter what it has to know of the cells: the formats in the order of their numbers,
    /// that there are texts, and what is merged. The cells that it makes of that are not used.
    fn tell(&mut self, styles: &Styles) -> Result<(), Fault> {
        let formats = styles.formats();
        let Some(any) = formats.first() else {
            return Ok(());
        };
        for (number, sheet) in self.frame.worksheets_mut().iter_mut().enumerate() {
            if number == 0 {
                for (format, row) in formats.iter().zip(0..) {
                    sheet.write_blank(row, 0, format).map_err(Fault::Workbook)?;
                }
            }
            let cells = self.sheets.get(number);
            for Squares { first, last } in cells.iter().flat_map(|cells| &cells.merged) {
                let merged = sheet.merge_range(first.0, first.1, last.0, last.1, "", any);
                if let Err(source) = merged {
                    return Err(Fault::sheet(&sheet.name(), source));
                }
            }
            if number == 0 {
                sheet.write_string(0, 0, "…").map_err(Fault::Workbook)?;
            }
        }
        Ok(())
    }
}

/// A sheet while it is written.
pub(super) struct Sheet<'b> {
    /// All but the cells: columns, panes, print set-up, what is checked while typing.
    pub frame: &'b mut Worksheet,
    cells: &'b mut Cells,
    strings: &'b mut Strings,
}

impl Sheet<'_> {
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
            self.cells.merge(Squares { first, last }, xf)?;
        }
        self.text(first.0, first.1, text, xf)
    }

    /// Makes a row so many pixels high.
    pub fn height(&mut self, row: RowNum, pixels: u32) -> Result<(), XlsxError> {
        self.cells.height(row, pixels)
    }

    /// Says that nothing more is to be written above a row.
    pub fn settle(&mut self, row: RowNum) {
        self.cells.settle(row);
    }

    /// Puts a note on a square.
    pub fn note(&mut self, row: RowNum, column: ColNum, note: &Note) -> Result<(), XlsxError> {
        self.frame.insert_note(row, column, note)?;
        Ok(())
    }
}
