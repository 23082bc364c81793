//! Any bytes as a workbook, and any texts as the parts of one.

use std::io::{Cursor, Read, Write};
use std::sync::Arc;

use nianbao::form::{Form, builtin};
use nianbao::text::{Finding, Source};
use nianbao::{data, intake, report};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::{presentable, said, small_form};

/// What a line starts with that names a part.
const NAME: &str = ">>> ";

/// The bytes are a report, or there is an error that says why not, and the same each time. Where
/// they are a report, the data file that `import` would write says the same.
pub fn holds(bytes: &[u8]) {
    let mut forms: Vec<Arc<Form>> = vec![small_form()];
    forms.extend(builtin().unwrap().iter().cloned());
    let read = || intake::read("in.xlsx", bytes, &forms);
    let findings: Vec<Finding> = read().findings;
    presentable(&findings);
    assert_eq!(findings, read().findings);
    let _ = intake::organ_and_year(bytes);

    let text = read().source.map(|source| source.text().to_owned());
    let reading = read().report(&forms, None);
    presentable(&reading.findings);
    let sound = !nianbao::text::any_error(&reading.findings);
    assert_eq!(reading.report.is_some(), sound, "{:?}", reading.findings);
    if let Some(report) = reading.report {
        let source = Arc::new(Source::new("import.toml", text.unwrap()));
        let again = report::read(&data::read(&source), &forms, None);
        let told = &again.findings;
        assert!(
            !nianbao::text::any_error(told),
            "{told:?}\n{}",
            source.text()
        );
        assert_eq!(said(&again.report.unwrap()), said(&report));
        super::data_file::checked(report, &forms);
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
