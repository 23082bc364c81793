//! The notes below a table, and their marks in its cells.
//!
//! One 注： stands before all of them. Several are numbered, and each number stands raised behind the
//! figure that the note is about; of a single note it is 注 itself that stands there.

use std::rc::Rc;

use super::atom::{Atom, Measure, atoms};
use super::breaking::{Line, Setting, lines};
use super::frame::{NotePart, Part};
use super::geometry::TYPE_WIDTH;
use super::opportunity::FORBIDDEN;
use crate::document::Table;
use crate::font::{Faces, Role};
use crate::form::FigureId;

/// Space between a table and the notes below it, in points.
const GAP: f64 = 3.0;
/// Leading of notes, in sizes of their type.
const LEADING: f64 = 1.4;
/// Space between the number of a note and its text, in sizes of its type.
const NUMBER_GAP: f64 = 0.25;
/// Size of a mark in a cell, in sizes of the figure's type.
const MARK_SIZE: f64 = 0.6;
/// How far a mark is raised above the figure's baseline, in sizes of the figure's type.
pub(super) const MARK_RISE: f64 = 0.38;

/// The notes below a table, as lines.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// What stands on the lines.
    pub pieces: Vec<NotePiece>,
    /// How many lines there are.
    pub rows: usize,
    /// From one line to the next, in points.
    pub pitch: f64,
}

/// A piece of a line.
#[derive(Debug)]
pub(super) struct NotePiece {
    /// What it is.
    pub part: Part,
    /// The atoms that the lines of a text share.
    pub atoms: Rc<Vec<Atom>>,
    /// Which of them stand here.
    pub line: Line,
    /// From the left edge of the type area, in points.
    pub x: f64,
    /// The line that it stands on, from 0.
    pub row: usize,
}

impl Notes {
    /// The notes of the table that is this block, `size` points large.
    pub fn new(faces: &Faces<'_>, table: &Table, block: usize, size: f64) -> Self {
        let mut notes = Self {
            pitch: size * LEADING,
            ..Self::default()
        };
        if table.notes.is_empty() {
            return notes;
        }
        let set = |text: &str, width: f64| {
            let measure = Measure { size, square: size };
            let atoms = Rc::new(atoms(faces, [(Role::Table, text)], measure));
            let lines = lines(&atoms, ragged(width));
            (atoms, lines)
        };
        let width = |lines: &[Line]| lines.iter().map(|line| line.width).fold(0.0, f64::max);
        let part = |note, part| Part::Note { block, note, part };

        let (opening, opening_lines) = set("注：", TYPE_WIDTH);
        let start = width(&opening_lines);
        notes.add(part(0, NotePart::Opening), &opening, opening_lines, 0.0, 0);
        let is_numbered = table.notes.len() > 1;
        let numbers: Vec<_> = (0..table.notes.len())
            .filter(|_| is_numbered)
            .map(|note| set(&format!("{}.", note + 1), TYPE_WIDTH))
            .collect();
        let widest = numbers.iter().map(|(_, lines)| width(lines));
        let indent = match widest.reduce(f64::max) {
            Some(widest) => start + widest + NUMBER_GAP * size,
            None => start,
        };
        let mut numbers = numbers.into_iter();
        for (index, note) in table.notes.iter().enumerate() {
            if let Some((atoms, lines)) = numbers.next() {
                let row = notes.rows;
                notes.add(part(index, NotePart::Number), &atoms, lines, start, row);
            }
            let (atoms, lines) = set(&note.text, TYPE_WIDTH - indent);
            let (row, count) = (notes.rows, lines.len());
            notes.add(part(index, NotePart::Text), &atoms, lines, indent, row);
            notes.rows += count.max(1);
        }
        notes
    }

    fn add(&mut self, part: Part, atoms: &Rc<Vec<Atom>>, lines: Vec<Line>, x: f64, row: usize) {
        for (number, line) in lines.into_iter().enumerate() {
            self.pieces.push(NotePiece {
                part,
                atoms: Rc::clone(atoms),
                line,
                x,
                row: row + number,
            });
        }
    }

    /// The space above them, in points: none where there are none.
    pub fn gap(&self) -> f64 {
        if self.rows == 0 { 0.0 } else { GAP }
    }

    /// Their height with the space above them, in points.
    pub fn height(&self) -> f64 {
        self.gap() + self.pitch * self.rows as f64
    }
}

fn ragged(width: f64) -> Setting {
    Setting {
        width,
        indent: 0.0,
        justify: false,
        trim_edges: false,
    }
}

/// The mark of a note in its cell.
#[derive(Debug, Clone)]
pub struct NoteMark {
    /// The note's number in its table, from 0.
    pub note: usize,
    /// The mark's atoms.
    pub atoms: Vec<Atom>,
}

impl NoteMark {
    /// The mark behind a figure that is `size` points large; none where no note is about it.
    pub fn new(faces: &Faces<'_>, table: &Table, figure: FigureId, size: f64) -> Option<Self> {
        let note = table.note_on(figure)?;
        let size = size * MARK_SIZE;
        let measure = Measure { size, square: size };
        let mut atoms = if table.notes.len() > 1 {
            let number = (note + 1).to_string();
            atoms(faces, [(Role::Number, number.as_str())], measure)
        } else {
            atoms(faces, [(Role::Table, "注")], measure)
        };
        for atom in &mut atoms {
            atom.break_cost = FORBIDDEN;
            atom.c = raised(atom.c);
        }
        Some(Self { note, atoms })
    }

    /// Its width in points.
    pub fn width(&self) -> f64 {
        self.atoms.iter().map(|atom| atom.width).sum()
    }

    /// Its line.
    pub fn line(&self) -> Option<Line> {
        lines(&self.atoms, ragged(f64::MAX / 4.0))
            .into_iter()
            .next()
    }

    /// Makes it larger or smaller with its figure.
    pub fn scale(&mut self, factor: f64) {
        for atom in &mut self.atoms {
            atom.scale(factor);
        }
    }
}

/// The raised character of a digit: read out or copied as plain digits, `3` with note 1 would be 31.
fn raised(c: char) -> char {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digit = c.to_digit(10).and_then(|digit| usize::try_from(digit).ok());
    digit
        .and_then(|digit| RAISED.get(digit))
        .copied()
        .unwrap_or(c)
}
