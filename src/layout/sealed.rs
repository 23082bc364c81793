//! The signature below a seal: GB/T 9704—2012, 7.3.5.1.

use super::atom::Measure;
use super::frame::{Area, Part};
use super::geometry::{SQUARE, TYPE_WIDTH, mm};
use super::pieces::{Kind, Piece, signed};
use crate::document::Seal;
use crate::font::Faces;

/// From the right edge of the type area to the end of the date (7.3.5.1: 右空四字).
const DATE_INDENT: f64 = 4.0 * SQUARE;
/// How far the middle of name and date is below the seal's: 7.3.5.1 says 居印章中心偏下位置 and no
/// number; a quarter of a line, 2.6 mm, is seen and leaves both well inside the ring. In lines.
const DROP: f64 = 0.25;

/// A seal and how wide it is pressed, in mm.
pub(super) struct Pressed<'a> {
    pub seal: &'a Seal,
    pub diameter: f64,
}

/// The date four characters in from the right, the name above it, both on one axis; the seal
/// with them on the same axis, its upper edge within one line of the text. A name too
/// long to be centred on that date takes the axis with it to the left: 7.3.5.1 sets the four
/// characters 一般, in general, but the seal's axis without exception. `pitch` is that of the
/// page's lines, in points.
#[allow(clippy::too_many_arguments)] // what a signature is made of
pub(super) fn signature(
    faces: &Faces<'_>,
    name: (&str, &[usize]),
    date: Option<&str>,
    Pressed { seal, diameter }: Pressed<'_>,
    measure: Measure,
    pitch: f64,
    index: usize,
    pieces: &mut Vec<Piece<'_>>,
) {
    let lines: Vec<_> = [Some(name), date.map(|date| (date, [].as_slice()))]
        .into_iter()
        .enumerate()
        .flat_map(|(run, text)| {
            let lines = text.map(|text| signed(faces, text, measure, TYPE_WIDTH));
            lines.into_iter().flatten().map(move |line| (run, line))
        })
        .collect();
    let width = |wanted: Option<usize>| {
        lines
            .iter()
            .filter(|(run, _)| wanted.is_none_or(|wanted| *run == wanted))
            .map(|(_, (_, line))| line.width)
            .fold(0.0, f64::max)
    };
    let last = usize::from(date.is_some());
    let half_width = width(None) / 2.0;
    let axis = (TYPE_WIDTH - DATE_INDENT - width(Some(last)) / 2.0)
        .min(TYPE_WIDTH - half_width)
        .max(half_width);

    let side = mm(diameter);
    let drop = DROP * pitch;
    let half_block = lines.len() as f64 * pitch / 2.0;
    // As few blank lines as keep the seal's edge off the text above, and name and text apart.
    let above = ((side / 2.0 + drop - half_block) / pitch).ceil().max(1.0);
    let middle = above * pitch + half_block;
    // Both from the foot of the last line of text. Its characters end above the foot, by half of
    // what the pitch is more than the type: one line is counted from there.
    let foot = (pitch - measure.size) / 2.0;
    let top = (middle - drop - side / 2.0).min(pitch - foot);
    let end = middle + half_block;
    // The page number stands below the type area: a seal that reached there could hide it. The type
    // area ends with the last line's square, half a gap above the foot of its share.
    let half_gap = (pitch - SQUARE) / 2.0;
    let below = ((top + side + half_gap - end) / pitch).ceil().max(0.0);

    let mut push = |kind| {
        pieces.push(Piece {
            kind,
            keep_with_next: true,
        });
    };
    let longer = seal.picture.width.max(seal.picture.height) as f64;
    let width = side * seal.picture.width as f64 / longer;
    let height = side * seal.picture.height as f64 / longer;
    push(Kind::Blank);
    // Before name and date: they are drawn over it.
    push(Kind::Picture {
        block: index,
        area: Area {
            x: axis - width / 2.0,
            y: top - pitch + (side - height) / 2.0,
            width,
            height,
        },
    });
    for _ in 1..above as usize {
        push(Kind::Blank);
    }
    for (run, (atoms, line)) in lines {
        let x = axis - line.width / 2.0;
        let part = Part::Block { block: index, run };
        push(Kind::Line {
            part,
            atoms,
            line,
            x,
        });
    }
    for _ in 0..below as usize {
        push(Kind::Blank);
    }
    if let Some(last) = pieces.last_mut() {
        last.keep_with_next = false;
    }
}
