//! A table at the size of type that suits it, and how it is divided among pages.

use std::ops::Range;

use super::cell::CellText;
use super::columns::{Spacing, Tracks, row_heights, tracks};
use super::geometry::{LINE_PITCH, TYPE_HEIGHT, TYPE_WIDTH};
use super::style::PageStyle;
use crate::document::Table;
use crate::font::Faces;
use crate::form::{Cell, Content};

/// Difference between the sizes of type that are tried for a table, in points.
const STEP: f64 = 0.5;

/// Size of type of a table that is divided among pages: 五号, in points.
const DIVIDED: f64 = 10.5;

/// A table laid out at one size, not yet on a page.
#[derive(Debug, Clone)]
pub struct TableLayout {
    /// Its distances.
    pub spacing: Spacing,
    /// Column widths and row heights.
    pub tracks: Tracks,
    /// The text of each cell, in the order of the cells.
    pub texts: Vec<CellText>,
}

impl TableLayout {
    /// Lays a table out at the largest size at which it fits one page below its heading; `below`
    /// is the height of what must stay with it (its notes). A table that fits at none is divided
    /// anyway: it is set at [`DIVIDED`], or smaller where its figures need that.
    pub(super) fn new(faces: &Faces<'_>, table: &Table, below: f64, style: &PageStyle) -> Self {
        let room = TYPE_HEIGHT - LINE_PITCH - below;
        let most_divided = DIVIDED.clamp(style.table_min, style.table_max);
        let mut divided: Option<Self> = None;
        for size in sizes(style) {
            let found = divided.as_ref().is_some_and(|layout| layout.tracks.sound);
            let may_divide = size <= most_divided && !found;
            // Rows that are too many even if each is as low as can be need no columns.
            let may_fit = table.rows as f64 * Spacing::at(size).least_row <= room;
            if !may_fit && !may_divide {
                continue;
            }
            let layout = Self::at(faces, table, size);
            if layout.tracks.sound && layout.height() <= room {
                divided = Some(layout);
                break;
            }
            if may_divide {
                divided = Some(layout);
            }
        }
        let mut layout = divided.unwrap_or_else(|| Self::at(faces, table, most_divided));
        layout.fit_figures(table);
        layout
    }

    fn at(faces: &Faces<'_>, table: &Table, size: f64) -> Self {
        let spacing = Spacing::at(size);
        let cells = table.cells.iter();
        let texts = cells.map(|cell| CellText::new(faces, table, cell, size));
        let texts: Vec<CellText> = texts.collect();
        Self {
            spacing,
            tracks: tracks(table, &texts, TYPE_WIDTH, spacing),
            texts,
        }
    }

    /// Figures that are too wide for their columns even so are set smaller.
    fn fit_figures(&mut self, table: &Table) {
        for (cell, text) in table.cells.iter().zip(&mut self.texts) {
            let span = cell.column..cell.column + cell.column_span;
            let width: f64 = self.tracks.columns[span].iter().sum();
            text.fit(width - 2.0 * self.spacing.pad_x);
        }
        if !self.tracks.sound {
            self.tracks.rows = row_heights(table, &self.texts, &self.tracks.columns, self.spacing);
        }
    }

    /// The whole height.
    pub fn height(&self) -> f64 {
        self.tracks.rows.iter().sum()
    }

    /// The height of the least that may stand on a page before the table is divided: the
    /// heading and the body rows as far as the first break that is allowed.
    pub fn least_start(&self, table: &Table) -> f64 {
        let first = table.header_rows;
        let end = (first + 1..table.rows)
            .find(|end| self.may_break(table, first, *end))
            .unwrap_or(table.rows);
        self.span_height(0..end)
    }

    /// Divides the rows among pages: `first` points are left on this page, a whole page after
    /// that; the last part has room for `below` points under it. Each part lists its body rows;
    /// the heading comes on top of every part.
    pub fn parts(&self, table: &Table, first: f64, below: f64) -> Vec<Range<usize>> {
        let head: f64 = self.tracks.rows[..table.header_rows].iter().sum();
        let mut parts = Vec::new();
        let mut start = table.header_rows;
        let mut room = first - head;
        while self.span_height(start..table.rows) + below > room {
            let fit = (start..table.rows)
                .take_while(|row| self.span_height(start..row + 1) <= room)
                .last();
            // A row that is taller than a page stands alone on one.
            let fit = fit.map_or(start + 1, |row| row + 1).min(table.rows - 1);
            if fit <= start {
                break;
            }
            let end = (start + 1..=fit)
                .rev()
                .find(|end| self.may_break(table, start, *end))
                .unwrap_or(fit);
            parts.push(start..end);
            start = end;
            room = TYPE_HEIGHT - head;
        }
        parts.push(start..table.rows);
        parts
    }

    fn span_height(&self, rows: Range<usize>) -> f64 {
        self.tracks.rows[rows].iter().sum()
    }

    /// Whether a break before row `end` leaves no heading behind, parts no figure, and gives
    /// every label that it parts room for its text on both sides; `start` is the first row on
    /// the page.
    fn may_break(&self, table: &Table, start: usize, end: usize) -> bool {
        let parted = |cell: &Cell| cell.row < end && end < cell.row + cell.row_span;
        if is_heading(table, end - 1) {
            return false;
        }
        table
            .cells
            .iter()
            .zip(&self.texts)
            .filter(|(cell, _)| parted(cell))
            .all(|(cell, text)| {
                if matches!(cell.content, Content::Figure(_)) {
                    return false;
                }
                let columns = cell.column..cell.column + cell.column_span;
                let width: f64 = self.tracks.columns[columns].iter().sum();
                let need = text.least_height(width - 2.0 * self.spacing.pad_x);
                let above = self.span_height(cell.row.max(start)..end);
                let below = self.span_height(end..cell.row + cell.row_span);
                above >= need && below >= need
            })
    }
}

/// The sizes of type that are tried for a table, in points, best first: 小四 (12) down to 小五 (9)
/// where the style says nothing else.
fn sizes(style: &PageStyle) -> impl Iterator<Item = f64> {
    let (least, most) = (style.table_min, style.table_max);
    let between = (0..=(most / STEP) as usize)
        .rev()
        .map(|step| step as f64 * STEP)
        .take_while(move |size| *size > least)
        .filter(move |size| *size < most);
    std::iter::once(most)
        .chain(between)
        .chain((least < most).then_some(least))
}

/// Whether a row is a heading inside the table: one cell of wording over all columns.
fn is_heading(table: &Table, row: usize) -> bool {
    table.cells.iter().any(|cell| {
        cell.row == row
            && cell.row_span == 1
            && cell.column_span == table.columns
            && table.columns > 1
            && matches!(cell.content, Content::Wording(..))
    })
}
