//! The notes of a sheet's marked cells: the part of the comments, and the drawing that shows them.

use std::collections::BTreeMap;

use super::super::book::square;
use super::super::damage::Damage;
use super::super::package::{Package, target};
use super::outline::{Outline, put};
use super::sheet::cell_name;
use super::{Marks, SAYS};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const COMMENTS: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const DRAWING: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";
/// Names of VML (ECMA-376 Part 4, 19).
const VML: &str = "xmlns:v=\"urn:schemas-microsoft-com:vml\" \
     xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"";
/// What comes behind the drawing of the notes on a sheet (ECMA-376 Part 1, 18.3.1.99).
const BEHIND: [&str; 8] = [
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
];

/// Adds the notes to the parts of a sheet, and to the sheet where they are drawn. Out comes the part of the
/// comments where it is a new one.
pub(super) fn add(
    package: &mut Package<'_>,
    (number, part): (usize, &str),
    marks: &Marks,
    sheet: &mut String,
    changed: &mut BTreeMap<String, String>,
) -> Result<Option<String>, Damage> {
    let related = package.relations(part)?;
    let old = target(&related, "/comments").map(str::to_owned);
    let drawing = target(&related, "/vmlDrawing").map(str::to_owned);
    let mut relations = Vec::new();
    let comments = match &old {
        Some(part) => package.part(part)?.ok_or(Damage::Broken)?,
        None => format!(
            "<comments xmlns=\"{MAIN}\"><authors></authors><commentList></commentList></comments>"
        ),
    };
    let (comments, new) = with_notes(&comments, marks)?;
    let place = old
        .clone()
        .unwrap_or(format!("xl/nianbao/comments{number}.xml"));
    if old.is_none() {
        relations.push(("nianbaoNotes", "comments", place.clone()));
    }
    changed.insert(place.clone(), comments);
    let shapes: String = new.iter().map(|at| shape(number, *at)).collect();
    // Only the drawing that the sheet names as that of its notes is one of theirs.
    let outline = Outline::of(sheet)?;
    match drawing.filter(|_| outline.child("legacyDrawing").is_some()) {
        Some(part) => {
            let xml = package.part(&part)?.ok_or(Damage::Broken)?;
            // Excel's own drawings are not always sound XML.
            let end = xml.rfind("</xml>").ok_or(Damage::Broken)?;
            changed.insert(part, put(&xml, end, &shapes)?);
        }
        None => {
            let part = format!("xl/nianbao/notes{number}.vml");
            relations.push(("nianbaoDrawing", "vmlDrawing", part.clone()));
            changed.insert(part, format!("<xml {VML}>{KIND}{shapes}</xml>"));
            let p = &outline.prefix;
            let named =
                format!("<{p}legacyDrawing xmlns:r=\"{RELATIONS}\" r:id=\"nianbaoDrawing\"/>");
            *sheet = put(sheet, outline.before(&BEHIND), &named)?;
        }
    }
    if !relations.is_empty() {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let list = format!("{folder}/_rels/{name}.rels");
        let xml = package.part(&list)?;
        let xml = xml.unwrap_or(format!(
            "<Relationships xmlns=\"{PACKAGE}\"></Relationships>"
        ));
        let xml = opened(&xml);
        let outline = Outline::of(&xml)?;
        let p = &outline.prefix;
        let more = relations.iter().map(|(id, kind, part)| {
            format!("<{p}Relationship Id=\"{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"/{part}\"/>")
        });
        changed.insert(list, put(&xml, outline.end, &more.collect::<String>())?);
    }
    Ok(old.is_none().then_some(place))
}

/// A list of relations without any, with room for some.
fn opened(xml: &str) -> String {
    match xml.trim_end().strip_suffix("/>") {
        Some(start) if !xml.contains("<Relationship ") => format!("{start}></Relationships>"),
        _ => xml.to_owned(),
    }
}

/// The comments with what the marks say, and the cells that had none before.
fn with_notes(xml: &str, marks: &Marks) -> Result<(String, Vec<(usize, usize)>), Damage> {
    let outline = Outline::of(xml)?;
    let p = outline.prefix.as_str();
    let authors = outline.child("authors").ok_or(Damage::Broken)?;
    let list = outline.child("commentList").ok_or(Damage::Broken)?;
    let part = |range: std::ops::Range<usize>| xml.get(range).ok_or(Damage::Broken);
    let of_authors = Outline::of(part(authors.clone())?)?;
    let author = of_authors.children.len();
    let comments = part(list.clone())?;
    let of_list = Outline::of(comments)?;
    let (mut kept, mut new) = (String::new(), marks.keys().copied().collect::<Vec<_>>());
    for (_, range) in &of_list.children {
        let comment = comments.get(range.clone()).ok_or(Damage::Broken)?;
        let at = comment
            .split_once("ref=\"")
            .and_then(|(_, it)| it.split_once('"'));
        let at = at.and_then(|(at, _)| square(at));
        let mark = at.and_then(|at| marks.get(&at));
        new.retain(|cell| Some(*cell) != at);
        // A copy of a copy: what was said before is over.
        let said = match (mark, comment.contains(SAYS)) {
            (Some(mark), _) => mark.text.as_str(),
            (None, true) => "这一格没有问题了",
            (None, false) => {
                kept.push_str(comment);
                continue;
            }
        };
        let whole = Outline::of(comment)?;
        let text = whole.child("text").ok_or(Damage::Broken)?;
        let inner = Outline::of(comment.get(text.clone()).ok_or(Damage::Broken)?)?;
        let runs = inner.children.iter().filter_map(|(_, run)| {
            let run = comment.get(text.start + run.start..text.start + run.end)?;
            (!run.contains(SAYS)).then_some(run)
        });
        let runs: String = runs.collect();
        let first = match runs.is_empty() {
            true => "",
            false => "\n",
        };
        // A bare text among runs would not be shown.
        let runs = match inner.children.first() {
            Some((name, _)) if name == "t" && !runs.is_empty() => format!("<{p}r>{runs}</{p}r>"),
            _ => runs,
        };
        let (before, after) = comment
            .get(..text.start)
            .zip(comment.get(text.end..))
            .ok_or(Damage::Broken)?;
        kept.push_str(&format!(
            "{before}<{p}text>{runs}{}</{p}text>{after}",
            run(p, first, said)
        ));
    }
    for at in &new {
        if let Some(mark) = marks.get(at) {
            kept.push_str(&format!(
                "<{p}comment ref=\"{}\" authorId=\"{author}\"><{p}text>{}</{p}text></{p}comment>",
                cell_name(*at),
                run(p, "", &mark.text)
            ));
        }
    }
    let own = format!("<{p}author>nianbao</{p}author>");
    let named = part(authors.start..authors.start + of_authors.end)?;
    let rest = part(authors.start + of_authors.end..list.start)?;
    let first = of_list.children.first();
    let first = first.map_or(of_list.end, |(_, range)| range.start);
    let opens = comments.get(..first).ok_or(Damage::Broken)?;
    let closes = comments.get(of_list.end..).ok_or(Damage::Broken)?;
    let (head, tail) = (part(0..authors.start)?, part(list.end..xml.len())?);
    let whole = format!("{head}{named}{own}{rest}{opens}{kept}{closes}{tail}");
    Ok((whole, new))
}

/// A run of a note.
fn run(p: &str, before: &str, text: &str) -> String {
    let text = quick_xml::escape::escape(text);
    format!(
        "<{p}r><{p}rPr><{p}sz val=\"9\"/></{p}rPr><{p}t xml:space=\"preserve\">{before}{SAYS}{text}</{p}t></{p}r>"
    )
}

/// The kind of shape that notes are (ECMA-376 Part 4, 19.1.2.20).
const KIND: &str = "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" \
     path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/>\
     <v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>";

/// The box of a note, hidden until somebody points at its cell.
fn shape(sheet: usize, (row, column): (usize, usize)) -> String {
    let id = 100_000 * (sheet + 1) + row * 200 + column;
    let (left, right, bottom) = (column + 1, column + 5, row + 6);
    format!(
        "<v:shape {VML} id=\"_x0000_s{id}\" type=\"#_x0000_t202\" \
         style=\"position:absolute;z-index:1;visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\">\
         <v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/>\
         <v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\">\
         <div style=\"text-align:left\"></div></v:textbox><x:ClientData ObjectType=\"Note\">\
         <x:MoveWithCells/><x:SizeWithCells/>\
         <x:Anchor>{left}, 15, {row}, 2, {right}, 15, {bottom}, 4</x:Anchor>\
         <x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>\
         </x:ClientData></v:shape>"
    )
}

/// The list of the parts' types with those that came in.
pub(super) fn with_types(xml: &str, notes: &[String]) -> Result<String, Damage> {
    let outline = Outline::of(xml)?;
    let p = &outline.prefix;
    let mut more = String::new();
    if !xml.to_ascii_lowercase().contains("extension=\"vml\"") {
        more.push_str(&format!(
            "<{p}Default Extension=\"vml\" ContentType=\"{DRAWING}\"/>"
        ));
    }
    for part in notes {
        more.push_str(&format!(
            "<{p}Override PartName=\"/{part}\" ContentType=\"{COMMENTS}\"/>"
        ));
    }
    put(xml, outline.end, &more)
}
