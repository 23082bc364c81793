//! Blocks to pieces: lines of text and tables, each knowing whether it must stay with the next.

use std::rc::Rc;

use super::atom::{Atom, Measure, atoms};
use super::breaking::{Line, Setting, lines, lines_in};
use super::frame::{Area, Part};
use super::geometry::{SQUARE, TYPE_WIDTH, pitch};
use super::name::name_lines;
use super::notes::Notes;
use super::sealed;
use super::style::PageStyle;
use super::table::{Height, TableLayout};
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

impl Piece<'_> {
    /// Whether it stands on a page that lies on its side.
    pub fn is_turned(&self) -> bool {
        matches!(&self.kind, Kind::Table { layout, .. } if layout.turned)
    }
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

/// The pieces of a block on pages of `lines` lines.
pub(super) fn pieces<'a>(
    document: &'a Document,
    index: usize,
    faces: &Faces<'_>,
    style: &PageStyle,
    lines: usize,
) -> Vec<Piece<'a>> {
    let Some(block) = document.blocks.get(index) else {
        return Vec::new();
    };
    let text = Measure {
        size: style.text,
        square: SQUARE,
    };
    match block {
        Block::Paragraph(paragraph) => paragraph_pieces(faces, paragraph, text, index),
        Block::Table(table) => {
            let notes = Notes::new(faces, table, index, style.note);
            let layout = TableLayout::new(faces, table, notes.height(), style);
            vec![table_piece(table, layout, notes, index)]
        }
        Block::Signature { name, date, seal } => {
            let name = (name.as_str(), document.marks("signature.name"));
            let date = date.as_deref();
            let mut pieces = Vec::new();
            match seal {
                Some(seal) => {
                    let diameter = style.seal.unwrap_or(seal.diameter);
                    let seal = sealed::Pressed { seal, diameter };
                    let pitch = pitch(lines);
                    sealed::signature(faces, name, date, seal, text, pitch, index, &mut pieces);
                }
                None => signature(faces, name, date, text, index, &mut pieces),
            }
            pieces
        }
    }
}

/// A table's piece so set that it takes fewer lines of the page's grid; none where none are saved.
pub(super) fn lower<'a>(
    table: &'a Table,
    index: usize,
    faces: &Faces<'_>,
    style: &PageStyle,
    usual: &[Piece<'a>],
    height: Height,
) -> Option<Vec<Piece<'a>>> {
    let Kind::Table { layout, .. } = &usual.first()?.kind else {
        return None;
    };
    let notes = Notes::new(faces, table, index, style.note);
    let layout = layout.lower(faces, table, notes.height() + TABLE_GAP, style, height)?;
    Some(vec![table_piece(table, layout, notes, index)])
}

fn table_piece(table: &Table, layout: TableLayout, notes: Notes, block: usize) -> Piece<'_> {
    Piece {
        kind: Kind::Table {
            table,
            layout: Box::new(layout),
            notes,
            block,
        },
        keep_with_next: false,
    }
}

/// How paragraphs are set.
const PARAGRAPH: Setting = Setting {
    width: TYPE_WIDTH,
    indent: 2.0 * SQUARE,
    justify: true,
    trim_edges: false,
};
/// Longest paragraph that is set in a line more or less, in lines: a longer one reaches over more
/// than a page.
const MOST_LINES: usize = 24;

fn paragraph_pieces<'a>(
    faces: &Faces<'_>,
    paragraph: &Paragraph,
    measure: Measure,
    index: usize,
) -> Vec<Piece<'a>> {
    let runs = paragraph
        .runs
        .iter()
        .map(|(emphasis, text)| (role(*emphasis), text.as_str()));
    let atoms = Rc::new(atoms(faces, runs, measure));
    let lines = lines(&atoms, PARAGRAPH);
    line_pieces(&atoms, lines, index, paragraph.is_heading())
}

/// A text's pieces in a line more or less; none where that takes lines that look torn.
pub(super) fn relined<'a>(usual: &[Piece<'_>], more: bool) -> Option<Vec<Piece<'a>>> {
    let last = usual.last().filter(|last| !last.keep_with_next)?;
    let Kind::Line {
        part: Part::Block { block, .. },
        atoms,
        line,
        ..
    } = &last.kind
    else {
        return None;
    };
    // A line more is made of a long last line, a line less of a short one.
    let is_long = line.width > TYPE_WIDTH / 2.0;
    if is_long != more || usual.len() > MOST_LINES {
        return None;
    }
    let count = if more {
        usual.len() + 1
    } else {
        usual.len() - 1
    };
    let lines = lines_in(atoms, PARAGRAPH, count)?;
    Some(line_pieces(atoms, lines, *block, false))
}

fn line_pieces<'a>(
    atoms: &Rc<Vec<Atom>>,
    lines: Vec<Line>,
    block: usize,
    is_heading: bool,
) -> Vec<Piece<'a>> {
    let count = lines.len();
    let lines = lines.into_iter().enumerate();
    let pieces = lines.map(|(number, line)| Piece {
        kind: Kind::Line {
            part: Part::Block { block, run: 0 },
            atoms: Rc::clone(atoms),
            line,
            x: 0.0,
        },
        // No last line alone at the head of a page, and none of two parted.
        keep_with_next: is_heading || number + 2 == count,
    });
    pieces.collect()
}

/// GB/T 9704—2012, 7.3.5.2, without a seal: one blank line, the organ two characters in from the
/// right; the date below, its first character two to the right of the organ's first. A date that
/// is longer than that leaves room for stands two in from the right, and the organ moves left.
fn signature(
    faces: &Faces<'_>,
    (name, marks): (&str, &[usize]),
    date: Option<&str>,
    measure: Measure,
    index: usize,
    pieces: &mut Vec<Piece<'_>>,
) {
    let room = TYPE_WIDTH - 2.0 * SQUARE;
    let names = signed(faces, (name, marks), measure, room - 2.0 * SQUARE);
    let dates = date.map(|date| signed(faces, (date, &[]), measure, room));
    let dates = dates.unwrap_or_default();
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

/// The lines of a name, with where it is best broken, or of a date; with the atoms that they share.
pub(super) fn signed(
    faces: &Faces<'_>,
    (text, marks): (&str, &[usize]),
    measure: Measure,
    width: f64,
) -> Vec<(Rc<Vec<Atom>>, Line)> {
    let mut atoms = atoms(faces, [(Role::Text, text)], measure);
    // A signature is counted in characters (GB/T 9704—2012, 7.3.5), and has to stand inside its seal.
    for atom in &mut atoms {
        atom.space = 0.0;
    }
    let atoms = Rc::new(atoms);
    name_lines(&atoms, marks, width)
        .into_iter()
        .map(|line| (Rc::clone(&atoms), line))
        .collect()
}
