//! The PDF, read back.

use crate::common::{document, project_file};
use lopdf::{Dictionary, Document as Objects, Object};
use nianbao::document::{Block, Document};
use nianbao::font::{Library, Search};
use nianbao::layout::PageStyle;
use nianbao::pdf::PrintStyle;
use nianbao::{layout, pdf};

fn written(document: &Document) -> Vec<u8> {
    let library = Library::open(&Search::standard(None)).unwrap();
    let faces = library.faces(document.script).unwrap();
    let pages = layout::lay_out(document, &faces, &PageStyle::default());
    pdf::write(&pages, document, &faces, &PrintStyle::default()).unwrap()
}

fn samples() -> [Document; 2] {
    ["samples/liubei-2019.toml", "samples/qingshi-2024.toml"]
        .map(|path| document(&project_file(path)))
}

fn dictionary<'a>(objects: &'a Objects, holder: &'a Dictionary, key: &[u8]) -> &'a Dictionary {
    let object = holder.get(key).unwrap();
    objects.dereference(object).unwrap().1.as_dict().unwrap()
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    for document in samples() {
        assert!(written(&document) == written(&document.clone()));
    }
}

#[test]
fn every_font_is_an_embedded_subset_with_its_characters() {
    for document in samples() {
        let objects = Objects::load_mem(&written(&document)).unwrap();
        let mut fonts = 0;
        for object in objects.objects.values() {
            let Object::Dictionary(font) = object else {
                continue;
            };
            if !font.has_type(b"Font")
                || font.get(b"Subtype").unwrap().as_name().unwrap() != b"Type0"
            {
                continue;
            }
            fonts += 1;
            let name = font.get(b"BaseFont").unwrap().as_name().unwrap();
            let (tag, rest) = name.split_at(6);
            assert!(tag.iter().all(u8::is_ascii_uppercase) && rest[0] == b'+');
            assert!(font.has(b"ToUnicode"));
            let descendants = font.get(b"DescendantFonts").unwrap().as_array().unwrap();
            let descendant = descendants[0].as_dict().unwrap();
            let descriptor = dictionary(&objects, descendant, b"FontDescriptor");
            assert!(descriptor.has(b"FontFile2") || descriptor.has(b"FontFile3"));
        }
        assert!(fonts >= 5, "{fonts} fonts");
    }
}

/// ISO 32000-1, 9.9; the whole font has the sum that OpenType wants.
#[test]
fn a_truetype_font_has_the_tables_that_draw_it_and_no_others() {
    for document in samples() {
        let objects = Objects::load_mem(&written(&document)).unwrap();
        let mut programs = 0;
        for object in objects.objects.values() {
            let Object::Stream(stream) = object else {
                continue;
            };
            let Ok(length) = stream.dict.get(b"Length1") else {
                continue;
            };
            let program = stream.decompressed_content().unwrap();
            assert_eq!(length.as_i64().unwrap(), program.len() as i64);
            let font = skrifa::FontRef::new(&program).unwrap();
            let tags = font.table_directory().table_records().iter();
            let tags: Vec<String> = tags.map(|record| record.tag().to_string()).collect();
            assert_eq!(tags, ["glyf", "head", "hhea", "hmtx", "loca", "maxp"]);
            let (words, []) = program.as_chunks() else {
                panic!("not words of four bytes");
            };
            let words = words.iter().map(|word| u32::from_be_bytes(*word));
            assert_eq!(words.fold(0, u32::wrapping_add), 0xB1B0_AFBA);
            programs += 1;
        }
        assert!(programs >= 5, "{programs} programs");
    }
}

#[test]
fn the_text_comes_back_in_reading_order() {
    for document in samples() {
        let objects = Objects::load_mem(&written(&document)).unwrap();
        let pages: Vec<u32> = objects.get_pages().keys().copied().collect();
        let text: String = objects
            .extract_text(&pages)
            .unwrap()
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect();
        let mut at = 0;
        for block in &document.blocks {
            let Block::Paragraph(paragraph) = block else {
                continue;
            };
            let typed: String = paragraph
                .text()
                .chars()
                .filter(|c| !c.is_whitespace())
                .collect();
            // A paragraph that runs over a page has a page number inside.
            let head: String = typed.chars().take(20).collect();
            let found = text[at..].find(&head);
            at += found.unwrap_or_else(|| panic!("{head} is not where it should be"));
        }
    }
}

/// Programs that extract text take the space beside a number for one that was typed, and what follows a mark that stands
/// alone and is closed up for another line.
#[test]
fn a_line_that_misleads_says_what_it_reads() {
    let [_, document] = samples();
    let objects = Objects::load_mem(&written(&document)).unwrap();
    let mut said = Vec::new();
    for page in objects.get_pages().values() {
        let content = objects.get_and_decode_page_content(*page).unwrap();
        for operation in content.operations.iter().filter(|o| o.operator == "BDC") {
            let properties = operation.operands[1].as_dict().unwrap();
            if let Ok(text) = properties.get(b"ActualText") {
                said.push(lopdf::decode_text_string(text).unwrap());
            }
        }
    }
    assert!(said.contains(&document.title.subject), "{said:?}");
    let number = |line: &&String| line.contains(|c: char| c.is_ascii_digit());
    assert!(said.iter().filter(number).count() > 12, "{said:?}");
    let closed_up = said.iter().any(|line| line.ends_with("example.cn）。"));
    assert!(closed_up, "{said:?}");
    assert!(said.iter().all(|line| number(&line)), "{said:?}");
}

#[test]
fn the_title_language_and_version_are_stated() {
    for document in samples() {
        let objects = Objects::load_mem(&written(&document)).unwrap();
        assert_eq!(objects.version, "1.7");
        let catalog = objects.catalog().unwrap();
        let lang = catalog.get(b"Lang").unwrap().as_str().unwrap();
        assert_eq!(lang, document.script.lang().as_bytes());
        let viewer = dictionary(&objects, catalog, b"ViewerPreferences");
        assert!(viewer.get(b"DisplayDocTitle").unwrap().as_bool().unwrap());
        let info = dictionary(&objects, &objects.trailer, b"Info");
        let title = lopdf::decode_text_string(info.get(b"Title").unwrap()).unwrap();
        assert_eq!(title, document.title.whole());
    }
}

/// The structure tree, a line an element: tag, attributes, how many pieces of content.
fn tags(objects: &Objects, element: &Dictionary, depth: usize, out: &mut String) {
    let tag = element.get(b"S").unwrap().as_name().unwrap();
    out.push_str(&"  ".repeat(depth));
    out.push_str(&String::from_utf8_lossy(tag));
    if let Ok(attributes) = element.get(b"A").and_then(Object::as_dict) {
        for key in ["Scope", "RowSpan", "ColSpan"] {
            if let Ok(value) = attributes.get(key.as_bytes()) {
                let value = match value {
                    Object::Name(name) => String::from_utf8_lossy(name).into_owned(),
                    other => other.as_i64().unwrap().to_string(),
                };
                out.push_str(&format!(" {key}={value}"));
            }
        }
        if let Ok(headers) = attributes.get(b"Headers").and_then(Object::as_array) {
            out.push_str(&format!(" headers={}", headers.len()));
        }
    }
    let kids = element.get(b"K").unwrap().as_array().unwrap();
    let pieces = kids
        .iter()
        .filter(|kid| kid.as_reference().is_err())
        .count();
    if pieces > 0 {
        out.push_str(&format!(" [{pieces}]"));
    }
    out.push('\n');
    for kid in kids {
        if let Ok(id) = kid.as_reference() {
            tags(objects, objects.get_dictionary(id).unwrap(), depth + 1, out);
        }
    }
}

#[test]
fn the_tag_tree_of_the_2021_sample() {
    let [_, document] = samples();
    let objects = Objects::load_mem(&written(&document)).unwrap();
    let root = dictionary(&objects, objects.catalog().unwrap(), b"StructTreeRoot");
    let mut shown = String::new();
    tags(&objects, dictionary(&objects, root, b"K"), 0, &mut shown);
    insta::assert_snapshot!(shown);
}

/// Every piece of content has its element, and every element's piece is on a page.
#[test]
fn every_number_on_a_page_has_its_element() {
    for document in samples() {
        let objects = Objects::load_mem(&written(&document)).unwrap();
        let root = dictionary(&objects, objects.catalog().unwrap(), b"StructTreeRoot");
        let parents = dictionary(&objects, root, b"ParentTree");
        let numbers = parents.get(b"Nums").unwrap().as_array().unwrap();
        for (index, page) in objects.get_pages().into_values().enumerate() {
            let content = objects.get_page_content(page);
            let content = String::from_utf8_lossy(&content);
            let marked = content.matches("/MCID").count();
            let owners = numbers[2 * index + 1].as_array().unwrap();
            assert_eq!(marked, owners.len());
            assert!(owners.iter().all(|owner| owner.as_reference().is_ok()));
            let opened = content.matches(" BDC").count() + content.matches(">>BDC").count();
            assert_eq!(opened, content.matches("EMC").count());
        }
    }
}

/// Noto's faces draw 日 (U+65E5) and the radical ⽇ (U+2F47) with one glyph.
#[test]
fn two_characters_that_share_a_glyph_both_come_back_as_typed() {
    let [_, mut document] = samples();
    document.title.organ = "青石县⽇常事务局".to_owned();
    document.title.subject = "日常事务年度报告".to_owned();
    let objects = Objects::load_mem(&written(&document)).unwrap();
    let text = objects.extract_text(&[1]).unwrap();
    let text: String = text.split_whitespace().collect();
    assert!(text.contains("青石县⽇常事务局"), "{text}");
    assert!(text.contains("日常事务年度报告"), "{text}");
}
