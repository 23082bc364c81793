//! The digest of what a workbook is made of: a document property of its own.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use zip::ZipArchive;

use crate::digest::Digest;
use crate::document::Document;

/// The property's name.
pub(super) const PROPERTY: &str = "nianbao";
/// More than the parts take that are looked at, in bytes.
const MOST: u64 = 64 * 1024;

/// The digest of what a workbook is made of.
pub fn made_of(document: &Document) -> Digest {
    Digest::of(&("xlsx", document.whole()))
}

/// The digest that a workbook carries. None where it isn't whole, another program wrote it, or one
/// has saved it since: the property stays then, though the cells may say something else.
pub fn carried(path: &Path) -> Option<Digest> {
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
    if value(&core, "<dcterms:created ")? != value(&core, "<dcterms:modified ")? {
        return None;
    }
    let (_, property) = custom.split_once(&format!("name=\"{PROPERTY}\""))?;
    Digest::parse(value(property, "<vt:lpwstr")?.as_bytes())
}

/// The text of the first element that begins so.
fn value<'x>(xml: &'x str, begin: &str) -> Option<&'x str> {
    let (_, element) = xml.split_once(begin)?;
    let (_, text) = element.split_once('>')?;
    text.split('<').next()
}
