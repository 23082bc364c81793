//! The flow: blocks one after the other into pages.
//!
//! Text stands on the page's lines. What must not be parted (a heading and what follows it,
//! the last two lines of a paragraph, the signature with its seal and the text before it) moves to the next
//! page together.

use std::rc::Rc;

use super::atom::{Measure, atoms};
use super::breaking::{Setting, lines};
use super::fitting::{Fitted, Fitting};
use super::frame::{Item, Page, Pages, Part, Picture};
use super::geometry::{
    BASELINE, LEFT, PAGE_NUMBER_DROP, RIGHT, SQUARE, TOP, TURNED_LEFT, TURNED_TOP, TYPE_HEIGHT,
    TYPE_WIDTH, pitch,
};
use super::name::name_lines;
use super::opportunity::FORBIDDEN;
use super::paging::Slot;
use super::paint::TablePart;
use super::paragraph::runs;
use super::pieces::{Kind, Piece};
use super::style::PageStyle;
use crate::document::Document;
use crate::font::{Faces, MIDDLE, Role};

/// Lays a document out.
pub fn lay_out(document: &Document, faces: &Faces<'_>, style: &PageStyle) -> Pages {
    let title = title(document, faces, style);
    let fitting = Fitting::new(document, faces, style, title);
    let Fitted {
        pieces,
        sheets,
        lines,
    } = fitting.fitted();
    let mut flow = Flow {
        faces,
        style,
        pages: Pages {
            style: *style,
            ..Pages::default()
        },
        pitch: pitch(lines),
        origin: (0.0, 0.0),
    };
    for sheet in &sheets {
        let half_gap = (flow.pitch - SQUARE) / 2.0;
        let (left, top) = if sheet.turned {
            (TURNED_LEFT, TURNED_TOP)
        } else {
            (LEFT, TOP)
        };
        flow.origin = (left, top - half_gap);
        flow.pages.pages.push(Page {
            turned: sheet.turned,
            ..Page::default()
        });
        for slot in &sheet.slots {
            let items = flow.items(pieces[slot.piece].0, slot);
            if let Some(page) = flow.pages.pages.last_mut() {
                page.items.extend(items);
            }
        }
    }
    flow.page_numbers();
    flow.pages
}

/// The title, broken between words, and a blank line below.
fn title<'a>(document: &Document, faces: &Faces<'_>, style: &PageStyle) -> Vec<Piece<'a>> {
    let size = style.title;
    let measure = Measure { size, square: size };
    let mut pieces = Vec::new();
    for (text, marks) in [
        (&document.title.organ, document.marks("organ.name")),
        (&document.title.subject, &[]),
    ] {
        let atoms = Rc::new(atoms(faces, [(Role::Title, text.as_str())], measure));
        for line in name_lines(&atoms, marks, TYPE_WIDTH) {
            let x = (TYPE_WIDTH - line.width) / 2.0;
            pieces.push(Piece {
                kind: Kind::Line {
                    part: Part::Title,
                    atoms: Rc::clone(&atoms),
                    line,
                    x,
                },
                keep_with_next: true,
            });
        }
    }
    pieces.push(Piece {
        kind: Kind::Blank,
        keep_with_next: false,
    });
    pieces
}

struct Flow<'a> {
    faces: &'a Faces<'a>,
    style: &'a PageStyle,
    pages: Pages,
    /// From one line to the next, in points.
    pitch: f64,
    /// Left edge of the current page's type area, and where its first line's share begins.
    origin: (f64, f64),
}

impl Flow<'_> {
    /// Draws a piece at its place.
    fn items(&mut self, piece: &Piece<'_>, slot: &Slot) -> Vec<Item> {
        let (left, top) = (self.origin.0, self.origin.1 + slot.y);
        match &piece.kind {
            Kind::Blank => Vec::new(),
            Kind::Picture { block, area } => {
                let (block, mut area) = (*block, *area);
                area.x += left;
                area.y += top;
                vec![Item::Picture(Picture { block, area })]
            }
            Kind::Line {
                part,
                atoms,
                line,
                x,
            } => {
                let size = atoms.first().map_or(self.style.text, |atom| atom.size);
                // The title's type is larger than a square: its upper edge touches the type area's, too.
                let is_title = *part == Part::Title;
                let square = if is_title { size } else { SQUARE };
                let head = (self.pitch - SQUARE + square - size) / 2.0;
                let y = top + head + BASELINE * size;
                let runs = runs(self.faces, atoms, line, left + x, y, *part);
                runs.into_iter().map(Item::Run).collect()
            }
            Kind::Table {
                table,
                layout,
                notes,
                block,
            } => {
                let Some((number, body)) = slot.part.clone() else {
                    return Vec::new();
                };
                let is_last = body.end == table.rows;
                self.pages
                    .tables
                    .entry(*block)
                    .or_default()
                    .push(body.clone());
                let part = TablePart {
                    faces: self.faces,
                    table,
                    layout,
                    block: *block,
                    number,
                    body,
                    stretch: slot.stretch,
                    rule: self.style.rule,
                    origin: (left, top),
                };
                let mut items = part.items();
                let size = self.style.note;
                let first = top + part.height() + notes.gap();
                let first = first + (notes.pitch - size) / 2.0 + BASELINE * size;
                for piece in notes.pieces.iter().filter(|_| is_last) {
                    let y = first + notes.pitch * piece.row as f64;
                    let (x, part) = (left + piece.x, piece.part);
                    let runs = runs(self.faces, &piece.atoms, &piece.line, x, y, part);
                    items.extend(runs.into_iter().map(Item::Run));
                }
                items
            }
        }
    }

    /// GB/T 9704—2012, 7.5: 4号 digits between dashes, 7 mm below the type area, odd pages at the
    /// right edge and even pages at the left, one character in.
    fn page_numbers(&mut self) {
        let size = self.style.page_number;
        let measure = Measure { size, square: size };
        for (index, page) in self.pages.pages.iter_mut().enumerate() {
            let text = format!("— {} —", index + 1);
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
            // Dashes stand in the middle of the square.
            let y = TOP + TYPE_HEIGHT + PAGE_NUMBER_DROP + MIDDLE * size;
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
