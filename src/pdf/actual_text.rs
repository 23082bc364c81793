//! Lines whose text a reader could not tell from the glyphs alone.
//!
//! Programs that extract text take a gap of a tenth of an em for a space: beside a number they would read
//! `2024 年` where nobody typed one. A mark that stands alone between a number and the next mark, which closes up
//! with it, they take for an overlap, and what follows for another line: `12%）。`. Such lines say themselves what they
//! read (ISO 32000-1, 14.9.4: ActualText).

use std::collections::{BTreeMap, BTreeSet};

use printpdf::{DictItem, Op};

use super::english::English;
use super::subset::Subsets;
use crate::layout::{Item, Page, Run};

/// The smallest gap that may be taken for a space, in sizes of the type.
const GAP: f64 = 0.08;

/// The lines of a page that say what they read.
#[derive(Debug, Default)]
pub(super) struct ActualText {
    /// The text of each line, by its first item.
    texts: BTreeMap<usize, String>,
    /// The last item of each line.
    ends: BTreeSet<usize>,
}

/// A character, with where its glyph starts and ends.
struct Placed {
    c: char,
    start: f64,
    end: f64,
}

impl ActualText {
    /// Looks through the page of this number. A line with an English passage is cut where that begins and ends, and
    /// its words are told apart by their spaces.
    pub fn of(number: usize, page: &Page, english: &English, subsets: &Subsets) -> Self {
        let mut found = Self::default();
        let mut at = 0;
        for line in page.items.chunk_by(is_one_line) {
            let first = at;
            at += line.len();
            let mut characters = Vec::new();
            let mut size: f64 = 0.0;
            for item in line {
                if let Item::Run(run) = item {
                    size = size.max(run.size);
                    place(run, subsets, &mut characters);
                }
            }
            let misleads = has_false_space(&characters, size) || has_lone_mark(&characters, size);
            if misleads && !(first..at).any(|item| english.has_part(number, item)) {
                let text = characters.iter().map(|placed| placed.c).collect();
                found.texts.insert(first, text);
                found.ends.insert(at - 1);
            }
        }
        found
    }

    /// Opens the line that begins with an item, where it is one of these.
    pub fn open(&self, item: usize, ops: &mut Vec<Op>) {
        let Some(text) = self.texts.get(&item) else {
            return;
        };
        // UTF-16, the high byte first, behind its mark (7.9.2.2).
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        let data = units.flat_map(u16::to_be_bytes).collect();
        let literal = true;
        let value = DictItem::String { data, literal };
        ops.push(Op::BeginMarkedContentWithProperties {
            tag: "Span".to_owned(),
            properties: DictItem::Dict {
                map: [("ActualText".to_owned(), value)].into(),
            },
        });
    }

    /// Closes the line that ends with an item, where it is one of these.
    pub fn close(&self, item: usize, ops: &mut Vec<Op>) {
        if self.ends.contains(&item) {
            ops.push(Op::EndMarkedContent);
        }
    }
}

fn is_one_line(a: &Item, b: &Item) -> bool {
    match (a, b) {
        (Item::Run(a), Item::Run(b)) => a.part == b.part && a.y == b.y,
        _ => false,
    }
}

fn place(run: &Run, subsets: &Subsets, characters: &mut Vec<Placed>) {
    let mut x = run.x;
    for glyph in &run.glyphs {
        let width = subsets.character(run.face, glyph.c).map_or(0, |c| c.width);
        characters.push(Placed {
            c: glyph.c,
            start: x,
            end: x + f64::from(width) * run.size / 1000.0,
        });
        x += glyph.advance;
    }
}

fn has_false_space(characters: &[Placed], size: f64) -> bool {
    characters.windows(2).any(|pair| match pair {
        [a, b] => {
            let typed = a.c.is_whitespace() || b.c.is_whitespace();
            !typed && b.start - a.end > GAP * size
        }
        _ => false,
    })
}

/// Whether the mark behind a Latin letter, digit or sign is overlapped by the next.
fn has_lone_mark(characters: &[Placed], size: f64) -> bool {
    characters.windows(3).any(|three| match three {
        [a, b, c] => a.c.is_ascii() && !b.c.is_ascii() && b.end - c.start > GAP * size,
        _ => false,
    })
}
