//! The structure tree (ISO 32000-1, 14.7 and 14.8): Document, headings, paragraphs, tables with
//! their rows and cells, each pointing at its content on the pages.

mod table;

use std::collections::BTreeMap;
use std::ops::Range;

use lopdf::{Dictionary, Document as Objects, Object, ObjectId, dictionary};

use super::marked_content::Key;
use super::objects::{string, text};
use super::picture;
use crate::document::{Block, Document, Emphasis, Paragraph, Seal};
use crate::layout::{Area, Pages};

/// Adds the structure tree. `page_ids` are the objects of the pages, `marked` the elements of the
/// numbers given out on each.
pub(super) fn add(
    objects: &mut Objects,
    document: &Document,
    pages: &Pages,
    page_ids: &[ObjectId],
    marked: &[Vec<Key>],
) {
    let mut content: BTreeMap<Key, Vec<(usize, usize)>> = BTreeMap::new();
    for (page, keys) in marked.iter().enumerate() {
        for (number, key) in keys.iter().enumerate() {
            content.entry(*key).or_default().push((page, number));
        }
    }
    let root = objects.new_object_id();
    let mut tree = Tree {
        objects,
        tables: &pages.tables,
        page_ids,
        pictures: picture::areas(pages),
        content,
        owners: marked
            .iter()
            .map(|keys| vec![Object::Null; keys.len()])
            .collect(),
        ids: BTreeMap::new(),
        level: 0,
    };
    let top = tree.document(document, root);
    let (owners, ids) = (tree.owners, tree.ids);

    let owners = owners.into_iter().enumerate();
    let parents = owners.flat_map(|(page, owners)| [Object::from(page as i64), owners.into()]);
    let parents: Vec<Object> = parents.collect();
    let parent_tree = objects.add_object(dictionary! { "Nums" => parents });
    let mut root_element = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => top,
        "ParentTree" => parent_tree,
        "ParentTreeNextKey" => page_ids.len() as i64,
    };
    if !ids.is_empty() {
        let names = ids.into_iter();
        let names: Vec<Object> = names
            .flat_map(|(id, element)| [string(&id), element])
            .collect();
        let id_tree = objects.add_object(dictionary! { "Names" => names });
        root_element.set("IDTree", id_tree);
    }
    objects.set_object(root, root_element);
    for (number, page) in page_ids.iter().enumerate() {
        if let Ok(page) = objects.get_dictionary_mut(*page) {
            page.set("StructParents", number as i64);
            page.set("Tabs", "S");
        }
    }
    if let Ok(catalog) = objects.catalog_mut() {
        catalog.set("StructTreeRoot", root);
        catalog.set("MarkInfo", dictionary! { "Marked" => true });
    }
}

struct Tree<'a> {
    objects: &'a mut Objects,
    /// The body rows of each part of a table, by its block.
    tables: &'a BTreeMap<usize, Vec<Range<usize>>>,
    page_ids: &'a [ObjectId],
    /// Where the picture of each block is.
    pictures: BTreeMap<usize, Area>,
    /// Page and number of each element's content, in order.
    content: BTreeMap<Key, Vec<(usize, usize)>>,
    /// The element that owns each number of each page.
    owners: Vec<Vec<Object>>,
    /// Header cells by their identifiers.
    ids: BTreeMap<String, Object>,
    /// Level of the last heading.
    level: usize,
}

impl Tree<'_> {
    fn document(&mut self, document: &Document, root: ObjectId) -> ObjectId {
        let top = self.objects.new_object_id();
        let mut kids = Vec::new();
        self.level = 1;
        kids.extend(self.text("H1", top, Key::Title));
        for (index, block) in document.blocks.iter().enumerate() {
            match block {
                Block::Paragraph(paragraph) => self.paragraph(paragraph, index, top, &mut kids),
                Block::Table(table) => {
                    kids.push(self.table(table, index, top).into());
                    kids.extend(self.text("P", top, Key::Note(index)));
                }
                Block::Signature { seal, .. } => {
                    for run in 0..2 {
                        kids.extend(self.text("P", top, Key::Text { block: index, run }));
                    }
                    if let Some(seal) = seal {
                        kids.extend(self.figure(seal, index, top));
                    }
                }
            }
        }
        self.element(top, "Document", root, kids, Dictionary::new());
        top
    }

    fn paragraph(
        &mut self,
        paragraph: &Paragraph,
        block: usize,
        parent: ObjectId,
        kids: &mut Vec<Object>,
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
            kids.extend(self.text(tag, parent, Key::Text { block, run }));
        }
    }

    /// The seal: a figure with its words; none where it is on no page.
    fn figure(&mut self, seal: &Seal, block: usize, parent: ObjectId) -> Option<Object> {
        let attributes = picture::attributes(self.pictures.get(&block)?);
        let entries = dictionary! { "Alt" => text(&seal.description), "A" => attributes };
        Some(self.leaf("Figure", parent, Key::Picture(block), entries))
    }

    /// A heading or paragraph; none where no page has content of it.
    fn text(&mut self, tag: &str, parent: ObjectId, key: Key) -> Option<Object> {
        let is_shown = self.content.contains_key(&key);
        is_shown.then(|| self.leaf(tag, parent, key, Dictionary::new()))
    }

    /// Adds an element with the content of `key`, and the entries that it has already. Its page is that
    /// where it begins; content of another page says so itself.
    fn leaf(&mut self, tag: &str, parent: ObjectId, key: Key, mut entries: Dictionary) -> Object {
        let id = self.objects.new_object_id();
        let content = self.content.remove(&key).unwrap_or_default();
        let first = content
            .first()
            .and_then(|(page, _)| self.page_ids.get(*page));
        if let Some(page) = first {
            entries.set("Pg", *page);
        }
        let mut kids: Vec<Object> = Vec::new();
        for (page, number) in content {
            let owners = self.owners.get_mut(page);
            if let Some(owner) = owners.and_then(|page| page.get_mut(number)) {
                *owner = id.into();
            }
            let number = number as i64;
            kids.push(match self.page_ids.get(page) {
                Some(page) if Some(page) != first => {
                    dictionary! { "Type" => "MCR", "Pg" => *page, "MCID" => number }.into()
                }
                _ => number.into(),
            });
        }
        self.element(id, tag, parent, kids, entries);
        id.into()
    }

    /// Adds an element with what is in it, and the entries that it has already.
    fn element(
        &mut self,
        id: ObjectId,
        tag: &str,
        parent: ObjectId,
        kids: Vec<Object>,
        mut entries: Dictionary,
    ) {
        entries.set("Type", "StructElem");
        entries.set("S", tag);
        entries.set("P", parent);
        entries.set("K", kids);
        self.objects.set_object(id, entries);
    }
}
