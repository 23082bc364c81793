//! Pieces to places: on which page each stands and how far down. Only numbers, so that many ways to
//! fit a report to its pages can be tried.
//!
//! A line takes its square and half of the gap to the next on both sides, so heights are counted
//! from half a gap above the type area: there the first line's share begins.

use std::ops::Range;

use super::geometry::{SQUARE, TYPE_HEIGHT, TYPE_WIDTH, pitch};
use super::pieces::{Kind, Piece, TABLE_GAP};

/// Rounding in sums of heights, in points.
const EPSILON: f64 = 0.01;
/// How much higher the rows of a table may become where it fills its page, in lowest rows.
const HIGHER: f64 = 0.2;

/// How pieces are to be paged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Way {
    /// Lines on a page.
    pub lines: usize,
    /// Whether a table may be parted at its bands though it fits a page.
    pub bands: bool,
}

/// A page as places.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Sheet {
    /// Whether the page lies on its side.
    pub turned: bool,
    /// What stands on it, from the top.
    pub slots: Vec<Slot>,
    /// How far it is filled, in points.
    pub end: f64,
    /// How many blank lines are on it.
    blanks: usize,
}

/// A piece, or a part of a table, on a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Slot {
    /// Which piece.
    pub piece: usize,
    /// Where its share of the page begins, in points.
    pub y: f64,
    /// Which part of a table it is, from 0, and the body rows of it.
    pub part: Option<(usize, Range<usize>)>,
    /// What each row of a table is higher than it needs to be, in points.
    pub stretch: f64,
}

/// Pages the pieces; with each goes whether no page break may come behind it.
pub(super) fn paged(pieces: &[(&Piece<'_>, bool)], way: Way) -> Vec<Sheet> {
    let mut pager = Pager {
        pieces,
        way,
        pitch: pitch(way.lines),
        sheets: Vec::new(),
        sheet: Sheet::default(),
    };
    let mut start = 0;
    for (index, (_, keep)) in pieces.iter().enumerate() {
        if !keep || index + 1 == pieces.len() {
            pager.group(start..index + 1);
            start = index + 1;
        }
    }
    pager.sheets.push(pager.sheet);
    pager.sheets
}

struct Pager<'p, 'a> {
    pieces: &'p [(&'p Piece<'a>, bool)],
    way: Way,
    pitch: f64,
    sheets: Vec<Sheet>,
    sheet: Sheet,
}

impl Pager<'_, '_> {
    fn half_gap(&self) -> f64 {
        (self.pitch - SQUARE) / 2.0
    }

    /// The height of the type area.
    fn height(&self) -> f64 {
        if self.sheet.turned {
            TYPE_WIDTH
        } else {
            TYPE_HEIGHT
        }
    }

    /// How far down lines may reach, and how far tables.
    fn limits(&self) -> (f64, f64) {
        let half = self.half_gap();
        let height = self.height();
        (height + 2.0 * half + EPSILON, height + half + EPSILON)
    }

    fn new_sheet(&mut self, turned: bool) {
        let next = Sheet {
            turned,
            ..Sheet::default()
        };
        self.sheets.push(std::mem::replace(&mut self.sheet, next));
    }

    fn push(&mut self, piece: usize, y: f64) {
        self.sheet.slots.push(Slot {
            piece,
            y,
            part: None,
            stretch: 0.0,
        });
    }

    /// The next line of the page's grid at or below `y`.
    fn snapped(&self, y: f64) -> f64 {
        ((y - EPSILON) / self.pitch).ceil().max(0.0) * self.pitch
    }

    /// Places pieces that must not be parted.
    fn group(&mut self, range: Range<usize>) {
        let turned = self.pieces[range.clone()].iter().any(|p| p.0.is_turned());
        if turned != self.sheet.turned {
            if self.sheet.slots.is_empty() {
                self.sheet.turned = turned;
            } else {
                self.new_sheet(turned);
            }
        }
        let fits_a_page = self.fits(0.0, range.clone(), None);
        let fits_at = |pager: &Self, y| {
            let least = (!fits_a_page).then_some(false);
            pager.fits(y, range.clone(), least)
        };
        let mut bands = false;
        if !fits_at(self, self.sheet.end) {
            bands = self.way.bands
                && !turned
                && fits_a_page
                && self.fits(self.sheet.end, range.clone(), Some(true));
            if !bands && !self.sheet.slots.is_empty() && fits_at(self, 0.0) {
                self.new_sheet(turned);
            }
        }
        for index in range.clone() {
            self.place(index, range.end, bands);
        }
    }

    /// Whether a group fits the page from `y` on: all of it, or only what is above its first table
    /// and the least start of that, at a band or not.
    fn fits(&self, mut y: f64, range: Range<usize>, start: Option<bool>) -> bool {
        let (lines_end, foot) = self.limits();
        for (piece, _) in &self.pieces[range] {
            match &piece.kind {
                Kind::Picture { .. } => {}
                Kind::Line { .. } | Kind::Blank => {
                    y = self.snapped(y) + self.pitch;
                    if y > lines_end {
                        return false;
                    }
                }
                Kind::Table {
                    table,
                    layout,
                    notes,
                    ..
                } => {
                    y = y.max(self.half_gap());
                    if let Some(bands) = start {
                        let least = layout.least_start(table, bands);
                        return least.is_some_and(|least| y + least <= foot);
                    }
                    y += layout.height() + notes.height();
                    if y > foot {
                        return false;
                    }
                    y += TABLE_GAP;
                }
            }
        }
        start != Some(true)
    }

    /// Places a piece of a group that ends before `end`.
    fn place(&mut self, index: usize, end: usize, bands: bool) {
        match &self.pieces[index].0.kind {
            Kind::Picture { .. } => self.push(index, self.sheet.end),
            Kind::Line { .. } | Kind::Blank => {
                let mut top = self.snapped(self.sheet.end);
                let is_line = matches!(self.pieces[index].0.kind, Kind::Line { .. });
                if is_line && top + self.pitch > self.limits().0 {
                    self.new_sheet(self.sheet.turned);
                    top = 0.0;
                }
                self.push(index, top);
                self.sheet.blanks += usize::from(!is_line);
                self.sheet.end = top + self.pitch;
            }
            Kind::Table {
                table,
                layout,
                notes,
                ..
            } => {
                let takes_line =
                    |p: &&(&Piece<'_>, bool)| matches!(p.0.kind, Kind::Line { .. } | Kind::Blank);
                let after = self.pieces[index + 1..end]
                    .iter()
                    .filter(takes_line)
                    .count();
                // Behind the table the text goes back to the page's grid: up to a line is lost.
                let after = if after > 0 { after + 1 } else { 0 };
                let below = notes.height() + after as f64 * self.pitch;
                let mut top = self.sheet.end.max(self.half_gap());
                let room = self.limits().1 - top;
                let parts = layout.parts(table, (room, self.height()), below, bands);
                for (number, rows) in parts.into_iter().enumerate() {
                    if number > 0 {
                        self.new_sheet(self.sheet.turned);
                        top = self.half_gap();
                    }
                    self.sheet.end = top + layout.part_height(table, &rows);
                    self.push(index, top);
                    if let Some(slot) = self.sheet.slots.last_mut() {
                        slot.part = Some((number, rows));
                    }
                }
                self.sheet.end += notes.height() + TABLE_GAP;
            }
        }
    }
}

impl Sheet {
    /// How many lines of the page's grid are taken.
    fn lines_taken(&self, way: Way) -> usize {
        (((self.end - EPSILON) / pitch(way.lines)).ceil()).max(0.0) as usize
    }

    /// How many lines of the page are seen: of the blank lines around a seal one counts.
    pub fn lines_seen(&self, way: Way) -> usize {
        let unseen = self.blanks.saturating_sub(1);
        self.lines_taken(way).saturating_sub(unseen)
    }

    /// How many lines a page that ends with text lacks.
    pub fn lacking(&self, pieces: &[(&Piece<'_>, bool)], way: Way) -> usize {
        let is_text = |slot: &Slot| matches!(pieces[slot.piece].0.kind, Kind::Line { .. });
        if self.turned || !self.slots.last().is_some_and(is_text) {
            return 0;
        }
        way.lines.saturating_sub(self.lines_taken(way))
    }
}

/// Lets pages that others follow fill the type area: a page that lacks one line is spread, and a
/// table that has its page to itself gets higher rows.
pub(super) fn fill(sheets: &mut [Sheet], pieces: &[(&Piece<'_>, bool)], way: Way) {
    let others = sheets.len().saturating_sub(1);
    for sheet in &mut sheets[..others] {
        if sheet.lacking(pieces, way) == 1 {
            let gaps = sheet.slots.len().saturating_sub(1).max(1) as f64;
            let more = pitch(way.lines) / gaps;
            for (number, slot) in sheet.slots.iter_mut().enumerate() {
                slot.y += more * number as f64;
            }
            continue;
        }
        let height = if sheet.turned {
            TYPE_WIDTH
        } else {
            TYPE_HEIGHT
        };
        let foot = height + (pitch(way.lines) - SQUARE) / 2.0;
        let Some(slot) = sheet.slots.last_mut() else {
            continue;
        };
        let (Kind::Table { table, layout, .. }, Some((_, rows))) =
            (&pieces[slot.piece].0.kind, &slot.part)
        else {
            continue;
        };
        let is_whole = rows.len() + table.header_rows == table.rows;
        let count = table.header_rows + rows.len();
        let more = (foot - (sheet.end - TABLE_GAP)) / count as f64;
        let owns_page = layout.height() > height / 2.0;
        if is_whole && owns_page && more > 0.0 && more <= HIGHER * layout.spacing.least_row {
            slot.stretch = more;
        }
    }
}
