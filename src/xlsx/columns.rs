//! Widths of a table's columns.

use std::ops::Range;

use super::measure::{self, longest_piece};
use super::page;
use super::style::{Stance, stance};
use crate::document::Table;
use crate::form::{Cell, Content, FigureId, Role};

/// Narrowest column that holds figures, in half characters: six digits and some air.
const NARROWEST_FIGURE: u32 = 7;
/// Narrowest column of any other kind, in half characters.
const NARROWEST: u32 = 3;
/// Half characters of a sum of money with four decimal places: `59237.2449`.
const MONEY: u32 = 10;
/// Lines that a label should not have more of.
const MOST_LINES: usize = 3;
/// Widest column that is made so that a label has fewer lines, in half characters.
const WIDEST: u32 = 60;

/// The widths of a table's columns, in pixels.
#[derive(Debug)]
pub(super) struct Columns {
    widths: Vec<u32>,
}

impl Columns {
    /// Widths at which no official break mark and no number is forced, labels stay short, and
    /// the table fills the printed page.
    pub fn new(table: &Table) -> Self {
        let mut columns = Self {
            widths: vec![measure::pixels(NARROWEST); table.columns],
        };
        // Cells of one column first: what they need, the wider ones then have.
        for single in [true, false] {
            for cell in &table.cells {
                if (cell.column_span == 1) == single {
                    columns.hold(cell, needed(table, cell));
                }
            }
        }
        for cell in &table.cells {
            columns.shorten(table, cell, MOST_LINES, u32::MAX);
        }
        // What the page still has goes to the labels first, then to all columns alike.
        let page = page::width(table);
        for cell in &table.cells {
            columns.shorten(table, cell, MOST_LINES - 1, page);
        }
        columns.fill(page);
        for cell in &table.cells {
            columns.mend(table, cell);
        }
        columns
    }

    /// The widths, in pixels.
    pub fn widths(&self) -> &[u32] {
        &self.widths
    }

    /// Half characters that find room in the columns of `cell`.
    pub fn room(&self, cell: &Cell) -> u32 {
        measure::halves(self.across(cell))
    }

    fn across(&self, cell: &Cell) -> u32 {
        self.widths.get(span(cell)).unwrap_or_default().iter().sum()
    }

    /// Widens the columns of `cell` by equal parts until it holds so many half characters.
    fn hold(&mut self, cell: &Cell, halves: u32) {
        let lacking = measure::pixels(halves).saturating_sub(self.across(cell));
        if let Some(widths) = self.widths.get_mut(span(cell)) {
            share(widths, lacking);
        }
    }

    /// Widens the last column of a label that stands in one row until it has no more than
    /// `most` lines, as long as the table is narrower than `page` pixels.
    fn shorten(&mut self, table: &Table, cell: &Cell, most: usize, page: u32) {
        let Some(text) = running_label(table, cell).filter(|_| cell.row_span == 1) else {
            return;
        };
        let widest = measure::pixels(WIDEST);
        let mut spare = page.saturating_sub(self.widths.iter().sum());
        while spare > 0 && measure::lines(text, self.room(cell)).count > most {
            let last = span(cell).end.saturating_sub(1);
            match self.widths.get_mut(last) {
                Some(width) if *width < widest => *width += 1,
                _ => break,
            }
            spare -= 1;
        }
    }

    /// Widens all columns in proportion until the table is `total` pixels wide.
    fn fill(&mut self, total: u32) {
        let now: u32 = self.widths.iter().sum();
        if now == 0 || now >= total {
            return;
        }
        for width in &mut self.widths {
            *width = *width * total / now;
        }
    }

    /// Widens the last column of a label by up to three characters where that keeps a single
    /// character from standing on a line of its own, also where a line holds one character
    /// more than is counted on.
    fn mend(&mut self, table: &Table, cell: &Cell) {
        let Some(text) = running_label(table, cell) else {
            return;
        };
        let orphan = |room: u32| measure::lines(text, room).end_in_one_character();
        let sound = |room: &u32| !(*room..=*room + 2).any(orphan);
        let room = self.room(cell);
        if let Some(wider) = (room..=room + 6).find(sound).filter(|wider| *wider > room) {
            let lacking = measure::pixels(wider).saturating_sub(self.across(cell));
            if let Some(width) = self.widths.get_mut(span(cell).end.saturating_sub(1)) {
                *width += lacking;
            }
        }
    }
}

fn span(cell: &Cell) -> Range<usize> {
    cell.column..cell.column + cell.column_span
}

/// Adds `total` to the widths by equal parts; what does not divide goes to the first ones.
fn share(widths: &mut [u32], total: u32) {
    let count = u32::try_from(widths.len()).unwrap_or(u32::MAX).max(1);
    let (each, mut over) = (total / count, total % count);
    for width in widths {
        *width += each + over.min(1);
        over = over.saturating_sub(1);
    }
}

/// Half characters that the widest unbroken part of a cell needs.
fn needed(table: &Table, cell: &Cell) -> u32 {
    match &cell.content {
        Content::Figure(id) => {
            // One more for the sign, or for the digit that next year's number has more.
            let width = figure_width(table, *id) + 1;
            let columns = u32::try_from(cell.column_span).unwrap_or(1);
            width.max(NARROWEST_FIGURE.saturating_mul(columns))
        }
        Content::Wording(_, wording) => match stance(table, cell) {
            // One character wide, however long.
            Some(Stance::Upright) => 2,
            _ => longest_piece(wording.phrase(table.script)),
        },
    }
}

/// How wide a figure is, in half characters; of one that is not there yet what it is likely to be.
fn figure_width(table: &Table, id: FigureId) -> u32 {
    match table.figure(id) {
        Some(figure) => measure::width(&figure.text()),
        None if table.slot(id).kind.is_decimal() => MONEY,
        None => 0,
    }
}

/// The text of a label that runs across.
fn running_label<'a>(table: &Table, cell: &'a Cell) -> Option<&'a str> {
    match &cell.content {
        Content::Wording(Role::Label | Role::Note, wording)
            if stance(table, cell) != Some(Stance::Upright) =>
        {
            Some(wording.text(table.script))
        }
        _ => None,
    }
}
