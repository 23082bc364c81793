//! The structure tree (ISO 32000-1, 14.7 and 14.8): Document, headings, paragraphs, tables with
//! their rows and cells, each pointing at its content on the pages.

mod table;

use std::collections::BTreeMap;
use std::ops::Range;

use lopdf::{Document as Objects, Object, ObjectId, dictionary};

use super::file::Written;
use super::marks::Key;
use super::picture;
use super::serialize::{self, integer, name, reference};
use crate::document::{Block, Document, Emphasis, Paragraph, Seal};
use crate::layout::{Area, Pages};

/// Adds the structure tree; gives its elements as they are written, since making objects of some 600
/// of them takes longer than all the rest. `pages` are the page objects of `layout` in order, `marks`
/// the elements of the numbers given out on each.
pub(super) fn write(
    objects: &mut Objects,
    document: &Document,
    layout: &Pages,
    pages: &[ObjectId],
    marks: &[Vec<Key>],
) -> Written {
    let mut content: BTreeMap<Key, Vec<(usize, usize)>> = BTreeMap::new();
    for (page, keys) in marks.iter().enumerate() {
        for (number, key) in keys.iter().enumerate() {
            content.entry(*key).or_default().push((page, number));
        }
    }
    let root = objects.new_object_id();
    let mut tree = Tree {
        objects,
        tables: &layout.tables,
        pages,
        pictures: picture::areas(layout),
        content,
        owners: marks.iter().map(|keys| vec![None; keys.len()]).collect(),
        ids: BTreeMap::new(),
        level: 0,
        written: Written::default(),
    };
    let top = tree.document(document, root);
    let (owners, ids, written) = (tree.owners, tree.ids, tree.written);
    let parents: Vec<Object> = owners
        .into_iter()
        .enumerate()
        .flat_map(|(page, owners)| {
            let owners: Vec<Object> = owners
                .into_iter()
                .map(|owner| owner.map_or(Object::Null, Object::Reference))
                .collect();
            [Object::Integer(page as i64), Object::Array(owners)]
        })
        .collect();
    let parent_tree = objects.add_object(dictionary! { "Nums" => parents });
    let mut root_dictionary = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => top,
        "ParentTree" => parent_tree,
        "ParentTreeNextKey" => pages.len() as i64,
    };
    if let (Some(first), Some(last)) = (ids.keys().next(), ids.keys().next_back()) {
        let limits = vec![text(first), text(last)];
        let names: Vec<Object> = ids
            .iter()
            .flat_map(|(id, element)| [text(id), Object::Reference(*element)])
            .collect();
        let leaf = objects.add_object(dictionary! { "Limits" => limits, "Names" => names });
        let id_tree = objects.add_object(dictionary! { "Kids" => vec![leaf.into()] });
        root_dictionary.set("IDTree", id_tree);
    }
    objects.set_object(root, root_dictionary);
    for (number, page) in pages.iter().enumerate() {
        if let Ok(page) = objects.get_dictionary_mut(*page) {
            page.set("StructParents", number as i64);
            page.set("Tabs", "S");
        }
    }
    if let Ok(catalog) = objects.catalog_mut() {
        catalog.set("StructTreeRoot", root);
        catalog.set("MarkInfo", dictionary! { "Marked" => true });
    }
    written
}

fn text(text: &str) -> Object {
    Object::string_literal(text)
}

struct Tree<'a> {
    objects: &'a mut Objects,
    /// The body rows of each part of a table, by its block.
    tables: &'a BTreeMap<usize, Vec<Range<usize>>>,
    pages: &'a [ObjectId],
    /// Where the picture of each block is.
    pictures: BTreeMap<usize, Area>,
    /// Page and number of each element's content, in order.
    content: BTreeMap<Key, Vec<(usize, usize)>>,
    /// The element that owns each number of each page.
    owners: Vec<Vec<Option<ObjectId>>>,
    /// Header cells by their identifiers.
    ids: BTreeMap<String, ObjectId>,
    /// Level of the last heading.
    level: usize,
    /// The elements.
    written: Written,
}

impl Tree<'_> {
    fn document(&mut self, document: &Document, root: ObjectId) -> ObjectId {
        let top = self.objects.new_object_id();
        let mut kids = Vec::new();
        self.level = 1;
        kids.extend(self.leaf("H1", top, Key::Title));
        for (index, block) in document.blocks.iter().enumerate() {
            match block {
                Block::Paragraph(paragraph) => self.paragraph(paragraph, index, top, &mut kids),
                Block::Table(table) => {
                    kids.push(self.table(table, index, top));
                    kids.extend(self.leaf("P", top, Key::Note(index)));
                }
                Block::Signature { seal, .. } => {
                    for run in 0..2 {
                        kids.extend(self.leaf("P", top, Key::Text { block: index, run }));
                    }
                    if let Some(seal) = seal {
                        kids.extend(self.figure(seal, index, top));
                    }
                }
            }
        }
        self.element(top, "Document", root, &kids, &[]);
        top
    }

    fn paragraph(
        &mut self,
        paragraph: &Paragraph,
        block: usize,
        parent: ObjectId,
        kids: &mut Vec<ObjectId>,
    ) {
        for (run, (emphasis, _)) in paragraph.runs.iter().enumerate() {
            let wanted = match emphasis {
                Emphasis::Text => 0,
                Emphasis::Heading1 => 2,
                Emphasis::Heading2 => 3,
                Emphasis::Heading3 => 4,
                Emphasis::Heading4 => 5,
            };
            // ISO 14289-1, 7.4.2: no level is skipped, also where the text goes from 一、 to 1.
            let tag = match wanted.min(self.level + 1) {
                0 => "P",
                2 => "H2",
                3 => "H3",
                4 => "H4",
                _ => "H5",
            };
            if wanted > 0 {
                self.level = wanted.min(self.level + 1);
            }
            kids.extend(self.leaf(tag, parent, Key::Text { block, run }));
        }
    }

    /// The seal: a figure with its words; none where it is on no page.
    fn figure(&mut self, seal: &Seal, block: usize, parent: ObjectId) -> Option<ObjectId> {
        let area = self.pictures.get(&block)?;
        let mut extra = Vec::new();
        name(&mut extra, b"Alt");
        serialize::object(&mut extra, &lopdf::text_string(&seal.description));
        name(&mut extra, b"A");
        serialize::object(&mut extra, &picture::attributes(area).into());
        let id = self.objects.new_object_id();
        self.fill(id, "Figure", parent, Key::Picture(block), &extra);
        Some(id)
    }

    /// An element that holds content; none where there is none.
    fn leaf(&mut self, tag: &str, parent: ObjectId, key: Key) -> Option<ObjectId> {
        self.content.contains_key(&key).then(|| {
            let id = self.objects.new_object_id();
            self.fill(id, tag, parent, key, &[]);
            id
        })
    }

    /// Writes an element with the content of `key`, and more entries.
    fn fill(&mut self, id: ObjectId, tag: &str, parent: ObjectId, key: Key, extra: &[u8]) {
        let content = self.content.remove(&key).unwrap_or_default();
        let out = self.written.start(id);
        start(out, tag, parent, extra);
        for (page, number) in content {
            let owners = self.owners.get_mut(page);
            if let Some(owner) = owners.and_then(|page| page.get_mut(number)) {
                *owner = Some(id);
            }
            let Some(page) = self.pages.get(page) else {
                continue;
            };
            out.extend(b"<</Type/MCR/Pg ");
            reference(out, *page);
            out.extend(b"/MCID ");
            integer(out, number as i64);
            out.extend(b">>");
        }
        out.extend(b"]>>");
    }

    /// Writes an element with elements below it, and more entries.
    fn element(
        &mut self,
        id: ObjectId,
        tag: &str,
        parent: ObjectId,
        kids: &[ObjectId],
        extra: &[u8],
    ) {
        let out = self.written.start(id);
        start(out, tag, parent, extra);
        for (index, kid) in kids.iter().enumerate() {
            if index > 0 {
                out.push(b' ');
            }
            reference(out, *kid);
        }
        out.extend(b"]>>");
    }
}

/// Appends an element as far as its kids.
fn start(out: &mut Vec<u8>, tag: &str, parent: ObjectId, extra: &[u8]) {
    out.extend(b"<</Type/StructElem/S");
    name(out, tag.as_bytes());
    out.extend(b"/P ");
    reference(out, parent);
    out.extend(extra);
    out.extend(b"/K[");
}
