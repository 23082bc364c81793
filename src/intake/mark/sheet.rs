//! The colours of a sheet's marked cells.

use super::super::damage::Damage;
use super::Marks;
use super::outline::{Outline, put};
use crate::text::{Severity, SheetCell};

/// What comes behind conditional formats on a sheet (ECMA-376 Part 1, 18.3.1.99).
const BEHIND_FORMATS: [&str; 24] = [
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "drawingHF",
    "legacyDrawing",
    "legacyDrawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
    "AlternateContent",
    "legacyDrawingHf",
];
/// What comes behind the formats that differ (ECMA-376 Part 1, 18.8.39).
const BEHIND_COLOURS: [&str; 3] = ["tableStyles", "colors", "extLst"];
/// The formula by which the program's colours are known again; it always holds.
const ALWAYS: &str = "\"nianbao\"=\"nianbao\"";
/// Ground and type of an error's cell and of a doubt's, as Excel offers them.
const COLOURS: [(&str, &str); 2] = [("FFFFC7CE", "FF9C0006"), ("FFFFEB9C", "FF9C5700")];

/// The styles with the colours, and the number of the first of these.
pub(super) fn with_colours(xml: &str) -> Result<(String, usize), Damage> {
    let outline = Outline::of(xml)?;
    let p = &outline.prefix;
    let mut own = String::new();
    for (behind, of) in COLOURS {
        own.push_str(&format!(
            "<{p}dxf><{p}font><{p}color rgb=\"{of}\"/></{p}font>\
             <{p}fill><{p}patternFill><{p}bgColor rgb=\"{behind}\"/></{p}patternFill></{p}fill></{p}dxf>"
        ));
    }
    let Some(range) = outline.child("dxfs") else {
        let all = format!("<{p}dxfs count=\"2\">{own}</{p}dxfs>");
        return Ok((put(xml, outline.before(&BEHIND_COLOURS), &all)?, 0));
    };
    let old = xml.get(range.clone()).ok_or(Damage::Broken)?;
    let (old, count) = match Outline::of(old) {
        Ok(dxfs) => {
            let first = dxfs.children.first().map_or(dxfs.end, |(_, it)| it.start);
            (
                old.get(first..dxfs.end).ok_or(Damage::Broken)?,
                dxfs.children.len(),
            )
        }
        Err(_) => ("", 0),
    };
    let all = format!(
        "<{p}dxfs count=\"{}\">{old}{own}</{p}dxfs>",
        count + COLOURS.len()
    );
    let (before, after) = (xml.get(..range.start), xml.get(range.end..));
    let (before, after) = before.zip(after).ok_or(Damage::Broken)?;
    Ok((format!("{before}{all}{after}"), count))
}

/// A sheet with its marked cells coloured; `formats` is the number of the first colour.
pub(super) fn coloured(xml: &str, marks: &Marks, formats: usize) -> Result<String, Damage> {
    let xml = without_own(xml)?;
    let xml = lowered(&xml);
    let outline = Outline::of(&xml)?;
    let p = &outline.prefix;
    let mut own = String::new();
    for (number, severity) in [Severity::Error, Severity::Warning].into_iter().enumerate() {
        let cells = marks.iter().filter(|(_, mark)| mark.severity == severity);
        let cells: Vec<String> = cells.map(|(at, _)| cell_name(*at)).collect();
        if !cells.is_empty() {
            own.push_str(&format!(
                "<{p}conditionalFormatting sqref=\"{}\"><{p}cfRule type=\"expression\" dxfId=\"{}\" \
                 priority=\"{}\"><{p}formula>{ALWAYS}</{p}formula></{p}cfRule></{p}conditionalFormatting>",
                cells.join(" "),
                formats + number,
                number + 1,
            ));
        }
    }
    put(&xml, outline.before(&BEHIND_FORMATS), &own)
}

/// `D4`.
pub(super) fn cell_name((row, column): (usize, usize)) -> String {
    let cell = SheetCell {
        number: 0,
        sheet: "".into(),
        row: u32::try_from(row).unwrap_or(u32::MAX),
        column: u32::try_from(column).unwrap_or(u32::MAX),
        whole: 0..0,
        inner: 0..0,
        shown: None,
    };
    cell.name()
}

/// A sheet without the colours that a copy before this one got.
fn without_own(xml: &str) -> Result<String, Damage> {
    let outline = Outline::of(xml)?;
    let (mut kept, mut end) = (String::new(), 0);
    for (name, range) in outline.children {
        let child = xml.get(range.clone()).ok_or(Damage::Broken)?;
        let plain = child.replace("&quot;", "\"");
        if name == "conditionalFormatting" && plain.contains(ALWAYS) {
            kept.push_str(xml.get(end..range.start).ok_or(Damage::Broken)?);
            end = range.end;
        }
    }
    kept.push_str(xml.get(end..).ok_or(Damage::Broken)?);
    Ok(kept)
}

/// A sheet whose conditional formats leave the first two places free.
fn lowered(xml: &str) -> String {
    let mut parts = xml.split("cfRule ");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str("cfRule ");
        let tag = part.find('>').unwrap_or(part.len());
        let found = part.find("priority=\"").filter(|at| *at < tag);
        let split = found.and_then(|at| {
            let (before, rest) = part.split_at_checked(at + "priority=\"".len())?;
            let (number, after) = rest.split_once('"')?;
            Some((before, number.parse::<u32>().ok()?, after))
        });
        match split {
            Some((before, number, after)) => {
                let number = number.saturating_add(2);
                out.push_str(&format!("{before}{number}\"{after}"));
            }
            None => out.push_str(part),
        }
    }
    out
}
