//! Any bytes as a workbook, and any texts as the parts of one.

use std::io::{Cursor, Read, Write};

use nianbao::form::Forms;
use nianbao::intake;
use nianbao::report::Report;
use nianbao::text::Source;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::{presentable, said, small_form};

/// What a line starts with that names a part.
const NAME: &str = ">>> ";

/// The bytes are a report, or there is an error that says why not, and the same each time. Where
/// they are a report, the data file that `import` would write says the same.
pub fn holds(bytes: &[u8]) {
    let builtin = Forms::builtin().unwrap();
    let forms: Forms = [small_form()]
        .into_iter()
        .chain(builtin.iter().cloned())
        .collect();
    let read = || intake::report("in.xlsx", bytes, &forms, None);
    let _ = intake::organ_and_year(bytes);
    match read() {
        Err(findings) => {
            presentable(&findings);
            assert!(findings.any_error(), "{findings}");
            assert_eq!(Some(findings), read().err());
        }
        Ok(report) => {
            let (text, _) = intake::data_file("in.xlsx", bytes, &forms, None).unwrap();
            let again = Report::read(Source::new("import.toml", text.as_str()), &forms);
            let again = again.unwrap_or_else(|findings| panic!("{findings}\n{text}"));
            assert_eq!(said(&again), said(&report));
            super::data_file::checked(report, &forms);
        }
    }
}

/// The same of a workbook of these parts: each below a line `>>> NAME`.
pub fn parts_hold(parts: &[u8]) {
    if let Some(bytes) = package(parts) {
        holds(&bytes);
    }
}

/// A workbook of these parts, stored as they are: what is changed in one is not lost to a
/// checksum. None where there are none.
fn package(parts: &[u8]) -> Option<Vec<u8>> {
    let parts = String::from_utf8_lossy(parts);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut named = false;
    for line in parts.split_inclusive('\n') {
        match line.strip_prefix(NAME) {
            Some(name) => {
                named = writer.start_file(name.trim_end(), stored).is_ok();
            }
            None if named => writer.write_all(line.as_bytes()).unwrap(),
            None => {}
        }
    }
    writer.finish().ok().map(Cursor::into_inner)
}

/// The parts of a workbook that are read, each below a line with its name.
pub fn unpacked(workbook: &[u8]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        let read = name.ends_with(".rels") || name.starts_with("xl/");
        if !read || name.contains("theme") || name.contains("drawing") {
            continue;
        }
        parts.extend(format!("{NAME}{name}\n").bytes());
        file.read_to_end(&mut parts).unwrap();
        parts.push(b'\n');
    }
    parts
}
