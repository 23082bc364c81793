//! A table at the size of type that suits it, and how it is divided among pages.

use std::ops::Range;

use super::cell::{CellText, LEAST_FIGURE};
use super::columns::{Spacing, Tracks, row_heights, tracks};
use super::geometry::{LINE_PITCH, SQUARE, TYPE_HEIGHT, TYPE_WIDTH};
use super::style::PageStyle;
use crate::document::Table;
use crate::font::Faces;
use crate::form::{Cell, Content, Role};

/// Difference between the sizes of type that are tried for a table, in points.
const STEP: f64 = 0.5;

/// Size of type of a table that is divided among pages: 五号, in points.
const DIVIDED: f64 = 10.5;

/// Smallest size that a table is given to save lines of the page's grid, in points.
const LOWER: f64 = 10.0;

/// How high a table is set that fits a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Height {
    /// At the largest size.
    Usual,
    /// At a size that saves lines of the page's grid below it.
    Smaller,
    /// At the size of [`SHARED`] with this number and with less space above and below the text of
    /// its cells, so that two tables may share a page.
    Shared(usize),
}

/// Sizes of tables that share a page, in points.
const SHARED: [f64; 4] = [10.5, 10.0, 9.5, 9.0];

impl Height {
    /// How many there are beside the usual one.
    pub const COUNT: usize = 1 + SHARED.len();

    /// Its number among those, from 0.
    pub fn number(self) -> Option<usize> {
        match self {
            Self::Usual => None,
            Self::Smaller => Some(0),
            Self::Shared(size) => Some(1 + size),
        }
    }
}

/// How much of a page a table has below its heading.
#[derive(Debug, Clone, Copy)]
struct Room {
    width: f64,
    height: f64,
    /// Whether the page lies on its side.
    turned: bool,
}

impl Room {
    /// The room of an upright page or one that lies on its side; `below` is the height of what must
    /// stay with the table.
    fn of(turned: bool, below: f64) -> Self {
        let (width, height) = if turned {
            (TYPE_HEIGHT, TYPE_WIDTH)
        } else {
            (TYPE_WIDTH, TYPE_HEIGHT)
        };
        // The heading's square touches the type area's top, and the table begins half a gap below.
        let heading = f64::midpoint(LINE_PITCH, SQUARE);
        Self {
            width,
            height: height - heading - below,
            turned,
        }
    }
}

/// A table laid out at one size, not yet on a page.
#[derive(Debug, Clone)]
pub struct TableLayout {
    /// Its distances.
    pub spacing: Spacing,
    /// Column widths and row heights.
    pub tracks: Tracks,
    /// The text of each cell, in the order of the cells.
    pub texts: Vec<CellText>,
    /// Whether it stands on a page that lies on its side.
    pub turned: bool,
}

impl TableLayout {
    /// Lays a table out at the largest size at which it fits one page below its heading; `below`
    /// is the height of what must stay with it (its notes). One that fits at no size gets smaller
    /// distances, or a page that lies on its side. A table that fits none is divided anyway: it is
    /// set at [`DIVIDED`], or smaller where its figures need that.
    pub(super) fn new(faces: &Faces<'_>, table: &Table, below: f64, style: &PageStyle) -> Self {
        let rooms = [false, true].map(|turned| Room::of(turned, below));
        let mut layout = Self::whole(faces, table, rooms[0], style)
            .unwrap_or_else(|divided| Self::dense(faces, table, rooms, style, divided));
        layout.fit_figures(table);
        layout
    }

    /// A table at the largest size at which it fits a page, or else that at which it is divided.
    fn whole(
        faces: &Faces<'_>,
        table: &Table,
        room: Room,
        style: &PageStyle,
    ) -> Result<Self, Self> {
        let most_divided = DIVIDED.clamp(style.table_min, style.table_max);
        let mut divided: Option<Self> = None;
        for size in sizes(style) {
            let found = divided.as_ref().is_some_and(|layout| layout.tracks.sound);
            let may_divide = size <= most_divided && !found;
            // Rows that are too many even if each is as low as can be need no columns.
            let may_fit = table.rows as f64 * Spacing::at(size).least_row <= room.height;
            if !may_fit && !may_divide {
                continue;
            }
            let layout = Self::at(faces, table, Spacing::at(size), room);
            if layout.tracks.sound && layout.height() <= room.height {
                return Ok(layout);
            }
            if may_divide {
                divided = Some(layout);
            }
        }
        Err(divided.unwrap_or_else(|| Self::at(faces, table, Spacing::at(most_divided), room)))
    }

    /// A table that fits an upright page at no size with its usual distances; `divided` is what it is
    /// if nothing else helps.
    fn dense(
        faces: &Faces<'_>,
        table: &Table,
        [upright, turned]: [Room; 2],
        style: &PageStyle,
        divided: Self,
    ) -> Self {
        let tight = |size, room: Room| {
            let spacing = Spacing::tight(size);
            let may_fit = table.rows as f64 * spacing.least_row <= room.height;
            may_fit.then(|| Self::at(faces, table, spacing, room))
        };
        let fits =
            |layout: &Self, room: Room| layout.tracks.sound && layout.height() <= room.height;
        if let Some(narrow) = tight(style.table_min, upright).filter(|l| fits(l, upright)) {
            return narrow;
        }
        if let Ok(wide) = Self::whole(faces, table, turned, style) {
            return wide;
        }
        if let Some(wide) = tight(style.table_min, turned).filter(|l| fits(l, turned)) {
            return wide;
        }
        if divided.tracks.sound {
            return divided;
        }
        // Its figures are too wide even there: that they can be read counts for more than the
        // style's least size.
        let size = LEAST_FIGURE.min(style.table_min);
        Self::at(faces, table, Spacing::tight(size), turned)
    }

    /// The table set lower: at the largest size, not below [`LOWER`], at which it takes as few lines
    /// of the page's grid as it can, or at the size that it shares a page in. None where it takes
    /// no fewer than it does. `below` is what stands below it, in points.
    pub(super) fn lower(
        &self,
        faces: &Faces<'_>,
        table: &Table,
        below: f64,
        style: &PageStyle,
        height: Height,
    ) -> Option<Self> {
        let at = |size: f64| {
            let spacing = match height {
                Height::Usual | Height::Smaller => Spacing::at(size),
                Height::Shared(_) => Spacing::low(size),
            };
            Self::at(faces, table, spacing, Room::of(false, 0.0))
        };
        let lines = |layout: &Self| ((layout.height() + below) / LINE_PITCH).ceil();
        let saves = |layout: &Self| layout.tracks.sound && lines(layout) < lines(self);
        if self.turned || !self.tracks.sound {
            return None;
        }
        if let Height::Shared(number) = height {
            let size = SHARED.get(number)?.clamp(style.table_min, style.table_max);
            return Some(at(size.min(self.spacing.size))).filter(saves);
        }
        let smaller = sizes(style).filter(|s| (LOWER..=self.spacing.size).contains(s));
        let smaller: Vec<f64> = smaller.collect();
        let least = at(*smaller.last()?);
        if !saves(&least) {
            return None;
        }
        let mut layouts = smaller.iter().map(|size| at(*size));
        layouts.find(|layout| saves(layout) && lines(layout) <= lines(&least))
    }

    fn at(faces: &Faces<'_>, table: &Table, spacing: Spacing, room: Room) -> Self {
        let cells = table.cells.iter();
        let texts = cells.map(|cell| CellText::new(faces, table, cell, spacing.size));
        let texts: Vec<CellText> = texts.collect();
        Self {
            spacing,
            tracks: tracks(table, &texts, room.width, spacing),
            texts,
            turned: room.turned,
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

    /// The height of the heading and the body rows `rows`.
    pub fn part_height(&self, table: &Table, rows: &Range<usize>) -> f64 {
        self.span_height(0..table.header_rows) + self.span_height(rows.clone())
    }

    /// The height of the least that may stand on a page before the table is divided: the
    /// heading and the body rows as far as the first break that is allowed. With `bands` only those
    /// before a band are, and there may be none.
    pub fn least_start(&self, table: &Table, bands: bool) -> Option<f64> {
        let first = table.header_rows;
        let end = (first + 1..table.rows).find(|end| self.may_break(table, first, *end, bands));
        let end = if bands {
            end?
        } else {
            end.unwrap_or(table.rows)
        };
        Some(self.span_height(0..end))
    }

    /// Divides the rows among pages: the first of `rooms` is left on this page, the second is that of
    /// each page after it; the last part has room for `below` points under it. Each part lists its
    /// body rows; the heading comes on top of every part. With `bands` it is parted only before bands.
    pub fn parts(
        &self,
        table: &Table,
        rooms: (f64, f64),
        below: f64,
        bands: bool,
    ) -> Vec<Range<usize>> {
        let head: f64 = self.tracks.rows[..table.header_rows].iter().sum();
        let mut parts = Vec::new();
        let mut start = table.header_rows;
        let mut room = rooms.0 - head;
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
                .find(|end| self.may_break(table, start, *end, bands))
                .unwrap_or(fit);
            parts.push(start..end);
            start = end;
            room = rooms.1 - head;
        }
        parts.push(start..table.rows);
        parts
    }

    fn span_height(&self, rows: Range<usize>) -> f64 {
        self.tracks.rows[rows].iter().sum()
    }

    /// Whether a break before row `end` leaves no heading behind, parts no figure, and gives
    /// every label that it parts room for its text on both sides; `start` is the first row on
    /// the page. With `bands` row `end` must be a band.
    fn may_break(&self, table: &Table, start: usize, end: usize, bands: bool) -> bool {
        let parted = |cell: &Cell| cell.row < end && end < cell.row + cell.row_span;
        if is_heading(table, end - 1) || (bands && !is_band(table, end)) {
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

/// Whether a row is a band: what is below it can stand by itself.
fn is_band(table: &Table, row: usize) -> bool {
    let is_band = |cell: &Cell| matches!(cell.content, Content::Wording(Role::Band, _));
    table
        .cells
        .iter()
        .any(|cell| cell.row == row && is_band(cell))
}
