//! The glyphs in use of each face, and the small fonts made of them.
//!
//! In a PDF a glyph of a font stands for one text (ISO 32000-1, 9.10.3: ToUnicode). Where a face
//! draws two characters with one glyph, as 日 (U+65E5) and ⽇ (U+2F47), the second goes into a
//! further subset, so that both come back as they were typed.

use std::collections::BTreeMap;

use printpdf::{FontId, FontMetrics, ParsedFont};
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use super::Fault;
use crate::font::{Face, FaceId, Faces};
use crate::layout::{Item, Pages, PlacedGlyph};

/// Every subset of a document.
pub(super) struct Subsets {
    list: Vec<Subset>,
    /// Which subset holds a face's glyph as this character, by its place in the list.
    places: BTreeMap<(FaceId, u16, char), usize>,
}

impl Subsets {
    /// All of them, in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = &Subset> {
        self.list.iter()
    }

    /// The subset that holds a glyph of a face as the character that it stands for.
    pub fn holding(&self, face: FaceId, glyph: &PlacedGlyph) -> Option<&Subset> {
        self.list
            .get(*self.places.get(&(face, glyph.gid, glyph.c))?)
    }
}

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

/// Makes a subset of each face that the pages use, and more of a face where one glyph stands
/// for several characters.
pub(super) fn subsets(pages: &Pages, faces: &Faces<'_>) -> Result<Subsets, Fault> {
    let mut used: BTreeMap<FaceId, BTreeMap<u16, Vec<char>>> = BTreeMap::new();
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        if let Item::Run(run) = item {
            let glyphs = used.entry(run.face).or_default();
            for glyph in &run.glyphs {
                let characters = glyphs.entry(glyph.gid).or_default();
                if !characters.contains(&glyph.c) {
                    characters.push(glyph.c);
                }
            }
        }
    }
    let mut subsets = Subsets {
        list: Vec::new(),
        places: BTreeMap::new(),
    };
    for (id, glyphs) in &used {
        for layer in 0.. {
            let held: BTreeMap<u16, char> = glyphs
                .iter()
                .filter_map(|(gid, characters)| Some((*gid, *characters.get(layer)?)))
                .collect();
            if held.is_empty() {
                break;
            }
            let number = subsets.list.len();
            for (gid, c) in &held {
                subsets.places.insert((*id, *gid, *c), number);
            }
            subsets.list.push(subset(faces.face(*id), &held, number)?);
        }
    }
    Ok(subsets)
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
