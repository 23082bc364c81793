//! Marked content: which pieces of the pages belong to which element of the structure.
//!
//! ISO 32000-1, 14.6 and 14.7: content is bracketed and numbered on each page; the structure tree
//! names those numbers. What is no part of the text is an artifact (14.8.2.2).

use printpdf::{DictItem, Op};

use crate::layout::{Item, NotePart, Part};

/// An element of the structure that has content of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// The title.
    Title,
    /// A run of a paragraph, or a line of the signature.
    Text {
        /// The block.
        block: usize,
        /// The run in it.
        run: usize,
    },
    /// A cell of a table.
    Cell {
        /// The table's block.
        block: usize,
        /// The cell.
        cell: usize,
        /// The part of the table that it is drawn in.
        part: usize,
    },
    /// What stands of a note on a cell.
    Note {
        /// The table's block.
        block: usize,
        /// The note.
        note: usize,
        /// What of it.
        part: NotePart,
    },
    /// The picture of a signature's seal.
    Picture(usize),
}

/// What an item is for the structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// Content of an element.
    Element(Key),
    /// Rules and tints.
    Layout,
    /// Page numbers, and headings of a table that are shown again.
    Pagination,
    /// What a printer's shop needs and a reader doesn't.
    CropMarks,
}

impl Mark {
    /// What an item of a page is.
    pub fn of(item: &Item) -> Self {
        let run = match item {
            Item::Run(run) => run,
            Item::Picture(picture) => return Self::Element(Key::Picture(picture.block)),
            Item::Rule(_) | Item::Tint(_) => return Self::Layout,
        };
        match run.part {
            Part::Title => Self::Element(Key::Title),
            Part::Block { block, run } => Self::Element(Key::Text { block, run }),
            // A heading that is shown again says nothing new: to a screen reader the table goes on.
            Part::RepeatedHead { .. } | Part::PageNumber => Self::Pagination,
            Part::Cell { block, cell, part } => Self::Element(Key::Cell { block, cell, part }),
            Part::Note { block, note, part } => Self::Element(Key::Note { block, note, part }),
        }
    }
}

/// A piece of an element's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Content {
    /// The element.
    pub key: Key,
    /// The English passage that it is of.
    pub english: Option<usize>,
}

/// The brackets of one page.
#[derive(Debug, Default)]
pub(super) struct MarkedContent {
    /// What each number given out is, from 0.
    content: Vec<Content>,
    open: Option<(Mark, Option<usize>)>,
}

impl MarkedContent {
    /// What follows is `mark`: closes the bracket around something else, and opens one.
    pub fn go_on_as(&mut self, mark: Mark, english: Option<usize>, ops: &mut Vec<Op>) {
        if self.open == Some((mark, english)) {
            return;
        }
        self.close(ops);
        self.open = Some((mark, english));
        let artifact = |kind: &str| ("Artifact", "Type", DictItem::Name(kind.into()));
        let (tag, property, value) = match mark {
            Mark::Element(key) => {
                let number = self.content.len() as i64;
                self.content.push(Content { key, english });
                ("Span", "MCID", DictItem::Int(number))
            }
            Mark::Layout => artifact("Layout"),
            Mark::Pagination => artifact("Pagination"),
            Mark::CropMarks => artifact("Page"),
        };
        ops.push(Op::BeginMarkedContentWithProperties {
            tag: tag.to_owned(),
            properties: DictItem::Dict {
                map: [(property.to_owned(), value)].into(),
            },
        });
    }

    /// Closes the last bracket of the page; gives what each number on it is.
    pub fn end(mut self, ops: &mut Vec<Op>) -> Vec<Content> {
        self.close(ops);
        self.content
    }

    fn close(&mut self, ops: &mut Vec<Op>) {
        if self.open.take().is_some() {
            ops.push(Op::EndMarkedContent);
        }
    }
}
