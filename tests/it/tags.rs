//! What a screen reader is told beside the text: notes, languages, the outline, and the standards of the
//! file.

use crate::common::pages::{library, nothing_leaves_its_cell, runs};
use crate::common::{document, project_file, set_figures};
use lopdf::{Dictionary, Document as Objects, Object, ObjectId};
use nianbao::document::{Block, Document, Note};
use nianbao::layout::{self, NotePart, PageStyle, Pages, Part, Run};
use nianbao::pdf::{self, PrintStyle, Standard};

const STANDARDS: [Standard; 2] = [Standard::A2a, Standard::A4];

fn sample() -> Document {
    document(&project_file("samples/qingshi-2024.toml"))
}

/// The sample with these notes on the first figures of its table of this number, and on no others.
fn noted(number: usize, notes: &[&str]) -> Document {
    let mut document = sample();
    let tables = document.blocks.iter_mut().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    for (index, table) in tables.enumerate() {
        let keys: Vec<String> = table.slots().map(|slot| slot.key.to_owned()).collect();
        let notes = keys.into_iter().zip(notes);
        let notes = notes.map(|(key, text)| Note {
            key,
            text: (*text).to_owned(),
        });
        table.notes = if index == number {
            notes.collect()
        } else {
            Vec::new()
        };
    }
    document
}

fn laid_out(document: &Document) -> Pages {
    let library = library();
    let faces = library.faces(document.script).unwrap();
    layout::lay_out(document, &faces, &PageStyle::default())
}

fn written(document: &Document, standard: Standard) -> Objects {
    let library = library();
    let faces = library.faces(document.script).unwrap();
    let style = PrintStyle {
        standard,
        ..PrintStyle::default()
    };
    let bytes = pdf::write(&laid_out(document), document, &faces, &style).unwrap();
    Objects::load_mem(&bytes).unwrap()
}

fn text_of(run: &Run) -> String {
    run.glyphs.iter().map(|glyph| glyph.c).collect()
}

/// The runs of notes, each with what of a note it is.
fn note_runs(pages: &Pages) -> Vec<(NotePart, usize, Run)> {
    let runs = runs(pages).filter_map(|(_, run)| match run.part {
        Part::Note { note, part, .. } => Some((part, note, run.clone())),
        _ => None,
    });
    runs.collect()
}

fn name<'o>(dictionary: &'o Dictionary, key: &[u8]) -> &'o [u8] {
    dictionary.get(key).unwrap().as_name().unwrap()
}

/// All elements of the structure with their own ids, in order.
fn elements(objects: &Objects) -> Vec<(ObjectId, &Dictionary)> {
    fn walk<'o>(objects: &'o Objects, id: ObjectId, found: &mut Vec<(ObjectId, &'o Dictionary)>) {
        let element = objects.get_dictionary(id).unwrap();
        found.push((id, element));
        for kid in element.get(b"K").unwrap().as_array().unwrap() {
            if let Ok(kid) = kid.as_reference() {
                walk(objects, kid, found);
            }
        }
    }
    let mut found = Vec::new();
    let root = objects.catalog().unwrap().get(b"StructTreeRoot").unwrap();
    let root = objects
        .get_dictionary(root.as_reference().unwrap())
        .unwrap();
    walk(
        objects,
        root.get(b"K").unwrap().as_reference().unwrap(),
        &mut found,
    );
    found
}

#[test]
fn several_notes_are_numbered_and_each_number_stands_behind_its_figure() {
    let long = "含修改后重新公布的件数".repeat(8);
    let texts = ["其中修订1件", long.as_str(), "宣布失效"];
    let pages = laid_out(&noted(0, &texts));
    let shown = note_runs(&pages);
    let whole = |wanted: NotePart, number: usize| -> String {
        let of = shown
            .iter()
            .filter(|(part, note, _)| (*part, *note) == (wanted, number));
        of.map(|(.., run)| text_of(run)).collect()
    };
    assert_eq!(whole(NotePart::Opening, 0), "注：");
    for (number, text) in texts.iter().enumerate() {
        assert_eq!(whole(NotePart::Number, number), format!("{}.", number + 1));
        assert_eq!(whole(NotePart::Text, number), *text);
        // Read out or copied, figure and mark are two numbers.
        assert_eq!(whole(NotePart::Mark, number), ["¹", "²", "³"][number]);
    }
    let starts = shown.iter().filter(|(part, ..)| *part == NotePart::Text);
    // Each line's first run: a new baseline.
    let mut lines: Vec<(f64, f64)> = starts.map(|(.., run)| (run.y, run.x)).collect();
    lines.dedup_by_key(|(y, _)| *y);
    assert!(lines.len() > texts.len(), "no note is longer than a line");
    for (_, x) in &lines {
        assert!((x - lines[0].1).abs() < 0.5, "no hanging indent: {lines:?}");
    }
    // A mark stands behind the figure that its note is about, smaller and raised.
    let all: Vec<&Run> = runs(&pages).map(|(_, run)| run).collect();
    let mut marks = 0;
    for pair in all.windows(2) {
        let (
            Part::Cell { .. },
            Part::Note {
                part: NotePart::Mark,
                ..
            },
        ) = (pair[0].part, pair[1].part)
        else {
            continue;
        };
        let width: f64 = pair[0].glyphs.iter().map(|glyph| glyph.advance).sum();
        assert!((pair[0].x + width - pair[1].x).abs() < 0.1);
        assert!(pair[1].y < pair[0].y && pair[1].size < 0.7 * pair[0].size);
        marks += 1;
    }
    assert_eq!(marks, texts.len());
}

#[test]
fn a_single_note_has_no_number() {
    let pages = laid_out(&noted(0, &["其中修订1件"]));
    let shown: Vec<_> = note_runs(&pages)
        .into_iter()
        .map(|(part, _, run)| (part, text_of(&run)))
        .collect();
    let of = |wanted: NotePart| -> String {
        let of = shown.iter().filter(|(part, _)| *part == wanted);
        of.map(|(_, text)| text.as_str()).collect()
    };
    assert_eq!(of(NotePart::Mark), "注");
    assert_eq!(of(NotePart::Opening), "注：");
    assert_eq!(of(NotePart::Number), "");
    assert_eq!(of(NotePart::Text), "其中修订1件");
}

#[test]
fn a_mark_stays_in_its_cell_however_large_the_figure() {
    let texts = vec!["有说明"; 120];
    for figure in [7, 987_654_321] {
        let mut document = noted(1, &texts);
        set_figures(&mut document, figure.into());
        let pages = laid_out(&document);
        let marks = note_runs(&pages);
        assert!(marks.iter().any(|(part, note, run)| {
            (*part, *note) == (NotePart::Mark, 119) && text_of(run) == "¹²⁰"
        }));
        nothing_leaves_its_cell(&pages);
    }
}

#[test]
fn a_note_and_its_mark_refer_to_each_other() {
    for standard in STANDARDS {
        let objects = written(&noted(0, &["一", "二", "三"]), standard);
        let elements = elements(&objects);
        let tag: &[u8] = match standard {
            Standard::A2a => b"Note",
            Standard::A4 => b"FENote",
        };
        let of = |wanted: &[u8]| -> Vec<(ObjectId, &Dictionary)> {
            let all = elements.iter().copied();
            all.filter(|(_, it)| name(it, b"S") == wanted).collect()
        };
        let (notes, marks) = (of(tag), of(b"Reference"));
        assert_eq!((notes.len(), marks.len()), (3, 3), "{standard:?}");
        let mut ids: Vec<&[u8]> = Vec::new();
        for ((note_id, note), (mark_id, mark)) in notes.iter().zip(&marks) {
            let refers = |from: &Dictionary, to: ObjectId| {
                let references = from.get(b"Ref").unwrap().as_array().unwrap();
                assert_eq!(references.as_slice(), [Object::Reference(to)]);
            };
            refers(note, *mark_id);
            refers(mark, *note_id);
            let cell = mark.get(b"P").unwrap().as_reference().unwrap();
            assert_eq!(name(objects.get_dictionary(cell).unwrap(), b"S"), b"TD");
            assert_eq!(note.has(b"NS"), standard == Standard::A4);
            ids.push(note.get(b"ID").unwrap().as_str().unwrap());
        }
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 3, "identifiers are not unique");
    }
}

#[test]
fn a_passage_in_english_says_so() {
    let mut document = sample();
    let law = "Regulations on Open Government Information";
    let Some(Block::Paragraph(paragraph)) = document.blocks.get_mut(0) else {
        panic!("no paragraph");
    };
    let text = &mut paragraph.runs[0].1;
    text.insert_str(text.len() - 3, &format!("，英文名为“{law}”，用 WPS 打开"));
    let objects = written(&document, Standard::A2a);
    let spoken: Vec<&Dictionary> = elements(&objects)
        .into_iter()
        .map(|(_, element)| element)
        .filter(|element| element.has(b"Lang"))
        .collect();
    let [span] = spoken.as_slice() else {
        panic!("{} passages", spoken.len());
    };
    assert_eq!(name(span, b"S"), b"Span");
    assert_eq!(span.get(b"Lang").unwrap().as_str().unwrap(), b"en");
    // Chinese before it and behind it, in one paragraph.
    let paragraph = span.get(b"P").unwrap().as_reference().unwrap();
    let kids = objects.get_dictionary(paragraph).unwrap().get(b"K");
    let kids = kids.unwrap().as_array().unwrap();
    let at = kids.iter().position(|kid| kid.as_reference().is_ok());
    assert!(
        at.is_some_and(|at| 0 < at && at + 1 < kids.len()),
        "{kids:?}"
    );
}

/// The entries of an outline, indented by their level.
fn entries(objects: &Objects, parent: &Dictionary, depth: usize, out: &mut String) {
    let mut next = parent.get(b"First").ok();
    while let Some(id) = next {
        let entry = objects.get_dictionary(id.as_reference().unwrap()).unwrap();
        let title = lopdf::decode_text_string(entry.get(b"Title").unwrap()).unwrap();
        out.push_str(&format!("{}{title}\n", "  ".repeat(depth)));
        entries(objects, entry, depth + 1, out);
        next = entry.get(b"Next").ok();
    }
}

#[test]
fn the_outline_has_every_heading_below_its_own() {
    for standard in STANDARDS {
        let objects = written(&sample(), standard);
        let outlines = objects.catalog().unwrap().get(b"Outlines").unwrap();
        let outlines = objects.get_dictionary(outlines.as_reference().unwrap());
        let mut shown = String::new();
        entries(&objects, outlines.unwrap(), 0, &mut shown);
        insta::assert_snapshot!("the_outline_of_the_2021_sample", shown);
    }
}

#[test]
fn the_archive_s_file_is_of_pdf_2_and_says_what_it_follows() {
    let document = sample();
    let objects = written(&document, Standard::A4);
    assert_eq!(objects.version, "2.0");
    assert!(!objects.trailer.has(b"Info"));
    let catalog = objects.catalog().unwrap();
    let metadata = catalog.get(b"Metadata").unwrap().as_reference().unwrap();
    let metadata = objects.get_object(metadata).unwrap().as_stream().unwrap();
    let metadata = String::from_utf8_lossy(&metadata.content);
    for said in [
        "<pdfaid:part>4</pdfaid:part><pdfaid:rev>2020</pdfaid:rev>",
        "<pdfuaid:part>2</pdfuaid:part><pdfuaid:rev>2024</pdfuaid:rev>",
    ] {
        assert!(metadata.contains(said), "{metadata}");
    }
    assert!(metadata.contains(&document.title.whole()));
    assert!(!metadata.contains("pdfaid:conformance"));
    let (_, top) = elements(&objects)[0];
    let namespace = top.get(b"NS").unwrap().as_reference().unwrap();
    let namespace = objects.get_dictionary(namespace).unwrap().get(b"NS");
    let namespace = namespace.unwrap().as_str().unwrap();
    assert_eq!(namespace, b"http://iso.org/pdf2/ssn");
    // A reader that knows the standard goes to an element, one that doesn't to the page.
    let actions = objects.objects.values().filter_map(|object| {
        let action = object.as_dict().ok()?.get(b"A").ok()?.as_dict().ok()?;
        let target = |key: &[u8]| {
            let target = action.get(key).ok()?.as_array().ok()?.first()?;
            objects.get_dictionary(target.as_reference().ok()?).ok()
        };
        Some((target(b"SD")?, target(b"D")?))
    });
    let mut count = 0;
    for (element, page) in actions {
        assert!(name(element, b"S").starts_with(b"H"));
        assert_eq!(name(page, b"Type"), b"Page");
        count += 1;
    }
    assert!(count > 6, "{count} entries");
}
