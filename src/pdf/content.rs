//! Frames to printpdf operations.

use printpdf::{
    Codepoint, Color, Greyscale, Line, LinePoint, Mm, Op, PaintMode, PdfFontHandle, PdfPage, Point,
    Pt, Rect, TextItem, XObjectTransform,
};

use super::marks::{Key, PageMarks};
use super::picture;
use super::print::{PrintStyle, Tint};
use super::subset::{Subset, Subsets};
use crate::layout::geometry::PAGE_HEIGHT;
use crate::layout::{Area, Item, Page, Picture, PlacedGlyph, Rule, Run};

/// One page's operations, and the elements of the numbers given out on it.
pub(super) fn page(page: &Page, subsets: &Subsets, style: &PrintStyle) -> (PdfPage, Vec<Key>) {
    let mut marks = PageMarks::default();
    let mut ops = vec![
        Op::SetFillColor { col: black() },
        Op::SetOutlineColor { col: black() },
    ];
    let mut thickness = 0.0;
    for item in &page.items {
        marks.before(item, &mut ops);
        match item {
            Item::Run(run) => show(run, subsets, &mut ops),
            Item::Rule(rule) => {
                if rule.width != thickness {
                    thickness = rule.width;
                    ops.push(Op::SetOutlineThickness { pt: pt(thickness) });
                }
                ops.push(draw(rule));
            }
            Item::Tint(area) => tint(area, style.band, &mut ops),
            Item::Picture(picture) => press(picture, &mut ops),
        }
    }
    let crop = style.marks();
    if let Some(mark) = crop.first() {
        marks.before_marks(&mut ops);
        let pt = pt(mark.width);
        ops.push(Op::SetOutlineThickness { pt });
        ops.extend(crop.iter().map(draw));
    }
    marks.close(&mut ops);
    // A4, GB/T 9704—2012, 5.1.
    (PdfPage::new(Mm(210.0), Mm(297.0), ops), marks.keys)
}

fn black() -> Color {
    Color::Greyscale(Greyscale::new(0.0, None))
}

/// Points with three decimals: a third of a thousandth of a millimetre, and short in the file.
fn pt(value: f64) -> Pt {
    Pt(((value * 1000.0).round() / 1000.0) as f32)
}

/// From the layout's coordinates (down from the top) to PDF's (up from the bottom).
fn point(x: f64, y: f64) -> Point {
    Point {
        x: pt(x),
        y: pt(PAGE_HEIGHT - y),
    }
}

/// Shows a run: at once, or piece by piece where its glyphs are in several subsets.
fn show(run: &Run, subsets: &Subsets, ops: &mut Vec<Op>) {
    let holder = |glyph: &PlacedGlyph| subsets.holding(run.face, glyph).map(|subset| &subset.id);
    let mut x = run.x;
    for glyphs in run.glyphs.chunk_by(|a, b| holder(a) == holder(b)) {
        if let Some(subset) = glyphs.first().and_then(|g| subsets.holding(run.face, g)) {
            show_piece(run, glyphs, x, subset, ops);
        }
        x += glyphs.iter().map(|glyph| glyph.advance).sum::<f64>();
    }
}

/// Each piece is a text section of its own: printpdf merges runs inside one.
fn show_piece(run: &Run, glyphs: &[PlacedGlyph], x: f64, subset: &Subset, ops: &mut Vec<Op>) {
    let count = glyphs.len();
    // The pen after the glyphs so far, by the widths and offsets as they are written, so that
    // rounding doesn't add up over a line.
    let (mut pen, mut wanted) = (0.0, 0.0);
    let glyphs = glyphs.iter().enumerate().map(|(index, glyph)| {
        let (gid, width) = subset.glyph(glyph.gid);
        wanted += glyph.advance * 1000.0 / run.size;
        let exact = pen + f64::from(width) - wanted;
        let offset = if index + 1 == count {
            0.0
        } else {
            (exact * 10.0).round() / 10.0
        };
        pen += f64::from(width) - offset;
        Codepoint::with_cid(gid, offset as f32, glyph.c.to_string())
    });
    let items = vec![TextItem::GlyphIds(glyphs.collect())];
    ops.extend([
        Op::StartTextSection,
        Op::SetFont {
            font: PdfFontHandle::External(subset.id.clone()),
            size: pt(run.size),
        },
        Op::SetTextCursor {
            pos: point(x, run.y),
        },
        Op::ShowText { items },
        Op::EndTextSection,
    ]);
}

fn draw(rule: &Rule) -> Op {
    let end = |(x, y)| LinePoint {
        p: point(x, y),
        bezier: false,
    };
    Op::DrawLine {
        line: Line {
            points: vec![end(rule.from), end(rule.to)],
            is_closed: false,
        },
    }
}

fn tint(area: &Area, band: Tint, ops: &mut Vec<Op>) {
    let corner = point(area.x, area.y + area.height);
    ops.extend([
        Op::SetFillColor { col: band.color() },
        Op::DrawRectangle {
            rectangle: Rect {
                x: corner.x,
                y: corner.y,
                width: pt(area.width),
                height: pt(area.height),
                mode: Some(PaintMode::Fill),
                winding_order: None,
            },
        },
        Op::SetFillColor { col: black() },
    ]);
}

/// An image fills the unit square (ISO 32000-1, 8.9.3): scaled to the area and moved there.
fn press(picture: &Picture, ops: &mut Vec<Op>) {
    let area = &picture.area;
    let corner = point(area.x, area.y + area.height);
    ops.extend([
        Op::SaveGraphicsState,
        Op::LoadGraphicsState { gs: picture::ink() },
        Op::UseXobject {
            id: picture::id(picture.block),
            transform: XObjectTransform {
                translate_x: Some(corner.x),
                translate_y: Some(corner.y),
                scale_x: Some(pt(area.width).0),
                scale_y: Some(pt(area.height).0),
                no_auto_scale: true,
                ..XObjectTransform::default()
            },
        },
        Op::RestoreGraphicsState,
    ]);
}
