//! The characters in use of each face, and the small fonts made of their glyphs.
//!
//! In a PDF a glyph of a font stands for one text (ISO 32000-1, 9.10.3: ToUnicode). Where a face
//! draws two characters with one glyph, as 日 (U+65E5) and ⽇ (U+2F47), the second goes into a
//! further subset, so that both come back as they were typed.

use std::collections::HashMap;

use allsorts::binary::read::ReadScope;
use allsorts::font_data::FontData;
use allsorts::subset::whole_font;
use allsorts::tables::FontTableProvider;
use allsorts::tag::{NAME, POST};
use printpdf::{FontId, FontMetrics, ParsedFont, PdfFont, PdfFontMetricsStub, PdfResources};
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use super::PdfError;
use crate::font::{Face, FaceId, Faces};
use crate::layout::{Item, Pages};

/// The name of a subset as a resource of a page.
pub(super) fn font_id(subset: usize) -> FontId {
    FontId(format!("F{subset}"))
}

/// Every subset of a document, numbered from 0, and where the characters of each face are.
pub(super) struct Subsets {
    fonts: Vec<ParsedFont>,
    characters: HashMap<(FaceId, char), Character>,
}

/// A character of a face.
#[derive(Debug, Clone, Copy)]
pub(super) struct Character {
    /// The number of the subset that has it.
    pub subset: usize,
    /// Its width in 1/1000 em, as the PDF states it.
    pub width: u16,
}

impl Subsets {
    /// The subsets of the faces that the pages use: one each, and more of a face where one glyph
    /// stands for several characters.
    pub fn of(pages: &Pages, faces: &Faces<'_>) -> Result<Self, PdfError> {
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
        let mut subsets = Self {
            fonts: Vec::new(),
            characters: HashMap::new(),
        };
        for of_face in used.chunk_by(|a, b| a.0 == b.0) {
            // The first characters of all glyphs, then the second ones of those that have several.
            for number in 0.. {
                let of_glyphs = of_face.chunk_by(|a, b| a.1 == b.1);
                let chosen: Vec<_> = of_glyphs
                    .filter_map(|all| all.get(number).copied())
                    .collect();
                let Some((id, ..)) = chosen.first() else {
                    break;
                };
                subsets.add(*id, faces.face(*id), &chosen)?;
            }
        }
        Ok(subsets)
    }

    /// Where a character of a face is; none for one that the pages don't use.
    pub fn character(&self, face: FaceId, c: char) -> Option<Character> {
        self.characters.get(&(face, c)).copied()
    }

    /// Adds the fonts to the resources of the pages.
    pub fn add_to(self, resources: &mut PdfResources) {
        for (number, font) in self.fonts.into_iter().enumerate() {
            let fonts = &mut resources.fonts.map;
            fonts.insert(font_id(number), PdfFont::new(font));
        }
    }

    /// Adds a subset of a face with these glyphs and the character that each stands for.
    fn add(
        &mut self,
        id: FaceId,
        face: &Face<'_>,
        glyphs: &[(FaceId, u16, char)],
    ) -> Result<(), PdfError> {
        // Everything in 1/1000 em, as a PDF states it: printpdf would cut off what is behind the point.
        let per_mille = 1000.0 / f64::from(face.units_per_em);
        let scaled = |value: i16| (f64::from(value) * per_mille).round() as i16;
        let mut remapper = GlyphRemapper::new();
        let (mut numbers, mut widths) = (Vec::new(), Vec::new());
        for (_, gid, c) in glyphs {
            let number = remapper.remap(*gid);
            let width = (face.advance(*gid) * per_mille).round() as u16;
            numbers.push((u32::from(*c), number));
            widths.push((number, width));
            let subset = self.fonts.len();
            self.characters
                .insert((id, *c), Character { subset, width });
        }
        // .notdef is in every font.
        let gids: Vec<u16> = glyphs.iter().map(|(_, gid, _)| *gid).chain([0]).collect();
        let font = face.program(&gids).map_err(PdfError::Font)?;
        let program =
            subsetter::subset(&font, face.index, &remapper).map_err(|error| PdfError::Subset {
                family: face.family.clone(),
                error,
            })?;
        let mut font = ParsedFont::with_glyph_data(
            without_names(&program).unwrap_or(program),
            0,
            Some(format!("{}+{}", tag(face, glyphs), face.postscript_name)),
            numbers.into_iter().collect(),
            widths.into_iter().collect(),
            1000,
            FontMetrics {
                ascent: scaled(face.vertical.0),
                descent: scaled(face.vertical.1),
            },
        );
        let [x_min, y_min, x_max, y_max] = face.bounds.map(scaled);
        font.pdf_font_metrics = PdfFontMetricsStub {
            x_min,
            y_min,
            x_max,
            y_max,
            us_weight_class: face.weight,
            ..font.pdf_font_metrics
        };
        self.fonts.push(font);
        Ok(())
    }
}

/// A font without its names, which would be the larger part of one of a few glyphs; a PDF states those that a
/// reader uses (ISO 32000-1, 9.9).
fn without_names(program: &[u8]) -> Option<Vec<u8>> {
    let font = ReadScope::new(program).read::<FontData<'_>>().ok()?;
    let tables = font.table_provider(0).ok()?;
    let mut tags = tables.table_tags()?;
    tags.retain(|tag| ![NAME, POST].contains(tag));
    whole_font(&tables, &tags).ok()
}

/// The tag of a subset (ISO 32000-1, 9.6.4): six capital letters, the same for the same characters.
fn tag(face: &Face<'_>, glyphs: &[(FaceId, u16, char)]) -> String {
    let mut hash = Sha256::new();
    hash.update(face.postscript_name.as_bytes());
    for (_, _, c) in glyphs {
        hash.update(u32::from(*c).to_be_bytes());
    }
    let digest = hash.finalize();
    let letters = digest.iter().take(6).map(|byte| b'A' + byte % 26);
    letters.map(char::from).collect()
}
