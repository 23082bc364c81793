//! The glyphs in use of each face, and the small font made of them.

use std::collections::BTreeMap;

use printpdf::{FontId, FontMetrics, ParsedFont};
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use super::Fault;
use crate::font::{Face, FaceId, Faces};
use crate::layout::{Item, Pages};

/// A face cut to the glyphs in use.
pub(super) struct Subset {
    /// Its name as a resource: `F0`.
    pub id: FontId,
    /// The small font with its widths and names.
    pub font: ParsedFont,
    /// New number of each glyph, by its old one.
    gids: BTreeMap<u16, u16>,
    /// Width of each new glyph in 1/1000 em.
    widths: BTreeMap<u16, u16>,
}

impl Subset {
    /// The new number of a glyph and its width in 1/1000 em, as the PDF states it.
    pub fn glyph(&self, old: u16) -> (u16, u16) {
        let new = self.gids.get(&old).copied().unwrap_or_default();
        (new, self.widths.get(&new).copied().unwrap_or_default())
    }
}

/// Makes a subset of each face that the pages use.
pub(super) fn subsets(pages: &Pages, faces: &Faces<'_>) -> Result<BTreeMap<FaceId, Subset>, Fault> {
    let mut used: BTreeMap<FaceId, BTreeMap<u16, char>> = BTreeMap::new();
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        if let Item::Run(run) = item {
            let glyphs = used.entry(run.face).or_default();
            for glyph in &run.glyphs {
                glyphs.entry(glyph.gid).or_insert(glyph.c);
            }
        }
    }
    used.iter()
        .enumerate()
        .map(|(number, (id, glyphs))| {
            let subset = subset(faces.face(*id), glyphs, number)?;
            Ok((*id, subset))
        })
        .collect()
}

fn subset(face: &Face<'_>, glyphs: &BTreeMap<u16, char>, number: usize) -> Result<Subset, Fault> {
    let mut remapper = GlyphRemapper::new();
    let gids: BTreeMap<u16, u16> = glyphs
        .keys()
        .map(|old| (*old, remapper.remap(*old)))
        .collect();
    let program =
        subsetter::subset(face.data, face.index, &remapper).map_err(|error| Fault::Subset {
            family: face.family.clone(),
            error,
        })?;
    let per_mille = 1000.0 / f64::from(face.units_per_em);
    let scaled = |value: i16| (f64::from(value) * per_mille).round() as i16;
    let widths: BTreeMap<u16, u16> = gids
        .iter()
        .map(|(old, new)| (*new, (face.advance(*old) * per_mille).round() as u16))
        .collect();
    let characters = glyphs
        .iter()
        .filter_map(|(old, c)| Some((*c as u32, *gids.get(old)?)))
        .collect();
    // Widths and metrics are given in 1/1000 em: printpdf would cut fractions off.
    let mut font = ParsedFont::with_glyph_data(
        program,
        0,
        Some(format!("{}+{}", tag(face, glyphs), face.postscript_name)),
        characters,
        widths.clone(),
        1000,
        FontMetrics {
            ascent: scaled(face.vertical.0),
            descent: scaled(face.vertical.1),
        },
    );
    let metrics = &mut font.pdf_font_metrics;
    [metrics.x_min, metrics.y_min, metrics.x_max, metrics.y_max] = face.bounds.map(scaled);
    metrics.us_weight_class = face.weight;
    Ok(Subset {
        id: FontId(format!("F{number}")),
        font,
        gids,
        widths,
    })
}

/// The tag of a subset (ISO 32000-1, 9.6.4): six capital letters, the same for the same glyphs.
fn tag(face: &Face<'_>, glyphs: &BTreeMap<u16, char>) -> String {
    let mut hash = Sha256::new();
    hash.update(face.postscript_name.as_bytes());
    for gid in glyphs.keys() {
        hash.update(gid.to_be_bytes());
    }
    let digest = hash.finalize();
    digest
        .iter()
        .take(6)
        .map(|byte| char::from(b'A' + byte % 26))
        .collect()
}
