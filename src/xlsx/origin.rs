//! What tells the program's workbooks from others: a document property of its own, with a sum over the
//! parts as they were written.
//!
//! The directory of a ZIP archive holds the CRC-32 of every part (APPNOTE.TXT, 4.4.7). The property
//! says what kind of workbook it is and what those of all other parts add up to. Whoever saves a
//! workbook, or changes a cell of it in any other way, changes a part; who changes two parts so that
//! the sum stays must mean to.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, Write};
use std::path::Path;

use rust_xlsxwriter::{DocProperties, Workbook, XlsxError};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::WorkbookError;

/// The property's name.
const PROPERTY: &str = "nianbao";
/// The part that holds it.
const PART: &str = "docProps/custom.xml";
/// More than that part takes, in bytes.
const MOST: u64 = 64 * 1024;

/// What a workbook of the program's is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A report's, which [`write`](super::write) wrote.
    Report,
    /// One to fill in, which [`write_blank`](super::write_blank) wrote.
    Blank,
    /// A roll-up, which [`write_rollup`](super::write_rollup) wrote.
    Rollup,
}

/// Where a workbook comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// What it was when it was written.
    pub kind: Kind,
    /// Whether every part is as it was written. Programs keep the property of a workbook that they
    /// save, though the cells may say something else then.
    pub untouched: bool,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Report, Self::Blank, Self::Rollup];

    /// What the property says.
    fn name(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Blank => "blank",
            Self::Rollup => "rollup",
        }
    }
}

/// Says in a workbook's properties of which kind it is.
pub(super) fn mark(properties: DocProperties, kind: Kind) -> DocProperties {
    properties.set_custom_property(PROPERTY, kind.name())
}

/// The bytes of a workbook that was marked, with the sum over its parts.
pub(super) fn save(book: &mut Workbook) -> Result<Vec<u8>, WorkbookError> {
    let bytes = book.save_to_buffer().map_err(WorkbookError::Workbook)?;
    sealed(&bytes).map_err(|error| WorkbookError::Workbook(XlsxError::IoError(error)))
}

fn sealed(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut package = ZipArchive::new(Cursor::new(bytes))?;
    let sum = sum(&mut package)?;
    let mut property = part(&mut package)?;
    for kind in Kind::ALL {
        let (plain, with_sum) = (format!(">{}<", kind.name()), said(kind, sum));
        property = property.replace(&plain, &format!(">{with_sum}<"));
    }
    let mut written = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    for index in 0..package.len() {
        let part = package.by_index_raw(index)?;
        if part.name_raw() == PART.as_bytes() {
            // As rust_xlsxwriter has them: without the time of a clock.
            let options = SimpleFileOptions::default();
            written.start_file(PART, options)?;
            written.write_all(property.as_bytes())?;
        } else {
            written.raw_copy_file(part)?;
        }
    }
    Ok(written.finish()?.into_inner())
}

/// Where the workbook at `path` comes from; none where it isn't the program's, or isn't whole.
pub fn origin(path: &Path) -> Option<Origin> {
    let file = BufReader::new(File::open(path).ok()?);
    let mut package = ZipArchive::new(file).ok()?;
    let property = part(&mut package).ok()?;
    let (_, property) = property.split_once(&format!("name=\"{PROPERTY}\""))?;
    let (_, property) = property.split_once("<vt:lpwstr>")?;
    let (property, _) = property.split_once('<')?;
    let name = property.split(' ').next()?;
    let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name)?;
    let untouched = sum(&mut package).is_ok_and(|sum| property == said(kind, sum));
    Some(Origin { kind, untouched })
}

/// What the property says of a workbook as it was written.
fn said(kind: Kind, sum: u64) -> String {
    format!("{} {sum:x}", kind.name())
}

/// What the CRCs of all parts but the property's own add up to.
fn sum<R: Read + Seek>(package: &mut ZipArchive<R>) -> io::Result<u64> {
    let mut sum = 0_u64;
    for index in 0..package.len() {
        let part = package.by_index_raw(index)?;
        if part.name_raw() != PART.as_bytes() {
            sum = sum.wrapping_add(part.crc32().into());
        }
    }
    Ok(sum)
}

/// The part with the property.
fn part<R: Read + Seek>(package: &mut ZipArchive<R>) -> io::Result<String> {
    let mut text = String::new();
    let part = package.by_name(PART)?;
    part.take(MOST).read_to_string(&mut text)?;
    Ok(text)
}
