//! What of a document the outputs are made of, as data that a [digest](crate::digest) takes.

use std::ops::Range;

use serde::Serialize;

use super::{Block, Document, Title};
use crate::form::{FigureId, Script};
use crate::report::Date;

/// What the pages show.
#[derive(Serialize)]
struct Shown<'a> {
    script: Script,
    title: &'a Title,
    organ: &'a str,
    date: Option<Date>,
    blocks: &'a [Block],
}

impl Document {
    /// What pages are made of. The same report from a data file and from its workbook is the same
    /// here, though the workbook has texts where the data file quotes figures.
    pub fn shown(&self) -> impl Serialize + '_ {
        Shown {
            script: self.script,
            title: &self.title,
            organ: &self.organ,
            date: self.date,
            blocks: &self.blocks,
        }
    }

    /// What a workbook is made of: everything.
    pub fn whole(&self) -> impl Serialize + '_ {
        let quotes: Vec<&[(Range<usize>, FigureId)]> = self
            .blocks
            .iter()
            .filter_map(|block| match block {
                Block::Paragraph(paragraph) => Some(paragraph.quotes.as_slice()),
                Block::Table(_) | Block::Signature { .. } => None,
            })
            .collect();
        (self, quotes)
    }
}
