//! The file itself: a ZIP archive with parts of XML, unpacked within limits.

use std::cell::Cell;
use std::io::{Cursor, Read};

use zip::ZipArchive;

/// What all parts together may unpack to, in bytes (64 MiB): a report's workbook unpacks to some
/// 400 kB, so nothing that is meant well comes near, however tightly it is packed.
const MOST_UNPACKED: u64 = 64 * 1024 * 1024;
/// Most files in the archive: a report's workbook has some 20.
const MOST_ENTRIES: usize = 2000;

/// Why a file is no workbook that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Damage {
    /// An OLE container with an encrypted workbook in it ([MS-OFFCRYPTO] 2.3.4.4).
    Encrypted,
    /// An OLE container without one: the .xls of Excel 97.
    Old,
    /// No ZIP archive.
    NoArchive,
    /// An archive without a workbook in it.
    NoWorkbook,
    /// A workbook whose parts are binary: .xlsb ([MS-XLSB] 2.1.7).
    Binary,
    /// An archive with a text document in it.
    Document,
    /// It unpacks to too much.
    TooLarge,
    /// A part is missing or is no XML.
    Broken,
}

/// The archive of a workbook.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes that may still be unpacked.
    left: Cell<u64>,
}

/// The first bytes of an OLE container ([MS-CFB] 2.2).
pub(super) const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// The first bytes of an archive: those of its first file (APPNOTE 4.3.7).
pub(super) const ZIP: &[u8] = b"PK\x03\x04";

impl<'a> Package<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Self, Damage> {
        if bytes.starts_with(OLE) {
            // The stream's name stands in the container's directory, in UTF-16.
            let name: Vec<u8> = "EncryptedPackage"
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect();
            let encrypted = bytes.windows(name.len()).any(|window| window == name);
            return Err(if encrypted {
                Damage::Encrypted
            } else {
                Damage::Old
            });
        }
        if !bytes.starts_with(ZIP) {
            return Err(Damage::NoArchive);
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Damage::Broken)?;
        if archive.len() > MOST_ENTRIES {
            return Err(Damage::TooLarge);
        }
        Ok(Self {
            archive,
            left: Cell::new(MOST_UNPACKED),
        })
    }

    /// The text of a part; none where the archive has no such file.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, Damage> {
        let left = self.left.get();
        let Some(index) = self.index(name) else {
            return Ok(None);
        };
        let file = self.archive.by_index(index).map_err(|_| Damage::Broken)?;
        let mut bytes = Vec::new();
        // The size that the archive states may be a lie: what comes out is counted.
        file.take(left + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| Damage::Broken)?;
        let size = bytes.len() as u64;
        if size > left {
            return Err(Damage::TooLarge);
        }
        self.left.set(left - size);
        text(bytes).map(Some)
    }

    /// The file that is a part. Part names know no upper and lower case (ECMA-376 Part 2, 6.2.2),
    /// and some programs write `\` between folders.
    fn index(&self, name: &str) -> Option<usize> {
        self.archive.index_for_name(name).or_else(|| {
            self.archive.file_names().position(|file| {
                file.is_ok_and(|file| {
                    let file = file.replace('\\', "/");
                    let file = file.trim_start_matches("./").trim_start_matches('/');
                    file.eq_ignore_ascii_case(name)
                })
            })
        })
    }
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
