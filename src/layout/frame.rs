//! Pages as plain data: glyphs, rules, tints and pictures at their places. No PDF in it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::PageStyle;
use super::geometry::{PAGE_HEIGHT, PAGE_WIDTH};
use crate::font::FaceId;

/// All pages of a document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pages {
    /// What they are laid out in.
    pub style: PageStyle,
    /// The pages in order; the first is number 1.
    pub pages: Vec<Page>,
    /// How each table, by its block, is divided: the body rows of each of its parts, from the
    /// top. A table on one page has one part; each further part stands on a page of its own.
    pub tables: BTreeMap<usize, Vec<Range<usize>>>,
}

impl Pages {
    /// How many pages there are.
    pub fn count(&self) -> usize {
        self.pages.len()
    }
}

/// One page. All lengths are points; x to the right, y down from the upper left corner.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// Whether it lies on its side, for a table that is wider than an upright one. Its page number
    /// stands where the sheet's other pages have it (GB/T 9704—2012, clause 10): the place of that
    /// run is on the upright sheet, whose head is this page's right edge.
    pub turned: bool,
    /// What is drawn, in reading order; tints and pictures come before what stands on them.
    pub items: Vec<Item>,
}

impl Page {
    /// Width and height, in points: A4 (GB/T 9704—2012, 5.1).
    pub fn size(&self) -> (f64, f64) {
        if self.turned {
            (PAGE_HEIGHT, PAGE_WIDTH)
        } else {
            (PAGE_WIDTH, PAGE_HEIGHT)
        }
    }
}

/// Something drawn on a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// Glyphs of one face on one baseline.
    Run(Run),
    /// A black line.
    Rule(Rule),
    /// An area in the tint of the bands.
    Tint(Area),
    /// A picture on white; what stands on it is drawn after it.
    Picture(Picture),
}

/// Glyphs of one face and size on one baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// What the run belongs to.
    pub part: Part,
    /// Where the first glyph's origin is.
    pub x: f64,
    /// The line's baseline, the same for all faces on it.
    pub y: f64,
    /// How far above the baseline the glyphs are drawn, by their face.
    pub rise: f64,
    /// The face.
    pub face: FaceId,
    /// Size of the type in points, the face's enlargement included.
    pub size: f64,
    /// The glyphs from left to right.
    pub glyphs: Vec<PlacedGlyph>,
}

/// A glyph in a run.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedGlyph {
    /// Its number in the face.
    pub gid: u16,
    /// From its origin to the next one's, in points.
    pub advance: f64,
    /// The character that it draws, as typed.
    pub c: char,
}

/// A line drawn from one point to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Start, x and y.
    pub from: (f64, f64),
    /// End, x and y.
    pub to: (f64, f64),
    /// Thickness.
    pub width: f64,
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// A picture of the document.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Picture {
    /// The block that it belongs to: a signature with its seal.
    pub block: usize,
    /// What it fills.
    pub area: Area,
}

/// What a run is part of. Blocks count from 0 in the document's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The title.
    Title,
    /// A paragraph, heading or signature.
    Block {
        /// The block.
        block: usize,
        /// Which of the paragraph's runs it is, from 0; of a signature the name is 0, the date 1.
        run: usize,
    },
    /// A cell of a table, by its number in the table.
    Cell {
        /// The table's block.
        block: usize,
        /// The cell.
        cell: usize,
        /// In which of the table's parts it is drawn, from 0: the label of a group that goes on
        /// over a page is drawn in each.
        part: usize,
    },
    /// A heading of a table, shown again above a later part.
    RepeatedHead {
        /// The table's block.
        block: usize,
        /// The cell.
        cell: usize,
    },
    /// A note on a cell of a table.
    Note {
        /// The table's block.
        block: usize,
        /// Its number in the table, from 0.
        note: usize,
        /// What of it.
        part: NotePart,
    },
    /// The page number: no part of the text.
    PageNumber,
}

/// What of a note stands somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotePart {
    /// Its mark, in the cell that it is about.
    Mark,
    /// 注：, below the table, before the first of its notes.
    Opening,
    /// Its number, where there are several.
    Number,
    /// What it says.
    Text,
}
