//! A font file, read as far as it is needed.
//!
//! Nine tenths of a font are outlines, and a report draws some hundreds of its 30,000 glyphs. So outlines are read
//! where they are used: those of [`KNOWN`] at once, since faces are judged by them, others when a PDF takes
//! them. All else is read when the file is opened. To map the file into memory would do the same, but a file that
//! is cut short under a map ends the program.

use std::borrow::Cow;
use std::fs::{File, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use skrifa::raw::TableProvider;
use skrifa::raw::TopLevelTable;
use skrifa::raw::tables::glyf::Glyf;
use skrifa::raw::types::Tag;
use skrifa::{FontRef, GlyphId, MetadataProvider};

use super::error::FontError;
use super::faces::KNOWN;

/// Ranges that are no farther apart are read as one: a page of the system's.
const NEAR: usize = 4096;
/// Most faces of a collection that are looked at.
const MOST_FACES: usize = 256;

/// A font file.
pub(super) struct FontFile {
    path: PathBuf,
    file: Mutex<File>,
    stamp: Stamp,
    /// The file with everything at its place; zeros where nothing was read.
    bytes: Vec<u8>,
    /// What of it was read, in order.
    read: Vec<Range<usize>>,
}

/// Length and time of the last change: what shows that a file was written over.
type Stamp = (u64, Option<SystemTime>);

impl FontFile {
    /// Opens a file and reads everything but outlines.
    pub fn open(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let stamp = stamp(&file.metadata()?);
        let mut bytes = vec![0; usize::try_from(stamp.0).map_err(io::Error::other)?];
        let (mut read, faces) = directories(&mut file, &mut bytes)?;
        let fonts = || (0..faces).filter_map(|index| FontRef::from_index(&bytes, index).ok());
        let tables = fonts().flat_map(|font| tables(&font)).collect();
        let tables = joined(tables, 0);
        fill(&mut file, &mut bytes, &tables)?;
        read.extend(tables);
        let fonts = || (0..faces).filter_map(|index| FontRef::from_index(&bytes, index).ok());
        let known = fonts().flat_map(|font| {
            let charmap = font.charmap();
            outlines(&font, KNOWN.chars().filter_map(|c| charmap.map(c)))
        });
        let known: Vec<_> = known.collect();
        let all = fonts().filter_map(|font| table(&font, Glyf::TAG));
        let all = joined(all.collect(), 0);
        read.extend(fill_outlines(&mut file, &mut bytes, known, all)?);
        Ok(Self {
            path: path.to_owned(),
            file: Mutex::new(file),
            stamp,
            bytes,
            read: joined(read, 0),
        })
    }

    /// The file, with no outlines but those of [`KNOWN`].
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Reads the rest, so that what becomes of the file while many reports are made doesn't matter.
    pub fn read_all(&mut self) -> Result<(), FontError> {
        let whole = 0..self.bytes.len();
        if self.read.first() != Some(&whole) {
            let file = self.file.get_mut().unwrap_or_else(PoisonError::into_inner);
            let filled = fill(file, &mut self.bytes, std::slice::from_ref(&whole));
            unchanged(&self.path, self.stamp, file, filled)?;
            self.read = vec![whole];
        }
        Ok(())
    }

    /// The file with the outlines of these glyphs of a face.
    pub fn with_outlines(&self, index: u32, glyphs: &[u16]) -> Result<Cow<'_, [u8]>, FontError> {
        let font = FontRef::from_index(&self.bytes, index).map_err(|_| FontError::Malformed {
            file: self.path.clone(),
        })?;
        let ids = glyphs.iter().map(|glyph| GlyphId::from(*glyph));
        let glyphs = outlines(&font, ids);
        let is_read = |range: &Range<usize>| {
            let mut parts = self.read.iter();
            parts.any(|part| part.start <= range.start && range.end <= part.end)
        };
        if glyphs.iter().all(is_read) {
            return Ok(Cow::Borrowed(&self.bytes));
        }
        let mut bytes = vec![0; self.bytes.len()];
        for part in &self.read {
            let (to, from) = (bytes.get_mut(part.clone()), self.bytes.get(part.clone()));
            if let (Some(to), Some(from)) = (to, from) {
                to.copy_from_slice(from);
            }
        }
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let all = table(&font, Glyf::TAG).into_iter().collect();
        let filled = fill_outlines(&mut file, &mut bytes, glyphs, all).map(|_| ());
        unchanged(&self.path, self.stamp, &file, filled)?;
        Ok(Cow::Owned(bytes))
    }
}

fn stamp(file: &Metadata) -> Stamp {
    (file.len(), file.modified().ok())
}

/// Judges what was read of a file: whether it is still the one that was opened.
fn unchanged(
    path: &Path,
    opened: Stamp,
    file: &File,
    read: io::Result<()>,
) -> Result<(), FontError> {
    let path = path.to_owned();
    match (file.metadata().map(|now| stamp(&now)), read) {
        (Ok(now), _) if now != opened => Err(FontError::Changed { file: path }),
        (Ok(_), Ok(())) => Ok(()),
        (Err(error), _) | (_, Err(error)) => Err(FontError::Unreadable { file: path, error }),
    }
}

/// Reads what says where the tables of each face are (OpenType, "Organization of an OpenType font"). Gives where
/// that was and the number of faces.
fn directories(file: &mut File, bytes: &mut [u8]) -> io::Result<(Vec<Range<usize>>, u32)> {
    let mut read = Vec::new();
    let mut next = |bytes: &mut [u8], start: usize, length: usize| {
        let end = start.saturating_add(length).min(bytes.len());
        let range = start.min(end)..end;
        let filled = fill(file, bytes, std::slice::from_ref(&range));
        read.push(range);
        filled
    };
    next(bytes, 0, 12)?;
    let mut starts = vec![0];
    if bytes.starts_with(b"ttcf") {
        let count = number(bytes, 8).min(MOST_FACES);
        next(bytes, 12, 4 * count)?;
        starts = (0..count).map(|at| number(bytes, 12 + 4 * at)).collect();
    }
    for start in &starts {
        next(bytes, *start, 12)?;
        // numTables is in the upper half.
        let count = number(bytes, start.saturating_add(4)) >> 16;
        next(bytes, start.saturating_add(12), 16 * count)?;
    }
    let faces = u32::try_from(starts.len()).map_err(io::Error::other)?;
    Ok((read, faces))
}

/// The 32-bit number at a place; 0 behind the end.
fn number(bytes: &[u8], at: usize) -> usize {
    let number = bytes.get(at..).and_then(|from| from.first_chunk());
    number.map_or(0, |number| u32::from_be_bytes(*number) as usize)
}

/// Where a face's tables are, that of its outlines left out.
fn tables(font: &FontRef<'_>) -> Vec<Range<usize>> {
    let tags = font.table_directory().table_records().iter();
    let tags = tags.map(|record| record.tag());
    tags.filter(|tag| *tag != Glyf::TAG)
        .filter_map(|tag| table(font, tag))
        .collect()
}

fn table(font: &FontRef<'_>, tag: Tag) -> Option<Range<usize>> {
    let mut records = font.table_directory().table_records().iter();
    let record = records.find(|record| record.tag() == tag)?;
    let start = record.offset() as usize;
    Some(start..start.saturating_add(record.length() as usize))
}

/// Where the outlines of glyphs are; nothing in a face that has no TrueType outlines: those of others are read with
/// their table.
fn outlines(font: &FontRef<'_>, glyphs: impl Iterator<Item = GlyphId>) -> Vec<Range<usize>> {
    let (Ok(loca), Some(all)) = (font.loca(None), table(font, Glyf::TAG)) else {
        return Vec::new();
    };
    let place = |index: u32| {
        all.start
            .checked_add(loca.get_raw(index as usize)? as usize)
    };
    let range = |glyph: GlyphId| {
        let index = glyph.to_u32();
        Some(place(index)?..place(index.checked_add(1)?)?.min(all.end))
    };
    glyphs
        .filter_map(range)
        .filter(|range| !range.is_empty())
        .collect()
}

/// Ranges in order, those joined that overlap or are no farther apart than `gap`.
fn joined(mut ranges: Vec<Range<usize>>, gap: usize) -> Vec<Range<usize>> {
    ranges.sort_unstable_by_key(|range| range.start);
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end.saturating_add(gap) => {
                last.end = last.end.max(range.end);
            }
            _ => joined.push(range),
        }
    }
    joined
}

/// Reads the outlines of glyphs to their places, or `all` where one is made of others: its outline only names them.
/// Gives what was read.
fn fill_outlines(
    file: &mut File,
    bytes: &mut [u8],
    glyphs: Vec<Range<usize>>,
    all: Vec<Range<usize>>,
) -> io::Result<Vec<Range<usize>>> {
    let mut ranges = joined(glyphs.clone(), NEAR);
    fill(file, bytes, &ranges)?;
    // numberOfContours is below 0.
    let is_composite = |glyph: &Range<usize>| bytes.get(glyph.start).is_some_and(|b| *b >= 0x80);
    if glyphs.iter().any(is_composite) {
        ranges = all;
        fill(file, bytes, &ranges)?;
    }
    Ok(ranges)
}

/// Reads ranges of a file to their places, as far as they lie in it.
fn fill(file: &mut File, bytes: &mut [u8], ranges: &[Range<usize>]) -> io::Result<()> {
    for range in ranges {
        let end = range.end.min(bytes.len());
        if let Some(part) = bytes
            .get_mut(range.start..end)
            .filter(|part| !part.is_empty())
        {
            file.seek(SeekFrom::Start(range.start as u64))?;
            file.read_exact(part)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::ink;
    use subsetter::GlyphRemapper;

    fn fonts() -> impl Iterator<Item = PathBuf> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
        let files = std::fs::read_dir(folder).unwrap();
        let files = files.map(|file| file.unwrap().path());
        files.filter(|file| file.extension().is_some_and(|e| e == "ttf" || e == "ttc"))
    }

    fn subset(font: &[u8], glyphs: &[u16]) -> Vec<u8> {
        let remapper = GlyphRemapper::new_from_glyphs(glyphs);
        subsetter::subset(font, 0, &remapper).unwrap()
    }

    /// Letters with accents are made of other glyphs.
    #[test]
    fn glyphs_come_out_as_from_the_whole_file() {
        for path in fonts() {
            let whole = std::fs::read(&path).unwrap();
            let file = FontFile::open(&path).unwrap();
            let charmap = FontRef::from_index(&whole, 0).unwrap().charmap();
            for text in ["年報告汇总縣县ab", "éÅǖ"] {
                let glyphs = text.chars().filter_map(|c| charmap.map(c));
                let glyphs: Vec<u16> = glyphs.map(|glyph| glyph.to_u32() as u16).collect();
                let font = file
                    .with_outlines(0, &[&[0], glyphs.as_slice()].concat())
                    .unwrap();
                assert!(
                    subset(&font, &glyphs) == subset(&whole, &glyphs),
                    "{path:?}"
                );
            }
        }
    }

    #[test]
    fn faces_are_judged_as_by_the_whole_file() {
        for path in fonts() {
            let whole = std::fs::read(&path).unwrap();
            let file = FontFile::open(&path).unwrap();
            let fonts = [&whole, &file.bytes].map(|bytes| FontRef::from_index(bytes, 0).unwrap());
            for c in KNOWN.chars() {
                let [whole, part] = &fonts;
                let bounds = |font: &FontRef<'_>| ink::bounds(font, font.charmap().map(c)?);
                assert_eq!(bounds(part), bounds(whole), "{c} of {path:?}");
            }
        }
    }

    #[test]
    fn little_is_read_of_large_files() {
        let (mut all, mut read) = (0, 0);
        for path in fonts() {
            let file = FontFile::open(&path).unwrap();
            all += file.bytes.len();
            read += file.read.iter().map(Range::len).sum::<usize>();
        }
        assert!(read < all / 10, "{read} of {all} bytes");
    }

    #[test]
    fn a_file_that_was_written_over_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("font.ttf");
        std::fs::copy(fonts().find(|f| f.ends_with("cwfs.ttf")).unwrap(), &path).unwrap();
        let mut file = FontFile::open(&path).unwrap();
        std::fs::write(&path, "no font").unwrap();
        let fault = file.with_outlines(0, &[1000]).err().unwrap();
        assert!(matches!(fault, FontError::Changed { .. }), "{fault}");
        assert!(matches!(file.read_all(), Err(FontError::Changed { .. })));
    }
}
