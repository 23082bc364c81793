//! The parts of a workbook in one file (ECMA-376 Part 2, annex B).

use std::io::Write;

use libdeflater::Decompressor;
use rawzip::time::UtcDateTime;
use rawzip::{CompressionMethod, DataDescriptorOutput, ZipArchive, ZipArchiveWriter};

use super::fault::Fault;
use crate::deflate::Deflate;

/// One part, deflated.
#[derive(Clone)]
pub(super) struct Part {
    /// Its name: `xl/worksheets/sheet1.xml`.
    pub name: String,
    /// What it is, deflated.
    pub packed: Vec<u8>,
    /// CRC-32 of what it is.
    pub crc: u32,
    /// Bytes of what it is.
    pub size: u64,
}

impl Part {
    /// A part of these bytes.
    pub fn of(name: impl Into<String>, bytes: &[u8], deflate: &mut Deflate) -> Result<Self, Fault> {
        Ok(Self {
            name: name.into(),
            packed: deflate.bare(bytes).map_err(Fault::package)?,
            crc: crc32fast::hash(bytes),
            size: bytes.len() as u64,
        })
    }
}

/// The parts of a package that rust_xlsxwriter wrote, each with its name.
pub(super) fn open(package: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Fault> {
    let archive = ZipArchive::from_slice(package).map_err(Fault::package)?;
    let mut parts = Vec::new();
    let mut inflate = Decompressor::new();
    let mut entries = archive.entries();
    while let Some(entry) = entries.next_entry().map_err(Fault::package)? {
        let name = String::from_utf8_lossy(entry.file_path().as_ref()).into_owned();
        let size = usize::try_from(entry.uncompressed_size_hint()).unwrap_or(usize::MAX);
        let packed = archive
            .get_entry(entry.wayfinder())
            .map_err(Fault::package)?;
        let mut bytes = vec![0; size];
        inflate
            .deflate_decompress(packed.data(), &mut bytes)
            .map_err(Fault::package)?;
        parts.push((name, bytes));
    }
    Ok(parts)
}

/// The file of these parts. Every one is of the first day that such a file can name, so that the same
/// parts are the same file.
pub(super) fn file(parts: &[Part]) -> Result<Vec<u8>, Fault> {
    let day = UtcDateTime::from_components(1980, 1, 1, 0, 0, 0, 0);
    let room: usize = parts.iter().map(|part| part.packed.len() + 256).sum();
    let mut archive = ZipArchiveWriter::new(Vec::with_capacity(room));
    for part in parts {
        let mut file = archive
            .new_file(part.name.as_str())
            .compression_method(CompressionMethod::DEFLATE);
        if let Some(day) = day {
            file = file.last_modified(day);
        }
        let (mut entry, _) = file.start().map_err(Fault::package)?;
        entry.write_all(&part.packed).map_err(Fault::package)?;
        entry
            .finish(DataDescriptorOutput::new(part.crc, part.size))
            .map_err(Fault::package)?;
    }
    archive.finish().map_err(Fault::package)
}
