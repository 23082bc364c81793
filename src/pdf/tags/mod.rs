//! The structure tree (ISO 32000-1, 14.7 and 14.8): Document, headings, paragraphs, tables with
//! their rows and cells, each pointing at its content on the pages.
//!
//! In a file of PDF 2.0 the elements that PDF 1.7 doesn't know are of the namespace of PDF 2.0 (ISO
//! 32000-2, 14.8.6); the others stay in that of PDF 1.7, which is the default.

mod notes;
mod table;

use std::collections::BTreeMap;
use std::ops::Range;

use lopdf::{Dictionary, Document as Objects, Object, ObjectId, dictionary};

use self::notes::NoteIds;
use super::marked_content::{Content, Key};
use super::objects::{string, text};
use super::{Standard, picture};
use crate::document::{Block, Document, Emphasis, Paragraph, Seal};
use crate::layout::{Area, Pages};

/// Name of the namespace of PDF 2.0's own structure types (ISO 32000-2, 14.8.6.2).
const PDF_2: &str = "http://iso.org/pdf2/ssn";

/// A heading of the text.
#[derive(Debug)]
pub(super) struct Heading {
    /// Its level below the title, from 1.
    pub level: usize,
    /// What it says.
    pub title: String,
    /// Its element.
    pub element: ObjectId,
    /// The block that it is in.
    pub block: usize,
    /// The run of that block which it is.
    pub run: usize,
}

/// A piece of content: page, number on it, English passage.
type Piece = (usize, usize, Option<usize>);

/// Adds the structure tree, and gives its headings below the title. `page_ids` are the objects of the
/// pages, `marked` what the numbers given out on each are.
pub(super) fn add(
    objects: &mut Objects,
    document: &Document,
    pages: &Pages,
    page_ids: &[ObjectId],
    marked: &[Vec<Content>],
    standard: Standard,
) -> Vec<Heading> {
    let mut content: BTreeMap<Key, Vec<Piece>> = BTreeMap::new();
    for (page, pieces) in marked.iter().enumerate() {
        for (number, piece) in pieces.iter().enumerate() {
            let pieces = content.entry(piece.key).or_default();
            pieces.push((page, number, piece.english));
        }
    }
    let namespace = match standard {
        Standard::A2a => None,
        Standard::A4 => {
            let namespace = dictionary! { "Type" => "Namespace", "NS" => text(PDF_2) };
            Some(objects.add_object(namespace))
        }
    };
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
        notes: BTreeMap::new(),
        level: 1,
        headings: Vec::new(),
        namespace,
    };
    let top = tree.document(document, root);
    let (owners, ids, headings) = (tree.owners, tree.ids, tree.headings);

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
    if let Some(namespace) = namespace {
        root_element.set("Namespaces", vec![namespace.into()]);
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
    headings
}

struct Tree<'a> {
    objects: &'a mut Objects,
    /// The body rows of each part of a table, by its block.
    tables: &'a BTreeMap<usize, Vec<Range<usize>>>,
    page_ids: &'a [ObjectId],
    /// Where the picture of each block is.
    pictures: BTreeMap<usize, Area>,
    /// Each element's content, in order.
    content: BTreeMap<Key, Vec<Piece>>,
    /// The element that owns each number of each page.
    owners: Vec<Vec<Object>>,
    /// Header cells and notes by their identifiers.
    ids: BTreeMap<String, Object>,
    /// The elements of each note and of its mark, by block and number.
    notes: BTreeMap<(usize, usize), NoteIds>,
    /// Level of the last heading; the title's is 1.
    level: usize,
    /// The headings below the title.
    headings: Vec<Heading>,
    /// The namespace of PDF 2.0, in a file of that version.
    namespace: Option<ObjectId>,
}

impl Tree<'_> {
    fn document(&mut self, document: &Document, root: ObjectId) -> ObjectId {
        let top = self.objects.new_object_id();
        let mut kids = Vec::new();
        kids.extend(self.text("H1", top, Key::Title));
        for (index, block) in document.blocks.iter().enumerate() {
            match block {
                Block::Paragraph(paragraph) => self.paragraph(paragraph, index, top, &mut kids),
                Block::Table(table) => {
                    kids.push(self.table(table, index, top).into());
                    kids.extend(self.notes_below(table, index, top));
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
        let entries = self.of_pdf_2(Dictionary::new());
        self.element(top, "Document", root, kids, entries);
        top
    }

    fn paragraph(
        &mut self,
        paragraph: &Paragraph,
        block: usize,
        parent: ObjectId,
        kids: &mut Vec<Object>,
    ) {
        for (run, (emphasis, title)) in paragraph.runs.iter().enumerate() {
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
            let element = self.text(tag, parent, Key::Text { block, run });
            if wanted > 0 {
                self.level = wanted.min(self.level + 1);
                let element = element.as_ref().and_then(|it| it.as_reference().ok());
                self.headings.extend(element.map(|element| Heading {
                    level: self.level - 1,
                    title: title.trim_end_matches('。').to_owned(),
                    element,
                    block,
                    run,
                }));
            }
            kids.extend(element);
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

    /// Adds an element with the content of `key`, and the entries that it has already.
    fn leaf(&mut self, tag: &str, parent: ObjectId, key: Key, mut entries: Dictionary) -> Object {
        let id = self.objects.new_object_id();
        let kids = self.content_of(id, key, &mut entries);
        self.element(id, tag, parent, kids, entries);
        id.into()
    }

    /// The content of `key` as what is in the element `id`; its page goes to the entries. A passage in
    /// English is an element of its own (ISO 14289-1, 7.2).
    fn content_of(&mut self, id: ObjectId, key: Key, entries: &mut Dictionary) -> Vec<Object> {
        let content = self.content.remove(&key).unwrap_or_default();
        let mut kids: Vec<Object> = Vec::new();
        let own = content.iter().find(|(.., english)| english.is_none());
        let own_page = own.map(|(page, ..)| *page);
        self.set_page(entries, own_page);
        for pieces in content.chunk_by(|(.., a), (.., b)| a == b) {
            let Some((page, _, english)) = pieces.first() else {
                continue;
            };
            if english.is_none() {
                kids.extend(self.references(pieces, id, own_page));
                continue;
            }
            let span = self.objects.new_object_id();
            let mut entries = dictionary! { "Lang" => string("en") };
            self.set_page(&mut entries, Some(*page));
            let references = self.references(pieces, span, Some(*page));
            self.element(span, "Span", id, references, entries);
            kids.push(span.into());
        }
        kids
    }

    /// States the page that an element's content is on.
    fn set_page(&self, entries: &mut Dictionary, page: Option<usize>) {
        if let Some(page) = page.and_then(|page| self.page_ids.get(page)) {
            entries.set("Pg", *page);
        }
    }

    /// The references to pieces of content from the element that owns them, whose page is `own_page`;
    /// content of another page says so itself.
    fn references(
        &mut self,
        pieces: &[Piece],
        owner: ObjectId,
        own_page: Option<usize>,
    ) -> Vec<Object> {
        let mut references = Vec::new();
        for (page, number, _) in pieces {
            let owners = self.owners.get_mut(*page);
            if let Some(slot) = owners.and_then(|owners| owners.get_mut(*number)) {
                *slot = owner.into();
            }
            let mcid = *number as i64;
            references.push(match self.page_ids.get(*page) {
                Some(id) if own_page != Some(*page) => {
                    dictionary! { "Type" => "MCR", "Pg" => *id, "MCID" => mcid }.into()
                }
                _ => mcid.into(),
            });
        }
        references
    }

    /// The entries of an element whose type is of PDF 2.0, in a file of that version.
    fn of_pdf_2(&self, mut entries: Dictionary) -> Dictionary {
        if let Some(namespace) = self.namespace {
            entries.set("NS", namespace);
        }
        entries
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
        entries.set("S", tag);
        entries.set("P", parent);
        entries.set("K", kids);
        self.objects.set_object(id, entries);
    }
}
