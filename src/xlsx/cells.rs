//! The cells of a sheet as rows of XML (ECMA-376 Part 1, 18.3.1.80).
//!
//! rust_xlsxwriter keeps each cell as an object that it hashes the format of, clones the text of,
//! and prints through `fmt`, and gives every sheet a thread: a report's 2,000 cells took it 3 ms. It
//! writes all that stands around them; the rows are written here.

use std::collections::BTreeMap;

use flate2::{Compress, CompressError, Compression, FlushCompress};
use rust_xlsxwriter::{ColNum, RowNum, XlsxError};

use super::fault::Fault;
use super::package::Part;
use super::strings::Strings;
use super::xml::{escaped, integer, literally};
use crate::deflate::Deflate;

/// Rows and columns of a sheet, and most characters of a text in UTF-16 ("Excel specifications and
/// limits").
pub(super) const MOST_ROWS: usize = 1_048_576;
pub(super) const MOST_COLUMNS: usize = 16_384;
const LONGEST_TEXT: usize = 32_767;
/// Bytes of rows that are held as they are. Those of a report's sheets are less; of a list of many
/// units they are deflated as they come, to a thirtieth.
const HELD: usize = 1 << 20;
/// How hard, of 1 to 9.
const LEVEL: u32 = 3;

/// A format of the workbook, by its number in the styles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Xf(pub u32);

/// What a formula gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Given<'a> {
    /// A number, in digits.
    Number(&'a str),
    /// A text.
    Text(&'a str),
}

/// Squares from a first to a last row and column, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    pub first: (RowNum, ColNum),
    pub last: (RowNum, ColNum),
}

/// The cells of one sheet.
#[derive(Default)]
pub(super) struct Cells {
    /// Rows that are still written to.
    open: BTreeMap<RowNum, Row>,
    /// Those above them.
    done: Done,
    /// Rows above this one are done.
    first_open: RowNum,
    merged: Vec<Area>,
    /// All squares that have a cell.
    extent: Option<Area>,
}

/// One row.
#[derive(Default)]
struct Row {
    height: Option<u32>,
    /// Cells in the order in which they came, one behind the other.
    xml: Vec<u8>,
    /// Column of each, and where it begins.
    cells: Vec<(ColNum, usize)>,
}

impl Cells {
    /// Writes a text, or an empty cell where there is none.
    pub fn text(
        &mut self,
        at: (RowNum, ColNum),
        text: &str,
        xf: Xf,
        strings: &mut Strings,
    ) -> Result<(), XlsxError> {
        if text.is_empty() {
            return self.blank(at, xf);
        }
        if text.len() > LONGEST_TEXT && text.encode_utf16().count() > LONGEST_TEXT {
            return Err(XlsxError::MaxStringLengthExceeded);
        }
        let xml = self.cell(at, xf)?;
        xml.extend(b" t=\"s\"><v>");
        integer(xml, strings.number(text).into());
        xml.extend(b"</v></c>");
        Ok(())
    }

    /// Writes a number, in digits.
    pub fn number(&mut self, at: (RowNum, ColNum), number: &str, xf: Xf) -> Result<(), XlsxError> {
        let xml = self.cell(at, xf)?;
        xml.extend(b"><v>");
        xml.extend(number.bytes());
        xml.extend(b"</v></c>");
        Ok(())
    }

    /// Writes a formula, without its `=`, and what it gives.
    pub fn formula(
        &mut self,
        at: (RowNum, ColNum),
        formula: &str,
        given: Given<'_>,
        xf: Xf,
    ) -> Result<(), XlsxError> {
        let xml = self.cell(at, xf)?;
        let (kind, given): (&[u8], _) = match given {
            Given::Number(digits) => (b"><f>", digits),
            Given::Text(text) => (b" t=\"str\"><f>", text),
        };
        xml.extend(kind);
        escaped(xml, formula);
        xml.extend(b"</f><v>");
        literally(xml, given);
        xml.extend(b"</v></c>");
        Ok(())
    }

    /// Writes a cell that has nothing but its look.
    pub fn blank(&mut self, at: (RowNum, ColNum), xf: Xf) -> Result<(), XlsxError> {
        self.cell(at, xf)?.extend(b"/>");
        Ok(())
    }

    /// Merges squares, each of them with its own border and fill; what they say is written to the
    /// first of them.
    pub fn merge(&mut self, squares: Area, xf: Xf) -> Result<(), XlsxError> {
        let Area { first, last } = squares;
        for row in first.0..=last.0 {
            for column in first.1..=last.1 {
                self.blank((row, column), xf)?;
            }
        }
        self.merged.push(squares);
        Ok(())
    }

    /// Makes a row so many pixels high.
    pub fn height(&mut self, row: RowNum, pixels: u32) -> Result<(), XlsxError> {
        self.row(row)?.height = Some(pixels);
        Ok(())
    }

    /// Says that nothing more is to be written above a row.
    pub fn settle(&mut self, row: RowNum) -> Result<(), CompressError> {
        while let Some(first) = self.open.first_entry().filter(|open| *open.key() < row) {
            let (number, row) = first.remove_entry();
            row.write(number, &mut self.done.held);
        }
        self.first_open = self.first_open.max(row);
        self.done.pack(HELD)
    }

    /// The part of the package. `around` stands before the extent of the cells, between that and the
    /// rows, between these and what is merged, and after it.
    pub fn part(
        mut self,
        name: &str,
        around: [Vec<u8>; 4],
        deflate: &mut Deflate,
    ) -> Result<Part, Fault> {
        self.settle(RowNum::MAX).map_err(Fault::package)?;
        let [mut above, between, mut below, after] = around;
        above.extend(b"<dimension ref=\"");
        extent(&mut above, self.extent);
        above.push(b'"');
        above.extend(between);
        above.extend(b"<sheetData>");
        below.splice(..0, *b"</sheetData>");
        merged(&mut below, &self.merged);
        below.extend(after);
        self.done.part(name, above, &below, deflate)
    }

    /// Begins a cell: `<c r="D4" s="3"`.
    fn cell(&mut self, at: (RowNum, ColNum), xf: Xf) -> Result<&mut Vec<u8>, XlsxError> {
        if usize::from(at.1) >= MOST_COLUMNS {
            return Err(XlsxError::RowColumnLimitError);
        }
        let extent = self.extent.get_or_insert(Area {
            first: at,
            last: at,
        });
        extent.first = (extent.first.0.min(at.0), extent.first.1.min(at.1));
        extent.last = (extent.last.0.max(at.0), extent.last.1.max(at.1));
        let row = self.row(at.0)?;
        row.cells.push((at.1, row.xml.len()));
        row.xml.extend(b"<c r=\"");
        reference(&mut row.xml, at);
        row.xml.extend(b"\" s=\"");
        integer(&mut row.xml, xf.0.into());
        row.xml.push(b'"');
        Ok(&mut row.xml)
    }

    fn row(&mut self, row: RowNum) -> Result<&mut Row, XlsxError> {
        if row as usize >= MOST_ROWS || row < self.first_open {
            return Err(XlsxError::RowColumnLimitError);
        }
        Ok(self.open.entry(row).or_default())
    }
}

impl Row {
    /// Appends the row. Of two cells in one square the later one counts.
    fn write(&self, number: RowNum, xml: &mut Vec<u8>) {
        xml.extend(b"<row r=\"");
        integer(xml, u64::from(number) + 1);
        xml.push(b'"');
        if let Some(pixels) = self.height {
            xml.extend(b" ht=\"");
            points(xml, pixels);
            xml.extend(b"\" customHeight=\"1\"");
        }
        xml.push(b'>');
        let ends = self.cells.iter().skip(1).map(|(_, start)| *start);
        let mut cells: Vec<(ColNum, &[u8])> = self
            .cells
            .iter()
            .zip(ends.chain([self.xml.len()]))
            .map(|((column, start), end)| (*column, self.xml.get(*start..end).unwrap_or_default()))
            .collect();
        if !cells.is_sorted_by_key(|(column, _)| *column) {
            cells.sort_by_key(|(column, _)| *column);
        }
        for square in cells.chunk_by(|a, b| a.0 == b.0) {
            if let Some((_, cell)) = square.last() {
                xml.extend(*cell);
            }
        }
        xml.extend(b"</row>");
    }
}

/// Rows that are complete.
#[derive(Default)]
struct Done {
    /// Those that are held as they are.
    held: Vec<u8>,
    /// Those above them, where there are many.
    packed: Option<Packed>,
}

/// Bytes that are deflated as they come.
struct Packed {
    compress: Compress,
    bytes: Vec<u8>,
    crc: crc32fast::Hasher,
    size: u64,
}

impl Done {
    /// Deflates what is held where that is more than `most`.
    fn pack(&mut self, most: usize) -> Result<(), CompressError> {
        if self.held.len() > most {
            self.packed.get_or_insert_default().add(&self.held)?;
            self.held.clear();
        }
        Ok(())
    }

    /// A part of the package with these rows between `above` and `below`.
    fn part(
        mut self,
        name: &str,
        mut above: Vec<u8>,
        below: &[u8],
        deflate: &mut Deflate,
    ) -> Result<Part, Fault> {
        if self.packed.is_some() {
            self.pack(0).map_err(Fault::package)?;
        }
        let Some(rows) = self.packed else {
            above.extend(self.held);
            above.extend(below);
            return Part::of(name, &above, deflate);
        };
        // Each on its own, ending at a whole byte with more to come (RFC 1951, 3.2.4), they may follow each
        // other: none refers to what is before it.
        let mut begun = Packed::default();
        begun.add(&above).map_err(Fault::package)?;
        let end = Part::of("", below, deflate)?;
        let mut crc = begun.crc;
        crc.combine(&rows.crc);
        crc.combine(&crc32fast::Hasher::new_with_initial_len(end.crc, end.size));
        let mut packed = begun.bytes;
        packed.extend(rows.bytes);
        packed.extend(end.packed);
        Ok(Part {
            name: name.to_owned(),
            crc: crc.finalize(),
            size: begun.size + rows.size + end.size,
            packed,
        })
    }
}

impl Default for Packed {
    fn default() -> Self {
        Self {
            compress: Compress::new(Compression::new(LEVEL), false),
            bytes: Vec::new(),
            crc: crc32fast::Hasher::new(),
            size: 0,
        }
    }
}

impl Packed {
    fn add(&mut self, bytes: &[u8]) -> Result<(), CompressError> {
        self.crc.update(bytes);
        self.size += bytes.len() as u64;
        let end = self.compress.total_in() + bytes.len() as u64;
        loop {
            let taken = end - self.compress.total_in();
            let rest = bytes.len() - usize::try_from(taken).unwrap_or(0).min(bytes.len());
            self.bytes.reserve(64 * 1024);
            let rest = bytes.get(rest..).unwrap_or_default();
            self.compress
                .compress_vec(rest, &mut self.bytes, FlushCompress::Sync)?;
            // Room that is left over says that all is out.
            if self.compress.total_in() == end && self.bytes.len() < self.bytes.capacity() {
                return Ok(());
            }
        }
    }
}

/// Appends the name of a square: `D4`.
fn reference(xml: &mut Vec<u8>, (row, column): (RowNum, ColNum)) {
    let letter = |number: u16| b'A' + u8::try_from(number % 26).unwrap_or(0);
    match column {
        0..26 => xml.push(letter(column)),
        26..702 => xml.extend([letter(column / 26 - 1), letter(column)]),
        702.. => {
            let rest = column - 702;
            xml.extend([letter(rest / 676), letter(rest / 26), letter(rest)]);
        }
    }
    integer(xml, u64::from(row) + 1);
}

/// Appends what is merged (18.3.1.55).
fn merged(xml: &mut Vec<u8>, merged: &[Area]) {
    if merged.is_empty() {
        return;
    }
    xml.extend(b"<mergeCells count=\"");
    integer(xml, merged.len() as u64);
    xml.extend(b"\">");
    for squares in merged {
        xml.extend(b"<mergeCell ref=\"");
        extent(xml, Some(*squares));
        xml.extend(b"\"/>");
    }
    xml.extend(b"</mergeCells>");
}

/// Appends where cells are: `A1:J26`.
fn extent(xml: &mut Vec<u8>, squares: Option<Area>) {
    let Area { first, last } = squares.unwrap_or(Area {
        first: (0, 0),
        last: (0, 0),
    });
    reference(xml, first);
    if first != last {
        xml.push(b':');
        reference(xml, last);
    }
}

/// Appends pixels of 1/96 inch in points.
fn points(xml: &mut Vec<u8>, pixels: u32) {
    let quarters = u64::from(pixels) * 3;
    integer(xml, quarters / 4);
    let rest: &[u8] = match quarters % 4 {
        1 => b".25",
        2 => b".5",
        3 => b".75",
        _ => b"",
    };
    xml.extend(rest);
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    /// A part's XML, whose check sum is right.
    fn xml(cells: Cells) -> String {
        let around = ["<sheet>", "/>", "<filter/>", "<end/></sheet>"];
        let around = around.map(|text| text.as_bytes().to_vec());
        let part = cells.part("", around, &mut Deflate::new());
        let part = part.unwrap();
        let mut bytes = Vec::new();
        let mut unpacked = flate2::read::DeflateDecoder::new(part.packed.as_slice());
        unpacked.read_to_end(&mut bytes).unwrap();
        assert_eq!(
            (part.size, part.crc),
            (bytes.len() as u64, crc32fast::hash(&bytes))
        );
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn cells_stand_in_the_order_of_their_squares_whenever_they_came() {
        let mut cells = Cells::default();
        let merged = Area {
            first: (0, 27),
            last: (1, 27),
        };
        cells.merge(merged, Xf(2)).unwrap();
        let strings = &mut Strings::default();
        cells.text((0, 27), "甲<乙", Xf(2), strings).unwrap();
        cells.number((1, 0), "-59237.2449", Xf(1)).unwrap();
        let sum = Given::Number("3");
        cells.formula((1, 702), "A1<>\"b\"", sum, Xf(3)).unwrap();
        cells.height(2, 27).unwrap();
        assert_eq!(
            xml(cells),
            "<sheet><dimension ref=\"A1:AAA2\"/><sheetData>\
             <row r=\"1\"><c r=\"AB1\" s=\"2\" t=\"s\"><v>0</v></c></row>\
             <row r=\"2\"><c r=\"A2\" s=\"1\"><v>-59237.2449</v></c><c r=\"AB2\" s=\"2\"/>\
             <c r=\"AAA2\" s=\"3\"><f>A1&lt;&gt;\"b\"</f><v>3</v></c></row>\
             <row r=\"3\" ht=\"20.25\" customHeight=\"1\"></row>\
             </sheetData><filter/><mergeCells count=\"1\"><mergeCell ref=\"AB1:AB2\"/></mergeCells>\
             <end/></sheet>"
        );
    }

    #[test]
    fn rows_that_are_deflated_as_they_come_are_those_that_are_held() {
        let written = |settled: bool| {
            let mut cells = Cells::default();
            let strings = &mut Strings::default();
            for row in 0..30_000 {
                let text = format!("单位{}", row % 700);
                cells.text((row, 0), &text, Xf(1), strings).unwrap();
                cells
                    .number((row, 1), &(row * 7919).to_string(), Xf(2))
                    .unwrap();
                if settled {
                    cells.settle(row).unwrap();
                }
            }
            assert_eq!(cells.done.packed.is_some(), settled);
            cells
        };
        let (held, packed) = (xml(written(false)), xml(written(true)));
        assert!(held.len() > 2 * HELD, "{}", held.len());
        assert!(held == packed);
    }

    #[test]
    fn there_is_no_cell_where_excel_has_none() {
        let mut cells = Cells::default();
        let limit = |written| matches!(written, Err(XlsxError::RowColumnLimitError));
        assert!(cells.blank((1_048_575, 16_383), Xf(1)).is_ok());
        assert!(limit(cells.blank((1_048_576, 0), Xf(1))));
        assert!(limit(cells.blank((0, 16_384), Xf(1))));
        let strings = &mut Strings::default();
        let long = "𠮷".repeat(LONGEST_TEXT / 2);
        assert!(cells.text((0, 0), &long, Xf(1), strings).is_ok());
        let longer = format!("{long}甲甲");
        assert!(cells.text((0, 1), &longer, Xf(1), strings).is_err());
        // A row that is written can't be written to any more.
        cells.settle(5).unwrap();
        assert!(limit(cells.height(4, 20)));
    }
}
