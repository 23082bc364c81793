//! The PDF, read back.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use common::{document, project_file};
use lopdf::{Dictionary, Document as Objects, Object};
use nianbao::document::{Block, Document};
use nianbao::font::{Library, Search};
use nianbao::{layout, pdf};

fn written(document: &Document) -> Vec<u8> {
    let library = Library::open(&Search::standard(None)).unwrap();
    let faces = library.faces(document.script).unwrap();
    pdf::write(&layout::lay_out(document, &faces), document, &faces).unwrap()
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
