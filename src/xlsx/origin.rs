//! What tells the program's workbooks from others: a document property with the kind of workbook, and
//! a sum over the parts as they were written, in the comment of the ZIP archive.
//!
//! The directory of a ZIP archive holds the CRC-32 of every part (APPNOTE.TXT, 4.4.7), and behind it
//! there is room for a comment (4.3.16), which says what they add up to. Programs that save a workbook
//! write an archive without it. Whoever changes a cell in any other way changes a part; who changes two
//! parts so that the sum stays must mean to.

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek};
use std::path::Path;

use rust_xlsxwriter::{DocProperties, Workbook, XlsxError};
use zip::result::ZipResult;
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
    with_sum(bytes).map_err(|error| WorkbookError::Workbook(XlsxError::IoError(error.into())))
}

fn with_sum(bytes: Vec<u8>) -> ZipResult<Vec<u8>> {
    let mut package = ZipArchive::new(Cursor::new(bytes))?;
    let sum = sum(&mut package)?;
    let mut package = ZipWriter::new_append(package.into_inner())?;
    package.set_comment(sum)?;
    Ok(package.finish()?.into_inner())
}

/// Where the workbook at `path` comes from; none where it isn't the program's, or isn't whole.
pub fn origin(path: &Path) -> Option<Origin> {
    let file = BufReader::new(File::open(path).ok()?);
    let mut package = ZipArchive::new(file).ok()?;
    let mut properties = String::new();
    let part = package.by_name(PART).ok()?;
    part.take(MOST).read_to_string(&mut properties).ok()?;
    let (_, property) = properties.split_once(&format!("name=\"{PROPERTY}\""))?;
    let (_, property) = property.split_once("<vt:lpwstr>")?;
    let (name, _) = property.split_once('<')?;
    let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name)?;
    let sum = sum(&mut package);
    let untouched = sum.is_ok_and(|sum| package.comment() == sum.as_bytes());
    Some(Origin { kind, untouched })
}

/// What the CRCs of all parts add up to, as the comment says it.
fn sum<R: Read + Seek>(package: &mut ZipArchive<R>) -> ZipResult<String> {
    let mut sum = 0_u64;
    for index in 0..package.len() {
        let part = package.by_index_raw(index)?;
        sum = sum.wrapping_add(part.crc32().into());
    }
    Ok(format!("{PROPERTY} {sum:x}"))
}
