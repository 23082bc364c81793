//! Blocks to pieces: lines of text and tables, each knowing whether it must stay with the next.

use std::rc::Rc;

use super::atom::{Atom, Measure, atoms};
use super::breaking::{Line, Setting, lines};
use super::frame::{Area, Part};
use super::geometry::{SQUARE, TYPE_WIDTH};
use super::notes::Notes;
use super::sealed;
use super::style::PageStyle;
use super::table::TableLayout;
use crate::document::{Block, Document, Emphasis, Paragraph, Table};
use crate::font::{Faces, Role};

/// Space between a table and what is above and below it, in points.
pub(super) const TABLE_GAP: f64 = 4.0;
/// What is placed as one: a line of text or a table.
pub(super) struct Piece<'a> {
    /// What it is.
    pub kind: Kind<'a>,
    /// Whether no page break may come behind it.
    pub keep_with_next: bool,
}

/// What a piece is.
pub(super) enum Kind<'a> {
    /// A line on the page's grid, with its start and the atoms that it shares.
    Line {
        /// What it belongs to.
        part: Part,
        atoms: Rc<Vec<Atom>>,
        line: Line,
        x: f64,
    },
    /// A blank line.
    Blank,
    /// A picture that takes no room in the flow.
    Picture {
        /// The block that it belongs to.
        block: usize,
        /// What it fills, from the left edge of the type area and from where the piece before it
        /// ends.
        area: Area,
    },
    /// A table and the notes below it.
    Table {
        table: &'a Table,
        layout: Box<TableLayout>,
        notes: Notes,
        block: usize,
    },
}

fn role(emphasis: Emphasis) -> Role {
    match emphasis {
        Emphasis::Heading1 => Role::Heading,
        Emphasis::Heading2 => Role::Subheading,
        Emphasis::Heading3 | Emphasis::Heading4 | Emphasis::Text => Role::Text,
    }
}

/// The pieces of a document below its title.
pub(super) fn pieces<'a>(
    document: &'a Document,
    faces: &Faces<'_>,
    style: &PageStyle,
) -> Vec<Piece<'a>> {
    let text = Measure {
        size: style.text,
        square: SQUARE,
    };
    let mut pieces: Vec<Piece<'a>> = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        match block {
            Block::Paragraph(paragraph) => text_pieces(faces, paragraph, text, index, &mut pieces),
            Block::Table(table) => {
                let notes = Notes::new(faces, table, index, style.note);
                let below = notes.height() + TABLE_GAP;
                let layout = TableLayout::new(faces, table, below, style);
                pieces.push(Piece {
                    kind: Kind::Table {
                        table,
                        layout: Box::new(layout),
                        notes,
                        block: index,
                    },
                    keep_with_next: false,
                });
            }
            Block::Signature { name, date, seal } => {
                // GB/T 9704—2012, 7.3.5.2: the signature must not stand on a page without text.
                if let Some(last) = pieces.last_mut() {
                    last.keep_with_next = true;
                }
                let date = date.as_deref();
                match seal {
                    Some(seal) => {
                        let diameter = style.seal.unwrap_or(seal.diameter);
                        let seal = sealed::Pressed { seal, diameter };
                        sealed::signature(faces, name, date, seal, text, index, &mut pieces);
                    }
                    None => signature(faces, name, date, text, index, &mut pieces),
                }
            }
        }
    }
    pieces
}

fn text_pieces(
    faces: &Faces<'_>,
    paragraph: &Paragraph,
    measure: Measure,
    index: usize,
    pieces: &mut Vec<Piece<'_>>,
) {
    let runs = paragraph
        .runs
        .iter()
        .map(|(emphasis, text)| (role(*emphasis), text.as_str()));
    let atoms = Rc::new(atoms(faces, runs, measure));
    let setting = Setting {
        width: TYPE_WIDTH,
        indent: 2.0 * SQUARE,
        justify: true,
        trim_edges: false,
    };
    let lines = lines(&atoms, setting);
    let count = lines.len();
    for (number, line) in lines.into_iter().enumerate() {
        // No last line alone at the head of a page, and none of two parted.
        let second_last = number + 2 == count;
        pieces.push(Piece {
            kind: Kind::Line {
                part: Part::Block {
                    block: index,
                    run: 0,
                },
                atoms: Rc::clone(&atoms),
                line,
                x: 0.0,
            },
            keep_with_next: second_last || paragraph.is_heading(),
        });
    }
}

/// GB/T 9704—2012, 7.3.5.2, without a seal: one blank line, the organ two characters in from the
/// right; the date below, its first character two to the right of the organ's first. A date that
/// is longer than that leaves room for stands two in from the right, and the organ moves left.
fn signature(
    faces: &Faces<'_>,
    name: &str,
    date: Option<&str>,
    measure: Measure,
    index: usize,
    pieces: &mut Vec<Piece<'_>>,
) {
    let broken = |text: &str, width: f64| ragged(faces, text, measure, width);
    let room = TYPE_WIDTH - 2.0 * SQUARE;
    let names = broken(name, room - 2.0 * SQUARE);
    let dates = date.map(|date| broken(date, room)).unwrap_or_default();
    let name_width = names.iter().map(|(_, line)| line.width).fold(0.0, f64::max);
    let date_width = dates.iter().map(|(_, line)| line.width).fold(0.0, f64::max);
    let mut name_x = room - name_width;
    let mut date_x = name_x + 2.0 * SQUARE;
    if date_x + date_width > room {
        date_x = room - date_width;
        if dates.len() == 1 {
            name_x = name_x.min(date_x - 2.0 * SQUARE);
        }
    }
    pieces.push(Piece {
        kind: Kind::Blank,
        keep_with_next: true,
    });
    let lines = names
        .into_iter()
        .map(|l| (l, name_x, 0))
        .chain(dates.into_iter().map(|l| (l, date_x, 1)));
    for ((atoms, line), x, run) in lines {
        pieces.push(Piece {
            kind: Kind::Line {
                part: Part::Block { block: index, run },
                atoms,
                line,
                x: x.max(0.0),
            },
            keep_with_next: true,
        });
    }
    if let Some(last) = pieces.last_mut() {
        last.keep_with_next = false;
    }
}

/// Lines of text that are not stretched, with the atoms that they share.
pub(super) fn ragged(
    faces: &Faces<'_>,
    text: &str,
    measure: Measure,
    width: f64,
) -> Vec<(Rc<Vec<Atom>>, Line)> {
    let atoms = Rc::new(atoms(faces, [(Role::Text, text)], measure));
    let setting = Setting {
        width,
        indent: 0.0,
        justify: false,
        trim_edges: false,
    };
    lines(&atoms, setting)
        .into_iter()
        .map(|line| (Rc::clone(&atoms), line))
        .collect()
}
