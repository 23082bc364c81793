//! The flow: blocks one after the other into pages.
//!
//! Text stands on the page's 22 lines. What must not be parted (a heading and what follows it,
//! the last two lines of a paragraph, the signature with its seal and the text before it) moves to the next
//! page together.

use super::atom::{Atom, FORBIDDEN, Measure, atoms};
use super::breaking::{Line, Setting, lines};
use super::frame::{Item, Page, Pages, Part, Picture};
use super::geometry::{
    BASELINE, LEFT, LINE_PITCH, PAGE_NUMBER_DROP, RIGHT, SQUARE, TOP, TYPE_HEIGHT, TYPE_WIDTH,
};
use super::notes::Notes;
use super::paint::TablePart;
use super::paragraph::runs;
use super::pieces::{Kind, Piece, TABLE_GAP, pieces};
use super::style::PageStyle;
use super::table::TableLayout;
use crate::document::{Document, Table};
use crate::font::{Faces, Role};

/// Rounding in sums of heights, in points.
const EPSILON: f64 = 0.01;
/// Where the middle of a dash is above the baseline, in em (Nianbao Serif, U+2014).
const DASH_HEIGHT: f64 = 0.25;

/// Lays a document out.
pub fn lay_out(document: &Document, faces: &Faces<'_>, style: &PageStyle) -> Pages {
    let mut flow = Flow {
        faces,
        style,
        pages: Pages {
            style: *style,
            pages: vec![Page::default()],
            ..Pages::default()
        },
        y: 0.0,
    };
    flow.title(document);
    let pieces = pieces(document, faces, style);
    let mut start = 0;
    while start < pieces.len() {
        let end = start
            + 1
            + pieces[start..]
                .iter()
                .take_while(|piece| piece.keep_with_next)
                .count();
        let end = end.min(pieces.len());
        flow.group(&pieces[start..end]);
        start = end;
    }
    flow.page_numbers();
    flow.pages
}

struct Flow<'a> {
    faces: &'a Faces<'a>,
    style: &'a PageStyle,
    pages: Pages,
    /// How far the current page is filled, from the top of the type area.
    y: f64,
}

impl Flow<'_> {
    fn page(&mut self) -> &mut Page {
        let last = self.pages.pages.len() - 1;
        &mut self.pages.pages[last]
    }

    fn new_page(&mut self) {
        self.pages.pages.push(Page::default());
        self.y = 0.0;
    }

    /// The next line of the page's grid at or below `y`.
    fn snapped(y: f64) -> f64 {
        ((y - EPSILON) / LINE_PITCH).ceil().max(0.0) * LINE_PITCH
    }

    /// The title, its lines balanced, and a blank line below.
    fn title(&mut self, document: &Document) {
        let size = self.style.title;
        let measure = Measure { size, square: size };
        for text in [&document.title.organ, &document.title.subject] {
            let atoms = atoms(self.faces, [(Role::Title, text.as_str())], measure);
            for line in balanced(&atoms, size) {
                let x = LEFT + (TYPE_WIDTH - line.width) / 2.0;
                let y = TOP + self.y + (LINE_PITCH - size) / 2.0 + BASELINE * size;
                let items = runs(self.faces, &atoms, &line, x, y, Part::Title);
                self.page().items.extend(items.into_iter().map(Item::Run));
                self.y += LINE_PITCH;
            }
        }
        self.y += LINE_PITCH;
    }

    /// Places pieces that must not be parted.
    fn group(&mut self, pieces: &[Piece<'_>]) {
        let mut height: f64 = pieces.iter().map(|piece| self.height_after(piece)).sum();
        if height > TYPE_HEIGHT + EPSILON {
            height = self.least_start(pieces);
        }
        let start = Self::snapped(self.y);
        if start + height > TYPE_HEIGHT + EPSILON && self.y > 0.0 && height <= TYPE_HEIGHT + EPSILON
        {
            self.new_page();
        }
        for (index, piece) in pieces.iter().enumerate() {
            let after = pieces[index + 1..]
                .iter()
                .map(|piece| self.height_after(piece))
                .sum();
            self.place(piece, after);
        }
    }

    /// The height of what must stand on one page of pieces that need more than one: all that is
    /// above their first table, and the table's start.
    fn least_start(&self, pieces: &[Piece<'_>]) -> f64 {
        let mut height = 0.0;
        for piece in pieces {
            if let Kind::Table { table, layout, .. } = &piece.kind {
                return height + layout.least_start(table);
            }
            height += self.height_after(piece);
        }
        height
    }

    fn height_after(&self, piece: &Piece<'_>) -> f64 {
        match &piece.kind {
            Kind::Line { .. } | Kind::Blank => LINE_PITCH,
            Kind::Picture { .. } => 0.0,
            Kind::Table { layout, notes, .. } => layout.height() + notes.height(),
        }
    }

    /// Places a piece; `after` is the height of those that must stay with it.
    fn place(&mut self, piece: &Piece<'_>, after: f64) {
        match &piece.kind {
            Kind::Blank => self.y = Self::snapped(self.y) + LINE_PITCH,
            Kind::Picture { block, area } => {
                let (block, mut area) = (*block, *area);
                area.x += LEFT;
                area.y += TOP + self.y;
                self.page()
                    .items
                    .push(Item::Picture(Picture { block, area }));
            }
            Kind::Line {
                part,
                atoms,
                line,
                x,
            } => {
                let mut top = Self::snapped(self.y);
                if top + LINE_PITCH > TYPE_HEIGHT + EPSILON {
                    self.new_page();
                    top = 0.0;
                }
                let size = self.style.text;
                let y = TOP + top + (LINE_PITCH - size) / 2.0 + BASELINE * size;
                let items = runs(self.faces, atoms, line, LEFT + x, y, *part);
                self.page().items.extend(items.into_iter().map(Item::Run));
                self.y = top + LINE_PITCH;
            }
            Kind::Table {
                table,
                layout,
                notes,
                block,
            } => self.table(table, layout, notes, *block, after),
        }
    }

    fn table(
        &mut self,
        table: &Table,
        layout: &TableLayout,
        notes: &Notes,
        block: usize,
        after: f64,
    ) {
        // Behind the table the text goes back to the page's grid: up to a line is lost.
        let after = if after > 0.0 { after + LINE_PITCH } else { 0.0 };
        let below = notes.height() + after;
        let parts = layout.parts(table, TYPE_HEIGHT - self.y, below);
        self.pages.tables.insert(block, parts.clone());
        for (number, body) in parts.into_iter().enumerate() {
            if number > 0 {
                self.new_page();
            }
            let part = TablePart {
                faces: self.faces,
                table,
                layout,
                block,
                number,
                body,
                rule: self.style.rule,
                origin: (LEFT, TOP + self.y),
            };
            let items = part.items();
            self.y += part.height();
            self.page().items.extend(items);
        }
        self.y += notes.gap();
        let size = self.style.note;
        let first = TOP + self.y + (notes.pitch - size) / 2.0 + BASELINE * size;
        for piece in &notes.pieces {
            let y = first + notes.pitch * piece.row as f64;
            let x = LEFT + piece.x;
            let items = runs(self.faces, &piece.atoms, &piece.line, x, y, piece.part);
            self.page().items.extend(items.into_iter().map(Item::Run));
        }
        self.y += notes.pitch * notes.rows as f64;
        self.y += TABLE_GAP;
    }

    /// GB/T 9704—2012, 7.5: 4号 digits between dashes, 7 mm below the type area, odd pages at the
    /// right edge and even pages at the left, one character in.
    fn page_numbers(&mut self) {
        let size = self.style.page_number;
        let measure = Measure { size, square: size };
        for (index, page) in self.pages.pages.iter_mut().enumerate() {
            let text = format!("— {} —", index + 1);
            // The dashes are those of the digits' face: an em each, in the middle of the digits.
            let mut atoms = atoms(self.faces, [(Role::Number, text.as_str())], measure);
            for atom in &mut atoms {
                atom.break_cost = FORBIDDEN;
            }
            let setting = Setting {
                width: TYPE_WIDTH,
                indent: 0.0,
                justify: false,
                trim_edges: false,
            };
            let y = TOP + TYPE_HEIGHT + PAGE_NUMBER_DROP + DASH_HEIGHT * size;
            for line in lines(&atoms, setting) {
                let x = if index % 2 == 0 {
                    RIGHT - SQUARE - line.width
                } else {
                    LEFT + SQUARE
                };
                let items = runs(self.faces, &atoms, &line, x, y, Part::PageNumber);
                page.items.extend(items.into_iter().map(Item::Run));
            }
        }
    }
}

/// The lines of a title of `size` points: as few as fit, all about equally long.
fn balanced(atoms: &[Atom], size: f64) -> Vec<Line> {
    let setting = |width: f64| Setting {
        width,
        indent: 0.0,
        justify: false,
        trim_edges: true,
    };
    let widest = lines(atoms, setting(TYPE_WIDTH));
    let count = widest.len();
    let mut best = widest;
    let mut width = TYPE_WIDTH - size / 2.0;
    while width > size {
        let narrower = lines(atoms, setting(width));
        if narrower.len() > count {
            break;
        }
        best = narrower;
        width -= size / 2.0;
    }
    best
}
