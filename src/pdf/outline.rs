//! The outline (ISO 32000-1, 12.3.3): one entry for each section, pointing at its heading.

use lopdf::{Document as Objects, Object, ObjectId, dictionary};

use super::objects::text;
use crate::document::{Block, Document, Emphasis};
use crate::layout::{Item, Pages, Part};

/// Adds the outline to the catalog, where there is a section.
pub(super) fn add(
    objects: &mut Objects,
    document: &Document,
    pages: &Pages,
    page_ids: &[ObjectId],
) {
    let blocks = document.blocks.iter().enumerate();
    let mut entries: Vec<_> = blocks
        .filter_map(|(index, block)| {
            let Block::Paragraph(paragraph) = block else {
                return None;
            };
            let is_section = paragraph.runs.iter().all(|(e, _)| *e == Emphasis::Heading1);
            let (page, top) = place(pages, index).filter(|_| is_section)?;
            let page = *page_ids.get(page)?;
            let entry = dictionary! {
                "Title" => text(&paragraph.text()),
                "Dest" => vec![page.into(), "XYZ".into(), Object::Null, top.into(), Object::Null],
            };
            Some((objects.new_object_id(), entry))
        })
        .collect();
    let ids: Vec<ObjectId> = entries.iter().map(|(id, _)| *id).collect();
    let (Some(first), Some(last)) = (ids.first(), ids.last()) else {
        return;
    };
    let outline = objects.add_object(dictionary! {
        "Type" => "Outlines",
        "Count" => ids.len() as i64,
        "First" => *first,
        "Last" => *last,
    });
    for ((_, entry), previous) in entries.iter_mut().skip(1).zip(&ids) {
        entry.set("Prev", *previous);
    }
    for ((_, entry), next) in entries.iter_mut().zip(ids.iter().skip(1)) {
        entry.set("Next", *next);
    }
    for (id, mut entry) in entries {
        entry.set("Parent", outline);
        objects.set_object(id, entry);
    }
    if let Ok(catalog) = objects.catalog_mut() {
        catalog.set("Outlines", outline);
        catalog.set("PageMode", "UseOutlines");
    }
}

/// Page, from 0, and upper edge of a block's first line, in PDF's coordinates.
fn place(pages: &Pages, wanted: usize) -> Option<(usize, f32)> {
    pages.pages.iter().enumerate().find_map(|(page, content)| {
        content.items.iter().find_map(|item| match item {
            Item::Run(run) => match run.part {
                Part::Block { block, .. } if block == wanted => {
                    let top = content.size().1 - run.y + 1.5 * run.size;
                    Some((page, top.round() as f32))
                }
                _ => None,
            },
            _ => None,
        })
    })
}
