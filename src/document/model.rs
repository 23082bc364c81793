//! What a document is made of.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::previous::Previous;
use super::table::{Figure, Table};
use crate::check::Verdict;
use crate::form::{FigureId, Particular, Script};
use crate::report::{Date, SealPicture};

/// One report as it is to be shown, or a form with nothing filled in.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// Name of the form, such as `2021`.
    pub form: String,
    /// Script of the official wording.
    pub script: Script,
    /// The title's lines.
    pub title: Title,
    /// Name of the body that reports; of a blank form it may be empty.
    pub organ: String,
    /// Where the names of the body and of who signs are best broken, by their keys.
    pub name_marks: BTreeMap<&'static str, Vec<usize>>,
    /// What the data file says of the body and its report, by the keys of the
    /// [particulars](crate::report::Particulars); what it leaves to the program is filled in.
    pub particulars: BTreeMap<&'static str, String>,
    /// The year reported on.
    pub year: i32,
    /// The date of the signature.
    pub date: Option<Date>,
    /// Everything below the title, in order.
    pub blocks: Vec<Block>,
    /// Which of the blocks are whose text, in order.
    pub texts: Vec<TextPlace>,
    /// The rules of the form as the figures stand; those across years only where last year's
    /// report is at hand and has the figures.
    pub checks: Vec<Verdict>,
    /// Last year's figures, where that report is at hand.
    pub previous: Option<Previous>,
}

impl Document {
    /// What is said of a particular; blank where nothing is.
    pub fn said(&self, particular: &Particular) -> &str {
        self.particulars
            .get(particular.key)
            .map_or("", String::as_str)
    }

    /// Where the name at a key (`organ.name`, `signature.name`) is best broken, as numbers of characters
    /// before the break.
    pub fn marks(&self, key: &str) -> &[usize] {
        self.name_marks.get(key).map_or(&[], Vec::as_slice)
    }

    /// The tables in order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Paragraph(_) | Block::Signature { .. } => None,
        })
    }

    /// The figures with their tables, in the order of the tables; none in a blank form.
    pub fn figures(&self) -> impl Iterator<Item = (&Table, Figure<'_>)> {
        self.tables()
            .flat_map(|table| table.figures().map(move |figure| (table, figure)))
    }
}

/// The blocks that are one text of the data file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextPlace {
    /// Its key there: `text.overview`.
    pub key: String,
    /// Numbers of its blocks, all of them paragraphs.
    pub blocks: Range<usize>,
}

/// The title: the organ on one line, what it is on the next.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Title {
    /// The organ's name.
    pub organ: String,
    /// `2024年政府信息公开工作年度报告`.
    pub subject: String,
}

impl Title {
    /// Both lines as one text.
    pub fn whole(&self) -> String {
        format!("{}{}", self.organ, self.subject)
    }
}

/// One block of the text.
#[derive(Debug, Clone)]
pub enum Block {
    /// A paragraph or a heading.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
    /// The signature (落款): who, and when as `2025年1月16日`.
    Signature {
        /// Who signs.
        name: String,
        /// The date, if given.
        date: Option<String>,
        /// The seal pressed over both.
        seal: Option<Seal>,
    },
}

/// A seal (印章).
#[derive(Debug, Clone)]
pub struct Seal {
    /// What it looks like.
    pub picture: Arc<SealPicture>,
    /// Its diameter in mm; of a picture that is not quite square the longer side.
    pub diameter: f64,
    /// What it is, in words, for those who can't see it: `青石县教育局印章`.
    pub description: String,
}

/// What face a text stands in, by the level of heading that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Emphasis {
    /// 一、 — GB/T 9704—2012 7.3.3: 黑体.
    Heading1,
    /// （一） — 楷体.
    Heading2,
    /// 1. — 仿宋, as the text.
    Heading3,
    /// （1） — 仿宋, as the text.
    Heading4,
    /// Running text: 仿宋.
    Text,
}

impl Emphasis {
    /// That of a heading of this level, from 1.
    pub(super) fn of_heading(level: usize) -> Self {
        match level {
            1 => Self::Heading1,
            2 => Self::Heading2,
            3 => Self::Heading3,
            _ => Self::Heading4,
        }
    }
}

/// A paragraph: a heading of its own line, a text, or a text that starts with a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Its parts; of the first depends what the paragraph is.
    pub runs: Vec<(Emphasis, String)>,
    /// Bytes of its whole text that quote a figure, in order.
    pub quotes: Vec<(Range<usize>, FigureId)>,
}

impl Paragraph {
    /// Whether the whole paragraph is a heading.
    pub fn is_heading(&self) -> bool {
        self.runs
            .iter()
            .all(|(emphasis, _)| *emphasis != Emphasis::Text)
    }

    /// The whole text.
    pub fn text(&self) -> String {
        self.runs.iter().map(|(_, text)| text.as_str()).collect()
    }
}
