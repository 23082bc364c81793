//! The flow: blocks one after the other into pages.
//!
//! Text stands on the page's 22 lines. What must not be parted (a heading and what follows it,
//! the last two lines of a paragraph, the signature and the text before it) moves to the next
//! page together.

use super::atom::{Atom, Measure, atoms};
use super::breaking::{Line, Setting, lines};
use super::frame::{Item, Page, Pages, Part};
use super::geometry::{
    BASELINE, LEFT, LINE_PITCH, LINES, PAGE_NUMBER_DROP, PAGE_NUMBER_SIZE, RIGHT, SQUARE, SQUARES,
    TEXT_SIZE, TITLE_SIZE, TOP, TYPE_HEIGHT, TYPE_WIDTH,
};
use super::paint::TablePart;
use super::paragraph::runs;
use super::table::TableLayout;
use crate::document::{Block, Document, Emphasis, Paragraph, Table};
use crate::font::{Faces, Role};

/// Space between a table and what is above and below it, in points.
const TABLE_GAP: f64 = 4.0;
/// Rounding in sums of heights, in points.
const EPSILON: f64 = 0.01;
/// Space between a table and the notes below it, in points.
const NOTE_GAP: f64 = 3.0;
/// Size of notes below a table: 小五, in points.
const NOTE_SIZE: f64 = 9.0;
/// Leading of notes below a table, in sizes of their type.
const NOTE_LEADING: f64 = 1.4;
/// Where the middle of a dash is above the baseline, in em (Liberation Serif, U+2014).
const DASH_HEIGHT: f64 = 0.25;

/// Lays a document out.
pub fn lay_out(document: &Document, faces: &Faces<'_>) -> Pages {
    let mut flow = Flow {
        faces,
        pages: Pages {
            pages: vec![Page::default()],
        },
        y: 0.0,
    };
    flow.title(document);
    let pieces = pieces(document, faces);
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

/// What is placed as one: a line of text or a table.
struct Piece<'a> {
    part: Part,
    kind: Kind<'a>,
    /// Whether no page break may come behind it.
    keep_with_next: bool,
}

enum Kind<'a> {
    /// A line on the page's grid, with its start and shared atoms.
    Line {
        atoms: std::rc::Rc<Vec<Atom>>,
        line: Line,
        x: f64,
    },
    /// A blank line.
    Blank,
    Table {
        table: &'a Table,
        layout: Box<TableLayout>,
        notes: Notes,
        block: usize,
    },
}

/// The notes below a table, as lines.
struct Notes {
    lines: Vec<(std::rc::Rc<Vec<Atom>>, Line)>,
    pitch: f64,
}

impl Notes {
    fn height(&self) -> f64 {
        if self.lines.is_empty() {
            return 0.0;
        }
        NOTE_GAP + self.pitch * self.lines.len() as f64
    }
}

struct Flow<'a> {
    faces: &'a Faces<'a>,
    pages: Pages,
    /// How far the current page is filled, from the top of the type area.
    y: f64,
}

fn role(emphasis: Emphasis) -> Role {
    match emphasis {
        Emphasis::Heading1 => Role::Heading,
        Emphasis::Heading2 => Role::Subheading,
        Emphasis::Heading3 | Emphasis::Heading4 | Emphasis::Text => Role::Text,
    }
}

const TEXT: Measure = Measure {
    size: TEXT_SIZE,
    square: SQUARE,
};

fn pieces<'a>(document: &'a Document, faces: &Faces<'_>) -> Vec<Piece<'a>> {
    let mut pieces: Vec<Piece<'a>> = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        match block {
            Block::Paragraph(paragraph) => text_pieces(faces, paragraph, index, &mut pieces),
            Block::Table(table) => {
                let notes = notes(faces, table);
                let layout = TableLayout::new(faces, table, notes.height() + TABLE_GAP);
                pieces.push(Piece {
                    part: Part::Block {
                        block: index,
                        run: 0,
                    },
                    kind: Kind::Table {
                        table,
                        layout: Box::new(layout),
                        notes,
                        block: index,
                    },
                    keep_with_next: false,
                });
            }
            Block::Signature { name, date } => {
                // GB/T 9704—2012, 7.3.5.2: the signature must not stand on a page without text.
                if let Some(last) = pieces.last_mut() {
                    last.keep_with_next = true;
                }
                signature(faces, name, date.as_deref(), index, &mut pieces);
            }
        }
    }
    pieces
}

fn text_pieces(
    faces: &Faces<'_>,
    paragraph: &Paragraph,
    index: usize,
    pieces: &mut Vec<Piece<'_>>,
) {
    let runs = paragraph
        .runs
        .iter()
        .map(|(emphasis, text)| (role(*emphasis), text.as_str()));
    let atoms = std::rc::Rc::new(atoms(faces, runs, TEXT));
    let setting = Setting {
        width: TYPE_WIDTH,
        indent: 2.0 * SQUARE,
        justify: true,
        trim_edges: false,
    };
    let lines = lines(&atoms, setting);
    let count = lines.len();
    for (number, line) in lines.into_iter().enumerate() {
        // No last line alone at the head of a page, and none of two parted.
        let second_last = number + 2 == count;
        pieces.push(Piece {
            part: Part::Block {
                block: index,
                run: 0,
            },
            kind: Kind::Line {
                atoms: std::rc::Rc::clone(&atoms),
                line,
                x: 0.0,
            },
            keep_with_next: second_last || paragraph.is_heading(),
        });
    }
}

/// GB/T 9704—2012, 7.3.5.2, without a seal: one blank line, the organ two characters in from the
/// right; the date below, its first character two to the right of the organ's first. A date that
/// is longer than that leaves room for stands two in from the right, and the organ moves left.
fn signature(
    faces: &Faces<'_>,
    name: &str,
    date: Option<&str>,
    index: usize,
    pieces: &mut Vec<Piece<'_>>,
) {
    let broken = |text: &str, width: f64| {
        let atoms = std::rc::Rc::new(atoms(faces, [(Role::Text, text)], TEXT));
        let setting = Setting {
            width,
            indent: 0.0,
            justify: false,
            trim_edges: false,
        };
        let lines = lines(&atoms, setting);
        lines
            .into_iter()
            .map(move |line| (std::rc::Rc::clone(&atoms), line))
            .collect::<Vec<_>>()
    };
    let room = TYPE_WIDTH - 2.0 * SQUARE;
    let names = broken(name, room - 2.0 * SQUARE);
    let dates = date.map(|date| broken(date, room)).unwrap_or_default();
    let name_width = names.iter().map(|(_, line)| line.width).fold(0.0, f64::max);
    let date_width = dates.iter().map(|(_, line)| line.width).fold(0.0, f64::max);
    let mut name_x = room - name_width;
    let mut date_x = name_x + 2.0 * SQUARE;
    if date_x + date_width > room {
        date_x = room - date_width;
        if dates.len() == 1 {
            name_x = name_x.min(date_x - 2.0 * SQUARE);
        }
    }
    pieces.push(Piece {
        part: Part::Block {
            block: index,
            run: 0,
        },
        kind: Kind::Blank,
        keep_with_next: true,
    });
    let lines = names
        .into_iter()
        .map(|l| (l, name_x, 0))
        .chain(dates.into_iter().map(|l| (l, date_x, 1)));
    for ((atoms, line), x, run) in lines {
        pieces.push(Piece {
            part: Part::Block { block: index, run },
            kind: Kind::Line {
                atoms,
                line,
                x: x.max(0.0),
            },
            keep_with_next: true,
        });
    }
    if let Some(last) = pieces.last_mut() {
        last.keep_with_next = false;
    }
}

fn notes(faces: &Faces<'_>, table: &Table) -> Notes {
    let measure = Measure {
        size: NOTE_SIZE,
        square: NOTE_SIZE,
    };
    let mut found = Vec::new();
    for note in &table.notes {
        let text = format!("注：{}：{}", note.about, note.text);
        let atoms = std::rc::Rc::new(atoms(faces, [(Role::Table, text.as_str())], measure));
        let setting = Setting {
            width: TYPE_WIDTH,
            indent: 0.0,
            justify: false,
            trim_edges: false,
        };
        for line in lines(&atoms, setting) {
            found.push((std::rc::Rc::clone(&atoms), line));
        }
    }
    Notes {
        lines: found,
        pitch: NOTE_SIZE * NOTE_LEADING,
    }
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
        let measure = Measure {
            size: TITLE_SIZE,
            square: TITLE_SIZE,
        };
        for text in [&document.title.organ, &document.title.subject] {
            let atoms = atoms(self.faces, [(Role::Title, text.as_str())], measure);
            for line in balanced(&atoms) {
                let x = LEFT + (TYPE_WIDTH - line.width) / 2.0;
                let y = TOP + self.y + (LINE_PITCH - TITLE_SIZE) / 2.0 + BASELINE * TITLE_SIZE;
                let items = runs(self.faces, &atoms, &line, x, y, Part::Title);
                self.page().items.extend(items.into_iter().map(Item::Run));
                self.y += LINE_PITCH;
            }
        }
        self.y += LINE_PITCH;
    }

    /// Places pieces that must not be parted.
    fn group(&mut self, pieces: &[Piece<'_>]) {
        let height: f64 = pieces.iter().map(|piece| self.height_after(piece)).sum();
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

    fn height_after(&self, piece: &Piece<'_>) -> f64 {
        match &piece.kind {
            Kind::Line { .. } | Kind::Blank => LINE_PITCH,
            Kind::Table { layout, notes, .. } => layout.height() + notes.height(),
        }
    }

    /// Places a piece; `after` is the height of those that must stay with it.
    fn place(&mut self, piece: &Piece<'_>, after: f64) {
        match &piece.kind {
            Kind::Blank => self.y = Self::snapped(self.y) + LINE_PITCH,
            Kind::Line { atoms, line, x } => {
                let mut top = Self::snapped(self.y);
                if top + LINE_PITCH > TYPE_HEIGHT + EPSILON {
                    self.new_page();
                    top = 0.0;
                }
                let y = TOP + top + (LINE_PITCH - TEXT_SIZE) / 2.0 + BASELINE * TEXT_SIZE;
                let items = runs(self.faces, atoms, line, LEFT + x, y, piece.part);
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
        for (number, body) in parts.into_iter().enumerate() {
            if number > 0 {
                self.new_page();
            }
            let part = TablePart {
                faces: self.faces,
                table,
                layout,
                block,
                body,
                origin: (LEFT, TOP + self.y),
            };
            let items = part.items();
            self.y += part.height();
            self.page().items.extend(items);
        }
        if !notes.lines.is_empty() {
            self.y += NOTE_GAP;
        }
        for (atoms, line) in &notes.lines {
            let y = TOP + self.y + (notes.pitch - NOTE_SIZE) / 2.0 + BASELINE * NOTE_SIZE;
            let items = runs(self.faces, atoms, line, LEFT, y, Part::Note(block));
            self.page().items.extend(items.into_iter().map(Item::Run));
            self.y += notes.pitch;
        }
        self.y += TABLE_GAP;
    }

    /// GB/T 9704—2012, 7.5: 4号 digits between dashes, 7 mm below the type area, odd pages at the
    /// right edge and even pages at the left, one character in.
    fn page_numbers(&mut self) {
        let measure = Measure {
            size: PAGE_NUMBER_SIZE,
            square: PAGE_NUMBER_SIZE,
        };
        for (index, page) in self.pages.pages.iter_mut().enumerate() {
            let text = format!("— {} —", index + 1);
            // The dashes are those of the digits' face: an em each, in the middle of the digits.
            let mut atoms = atoms(self.faces, [(Role::Number, text.as_str())], measure);
            for atom in &mut atoms {
                atom.break_cost = super::atom::FORBIDDEN;
            }
            let setting = Setting {
                width: TYPE_WIDTH,
                indent: 0.0,
                justify: false,
                trim_edges: false,
            };
            let y = TOP + TYPE_HEIGHT + PAGE_NUMBER_DROP + DASH_HEIGHT * PAGE_NUMBER_SIZE;
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

/// The lines of a title: as few as fit, all about equally long.
fn balanced(atoms: &[Atom]) -> Vec<Line> {
    let setting = |width: f64| Setting {
        width,
        indent: 0.0,
        justify: false,
        trim_edges: true,
    };
    let widest = lines(atoms, setting(TYPE_WIDTH));
    let count = widest.len();
    let mut best = widest;
    for squares in (1..SQUARES).rev() {
        let narrower = lines(atoms, setting(squares as f64 * TYPE_WIDTH / SQUARES as f64));
        if narrower.len() > count {
            break;
        }
        best = narrower;
    }
    best
}

const _: () = assert!(LINES == 22, "the flow counts on the grid of GB/T 9704");
