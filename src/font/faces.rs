//! The faces of one script, read and ready to give glyphs.

use std::cell::RefCell;
use std::collections::HashMap;

use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::raw::TableProvider;
use skrifa::{FontRef, MetadataProvider};

use super::roles::Role;

/// Number of a face in its [`Faces`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FaceId(pub usize);

/// A glyph for one character.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// The face that has it.
    pub face: FaceId,
    /// Its number in that face.
    pub gid: u16,
    /// Its advance in em of the size set, the face's enlargement included.
    pub advance: f64,
}

/// One face.
pub struct Face<'a> {
    /// Family name, as fontdb finds it.
    pub family: String,
    /// PostScript name.
    pub postscript_name: String,
    /// The font file.
    pub data: &'a [u8],
    /// The face's number in a collection, 0 in a single font.
    pub index: u32,
    /// Units of the em square.
    pub units_per_em: u16,
    /// By how much its glyphs are enlarged against the size set.
    pub scale: f64,
    /// Ascender and descender, in font units.
    pub vertical: (i16, i16),
    /// The box around all glyphs, in font units: left, bottom, right, top.
    pub bounds: [i16; 4],
    /// Weight class, 400 for regular.
    pub weight: u16,
    font: FontRef<'a>,
    metrics: GlyphMetrics<'a>,
}

/// Why a font file's face can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FaceFault {
    /// The file is cut short or no font.
    Malformed,
    /// Its fsType forbids embedding (OS/2, bit 1: restricted licence embedding).
    Restricted,
}

impl<'a> Face<'a> {
    pub(super) fn read(
        data: &'a [u8],
        index: u32,
        family: &str,
        postscript_name: &str,
        scale: f64,
    ) -> Result<Self, FaceFault> {
        let font = FontRef::from_index(data, index).map_err(|_| FaceFault::Malformed)?;
        let head = font.head().map_err(|_| FaceFault::Malformed)?;
        let hhea = font.hhea().map_err(|_| FaceFault::Malformed)?;
        let (fs_type, weight) = font
            .os2()
            .map_or((0, 400), |os2| (os2.fs_type(), os2.us_weight_class()));
        // OpenType OS/2 fsType: bits 0–3 are one of 0, 2, 4 and 8; 2 alone forbids embedding.
        if fs_type & 0x000F == 0x0002 {
            return Err(FaceFault::Restricted);
        }
        Ok(Self {
            family: family.to_owned(),
            postscript_name: postscript_name.to_owned(),
            data,
            index,
            units_per_em: head.units_per_em(),
            scale,
            vertical: (hhea.ascender().to_i16(), hhea.descender().to_i16()),
            bounds: [head.x_min(), head.y_min(), head.x_max(), head.y_max()],
            weight,
            metrics: font.glyph_metrics(Size::unscaled(), LocationRef::default()),
            font,
        })
    }

    /// The glyph of a character and its advance in font units.
    fn glyph(&self, c: char) -> Option<(u16, f32)> {
        let gid = self.font.charmap().map(c)?;
        let number = u16::try_from(gid.to_u32()).ok().filter(|n| *n != 0)?;
        Some((number, self.metrics.advance_width(gid)?))
    }

    /// The advance of a glyph in font units.
    pub fn advance(&self, gid: u16) -> f64 {
        let advance = self.metrics.advance_width(skrifa::GlyphId::from(gid));
        f64::from(advance.unwrap_or_default())
    }
}

/// The faces of one script and the chains of the roles.
pub struct Faces<'a> {
    pub(super) faces: Vec<Face<'a>>,
    pub(super) chains: Vec<RoleChain>,
    /// Glyphs found so far: a report uses some 600 characters some thousands of times.
    found: RefCell<HashMap<(Role, char), Option<Glyph>>>,
}

pub(super) struct RoleChain {
    pub role: Role,
    pub latin: Vec<FaceId>,
    pub punctuation: Vec<FaceId>,
    pub han: Vec<FaceId>,
}

impl<'a> Faces<'a> {
    pub(super) fn new(faces: Vec<Face<'a>>, chains: Vec<RoleChain>) -> Self {
        Self {
            faces,
            chains,
            found: RefCell::new(HashMap::new()),
        }
    }

    /// A face.
    pub fn face(&self, id: FaceId) -> &Face<'a> {
        &self.faces[id.0]
    }

    /// The glyph that draws `c` in a role: from the first face of its chain that has it.
    pub fn glyph(&self, role: Role, c: char) -> Option<Glyph> {
        if let Some(glyph) = self.found.borrow().get(&(role, c)) {
            return *glyph;
        }
        let glyph = self.look_up(role, c);
        self.found.borrow_mut().insert((role, c), glyph);
        glyph
    }

    fn look_up(&self, role: Role, c: char) -> Option<Glyph> {
        let chain = self.chains.iter().find(|chain| chain.role == role)?;
        let (first, then): (&[FaceId], &[FaceId]) = if is_latin(c) {
            (&chain.latin, &chain.han)
        } else if is_chinese_punctuation(c) {
            (&chain.punctuation, &chain.han)
        } else {
            (&chain.han, &chain.latin)
        };
        first.iter().chain(then).find_map(|id| {
            let face = self.faces.get(id.0)?;
            let (gid, advance) = face.glyph(c)?;
            Some(Glyph {
                face: *id,
                gid,
                advance: f64::from(advance) / f64::from(face.units_per_em) * face.scale,
            })
        })
    }

    /// Whether a character can be drawn in every role.
    pub fn covers(&self, c: char) -> bool {
        Role::ALL.iter().all(|role| self.glyph(*role, c).is_some())
    }
}

/// Characters that a Latin face draws: letters, digits and their punctuation up to U+024F.
fn is_latin(c: char) -> bool {
    matches!(c, '\u{20}'..='\u{24f}') && c != '·'
}

/// Punctuation that stands in a square of its own, or is shared with Latin: “ ” ‘ ’ — … ·.
fn is_chinese_punctuation(c: char) -> bool {
    matches!(c,
        '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{3001}'..='\u{3004}'
        | '\u{3008}'..='\u{301f}' | '·'
        | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}'
        | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}')
}
