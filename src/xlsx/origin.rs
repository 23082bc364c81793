//! What tells a report's workbook from others: a document property of the program's own.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use rust_xlsxwriter::DocProperties;
use zip::ZipArchive;

/// The property's name and what it says.
const PROPERTY: (&str, &str) = ("nianbao", "report");
/// More than the parts take that are looked at, in bytes.
const MOST: u64 = 64 * 1024;

/// Says that a workbook is a report's.
pub(super) fn mark(properties: DocProperties) -> DocProperties {
    let (name, value) = PROPERTY;
    properties.set_custom_property(name, value)
}

/// Whether a file is a report's workbook as [`write`](super::write) wrote it. Not so where it isn't
/// whole, another program wrote it, or one has saved it since: the property stays then, though the
/// cells may say something else.
pub fn is_own_report(path: &Path) -> bool {
    read(path).is_some_and(|said| said == PROPERTY.1)
}

/// What the property of an unchanged workbook says.
fn read(path: &Path) -> Option<String> {
    let file = BufReader::new(File::open(path).ok()?);
    let mut package = ZipArchive::new(file).ok()?;
    let mut part = |name: &str| -> Option<String> {
        let mut text = String::new();
        let part = package.by_name(name).ok()?;
        part.take(MOST).read_to_string(&mut text).ok()?;
        Some(text)
    };
    let (core, custom) = (part("docProps/core.xml")?, part("docProps/custom.xml")?);
    // Whoever saves a workbook says when.
    if element(&core, "<dcterms:created ")? != element(&core, "<dcterms:modified ")? {
        return None;
    }
    let (_, property) = custom.split_once(&format!("name=\"{}\"", PROPERTY.0))?;
    element(property, "<vt:lpwstr").map(str::to_owned)
}

/// The text of the first element that begins so.
fn element<'x>(xml: &'x str, begin: &str) -> Option<&'x str> {
    let (_, element) = xml.split_once(begin)?;
    let (_, text) = element.split_once('>')?;
    text.split('<').next()
}
