//! The digest of what a PDF is made of: the second half of the file's identifier (ISO 32000-1,
//! 14.4), in the dictionary of the cross-reference stream, which is not compressed and where the
//! last lines of a file point.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use super::PrintStyle;
use crate::digest::Digest;
use crate::document::Document;
use crate::font::Faces;
use crate::layout::PageStyle;

/// More than the last lines of a file take.
const END: i64 = 64;
/// More than the dictionary of a cross-reference stream takes.
const DICTIONARY: u64 = 4096;

/// The digest of what a PDF is made of.
pub fn made_of(
    document: &Document,
    faces: &Faces<'_>,
    page: &PageStyle,
    print: &PrintStyle,
) -> Digest {
    Digest::of(&("pdf", document.shown(), faces.identity(), page, print))
}

/// The digest that a PDF carries. None where it isn't whole, or another program wrote it.
pub fn carried(path: &Path) -> Option<Digest> {
    let mut file = File::open(path).ok()?;
    file.seek(SeekFrom::End(-END)).ok()?;
    let mut end = Vec::new();
    file.read_to_end(&mut end).ok()?;
    let end = std::str::from_utf8(after(&end, b"startxref\n")?).ok()?;
    let start = end.strip_suffix("\n%%EOF\n")?.parse().ok()?;
    file.seek(SeekFrom::Start(start)).ok()?;
    let mut dictionary = Vec::new();
    file.take(DICTIONARY).read_to_end(&mut dictionary).ok()?;
    let identifier = after(&dictionary, b"/ID")?;
    let second = after(after(identifier, b"<")?, b"<")?;
    Digest::parse(second.split(|byte| *byte == b'>').next()?)
}

/// What comes behind the first `mark`.
fn after<'b>(bytes: &'b [u8], mark: &[u8]) -> Option<&'b [u8]> {
    let at = bytes
        .windows(mark.len())
        .position(|window| window == mark)?;
    bytes.get(at + mark.len()..)
}
