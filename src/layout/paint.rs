//! A part of a table to items on a page: tints, rules, text.

use super::cell::{CellText, LEADING, Mode, UPRIGHT_PITCH};
use super::frame::{Area, Item, NotePart, Part, Rule};
use super::geometry::BASELINE;
use super::notes::MARK_RISE;
use super::paragraph::runs;
use super::table::TableLayout;
use crate::document::Table;
use crate::font::Faces;
use crate::form::{Cell, Content, Role};

/// One part of a table on a page: the heading's rows and the body rows `body`.
pub struct TablePart<'a> {
    /// The faces.
    pub faces: &'a Faces<'a>,
    /// The table.
    pub table: &'a Table,
    /// Its layout.
    pub layout: &'a TableLayout,
    /// Number of its block in the document.
    pub block: usize,
    /// Which part of the table it is, from 0.
    pub number: usize,
    /// The body rows shown.
    pub body: std::ops::Range<usize>,
    /// How much higher than it needs to be each row is, in points.
    pub stretch: f64,
    /// Thickness of the rules, in points.
    pub rule: f64,
    /// The upper left corner, in points.
    pub origin: (f64, f64),
}

impl TablePart<'_> {
    /// The rows shown, from the top.
    fn rows(&self) -> Vec<usize> {
        (0..self.table.header_rows)
            .chain(self.body.clone())
            .collect()
    }

    /// The height of the part.
    pub fn height(&self) -> f64 {
        self.rows().iter().map(|row| self.row_height(*row)).sum()
    }

    fn row_height(&self, row: usize) -> f64 {
        self.layout.tracks.rows[row] + self.stretch
    }

    /// Draws the part.
    pub fn items(&self) -> Vec<Item> {
        let rows = self.rows();
        let ys = edges(self.origin.1, rows.iter().map(|row| self.row_height(*row)));
        let xs = edges(self.origin.0, self.layout.tracks.columns.iter().copied());
        let mut items = Vec::new();
        let mut texts = Vec::new();
        for (index, cell) in self.table.cells.iter().enumerate() {
            let shown: Vec<usize> = (0..rows.len())
                .filter(|at| (cell.row..cell.row + cell.row_span).contains(&rows[*at]))
                .collect();
            let (Some(first), Some(last)) = (shown.first(), shown.last()) else {
                continue;
            };
            let area = Area {
                x: xs[cell.column],
                y: ys[*first],
                width: xs[cell.column + cell.column_span] - xs[cell.column],
                height: ys[last + 1] - ys[*first],
            };
            if matches!(cell.content, Content::Wording(Role::Band, _)) {
                items.push(Item::Tint(area));
            }
            let is_head = cell.row < self.table.header_rows;
            let part = if is_head && self.number > 0 {
                Part::RepeatedHead {
                    block: self.block,
                    cell: index,
                }
            } else {
                Part::Cell {
                    block: self.block,
                    cell: index,
                    part: self.number,
                }
            };
            self.text(&self.layout.texts[index], area, part, &mut texts);
        }
        items.extend(self.rules(&rows, &xs, &ys).into_iter().map(Item::Rule));
        items.extend(texts);
        items
    }

    fn text(&self, text: &CellText, area: Area, part: Part, items: &mut Vec<Item>) {
        let Some(size) = text.atoms.first().map(|atom| atom.size) else {
            return;
        };
        let pad = self.layout.spacing.pad_x;
        let (lines, pitch): (Vec<_>, f64) = match text.mode {
            Mode::Upright => {
                let ranges = text.upright_lines();
                let room = area.height / ranges.len() as f64;
                let lines = ranges.iter().map(|range| {
                    let mut x = 0.0;
                    let positions = text.atoms[range.clone()]
                        .iter()
                        .map(|atom| {
                            x += atom.width;
                            x - atom.width
                        })
                        .collect();
                    let width = text.upright_width(range);
                    super::breaking::Line {
                        start: range.start,
                        end: range.end,
                        positions,
                        width,
                    }
                });
                (lines.collect(), (UPRIGHT_PITCH * size).min(room))
            }
            Mode::Lines | Mode::Figure => (text.lines(area.width - 2.0 * pad), LEADING * size),
        };
        let height = pitch * lines.len() as f64;
        let top = area.y + (area.height - height) / 2.0;
        for (index, line) in lines.iter().enumerate() {
            let x = if text.left {
                area.x + pad
            } else {
                area.x + (area.width - line.width) / 2.0
            };
            let line_top = top + pitch * index as f64 + (pitch - size) / 2.0;
            let y = line_top + BASELINE * size;
            let line_runs = runs(self.faces, &text.atoms, line, x, y, part);
            items.extend(line_runs.into_iter().map(Item::Run));
            if let Some(mark) = &text.mark
                && let Some(mark_line) = mark.line()
            {
                let part = Part::Note {
                    block: self.block,
                    note: mark.note,
                    part: NotePart::Mark,
                };
                let (x, y) = (x + line.width, y - MARK_RISE * size);
                let mark_runs = runs(self.faces, &mark.atoms, &mark_line, x, y, part);
                items.extend(mark_runs.into_iter().map(Item::Run));
            }
        }
    }

    /// The rules between cells, each as long as it runs.
    #[allow(clippy::needless_range_loop)] // `edge` counts the lines between rows and columns
    fn rules(&self, rows: &[usize], xs: &[f64], ys: &[f64]) -> Vec<Rule> {
        let columns = self.table.columns;
        let owner = self.owners();
        let at = |row: Option<usize>, column: Option<usize>| {
            let row = rows.get(row?)?;
            owner
                .get(row * columns + column?)
                .copied()
                .flatten()
                .filter(|_| column.is_some_and(|c| c < columns))
        };
        let mut rules = Vec::new();
        for edge in 0..=rows.len() {
            let differs = |column: usize| {
                at(edge.checked_sub(1), Some(column)) != at(Some(edge), Some(column))
            };
            for (from, to) in stretches(columns, differs) {
                rules.push(Rule {
                    from: (xs[from], ys[edge]),
                    to: (xs[to], ys[edge]),
                    width: self.rule,
                });
            }
        }
        for edge in 0..=columns {
            let differs =
                |row: usize| at(Some(row), edge.checked_sub(1)) != at(Some(row), Some(edge));
            for (from, to) in stretches(rows.len(), differs) {
                rules.push(Rule {
                    from: (xs[edge], ys[from]),
                    to: (xs[edge], ys[to]),
                    width: self.rule,
                });
            }
        }
        rules
    }

    /// Which cell covers each square of the grid.
    fn owners(&self) -> Vec<Option<usize>> {
        let mut owner = vec![None; self.table.rows * self.table.columns];
        for (index, cell) in self.table.cells.iter().enumerate() {
            let Cell {
                row,
                column,
                row_span,
                column_span,
                ..
            } = *cell;
            for r in row..row + row_span {
                for c in column..column + column_span {
                    owner[r * self.table.columns + c] = Some(index);
                }
            }
        }
        owner
    }
}

/// The edges of consecutive lengths, from `start`.
fn edges(start: f64, lengths: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut edges = vec![start];
    let mut at = start;
    for length in lengths {
        at += length;
        edges.push(at);
    }
    edges
}

/// The stretches of `0..count` in which `test` holds, as start and end.
fn stretches(count: usize, test: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = None;
    for at in 0..=count {
        match (start, at < count && test(at)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                found.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    found
}
