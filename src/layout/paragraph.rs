//! Lines of atoms to runs of glyphs.

use super::atom::Atom;
use super::breaking::Line;
use super::frame::{Part, PlacedGlyph, Run};
use crate::font::Faces;

/// The runs of one line: a run ends where the face, the size or the run of the text changes. `x` is
/// the line's start, `y` its baseline; `part` is that of the text's first run.
pub fn runs(
    faces: &Faces<'_>,
    atoms: &[Atom],
    line: &Line,
    x: f64,
    y: f64,
    part: Part,
) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    // Where the last glyph of the last run has its origin.
    let mut last_origin = 0.0;
    for (atom, position) in atoms[line.start..line.end].iter().zip(&line.positions) {
        let Some(glyph) = atom.glyph else { continue };
        let origin = x + position + atom.bearing;
        let face = faces.face(glyph.face);
        let size = atom.size * face.scale;
        let placed = PlacedGlyph {
            gid: glyph.gid,
            advance: glyph.advance * atom.size,
            c: atom.c,
        };
        let part = match part {
            Part::Block { block, run } => Part::Block {
                block,
                run: run + atom.run,
            },
            other => other,
        };
        match runs.last_mut() {
            Some(run) if run.face == glyph.face && run.size == size && run.part == part => {
                if let Some(before) = run.glyphs.last_mut() {
                    before.advance = origin - last_origin;
                }
                run.glyphs.push(placed);
            }
            _ => runs.push(Run {
                part,
                x: origin,
                y,
                rise: face.rise * atom.size,
                face: glyph.face,
                size,
                glyphs: vec![placed],
            }),
        }
        last_origin = origin;
    }
    runs
}
