//! The document property by which a workbook of ours is known.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use zip::ZipArchive;

/// The property's name, and what it says.
pub(super) const PROPERTY: (&str, &str) = ("nianbao", "build");
/// More than the parts take that are looked at, in bytes.
const MOST: u64 = 64 * 1024;

/// Whether [`write`](super::write) made the workbook at `path` and no program has saved it since:
/// those keep the property, though the cells may say something else.
pub fn is_as_written(path: &Path) -> bool {
    created_and_modified(path).is_some_and(|(created, modified)| created == modified)
}

/// When a workbook of ours was made and when it was saved last, as its properties say. None for any
/// other file.
fn created_and_modified(path: &Path) -> Option<(String, String)> {
    let file = BufReader::new(File::open(path).ok()?);
    let mut package = ZipArchive::new(file).ok()?;
    let mut part = |name: &str| -> Option<String> {
        let mut text = String::new();
        let part = package.by_name(name).ok()?;
        part.take(MOST).read_to_string(&mut text).ok()?;
        Some(text)
    };
    let (core, custom) = (part("docProps/core.xml")?, part("docProps/custom.xml")?);
    let (name, _) = PROPERTY;
    if !custom.contains(&format!("name=\"{name}\"")) {
        return None;
    }
    let time = |begin: &str| -> Option<String> {
        let (_, element) = core.split_once(begin)?;
        let (_, text) = element.split_once('>')?;
        Some(text.split('<').next()?.to_owned())
    };
    Some((time("<dcterms:created ")?, time("<dcterms:modified ")?))
}
