//! Frames to printpdf operations.

use std::collections::BTreeMap;

use printpdf::{
    Codepoint, Color, Greyscale, Line, LinePoint, Mm, Op, PaintMode, PdfFontHandle, PdfPage, Point,
    Pt, Rect, Rgb, TextItem, XObjectTransform,
};

use super::marks::{Key, PageMarks};
use super::picture;
use super::subset::Subset;
use crate::font::FaceId;
use crate::layout::geometry::PAGE_HEIGHT;
use crate::layout::{Area, Item, Page, Picture, Rule, Run};

/// The tint of the bands: #C6D9F1, as the official form has it.
const TINT: [f32; 3] = [
    0xC6 as f32 / 255.0,
    0xD9 as f32 / 255.0,
    0xF1 as f32 / 255.0,
];

/// One page's operations, and the elements of the numbers given out on it.
pub(super) fn page(page: &Page, subsets: &BTreeMap<FaceId, Subset>) -> (PdfPage, Vec<Key>) {
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
            Item::Tint(area) => tint(area, &mut ops),
            Item::Picture(picture) => press(picture, &mut ops),
        }
    }
    // A4, GB/T 9704—2012, 5.1.
    marks.close(&mut ops);
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

/// Each run is a text section of its own: printpdf merges runs inside one.
fn show(run: &Run, subsets: &BTreeMap<FaceId, Subset>, ops: &mut Vec<Op>) {
    let Some(subset) = subsets.get(&run.face) else {
        return;
    };
    let count = run.glyphs.len();
    // The pen after the glyphs so far, by the widths and offsets as they are written, so that
    // rounding doesn't add up over a line.
    let (mut pen, mut wanted) = (0.0, 0.0);
    let glyphs = run.glyphs.iter().enumerate().map(|(index, glyph)| {
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
            pos: point(run.x, run.y),
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

fn tint(area: &Area, ops: &mut Vec<Op>) {
    let [r, g, b] = TINT;
    let corner = point(area.x, area.y + area.height);
    ops.extend([
        Op::SetFillColor {
            col: Color::Rgb(Rgb::new(r, g, b, None)),
        },
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
