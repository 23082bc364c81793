//! Frames to the operations of a page (ISO 32000-1, 7.8.2 and annex A).

use std::ops::Range;

use printpdf::{
    Color, CurTransMat, Greyscale, Line, LineCapStyle, LinePoint, Op, PaintMode, PdfFontHandle,
    Point, Pt, Rect, TextItem, XObjectId, XObjectTransform,
};

use super::actual_text::ActualText;
use super::english::English;
use super::marked_content::{Content, Mark, MarkedContent};
use super::objects::thousandths;
use super::picture;
use super::print::{PrintStyle, Tint};
use super::subset::{self, Character, Subsets};
use crate::layout::geometry::{PAGE_HEIGHT, PAGE_WIDTH};
use crate::layout::{Area, Item, Page, Part, Picture, PlacedGlyph, Rule, Run};

const BLACK: Color = Color::Greyscale(Greyscale {
    percent: 0.0,
    icc_profile: None,
});

/// The operations of the page of this number, and what its pieces of marked content are, in order.
pub(super) fn operations(
    number: usize,
    page: &Page,
    english: &English,
    subsets: &Subsets,
    style: &PrintStyle,
) -> (Vec<Op>, Vec<Content>) {
    let mut marked = MarkedContent::default();
    let mut text = TextState::default();
    let mut ops = vec![
        Op::SetFillColor { col: BLACK },
        Op::SetOutlineColor { col: BLACK },
        // Rules that meet at a table's corner fill it (8.4.3.3).
        Op::SetLineCapStyle {
            cap: LineCapStyle::ProjectingSquare,
        },
    ];
    if page.turned {
        // Places are counted from the upper edge, which is lower on a page that lies on its side.
        ops.push(transformed([
            1.0,
            0.0,
            0.0,
            1.0,
            0.0,
            PAGE_WIDTH - PAGE_HEIGHT,
        ]));
    }
    let mut thickness = 0.0;
    let actual_text = ActualText::of(number, page, english, subsets);
    for (index, item) in page.items.iter().enumerate() {
        let mark = Mark::of(item);
        if !matches!(item, Item::Run(_)) {
            marked.go_on_as(mark, None, &mut ops);
        }
        match item {
            Item::Run(run) if page.turned && run.part == Part::PageNumber => {
                // The sheet's head is at the page's right edge: a quarter turn clockwise.
                marked.go_on_as(mark, None, &mut ops);
                let before = text;
                ops.push(Op::SaveGraphicsState);
                ops.push(transformed([0.0, -1.0, 1.0, 0.0, 0.0, PAGE_HEIGHT]));
                text.show(run, 0..run.glyphs.len(), subsets, &mut ops);
                ops.push(Op::RestoreGraphicsState);
                text = before;
            }
            Item::Run(run) => {
                let parts = english.cut(number, index, run.glyphs.len());
                for (place, (part, passage)) in parts.into_iter().enumerate() {
                    marked.go_on_as(mark, passage, &mut ops);
                    if place == 0 {
                        actual_text.open(index, &mut ops);
                    }
                    text.show(run, part, subsets, &mut ops);
                }
                actual_text.close(index, &mut ops);
            }
            Item::Rule(rule) => {
                if rule.width != thickness {
                    thickness = rule.width;
                    ops.push(Op::SetOutlineThickness { pt: pt(thickness) });
                }
                ops.push(line(rule));
            }
            Item::Tint(area) => fill(area, style.band, &mut ops),
            Item::Picture(picture) => draw(picture, &mut ops),
        }
    }
    let crop_marks = style.marks(page.size());
    if let Some(mark) = crop_marks.first() {
        marked.go_on_as(Mark::CropMarks, None, &mut ops);
        let cap = LineCapStyle::Butt;
        ops.push(Op::SetLineCapStyle { cap });
        ops.push(Op::SetOutlineThickness { pt: pt(mark.width) });
        ops.extend(crop_marks.iter().map(line));
    }
    let content = marked.end(&mut ops);
    (ops, content)
}

/// What comes after it is drawn in other coordinates (8.3.4).
fn transformed(matrix: [f64; 6]) -> Op {
    let matrix = CurTransMat::Raw(matrix.map(thousandths));
    Op::SetTransformationMatrix { matrix }
}

fn pt(length: f64) -> Pt {
    Pt(thousandths(length))
}

/// From the layout's coordinates (down from the top) to PDF's (up from the bottom).
fn point((x, y): (f64, f64)) -> Point {
    Point {
        x: pt(x),
        y: pt(PAGE_HEIGHT - y),
    }
}

/// The text state of a page (9.3), which lasts from one text object to the next.
#[derive(Debug, Clone, Copy, Default)]
struct TextState {
    /// The number of the subset, and the size.
    font: Option<(usize, f64)>,
    /// What is added to the width of every glyph, in points.
    spacing: f64,
}

impl TextState {
    /// Shows some glyphs of a run: at once, or piece by piece where its characters are in several
    /// subsets. Each piece is a text object of its own.
    fn show(&mut self, run: &Run, part: Range<usize>, subsets: &Subsets, ops: &mut Vec<Op>) {
        let before = run.glyphs.iter().take(part.start);
        let mut x = run.x + before.map(|glyph| glyph.advance).sum::<f64>();
        let glyphs = run.glyphs.get(part).unwrap_or_default().iter();
        let glyphs: Vec<_> = glyphs
            .filter_map(|glyph| Some((glyph, subsets.character(run.face, glyph.c)?)))
            .collect();
        for piece in glyphs.chunk_by(|(_, a), (_, b)| a.subset == b.subset) {
            let Some((_, first)) = piece.first() else {
                continue;
            };
            ops.push(Op::StartTextSection);
            if self.font != Some((first.subset, run.size)) {
                self.font = Some((first.subset, run.size));
                ops.push(Op::SetFont {
                    font: PdfFontHandle::External(subset::font_id(first.subset)),
                    size: pt(run.size),
                });
            }
            let spacing = spacing(piece, run.size, self.spacing);
            if self.spacing != spacing {
                self.spacing = spacing;
                ops.push(Op::SetCharacterSpacing {
                    multiplier: spacing as f32,
                });
            }
            let pos = point((x, run.y - run.rise));
            let items = items(piece, run.size, spacing);
            ops.extend([
                Op::SetTextCursor { pos },
                Op::ShowText { items },
                Op::EndTextSection,
            ]);
            x += piece.iter().map(|(glyph, _)| glyph.advance).sum::<f64>();
        }
    }
}

/// A glyph at its place, and where its character is.
type Shown<'a> = (&'a PlacedGlyph, Character);

/// How far a glyph's advance is from its own width, in points.
fn gap((glyph, character): &Shown<'_>, size: f64) -> f64 {
    glyph.advance - f64::from(character.width) * size / 1000.0
}

/// The spacing with which most glyphs of a piece come to their places without an offset, with five
/// decimals: over a line of 28 less than a thousandth of a point is lost. That which is set already
/// stays where no other does better. The last glyph's advance moves nothing.
fn spacing(piece: &[Shown<'_>], size: f64, current: f64) -> f64 {
    let Some((_, inner)) = piece.split_last() else {
        return current;
    };
    let rounded = |shown: &Shown<'_>| (gap(shown, size) * 1e5).round() as i64;
    let mut gaps: Vec<i64> = inner.iter().map(rounded).collect();
    gaps.sort_unstable();
    let count = |value: i64| gaps.iter().filter(|gap| **gap == value).count();
    let kept = count((current * 1e5).round() as i64);
    let best = gaps.chunk_by(|a, b| a == b).max_by_key(|same| same.len());
    match best {
        Some(same) if same.len() > kept + 1 => same.first().map_or(current, |it| *it as f64 / 1e5),
        _ => current,
    }
}

/// The text of a piece, with offsets where the spacing alone doesn't bring a glyph to its place.
fn items(piece: &[Shown<'_>], size: f64, spacing: f64) -> Vec<TextItem> {
    let (mut items, mut text) = (Vec::new(), String::new());
    // How much further a reader's pen is than it is to be, by the widths and offsets as they are
    // written, so that rounding doesn't add up over a line. In 1/1000 of the size.
    let mut ahead = 0.0_f64;
    for shown in piece {
        let offset = (ahead * 10.0).round() / 10.0;
        if offset != 0.0 {
            items.push(TextItem::Text(std::mem::take(&mut text)));
            items.push(TextItem::Offset(offset as f32));
            ahead -= offset;
        }
        text.push(shown.0.c);
        ahead += (spacing - gap(shown, size)) * 1000.0 / size;
    }
    items.push(TextItem::Text(text));
    items
}

fn line(rule: &Rule) -> Op {
    let points = [rule.from, rule.to].map(|end| LinePoint {
        p: point(end),
        bezier: false,
    });
    Op::DrawLine {
        line: Line {
            points: points.to_vec(),
            is_closed: false,
        },
    }
}

fn fill(area: &Area, tint: Tint, ops: &mut Vec<Op>) {
    let corner = point((area.x, area.y + area.height));
    let rectangle = Rect {
        x: corner.x,
        y: corner.y,
        width: pt(area.width),
        height: pt(area.height),
        mode: Some(PaintMode::Fill),
        winding_order: None,
    };
    ops.extend([
        Op::SetFillColor { col: tint.color() },
        Op::DrawRectangle { rectangle },
        Op::SetFillColor { col: BLACK },
    ]);
}

/// An image fills the unit square (8.9.3): scaled to the area and moved there.
fn draw(picture: &Picture, ops: &mut Vec<Op>) {
    let area = &picture.area;
    let corner = point((area.x, area.y + area.height));
    ops.push(Op::UseXobject {
        id: XObjectId(picture::resource(picture.block)),
        transform: XObjectTransform {
            translate_x: Some(corner.x),
            translate_y: Some(corner.y),
            scale_x: Some(thousandths(area.width)),
            scale_y: Some(thousandths(area.height)),
            no_auto_scale: true,
            ..XObjectTransform::default()
        },
    });
}
