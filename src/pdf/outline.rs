//! The outline (ISO 32000-1, 12.3.3): the headings of all levels, each below the one that it belongs to,
//! pointing at their places.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document as Objects, Object, ObjectId, dictionary};

use super::Standard;
use super::objects::text;
use super::tags::Heading;
use crate::layout::{Item, Pages, Part};

/// An entry, or the outline itself, to which others may still come.
struct Entry {
    id: ObjectId,
    /// Its level; the outline's is 0.
    level: usize,
    entries: Dictionary,
    kids: Vec<ObjectId>,
}

/// Adds the outline to the catalog, where there is a heading.
pub(super) fn add(
    objects: &mut Objects,
    headings: &[Heading],
    pages: &Pages,
    page_ids: &[ObjectId],
    standard: Standard,
) {
    let places = places(pages);
    let outline = objects.new_object_id();
    // The outline, and down to the last entry.
    let mut open = vec![Entry {
        id: outline,
        level: 0,
        entries: dictionary! { "Type" => "Outlines" },
        kids: Vec::new(),
    }];
    for heading in headings {
        let place = places.get(&(heading.block, heading.run));
        let place = place.and_then(|(page, top)| Some((*page_ids.get(*page)?, *top)));
        let Some((page, top)) = place else { continue };
        while open.last().is_some_and(|last| last.level >= heading.level) {
            close(&mut open, objects);
        }
        let at = |target: ObjectId| {
            let place = [Object::Null, top.into(), Object::Null];
            let at = [target.into(), "XYZ".into()].into_iter().chain(place);
            Object::Array(at.collect())
        };
        let mut entries = dictionary! { "Title" => text(&heading.title) };
        match standard {
            Standard::A2a => entries.set("Dest", at(page)),
            // ISO 14289-2, 8.8: an element of the structure; readers that know none go to the page.
            Standard::A4 => {
                let action = dictionary! {
                    "S" => "GoTo",
                    "D" => at(page),
                    "SD" => at(heading.element),
                };
                entries.set("A", action);
            }
        }
        let id = objects.new_object_id();
        if let Some(parent) = open.last_mut() {
            entries.set("Parent", parent.id);
            if let Some(previous) = parent.kids.last() {
                entries.set("Prev", *previous);
            }
            parent.kids.push(id);
        }
        open.push(Entry {
            id,
            level: heading.level,
            entries,
            kids: Vec::new(),
        });
    }
    while !open.is_empty() {
        close(&mut open, objects);
    }
    if objects.objects.contains_key(&outline)
        && let Ok(catalog) = objects.catalog_mut()
    {
        catalog.set("Outlines", outline);
        catalog.set("PageMode", "UseOutlines");
    }
}

/// Adds the last entry that is open: no more come below it.
fn close(open: &mut Vec<Entry>, objects: &mut Objects) {
    let Some(mut entry) = open.pop() else { return };
    for (kid, next) in entry.kids.iter().zip(entry.kids.iter().skip(1)) {
        if let Ok(kid) = objects.get_dictionary_mut(*kid) {
            kid.set("Next", *next);
        }
    }
    let count = entry.kids.len() as i64;
    if let (Some(first), Some(last)) = (entry.kids.first(), entry.kids.last()) {
        entry.entries.set("First", *first);
        entry.entries.set("Last", *last);
        // Negative: what is below the sections is shown when the reader opens them.
        let count = if entry.level == 0 { count } else { -count };
        entry.entries.set("Count", count);
    }
    if entry.level > 0 || count > 0 {
        objects.set_object(entry.id, entry.entries);
    }
}

/// Page, from 0, and upper edge in PDF's coordinates of each run of a paragraph, by its block and number.
fn places(pages: &Pages) -> BTreeMap<(usize, usize), (usize, f32)> {
    let mut places = BTreeMap::new();
    for (page, content) in pages.pages.iter().enumerate() {
        for item in &content.items {
            if let Item::Run(shown) = item
                && let Part::Block { block, run } = shown.part
            {
                let top = content.size().1 - shown.y + 1.5 * shown.size;
                let place = (page, top.round() as f32);
                places.entry((block, run)).or_insert(place);
            }
        }
    }
    places
}
