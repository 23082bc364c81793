//! Tables that were laid out, for the reports to come.
//!
//! All reports on a form have the same labels in the same cells. Their widths and heights are found
//! once for each size of type; and as figures of a few digits all fit the narrowest column, the
//! columns of one report are as a rule those of the next.

use std::sync::Arc;

use super::cell::CellText;
use super::columns::Tracks;
use crate::document::{Cell, CellContent, Table};
use crate::font::Faces;
use crate::form::{LabelAlign, Script};
use crate::recent::Recent;

/// Tables of which labels are kept. A form has up to seven, and there are two scripts.
const TABLES: usize = 32;
/// Sizes of type kept of a table: between 9 and 12 pt there are seven.
const SIZES: usize = 16;
/// Columns kept of a table at one size, by what its figures need.
const COLUMNS: usize = 64;

/// Labels and columns of the tables of one library's faces.
pub(super) struct Kept(Recent<Shape, Shaped>);

/// A table without its figures.
struct Shape {
    script: Script,
    columns: usize,
    rows: usize,
    labels: LabelAlign,
    /// The label of each cell, none for a figure.
    cells: Vec<Cell<()>>,
}

/// What is kept of a table.
pub(super) struct Shaped(Recent<f64, Labels>);

/// A table's labels at one size of type.
pub(super) struct Labels {
    /// By the number of their cells; none for a figure.
    texts: Vec<Option<CellText>>,
    tracks: Recent<Vec<f64>, Tracks>,
}

impl Default for Kept {
    fn default() -> Self {
        Self(Recent::new(TABLES))
    }
}

impl Kept {
    /// What is kept of a table with these labels.
    pub fn of(&self, faces: &Faces<'_>, table: &Table) -> Arc<Shaped> {
        let script = faces.script();
        self.0
            .find(|shape| shape.script == script && shape.is(table))
            .unwrap_or_else(|| {
                let shape = Shape::of(script, table);
                self.0.keep(shape, Shaped(Recent::new(SIZES)))
            })
    }
}

impl Shape {
    fn of(script: Script, table: &Table) -> Self {
        let cells = table.cells.iter().map(|cell| Cell {
            row: cell.row,
            column: cell.column,
            row_span: cell.row_span,
            column_span: cell.column_span,
            content: match &cell.content {
                CellContent::Wording(role, phrase) => CellContent::Wording(*role, phrase.clone()),
                CellContent::Figure(_) => CellContent::Figure(()),
            },
        });
        Self {
            script,
            columns: table.columns,
            rows: table.rows,
            labels: table.labels,
            cells: cells.collect(),
        }
    }

    fn is(&self, table: &Table) -> bool {
        let place = |row, column, row_span, column_span| (row, column, row_span, column_span);
        (self.columns, self.rows, self.labels) == (table.columns, table.rows, table.labels)
            && self.cells.len() == table.cells.len()
            && self.cells.iter().zip(&table.cells).all(|(a, b)| {
                place(a.row, a.column, a.row_span, a.column_span)
                    == place(b.row, b.column, b.row_span, b.column_span)
                    && match (&a.content, &b.content) {
                        (CellContent::Wording(..), CellContent::Figure(_))
                        | (CellContent::Figure(()), CellContent::Wording(..)) => false,
                        (CellContent::Figure(()), CellContent::Figure(_)) => true,
                        (CellContent::Wording(role, a), CellContent::Wording(other, b)) => {
                            role == other && a == b
                        }
                    }
            })
    }
}

impl Shaped {
    /// The labels at `size` points.
    pub fn at(&self, faces: &Faces<'_>, table: &Table, size: f64) -> Arc<Labels> {
        self.0.find(|known| *known == size).unwrap_or_else(|| {
            let texts = table.cells.iter().map(|cell| match cell.content {
                CellContent::Wording(..) => Some(CellText::new(faces, cell, table.labels, size)),
                CellContent::Figure(_) => None,
            });
            let labels = Labels {
                texts: texts.collect(),
                tracks: Recent::new(COLUMNS),
            };
            self.0.keep(size, labels)
        })
    }
}

impl Labels {
    /// The label of a cell; none where it holds a figure.
    pub fn text(&self, cell: usize) -> Option<&CellText> {
        self.texts.get(cell)?.as_ref()
    }

    /// The tracks of the table where its columns need these widths, or else what `find` finds. Of
    /// the figures nothing else counts: one line of them is as high as another.
    pub fn tracks(&self, least: Vec<f64>, find: impl FnOnce(&[f64]) -> Tracks) -> Arc<Tracks> {
        self.tracks
            .find(|known| *known == least)
            .unwrap_or_else(|| {
                let tracks = find(&least);
                self.tracks.keep(least, tracks)
            })
    }
}
