//! Marked content: which pieces of the pages belong to which element of the structure.
//!
//! ISO 32000-1, 14.6 and 14.7: content is bracketed and numbered on each page; the structure tree
//! names those numbers. What is no part of the text is an artifact (14.8.2.2).

use super::serialize::integer;
use crate::layout::{Item, Part};

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
    /// The notes below a table.
    Note(usize),
    /// The picture of a signature's seal.
    Picture(usize),
}

/// What an item is for the structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Element(Key),
    /// Rules and tints.
    Layout,
    /// Page numbers, and headings of a table that are shown again.
    Pagination,
    /// What a printer's shop needs and a reader doesn't: crop marks.
    Page,
}

/// The numbers given out on one page, in order: the element of each.
#[derive(Debug, Default)]
pub(super) struct PageMarks {
    /// The element of each number, from 0.
    pub keys: Vec<Key>,
    open: Option<Mark>,
}

impl PageMarks {
    /// Opens and closes brackets so that `item` stands in its own.
    pub fn before(&mut self, item: &Item, content: &mut Vec<u8>) {
        self.bracket(mark(item), content);
    }

    /// Opens and closes brackets so that crop marks stand in their own.
    pub fn before_marks(&mut self, content: &mut Vec<u8>) {
        self.bracket(Mark::Page, content);
    }

    fn bracket(&mut self, mark: Mark, content: &mut Vec<u8>) {
        if self.open == Some(mark) {
            return;
        }
        self.close(content);
        self.open = Some(mark);
        let artifact: &[u8] = match mark {
            Mark::Element(key) => {
                content.extend(b"/Span<</MCID ");
                integer(content, self.keys.len() as i64);
                content.extend(b">>BDC\n");
                self.keys.push(key);
                return;
            }
            Mark::Layout => b"Layout",
            Mark::Pagination => b"Pagination",
            Mark::Page => b"Page",
        };
        content.extend(b"/Artifact<</Type/");
        content.extend(artifact);
        content.extend(b">>BDC\n");
    }

    /// Closes the bracket that is open.
    pub fn close(&mut self, content: &mut Vec<u8>) {
        if self.open.take().is_some() {
            content.extend(b"EMC\n");
        }
    }
}

fn mark(item: &Item) -> Mark {
    let run = match item {
        Item::Run(run) => run,
        Item::Picture(picture) => return Mark::Element(Key::Picture(picture.block)),
        Item::Rule(_) | Item::Tint(_) => return Mark::Layout,
    };
    match run.part {
        Part::Title => Mark::Element(Key::Title),
        Part::Block { block, run } => Mark::Element(Key::Text { block, run }),
        // A heading that is shown again says nothing new: to a screen reader the table goes on.
        Part::RepeatedHead { .. } | Part::PageNumber => Mark::Pagination,
        Part::Cell { block, cell, part } => Mark::Element(Key::Cell { block, cell, part }),
        Part::Note(block) => Mark::Element(Key::Note(block)),
    }
}
