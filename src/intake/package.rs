//! The file itself: a ZIP archive with parts of XML that name each other, unpacked within limits.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::damage::{Damage, limit};
use super::xml::walk;

/// What all parts together may unpack to, in bytes (64 MiB): a report's workbook unpacks to some
/// 400 kB, so nothing that is meant well comes near, however tightly it is packed.
const MOST_UNPACKED: u64 = 64 * 1024 * 1024;
/// Most files in the archive: a report's workbook has some 20.
const MOST_ENTRIES: usize = 2000;
/// Most relations of a part: a report's workbook has some 20.
const MOST_RELATIONS: usize = 50_000;

/// The archive of a workbook.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes that may still be unpacked.
    left: u64,
}

/// A part that another part names.
pub(super) struct Relation {
    pub id: String,
    pub kind: String,
    pub target: String,
}

/// The first bytes of an OLE container ([MS-CFB] 2.2).
pub(super) const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// The first bytes of an archive: those of its first file (APPNOTE 4.3.7).
pub(super) const ZIP: &[u8] = b"PK\x03\x04";

impl<'a> Package<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Self, Damage> {
        if bytes.starts_with(OLE) {
            // The stream's name stands in the container's directory, in UTF-16.
            let name = "EncryptedPackage".encode_utf16();
            let name: Vec<u8> = name.flat_map(u16::to_le_bytes).collect();
            let encrypted = bytes.windows(name.len()).any(|window| window == name);
            return Err(match encrypted {
                true => Damage::Encrypted,
                false => Damage::Old,
            });
        }
        if !bytes.starts_with(ZIP) {
            return Err(Damage::NoWorkbook);
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Damage::Broken)?;
        limit(archive.len(), MOST_ENTRIES)?;
        Ok(Self {
            archive,
            left: MOST_UNPACKED,
        })
    }

    /// The text of a part; none where the archive has no such file.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, Damage> {
        let Some(index) = self.index(name) else {
            return Ok(None);
        };
        let file = self.archive.by_index(index).map_err(|_| Damage::Broken)?;
        let mut bytes = Vec::new();
        // The size that the archive states may be a lie: what comes out is counted.
        let size = file.take(self.left + 1).read_to_end(&mut bytes);
        let size = size.map_err(|_| Damage::Broken)? as u64;
        self.left = self.left.checked_sub(size).ok_or(Damage::TooLarge)?;
        text(bytes).map(Some)
    }

    /// The file that is a part. Part names know no upper and lower case (ECMA-376 Part 2, 6.2.2),
    /// and some programs write `\` between folders.
    fn index(&self, name: &str) -> Option<usize> {
        self.archive.index_for_name(name).or_else(|| {
            self.archive
                .file_names()
                .position(|file| file.is_ok_and(|file| part_name(&file).eq_ignore_ascii_case(name)))
        })
    }

    /// The parts that `part` names, those outside the file left out (ECMA-376 Part 2, 6.5).
    pub fn relations(&mut self, part: &str) -> Result<Vec<Relation>, Damage> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let mut found = Vec::new();
        let list = within(folder, &format!("_rels/{name}.rels"));
        let Some(xml) = self.part(&list)? else {
            return Ok(found);
        };
        walk(&xml, &[], |element| {
            if element.name() == "Relationship"
                && element.get("TargetMode").as_deref() != Some("External")
                && let (Some(id), Some(kind)) = (element.get("Id"), element.get("Type"))
                && let Some(target) = element.get("Target")
            {
                let target = within(folder, &target);
                found.push(Relation { id, kind, target });
            }
            limit(found.len(), MOST_RELATIONS)
        })?;
        Ok(found)
    }
}

/// The part that a file of the archive is.
pub(super) fn part_name(file: &str) -> String {
    let file = file.replace('\\', "/");
    file.trim_start_matches("./")
        .trim_start_matches('/')
        .to_owned()
}

/// The part of one kind that `relations` name.
pub(super) fn target<'r>(relations: &'r [Relation], kind: &str) -> Option<&'r str> {
    let found = relations.iter().find(|r| r.kind.ends_with(kind))?;
    Some(&found.target)
}

/// The name of a part that stands as `target` in `folder`.
fn within(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = match target.strip_prefix(['/', '\\']) {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|part| !part.is_empty()).collect(),
    };
    for part in target.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The text of a part: UTF-8, or UTF-16 with its mark (ECMA-376 Part 2, 6.2.5).
fn text(bytes: Vec<u8>) -> Result<String, Damage> {
    let word: fn([u8; 2]) -> u16 = match bytes.get(..2) {
        Some([0xFF, 0xFE]) => u16::from_le_bytes,
        Some([0xFE, 0xFF]) => u16::from_be_bytes,
        _ => return String::from_utf8(bytes).map_err(|_| Damage::Broken),
    };
    let (words, _) = bytes.as_chunks::<2>();
    let words: Vec<u16> = words.iter().map(|pair| word(*pair)).collect();
    String::from_utf16(&words).map_err(|_| Damage::Broken)
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn parts_are_named_from_where_they_are_named() {
        let comments = within("xl/worksheets", "../comments1.xml");
        assert_eq!(comments, "xl/comments1.xml");
        assert_eq!(within("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(within("", "../../etc/passwd"), "etc/passwd");
    }
}
