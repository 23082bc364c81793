//! Frames to the operators of a page (ISO 32000-1, 7.8.2 and annex A).

use super::fonts;
use super::marks::{Key, PageMarks};
use super::picture;
use super::print::{PrintStyle, Tint};
use super::serialize::{hexadecimal, name, number};
use super::subset::{Held, Subsets};
use crate::layout::geometry::PAGE_HEIGHT;
use crate::layout::{Area, Item, Page, Picture, PlacedGlyph, Rule, Run};

/// One page's content, and the elements of the numbers given out on it.
pub(super) fn page(page: &Page, subsets: &Subsets, style: &PrintStyle) -> (Vec<u8>, Vec<Key>) {
    let mut marks = PageMarks::default();
    let mut out = Vec::new();
    out.extend(b"0 g 0 G\n");
    let mut thickness = 0.0;
    for item in &page.items {
        marks.before(item, &mut out);
        match item {
            Item::Run(run) => show(run, subsets, &mut out),
            Item::Rule(rule) => {
                if rule.width != thickness {
                    thickness = rule.width;
                    operator(&mut out, &[thickness], "w");
                }
                draw(rule, &mut out);
            }
            Item::Tint(area) => tint(area, style.band, &mut out),
            Item::Picture(picture) => press(picture, &mut out),
        }
    }
    let crop = style.marks();
    if let Some(mark) = crop.first() {
        marks.before_marks(&mut out);
        operator(&mut out, &[mark.width], "w");
        for mark in &crop {
            draw(mark, &mut out);
        }
    }
    marks.close(&mut out);
    (out, marks.keys)
}

/// Appends an operator with the numbers that it takes.
fn operator(out: &mut Vec<u8>, operands: &[f64], operator: &str) {
    for operand in operands {
        number(out, *operand);
        out.push(b' ');
    }
    out.extend(operator.bytes());
    out.push(b'\n');
}

/// From the layout's coordinates (down from the top) to PDF's (up from the bottom).
fn up(y: f64) -> f64 {
    PAGE_HEIGHT - y
}

/// Shows a run: at once, or piece by piece where its glyphs are in several subsets.
fn show(run: &Run, subsets: &Subsets, out: &mut Vec<u8>) {
    let held = run.glyphs.iter().map(|g| (g, subsets.holding(run.face, g)));
    let held: Vec<_> = held.collect();
    let subset = |held: &(_, Option<(usize, &Held)>)| held.1.map(|(subset, _)| subset);
    let mut x = run.x;
    for piece in held.chunk_by(|a, b| subset(a) == subset(b)) {
        if let Some(number) = piece.first().and_then(subset) {
            let glyphs = piece
                .iter()
                .filter_map(|(g, held)| Some((*g, held.as_ref()?.1)));
            show_piece(run, glyphs, x, number, out);
        }
        x += piece.iter().map(|(glyph, _)| glyph.advance).sum::<f64>();
    }
}

fn show_piece<'g>(
    run: &Run,
    glyphs: impl Iterator<Item = (&'g PlacedGlyph, &'g Held)>,
    x: f64,
    subset: usize,
    out: &mut Vec<u8>,
) {
    out.extend(b"BT\n");
    name(out, fonts::resource(subset).as_bytes());
    out.push(b' ');
    operator(out, &[run.size], "Tf");
    operator(out, &[x, up(run.y)], "Td");
    out.extend(b"[<");
    // The pen after the glyphs so far, by the widths and offsets as they are written, so that
    // rounding doesn't add up over a line. Both in 1/1000 of the size.
    let (mut pen, mut wanted) = (0.0, 0.0);
    let mut glyphs = glyphs.peekable();
    while let Some((glyph, held)) = glyphs.next() {
        for byte in held.new.to_be_bytes() {
            hexadecimal(out, byte);
        }
        wanted += glyph.advance * 1000.0 / run.size;
        pen += f64::from(held.width);
        let tenths = ((pen - wanted) * 10.0).round();
        if tenths != 0.0 && glyphs.peek().is_some() {
            let offset = tenths / 10.0;
            pen -= offset;
            out.push(b'>');
            number(out, offset);
            out.push(b'<');
        }
    }
    out.extend(b">]TJ\nET\n");
}

fn draw(rule: &Rule, out: &mut Vec<u8>) {
    let ((x, y), (to_x, to_y)) = (rule.from, rule.to);
    operator(out, &[x, up(y)], "m");
    operator(out, &[to_x, up(to_y)], "l");
    out.extend(b"S\n");
}

fn tint(area: &Area, band: Tint, out: &mut Vec<u8>) {
    band.fill(out);
    let corner = up(area.y + area.height);
    operator(out, &[area.x, corner, area.width, area.height], "re");
    out.extend(b"f\n0 g\n");
}

/// An image fills the unit square (8.9.3): scaled to the area and moved there.
fn press(picture: &Picture, out: &mut Vec<u8>) {
    let area = &picture.area;
    out.extend(b"q\n");
    name(out, picture::INK.as_bytes());
    out.extend(b" gs\n");
    let corner = up(area.y + area.height);
    let matrix = [area.width, 0.0, 0.0, area.height, area.x, corner];
    operator(out, &matrix, "cm");
    name(out, picture::resource(picture.block).as_bytes());
    out.extend(b" Do\nQ\n");
}
