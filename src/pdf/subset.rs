//! The glyphs in use of each face, and the small fonts made of them.
//!
//! In a PDF a glyph of a font stands for one text (ISO 32000-1, 9.10.3: ToUnicode). Where a face
//! draws two characters with one glyph, as 日 (U+65E5) and ⽇ (U+2F47), the second goes into a
//! further subset, so that both come back as they were typed.

use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use super::Fault;
use super::fonts;
use super::kept::Kept;
use super::truetype;
use crate::deflate::Deflate;
use crate::font::{Face, FaceId, Faces};
use crate::layout::{Item, Pages, PlacedGlyph};

/// Every subset of a document, numbered from 0.
pub(super) struct Subsets {
    list: Vec<Arc<Subset>>,
    /// The numbers of each face's subsets: of one, as a rule.
    faces: BTreeMap<FaceId, std::ops::Range<usize>>,
}

impl Subsets {
    /// All of them, in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = &Subset> {
        self.list.iter().map(Arc::as_ref)
    }

    /// The number of the subset that holds a glyph of a face as the character that it stands for,
    /// and the glyph in it.
    pub fn holding(&self, face: FaceId, glyph: &PlacedGlyph) -> Option<(usize, &Held)> {
        let numbers = self.faces.get(&face)?.clone();
        numbers.into_iter().find_map(|number| {
            let held = self.list.get(number)?.glyph(glyph.gid)?;
            (held.c == glyph.c).then_some((number, held))
        })
    }
}

/// A face cut to the glyphs in use.
pub(super) struct Subset {
    /// Its PostScript name with the tag of its glyphs: `ABCDEF+Name`.
    pub name: String,
    /// What of the font file is embedded.
    pub program: Program,
    /// What the glyphs stand for, deflated.
    pub characters: Vec<u8>,
    /// The glyphs, by their numbers in the face and by those in the subset: both are one order.
    pub glyphs: Vec<Held>,
    /// What readers are told of the face, in 1/1000 em.
    pub metrics: Metrics,
}

/// A glyph of a subset.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held {
    /// Its number in the face.
    pub old: u16,
    /// Its number in the subset, which is its code in the text.
    pub new: u16,
    /// The character that it stands for.
    pub c: char,
    /// Its width in 1/1000 em, as the PDF states it.
    pub width: u16,
}

/// A font program, deflated.
pub(super) enum Program {
    /// A CFF table by itself, its character identifiers the glyphs' numbers.
    Cff(Vec<u8>),
    /// A TrueType file, and its length before it was deflated.
    TrueType(Vec<u8>, usize),
}

/// Measures of a face in 1/1000 em (ISO 32000-1, 9.8).
pub(super) struct Metrics {
    pub ascent: i64,
    pub descent: i64,
    /// Left, bottom, right, top of the box around all glyphs.
    pub bounds: [i64; 4],
    /// Weight class, 400 for regular.
    pub weight: u16,
}

impl Subset {
    /// A glyph by its number in the face.
    fn glyph(&self, old: u16) -> Option<&Held> {
        let at = self.glyphs.binary_search_by_key(&old, |glyph| glyph.old);
        self.glyphs.get(at.ok()?)
    }
}

/// The subsets of the faces that the pages use: one each, and more of a face where one glyph
/// stands for several characters.
pub(super) fn subsets(
    pages: &Pages,
    faces: &Faces<'_>,
    kept: &Kept,
    deflate: &mut Deflate,
) -> Result<Subsets, Fault> {
    let mut used: Vec<(FaceId, u16, char)> = Vec::new();
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        if let Item::Run(run) = item {
            used.extend(
                run.glyphs
                    .iter()
                    .map(|glyph| (run.face, glyph.gid, glyph.c)),
            );
        }
    }
    used.sort_unstable();
    used.dedup();
    let mut subsets = Subsets {
        list: Vec::new(),
        faces: BTreeMap::new(),
    };
    for of_face in used.chunk_by(|a, b| a.0 == b.0) {
        let Some((id, ..)) = of_face.first() else {
            continue;
        };
        let first = subsets.list.len();
        for layer in 0.. {
            let of_glyphs = of_face.chunk_by(|a, b| a.1 == b.1);
            let glyphs: Vec<(u16, char)> = of_glyphs
                .filter_map(|characters| characters.get(layer))
                .map(|(_, gid, c)| (*gid, *c))
                .collect();
            if glyphs.is_empty() {
                break;
            }
            let subset = kept.or_make(faces.script(), *id, glyphs, |glyphs| {
                subset(faces.face(*id), glyphs, deflate)
            })?;
            subsets.list.push(subset);
        }
        subsets.faces.insert(*id, first..subsets.list.len());
    }
    Ok(subsets)
}

fn subset(face: &Face<'_>, glyphs: &[(u16, char)], deflate: &mut Deflate) -> Result<Subset, Fault> {
    let per_mille = 1000.0 / f64::from(face.units_per_em);
    let scaled = |value: i16| (f64::from(value) * per_mille).round() as i64;
    let mut remapper = GlyphRemapper::new();
    let held = glyphs.iter().map(|(old, c)| Held {
        old: *old,
        new: remapper.remap(*old),
        c: *c,
        width: (face.advance(*old) * per_mille).round() as u16,
    });
    let held: Vec<Held> = held.collect();
    let program =
        subsetter::subset(face.data, face.index, &remapper).map_err(|error| Fault::Subset {
            family: face.family.clone(),
            error,
        })?;
    // A reader takes a bare CFF table's character identifiers as they are; of a whole OpenType
    // file with one, readers differ.
    let program = match cff(&program) {
        Some(table) => Program::Cff(deflate.zlib(table)?),
        None => {
            let program = truetype::program(&program).unwrap_or(program);
            Program::TrueType(deflate.zlib(&program)?, program.len())
        }
    };
    Ok(Subset {
        name: format!("{}+{}", tag(face, glyphs), face.postscript_name),
        program,
        characters: deflate.zlib(&fonts::characters(&held))?,
        glyphs: held,
        metrics: Metrics {
            ascent: scaled(face.vertical.0),
            descent: scaled(face.vertical.1),
            bounds: face.bounds.map(scaled),
            weight: face.weight,
        },
    })
}

/// The CFF table of an OpenType file; none where its outlines are TrueType's.
fn cff(program: &[u8]) -> Option<&[u8]> {
    let font = skrifa::FontRef::new(program).ok()?;
    let table = font.table_data(skrifa::Tag::new(b"CFF "))?;
    Some(table.as_bytes())
}

/// The tag of a subset (ISO 32000-1, 9.6.4): six capital letters, the same for the same glyphs.
fn tag(face: &Face<'_>, glyphs: &[(u16, char)]) -> String {
    let mut hash = Sha256::new();
    hash.update(face.postscript_name.as_bytes());
    for (gid, _) in glyphs {
        hash.update(gid.to_be_bytes());
    }
    let digest = hash.finalize();
    digest
        .iter()
        .take(6)
        .map(|byte| char::from(b'A' + byte % 26))
        .collect()
}
