//! The text of one cell: shaped once, broken at any width.

use super::atom::{Atom, Measure, atoms};
use super::breaking::{Line, Setting, line_count, lines};
use super::notes::NoteMark;
use super::opportunity::FORBIDDEN;
use crate::document::Table;
use crate::font::{Faces, Role};
use crate::form::{Cell, Content, LabelAlign, Phrase, Role as CellRole};

/// From one line to the next in a cell, in sizes of the type.
pub const LEADING: f64 = 1.25;
/// From one character to the next in an upright label, in sizes of the type.
pub const UPRIGHT_PITCH: f64 = 1.3;
/// Cost of a break inside a word of a label, where the form marks no break: breaking there must
/// save more than two lines.
const INSIDE_LABEL_WORD: f64 = 120.0;

/// Smallest type of a figure, in points: 小五. Below it print is hard to read.
pub const LEAST_FIGURE: f64 = 9.0;
/// Rounding in sums of widths, in points.
const ROUNDING: f64 = 0.001;

/// A cell's text at one size of type.
#[derive(Debug, Clone)]
pub struct CellText {
    /// Its atoms.
    pub atoms: Vec<Atom>,
    /// How it is set.
    pub mode: Mode,
    /// Whether its lines start at the left edge; if not they are centred.
    pub left: bool,
    /// The mark of a note, which hangs to the right of a figure.
    pub mark: Option<NoteMark>,
    /// The narrowest width at which no word is broken.
    least: f64,
    /// In how many lines a figure stands.
    figure_lines: usize,
}

/// How a cell's text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// In lines.
    Lines,
    /// A figure: one line, never broken.
    Figure,
    /// Upright characters below each other: a label far taller than wide.
    Upright,
}

impl CellText {
    /// Shapes the text of a cell of `table` at `size` points.
    pub fn new(faces: &Faces<'_>, table: &Table, cell: &Cell, size: f64) -> Self {
        let measure = Measure { size, square: size };
        match &cell.content {
            Content::Figure(id) => {
                let figure = table.figure(*id);
                let (value, unit) = figure.map(|figure| figure.printed()).unwrap_or_default();
                let mut atoms = atoms(
                    faces,
                    [(Role::Number, value.as_str()), (Role::Table, unit)],
                    measure,
                );
                for atom in &mut atoms {
                    atom.break_cost = FORBIDDEN;
                }
                let mark = NoteMark::new(faces, table, *id, size);
                Self::of(atoms, Mode::Figure, false, mark)
            }
            Content::Wording(role, wording) => {
                let phrase = wording.phrase(table.script);
                let mut atoms = atoms(faces, [(Role::Table, phrase.text.as_str())], measure);
                for (index, atom) in atoms.iter_mut().enumerate() {
                    if atom.break_cost < FORBIDDEN {
                        let marked = phrase.breaks.contains(&index);
                        atom.break_cost = if marked { 0.0 } else { INSIDE_LABEL_WORD };
                    }
                }
                let mode = if is_upright(cell, phrase) {
                    Mode::Upright
                } else {
                    Mode::Lines
                };
                let left = *role == CellRole::Label
                    && table.labels == LabelAlign::Left
                    && cell.row_span == 1;
                Self::of(atoms, mode, left, None)
            }
        }
    }

    fn of(mut atoms: Vec<Atom>, mode: Mode, left: bool, mark: Option<NoteMark>) -> Self {
        // Cells are narrow, and their figures stand alone: nothing is put beside them.
        for atom in &mut atoms {
            atom.space = 0.0;
        }
        let mut text = Self {
            atoms,
            mode,
            left,
            mark,
            least: 0.0,
            figure_lines: 1,
        };
        text.least = text.measured();
        text
    }

    /// The narrowest width at which no word is broken.
    pub fn least_width(&self) -> f64 {
        self.least
    }

    fn measured(&self) -> f64 {
        match self.mode {
            Mode::Figure => {
                // The figure is centred by itself: what hangs on its right is left free on its left.
                let mark = self.mark.as_ref().map_or(0.0, NoteMark::width);
                self.atoms.iter().map(|atom| atom.width).sum::<f64>() + 2.0 * mark
            }
            Mode::Upright => self
                .upright_lines()
                .iter()
                .map(|range| {
                    self.atoms[range.clone()]
                        .iter()
                        .map(|a| a.width)
                        .sum::<f64>()
                })
                .fold(0.0, f64::max),
            Mode::Lines => {
                let mut least: f64 = 0.0;
                let mut start = 0;
                for end in 1..=self.atoms.len() {
                    let is_break = self
                        .atoms
                        .get(end)
                        .is_none_or(|a| a.break_cost < INSIDE_LABEL_WORD);
                    if is_break {
                        let piece = lines(&self.atoms[start..end], unbroken());
                        least = least.max(piece.first().map_or(0.0, |line| line.width));
                        start = end;
                    }
                }
                least
            }
        }
    }

    /// The lines at a width of `width` points.
    pub fn lines(&self, width: f64) -> Vec<Line> {
        if self.mode == Mode::Figure && self.figure_lines == 1 {
            return lines(&self.atoms, unbroken());
        }
        lines(&self.atoms, within(width))
    }

    /// The characters of each line of an upright label: one, but a number with its mark (三、).
    pub fn upright_lines(&self) -> Vec<std::ops::Range<usize>> {
        let mut ranges: Vec<std::ops::Range<usize>> = Vec::new();
        for (index, atom) in self.atoms.iter().enumerate() {
            match ranges.last_mut() {
                Some(range) if atom.class.no_start() || self.atoms[index - 1].class.no_end() => {
                    range.end = index + 1;
                }
                _ => ranges.push(index..index + 1),
            }
        }
        ranges
    }

    /// Width of an upright line by which it is centred: marks hang to the right of it.
    pub fn upright_width(&self, range: &std::ops::Range<usize>) -> f64 {
        let line = &self.atoms[range.clone()];
        let marks = line
            .iter()
            .rev()
            .take_while(|atom| atom.class.blank_right())
            .count();
        line[..line.len() - marks]
            .iter()
            .map(|atom| atom.width)
            .sum()
    }

    /// The height of the text at a width of `width` points.
    pub fn height(&self, width: f64) -> f64 {
        let size = self.atoms.first().map_or(0.0, |atom| atom.size);
        match self.mode {
            Mode::Figure => self.figure_lines as f64 * size * LEADING,
            Mode::Upright => self.upright_lines().len() as f64 * size * UPRIGHT_PITCH,
            Mode::Lines => line_count(&self.atoms, within(width)) as f64 * size * LEADING,
        }
    }

    /// The least height in which the text can stand: upright characters can close up.
    pub fn least_height(&self, width: f64) -> f64 {
        let height = self.height(width);
        if self.mode == Mode::Upright {
            height / UPRIGHT_PITCH
        } else {
            height
        }
    }

    /// Shrinks a figure that is wider than `width`, so that it stays inside its cell, but not below
    /// [`LEAST_FIGURE`]: one that is too wide even so is broken into lines of equally many digits.
    pub fn fit(&mut self, width: f64) {
        let natural = self.least_width();
        let Some(size) = self.atoms.first().map(|atom| atom.size) else {
            return;
        };
        if self.mode != Mode::Figure || natural <= width || natural <= 0.0 {
            return;
        }
        let least = (LEAST_FIGURE / size).min(1.0);
        let factor = (width / natural).clamp(least, 1.0);
        for atom in &mut self.atoms {
            atom.scale(factor);
        }
        if let Some(mark) = &mut self.mark {
            mark.scale(factor);
        }
        self.least = self.measured();
        if self.least > width + ROUNDING {
            let count = self.atoms.len();
            let lines = (self.least / width.max(1.0)).ceil() as usize;
            let digits = count.div_ceil(lines.clamp(1, count));
            for index in 1..count {
                if (count - index).is_multiple_of(digits) {
                    self.atoms[index].break_cost = 0.0;
                }
            }
            self.figure_lines = count.div_ceil(digits);
        }
    }
}

fn within(width: f64) -> Setting {
    Setting {
        width,
        ..unbroken()
    }
}

fn unbroken() -> Setting {
    Setting {
        width: f64::MAX / 4.0,
        indent: 0.0,
        justify: false,
        trim_edges: true,
    }
}

/// A label is set upright where its rows are at least twice as many as its characters.
fn is_upright(cell: &Cell, phrase: &Phrase) -> bool {
    let characters = phrase.text.chars().count();
    cell.column_span == 1 && characters > 1 && cell.row_span >= 2 * characters
}
