//! How a report is fitted to its pages.
//!
//! A last page that is nearly empty and a page that lacks a line are avoided by the mildest means that
//! does it. Means are tried in order, and the first that helps is kept: the same report is always
//! fitted alike.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::frame::Part;
use super::geometry::{LINES, LINES_CLOSE};
use super::paging::{Sheet, Way, fill, paged};
use super::pieces::{Kind, Piece, lower, pieces, relined};
use super::style::PageStyle;
use super::table::Height;
use crate::document::{Block, Document};
use crate::font::Faces;

/// Most lines of a last page that looks nearly empty.
const SHORT: usize = 6;
/// Most paragraphs that are set in a line less, or in one more, to avoid a short last page.
const MOST_RELINED: usize = 4;
/// Most paragraphs that are tried for it, the last ones: what is before a table on its own page
/// changes nothing behind it.
const MOST_TRIED: usize = 24;
/// Most lines that a page may lack for a paragraph to be set in a line more or less for its sake.
const LACKING: usize = 2;

/// A piece, and whether no page break may come behind it.
pub(super) type Kept<'p, 'a> = (&'p Piece<'a>, bool);

/// What is chosen for a report.
#[derive(Debug, Clone)]
struct Choice {
    way: Way,
    /// How the last table is set, and with [`Height::Shared`] the one before it.
    tables: Height,
    /// The blocks that are set in a line more (true) or less.
    relined: BTreeMap<usize, bool>,
}

/// The means, mildest first: how the last tables are set, whether paragraphs are relined, lines on
/// all pages, whether a table is parted at its bands.
const MEANS: [(Height, bool, usize, bool); 11] = [
    (Height::Smaller, false, LINES, false),
    (Height::Usual, true, LINES, false),
    (Height::Smaller, true, LINES, false),
    (Height::Usual, false, LINES_CLOSE, false),
    (Height::Smaller, true, LINES_CLOSE, false),
    (Height::Shared(0), false, LINES, false),
    (Height::Shared(1), false, LINES, false),
    (Height::Shared(2), false, LINES, false),
    (Height::Shared(3), false, LINES, false),
    (Height::Usual, false, LINES, true),
    (Height::Smaller, true, LINES_CLOSE, true),
];

/// The pieces of a document, each block set in the ways that were asked for.
pub(super) struct Fitting<'a> {
    document: &'a Document,
    faces: &'a Faces<'a>,
    style: &'a PageStyle,
    title: Vec<Piece<'a>>,
    blocks: Vec<Settings<'a>>,
}

/// A block's pieces, and those of it in other ways once they were asked for.
struct Settings<'a> {
    usual: Vec<Piece<'a>>,
    more: OnceCell<Option<Vec<Piece<'a>>>>,
    less: OnceCell<Option<Vec<Piece<'a>>>>,
    /// By [`Height::number`].
    lower: [OnceCell<Option<Vec<Piece<'a>>>>; Height::COUNT],
    close: OnceCell<Vec<Piece<'a>>>,
}

/// A report on its pages.
pub(super) struct Fitted<'p, 'a> {
    pub pieces: Vec<Kept<'p, 'a>>,
    pub sheets: Vec<Sheet>,
    /// Lines on a page.
    pub lines: usize,
}

impl<'a> Fitting<'a> {
    pub fn new(
        document: &'a Document,
        faces: &'a Faces<'a>,
        style: &'a PageStyle,
        title: Vec<Piece<'a>>,
    ) -> Self {
        let blocks = (0..document.blocks.len()).map(|index| Settings {
            usual: pieces(document, index, faces, style, LINES),
            more: OnceCell::new(),
            less: OnceCell::new(),
            lower: [const { OnceCell::new() }; Height::COUNT],
            close: OnceCell::new(),
        });
        Self {
            document,
            faces,
            style,
            title,
            blocks: blocks.collect(),
        }
    }

    /// The pages that are kept.
    pub fn fitted(&self) -> Fitted<'_, 'a> {
        let usual = Choice {
            way: Way {
                lines: LINES,
                bands: false,
            },
            tables: Height::Usual,
            relined: BTreeMap::new(),
        };
        let sheets = self.sheets(&usual);
        let choice = if is_short(&sheets, usual.way) {
            self.mildest(sheets.len()).unwrap_or(usual)
        } else {
            usual
        };
        let choice = self.without_lacks(choice);
        let pieces = self.sequence(&choice);
        let mut sheets = paged(&pieces, choice.way);
        fill(&mut sheets, &pieces, choice.way);
        Fitted {
            pieces,
            sheets,
            lines: choice.way.lines,
        }
    }

    /// The mildest choice that has no short last page, on `most` pages at most.
    fn mildest(&self, most: usize) -> Option<Choice> {
        MEANS.iter().find_map(|(tables, reline, lines, bands)| {
            let choice = Choice {
                way: Way {
                    lines: *lines,
                    bands: *bands,
                },
                tables: *tables,
                relined: BTreeMap::new(),
            };
            let helps = |choice: &Choice| {
                let sheets = self.sheets(choice);
                sheets.len() <= most && !is_short(&sheets, choice.way)
            };
            if *reline {
                self.relined(&choice, helps)
            } else {
                Some(choice).filter(helps)
            }
        })
    }

    /// The choice with one paragraph relined that helps, or as few as do, the last ones first.
    fn relined(&self, choice: &Choice, helps: impl Fn(&Choice) -> bool) -> Option<Choice> {
        for more in [false, true] {
            let can = |index: &usize| self.relined_block(*index, more).is_some();
            let blocks = (0..self.blocks.len()).rev().filter(can);
            let blocks: Vec<usize> = blocks.take(MOST_TRIED).collect();
            for count in 1..=MOST_RELINED.min(blocks.len()) {
                for some in blocks.windows(count) {
                    let mut tried = choice.clone();
                    tried
                        .relined
                        .extend(some.iter().map(|index| (*index, more)));
                    if helps(&tried) {
                        return Some(tried);
                    }
                }
            }
        }
        None
    }

    /// The choice with paragraphs relined so that fewer pages lack a line or two.
    fn without_lacks(&self, mut choice: Choice) -> Choice {
        let mut sheets = self.sheets(&choice);
        let mut page = 0;
        while page + 1 < sheets.len() {
            if let Some((better, new)) = self.without_lack(&choice, &sheets, page) {
                (choice, sheets) = (better, new);
            }
            page += 1;
        }
        choice
    }

    /// The choice, and its pages, with a paragraph of this page relined so that the page lacks nothing.
    fn without_lack(
        &self,
        choice: &Choice,
        sheets: &[Sheet],
        page: usize,
    ) -> Option<(Choice, Vec<Sheet>)> {
        let pieces = self.sequence(choice);
        let lacks = sheets[page].lacking(&pieces, choice.way);
        if !(1..=LACKING).contains(&lacks) {
            return None;
        }
        let was_short = is_short(sheets, choice.way);
        let slots = sheets[page].slots.iter();
        let mut blocks: Vec<usize> = slots
            .filter_map(|slot| block(pieces[slot.piece].0))
            .filter(|index| !choice.relined.contains_key(index))
            .collect();
        blocks.dedup();
        let tries = blocks.iter().rev().flat_map(|b| [(*b, true), (*b, false)]);
        tries.into_iter().find_map(|(index, more)| {
            self.relined_block(index, more)?;
            let mut tried = choice.clone();
            tried.relined.insert(index, more);
            let pieces = self.sequence(&tried);
            let new = paged(&pieces, tried.way);
            // A paragraph may begin on the page before.
            let is_well = |at: usize| {
                let same = at < page && new[at].slots.len() == sheets[at].slots.len();
                same || new[at].lacking(&pieces, tried.way) == 0
            };
            let helps = new.len() <= sheets.len()
                && new.len() > page + 1
                && (was_short || !is_short(&new, tried.way))
                && (page.saturating_sub(1)..=page).all(is_well);
            helps.then_some((tried, new))
        })
    }

    fn relined_block(&self, index: usize, more: bool) -> Option<&Vec<Piece<'a>>> {
        let settings = self.blocks.get(index)?;
        if !matches!(self.document.blocks.get(index), Some(Block::Paragraph(_))) {
            return None;
        }
        let slot = if more { &settings.more } else { &settings.less };
        slot.get_or_init(|| relined(&settings.usual, more)).as_ref()
    }

    /// A block's pieces as chosen.
    fn block(&self, index: usize, choice: &Choice) -> &[Piece<'a>] {
        let settings = &self.blocks[index];
        if let Some(more) = choice.relined.get(&index) {
            return self.relined_block(index, *more).unwrap_or(&settings.usual);
        }
        let block = &self.document.blocks[index];
        match block {
            // A seal's blank lines depend on the pitch.
            Block::Signature { .. } if choice.way.lines != LINES => {
                settings.close.get_or_init(|| {
                    pieces(
                        self.document,
                        index,
                        self.faces,
                        self.style,
                        choice.way.lines,
                    )
                })
            }
            Block::Table(table) => {
                let (usual, height) = (&settings.usual, choice.tables);
                let slot = height
                    .number()
                    .and_then(|number| settings.lower.get(number));
                let shared = matches!(height, Height::Shared(_));
                let behind = self.tables_behind(index);
                let Some(slot) = slot.filter(|_| behind == 0 || shared && behind == 1) else {
                    return usual;
                };
                let found =
                    slot.get_or_init(|| lower(table, index, self.faces, self.style, usual, height));
                found.as_ref().unwrap_or(usual)
            }
            _ => &settings.usual,
        }
    }

    fn tables_behind(&self, index: usize) -> usize {
        let behind = self.document.blocks.iter().skip(index + 1);
        let tables = behind.filter(|block| matches!(block, Block::Table(_)));
        tables.count()
    }

    fn sequence(&self, choice: &Choice) -> Vec<Kept<'_, 'a>> {
        let keeps = |piece: &Piece<'_>| piece.keep_with_next;
        let mut sequence: Vec<Kept<'_, 'a>> = Vec::new();
        sequence.extend(self.title.iter().map(|piece| (piece, keeps(piece))));
        for (index, block) in self.document.blocks.iter().enumerate() {
            if matches!(block, Block::Signature { .. })
                && let Some((last, keep)) = sequence.last_mut()
            {
                // GB/T 9704—2012, 7.3.5.2: the signature must not stand on a page without text. It
                // never lies on its side.
                *keep = !last.is_turned();
            }
            let pieces = self.block(index, choice);
            sequence.extend(pieces.iter().map(|piece| (piece, keeps(piece))));
        }
        sequence
    }

    fn sheets(&self, choice: &Choice) -> Vec<Sheet> {
        paged(&self.sequence(choice), choice.way)
    }
}

/// Whether the last page is nearly empty though others stand before it.
fn is_short(sheets: &[Sheet], way: Way) -> bool {
    let last = sheets.last().filter(|_| sheets.len() > 1);
    last.is_some_and(|last| !last.turned && last.lines_seen(way) <= SHORT)
}

/// The block of a line.
fn block(piece: &Piece<'_>) -> Option<usize> {
    match &piece.kind {
        Kind::Line {
            part: Part::Block { block, .. },
            ..
        } => Some(*block),
        _ => None,
    }
}
