//! Frames to the operations of a page (ISO 32000-1, 7.8.2 and annex A).

use printpdf::{
    Color, Greyscale, Line, LineCapStyle, LinePoint, Op, PaintMode, PdfFontHandle, Point, Pt, Rect,
    TextItem, XObjectId, XObjectTransform,
};

use super::marked_content::{Key, Mark, MarkedContent};
use super::objects::thousandths;
use super::picture;
use super::print::{PrintStyle, Tint};
use super::subset::{self, Subsets};
use crate::layout::geometry::PAGE_HEIGHT;
use crate::layout::{Area, Item, Page, Picture, Rule, Run};

const BLACK: Color = Color::Greyscale(Greyscale {
    percent: 0.0,
    icc_profile: None,
});

/// One page's operations, and the elements of its pieces of marked content in order.
pub(super) fn operations(
    page: &Page,
    subsets: &Subsets,
    style: &PrintStyle,
) -> (Vec<Op>, Vec<Key>) {
    let mut marked = MarkedContent::default();
    let mut ops = vec![
        Op::SetFillColor { col: BLACK },
        Op::SetOutlineColor { col: BLACK },
        // Rules that meet at a table's corner fill it (8.4.3.3).
        Op::SetLineCapStyle {
            cap: LineCapStyle::ProjectingSquare,
        },
    ];
    let mut thickness = 0.0;
    for item in &page.items {
        marked.go_on_as(Mark::of(item), &mut ops);
        match item {
            Item::Run(run) => show(run, subsets, &mut ops),
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
    let crop_marks = style.marks();
    if let Some(mark) = crop_marks.first() {
        marked.go_on_as(Mark::CropMarks, &mut ops);
        let cap = LineCapStyle::Butt;
        ops.push(Op::SetLineCapStyle { cap });
        ops.push(Op::SetOutlineThickness { pt: pt(mark.width) });
        ops.extend(crop_marks.iter().map(line));
    }
    let keys = marked.end(&mut ops);
    (ops, keys)
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

/// Shows a run: at once, or piece by piece where its characters are in several subsets. Each piece is a
/// text object of its own, so that printpdf merges none with its neighbour on the line.
fn show(run: &Run, subsets: &Subsets, ops: &mut Vec<Op>) {
    let glyphs = run.glyphs.iter();
    let glyphs: Vec<_> = glyphs
        .filter_map(|glyph| Some((glyph, subsets.character(run.face, glyph.c)?)))
        .collect();
    let mut x = run.x;
    for piece in glyphs.chunk_by(|(_, a), (_, b)| a.subset == b.subset) {
        let (mut items, mut text) = (Vec::new(), String::new());
        // Where a reader's pen is by the widths and offsets as they are written, and where it is to be,
        // so that rounding doesn't add up over a line. Both in 1/1000 of the size.
        let (mut pen, mut wanted) = (0.0_f64, 0.0_f64);
        for (glyph, character) in piece {
            let offset = ((pen - wanted) * 10.0).round() / 10.0;
            if offset != 0.0 {
                items.push(TextItem::Text(std::mem::take(&mut text)));
                items.push(TextItem::Offset(offset as f32));
                pen -= offset;
            }
            text.push(glyph.c);
            pen += f64::from(character.width);
            wanted += glyph.advance * 1000.0 / run.size;
        }
        items.push(TextItem::Text(text));
        if let Some((_, character)) = piece.first() {
            let font = PdfFontHandle::External(subset::font_id(character.subset));
            let size = pt(run.size);
            let pos = point((x, run.y));
            ops.extend([
                Op::StartTextSection,
                Op::SetFont { font, size },
                Op::SetTextCursor { pos },
                Op::ShowText { items },
                Op::EndTextSection,
            ]);
        }
        x += piece.iter().map(|(glyph, _)| glyph.advance).sum::<f64>();
    }
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
