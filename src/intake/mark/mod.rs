//! Findings into a copy of a workbook: each cell coloured, with a note that says what is wrong and what to do.
//!
//! Whatever the copy need not have changed is copied byte for byte. Colours are conditional formats, so
//! that no cell's own format is touched; they lie over those that the sheet has.

mod notes;
mod outline;
mod sheet;

use std::collections::{BTreeMap, HashMap};
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::damage::{Damage, finding};
use super::package::{Package, target};
use super::sheet::At;
use super::xml::{unescaped, walk};
use crate::text::{Findings, Lang, Message, Severity};

/// How what the program says in a note begins. Nothing behind it is read back, or it would be printed.
pub(super) const SAYS: &str = "【年报程序】";
/// First line of a part (ECMA-376 Part 2, 6.2.5: UTF-8).
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// What is said of one cell.
struct Mark {
    severity: Severity,
    text: String,
}

/// The marks of a sheet by their cells.
type Marks = BTreeMap<At, Mark>;

/// A copy of the workbook `name` in which the findings stand; none where no finding is about a cell.
///
/// # Errors
/// What is wrong with the file, where it can't be read so far.
pub fn marked(
    name: &str,
    bytes: &[u8],
    findings: &Findings,
    lang: Lang,
) -> Result<Option<Vec<u8>>, Findings> {
    let marks = marks(findings, lang);
    if marks.is_empty() {
        return Ok(None);
    }
    let copy = copy(bytes, &marks).map_err(|damage| Findings::from(finding(damage, name)))?;
    Ok(Some(copy))
}

/// What there is to say of each cell, by the sheets' names.
fn marks(findings: &Findings, lang: Lang) -> HashMap<String, Marks> {
    let mut marks: HashMap<String, Marks> = HashMap::new();
    let mut add = |place: Option<&crate::text::Place>, severity, text: String| {
        let Some(cell) = place.and_then(|place| place.cell()) else {
            return;
        };
        let at = (cell.row as usize, cell.column as usize);
        let of_sheet = marks.entry(cell.sheet.to_string()).or_default();
        match of_sheet.get_mut(&at) {
            Some(mark) if mark.text.contains(&text) => {}
            Some(mark) => {
                mark.severity = mark.severity.max(severity);
                mark.text.push('\n');
                mark.text.push_str(&text);
            }
            None => {
                of_sheet.insert(at, Mark { severity, text });
            }
        }
    };
    for finding in findings.iter() {
        let kind = match finding.severity {
            Severity::Error => Message::new("错误", "error"),
            Severity::Warning => Message::new("请核对", "check this"),
        };
        let mut text = format!("{}：{}", kind.get(lang), finding.message.get(lang));
        if let Some(remedy) = &finding.remedy {
            let how = Message::new("改法", "what to do");
            text.push_str(&format!("\n{}：{}", how.get(lang), remedy.get(lang)));
        }
        let related = finding.related.iter().filter_map(|it| it.place.as_ref());
        for place in related.chain(&finding.cells) {
            add(Some(place), finding.severity, text.clone());
        }
        add(finding.place.as_ref(), finding.severity, text);
    }
    marks
}

fn copy(bytes: &[u8], marks: &HashMap<String, Marks>) -> Result<Vec<u8>, Damage> {
    let mut package = Package::open(bytes)?;
    let (styles, sheets) = parts(&mut package)?;
    let mut changed: BTreeMap<String, String> = BTreeMap::new();
    let xml = package.part(&styles)?.ok_or(Damage::Broken)?;
    let (xml, formats) = sheet::with_colours(&xml)?;
    changed.insert(styles, xml);
    let mut new_notes = Vec::new();
    for (number, (name, part)) in sheets.iter().enumerate() {
        let Some(marks) = marks.get(name) else {
            continue;
        };
        let xml = package.part(part)?.ok_or(Damage::Broken)?;
        let mut xml = sheet::coloured(&xml, marks, formats)?;
        let new = notes::add(&mut package, (number, part), marks, &mut xml, &mut changed)?;
        new_notes.extend(new);
        changed.insert(part.clone(), xml);
    }
    let types = "[Content_Types].xml";
    let xml = package.part(types)?.ok_or(Damage::Broken)?;
    changed.insert(types.to_owned(), notes::with_types(&xml, &new_notes)?);
    write(bytes, changed)
}

/// The part of the styles, and those of the sheets by their names.
fn parts(package: &mut Package<'_>) -> Result<(String, Vec<(String, String)>), Damage> {
    let root = package.relations("")?;
    let book = target(&root, "/officeDocument").ok_or(Damage::NoWorkbook)?;
    let xml = package.part(book)?.ok_or(Damage::NoWorkbook)?;
    let related = package.relations(book)?;
    let styles = target(&related, "/styles").ok_or(Damage::Broken)?;
    let mut sheets = Vec::new();
    walk(&xml, &[], |element| {
        if element.name() == "sheet"
            && let (Some(name), Some(id)) = (element.get("name"), element.get("id"))
            && let Some(relation) = related.iter().find(|relation| relation.id == id)
        {
            sheets.push((unescaped(&name), relation.target.clone()));
        }
        Ok(())
    })?;
    Ok((styles.to_owned(), sheets))
}

/// The archive with some parts in another wording, and with those that it didn't have.
fn write(bytes: &[u8], mut changed: BTreeMap<String, String>) -> Result<Vec<u8>, Damage> {
    let broken = |_| Damage::Broken;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let mut copy = ZipWriter::new(Cursor::new(Vec::new()));
    let put = |copy: &mut ZipWriter<_>, name: &str, xml: &str| {
        copy.start_file(name, SimpleFileOptions::default())
            .map_err(broken)?;
        let body = xml.trim_start_matches('\u{feff}');
        let body = match body.strip_prefix("<?xml") {
            Some(rest) => rest.split_once("?>").map_or(rest, |(_, body)| body),
            None => body,
        };
        let whole = format!("{HEAD}{}", body.trim_start());
        copy.write_all(whole.as_bytes()).map_err(|_| Damage::Broken)
    };
    for index in 0..archive.len() {
        let file = archive.by_index_raw(index).map_err(broken)?;
        let name = file.name().map_err(|_| Damage::Broken)?.into_owned();
        let part = super::package::part_name(&name);
        let found = changed
            .keys()
            .find(|key| key.eq_ignore_ascii_case(part.as_str()));
        match found.cloned().and_then(|key| changed.remove(&key)) {
            Some(xml) => {
                drop(file);
                put(&mut copy, &name, &xml)?;
            }
            None => copy.raw_copy_file(file).map_err(broken)?,
        }
    }
    for (name, xml) in changed {
        put(&mut copy, &name, &xml)?;
    }
    Ok(copy.finish().map_err(broken)?.into_inner())
}
